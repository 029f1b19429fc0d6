//! What the tables of native modules share.

use runtime::Raised;
use runtime::Vm;
use runtime::object::{Class, MethodDef, PyResult, Ref, Value};

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

/// A new exception class of a module: `struct.error` and the like.
pub(crate) fn exception_class(vm: &Vm, module: &str, name: &str, base: &Ref<Class>) -> PyResult {
    let namespace = vm.dict();
    namespace.insert(vm, &vm.intern("__module__"), vm.intern(module))?;
    let bases = vm.tuple_value([base.to_value()]);
    vm.call(
        vm.types.type_.as_value(),
        &[vm.intern(name), bases, namespace.into_value()],
    )
}

/// Raises the exception class `name` of a module that is loaded.
#[cold]
pub(crate) fn raise_of(vm: &Vm, module: &str, name: &str, message: &str) -> Raised {
    let made = (|| {
        let module = vm.import_dotted(module)?;
        let class = vm.get_attr(&module, &vm.intern(name))?;
        vm.call(&class, &[vm.str_value(message)])
    })();
    match made {
        Ok(exception) => vm.raise_value(exception),
        Err(raised) => raised,
    }
}
