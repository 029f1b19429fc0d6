//! The dense arrays that the objects of a generation are found through.
//!
//! An object knows its index, so it is removed in constant time; its place then holds a hole,
//! for the order of the others must not change: it is the order of finalisers.  Holes at
//! the end are popped at once; when more than half of a larger array is holes, it is compacted.
#![allow(unsafe_code)]

use std::alloc;
use std::cell::Cell;
use std::ptr;
use std::rc::Rc;

use super::entry::{Entry, Names};
use super::storage;
use crate::header::{Generation, ObjectPtr};
use crate::prefetch::prefetch;

/// Arrays with fewer holes than this are not worth compacting.
const FEW_HOLES: u32 = 64;
/// Objects one array can hold; further ones stay untracked (64 GiB of headers alone).
const MAX_LEN: u32 = u32::MAX - 8;

/// The objects of one generation in order, with holes.
pub(crate) struct ObjectArray {
    start: Cell<*mut Entry>,
    len: Cell<u32>,
    capacity: Cell<u32>,
    holes: Cell<u32>,
    generation: Generation,
    names: Rc<Names>,
}

impl ObjectArray {
    pub fn new(generation: Generation, names: &Rc<Names>) -> Self {
        ObjectArray {
            start: Cell::new(ptr::null_mut()),
            len: Cell::new(0),
            capacity: Cell::new(0),
            holes: Cell::new(0),
            generation,
            names: Rc::clone(names),
        }
    }

    pub fn generation(&self) -> Generation {
        self.generation
    }

    /// Number of places, holes included.
    #[inline(always)]
    pub fn places(&self) -> usize {
        self.len.get() as usize
    }

    /// Number of objects.
    pub fn count(&self) -> usize {
        (self.len.get() - self.holes.get()) as usize
    }

    pub fn holes(&self) -> usize {
        self.holes.get() as usize
    }

    /// The names at all places.  Good until the array is changed.
    #[inline(always)]
    pub fn entries(&self) -> &[Entry] {
        if self.len.get() == 0 {
            return &[];
        }
        // SAFETY: places below the length are initialised.
        unsafe { std::slice::from_raw_parts(self.start.get(), self.places()) }
    }

    /// What the names mean.
    #[inline(always)]
    pub fn names(&self) -> &Names {
        &self.names
    }

    /// The name at a place, which must be one.
    #[inline(always)]
    pub fn entry(&self, index: usize) -> Entry {
        debug_assert!(index < self.places());
        // SAFETY: places below the length are initialised.
        unsafe { *self.start.get().add(index) }
    }

    /// What lies at a place; `None` for a hole and past the end.
    #[inline(always)]
    pub fn get(&self, index: usize) -> Option<ObjectPtr> {
        if index >= self.places() {
            return None;
        }
        self.names.object(self.entry(index))
    }

    /// Fetches the header of the object at a place ahead of its use.
    #[inline(always)]
    pub fn prefetch(&self, index: usize) {
        if index < self.places() {
            prefetch(self.names.near(self.entry(index)));
        }
    }

    /// Closes the holes if there are many; few cost a walk less than to move the objects.  Young objects
    /// leave the array behind anyway when they survive the walk.
    pub fn tidy_for_walk(&self) {
        let stay = self.generation == Generation::Old;
        let tolerable = self.places() / if stay { 8 } else { 2 };
        if self.holes() > tolerable {
            self.compact();
        }
    }

    /// Adds an object at the end and writes its place into its header, whose generation it must not
    /// have (see [`ObjectArray::adopt`] for objects that come from another array).  The caller knows the array's
    /// generation when it is compiled.
    #[inline(always)]
    pub fn push_as(&self, object: ObjectPtr, generation: Generation) {
        debug_assert_eq!(generation, self.generation);
        let Some(len) = self.push_new(object) else {
            return;
        };
        // SAFETY: objects handed to the collector are live.
        let header = unsafe { object.as_ref() };
        header.set_position(len);
        header.set(generation as u16);
    }

    /// Adds an object whose header is not written yet, and returns its place, if there is one.
    #[inline(always)]
    pub fn push_new(&self, object: ObjectPtr) -> Option<u32> {
        let len = self.len.get();
        if len == self.capacity.get() && !self.grow() {
            return None;
        }
        // SAFETY: there is room behind the last place.
        unsafe { *self.start.get().add(len as usize) = self.names.name(object) };
        self.len.set(len + 1);
        Some(len)
    }

    /// Adds an object that another array gave up, with the name it had there.
    #[inline(always)]
    pub fn adopt(&self, object: ObjectPtr, entry: Entry) {
        // SAFETY: objects handed to the collector are live.
        let header = unsafe { object.as_ref() };
        let len = self.len.get();
        if len == self.capacity.get() && !self.grow() {
            header.set_generation(Generation::Untracked);
            self.names.give_up(entry);
            return;
        }
        // SAFETY: there is room behind the last place.
        unsafe { *self.start.get().add(len as usize) = entry };
        self.len.set(len + 1);
        header.set_position(len);
        header.set_generation(self.generation);
    }

    /// Adds all objects of another array in their order; that one is empty afterwards.
    pub fn adopt_all(&self, from: &ObjectArray) {
        let mut adopter = self.adopter();
        let range = self.names.range();
        for &entry in from.entries() {
            if let Some(object) = range.object(entry, &self.names) {
                adopter.adopt(object, entry);
            }
        }
        drop(adopter);
        from.reset();
        from.shrink();
    }

