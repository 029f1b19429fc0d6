//! `bytes(…)`, and what `bytearray(…)` shares with it.

use super::byte_value;
use crate::object::{Args, ByteArray, Bytes, Class, List, PyResult, Ref, Str, Tuple, Value};
use crate::types::codecs;
use crate::types::str::construct::option_arg;
use crate::types::text_args::bind_constructor;
use crate::vm::Vm;

/// What a constructor's arguments stand for.
pub enum Contents {
    /// An object whose contents are taken as they are.
    Object(Value),
    /// Bytes.
    Bytes(Vec<u8>),
    /// That many null bytes.
    Zeros(usize),
}

/// Reads `(source, encoding, errors)`; `name` is `bytes` or `bytearray`.
pub fn contents(vm: &Vm, name: &str, args: Args<'_>) -> PyResult<Contents> {
    let [source, encoding, errors] =
        bind_constructor(vm, name, args, ["source", "encoding", "errors"])?;
    let callee = format!("{name}()");
    let encoding = option_arg(vm, &callee, "encoding", encoding.given())?;
    let errors = option_arg(vm, &callee, "errors", errors.given())?;
    let text = source.as_ref_to::<Str>();
    if let Some(encoding) = encoding {
        let Some(text) = text else {
            return Err(vm.type_error("encoding without a string argument"));
        };
        return codecs::encode_text(vm, text, Some(encoding), errors).map(Contents::Object);
    }
    if errors.is_some() {
        return Err(vm.type_error(if text.is_some() {
            "string argument without an encoding"
        } else {
            "errors without a string argument"
        }));
    }
    let Some(source) = source.given() else {
        return Ok(Contents::Bytes(Vec::new()));
    };
    if name == "bytes" {
        let special = vm.lookup_special(source, &vm.names.__bytes__)?;
        if let Some(method) = special {
            let result = vm.call0(&method)?;
            if result.payload::<Bytes>().is_none() {
                return Err(vm.type_error(format!(
                    "__bytes__ returned non-bytes (type {})",
                    vm.class_name(&result)
                )));
            }
            return Ok(Contents::Object(result));
        }
    }
    if text.is_some() {
        return Err(vm.type_error("string argument without an encoding"));
    }
    if vm.class_of(source).slots().nb_index.is_some() {
        match vm.index_isize(source, &vm.types.exceptions.overflow_error) {
            Ok(size) => {
                return usize::try_from(size)
                    .map(Contents::Zeros)
                    .map_err(|_| vm.value_error("negative count"));
            }
            Err(raised) => {
                let _ = vm.catch(raised, &vm.types.exceptions.type_error)?;
            }
        }
    }
    from_object(vm, source, name).map(Contents::Bytes)
}

/// The bytes of a buffer or of an iterable of integers.
pub fn from_object(vm: &Vm, source: &Value, name: &str) -> PyResult<Vec<u8>> {
    if vm.has_buffer(source) {
        let view = vm.buffer_any(source)?;
        vm.check_room(view.len())?;
        return Ok(view.to_vec());
    }
    let is_sequence = source.payload::<List>().is_some() || source.payload::<Tuple>().is_some();
    let slots = vm.class_of(source).slots();
    let iterable = is_sequence || slots.iter.is_some() || slots.sq_item.is_some();
    let what = if name == "bytes" { "bytes" } else { "byte" };
    if is_sequence {
        return from_iterable(vm, source, what);
    }
    let not_iterable = || {
        vm.type_error(format!(
            "cannot convert '{}' object to {name}",
            vm.class_name(source)
        ))
    };
    if !iterable || source.payload::<Str>().is_some() {
        return Err(not_iterable());
    }
    match vm.iter(source) {
        Ok(items) => {
            // What is immutable is made in one piece, so that it matters how long it is said to be.
            if name == "bytes" {
                check_told_length(vm, source)?;
            }
            from_iterable(vm, &items, what)
        }
        Err(raised) => {
            vm.catch(raised, &vm.types.exceptions.type_error)?;
            Err(not_iterable())
        }
    }
}

/// Raises if there is no room for as many bytes as an iterable says it has.
fn check_told_length(vm: &Vm, source: &Value) -> PyResult<()> {
    // What CPython's object takes besides.
    const BESIDES: usize = 33;
    let told = vm.length_hint(source, 0)?;
    if told > isize::MAX as usize - BESIDES {
        return Err(vm.overflow_error("byte string is too large"));
    }
    vm.check_room(told)
}

/// The bytes of an iterable of integers; `what` is the subject of the message.
pub fn from_iterable(vm: &Vm, source: &Value, what: &str) -> PyResult<Vec<u8>> {
    let mut bytes = Vec::new();
    vm.for_each(source, |item| {
        vm.try_push(&mut bytes, byte_value(vm, &item, what)?)
    })?;
    Ok(bytes)
}

/// `bytes(source=b'', encoding, errors)`
pub fn new(vm: &Vm, class: &Ref<Class>, args: Args<'_>) -> PyResult {
    let exact = class.is(&vm.types.bytes);
    let bytes = match contents(vm, "bytes", args)? {
        Contents::Object(value) => value,
        Contents::Bytes(bytes) => vm.try_bytes(&bytes)?.into_value(),
        Contents::Zeros(len) => vm.bytes_filled(len, |_| ())?.into_value(),
    };
    if exact {
        return Ok(bytes);
    }
    Ok(super::with_this(&bytes, |b| vm.bytes_of_class(class, b)).into_value())
}

/// Fills a `bytearray` by its constructor's arguments.
pub fn init_bytearray(vm: &Vm, this: &Value, args: Args<'_>) -> PyResult<()> {
    let Some(array) = this.payload::<ByteArray>() else {
        return Err(vm.type_error("descriptor '__init__' requires a 'bytearray' object"));
    };
    if !array.is_empty() {
        array.resize_check(vm)?;
        drop(array.update(std::mem::take));
    }
    let bytes = match contents(vm, "bytearray", args)? {
        Contents::Object(value) => super::with_this(&value, |b| vm.byte_vec(b))?,
        Contents::Bytes(bytes) => vm.byte_vec(&bytes)?,
        Contents::Zeros(len) => {
            crate::object::bytearray::ByteVec::try_filled(0, len).map_err(|_| vm.memory_error())?
        }
    };
    array.resize_check(vm)?;
    drop(array.update(|old| std::mem::replace(old, bytes)));
    Ok(())
}
