//! Long arithmetic by `dashu-int`, and the short cases that are quicker without it.

use dashu_int::UBig;
use dashu_int::fast_div::ConstDivisor;
use dashu_int::ops::{DivRem, Gcd, SquareRoot};

use super::{Big, Limbs, Signed, bit_length, trailing_zeros};

fn ubig(limbs: &[u64]) -> UBig {
    UBig::from_words(limbs)
}

fn big(negative: bool, magnitude: &UBig) -> Big {
    Big::new(negative, Limbs::from_slice(magnitude.as_words()))
}

/// Up to this many limbs in the shorter factor, products are made limb by limb.
const SHORT: usize = 6;

/// `a * b`.
pub fn mul(a: Signed<'_>, b: Signed<'_>) -> Big {
    let negative = a.negative != b.negative;
    let (long, short) = if a.limbs.len() >= b.limbs.len() {
        (a.limbs, b.limbs)
    } else {
        (b.limbs, a.limbs)
    };
    if short.len() > SHORT {
        return big(negative, &(ubig(long) * ubig(short)));
    }
    let mut product = Limbs::with_capacity(long.len() + short.len());
    product.resize(long.len() + short.len(), 0);
    for (i, &x) in short.iter().enumerate() {
        let mut carry = 0u128;
        for (j, &y) in long.iter().enumerate() {
            let t = u128::from(x) * u128::from(y) + u128::from(product[i + j]) + carry;
            product[i + j] = t as u64;
            carry = t >> 64;
        }
        product[i + long.len()] = carry as u64;
    }
    Big::new(negative, product)
}

/// `a * factor + addend` of magnitudes.
pub fn mul_limb(a: &Big, factor: u64, addend: u64) -> Big {
    let mut limbs = Limbs::with_capacity(a.limbs.len() + 1);
    let mut carry = u128::from(addend);
    for &limb in &a.limbs {
        let t = u128::from(limb) * u128::from(factor) + carry;
        limbs.push(t as u64);
        carry = t >> 64;
    }
    limbs.push(carry as u64);
    Big::new(a.negative, limbs)
}

/// Quotient rounded towards zero, and the rest, which has the sign of `a`.  `b` is not zero.
pub fn div_rem(a: Signed<'_>, b: Signed<'_>) -> (Big, Big) {
    let negative = a.negative != b.negative;
    if a.limbs.len() < b.limbs.len() {
        return (Big::default(), a.to_big());
    }
    if let [divisor] = *b.limbs {
        let mut quotient = Limbs::from_slice(a.limbs);
        let mut rest = 0u64;
        for limb in quotient.iter_mut().rev() {
            let t = u128::from(rest) << 64 | u128::from(*limb);
            *limb = (t / u128::from(divisor)) as u64;
            rest = (t % u128::from(divisor)) as u64;
        }
        return (
            Big::new(negative, quotient),
            Big::new(a.negative, Limbs::from_slice(&[rest])),
        );
    }
    let (quotient, rest) = ubig(a.limbs).div_rem(ubig(b.limbs));
    (big(negative, &quotient), big(a.negative, &rest))
}

/// Quotient rounded down, and the rest, which has the sign of `b`.  `b` is not zero.
pub fn div_mod_floor(a: Signed<'_>, b: Signed<'_>) -> (Big, Big) {
    let (quotient, rest) = div_rem(a, b);
    if rest.is_zero() || a.negative == b.negative {
        return (quotient, rest);
    }
    let one = Signed {
        negative: false,
        limbs: &[1],
    };
    (
        super::sub(quotient.signed(), one),
        super::add(rest.signed(), b),
    )
}

/// `a ** exponent`.
pub fn pow(a: Signed<'_>, exponent: usize) -> Big {
    let negative = a.negative && exponent % 2 == 1;
    if exponent == 0 {
        return Big::from(1u64);
    }
    // Powers of two times a small odd number are mostly a shift.
    let zeros = trailing_zeros(a.limbs) as usize;
    if zeros > 0 && bit_length(a.limbs) as usize == zeros + 1 {
        return super::shl(
            Signed {
                negative,
                limbs: &[1],
            },
            zeros * exponent,
        );
    }
    big(negative, &ubig(a.limbs).pow(exponent))
}

/// `base ** exponent % modulus` of magnitudes; `base` may be negative, the modulus is at least 1.
pub fn pow_mod(base: Signed<'_>, exponent: &[u64], modulus: &[u64]) -> Big {
    if modulus == [1] {
        return Big::default();
    }
    // The base is reduced here: the ring's own reduction of two words fails for some moduli.
    let divisor = Signed {
        negative: false,
        limbs: modulus,
    };
    let (_, base) = div_mod_floor(base, divisor);
    let ring = ConstDivisor::new(ubig(modulus));
    let base = ring.reduce(ubig(&base.limbs));
    big(false, &base.pow(&ubig(exponent)).residue())
}

/// Greatest common divisor of the magnitudes.
pub fn gcd(a: &[u64], b: &[u64]) -> Big {
    if a.is_empty() {
        return Big::new(false, Limbs::from_slice(b));
    }
    if b.is_empty() {
        return Big::new(false, Limbs::from_slice(a));
    }
    big(false, &ubig(a).gcd(ubig(b)))
}

/// The integer part of the square root of a magnitude.
pub fn isqrt(a: &[u64]) -> Big {
    big(false, &ubig(a).sqrt())
}

/// The decimal digits of a magnitude.
pub fn to_decimal(limbs: &[u64]) -> String {
    match *limbs {
        [] => String::from("0"),
        [limb] => limb.to_string(),
        [low, high] => (u128::from(high) << 64 | u128::from(low)).to_string(),
        _ => ubig(limbs).to_string(),
    }
}

/// The digits of a magnitude in a base from 2 to 36, lower case.
pub fn to_radix(limbs: &[u64], base: u32) -> String {
    ubig(limbs).in_radix(base as u8).to_string()
}

/// The magnitude written in a base from 2 to 36 by these ASCII digits, which are valid in it.
pub fn from_digits(digits: &[u8], base: u32) -> Big {
    // As many digits as fit a limb are worth no conversion.
    if digits.len() <= 12 {
        let value = digits.iter().fold(0u64, |value, &c| {
            value * u64::from(base) + u64::from(digit_value(c))
        });
        return Big::from(value);
    }
    let text = std::str::from_utf8(digits).unwrap_or_default();
    big(false, &UBig::from_str_radix(text, base).unwrap_or_default())
}

fn digit_value(c: u8) -> u8 {
    match c {
        b'0'..=b'9' => c - b'0',
        _ => (c | 0x20) - b'a' + 10,
    }
}
