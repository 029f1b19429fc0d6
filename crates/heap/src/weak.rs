//! Which weak references refer to an object.
//!
//! Few objects are weakly referenced, so the header has only a flag for it and the references lie in
//! a side table keyed by the object's address: open addressing with linear probing, 16 bytes an
//! entry.  An entry holds the single weak reference itself or, tagged, the address of a list.
#![allow(unsafe_code)]

use std::cell::RefCell;
use std::ptr::NonNull;

use smallvec::SmallVec;

use crate::header::{Header, ObjectPtr, flag};
use crate::heap::Heap;

/// The weak references to one object: the address of the only one or, with the lowest bit set,
/// of a list.
struct Entry(NonNull<Header>);

const LIST: usize = 1;

/// Several weak references to one object; a few of them take no second block.
type List = SmallVec<[ObjectPtr; 3]>;

const _: () = assert!(size_of::<Option<(ObjectPtr, Entry)>>() == 16);

impl Entry {
    fn list(list: List) -> Self {
        let list = NonNull::from(Box::leak(Box::new(list)));
        Entry(list.cast().map_addr(|address| address | LIST))
    }

    fn list_address(&self) -> Option<NonNull<List>> {
        if self.0.addr().get() & LIST == 0 {
            return None;
        }
        NonNull::new(self.0.as_ptr().map_addr(|address| address & !LIST).cast())
    }

    fn as_slice(&self) -> &[ObjectPtr] {
        match self.list_address() {
            None => std::slice::from_ref(&self.0),
            // SAFETY: made by `list` and not dropped before the entry.
            Some(list) => unsafe { list.as_ref() },
        }
    }

    fn insert(&mut self, index: usize, weakref: ObjectPtr) {
        match self.list_address() {
            None => {
                let mut list = List::from_slice(&[self.0]);
                list.insert(index.min(1), weakref);
                *self = Entry::list(list);
            }
            Some(mut list) => {
                // SAFETY: as above, and the borrow is unique.
                let list = unsafe { list.as_mut() };
                list.insert(index.min(list.len()), weakref);
            }
        }
    }

    /// Removes a reference from among several.
    fn remove(&mut self, weakref: ObjectPtr) -> bool {
        let Some(mut list) = self.list_address() else {
            return false;
        };
        // SAFETY: as above, and the borrow is unique.
        let list = unsafe { list.as_mut() };
        let index = list.iter().position(|known| *known == weakref);
        index.map(|index| list.remove(index)).is_some()
    }
}

impl Drop for Entry {
    fn drop(&mut self) {
        if let Some(list) = self.list_address() {
            // SAFETY: made by `list`, which leaked the box.
            drop(unsafe { Box::from_raw(list.as_ptr()) });
        }
    }
}

/// The table of one heap.
pub(crate) struct WeakTable {
    slots: RefCell<Slots>,
}

struct Slots {
    places: Vec<Option<(ObjectPtr, Entry)>>,
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

    fn get(&self, referent: ObjectPtr) -> Option<&Entry> {
        if self.used == 0 {
            return None;
        }
        self.places[self.find(referent)]
            .as_ref()
            .map(|(_, entry)| entry)
    }

    fn insert(&mut self, referent: ObjectPtr, weakref: ObjectPtr, index: usize) {
        if self.used * 4 >= self.places.len() * 3 {
            self.rehash((self.places.len() * 2).max(16));
        }
        let place = self.find(referent);
        match &mut self.places[place] {
            free @ None => {
                *free = Some((referent, Entry(weakref)));
                self.used += 1;
            }
            Some((_, entry)) => entry.insert(index, weakref),
        }
    }

    /// Removes the entry at an index and closes the gap in its run of entries.
    fn remove(&mut self, mut hole: usize) -> Option<Entry> {
        let (_, entry) = self.places[hole].take()?;
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
        if self.places.len() > 64 && self.used * 8 < self.places.len() {
            self.rehash(self.places.len() / 4);
        }
        Some(entry)
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

/// The references taken out of the table at once, newest first.
pub struct WeakRefs(Option<Entry>);

impl WeakRefs {
    /// The references, first to last.
    pub fn as_slice(&self) -> &[ObjectPtr] {
        self.0.as_ref().map_or(&[], Entry::as_slice)
    }
}

impl Heap {
    /// Notes a weak reference to an object, before all it has.
    pub fn register_weakref(&self, referent: ObjectPtr, weakref: ObjectPtr) {
        self.register_weakref_at(referent, weakref, 0);
    }

    /// Notes a weak reference to an object at a place among those it has: a reference that is
    /// shared because it has no callback stays before the others.
    pub fn register_weakref_at(&self, referent: ObjectPtr, weakref: ObjectPtr, index: usize) {
        self.weak
            .slots
            .borrow_mut()
            .insert(referent, weakref, index);
        header(referent).set(flag::WEAKLY_REFERENCED);
    }

    /// Forgets a weak reference, because it dies or was cleared; false if it was not known.
    pub fn unregister_weakref(&self, referent: ObjectPtr, weakref: ObjectPtr) -> bool {
        let mut slots = self.weak.slots.borrow_mut();
        if slots.used == 0 {
            return false;
        }
        let place = slots.find(referent);
        let Some((_, entry)) = &mut slots.places[place] else {
            return false;
        };
        let last = entry.as_slice() == [weakref];
        if !last && !entry.remove(weakref) {
            return false;
        }
        if last {
            slots.remove(place);
            header(referent).unset(flag::WEAKLY_REFERENCED);
        }
        true
    }

    /// The weak references to an object, newest first.
    pub fn weakrefs(&self, referent: ObjectPtr) -> Vec<ObjectPtr> {
        self.look_up(referent, |list| list.to_vec())
    }

    /// Number of weak references to an object.
    pub fn weakref_count(&self, referent: ObjectPtr) -> usize {
        self.look_up(referent, |list| list.len())
    }

    /// The first weak reference to an object that `wanted` accepts, which must only look at it.
    pub fn weakref_where(
        &self,
        referent: ObjectPtr,
        wanted: impl Fn(ObjectPtr) -> bool,
    ) -> Option<ObjectPtr> {
        self.look_up(referent, |list| {
            list.iter().copied().find(|weakref| wanted(*weakref))
        })
    }

    fn look_up<R>(&self, referent: ObjectPtr, look: impl FnOnce(&[ObjectPtr]) -> R) -> R {
        if !header(referent).has(flag::WEAKLY_REFERENCED) {
            return look(&[]);
        }
        let slots = self.weak.slots.borrow();
        look(slots.get(referent).map_or(&[], Entry::as_slice))
    }

    /// Takes all weak references to an object out of the table, because it dies.
    pub fn take_weakrefs(&self, referent: ObjectPtr) -> WeakRefs {
        if !header(referent).has(flag::WEAKLY_REFERENCED) {
            return WeakRefs(None);
        }
        header(referent).unset(flag::WEAKLY_REFERENCED);
        let mut slots = self.weak.slots.borrow_mut();
        if slots.used == 0 {
            return WeakRefs(None);
        }
        let place = slots.find(referent);
        WeakRefs(slots.remove(place))
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
