//! `yield`, `yield from`, and resuming generators without leaving the loop.

use bytecode::CodeFlags;

use super::asynchronous;
use super::jump::target;
use super::macros::{next, op, save};
use crate::object::{Object, PyResult, Value};
use crate::vm::Vm;
use crate::vm::frame::{Frame, drop_word, frame_flag, release_kept};
use crate::vm::generator::{Generator, State, Step, of_frame};
use crate::vm::instr::{Fp, Pc, Sp};
use crate::vm::unwind::unwind;

pub unsafe fn return_generator(vm: &Vm, pc: Pc, sp: Sp, _fp: Fp) -> u64 {
    // SAFETY: the contract of handlers; the frame's variables move into the generator, then the
    // frame is left without releasing them.
    unsafe {
        save!(vm, pc.add(1), sp);
        let word = make_generator(vm);
        let frame = &*vm.frame.get();
        let entry = frame.has(frame_flag::ENTRY);
        let init = frame.has(frame_flag::INIT);
        let (kept, count, owned) = frame.kept();
        let return_pc = frame.return_pc.get();
        let caller = frame.prev.get();
        vm.frame.set(caller);
        vm.depth.set(vm.depth.get() - 1);
        let instance = if init { *kept.sub(1) } else { 0 };
        release_kept(kept, count, owned);
        if entry {
            return word;
        }
        let caller = &*caller;
        let sp = caller.sp.get();
        if init {
            // `__init__` is a generator or coroutine.
            let made = Value::from_word(word);
            let _ = vm.type_error(format!(
                "__init__() should return None, not '{}'",
                vm.class_name(&made)
            ));
            drop(made);
            drop_word(instance);
            return unwind(vm, caller.pc.get(), sp, caller.fp.get());
        }
        *sp = word;
        next!(vm, return_pc, sp.add(1), caller.fp.get())
    }
}

#[inline(never)]
unsafe fn make_generator(vm: &Vm) -> u64 {
    // SAFETY: the running frame is at RETURN_GENERATOR.
    unsafe {
        let code = (*vm.frame.get()).code();
        let class = if code.has_flag(CodeFlags::COROUTINE) {
            &vm.types.coroutine
        } else if code.has_flag(CodeFlags::ASYNC_GENERATOR) {
            &vm.types.async_generator
        } else {
            &vm.types.generator
        };
        let made = vm.generator_of_frame(class);
        let depth = vm.interp.coroutine_origin_depth.get();
        if depth > 0 && class.is(&vm.types.coroutine) {
            made.extra.set(Some(origin(vm, depth)));
        }
        made.into_value().into_word()
    }
}

/// `cr_origin`: file, line and function of the calls that led to the running one, nearest first.
fn origin(vm: &Vm, depth: u32) -> Value {
    let mut calls = Vec::new();
    let mut frame = vm.current_frame().and_then(|f| f.caller());
    while let Some(call) = frame.filter(|_| calls.len() < depth as usize) {
        let code = call.code();
        let line = vm.int(i64::from(code.line_at(call.index())));
        calls.push(vm.tuple_value([code.filename.clone(), line, code.name.clone()]));
        frame = call.caller();
    }
    vm.tuple_value(calls)
}

pub unsafe fn yield_value(vm: &Vm, pc: Pc, sp: Sp, _fp: Fp) -> u64 {
    // SAFETY: the contract of handlers; only generators' frames yield.
    unsafe {
        let word = *sp.sub(1);
        let frame = &*vm.frame.get();
        // Saved is where it goes on.
        frame.pc.set(pc.add(1));
        frame.sp.set(sp.sub(1));
        let generator = of_frame(frame).payload();
        generator.state.set(State::Suspended);
        let return_pc = frame.return_pc.get();
        let how = vm.unlink(generator, frame);
        if how & (frame_flag::ENTRY | frame_flag::SEND_STEP) != 0 {
            if how & frame_flag::ENTRY != 0 {
                return word;
            }
            return asynchronous::step_yielded(vm, generator, word, return_pc);
        }
        let caller = &*vm.frame.get();
        let sp = caller.sp.get();
        *sp = word;
        next!(vm, return_pc, sp.add(1), caller.fp.get())
    }
}

