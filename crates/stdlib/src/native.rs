//! What the tables of native modules share.

use runtime::Raised;
use runtime::Vm;
use runtime::object::{MethodDef, PyResult, Value};

/// `__class_getitem__` of generic classes.
pub(crate) const CLASS_GETITEM: MethodDef = MethodDef::bound(
    "__class_getitem__",
    "($type, object, /)",
    "See PEP 585",
    |vm, args| Ok(vm.generic_alias(&args[0], &args[1])),
)
.class_method();

/// Documentation of `__reduce__`.
pub(crate) const REDUCE: &str = "Return state information for pickling.";
/// Documentation of `__setstate__`.
pub(crate) const SETSTATE: &str = "Set state information for unpickling.";
/// Documentation of `__length_hint__`.
pub(crate) const LENGTH_HINT: &str = "Private method returning an estimate of len(list(it)).";

/// The error of a method called with a receiver of another type.
#[cold]
pub(crate) fn wrong_receiver(vm: &Vm, name: &str) -> Raised {
    vm.type_error(format!("descriptor requires a '{name}' object"))
}

/// The class and the items: what `__reduce__` gives.
pub(crate) fn reduced<const N: usize>(vm: &Vm, this: &Value, items: [Value; N]) -> Value {
    vm.tuple_value([vm.class_of(this).to_value(), vm.tuple_value(items)])
}

/// An instance of the exception class `name` of a native module, which has been imported.
pub(crate) fn exception_of(vm: &Vm, module: &str, name: &str, args: &[Value]) -> PyResult {
    match vm.known_native_exception(module, name) {
        Some(class) => vm.call(&class, args),
        // Only a finaliser at the very end of the interpreter comes here.
        None => Err(vm.runtime_error(format!("{module}.{name} is gone"))),
    }
}

/// Raises such an exception.
#[cold]
pub(crate) fn raise_of(vm: &Vm, module: &str, name: &str, args: &[Value]) -> Raised {
    match exception_of(vm, module, name, args) {
        Ok(exception) => vm.raise_value(exception),
        Err(raised) => raised,
    }
}

/// Raises such an exception with a message.
#[cold]
pub(crate) fn fail_with(vm: &Vm, module: &str, name: &str, message: &str) -> Raised {
    raise_of(vm, module, name, &[vm.str_value(message)])
}
