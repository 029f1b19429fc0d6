//! Returns: how a frame is left.

use super::macros::{increment, next};
use crate::object::Value;
use crate::vm::Vm;
use crate::vm::frame::{Frame, drop_word, frame_flag, release_kept};
use crate::vm::instr::{Fp, Pc, Sp};
use crate::vm::unwind::unwind;

pub unsafe fn return_value(vm: &Vm, pc: Pc, sp: Sp, _fp: Fp) -> u64 {
    // SAFETY: the contract of handlers.
    unsafe {
        let word = *sp.sub(1);
        leave(vm, pc, sp.sub(1), word)
    }
}

pub unsafe fn return_const(vm: &Vm, pc: Pc, sp: Sp, _fp: Fp) -> u64 {
    // SAFETY: the contract of handlers; the word is a constant of the running code.
    unsafe {
        let word = (*pc).word();
        increment!(word);
        leave(vm, pc, sp, word)
    }
}

/// Leaves the running frame with a result.
#[inline(always)]
unsafe fn leave(vm: &Vm, pc: Pc, sp: Sp, word: u64) -> u64 {
    // SAFETY: the contract of handlers.
    unsafe {
        let frame = &*vm.frame.get();
        if frame.flags.get() != 0 {
            return leave_special(vm, pc, sp, word);
        }
        let pc = frame.return_pc.get();
        let caller = &*frame.prev.get();
        // The frame's own words stay readable while its locals are released: those may run code
        // whose frames start at the caller's saved stack pointer, above this frame.
        frame.sp.set(sp);
        vm.pop_frame();
        let sp = caller.sp.get();
        *sp = word;
        next!(vm, pc, sp.add(1), caller.fp.get())
    }
}

#[inline(never)]
unsafe fn leave_special(vm: &Vm, pc: Pc, sp: Sp, word: u64) -> u64 {
    // SAFETY: the contract of handlers.
    unsafe {
        let frame = &*vm.frame.get();
        frame.sp.set(sp);
        // A frame object shows where it returned.
        frame.pc.set(pc);
        let flags = frame.flags.get();
        if flags & frame_flag::GENERATOR != 0 {
            return super::generator::leave_generator(vm, word);
        }
        let pc = frame.return_pc.get();
        let caller: *const Frame = frame.prev.get();
        let mut word = word;
        let (kept, count, owned) = frame.kept();
        if flags & frame_flag::INIT != 0 {
            // `__init__` was called for `cls(…)`: self, kept below the frame, is the result.
            let instance = *kept.sub(1);
            let result = Value::from_word(word);
            vm.pop_frame();
            release_kept(kept, count, owned);
            if !result.is_none() {
                let _ = vm.type_error(format!(
                    "__init__() should return None, not '{}'",
                    vm.class_name(&result)
                ));
                drop_word(instance);
                let caller = &*caller;
                return unwind(vm, caller.pc.get(), caller.sp.get(), caller.fp.get());
            }
            word = instance;
        } else {
            vm.pop_frame();
            release_kept(kept, count, owned);
        }
        if flags & frame_flag::ENTRY != 0 {
            return word;
        }
        let caller = &*caller;
        let sp = caller.sp.get();
        *sp = word;
        next!(vm, pc, sp.add(1), caller.fp.get())
    }
}
