//! The exceptions of codecs as error handlers see them.

use crate::object::{Bytes, PyResult, Raised, Ref, Str, Value};
use crate::types::exceptions::Exception;
use crate::types::exceptions::unicode::fields;
use crate::vm::Vm;

/// `\x..`, `\u....` or `\U........`
pub fn escape(c: u32) -> String {
    match c {
        0..=0xFF => format!("\\x{c:02x}"),
        0x100..=0xFFFF => format!("\\u{c:04x}"),
        _ => format!("\\U{c:08x}"),
    }
}

/// What a handler reads from an exception: the object, and start and end cut to its length.
pub struct Failure {
    pub object: Value,
    pub start: usize,
    pub end: usize,
}

/// The failure an exception describes, whose object must be of the type `what`.
pub fn failure(vm: &Vm, exception: &Value) -> PyResult<Failure> {
    let field = |index| {
        exception
            .payload::<Exception>()
            .and_then(|e| e.field(index))
    };
    let object = field(fields::OBJECT).ok_or_else(|| vm.type_error("object attribute not set"))?;
    let len = match (object.payload::<Bytes>(), object.payload::<Str>()) {
        (Some(bytes), _) => bytes.len(),
        (None, Some(text)) => text.len(),
        (None, None) => {
            return Err(vm.type_error("object attribute must be unicode"));
        }
    } as i64;
    let number = |index| field(index).and_then(|v| v.as_small_int()).unwrap_or(0);
    let start = number(fields::START).min(len - 1).max(0);
    let end = number(fields::END).max(1).min(len).max(0);
    Ok(Failure {
        object,
        start: start as usize,
        end: end as usize,
    })
}

impl Vm {
    /// Raises the `UnicodeEncodeError` of text with surrogates that must become UTF-8.
    #[cold]
    pub fn surrogates_not_allowed(&self, text: &Ref<Str>) -> Raised {
        let surrogate = |c: &u32| (0xD800..0xE000).contains(c);
        let start = text.iter().position(|c| surrogate(&c)).unwrap_or(0);
        let run = text.iter().skip(start).take_while(surrogate).count();
        self.unicode_encode_error(
            "utf-8",
            text.as_value(),
            start,
            start + run.max(1),
            "surrogates not allowed",
        )
    }
}
