//! Slots of `bytes`, most of them shared with `bytearray`.

use super::{make, make_slice, unchanged, with_this};
use crate::object::{ByteArray, Bytes, CompareOp, PyResult, Ref, Value};
use crate::types::search;
use crate::vm::Vm;

/// `len(b)`
pub fn len(_vm: &Vm, this: &Value) -> PyResult<usize> {
    Ok(with_this(this, <[u8]>::len))
}

/// `hash(b)`
pub fn hash(vm: &Vm, this: &Value) -> PyResult<i64> {
    Ok(this.payload::<Bytes>().map_or(0, |b| b.hash(vm)) as i64)
}

/// The representation of bytes, with `b` and quotes.  That of a `bytearray` escapes single quotes
/// even between double ones, as CPython's does.
pub fn repr_text(bytes: &[u8], mutable: bool) -> String {
    let double = bytes.contains(&b'\'') && !bytes.contains(&b'"');
    let quote = if double { '"' } else { '\'' };
    let mut text = String::with_capacity(bytes.len() + 3);
    text.push('b');
    text.push(quote);
    for &byte in bytes {
        match byte {
            b'\t' => text.push_str("\\t"),
            b'\n' => text.push_str("\\n"),
            b'\r' => text.push_str("\\r"),
            b'\\' => text.push_str("\\\\"),
            32..127 if char::from(byte) == quote || mutable && byte == b'\'' => {
                text.push('\\');
                text.push(char::from(byte));
            }
            32..127 => text.push(char::from(byte)),
            _ => {
                let digit = |n: u8| char::from(b"0123456789abcdef"[usize::from(n & 15)]);
                text.extend(['\\', 'x', digit(byte >> 4), digit(byte)]);
            }
        }
    }
    text.push(quote);
    text
}

/// `repr(b)`
pub fn repr(vm: &Vm, this: &Value) -> PyResult {
    let text = with_this(this, |bytes| {
        vm.check_room(bytes.len().saturating_mul(8))?;
        Ok(repr_text(bytes, false))
    })?;
    vm.str_from_chars(crate::object::Chars::One(text.as_bytes()))
        .map(Ref::into_value)
}

/// `bytes` compared with `bytes`.
pub fn compare(_vm: &Vm, a: &Value, b: &Value, op: CompareOp) -> PyResult {
    match (a.payload::<Bytes>(), b.payload::<Bytes>()) {
        (Some(a), Some(b)) => Ok(Value::bool(op.holds(a.as_slice().cmp(b.as_slice())))),
        _ => Ok(Value::NOT_IMPLEMENTED),
    }
}

/// `a + b`; the result is of the left operand's type.
pub fn concat(vm: &Vm, a: &Value, b: &Value) -> PyResult {
    let right = match vm.has_buffer(b).then(|| vm.buffer(b)) {
        Some(Ok(view)) => view,
        failed => {
            if let Some(Err(raised)) = failed {
                let _ = vm.take_exception(raised);
            }
            return Err(vm.type_error(format!(
                "can't concat {} to {}",
                vm.class_name(b),
                vm.class_name(a)
            )));
        }
    };
    let exact = |v: &Value| vm.class_of(v).is(&vm.types.bytes);
    if exact(a) && right.is_empty() {
        return Ok(a.clone());
    }
    if exact(a) && exact(b) && with_this(a, <[u8]>::is_empty) {
        return Ok(b.clone());
    }
    with_this(a, |left| {
        right.with_bytes(|right| {
            if a.payload::<ByteArray>().is_some() {
                let mut bytes = vm.byte_vec(left)?;
                let grown = bytes.try_extend_from_slice(right);
                grown.map_err(|_| vm.memory_error())?;
                return Ok(vm.bytearray_of(bytes).into_value());
            }
            let Some(len) = left.len().checked_add(right.len()) else {
                return Err(vm.memory_error());
            };
            let joined = vm.bytes_filled(len, |data| {
                data[..left.len()].copy_from_slice(left);
                data[left.len()..].copy_from_slice(right);
            });
            joined.map(Ref::into_value)
        })
    })
}

