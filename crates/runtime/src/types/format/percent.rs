//! The numeric conversions of `'…' % values`, for `str`, `bytes` and `bytearray`.

use super::float::{Style, to_string};
use crate::object::{IntView, PyResult, Value};
use crate::types::int::text as int_text;
use crate::vm::Vm;

/// What stands between `%` and the letter.
#[derive(Clone, Copy, Debug, Default)]
pub struct Conversion {
    /// `-`
    pub left: bool,
    /// `+`
    pub plus: bool,
    /// A space.
    pub space: bool,
    /// `#`
    pub alternate: bool,
    /// `0`
    pub zero: bool,
    /// Least width.
    pub width: usize,
    /// Precision.
    pub precision: Option<usize>,
}

/// `%d %i %u %o %x %X`: the text of `value`, complete with flags and width.
pub fn integer(vm: &Vm, value: &Value, letter: u8, conversion: &Conversion) -> PyResult<String> {
    let number = convert(vm, value, letter)?;
    let Some(view) = number.as_int() else {
        return Ok(String::new());
    };
    if let (IntView::Small(i), b'd' | b'i' | b'u', None) = (view, letter, conversion.precision) {
        let mut room = [0; 20];
        let digits = int_text::small_decimal(i, &mut room);
        let digits = digits.strip_prefix(b"-").unwrap_or(digits);
        let digits = str::from_utf8(digits).unwrap_or_default();
        return lay_out(vm, i < 0, "", digits, conversion);
    }
    int_text::check_digits(vm, view)?;
    let mut digits = match letter {
        b'o' => int_text::power_of_two_digits(view, 8),
        b'x' => int_text::power_of_two_digits(view, 16),
        b'X' => int_text::power_of_two_digits(view, 16).to_ascii_uppercase(),
        _ => int_text::decimal(vm, view)?.trim_start_matches('-').into(),
    };
    if let Some(precision) = conversion.precision
        && precision > digits.len()
    {
        check_size(vm, precision)?;
        let mut padded = String::new();
        padded
            .try_reserve_exact(precision)
            .map_err(|_| vm.memory_error())?;
        padded.extend(std::iter::repeat_n('0', precision - digits.len()));
        padded.push_str(&digits);
        digits = padded;
    }
    let prefix = match letter {
        b'o' if conversion.alternate => "0o",
        b'x' if conversion.alternate => "0x",
        b'X' if conversion.alternate => "0X",
        _ => "",
    };
    lay_out(vm, view.is_negative(), prefix, &digits, conversion)
}

/// `%e %f %g %E %F %G`: the text of `value`, complete with flags and width.
pub fn float(vm: &Vm, value: &Value, letter: u8, conversion: &Conversion) -> PyResult<String> {
    let x = vm.as_f64(value)?;
    let precision = conversion.precision.unwrap_or(6);
    if precision > i32::MAX as usize {
        return Err(vm.value_error("precision too big"));
    }
    check_size(vm, precision)?;
    let style = Style {
        alternate: conversion.alternate,
        ..Style::PLAIN
    };
    vm.check_room(precision.saturating_mul(4))?;
    let text = to_string(x, letter, precision, style);
    let bare = text.strip_prefix('-').unwrap_or(&text);
    lay_out(vm, text.starts_with('-'), "", bare, conversion)
}

fn check_size(vm: &Vm, size: usize) -> PyResult<()> {
    if size > i32::MAX as usize / 2 {
        return Err(vm.memory_error());
    }
    Ok(())
}

/// The integer to print: `__int__` for decimal conversions, `__index__` for the others.
fn convert(vm: &Vm, value: &Value, letter: u8) -> PyResult {
    if value.is_int() {
        return Ok(value.clone());
    }
    let hexadecimal = matches!(letter, b'o' | b'x' | b'X');
    let slots = vm.class_of(value).slots();
    let is_number = slots.nb_index.is_some()
        || slots.nb_int.is_some()
        || slots.nb_float.is_some()
        || value.payload::<crate::types::complex::Complex>().is_some();
    let letter = char::from(letter);
    if !is_number {
        let kind = if hexadecimal {
            "an integer"
        } else {
            "a real number"
        };
        return Err(vm.type_error(format!(
            "%{letter} format: {kind} is required, not {}",
            vm.class_name(value)
        )));
    }
    let result = if hexadecimal {
        vm.index(value)
    } else {
        crate::types::int::number_to_int(vm, value)
    };
    result.or_else(|raised| {
        // Only a TypeError is told in the terms of the conversion.
        let _ = vm.catch(raised, &vm.types.exceptions.type_error)?;
        let kind = if hexadecimal {
            "an integer"
        } else {
            "a real number"
        };
        Err(vm.type_error(format!(
            "%{letter} format: {kind} is required, not {}",
            vm.class_name(value)
        )))
    })
}

fn lay_out(
    vm: &Vm,
    negative: bool,
    prefix: &str,
    digits: &str,
    conversion: &Conversion,
) -> PyResult<String> {
    check_size(vm, conversion.width)?;
    let sign = if negative {
        "-"
    } else if conversion.plus {
        "+"
    } else if conversion.space {
        " "
    } else {
        ""
    };
    let len = sign.len() + prefix.len() + digits.len();
    let padding = conversion.width.saturating_sub(len);
    let mut text = String::new();
    text.try_reserve_exact(len.saturating_add(padding))
        .map_err(|_| vm.memory_error())?;
    let pad = |text: &mut String, fill: char| text.extend(std::iter::repeat_n(fill, padding));
    if !conversion.left && !conversion.zero {
        pad(&mut text, ' ');
    }
    text.push_str(sign);
    text.push_str(prefix);
    if conversion.zero && !conversion.left {
        pad(&mut text, '0');
    }
    text.push_str(digits);
    if conversion.left {
        pad(&mut text, ' ');
    }
    Ok(text)
}
