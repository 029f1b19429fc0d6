//! A short list of borrowed values that passes as a slice of values, without counting: what
//! stands between a caller's arguments and a native that wants another value in front or
//! defaults behind.
#![allow(unsafe_code)]

use std::marker::PhantomData;
use std::mem::{ManuallyDrop, MaybeUninit};

use smallvec::SmallVec;

use super::value::Value;

/// Values that belong to others for as long as `'a`.
pub struct BorrowedValues<'a> {
    words: SmallVec<[ManuallyDrop<Value>; 8]>,
    owners: PhantomData<&'a Value>,
}

impl<'a> BorrowedValues<'a> {
    /// An empty list.
    #[inline]
    pub fn new() -> BorrowedValues<'a> {
        BorrowedValues {
            words: SmallVec::new(),
            owners: PhantomData,
        }
    }

    /// Fills an empty list with one value and others behind it.  The list stays where it is: one that is moved
    /// right after it was filled is read by wide loads, which wait for the stores before them.
    #[inline]
    pub fn prefix(&mut self, first: &'a Value, rest: &'a [Value]) {
        debug_assert!(self.words.is_empty());
        let len = rest.len() + 1;
        let words = &mut self.words;
        if len > words.capacity() {
            words.reserve_exact(len);
        }
        // SAFETY: there is room for all of them; ManuallyDrop is transparent, and the copies are
        // never dropped and never lent for longer than the owners lend them.
        unsafe {
            let place = words.as_mut_ptr().cast::<Value>();
            std::ptr::copy_nonoverlapping(first, place, 1);
            // Word by word: arguments were pushed a moment ago, and two young stores cannot be
            // forwarded to one wide load.
            for (i, value) in rest.iter().enumerate() {
                let word = std::ptr::from_ref(value).cast::<u64>().read_volatile();
                place.add(1 + i).cast::<u64>().write(word);
            }
            words.set_len(len);
        }
    }

    /// Shows one value and others behind it.  Few of them lie in an array without a length of its own.
    #[inline(always)]
    pub fn lend<R>(first: &'a Value, rest: &'a [Value], show: impl FnOnce(&[Value]) -> R) -> R {
        const FEW: usize = 5;
        if rest.len() > FEW {
            let mut values = BorrowedValues::new();
            values.prefix(first, rest);
            return show(&values);
        }
        let mut words = [const { MaybeUninit::<u64>::uninit() }; 1 + FEW];
        // SAFETY: the words that are shown were written, with those of values whose owners outlive the array,
        // which drops nothing.
        unsafe {
            let place = words.as_mut_ptr().cast::<u64>();
            place.write(first.word());
            for (i, value) in rest.iter().enumerate() {
                // As in `prefix`.
                let word = std::ptr::from_ref(value).cast::<u64>().read_volatile();
                place.add(1 + i).write(word);
            }
            show(std::slice::from_raw_parts(
                place.cast::<Value>(),
                1 + rest.len(),
            ))
        }
    }

    /// Adds a value.
    #[inline]
    pub fn push(&mut self, value: &'a Value) {
        // SAFETY: the copy is never dropped and never lent for longer than the owner lends it.
        self.words
            .push(ManuallyDrop::new(unsafe { std::ptr::read(value) }));
    }

    /// Adds values.
    #[inline]
    pub fn extend(&mut self, values: &'a [Value]) {
        for value in values {
            self.push(value);
        }
    }

    /// Replaces a value that must exist.
    #[inline]
    pub fn set(&mut self, index: usize, value: &'a Value) {
        if let Some(place) = self.words.get_mut(index) {
            // SAFETY: as for `push`; what is overwritten was not owned.
            *place = ManuallyDrop::new(unsafe { std::ptr::read(value) });
        }
    }

    /// The values.
    #[inline]
    pub fn as_slice(&self) -> &[Value] {
        // SAFETY: ManuallyDrop is transparent.
        unsafe { &*(&raw const *self.words.as_slice() as *const [Value]) }
    }
}

impl Default for BorrowedValues<'_> {
    fn default() -> Self {
        Self::new()
    }
}

impl std::ops::Deref for BorrowedValues<'_> {
    type Target = [Value];
    #[inline]
    fn deref(&self) -> &[Value] {
        self.as_slice()
    }
}