    /// Adds objects that other arrays give up; nothing else may be added meanwhile.
    pub fn adopter(&self) -> Adopter<'_> {
        Adopter {
            array: self,
            start: self.start.get(),
            len: self.len.get(),
            capacity: self.capacity.get(),
            generation: self.generation,
        }
    }

    /// Leaves a hole where the object was.  Its header is not touched.
    #[inline(always)]
    pub fn remove(&self, index: u32) {
        self.names.give_up(self.entry(index as usize));
        let last = self.len.get().wrapping_sub(1);
        if index == last {
            self.len.set(last);
            if last > 0 && self.entry(last as usize - 1).is_hole() {
                self.pop_holes();
            }
            return;
        }
        debug_assert!(index < last);
        self.dig(index as usize);
        if self.holes.get() > self.len.get() / 2 && self.holes.get() > FEW_HOLES {
            self.tidy();
        }
    }

    /// Leaves a hole at a place and nothing else: the name goes elsewhere.
    #[inline(always)]
    pub fn dig(&self, index: usize) {
        debug_assert!(index < self.places());
        // SAFETY: places below the length are initialised.
        unsafe { *self.start.get().add(index) = Entry::HOLE };
        self.holes.set(self.holes.get() + 1);
    }

    /// Drops the holes at the end.
    #[inline(never)]
    pub fn pop_holes(&self) {
        let mut len = self.len.get();
        while len > 0 && self.entry(len as usize - 1).is_hole() {
            len -= 1;
            self.holes.set(self.holes.get() - 1);
        }
        self.len.set(len);
    }

    #[cold]
    #[inline(never)]
    fn tidy(&self) {
        // The collector walks the condemned by index while finalisers make holes.
        if self.generation != Generation::Condemned {
            self.compact();
        }
    }

    /// Closes the holes.
    pub fn compact(&self) {
        let (start, range) = (self.start.get(), self.names.range());
        let mut kept = 0;
        for index in 0..self.places() {
            // SAFETY: places below the length are initialised.
            let entry = unsafe { *start.add(index) };
            // Where many objects died, most places are holes.
            if entry.is_hole() {
                continue;
            }
            self.prefetch(index + 16);
            if kept != index
                && let Some(object) = range.object(entry, &self.names)
            {
                // SAFETY: `kept` is below `index`; the arrays hold live objects.
                unsafe {
                    *start.add(kept) = entry;
                    object.as_ref().set_position(kept as u32);
                }
            }
            kept += 1;
        }
        self.len.set(kept as u32);
        self.holes.set(0);
    }

    /// Forgets all places; the objects were adopted elsewhere.
    pub fn reset(&self) {
        self.len.set(0);
        self.holes.set(0);
    }

    /// Gives the storage back if it is large and hardly used.
    pub fn shrink(&self) {
        if self.capacity.get() as usize > 64 * 1024
            && self.places() < self.capacity.get() as usize / 4
        {
            self.try_resize((self.places() as u32 * 2).max(1024));
        }
    }

    #[cold]
    #[inline(never)]
    fn grow(&self) -> bool {
        let capacity = self.capacity.get();
        if capacity >= MAX_LEN {
            return false;
        }
        // Where memory is short, less will do until the program is told.
        let (doubled, few) = (capacity.saturating_mul(2), capacity.saturating_add(4096));
        let done = [doubled, few]
            .into_iter()
            .any(|capacity| self.try_resize(capacity.clamp(1024, MAX_LEN)));
        if !done {
            alloc::handle_alloc_error(storage::layout(Self::bytes(few)));
        }
        true
    }

    /// Moves the places to storage for `capacity` of them, not fewer than there are; false where
    /// there is no memory for it.
    fn try_resize(&self, capacity: u32) -> bool {
        // SAFETY: the new size is not zero, and the storage has the old one.
        let start = unsafe {
            let (old, new) = (Self::bytes(self.capacity.get()), Self::bytes(capacity));
            storage::resize(self.start.get().cast(), old, new)
        };
        if start.is_null() {
            return false;
        }
        self.start.set(start.cast());
        self.capacity.set(capacity);
        true
    }

    fn bytes(capacity: u32) -> usize {
        capacity as usize * size_of::<Entry>()
    }
}

/// Adds many objects to an array, and keeps what it needs to know of it in registers.
pub(crate) struct Adopter<'a> {
    array: &'a ObjectArray,
    start: *mut Entry,
    len: u32,
    capacity: u32,
    generation: Generation,
}

impl Adopter<'_> {
    /// As [`ObjectArray::adopt`].
    #[inline(always)]
    pub fn adopt(&mut self, object: ObjectPtr, entry: Entry) {
        if self.len == self.capacity {
            return self.adopt_slowly(object, entry);
        }
        // SAFETY: there is room behind the last place, and objects handed to the collector are live.
        unsafe {
            *self.start.add(self.len as usize) = entry;
            let header = object.as_ref();
            header.set_position(self.len);
            header.set_generation(self.generation);
        }
        self.len += 1;
    }

    /// Makes room, or has the object left untracked.
    #[cold]
    #[inline(never)]
    fn adopt_slowly(&mut self, object: ObjectPtr, entry: Entry) {
        self.array.len.set(self.len);
        self.array.adopt(object, entry);
        self.start = self.array.start.get();
        self.len = self.array.len.get();
        self.capacity = self.array.capacity.get();
    }
}

impl Drop for Adopter<'_> {
    fn drop(&mut self) {
        self.array.len.set(self.len);
    }
}

impl Drop for ObjectArray {
    fn drop(&mut self) {
        if self.capacity.get() > 0 {
            // SAFETY: the storage has this size, and goes with its only owner.
            unsafe { storage::free(self.start.get().cast(), Self::bytes(self.capacity.get())) };
        }
    }
}
