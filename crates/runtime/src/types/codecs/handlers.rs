//! Error handlers: the ones there always are, and those a program registered.

use super::errors::{self, Failure};
use super::registry;
use crate::object::{Bytes, PyResult, Raised, Ref, Str, Tuple, Value};
use crate::types::exceptions::Exception;
use crate::types::exceptions::unicode::fields;
use crate::vm::Vm;

/// How errors are treated.
#[derive(Clone)]
pub enum Handler {
    Strict,
    Ignore,
    Replace,
    SurrogateEscape,
    SurrogatePass,
    BackslashReplace,
    XmlCharRefReplace,
    NameReplace,
    /// A function a program registered.
    Custom(Value),
}

/// The names of the handlers there always are.
pub const NAMES: [&str; 8] = [
    "strict",
    "ignore",
    "replace",
    "surrogateescape",
    "surrogatepass",
    "backslashreplace",
    "xmlcharrefreplace",
    "namereplace",
];

impl Handler {
    /// The handler of a name that is always there.
    pub fn builtin(name: &Str) -> Option<Handler> {
        Some(match name.as_ascii()? {
            "strict" => Handler::Strict,
            "ignore" => Handler::Ignore,
            "replace" => Handler::Replace,
            "surrogateescape" => Handler::SurrogateEscape,
            "surrogatepass" => Handler::SurrogatePass,
            "backslashreplace" => Handler::BackslashReplace,
            "xmlcharrefreplace" => Handler::XmlCharRefReplace,
            "namereplace" => Handler::NameReplace,
            _ => return None,
        })
    }

    /// The handler of a name; LookupError if there is none.
    pub fn find(vm: &Vm, name: Option<&Str>) -> PyResult<Handler> {
        let Some(name) = name else {
            return Ok(Handler::Strict);
        };
        match Handler::builtin(name) {
            Some(handler) => Ok(handler),
            None => registry::lookup_error(vm, name).map(Handler::Custom),
        }
    }
}

/// What stands in for the characters that cannot be encoded.
pub enum Replacement {
    /// Text, to be encoded by the same codec.
    Text(Vec<u32>),
    /// Bytes, taken as they are.
    Bytes(Vec<u8>),
}

fn cannot_handle(vm: &Vm, exception: &Value) -> Raised {
    vm.type_error(format!(
        "don't know how to handle {} in error callback",
        vm.class_name(exception)
    ))
}

/// Width of a code unit in bytes and big-endianness, from the encoding's name.
fn unit_of(encoding: &str) -> Option<(usize, bool)> {
    let name = encoding.to_ascii_lowercase().replace('_', "-");
    let rest = name
        .strip_prefix("utf")
        .map(|r| r.trim_start_matches('-'))?;
    let (unit, order) = if rest == "8" || name == "cp65001" {
        return Some((1, false));
    } else if let Some(order) = rest.strip_prefix("16") {
        (2, order)
    } else if let Some(order) = rest.strip_prefix("32") {
        (4, order)
    } else {
        return None;
    };
    match order {
        "" | "-le" | "le" => Some((unit, false)),
        "-be" | "be" => Some((unit, true)),
        _ => None,
    }
}

/// The bytes of a surrogate in an encoding's code units.
fn surrogate_bytes(c: u32, unit: usize, big: bool, out: &mut Vec<u8>) {
    match (unit, big) {
        (1, _) => out.extend([
            0xE0 | (c >> 12) as u8,
            0x80 | (c >> 6 & 0x3F) as u8,
            0x80 | (c & 0x3F) as u8,
        ]),
        (2, false) => out.extend((c as u16).to_le_bytes()),
        (2, true) => out.extend((c as u16).to_be_bytes()),
        (_, false) => out.extend(c.to_le_bytes()),
        (_, true) => out.extend(c.to_be_bytes()),
    }
}

/// The surrogate that bytes begin with.
fn surrogate_at(bytes: &[u8], unit: usize, big: bool) -> Option<u32> {
    let c = match (unit, big) {
        (1, _) => match bytes {
            &[a @ 0xE0..=0xEF, b @ 0x80..=0xBF, c @ 0x80..=0xBF, ..] => {
                u32::from(a & 15) << 12 | u32::from(b & 63) << 6 | u32::from(c & 63)
            }
            _ => return None,
        },
        (2, false) => u16::from_le_bytes(bytes.get(..2)?.try_into().ok()?).into(),
        (2, true) => u16::from_be_bytes(bytes.get(..2)?.try_into().ok()?).into(),
        (_, false) => u32::from_le_bytes(bytes.get(..4)?.try_into().ok()?),
        (_, true) => u32::from_be_bytes(bytes.get(..4)?.try_into().ok()?),
    };
    (0xD800..0xE000).contains(&c).then_some(c)
}

