//! Integers as text: printing in any base, and the literals the constructor takes.

use super::big::{self, Big};
use crate::object::{IntView, PyResult, Str, Value};
use crate::types::format::digits::ascii_number;
use crate::vm::Vm;

/// Lengths that are never checked against the limit of digits.
const UNCHECKED_DIGITS: usize = 640;

/// The decimal digits of a machine integer, with its sign, written from the end of `room`.
pub fn small_decimal(i: i64, room: &mut [u8; 20]) -> &[u8] {
    let mut rest = i.unsigned_abs();
    let mut at = room.len();
    loop {
        at -= 1;
        room[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    if i < 0 {
        at -= 1;
        room[at] = b'-';
    }
    &room[at..]
}

/// `str(n)` as a string object.
pub fn decimal_value(vm: &Vm, n: IntView<'_>) -> PyResult {
    match n {
        IntView::Small(i) => {
            let mut room = [0; 20];
            Ok(vm.str_from_ascii(small_decimal(i, &mut room)).into_value())
        }
        IntView::Big(_) => Ok(vm.str_value(&decimal(vm, n)?)),
    }
}

/// `str(n)`, within the limit of digits.
pub fn decimal(vm: &Vm, n: IntView<'_>) -> PyResult<String> {
    let n = match n {
        IntView::Small(i) => return Ok(i.to_string()),
        IntView::Big(n) => n,
    };
    let limit = vm.interp.int_max_str_digits.get();
    let too_long = || {
        vm.value_error(format!(
            "Exceeds the limit ({limit} digits) for integer string conversion; use \
             sys.set_int_max_str_digits() to increase the limit"
        ))
    };
    // A bit is worth at least 0.3 digits; only what could be in doubt is converted.
    if limit > 0 && big::bit_length(n.limbs) as f64 * 0.301 > limit as f64 + 2.0 {
        return Err(too_long());
    }
    vm.check_product_size(n.limbs.len())?;
    let mut text = big::to_decimal(n.limbs);
    if limit > 0 && text.len() > limit {
        return Err(too_long());
    }
    if n.negative {
        text.insert(0, '-');
    }
    Ok(text)
}

/// Raises MemoryError if there is no room for the digits of a number in base 2, 8 or 16, which can be eight times as
/// long as the number, and for two copies.
pub fn check_digits(vm: &Vm, n: IntView<'_>) -> PyResult<()> {
    match n {
        IntView::Small(_) => Ok(()),
        IntView::Big(n) => vm.check_room(n.limbs.len().saturating_mul(3 * 64)),
    }
}

/// The digits of the magnitude in base 2, 8 or 16 (lower case), which no limit bounds.
pub fn power_of_two_digits(n: IntView<'_>, base: u32) -> String {
    let mut room = [0];
    match n.signed(&mut room).limbs {
        [] => String::from("0"),
        [limb] => match base {
            2 => format!("{limb:b}"),
            8 => format!("{limb:o}"),
            _ => format!("{limb:x}"),
        },
        limbs => big::to_radix(limbs, base),
    }
}

/// `bin(n)`, `oct(n)`, `hex(n)` by base.
pub fn prefixed(n: IntView<'_>, base: u32) -> String {
    if let IntView::Small(n) = n {
        return small_prefixed(n, base);
    }
    let sign = if n.is_negative() { "-" } else { "" };
    let prefix = match base {
        2 => "0b",
        8 => "0o",
        _ => "0x",
    };
    format!("{sign}{prefix}{}", power_of_two_digits(n, base))
}

/// The same for a word, whose digits are written from the last.
fn small_prefixed(n: i64, base: u32) -> String {
    let (letter, shift) = match base {
        2 => (b'b', 1),
        8 => (b'o', 3),
        _ => (b'x', 4),
    };
    let mut room = [b'0'; 3 + 64];
    let mut at = room.len();
    let mut rest = n.unsigned_abs();
    loop {
        at -= 1;
        room[at] = b"0123456789abcdef"[(rest & ((1 << shift) - 1)) as usize];
        rest >>= shift;
        if rest == 0 {
            break;
        }
    }
    room[at - 1] = letter;
    at -= 2;
    if n < 0 {
        at -= 1;
        room[at] = b'-';
    }
    String::from_utf8_lossy(&room[at..]).into_owned()
}

/// What a literal turned out to be.
pub enum Parsed {
    /// An integer.
    Number(Big),
    /// No integer literal of that base.
    Malformed,
    /// This many decimal digits, more than the limit allows.
    TooLong(usize),
}

/// Reads an integer literal: spaces, sign, prefix, digits with single underscores between them.
/// `base` is 0 or 2 to 36; `limit` bounds the digits of bases that are no powers of two, 0 for no
/// limit.
pub fn parse(text: &[u8], base: u32, limit: usize) -> Parsed {
    let mut text = trim(text);
    let mut negative = false;
    if let [sign @ (b'+' | b'-'), rest @ ..] = text {
        negative = *sign == b'-';
        text = rest;
    }
    let prefix = match text {
        [b'0', letter, ..] => match letter | 0x20 {
            b'x' => 16,
            b'o' => 8,
            b'b' => 2,
            _ => 0,
        },
        _ => 0,
    };
    let mut actual = base;
    let mut only_zero = false;
    if base == 0 {
        actual = if prefix != 0 { prefix } else { 10 };
        // "0123" is an error, "00" is not.
        only_zero = prefix == 0 && text.first() == Some(&b'0');
    }
    if prefix != 0 && prefix == actual {
        text = &text[2..];
        // One underscore may follow the prefix.
        if let [b'_', rest @ ..] = text {
            text = rest;
        }
    }
    let mut digits = Vec::with_capacity(text.len());
    let mut previous_is_digit = false;
    for &c in text {
        if c == b'_' {
            if !previous_is_digit {
                return Parsed::Malformed;
            }
            previous_is_digit = false;
            continue;
        }
        match char::from(c).to_digit(36) {
            Some(digit) if digit < actual => digits.push(c),
            _ => return Parsed::Malformed,
        }
        previous_is_digit = true;
    }
    if !previous_is_digit {
        return Parsed::Malformed;
    }
    if !actual.is_power_of_two()
        && digits.len() > UNCHECKED_DIGITS
        && limit > 0
        && digits.len() > limit
    {
        return Parsed::TooLong(digits.len());
    }
    let magnitude = big::from_digits(&digits, actual);
    if only_zero && !magnitude.is_zero() {
        return Parsed::Malformed;
    }
    Parsed::Number(if negative {
        magnitude.negate()
    } else {
        magnitude
    })
}

/// Without the spaces C's `isspace` knows at both ends.
fn trim(mut text: &[u8]) -> &[u8] {
    let is_space = |c: u8| matches!(c, b' ' | b'\t'..=b'\r');
    while let [first, rest @ ..] = text
        && is_space(*first)
    {
        text = rest;
    }
    while let [rest @ .., last] = text
        && is_space(*last)
    {
        text = rest;
    }
    text
}

/// `int(text, base)` of text as bytes; `shown` is what messages show.
fn from_bytes(vm: &Vm, text: &[u8], base: u32, shown: &Value) -> PyResult {
    let limit = vm.interp.int_max_str_digits.get();
    // The digits, and the number with what making it takes besides.
    vm.check_room(text.len().saturating_mul(16))?;
    match parse(text, base, limit) {
        Parsed::Number(number) => vm.int_big(&number),
        Parsed::TooLong(digits) => Err(vm.value_error(format!(
            "Exceeds the limit ({limit} digits) for integer string conversion: value has {digits} \
             digits; use sys.set_int_max_str_digits() to increase the limit"
        ))),
        Parsed::Malformed => {
            let shown = vm.repr_string(shown)?;
            let shown: String = shown.chars().take(200).collect();
            Err(vm.value_error(format!(
                "invalid literal for int() with base {base}: {shown}"
            )))
        }
    }
}

/// `int(value, base)` of a buffer; messages show its bytes as `bytes`, whatever its type.
pub fn from_buffer(vm: &Vm, bytes: &[u8], base: u32) -> PyResult {
    let shown = vm.try_bytes(bytes)?.into_value();
    from_bytes(vm, bytes, base, &shown)
}

/// `int(text, base)`.
pub fn from_str(vm: &Vm, text: &Str, base: u32, shown: &Value) -> PyResult {
    vm.check_room(text.len())?;
    from_bytes(vm, &ascii_number(text), base, shown)
}
