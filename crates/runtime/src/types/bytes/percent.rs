//! `%`-formatting of `bytes` and `bytearray`.

use super::{make, with_this};
use crate::object::str::Chars;
use crate::object::{ByteArray, Bytes, PyResult, StrBuilder, Value};
use crate::types::format::percent;
use crate::types::str::percent::{Arguments, Directive, read_directive};
use crate::vm::Vm;

/// `b % values`; the left operand decides.
pub fn remainder(vm: &Vm, left: &Value, right: &Value) -> PyResult {
    if left.payload::<Bytes>().is_none() && left.payload::<ByteArray>().is_none() {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    let format = vm.copied_bytes(left)?;
    let text = is_text(right);
    let mut args = Arguments::new(vm, right, text);
    let chars = Chars::One(&format);
    // Bytes are collected as Latin-1 text.
    let mut out = StrBuilder::with_capacity(format.len() + 16);
    let mut at = 0;
    while at < format.len() {
        let start = at;
        at += memchr::memchr(b'%', &format[at..]).unwrap_or(format.len() - at);
        out.push_chars(Chars::One(&format[start..at]));
        if at == format.len() {
            break;
        }
        at += 1;
        if format.get(at) == Some(&b'%') {
            out.push(u32::from(b'%'));
            at += 1;
            continue;
        }
        let key = |key: Chars<'_>| {
            let key: Vec<u8> = key.iter().map(|c| c as u8).collect();
            Ok(vm.bytes_value(&key))
        };
        let directive = read_directive(vm, &chars, &mut at, &mut args, key)?;
        convert(vm, &directive, &mut args, &mut out)?;
    }
    args.finish("bytes")?;
    make(vm, left, &out.into_latin1(vm)?)
}

fn is_text(value: &Value) -> bool {
    value.payload::<Bytes>().is_some()
        || value.payload::<ByteArray>().is_some()
        || value.payload::<crate::object::Str>().is_some()
}

fn convert(
    vm: &Vm,
    directive: &Directive,
    args: &mut Arguments<'_>,
    out: &mut StrBuilder,
) -> PyResult<()> {
    let value = args.take()?;
    let letter = u8::try_from(directive.letter).unwrap_or(0);
    match letter {
        b'r' | b'a' => directive.push_text(out, vm.ascii(&value)?.chars()),
        b's' | b'b' => {
            let bytes = bytes_of(vm, &value)?;
            directive.push_text(out, Chars::One(&bytes));
        }
        b'd' | b'i' | b'u' | b'o' | b'x' | b'X' => {
            // Messages call `%i` by its other name here.
            let letter = if letter == b'i' { b'd' } else { letter };
            out.push_str(&percent::integer(vm, &value, letter, &directive.flags)?);
        }
        b'e' | b'E' | b'f' | b'F' | b'g' | b'G' => {
            let x = vm.as_f64(&value).map_err(|raised| {
                drop(vm.take_exception(raised));
                vm.type_error(format!(
                    "float argument required, not {}",
                    vm.class_name(&value)
                ))
            })?;
            let x = vm.float(x);
            out.push_str(&percent::float(vm, &x, letter, &directive.flags)?);
        }
        b'c' => {
            let byte = one_byte(vm, &value)?;
            let mut whole = *directive;
            whole.flags.precision = None;
            whole.push_text(out, Chars::One(&[byte]));
        }
        128.. => {
            return Err(vm.overflow_error("character argument not in range(0x110000)"));
        }
        _ => return Err(directive.unsupported(vm)),
    }
    Ok(())
}

/// The bytes of `%s`: a buffer's, or what `__bytes__` returns.
fn bytes_of(vm: &Vm, value: &Value) -> PyResult<Vec<u8>> {
    if vm.has_buffer(value) {
        let view = vm.buffer_any(value)?;
        vm.check_room(view.len())?;
        return Ok(view.to_vec());
    }
    let Some(result) = vm.call_special(value, &vm.names.__bytes__, &[])? else {
        return Err(vm.type_error(format!(
            "%b requires a bytes-like object, or an object that implements __bytes__, not '{}'",
            vm.class_name(value)
        )));
    };
    match result.payload::<Bytes>() {
        Some(bytes) => vm.copy_of(bytes),
        None => Err(vm.type_error(format!(
            "__bytes__ returned non-bytes (type {})",
            vm.class_name(&result)
        ))),
    }
}

/// The byte of `%c`.
fn one_byte(vm: &Vm, value: &Value) -> PyResult<u8> {
    if value.payload::<Bytes>().is_some() || value.payload::<ByteArray>().is_some() {
        if let Some(byte) = with_this(value, |b| if let &[b] = b { Some(b) } else { None }) {
            return Ok(byte);
        }
    } else if vm.class_of(value).slots().nb_index.is_some() {
        return u8::try_from(vm.index_clamped(value)?)
            .map_err(|_| vm.overflow_error("%c arg not in range(256)"));
    }
    Err(vm.type_error("%c requires an integer in range(256) or a single byte"))
}
