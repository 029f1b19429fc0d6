//! Standard descriptors that were closed when the process began.
//!
//! The Rust runtime opens the null device in their place before `main` runs, and a program would then find
//! streams where CPython's finds None.  So they are looked at earlier, by a function that the system's loader
//! calls, and closed again for the interpreter.
#![allow(unsafe_code)]

use std::sync::atomic::{AtomicU8, Ordering};

use crate::object::fd;

/// One bit for each standard descriptor that was closed.
static CLOSED: AtomicU8 = AtomicU8::new(0);

extern "C" fn look() {
    for descriptor in 0..3 {
        // SAFETY: works on any number.
        if unsafe { libc::fcntl(descriptor, libc::F_GETFD) } == -1 {
            CLOSED.fetch_or(1 << descriptor, Ordering::Relaxed);
        }
    }
}

// SAFETY: the loader calls what is listed here once, before `main`; the function needs nothing of the Rust
// runtime.
#[used]
#[cfg_attr(target_os = "linux", unsafe(link_section = ".init_array"))]
static LOOK: extern "C" fn() = look;

/// Closes the standard descriptors that the process was started without.
pub fn close_again() {
    let closed = CLOSED.swap(0, Ordering::Relaxed);
    for descriptor in (0..3).filter(|descriptor| closed & (1 << descriptor) != 0) {
        // Nothing can be done about an error, and nothing depends on it.
        let _ = fd::close(descriptor);
    }
}
