//! What `classmethod` and `staticmethod` share: a wrapped callable, and what they tell of it.

use crate::object::{Args, Class, GetSetDef, Payload, PyResult, Ref, Slot, Value, alloc};
use crate::vm::Vm;

/// The payload of either; its `NAME` is the name of the type.
pub(super) trait MethodKind: Payload + Default {
    /// The wrapped callable; empty until `__init__` ran.
    fn slot(&self) -> &Slot;
}

/// The attributes.
pub(super) const fn getset<T: MethodKind>() -> [GetSetDef; 3] {
    [
        GetSetDef::read_only("__func__", "", function::<T>).as_member(),
        GetSetDef::read_only("__wrapped__", "", function::<T>).as_member(),
        GetSetDef::read_only("__isabstractmethod__", "", is_abstract::<T>),
    ]
}

fn payload<'a, T: MethodKind>(vm: &Vm, this: &'a Value) -> PyResult<&'a T> {
    this.payload()
        .ok_or_else(|| vm.type_error(format!("a {} is required", T::NAME)))
}

pub(super) fn new<T: MethodKind>(_vm: &Vm, class: &Ref<Class>, _args: Args<'_>) -> PyResult {
    Ok(alloc(class, T::default()).into_value())
}

pub(super) fn init<T: MethodKind>(vm: &Vm, this: &Value, args: Args<'_>) -> PyResult<()> {
    let args = vm.bind_parameters(T::NAME, "(function, /)", args)?;
    payload::<T>(vm, this)?.slot().set(Some(args[0].clone()));
    vm.copy_function_attributes(this, &args[0])
}

/// The wrapped callable; RuntimeError where there is none yet.
pub(super) fn callable<T: MethodKind>(vm: &Vm, this: &Value) -> PyResult {
    payload::<T>(vm, this)?
        .slot()
        .get()
        .ok_or_else(|| vm.runtime_error(format!("uninitialized {} object", T::NAME)))
}

pub(super) fn repr<T: MethodKind>(vm: &Vm, this: &Value) -> PyResult {
    let text = match payload::<T>(vm, this)?.slot().get() {
        Some(callable) => vm.repr_string(&callable)?,
        None => "<NULL>".to_owned(),
    };
    Ok(vm.str_value(&format!("<{}({text})>", T::NAME)))
}

fn function<T: MethodKind>(vm: &Vm, this: &Value) -> PyResult {
    let callable = payload::<T>(vm, this)?.slot().get();
    Ok(callable.unwrap_or(Value::NONE))
}

fn is_abstract<T: MethodKind>(vm: &Vm, this: &Value) -> PyResult {
    let callable = payload::<T>(vm, this)?.slot().get();
    Ok(Value::bool(match callable {
        Some(callable) => vm.is_abstract_method(&callable)?,
        None => false,
    }))
}
