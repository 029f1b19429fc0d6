//! When a collection is due: counts, thresholds and the 25 % rule.
//!
//! The young count rises with each object that has a place in the collector's scheme and falls
//! when one is freed; the other counts tell how often the generation before was collected.  Nothing
//! is ever collected here: passing the threshold sets a bit in the word the interpreter tests at
//! its safe points, and there the threshold is looked at again.

use std::cell::Cell;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::header::Generation;

/// A trigger no count passes.
const NEVER: i32 = i32::MAX;

/// A kind of object of which CPython keeps some that died, to hand them out again.  Keeping and handing out
/// does not move its young count.  Here blocks go back to their pools at once; but as programs print the count and
/// see when collections run, the number that CPython would keep is kept.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FreeList(u8);

impl FreeList {
    /// Lists.
    pub const LIST: FreeList = FreeList(0);
    /// Dictionaries.
    pub const DICT: FreeList = FreeList(1);
    /// Contexts of `contextvars`.
    pub const CONTEXT: FreeList = FreeList(2);
    /// Slices: a full collection does not give the kept one back.
    pub const SLICE: FreeList = FreeList(3);
    const TUPLES: u8 = 4;
    const LONGEST_TUPLE: usize = 20;
    const COUNT: usize = FreeList::TUPLES as usize + FreeList::LONGEST_TUPLE;

    /// Tuples of `len` items, if any are kept.
    #[inline(always)]
    pub const fn tuple(len: usize) -> Option<FreeList> {
        if len.wrapping_sub(1) < FreeList::LONGEST_TUPLE {
            Some(FreeList(FreeList::TUPLES + (len - 1) as u8))
        } else {
            None
        }
    }

    /// How many are kept at most.
    #[inline(always)]
    const fn limit(self) -> u16 {
        match self {
            FreeList::LIST | FreeList::DICT => 80,
            FreeList::CONTEXT => 255,
            FreeList::SLICE => 1,
            _ => 2000,
        }
    }
}

/// The word the interpreter tests at its safe points, and the heap's bits in it.
pub(crate) struct Breaker {
    word: Cell<Option<&'static AtomicU32>>,
    due: Cell<u32>,
    limit: Cell<u32>,
}

impl Breaker {
    pub fn connect(&self, word: &'static AtomicU32, due: u32, limit: u32) {
        self.word.set(Some(word));
        self.due.set(due);
        self.limit.set(limit);
    }

    pub fn raise_limit(&self) {
        self.raise(self.limit.get());
    }

    fn raise(&self, bits: u32) {
        if let Some(word) = self.word.get() {
            word.fetch_or(bits, Ordering::Relaxed);
        }
    }
}

/// Counts and thresholds of the three generations.
pub(crate) struct Schedule {
    young: Cell<i32>,
    /// The young threshold while a collection may start by itself, else [`NEVER`].
    trigger: Cell<i32>,
    older: [Cell<i32>; 2],
    thresholds: Cell<[i32; 3]>,
    enabled: Cell<bool>,
    collecting: Cell<bool>,
    /// Survivors of the last full collection.
    long_lived: Cell<usize>,
    /// Objects that reached the old generation since.
    pending: Cell<usize>,
    /// Objects of the interpreter itself that CPython has beyond ours.
    absent: Cell<usize>,
    /// How many objects of each kind CPython would have ready.
    kept: [Cell<u16>; FreeList::COUNT],
    pub breaker: Breaker,
}

impl Schedule {
    pub const fn new() -> Self {
        let mut kept = [const { Cell::new(0) }; FreeList::COUNT];
        // Any start of CPython slices something.
        kept[FreeList::SLICE.0 as usize] = Cell::new(1);
        Schedule {
            kept,
            absent: Cell::new(0),
            young: Cell::new(0),
            trigger: Cell::new(700),
            older: [const { Cell::new(0) }; 2],
            thresholds: Cell::new([700, 10, 10]),
            enabled: Cell::new(true),
            collecting: Cell::new(false),
            long_lived: Cell::new(0),
            pending: Cell::new(0),
            breaker: Breaker {
                word: Cell::new(None),
                due: Cell::new(0),
                limit: Cell::new(0),
            },
        }
    }

