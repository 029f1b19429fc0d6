//! What lies behind an instance's payload, word by word, and the block of values that do not fit there.
#![allow(unsafe_code)]

use super::shared_keys::MAX_SHARED_KEYS;
use super::tail_bytes;
use crate::object::class::{Class, class_flag};
use crate::object::dict::Dict;
use crate::object::payload::Ref;
use crate::object::value::Value;
use heap::header::MAX_INLINE_CAPACITY;
use heap::{ObjectPtr, current_heap};
use smallvec::SmallVec;
use std::cell::Cell;
use std::ptr::NonNull;

pub(super) const EMPTY_ORDER: u64 = 1;

const OVERFLOW_TAG: u64 = 2;

/// Values that fit neither inside the instance nor want a `__dict__` yet.
#[repr(C)]
pub(super) struct Overflow {
    pub(super) count: u8,
    pub(super) capacity: u8,
    pub(super) order: [u8; MAX_SHARED_KEYS],
    // `capacity` words follow.
}

impl Overflow {
    pub(super) fn bytes(capacity: usize) -> usize {
        size_of::<Overflow>() + capacity * 8
    }

    /// A block without values.
    pub(super) fn allocate(capacity: usize) -> NonNull<Overflow> {
        let block = current_heap()
            .alloc(Self::bytes(capacity))
            .cast::<Overflow>();
        // SAFETY: the block has room for the struct and `capacity` words.
        unsafe {
            block.write(Overflow {
                count: 0,
                capacity: capacity as u8,
                order: [0; MAX_SHARED_KEYS],
            });
            std::ptr::write_bytes(block.add(1).cast::<u64>().as_ptr(), 0, capacity);
        }
        block
    }

    /// The place of a value.
    pub(super) unsafe fn place(block: NonNull<Overflow>, index: usize) -> NonNull<u64> {
        // SAFETY: the caller keeps `index` below the capacity.
        unsafe { block.add(1).cast::<u64>().add(index) }
    }
}

/// A view on the tail of one live instance; every method copies words, none keeps a reference.
#[derive(Clone, Copy)]
pub(super) struct Tail<'a> {
    pub(super) start: NonNull<u64>,
    pub(super) members: usize,
    pub(super) capacity: usize,
    pub(super) class: &'a Class,
}

impl<'a> Tail<'a> {
    /// # Safety
    /// `object` is live and `class` is its class, which has a tail.
    #[inline]
    pub(super) unsafe fn of(object: ObjectPtr, class: &'a Class) -> Tail<'a> {
        // SAFETY: by the caller's word; the tail lies inside the object's block.
        unsafe {
            let offset = if class.has_flag(class_flag::VARIABLE) {
                (class.ops().size)(object) - tail_bytes(object, class)
            } else {
                class.tail_offset.get() as usize
            };
            Tail {
                start: object.cast::<u8>().add(offset).cast(),
                members: usize::from(class.member_count.get()),
                capacity: object.as_ref().inline_capacity(),
                class,
            }
        }
    }

    #[inline]
    pub(super) fn member(&self, index: usize) -> &'a Cell<u64> {
        debug_assert!(index < self.members);
        // SAFETY: the place lies in the tail, which lives as long as the instance.
        unsafe { self.start.add(index).cast().as_ref() }
    }

    #[inline]
    pub(super) fn has_dict(&self) -> bool {
        self.class.has_flag(class_flag::HAS_DICT)
    }

