//! Bytes as hexadecimal digits: `hex` and `fromhex`.

use crate::object::{Bytes, Chars, PyResult, Ref, Str, Value};
use crate::vm::Vm;

const DIGITS: &[u8; 16] = b"0123456789abcdef";

/// The hexadecimal digits of bytes, as `hex(sep, bytes_per_sep)` lays them out.  The bytes are read when it is
/// known how many go together.
pub fn hex_str(
    vm: &Vm,
    read: impl FnOnce() -> PyResult<Vec<u8>>,
    sep: &Value,
    group: &Value,
) -> PyResult {
    let group = group.given().map_or(Ok(1), |v| vm.arg_int(v))?;
    let bytes = read()?;
    let sep = sep.given().map(|s| separator(vm, s)).transpose()?;
    let size = group.unsigned_abs() as usize;
    let mut out = Vec::new();
    out.try_reserve(
        bytes
            .len()
            .saturating_mul(if sep.is_some() { 3 } else { 2 }),
    )
    .map_err(|_| vm.memory_error())?;
    for (i, byte) in bytes.iter().enumerate() {
        // Positive groups are counted from the right.
        let from = if group > 0 { bytes.len() - i } else { i };
        if let Some(sep) = sep
            && i > 0
            && size > 0
            && from % size == 0
        {
            out.push(sep);
        }
        out.push(DIGITS[usize::from(byte >> 4)]);
        out.push(DIGITS[usize::from(byte & 15)]);
    }
    vm.str_from_chars(Chars::One(&out)).map(Ref::into_value)
}

fn separator(vm: &Vm, sep: &Value) -> PyResult<u8> {
    if vm.len(sep)? != 1 {
        return Err(vm.value_error("sep must be length 1."));
    }
    let byte = if let Some(text) = sep.payload::<Str>() {
        text.at(0)
    } else if let Some(bytes) = sep.payload::<Bytes>() {
        bytes[0].into()
    } else {
        return Err(vm.type_error("sep must be str or bytes."));
    };
    u8::try_from(byte)
        .ok()
        .filter(u8::is_ascii)
        .ok_or_else(|| vm.value_error("sep must be ASCII."))
}

/// `bytes.hex(sep, bytes_per_sep=1)`
pub fn hex(vm: &Vm, args: &[Value]) -> PyResult {
    let read = || {
        let bytes = vm.copied_bytes(&args[0])?;
        vm.check_room(bytes.len().saturating_mul(4))?;
        Ok(bytes)
    };
    hex_str(vm, read, &args[1], &args[2])
}

/// The bytes that pairs of hexadecimal digits stand for, white space between them skipped.
pub fn parse_hex(vm: &Vm, text: &Value) -> PyResult<Vec<u8>> {
    let Some(text) = text.payload::<Str>() else {
        return Err(vm.type_error(format!(
            "fromhex() argument must be str, not {}",
            vm.argument_type(text)
        )));
    };
    let chars = text.chars();
    let digit = |at: usize| {
        let c = (at < chars.len()).then(|| chars.at(at));
        c.and_then(char::from_u32)
            .and_then(|c| c.to_digit(16))
            .map(|d| d as u8)
            .ok_or_else(|| {
                vm.value_error(format!(
                    "non-hexadecimal number found in fromhex() arg at position {at}"
                ))
            })
    };
    let mut bytes = Vec::new();
    let room = bytes.try_reserve_exact(chars.len() / 2);
    room.map_err(|_| vm.memory_error())?;
    let mut at = 0;
    while at < chars.len() {
        if matches!(chars.at(at), 9..=13 | 32) {
            at += 1;
            continue;
        }
        bytes.push(digit(at)? << 4 | digit(at + 1)?);
        at += 2;
    }
    Ok(bytes)
}

/// `bytes.fromhex(string)`
pub fn fromhex(vm: &Vm, args: &[Value]) -> PyResult {
    let bytes = parse_hex(vm, &args[1])?;
    let new = vm.try_bytes(&bytes)?.into_value();
    if args[0].is(vm.types.bytes.as_value()) {
        Ok(new)
    } else {
        vm.call1(&args[0], &new)
    }
}
