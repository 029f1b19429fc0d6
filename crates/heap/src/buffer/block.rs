//! Blocks without elements.

use std::mem::ManuallyDrop;
use std::ptr::NonNull;

use crate::current::current_heap;
use crate::heap::OutOfMemory;

/// A raw block that is given back unless it is kept: for building an object in steps that can fail.
pub struct HeapBlock {
    address: NonNull<u8>,
    size: usize,
}

impl HeapBlock {
    /// A block of `size` bytes from the current heap.
    #[inline]
    pub fn try_new(size: usize) -> Result<Self, OutOfMemory> {
        Ok(HeapBlock {
            address: current_heap().try_alloc(size)?,
            size,
        })
    }

    /// Address of the first byte.
    #[inline]
    pub fn address(&self) -> NonNull<u8> {
        self.address
    }

    /// Hands the block to the caller, who will free it with the size it was made with.
    #[inline]
    pub fn keep(self) -> NonNull<u8> {
        ManuallyDrop::new(self).address
    }
}

impl Drop for HeapBlock {
    fn drop(&mut self) {
        // SAFETY: the block was allocated with this size and nobody else has it.
        unsafe { current_heap().free(self.address, self.size) };
    }
}
