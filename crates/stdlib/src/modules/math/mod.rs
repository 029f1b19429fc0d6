//! `math`: the functions of the C library on floats, exact sums, number theory on integers.

mod functions;
mod integer;
pub(crate) mod special;
mod sums;
mod table;

use std::f64::consts::{E, PI, TAU};

use runtime::Vm;
use runtime::object::{Dict, NativeModule, PyResult, Ref};

/// The module.
pub static MODULE: NativeModule = NativeModule {
    name: "math",
    doc: "This module provides access to the mathematical functions\ndefined by the C standard.",
    methods: table::FUNCTIONS,
    init,
};

fn init(vm: &Vm, namespace: &Ref<Dict>) -> PyResult<()> {
    for (name, x) in [
        ("pi", PI),
        ("e", E),
        ("tau", TAU),
        ("inf", f64::INFINITY),
        ("nan", f64::NAN),
    ] {
        drop(namespace.insert(vm, &vm.intern(name), vm.float(x))?);
    }
    Ok(())
}
