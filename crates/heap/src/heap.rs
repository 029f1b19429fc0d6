//! The heap as the runtime sees it.
//!
//! One value holds everything an interpreter needs for its memory: the allocator (`blocks`), the
//! generations and the collector's state (`gc`), the table of weak references and the queue of
//! deferred releases.  The methods that run for every object are here and inlined; they lead into the modules
//! that do the work.
#![allow(unsafe_code)]

use std::ptr::NonNull;
use std::sync::atomic::AtomicU32;

use crate::blocks::Blocks;
use crate::blocks::arena::ARENA_SIZE;
use crate::blocks::hooks::Tracer;
use crate::blocks::map::ArenaMap;
use crate::blocks::size_class::{SMALL_MAX, class_of};
use crate::blocks::stats::HeapStats;
use crate::gc::Collector;
use crate::gc::schedule::FreeList;
use crate::header::{ClassHead, Generation, Header, ObjectPtr, flag};
use crate::release::Releases;
use crate::weak::WeakTable;

/// A request the heap limit or the operating system refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutOfMemory;

/// One interpreter's heap.  Used under the interpreter lock, so nothing in it is atomic.
pub struct Heap {
    pub(crate) blocks: Blocks,
    pub(crate) gc: Collector,
    pub(crate) weak: WeakTable,
    pub(crate) releases: Releases,
}

impl Heap {
    /// An empty heap without a limit.
    #[allow(clippy::new_without_default)]
    pub fn new() -> Self {
        let blocks = Blocks::new();
        let base = blocks.arenas.base();
        Heap {
            blocks,
            gc: Collector::new(base),
            weak: WeakTable::new(),
            releases: Releases::new(),
        }
    }

    /// A block for an object or a small buffer.  Past the heap limit it still succeeds, and
    /// [`Heap::over_limit`] tells so at the next safe point.  Aligned to a word.
    #[inline]
    pub fn alloc(&self, size: usize) -> NonNull<u8> {
        match self.blocks.quick(size) {
            Some(block) => block,
            None => self.alloc_slowly(size),
        }
    }

    #[cold]
    #[inline(never)]
    fn alloc_slowly(&self, size: usize) -> NonNull<u8> {
        let block = self.blocks.alloc_slowly(size);
        if self.blocks.over_limit() {
            self.gc.schedule.breaker.raise_limit();
        }
        block
    }

    /// Makes room for small requests after the system refused one, and has the program told; false if there was
    /// nothing to give up.
    pub(crate) fn give_up_ballast(&self) -> bool {
        let given = self.blocks.give_up_ballast();
        if given {
            self.gc.schedule.breaker.raise_limit();
        }
        given
    }

    /// A block of any size, or an error where the limit or the system refuses.
    #[inline]
    pub fn try_alloc(&self, size: usize) -> Result<NonNull<u8>, OutOfMemory> {
        match self.blocks.quick(size) {
            Some(block) => Ok(block),
            None => self.blocks.try_alloc_slowly(size),
        }
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
        // SAFETY: by the caller's word.
        unsafe { self.blocks.realloc(block, old, new) }
    }

    /// Gives a block back.
    ///
    /// # Safety
    /// `block` was allocated here with `size` bytes and is not used any more.
    #[inline]
    pub unsafe fn free(&self, block: NonNull<u8>, size: usize) {
        // SAFETY: by the caller's word.
        unsafe {
            if size <= SMALL_MAX && !self.blocks.hooks.any() {
                self.blocks.free_small(block, class_of(size));
            } else {
                self.blocks.free_slowly(block, size);
            }
        }
    }

    /// The bytes a request of this size really occupies.
    pub fn rounded(&self, size: usize) -> usize {
        Blocks::rounded(size)
    }

    /// Sets the most bytes the heap may use, or lifts the limit.
    pub fn set_limit(&self, limit: Option<usize>) {
        self.blocks.set_limit(limit);
    }

    /// The most bytes the heap may use.
    pub fn limit(&self) -> Option<usize> {
        self.blocks.limit()
    }

    /// True once more is allocated than the limit allows.
    #[inline]
    pub fn over_limit(&self) -> bool {
        self.blocks.over_limit()
    }

    /// To be called when the program gets the error that [`Heap::over_limit`] asks for.
    pub fn told_of_limit(&self) {
        self.blocks.told_of_limit();
    }

    /// Counts everything; walks all pools.
    pub fn stats(&self) -> HeapStats {
        self.blocks.stats()
    }

    /// Number of blocks handed out, as `sys.getallocatedblocks` tells it.
    pub fn allocated_blocks(&self) -> usize {
        self.blocks.allocated_blocks()
    }

    /// All arenas with their pools and which of their blocks are used.
    pub fn map(&self) -> Vec<ArenaMap> {
        self.blocks.map()
    }

    /// Gives idle memory back to the system.  Full collections end with it, those that come by themselves only if
    /// the heap is large.
    pub fn trim(&self) {
        self.blocks.trim();
    }

