//! `complex(real=0, imag=0)` and the literals it takes.

use crate::object::{Args, Class, PyResult, Ref, Str, Value};
use crate::types::float::{parse_f64, to_float, trim, without_underscores};
use crate::types::format::digits::ascii_number;
use crate::vm::Vm;

/// `complex.__new__`.
pub(super) fn new(vm: &Vm, class: &Ref<Class>, args: Args<'_>) -> PyResult {
    let (real, imag) = bind(vm, args)?;
    let zero = Value::small_int(0);
    let first = real.unwrap_or(&zero);
    if imag.is_none() && vm.class_of(first).is(&vm.types.complex) && class.is(&vm.types.complex) {
        return Ok(first.clone());
    }
    let (re, im) = if let Some(string) = first.payload::<Str>() {
        if imag.is_some() {
            return Err(vm.type_error("complex() can't take second arg if first is a string"));
        }
        from_text(vm, &ascii_number(string), first)?
    } else {
        from_numbers(vm, first, imag)?
    };
    Ok(vm.complex_of_class(class, re, im))
}

fn bind<'a>(vm: &Vm, args: Args<'a>) -> PyResult<(Option<&'a Value>, Option<&'a Value>)> {
    let total = args.values.len();
    if total > 2 {
        return Err(vm.type_error(format!(
            "complex() takes at most 2 arguments ({total} given)"
        )));
    }
    let positional = args.positionals();
    let mut parts = [positional.first(), positional.get(1)];
    for (name, value) in args.keywords() {
        let place = match vm.display(name).as_str() {
            "real" => 0,
            "imag" => 1,
            other => {
                return Err(vm.type_error(format!(
                    "'{other}' is an invalid keyword argument for complex()"
                )));
            }
        };
        if parts[place].is_some() {
            return Err(vm.type_error(format!(
                "argument for complex() given by name ('{}') and position ({})",
                vm.display(name),
                place + 1
            )));
        }
        parts[place] = Some(value);
    }
    Ok((parts[0], parts[1]))
}

fn is_real_number(vm: &Vm, value: &Value) -> bool {
    let slots = vm.class_of(value).slots();
    slots.nb_float.is_some() || slots.nb_index.is_some()
}

fn real(vm: &Vm, value: &Value) -> PyResult<f64> {
    Ok(to_float(vm, value)?.as_float().unwrap_or(0.0))
}

fn from_numbers(vm: &Vm, first: &Value, second: Option<&Value>) -> PyResult<(f64, f64)> {
    if second.is_some_and(|second| second.payload::<Str>().is_some()) {
        return Err(vm.type_error("complex() second arg can't be a string"));
    }
    let converted = match first.as_complex() {
        Some(z) if vm.class_of(first).is(&vm.types.complex) => Some(z),
        _ => by_special_method(vm, first)?.or_else(|| first.as_complex()),
    };
    if converted.is_none() && !is_real_number(vm, first) {
        return Err(vm.type_error(format!(
            "complex() first argument must be a string or a number, not '{}'",
            vm.class_name(first)
        )));
    }
    if let Some(second) = second
        && !is_real_number(vm, second)
        && second.as_complex().is_none()
    {
        return Err(vm.type_error(format!(
            "complex() second argument must be a number, not '{}'",
            vm.class_name(second)
        )));
    }
    let (mut re, re_im) = match converted {
        Some(z) => z,
        None => (real(vm, first)?, 0.0),
    };
    let Some(second) = second else {
        return Ok((re, re_im));
    };
    let mut im = match second.as_complex() {
        Some((im, im_im)) => {
            re -= im_im;
            im
        }
        None => real(vm, second)?,
    };
    if converted.is_some() {
        im += re_im;
    }
    Ok((re, im))
}

/// The result of `__complex__`; None if there is no such method.
pub(super) fn by_special_method(vm: &Vm, value: &Value) -> PyResult<Option<(f64, f64)>> {
    let Some(result) = vm.call_special(value, &vm.names.__complex__, &[])? else {
        return Ok(None);
    };
    let class = vm.class_name(&result);
    let Some(z) = result.as_complex() else {
        return Err(vm.type_error(format!("__complex__ returned non-complex (type {class})")));
    };
    if !vm.class_of(&result).is(&vm.types.complex) {
        vm.warn(
            &vm.types.exceptions.deprecation_warning,
            &format!(
                "__complex__ returned non-complex (type {class}).  The ability to return an \
                 instance of a strict subclass of complex is deprecated, and may be removed \
                 in a future version of Python."
            ),
            1,
        )?;
    }
    Ok(Some(z))
}

fn from_text(vm: &Vm, text: &[u8], shown: &Value) -> PyResult<(f64, f64)> {
    let bare = if text.contains(&b'_') {
        without_underscores(text)
    } else {
        Some(text.to_vec())
    };
    let Some(bare) = bare else {
        let shown = vm.repr_string(shown)?;
        return Err(vm.value_error(format!("could not convert string to complex: {shown}")));
    };
    parse(&bare).ok_or_else(|| vm.value_error("complex() arg is a malformed string"))
}

/// Reads `1+2j`, `(1+2j)`, `1`, `2j`, `j`, … with spaces around it and inside the parentheses.
fn parse(text: &[u8]) -> Option<(f64, f64)> {
    let text = trim(text);
    let text = match text {
        [b'(', inner @ .., b')'] => trim(inner),
        _ => text,
    };
    let (first, rest) = read_number(text);
    match (first, rest) {
        (Some(re), []) => Some((re, 0.0)),
        (Some(im), [b'j' | b'J']) => Some((0.0, im)),
        (Some(re), [b'+' | b'-', ..]) => {
            let (second, after) = read_number(rest);
            let second = second.or_else(|| unit(rest));
            let after = if read_number(rest).0.is_none() {
                &rest[1..]
            } else {
                after
            };
            match after {
                [b'j' | b'J'] => Some((re, second?)),
                _ => None,
            }
        }
        (None, [b'j' | b'J']) => Some((0.0, 1.0)),
        (None, [b'+' | b'-', b'j' | b'J']) => Some((0.0, unit(rest)?)),
        _ => None,
    }
}

/// The unit an imaginary part without digits stands for, by its sign.
fn unit(text: &[u8]) -> Option<f64> {
    match text.first()? {
        b'+' => Some(1.0),
        b'-' => Some(-1.0),
        _ => None,
    }
}

/// The longest float literal at the start of the text, and what follows it.
fn read_number(text: &[u8]) -> (Option<f64>, &[u8]) {
    let mut end = usize::from(matches!(text.first(), Some(b'+' | b'-')));
    let lower: Vec<u8> = text[end..]
        .iter()
        .take(8)
        .map(u8::to_ascii_lowercase)
        .collect();
    let word = [&b"infinity"[..], b"inf", b"nan"]
        .into_iter()
        .find(|word| lower.starts_with(word));
    if let Some(word) = word {
        end += word.len();
        return (parse_f64(&text[..end]), &text[end..]);
    }
    let digits = |mut at: usize| {
        while text.get(at).is_some_and(u8::is_ascii_digit) {
            at += 1;
        }
        at
    };
    let start = end;
    end = digits(end);
    let mut count = end - start;
    if text.get(end) == Some(&b'.') {
        let after = digits(end + 1);
        count += after - end - 1;
        end = after;
    }
    if count == 0 {
        return (None, text);
    }
    if matches!(text.get(end), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(text.get(end + 1), Some(b'+' | b'-')));
        let after = digits(end + 1 + sign);
        if after > end + 1 + sign {
            end = after;
        }
    }
    (parse_f64(&text[..end]), &text[end..])
}
