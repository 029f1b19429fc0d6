//! Arithmetic on constants.  What would raise, or make something large, is left to run time.

use bytecode::Const;
use dashu_int::IBig;
use syntax::ast::{Operator, UnaryOp};

use super::sequence;

/// Integers of more bits are not made by `*`, `**` and `<<`.
const MAX_INT_BITS: u64 = 128;

/// A Python `bool`.
pub(super) fn boolean(value: bool) -> Const {
    if value { Const::True } else { Const::False }
}

/// A number, `bool` taken as `int`.
enum Number {
    Int(IBig),
    Float(f64),
    Complex(f64, f64),
}

fn number(value: &Const) -> Option<Number> {
    Some(match value {
        Const::True => Number::Int(IBig::ONE),
        Const::False => Number::Int(IBig::ZERO),
        Const::Int(v) => Number::Int(IBig::from(*v)),
        Const::BigInt(digits) => Number::Int(IBig::from_str_radix(digits, 16).ok()?),
        Const::Float(v) => Number::Float(*v),
        Const::Complex(re, im) => Number::Complex(*re, *im),
        _ => return None,
    })
}

fn integer(value: IBig) -> Const {
    match i64::try_from(&value) {
        Ok(small) => Const::Int(small),
        Err(_) => Const::BigInt(value.in_radix(16).to_string().into()),
    }
}

/// The integer as a float, if it is one exactly.
fn exact_float(value: &IBig) -> Option<f64> {
    let small = i64::try_from(value).ok()?;
    (small.unsigned_abs() <= 1 << 53).then_some(small as f64)
}

/// `op value`, other than `not`.
pub(super) fn unary(op: UnaryOp, value: &Const) -> Option<Const> {
    Some(match (op, number(value)?) {
        (UnaryOp::Invert, Number::Int(v)) => integer(!v),
        (UnaryOp::USub, Number::Int(v)) => integer(-v),
        (UnaryOp::UAdd, Number::Int(v)) => integer(v),
        (UnaryOp::USub, Number::Float(v)) => Const::Float(-v),
        (UnaryOp::UAdd, Number::Float(v)) => Const::Float(v),
        (UnaryOp::USub, Number::Complex(re, im)) => Const::Complex(-re, -im),
        (UnaryOp::UAdd, Number::Complex(re, im)) => Const::Complex(re, im),
        _ => return None,
    })
}

/// `left op right`.
pub(super) fn binary(op: Operator, left: &Const, right: &Const) -> Option<Const> {
    let (Some(l), Some(r)) = (number(left), number(right)) else {
        return match op {
            Operator::Add => sequence::concat(left, right),
            Operator::Mult => {
                sequence::repeat(left, right).or_else(|| sequence::repeat(right, left))
            }
            _ => None,
        };
    };
    if let Some(value) = bool_logic(op, left, right) {
        return Some(value);
    }
    match (l, r) {
        (Number::Int(l), Number::Int(r)) => int_op(op, &l, &r),
        (Number::Complex(re, im), r) => complex_op(op, (re, im), as_complex(r)?),
        (l, Number::Complex(re, im)) => complex_op(op, as_complex(l)?, (re, im)),
        (l, r) => float_op(op, as_float(l)?, as_float(r)?),
    }
}

fn bool_logic(op: Operator, left: &Const, right: &Const) -> Option<Const> {
    let bit = |c: &Const| match c {
        Const::True => Some(true),
        Const::False => Some(false),
        _ => None,
    };
    let (l, r) = (bit(left)?, bit(right)?);
    match op {
        Operator::BitAnd => Some(boolean(l & r)),
        Operator::BitOr => Some(boolean(l | r)),
        Operator::BitXor => Some(boolean(l ^ r)),
        _ => None,
    }
}

fn as_float(value: Number) -> Option<f64> {
    match value {
        Number::Int(v) => exact_float(&v),
        Number::Float(v) => Some(v),
        Number::Complex(..) => None,
    }
}

fn as_complex(value: Number) -> Option<(f64, f64)> {
    match value {
        Number::Complex(re, im) => Some((re, im)),
        other => Some((as_float(other)?, 0.0)),
    }
}

fn bits(value: &IBig) -> u64 {
    let magnitude = if *value < IBig::ZERO {
        -value
    } else {
        value.clone()
    };
    // The hexadecimal digits tell; constants are short.
    let digits = magnitude.in_radix(16).to_string();
    let first = digits
        .chars()
        .next()
        .and_then(|c| c.to_digit(16))
        .unwrap_or(0);
    (digits.len() as u64 - 1) * 4 + u64::from(u32::BITS - first.leading_zeros())
}

