//! `unicode_escape` and `raw_unicode_escape`.

use super::decode::Decoder;
use super::errors::escape;
use crate::object::str::Chars;
use crate::object::{PyResult, Str};

/// Reads up to `max` hexadecimal digits.
fn hex(bytes: &[u8], max: usize) -> (u32, usize) {
    let mut value = 0u32;
    let mut count = 0;
    for &byte in bytes.iter().take(max) {
        let Some(digit) = char::from(byte).to_digit(16) else {
            break;
        };
        value = value << 4 | digit;
        count += 1;
    }
    (value, count)
}

/// Decodes `unicode_escape`; returns the bytes used.
pub(super) fn decode(decoder: &mut Decoder<'_>, from: usize) -> PyResult<usize> {
    let input = decoder.input;
    let mut warned = false;
    let mut at = from;
    while at < input.len() {
        let rest = &input[at..];
        let plain = memchr::memchr(b'\\', rest).unwrap_or(rest.len());
        decoder.out.push_chars(Chars::One(&rest[..plain]));
        at += plain;
        if at == input.len() {
            break;
        }
        let start = at;
        let Some(&letter) = input.get(at + 1) else {
            if !decoder.last {
                return Ok(start);
            }
            at = decoder.error(start, input.len(), "\\ at end of string")?;
            continue;
        };
        at += 2;
        let simple = match letter {
            b'\n' => continue,
            b'\\' | b'\'' | b'"' => letter,
            b'b' => 8,
            b'f' => 12,
            b't' => 9,
            b'n' => 10,
            b'r' => 13,
            b'v' => 11,
            b'a' => 7,
            b'0'..=b'7' => {
                let digits = input[at - 1..]
                    .iter()
                    .take(3)
                    .take_while(|b| matches!(b, b'0'..=b'7'));
                let digits: Vec<u8> = digits.copied().collect();
                let value = digits.iter().fold(0, |v, d| v * 8 + u32::from(d - b'0'));
                at += digits.len() - 1;
                if value > 0o377 && !std::mem::replace(&mut warned, true) {
                    let shown = String::from_utf8_lossy(&digits).into_owned();
                    let message = format!("invalid octal escape sequence '\\{shown}'");
                    let category = &decoder.vm.types.exceptions.deprecation_warning;
                    decoder.vm.warn(category, &message, 1)?;
                }
                decoder.out.push(value);
                continue;
            }
            b'x' | b'u' | b'U' => {
                let (wanted, reason) = match letter {
                    b'x' => (2, "truncated \\xXX escape"),
                    b'u' => (4, "truncated \\uXXXX escape"),
                    _ => (8, "truncated \\UXXXXXXXX escape"),
                };
                let (value, count) = hex(&input[at..], wanted);
                at += count;
                if count < wanted {
                    if !decoder.last && at == input.len() {
                        return Ok(start);
                    }
                    at = decoder.error(start, at, reason)?;
                } else if value > 0x10_FFFF {
                    at = decoder.error(start, at, "illegal Unicode character")?;
                } else {
                    decoder.out.push(value);
                }
                continue;
            }
            b'N' => {
                at = named(decoder, start)?;
                if at == usize::MAX {
                    return Ok(start);
                }
                continue;
            }
            _ => {
                if !std::mem::replace(&mut warned, true) {
                    let message = format!("invalid escape sequence '\\{}'", char::from(letter));
                    let category = &decoder.vm.types.exceptions.deprecation_warning;
                    decoder.vm.warn(category, &message, 1)?;
                }
                decoder.out.push(u32::from(b'\\'));
                letter
            }
        };
        decoder.out.push(simple.into());
    }
    Ok(at)
}

/// `\N{…}` at `start`; the position behind it, or `usize::MAX` where more input is needed.
fn named(decoder: &mut Decoder<'_>, start: usize) -> PyResult<usize> {
    let input = decoder.input;
    let malformed = "malformed \\N character escape";
    let after = start + 2;
    if after >= input.len() && !decoder.last {
        return Ok(usize::MAX);
    }
    if input.get(after) != Some(&b'{') {
        return decoder.error(start, after, malformed);
    }
    let body = &input[after + 1..];
    let Some(len) = memchr::memchr(b'}', body) else {
        if !decoder.last {
            return Ok(usize::MAX);
        }
        return decoder.error(start, input.len(), malformed);
    };
    if len == 0 {
        return decoder.error(start, after + 1, malformed);
    }
    let end = after + 1 + len + 1;
    let found = std::str::from_utf8(&body[..len])
        .ok()
        .and_then(unicode_names2::character);
    match found {
        Some(c) => {
            decoder.out.push(c.into());
            Ok(end)
        }
        None => decoder.error(start, end, "unknown Unicode character name"),
    }
}

/// Decodes `raw_unicode_escape`; returns the bytes used.
pub(super) fn decode_raw(decoder: &mut Decoder<'_>, from: usize) -> PyResult<usize> {
    let input = decoder.input;
    let mut at = from;
    while at < input.len() {
        if input[at] != b'\\' {
            decoder.out.push(input[at].into());
            at += 1;
            continue;
        }
        let start = at;
        let (wanted, reason) = match input.get(at + 1) {
            Some(b'u') => (4, "truncated \\uXXXX escape"),
            Some(b'U') => (8, "truncated \\UXXXXXXXX escape"),
            None if !decoder.last => return Ok(start),
            other => {
                decoder.out.push(u32::from(b'\\'));
                decoder
                    .out
                    .push_chars(Chars::One(other.map_or(&[], std::slice::from_ref)));
                at += 1 + usize::from(other.is_some());
                continue;
            }
        };
        let (value, count) = hex(&input[at + 2..], wanted);
        at += 2 + count;
        if count < wanted {
            if !decoder.last && at == input.len() {
                return Ok(start);
            }
            at = decoder.error(start, at, reason)?;
        } else if value > 0x10_FFFF {
            at = decoder.error(start, at, "\\Uxxxxxxxx out of range")?;
        } else {
            decoder.out.push(value);
        }
    }
    Ok(at)
}

/// Encodes as `unicode_escape`.
pub(super) fn encode(text: &Str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    for c in text.iter() {
        match c {
            9 => out.extend(b"\\t"),
            10 => out.extend(b"\\n"),
            13 => out.extend(b"\\r"),
            92 => out.extend(b"\\\\"),
            32..=126 => out.push(c as u8),
            _ => out.extend(escape(c).bytes()),
        }
    }
    out
}

/// Encodes as `raw_unicode_escape`.
pub(super) fn encode_raw(text: &Str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    for c in text.iter() {
        match u8::try_from(c) {
            Ok(byte) => out.push(byte),
            Err(_) => out.extend(escape(c).bytes()),
        }
    }
    out
}
