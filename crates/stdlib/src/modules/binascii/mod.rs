//! `binascii`: bytes as hexadecimal digits, base64, uuencode and quoted-printable, and checksums.

mod base64;
mod quoted;
mod uu;

use runtime::modules::NativeModule;
use runtime::object::{Dict, MethodDef, Ref, Str};
use runtime::types::module::Module;
use runtime::{PyResult, Raised, Value, Vm};

use crate::native::fail_with;

const HEX_DOC: &str = "Hexadecimal representation of binary data.\n\n  sep\n    \
    An optional single character or byte to separate hex bytes.\n  bytes_per_sep\n    \
    How many bytes between separators.  Positive values count from the\n    \
    right, negative values count from the left.\n\n\
    The return value is a bytes object.";
const UNHEX_DOC: &str = "Binary data of hexadecimal representation.\n\n\
    hexstr must contain an even number of hex digits (upper or lower case).";

/// The module.
pub static MODULE: NativeModule = NativeModule::new(
    "binascii",
    "Conversion between binary data and ASCII",
    &[
        MethodDef::bound(
            "a2b_uu",
            "($module, data, /)",
            "Decode a line of uuencoded data.",
            |vm, args| bytes(vm, uu::decode(vm, &ascii(vm, &args[1])?)?),
        ),
        MethodDef::bound(
            "b2a_uu",
            "($module, data, /, *, backtick=False)",
            "Uuencode line of data.",
            |vm, args| {
                let backtick = args[2].given().map_or(Ok(false), |v| vm.truth(v))?;
                bytes(vm, uu::encode(vm, &data(vm, &args[1])?, backtick)?)
            },
        ),
        MethodDef::bound(
            "a2b_base64",
            "($module, data, /, *, strict_mode=False)",
            "Decode a line of base64 data.\n\n  strict_mode\n    \
             When set to True, bytes that are not part of the base64 standard are not allowed.\n    \
             The same applies to excess data after padding (= / ==).",
            |vm, args| {
                let strict = args[2].given().map_or(Ok(false), |v| vm.truth(v))?;
                let decoded = with_ascii(vm, &args[1], |text| base64::decode(vm, text, strict))??;
                bytes(vm, decoded)
            },
        ),
        MethodDef::bound(
            "b2a_base64",
            "($module, data, /, *, newline=True)",
            "Base64-code line of data.",
            |vm, args| {
                let newline = args[2].given().map_or(Ok(true), |v| vm.truth(v))?;
                let text = vm.with_bytes_of(&args[1], |data| {
                    vm.check_room(data.len().saturating_mul(2))?;
                    Ok(base64::encode(data, newline))
                })??;
                bytes(vm, text)
            },
        ),
        MethodDef::bound(
            "crc_hqx",
            "($module, data, crc, /)",
            "Compute CRC-CCITT incrementally.",
            |vm, args| {
                let start = mask(vm, &args[2])?;
                let crc = data(vm, &args[1])?.iter().fold(start & 0xFFFF, |crc, &byte| {
                    let crc = crc ^ u32::from(byte) << 8;
                    (0..8).fold(crc, |crc, _| {
                        let shifted = crc << 1 & 0xFFFF;
                        if crc & 0x8000 != 0 { shifted ^ 0x1021 } else { shifted }
                    })
                });
                Ok(vm.int(crc.into()))
            },
        ),
        MethodDef::bound(
            "crc32",
            "($module, data, value=0, /)",
            "Compute CRC-32 incrementally.",
            crc32,
        ),
        MethodDef::bound("b2a_hex", HEX_SIGNATURE, HEX_DOC, hex),
        MethodDef::bound("hexlify", HEX_SIGNATURE, HEX_DOC, hex),
        MethodDef::bound("a2b_hex", "($module, hexstr, /)", UNHEX_DOC, unhex),
        MethodDef::bound("unhexlify", "($module, hexstr, /)", UNHEX_DOC, unhex),
        MethodDef::bound(
            "a2b_qp",
            "($module, /, data, header=False)",
            "Decode a string of qp-encoded data.",
            |vm, args| {
                let header = args[2].given().map_or(Ok(false), |v| vm.truth(v))?;
                bytes(vm, quoted::decode(&ascii(vm, &args[1])?, header))
            },
        ),
        MethodDef::bound(
            "b2a_qp",
            "($module, /, data, quotetabs=False, istext=True, header=False)",
            "Encode a string using quoted-printable encoding.\n\n\
             On encoding, when istext is set, newlines are not encoded, and white\n\
             space at end of lines is.  When istext is not set, \\r and \\n (CR/LF)\n\
             are both encoded.  When quotetabs is set, space and tabs are encoded.",
            |vm, args| {
                let flag = |v: &Value, default| v.given().map_or(Ok(default), |v| vm.truth(v));
                let how = quoted::Options {
                    tabs: flag(&args[2], false)?,
                    text: flag(&args[3], true)?,
                    header: flag(&args[4], false)?,
                };
                let data = data(vm, &args[1])?;
                vm.check_room(data.len().saturating_mul(6))?;
                bytes(vm, quoted::encode(&data, &how))
            },
        ),
    ],
)
.with_init(|vm: &Vm, _module: &Ref<Module>, namespace: &Ref<Dict>| {
    let types = &vm.types.exceptions;
    let error = vm.native_exception("binascii", "Error", &types.value_error)?;
    vm.define(namespace, "Error", error)?;
    let incomplete = vm.native_exception("binascii", "Incomplete", &types.exception)?;
    vm.define(namespace, "Incomplete", incomplete)
});

