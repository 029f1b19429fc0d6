//! Assignment and deletion of items and slices of a `bytearray`.

use super::this;
use crate::object::bytearray::ByteVec;
use crate::object::{ByteArray, PyResult, Value};
use crate::protocol::slicing::SliceRange;
use crate::types::bytes::{byte_value, construct};
use crate::vm::Vm;

fn assign_at(vm: &Vm, array: &ByteArray, index: isize, value: Option<&Value>) -> PyResult<()> {
    let out_of_range = || vm.index_error("bytearray index out of range");
    // Reading the value may run code that shortens the array.
    let byte = value
        .map(|value| byte_value(vm, value, "byte"))
        .transpose()?;
    let len = array.len() as isize;
    let index = if index < 0 {
        index.saturating_add(len)
    } else {
        index
    };
    if index < 0 || index >= len {
        return Err(out_of_range());
    }
    let index = index as usize;
    match byte {
        Some(byte) => {
            let stored = array.with_mut(|all| all.get_mut(index).map(|place| *place = byte));
            stored.ok_or_else(out_of_range)
        }
        None => {
            array.resize_check(vm)?;
            array.update(|all| all.remove(index));
            Ok(())
        }
    }
}

/// `array[i] = value`, or `del array[i]`
pub fn assign_item(vm: &Vm, array: &Value, index: isize, value: Option<&Value>) -> PyResult<()> {
    assign_at(vm, this(vm, array)?, index, value)
}

/// `array[key] = value`, or `del array[key]`
pub fn assign(vm: &Vm, array: &Value, key: &Value, value: Option<&Value>) -> PyResult<()> {
    let bytes = this(vm, array)?;
    if key.as_small_int().is_some() || vm.class_of(key).slots().nb_index.is_some() {
        let index = vm.index_isize(key, &vm.types.exceptions.index_error)?;
        return assign_at(vm, bytes, index, value);
    }
    if key.payload::<crate::types::slice::Slice>().is_none() {
        return Err(vm.type_error(format!(
            "bytearray indices must be integers or slices, not {}",
            vm.class_name(key)
        )));
    }
    // A wrong slice is noticed first.  The new bytes are read before the places are known: that
    // may run code which changes the array.
    if value.is_some_and(|value| value.payload::<ByteArray>().is_none()) {
        vm.slice_range(key, || bytes.len())?;
    }
    let new = value.map(|value| new_bytes(vm, value)).transpose()?;
    let Some(range) = vm.slice_range(key, || bytes.len())? else {
        return Ok(());
    };
    match new {
        Some(new) if range.step == 1 => replace(vm, bytes, range, &new),
        Some(new) if new.is_empty() && range.count > 0 => delete(vm, bytes, range),
        Some(new) if new.len() != range.count => Err(vm.value_error(format!(
            "attempt to assign bytes of size {} to extended slice of size {}",
            new.len(),
            range.count
        ))),
        Some(new) => {
            bytes.with_mut(|all| {
                for (place, byte) in range.places().zip(new) {
                    if let Some(old) = all.get_mut(place) {
                        *old = byte;
                    }
                }
            });
            Ok(())
        }
        None if range.count == 0 => Ok(()),
        None => delete(vm, bytes, range),
    }
}

fn new_bytes(vm: &Vm, value: &Value) -> PyResult<Vec<u8>> {
    if let Some(array) = value.payload::<ByteArray>() {
        return vm.copied(array);
    }
    let slots = vm.class_of(value).slots();
    let number = slots.nb_index.is_some() || slots.nb_int.is_some() || slots.nb_float.is_some();
    if number
        || value.payload::<crate::object::Str>().is_some()
        || value.payload::<crate::types::complex::Complex>().is_some()
    {
        return Err(
            vm.type_error("can assign only bytes, buffers, or iterables of ints in range(0, 256)")
        );
    }
    construct::from_object(vm, value, "bytearray")
}

/// `array[a:b] = new`
fn replace(vm: &Vm, array: &ByteArray, range: SliceRange, new: &[u8]) -> PyResult<()> {
    let start = (range.start.max(0) as usize).min(array.len());
    let end = (start + range.count).min(array.len());
    if new.len() == end - start {
        array.with_mut(|all| all[start..end].copy_from_slice(new));
        return Ok(());
    }
    array.resize_check(vm)?;
    let new: ByteVec = vm.byte_vec(new)?;
    array
        .update(|all| all.try_splice(start..end, new))
        .map(drop)
        .map_err(|_| vm.memory_error())
}

fn delete(vm: &Vm, array: &ByteArray, range: SliceRange) -> PyResult<()> {
    if range.count > 0 {
        array.resize_check(vm)?;
        let range = range.ascending();
        if range.step == 1 {
            let start = range.start as usize;
            array.update(|all| {
                all.as_mut_slice().copy_within(start + range.count.., start);
                all.truncate(all.len() - range.count);
                all.shrink_slack();
            });
            return Ok(());
        }
        let last = range.start + (range.count as isize - 1) * range.step;
        let mut place = 0isize;
        array.update(|all| {
            all.retain(|_| {
                let i = place;
                place += 1;
                i < range.start || i > last || (i - range.start) % range.step != 0
            });
            all.shrink_slack();
        });
    }
    Ok(())
}
