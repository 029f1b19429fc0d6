//! What the collector asks of the interpreter.
#![allow(unsafe_code)]

use std::ptr::NonNull;

use super::record::CollectionRecord;
use crate::header::{ClassHead, ObjectPtr};

/// The classes whose objects stop being tracked although they live.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Untrackable {
    /// Any collection may find that there is nothing in an object to be tracked (tuples).
    pub always: Option<NonNull<ClassHead>>,
    /// Only a full collection looks (dicts).
    pub full_only: Option<NonNull<ClassHead>>,
}

/// What matters about an object found to be trash.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TrashKind {
    /// It has a finaliser (whether or not it ran).
    pub finalizer: bool,
    /// It is a weak reference.
    pub weakref: bool,
}

/// What a weak reference was before it was severed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Severed {
    /// What it referred to; `None` if it was dead.
    pub referent: Option<ObjectPtr>,
    /// It has a callback, which it keeps.
    pub callback: bool,
}

/// A line of debugging output (`gc.set_debug`).
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum DebugLine {
    /// A collection begins: its generation, and the numbers of objects in all.
    Collecting {
        /// 0, 1 or 2.
        generation: usize,
        /// Objects in each generation.
        objects: [usize; 3],
        /// Frozen objects.
        permanent: usize,
    },
    /// This object is trash.
    Collectable(ObjectPtr),
    /// The collection is over.
    Done {
        /// Objects found unreachable.
        unreachable: usize,
        /// Objects that could not be collected.
        uncollectable: usize,
        /// Its duration.
        seconds: f64,
    },
}

/// The interpreter as the collector sees it.
///
/// The methods named `run_…`, [`CollectorHost::started`], [`CollectorHost::stopped`] and
/// [`CollectorHost::debug`] may execute any code.  The others are called while the collector is
/// looking at the graph: they must not change a reference count, nor track, untrack or free.
pub trait CollectorHost {
    /// A collection begins: calls the functions in `gc.callbacks`.
    fn started(&mut self, generation: usize);

    /// A collection is over: calls the functions in `gc.callbacks`.
    fn stopped(&mut self, generation: usize, collected: usize, uncollectable: usize);

    /// The classes whose objects may stop being tracked.
    fn untrackable(&self) -> Untrackable;

    /// True if nothing in this living object needs it to be tracked.  Asked only for objects of the
    /// untrackable classes; the collector then untracks it.  An object that refers to a tracked one
    /// of another class than `Untrackable::always` must be tracked, and is not asked about.
    fn can_untrack(&self, object: ObjectPtr) -> bool;

    /// What matters about an object found to be trash.
    fn trash_kind(&self, object: ObjectPtr) -> TrashKind;

    /// Makes a weak reference dead.  It keeps its callback, and its entry in the weak-reference
    /// table is the collector's business.
    fn sever_weakref(&mut self, weakref: ObjectPtr) -> Severed;

    /// Calls the callbacks of these dead weak references in order and gives up one reference to each.
    /// Returns how many of the weak references went away.
    fn run_weakref_callbacks(&mut self, weakrefs: Vec<ObjectPtr>) -> usize;

    /// Runs the finaliser of an object.
    fn run_finalizer(&mut self, object: ObjectPtr);

    /// Appends an object to `gc.garbage`, which takes a reference of its own.
    fn save_garbage(&mut self, object: ObjectPtr);

    /// Prints debugging output.
    fn debug(&mut self, line: DebugLine);

    /// Nanoseconds of a clock that does not go backwards.
    fn nanoseconds(&self) -> u64;

    /// Name of a class, for records.
    fn class_name(&self, class: NonNull<ClassHead>) -> String;

    /// Is handed the record of the collection, if records are wanted (`Heap::set_recording`).
    fn record(&mut self, record: CollectionRecord);
}