/// Not inlined: a handler that lends the address of one of its own words cannot jump to the next.
#[cold]
#[inline(never)]
pub(super) unsafe fn trace_result(vm: &Vm, caller: &Frame, word: u64) {
    // SAFETY: the word is a live value.
    unsafe { vm.trace_result_of_loop(caller, Value::from_slot(&word)) };
}

/// A generator's frame returned.
#[inline(never)]
pub unsafe fn leave_generator(vm: &Vm, word: u64) -> u64 {
    // SAFETY: the contract of handlers; the operands are gone.
    unsafe {
        let frame = &*vm.frame.get();
        let object = of_frame(frame);
        let generator = object.payload();
        let how = vm.unlink(generator, frame);
        generator.release_frame();
        if how & frame_flag::ENTRY != 0 {
            return word;
        }
        if how & frame_flag::SEND_STEP != 0 {
            return asynchronous::step_ended(vm, generator, word);
        }
        let caller = &*vm.frame.get();
        let pc = caller.pc.get();
        let sp = caller.sp.get();
        if how & frame_flag::SEND != 0 {
            *sp = word;
            next!(vm, target(pc), sp.add(1), caller.fp.get());
        }
        if vm.is_traced() {
            trace_result(vm, caller, word);
        }
        drop_word(word);
        super::iterate::end_of_loop(vm, pc, sp, caller.fp.get())
    }
}

/// `FOR_ITER` over a generator: resumes it in place.
pub unsafe fn for_iter_generator(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers; the class was compared.
    unsafe {
        let generator = (*(*sp.sub(1) as *const Object<Generator>)).payload();
        resume_in_place(
            vm,
            pc,
            sp,
            fp,
            generator,
            Value::NONE.word(),
            frame_flag::FOR_ITER,
        )
    }
}

#[inline(always)]
pub(super) unsafe fn resume_in_place(
    vm: &Vm,
    pc: Pc,
    sp: Sp,
    fp: Fp,
    generator: &Generator,
    sent: u64,
    how: u32,
) -> u64 {
    // SAFETY: the contract of handlers; the receiver on the stack keeps the generator alive.
    unsafe {
        save!(vm, pc, sp);
        let state = generator.state.get();
        if matches!(state, State::Finished | State::Abandoned) {
            drop_word(sent);
            if how == frame_flag::SEND {
                *sp = Value::NONE.word();
                next!(vm, target(pc), sp.add(1), fp);
            }
            return super::iterate::end_of_loop(vm, pc, sp, fp);
        }
        if state == State::Running || vm.depth.get() >= vm.recursion_limit.get() {
            drop_word(sent);
            cannot_resume(vm, state);
            return unwind(vm, pc, sp, fp);
        }
        let top = vm.stack_top();
        let frame = generator.frame();
        vm.link(generator, frame, top, how);
        frame.return_pc.set(pc.add(2));
        let sp = frame.sp.get();
        *sp = sent;
        next!(vm, frame.pc.get(), sp.add(1), frame.fp.get())
    }
}

#[cold]
fn cannot_resume(vm: &Vm, state: State) {
    let _ = if state == State::Running {
        vm.value_error("generator already executing")
    } else {
        vm.too_deep()
    };
}

pub unsafe fn send(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers; classes are compared before the payload is read.
    unsafe {
        let receiver = *sp.sub(2);
        if receiver & 7 == 0 {
            let class = (*(receiver as *const heap::Header)).class().as_ptr() as u64;
            if class == vm.types.generator.as_value().word()
                || class == vm.types.coroutine.as_value().word()
            {
                let generator = (*(receiver as *const Object<Generator>)).payload();
                if matches!(generator.state.get(), State::Created | State::Suspended)
                    && (generator.state.get() == State::Suspended
                        || *sp.sub(1) == Value::NONE.word())
                {
                    let sent = *sp.sub(1);
                    return resume_in_place(
                        vm,
                        pc,
                        sp.sub(1),
                        fp,
                        generator,
                        sent,
                        frame_flag::SEND,
                    );
                }
            } else if class == vm.types.async_generator_asend.as_value().word() {
                return asynchronous::send_to_step(vm, pc, sp, fp);
            }
        }
        send_slow(vm, pc, sp, fp)
    }
}

