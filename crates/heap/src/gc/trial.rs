//! Finding what only trash refers to: trial deletion, marking and distribution.
//!
//! The order of objects matters: finalisers run in it.  As in CPython, survivors keep it, except
//! that an object which only later ones keep alive comes after them.
//!
//! Mostly there is no trash, and then one pass over the objects is enough.  Trial deletion goes in
//! order and notes for each object the first one that refers to it.  If every object up to some place
//! is referred to from outside or by an earlier one, all of them are alive, and marking would find
//! them in the order they have.  So marking begins only where that ends: in an old generation
//! collected before, that is at the end, or where the younger ones were appended.
#![allow(unsafe_code)]

use super::entry::Entry;
use super::generation::ObjectArray;
use super::host::Untrackable;
use super::scratch::Scratch;
use super::subtraction::Subtraction;
use super::visitor::{Places, QUEUED, QUEUED_CANDIDATE, UNREACHABLE, Visitor};
use crate::header::{ObjectPtr, flag};
use crate::prefetch::prefetch;

/// Objects that are gone through in one stretch, for which what lies ahead is fetched together.
const STRETCH: usize = 8;
/// How far ahead of their use headers are fetched, and the storage they name.
const AHEAD: usize = 6 * STRETCH;
const STORAGE_AHEAD: usize = 3 * STRETCH;
/// After so many places the objects of the sequence are looked for that were passed already.
const CATCH_UP: usize = 64 * STRETCH;
/// Places that are judged together.
const RUN: usize = 16;
/// What so many young objects lie in was just written and is still in the cache.
const IN_CACHE: usize = 2048;
/// Entries a buffer may keep for the next collection.
const KEPT: usize = 16 * 1024;

/// The buffers of one trial, and its outcome.
#[derive(Default)]
pub(super) struct Trial {
    /// By position in the array, holes included.
    places: Scratch,
    /// Places of objects that may turn out not to need tracking, in order.
    candidates: Vec<u32>,
    /// Objects found alive after they had been taken for trash.
    queue: Vec<ObjectPtr>,
    examined: usize,
    unreachable: usize,
    /// The place from which on objects had to be marked; all before it are alive and in order.
    settled: usize,
}

impl Trial {
    /// Objects looked at.
    pub fn examined(&self) -> usize {
        self.examined
    }

    /// Objects found unreachable.
    pub fn unreachable(&self) -> usize {
        self.unreachable
    }

    /// The buffers, ready for the next trial.
    pub fn emptied(mut self) -> Self {
        self.places.end();
        self.candidates.clear();
        self.candidates.shrink_to(KEPT);
        self.queue.clear();
        self.queue.shrink_to(KEPT);
        self
    }

    /// True if there is memory to examine an array.
    pub fn has_room(&mut self, array: &ObjectArray) -> bool {
        self.places.has_room(array.places())
    }

    /// Finds the objects of an array that nothing outside it leads to.
    pub fn find_unreachable(&mut self, array: &ObjectArray, untrackable: Untrackable) {
        array.tidy_for_walk();
        self.examined = array.count();
        self.unreachable = 0;
        self.places.begin(array.places());
        if array.places() > IN_CACHE {
            self.subtract_internal::<true>(array, untrackable);
        } else {
            self.subtract_internal::<false>(array, untrackable);
        }
        self.settled = self.settle();
        self.mark(array, self.settled);
    }

