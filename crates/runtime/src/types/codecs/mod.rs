//! Codecs: text to bytes and back.
//!
//! An encoding's name is normalised and looked up among the native ones (`names`); any other goes
//! to the search functions that a program has registered (`registry`).  `decode` and `encode` hold
//! the native codecs; what happens at a character that cannot be converted is decided by an error
//! handler (`handlers`), which raises one of the exceptions of `errors` or supplies a replacement.

use crate::object::{Bytes, PyResult, Ref, Str, Value};
use crate::vm::Vm;

pub mod bytes_escapes;
mod charmap_tables;
pub mod decode;
pub mod encode;
pub mod errors;
mod escapes;
pub mod handlers;
pub mod mapping;
pub mod multibyte;
pub mod names;
pub mod registry;
mod utf7;

use names::Codec;

/// `str(object, encoding, errors)` of a bytes-like object.
pub fn decode_text(
    vm: &Vm,
    object: &Value,
    encoding: Option<&Ref<Str>>,
    errors: Option<&Ref<Str>>,
) -> PyResult<Ref<Str>> {
    let empty = match object.payload::<Bytes>() {
        Some(bytes) => bytes.is_empty(),
        None => vm.buffer(object)?.is_empty(),
    };
    if empty {
        return Ok(vm.str(""));
    }
    let Some(encoding) = encoding else {
        return native_decode(vm, object, Codec::Utf8, errors);
    };
    if let Some(codec) = names::native(encoding) {
        return native_decode(vm, object, codec, errors);
    }
    let decoded = registry::decode_text(vm, object, encoding, errors)?;
    let class = vm.class_name(&decoded);
    decoded.downcast().map_err(|_| {
        vm.type_error(format!(
            "'{}' decoder returned '{class}' instead of 'str'; use codecs.decode() to decode to \
             arbitrary types",
            encoding.to_display()
        ))
    })
}

fn native_decode(
    vm: &Vm,
    object: &Value,
    codec: Codec,
    errors: Option<&Ref<Str>>,
) -> PyResult<Ref<Str>> {
    let done = if let Some(bytes) = object.payload::<Bytes>() {
        decode::decode(vm, codec, bytes, Some(object), errors.map(|e| &**e), true)?
    } else {
        let bytes = vm.copied_bytes(object)?;
        decode::decode(vm, codec, &bytes, None, errors.map(|e| &**e), true)?
    };
    Ok(done.text)
}

/// `text.encode(encoding, errors)`
pub fn encode_text(
    vm: &Vm,
    text: &Ref<Str>,
    encoding: Option<&Ref<Str>>,
    errors: Option<&Ref<Str>>,
) -> PyResult {
    let codec = match encoding {
        None => Codec::Utf8,
        Some(name) => match names::native(name) {
            Some(codec) => codec,
            None => return registry::encode_text(vm, text, name, errors),
        },
    };
    let bytes = encode::encode(vm, codec, text, errors.map(|e| &**e))?;
    vm.try_bytes(&bytes).map(Ref::into_value)
}

/// `str.encode(encoding='utf-8', errors='strict')`
pub fn str_encode(vm: &Vm, args: &[Value]) -> PyResult {
    use crate::types::str::construct::option_arg;
    let text = crate::types::str::this(vm, args)?;
    let encoding = option_arg(vm, "encode()", "encoding", args[1].given())?;
    let errors = option_arg(vm, "encode()", "errors", args[2].given())?;
    encode_text(vm, text, encoding, errors)
}

/// `bytes.decode(encoding='utf-8', errors='strict')`, of `bytearray` too.
pub fn bytes_decode(vm: &Vm, args: &[Value]) -> PyResult {
    use crate::types::str::construct::option_arg;
    let encoding = option_arg(vm, "decode()", "encoding", args[1].given())?;
    let errors = option_arg(vm, "decode()", "errors", args[2].given())?;
    decode_text(vm, &args[0], encoding, errors).map(Ref::into_value)
}
