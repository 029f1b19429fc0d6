//! What a class's traverse function hands its referents to.
//!
//! The collector's two phases over edges are built in, so that an edge costs a few inlined
//! instructions instead of a call; every other use passes a closure.
#![allow(unsafe_code)]

use std::ptr::NonNull;

use super::subtraction::Subtraction;
use crate::header::{Generation, ObjectPtr};

/// Count of an object that only trash is known to refer to.
pub(super) const UNREACHABLE: u32 = u32::MAX;
/// Count of an object that turned out reachable after it had been taken for trash.
pub(super) const QUEUED: u32 = u32::MAX - 1;
/// The same of one that may turn out not to need tracking.
pub(super) const QUEUED_CANDIDATE: u32 = u32::MAX - 2;
/// Counts from here on come from classes that show references they do not count.
const NEGATIVE: u32 = 0xFFFF_0000;

/// What a trial knows about the object at one place.
#[derive(Clone, Copy, Default)]
pub(super) struct Place {
    /// References from outside; then zero, [`UNREACHABLE`], [`QUEUED`], or anything else for an object
    /// that was found alive in its turn.
    pub count: u32,
    /// The complement of the first place whose object refers to this one; 0 if there is none.
    referrer: u32,
}

impl Place {
    /// One reference less comes from outside; `from` is the complement of the place it comes from.
    #[inline(always)]
    pub fn subtract(&mut self, from: u32) {
        self.count = self.count.wrapping_sub(1);
        self.referrer = self.referrer.max(from);
    }

    /// The first place whose object refers to this one.
    #[inline(always)]
    pub fn first_referrer(self) -> u32 {
        !self.referrer
    }

    /// True if something keeps the object alive that comes before it: a reference from outside, or from
    /// one of the objects before `index`, its own place.
    #[inline(always)]
    pub fn holds_before(self, index: u32) -> bool {
        // As `forget_excess`, in one comparison.
        let counted = self.count.wrapping_sub(1) < NEGATIVE - 1;
        counted | (self.referrer > !index)
    }

    /// True if more references were shown than counted.
    #[inline(always)]
    pub fn is_in_excess(self) -> bool {
        self.count >= NEGATIVE
    }

    /// More references shown than counted are as good as none: a class that errs so must not make
    /// its objects live for ever.
    #[inline(always)]
    pub fn forget_excess(&mut self) {
        if self.is_in_excess() {
            self.count = 0;
        }
    }
}

/// Hands the objects an object refers to to one of the collector's phases, or to a closure.
pub struct Visitor<'a> {
    mode: Mode<'a>,
}

enum Mode<'a> {
    /// Takes one from the count of each referent in the generation.
    Subtract(&'a mut Subtraction),
    /// Marks each referent in the generation as reachable.
    Reach(Places, &'a mut Vec<ObjectPtr>),
    Call(&'a mut dyn FnMut(ObjectPtr)),
    /// As `Call`, and told of the values that are no objects too.
    Words(&'a mut dyn FnMut(u64)),
    /// As `Words`, and told of the references that the collector has no use for too.
    Everything(&'a mut dyn FnMut(u64)),
}

/// What a trial knows about the objects of one generation, by position.
#[derive(Clone, Copy)]
pub(super) struct Places {
    start: *mut Place,
    generation: u64,
}

impl Places {
    /// # Safety
    /// While it is used, `places` stays where it is and has an entry for the position of every
    /// object whose header names this generation.
    pub unsafe fn new(places: &mut [Place], generation: Generation) -> Self {
        Places {
            start: places.as_mut_ptr(),
            generation: generation as u64,
        }
    }

    /// The object's place, or none if it is in another generation.
    #[inline(always)]
    fn of(&self, object: ObjectPtr) -> Option<NonNull<Place>> {
        // SAFETY: referents are live objects.
        let header = unsafe { object.as_ref() };
        if header.generation_bits() != self.generation {
            return None;
        }
        // SAFETY: positions in the generation have an entry (see `new`).
        Some(unsafe { NonNull::new_unchecked(self.start.add(header.position() as usize)) })
    }
}

impl<'a> Visitor<'a> {
    /// A visitor that calls `visit` for each referent.
    pub fn new(visit: &'a mut dyn FnMut(ObjectPtr)) -> Self {
        Visitor {
            mode: Mode::Call(visit),
        }
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

    /// Takes one from the count of each referent, for classes that have no shorter way.
    #[inline(always)]
    pub fn subtracting(subtraction: &'a mut Subtraction) -> Self {
        Visitor {
            mode: Mode::Subtract(subtraction),
        }
    }

    /// Referents that had been taken for trash go to the end of `queue`.
    pub(super) fn reaching(places: Places, queue: &'a mut Vec<ObjectPtr>) -> Self {
        Visitor {
            mode: Mode::Reach(places, queue),
        }
    }

    /// Shows one referent.  Trial deletion walks over everything, and marking over the young, so their parts are inlined.
    #[inline(always)]
    pub fn object(&mut self, object: ObjectPtr) {
        match &mut self.mode {
            Mode::Subtract(subtraction) => subtraction.object(object),
            Mode::Reach(places, queue) => {
                if let Some(place) = places.of(object) {
                    // SAFETY: a valid entry, which nobody else uses now.
                    let count = unsafe { &mut (*place.as_ptr()).count };
                    if *count == 0 {
                        // The walk comes to it later and finds it alive.
                        *count = 1;
                    } else if *count == UNREACHABLE {
                        *count = QUEUED;
                        enqueue(queue, object);
                    }
                }
            }
            _ => self.object_otherwise(object),
        }
    }

    #[inline(never)]
    fn object_otherwise(&mut self, object: ObjectPtr) {
        match &mut self.mode {
            Mode::Subtract(_) | Mode::Reach(..) => (),
            Mode::Call(visit) => visit(object),
            Mode::Words(visit) | Mode::Everything(visit) => visit(object.addr().get() as u64),
        }
    }
}

/// Apart, for the room it needs when the queue grows.
#[inline(never)]
fn enqueue(queue: &mut Vec<ObjectPtr>, object: ObjectPtr) {
    queue.push(object);
}