/// The longest bytes that CPython makes: what its header leaves of the largest size.
pub const LONGEST: usize = isize::MAX as usize - 33;

/// The contents `n` times; MemoryError where there is no room, and with `too_long` an
/// OverflowError of that text where no object could be as long.
pub fn repeated(vm: &Vm, bytes: &[u8], n: usize, too_long: Option<&str>) -> PyResult<Vec<u8>> {
    let len = bytes.len().saturating_mul(n);
    if let Some(message) = too_long
        && len > LONGEST
    {
        return Err(vm.overflow_error(message));
    }
    let mut all = Vec::new();
    if len > isize::MAX as usize || all.try_reserve_exact(len).is_err() {
        return Err(vm.memory_error());
    }
    if let &[byte] = bytes {
        all.resize(len, byte);
    } else {
        (0..n).for_each(|_| all.extend_from_slice(bytes));
    }
    Ok(all)
}

/// `b * n`
pub fn repeat(vm: &Vm, this: &Value, n: isize) -> PyResult {
    let n = usize::try_from(n).unwrap_or(0);
    if n == 1 {
        return unchanged(vm, this);
    }
    let is_array = this.payload::<ByteArray>().is_some();
    let too_long = (!is_array).then_some("repeated bytes are too long");
    let all = with_this(this, |bytes| {
        repeated(vm, bytes, if bytes.is_empty() { 0 } else { n }, too_long)
    })?;
    if all.is_empty() && vm.class_of(this).is(&vm.types.bytes) {
        // As in CPython a new object, where every other way to an empty one gives the shared one.
        return Ok(vm.bytes_of_class(&vm.types.bytes, &all).into_value());
    }
    make(vm, this, &all)
}

/// `b[i]` with an index that is not negative.
pub fn item(vm: &Vm, this: &Value, index: isize) -> PyResult {
    let byte = usize::try_from(index)
        .ok()
        .and_then(|i| with_this(this, |bytes| bytes.get(i).copied()));
    match byte {
        Some(byte) => Ok(Value::small_int(byte.into())),
        None if this.payload::<Bytes>().is_some() => Err(vm.index_error("index out of range")),
        None => Err(vm.index_error("bytearray index out of range")),
    }
}

/// `b[key]`
pub fn subscript(vm: &Vm, this: &Value, key: &Value) -> PyResult {
    if key.as_small_int().is_some() || vm.class_of(key).slots().nb_index.is_some() {
        let index = vm.index_isize(key, &vm.types.exceptions.index_error)?;
        let len = with_this(this, <[u8]>::len) as isize;
        return item(vm, this, if index < 0 { index + len } else { index });
    }
    let Some(range) = vm.slice_range(key, || with_this(this, <[u8]>::len))? else {
        let what = if this.payload::<Bytes>().is_some() {
            "byte"
        } else {
            "bytearray"
        };
        return Err(vm.type_error(format!(
            "{what} indices must be integers or slices, not {}",
            vm.class_name(key)
        )));
    };
    if range.count == 0 {
        return make(vm, this, b"");
    }
    if range.step == 1 {
        let start = range.start as usize;
        return make_slice(vm, this, start, start + range.count);
    }
    let picked: Vec<u8> = with_this(this, |bytes| {
        range
            .places()
            .filter_map(|i| bytes.get(i).copied())
            .collect()
    });
    make(vm, this, &picked)
}

/// `item in b`
pub fn contains(vm: &Vm, this: &Value, item: &Value) -> PyResult<bool> {
    if vm.class_of(item).slots().nb_index.is_some() {
        match vm.index_clamped(item) {
            Ok(index) => {
                let Ok(byte) = u8::try_from(index) else {
                    return Err(vm.value_error("byte must be in range(0, 256)"));
                };
                return Ok(with_this(this, |b| memchr::memchr(byte, b).is_some()));
            }
            Err(raised) => drop(vm.take_exception(raised)),
        }
    }
    let sub = vm.buffer(item)?;
    Ok(with_this(this, |b| {
        sub.with_bytes(|s| search::find(b, s, 1).is_some())
    }))
}
