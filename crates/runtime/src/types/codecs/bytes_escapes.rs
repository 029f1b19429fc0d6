//! `codecs.escape_encode` and `escape_decode`: bytes as they stand in a literal.

use crate::object::{PyResult, Str};
use crate::vm::Vm;

/// The inside of the literal of bytes in single quotes.
pub fn encode(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    for &byte in bytes {
        match byte {
            b'\'' | b'\\' => out.extend([b'\\', byte]),
            b'\t' => out.extend(b"\\t"),
            b'\n' => out.extend(b"\\n"),
            b'\r' => out.extend(b"\\r"),
            b' '..=b'~' => out.push(byte),
            _ => {
                let digit = |n: u8| b"0123456789abcdef"[usize::from(n & 15)];
                out.extend([b'\\', b'x', digit(byte >> 4), digit(byte)]);
            }
        }
    }
    out
}

/// The bytes that the inside of a literal means.
pub fn decode(vm: &Vm, input: &[u8], errors: Option<&Str>) -> PyResult<Vec<u8>> {
    let mut out = Vec::with_capacity(input.len());
    let mut unknown: Option<String> = None;
    let mut at = 0;
    while let Some(&byte) = input.get(at) {
        at += 1;
        if byte != b'\\' {
            out.push(byte);
            continue;
        }
        let Some(&letter) = input.get(at) else {
            return Err(vm.value_error("Trailing \\ in string"));
        };
        at += 1;
        match letter {
            b'\n' => {}
            b'\\' | b'\'' | b'"' => out.push(letter),
            b'b' => out.push(8),
            b'f' => out.push(12),
            b't' => out.push(b'\t'),
            b'n' => out.push(b'\n'),
            b'r' => out.push(b'\r'),
            b'v' => out.push(11),
            b'a' => out.push(7),
            b'0'..=b'7' => {
                let digits = input[at - 1..].iter().take(3);
                let digits: Vec<u8> = digits
                    .copied()
                    .take_while(|b| (b'0'..=b'7').contains(b))
                    .collect();
                let value = digits
                    .iter()
                    .fold(0, |value, digit| value * 8 + u32::from(digit - b'0'));
                at += digits.len() - 1;
                out.push(value as u8);
                if value > 0o377 && unknown.is_none() {
                    let digits = String::from_utf8_lossy(&digits);
                    unknown = Some(format!("invalid octal escape sequence '\\{digits}'"));
                }
            }
            b'x' => {
                let digit = |at: usize| input.get(at).and_then(|&b| char::from(b).to_digit(16));
                if let (Some(high), Some(low)) = (digit(at), digit(at + 1)) {
                    out.push((high << 4 | low) as u8);
                    at += 2;
                    continue;
                }
                match errors.map_or(Some("strict"), Str::as_ascii) {
                    Some("strict") => {
                        let place = at - 2;
                        return Err(
                            vm.value_error(format!("invalid \\x escape at position {place}"))
                        );
                    }
                    Some("replace") => out.push(b'?'),
                    Some("ignore") => {}
                    _ => {
                        let errors =
                            errors.map_or_else(String::new, |e| e.to_display().into_owned());
                        return Err(vm.value_error(format!(
                            "decoding error; unknown error handling code: {errors}"
                        )));
                    }
                }
                at += usize::from(digit(at).is_some());
            }
            _ => {
                out.push(b'\\');
                at -= 1;
                if unknown.is_none() {
                    let letter = char::from(letter);
                    unknown = Some(format!("invalid escape sequence '\\{letter}'"));
                }
            }
        }
    }
    if let Some(message) = unknown {
        vm.warn_deprecated(&message)?;
    }
    Ok(out)
}