/// What is to be done about a decoding error.
pub struct Treated {
    /// The text to insert.
    pub text: Vec<u32>,
    /// The position to go on from.
    pub next: usize,
    /// The bytes to go on with, if the handler has named others.
    pub other: Option<Ref<Bytes>>,
}

/// Treats a decoding error.  A steady decoder does not look whether the handler names other bytes.  `exception` makes the exception object.
pub fn decode_error(
    vm: &Vm,
    handler: &Handler,
    encoding: &str,
    input: &[u8],
    (start, end): (usize, usize),
    steady: bool,
    exception: impl Fn() -> Value,
) -> PyResult<Treated> {
    let bytes = &input[start..end];
    let treated = |text, next| {
        Ok(Treated {
            text,
            next,
            other: None,
        })
    };
    match handler {
        Handler::Strict => Err(vm.raise_value(exception())),
        Handler::Ignore => treated(Vec::new(), end),
        Handler::Replace => treated(vec![0xFFFD], end),
        Handler::BackslashReplace => {
            let text = bytes
                .iter()
                .map(|b| format!("\\x{b:02x}"))
                .collect::<String>();
            treated(text.chars().map(u32::from).collect(), end)
        }
        Handler::SurrogateEscape => {
            // ASCII bytes are not escaped; at most four at a time.
            let escaped: Vec<u32> = bytes
                .iter()
                .take(4)
                .take_while(|&&b| b >= 128)
                .map(|&b| 0xDC00 + u32::from(b))
                .collect();
            if escaped.is_empty() {
                return Err(vm.raise_value(exception()));
            }
            let next = start + escaped.len();
            treated(escaped, next)
        }
        Handler::SurrogatePass => {
            let found = unit_of(encoding).and_then(|(unit, big)| {
                let c = surrogate_at(&input[start..], unit, big)?;
                Some((c, if unit == 1 { 3 } else { unit }))
            });
            match found {
                Some((c, len)) => treated(vec![c], start + len),
                None => Err(vm.raise_value(exception())),
            }
        }
        Handler::XmlCharRefReplace | Handler::NameReplace => Err(cannot_handle(vm, &exception())),
        Handler::Custom(function) => {
            let exception = exception();
            let object = || exception.payload::<Exception>()?.field(fields::OBJECT);
            let before = object();
            let result = vm.call1(function, &exception)?;
            let parts = result.payload::<Tuple>().map(Tuple::as_slice);
            let Some([text, position]) = parts else {
                return Err(vm.type_error("decoding error handler must return (str, int) tuple"));
            };
            let Some(text) = text.payload::<Str>() else {
                return Err(vm.type_error("decoding error handler must return (str, int) tuple"));
            };
            let text = text.iter().collect();
            let Some(after) = object() else {
                return Err(vm.type_error("object attribute not set"));
            };
            if steady || before.is_some_and(|before| before.is(&after)) {
                return treated(text, next_position(vm, position, input.len(), encoding)?);
            }
            let Ok(other) = after.downcast::<Bytes>() else {
                return Err(vm.type_error("object attribute must be bytes"));
            };
            let next = next_position(vm, position, other.len(), encoding)?;
            Ok(Treated {
                text,
                next,
                other: Some(other),
            })
        }
    }
}

fn next_position(vm: &Vm, position: &Value, len: usize, encoding: &str) -> PyResult<usize> {
    let given = match vm.arg_ssize(position) {
        Ok(given) => given,
        // The East Asian codecs take it for an index.
        Err(raised)
            if super::multibyte::ENCODINGS
                .iter()
                .any(|e| e.name == encoding) =>
        {
            let _ = vm.catch(raised, &vm.types.exceptions.overflow_error)?;
            let message = "cannot fit 'int' into an index-sized integer";
            return Err(vm.index_error(message));
        }
        Err(raised) => return Err(raised),
    };
    let next = if given < 0 {
        given + len as isize
    } else {
        given
    };
    usize::try_from(next)
        .ok()
        .filter(|&next| next <= len)
        .ok_or_else(|| vm.index_error(format!("position {next} from error handler out of bounds")))
}

