//! Going on with the next instruction: the one place that knows how it is done.
//!
//! As a rule a handler ends in a call of the next one's in tail position, which the optimiser turns into a jump
//! ([`ops::macros`](super::ops::macros)), and entering the loop is calling the first handler. That needs a compiler
//! that makes such jumps: not on every target, not at level 0, and not under a sanitizer, which keeps each function's
//! frame until it returns. For those there is the *trampoline*, chosen by `--cfg ouro_trampoline`: a handler notes in
//! the VM where to go on and returns [`ON`], and whoever entered the loop drives it, one handler at a time. It takes a
//! bounded amount of native stack whatever the compiler does, and two to three times as long.
//!
//! Handlers are written once for both: they leave by `next!` or in tail position for another handler, and only
//! [`enter`] and [`drive`] call one from outside.
#![allow(unsafe_code)]

use super::instr::{Fp, Pc, Sp};
use super::state::Vm;

/// Runs the loop from an instruction on: the word that leaves it.
///
/// # Safety
/// The contract of handlers: the registers are those of the running frame.
#[inline(always)]
pub unsafe fn enter(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: by the caller's word.
    unsafe { drive(vm, ((*pc).handler.get())(vm, pc, sp, fp)) }
}

#[cfg(not(ouro_trampoline))]
mod how {
    use super::Vm;

    /// Goes to the instruction at `$pc`.
    macro_rules! next {
        ($vm:expr, $pc:expr, $sp:expr, $fp:expr) => {{
            let pc = $pc;
            return ((*pc).handler.get())($vm, pc, $sp, $fp);
        }};
    }

    /// What a handler gave that was called from outside: the word that leaves the loop.
    ///
    /// # Safety
    /// The word is a handler's result.
    #[inline(always)]
    pub unsafe fn drive(_vm: &Vm, word: u64) -> u64 {
        word
    }

    pub(crate) use next;
}

#[cfg(ouro_trampoline)]
mod how {
    use std::cell::Cell;

    use super::{Fp, Pc, Sp, Vm};

    /// What a handler returns that is to be followed by another: no value's word, and not 0.
    const ON: u64 = 8;

    /// Where to go on.
    pub struct Onward(Cell<(Pc, Sp, Fp)>);

    impl Default for Onward {
        fn default() -> Self {
            Onward(Cell::new((
                std::ptr::null(),
                std::ptr::null_mut(),
                std::ptr::null_mut(),
            )))
        }
    }

    /// Goes to the instruction at `$pc`.
    macro_rules! next {
        ($vm:expr, $pc:expr, $sp:expr, $fp:expr) => {
            return $crate::vm::dispatch::note($vm, $pc, $sp, $fp)
        };
    }

    /// Notes where to go on.
    #[inline(always)]
    pub fn note(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
        vm.onward.0.set((pc, sp, fp));
        ON
    }

    /// Goes on as long as handlers say so, and gives the word that leaves the loop.
    ///
    /// # Safety
    /// The word is a handler's result; no other handler was called since.
    pub unsafe fn drive(vm: &Vm, mut word: u64) -> u64 {
        while word == ON {
            let (pc, sp, fp) = vm.onward.0.get();
            // SAFETY: the handler that noted them kept the contract.
            word = unsafe { ((*pc).handler.get())(vm, pc, sp, fp) };
        }
        word
    }

    pub(crate) use next;
}

pub use how::drive;
pub(crate) use how::next;
#[cfg(ouro_trampoline)]
pub use how::{Onward, note};