#[inline(never)]
pub(super) unsafe fn send_slow(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers.
    unsafe {
        save!(vm, pc, sp);
        match send_any(vm, sp) {
            0 => {
                (*vm.frame.get()).sp.set(sp.sub(1));
                unwind(vm, pc, sp.sub(1), fp)
            }
            1 => next!(vm, pc.add(2), sp, fp),
            _ => next!(vm, target(pc), sp, fp),
        }
    }
}

/// Sends the top to the receiver below; the result replaces it.  1 yielded, 2 returned, 0 raised
/// (the sent value is gone then).
#[inline(never)]
unsafe fn send_any(vm: &Vm, sp: Sp) -> u32 {
    // SAFETY: both words are live values on the stack.
    unsafe {
        let value = Value::from_word(*sp.sub(1));
        let receiver = Value::from_slot(&*sp.sub(2)).clone();
        match send_to(vm, &receiver, value) {
            Ok(Step::Yielded(value)) => {
                *sp.sub(1) = value.into_word();
                1
            }
            Ok(Step::Returned(value)) => {
                *sp.sub(1) = value.into_word();
                2
            }
            Err(_) => 0,
        }
    }
}

/// `receiver.send(value)`, or `next(receiver)` for None.
pub fn send_to(vm: &Vm, receiver: &Value, value: Value) -> PyResult<Step> {
    if receiver.payload::<Generator>().is_some()
        && !vm.class_of(receiver).is(&vm.types.async_generator)
    {
        return crate::vm::generator_methods::send(vm, receiver, value);
    }
    let result = if value.is_none() {
        vm.forget_stop_value();
        match vm.class_of(receiver).slots().iternext {
            Some(next) => match next(vm, receiver) {
                Ok(Some(item)) => Ok(item),
                Ok(None) => return Ok(Step::Returned(vm.take_stop_value())),
                Err(raised) => Err(raised),
            },
            None => {
                return Err(vm.type_error(format!(
                    "'{}' object is not an iterator",
                    vm.class_name(receiver)
                )));
            }
        }
    } else {
        vm.call_method(receiver, &vm.names.send, std::slice::from_ref(&value))
    };
    match result {
        Ok(item) => Ok(Step::Yielded(item)),
        Err(raised) => {
            let class = &vm.types.exceptions.stop_iteration;
            if vm.is_traced()
                && vm.is_raised(class)
                && let Some(frame) = vm.current_frame()
            {
                vm.trace_stop_in(frame);
            }
            let stop = vm.catch(raised, class)?;
            Ok(Step::Returned(vm.stop_iteration_value(&stop)))
        }
    }
}

op!(get_yield_from_iter, 1, |vm, stack, _arg, _fp| {
    let iterable = stack.pop();
    let class = vm.class_of(&iterable);
    if class.is(&vm.types.coroutine) {
        let may = vm.current_frame().is_some_and(|f| {
            f.code().has_flag(CodeFlags::COROUTINE)
                || f.code().has_flag(CodeFlags::ITERABLE_COROUTINE)
        });
        if !may {
            return Err(vm.type_error(
                "cannot 'yield from' a coroutine object in a non-coroutine generator",
            ));
        }
        stack.push(iterable);
        return Ok(());
    }
    if class.is(&vm.types.generator) {
        stack.push(iterable);
        return Ok(());
    }
    let iterator = vm.iter(&iterable)?;
    stack.push(iterator);
    Ok(())
});

op!(cleanup_throw, 1, |vm, stack, _arg, _fp| {
    let exception = stack.peek(1).clone();
    if vm.is_instance_of(&exception, &vm.types.exceptions.stop_iteration) {
        let value = vm.stop_iteration_value(&exception);
        stack.drop_words(3);
        stack.push(Value::NONE);
        stack.push(value);
        return Ok(());
    }
    vm.set_raised(exception);
    Err(vm.raised_again())
});
