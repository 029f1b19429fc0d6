//! Memory for objects and buffers: arenas cut into pools, pools cut into blocks.
//!
//! # How it works
//!
//! ```text
//! arena  256 KiB, aligned, from the system    ┌───────┬───────┬─────┬───────┐
//!                                             │ pool 0│ pool 1│  …  │pool 63│
//! pool   4 KiB, aligned, one size class       └───┬───┴───────┴─────┴───────┘
//!        ┌────────┬───────┬───────┬───┬───────┐   │ (pool 0 carries the arena's header too)
//!        │ header │ block │ block │ … │ fresh │ ◄─┘
//!        └────────┴───────┴───────┴───┴───────┘
//! ```
//!
//! Requests up to 512 bytes are rounded to one of 40 size classes.  For each class `Blocks::heads`
//! holds a list of the pools that have free blocks; allocation pops the first free block of the
//! first pool.  Freeing masks the address to find the pool's header and pushes the block.  Both are a
//! handful of instructions, inlined at each use, and keep the pool's count exact: the allocator
//! always knows which pools are empty.  Everything else happens out of line:
//!
//! - allocation from a pool without free blocks carves further ones from its fresh part, or drops the
//!   pool from the list ("full") and goes on with the next, or takes a new pool;
//! - freeing into a full pool puts it at the front of the list, so that the block is used next;
//! - a pool that becomes empty goes back to its arena, unless it is the last of its class: that one
//!   stays, so that a single object made and dropped in a loop does not shuffle pools.
//!
//! Larger requests go to the system allocator and are counted.  The heap limit counts pools and
//! large blocks: what the program has taken, not what lies idle in arenas.
#![allow(unsafe_code)]

pub mod arena;
mod ballast;
pub mod hooks;
pub mod map;
pub(crate) mod os;
pub mod pool;
pub mod report;
mod shadow;
pub mod size_class;
pub mod stats;

use std::alloc::{self, Layout};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::ptr::{self, NonNull};

use arena::{Arena, Arenas};
use ballast::Ballast;
use hooks::Hooks;
use pool::{FreeBlock, NO_POOL, POOL_SIZE, Pool, PoolState};
use size_class::{CLASS_COUNT, SMALL_MAX, class_of, class_size};

use crate::heap::OutOfMemory;

/// The largest request that is passed on to the system.
const LARGEST: usize = isize::MAX as usize - 4096;

/// How an allocation stands to the heap limit.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Limit {
    /// It may pass the limit.
    Soft,
    /// It fails rather than pass the limit.
    Hard,
}

/// Lets the system take back the pages of the program file that hold constants: most of what a start reads
/// is not looked at again.  They come back, for a page fault each, when they are.
pub fn release_constants() {
    os::release_constants();
}

/// Has the system's allocator, from which large blocks come, serve all threads of the process from one place, which
/// is faster for programs that are mostly one interpreter.  To be called before there are threads.
pub fn share_system_allocator() {
    os::share_allocator();
}

/// The allocator of one heap.
pub(crate) struct Blocks {
    heads: [Cell<*const Pool>; CLASS_COUNT],
    pub hooks: Hooks,
    pub arenas: Arenas,
    ballast: Ballast,
    /// Bytes of the pools in use and the large blocks.
    in_use: Cell<usize>,
    limit: Cell<usize>,
    peak: Cell<usize>,
    large_count: Cell<usize>,
    large_bytes: Cell<usize>,
    /// The most of them since the system got back what lay idle.
    large_high: Cell<usize>,
    /// Numbers given to large blocks by [`Blocks::stable_id`].
    large_ids: RefCell<HashMap<usize, u64>>,
    large_ids_given: Cell<u64>,
}

impl Blocks {
    pub const SENTINEL: *const Pool = &raw const NO_POOL.0;

    pub fn new() -> Self {
        Blocks {
            heads: [const { Cell::new(Self::SENTINEL) }; CLASS_COUNT],
            hooks: Hooks::new(),
            arenas: Arenas::new(),
            ballast: Ballast::new(),
            in_use: Cell::new(0),
            limit: Cell::new(usize::MAX),
            peak: Cell::new(0),
            large_count: Cell::new(0),
            large_bytes: Cell::new(0),
            large_high: Cell::new(0),
            large_ids: RefCell::new(HashMap::new()),
            large_ids_given: Cell::new(0),
        }
    }

    /// The free block an allocation of this size finds at once, if nothing has to look closer.
    #[inline(always)]
    pub fn quick(&self, size: usize) -> Option<NonNull<u8>> {
        if size > SMALL_MAX {
            return None;
        }
        // SAFETY: heads are pools of mapped arenas or the sentinel.
        let pool = unsafe { &*self.heads[class_of(size)].get() };
        if pool.free.get().is_null() || self.hooks.any() {
            return None;
        }
        Some(pool.pop())
    }

