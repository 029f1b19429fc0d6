//! The module `sys`.
//!
//! `identity.rs` has what the interpreter says about itself, `hooks.rs` the hooks and exceptions,
//! `memory.rs` counts and sizes, `frames.rs` the call stack and its limits,
//! `monitoring.rs` the tools that hear of events.

mod audit;
mod frames;
mod hooks;
mod identity;
mod library_names;
mod memory;
mod methods;
mod monitoring;

pub use audit::Hooks as AuditHooks;
pub use identity::Flags;

use super::NativeModule;
use crate::object::{Dict, PyResult, Ref};
use crate::types::io::standard;
use crate::types::module::Module;
use crate::vm::Vm;

/// Declaration of the module.
pub static MODULE: NativeModule = NativeModule::new("sys", DOC, methods::METHODS).with_init(init);

const DOC: &str = "This module provides access to some objects used or maintained by the\n\
interpreter and to functions that interact strongly with the interpreter.\n\n\
Dynamic objects:\n\n\
argv -- command line arguments; argv[0] is the script pathname if known\n\
path -- module search path; path[0] is the script directory, else ''\n\
modules -- dictionary of loaded modules\n\n\
displayhook -- called to show results in an interactive session\n\
excepthook -- called to handle any uncaught exception other than SystemExit\n\n\
stdin -- standard input file object; used by input()\n\
stdout -- standard output file object; used by print()\n\
stderr -- standard error object; used for error messages\n";

fn init(vm: &Vm, _module: &Ref<Module>, dict: &Ref<Dict>) -> PyResult<()> {
    identity::define_all(vm, dict)?;
    monitoring::define(vm, dict)?;
    for name in [
        "displayhook",
        "excepthook",
        "unraisablehook",
        "breakpointhook",
    ] {
        if let Some(hook) = dict.get_str(vm, &vm.intern(name))? {
            if name == "unraisablehook" {
                vm.interp.default_unraisable_hook.set(Some(hook.clone()));
            }
            vm.define(dict, &format!("__{name}__"), hook)?;
        }
    }
    standard::install(vm, dict, true)?;
    if let Some(modules) = vm.interp.modules.get() {
        vm.define(dict, "modules", modules)?;
    }
    Ok(())
}
