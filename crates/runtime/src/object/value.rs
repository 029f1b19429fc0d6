//! One Python value in one 64-bit word.
//!
//! The low bits tell what the word is:
//!
//! ```text
//! …1     a 63-bit integer, the word shifted right by one
//! …10    a float: its bits less an offset, rotated left by three; the exponents around 1.0
//!        (2^-255 … 2^256) fit, the others, -0.0, the infinities and NaN live in a heap object
//! …100   a constant: None, False, True, Ellipsis, NotImplemented, or the internal `UNBOUND`
//! …000   the address of a heap object's header
//! ```
//!
//! Zero is no value, so `Option<Value>` and `Result<Value, Raised>` are one word too.  A [`Value`]
//! owns a reference: `clone` counts up, `drop` counts down and releases the object at zero, at
//! once, which may run Python code (`__del__`, weak-reference callbacks).
#![allow(unsafe_code)]

use std::mem::ManuallyDrop;
use std::num::NonZeroU64;
use std::ptr::NonNull;

use heap::ObjectPtr;

use super::payload::{Object, Payload, Ref};

/// An owned reference to a Python object, or an immediate.
#[repr(transparent)]
pub struct Value(NonZeroU64);

const _: () = assert!(size_of::<Option<Value>>() == 8);

/// What the bits of the least immediate float have in the two highest bits of the exponent: taken off, the
/// bits of all of them have zeros there, and the tag has room.
const FLOAT_OFFSET: u64 = 3 << 60;
/// The tag of floats; alone, it is 0.0 (2^-255 would have this word and lives in a heap object).
const FLOAT_TAG: u64 = 2;
const MAX_SMALL: i64 = i64::MAX >> 1;
const MIN_SMALL: i64 = i64::MIN >> 1;

/// The immediate word of a small integer, if it fits.
#[inline(always)]
pub const fn small_int_word(i: i64) -> Option<u64> {
    let word = (i as u64) << 1 | 1;
    if (word as i64) >> 1 == i {
        Some(word)
    } else {
        None
    }
}

/// The immediate word of a float, if its exponent allows.
#[inline(always)]
pub const fn small_float_word(f: f64) -> Option<u64> {
    let bits = f.to_bits();
    let rest = bits.wrapping_sub(FLOAT_OFFSET);
    if rest & (3 << 61) == 0 && rest != 0 {
        Some(rest.rotate_left(3) | FLOAT_TAG)
    } else if bits == 0 {
        Some(FLOAT_TAG)
    } else {
        None
    }
}

/// The float of an immediate float word.
#[inline(always)]
pub const fn float_of_word(word: u64) -> f64 {
    let rest = word.wrapping_sub(FLOAT_TAG);
    if rest == 0 {
        return 0.0;
    }
    f64::from_bits(rest.rotate_right(3).wrapping_add(FLOAT_OFFSET))
}

/// True if both words are those of immediate floats.
#[inline(always)]
pub const fn are_small_floats(a: u64, b: u64) -> bool {
    (a.wrapping_sub(FLOAT_TAG) | b.wrapping_sub(FLOAT_TAG)) & 3 == 0
}

/// The word of `None`.
pub const NONE_WORD: u64 = 4;
/// The word of `False`.
pub const FALSE_WORD: u64 = 1 << 3 | 4;
/// The word of `True`.
pub const TRUE_WORD: u64 = 2 << 3 | 4;
const NOT_IMPLEMENTED_WORD: u64 = 4 << 3 | 4;
const UNBOUND_WORD: u64 = 5 << 3 | 4;

const fn constant(n: u64) -> Value {
    match NonZeroU64::new(n << 3 | 4) {
        Some(word) => Value(word),
        None => unreachable!(),
    }
}

impl Value {
    /// `None`.
    pub const NONE: Value = constant(0);
    /// `False`.
    pub const FALSE: Value = constant(1);
    /// `True`.
    pub const TRUE: Value = constant(2);
    /// `Ellipsis`.
    pub const ELLIPSIS: Value = constant(3);
    /// `NotImplemented`.
    pub const NOT_IMPLEMENTED: Value = constant(4);
    /// No value that a program can see: an argument that was not given.
    pub const UNBOUND: Value = constant(5);

    /// An integer that is known to fit 63 bits: lengths, indexes, small constants.
    #[inline(always)]
    pub const fn small_int(i: i64) -> Value {
        debug_assert!(i >= MIN_SMALL && i <= MAX_SMALL);
        match NonZeroU64::new((i as u64) << 1 | 1) {
            Some(word) => Value(word),
            None => unreachable!(),
        }
    }

    /// `True` or `False`.
    #[inline(always)]
    pub const fn bool(b: bool) -> Value {
        constant(1 + b as u64)
    }

    /// The word, still owned by `self`.
    #[inline(always)]
    pub const fn word(&self) -> u64 {
        self.0.get()
    }

    /// Gives up ownership and returns the word.
    #[inline(always)]
    pub fn into_word(self) -> u64 {
        ManuallyDrop::new(self).0.get()
    }

    /// Takes ownership of a word.
    ///
    /// # Safety
    /// `word` is a valid value word and its reference belongs to the caller.
    #[inline(always)]
    pub const unsafe fn from_word(word: u64) -> Value {
        // SAFETY: valid words are not zero.
        Value(unsafe { NonZeroU64::new_unchecked(word) })
    }

    /// Sees a slot that holds a valid word as a value, without counting.
    ///
    /// # Safety
    /// The slot holds a valid word for as long as the reference lives.
    #[inline(always)]
    pub const unsafe fn from_slot(slot: &u64) -> &Value {
        // SAFETY: Value is a transparent, non-zero u64.
        unsafe { &*(slot as *const u64 as *const Value) }
    }