    /// True if there is so much in arenas that it is worth giving some back.
    pub(crate) fn is_large(&self) -> bool {
        const LARGE: usize = 16 << 20;
        self.blocks.arenas.count.get() * ARENA_SIZE >= LARGE
    }

    /// Reports every allocation to `tracer` from now on, or to nobody.
    pub fn set_tracer(&self, tracer: Option<&'static dyn Tracer>) {
        self.blocks.hooks.set_tracer(tracer);
    }

    /// Counts allocations from now on.
    pub fn start_counting(&self) {
        self.blocks.hooks.start_counting();
    }

    /// The allocations counted since [`Heap::start_counting`]: by size class, smallest first, then
    /// large ones.  Empty where it was not called.
    pub fn allocation_counts(&self) -> Vec<u64> {
        self.blocks.hooks.counts()
    }

    /// Fills freed blocks with a pattern, so that use after release shows.  Debug builds do
    /// from the start.
    pub fn set_poisoning(&self, on: bool) {
        self.blocks.set_poisoning(on);
    }

    /// A number for a block that depends only on what was allocated before it and not on where the
    /// system placed the arenas: the identity of objects in deterministic mode.  A multiple of
    /// 8, below 2^45, and constant and unique while the block lives.
    pub fn stable_id(&self, block: NonNull<u8>, size: usize) -> u64 {
        self.blocks.stable_id(block, size)
    }

    /// Names the word the interpreter tests at its safe points, and the bits to set in it when a collection
    /// is due and when the limit was passed.  The interpreter clears them.
    pub fn set_breaker(&self, word: &'static AtomicU32, due: u32, limit: u32) {
        self.gc.schedule.breaker.connect(word, due, limit);
    }

    /// Counts an object that has a place in the collector's scheme, tracked or not.
    #[inline(always)]
    pub fn count_allocation(&self) {
        self.gc.schedule.count_allocation();
    }

    /// The reverse of [`Heap::count_allocation`]; never below zero.
    #[inline(always)]
    pub fn count_release(&self) {
        self.gc.schedule.count_release();
    }

    /// As [`Heap::count_allocation`], for an object of a kind of which some are kept.
    #[inline(always)]
    pub fn count_kept_allocation(&self, list: FreeList) {
        self.gc.schedule.count_kept_allocation(list);
    }

    /// As [`Heap::count_release`], for an object of a kind of which some are kept.
    #[inline(always)]
    pub fn count_kept_release(&self, list: FreeList) {
        self.gc.schedule.count_kept_release(list);
    }

    /// Counts an object that CPython makes and drops, of a kind of which some are kept.
    #[inline(always)]
    pub fn count_passing(&self, list: FreeList) {
        self.count_kept_allocation(list);
        self.count_kept_release(list);
    }

    /// The same for a tuple.
    #[inline(always)]
    pub fn count_passing_tuple(&self, len: usize) {
        if let Some(list) = FreeList::tuple(len) {
            self.count_passing(list);
        }
    }

    /// Calls `make`, whose allocations count even where one of the kind is kept.
    #[inline]
    pub fn without_kept<R>(&self, list: FreeList, make: impl FnOnce() -> R) -> R {
        let kept = self.gc.schedule.kept(list).replace(0);
        let made = make();
        let after = self.gc.schedule.kept(list).get();
        self.gc.schedule.kept(list).set(kept.saturating_add(after));
        made
    }

    /// True when the young generation's count has passed its threshold (and collection is enabled).
    #[inline(always)]
    pub fn collection_due(&self) -> bool {
        self.gc.schedule.collection_due()
    }

    /// Puts an object that is in no generation into the young one.
    #[inline(always)]
    pub fn track(&self, object: ObjectPtr) {
        self.gc.track(object);
    }

    /// Writes the header of a new object that counts, and puts it into the young generation.
    ///
    /// # Safety
    /// `object` is a block of this heap; its other parts are complete.
    #[inline(always)]
    pub unsafe fn begin_tracked(
        &self,
        object: ObjectPtr,
        class: NonNull<ClassHead>,
        flags: u16,
        list: Option<FreeList>,
    ) {
        match list {
            Some(list) => self.count_kept_allocation(list),
            None => self.count_allocation(),
        }
        let flags = flags | flag::COUNTED;
        let header = match self.gc.array(Generation::Young).push_new(object) {
            Some(position) => Header::tracked(class, flags, position),
            None => Header::new(class, flags),
        };
        // SAFETY: by the caller's word the block has room for it.
        unsafe { object.as_ptr().write(header) };
    }

    /// Takes an object out of its generation.
    #[inline(always)]
    pub fn untrack(&self, object: ObjectPtr) {
        self.gc.untrack(object);
    }
}

// SAFETY: the heap refers to nothing that belongs to a thread; whoever moves it to another thread
// moves the right to use it too.  It is not `Sync`.
unsafe impl Send for Heap {}
