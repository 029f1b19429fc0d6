//! Trial deletion's part in a walk over references.
//!
//! A long sequence of objects is mostly one of objects in the order in which they were made, which is the order of
//! the generation's array too.  To look each of its objects up at once would take all their headers from memory twice,
//! once for the sequence and once in their own turn.  So the first long sequence of a pass is put aside, and
//! its references are subtracted as the pass comes by the objects.  Those that it does not come by in this order are
//! looked up after all.  The outcome does not depend on the order of subtractions.
#![allow(unsafe_code)]

use std::ptr::{self, NonNull};

use super::visitor::Place;
use crate::header::{CLASS_MASK, ClassHead, GENERATION_BITS, Generation, ObjectPtr};
use crate::prefetch::prefetch;

/// Shorter sequences stay in the cache until the turn of their objects comes.
const LONG: usize = 8 * 1024;
/// How far ahead of their use the headers of a sequence's objects are fetched, in steps.
const AHEAD: usize = 16;

/// Takes one from the count of each referent in the generation that it is shown, and notes which object
/// refers to it.
pub struct Subtraction {
    start: *mut Place,
    /// The word of class and flags of an object in the generation that may stop being tracked at any time.
    /// What differs in the bits of the generation is elsewhere, what differs in those of the class stays tracked.
    pattern: u64,
    /// Complement of the place of the object that is traversed.
    from: u32,
    /// The object refers to one of the generation that stays tracked.
    bound: bool,
    sequence: Sequence,
}

/// What is left of the sequence put aside.
struct Sequence {
    /// The address of the next object; 0 if there is none.
    awaited: u64,
    /// The word behind the one that names the next object.
    next: *const u64,
    end: *const u64,
    /// Bytes from one value to the next.
    step: usize,
    from: u32,
}

impl Sequence {
    /// Goes on to the next object.
    #[inline(always)]
    fn advance(&mut self) {
        let mut next = self.next;
        self.awaited = 0;
        while next < self.end {
            // SAFETY: by the word of whoever put the sequence aside, a value lies there.
            let word = unsafe { *next };
            next = next.wrapping_byte_add(self.step);
            if word & 7 == 0 {
                self.awaited = word;
                break;
            }
        }
        self.next = next;
    }
}

impl Subtraction {
    /// Objects of class `loose` may stop being tracked at any time.
    ///
    /// # Safety
    /// While it is used, `places` stays where it is and has an entry for the position of every
    /// object whose header names this generation.
    pub(super) unsafe fn new(
        places: &mut [Place],
        generation: Generation,
        loose: Option<NonNull<ClassHead>>,
    ) -> Self {
        let class = loose.map_or(0, |class| class.addr().get() as u64);
        Subtraction {
            start: places.as_mut_ptr(),
            pattern: class | (generation as u64) << GENERATION_BITS.trailing_zeros(),
            from: 0,
            bound: false,
            sequence: Sequence {
                awaited: 0,
                next: ptr::null(),
                end: ptr::null(),
                step: size_of::<u64>(),
                from: 0,
            },
        }
    }

    /// Begins with another object.
    #[inline(always)]
    pub(super) fn begin(&mut self, place: u32) {
        self.from = !place;
        self.bound = false;
    }

    /// True if the object refers to one that stays tracked, as far as that is known.
    #[inline(always)]
    pub(super) fn bound(&self) -> bool {
        self.bound
    }

    /// Shows one referent.
    #[inline(always)]
    pub fn object(&mut self, object: ObjectPtr) {
        // SAFETY: referents are live objects; positions in the generation have an entry (see `new`),
        // which nobody else uses now.
        unsafe {
            let header = object.as_ref();
            let differing = header.class_and_flags() ^ self.pattern;
            if differing & GENERATION_BITS != 0 {
                return;
            }
            self.bound |= differing & CLASS_MASK != 0;
            (*self.start.add(header.position() as usize)).subtract(self.from);
        }
    }

    /// Puts a sequence of values aside that the object owns, if it is a long one and the first; false if they
    /// are to be shown one by one.  Words with zeros in the lowest three bits are addresses of objects.
    ///
    /// # Safety
    /// `count` values lie from `first` on, `step` words from one to the next, and stay there until the pass
    /// is over.
    #[inline(always)]
    pub unsafe fn put_aside(&mut self, first: *const u64, count: usize, step: usize) -> bool {
        if count < LONG || !self.sequence.end.is_null() {
            return false;
        }
        self.sequence = Sequence {
            awaited: 0,
            next: first,
            end: first.wrapping_add((count - 1) * step + 1),
            step: step * size_of::<u64>(),
            from: self.from,
        };
        self.sequence.advance();
        true
    }

    /// True if this is the next object of the sequence.
    #[inline(always)]
    pub(super) fn awaits(&self, object: ObjectPtr) -> bool {
        self.sequence.awaited == object.as_ptr().addr() as u64
    }

    /// The pass is at the next object of the sequence, whose place this is.
    #[inline(always)]
    pub(super) fn meet(&mut self, object: ObjectPtr, place: &mut Place) {
        while self.awaits(object) {
            place.subtract(self.sequence.from);
            self.sequence.advance();
        }
    }

    /// Looks up those objects of the sequence that the pass, which has come to `place`, will not meet.
    #[inline(always)]
    pub(super) fn catch_up(&mut self, place: usize) {
        if self.sequence.awaited != 0 {
            self.look_up(place);
        }
    }

    #[inline(never)]
    fn look_up(&mut self, place: usize) {
        let traversed = std::mem::replace(&mut self.from, self.sequence.from);
        while let Some(object) = NonNull::new(ptr::with_exposed_provenance_mut(
            self.sequence.awaited as usize,
        )) {
            let object: ObjectPtr = object;
            let ahead = (self.sequence.next).wrapping_byte_add(AHEAD * self.sequence.step);
            if ahead < self.sequence.end {
                // SAFETY: within the sequence; what is fetched may be anything.
                prefetch(ptr::without_provenance::<u8>(unsafe { *ahead } as usize));
            }
            // SAFETY: the sequence names live objects.
            let header = unsafe { object.as_ref() };
            let elsewhere = (header.class_and_flags() ^ self.pattern) & GENERATION_BITS != 0;
            if !elsewhere && header.position() as usize >= place {
                break;
            }
            self.object(object);
            self.sequence.advance();
        }
        self.from = traversed;
    }
}
