//! Which weak references refer to an object.
//!
//! Few objects are weakly referenced, so the header has only a flag for it.  The weak references to
//! one object are linked through themselves, newest first except for the shared ones, and the first
//! of them lies in a side table keyed by the object's address: open addressing with linear probing,
//! 16 bytes an entry.  So a further reference to the same object, and the death of one that is not the
//! first, do not touch the table, and no list is ever allocated.
#![allow(unsafe_code)]

use std::cell::{Cell, RefCell};

use crate::header::{Header, ObjectPtr, flag};
use crate::heap::Heap;

/// What a weak reference's object has directly behind its header.
#[derive(Default)]
#[repr(C)]
pub struct WeakLink {
    previous: Cell<Option<ObjectPtr>>,
    next: Cell<Option<ObjectPtr>>,
}

impl WeakLink {
    /// The link of a reference that is not registered.
    #[inline(always)]
    pub const fn new() -> Self {
        WeakLink {
            previous: Cell::new(None),
            next: Cell::new(None),
        }
    }
}

const _: () = assert!(size_of::<Option<(ObjectPtr, ObjectPtr)>>() == 16);

/// The link of a weak reference.
#[inline(always)]
fn link<'a>(weakref: ObjectPtr) -> &'a WeakLink {
    // SAFETY: whoever registers a weak reference promises that its link lies behind the header; it
    // lives until it is taken out of the list.
    unsafe { weakref.add(1).cast().as_ref() }
}

/// The weak references from one on.
fn from(mut first: Option<ObjectPtr>) -> impl Iterator<Item = ObjectPtr> {
    std::iter::from_fn(move || {
        let weakref = first?;
        first = link(weakref).next.get();
        Some(weakref)
    })
}

/// The table of one heap.
pub(crate) struct WeakTable {
    slots: RefCell<Slots>,
}

/// A table of at most so many places (256 KiB) does not shrink: it would grow again the next time.
const KEPT: usize = 1 << 14;

struct Slots {
    /// Referents with the first of their weak references.
    places: Vec<Option<(ObjectPtr, ObjectPtr)>>,
    used: usize,
}

impl WeakTable {
    pub const fn new() -> Self {
        WeakTable {
            slots: RefCell::new(Slots {
                places: Vec::new(),
                used: 0,
            }),
        }
    }
}

impl Slots {
    fn home(&self, referent: ObjectPtr) -> usize {
        // Addresses are multiples of 16; Fibonacci hashing spreads them over the high bits.
        let hash = (referent.addr().get() as u64 >> 4).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        (hash >> 32) as usize & (self.places.len() - 1)
    }

    /// Index of the referent's entry, or of the free place where it belongs.
    fn find(&self, referent: ObjectPtr) -> usize {
        let mut index = self.home(referent);
        while let Some((key, _)) = &self.places[index]
            && *key != referent
        {
            index = (index + 1) & (self.places.len() - 1);
        }
        index
    }

    fn first(&self, referent: ObjectPtr) -> Option<ObjectPtr> {
        if self.used == 0 {
            return None;
        }
        self.places[self.find(referent)].map(|(_, first)| first)
    }

    /// Puts a weak reference before those that the referent has.
    fn insert(&mut self, referent: ObjectPtr, weakref: ObjectPtr) {
        if self.used * 4 >= self.places.len() * 3 {
            self.rehash((self.places.len() * 2).max(16));
        }
        let place = self.find(referent);
        match &mut self.places[place] {
            free @ None => {
                *free = Some((referent, weakref));
                self.used += 1;
            }
            Some((_, first)) => {
                link(weakref).next.set(Some(*first));
                link(*first).previous.set(Some(weakref));
                *first = weakref;
            }
        }
    }

    /// Removes the entry at an index and closes the gap in its run of entries.
    fn remove(&mut self, mut hole: usize) -> Option<ObjectPtr> {
        let (_, first) = self.places[hole].take()?;
        self.used -= 1;
        let mask = self.places.len() - 1;
        let mut index = (hole + 1) & mask;
        while let Some((key, _)) = &self.places[index] {
            let home = self.home(*key);
            // The entry may move to the hole unless its home lies between the two.
            if index.wrapping_sub(home) & mask >= index.wrapping_sub(hole) & mask {
                self.places.swap(hole, index);
                hole = index;
            }
            index = (index + 1) & mask;
        }
        if self.places.len() > KEPT && self.used * 8 < self.places.len() {
            self.rehash(self.places.len() / 4);
        }
        Some(first)
    }

