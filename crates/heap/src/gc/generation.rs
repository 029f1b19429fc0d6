//! The dense arrays that the objects of a generation are found through.
//!
//! An object knows its index, so it is removed in constant time; its place then holds a hole
//! (null), for the order of the others must not change: it is the order of finalisers.  Holes at
//! the end are popped at once; when more than half of a larger array is holes, it is compacted.
#![allow(unsafe_code)]

use std::alloc::{self, Layout};
use std::cell::Cell;
use std::ptr::{self, NonNull};

use crate::header::{Generation, Header, ObjectPtr, flag};
use crate::prefetch::prefetch;

/// Arrays with fewer holes than this are not worth compacting.
const FEW_HOLES: u32 = 64;
/// Objects one array can hold; further ones stay untracked (64 GiB of headers alone).
const MAX_LEN: u32 = u32::MAX - 8;

/// The objects of one generation in order, with holes.
pub(crate) struct ObjectArray {
    start: Cell<*mut *const Header>,
    len: Cell<u32>,
    capacity: Cell<u32>,
    holes: Cell<u32>,
    generation: Generation,
}

impl ObjectArray {
    pub const fn new(generation: Generation) -> Self {
        ObjectArray {
            start: Cell::new(ptr::null_mut()),
            len: Cell::new(0),
            capacity: Cell::new(0),
            holes: Cell::new(0),
            generation,
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

    /// What lies at a place; `None` for a hole and past the end.
    #[inline(always)]
    pub fn get(&self, index: usize) -> Option<ObjectPtr> {
        if index >= self.places() {
            return None;
        }
        // SAFETY: places below the length are initialised.
        NonNull::new(unsafe { *self.start.get().add(index) }.cast_mut())
    }

    /// Fetches the header of the object at a place ahead of its use.
    #[inline(always)]
    pub fn prefetch(&self, index: usize) {
        if index < self.places() {
            // SAFETY: the place is initialised.
            prefetch(unsafe { *self.start.get().add(index) });
        }
    }

    /// Fetches what the object at a place refers to by its first word, which for containers is the
    /// address of their storage.  Its header should have been fetched before.
    #[inline(always)]
    pub fn prefetch_storage(&self, index: usize) {
        if let Some(object) = self.get(index) {
            // SAFETY: blocks of tracked objects have at least a word behind the header.
            let word = unsafe { object.add(1).cast::<usize>().read() };
            // SAFETY: the arrays hold live objects.
            if word & 7 == 0 && !unsafe { object.as_ref() }.has(flag::LEAF) {
                prefetch(ptr::without_provenance::<u8>(word));
            }
        }
    }

    /// Fetches the headers of the objects that the one at a place refers to, if its class can tell them
    /// quickly.  Its storage should have been fetched before.
    #[inline(always)]
    pub fn prefetch_referents(&self, index: usize) {
        if let Some(object) = self.get(index) {
            // SAFETY: the arrays hold live objects, and classes outlive their instances.
            unsafe {
                if !object.as_ref().has(flag::LEAF)
                    && let Some(prefetch) = object.as_ref().class().as_ref().ops.get().prefetch
                {
                    prefetch(object);
                }
            }
        }
    }

    /// Closes the holes if there are many; few cost a walk less than to move the objects.
    pub fn tidy_for_walk(&self) {
        if self.holes() > self.places() / 8 {
            self.compact();
        }
    }

    /// Adds an object at the end and writes its place into its header, whose generation it
    /// must not have (see [`ObjectArray::adopt`] for objects that come from another array).
    #[inline(always)]
    pub fn push(&self, object: ObjectPtr) {
        self.push_as(object, self.generation);
    }

    /// The same for a caller that knows the array's generation when it is compiled.
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
        unsafe { *self.start.get().add(len as usize) = object.as_ptr() };
        self.len.set(len + 1);
        Some(len)
    }

    /// Adds an object that another array gave up.
    #[inline]
    pub fn adopt(&self, object: ObjectPtr) {
        // SAFETY: objects handed to the collector are live.
        unsafe { object.as_ref() }.set_generation(Generation::Untracked);
        self.push(object);
    }

    /// Leaves a hole where the object was.  Its header is not touched.
    #[inline(always)]
    pub fn remove(&self, index: u32) {
        let last = self.len.get().wrapping_sub(1);
        if index == last {
            self.len.set(last);
            // SAFETY: the place before the last one is initialised if there is one.
            if last > 0 && unsafe { *self.start.get().add(last as usize - 1) }.is_null() {
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

    /// Leaves a hole at a place and nothing else.
    #[inline(always)]
    pub fn dig(&self, index: usize) {
        debug_assert!(index < self.places());
        // SAFETY: places below the length are initialised.
        unsafe { *self.start.get().add(index) = ptr::null() };
        self.holes.set(self.holes.get() + 1);
    }

    /// Drops the holes at the end.
    #[inline(never)]
    pub fn pop_holes(&self) {
        let mut len = self.len.get();
        // SAFETY: places below the length are initialised.
        while len > 0 && unsafe { *self.start.get().add(len as usize - 1) }.is_null() {
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
        let mut kept = 0;
        for index in 0..self.places() {
            self.prefetch(index + 16);
            let Some(object) = self.get(index) else {
                continue;
            };
            if kept != index {
                // SAFETY: `kept` is below `index`; the arrays hold live objects.
                unsafe {
                    *self.start.get().add(kept) = object.as_ptr();
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
            self.resize((self.places() as u32 * 2).max(1024));
        }
    }

    #[cold]
    #[inline(never)]
    fn grow(&self) -> bool {
        let capacity = self.capacity.get();
        if capacity >= MAX_LEN {
            return false;
        }
        self.resize(capacity.saturating_mul(2).clamp(1024, MAX_LEN));
        true
    }

    /// Moves the places to storage for `capacity` of them, not fewer than there are.
    fn resize(&self, capacity: u32) {
        let old = Self::layout(self.capacity.get());
        let new = Self::layout(capacity);
        // SAFETY: sizes are not zero; the old storage was allocated with the old layout.
        let start = unsafe {
            if old.size() == 0 {
                alloc::alloc(new)
            } else {
                alloc::realloc(self.start.get().cast(), old, new.size())
            }
        };
        if start.is_null() {
            alloc::handle_alloc_error(new);
        }
        self.start.set(start.cast());
        self.capacity.set(capacity);
    }

    fn layout(capacity: u32) -> Layout {
        let (size, align) = (
            capacity as usize * size_of::<*const Header>(),
            align_of::<usize>(),
        );
        // SAFETY: 2^32 addresses are far from the largest size.
        unsafe { Layout::from_size_align_unchecked(size, align) }
    }
}

impl Drop for ObjectArray {
    fn drop(&mut self) {
        if self.capacity.get() > 0 {
            // SAFETY: the storage was allocated with this layout.
            unsafe { alloc::dealloc(self.start.get().cast(), Self::layout(self.capacity.get())) };
        }
    }
}
