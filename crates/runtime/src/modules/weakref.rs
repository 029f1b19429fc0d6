//! The module `_weakref`; `weakref` itself is written in Python.

use super::{NativeModule, no_keywords};
use crate::object::{Args, Dict, List, MethodDef, PyResult, Ref, Value, WeakReference};
use crate::types::module::Module;
use crate::types::weakref::parse_arguments;
use crate::vm::Vm;

/// Declaration of the module.
pub static MODULE: NativeModule =
    NativeModule::new("_weakref", "Weak-reference support module.", METHODS).with_init(init);

const METHODS: &[MethodDef] = &[
    MethodDef::bound(
        "getweakrefcount",
        "($module, object, /)",
        "Return the number of weak references to 'object'.",
        |vm, args| Ok(vm.int_usize(vm.weak_reference_count(&args[1]))),
    ),
    MethodDef::bound(
        "getweakrefs",
        "($module, object, /)",
        "Return a list of all weak reference objects pointing to 'object'.",
        |vm, args| {
            vm.list_from(vm.weak_references(&args[1]))
                .map(Ref::<List>::into_value)
        },
    ),
    MethodDef::raw(
        "proxy",
        "($module, object, callback=None, /)",
        "Create a proxy object that weakly references 'object'.\n\n\
'callback', if given, is called with a reference to the\n\
proxy when 'object' is about to be finalized.",
        proxy,
    ),
    MethodDef::bound(
        "_remove_dead_weakref",
        "($module, dct, key, /)",
        "Atomically remove key from dict if it points to a dead weakref.",
        remove_dead_weakref,
    ),
];

fn init(vm: &Vm, _module: &Ref<Module>, dict: &Ref<Dict>) -> PyResult<()> {
    let types = vm.types;
    for (name, class) in [
        ("ref", &types.weak_reference),
        ("ReferenceType", &types.weak_reference),
        ("ProxyType", &types.weak_proxy),
        ("CallableProxyType", &types.weak_callable_proxy),
    ] {
        vm.define(dict, name, class.to_value())?;
    }
    Ok(())
}

fn proxy(vm: &Vm, args: Args<'_>) -> PyResult {
    no_keywords(vm, "_weakref.proxy", args.names)?;
    let (referent, callback) = parse_arguments(vm, "proxy", args.skip_first())?;
    let class = if vm.class_of(referent).slots().call.is_some() {
        &vm.types.weak_callable_proxy
    } else {
        &vm.types.weak_proxy
    };
    vm.weak_reference(class, referent, callback)
}

fn remove_dead_weakref(vm: &Vm, args: &[Value]) -> PyResult {
    let Some(dict) = args[1].payload::<Dict>() else {
        return Err(vm.type_error(format!(
            "_remove_dead_weakref() argument 1 must be dict, not {}",
            vm.class_name(&args[1])
        )));
    };
    if let Some(found) = dict.get(vm, &args[2])? {
        let Some(reference) = found.payload::<WeakReference>() else {
            return Err(vm.type_error("not a weakref"));
        };
        if !reference.is_alive() {
            dict.remove(vm, &args[2])?;
        }
    }
    Ok(Value::NONE)
}