const HEX_SIGNATURE: &str = "($module, /, data, sep=<unrepresentable>, bytes_per_sep=1)";

/// Raises `binascii.Error`.
#[cold]
fn error(vm: &Vm, message: &str) -> Raised {
    fail_with(vm, "binascii", "Error", message)
}

fn bytes(vm: &Vm, bytes: Vec<u8>) -> PyResult {
    Ok(vm.try_bytes(&bytes)?.into_value())
}

fn data(vm: &Vm, value: &Value) -> PyResult<Vec<u8>> {
    vm.copied_bytes(value)
}

/// Bytes, or a `str` of ASCII characters.
fn ascii(vm: &Vm, value: &Value) -> PyResult<Vec<u8>> {
    with_ascii(vm, value, <[u8]>::to_vec)
}

/// Looks at bytes, or a `str` of ASCII characters.
fn with_ascii<R>(vm: &Vm, value: &Value, look: impl FnOnce(&[u8]) -> R) -> PyResult<R> {
    if let Some(text) = value.payload::<Str>() {
        return match text.as_ascii() {
            Some(text) => {
                vm.check_room(text.len())?;
                Ok(look(text.as_bytes()))
            }
            None => Err(vm.value_error("string argument should contain only ASCII characters")),
        };
    }
    vm.with_bytes_of(value, look).map_err(|raised| {
        // Whatever keeps it from showing its bytes.
        drop(vm.take_exception(raised));
        vm.type_error(format!(
            "argument should be bytes, buffer or ASCII string, not '{}'",
            vm.class_name(value)
        ))
    })
}

/// The low 32 bits of an integer.
pub(crate) fn mask(vm: &Vm, value: &Value) -> PyResult<u32> {
    let value = vm.index(value)?;
    if let Some(i) = value.as_small_int() {
        return Ok(i as u32);
    }
    let low = vm.binary(
        &runtime::protocol::number::BinaryOp::AND,
        &value,
        &vm.int(0xFFFF_FFFF),
    )?;
    Ok(low.as_small_int().unwrap_or(0) as u32)
}

/// `crc32(data, crc=0)`, also of `zlib`.
pub(crate) fn crc32(vm: &Vm, args: &[Value]) -> PyResult {
    let start = args[2].given().map_or(Ok(0), |v| mask(vm, v))?;
    let mut hasher = crc32fast::Hasher::new_with_initial(start);
    vm.with_bytes_of(&args[1], |data| hasher.update(data))?;
    Ok(vm.int(hasher.finalize().into()))
}

fn hex(vm: &Vm, args: &[Value]) -> PyResult {
    let data = data(vm, &args[1])?;
    vm.check_room(data.len().saturating_mul(8))?;
    let every = match args[3].given() {
        Some(every) => vm.arg_int(every)?,
        None => 1,
    };
    let separator = match args[2].given() {
        None => None,
        Some(separator) => {
            if vm.len(separator)? != 1 {
                return Err(vm.value_error("sep must be length 1."));
            }
            let code = match separator.payload::<Str>() {
                Some(text) if text.at(0) < 256 => text.at(0) as u8,
                Some(_) => return Err(vm.value_error("sep must be ASCII.")),
                None => match separator.payload::<runtime::object::Bytes>() {
                    Some(bytes) => bytes[0],
                    None => return Err(vm.type_error("sep must be str or bytes.")),
                },
            };
            Some(code)
        }
    };
    if separator.is_none() || every == 0 {
        let digit = |half: u8| b"0123456789abcdef"[usize::from(half)];
        let mut text = vec![0; data.len() * 2];
        for (&byte, place) in data.iter().zip(text.as_chunks_mut::<2>().0) {
            *place = [digit(byte >> 4), digit(byte & 15)];
        }
        return bytes(vm, text);
    }
    let mut text = Vec::with_capacity(data.len() * 2);
    let width = every.unsigned_abs() as usize;
    for (place, &byte) in data.iter().enumerate() {
        let at_edge = match every {
            0 => false,
            1.. => (data.len() - place) % width == 0,
            _ => place % width == 0,
        };
        if let Some(separator) = separator
            && at_edge
            && place > 0
        {
            text.push(separator);
        }
        text.push(b"0123456789abcdef"[usize::from(byte >> 4)]);
        text.push(b"0123456789abcdef"[usize::from(byte & 15)]);
    }
    bytes(vm, text)
}

fn unhex(vm: &Vm, args: &[Value]) -> PyResult {
    let text = ascii(vm, &args[1])?;
    if text.len() % 2 != 0 {
        return Err(error(vm, "Odd-length string"));
    }
    let digit = |c: u8| char::from(c).to_digit(16);
    vm.check_room(text.len())?;
    let decoded: Option<Vec<u8>> = text
        .chunks_exact(2)
        .map(|pair| Some((digit(pair[0])? << 4 | digit(pair[1])?) as u8))
        .collect();
    match decoded {
        Some(decoded) => bytes(vm, decoded),
        None => Err(error(vm, "Non-hexadecimal digit found")),
    }
}
