//! The standard library: modules written in Rust (`modules`) and in Python (`lib/`, compiled into
//! the program when it is built).

#[rustfmt::skip]
#[allow(clippy::all)]
static LIBRARY: &[runtime::modules::LibraryModule] = {
    use runtime::modules::LibraryModule;
    include!(concat!(env!("OUT_DIR"), "/modules.rs"))
};

mod blocking;
mod environment;
mod kinds;
pub mod modules;
mod native;
mod paths;

use runtime::modules::{LibraryModule, NativeModule};

/// All modules written in Rust.
pub static NATIVE_MODULES: &[&NativeModule] = &[
    &modules::abc::MODULE,
    &modules::array::MODULE,
    &modules::binascii::MODULE,
    &modules::bisect::MODULE,
    &modules::cmath::MODULE,
    &modules::collections::MODULE,
    &modules::contextvars::MODULE,
    &modules::ctypes::MODULE,
    &modules::errno::MODULE,
    &modules::functools::MODULE,
    &modules::hashes::BLAKE2_MODULE,
    &modules::hashes::MD5_MODULE,
    &modules::hashes::SHA1_MODULE,
    &modules::hashes::SHA2_MODULE,
    &modules::hashes::SHA3_MODULE,
    &modules::heapq::MODULE,
    &modules::itertools::MODULE,
    &modules::json::MODULE,
    &modules::library::MODULE,
    &modules::math::MODULE,
    &modules::opcode::MODULE,
    &modules::multiprocessing::MODULE,
    &modules::operator::MODULE,
    &modules::ouro::MODULE,
    &modules::posix::MODULE,
    &modules::posixsubprocess::MODULE,
    &modules::queue::MODULE,
    &modules::random::MODULE,
    &modules::sre::MODULE,
    &modules::string::MODULE,
    &modules::select::MODULE,
    &modules::structs::MODULE,
    &modules::thread::MODULE,
    &modules::time::MODULE,
    &modules::typing::MODULE,
    &modules::unicodedata::MODULE,
];

/// The names of all modules written in Python, sorted.
pub fn library_names() -> impl Iterator<Item = &'static str> {
    LIBRARY.iter().map(|module| module.name)
}

/// A module written in Python.
fn find(name: &str) -> Option<LibraryModule> {
    let place = LIBRARY
        .binary_search_by(|module| module.name.cmp(name))
        .ok()?;
    LIBRARY.get(place).copied()
}

/// Makes the library's modules known to an interpreter.
pub fn register(vm: &runtime::vm::Vm) {
    vm.add_native_modules(NATIVE_MODULES);
    vm.register_library(find);
}
