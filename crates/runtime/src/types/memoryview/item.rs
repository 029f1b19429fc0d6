//! Items of a memoryview: native formats to Python values and back.

use crate::object::buffer::load_word;
use crate::object::{Bytes, IntView, PyResult, Raised, Value};
use crate::vm::Vm;

/// The format character and its size, if the format is a single native one (`'@'` allowed).
pub fn native_format(format: &str) -> Option<(u8, usize)> {
    let code = format.strip_prefix('@').unwrap_or(format);
    let &[code] = code.as_bytes() else {
        return None;
    };
    let size = match code {
        b'c' | b'b' | b'B' | b'?' => 1,
        b'h' | b'H' | b'e' => 2,
        b'i' | b'I' | b'f' => 4,
        b'l' | b'L' | b'q' | b'Q' | b'n' | b'N' | b'd' | b'P' => 8,
        _ => return None,
    };
    Some((code, size))
}

/// The error of a format whose items cannot be read.
#[cold]
pub fn not_supported(vm: &Vm, format: &str) -> Raised {
    vm.not_implemented_error(format!("memoryview: format {format} not supported"))
}

/// The value of an item; the bytes are as many as the code takes.
pub fn unpack(vm: &Vm, code: u8, bytes: &[u8]) -> PyResult {
    if code == b'c' {
        return Ok(vm.bytes_value(bytes));
    }
    Ok(unpack_word(vm, code, load_word(bytes)))
}

/// The value of an item from its bytes in a word.
pub fn unpack_word(vm: &Vm, code: u8, word: u64) -> Value {
    match code {
        b'?' => Value::bool(word != 0),
        b'b' => Value::small_int((word as i8).into()),
        b'B' => Value::small_int((word as u8).into()),
        b'h' => Value::small_int((word as i16).into()),
        b'H' => Value::small_int((word as u16).into()),
        b'i' => Value::small_int((word as i32).into()),
        b'I' => Value::small_int((word as u32).into()),
        b'l' | b'q' | b'n' => vm.int(word as i64),
        b'e' => vm.float(half_to_f64(word as u16)),
        b'f' => vm.float(f32::from_bits(word as u32).into()),
        b'd' => vm.float(f64::from_bits(word)),
        _ => vm.int_u64(word),
    }
}

/// The bytes of a value as an item.
pub fn pack(vm: &Vm, code: u8, size: usize, value: &Value) -> PyResult<[u8; 8]> {
    let format = char::from(code);
    let wrong_type = || vm.type_error(format!("memoryview: invalid type for format '{format}'"));
    let wrong_value = || vm.value_error(format!("memoryview: invalid value for format '{format}'"));
    // TypeErrors are told in the terms of the format, and so are numbers that do not fit.
    let translate = |raised: Raised| {
        let types = &vm.types.exceptions;
        if vm.catch(raised, &types.type_error).is_ok() {
            return wrong_type();
        }
        let misfit = vm
            .catch(raised, &types.overflow_error)
            .or_else(|raised| vm.catch(raised, &types.value_error));
        if misfit.is_ok() {
            wrong_value()
        } else {
            raised
        }
    };
    let word = match code {
        b'c' => match value.payload::<Bytes>() {
            Some(bytes) if bytes.len() == 1 => bytes[0].into(),
            Some(_) => return Err(wrong_value()),
            None => return Err(wrong_type()),
        },
        b'?' => u64::from(vm.truth(value)?),
        b'e' | b'f' | b'd' => {
            let x = vm.as_f64(value).map_err(translate)?;
            match code {
                b'e' => f64_to_half(x).ok_or_else(wrong_value)?.into(),
                b'f' => (x as f32).to_bits().into(),
                _ => x.to_bits(),
            }
        }
        _ => {
            let index = vm.index(value).map_err(translate)?;
            let Some(view) = index.as_int() else {
                return Err(wrong_type());
            };
            let signed = matches!(code, b'b' | b'h' | b'i' | b'l' | b'q' | b'n');
            integer_word(view, size, signed, code == b'P').ok_or_else(wrong_value)?
        }
    };
    Ok(word.to_ne_bytes())
}

/// An integer as the low bytes of a word, if it fits the size.
fn integer_word(view: IntView<'_>, size: usize, signed: bool, wraps: bool) -> Option<u64> {
    let bits = 8 * size as u32;
    if signed {
        let i = view.to_i64()?;
        let unused = 64 - bits;
        return (i << unused >> unused == i).then_some(i as u64);
    }
    if wraps && view.is_negative() {
        return view.to_i64().map(|i| i as u64);
    }
    let u = view.to_u64()?;
    (bits == 64 || u >> bits == 0).then_some(u)
}

/// The value of an IEEE half.
pub fn half_to_f64(half: u16) -> f64 {
    let sign = if half & 0x8000 == 0 { 1.0 } else { -1.0 };
    let exponent = i32::from(half >> 10 & 0x1F);
    let fraction = f64::from(half & 0x3FF);
    sign * match exponent {
        0 => fraction * 2f64.powi(-24),
        0x1F if fraction == 0.0 => f64::INFINITY,
        0x1F => f64::NAN,
        _ => (1.0 + fraction / 1024.0) * 2f64.powi(exponent - 15),
    }
}

/// The nearest IEEE half, ties to even; None where it is too large.
pub fn f64_to_half(x: f64) -> Option<u16> {
    let sign = if x.is_sign_negative() { 0x8000 } else { 0 };
    if x.is_nan() {
        return Some(sign | 0x7E00);
    }
    if x.is_infinite() {
        return Some(sign | 0x7C00);
    }
    let magnitude = x.abs();
    let exponent = if magnitude < 2f64.powi(-14) {
        -14
    } else {
        ((magnitude.to_bits() >> 52) as i32 - 1023).max(-14)
    };
    // In units of the last place: below 2048 after rounding, 1024 marks a normal number.
    let units = (magnitude * 2f64.powi(10 - exponent)).round_ties_even();
    let bits = (exponent + 14) as i64 * 1024 + units as i64;
    (bits < 0x7C00).then_some(sign | bits as u16)
}
