//! `__format__` of `int`, `float` and `complex`.

use super::float::{Style, to_string};
use super::spec::{Align, FormatSpec, Grouping, Sign};
use super::text::{padded, padding};
use std::borrow::Cow;

use crate::object::str::{Chars, Width};
use crate::object::{IntView, PyResult, Str, Value};
use crate::types::int::text as int_text;
use crate::vm::Vm;

/// A number taken apart for layout.
struct Parts<'a> {
    negative: bool,
    /// `0x` and the like.
    prefix: &'a str,
    /// Digits before the point; they are what is grouped.
    digits: &'a str,
    /// Point, fraction, exponent, `%`.
    rest: &'a str,
}

impl Parts<'_> {
    /// The text with sign, prefix, padding and separators.
    fn lay_out(&self, vm: &Vm, spec: &FormatSpec) -> PyResult {
        if spec.width > crate::object::str::MAX_LEN {
            return Err(vm.memory_error());
        }
        vm.check_room(spec.width)?;
        let sign = match (self.negative, spec.sign) {
            (true, _) => "-",
            (false, Some(Sign::Plus)) => "+",
            (false, Some(Sign::Space)) => " ",
            _ => "",
        };
        let fixed = sign.len() + self.prefix.len() + self.rest.len();
        // Zeros that fill up to the width are digits, and are grouped.
        let least = if spec.fill == u32::from('0') && spec.align == Align::AfterSign {
            spec.width.saturating_sub(fixed)
        } else {
            0
        };
        let grouped = if self.digits.is_empty() {
            Cow::Borrowed("")
        } else if spec.grouping == Grouping::None && self.digits.len() >= least {
            Cow::Borrowed(self.digits)
        } else {
            Cow::Owned(group(self.digits, least, spec.grouping))
        };
        let digits = grouped.as_bytes();
        let len = fixed + digits.len();
        let (left, inside, right) = if spec.align == Align::AfterSign {
            (0, spec.width.saturating_sub(len), 0)
        } else {
            let (left, right) = padding(len, spec);
            (left, 0, right)
        };
        let filled = left + inside + right;
        // All parts are ASCII, only what fills up may be anything.
        let width = if filled > 0 {
            Width::of(spec.fill)
        } else {
            Width::Ascii
        };
        let text = vm.str_filled(width, len + filled, |filler| {
            filler.push_repeated(spec.fill, left);
            filler.push_chars(Chars::One(sign.as_bytes()));
            filler.push_chars(Chars::One(self.prefix.as_bytes()));
            filler.push_repeated(spec.fill, inside);
            filler.push_chars(Chars::One(digits));
            filler.push_chars(Chars::One(self.rest.as_bytes()));
            filler.push_repeated(spec.fill, right);
        })?;
        Ok(text.into_value())
    }
}

/// Digits with separators, filled with zeros on the left up to a least width.
fn group(digits: &str, least: usize, grouping: Grouping) -> String {
    let (separator, size) = match grouping {
        Grouping::None => {
            let zeros = least.saturating_sub(digits.len());
            return "0".repeat(zeros) + digits;
        }
        Grouping::Comma => (b',', 3),
        Grouping::Underscore => (b'_', 3),
        Grouping::UnderscoreFour => (b'_', 4),
    };
    let mut reversed = Vec::with_capacity(digits.len() * 2);
    let mut remaining = digits.as_bytes();
    loop {
        let (rest, last) = remaining.split_at(remaining.len().saturating_sub(size));
        reversed.extend(last.iter().rev());
        remaining = rest;
        let zeros = (size - last.len()).min(least.saturating_sub(reversed.len()));
        reversed.extend(std::iter::repeat_n(b'0', zeros));
        if remaining.is_empty() && reversed.len() >= least {
            break;
        }
        reversed.push(separator);
        // A separator never comes first: one digit follows it at least.
        if remaining.is_empty() && reversed.len() >= least {
            reversed.push(b'0');
            break;
        }
    }
    reversed.iter().rev().map(|&c| char::from(c)).collect()
}

