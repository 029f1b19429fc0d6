//! ASCII case and the `is…` methods, for `bytes` and `bytearray`.

use super::{is_space, make, with_this};
use crate::object::{PyResult, Value};
use crate::vm::Vm;

fn mapped(vm: &Vm, args: &[Value], mut map: impl FnMut(u8) -> u8) -> PyResult {
    let bytes: Vec<u8> = with_this(&args[0], |b| b.iter().map(|&byte| map(byte)).collect());
    make(vm, &args[0], &bytes)
}

fn swapped(byte: u8) -> u8 {
    if byte.is_ascii_alphabetic() {
        byte ^ 0x20
    } else {
        byte
    }
}

/// `bytes.lower()`
pub fn lower(vm: &Vm, args: &[Value]) -> PyResult {
    mapped(vm, args, |b| b.to_ascii_lowercase())
}

/// `bytes.upper()`
pub fn upper(vm: &Vm, args: &[Value]) -> PyResult {
    mapped(vm, args, |b| b.to_ascii_uppercase())
}

/// `bytes.swapcase()`
pub fn swapcase(vm: &Vm, args: &[Value]) -> PyResult {
    mapped(vm, args, swapped)
}

/// `bytes.capitalize()`
pub fn capitalize(vm: &Vm, args: &[Value]) -> PyResult {
    let mut first = true;
    mapped(vm, args, |b| {
        if std::mem::take(&mut first) {
            b.to_ascii_uppercase()
        } else {
            b.to_ascii_lowercase()
        }
    })
}

/// `bytes.title()`
pub fn title(vm: &Vm, args: &[Value]) -> PyResult {
    let mut in_word = false;
    mapped(vm, args, |b| {
        if std::mem::replace(&mut in_word, b.is_ascii_alphabetic()) {
            b.to_ascii_lowercase()
        } else {
            b.to_ascii_uppercase()
        }
    })
}

fn all(args: &[Value], test: impl Fn(u8) -> bool) -> PyResult {
    Ok(Value::bool(with_this(&args[0], |b| {
        !b.is_empty() && b.iter().all(|&byte| test(byte))
    })))
}

/// `bytes.isalnum()`
pub fn isalnum(_vm: &Vm, args: &[Value]) -> PyResult {
    all(args, |b| b.is_ascii_alphanumeric())
}

/// `bytes.isalpha()`
pub fn isalpha(_vm: &Vm, args: &[Value]) -> PyResult {
    all(args, |b| b.is_ascii_alphabetic())
}

/// `bytes.isascii()`
pub fn isascii(_vm: &Vm, args: &[Value]) -> PyResult {
    Ok(Value::bool(with_this(&args[0], <[u8]>::is_ascii)))
}

/// `bytes.isdigit()`
pub fn isdigit(_vm: &Vm, args: &[Value]) -> PyResult {
    all(args, |b| b.is_ascii_digit())
}

/// `bytes.isspace()`
pub fn isspace(_vm: &Vm, args: &[Value]) -> PyResult {
    all(args, is_space)
}

/// `bytes.islower()`
pub fn islower(_vm: &Vm, args: &[Value]) -> PyResult {
    Ok(Value::bool(with_this(&args[0], |b| {
        b.iter().any(u8::is_ascii_lowercase) && !b.iter().any(u8::is_ascii_uppercase)
    })))
}

/// `bytes.isupper()`
pub fn isupper(_vm: &Vm, args: &[Value]) -> PyResult {
    Ok(Value::bool(with_this(&args[0], |b| {
        b.iter().any(u8::is_ascii_uppercase) && !b.iter().any(u8::is_ascii_lowercase)
    })))
}

/// `bytes.istitle()`
pub fn istitle(_vm: &Vm, args: &[Value]) -> PyResult {
    Ok(Value::bool(with_this(&args[0], |bytes| {
        let (mut found, mut in_word) = (false, false);
        for byte in bytes {
            if byte.is_ascii_uppercase() == in_word && byte.is_ascii_alphabetic() {
                return false;
            }
            in_word = byte.is_ascii_alphabetic();
            found |= in_word;
        }
        found
    })))
}
