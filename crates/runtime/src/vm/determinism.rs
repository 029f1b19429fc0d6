//! Deterministic mode: what a program can see of addresses, time and chance is the same in every
//! run and on every machine.
//!
//! - identities (`id()`, default hashes, addresses in reprs) count from the heap's own origin:
//!   arena number, then offset;
//! - the clocks are virtual: they start at fixed moments and each reading moves them on by
//!   a microsecond; sleeping moves them on and takes no time;
//! - the system's random bytes come from a fixed sequence (`entropy`), string hashes from a fixed seed.
//!
//! What a program reads from outside (files, environment, process numbers) is the program's input and
//! stays what it is.

use std::cell::Cell;

use super::state::Vm;
use crate::object::Value;
use crate::object::payload::block_bytes;

/// Where `time.time()` starts: 2000-01-01 00:00 UTC, in nanoseconds since 1970.
pub const VIRTUAL_EPOCH: u64 = 946_684_800_000_000_000;

/// What a reading of a clock costs, in nanoseconds.
const READING: u64 = 1000;

/// First state of the random sequence; any number would do.
const ENTROPY_SEED: u64 = 0x6F75_726F;

/// The state of deterministic mode.
#[derive(Default)]
pub struct Determinism {
    on: Cell<bool>,
    nanoseconds: Cell<u64>,
    /// State of the sequence that stands for the system's random bytes; None for real ones.
    pub(super) entropy: Cell<Option<u64>>,
}

impl Determinism {
    /// True in deterministic mode.
    #[inline(always)]
    pub fn is_on(&self) -> bool {
        self.on.get()
    }

    /// Begins the mode; identities given out before would not be valid any more.
    pub(super) fn switch_on(&self) {
        self.on.set(true);
        self.entropy.set(Some(ENTROPY_SEED));
    }
}

impl Vm {
    /// True in deterministic mode.
    pub fn is_deterministic(&self) -> bool {
        self.interp.determinism.is_on()
    }

    /// Reads the virtual clock, nanoseconds since the start; None where time is real.
    pub fn virtual_time(&self) -> Option<u64> {
        if !self.is_deterministic() {
            return None;
        }
        self.advance_virtual_time(READING);
        Some(self.interp.determinism.nanoseconds.get())
    }

    /// Lets virtual time pass.
    pub fn advance_virtual_time(&self, nanoseconds: u64) {
        let clock = &self.interp.determinism.nanoseconds;
        clock.set(clock.get().saturating_add(nanoseconds));
    }

    /// The identity of a value that depends only on what was allocated before it.
    #[cold]
    pub(crate) fn stable_id(&self, value: &Value) -> u64 {
        match value.object().zip(block_bytes(value)) {
            Some((object, bytes)) => self.heap.stable_id(object.cast(), bytes),
            None => value.word(),
        }
    }
}
