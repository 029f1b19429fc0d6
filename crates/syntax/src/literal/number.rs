//! Values of numeric literals.

use crate::ast::Constant;

/// How many digits a decimal literal may have if nobody says (`sys.get_int_max_str_digits`).
const MAX_DECIMAL_DIGITS: usize = 4300;

/// The value of an integer literal, or the message that refuses it; `most` decimal digits are
/// allowed, any number where that is 0.
pub(crate) fn integer(text: &str, most: Option<usize>) -> Result<Constant, String> {
    let most = most.unwrap_or(MAX_DECIMAL_DIGITS);
    let digits: String;
    let text = if text.contains('_') {
        digits = text.replace('_', "");
        &digits
    } else {
        text
    };
    let radix = match text.as_bytes().get(1) {
        Some(b'x' | b'X') => 16,
        Some(b'o' | b'O') => 8,
        Some(b'b' | b'B') => 2,
        _ => 10,
    };
    let body = if radix == 10 { text } else { &text[2..] };
    if let Ok(value) = i64::from_str_radix(body, radix) {
        return Ok(Constant::Int(value));
    }
    let body = body.trim_start_matches('0');
    let hex = match radix {
        16 => body.to_ascii_lowercase(),
        8 => binary_to_hex(
            body.bytes()
                .flat_map(|d| (0..3).rev().map(move |i| d >> i & 1)),
        ),
        2 => binary_to_hex(body.bytes().map(|d| d & 1)),
        _ if most > 0 && body.len() > most => {
            return Err(format!(
                "Exceeds the limit ({most} digits) for integer string conversion: \
                 value has {} digits; use sys.set_int_max_str_digits() to increase the limit - \
                 Consider hexadecimal for huge integer literals to avoid decimal conversion \
                 limits.",
                body.len()
            ));
        }
        _ => decimal_to_hex(body),
    };
    Ok(Constant::BigInt(hex.into()))
}

/// Bits, most significant first.
fn binary_to_hex(bits: impl Iterator<Item = u8>) -> String {
    let bits: Vec<u8> = bits.skip_while(|b| *b == 0).collect();
    let nibble = |chunk: &[u8]| chunk.iter().fold(0, |n, b| n << 1 | u32::from(*b));
    let (head, rest) = bits.split_at(bits.len() % 4);
    let head = (!head.is_empty()).then(|| nibble(head));
    head.into_iter()
        .chain(rest.chunks(4).map(nibble))
        .filter_map(|n| char::from_digit(n, 16))
        .collect()
}

fn decimal_to_hex(digits: &str) -> String {
    // Least significant limb first.
    let mut limbs: Vec<u32> = Vec::with_capacity(digits.len() / 9 + 1);
    for chunk in chunks_from_right(digits) {
        let mut carry = chunk.bytes().fold(0, |n, d| n * 10 + u64::from(d - b'0'));
        let scale = 10u64.pow(chunk.len() as u32);
        for limb in &mut limbs {
            let value = u64::from(*limb) * scale + carry;
            *limb = value as u32;
            carry = value >> 32;
        }
        if carry > 0 {
            limbs.push(carry as u32);
        }
    }
    let mut out = String::with_capacity(limbs.len() * 8);
    for limb in limbs.iter().rev() {
        if out.is_empty() {
            out.push_str(&format!("{limb:x}"));
        } else {
            out.push_str(&format!("{limb:08x}"));
        }
    }
    out
}

/// Pieces of nine digits; only the first may be shorter.
fn chunks_from_right(digits: &str) -> impl Iterator<Item = &str> {
    let (head, rest) = digits.split_at(digits.len() % 9);
    let rest = (0..rest.len() / 9).map(move |i| &rest[i * 9..i * 9 + 9]);
    (!head.is_empty()).then_some(head).into_iter().chain(rest)
}

/// The value of a floating point literal (or of an imaginary one without its unit).
pub(crate) fn float(text: &str) -> Option<f64> {
    if text.contains('_') {
        return text.replace('_', "").parse().ok();
    }
    text.parse().ok()
}
