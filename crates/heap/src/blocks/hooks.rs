//! What can be switched on around every allocation: tracing, poisoning and counting.
//!
//! They share one byte of flags, so that the common path pays a single test for them.
#![allow(unsafe_code)]

use std::cell::{Cell, OnceCell};
use std::ptr::NonNull;

use super::size_class::{CLASS_COUNT, SMALL_MAX, class_of};

/// Fills freed blocks (but for the first word, which links the free list).
pub const FREED_BYTE: u8 = 0xDB;
/// Fills blocks that were handed out and not yet written.
pub const FRESH_BYTE: u8 = 0xCB;

/// Is told of every allocation while tracing is on.
///
/// What it allocates itself from the heap is not reported.
pub trait Tracer {
    /// A block of `size` requested bytes begins to live.
    fn allocated(&self, address: usize, size: usize);
    /// A block got a new size and perhaps a new address.
    fn reallocated(&self, old_address: usize, address: usize, size: usize);
    /// A block is given back.
    fn freed(&self, address: usize);
}

pub(super) const TRACE: u8 = 1;
pub(super) const POISON: u8 = 2;
pub(super) const COUNT: u8 = 4;

/// The flags and the tracer they speak of.
pub(crate) struct Hooks {
    on: Cell<u8>,
    tracer: Cell<Option<&'static dyn Tracer>>,
    /// Allocations by size class, then large ones.
    counts: OnceCell<Box<[Cell<u64>]>>,
}

impl Hooks {
    /// Debug builds poison from the start.
    pub const fn new() -> Self {
        let on = if cfg!(debug_assertions) { POISON } else { 0 };
        Hooks {
            on: Cell::new(on),
            tracer: Cell::new(None),
            counts: OnceCell::new(),
        }
    }

    /// True if an allocation has to look closer.
    #[inline(always)]
    pub fn any(&self) -> bool {
        self.on.get() != 0
    }

    pub fn poisoning(&self) -> bool {
        self.on.get() & POISON != 0
    }

    pub fn set_poisoning(&self, on: bool) {
        self.set(POISON, on);
    }

    pub fn set_tracer(&self, tracer: Option<&'static dyn Tracer>) {
        self.tracer.set(tracer);
        self.set(TRACE, tracer.is_some());
    }

    /// Counts allocations from now on.
    pub fn start_counting(&self) {
        self.counts
            .get_or_init(|| vec![Cell::new(0); CLASS_COUNT + 1].into());
        self.set(COUNT, true);
    }

    /// The allocations counted, by size class and then large ones; nothing where none were.
    pub fn counts(&self) -> Vec<u64> {
        let counts = self.counts.get().into_iter().flatten();
        counts.map(Cell::get).collect()
    }

    fn set(&self, flag: u8, on: bool) {
        self.on.set(if on {
            self.on.get() | flag
        } else {
            self.on.get() & !flag
        });
    }

    /// Calls the tracer, if there is one and it is not what is allocating.
    fn trace(&self, report: impl FnOnce(&dyn Tracer)) {
        if self.on.get() & TRACE == 0 {
            return;
        }
        if let Some(tracer) = self.tracer.get() {
            self.set(TRACE, false);
            report(tracer);
            // The report may have stopped the tracing.
            self.set(TRACE, self.tracer.get().is_some());
        }
    }

    /// A block of `room` bytes was taken for a request of `size`.
    pub fn taken(&self, block: NonNull<u8>, size: usize, room: usize) {
        if self.poisoning() {
            // SAFETY: the block has this much room and its taker has not seen it yet.
            unsafe { block.as_ptr().write_bytes(FRESH_BYTE, room) };
        }
        if let Some(counts) = self.counts.get() {
            let place = if size <= SMALL_MAX {
                class_of(size)
            } else {
                CLASS_COUNT
            };
            counts[place].set(counts[place].get() + 1);
        }
        self.trace(|tracer| tracer.allocated(block.addr().get(), size));
    }

    /// A block of `room` bytes is about to be given back.
    pub fn leaving(&self, block: NonNull<u8>, room: usize) {
        self.trace(|tracer| tracer.freed(block.addr().get()));
        if self.poisoning() {
            // SAFETY: the block has this much room and its owner gave it up.
            unsafe { block.as_ptr().write_bytes(FREED_BYTE, room) };
        }
    }

    /// A block moved, or changed its size in place.
    pub fn moved(&self, old: NonNull<u8>, new: NonNull<u8>, size: usize) {
        self.trace(|tracer| tracer.reallocated(old.addr().get(), new.addr().get(), size));
    }
}