/// `int.__format__(value, spec)`.
pub fn format_int(vm: &Vm, value: &Value, spec: &Str) -> PyResult {
    let Some(number) = value.as_int() else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    if spec.is_empty() {
        return Ok(vm.str_of(value)?.into_value());
    }
    let spec = FormatSpec::parse(vm, spec, b'd', Align::Right, || vm.class_name(value))?;
    match u8::try_from(spec.kind) {
        Ok(b'b' | b'c' | b'd' | b'o' | b'x' | b'X' | b'n') => format_integer(vm, number, &spec),
        Ok(b'e' | b'E' | b'f' | b'F' | b'g' | b'G' | b'%') => {
            format_double(vm, vm.view_to_f64(number)?, &spec)
        }
        _ => Err(spec.unknown_kind(vm, &vm.class_name(value))),
    }
}

fn format_integer(vm: &Vm, number: IntView<'_>, spec: &FormatSpec) -> PyResult {
    if spec.precision.is_some() {
        return Err(vm.value_error("Precision not allowed in integer format specifier"));
    }
    if spec.no_negative_zero {
        return Err(
            vm.value_error("Negative zero coercion (z) not allowed in integer format specifier")
        );
    }
    int_text::check_digits(vm, number)?;
    let digits = match u8::try_from(spec.kind) {
        Ok(b'c') => return format_character(vm, number, spec),
        Ok(b'b') => int_text::power_of_two_digits(number, 2),
        Ok(b'o') => int_text::power_of_two_digits(number, 8),
        Ok(b'x') => int_text::power_of_two_digits(number, 16),
        Ok(b'X') => int_text::power_of_two_digits(number, 16).to_ascii_uppercase(),
        _ => match number {
            IntView::Small(i) => {
                let mut room = [0; 20];
                let digits = int_text::small_decimal(i, &mut room);
                let digits = digits.strip_prefix(b"-").unwrap_or(digits);
                let parts = Parts {
                    negative: i < 0,
                    prefix: "",
                    digits: str::from_utf8(digits).unwrap_or_default(),
                    rest: "",
                };
                return parts.lay_out(vm, spec);
            }
            IntView::Big(_) => int_text::decimal(vm, number)?,
        },
    };
    let prefix = match u8::try_from(spec.kind) {
        Ok(b'b') if spec.alternate => "0b",
        Ok(b'o') if spec.alternate => "0o",
        Ok(b'x') if spec.alternate => "0x",
        Ok(b'X') if spec.alternate => "0X",
        _ => "",
    };
    let parts = Parts {
        negative: number.is_negative(),
        prefix,
        digits: digits.trim_start_matches('-'),
        rest: "",
    };
    parts.lay_out(vm, spec)
}

fn format_character(vm: &Vm, number: IntView<'_>, spec: &FormatSpec) -> PyResult {
    if spec.sign.is_some() {
        return Err(vm.value_error("Sign not allowed with integer format specifier 'c'"));
    }
    if spec.alternate {
        return Err(
            vm.value_error("Alternate form (#) not allowed with integer format specifier 'c'")
        );
    }
    let Some(code) = number.to_i64() else {
        return Err(vm.overflow_error("Python int too large to convert to C long"));
    };
    match u32::try_from(code) {
        Ok(c @ 0..0x11_0000) => {
            let (left, right) = padding(1, spec);
            padded(vm, left, &[c], right, spec.fill)
        }
        _ => Err(vm.overflow_error("%c arg not in range(0x110000)")),
    }
}

/// `float.__format__(value, spec)`.
pub fn format_float(vm: &Vm, value: &Value, spec: &Str) -> PyResult {
    let Some(x) = value.as_float() else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    if spec.is_empty() {
        return Ok(vm.str_of(value)?.into_value());
    }
    let spec = FormatSpec::parse(vm, spec, 0, Align::Right, || vm.class_name(value))?;
    match u8::try_from(spec.kind) {
        Ok(0 | b'e' | b'E' | b'f' | b'F' | b'g' | b'G' | b'n' | b'%') => {
            format_double(vm, x, &spec)
        }
        _ => Err(spec.unknown_kind(vm, &vm.class_name(value))),
    }
}