    /// True for the address of a heap object.
    #[inline(always)]
    pub const fn is_heap(&self) -> bool {
        self.word() & 7 == 0
    }

    /// The heap object's address.
    #[inline(always)]
    pub const fn object(&self) -> Option<ObjectPtr> {
        if self.is_heap() {
            // SAFETY: heap words are non-null addresses.
            Some(unsafe { NonNull::new_unchecked(self.word() as *mut _) })
        } else {
            None
        }
    }

    /// Owns a new reference to a live object.
    ///
    /// # Safety
    /// `object` is live.
    #[inline(always)]
    pub unsafe fn from_object(object: ObjectPtr) -> Value {
        // SAFETY: by the caller's word.
        unsafe { object.as_ref() }.increment();
        // SAFETY: the address of an object is a valid word and was counted just now.
        unsafe { Value::from_word(object.as_ptr() as u64) }
    }

    /// The immediate integer.  Bools are not integers here; see `types::int` for those and big ones.
    #[inline(always)]
    pub const fn as_small_int(&self) -> Option<i64> {
        if self.word() & 1 == 1 {
            Some(self.word() as i64 >> 1)
        } else {
            None
        }
    }

    /// The immediate float.
    #[inline(always)]
    pub const fn as_small_float(&self) -> Option<f64> {
        if self.word() & 3 == 2 {
            Some(float_of_word(self.word()))
        } else {
            None
        }
    }

    /// `True` or `False` as a bool.
    #[inline(always)]
    pub fn as_bool(&self) -> Option<bool> {
        match self.word() {
            0x0C => Some(false),
            0x14 => Some(true),
            _ => None,
        }
    }

    /// True for `None`.
    #[inline(always)]
    pub const fn is_none(&self) -> bool {
        self.word() == NONE_WORD
    }

    /// True for `NotImplemented`.
    #[inline(always)]
    pub const fn is_not_implemented(&self) -> bool {
        self.word() == NOT_IMPLEMENTED_WORD
    }

    /// True for an argument that was not given.
    #[inline(always)]
    pub const fn is_unbound(&self) -> bool {
        self.word() == UNBOUND_WORD
    }

    /// The argument, if it was given.
    #[inline(always)]
    pub const fn given(&self) -> Option<&Value> {
        if self.is_unbound() { None } else { Some(self) }
    }

    /// The argument, if it was given and is not None.
    #[inline(always)]
    pub const fn given_not_none(&self) -> Option<&Value> {
        if self.is_unbound() || self.is_none() {
            None
        } else {
            Some(self)
        }
    }

    /// Python's `is`.
    #[inline(always)]
    pub const fn is(&self, other: &Value) -> bool {
        self.word() == other.word()
    }

    /// The payload, if the object is a `T` or of a subclass of its class.
    #[inline(always)]
    pub fn payload<T: Payload>(&self) -> Option<&T> {
        Some(self.as_object::<T>()?.payload())
    }

    /// The object with its header, if it is a `T` or of a subclass of its class.
    #[inline(always)]
    pub fn as_object<T: Payload>(&self) -> Option<&Object<T>> {
        let object = self.object()?;
        // SAFETY: a live object's class says which payload it has.
        unsafe {
            if super::payload::kind_of(object) == T::KIND {
                Some(&*(object.as_ptr() as *const Object<T>))
            } else {
                None
            }
        }
    }

    /// The value as a typed reference, not counted anew.
    #[inline(always)]
    pub fn as_ref_to<T: Payload>(&self) -> Option<&Ref<T>> {
        self.as_object::<T>()?;
        // SAFETY: Ref<T> is a transparent pointer to an object with payload T, which this is.
        Some(unsafe { &*(self as *const Value as *const Ref<T>) })
    }

    /// The value as an owned typed reference; gives the value back if it is something else.
    #[inline]
    pub fn downcast<T: Payload>(self) -> Result<Ref<T>, Value> {
        if self.as_object::<T>().is_some() {
            // SAFETY: checked just now; ownership of the word moves.
            Ok(unsafe { Ref::from_raw(NonNull::new_unchecked(self.into_word() as *mut _)) })
        } else {
            Err(self)
        }
    }
}

impl Clone for Value {
    #[inline(always)]
    fn clone(&self) -> Value {
        if let Some(object) = self.object() {
            // SAFETY: a value's object is live.
            unsafe { object.as_ref() }.increment();
        }
        Value(self.0)
    }
}

impl Drop for Value {
    #[inline(always)]
    fn drop(&mut self) {
        if let Some(object) = self.object() {
            // SAFETY: a value's object is live until its last reference goes.
            unsafe { release_reference(object) };
        }
    }
}

/// Counts down and releases at zero.
///
/// # Safety
/// `object` is live and the caller owns the reference.
#[inline(always)]
pub unsafe fn release_reference(object: ObjectPtr) {
    // SAFETY: by the caller's word.
    unsafe {
        if object.as_ref().decrement() == 0 {
            release_object(object);
        }
    }
}

#[cold]
#[inline(never)]
unsafe fn release_object(object: ObjectPtr) {
    // SAFETY: the object is live, its class names the matching function.
    unsafe { (object.as_ref().class().as_ref().release.get())(object) }
}

impl std::fmt::Debug for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(i) = self.as_small_int() {
            write!(f, "Value({i})")
        } else if let Some(x) = self.as_small_float() {
            write!(f, "Value({x})")
        } else {
            write!(f, "Value(0x{:x})", self.word())
        }
    }
}
