//! Calls from native code.

use crate::object::{Args, PyResult, Value};
use crate::vm::Vm;

impl Vm {
    /// `callable(*args)`.
    pub fn call(&self, callable: &Value, args: &[Value]) -> PyResult {
        self.call_args(callable, Args::positional(args))
    }

    /// `callable()`.
    pub fn call0(&self, callable: &Value) -> PyResult {
        self.call_args(callable, Args::NONE)
    }

    /// `callable(arg)`.
    pub fn call1(&self, callable: &Value, arg: &Value) -> PyResult {
        self.call_args(callable, Args::positional(std::slice::from_ref(arg)))
    }

    /// A call with keywords.
    pub fn call_args(&self, callable: &Value, args: Args<'_>) -> PyResult {
        let class = self.class_of(callable);
        match class.slots().call {
            Some(call) => {
                let _guard = self.enter_native(" while calling a Python object")?;
                call(self, callable, args)
            }
            None => {
                Err(self.type_error(format!("'{}' object is not callable", class.name_string())))
            }
        }
    }

    /// `object.name(*args)`; `name` is an interned `str`.
    pub fn call_method(&self, object: &Value, name: &Value, args: &[Value]) -> PyResult {
        let method = self.get_attr(object, name)?;
        self.call(&method, args)
    }

    /// `type(object).name(object, *args)` as the interpreter looks special methods up: on the
    /// type only.  None if the type has no such attribute.
    pub fn call_special(
        &self,
        object: &Value,
        name: &Value,
        args: &[Value],
    ) -> PyResult<Option<Value>> {
        match self.lookup_special(object, name)? {
            Some(method) => self.call(&method, args).map(Some),
            None => Ok(None),
        }
    }
}
