//! What a class's traverse function hands its referents to.
//!
//! The collector's two phases over edges are built in, so that an edge costs a few inlined
//! instructions instead of a call; every other use passes a closure.
#![allow(unsafe_code)]

use std::ptr;

use crate::header::ObjectPtr;

/// Trial count of an object that only trash is known to refer to.
pub(super) const UNREACHABLE: u32 = u32::MAX;
/// Trial count of an object that turned out reachable after it had been taken for trash.
pub(super) const QUEUED: u32 = u32::MAX - 1;

/// Hands the objects an object refers to to one of the collector's phases, or to a closure.
pub struct Visitor<'a> {
    mode: Mode<'a>,
}

enum Mode<'a> {
    /// Takes one from the trial count of each referent in the generation.
    Subtract(Counts),
    /// Marks each referent in the generation as reachable.
    Reach(Counts, &'a mut Vec<ObjectPtr>),
    Call(&'a mut dyn FnMut(ObjectPtr)),
    /// As `Call`, and told of the values that are no objects too.
    Words(&'a mut dyn FnMut(u64)),
    /// As `Words`, and told of the references that the collector has no use for too.
    Everything(&'a mut dyn FnMut(u64)),
}

/// The trial counts of the objects of one generation, by position.
#[derive(Clone, Copy)]
pub(super) struct Counts {
    start: *mut u32,
    generation: u64,
}

impl Counts {
    /// # Safety
    /// While it is used, `counts` stays where it is and has an entry for the position of every
    /// object whose header names this generation.
    pub unsafe fn new(counts: &mut [u32], generation: u64) -> Self {
        Counts {
            start: counts.as_mut_ptr(),
            generation,
        }
    }

    /// The object's count, or null if it is in another generation.
    #[inline(always)]
    fn of(self, object: ObjectPtr) -> *mut u32 {
        // SAFETY: referents are live objects.
        let header = unsafe { object.as_ref() };
        if header.generation_bits() != self.generation {
            return ptr::null_mut();
        }
        // SAFETY: positions in the generation have an entry (see `new`).
        unsafe { self.start.add(header.position() as usize) }
    }
}

impl<'a> Visitor<'a> {
    /// A visitor that calls `visit` for each referent.
    pub fn new(visit: &'a mut dyn FnMut(ObjectPtr)) -> Self {
        Visitor {
            mode: Mode::Call(visit),
        }
    }

    /// True in the collector's own phases: they look for objects and at nothing else.
    #[inline(always)]
    pub fn wants_objects_only(&self) -> bool {
        matches!(self.mode, Mode::Subtract(_) | Mode::Reach(..))
    }

    /// A visitor that calls `visit` with each referent's address, and with whatever word the runtime
    /// hands to [`Visitor::immediate`].
    pub fn words(visit: &'a mut dyn FnMut(u64)) -> Self {
        Visitor {
            mode: Mode::Words(visit),
        }
    }

    /// The same, and it wants to see owned references to things that are never part of a cycle too.
    pub fn everything(visit: &'a mut dyn FnMut(u64)) -> Self {
        Visitor {
            mode: Mode::Everything(visit),
        }
    }

    /// Shows a value that is no object, for those who want to know everything.
    #[inline(always)]
    pub fn immediate(&mut self, word: u64) {
        if let Mode::Words(visit) | Mode::Everything(visit) = &mut self.mode {
            visit(word);
        }
    }

    /// True if references that the collector has no use for are to be shown too: the keys of a
    /// dict of strings, the names of code.
    #[inline(always)]
    pub fn wants_everything(&self) -> bool {
        matches!(self.mode, Mode::Everything(_))
    }

    pub(super) fn subtracting(counts: Counts) -> Self {
        Visitor {
            mode: Mode::Subtract(counts),
        }
    }

    /// Referents that had been taken for trash go to the end of `queue`.
    pub(super) fn reaching(counts: Counts, queue: &'a mut Vec<ObjectPtr>) -> Self {
        Visitor {
            mode: Mode::Reach(counts, queue),
        }
    }

    /// Shows one referent.
    #[inline]
    pub fn object(&mut self, object: ObjectPtr) {
        match &mut self.mode {
            Mode::Subtract(counts) => {
                let count = counts.of(object);
                if !count.is_null() {
                    // SAFETY: a valid entry.  A class that shows a reference it does not count
                    // must not wrap it around: its objects would live for ever.
                    unsafe { *count = (*count).saturating_sub(1) };
                }
            }
            Mode::Reach(counts, queue) => {
                let count = counts.of(object);
                if !count.is_null() {
                    // SAFETY: a valid entry.
                    let count = unsafe { &mut *count };
                    if *count == 0 {
                        // The walk comes to it later and finds it alive.
                        *count = 1;
                    } else if *count == UNREACHABLE {
                        *count = QUEUED;
                        queue.push(object);
                    }
                }
            }
            Mode::Call(visit) => visit(object),
            Mode::Words(visit) | Mode::Everything(visit) => visit(object.addr().get() as u64),
        }
    }
}