fn int_op(op: Operator, l: &IBig, r: &IBig) -> Option<Const> {
    let zero = IBig::ZERO;
    Some(integer(match op {
        Operator::Add => l + r,
        Operator::Sub => l - r,
        Operator::Mult => {
            if *l != zero && *r != zero && bits(l) + bits(r) > MAX_INT_BITS {
                return None;
            }
            l * r
        }
        Operator::FloorDiv if *r != zero => floor_div(l, r).0,
        Operator::Mod if *r != zero => floor_div(l, r).1,
        Operator::Div if *r != zero => {
            return Some(Const::Float(exact_float(l)? / exact_float(r)?));
        }
        Operator::Pow => return int_pow(l, r),
        Operator::LShift => {
            let shift = u64::try_from(r).ok()?;
            if *l != zero && (shift > MAX_INT_BITS || bits(l) + shift > MAX_INT_BITS) {
                return None;
            }
            if *l == zero {
                zero
            } else {
                l << shift as usize
            }
        }
        Operator::RShift => {
            let shift = u64::try_from(r).ok()?;
            let negative = *l < zero;
            let magnitude = if negative { !l } else { l.clone() };
            let shifted = if shift > bits(&magnitude) {
                zero
            } else {
                magnitude >> shift as usize
            };
            if negative { !shifted } else { shifted }
        }
        Operator::BitOr => l | r,
        Operator::BitXor => l ^ r,
        Operator::BitAnd => l & r,
        Operator::MatMult | Operator::FloorDiv | Operator::Mod | Operator::Div => return None,
    }))
}

/// Quotient and remainder, rounded towards minus infinity.
fn floor_div(l: &IBig, r: &IBig) -> (IBig, IBig) {
    let (mut quotient, mut remainder) = (l / r, l % r);
    if remainder != IBig::ZERO && (remainder < IBig::ZERO) != (*r < IBig::ZERO) {
        quotient -= IBig::ONE;
        remainder += r;
    }
    (quotient, remainder)
}

fn int_pow(l: &IBig, r: &IBig) -> Option<Const> {
    if *r < IBig::ZERO {
        return float_op(Operator::Pow, exact_float(l)?, exact_float(r)?);
    }
    if *l == IBig::ZERO {
        return Some(integer(if *r == IBig::ZERO {
            IBig::ONE
        } else {
            IBig::ZERO
        }));
    }
    let exponent = u32::try_from(r).ok()?;
    if bits(l).saturating_mul(u64::from(exponent)) > MAX_INT_BITS {
        return None;
    }
    Some(integer(l.pow(exponent as usize)))
}

fn float_op(op: Operator, l: f64, r: f64) -> Option<Const> {
    Some(Const::Float(match op {
        Operator::Add => l + r,
        Operator::Sub => l - r,
        Operator::Mult => l * r,
        Operator::Div if r != 0.0 => l / r,
        Operator::FloorDiv if r != 0.0 => float_div_mod(l, r).0,
        Operator::Mod if r != 0.0 => float_div_mod(l, r).1,
        Operator::Pow => {
            let defined = l.is_finite() && r.is_finite() && !(l == 0.0 && r < 0.0);
            if !defined || l < 0.0 && r.fract() != 0.0 {
                return None;
            }
            Some(l.powf(r)).filter(|v| v.is_finite())?
        }
        _ => return None,
    }))
}

/// Python's `divmod` of floats; the divisor is not zero.
fn float_div_mod(l: f64, r: f64) -> (f64, f64) {
    let mut remainder = l % r;
    let mut quotient = (l - remainder) / r;
    if remainder != 0.0 {
        if (r < 0.0) != (remainder < 0.0) {
            remainder += r;
            quotient -= 1.0;
        }
    } else {
        remainder = 0.0_f64.copysign(r);
    }
    let floored = if quotient != 0.0 {
        let floor = quotient.floor();
        if quotient - floor > 0.5 {
            floor + 1.0
        } else {
            floor
        }
    } else {
        0.0_f64.copysign(l / r)
    };
    (floored, remainder)
}

