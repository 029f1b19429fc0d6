//! The representation of `int`: immediates of 63 bits, and sign and magnitude for the rest.
//!
//! A heap object keeps a sign and 64-bit limbs, least significant first, inline behind the
//! payload.  An exact `int` lies on the heap only if it does not fit an immediate; an instance of
//! a subclass always does, whatever its value.  Everything that computes sees integers through
//! [`IntView`], in which each value has one form.
#![allow(unsafe_code)]

use super::class::Class;
use super::payload::{Kind, Object, Payload, Ref, alloc_variable};
use super::result::PyResult;
use super::value::{Value, small_int_word};
use crate::fields;
use crate::object::fields::Field;
use crate::types::int::big::{Big, Signed};
use crate::vm::Vm;

/// Payload of an `int` on the heap; the limbs follow it.
#[repr(C)]
pub struct Int {
    len: u32,
    negative: bool,
}

impl Payload for Int {
    const KIND: Kind = Kind::INT;
    const NAME: &'static str = "int";
    const COLLECTED: bool = false;
    const VARIABLE: bool = true;
    const FIELDS: &'static [Field] = fields![
        "len" => len as Unsigned,
        "negative" => negative as Bool,
    ];

    fn trailing_bytes(&self) -> usize {
        self.len as usize * 8
    }
}

impl Int {
    /// The magnitude, least significant limb first, without leading zeros.
    #[inline]
    pub fn limbs(&self) -> &[u64] {
        // SAFETY: the payload is always embedded in an Object<Int>, whose end `len` limbs follow.
        unsafe {
            let first = (self as *const Int)
                .cast::<u8>()
                .add(size_of::<Object<Int>>() - Object::<Int>::PAYLOAD_OFFSET);
            std::slice::from_raw_parts(first.cast(), self.len as usize)
        }
    }

    /// The value.
    #[inline]
    pub fn view(&self) -> IntView<'_> {
        IntView::new(self.negative, self.limbs())
    }
}

/// An integer's value.  What fits an `i64` is `Small`, always.
#[derive(Clone, Copy, Debug)]
pub enum IntView<'a> {
    /// Fits an `i64`.
    Small(i64),
    /// Does not.
    Big(Signed<'a>),
}

impl<'a> IntView<'a> {
    /// The view of a sign and a normalised magnitude.
    #[inline]
    pub fn new(negative: bool, limbs: &'a [u64]) -> IntView<'a> {
        match *limbs {
            [] => IntView::Small(0),
            [limb] if limb <= i64::MAX as u64 => {
                let i = limb as i64;
                IntView::Small(if negative { -i } else { i })
            }
            [limb] if negative && limb == i64::MIN.unsigned_abs() => IntView::Small(i64::MIN),
            _ => IntView::Big(Signed { negative, limbs }),
        }
    }

    /// Sign and magnitude; a small value's magnitude is put into `buffer`.
    #[inline]
    pub fn signed<'b>(self, buffer: &'b mut [u64; 1]) -> Signed<'b>
    where
        'a: 'b,
    {
        match self {
            IntView::Small(i) => {
                buffer[0] = i.unsigned_abs();
                Signed {
                    negative: i < 0,
                    limbs: &buffer[..usize::from(i != 0)],
                }
            }
            IntView::Big(signed) => signed,
        }
    }

    /// The value, if it fits.
    #[inline]
    pub fn to_i64(self) -> Option<i64> {
        match self {
            IntView::Small(i) => Some(i),
            IntView::Big(_) => None,
        }
    }

    /// The value, if it fits.
    #[inline]
    pub fn to_u64(self) -> Option<u64> {
        match self {
            IntView::Small(i) => u64::try_from(i).ok(),
            IntView::Big(big) => match *big.limbs {
                [limb] if !big.negative => Some(limb),
                _ => None,
            },
        }
    }

    /// True below zero.
    #[inline]
    pub fn is_negative(self) -> bool {
        match self {
            IntView::Small(i) => i < 0,
            IntView::Big(big) => big.negative,
        }
    }

    /// True for zero.
    #[inline]
    pub fn is_zero(self) -> bool {
        matches!(self, IntView::Small(0))
    }

    /// A copy that owns its limbs.
    pub fn to_big(self) -> Big {
        self.signed(&mut [0]).to_big()
    }
}

