//! Generations and the cycle collector.
//!
//! # How it works
//!
//! Reference counts free everything but cycles.  Objects that can take part in one are *tracked*: they
//! lie in the dense array of a generation (`generation`) and know their index.  A collection of a
//! generation takes in the younger ones and goes through these phases:
//!
//! 1. **merge**: the younger arrays are appended to the collected one (old, then young, then
//!    middle), so every object's position is an index into one array;
//! 2. **trial deletion** (`trial`): the reference counts are added up in a dense array beside it,
//!    and each object takes one from the count of each object it refers to.  What is left is the
//!    number of references from outside;
//! 3. **marking**, from the first place on whose object nothing before it keeps alive: a walk in order.  An object with references from outside is alive and so is what it
//!    refers to; one without is taken for trash, and queued at the end again if a later one turns
//!    out to refer to it.  The queue is walked too.  Nothing recurses;
//! 4. **distribution**: survivors move to the next generation in the order in which the walk found
//!    them; trash moves to an array of its own, the *condemned*.  Tuples and dicts in which nothing can be
//!    part of a cycle are untracked;
//! 5. **trash** (`trash`): weak references to it are cleared and their callbacks called, finalisers
//!    run, and if any code ran, trial deletion over the condemned alone finds who was revived;
//!    the others are cleared, upon which the reference counts free them.
//!
//! Until phase 5 no foreign code runs and, with young collections, only young objects are touched:
//! whether a referent belongs to the collected generation is in its header.  While finalisers and clear
//! functions run, objects die, are born, and are tracked; since the condemned are an array as any
//! other, one that dies simply leaves a hole there.
//!
//! Collections run only when the interpreter asks for one at a safe point; `schedule` knows when
//! that is due.
#![allow(unsafe_code)]

pub(crate) mod entry;
pub(crate) mod generation;
pub mod host;
pub mod record;
pub(crate) mod schedule;
mod scratch;
mod storage;
pub mod subtraction;
mod trash;
mod trial;
pub mod visitor;

use std::cell::Cell;
use std::rc::Rc;

use entry::Names;
use generation::ObjectArray;
use host::{CollectorHost, DebugLine, Untrackable};
use record::{Cause, CollectionRecord};
use schedule::Schedule;
use trash::Note;
use trial::Trial;

use crate::header::{Generation, ObjectPtr};
use crate::heap::Heap;

/// Debug flags, with the values of CPython's `gc` module.
pub mod debug {
    /// Print statistics of each collection.
    pub const STATS: u32 = 1;
    /// Print what is collected.
    pub const COLLECTABLE: u32 = 2;
    /// Print what cannot be collected.
    pub const UNCOLLECTABLE: u32 = 4;
    /// Save trash in `gc.garbage` instead of clearing it.
    pub const SAVEALL: u32 = 32;
    /// What is needed to look for leaks.
    pub const LEAK: u32 = COLLECTABLE | UNCOLLECTABLE | SAVEALL;
}

/// What the collections of one generation did so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GenerationStats {
    /// Number of collections.
    pub collections: usize,
    /// Objects they collected.
    pub collected: usize,
    /// Objects they found uncollectable.
    pub uncollectable: usize,
    /// Objects they looked at.
    pub examined: usize,
    /// Time they took.
    pub nanoseconds: u64,
    /// Time the longest of them took.
    pub longest_nanoseconds: u64,
}

/// The generations and everything the collector remembers between collections.
pub(crate) struct Collector {
    /// By the header's generation bits; the first, for untracked objects, stays empty.
    arrays: [ObjectArray; 6],
    pub schedule: Schedule,
    stats: [Cell<GenerationStats>; 3],
    debug: Cell<u32>,
    recording: Cell<bool>,
    /// Buffers of the last collection, for the next one.
    trial: Cell<Trial>,
}

impl Collector {
    /// `base` is where the range begins in which arenas lie.
    pub fn new(base: usize) -> Self {
        let names = Rc::new(Names::new(base));
        Collector {
            arrays: [
                ObjectArray::new(Generation::Untracked, &names),
                ObjectArray::new(Generation::Young, &names),
                ObjectArray::new(Generation::Middle, &names),
                ObjectArray::new(Generation::Old, &names),
                ObjectArray::new(Generation::Permanent, &names),
                ObjectArray::new(Generation::Condemned, &names),
            ],
            schedule: Schedule::new(),
            stats: Default::default(),
            debug: Cell::new(0),
            recording: Cell::new(false),
            trial: Cell::new(Trial::default()),
        }
    }

    pub fn array(&self, generation: Generation) -> &ObjectArray {
        &self.arrays[generation as usize]
    }

    #[inline(always)]
    pub fn track(&self, object: ObjectPtr) {
        // SAFETY: object pointers given to the heap are live.
        debug_assert!(!unsafe { object.as_ref() }.is_tracked(), "tracked twice");
        self.arrays[Generation::Young as usize].push_as(object, Generation::Young);
    }

