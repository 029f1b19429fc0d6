//! Items and slices of arrays.

use runtime::{PyResult, Value, Vm};

use super::{Array, array_of, check_same_item, plain};

/// The place of an index that may count from the end.
fn place(vm: &Vm, array: &Array, index: &Value, message: &str) -> PyResult<usize> {
    if vm.class_of(index).slots().nb_index.is_none() {
        return Err(vm.type_error("array indices must be integers"));
    }
    let mut index = vm.index_isize(index, &vm.types.exceptions.index_error)?;
    if index < 0 {
        index += array.len() as isize;
    }
    match usize::try_from(index) {
        Ok(index) if index < array.len() => Ok(index),
        _ => Err(vm.index_error(message)),
    }
}

/// `array[key]`
pub(super) fn get(vm: &Vm, this: &Value, key: &Value) -> PyResult {
    let array = array_of(vm, this)?;
    let Some(range) = vm.slice_range(key, || array.len())? else {
        let index = place(vm, array, key, "array index out of range")?;
        let found = array.get(vm, index)?;
        return found.ok_or_else(|| vm.index_error("array index out of range"));
    };
    let size = array.item.size;
    let bytes = array.bytes.with(|all| {
        let parts = range
            .places()
            .filter_map(|i| all.get(i * size..(i + 1) * size));
        parts.flatten().copied().collect::<Vec<u8>>()
    });
    plain(vm, array.item, &bytes)
}

/// `array[key] = value`, or `del array[key]`
pub(super) fn assign(vm: &Vm, this: &Value, key: &Value, value: Option<&Value>) -> PyResult<()> {
    let array = array_of(vm, this)?;
    let size = array.item.size;
    let Some(range) = vm.slice_range(key, || array.len())? else {
        let message = "array assignment index out of range";
        let index = place(vm, array, key, message)?;
        let start = index * size;
        return match value {
            None => {
                let mut bytes = vm.copied(&array.bytes)?;
                bytes.drain(start..start + size);
                array.replace(vm, &bytes)
            }
            Some(value) => {
                let item = array.item.pack(vm, value)?;
                let stored = array.bytes.with_mut(|all| {
                    all.get_mut(start..start + size)
                        .map(|place| place.copy_from_slice(&item[..size]))
                });
                stored.ok_or_else(|| vm.index_error(message))
            }
        };
    };
    let new = match value {
        None => Vec::new(),
        Some(value) => match value.payload::<Array>() {
            Some(other) => {
                check_same_item(vm, array, other)?;
                vm.copied(&other.bytes)?
            }
            None => {
                return Err(vm.type_error(format!(
                    "can only assign array (not \"{}\") to array slice",
                    vm.class_name(value)
                )));
            }
        },
    };
    let mut bytes = vm.copied(&array.bytes)?;
    if range.step == 1 {
        let start = range.start as usize * size;
        bytes.splice(start..start + range.count * size, new);
    } else if value.is_none() {
        let removed: Vec<usize> = range.ascending().places().collect();
        let kept = (0..array.len()).filter(|i| removed.binary_search(i).is_err());
        bytes = kept
            .flat_map(|i| bytes[i * size..(i + 1) * size].to_vec())
            .collect();
    } else {
        let given = new.len() / size;
        if given != range.count {
            return Err(vm.value_error(format!(
                "attempt to assign array of size {given} to extended slice of size {}",
                range.count
            )));
        }
        for (place, item) in range.places().zip(new.chunks_exact(size)) {
            bytes[place * size..(place + 1) * size].copy_from_slice(item);
        }
    }
    array.replace(vm, &bytes)
}
