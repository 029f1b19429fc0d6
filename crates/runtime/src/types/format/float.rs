//! The digits of floats: the shortest ones that read back as the same number, or any number of
//! exact ones, laid out by the rules of `repr` and of the `e`, `f` and `g` formats.

/// Beyond this many places or significant digits every float has only zeros.
const ALL_DIGITS: usize = 1100;

/// `repr(x)`.
pub fn repr(x: f64) -> String {
    to_string(x, b'r', 0, Style::REPR)
}

/// Variations of the layout.
#[derive(Clone, Copy, Debug, Default)]
pub struct Style {
    /// Keep the decimal point and trailing zeros.
    pub alternate: bool,
    /// Add `.0` to what would look like an integer.
    pub dot_zero: bool,
    /// Begin positive numbers with `+`.
    pub plus: bool,
    /// Write a zero that came out negative without its sign.
    pub no_negative_zero: bool,
}

impl Style {
    /// Nothing special.
    pub const PLAIN: Style = Style {
        alternate: false,
        dot_zero: false,
        plus: false,
        no_negative_zero: false,
    };
    /// As `repr` writes.
    pub const REPR: Style = Style {
        dot_zero: true,
        ..Style::PLAIN
    };
}

/// The text of `x` in format `kind`: `e f g E F G` with a precision, or `r` for the shortest
/// digits that identify the number.
pub fn to_string(x: f64, kind: u8, precision: usize, style: Style) -> String {
    let upper = kind.is_ascii_uppercase();
    let mut text = if x.is_nan() {
        String::from("nan")
    } else if x.is_infinite() {
        String::from("inf")
    } else {
        finite(x.abs(), kind.to_ascii_lowercase(), precision, style)
    };
    let is_zero = || {
        !text
            .bytes()
            .take_while(|c| *c != b'e')
            .any(|c| matches!(c, b'1'..=b'9'))
    };
    let negative = x.is_sign_negative()
        && !x.is_nan()
        && !(style.no_negative_zero && x.is_finite() && is_zero());
    if negative {
        text.insert(0, '-');
    } else if style.plus {
        text.insert(0, '+');
    }
    if upper {
        text.make_ascii_uppercase();
    }
    text
}

fn finite(x: f64, kind: u8, precision: usize, style: Style) -> String {
    match kind {
        b'f' => {
            let exact = precision.min(ALL_DIGITS);
            let mut text = fixed(x, exact).unwrap_or_else(|| format!("{x:.exact$}"));
            push_zeros(&mut text, precision - exact);
            if style.alternate && precision == 0 {
                text.push('.');
            }
            text
        }
        b'e' => {
            let exact = precision.min(ALL_DIGITS);
            let text = format!("{x:.exact$e}");
            let (mantissa, exponent) = split_exponent(&text);
            let mut text = String::from(mantissa);
            push_zeros(&mut text, precision - exact);
            if style.alternate && precision == 0 {
                text.push('.');
            }
            push_exponent(&mut text, exponent);
            text
        }
        b'g' => {
            let significant = precision.max(1);
            let text = format!("{x:.*e}", significant.min(ALL_DIGITS) - 1);
            let (mantissa, exponent) = split_exponent(&text);
            let limit = significant as i64 - i64::from(style.dot_zero);
            general(mantissa, exponent, limit, significant, style)
        }
        _ => {
            let text = shortest(x);
            let (mantissa, exponent) = split_exponent(text.as_str());
            general(mantissa, exponent, 16, 0, style)
        }
    }
}

/// `x` (not negative) with a few places, if its digits fit a machine word: the number is scaled
/// exactly and rounded once, halves to even.
fn fixed(x: f64, places: usize) -> Option<String> {
    if places > 15 || x.is_nan() || x >= 1e15 || x != 0.0 && x < 1e-15 {
        return None;
    }
    let bits = x.to_bits();
    let exponent = (bits >> 52) as i32 - 1075;
    let mantissa = if x == 0.0 {
        0
    } else {
        bits & ((1 << 52) - 1) | 1 << 52
    };
    // Below 2^53 · 10^15 < 2^103.
    let scaled = u128::from(mantissa) * 10u128.pow(places as u32);
    let rounded = if exponent >= 0 {
        scaled << exponent
    } else {
        let shift = -exponent as u32;
        if shift > 120 && x != 0.0 {
            return None;
        }
        let shift = shift.min(120);
        let (whole, rest) = (scaled >> shift, scaled & ((1 << shift) - 1));
        let half = 1u128 << (shift - 1);
        if rest > half || rest == half && whole & 1 == 1 {
            whole + 1
        } else {
            whole
        }
    };
    let digits = u64::try_from(rounded).ok()?.to_string();
    if places == 0 {
        return Some(digits);
    }
    let mut text = String::with_capacity(digits.len().max(places + 1) + 1);
    let before = digits.len().saturating_sub(places);
    text.push_str(if before == 0 { "0" } else { &digits[..before] });
    text.push('.');
    push_zeros(&mut text, places - (digits.len() - before));
    text.push_str(&digits[before..]);
    Some(text)
}

