//! What the namespaces of builtin classes are made of: descriptors around natives, computed
//! attributes and slots.
//!
//! Each holds its declaration and a reference to the class it belongs to (`__objclass__`).

pub mod classmethod_descriptor;
pub mod declared;
mod described;
pub mod getset;
pub mod member;
pub mod method_descriptor;
pub mod method_wrapper;
pub mod slot_wrapper;

use crate::object::{Class, PyResult, Ref, Value};
use crate::vm::Vm;

/// The class as messages name it.
fn class_name_of(class: &Ref<Class>) -> String {
    class.name_string()
}

impl Vm {
    /// Raises the TypeError of a descriptor used on a foreign object, unless it fits.
    fn check_descriptor(&self, name: &str, class: &Ref<Class>, object: &Value) -> PyResult<()> {
        if self.is_instance_of(object, class) {
            return Ok(());
        }
        Err(self.type_error(format!(
            "descriptor '{name}' for '{}' objects doesn't apply to a '{}' object",
            class_name_of(class),
            self.class_name(object)
        )))
    }

    /// `Class.name`, by the class's own `__qualname__`.
    pub(crate) fn qualified_name(&self, class: &Ref<Class>, name: &str) -> PyResult {
        let qualname = class
            .qualname
            .get()
            .map_or_else(|| class.name_string(), |q| crate::object::str::display(&q));
        Ok(self.str_value(&format!("{qualname}.{name}")))
    }

    /// `(getattr, (owner, name))`: how functions and descriptors of a class are pickled.
    pub(crate) fn reduce_as_getattr(&self, owner: &Value, name: &str) -> PyResult {
        let getattr = self
            .builtins()
            .get_str(self, &self.intern("getattr"))?
            .unwrap_or(Value::NONE);
        let args = self.tuple_value([owner.clone(), self.str_value(name)]);
        Ok(self.tuple_value([getattr, args]))
    }

    /// A declaration's text as `__doc__` or `__text_signature__`.
    pub(crate) fn text_or_none(&self, text: &str) -> Value {
        if text.is_empty() {
            Value::NONE
        } else {
            self.str_value(text)
        }
    }
}
