//! Bytes and slices of maps.

use runtime::object::PyResult;
use runtime::{Value, Vm};

use super::{Map, check_open, check_writable, open_map};

/// The place of an index that may count from the end.
fn place(vm: &Vm, map: &Map, index: &Value) -> PyResult<usize> {
    let mut index = vm.index_isize(index, &vm.types.exceptions.index_error)?;
    check_open(vm, map)?;
    if index < 0 {
        index += map.bytes.len() as isize;
    }
    inside(vm, map, index)
}

fn inside(vm: &Vm, map: &Map, index: isize) -> PyResult<usize> {
    match usize::try_from(index) {
        Ok(index) if index < map.bytes.len() => Ok(index),
        _ => Err(vm.index_error("mmap index out of range")),
    }
}

/// The byte at a place; of a file that was cut short not all are there.
fn byte_at(vm: &Vm, map: &Map, place: usize) -> PyResult<u8> {
    let found = map.bytes.with(|bytes| bytes.get(place).copied());
    found.ok_or_else(|| vm.index_error("mmap index out of range"))
}

fn set_byte(vm: &Vm, map: &Map, place: usize, byte: u8) -> PyResult<()> {
    let done = map
        .bytes
        .with_mut(|bytes| bytes.get_mut(place).map(|slot| *slot = byte));
    done.ok_or_else(|| vm.index_error("mmap index out of range"))
}

/// An item as iteration sees it: bytes of length 1.
pub(super) fn item(vm: &Vm, this: &Value, index: isize) -> PyResult {
    let map = open_map(vm, this)?;
    let byte = byte_at(vm, map, inside(vm, map, index)?)?;
    Ok(vm.try_bytes(&[byte])?.into_value())
}

/// Stores bytes of length 1.
pub(super) fn assign_item(
    vm: &Vm,
    this: &Value,
    index: isize,
    value: Option<&Value>,
) -> PyResult<()> {
    let map = open_map(vm, this)?;
    let place = inside(vm, map, index)?;
    let Some(value) = value else {
        return Err(vm.type_error("mmap object doesn't support item deletion"));
    };
    let bytes = value.payload::<runtime::object::Bytes>();
    let Some(&[byte]) = bytes.map(|bytes| bytes.as_slice()) else {
        return Err(vm.index_error("mmap assignment must be length-1 bytes()"));
    };
    check_writable(vm, map)?;
    set_byte(vm, map, place, byte)
}

/// `map[key]`
pub(super) fn get(vm: &Vm, this: &Value, key: &Value) -> PyResult {
    let map = open_map(vm, this)?;
    if let Some(range) = vm.slice_range(key, || map.bytes.len())? {
        check_open(vm, map)?;
        vm.check_room(range.count)?;
        let found: Vec<u8> = map.bytes.with(|bytes| {
            let places = range.places();
            places.filter_map(|at| bytes.get(at).copied()).collect()
        });
        return Ok(vm.try_bytes(&found)?.into_value());
    }
    if vm.class_of(key).slots().nb_index.is_none() {
        return Err(vm.type_error("mmap indices must be integers"));
    }
    let byte = byte_at(vm, map, place(vm, map, key)?)?;
    Ok(Value::small_int(byte.into()))
}

/// `map[key] = value`; nothing can be deleted.
pub(super) fn assign(vm: &Vm, this: &Value, key: &Value, value: Option<&Value>) -> PyResult<()> {
    let map = open_map(vm, this)?;
    check_writable(vm, map)?;
    if let Some(range) = vm.slice_range(key, || map.bytes.len())? {
        let Some(value) = value else {
            return Err(vm.type_error("mmap object doesn't support slice deletion"));
        };
        // A copy: it may be of this map.
        let new = vm.copied_bytes(value)?;
        check_open(vm, map)?;
        if new.len() != range.count {
            return Err(vm.index_error("mmap slice assignment is wrong size"));
        }
        map.bytes.with_mut(|bytes| {
            for (place, byte) in range.places().zip(new) {
                if let Some(slot) = bytes.get_mut(place) {
                    *slot = byte;
                }
            }
        });
        return Ok(());
    }
    if vm.class_of(key).slots().nb_index.is_none() {
        return Err(vm.type_error("mmap indices must be integer"));
    }
    let at = place(vm, map, key)?;
    let Some(value) = value else {
        return Err(vm.type_error("mmap doesn't support item deletion"));
    };
    if vm.class_of(value).slots().nb_index.is_none() {
        return Err(vm.type_error("mmap item value must be an int"));
    }
    let value = vm.index_isize(value, &vm.types.exceptions.type_error)?;
    check_open(vm, map)?;
    let Ok(byte) = u8::try_from(value) else {
        return Err(vm.value_error("mmap item value must be in range(0, 256)"));
    };
    set_byte(vm, map, at, byte)
}
