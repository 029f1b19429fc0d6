//! `await`, `async for`.
//!
//! A step of an asynchronous generator that is awaited resumes the generator in place, as `SEND` to a
//! coroutine does: what it yields to its consumer ends the await without a StopIteration.

use super::generator::{resume_in_place, send_slow, trace_result};
use super::jump::target;
use super::macros::{next, op};
use crate::object::{Object, Value};
use crate::types::async_generator::AsyncValue;
use crate::types::async_generator::step::AsyncStep;
use crate::vm::Vm;
use crate::vm::frame::{Frame, drop_word, frame_flag};
use crate::vm::generator::{self, Generator, State};
use crate::vm::instr::{Fp, Pc, Sp};
use crate::vm::ops::native::class_word;
use crate::vm::unwind::unwind;

/// `SEND` to an `async_generator_asend`.
pub(super) unsafe fn send_to_step(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers; the caller compared the receiver's class, and a step's generator
    // lives as long as the step, which the stack holds.
    unsafe {
        let step = (*(*sp.sub(2) as *const Object<AsyncStep>)).payload();
        let mut sent = *sp.sub(1);
        if let Some(generator) = step.generator_to_resume()
            && vm.depth.get() < vm.recursion_limit.get()
            && !vm.is_traced()
        {
            if step.is_new() && sent == Value::NONE.word() {
                sent = step.sent_word();
            }
            let state = generator.state.get();
            if state == State::Suspended || state == State::Created && sent == Value::NONE.word() {
                if sent & 7 == 0 && sent != *sp.sub(1) {
                    (*(sent as *const heap::Header)).increment();
                }
                step.begin(generator);
                let how = frame_flag::SEND_STEP;
                return resume_in_place(vm, pc, sp.sub(1), fp, generator, sent, how);
            }
        }
        send_slow(vm, pc, sp, fp)
    }
}

/// The step that the frame awaits: it lies on top of the operands.
///
/// # Safety
/// An asynchronous generator that was linked with `SEND_STEP` was unlinked just now, and the frame
/// is what it was linked under.
pub unsafe fn step_of_caller<'a>(caller: &Frame) -> &'a AsyncStep {
    // SAFETY: by the caller's word the topmost operand is the step that SEND found there.
    unsafe { (*(*caller.sp.get().sub(1) as *const Object<AsyncStep>)).payload() }
}

/// The generator of an awaited step yielded: a wrapped value ends the await, anything else goes on to the
/// event loop.
pub(super) unsafe fn step_yielded(vm: &Vm, generator: &Generator, word: u64, return_pc: Pc) -> u64 {
    // SAFETY: the contract of handlers; the word's class is compared before the payload is read.
    unsafe {
        let caller = &*vm.frame.get();
        let sp = caller.sp.get();
        if word & 7 != 0 || class_word(word) != vm.types.async_generator_value.as_value().word() {
            *sp = word;
            next!(vm, return_pc, sp.add(1), caller.fp.get());
        }
        step_of_caller(caller).end(generator);
        let wrapper = &*(word as *const Object<AsyncValue>);
        let value = wrapper.payload().value.word();
        if value & 7 == 0 {
            (*(value as *const heap::Header)).increment();
        }
        drop_word(word);
        *sp = value;
        if vm.is_traced() {
            trace_result(vm, caller, value);
        }
        next!(vm, target(caller.pc.get()), sp.add(1), caller.fp.get())
    }
}

/// The generator of an awaited step returned.
pub(super) unsafe fn step_ended(vm: &Vm, generator: &Generator, word: u64) -> u64 {
    // SAFETY: the contract of handlers; the word is the generator's result.
    unsafe {
        let caller = &*vm.frame.get();
        drop_word(word);
        step_of_caller(caller).generator_ended(vm, generator);
        unwind(vm, caller.pc.get(), caller.sp.get(), caller.fp.get())
    }
}

op!(get_aiter, 1, |vm, stack, _arg, _fp| {
    let object = stack.pop();
    let Some(aiter) = vm.class_of(&object).slots().aiter else {
        return Err(vm.type_error(format!(
            "'async for' requires an object with __aiter__ method, got {}",
            vm.class_name(&object)
        )));
    };
    let iterator = aiter(vm, &object)?;
    if vm.class_of(&iterator).slots().anext.is_none() {
        return Err(vm.type_error(format!(
            "'async for' received an object from __aiter__ that does not implement __anext__: {}",
            vm.class_name(&iterator)
        )));
    }
    stack.push(iterator);
    Ok(())
});

op!(get_anext, 1, |vm, stack, _arg, _fp| {
    let iterator = stack.peek(1).clone();
    let Some(anext) = vm.class_of(&iterator).slots().anext else {
        return Err(vm.type_error(format!(
            "'async for' requires an iterator with __anext__ method, got {}",
            vm.class_name(&iterator)
        )));
    };
    let awaitable = anext(vm, &iterator)?;
    if vm.class_of(&iterator).is(&vm.types.async_generator) {
        stack.push(awaitable);
        return Ok(());
    }
    let class = vm.class_name(&awaitable);
    match generator::awaitable_iterator(vm, &awaitable) {
        Ok(iterator) => {
            stack.push(iterator);
            Ok(())
        }
        Err(raised) => {
            let cause = vm.take_exception(raised);
            let error = vm.type_error(format!(
                "'async for' received an invalid object from __anext__: {class}"
            ));
            let exception = vm.take_exception(error);
            if let Some(payload) = exception.payload::<crate::types::exceptions::Exception>() {
                payload.cause.set(Some(cause.clone()));
                payload.context.set(Some(cause));
                payload.suppress_context.set(true);
            }
            Err(vm.raise_value(exception))
        }
    }
});

op!(get_awaitable, 1, |vm, stack, arg, _fp| {
    let object = stack.pop();
    let iterator = match generator::awaitable_iterator(vm, &object) {
        Ok(iterator) => iterator,
        Err(raised) => {
            let has_await = vm.class_of(&object).slots().await_.is_some();
            if arg == 0 || has_await || object.payload::<Generator>().is_some() {
                return Err(raised);
            }
            drop(vm.take_exception(raised));
            let method = if arg == 1 { "__aenter__" } else { "__aexit__" };
            return Err(vm.type_error(format!(
                "'async with' received an object from {method} that does not implement __await__: {}",
                vm.class_name(&object)
            )));
        }
    };
    if let Some(coroutine) = iterator.payload::<Generator>()
        && vm.class_of(&iterator).is(&vm.types.coroutine)
        && coroutine.awaits_something()
    {
        return Err(vm.runtime_error("coroutine is being awaited already"));
    }
    stack.push(iterator);
    Ok(())
});

op!(end_async_for, 1, |vm, stack, _arg, _fp| {
    let exception = stack.pop();
    if vm.is_instance_of(&exception, &vm.types.exceptions.stop_async_iteration) {
        drop(exception);
        drop(stack.pop());
        return Ok(());
    }
    vm.set_raised(exception);
    Err(vm.raised_again())
});
