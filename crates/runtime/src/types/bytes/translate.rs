//! `translate` and `maketrans`, for `bytes` and `bytearray`.

use super::{make, unchanged, with_this};
use crate::object::{PyResult, Ref, Value};
use crate::vm::Vm;

/// `bytes.translate(table, /, delete=b'')`
pub fn translate(vm: &Vm, args: &[Value]) -> PyResult {
    let table = args[1].given_not_none().map(|t| vm.buffer(t)).transpose()?;
    if table.as_ref().is_some_and(|t| t.len() != 256) {
        return Err(vm.value_error("translation table must be 256 characters long"));
    }
    let delete = args[2].given().map(|d| vm.buffer(d)).transpose()?;
    let mut deleted = [false; 256];
    if let Some(delete) = delete {
        delete.with_bytes(|bytes| bytes.iter().for_each(|&b| deleted[usize::from(b)] = true));
    }
    let table = table.map(|t| t.to_vec());
    let (translated, changed) = with_this(&args[0], |bytes| {
        let kept = bytes.iter().filter(|&&b| !deleted[usize::from(b)]);
        let out: Vec<u8> = match &table {
            Some(table) => kept.map(|&b| table[usize::from(b)]).collect(),
            None => kept.copied().collect(),
        };
        let changed = out != bytes;
        (out, changed)
    });
    if changed {
        make(vm, &args[0], &translated)
    } else {
        unchanged(vm, &args[0])
    }
}

/// `bytes.maketrans(frm, to)`
pub fn maketrans(vm: &Vm, args: &[Value]) -> PyResult {
    let from = vm.buffer(&args[0])?;
    let to = vm.buffer(&args[1])?;
    if from.len() != to.len() {
        return Err(vm.value_error("maketrans arguments must have same length"));
    }
    let mut table: [u8; 256] = std::array::from_fn(|i| i as u8);
    from.with_bytes(|from| {
        to.with_bytes(|to| {
            for (&from, &to) in from.iter().zip(to) {
                table[usize::from(from)] = to;
            }
        });
    });
    vm.try_bytes(&table).map(Ref::into_value)
}