/// Format letter and number of digits that a specification stands for; ValueError if too many.
fn digits_of(vm: &Vm, spec: &FormatSpec) -> PyResult<(u8, usize)> {
    let precision = spec.precision;
    if precision.is_some_and(|p| p > i32::MAX as usize) {
        return Err(vm.value_error("precision too big"));
    }
    // More than a string can hold is not worth starting.
    if precision.is_some_and(|p| p > i32::MAX as usize / 2) {
        return Err(vm.memory_error());
    }
    Ok(match (spec.kind as u8, precision) {
        (0, None) => (b'r', 0),
        (0 | b'n', Some(precision)) => (b'g', precision),
        (b'n', None) => (b'g', 6),
        (b'%', precision) => (b'f', precision.unwrap_or(6)),
        (kind, precision) => (kind, precision.unwrap_or(6)),
    })
}

fn split_digits(text: &str) -> (&str, &str) {
    let end = text
        .bytes()
        .position(|c| !c.is_ascii_digit())
        .unwrap_or(text.len());
    text.split_at(end)
}

fn format_double(vm: &Vm, x: f64, spec: &FormatSpec) -> PyResult {
    let (kind, precision) = digits_of(vm, spec)?;
    // Digits, and two copies with a sign and grouping.
    vm.check_room(precision.saturating_mul(4))?;
    let percent = spec.kind == u32::from('%');
    let style = Style {
        alternate: spec.alternate,
        dot_zero: spec.kind == 0,
        plus: false,
        no_negative_zero: spec.no_negative_zero,
    };
    let x = if percent { x * 100.0 } else { x };
    let mut text = to_string(x, kind, precision, style);
    if percent {
        text.push('%');
    }
    let bare = text.strip_prefix('-').unwrap_or(&text);
    let (digits, rest) = split_digits(bare);
    let parts = Parts {
        negative: text.starts_with('-'),
        prefix: "",
        digits,
        rest,
    };
    parts.lay_out(vm, spec)
}

/// `complex.__format__(value, spec)`.
pub fn format_complex(vm: &Vm, value: &Value, (re, im): (f64, f64), spec: &Str) -> PyResult {
    if spec.is_empty() {
        return Ok(vm.str_of(value)?.into_value());
    }
    let spec = FormatSpec::parse(vm, spec, 0, Align::Right, || vm.class_name(value))?;
    match u8::try_from(spec.kind) {
        Ok(0 | b'e' | b'E' | b'f' | b'F' | b'g' | b'G' | b'n') => {}
        _ => return Err(spec.unknown_kind(vm, &vm.class_name(value))),
    }
    if spec.fill == u32::from('0') {
        return Err(vm.value_error("Zero padding is not allowed in complex format specifier"));
    }
    if spec.align == Align::AfterSign {
        return Err(vm.value_error("'=' alignment flag is not allowed in complex format specifier"));
    }
    let (kind, precision) = digits_of(vm, &spec)?;
    vm.check_room(precision.saturating_mul(8))?;
    let style = Style {
        alternate: spec.alternate,
        no_negative_zero: spec.no_negative_zero,
        ..Style::PLAIN
    };
    let skip_real = spec.kind == 0 && re == 0.0 && re.is_sign_positive();
    let parentheses = spec.kind == 0 && !skip_real;
    let part = |x: f64, sign: Option<Sign>| {
        let text = to_string(x, kind, precision, style);
        let bare = text.strip_prefix('-').unwrap_or(&text);
        let (digits, rest) = split_digits(bare);
        let digits = if digits.is_empty() {
            String::new()
        } else {
            group(digits, 0, spec.grouping)
        };
        let sign = match (text.starts_with('-'), sign) {
            (true, _) => "-",
            (false, Some(Sign::Plus)) => "+",
            (false, Some(Sign::Space)) => " ",
            _ => "",
        };
        format!("{sign}{digits}{rest}")
    };
    let mut text = String::new();
    if parentheses {
        text.push('(');
    }
    if skip_real {
        text.push_str(&part(im, spec.sign));
    } else {
        text.push_str(&part(re, spec.sign));
        text.push_str(&part(im, Some(Sign::Plus)));
    }
    text.push('j');
    if parentheses {
        text.push(')');
    }
    let (left, right) = padding(text.len(), &spec);
    let points: Vec<u32> = text.chars().map(u32::from).collect();
    padded(vm, left, &points, right, spec.fill)
}