/// Treats an encoding error: what to insert and the position to go on from.
pub fn encode_error(
    vm: &Vm,
    handler: &Handler,
    encoding: &str,
    text: &Str,
    (start, end): (usize, usize),
    exception: impl Fn() -> Value,
) -> PyResult<(Replacement, usize)> {
    let failed = || text.iter().skip(start).take(end - start);
    let replaced = |text: String| {
        Ok((
            Replacement::Text(text.chars().map(u32::from).collect()),
            end,
        ))
    };
    match handler {
        Handler::Strict => Err(vm.raise_value(exception())),
        Handler::Ignore => Ok((Replacement::Bytes(Vec::new()), end)),
        Handler::Replace => replaced("?".repeat(end - start)),
        Handler::BackslashReplace => replaced(failed().map(errors::escape).collect()),
        Handler::XmlCharRefReplace => replaced(failed().map(|c| format!("&#{c};")).collect()),
        Handler::NameReplace => replaced(failed().map(name_escape).collect()),
        Handler::SurrogateEscape => {
            let escaped = failed().map(|c| match c {
                0xDC80..=0xDCFF => Some((c - 0xDC00) as u8),
                _ => None,
            });
            match escaped.collect::<Option<Vec<u8>>>() {
                Some(bytes) => Ok((Replacement::Bytes(bytes), end)),
                None => Err(vm.raise_value(exception())),
            }
        }
        Handler::SurrogatePass => {
            let Some((unit, big)) = unit_of(encoding) else {
                return Err(vm.raise_value(exception()));
            };
            let mut bytes = Vec::new();
            for c in failed() {
                if !(0xD800..0xE000).contains(&c) {
                    return Err(vm.raise_value(exception()));
                }
                surrogate_bytes(c, unit, big, &mut bytes);
            }
            Ok((Replacement::Bytes(bytes), end))
        }
        Handler::Custom(function) => {
            let result = vm.call1(function, &exception())?;
            let wrong =
                || vm.type_error("encoding error handler must return (str/bytes, int) tuple");
            let parts = result.payload::<Tuple>().map(Tuple::as_slice);
            let Some([new, position]) = parts else {
                return Err(wrong());
            };
            let new = match (new.payload::<Str>(), new.payload::<Bytes>()) {
                (Some(text), _) => Replacement::Text(text.iter().collect()),
                (None, Some(bytes)) => Replacement::Bytes(bytes.to_vec()),
                (None, None) => return Err(wrong()),
            };
            Ok((new, next_position(vm, position, text.len(), encoding)?))
        }
    }
}

/// `\N{NAME}`, or a numeric escape for a character without a name.
fn name_escape(c: u32) -> String {
    match char::from_u32(c).and_then(unicode_names2::name) {
        Some(name) => format!("\\N{{{name}}}"),
        None => errors::escape(c),
    }
}

/// Calls a handler as a function: what `codecs.lookup_error(name)(exception)` returns.
pub fn call(vm: &Vm, handler: &Handler, exception: &Value) -> PyResult {
    let types = &vm.types.exceptions;
    let decoding = vm.is_instance_of(exception, &types.unicode_decode_error);
    let encoding = vm.is_instance_of(exception, &types.unicode_encode_error);
    let translating = vm.is_instance_of(exception, &types.unicode_translate_error);
    if matches!(handler, Handler::Strict) {
        if vm.is_instance_of(exception, &types.base_exception) {
            return Err(vm.raise_value(exception.clone()));
        }
        return Err(vm.type_error("codec must pass exception instance"));
    }
    if !decoding && !encoding && !translating {
        return Err(cannot_handle(vm, exception));
    }
    let Failure { object, start, end } = errors::failure(vm, exception)?;
    let name = vm.get_attr_opt(exception, &vm.names.encoding)?;
    let name = name.map_or_else(String::new, |n| vm.display(&n));
    let again = || exception.clone();
    let (text, next) = if decoding {
        let Some(bytes) = object.payload::<Bytes>() else {
            return Err(vm.type_error("object attribute must be bytes"));
        };
        let end = end.max(start);
        let Treated { text, next, .. } =
            decode_error(vm, handler, &name, bytes, (start, end), true, again)?;
        (Replacement::Text(text), next)
    } else {
        let Some(text) = object.payload::<Str>() else {
            return Err(vm.type_error("object attribute must be unicode"));
        };
        let end = end.max(start);
        if translating {
            match handler {
                Handler::Ignore => (Replacement::Text(Vec::new()), end),
                Handler::Replace => (Replacement::Text(vec![0xFFFD; end - start]), end),
                Handler::BackslashReplace => {
                    encode_error(vm, handler, &name, text, (start, end), again)?
                }
                _ => return Err(cannot_handle(vm, exception)),
            }
        } else {
            encode_error(vm, handler, &name, text, (start, end), again)?
        }
    };
    let new = match text {
        Replacement::Text(text) => vm.str_from_code_points(&text).into_value(),
        Replacement::Bytes(bytes) if bytes.is_empty() && matches!(handler, Handler::Ignore) => {
            vm.str_value("")
        }
        Replacement::Bytes(bytes) => vm.try_bytes(&bytes)?.into_value(),
    };
    Ok(vm.tuple_value([new, Value::small_int(next as i64)]))
}
