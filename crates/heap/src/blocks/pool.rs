//! A pool: 4 KiB that serve blocks of one size class.
//!
//! The header is found by masking a block's address.  Free blocks form a singly linked list through
//! their first word; the part of the pool behind `fresh` was never used and is carved into
//! blocks in small batches, so that memory nobody needs is not touched.  A pool with free blocks
//! is *linked* into its class's list; one without is *full* and in no list.
#![allow(unsafe_code)]

use std::cell::Cell;
use std::ops::ControlFlow;
use std::ptr::{self, NonNull};
use std::slice;

use super::arena::{ARENA_SIZE, Arena};
use super::hooks::FREED_BYTE;
use super::shadow;
use super::size_class::class_size;

/// Bytes of a pool.
pub const POOL_SIZE: usize = 4096;

const CACHE_LINE: usize = 64;

/// Bytes of the blocks carved in one go.
const BATCH_BYTES: usize = 1024;

/// What a pool is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum PoolState {
    /// In its arena's list of free pools, or never used.
    Unused = 0,
    /// In its class's list of pools with free blocks.
    Linked = 1,
    /// All blocks are used; in no list.
    Full = 2,
}

/// The first word of a free block.
#[repr(transparent)]
pub(crate) struct FreeBlock {
    pub next: Cell<*mut FreeBlock>,
}

/// The head of a pool.
#[repr(C)]
pub(crate) struct Pool {
    pub free: Cell<*mut FreeBlock>,
    used: Cell<u16>,
    pub capacity: Cell<u16>,
    /// Offset of the part that was never used.
    fresh: Cell<u16>,
    class: Cell<u8>,
    pub state: Cell<PoolState>,
    pub next: Cell<*const Pool>,
    pub previous: Cell<*const Pool>,
}

const _: () = assert!(size_of::<Pool>() == 32);

/// Stands at the head of a class without pools, so that allocation need not test for null.
pub(crate) struct NoPool(pub Pool);

// SAFETY: nothing writes to it: it has no free block to hand out and is in no list.
unsafe impl Sync for NoPool {}

pub(crate) static NO_POOL: NoPool = NoPool(Pool {
    free: Cell::new(ptr::null_mut()),
    used: Cell::new(0),
    capacity: Cell::new(0),
    fresh: Cell::new(POOL_SIZE as u16),
    class: Cell::new(0),
    state: Cell::new(PoolState::Unused),
    next: Cell::new(ptr::null()),
    previous: Cell::new(ptr::null()),
});

impl Pool {
    /// Number of blocks that are handed out.  Read as the two bytes it is: a wider load would have to
    /// wait for the store that the last change of it made.
    #[inline(always)]
    pub fn used(&self) -> u16 {
        // SAFETY: the cell is a valid place.
        unsafe { self.used.as_ptr().read_volatile() }
    }

    #[inline(always)]
    pub fn set_used(&self, used: u16) {
        self.used.set(used);
    }

    /// The pool a block lies in.
    #[inline(always)]
    pub fn of(block: NonNull<u8>) -> *const Pool {
        block
            .as_ptr()
            .map_addr(|address| address & !(POOL_SIZE - 1))
            .cast()
    }

    /// Offset of the first block.  Blocks of whole cache lines start at one: an object of
    /// 64 bytes then costs a traversal one line instead of two, and no pool loses a block by it.
    pub fn first(&self) -> usize {
        let headers = if self.address().is_multiple_of(ARENA_SIZE) {
            size_of::<Pool>() + Arena::HEADER_BYTES
        } else {
            size_of::<Pool>()
        };
        let lines = self.block_size().is_multiple_of(CACHE_LINE);
        if lines {
            headers.next_multiple_of(CACHE_LINE)
        } else {
            headers
        }
    }

    /// Makes the pool serve a size class; no block of it is used.
    pub fn prepare(&self, class: usize) {
        self.class.set(class as u8);
        let first = self.first();
        shadow::show(ptr::from_ref(self).cast(), POOL_SIZE);
        self.free.set(ptr::null_mut());
        self.set_used(0);
        self.capacity
            .set(((POOL_SIZE - first) / class_size(class)) as u16);
        self.fresh.set(first as u16);
    }

    pub fn address(&self) -> usize {
        ptr::from_ref(self).addr()
    }

    pub fn class(&self) -> usize {
        self.class.get() as usize
    }

