//! The type `list`.

use crate::object::{PyResult, TypeSpec, Value};
use crate::vm::Vm;

/// Declaration of the type.
pub static SPEC: TypeSpec = TypeSpec {
    ..TypeSpec::of::<crate::object::List>("list")
};

impl Vm {
    /// The iterator over an object that has only `__getitem__`.
    pub(crate) fn sequence_iterator(&self, value: &Value) -> PyResult {
        Err(self.type_error(format!(
            "'{}' object is not iterable",
            self.class_name(value)
        )))
    }
}
