//! The array that a trial writes beside the objects.
//!
//! Small ones are kept for the next collection.  Large ones are needed seldom and for a short time: they come from the
//! system, zeroed, and go back to it.
#![allow(unsafe_code)]

use std::ptr::NonNull;

use super::visitor::Place;
use crate::blocks::os;

/// Entries a small array may keep.
const KEPT: usize = 16 * 1024;
/// Bytes from which on the system is asked.
const LARGE: usize = 1 << 20;

/// One entry for each object of a collection.
#[derive(Default)]
pub(super) struct Scratch {
    small: Vec<Place>,
    large: Option<Mapping>,
}

struct Mapping {
    start: NonNull<Place>,
    len: usize,
}

impl Mapping {
    fn new(len: usize) -> Option<Mapping> {
        if len * size_of::<Place>() < LARGE {
            return None;
        }
        let start = os::map_buffer(len * size_of::<Place>())?.cast();
        Some(Mapping { start, len })
    }
}

impl Drop for Mapping {
    fn drop(&mut self) {
        // SAFETY: the mapping was made with this size, and goes with its only owner.
        unsafe { os::unmap_buffer(self.start.cast(), self.len * size_of::<Place>()) };
    }
}

impl Scratch {
    /// True if there is memory for `len` entries.
    pub fn has_room(&mut self, len: usize) -> bool {
        len * size_of::<Place>() < LARGE
            || Mapping::new(len).is_some()
            || self.small.try_reserve(len).is_ok()
    }

    /// Makes `len` entries of zeros.
    pub fn begin(&mut self, len: usize) {
        self.small.clear();
        self.large = Mapping::new(len);
        if self.large.is_none() {
            self.small.resize(len, Place::default());
        }
    }

    /// The entries go.
    pub fn end(&mut self) {
        self.large = None;
        self.small.clear();
        self.small.shrink_to(KEPT);
    }

    #[inline]
    pub fn as_slice(&self) -> &[Place] {
        match &self.large {
            // SAFETY: the mapping holds so many entries, and zeros are such.
            Some(large) => unsafe { std::slice::from_raw_parts(large.start.as_ptr(), large.len) },
            None => &self.small,
        }
    }

    #[inline]
    pub fn as_mut_slice(&mut self) -> &mut [Place] {
        match &self.large {
            // SAFETY: as above, and the mapping belongs to nobody else.
            Some(large) => unsafe {
                std::slice::from_raw_parts_mut(large.start.as_ptr(), large.len)
            },
            None => &mut self.small,
        }
    }
}
