//! The type `int` and its subclass `bool`.

use crate::object::{Class, Kind, Payload, PyResult, Ref, TypeSpec, Value};
use crate::vm::Vm;

/// Placeholder of the payload for integers that do not fit a value word.
pub struct Int;

impl Payload for Int {
    const KIND: Kind = Kind::INT;
    const NAME: &'static str = "int";
    const COLLECTED: bool = false;
}

/// Declaration of `int`.
pub static SPEC: TypeSpec = TypeSpec {
    ..TypeSpec::of::<Int>("int")
};
/// Declaration of `bool`.
pub static BOOL_SPEC: TypeSpec = TypeSpec {
    ..TypeSpec::of::<Int>("bool")
};

impl Vm {
    /// The value as an index (`__index__`); raises `overflow` where it does not fit.
    pub fn index_isize(&self, value: &Value, _overflow: &Ref<Class>) -> PyResult<isize> {
        match value.as_small_int() {
            Some(i) => Ok(i as isize),
            None => Err(self.type_error(format!(
                "'{}' object cannot be interpreted as an integer",
                self.class_name(value)
            ))),
        }
    }
}
