//! `_ctypes_memory`: reading the blocks of live objects by address, for `ctypes`.
//!
//! Every address is looked up among the live objects first, so that a wrong one raises. Of an
//! object's header, what CPython has there is shown: the reference count and the address of the
//! class, a word each; behind it, the bytes that are there.

use runtime::modules::NativeModule;
use runtime::object::payload::{block_bytes, copy_from_block};
use runtime::object::{MethodDef, PyResult, Value};
use runtime::{Raised, Vm};

/// The module.
pub static MODULE: NativeModule = NativeModule::new(
    "_ctypes_memory",
    "Reads the memory of live objects.",
    &[
        MethodDef::bound(
            "read",
            "($module, address, size, /)",
            "Return the bytes at an address inside a live object.",
            |vm, args| read(vm, &args[1], &args[2]),
        ),
        MethodDef::bound(
            "object_at",
            "($module, address, /)",
            "Return the live object whose id is the address.",
            |vm, args| object_at(vm, &args[1]),
        ),
    ],
);

/// Bytes of the header as CPython lays it out.
const HEADER: usize = 16;
/// The count that immortal objects show.
const IMMORTAL_COUNT: u64 = 0xFFFF_FFFF;

fn read(vm: &Vm, address: &Value, size: &Value) -> PyResult {
    let (start, size) = (number(vm, address)?, number(vm, size)?);
    for object in vm.all_objects() {
        let Some(bytes) = block_bytes(&object) else {
            continue;
        };
        let Some(offset) = start.checked_sub(vm.id(&object)) else {
            continue;
        };
        if offset >= bytes as u64 {
            continue;
        }
        let (offset, size) = (offset as usize, usize::try_from(size).unwrap_or(usize::MAX));
        let Some(mut found) = copy_from_block(&object, offset, size) else {
            return Err(vm.value_error(format!(
                "{size} bytes at {start:#x} reach beyond the object there"
            )));
        };
        let header = header(vm, &object);
        for (at, byte) in found
            .iter_mut()
            .enumerate()
            .take(HEADER.saturating_sub(offset))
        {
            if let Some(shown) = header.get(offset + at) {
                *byte = *shown;
            }
        }
        return Ok(vm.bytes_value(&found));
    }
    Err(no_object(vm, start))
}

/// The reference count, without the reference held here, and the id of the class.
fn header(vm: &Vm, object: &Value) -> [u8; HEADER] {
    let count = vm
        .reference_count(object)
        .map_or(IMMORTAL_COUNT, |count| u64::from(count.saturating_sub(1)));
    let class = vm.id(&vm.class_of(object).to_value());
    let mut bytes = [0; HEADER];
    bytes[..8].copy_from_slice(&count.to_ne_bytes());
    bytes[8..].copy_from_slice(&class.to_ne_bytes());
    bytes
}

fn object_at(vm: &Vm, address: &Value) -> PyResult {
    let wanted = number(vm, address)?;
    vm.all_objects()
        .into_iter()
        .find(|object| vm.id(object) == wanted)
        .ok_or_else(|| no_object(vm, wanted))
}

fn number(vm: &Vm, value: &Value) -> PyResult<u64> {
    let number = vm.index_isize(value, &vm.types.exceptions.overflow_error)?;
    u64::try_from(number).map_err(|_| vm.value_error("address must not be negative"))
}

#[cold]
fn no_object(vm: &Vm, address: u64) -> Raised {
    vm.value_error(format!("no live object at address {address:#x}"))
}
