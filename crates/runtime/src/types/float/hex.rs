//! `float.hex` and `float.fromhex`.

use crate::object::PyResult;
use crate::types::float::construct::trim;
use crate::types::int::big::ldexp;
use crate::vm::Vm;

/// The exact value in hexadecimal.
pub(super) fn to_hex(x: f64) -> String {
    if !x.is_finite() {
        return crate::types::format::float::repr(x);
    }
    let sign = if x.is_sign_negative() { "-" } else { "" };
    if x == 0.0 {
        return format!("{sign}0x0.0p+0");
    }
    let bits = x.to_bits();
    let fraction = bits & ((1 << 52) - 1);
    let power = (bits >> 52 & 0x7FF) as i32;
    let (lead, exponent) = if power == 0 {
        (0, -1022)
    } else {
        (1, power - 1023)
    };
    format!("{sign}0x{lead}.{fraction:013x}p{exponent:+}")
}

/// Reads what `float.hex` writes, and less regular forms; rounds to nearest, ties to even.
pub(super) fn from_hex(vm: &Vm, text: &str) -> PyResult<f64> {
    let malformed = || vm.value_error("invalid hexadecimal floating-point string");
    let too_large = || vm.overflow_error("hexadecimal value too large to represent as a float");
    let mut rest = trim(text.as_bytes());
    let mut negative = false;
    if let [sign @ (b'+' | b'-'), after @ ..] = rest {
        negative = *sign == b'-';
        rest = after;
    }
    let signed = |x: f64| if negative { -x } else { x };
    let word = rest.to_ascii_lowercase();
    match word.as_slice() {
        b"inf" | b"infinity" => return Ok(signed(f64::INFINITY)),
        b"nan" => return Ok(signed(f64::NAN)),
        _ => {}
    }
    let mut rest = word.strip_prefix(b"0x").unwrap_or(&word);
    let digits_end = rest
        .iter()
        .position(|c| !c.is_ascii_hexdigit())
        .unwrap_or(rest.len());
    let (whole, after) = rest.split_at(digits_end);
    rest = after;
    let mut fraction: &[u8] = &[];
    if let [b'.', after @ ..] = rest {
        let end = after
            .iter()
            .position(|c| !c.is_ascii_hexdigit())
            .unwrap_or(after.len());
        (fraction, rest) = after.split_at(end);
    }
    if whole.is_empty() && fraction.is_empty() {
        return Err(malformed());
    }
    let mut exponent = 0i64;
    if let [b'p', after @ ..] = rest {
        let (minus, digits) = match after {
            [b'-', digits @ ..] => (true, digits),
            [b'+', digits @ ..] => (false, digits),
            digits => (false, digits),
        };
        if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
            return Err(malformed());
        }
        let magnitude = digits.iter().fold(0i64, |n, c| {
            n.saturating_mul(10).saturating_add(i64::from(c - b'0'))
        });
        exponent = if minus { -magnitude } else { magnitude };
    } else if !rest.is_empty() {
        return Err(malformed());
    }
    // The leading 60 bits, the last of which also stands for all that follow.
    let mut mantissa = 0u64;
    let mut skipped = 0i64;
    for &c in whole.iter().chain(fraction) {
        let digit = u64::from(char::from(c).to_digit(16).unwrap_or(0));
        if mantissa >> 56 == 0 {
            mantissa = mantissa << 4 | digit;
        } else {
            skipped += 4;
            mantissa |= u64::from(digit != 0);
        }
    }
    if mantissa == 0 {
        return Ok(signed(0.0));
    }
    let scale = exponent
        .saturating_add(skipped)
        .saturating_sub(4 * fraction.len() as i64);
    // First to 53 bits, or as many as a subnormal result has, then exactly.
    let length = i64::from(64 - mantissa.leading_zeros());
    let drop = (length - 53).max((-1074i64).saturating_sub(scale));
    if drop > length {
        return Ok(signed(0.0));
    }
    let mut scale = scale;
    if drop > 0 {
        let kept = if drop == 64 { 0 } else { mantissa >> drop };
        let lost = mantissa & ((1u64 << drop) - 1);
        let half = 1u64 << (drop - 1);
        mantissa = kept + u64::from(lost > half || (lost == half && kept & 1 == 1));
        scale += drop;
    }
    let x = ldexp(mantissa as f64, scale);
    if x.is_infinite() {
        return Err(too_large());
    }
    Ok(signed(x))
}
