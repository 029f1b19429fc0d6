//! Entering the VM loop from native code.
#![allow(unsafe_code)]

use super::state::Vm;
use crate::object::{PyResult, Raised, Value};

/// Runs the running frame, which is marked `ENTRY`, until it returns or raises.
///
/// # Safety
/// The frame was just entered or resumed and its registers are saved.
#[inline(never)]
pub unsafe fn run(vm: &Vm) -> PyResult {
    // SAFETY: the frame's registers are valid.
    unsafe {
        let frame = &*vm.frame.get();
        let pc = frame.pc.get();
        let word = super::dispatch::enter(vm, pc, frame.sp.get(), frame.fp.get());
        if word == 0 {
            Err(Raised(()))
        } else {
            Ok(Value::from_word(word))
        }
    }
}