    pub fn block_size(&self) -> usize {
        class_size(self.class())
    }

    /// Number of blocks that were handed out at least once or lie in the free list.
    pub fn carved(&self) -> usize {
        (self.fresh.get() as usize - self.first()) / self.block_size()
    }

    /// Address of a block.
    pub fn block(&self, index: usize) -> *mut FreeBlock {
        let offset = self.first() + index * self.block_size();
        debug_assert!(offset + self.block_size() <= POOL_SIZE);
        ptr::from_ref(self)
            .cast::<u8>()
            .wrapping_add(offset)
            .cast::<FreeBlock>()
            .cast_mut()
    }

    /// Index of the block at an address, if a block of the pool starts there.
    pub fn index_of(&self, address: usize) -> Option<usize> {
        let offset = address.checked_sub(self.address() + self.first())?;
        let index = offset / self.block_size();
        (offset % self.block_size() == 0 && index < self.capacity.get() as usize).then_some(index)
    }

    /// Takes the first free block.  There must be one.
    #[inline(always)]
    pub fn pop(&self) -> NonNull<u8> {
        let block = self.free.get();
        debug_assert!(!block.is_null());
        if cfg!(ouro_asan) {
            shadow::show(block.cast(), self.block_size());
        }
        // SAFETY: the free list holds blocks of this pool, which is mapped, and is not empty.
        unsafe {
            self.free.set((*block).next.get());
            self.set_used(self.used().wrapping_add(1));
            NonNull::new_unchecked(block.cast())
        }
    }

    /// Hides a free block from everybody else.
    pub fn hide(&self, block: *const FreeBlock) {
        let link = size_of::<FreeBlock>();
        shadow::hide(block.wrapping_add(1).cast(), self.block_size() - link);
    }

    /// Appends a block to the free list, which must not be empty.
    #[cold]
    pub fn push_last(&self, block: NonNull<FreeBlock>) {
        // SAFETY: the free list holds blocks of this pool, which is mapped, and is not empty.
        unsafe {
            block.as_ref().next.set(ptr::null_mut());
            let mut last = self.free.get();
            while let Some(next) = NonNull::new((*last).next.get()) {
                last = next.as_ptr();
            }
            (*last).next.set(block.as_ptr());
        }
    }

    /// Turns some of the fresh part into free blocks in ascending order; false if none is left.
    /// The free list must be empty.
    pub fn carve(&self, poison: bool) -> bool {
        let size = self.block_size();
        // Mostly nothing is left, which is told without a division.
        let end = self.first() + self.capacity.get() as usize * size;
        if self.fresh.get() as usize == end {
            return false;
        }
        let first = self.carved();
        let batch = (BATCH_BYTES / size).clamp(1, self.capacity.get() as usize - first + 1);
        let end = (first + batch).min(self.capacity.get() as usize);
        let mut next = ptr::null_mut();
        for index in (first..end).rev() {
            let block = self.block(index);
            // SAFETY: the block lies in the pool and nobody uses it.
            unsafe {
                if poison {
                    block.cast::<u8>().write_bytes(FREED_BYTE, size);
                }
                (*block).next.set(next);
                self.hide(block);
            }
            next = block;
        }
        self.free.set(next);
        self.fresh.set((self.first() + end * size) as u16);
        true
    }

    /// Fills the free blocks with the pattern of freed ones.
    pub fn poison_free_blocks(&self) {
        // A broken free list is the validator's business.
        let _ = self.walk_free(|_, block| {
            // SAFETY: the block is free; its first word, the link, is kept.
            unsafe {
                let rest = self.block_size() - size_of::<FreeBlock>();
                shadow::show(block.add(1).cast(), rest);
                block.add(1).cast::<u8>().write_bytes(FREED_BYTE, rest);
                self.hide(block);
            }
            ControlFlow::Continue(())
        });
    }

    /// True if a free block still has the pattern of freed ones behind its first word.
    pub fn is_poisoned(&self, block: *const FreeBlock) -> bool {
        let rest = self.block_size() - size_of::<FreeBlock>();
        // SAFETY: a free block of this pool.
        let bytes = unsafe { slice::from_raw_parts(block.add(1).cast::<u8>(), rest) };
        shadow::show(bytes.as_ptr(), rest);
        let poisoned = bytes.iter().all(|&byte| byte == FREED_BYTE);
        self.hide(block);
        poisoned
    }
}