    #[inline(always)]
    pub fn untrack(&self, object: ObjectPtr) {
        // SAFETY: object pointers given to the heap are live.
        let header = unsafe { object.as_ref() };
        let generation = header.generation();
        if generation == Generation::Untracked {
            return;
        }
        header.set_generation(Generation::Untracked);
        self.arrays[generation as usize].remove(header.position());
    }

    /// Appends all objects of one generation to another.
    fn merge(&self, from: Generation, into: Generation) {
        self.array(into).adopt_all(self.array(from));
    }
}

/// What a collection returns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Collected {
    /// Unreachable objects left after finalisers ran.
    pub collected: usize,
    /// Objects that could not be collected.
    pub uncollectable: usize,
}

const COLLECTABLE_GENERATIONS: [Generation; 3] =
    [Generation::Young, Generation::Middle, Generation::Old];

impl Heap {
    /// Collects a generation (0, 1, or 2 for everything) and the younger ones.  A collection within a
    /// collection does nothing.
    pub fn collect<H: CollectorHost + ?Sized>(
        &self,
        generation: usize,
        cause: Cause,
        host: &mut H,
    ) -> Collected {
        if self.gc.schedule.collecting() {
            return Collected::default();
        }
        let generation = generation.min(2);
        self.gc.schedule.set_collecting(true);
        // What dies here dies here, even if the collection was asked for by a finaliser deep in a
        // release.
        let depth = self.release_depth();
        self.set_release_depth(0);
        host.started(generation);
        let collected = self.collect_main(generation, cause, host);
        host.stopped(generation, collected.collected, collected.uncollectable);
        self.set_release_depth(depth);
        self.gc.schedule.set_collecting(false);
        collected
    }

    /// Collects what the counts call for, if they still do.
    pub fn collect_if_due<H: CollectorHost + ?Sized>(&self, host: &mut H) -> Option<Collected> {
        let generation = self.gc.schedule.automatic_generation()?;
        Some(self.collect(generation as usize - 1, Cause::Threshold, host))
    }

    fn collect_main<H: CollectorHost + ?Sized>(
        &self,
        generation: usize,
        cause: Cause,
        host: &mut H,
    ) -> Collected {
        let start = host.nanoseconds();
        let print = self.gc.debug.get() & debug::STATS != 0;
        if print {
            host.debug(DebugLine::Collecting {
                generation,
                objects: self.generation_sizes(),
                permanent: self.freeze_count(),
            });
        }
        let mut record = CollectionRecord::new(generation, cause, self.counts());
        self.gc.schedule.begin(generation);
        let collected = self.phases(generation, &mut record, host);
        if generation == 2 {
            self.gc.schedule.empty_kept();
            // A program in the middle of its work will want a little memory again.
            if cause != Cause::Threshold || self.is_large() {
                self.trim();
            }
        }
        record.nanoseconds = host.nanoseconds().saturating_sub(start);
        if print {
            host.debug(DebugLine::Done {
                unreachable: collected,
                uncollectable: 0,
                seconds: record.nanoseconds as f64 / 1e9,
            });
        }
        let mut stats = self.gc.stats[generation].get();
        stats.collections += 1;
        stats.collected += collected;
        stats.examined += record.examined;
        stats.nanoseconds += record.nanoseconds;
        stats.longest_nanoseconds = stats.longest_nanoseconds.max(record.nanoseconds);
        self.gc.stats[generation].set(stats);
        if self.gc.recording.get() {
            record.collected = collected;
            record.counts_after = self.counts();
            host.record(record);
        }
        Collected {
            collected,
            uncollectable: 0,
        }
    }

    /// The collection itself; returns what `gc.collect` returns.
    fn phases<H: CollectorHost + ?Sized>(
        &self,
        generation: usize,
        record: &mut CollectionRecord,
        host: &mut H,
    ) -> usize {
        let collected = COLLECTABLE_GENERATIONS[generation];
        let next = COLLECTABLE_GENERATIONS[(generation + 1).min(2)];
        for &younger in &COLLECTABLE_GENERATIONS[..generation] {
            self.gc.merge(younger, collected);
        }

        let mut trial = self.gc.trial.take();
        if !trial.has_room(self.gc.array(collected)) {
            // Where memory is that short, the objects are left as they are until there is more.
            self.gc.trial.set(trial.emptied());
            return 0;
        }
        let mut untrackable = host.untrackable();
        if generation < 2 {
            untrackable.full_only = None;
        }
        trial.find_unreachable(self.gc.array(collected), untrackable);
        let candidates = trial.candidates(self.gc.array(collected));
        record.examined = trial.examined();
        record.unreachable = trial.unreachable();
        record.reachable = record.examined - record.unreachable;
        if generation < 2 {
            record.moved = record.reachable;
        }
        let condemned = self.gc.array(Generation::Condemned);
        let mut notes = Vec::new();
        trial.distribute(
            self.gc.array(collected),
            self.gc.array(next),
            condemned,
            |place, object| notes.extend(Note::on(place, object, host)),
        );
        record.untracked = self.untrack_idle(&candidates, untrackable, host);
        self.gc
            .schedule
            .survived(generation, record.reachable - record.untracked);
        self.gc.trial.set(trial.emptied());

        if condemned.places() == 0 {
            return 0;
        }
        let collected = self.dispose(&notes, self.gc.array(next), record, host);
        condemned.reset();
        condemned.shrink();
        collected
    }

