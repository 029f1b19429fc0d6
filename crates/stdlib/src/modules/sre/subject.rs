//! The texts patterns are matched against.

use runtime::object::buffer::BufferView;
use runtime::object::{Bytes, Chars, Ref, Str};
use runtime::{PyResult, Value, Vm};

/// A text while it is matched.
pub(super) enum Subject<'a> {
    Str(&'a Ref<Str>),
    Bytes(&'a [u8]),
    /// Of other bytes-like objects, which could change meanwhile; they are kept from being resized.
    Copied(Vec<u8>, BufferView),
}

impl<'a> Subject<'a> {
    /// The text of a value, which must be of the kind that a pattern wants (None: any).
    pub fn new(vm: &Vm, value: &'a Value, text_wanted: Option<bool>) -> PyResult<Subject<'a>> {
        let subject = if let Some(s) = value.as_ref_to::<Str>() {
            Subject::Str(s)
        } else if let Some(bytes) = value.payload::<Bytes>() {
            Subject::Bytes(bytes)
        } else if vm.has_buffer(value) {
            let view = vm.buffer(value)?;
            Subject::Copied(view.to_vec(), view)
        } else {
            return Err(vm.type_error(format!(
                "expected string or bytes-like object, got '{}'",
                vm.class_name(value)
            )));
        };
        match (text_wanted, subject.is_text()) {
            (Some(true), false) => {
                Err(vm.type_error("cannot use a string pattern on a bytes-like object"))
            }
            (Some(false), true) => {
                Err(vm.type_error("cannot use a bytes pattern on a string-like object"))
            }
            _ => Ok(subject),
        }
    }

    pub fn is_text(&self) -> bool {
        matches!(self, Subject::Str(_))
    }

    /// The export of an object that could be resized.
    pub fn into_view(self) -> Option<BufferView> {
        match self {
            Subject::Copied(_, view) => Some(view),
            _ => None,
        }
    }

    /// The characters.
    pub fn chars(&self) -> Chars<'_> {
        match self {
            Subject::Str(s) => s.chars(),
            Subject::Bytes(bytes) => Chars::One(bytes),
            Subject::Copied(bytes, _) => Chars::One(bytes),
        }
    }

    pub fn len(&self) -> usize {
        self.chars().len()
    }

    /// A part as a value: `str` or bytes.
    pub fn slice(&self, vm: &Vm, whole: &Value, start: usize, end: usize) -> PyResult {
        match self {
            Subject::Str(s) => Ok(vm.str_slice(s, start, end)?.into_value()),
            Subject::Bytes(bytes) => {
                if start == 0 && end == bytes.len() && vm.class_of(whole).is(&vm.types.bytes) {
                    return Ok(whole.clone());
                }
                Ok(vm
                    .try_bytes(bytes.get(start..end).unwrap_or_default())?
                    .into_value())
            }
            Subject::Copied(bytes, _) => Ok(vm
                .try_bytes(bytes.get(start..end).unwrap_or_default())?
                .into_value()),
        }
    }
}

/// Runs code on the units of a text up to an end, whatever their width.
macro_rules! with_units {
    ($chars:expr, $text:ident => $body:expr) => {
        match $chars {
            runtime::object::Chars::One($text) => $body,
            runtime::object::Chars::Two($text) => $body,
            runtime::object::Chars::Four($text) => $body,
        }
    };
}
pub(super) use with_units;
