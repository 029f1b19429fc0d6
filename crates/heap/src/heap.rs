//! The heap as the runtime sees it: blocks, tracking and counts.
#![allow(unsafe_code)]

use std::alloc::Layout;
use std::cell::Cell;
use std::ptr::NonNull;

use crate::header::{Generation, ObjectPtr};

/// A request the heap limit or the operating system refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutOfMemory;

/// One interpreter's heap.  Used under the interpreter lock, so nothing in it is atomic.
pub struct Heap {
    young_count: Cell<u32>,
}

impl Heap {
    /// An empty heap without a limit.
    #[allow(clippy::new_without_default)]
    pub fn new() -> Self {
        Heap {
            young_count: Cell::new(0),
        }
    }

    /// A block for an object or a small buffer.  Past the heap limit it still succeeds, and
    /// [`Heap::over_limit`] tells so at the next safe point.  Aligned to 16 bytes from 16 bytes on.
    #[inline]
    pub fn alloc(&self, size: usize) -> NonNull<u8> {
        // SAFETY: the size is not zero.
        let block = unsafe { std::alloc::alloc(Self::layout(size)) };
        NonNull::new(block).unwrap_or_else(|| std::alloc::handle_alloc_error(Self::layout(size)))
    }

    /// A block of any size, or an error where the limit or the system refuses.
    pub fn try_alloc(&self, size: usize) -> Result<NonNull<u8>, OutOfMemory> {
        if size > isize::MAX as usize - 4096 {
            return Err(OutOfMemory);
        }
        // SAFETY: the size is not zero.
        NonNull::new(unsafe { std::alloc::alloc(Self::layout(size)) }).ok_or(OutOfMemory)
    }

    /// Moves a block to a new size.
    ///
    /// # Safety
    /// `block` was allocated here with `old` bytes.
    pub unsafe fn try_realloc(
        &self,
        block: NonNull<u8>,
        old: usize,
        new: usize,
    ) -> Result<NonNull<u8>, OutOfMemory> {
        let moved = self.try_alloc(new)?;
        // SAFETY: both blocks are valid for the smaller of the sizes and do not overlap.
        unsafe { std::ptr::copy_nonoverlapping(block.as_ptr(), moved.as_ptr(), old.min(new)) };
        // SAFETY: by the caller's word.
        unsafe { self.free(block, old) };
        Ok(moved)
    }

    /// Gives a block back.
    ///
    /// # Safety
    /// `block` was allocated here with `size` bytes and is not used any more.
    #[inline]
    pub unsafe fn free(&self, block: NonNull<u8>, size: usize) {
        // SAFETY: by the caller's word.
        unsafe { std::alloc::dealloc(block.as_ptr(), Self::layout(size)) };
    }

    /// The bytes a request of this size really occupies.
    pub fn rounded(&self, size: usize) -> usize {
        size.max(1).next_multiple_of(16)
    }

    /// Counts an object that has a place in the collector's scheme, tracked or not.
    #[inline]
    pub fn count_allocation(&self) {
        self.young_count.set(self.young_count.get() + 1);
    }

    /// The reverse of [`Heap::count_allocation`]; never below zero.
    #[inline]
    pub fn count_release(&self) {
        self.young_count
            .set(self.young_count.get().saturating_sub(1));
    }

    /// True when the young generation's count has passed its threshold (and collection is enabled).
    #[inline]
    pub fn collection_due(&self) -> bool {
        false
    }

    /// Puts an object into the young generation.
    #[inline]
    pub fn track(&self, object: ObjectPtr) {
        // SAFETY: object pointers given to the heap are live.
        unsafe { object.as_ref() }.set_generation(Generation::Young);
    }

    /// Takes an object out of its generation.
    #[inline]
    pub fn untrack(&self, object: ObjectPtr) {
        // SAFETY: object pointers given to the heap are live.
        unsafe { object.as_ref() }.set_generation(Generation::Untracked);
    }

    /// True once more is allocated than the limit allows.
    #[inline]
    pub fn over_limit(&self) -> bool {
        false
    }

    fn layout(size: usize) -> Layout {
        // SAFETY: 16 is a power of two and no caller passes a size near the address space's end.
        unsafe { Layout::from_size_align_unchecked(size.max(1), 16) }
    }
}
