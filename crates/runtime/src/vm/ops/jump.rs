//! Jumps and the places where the VM looks at the eval breaker.

use super::macros::{next, save};
use crate::object::Value;
use crate::vm::Vm;
use crate::vm::instr::{Fp, Pc, Sp};
use crate::vm::unwind::unwind;

use crate::object::value::{FALSE_WORD as FALSE, NONE_WORD as NONE, TRUE_WORD as TRUE};

/// The instruction a jump at `pc` goes to.
#[inline(always)]
pub unsafe fn target(pc: Pc) -> Pc {
    // SAFETY: the verifier checked the target.
    unsafe { pc.offset((*pc).arg.get() as i32 as isize) }
}

pub unsafe fn jump(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers.
    unsafe { next!(vm, target(pc), sp, fp) }
}

pub unsafe fn jump_backward(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers.
    unsafe {
        if vm.breaker.load(std::sync::atomic::Ordering::Relaxed) != 0 {
            return jump_backward_break(vm, pc, sp, fp);
        }
        next!(vm, target(pc), sp, fp)
    }
}

#[cold]
#[inline(never)]
unsafe fn jump_backward_break(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers.
    unsafe {
        save!(vm, pc, sp);
        if vm.handle_breaker().is_err() {
            return unwind(vm, pc, sp, fp);
        }
        let target = vm.traced_pc(&*vm.frame.get(), target(pc), false);
        next!(vm, target, sp, fp)
    }
}

pub unsafe fn resume(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers.
    unsafe {
        if vm.breaker.load(std::sync::atomic::Ordering::Relaxed) != 0 {
            return resume_break(vm, pc, sp, fp);
        }
        next!(vm, pc.add(1), sp, fp)
    }
}

#[cold]
#[inline(never)]
unsafe fn resume_break(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers.
    unsafe {
        save!(vm, pc, sp);
        // As in CPython the breaker waits while a `yield from` or `await` hands values through.
        if (*pc).arg.get() < 2 && vm.handle_breaker().is_err() {
            return unwind(vm, pc, sp, fp);
        }
        let frame = &*vm.frame.get();
        let traced = vm.traced_pc(frame, pc, true);
        if traced != pc {
            frame.pc.set(traced);
            next!(vm, traced, sp, fp);
        }
        next!(vm, pc.add(1), sp, fp)
    }
}

/// The truth of the value at `sp`, which is released: 0, 1, or 2 where an exception was raised.
#[inline(never)]
unsafe fn pop_truth(vm: &Vm, pc: Pc, sp: Sp) -> u64 {
    // SAFETY: the contract of handlers; the word's reference moves here.
    unsafe {
        save!(vm, pc, sp);
        let value = Value::from_word(*sp);
        match vm.truth(&value) {
            Ok(truth) => u64::from(truth),
            Err(_) => 2,
        }
    }
}

pub unsafe fn pop_jump_if_false(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers.
    unsafe {
        let sp = sp.sub(1);
        let word = *sp;
        if word == TRUE {
            next!(vm, pc.add(1), sp, fp);
        }
        if word == FALSE || word == NONE {
            next!(vm, target(pc), sp, fp);
        }
        if word & 1 == 1 {
            if word == 1 {
                next!(vm, target(pc), sp, fp);
            }
            next!(vm, pc.add(1), sp, fp);
        }
        pop_jump_slow::<false>(vm, pc, sp, fp)
    }
}

pub unsafe fn pop_jump_if_true(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers.
    unsafe {
        let sp = sp.sub(1);
        let word = *sp;
        if word == TRUE {
            next!(vm, target(pc), sp, fp);
        }
        if word == FALSE || word == NONE {
            next!(vm, pc.add(1), sp, fp);
        }
        if word & 1 == 1 {
            if word == 1 {
                next!(vm, pc.add(1), sp, fp);
            }
            next!(vm, target(pc), sp, fp);
        }
        pop_jump_slow::<true>(vm, pc, sp, fp)
    }
}

#[inline(never)]
unsafe fn pop_jump_slow<const SENSE: bool>(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers.
    unsafe {
        let truth = pop_truth(vm, pc, sp);
        if truth == 2 {
            return unwind(vm, pc, sp, fp);
        }
        if (truth == 1) == SENSE {
            next!(vm, target(pc), sp, fp);
        }
        next!(vm, pc.add(1), sp, fp)
    }
}

#[inline(always)]
unsafe fn pop_jump_none<const SENSE: bool>(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers.
    unsafe {
        let sp = sp.sub(1);
        let word = *sp;
        if word == NONE {
            if SENSE {
                next!(vm, target(pc), sp, fp);
            }
            next!(vm, pc.add(1), sp, fp);
        }
        if word & 7 == 0 && (*(word as *const heap::Header)).decrement() == 0 {
            return release_and_jump::<SENSE>(vm, pc, sp, fp);
        }
        if SENSE {
            next!(vm, pc.add(1), sp, fp);
        }
        next!(vm, target(pc), sp, fp)
    }
}

#[cold]
#[inline(never)]
unsafe fn release_and_jump<const SENSE: bool>(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers; the word at `sp` was an owned reference counted to 0.
    unsafe {
        save!(vm, pc, sp);
        let object = *sp as *const heap::Header;
        (*object).increment();
        drop(Value::from_word(*sp));
        if SENSE {
            next!(vm, pc.add(1), sp, fp);
        }
        next!(vm, target(pc), sp, fp)
    }
}

pub unsafe fn pop_jump_if_none(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers.
    unsafe { pop_jump_none::<true>(vm, pc, sp, fp) }
}

pub unsafe fn pop_jump_if_not_none(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers.
    unsafe { pop_jump_none::<false>(vm, pc, sp, fp) }
}
