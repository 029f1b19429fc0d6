//! Attributes that are fields of the payload.

use super::exception_of;
use crate::object::{GetSetDef, PyResult, Value};
use crate::vm::Vm;

/// Reads a field; None where it is not set.
pub(super) fn get(value: &Value, index: usize) -> PyResult {
    Ok(exception_of(value)?.field(index).unwrap_or(Value::NONE))
}

/// Sets a field, or empties it.
pub(super) fn set(value: &Value, index: usize, new: Option<&Value>) -> PyResult<()> {
    exception_of(value)?.set_field(index, new.cloned());
    Ok(())
}

/// Field number `N` as an attribute that can be set to anything, and reads None once deleted.
pub(super) const fn field<const N: usize>(name: &'static str, doc: &'static str) -> GetSetDef {
    GetSetDef::writable(
        name,
        doc,
        |_, value| get(value, N),
        |_, value, new| set(value, N, new),
    )
    .as_member()
}

/// Field number `N` as a read-only attribute.
pub(super) const fn constant<const N: usize>(name: &'static str, doc: &'static str) -> GetSetDef {
    GetSetDef::writable(
        name,
        doc,
        |_, value| get(value, N),
        |vm, _, _| Err(readonly(vm)),
    )
    .as_member()
}

fn readonly(vm: &Vm) -> crate::Raised {
    vm.attribute_error("readonly attribute")
}
