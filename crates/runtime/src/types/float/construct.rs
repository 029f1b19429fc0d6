//! `float(x=0)` and the float literals it takes.

use crate::object::{Args, Class, PyResult, Ref, Str, Value};
use crate::types::format::digits::ascii_number;
use crate::vm::Vm;

/// `float.__new__`.
pub(super) fn new(vm: &Vm, class: &Ref<Class>, args: Args<'_>) -> PyResult {
    let exact = class.is(&vm.types.float);
    if !args.names.is_empty() && (exact || !class.overrides_init(&vm.types.float)) {
        return Err(vm.type_error("float() takes no keyword arguments"));
    }
    let x = match args.positionals() {
        [] => vm.float(0.0),
        [x] => to_float(vm, x)?,
        many => {
            return Err(vm.type_error(format!(
                "float expected at most 1 argument, got {}",
                many.len()
            )));
        }
    };
    if exact {
        return Ok(x);
    }
    Ok(vm.float_of_class(class, x.as_float().unwrap_or(0.0)))
}

/// `float(x)`: an exact float, from a number or text.
pub fn to_float(vm: &Vm, value: &Value) -> PyResult {
    if vm.class_of(value).is(&vm.types.float) {
        return Ok(value.clone());
    }
    if let Some(string) = value.payload::<Str>()
        && vm.class_of(value).slots().nb_float.is_none()
    {
        return from_text(vm, &ascii_number(string), value);
    }
    if let Some(x) = vm.call_nb_float(value)? {
        return Ok(vm.float(x));
    }
    if vm.class_of(value).slots().nb_index.is_some() {
        let index = vm.index(value)?;
        return Ok(vm.float(vm.int_to_f64(&index)?));
    }
    if let Some(x) = value.as_float() {
        return Ok(vm.float(x));
    }
    if vm.has_buffer(value) {
        let bytes = vm.copied_bytes(value)?;
        return from_text(vm, &bytes, value);
    }
    Err(vm.type_error(format!(
        "float() argument must be a string or a real number, not '{}'",
        vm.class_name(value)
    )))
}

fn from_text(vm: &Vm, text: &[u8], shown: &Value) -> PyResult {
    match parse_with_underscores(text) {
        Some(x) => Ok(vm.float(x)),
        None => {
            let shown = vm.repr_string(shown)?;
            Err(vm.value_error(format!("could not convert string to float: {shown}")))
        }
    }
}

/// A float literal with spaces around it and underscores between its digits.
fn parse_with_underscores(text: &[u8]) -> Option<f64> {
    let text = trim(text);
    if !text.contains(&b'_') {
        return parse_f64(text);
    }
    let bare = without_underscores(text)?;
    parse_f64(&bare)
}

/// The text without underscores, if each stands between two digits.
pub(crate) fn without_underscores(text: &[u8]) -> Option<Vec<u8>> {
    let is_digit = |i: Option<usize>| i.and_then(|i| text.get(i)).is_some_and(u8::is_ascii_digit);
    let mut bare = Vec::with_capacity(text.len());
    for (i, &c) in text.iter().enumerate() {
        if c != b'_' {
            bare.push(c);
        } else if !is_digit(i.checked_sub(1)) || !is_digit(Some(i + 1)) {
            return None;
        }
    }
    Some(bare)
}

/// Without the spaces C's `isspace` knows at both ends.
pub(crate) fn trim(text: &[u8]) -> &[u8] {
    let is_space = |c: &u8| matches!(c, b' ' | b'\t'..=b'\r');
    let start = text.iter().position(|c| !is_space(c)).unwrap_or(text.len());
    let end = text
        .iter()
        .rposition(|c| !is_space(c))
        .map_or(start, |i| i + 1);
    &text[start..end]
}

/// The float a complete literal stands for: decimal digits, `inf`, `infinity` or `nan`.
pub fn parse_f64(text: &[u8]) -> Option<f64> {
    let bare = match text {
        [b'+' | b'-', rest @ ..] => rest,
        _ => text,
    };
    // The standard parser takes the same language; only a second sign must not slip through.
    match bare.first()? {
        b'0'..=b'9' | b'.' | b'i' | b'I' | b'n' | b'N' => {}
        _ => return None,
    }
    std::str::from_utf8(text).ok()?.parse().ok()
}
