//! Signals: the handler only leaves a note; the VM acts on it at its next safe point.
#![allow(unsafe_code)]

use std::sync::atomic::{AtomicPtr, AtomicU32, AtomicU64, Ordering};

use super::state::{Vm, breaker};
use crate::object::PyResult;

/// One bit for each signal that arrived and was not handled yet.
static PENDING: AtomicU64 = AtomicU64::new(0);
/// The breaker of the interpreter's main thread.
static BREAKER: AtomicPtr<AtomicU32> = AtomicPtr::new(std::ptr::null_mut());

extern "C" fn note(signal: libc::c_int) {
    PENDING.fetch_or(1 << signal, Ordering::SeqCst);
    let word = BREAKER.load(Ordering::SeqCst);
    // SAFETY: null, or the breaker of an interpreter, which is never freed.
    if let Some(word) = unsafe { word.as_ref() } {
        word.fetch_or(breaker::SIGNAL, Ordering::SeqCst);
    }
}

/// Ends the process as an unhandled SIGINT does, so that a shell sees what happened.
pub fn die_of_interrupt() {
    // SAFETY: the default action ends the process.
    unsafe {
        libc::signal(libc::SIGINT, libc::SIG_DFL);
        libc::kill(libc::getpid(), libc::SIGINT);
    }
}

impl Vm {
    /// Lets this thread's interpreter handle SIGINT (as KeyboardInterrupt); SIGPIPE becomes the
    /// error of the write that met it.
    pub fn install_signal_handlers(&'static self) {
        BREAKER.store((&raw const self.breaker).cast_mut(), Ordering::SeqCst);
        // SAFETY: the handler only stores to atomics.
        unsafe {
            let handler = note as extern "C" fn(libc::c_int) as libc::sighandler_t;
            // A shell starts background jobs with SIGINT ignored, and so it stays.
            if libc::signal(libc::SIGINT, handler) == libc::SIG_IGN {
                libc::signal(libc::SIGINT, libc::SIG_IGN);
            }
            libc::signal(libc::SIGPIPE, libc::SIG_IGN);
        }
    }

    /// Makes this the interpreter of the OS thread, which may have others.
    pub fn make_current(&'static self) {
        heap::set_current_heap(Some(self.heap));
        super::state::set_current_vm(self);
    }

    /// Acts on signals that have arrived.
    pub fn handle_signals(&self) -> PyResult<()> {
        let pending = PENDING.swap(0, Ordering::SeqCst);
        if pending & (1 << libc::SIGINT) != 0 {
            let class = &self.types.exceptions.keyboard_interrupt;
            return Err(self.raise_value(self.new_exception(class, &[])));
        }
        Ok(())
    }
}