    /// Adds up the references to each object and takes those from within the array off.
    ///
    /// `FETCH` has what lies ahead fetched: not where it is in the cache anyway, as after allocation.
    fn subtract_internal<const FETCH: bool>(
        &mut self,
        array: &ObjectArray,
        untrackable: Untrackable,
    ) {
        let (entries, names) = (array.entries(), array.names());
        let range = names.range();
        let start = self.places.as_mut_slice().as_mut_ptr();
        // SAFETY: there is an entry for each position of the array, and they stay where they are.
        let mut subtraction = unsafe {
            let places = self.places.as_mut_slice();
            Subtraction::new(places, array.generation(), untrackable.always)
        };
        for (begin, stretch) in (0..).step_by(STRETCH).zip(entries.chunks(STRETCH)) {
            if FETCH {
                for &ahead in stretch_at(entries, begin + AHEAD) {
                    prefetch(range.near(ahead));
                    prefetch(range.near(ahead).wrapping_byte_add(40));
                }
                for &ahead in stretch_at(entries, begin + STORAGE_AHEAD) {
                    prefetch_storage(range.near_object(ahead));
                }
                if begin % CATCH_UP == 0 {
                    subtraction.catch_up(begin);
                }
            }
            for index in begin..begin + stretch.len() {
                // SAFETY: each place has an entry.
                let (entry, place) = unsafe { (*entries.get_unchecked(index), start.add(index)) };
                let Some(object) = range.object(entry, names) else {
                    // A hole counts as alive: it is neither trash nor moved.
                    // SAFETY: as above.
                    unsafe { (*place).count = 1 };
                    continue;
                };
                // SAFETY: the arrays hold live objects, classes outlive their instances; as above.
                unsafe {
                    let header = object.as_ref();
                    (*place).count = (*place).count.wrapping_add(header.count());
                    if subtraction.awaits(object) {
                        subtraction.meet(object, &mut *place);
                    }
                    if header.has(flag::LEAF) {
                        continue;
                    }
                    let class = header.class();
                    subtraction.begin(index as u32);
                    (class.as_ref().ops.get().subtract)(object, &mut subtraction);
                    let class = Some(class);
                    if !subtraction.bound()
                        && (class == untrackable.always || class == untrackable.full_only)
                    {
                        self.candidates.push(index as u32);
                    }
                }
            }
        }
        subtraction.catch_up(entries.len());
    }

    /// Finds the place up to which objects are alive in their order, and prepares the others
    /// for marking: those that something outside or up to there refers to have a count.
    fn settle(&mut self) -> usize {
        let places = self.places.as_mut_slice();
        let mut settled = 0;
        // Mostly whole runs are alive and as counted, which takes few instructions to see.
        for run in places.chunks_exact(RUN) {
            let mut usual = true;
            for (place, index) in run.iter().zip(settled as u32..) {
                usual &= place.holds_before(index) & !place.is_in_excess();
            }
            if !usual {
                break;
            }
            settled += RUN;
        }
        while let Some(place) = places.get_mut(settled) {
            place.forget_excess();
            if !place.holds_before(settled as u32) {
                break;
            }
            settled += 1;
        }
        for place in &mut places[settled..] {
            place.forget_excess();
            let held = place.count != 0 || (place.first_referrer() as usize) < settled;
            place.count = u32::from(held);
        }
        settled
    }

    /// Walks the objects from a place on in order and tells the living from those only trash refers to.
    fn mark(&mut self, array: &ObjectArray, settled: usize) {
        if settled == array.places() {
            return;
        }
        let start = self.places.as_mut_slice().as_mut_ptr();
        // SAFETY: there is an entry for each position of the array, and they stay where they are.
        let places = unsafe { Places::new(self.places.as_mut_slice(), array.generation()) };
        let fetch = array.places() > IN_CACHE;
        for index in settled..array.places() {
            if fetch {
                array.prefetch(index + AHEAD);
            }
            // SAFETY: each place has an entry, and the visitor below does not use it now.
            let count = unsafe { &mut (*start.add(index)).count };
            if *count == 0 {
                *count = UNREACHABLE;
                self.unreachable += 1;
            } else if let Some(object) = array.get(index) {
                reach(object, places, &mut self.queue);
            }
        }
        let mut walked = 0;
        while let Some(&object) = self.queue.get(walked) {
            walked += 1;
            reach(object, places, &mut self.queue);
        }
        self.unreachable -= walked;
    }

