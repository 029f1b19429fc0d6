//! Unwinding: from the raising instruction to its handler, through as many frames as it takes.
#![allow(unsafe_code)]

use super::frame::{FRAME_WORDS, drop_word, frame_flag, release_kept};
use super::generator::of_frame;
use super::instr::{Fp, Pc, Sp};
use super::ops::asynchronous::step_of_caller;
use super::ops::macros::next;
use super::state::Vm;
use crate::object::Value;

/// An exception was raised by the instruction at `pc`: adds the frame to its traceback and goes to
/// the handler.  The operand stack is what the frame's saved `sp` says.
///
/// # Safety
/// The contract of handlers; an exception waits in the VM.
#[cold]
#[inline(never)]
pub unsafe fn unwind(vm: &Vm, pc: Pc, _sp: Sp, fp: Fp) -> u64 {
    // SAFETY: by the caller's word.
    unsafe {
        let frame = &*vm.frame.get();
        frame.pc.set(pc);
        if !vm.silent.replace(false) {
            vm.add_traceback(frame);
            if vm.is_traced() {
                vm.trace_exception(frame);
            }
        } else if vm.is_traced() {
            vm.trace_raised_again(frame);
        }
        unwind_from(vm, pc, fp)
    }
}

/// The same for an exception that is raised again: its traceback stays as it is.
///
/// # Safety
/// As for [`unwind`].
#[cold]
#[inline(never)]
pub unsafe fn unwind_silently(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    vm.silent.set(true);
    // SAFETY: by the caller's word.
    unsafe { unwind(vm, pc, sp, fp) }
}

/// Looks for the handler that covers `pc`, in this frame, then in its callers.
///
/// # Safety
/// As for [`unwind`].
#[inline(never)]
pub unsafe fn unwind_from(vm: &Vm, pc: Pc, _fp: Fp) -> u64 {
    // SAFETY: by the caller's word.
    unsafe {
        let target = find_handler(vm, pc);
        if target.is_null() {
            return 0;
        }
        let frame = &*vm.frame.get();
        next!(vm, target, frame.sp.get(), frame.fp.get())
    }
}

/// Leaves frames until one has a handler: where it begins, with the exception pushed and the frame's `sp` saved;
/// null where the loop is left.
///
/// A function of its own, never inlined: whatever has a place in memory here would keep its caller from jumping
/// to the handler, and each exception would take native stack.
#[inline(never)]
unsafe fn find_handler(vm: &Vm, pc: Pc) -> Pc {
    // SAFETY: by the caller's word.
    unsafe {
        let mut at = pc;
        loop {
            let frame = &*vm.frame.get();
            let code = frame.code();
            let operands = std::ptr::from_ref(frame)
                .cast::<u64>()
                .cast_mut()
                .add(FRAME_WORDS);
            let entry = code.data.handler(code.index_of(at)).copied();
            let keep = entry.map_or(operands, |e| operands.add(e.depth as usize));
            let mut sp = frame.sp.get();
            while sp > keep {
                sp = sp.sub(1);
                frame.sp.set(sp);
                drop_word(*sp);
            }
            if let Some(entry) = entry {
                if entry.lasti {
                    let index = code.index_of(frame.pc.get());
                    *sp = Value::small_int(i64::from(index)).into_word();
                    sp = sp.add(1);
                }
                *sp = vm.take_raised().into_word();
                frame.sp.set(sp.add(1));
                let handler = code.at_beside(at, entry.target);
                if vm.is_traced()
                    && let Some(source) = vm.trace_handled(frame, handler, Value::from_slot(&*sp))
                {
                    at = source;
                    continue;
                }
                return handler;
            }
            if vm.is_traced() {
                vm.trace_unwind(frame, at);
            }
            let flags = frame.flags.get();
            if flags & frame_flag::GENERATOR != 0 {
                let generator = of_frame(frame).payload();
                let how = vm.unlink(generator, frame);
                generator.release_frame();
                if how & frame_flag::ENTRY != 0 {
                    return std::ptr::null();
                }
                if how & frame_flag::SEND_STEP != 0 {
                    let caller = &*vm.frame.get();
                    step_of_caller(caller).generator_raised(vm, generator);
                }
            } else {
                let (kept, count, owned) = frame.kept();
                if flags & frame_flag::INIT != 0 {
                    let instance = *kept.sub(1);
                    vm.pop_frame();
                    release_kept(kept, count, owned);
                    drop_word(instance);
                } else {
                    vm.pop_frame();
                    release_kept(kept, count, owned);
                }
                if flags & frame_flag::ENTRY != 0 {
                    return std::ptr::null();
                }
            }
            let caller = &*vm.frame.get();
            vm.add_traceback(caller);
            if vm.is_traced() {
                vm.trace_exception(caller);
            }
            at = caller.pc.get();
        }
    }
}
