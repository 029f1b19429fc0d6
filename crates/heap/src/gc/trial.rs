//! Finding what only trash refers to: trial deletion, marking and distribution.
//!
//! The order of objects matters: finalisers run in it.  As in CPython, survivors keep it, except
//! that an object which only later ones keep alive comes after them.
#![allow(unsafe_code)]

use super::generation::ObjectArray;
use super::host::UntrackRule;
use super::visitor::{Counts, QUEUED, UNREACHABLE, Visitor};
use crate::header::{ClassHead, ObjectPtr};

/// How far ahead of their use headers are fetched.
const AHEAD: usize = 12;
/// Entries a buffer may keep for the next collection.
const KEPT: usize = 16 * 1024;

/// The buffers of one trial, and its outcome.
#[derive(Default)]
pub(super) struct Trial {
    /// By position: references from outside; then zero, [`UNREACHABLE`], [`QUEUED`], or anything else
    /// for an object that was found alive in its turn.
    counts: Vec<u32>,
    /// Objects found alive after they had been taken for trash.
    queue: Vec<ObjectPtr>,
    tuples: Vec<ObjectPtr>,
    dicts: Vec<ObjectPtr>,
    unreachable: usize,
}

impl Trial {
    /// Objects looked at.
    pub fn examined(&self) -> usize {
        self.counts.len()
    }

    /// Objects found unreachable.
    pub fn unreachable(&self) -> usize {
        self.unreachable
    }

    /// Survivors that any collection may untrack.
    pub fn tuples(&self) -> &[ObjectPtr] {
        &self.tuples
    }

    /// Survivors that full collections may untrack.
    pub fn dicts(&self) -> &[ObjectPtr] {
        &self.dicts
    }

    /// The buffers, ready for the next trial.
    pub fn emptied(mut self) -> Self {
        self.counts.clear();
        self.counts.shrink_to(KEPT);
        for list in [&mut self.queue, &mut self.tuples, &mut self.dicts] {
            list.clear();
            list.shrink_to(KEPT);
        }
        self.unreachable = 0;
        self
    }

    /// Finds the objects of an array that nothing outside it leads to.
    pub fn find_unreachable(
        &mut self,
        array: &ObjectArray,
        rule: impl Fn(&ClassHead) -> UntrackRule,
    ) {
        self.copy_counts(array);
        self.subtract_internal(array);
        self.mark(array, rule);
    }

    /// Closes the array's holes and copies the reference counts.
    fn copy_counts(&mut self, array: &ObjectArray) {
        self.counts.clear();
        self.counts.reserve(array.places());
        let counts = &mut self.counts;
        array.compact(|header| counts.push(header.count()));
    }

    /// Takes the references from within the array off the counts.
    fn subtract_internal(&mut self, array: &ObjectArray) {
        // SAFETY: positions in the array were just made dense, and each has an entry.
        let counts = unsafe { Counts::new(&mut self.counts, array.generation() as u64) };
        let mut visitor = Visitor::subtracting(counts);
        for index in 0..array.places() {
            array.prefetch(index + AHEAD);
            if let Some(object) = array.get(index) {
                traverse(object, &mut visitor);
            }
        }
    }

    /// Walks the objects in order and tells the living from those only trash refers to.
    fn mark(&mut self, array: &ObjectArray, rule: impl Fn(&ClassHead) -> UntrackRule) {
        // SAFETY: as above; the vector is not resized meanwhile.
        let counts = unsafe { Counts::new(&mut self.counts, array.generation() as u64) };
        let start = self.counts.as_mut_ptr();
        for index in 0..array.places() {
            array.prefetch(index + AHEAD);
            // SAFETY: each place has an entry, and the visitor below does not use it now.
            let count = unsafe { &mut *start.add(index) };
            if *count == 0 {
                *count = UNREACHABLE;
                self.unreachable += 1;
            } else if let Some(object) = array.get(index) {
                traverse(object, &mut Visitor::reaching(counts, &mut self.queue));
                self.note_rule(object, &rule);
            }
        }
        let mut walked = 0;
        while let Some(&object) = self.queue.get(walked) {
            walked += 1;
            traverse(object, &mut Visitor::reaching(counts, &mut self.queue));
            self.note_rule(object, &rule);
        }
        self.unreachable -= walked;
    }

    #[inline(always)]
    fn note_rule(&mut self, object: ObjectPtr, rule: impl Fn(&ClassHead) -> UntrackRule) {
        // SAFETY: the array holds live objects, and classes outlive their instances.
        let class = unsafe { object.as_ref().class().as_ref() };
        match rule(class) {
            UntrackRule::Never => (),
            UntrackRule::Always => self.tuples.push(object),
            UntrackRule::FullOnly => self.dicts.push(object),
        }
    }

    /// Moves survivors to `next`, in the order in which marking found them, and trash to
    /// `condemned`, where `note` is shown each object and its place.  Either may be the array
    /// itself; what stays there is not touched nor noted.
    pub fn distribute(
        &self,
        array: &ObjectArray,
        next: &ObjectArray,
        condemned: &ObjectArray,
        mut note: impl FnMut(usize, ObjectPtr),
    ) {
        let survivors_stay = std::ptr::eq(array, next);
        let trash_stays = std::ptr::eq(array, condemned);
        let all_stay = self.queue.is_empty() && survivors_stay && self.unreachable == 0
            || trash_stays && self.unreachable == self.counts.len();
        if all_stay {
            return;
        }
        for (index, &count) in self.counts.iter().enumerate() {
            array.prefetch(index + AHEAD);
            let stays = match count {
                UNREACHABLE => trash_stays,
                QUEUED => false,
                _ => survivors_stay,
            };
            if stays {
                continue;
            }
            let Some(object) = array.get(index) else {
                continue;
            };
            if survivors_stay || trash_stays {
                array.dig(index);
            }
            match count {
                UNREACHABLE => {
                    condemned.adopt(object);
                    note(condemned.places() - 1, object);
                }
                QUEUED => (),
                _ => next.adopt(object),
            }
        }
        if !survivors_stay && !trash_stays {
            array.reset();
        }
        for &object in &self.queue {
            next.adopt(object);
        }
        array.pop_holes();
        array.shrink();
    }
}

#[inline(always)]
fn traverse(object: ObjectPtr, visitor: &mut Visitor<'_>) {
    // SAFETY: the arrays hold live objects, and classes outlive their instances.
    unsafe { (object.as_ref().class().as_ref().ops.get().traverse)(object, visitor) };
}