fn complex_op(op: Operator, (a, b): (f64, f64), (c, d): (f64, f64)) -> Option<Const> {
    Some(match op {
        Operator::Add => Const::Complex(a + c, b + d),
        Operator::Sub => Const::Complex(a - c, b - d),
        Operator::Mult => Const::Complex(a * c - b * d, a * d + b * c),
        Operator::Div => return complex_div((a, b), (c, d)),
        Operator::Pow => return complex_pow((a, b), (c, d)),
        _ => return None,
    })
}

/// The quotient, scaled by the larger part of the divisor.
fn complex_div((a, b): (f64, f64), (c, d): (f64, f64)) -> Option<Const> {
    if c == 0.0 && d == 0.0 {
        return None;
    }
    if c.abs() >= d.abs() {
        let ratio = d / c;
        let denominator = c + d * ratio;
        let (re, im) = (a + b * ratio, b - a * ratio);
        Some(Const::Complex(re / denominator, im / denominator))
    } else if d.abs() >= c.abs() {
        let ratio = c / d;
        let denominator = c * ratio + d;
        let (re, im) = (a * ratio + b, b * ratio - a);
        Some(Const::Complex(re / denominator, im / denominator))
    } else {
        None
    }
}

/// The power: by multiplication for small whole exponents, else in polar form.
fn complex_pow(base: (f64, f64), exponent: (f64, f64)) -> Option<Const> {
    let (n, im) = exponent;
    if im == 0.0 && n == n.floor() && n.abs() <= 100.0 {
        let mut product = (1.0, 0.0);
        let mut square = base;
        let mut bits = n.abs() as u32;
        let mul = |(a, b): (f64, f64), (c, d): (f64, f64)| (a * c - b * d, a * d + b * c);
        while bits > 0 {
            if bits & 1 == 1 {
                product = mul(product, square);
            }
            bits >>= 1;
            if bits > 0 {
                square = mul(square, square);
            }
        }
        if n < 0.0 {
            return complex_div((1.0, 0.0), product);
        }
        return Some(Const::Complex(product.0, product.1));
    }
    if base == (0.0, 0.0) {
        return (im == 0.0 && n > 0.0).then_some(Const::Complex(0.0, 0.0));
    }
    let size = base.0.hypot(base.1);
    let angle = base.1.atan2(base.0);
    let mut length = size.powf(n);
    let mut phase = angle * n;
    if im != 0.0 {
        length *= (-angle * im).exp();
        phase += im * size.ln();
    }
    let (re, im) = (length * phase.cos(), length * phase.sin());
    (re.is_finite() && im.is_finite()).then_some(Const::Complex(re, im))
}

/// A key that is equal for constants that Python's `==` finds equal.
pub(crate) fn equality_key(value: &Const) -> Const {
    match value {
        Const::True => Const::Int(1),
        Const::False => Const::Int(0),
        Const::Float(v) if v.fract() == 0.0 && v.abs() < 9e18 => Const::Int(*v as i64),
        Const::Complex(re, 0.0) => equality_key(&Const::Float(*re)),
        Const::Tuple(items) => Const::Tuple(items.iter().map(equality_key).collect()),
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn int(op: Operator, l: i64, r: i64) -> Option<Const> {
        binary(op, &Const::Int(l), &Const::Int(r))
    }

    #[test]
    fn integers_round_down() {
        assert_eq!(int(Operator::FloorDiv, -7, 2), Some(Const::Int(-4)));
        assert_eq!(int(Operator::Mod, -7, 2), Some(Const::Int(1)));
        assert_eq!(int(Operator::RShift, -7, 1), Some(Const::Int(-4)));
        assert_eq!(int(Operator::RShift, -7, 1 << 40), Some(Const::Int(-1)));
        assert_eq!(int(Operator::Div, 1, 2), Some(Const::Float(0.5)));
        assert_eq!(int(Operator::Div, 1, 0), None);
        assert_eq!(int(Operator::Pow, 2, -1), Some(Const::Float(0.5)));
    }

    #[test]
    fn large_results_are_left_alone() {
        assert_eq!(
            int(Operator::LShift, 1, 64),
            Some(Const::BigInt("10000000000000000".into()))
        );
        assert!(int(Operator::LShift, 1, 127).is_some());
        assert_eq!(int(Operator::LShift, 1, 128), None);
        assert!(int(Operator::Pow, 2, 64).is_some());
        assert_eq!(int(Operator::Pow, 2, 65), None);
        assert_eq!(int(Operator::LShift, 1, -1), None);
    }
}