    /// An allocation that passes the limit if it must.
    #[inline(never)]
    pub fn alloc_slowly(&self, size: usize) -> NonNull<u8> {
        let found = self.find(size, Limit::Soft).or_else(|error| {
            if self.ballast.give_up() {
                return self.find(size, Limit::Soft);
            }
            Err(error)
        });
        match found {
            Ok(block) => block,
            Err(OutOfMemory) => alloc::handle_alloc_error(Self::large_layout(size.min(LARGEST))),
        }
    }

    /// An allocation that fails at the limit.
    #[inline(never)]
    pub fn try_alloc_slowly(&self, size: usize) -> Result<NonNull<u8>, OutOfMemory> {
        self.find(size, Limit::Hard)
    }

    fn find(&self, size: usize, limit: Limit) -> Result<NonNull<u8>, OutOfMemory> {
        let block = if size <= SMALL_MAX {
            self.find_small(class_of(size), limit)?
        } else {
            self.take_large(size, limit)?
        };
        if self.hooks.any() {
            self.hooks.taken(block, size, Self::rounded(size));
        }
        Ok(block)
    }

    fn find_small(&self, class: usize, limit: Limit) -> Result<NonNull<u8>, OutOfMemory> {
        loop {
            let head = self.heads[class].get();
            if head == Self::SENTINEL {
                self.add_pool(class, limit)?;
                continue;
            }
            // SAFETY: heads are pools of mapped arenas.
            let pool = unsafe { &*head };
            if !pool.free.get().is_null() || pool.carve(self.hooks.poisoning()) {
                return Ok(pool.pop());
            }
            self.unlink(pool);
            pool.state.set(PoolState::Full);
        }
    }

    fn add_pool(&self, class: usize, limit: Limit) -> Result<(), OutOfMemory> {
        self.account(POOL_SIZE, limit)?;
        let mapped = self.arenas.mapped_ever.get();
        let Some(pool) = self.arenas.take_pool() else {
            self.discount(POOL_SIZE);
            return Err(OutOfMemory);
        };
        if self.arenas.mapped_ever.get() != mapped && !self.ballast.is_exhausted() {
            self.ballast.renew();
        }
        // SAFETY: the pool lies in a mapped arena; zeroed or old memory is a valid header.
        let pool = unsafe { pool.as_ref() };
        pool.prepare(class);
        self.link(pool);
        Ok(())
    }

    /// Gives a small block back.
    ///
    /// # Safety
    /// It was allocated here in this class and is not used any more.
    #[inline(always)]
    pub unsafe fn free_small(&self, block: NonNull<u8>, class: usize) {
        // SAFETY: small blocks lie in pools.
        let pool = unsafe { &*Pool::of(block) };
        debug_assert_eq!(
            pool.class(),
            class,
            "freed with another size than allocated"
        );
        let next = pool.free.get();
        let block = block.cast::<FreeBlock>();
        if cfg!(ouro_asan) && !next.is_null() {
            pool.push_last(block);
        } else {
            // SAFETY: the block is the allocator's again.
            unsafe { block.as_ref() }.next.set(next);
            pool.free.set(block.as_ptr());
        }
        if cfg!(ouro_asan) {
            pool.hide(block.as_ptr());
        }
        let used = pool.used().wrapping_sub(1);
        pool.set_used(used);
        // The only pool of its class stays where it is, however often its last block comes back.
        let among_others = !pool.next.get().is_null() || !pool.previous.get().is_null();
        if next.is_null() || used == 0 && among_others {
            self.settle(pool);
        }
    }

    /// After a block came back to a pool that had no free one, or had no other used one.
    #[cold]
    #[inline(never)]
    fn settle(&self, pool: &Pool) {
        if pool.state.get() == PoolState::Full {
            self.link(pool);
            // SAFETY: the list holds pools of mapped arenas.
            if let Some(second) = unsafe { pool.next.get().as_ref() }
                && second.used() == 0
            {
                self.give_pool_back(second);
            }
        }
        let alone = ptr::eq(self.heads[pool.class()].get(), pool) && pool.next.get().is_null();
        if pool.used() == 0 && !alone {
            self.give_pool_back(pool);
        }
    }

    fn give_pool_back(&self, pool: &Pool) {
        self.unlink(pool);
        self.arenas.give_back(pool);
        self.discount(POOL_SIZE);
    }

    fn link(&self, pool: &Pool) {
        let head = self.heads[pool.class()].replace(pool);
        let next = if head == Self::SENTINEL {
            ptr::null()
        } else {
            head
        };
        pool.previous.set(ptr::null());
        pool.next.set(next);
        pool.state.set(PoolState::Linked);
        // SAFETY: the list holds pools of mapped arenas.
        if let Some(next) = unsafe { next.as_ref() } {
            next.previous.set(pool);
        }
    }

