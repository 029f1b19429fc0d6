//! The type `type`.

use crate::object::{Class, PyResult, Ref, TypeSpec, Value};
use crate::vm::Vm;

/// Declaration of the type.
pub static SPEC: TypeSpec = TypeSpec {
    ..TypeSpec::of::<crate::object::Class>("type")
};

impl Vm {
    /// Completes a builtin class: inherited slots, then the namespace.
    pub(crate) fn ready_builtin_class(&self, _class: &Ref<Class>) {}

    /// `cls[item]` by `__class_getitem__`; the TypeError for other values.
    pub(crate) fn class_getitem(&self, container: &Value, _key: &Value) -> PyResult {
        Err(self.type_error(format!(
            "'{}' object is not subscriptable",
            self.class_name(container)
        )))
    }
}
