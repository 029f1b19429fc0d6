//! Constants as Python's `repr` shows them, for listings.

use std::fmt::Write;

use crate::code::{Const, Wtf8};

/// `repr` of a constant.  A code object shows without its address, so that listings are stable.
pub fn constant(value: &Const) -> String {
    let mut out = String::new();
    write_constant(&mut out, value);
    out
}

fn write_constant(out: &mut String, value: &Const) {
    match value {
        Const::None => out.push_str("None"),
        Const::True => out.push_str("True"),
        Const::False => out.push_str("False"),
        Const::Ellipsis => out.push_str("Ellipsis"),
        Const::Int(v) => write!(out, "{v}").expect("writing to a String cannot fail"),
        Const::BigInt(hex) => out.push_str(&decimal(hex)),
        Const::Float(v) => out.push_str(&float(*v)),
        Const::Complex(re, im) => out.push_str(&complex(*re, *im)),
        Const::Str(text) => out.push_str(&string(text)),
        Const::Bytes(bytes) => out.push_str(&byte_string(bytes)),
        Const::Tuple(items) => {
            out.push('(');
            write_items(out, items);
            out.push_str(if items.len() == 1 { ",)" } else { ")" });
        }
        Const::FrozenSet(items) => {
            out.push_str("frozenset({");
            write_items(out, items);
            out.push_str("})");
        }
        Const::Code(code) => {
            write!(
                out,
                "<code object {}, file \"{}\", line {}>",
                code.name, code.filename, code.first_line
            )
            .expect("writing to a String cannot fail");
        }
    }
}

fn write_items(out: &mut String, items: &[Const]) {
    for (i, item) in items.iter().enumerate() {
        if i > 0 {
            out.push_str(", ");
        }
        write_constant(out, item);
    }
}

/// `repr` of a float: the shortest digits that read back, an exponent from 1e16 and below 1e-4.
pub fn float(value: f64) -> String {
    if value.is_nan() {
        return "nan".to_owned();
    }
    if value.is_infinite() {
        return if value > 0.0 { "inf" } else { "-inf" }.to_owned();
    }
    let text = format!("{value:e}");
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    if (-4..16).contains(&exponent) {
        let plain = format!("{value}");
        return if plain.contains('.') {
            plain
        } else {
            plain + ".0"
        };
    }
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{mantissa}e{sign}{:02}", exponent.unsigned_abs())
}

fn complex(re: f64, im: f64) -> String {
    let part = |v: f64| {
        let text = float(v);
        text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
    };
    if re == 0.0 && re.is_sign_positive() {
        return format!("{}j", part(im));
    }
    let im_text = part(im);
    let sign = if im_text.starts_with('-') { "" } else { "+" };
    format!("({}{sign}{im_text}j)", part(re))
}

/// `repr` of a string.
pub fn string(text: &Wtf8) -> String {
    let has = |c: char| text.code_points().any(|p| p == c as u32);
    let quote = if has('\'') && !has('"') { '"' } else { '\'' };
    let mut out = String::new();
    out.push(quote);
    for point in text.code_points() {
        match char::from_u32(point) {
            Some('\n') => out.push_str("\\n"),
            Some('\r') => out.push_str("\\r"),
            Some('\t') => out.push_str("\\t"),
            Some('\\') => out.push_str("\\\\"),
            Some(c) if c == quote => {
                out.push('\\');
                out.push(c);
            }
            Some(c) if !c.is_control() => out.push(c),
            _ => {
                let escaped = match point {
                    0..=0xFF => format!("\\x{point:02x}"),
                    0x100..=0xFFFF => format!("\\u{point:04x}"),
                    _ => format!("\\U{point:08x}"),
                };
                out.push_str(&escaped);
            }
        }
    }
    out.push(quote);
    out
}

fn byte_string(bytes: &[u8]) -> String {
    let quote = if bytes.contains(&b'\'') && !bytes.contains(&b'"') {
        b'"'
    } else {
        b'\''
    };
    let mut out = String::from("b");
    out.push(quote as char);
    for &b in bytes {
        match b {
            b'\n' => out.push_str("\\n"),
            b'\r' => out.push_str("\\r"),
            b'\t' => out.push_str("\\t"),
            b'\\' => out.push_str("\\\\"),
            _ if b == quote => {
                out.push('\\');
                out.push(b as char);
            }
            b' '..=b'~' => out.push(b as char),
            _ => out.push_str(&format!("\\x{b:02x}")),
        }
    }
    out.push(quote as char);
    out
}

/// Base 16 to base 10, by repeated multiplication of base 10⁹ digits.
fn decimal(hex: &str) -> String {
    let (sign, digits) = hex.strip_prefix('-').map_or(("", hex), |rest| ("-", rest));
    let mut limbs: Vec<u32> = vec![0];
    for digit in digits.chars().filter_map(|c| c.to_digit(16)) {
        let mut carry = u64::from(digit);
        for limb in &mut limbs {
            let value = u64::from(*limb) * 16 + carry;
            *limb = (value % 1_000_000_000) as u32;
            carry = value / 1_000_000_000;
        }
        if carry > 0 {
            limbs.push(carry as u32);
        }
    }
    let mut out = String::from(sign);
    for (i, limb) in limbs.iter().rev().enumerate() {
        let text = if i == 0 {
            limb.to_string()
        } else {
            format!("{limb:09}")
        };
        out.push_str(&text);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_read_as_python_writes_them() {
        for (value, text) in [
            (1.0, "1.0"),
            (-0.0, "-0.0"),
            (1e16, "1e+16"),
            (1.5e-5, "1.5e-05"),
            (0.0001, "0.0001"),
            (123456789012345.0, "123456789012345.0"),
            (1e300, "1e+300"),
        ] {
            assert_eq!(float(value), text);
        }
    }

    #[test]
    fn big_integers_become_decimal() {
        assert_eq!(decimal("-10000000000000000"), "-18446744073709551616");
    }

    #[test]
    fn strings_choose_their_quote() {
        assert_eq!(string(&Wtf8::from("a'b")), "\"a'b\"");
        assert_eq!(string(&Wtf8::from("a\n\u{7f}")), "'a\\n\\x7f'");
    }
}
