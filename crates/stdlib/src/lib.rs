//! The standard library: modules written in Rust (`modules`) and in Python (`lib/`, compiled into
//! the program when it is built).

/// A module in Python as the build script lists it: ranges of [`CODE`] and [`TEXT`].
struct Entry {
    name: &'static str,
    file: &'static str,
    package: bool,
    code: Range<u32>,
    text: Range<u32>,
}

#[rustfmt::skip]
#[allow(clippy::all)]
static LIBRARY: &[Entry] = include!(concat!(env!("OUT_DIR"), "/modules.rs"));
static CODE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/modules.code"));
static TEXT: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/modules.text"));

mod blocking;
mod environment;
mod kinds;
pub mod modules;
mod native;
mod paths;

use std::ops::Range;

use runtime::modules::{LibraryModule, NativeModule};

/// All modules written in Rust.
pub static NATIVE_MODULES: &[&NativeModule] = &[
    &modules::abc::MODULE,
    &modules::accounts::GRP,
    &modules::accounts::PWD,
    &modules::array::MODULE,
    &modules::expat::MODULE,
    &modules::faulthandler::MODULE,
    &modules::fcntl::MODULE,
    &modules::binascii::MODULE,
    &modules::bisect::MODULE,
    &modules::bz2::MODULE,
    &modules::lzma::MODULE,
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
    &modules::hashes::scrypt::MODULE,
    &modules::heapq::MODULE,
    &modules::itertools::MODULE,
    &modules::json::MODULE,
    &modules::dates::MODULE,
    &modules::library::MODULE,
    &modules::math::MODULE,
    &modules::mmap::MODULE,
    &modules::posixshmem::MODULE,
    &modules::opcode::MODULE,
    &modules::multiprocessing::MODULE,
    &modules::operator::MODULE,
    &modules::ouro::MODULE,
    &modules::pickle::MODULE,
    &modules::pickle_buffer::MODULE,
    &modules::posix::MODULE,
    &modules::posixsubprocess::MODULE,
    &modules::queue::MODULE,
    &modules::random::MODULE,
    &modules::resource::MODULE,
    &modules::sre::MODULE,
    &modules::stat::MODULE,
    &modules::syslog::MODULE,
    &modules::termios::MODULE,
    &modules::string::MODULE,
    &modules::select::MODULE,
    &modules::sockets::MODULE,
    &modules::structs::MODULE,
    &modules::thread::MODULE,
    &modules::time::MODULE,
    &modules::typing::MODULE,
    &modules::unicodedata::MODULE,
    &modules::zlib::MODULE,
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
    let entry = LIBRARY.get(place)?;
    Some(LibraryModule {
        name: entry.name,
        file: entry.file,
        package: entry.package,
        code: part(CODE, &entry.code)?,
        source: part(TEXT, &entry.text)?,
    })
}

fn part(all: &'static [u8], range: &Range<u32>) -> Option<&'static [u8]> {
    all.get(range.start as usize..range.end as usize)
}

/// Makes the library's modules known to an interpreter.
pub fn register(vm: &runtime::vm::Vm) {
    vm.add_native_modules(NATIVE_MODULES);
    vm.register_library(find);
}
