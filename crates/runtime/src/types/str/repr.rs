//! `repr` and `ascii` of strings.

use std::fmt::Write;

use super::unicode;
use crate::object::str::{Chars, Width};
use crate::object::{PyResult, Ref, Str, StrBuilder};
use crate::vm::Vm;

/// The quote a representation uses: single, unless there are single and no double ones inside.
pub fn quote_for(units: impl Iterator<Item = u32>) -> u32 {
    let mut single = false;
    for c in units {
        if c == u32::from(b'"') {
            return u32::from(b'\'');
        }
        single |= c == u32::from(b'\'');
    }
    u32::from(if single { b'"' } else { b'\'' })
}

/// Appends the escape of a character that is not shown as it is.
pub fn push_escape(out: &mut StrBuilder, c: u32) {
    let mut text = String::new();
    // Writing to a String cannot fail.
    let _ = match c {
        9 => write!(text, "\\t"),
        10 => write!(text, "\\n"),
        13 => write!(text, "\\r"),
        0..=0xFF => write!(text, "\\x{c:02x}"),
        0x100..=0xFFFF => write!(text, "\\u{c:04x}"),
        _ => write!(text, "\\U{c:08x}"),
    };
    out.push_str(&text);
}

/// Appends the representation of a text in quotes; with `ascii` all others are escaped.
pub fn push_repr(out: &mut StrBuilder, chars: Chars<'_>, ascii: bool) {
    let quote = quote_for(chars.iter());
    out.push(quote);
    for c in chars.iter() {
        if c == quote || c == u32::from(b'\\') {
            out.push(u32::from(b'\\'));
            out.push(c);
        } else if (32..127).contains(&c) || c >= 128 && !ascii && unicode::is_printable(c) {
            out.push(c);
        } else {
            push_escape(out, c);
        }
    }
    out.push(quote);
}

impl Vm {
    /// The representation of a string, without asking a subclass.
    pub fn str_repr(&self, s: &Str) -> PyResult<Ref<Str>> {
        if let Some(text) = s.as_ascii()
            && text
                .bytes()
                .all(|b| (32..127).contains(&b) && b != b'\'' && b != b'\\')
        {
            return self.str_filled(Width::Ascii, text.len() + 2, |f| {
                f.push(u32::from(b'\''));
                f.push_chars(s.chars());
                f.push(u32::from(b'\''));
            });
        }
        let mut out = StrBuilder::with_capacity(s.len() + 2);
        push_repr(&mut out, s.chars(), false);
        out.finish(self)
    }

    /// `ascii(value)`.
    pub fn ascii(&self, value: &crate::Value) -> PyResult<Ref<Str>> {
        let repr = self.repr(value)?;
        if repr.is_ascii() {
            return Ok(repr);
        }
        let mut out = StrBuilder::with_capacity(repr.len() * 2);
        for c in repr.iter() {
            if c < 128 {
                out.push(c);
            } else {
                push_escape(&mut out, c);
            }
        }
        out.finish(self)
    }
}