    fn unlink(&self, pool: &Pool) {
        let (previous, next) = (pool.previous.get(), pool.next.get());
        // SAFETY: the list holds pools of mapped arenas.
        unsafe {
            match previous.as_ref() {
                Some(previous) => previous.next.set(next),
                None => {
                    let head = if next.is_null() { Self::SENTINEL } else { next };
                    self.heads[pool.class()].set(head);
                }
            }
            if let Some(next) = next.as_ref() {
                next.previous.set(previous);
            }
        }
    }

    /// Gives the empty pools that classes kept back to their arenas, and the spare arena and what
    /// lies idle in the others to the system.
    pub fn trim(&self) {
        for head in &self.heads {
            // SAFETY: heads are pools of mapped arenas or the sentinel.
            let pool = unsafe { &*head.get() };
            if pool.used() == 0 && head.get() != Self::SENTINEL {
                self.give_pool_back(pool);
            }
        }
        self.arenas.drop_spare();
        self.arenas.release_idle();
        self.release_idle_large();
    }

    /// Has the system's allocator give back what large blocks left, if that is much: it keeps all of it below the
    /// highest block still in use, and a program that watches its size would see nothing of what it freed.
    fn release_idle_large(&self) {
        const ENOUGH: usize = 4 << 20;
        let used = self.large_bytes.get();
        if self.large_high.get() - used >= ENOUGH.max(used / 4) {
            self.large_high.set(used);
            os::trim_large();
        }
    }

    /// Gives a block back.
    ///
    /// # Safety
    /// It was allocated here with this size and is not used any more.
    #[inline(never)]
    pub unsafe fn free_slowly(&self, block: NonNull<u8>, size: usize) {
        if self.hooks.any() {
            self.hooks.leaving(block, Self::rounded(size));
        }
        if size <= SMALL_MAX {
            // SAFETY: by the caller's word.
            unsafe { self.free_small(block, class_of(size)) };
        } else {
            self.forget_large(block, size);
            // SAFETY: by the caller's word it came from `take_large` with this layout.
            unsafe { alloc::dealloc(block.as_ptr(), Self::large_layout(size)) };
        }
    }

    fn take_large(&self, size: usize, limit: Limit) -> Result<NonNull<u8>, OutOfMemory> {
        if size > LARGEST {
            return Err(OutOfMemory);
        }
        let layout = Self::large_layout(size);
        self.account(layout.size(), limit)?;
        // SAFETY: the size is not zero.
        let Some(block) = NonNull::new(unsafe { alloc::alloc(layout) }) else {
            self.discount(layout.size());
            return Err(OutOfMemory);
        };
        self.large_count.set(self.large_count.get() + 1);
        self.hold_large(self.large_bytes.get() + layout.size());
        Ok(block)
    }

    fn hold_large(&self, bytes: usize) {
        self.large_bytes.set(bytes);
        self.large_high.set(self.large_high.get().max(bytes));
    }

    fn forget_large(&self, block: NonNull<u8>, size: usize) {
        let size = Self::rounded(size);
        self.discount(size);
        self.large_count.set(self.large_count.get() - 1);
        self.large_bytes.set(self.large_bytes.get() - size);
        if self.large_ids_given.get() != 0 {
            self.large_ids.borrow_mut().remove(&block.addr().get());
        }
    }

    /// Moves a block to a new size.
    ///
    /// # Safety
    /// It was allocated here with `old` bytes.
    pub unsafe fn realloc(
        &self,
        block: NonNull<u8>,
        old: usize,
        new: usize,
    ) -> Result<NonNull<u8>, OutOfMemory> {
        let moved = if old > SMALL_MAX && new > SMALL_MAX {
            // SAFETY: by the caller's word.
            unsafe { self.realloc_large(block, old, new)? }
        } else if old <= SMALL_MAX && new <= SMALL_MAX && class_of(old) == class_of(new) {
            block
        } else {
            // SAFETY: by the caller's word.
            unsafe { self.relocate(block, old, new)? }
        };
        if self.hooks.any() {
            self.hooks.moved(block, moved, new);
        }
        Ok(moved)
    }

