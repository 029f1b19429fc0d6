//! What happens where the system has no memory left: a small allocation that may not fail still has
//! to succeed, until the program is told by MemoryError at the next safe point.
//!
//! For this the heap holds some address space that it does not use.  At the first refusal it gives
//! that up, which makes room for what comes until then, in arenas and elsewhere, and counts as over
//! its limit.  The next new arena asks for the ballast again; while there is none to be had, the
//! program is told again at each.
#![allow(unsafe_code)]

use std::ptr::{self, NonNull};
use std::sync::atomic::{AtomicBool, AtomicPtr, Ordering};

use super::os;

/// Bytes held back.
const BALLAST: usize = 8 * 1024 * 1024;

/// The address space held back, and whether the system refused more.  Atomic, because a thread that waits for
/// the system without the interpreter's lock may be the one that is refused.
pub(crate) struct Ballast {
    held: AtomicPtr<u8>,
    exhausted: AtomicBool,
}

/// New ballast, or null.
fn held_back() -> *mut u8 {
    os::map_ballast(BALLAST).map_or(ptr::null_mut(), NonNull::as_ptr)
}

impl Ballast {
    pub fn new() -> Self {
        Ballast {
            held: AtomicPtr::new(held_back()),
            exhausted: AtomicBool::new(false),
        }
    }

    /// Gives the ballast up; false if there was none.
    #[cold]
    pub fn give_up(&self) -> bool {
        let Some(start) = self.take() else {
            return false;
        };
        self.exhausted.store(true, Ordering::Relaxed);
        // SAFETY: mapped with this size, and never used.
        unsafe { os::unmap_buffer(start, BALLAST) };
        true
    }

    /// Asks for the ballast again after it was given up.
    #[inline]
    pub fn renew(&self) {
        if cfg!(unix) && self.held.load(Ordering::Relaxed).is_null() {
            let held = held_back();
            self.held.store(held, Ordering::Release);
            self.exhausted.store(held.is_null(), Ordering::Relaxed);
        }
    }

    fn take(&self) -> Option<NonNull<u8>> {
        NonNull::new(self.held.swap(ptr::null_mut(), Ordering::AcqRel))
    }

    /// True if the system refused more and the program was not told yet.
    #[inline]
    pub fn is_exhausted(&self) -> bool {
        self.exhausted.load(Ordering::Relaxed)
    }

    /// The program is being told.
    pub fn told(&self) {
        self.exhausted.store(false, Ordering::Relaxed);
    }
}

impl Drop for Ballast {
    fn drop(&mut self) {
        if let Some(start) = self.take() {
            // SAFETY: mapped with this size, and never used.
            unsafe { os::unmap_buffer(start, BALLAST) };
        }
    }
}