    #[inline]
    pub(super) fn word(&self) -> &'a Cell<u64> {
        debug_assert!(self.has_dict());
        // SAFETY: as for `member`; the word follows the members.
        unsafe { self.start.add(self.members).cast().as_ref() }
    }

    #[inline]
    pub(super) fn value(&self, index: usize) -> &'a Cell<u64> {
        debug_assert!(index < self.capacity);
        // SAFETY: as for `member`; the values follow the word.
        unsafe { self.start.add(self.members + 1 + index).cast().as_ref() }
    }

    pub(super) fn overflow(&self) -> Option<NonNull<Overflow>> {
        let word = self.word().get();
        if word & 7 == OVERFLOW_TAG {
            NonNull::new((word & !7) as *mut Overflow)
        } else {
            None
        }
    }

    pub(super) fn dict(&self) -> Option<Ref<Dict>> {
        let word = self.word().get();
        if word & 7 != 0 || word == 0 {
            return None;
        }
        // SAFETY: such a word is an owned reference to a dict.
        unsafe { Value::from_slot(&word) }.clone().downcast().ok()
    }

    /// The place of slot `index`, wherever values lie now; None if there is no such place.
    pub(super) fn place(&self, index: usize) -> Option<&'a Cell<u64>> {
        if let Some(block) = self.overflow() {
            // SAFETY: the index is checked; the block lives while the word names it.
            unsafe {
                (index < usize::from(block.as_ref().capacity))
                    .then(|| Overflow::place(block, index).cast().as_ref())
            }
        } else if self.word().get() & 1 == 1 && index < self.capacity {
            Some(self.value(index))
        } else {
            None
        }
    }

    /// Slots of the set values in order of insertion.
    pub(super) fn order(&self) -> SmallVec<[u8; 16]> {
        if let Some(block) = self.overflow() {
            // SAFETY: the block lives while the word names it.
            let block = unsafe { block.as_ref() };
            return block.order[..usize::from(block.count)].into();
        }
        let word = self.word().get();
        if word & 1 == 0 {
            return SmallVec::new();
        }
        (0..order_count(word))
            .map(|i| order_entry(word, i))
            .collect()
    }

    /// Writes an order that fits where values lie now.
    pub(super) fn set_order(&self, order: &[u8]) {
        if let Some(mut block) = self.overflow() {
            // SAFETY: as above; nobody else looks at the block meanwhile.
            let block = unsafe { block.as_mut() };
            block.count = order.len() as u8;
            block.order[..order.len()].copy_from_slice(order);
        } else {
            let mut word = EMPTY_ORDER | (order.len() as u64) << 4;
            for (i, &slot) in order.iter().enumerate() {
                word |= u64::from(slot) << (8 + 4 * i);
            }
            self.word().set(word);
        }
    }

    /// Notes that a slot without a value is about to get one.
    pub(super) fn append_to_order(&self, slot: u8) {
        if let Some(mut block) = self.overflow() {
            // SAFETY: as above.
            let block = unsafe { block.as_mut() };
            // Each slot is there once at most, so there is always room for one more.
            if let Some(entry) = block.order.get_mut(usize::from(block.count)) {
                *entry = slot;
                block.count += 1;
            }
            return;
        }
        let mut order = self.order();
        order.push(slot);
        self.set_order(&order);
    }

    /// Moves all values to an overflow block with room for slot `index`.
    pub(super) fn move_out(&self, index: usize) {
        let wanted = (index + 1)
            .max(self.class.keys.len())
            .next_multiple_of(4)
            .min(MAX_SHARED_KEYS);
        let mut new = Overflow::allocate(wanted);
        let order = self.order();
        for &slot in &order {
            if let Some(place) = self.place(usize::from(slot)) {
                // SAFETY: slots lie below the number of shared names, which `wanted` covers.
                unsafe { Overflow::place(new, usize::from(slot)).write(place.replace(0)) };
            }
        }
        // SAFETY: the new block is ours alone.
        unsafe {
            let block = new.as_mut();
            block.count = order.len() as u8;
            block.order[..order.len()].copy_from_slice(&order);
        }
        let old = self.overflow();
        self.word().set(new.as_ptr() as u64 | OVERFLOW_TAG);
        if let Some(old) = old {
            free_overflow(old);
        }
        // Later instances get more room inside.
        let capacity = self
            .class
            .keys
            .len()
            .max(index + 1)
            .min(MAX_INLINE_CAPACITY);
        if capacity > usize::from(self.class.inline_capacity.get()) {
            self.class.set_inline_capacity(capacity as u8);
        }
    }

    /// Takes all values out in slot order and leaves no attribute and no dict behind.
    pub(super) fn take_attributes(&self) -> SmallVec<[Value; 8]> {
        let mut taken = SmallVec::new();
        if let Some(block) = self.overflow() {
            self.word().set(EMPTY_ORDER);
            // SAFETY: the block is not reachable any more; its words are owned values or zero.
            unsafe {
                for i in 0..usize::from(block.as_ref().capacity) {
                    take_word(Overflow::place(block, i).read(), &mut taken);
                }
            }
            free_overflow(block);
        } else {
            let word = self.word().replace(EMPTY_ORDER);
            if word & 7 == 0 {
                take_word(word, &mut taken);
            } else {
                for i in 0..self.capacity {
                    take_word(self.value(i).replace(0), &mut taken);
                }
            }
        }
        taken
    }
}

pub(super) fn take_word(word: u64, taken: &mut SmallVec<[Value; 8]>) {
    if word != 0 {
        // SAFETY: non-zero words in a tail are owned values, and this one was taken out.
        taken.push(unsafe { Value::from_word(word) });
    }
}

fn free_overflow(block: NonNull<Overflow>) {
    // SAFETY: allocated with this size, and no word names it any more.
    unsafe {
        let bytes = Overflow::bytes(usize::from(block.as_ref().capacity));
        current_heap().free(block.cast(), bytes);
    }
}

pub(super) const fn order_count(word: u64) -> usize {
    (word >> 4 & 15) as usize
}

const fn order_entry(word: u64, position: usize) -> u8 {
    (word >> (8 + 4 * position) & 15) as u8
}
