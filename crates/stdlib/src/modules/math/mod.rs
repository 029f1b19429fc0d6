//! `math`: the functions of the C library on floats, exact sums, number theory on integers.

mod functions;
mod integer;
pub(crate) mod special;
mod sums;
mod table;

use std::f64::consts::{E, PI, TAU};

use runtime::Vm;
use runtime::modules::NativeModule;
use runtime::object::{Dict, PyResult, Ref};
use runtime::types::module::Module;

/// The module.
pub static MODULE: NativeModule = NativeModule::new(
    "math",
    "This module provides access to the mathematical functions\ndefined by the C standard.",
    table::FUNCTIONS,
)
.with_init(init);

fn init(vm: &Vm, _module: &Ref<Module>, namespace: &Ref<Dict>) -> PyResult<()> {
    for (name, x) in [
        ("pi", PI),
        ("e", E),
        ("tau", TAU),
        ("inf", f64::INFINITY),
        ("nan", f64::NAN),
    ] {
        vm.define(namespace, name, vm.float(x))?;
    }
    Ok(())
}