    /// Survivors that the class of which allows not to be tracked and that are not seen to need it, in
    /// the order in which they were found alive.  To be asked before [`Trial::distribute`].
    pub fn candidates(&mut self, array: &ObjectArray) -> Vec<ObjectPtr> {
        let mut living = Vec::with_capacity(self.candidates.len());
        let places = self.places.as_mut_slice();
        for &index in &self.candidates {
            let Some(place) = places.get_mut(index as usize) else {
                continue;
            };
            match place.count {
                UNREACHABLE => (),
                QUEUED => place.count = QUEUED_CANDIDATE,
                _ => living.extend(array.get(index as usize)),
            }
        }
        if self.queue.is_empty() {
            return living;
        }
        for &object in &self.queue {
            // SAFETY: the queue holds live objects of the array, whose positions have entries.
            let position = unsafe { object.as_ref() }.position() as usize;
            let place = places.get(position);
            if place.is_some_and(|place| place.count == QUEUED_CANDIDATE) {
                living.push(object);
            }
        }
        living
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
            || trash_stays && self.unreachable == self.examined;
        if all_stay {
            return;
        }
        if self.queue.is_empty() && self.unreachable == 0 && !trash_stays {
            next.adopt_all(array);
            return;
        }
        if !survivors_stay && !trash_stays {
            self.hand_over(array, next, condemned, &mut note);
            return;
        }
        // Survivors that stay and keep their order need not be looked at.
        let first = if survivors_stay { self.settled } else { 0 };
        let fetch = array.places() > IN_CACHE;
        for (index, place) in self.places.as_slice().iter().enumerate().skip(first) {
            let count = place.count;
            if fetch {
                array.prefetch(index + AHEAD);
            }
            let stays = match count {
                UNREACHABLE => trash_stays,
                // These follow below.
                QUEUED | QUEUED_CANDIDATE => true,
                _ => survivors_stay,
            };
            if stays {
                continue;
            }
            let Some(object) = array.get(index) else {
                continue;
            };
            let entry = array.entry(index);
            array.dig(index);
            if count == UNREACHABLE {
                condemned.adopt(object, entry);
                note(condemned.places() - 1, object);
            } else {
                next.adopt(object, entry);
            }
        }
        for &object in &self.queue {
            // SAFETY: the queue holds live objects of the array.
            let index = unsafe { object.as_ref() }.position() as usize;
            let entry = array.entry(index);
            array.dig(index);
            next.adopt(object, entry);
        }
        array.pop_holes();
        array.shrink();
    }

    /// The same where nothing stays in the array, as in every young collection.
    #[inline(never)]
    fn hand_over(
        &self,
        array: &ObjectArray,
        next: &ObjectArray,
        condemned: &ObjectArray,
        note: &mut dyn FnMut(usize, ObjectPtr),
    ) {
        let (entries, names) = (array.entries(), array.names());
        let range = names.range();
        let fetch = array.places() > IN_CACHE;
        let mut survivors = next.adopter();
        for (index, (place, &entry)) in self.places.as_slice().iter().zip(entries).enumerate() {
            if fetch && let Some(&ahead) = entries.get(index + AHEAD) {
                prefetch(range.near(ahead));
            }
            let Some(object) = range.object(entry, names) else {
                continue;
            };
            match place.count {
                UNREACHABLE => {
                    condemned.adopt(object, entry);
                    note(condemned.places() - 1, object);
                }
                // These follow below.
                QUEUED | QUEUED_CANDIDATE => (),
                _ => survivors.adopt(object, entry),
            }
        }
        for &object in &self.queue {
            // SAFETY: the queue holds live objects of the array.
            let index = unsafe { object.as_ref() }.position() as usize;
            survivors.adopt(object, array.entry(index));
        }
        drop(survivors);
        array.reset();
        array.shrink();
    }
}

/// The objects named in the stretch that begins at a place; nothing where the array ends before the stretch does.
#[inline(always)]
fn stretch_at(entries: &[Entry], begin: usize) -> &[Entry] {
    entries.get(begin..begin + STRETCH).unwrap_or_default()
}

/// Fetches what an object refers to by its first word, which for containers is the address of their storage.
/// Its header should have been fetched before.
#[inline(always)]
fn prefetch_storage(object: Option<ObjectPtr>) {
    if let Some(object) = object {
        // SAFETY: the arrays hold live objects, and blocks of tracked objects have at least a word
        // behind the header.
        unsafe {
            if !object.as_ref().has(flag::LEAF) {
                let word = object.add(1).cast::<usize>().read();
                prefetch(std::ptr::without_provenance::<u8>(word));
                prefetch(std::ptr::without_provenance::<u8>(word.wrapping_add(48)));
            }
        }
    }
}

/// Marks what an object refers to.
#[inline(always)]
fn reach(object: ObjectPtr, places: Places, queue: &mut Vec<ObjectPtr>) {
    // SAFETY: the arrays hold live objects.
    if !unsafe { object.as_ref() }.has(flag::LEAF) {
        traverse(object, &mut Visitor::reaching(places, queue));
    }
}

#[inline(always)]
fn traverse(object: ObjectPtr, visitor: &mut Visitor<'_>) {
    // SAFETY: the arrays hold live objects, and classes outlive their instances.
    unsafe { (object.as_ref().class().as_ref().ops.get().traverse)(object, visitor) };
}
