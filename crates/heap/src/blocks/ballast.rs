//! What happens where the system has no memory left: a small allocation that may not fail still has
//! to succeed, until the program is told by MemoryError at the next safe point.
//!
//! For this the heap holds some address space that it does not use.  At the first refusal it gives
//! that up, which makes room for what comes until then, in arenas and elsewhere, and counts as over
//! its limit.  The next new arena asks for the ballast again; while there is none to be had, the
//! program is told again at each.
#![allow(unsafe_code)]

use std::cell::Cell;
use std::ptr::NonNull;

use super::os;

/// Bytes held back.
const BALLAST: usize = 8 * 1024 * 1024;

/// The address space held back, and whether the system refused more.
pub(crate) struct Ballast {
    held: Cell<Option<NonNull<u8>>>,
    exhausted: Cell<bool>,
}

impl Ballast {
    pub fn new() -> Self {
        Ballast {
            held: Cell::new(os::map_ballast(BALLAST)),
            exhausted: Cell::new(false),
        }
    }

    /// Gives the ballast up; false if there was none.
    #[cold]
    pub fn give_up(&self) -> bool {
        let Some(start) = self.held.take() else {
            return false;
        };
        self.exhausted.set(true);
        // SAFETY: mapped with this size, and never used.
        unsafe { os::unmap_buffer(start, BALLAST) };
        true
    }

    /// Asks for the ballast again after it was given up.
    #[inline]
    pub fn renew(&self) {
        if cfg!(unix) && self.held.get().is_none() {
            self.held.set(os::map_ballast(BALLAST));
            self.exhausted.set(self.held.get().is_none());
        }
    }

    /// True if the system refused more and the program was not told yet.
    #[inline]
    pub fn is_exhausted(&self) -> bool {
        self.exhausted.get()
    }

    /// The program is being told.
    pub fn told(&self) {
        self.exhausted.set(false);
    }
}

impl Drop for Ballast {
    fn drop(&mut self) {
        if let Some(start) = self.held.take() {
            // SAFETY: mapped with this size, and never used.
            unsafe { os::unmap_buffer(start, BALLAST) };
        }
    }
}
