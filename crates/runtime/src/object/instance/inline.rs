//! Places of attributes that inline caches may use without looking further.
#![allow(unsafe_code)]

use super::tail::order_count;
use crate::object::class::{Class, class_flag};
use crate::object::value::Value;
use heap::ObjectPtr;
use heap::header::MAX_INLINE_CAPACITY;
use std::cell::Cell;

/// Where an attribute lies in the instances of a class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InlineSlot {
    /// Offset of the value's word from the object's start.
    pub offset: u32,
    /// Offset of the dictionary word from the object's start.
    pub word_offset: u32,
    /// The slot, below 14.
    pub index: u8,
}

/// The place that `name` has in every instance of `class`; see the module's head.
pub fn inline_slot(class: &Class, name: &Value) -> Option<InlineSlot> {
    if !class.has_flag(class_flag::HAS_DICT) || class.has_flag(class_flag::VARIABLE) {
        return None;
    }
    let index = class.keys.find(name)?;
    if index >= usize::from(class.inline_floor.get()) {
        return None;
    }
    let word_offset = class.tail_offset.get() + 8 * u32::from(class.member_count.get());
    Some(InlineSlot {
        offset: word_offset + 8 * (index as u32 + 1),
        word_offset,
        index: index as u8,
    })
}

/// The offset of member slot `index` in instances of `class`, if it is the same in all of them.
pub fn member_offset(class: &Class, index: usize) -> Option<u32> {
    (!class.has_flag(class_flag::VARIABLE) && index < usize::from(class.member_count.get()))
        .then(|| class.tail_offset.get() + 8 * index as u32)
}

/// Loads from a place; None says nothing (go the slow way).
///
/// # Safety
/// `object` is live and of the class, at the version, that the slot was found for.
#[inline(always)]
pub unsafe fn load_inline(object: ObjectPtr, offset: u32) -> Option<Value> {
    // SAFETY: the place lies in the object's tail and holds a value or zero.
    unsafe {
        let word = object
            .cast::<u8>()
            .add(offset as usize)
            .cast::<u64>()
            .as_ref();
        if *word == 0 {
            return None;
        }
        Some(Value::from_slot(word).clone())
    }
}

/// Stores into a place; gives the value back where the slow way has to be gone.  The old value is
/// dropped after the store.
///
/// # Safety
/// As for [`load_inline`].
#[inline(always)]
pub unsafe fn store_inline(object: ObjectPtr, slot: InlineSlot, value: Value) -> Result<(), Value> {
    // SAFETY: both places lie in the object's tail.
    unsafe {
        let start = object.cast::<u8>();
        let place: &Cell<u64> = start.add(slot.offset as usize).cast().as_ref();
        if place.get() == 0 {
            let order: &Cell<u64> = start.add(slot.word_offset as usize).cast().as_ref();
            let word = order.get();
            let count = order_count(word);
            if word & 1 == 0 || count >= MAX_INLINE_CAPACITY {
                return Err(value);
            }
            order.set((word + (1 << 4)) | u64::from(slot.index) << (8 + 4 * count));
            place.set(value.into_word());
        } else {
            let old = place.replace(value.into_word());
            drop(Value::from_word(old));
        }
    }
    Ok(())
}

/// The offset of the dictionary word in instances of a class with a fixed-size payload.
pub fn dict_word_offset(class: &Class) -> u32 {
    class.tail_offset.get() + 8 * u32::from(class.member_count.get())
}

/// Notes in the order word that an empty inline slot is about to be filled; `place` is the offset of
/// the dictionary word and, in its upper half, the slot.  False where the slow way has to be gone.
///
/// # Safety
/// `word` is the address of a live object of the class that the place was found for.
#[inline(always)]
pub unsafe fn append_inline(word: u64, place: u64) -> bool {
    // SAFETY: the dictionary word lies in the object's tail.
    unsafe {
        let order = &*((word + (place & 0xFFFF_FFFF)) as *const Cell<u64>);
        let old = order.get();
        let count = order_count(old);
        if old & 1 == 0 || count >= MAX_INLINE_CAPACITY {
            return false;
        }
        order.set((old + (1 << 4)) | (place >> 32) << (8 + 4 * count));
    }
    true
}