    #[inline(always)]
    pub fn count_allocation(&self) {
        let count = self.young.get().wrapping_add(1);
        self.young.set(count);
        if count > self.trigger.get() {
            self.raise_due();
        }
    }

    #[cold]
    #[inline(never)]
    fn raise_due(&self) {
        self.breaker.raise(self.breaker.due.get());
    }

    #[inline(always)]
    pub fn count_release(&self) {
        let count = self.young.get();
        if count > 0 {
            self.young.set(count - 1);
        }
    }

    /// Counts an object of a kind that is kept.
    #[inline(always)]
    pub fn count_kept_allocation(&self, list: FreeList) {
        match self.kept(list).get() {
            0 => self.count_allocation(),
            kept => self.kept(list).set(kept - 1),
        }
    }

    /// The reverse of [`Schedule::count_kept_allocation`].
    #[inline(always)]
    pub fn count_kept_release(&self, list: FreeList) {
        let kept = self.kept(list).get();
        if kept < list.limit() {
            self.kept(list).set(kept + 1);
        } else {
            self.count_release();
        }
    }

    #[inline(always)]
    pub fn kept(&self, list: FreeList) -> &Cell<u16> {
        &self.kept[usize::from(list.0) % FreeList::COUNT]
    }

    /// A full collection gives back what is kept.
    pub fn empty_kept(&self) {
        for (number, kept) in self.kept.iter().enumerate() {
            if number != usize::from(FreeList::SLICE.0) {
                let young = self.young.get() - i32::from(kept.replace(0));
                self.young.set(young.max(0));
            }
        }
    }

    #[inline(always)]
    pub fn collection_due(&self) -> bool {
        self.young.get() > self.trigger.get()
    }

    /// The generation an automatic collection takes: the oldest one past its threshold, where
    /// the old one waits until enough objects have come to it since it was last collected.
    /// Otherwise a program that builds a large structure would walk it over and over.
    pub fn automatic_generation(&self) -> Option<Generation> {
        if !self.collection_due() {
            return None;
        }
        let (counts, thresholds) = (self.counts(), self.thresholds.get());
        if counts[2] > thresholds[2] && self.pending.get() >= self.long_lived.get() / 4 {
            Some(Generation::Old)
        } else if counts[1] > thresholds[1] {
            Some(Generation::Middle)
        } else {
            Some(Generation::Young)
        }
    }

    /// Adjusts the counts when a generation begins to be collected.
    pub fn begin(&self, generation: usize) {
        if let Some(next) = self.older.get(generation) {
            next.set(next.get().wrapping_add(1));
        }
        self.young.set(0);
        for count in self.older.iter().take(generation) {
            count.set(0);
        }
    }

    /// Notes how many objects a collection left in the next generation.
    pub fn survived(&self, generation: usize, count: usize) {
        match generation {
            1 => self.pending.set(self.pending.get() + count),
            2 => {
                self.pending.set(0);
                self.long_lived.set(count + self.absent.get());
            }
            _ => (),
        }
    }

    /// Goes on as CPython does at a program's start: with so many objects more than there are here, and the middle
    /// count at that number.
    pub fn begin_program(&self, absent: usize, middle: i32) {
        self.absent.set(absent);
        self.older[0].set(middle);
    }

    pub fn counts(&self) -> [i32; 3] {
        [self.young.get(), self.older[0].get(), self.older[1].get()]
    }

    pub fn reset_counts(&self) {
        self.young.set(0);
        self.older.iter().for_each(|count| count.set(0));
    }

    pub fn thresholds(&self) -> [i32; 3] {
        self.thresholds.get()
    }

    pub fn set_thresholds(&self, thresholds: [i32; 3]) {
        self.thresholds.set(thresholds);
        self.set_trigger();
    }

    pub fn enabled(&self) -> bool {
        self.enabled.get()
    }

    pub fn set_enabled(&self, enabled: bool) {
        self.enabled.set(enabled);
        self.set_trigger();
    }

    pub fn collecting(&self) -> bool {
        self.collecting.get()
    }

