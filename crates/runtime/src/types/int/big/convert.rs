//! Conversion between integers, floats and bytes; rounding is to nearest, ties to even.

use super::{Big, Limbs, Signed, bit_length, div_rem, shl};

/// `x * 2^exponent`, rounded once; overflow gives an infinity.
pub fn ldexp(x: f64, exponent: i64) -> f64 {
    if x == 0.0 || !x.is_finite() {
        return x;
    }
    let bits = x.to_bits();
    let sign = bits & 1 << 63;
    let mut mantissa = bits & ((1 << 52) - 1);
    let mut power = (bits >> 52 & 0x7FF) as i64;
    if power == 0 {
        let shift = mantissa.leading_zeros() - 11;
        mantissa <<= shift;
        power = 1 - i64::from(shift);
    } else {
        mantissa |= 1 << 52;
    }
    let power = power.saturating_add(exponent);
    if power >= 0x7FF {
        return f64::from_bits(sign | 0x7FF << 52);
    }
    if power >= 1 {
        return f64::from_bits(sign | (power as u64) << 52 | (mantissa & ((1 << 52) - 1)));
    }
    // Subnormal: drop bits, ties to even.  A carry into the exponent gives the least normal.
    let drop = 1i64.saturating_sub(power);
    if drop > 54 {
        return f64::from_bits(sign);
    }
    f64::from_bits(sign | round_shift(mantissa, drop as u32))
}

/// `mantissa >> drop`, ties to even; `drop` is 1 to 63.
fn round_shift(mantissa: u64, drop: u32) -> u64 {
    let kept = mantissa >> drop;
    let rest = mantissa & ((1 << drop) - 1);
    let half = 1 << (drop - 1);
    kept + u64::from(rest > half || (rest == half && kept & 1 == 1))
}

/// The nearest float; None if it is too large.
pub fn to_f64(a: Signed<'_>) -> Option<f64> {
    let n = a.limbs.len();
    let magnitude = match n {
        0 => 0.0,
        1 => a.limbs[0] as f64,
        _ => {
            // The 64 leading bits, the last of which also stands for all that follow.
            let top = a.limbs[n - 1];
            let zeros = top.leading_zeros();
            let below = a.limbs[n - 2];
            let (mut lead, mut rest) = (top << zeros, below);
            if zeros > 0 {
                lead |= below >> (64 - zeros);
                rest = below << zeros;
            }
            if rest != 0 || a.limbs[..n - 2].iter().any(|&l| l != 0) {
                lead |= 1;
            }
            ldexp(lead as f64, (n as i64 - 1) * 64 - i64::from(zeros))
        }
    };
    if magnitude.is_infinite() {
        return None;
    }
    Some(if a.negative { -magnitude } else { magnitude })
}

/// The integer part of a finite float.
pub fn from_f64(x: f64) -> Big {
    debug_assert!(x.is_finite());
    let bits = x.to_bits();
    let exponent = (bits >> 52 & 0x7FF) as i64 - 1075;
    if exponent < -52 {
        return Big::default();
    }
    let mantissa = bits & ((1 << 52) - 1) | 1 << 52;
    if exponent <= 0 {
        return Big::new(x < 0.0, Limbs::from_slice(&[mantissa >> -exponent]));
    }
    shl(
        Signed {
            negative: x < 0.0,
            limbs: &[mantissa],
        },
        exponent as usize,
    )
}

/// The float nearest to the exact quotient; None if it is too large.  `b` is not zero.
pub fn true_divide(a: Signed<'_>, b: Signed<'_>) -> Option<f64> {
    let negative = a.negative != b.negative;
    let signed = |x: f64| if negative { -x } else { x };
    if a.is_zero() {
        return Some(signed(0.0));
    }
    let difference = bit_length(a.limbs) as i64 - bit_length(b.limbs) as i64;
    if difference > 1025 {
        return None;
    }
    if difference < -1080 {
        return Some(signed(0.0));
    }
    // A quotient of 55 or 56 bits, fewer where the result is subnormal.
    let shift = (difference - 55).max(-1076);
    let (quotient, rest) = if shift < 0 {
        let scaled = shl(a.abs(), -shift as usize);
        div_rem(scaled.signed(), b.abs())
    } else {
        let scaled = shl(b.abs(), shift as usize);
        div_rem(a.abs(), scaled.signed())
    };
    let mut lead = quotient.limbs.first().copied().unwrap_or(0);
    let length = i64::from(64 - lead.leading_zeros());
    if !rest.is_zero() {
        lead |= 1;
    }
    let drop = (length - 53).max(-1074 - shift);
    let result = if drop > 0 {
        ldexp(round_shift(lead, drop as u32) as f64, shift + drop)
    } else {
        ldexp(lead as f64, shift)
    };
    (!result.is_infinite()).then(|| signed(result))
}

/// The integer in these bytes, least significant first.
pub fn from_le_bytes(bytes: &[u8], is_signed: bool) -> Big {
    let mut limbs: Limbs = bytes
        .chunks(8)
        .map(|chunk| {
            let mut limb = [0; 8];
            limb[..chunk.len()].copy_from_slice(chunk);
            u64::from_le_bytes(limb)
        })
        .collect();
    let negative = is_signed && bytes.last().is_some_and(|&b| b >= 0x80);
    if negative {
        let spare = (8 - bytes.len() % 8) % 8 * 8;
        if spare > 0
            && let Some(top) = limbs.last_mut()
        {
            *top |= u64::MAX << (64 - spare);
        }
        let mut carry = true;
        for limb in &mut limbs {
            (*limb, carry) = (!*limb).overflowing_add(u64::from(carry));
        }
        if carry {
            limbs.push(1);
        }
    }
    Big::new(negative, limbs)
}

/// The integer in two's complement, `out.len()` bytes, least significant first; false if it does
/// not fit.
pub fn to_le_bytes(a: Signed<'_>, is_signed: bool, out: &mut [u8]) -> bool {
    let room = out.len() as u64 * 8;
    let bits = bit_length(a.limbs);
    let fits = if !is_signed {
        bits <= room
    } else if a.negative {
        // -2^(n-1) is the one number whose magnitude needs all bits.
        bits < room || (bits == room && super::trailing_zeros(a.limbs) + 1 == bits)
    } else {
        bits < room || bits == 0
    };
    if !fits {
        return false;
    }
    let mut carry = true;
    for (i, chunk) in out.chunks_mut(8).enumerate() {
        let mut limb = a.limbs.get(i).copied().unwrap_or(0);
        if a.negative {
            (limb, carry) = (!limb).overflowing_add(u64::from(carry));
        }
        chunk.copy_from_slice(&limb.to_le_bytes()[..chunk.len()]);
    }
    true
}
