//! `_typing`: what `typing` takes from the interpreter.

use runtime::Vm;
use runtime::modules::NativeModule;
use runtime::object::{Dict, MethodDef, PyResult, Ref};
use runtime::types::module::Module;

/// The module.
pub static MODULE: NativeModule = NativeModule::new(
    "_typing",
    "Primitives and accelerators for the typing module.\n",
    &[MethodDef::bound(
        "_idfunc",
        "($module, x, /)",
        "",
        |_, args| Ok(args[1].clone()),
    )],
)
.with_init(init);

fn init(vm: &Vm, _module: &Ref<Module>, namespace: &Ref<Dict>) -> PyResult<()> {
    vm.define(namespace, "TypeVar", vm.types.type_var.to_value())?;
    vm.define(
        namespace,
        "TypeVarTuple",
        vm.types.type_var_tuple.to_value(),
    )?;
    vm.define(namespace, "ParamSpec", vm.types.param_spec.to_value())?;
    vm.define(namespace, "TypeAliasType", vm.types.type_alias.to_value())
}