    fn rehash(&mut self, size: usize) {
        let mut places = Vec::new();
        places.resize_with(size, || None);
        let old = std::mem::replace(&mut self.places, places);
        for (referent, entry) in old.into_iter().flatten() {
            let place = self.find(referent);
            self.places[place] = Some((referent, entry));
        }
    }
}

impl Heap {
    /// Notes a weak reference to an object, before all it has.
    ///
    /// # Safety
    /// `weakref` is live, is not registered, and has a [`WeakLink`] behind its header; it is
    /// unregistered before its block is freed.
    pub unsafe fn register_weakref(&self, referent: ObjectPtr, weakref: ObjectPtr) {
        self.weak.slots.borrow_mut().insert(referent, weakref);
        header(referent).set(flag::WEAKLY_REFERENCED);
    }

    /// Notes a weak reference to the object that another one refers to, behind that one: a
    /// reference that is shared because it has no callback stays before the others.
    ///
    /// # Safety
    /// As for [`Heap::register_weakref`]; `previous` is registered.
    pub unsafe fn register_weakref_behind(&self, previous: ObjectPtr, weakref: ObjectPtr) {
        let next = link(previous).next.replace(Some(weakref));
        if let Some(next) = next {
            link(next).previous.set(Some(weakref));
        }
        link(weakref).previous.set(Some(previous));
        link(weakref).next.set(next);
    }

    /// Forgets a weak reference, because it dies or was cleared; false if it was not known.
    pub fn unregister_weakref(&self, referent: ObjectPtr, weakref: ObjectPtr) -> bool {
        let own = link(weakref);
        let next = own.next.take();
        if let Some(previous) = own.previous.take() {
            link(previous).next.set(next);
            if let Some(next) = next {
                link(next).previous.set(Some(previous));
            }
            return true;
        }
        let mut slots = self.weak.slots.borrow_mut();
        if slots.used == 0 {
            return false;
        }
        let place = slots.find(referent);
        match (&mut slots.places[place], next) {
            (Some((_, first)), _) if *first != weakref => return false,
            (None, _) => return false,
            (Some((_, first)), Some(next)) => {
                link(next).previous.set(None);
                *first = next;
            }
            (Some(_), None) => {
                slots.remove(place);
                header(referent).unset(flag::WEAKLY_REFERENCED);
            }
        }
        true
    }

    /// The weak references to an object, newest first.
    pub fn weakrefs(&self, referent: ObjectPtr) -> Vec<ObjectPtr> {
        from(self.first_weakref(referent)).collect()
    }

    /// Number of weak references to an object.
    pub fn weakref_count(&self, referent: ObjectPtr) -> usize {
        from(self.first_weakref(referent)).count()
    }

    /// The first weak reference to an object.
    #[inline]
    pub fn first_weakref(&self, referent: ObjectPtr) -> Option<ObjectPtr> {
        if !header(referent).has(flag::WEAKLY_REFERENCED) {
            return None;
        }
        self.weak.slots.borrow().first(referent)
    }

    /// The weak reference to the same object that follows a registered one.
    #[inline]
    pub fn next_weakref(&self, weakref: ObjectPtr) -> Option<ObjectPtr> {
        link(weakref).next.get()
    }

    /// Takes all weak references to an object out of the table, because it dies, and shows them, newest
    /// first.  `each` must not run code that could release one of them.
    #[inline]
    pub fn take_weakrefs(&self, referent: ObjectPtr, mut each: impl FnMut(ObjectPtr)) {
        if !header(referent).has(flag::WEAKLY_REFERENCED) {
            return;
        }
        let mut next = self.take_first_weakref(referent);
        while let Some(weakref) = next {
            link(weakref).previous.set(None);
            next = link(weakref).next.take();
            each(weakref);
        }
    }

    #[inline(never)]
    fn take_first_weakref(&self, referent: ObjectPtr) -> Option<ObjectPtr> {
        header(referent).unset(flag::WEAKLY_REFERENCED);
        let mut slots = self.weak.slots.borrow_mut();
        if slots.used == 0 {
            return None;
        }
        let place = slots.find(referent);
        slots.remove(place)
    }

    /// All weakly referenced objects, in no order, for the validator.
    pub(crate) fn weakly_referenced(&self) -> Vec<ObjectPtr> {
        self.weak
            .slots
            .borrow()
            .places
            .iter()
            .flatten()
            .map(|(referent, _)| *referent)
            .collect()
    }
}

fn header<'a>(object: ObjectPtr) -> &'a Header {
    // SAFETY: object pointers given to the heap are live; the reference is used at once.
    unsafe { object.as_ref() }
}