/// The shortest digits that read back as `x`; of two such numbers equally near the one whose last
/// digit is even, where the standard formatter takes the greater.
fn shortest(x: f64) -> Short {
    let text = Short::of(x);
    // Such a float has at most 18 decimal digits, so few binary places, and is not large.
    const PLACES: f64 = (1u64 << 30) as f64;
    const LARGE: f64 = PLACES * PLACES * PLACES;
    if x >= LARGE || (x * PLACES).fract() != 0.0 {
        return text;
    }
    let digits = text.as_str();
    let Some(end) = digits.find('e') else {
        return text;
    };
    let last = digits.as_bytes()[end - 1];
    let count = digits[..end].bytes().filter(u8::is_ascii_digit).count();
    if count < 16 || last.is_multiple_of(2) {
        return text;
    }
    let lower = format!(
        "{}{}{}",
        &digits[..end - 1],
        char::from(last - 1),
        &digits[end..]
    );
    // All digits of such a float fit into 60.
    let exact = format!("{x:.60e}");
    let tail = exact.get(end..).and_then(|tail| tail.split_once('e'));
    let in_the_middle = exact.get(..end) == Some(&lower[..end])
        && tail.is_some_and(|(tail, _)| tail.trim_end_matches('0') == "5");
    if in_the_middle && lower.parse() == Ok(x) {
        Short::from(&lower)
    } else {
        text
    }
}

/// The shortest digits of a float with their exponent: at most 17 digits, so they need no block.
struct Short {
    bytes: [u8; 32],
    len: usize,
}

impl Short {
    fn from(text: &str) -> Short {
        let mut new = Short {
            bytes: [0; 32],
            len: 0,
        };
        let len = text.len().min(new.bytes.len());
        new.bytes[..len].copy_from_slice(&text.as_bytes()[..len]);
        new.len = len;
        new
    }

    fn of(x: f64) -> Short {
        use std::fmt::Write;
        let mut new = Short {
            bytes: [0; 32],
            len: 0,
        };
        // A float's digits, point, sign and exponent are no more than 24 bytes.
        let _ = write!(new, "{x:e}");
        new
    }

    fn as_str(&self) -> &str {
        str::from_utf8(&self.bytes[..self.len]).unwrap_or_default()
    }
}

impl std::fmt::Write for Short {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        let end = self.len + text.len();
        self.bytes
            .get_mut(self.len..end)
            .ok_or(std::fmt::Error)?
            .copy_from_slice(text.as_bytes());
        self.len = end;
        Ok(())
    }
}

fn split_exponent(text: &str) -> (&str, i64) {
    // The formatter writes an exponent always.
    let (mantissa, exponent) = text.split_once('e').unwrap_or((text, "0"));
    (mantissa, exponent.parse().unwrap_or(0))
}

fn push_zeros(text: &mut String, count: usize) {
    text.extend(std::iter::repeat_n('0', count));
}

fn push_exponent(text: &mut String, exponent: i64) {
    use std::fmt::Write;
    let sign = if exponent < 0 { '-' } else { '+' };
    // Writing to a string cannot fail.
    let _ = write!(text, "e{sign}{:02}", exponent.abs());
}

/// Lays digits out with an exponent, or without one where the point's place is from -3 to `limit`.
fn general(mantissa: &str, exponent: i64, limit: i64, significant: usize, style: Style) -> String {
    let mut digits = String::with_capacity(mantissa.len() + 16);
    let (before, after) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    digits.push_str(before);
    digits.push_str(after);
    let kept = digits.trim_end_matches('0').len().max(1);
    digits.truncate(kept);
    // The point's place: how many digits are before it.
    let mut point = exponent + 1;
    let with_exponent = point <= -4 || point > limit;
    if with_exponent {
        point = 1;
    }
    let mut end = digits.len() as i64;
    if style.alternate {
        end = end.max(significant as i64);
    }
    let needed = if !with_exponent && style.dot_zero {
        point + 1
    } else {
        point
    };
    let end = end.max(needed);
    let mut text = String::with_capacity(digits.len() + 24);
    if point <= 0 {
        text.push_str("0.");
        push_zeros(&mut text, (-point) as usize);
        text.push_str(&digits);
        push_zeros(&mut text, (end - digits.len() as i64).max(0) as usize);
    } else {
        let missing = (end - digits.len() as i64).max(0) as usize;
        push_zeros(&mut digits, missing);
        text.push_str(&digits[..point as usize]);
        text.push('.');
        text.push_str(&digits[point as usize..]);
    }
    if text.ends_with('.') && !style.alternate {
        text.pop();
    }
    if with_exponent {
        push_exponent(&mut text, exponent);
    }
    text
}
