//! Arithmetic on integers of any size: sign and magnitude in 64-bit limbs, least significant
//! first, without leading zeros; zero is not negative.
//!
//! Sums, bit operations, shifts and products with few limbs are done here, on stack buffers.
//! Long products, quotients, powers, roots and radix conversion go to `dashu-int` (`algorithms`),
//! which is the only file that knows that crate.  Nothing here knows the interpreter; callers
//! bound the sizes of results first.

mod algorithms;
mod bits;
mod convert;

use std::cmp::Ordering;

use smallvec::SmallVec;

pub use algorithms::{
    div_mod_floor, div_rem, from_digits, gcd, isqrt, mul, mul_limb, pow, pow_mod, to_decimal,
    to_radix,
};
pub use bits::{and, bit_count, bit_length, invert, or, shl, shr, trailing_zeros, xor};
pub use convert::{from_f64, from_le_bytes, ldexp, to_f64, to_le_bytes, true_divide};

use crate::object::IntView;

/// Limbs of a magnitude.
pub type Limbs = SmallVec<[u64; 4]>;

/// A borrowed integer.
#[derive(Clone, Copy, Debug)]
pub struct Signed<'a> {
    /// Below zero.
    pub negative: bool,
    /// The magnitude, normalised.
    pub limbs: &'a [u64],
}

/// An owned integer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Big {
    negative: bool,
    limbs: Limbs,
}

impl Signed<'_> {
    /// A copy that owns its limbs.
    pub fn to_big(self) -> Big {
        Big {
            negative: self.negative,
            limbs: Limbs::from_slice(self.limbs),
        }
    }

    /// True for zero.
    #[inline]
    pub fn is_zero(self) -> bool {
        self.limbs.is_empty()
    }

    /// True for odd numbers.
    #[inline]
    pub fn is_odd(self) -> bool {
        self.limbs.first().is_some_and(|limb| limb & 1 == 1)
    }

    /// The same magnitude, not negative.
    #[inline]
    pub fn abs(self) -> Self {
        Signed {
            negative: false,
            ..self
        }
    }
}

impl<'a> Signed<'a> {
    /// The other sign; zero stays as it is.
    #[inline]
    pub fn negated(self) -> Signed<'a> {
        Signed {
            negative: !self.negative && !self.limbs.is_empty(),
            ..self
        }
    }
}

impl Big {
    /// The integer of a sign and a magnitude that may have leading zeros.
    pub fn new(negative: bool, mut limbs: Limbs) -> Big {
        while limbs.last() == Some(&0) {
            limbs.pop();
        }
        Big {
            negative: negative && !limbs.is_empty(),
            limbs,
        }
    }

    /// Borrows it.
    #[inline]
    pub fn signed(&self) -> Signed<'_> {
        Signed {
            negative: self.negative,
            limbs: &self.limbs,
        }
    }

    /// Its value.
    #[inline]
    pub fn view(&self) -> IntView<'_> {
        IntView::new(self.negative, &self.limbs)
    }

    /// True for zero.
    pub fn is_zero(&self) -> bool {
        self.limbs.is_empty()
    }

    /// The other sign.
    pub fn negate(mut self) -> Big {
        self.negative = !self.negative && !self.limbs.is_empty();
        self
    }
}

impl From<i64> for Big {
    fn from(i: i64) -> Big {
        IntView::Small(i).to_big()
    }
}

impl From<u64> for Big {
    fn from(i: u64) -> Big {
        Big::new(false, Limbs::from_slice(&[i]))
    }
}

/// Compares two magnitudes.
pub fn cmp_magnitude(a: &[u64], b: &[u64]) -> Ordering {
    a.len()
        .cmp(&b.len())
        .then_with(|| a.iter().rev().cmp(b.iter().rev()))
}

/// Compares two integers.
pub fn cmp(a: Signed<'_>, b: Signed<'_>) -> Ordering {
    match (a.negative, b.negative) {
        (false, true) => Ordering::Greater,
        (true, false) => Ordering::Less,
        (false, false) => cmp_magnitude(a.limbs, b.limbs),
        (true, true) => cmp_magnitude(b.limbs, a.limbs),
    }
}

/// `a + b`.
pub fn add(a: Signed<'_>, b: Signed<'_>) -> Big {
    if a.negative == b.negative {
        return Big::new(a.negative, add_magnitude(a.limbs, b.limbs));
    }
    match cmp_magnitude(a.limbs, b.limbs) {
        Ordering::Equal => Big::default(),
        Ordering::Greater => Big::new(a.negative, sub_magnitude(a.limbs, b.limbs)),
        Ordering::Less => Big::new(b.negative, sub_magnitude(b.limbs, a.limbs)),
    }
}

/// `a - b`.
pub fn sub(a: Signed<'_>, b: Signed<'_>) -> Big {
    add(a, b.negated())
}

fn add_magnitude(a: &[u64], b: &[u64]) -> Limbs {
    let (long, short) = if a.len() >= b.len() { (a, b) } else { (b, a) };
    let mut sum = Limbs::with_capacity(long.len() + 1);
    let mut carry = false;
    for (i, &x) in long.iter().enumerate() {
        let (s, c1) = x.overflowing_add(short.get(i).copied().unwrap_or(0));
        let (s, c2) = s.overflowing_add(u64::from(carry));
        carry = c1 | c2;
        sum.push(s);
    }
    if carry {
        sum.push(1);
    }
    sum
}

/// `a - b` where `a >= b`.
fn sub_magnitude(a: &[u64], b: &[u64]) -> Limbs {
    let mut difference = Limbs::with_capacity(a.len());
    let mut borrow = false;
    for (i, &x) in a.iter().enumerate() {
        let (d, b1) = x.overflowing_sub(b.get(i).copied().unwrap_or(0));
        let (d, b2) = d.overflowing_sub(u64::from(borrow));
        borrow = b1 | b2;
        difference.push(d);
    }
    difference
}