    /// # Safety
    /// The block was allocated here with `old` bytes.
    unsafe fn relocate(
        &self,
        block: NonNull<u8>,
        old: usize,
        new: usize,
    ) -> Result<NonNull<u8>, OutOfMemory> {
        let moved = if new <= SMALL_MAX {
            self.find_small(class_of(new), Limit::Hard)?
        } else {
            self.take_large(new, Limit::Hard)?
        };
        // SAFETY: both blocks have at least the smaller of the sizes and do not overlap; the old
        // one is not used any more afterwards.
        unsafe {
            ptr::copy_nonoverlapping(block.as_ptr(), moved.as_ptr(), old.min(new));
            if self.hooks.poisoning() {
                block
                    .as_ptr()
                    .write_bytes(hooks::FREED_BYTE, Self::rounded(old));
            }
            if old <= SMALL_MAX {
                self.free_small(block, class_of(old));
            } else {
                self.forget_large(block, old);
                alloc::dealloc(block.as_ptr(), Self::large_layout(old));
            }
        }
        Ok(moved)
    }

    /// # Safety
    /// The block is a large one allocated here with `old` bytes.
    unsafe fn realloc_large(
        &self,
        block: NonNull<u8>,
        old: usize,
        new: usize,
    ) -> Result<NonNull<u8>, OutOfMemory> {
        if new > LARGEST {
            return Err(OutOfMemory);
        }
        let (layout, old, new) = (
            Self::large_layout(old),
            Self::rounded(old),
            Self::rounded(new),
        );
        self.account(new.saturating_sub(old), Limit::Hard)?;
        // SAFETY: by the caller's word; the new size is neither zero nor too large.
        let moved = NonNull::new(unsafe { alloc::realloc(block.as_ptr(), layout, new) });
        let Some(moved) = moved else {
            self.discount(new.saturating_sub(old));
            return Err(OutOfMemory);
        };
        self.discount(old.saturating_sub(new));
        self.hold_large(self.large_bytes.get() - old + new);
        if self.large_ids_given.get() != 0 {
            let mut ids = self.large_ids.borrow_mut();
            if let Some(id) = ids.remove(&block.addr().get()) {
                ids.insert(moved.addr().get(), id);
            }
        }
        Ok(moved)
    }

    fn account(&self, bytes: usize, limit: Limit) -> Result<(), OutOfMemory> {
        let total = self.in_use.get().checked_add(bytes).ok_or(OutOfMemory)?;
        if total > self.limit.get() && limit == Limit::Hard {
            return Err(OutOfMemory);
        }
        self.in_use.set(total);
        if total > self.peak.get() {
            self.peak.set(total);
        }
        Ok(())
    }

    fn discount(&self, bytes: usize) {
        self.in_use.set(self.in_use.get() - bytes);
    }

    pub fn set_limit(&self, limit: Option<usize>) {
        self.limit.set(limit.unwrap_or(usize::MAX));
    }

    pub fn limit(&self) -> Option<usize> {
        (self.limit.get() != usize::MAX).then(|| self.limit.get())
    }

    /// Gives up what is held back for small requests; false if there was nothing.
    pub fn give_up_ballast(&self) -> bool {
        self.ballast.give_up()
    }

    #[inline]
    pub fn over_limit(&self) -> bool {
        self.in_use.get() > self.limit.get() || self.ballast.is_exhausted()
    }

    /// The program is being told that there is no memory left.
    pub fn told_of_limit(&self) {
        self.ballast.told();
    }

    /// A number for a block that depends only on what was allocated before, not on addresses.
    pub fn stable_id(&self, block: NonNull<u8>, size: usize) -> u64 {
        if size <= SMALL_MAX {
            // SAFETY: small blocks lie in arenas.
            let arena = unsafe { &*Arena::of(block.as_ptr()) };
            let offset = block.addr().get() % arena::ARENA_SIZE;
            return u64::from(arena.serial()) * arena::ARENA_SIZE as u64 + offset as u64;
        }
        let next = self.large_ids_given.get();
        *self
            .large_ids
            .borrow_mut()
            .entry(block.addr().get())
            .or_insert_with(|| {
                self.large_ids_given.set(next + 1);
                (1 << 44) + next * 16
            })
    }

    /// Bytes a request really occupies.
    #[inline]
    pub fn rounded(size: usize) -> usize {
        if size <= SMALL_MAX {
            class_size(class_of(size))
        } else {
            size.next_multiple_of(16)
        }
    }

    fn large_layout(size: usize) -> Layout {
        // SAFETY: 16 is a power of two and sizes are below `LARGEST`.
        unsafe { Layout::from_size_align_unchecked(size.next_multiple_of(16), 16) }
    }

    /// The pools of a class that have free blocks, first to last.
    pub fn linked(&self, class: usize) -> impl Iterator<Item = &Pool> {
        let mut pool = self.heads[class].get();
        std::iter::from_fn(move || {
            if pool.is_null() || pool == Self::SENTINEL {
                return None;
            }
            // SAFETY: the list holds pools of mapped arenas.
            let this = unsafe { &*pool };
            pool = this.next.get();
            Some(this)
        })
    }
}
