//! `_contextvars`: variables whose values belong to a context.
//!
//! A context is a dictionary from variables to values that is copied when it is changed while
//! another context shares it; so copying a context takes constant time.

mod context;
mod variable;

use runtime::Vm;
use runtime::modules::NativeModule;
use runtime::object::{Dict, MethodDef, PyResult, Ref};
use runtime::types::module::Module;

/// The module.
pub static MODULE: NativeModule = NativeModule::new(
    "_contextvars",
    "Context Variables",
    &[MethodDef::bound(
        "copy_context",
        "($module, /)",
        "",
        |vm, _| context::copy_current(vm),
    )],
)
.with_init(init);

fn init(vm: &Vm, _module: &Ref<Module>, namespace: &Ref<Dict>) -> PyResult<()> {
    vm.define(
        namespace,
        "Context",
        vm.native_class(&context::CONTEXT).into_value(),
    )?;
    vm.define(
        namespace,
        "ContextVar",
        vm.native_class(&variable::CONTEXT_VAR).into_value(),
    )?;
    let token = vm.native_class(&variable::TOKEN);
    token
        .dict
        .insert(vm, &vm.intern("MISSING"), variable::missing(vm))?;
    vm.define(namespace, "Token", token.into_value())
}
