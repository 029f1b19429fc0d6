//! Constants and the shape of the operand stack.

use super::macros::{increment, next, op, save};
use crate::object::value::release_reference;
use crate::vm::Vm;
use crate::vm::instr::{Fp, Pc, Sp};

/// Stands in for the code of cache words, which are never executed.
pub unsafe fn unreachable(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers.
    unsafe {
        save!(vm, pc, sp);
        let _ = vm.system_error("a cache word was executed");
        crate::vm::unwind::unwind(vm, pc, sp, fp)
    }
}

/// Releases the object whose dead address lies at `sp`, then goes on behind the instruction.
#[cold]
#[inline(never)]
pub unsafe fn release_and_next(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers; the word at `sp` was an owned reference just counted to 0,
    // so it is counted up again for the regular release.
    unsafe {
        save!(vm, pc, sp);
        let object = std::ptr::NonNull::new_unchecked(*sp as *mut heap::Header);
        object.as_ref().increment();
        release_reference(object);
        next!(vm, pc.add(1), sp, fp)
    }
}

pub unsafe fn nop(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers.
    unsafe { next!(vm, pc.add(1), sp, fp) }
}

pub unsafe fn pop_top(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers.
    unsafe {
        let sp = sp.sub(1);
        let word = *sp;
        if word & 7 == 0 && (*(word as *const heap::Header)).decrement() == 0 {
            return release_and_next(vm, pc, sp, fp);
        }
        next!(vm, pc.add(1), sp, fp)
    }
}

pub unsafe fn push_null(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers.
    unsafe {
        *sp = 0;
        next!(vm, pc.add(1), sp.add(1), fp)
    }
}

pub unsafe fn load_immediate(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers.
    unsafe {
        *sp = (*pc).word();
        next!(vm, pc.add(1), sp.add(1), fp)
    }
}

pub unsafe fn load_const(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers; the word is a constant that its code keeps alive.
    unsafe {
        let word = (*pc).word();
        increment!(word);
        *sp = word;
        next!(vm, pc.add(1), sp.add(1), fp)
    }
}

pub unsafe fn copy(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers.
    unsafe {
        let word = *sp.sub((*pc).arg.get() as usize);
        if word != 0 {
            increment!(word);
        }
        *sp = word;
        next!(vm, pc.add(1), sp.add(1), fp)
    }
}

pub unsafe fn swap(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers.
    unsafe {
        // Word by word: `ptr::swap` may keep one in memory, and then the handler would not jump on.
        let other = sp.sub((*pc).arg.get() as usize);
        let (below, top) = (*other, *sp.sub(1));
        *other = top;
        *sp.sub(1) = below;
        next!(vm, pc.add(1), sp, fp)
    }
}

op!(end_for, 1, |_vm, stack, _arg, _fp| {
    stack.drop_words(2);
    Ok(())
});

pub unsafe fn end_send(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers.
    unsafe {
        let receiver = *sp.sub(2);
        *sp.sub(2) = *sp.sub(1);
        let sp = sp.sub(1);
        if receiver & 7 == 0
            && receiver != 0
            && (*(receiver as *const heap::Header)).decrement() == 0
        {
            *sp = receiver;
            return release_and_next(vm, pc, sp, fp);
        }
        next!(vm, pc.add(1), sp, fp)
    }
}
