//! Raising, handling, leaving handlers.

use super::macros::{op, save};
use crate::object::{Class, PyResult, Tuple, Value};
use crate::types::exceptions::Exception;
use crate::vm::Vm;
use crate::vm::instr::{Fp, Pc, Sp};
use crate::vm::unwind::{unwind, unwind_silently};

op!(push_exc_info, 1, |vm, stack, _arg, _fp| {
    let exception = stack.pop();
    let previous = vm.swap_handled(Some(exception.clone()));
    stack.push(previous.unwrap_or(Value::NONE));
    stack.push(exception);
    Ok(())
});

op!(pop_except, 1, |vm, stack, _arg, _fp| {
    let previous = stack.pop();
    let old = vm.swap_handled((!previous.is_none()).then_some(previous));
    drop(old);
    Ok(())
});

op!(load_assertion_error, 1, |vm, stack, _arg, _fp| {
    stack.push(vm.types.exceptions.assertion_error.to_value());
    Ok(())
});

fn check_class(vm: &Vm, class: &Value, star: bool) -> PyResult<()> {
    if let Some(tuple) = class.payload::<Tuple>() {
        return tuple.iter().try_for_each(|c| {
            if c.payload::<Tuple>().is_some() {
                return Err(not_exception_class(vm, star));
            }
            check_class(vm, c, star)
        });
    }
    match class.as_ref_to::<Class>() {
        Some(c) if c.is_subclass_of(&vm.types.exceptions.base_exception) => {
            if star && c.is_subclass_of(&vm.types.exceptions.base_exception_group) {
                return Err(vm.type_error(
                    "catching ExceptionGroup with except* is not allowed. Use except instead.",
                ));
            }
            Ok(())
        }
        _ => Err(not_exception_class(vm, star)),
    }
}

fn not_exception_class(vm: &Vm, _star: bool) -> crate::Raised {
    vm.type_error("catching classes that do not inherit from BaseException is not allowed")
}

/// True if the exception is an instance of the class or of one in the tuple.
pub fn matches(vm: &Vm, exception: &Value, class: &Value) -> bool {
    if let Some(tuple) = class.payload::<Tuple>() {
        return tuple.iter().any(|c| matches(vm, exception, c));
    }
    class
        .as_ref_to::<Class>()
        .is_some_and(|c| vm.is_instance_of(exception, c))
}

op!(check_exc_match, 1, |vm, stack, _arg, _fp| {
    let class = stack.pop();
    check_class(vm, &class, false)?;
    let result = matches(vm, stack.peek(1), &class);
    stack.push(Value::bool(result));
    Ok(())
});

op!(check_eg_match, 1, |vm, stack, _arg, _fp| {
    let class = stack.pop();
    let exception = stack.pop();
    check_class(vm, &class, true)?;
    let (matched, rest) = vm.exception_group_match(&exception, &class)?;
    if !matched.is_none() {
        let _ = vm.swap_handled(Some(matched.clone()));
    }
    stack.push(rest);
    stack.push(matched);
    Ok(())
});

/// An exception object of what `raise` was given: a class is called.
fn instantiate(vm: &Vm, value: &Value) -> PyResult {
    if let Some(class) = value.as_ref_to::<Class>()
        && class.is_subclass_of(&vm.types.exceptions.base_exception)
    {
        let exception = vm.call0(value)?;
        if exception.payload::<Exception>().is_none() {
            return Err(vm.type_error(format!(
                "calling {} should have returned an instance of BaseException, not {}",
                vm.repr_string(value)?,
                vm.repr_string(vm.class_of(&exception).as_value())?
            )));
        }
        return Ok(exception);
    }
    if value.payload::<Exception>().is_some() {
        return Ok(value.clone());
    }
    Err(vm.type_error("exceptions must derive from BaseException"))
}

#[inline(never)]
fn do_raise(vm: &Vm, stack: &mut super::macros::Stack, count: u32) -> bool {
    let cause = if count == 2 { Some(stack.pop()) } else { None };
    let value = stack.pop();
    let result = (|| {
        let exception = instantiate(vm, &value)?;
        if let (Some(cause), Some(payload)) = (&cause, exception.payload::<Exception>()) {
            let cause = if cause.is_none() {
                None
            } else {
                match instantiate(vm, cause) {
                    Ok(cause) => Some(cause),
                    Err(raised) => {
                        // Only the message tells a wrong cause from a wrong exception.
                        let is_class = cause
                            .as_ref_to::<Class>()
                            .is_some_and(|c| c.is_subclass_of(&vm.types.exceptions.base_exception));
                        if is_class || cause.payload::<Exception>().is_some() {
                            return Err(raised);
                        }
                        drop(vm.take_exception(raised));
                        return Err(
                            vm.type_error("exception causes must derive from BaseException")
                        );
                    }
                }
            };
            payload.cause.set(cause);
            payload.suppress_context.set(true);
        }
        Ok(exception)
    })();
    drop(value);
    if let Ok(exception) = result {
        let _ = vm.raise_value(exception);
    }
    true
}

pub unsafe fn raise_varargs(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers.
    unsafe {
        save!(vm, pc, sp);
        let count = (*pc).arg.get();
        if count == 0 {
            return match vm.handled_exception() {
                Some(exception) => {
                    vm.set_raised(exception);
                    unwind_silently(vm, pc, sp, fp)
                }
                None => {
                    let _ = vm.runtime_error("No active exception to reraise");
                    unwind(vm, pc, sp, fp)
                }
            };
        }
        raise_popped(vm, pc, sp, fp)
    }
}

#[inline(never)]
unsafe fn raise_popped(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers.
    unsafe {
        let mut stack = super::macros::Stack { sp };
        do_raise(vm, &mut stack, (*pc).arg.get());
        (*vm.frame.get()).sp.set(stack.sp);
        unwind(vm, pc, sp, fp)
    }
}

#[inline(never)]
pub unsafe fn reraise(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers.
    unsafe {
        take_up_again(vm, pc, sp.sub(1));
        if vm.is_traced() {
            let frame = &*vm.frame.get();
            let shown = frame.pc.replace(pc);
            vm.trace_raised_again(frame);
            frame.pc.set(shown);
        }
        crate::vm::unwind::unwind_from(vm, pc, fp)
    }
}

/// Lets the exception at the top wait to be raised, and the traceback show the instruction that raised it first.
///
/// A function of its own, as what has a place in memory here would keep the handler from jumping on.
#[inline(never)]
unsafe fn take_up_again(vm: &Vm, pc: Pc, top: Sp) {
    // SAFETY: the contract of handlers.
    unsafe {
        let stack = super::macros::Stack { sp: top };
        let depth = (*pc).arg.get() as usize;
        let mut at = pc;
        let frame = &*vm.frame.get();
        if depth > 0
            && let Some(index) = stack.peek(depth).as_small_int()
        {
            at = frame.code().at_beside(pc, index as u32);
        }
        vm.set_raised(Value::from_word(*top));
        frame.pc.set(at);
        frame.sp.set(top);
    }
}
