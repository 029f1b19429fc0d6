//! Shifts and the bit operations, which see negative numbers in two's complement.

use super::{Big, Limbs, Signed};

/// Number of bits of the magnitude.
pub fn bit_length(limbs: &[u64]) -> u64 {
    match limbs.last() {
        Some(top) => limbs.len() as u64 * 64 - u64::from(top.leading_zeros()),
        None => 0,
    }
}

/// Number of ones in the magnitude.
pub fn bit_count(limbs: &[u64]) -> u64 {
    limbs.iter().map(|l| u64::from(l.count_ones())).sum()
}

/// Number of zeros below the lowest one of the magnitude; 0 for zero.
pub fn trailing_zeros(limbs: &[u64]) -> u64 {
    let zeros = limbs.iter().take_while(|&&l| l == 0).count();
    match limbs.get(zeros) {
        Some(limb) => zeros as u64 * 64 + u64::from(limb.trailing_zeros()),
        None => 0,
    }
}

/// `a << n`.
pub fn shl(a: Signed<'_>, n: usize) -> Big {
    if a.is_zero() {
        return Big::default();
    }
    let (whole, bits) = (n / 64, (n % 64) as u32);
    let mut limbs = Limbs::with_capacity(a.limbs.len() + whole + 1);
    limbs.resize(whole, 0);
    if bits == 0 {
        limbs.extend_from_slice(a.limbs);
    } else {
        let mut carry = 0;
        for &limb in a.limbs {
            limbs.push(limb << bits | carry);
            carry = limb >> (64 - bits);
        }
        limbs.push(carry);
    }
    Big::new(a.negative, limbs)
}

/// `a >> n`, rounded down.
pub fn shr(a: Signed<'_>, n: usize) -> Big {
    let (whole, bits) = (n / 64, (n % 64) as u32);
    if whole >= a.limbs.len() {
        return Big::from(if a.negative { -1i64 } else { 0 });
    }
    let kept = &a.limbs[whole..];
    let mut limbs = Limbs::with_capacity(kept.len() + 1);
    for (i, &limb) in kept.iter().enumerate() {
        let above = kept.get(i + 1).copied().unwrap_or(0);
        limbs.push(if bits == 0 {
            limb
        } else {
            limb >> bits | above << (64 - bits)
        });
    }
    let lost =
        a.limbs[..whole].iter().any(|&l| l != 0) || (bits != 0 && kept[0] << (64 - bits) != 0);
    let quotient = Big::new(a.negative, limbs);
    if a.negative && lost {
        // Truncation rounded up; the floor is one lower.
        return super::sub(
            Signed {
                negative: true,
                limbs: &quotient.limbs,
            },
            Signed {
                negative: false,
                limbs: &[1],
            },
        );
    }
    quotient
}

/// `~a`.
pub fn invert(a: Signed<'_>) -> Big {
    let one = Signed {
        negative: false,
        limbs: &[1],
    };
    super::add(a, one).negate()
}

/// `a & b`.
pub fn and(a: Signed<'_>, b: Signed<'_>) -> Big {
    bitwise(a, b, |x, y| x & y)
}

/// `a | b`.
pub fn or(a: Signed<'_>, b: Signed<'_>) -> Big {
    bitwise(a, b, |x, y| x | y)
}

/// `a ^ b`.
pub fn xor(a: Signed<'_>, b: Signed<'_>) -> Big {
    bitwise(a, b, |x, y| x ^ y)
}

/// The limbs of a number in two's complement, without end.
struct TwosComplement<'a> {
    number: Signed<'a>,
    next: usize,
    carry: bool,
}

impl<'a> TwosComplement<'a> {
    fn new(number: Signed<'a>) -> Self {
        TwosComplement {
            number,
            next: 0,
            carry: true,
        }
    }

    fn limb(&mut self) -> u64 {
        let limb = self.number.limbs.get(self.next).copied().unwrap_or(0);
        self.next += 1;
        if !self.number.negative {
            return limb;
        }
        let (limb, carry) = (!limb).overflowing_add(u64::from(self.carry));
        self.carry = carry;
        limb
    }
}

fn bitwise(a: Signed<'_>, b: Signed<'_>, op: impl Fn(u64, u64) -> u64) -> Big {
    let len = a.limbs.len().max(b.limbs.len()) + 1;
    let (mut x, mut y) = (TwosComplement::new(a), TwosComplement::new(b));
    let mut limbs = Limbs::with_capacity(len);
    for _ in 0..len {
        limbs.push(op(x.limb(), y.limb()));
    }
    // The last limb holds nothing but copies of the sign.
    let negative = limbs[len - 1] >> 63 == 1;
    if negative {
        let mut carry = true;
        for limb in &mut limbs {
            (*limb, carry) = (!*limb).overflowing_add(u64::from(carry));
        }
    }
    Big::new(negative, limbs)
}
