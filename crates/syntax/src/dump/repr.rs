//! Values as Python's `repr` writes them.

use crate::ast::Constant;
use crate::lexer::is_printable;
use std::fmt::Write as _;

/// `repr(value)`.
pub(super) fn constant(value: &Constant) -> String {
    match value {
        Constant::None => "None".into(),
        Constant::True => "True".into(),
        Constant::False => "False".into(),
        Constant::Ellipsis => "Ellipsis".into(),
        Constant::Int(n) => n.to_string(),
        Constant::BigInt(hex) => hex_to_decimal(hex),
        Constant::Float(x) => float(*x),
        Constant::Complex(x) => {
            let text = float(*x);
            format!("{}j", text.strip_suffix(".0").unwrap_or(&text))
        }
        Constant::Str { value, .. } => string(value.code_points()),
        Constant::Bytes(b) => bytes(b),
    }
}

/// `repr` of a string.
pub(super) fn string(text: impl Iterator<Item = u32>) -> String {
    let text: Vec<u32> = text.collect();
    let has = |c: char| text.contains(&u32::from(c));
    let quote = if has('\'') && !has('"') { '"' } else { '\'' };
    let mut out = String::from(quote);
    for c in text {
        match char::from_u32(c) {
            Some('\n') => out.push_str("\\n"),
            Some('\r') => out.push_str("\\r"),
            Some('\t') => out.push_str("\\t"),
            Some('\\') => out.push_str("\\\\"),
            Some(ch) if ch == quote => {
                out.push('\\');
                out.push(ch);
            }
            Some(ch) if is_printable(ch) => out.push(ch),
            // Writing to a string cannot fail.
            _ if c < 0x100 => drop(write!(out, "\\x{c:02x}")),
            _ if c < 0x10000 => drop(write!(out, "\\u{c:04x}")),
            _ => drop(write!(out, "\\U{c:08x}")),
        }
    }
    out.push(quote);
    out
}

fn bytes(data: &[u8]) -> String {
    let quote = if data.contains(&b'\'') && !data.contains(&b'"') {
        '"'
    } else {
        '\''
    };
    let mut out = format!("b{quote}");
    for &b in data {
        match b {
            b'\n' => out.push_str("\\n"),
            b'\r' => out.push_str("\\r"),
            b'\t' => out.push_str("\\t"),
            b'\\' => out.push_str("\\\\"),
            _ if char::from(b) == quote => {
                out.push('\\');
                out.push(quote);
            }
            b' '..=b'~' => out.push(char::from(b)),
            _ => drop(write!(out, "\\x{b:02x}")),
        }
    }
    out.push(quote);
    out
}

/// The shortest decimal form; exponents outside of -4..16.
fn float(x: f64) -> String {
    if x.is_infinite() {
        return "inf".into();
    }
    if x == 0.0 {
        return "0.0".into();
    }
    let scientific = format!("{x:e}");
    let (digits, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    if (-4..16).contains(&exponent) {
        let plain = format!("{x}");
        return if plain.contains('.') {
            plain
        } else {
            plain + ".0"
        };
    }
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{digits}e{sign}{:02}", exponent.abs())
}

fn hex_to_decimal(hex: &str) -> String {
    // Groups of nine decimal digits, least significant first.
    let mut groups: Vec<u32> = Vec::new();
    for digit in hex.chars().filter_map(|c| c.to_digit(16)) {
        let mut carry = u64::from(digit);
        for group in &mut groups {
            let value = u64::from(*group) * 16 + carry;
            *group = (value % 1_000_000_000) as u32;
            carry = value / 1_000_000_000;
        }
        if carry > 0 {
            groups.push(carry as u32);
        }
    }
    let mut out = String::new();
    for group in groups.iter().rev() {
        if out.is_empty() {
            out = group.to_string();
        } else {
            let _ = write!(out, "{group:09}");
        }
    }
    out
}
