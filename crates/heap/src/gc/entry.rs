//! How the generations' arrays name objects: in four bytes.
//!
//! Small objects lie in arenas, and arenas lie in one range of addresses as far as the system lets them
//! (`blocks/os.rs`): what names such an object is its distance from the start of the range, in words.  Objects
//! anywhere else, those larger than the largest block and those in arenas that the system put
//! elsewhere, are named by their place in a table of addresses.
#![allow(unsafe_code)]

use std::cell::RefCell;
use std::ptr::{self, NonNull};

use crate::header::{Header, ObjectPtr};

/// Set in the names of objects in the table.
const FAR: u32 = 1 << 31;
/// Bytes of the range whose words can be told apart by the other bits.
const REACH: usize = (FAR as usize) << 3;

/// The name of an object, or a hole.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(transparent)]
pub(crate) struct Entry(u32);

impl Entry {
    /// The range starts with the header of an arena, so that no object has this name.
    pub const HOLE: Entry = Entry(0);

    #[inline(always)]
    pub fn is_hole(self) -> bool {
        self.0 == 0
    }

    #[inline(always)]
    pub fn is_far(self) -> bool {
        self.0 & FAR != 0
    }
}

/// What names mean in one heap.
pub(crate) struct Names {
    /// Where the range of arenas begins.
    base: usize,
    far: RefCell<FarObjects>,
}

/// The table of objects outside the range.
#[derive(Default)]
struct FarObjects {
    /// Unused places are dangling and in `unused`.
    objects: Vec<ObjectPtr>,
    unused: Vec<u32>,
}

impl Names {
    pub fn new(base: usize) -> Self {
        Names {
            base,
            far: RefCell::default(),
        }
    }

    /// A name for an object, to be given up with [`Names::give_up`].
    #[inline(always)]
    pub fn name(&self, object: ObjectPtr) -> Entry {
        let distance = object.as_ptr().expose_provenance().wrapping_sub(self.base);
        if distance < REACH {
            Entry((distance >> 3) as u32)
        } else {
            self.name_far(object)
        }
    }

    #[cold]
    #[inline(never)]
    fn name_far(&self, object: ObjectPtr) -> Entry {
        let far = &mut *self.far.borrow_mut();
        let place = match far.unused.pop() {
            Some(place) => place,
            None => {
                far.objects.push(object);
                far.objects.len() as u32 - 1
            }
        };
        far.objects[place as usize] = object;
        // An array holds fewer objects than there are places to name.
        Entry(place | FAR)
    }

    /// Frees a name that no array holds any more.
    #[inline(always)]
    pub fn give_up(&self, entry: Entry) {
        if entry.is_far() {
            self.give_up_far(entry);
        }
    }

    #[cold]
    #[inline(never)]
    fn give_up_far(&self, entry: Entry) {
        let far = &mut *self.far.borrow_mut();
        let place = entry.0 & !FAR;
        far.objects[place as usize] = NonNull::dangling();
        far.unused.push(place);
    }

    /// The object of a name; none for a hole.
    #[inline(always)]
    pub fn object(&self, entry: Entry) -> Option<ObjectPtr> {
        self.range().object(entry, self)
    }

    #[cold]
    #[inline(never)]
    fn far_object(&self, entry: Entry) -> ObjectPtr {
        self.far.borrow().objects[(entry.0 & !FAR) as usize]
    }

    /// Where the object lies if it is in the range, and some address otherwise: to fetch it ahead.
    #[inline(always)]
    pub fn near(&self, entry: Entry) -> *mut Header {
        self.range().near(entry)
    }

    /// The range, to be kept in a register during a walk.
    #[inline(always)]
    pub fn range(&self) -> Range {
        Range { base: self.base }
    }
}

/// The range of arenas that names are relative to.
#[derive(Clone, Copy)]
pub(crate) struct Range {
    base: usize,
}

impl Range {
    /// As [`Names::near`].
    #[inline(always)]
    pub fn near(self, entry: Entry) -> *mut Header {
        ptr::with_exposed_provenance_mut(self.base + ((entry.0 as usize) << 3))
    }

    /// As [`Names::object`], but none for an object in the table.
    #[inline(always)]
    pub fn near_object(self, entry: Entry) -> Option<ObjectPtr> {
        // Neither a hole nor far, in one comparison.
        if entry.0.wrapping_sub(1) >= FAR - 1 {
            return None;
        }
        // SAFETY: not null, as the distance from the base is not zero.
        Some(unsafe { NonNull::new_unchecked(self.near(entry)) })
    }

    /// As [`Names::object`].
    #[inline(always)]
    pub fn object(self, entry: Entry, names: &Names) -> Option<ObjectPtr> {
        match self.near_object(entry) {
            None if !entry.is_hole() => Some(names.far_object(entry)),
            object => object,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_inside_and_outside_the_range_have_names() {
        let base = 1 << 40;
        let names = Names::new(base);
        let object = |address: usize| {
            NonNull::new(ptr::with_exposed_provenance_mut::<Header>(address)).unwrap()
        };
        let addresses = [base + 8, base + REACH - 8, base + REACH, base - 8, 4096];
        let entries = addresses.map(|address| names.name(object(address)));
        assert_eq!(entries.map(Entry::is_far), [false, false, true, true, true]);
        assert_eq!(
            entries.map(|entry| names.object(entry)),
            addresses.map(|address| Some(object(address)))
        );
        assert_eq!(names.object(Entry::HOLE), None);
        names.give_up(entries[3]);
        assert!(names.name(object(64)) == entries[3]);
        assert_eq!(names.object(entries[2]), Some(object(base + REACH)));
    }
}
