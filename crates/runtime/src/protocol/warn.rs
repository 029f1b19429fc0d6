//! Warnings issued by native code.

use crate::object::{Class, Dict, PyResult, Ref, Value};
use crate::vm::Vm;

impl Vm {
    /// `warnings.warn(message, category, stacklevel)` by the module that is loaded: the native
    /// `_warnings`, whose filters work before `warnings` is imported, else `warnings` itself.
    /// Raises if a filter turns the warning into an error.
    #[cold]
    pub fn warn(&self, category: &Ref<Class>, message: &str, stack_level: i64) -> PyResult<()> {
        let Some(modules) = self.interp.modules.get() else {
            return Ok(());
        };
        let Some(modules) = modules.payload::<Dict>() else {
            return Ok(());
        };
        for name in ["_warnings", "warnings"] {
            let Some(module) = modules.get_str(self, &self.intern(name))? else {
                continue;
            };
            let args = [
                self.str_value(message),
                category.to_value(),
                Value::small_int(stack_level),
            ];
            self.call_method(&module, &self.intern("warn"), &args)?;
            return Ok(());
        }
        Ok(())
    }
}
