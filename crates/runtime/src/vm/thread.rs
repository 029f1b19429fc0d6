//! The operating system's view of this thread.
#![allow(unsafe_code)]

use super::state::Vm;
use crate::object::Value;

impl Vm {
    /// The identity of this OS thread, as `threading.get_ident()` gives it.
    pub fn thread_ident(&self) -> Value {
        // SAFETY: always succeeds.
        self.int_u64(unsafe { libc::pthread_self() } as u64)
    }
}
