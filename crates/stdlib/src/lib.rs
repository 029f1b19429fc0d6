//! The standard library: modules written in Rust.

pub mod modules;

use runtime::object::NativeModule;

/// All modules written in Rust.
pub static NATIVE_MODULES: &[&NativeModule] = &[&modules::math::MODULE, &modules::cmath::MODULE];
