//! `str.__format__`.

use super::spec::{Align, FormatSpec, Sign};
use crate::object::str::Width;
use crate::object::{PyResult, Str, Value};
use crate::vm::Vm;

/// `str.__format__(value, spec)`.
pub fn format_str(vm: &Vm, value: &Value, spec: &Str) -> PyResult {
    let Some(string) = value.payload::<Str>() else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    if spec.is_empty() {
        return Ok(vm.str_of(value)?.into_value());
    }
    let spec = FormatSpec::parse(vm, spec, b's', Align::Left, || vm.class_name(value))?;
    if spec.kind != u32::from('s') {
        return Err(spec.unknown_kind(vm, &vm.class_name(value)));
    }
    if let Some(sign) = spec.sign {
        return Err(vm.value_error(if sign == Sign::Space {
            "Space not allowed in string format specifier"
        } else {
            "Sign not allowed in string format specifier"
        }));
    }
    if spec.no_negative_zero {
        return Err(
            vm.value_error("Negative zero coercion (z) not allowed in string format specifier")
        );
    }
    if spec.alternate {
        return Err(vm.value_error("Alternate form (#) not allowed in string format specifier"));
    }
    if spec.align == Align::AfterSign {
        return Err(vm.value_error("'=' alignment not allowed in string format specifier"));
    }
    let len = spec.precision.map_or(string.len(), |p| p.min(string.len()));
    let chars = string.chars().slice(0, len);
    let (left, right) = padding(len, &spec);
    let own = if len == string.len() {
        string.width()
    } else {
        chars.width()
    };
    let width = if left + right > 0 {
        own.max(Width::of(spec.fill))
    } else {
        own
    };
    let total = left.saturating_add(right).saturating_add(len);
    let text = vm.str_filled(width, total, |filler| {
        filler.push_repeated(spec.fill, left);
        filler.push_chars(chars);
        filler.push_repeated(spec.fill, right);
    })?;
    Ok(text.into_value())
}

/// Padding on both sides of a text of that length.
pub(super) fn padding(len: usize, spec: &FormatSpec) -> (usize, usize) {
    let total = spec.width.saturating_sub(len);
    let left = match spec.align {
        Align::Left => 0,
        Align::Center => total / 2,
        Align::Right | Align::AfterSign => total,
    };
    (left, total - left)
}

/// A string with padding around it; MemoryError if it is too long.
pub(super) fn padded(vm: &Vm, left: usize, text: &[u32], right: usize, fill: u32) -> PyResult {
    let len = left
        .checked_add(right)
        .and_then(|n| n.checked_add(text.len()))
        .filter(|&n| n <= crate::object::str::MAX_LEN);
    let mut points = Vec::new();
    match len {
        Some(len) if points.try_reserve_exact(len).is_ok() => {}
        _ => return Err(vm.memory_error()),
    }
    points.extend(std::iter::repeat_n(fill, left));
    points.extend_from_slice(text);
    points.extend(std::iter::repeat_n(fill, right));
    Ok(vm.str_from_code_points(&points).into_value())
}
