//! Writing JSON strings.

use runtime::Vm;
use runtime::object::str_build::StrBuilder;
use runtime::object::{Chars, PyResult, Str};

use super::units::Unit;

/// The text in quotes, as a string.
pub(super) fn quoted(vm: &Vm, text: &Str, ascii_only: bool) -> PyResult {
    let mut out = StrBuilder::with_capacity(text.len() + 2);
    write_quoted(&mut out, text, ascii_only);
    out.finish_value(vm)
}

/// Writes the text in quotes; what JSON does not allow (and, if asked for, what is not ASCII or is
/// DEL) is escaped.
pub(super) fn write_quoted(out: &mut StrBuilder, text: &Str, ascii_only: bool) {
    out.push(b'"'.into());
    match text.chars() {
        Chars::One(units) => write(out, units, ascii_only),
        Chars::Two(units) => write(out, units, ascii_only),
        Chars::Four(units) => write(out, units, ascii_only),
    }
    out.push(b'"'.into());
}

fn write<U: Unit>(out: &mut StrBuilder, mut rest: &[U], ascii_only: bool) {
    let ceiling = if ascii_only { 0x7F } else { u32::MAX };
    loop {
        let plain = rest.iter().position(|unit| {
            let c = unit.code();
            c == u32::from(b'"') || c == u32::from(b'\\') || c < 0x20 || c >= ceiling
        });
        let Some(plain) = plain else { break };
        let (before, after) = rest.split_at(plain);
        let Some((special, after)) = after.split_first() else {
            break;
        };
        out.push_chars(U::chars(before));
        write_escape(out, special.code());
        rest = after;
    }
    out.push_chars(U::chars(rest));
}

fn write_escape(out: &mut StrBuilder, c: u32) {
    let letter = match c {
        0x22 => b'"',
        0x5C => b'\\',
        0x08 => b'b',
        0x0C => b'f',
        0x0A => b'n',
        0x0D => b'r',
        0x09 => b't',
        0x1_0000.. => {
            let c = c - 0x1_0000;
            write_code(out, 0xD800 | c >> 10);
            return write_code(out, 0xDC00 | c & 0x3FF);
        }
        _ => return write_code(out, c),
    };
    out.push_chars(Chars::One(&[b'\\', letter]));
}

/// Writes `\uXXXX`.
fn write_code(out: &mut StrBuilder, c: u32) {
    let digit = |shift: u32| b"0123456789abcdef"[(c >> shift & 0xF) as usize];
    out.push_chars(Chars::One(&[
        b'\\',
        b'u',
        digit(12),
        digit(8),
        digit(4),
        digit(0),
    ]));
}