    /// Nothing is due while a collection runs.
    pub fn set_collecting(&self, collecting: bool) {
        self.collecting.set(collecting);
        self.set_trigger();
    }

    fn set_trigger(&self) {
        let threshold = self.thresholds.get()[0];
        let may_start = self.enabled.get() && !self.collecting.get() && threshold != 0;
        self.trigger.set(if may_start { threshold } else { NEVER });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allocate(schedule: &Schedule, count: usize) {
        (0..count).for_each(|_| schedule.count_allocation());
    }

    #[test]
    fn the_count_rises_and_falls_but_not_below_zero() {
        let schedule = Schedule::new();
        schedule.count_release();
        assert_eq!(schedule.counts(), [0, 0, 0]);
        allocate(&schedule, 3);
        schedule.count_release();
        assert_eq!(schedule.counts(), [2, 0, 0]);
    }

    #[test]
    fn objects_that_are_kept_do_not_count_again() {
        let schedule = Schedule::new();
        let pairs = FreeList::tuple(2).unwrap();
        for list in [FreeList::LIST, pairs] {
            (0..100).for_each(|_| schedule.count_kept_allocation(list));
            (0..100).for_each(|_| schedule.count_kept_release(list));
        }
        assert_eq!(schedule.counts(), [180, 0, 0]);
        (0..90).for_each(|_| schedule.count_kept_allocation(FreeList::LIST));
        assert_eq!(schedule.counts(), [190, 0, 0]);
        schedule.empty_kept();
        assert_eq!(schedule.counts(), [90, 0, 0]);
        assert_eq!((FreeList::tuple(0), FreeList::tuple(21)), (None, None));
    }

    #[test]
    fn a_collection_is_due_past_the_threshold_and_sets_the_bit_once_connected() {
        static WORD: AtomicU32 = AtomicU32::new(0);
        let schedule = Schedule::new();
        schedule.breaker.connect(&WORD, 4, 8);
        allocate(&schedule, 700);
        assert!(!schedule.collection_due());
        assert_eq!(WORD.load(Ordering::Relaxed), 0);
        allocate(&schedule, 1);
        assert!(schedule.collection_due());
        assert_eq!(WORD.load(Ordering::Relaxed), 4);
        schedule.set_collecting(true);
        assert!(!schedule.collection_due());
        schedule.set_collecting(false);
        assert!(schedule.collection_due());
        schedule.set_enabled(false);
        assert!(!schedule.collection_due());
        schedule.set_enabled(true);
        schedule.set_thresholds([0, 10, 10]);
        assert!(!schedule.collection_due() && schedule.enabled());
    }

    #[test]
    fn generations_follow_each_other_as_in_cpython() {
        let schedule = Schedule::new();
        schedule.set_thresholds([5, 2, 2]);
        schedule.survived(2, 1000);
        let mut order = Vec::new();
        for _ in 0..13 {
            while !schedule.collection_due() {
                schedule.count_allocation();
            }
            let generation = schedule.automatic_generation().unwrap() as usize - 1;
            order.push(generation);
            schedule.begin(generation);
            schedule.survived(generation, 0);
        }
        assert_eq!(order, [0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0]);
    }

    #[test]
    fn explicit_collections_move_the_counts() {
        let schedule = Schedule::new();
        allocate(&schedule, 9);
        schedule.begin(0);
        schedule.begin(0);
        assert_eq!(schedule.counts(), [0, 2, 0]);
        schedule.begin(1);
        assert_eq!(schedule.counts(), [0, 0, 1]);
        schedule.begin(2);
        assert_eq!(schedule.counts(), [0, 0, 0]);
    }

    #[test]
    fn a_full_collection_waits_for_a_quarter() {
        let schedule = Schedule::new();
        schedule.set_thresholds([1, 1, 1]);
        schedule.survived(2, 1000);
        for _ in 0..4 {
            schedule.begin(1);
        }
        schedule.survived(1, 249);
        allocate(&schedule, 2);
        assert_eq!(schedule.automatic_generation(), Some(Generation::Young));
        schedule.survived(1, 1);
        assert_eq!(schedule.automatic_generation(), Some(Generation::Old));
    }
}