    /// Untracks tuples, and in full collections dicts, in which nothing needs it.
    fn untrack_idle<H: CollectorHost + ?Sized>(
        &self,
        candidates: &[ObjectPtr],
        untrackable: Untrackable,
        host: &mut H,
    ) -> usize {
        let mut untracked = 0;
        // All tuples first: a dict may hold nothing but tuples that are untracked now.
        for class in [untrackable.always, untrackable.full_only] {
            for &object in candidates {
                // SAFETY: survivors are live.
                let own = Some(unsafe { object.as_ref() }.class()) == class;
                if own && host.can_untrack(object) {
                    self.untrack(object);
                    untracked += 1;
                }
            }
        }
        untracked
    }

    /// Number of objects in each generation.
    pub fn generation_sizes(&self) -> [usize; 3] {
        COLLECTABLE_GENERATIONS.map(|generation| self.gc.array(generation).count())
    }

    /// To be called before a program runs: from here on automatic collections come when CPython's would.  It starts
    /// with about `objects` of them, some of which do not exist here, and with the middle count at `middle`.
    pub fn begin_program(&self, objects: usize, middle: i32) {
        let here: usize = self.generation_sizes().iter().sum();
        let absent = objects.saturating_sub(here);
        self.gc.schedule.begin_program(absent, middle);
    }

    /// The objects of a generation (0, 1 or 2), or of all three, in order.  The pointers are good
    /// as long as nothing is released.
    pub fn tracked_objects(&self, generation: Option<usize>) -> Vec<ObjectPtr> {
        let wanted = match generation {
            None => &COLLECTABLE_GENERATIONS[..],
            Some(generation) => COLLECTABLE_GENERATIONS
                .get(generation..=generation)
                .unwrap_or(&[]),
        };
        let mut objects = Vec::new();
        for &generation in wanted {
            let array = self.gc.array(generation);
            objects.extend((0..array.places()).filter_map(|index| array.get(index)));
        }
        objects
    }

    /// The objects of the permanent generation, in order.  Good as long as nothing is released.
    pub fn frozen_objects(&self) -> Vec<ObjectPtr> {
        let array = self.gc.array(Generation::Permanent);
        (0..array.places())
            .filter_map(|index| array.get(index))
            .collect()
    }

    /// The counts that thresholds are compared with.
    pub fn counts(&self) -> [i32; 3] {
        self.gc.schedule.counts()
    }

    /// The thresholds; a young threshold of 0 stops automatic collection.
    pub fn thresholds(&self) -> [i32; 3] {
        self.gc.schedule.thresholds()
    }

    /// Sets the thresholds.
    pub fn set_thresholds(&self, thresholds: [i32; 3]) {
        self.gc.schedule.set_thresholds(thresholds);
    }

    /// True if collections may start by themselves.
    pub fn collection_enabled(&self) -> bool {
        self.gc.schedule.enabled()
    }

    /// Lets collections start by themselves, or not.
    pub fn enable_collection(&self, enabled: bool) {
        self.gc.schedule.set_enabled(enabled);
    }

    /// True while a collection runs.
    pub fn is_collecting(&self) -> bool {
        self.gc.schedule.collecting()
    }

    /// What the collections of each generation did so far.
    pub fn generation_stats(&self) -> [GenerationStats; 3] {
        std::array::from_fn(|generation| self.gc.stats[generation].get())
    }

    /// The debug flags ([`debug`]).
    pub fn debug_flags(&self) -> u32 {
        self.gc.debug.get()
    }

    /// Sets the debug flags.
    pub fn set_debug_flags(&self, flags: u32) {
        self.gc.debug.set(flags);
    }

    /// Hands the host a record of every collection from now on, or not.
    pub fn set_recording(&self, on: bool) {
        self.gc.recording.set(on);
    }

    /// Moves all objects to the permanent generation, which is never collected.
    pub fn freeze(&self) {
        for generation in COLLECTABLE_GENERATIONS {
            self.gc.merge(generation, Generation::Permanent);
        }
        self.gc.schedule.reset_counts();
    }

    /// Moves the objects of the permanent generation to the old one.
    pub fn unfreeze(&self) {
        self.gc.merge(Generation::Permanent, Generation::Old);
    }

    /// Number of objects in the permanent generation.
    pub fn freeze_count(&self) -> usize {
        self.gc.array(Generation::Permanent).count()
    }
}
