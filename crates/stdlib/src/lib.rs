//! The standard library: modules written in Rust.

mod kinds;
pub mod modules;

use runtime::modules::NativeModule;

/// All modules written in Rust.
pub static NATIVE_MODULES: &[&NativeModule] = &[
    &modules::cmath::MODULE,
    &modules::math::MODULE,
    &modules::random::MODULE,
];

/// Makes the library's modules known to an interpreter.
pub fn register(vm: &runtime::vm::Vm) {
    vm.add_native_modules(NATIVE_MODULES);
}