impl Value {
    /// The value of an `int`, a `bool` or an instance of a subclass.
    #[inline]
    pub fn as_int(&self) -> Option<IntView<'_>> {
        if let Some(i) = self.as_small_int() {
            return Some(IntView::Small(i));
        }
        if let Some(int) = self.payload::<Int>() {
            return Some(int.view());
        }
        self.as_bool().map(|b| IntView::Small(i64::from(b)))
    }

    /// True for an `int`, a `bool` or an instance of a subclass.
    #[inline]
    pub fn is_int(&self) -> bool {
        self.as_small_int().is_some() || self.as_bool().is_some() || self.payload::<Int>().is_some()
    }

    /// The immediate of an integer, if it fits one.
    #[inline(always)]
    pub const fn try_small_int(i: i64) -> Option<Value> {
        match small_int_word(i) {
            // SAFETY: an immediate's word.
            Some(word) => Some(unsafe { Value::from_word(word) }),
            None => None,
        }
    }
}

/// Largest number of limbs of an integer (2 GiB of digits); beyond it operations raise
/// MemoryError instead of asking the system for what it cannot give.
pub const MAX_LIMBS: usize = 1 << 28;

impl Vm {
    /// An `int`.
    #[inline(always)]
    pub fn int(&self, i: i64) -> Value {
        match Value::try_small_int(i) {
            Some(value) => value,
            None => self.int_limbs(&self.types.int, i < 0, &[i.unsigned_abs()]),
        }
    }

    /// An `int`.
    #[inline]
    pub fn int_u64(&self, i: u64) -> Value {
        match i64::try_from(i) {
            Ok(i) => self.int(i),
            Err(_) => self.int_limbs(&self.types.int, false, &[i]),
        }
    }

    /// An `int`.
    #[inline]
    pub fn int_usize(&self, i: usize) -> Value {
        self.int_u64(i as u64)
    }

    /// An `int`.
    #[inline]
    pub fn int_i128(&self, i: i128) -> Value {
        if let Ok(i) = i64::try_from(i) {
            return self.int(i);
        }
        let magnitude = i.unsigned_abs();
        let limbs = [magnitude as u64, (magnitude >> 64) as u64];
        let len = if limbs[1] == 0 { 1 } else { 2 };
        self.int_limbs(&self.types.int, i < 0, &limbs[..len])
    }

    /// An `int` of any size.
    pub fn int_big(&self, big: &Big) -> PyResult {
        self.int_from_view(big.view())
    }

    /// An `int` of any size.
    pub fn int_from_view(&self, view: IntView<'_>) -> PyResult {
        match view {
            IntView::Small(i) => Ok(self.int(i)),
            IntView::Big(big) => {
                self.check_int_size(big.limbs.len())?;
                Ok(self.int_limbs(&self.types.int, big.negative, big.limbs))
            }
        }
    }

    /// An instance of a subclass of `int`.
    pub fn int_of_class(&self, class: &Ref<Class>, view: IntView<'_>) -> PyResult {
        let mut buffer = [0];
        let signed = view.signed(&mut buffer);
        self.check_int_size(signed.limbs.len())?;
        Ok(self.int_limbs(class, signed.negative, signed.limbs))
    }

    /// [`Vm::check_int_size`] of a product, quotient or power, whose making takes a multiple of it.
    pub fn check_product_size(&self, limbs: usize) -> PyResult<()> {
        const ALWAYS_SMALL_ENOUGH: usize = 1 << 17;
        if limbs <= ALWAYS_SMALL_ENOUGH {
            return Ok(());
        }
        self.check_int_size(limbs)?;
        self.check_room(limbs.saturating_mul(128))
    }

    /// Raises MemoryError if an integer of that size cannot be had.
    pub fn check_int_size(&self, limbs: usize) -> PyResult<()> {
        const ALWAYS_SMALL_ENOUGH: usize = 1 << 17;
        if limbs <= ALWAYS_SMALL_ENOUGH {
            return Ok(());
        }
        if limbs > MAX_LIMBS {
            return Err(self.memory_error());
        }
        // Operands and intermediate results are as large.
        self.check_room(limbs * 32)?;
        match self.heap.try_alloc(limbs * 8) {
            Ok(block) => {
                // SAFETY: allocated just now with this size.
                unsafe { self.heap.free(block, limbs * 8) };
                Ok(())
            }
            Err(_) => Err(self.memory_error()),
        }
    }

    fn int_limbs(&self, class: &Ref<Class>, negative: bool, limbs: &[u64]) -> Value {
        debug_assert!(limbs.last() != Some(&0), "normalised");
        let payload = Int {
            len: limbs.len() as u32,
            negative,
        };
        // SAFETY: all `len` limbs are copied.
        unsafe {
            alloc_variable(class, payload, limbs.len() * 8, |data| {
                std::ptr::copy_nonoverlapping(limbs.as_ptr(), data.cast().as_ptr(), limbs.len());
            })
        }
        .into_value()
    }
}
