//! Calls and returns.
//!
//! A call of a Python function whose arguments fit needs no binding: they are the callee's first
//! locals where they lie.  Everything else that ends in a Python frame goes through `bind`, and
//! what is not a function is called through its class.

use super::call_class::{call_new_class, call_str, construct, plain_constructor};
use super::macros::{Stack, next, read_word, save};
use super::native::{self, class_word};
use crate::object::{Args, Class, Object, PyResult, Tuple, Value, class_flag};
use crate::types::builtin_function::BuiltinFunction;
use crate::types::descriptors::method_descriptor::MethodDescriptor;
use crate::types::method::Method;
use crate::vm::Vm;
use crate::vm::bind;
use crate::vm::code::Code;
use crate::vm::frame::{drop_word, frame_flag};
use crate::vm::function::Function;
use crate::vm::instr::{Fp, Pc, Sp};
use crate::vm::unwind::unwind;

#[inline(never)]
pub unsafe fn call(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers; the class is compared before the payload is read.
    unsafe {
        let count = (*pc).arg.get() as usize;
        let callable_at = sp.sub(count + 2);
        let callable = *callable_at;
        if callable & 7 == 0 {
            let class = class_word(callable);
            if class == vm.types.function.as_value().word() {
                return call_function(vm, pc, sp, fp);
            }
            if class == vm.types.method_descriptor.as_value().word() {
                let def = (*(callable as *const Object<MethodDescriptor>))
                    .payload()
                    .def;
                (*pc).handler.set(native::descriptor_handler(def, count));
                return native::call_descriptor(vm, pc, sp, fp);
            }
            if class == vm.types.builtin_function.as_value().word() {
                let def = (*(callable as *const Object<BuiltinFunction>))
                    .payload()
                    .def;
                (*pc).handler.set(native::builtin_handler(def, count));
                return native::call_builtin(vm, pc, sp, fp);
            }
            if class == vm.types.type_.as_value().word() {
                let class = (*(callable as *const Object<Class>)).payload();
                if !class.has_flag(class_flag::HEAP_TYPE) && *callable_at.add(1) == 0 {
                    // From the second time on `str` does not pack its argument.
                    let is_str = count == 1 && callable == vm.types.str.as_value().word();
                    let is_reference = callable == vm.types.weak_reference.as_value().word();
                    (*pc).handler.set(if is_str {
                        call_str
                    } else if is_reference && (count == 1 || count == 2) {
                        native::call_weak_reference_class
                    } else {
                        native::call_native_class
                    });
                    return native::call_native_class(vm, pc, sp, fp);
                }
                return call_new_class(vm, pc, sp, fp);
            }
            if count == 0 && class == vm.types.weak_reference.as_value().word() {
                (*pc).handler.set(native::call_weak_reference);
                return native::call_weak_reference(vm, pc, sp, fp);
            }
        }
        call_other(vm, pc, sp, fp)
    }
}

/// Calls a Python function whose parameters the arguments fill as they lie.
#[inline(always)]
pub(super) unsafe fn call_function(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers; the caller checked that the callable is a function.
    unsafe {
        let count = (*pc).arg.get() as usize;
        let callable_at = sp.sub(count + 2);
        let function = *callable_at as *const Object<Function>;
        let code = (*function).payload().code().as_ptr().as_ptr() as *const Object<Code>;
        let payload = (*code).payload();
        let has_self = usize::from(*callable_at.add(1) != 0);
        let first = callable_at.add(2 - has_self);
        let frame = &*vm.frame.get();
        if payload.simple
            && payload.argcount == count + has_self
            && !frame.has(frame_flag::GENERATOR)
            && vm.has_room(payload, first)
        {
            frame.pc.set(pc);
            frame.sp.set(callable_at);
            let mut local = first.add(payload.argcount);
            let end = first.add(payload.localsplus);
            while local < end {
                *local = 0;
                local = local.add(1);
            }
            let (pc, sp) = vm.push_frame(function, code, first, pc.add(2), 0);
            next!(vm, pc, sp, first);
        }
        if payload.simple && payload.argcount >= count + has_self {
            return call_function_elsewhere(vm, pc, sp, fp);
        }
        call_other(vm, pc, sp, fp)
    }
}

/// As [`call_function`], where the last parameters have their defaults or the caller is a generator, whose
/// operands move to the VM stack.
#[inline(never)]
unsafe fn call_function_elsewhere(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: as for `call_function`, which checked that the code is simple.
    unsafe {
        let count = (*pc).arg.get() as usize;
        let callable_at = sp.sub(count + 2);
        let function = *callable_at as *const Object<Function>;
        let code = (*function).payload().code().as_ptr().as_ptr() as *const Object<Code>;
        let payload = (*code).payload();
        let has_self = usize::from(*callable_at.add(1) != 0);
        let given = count + has_self;
        let missing = payload.argcount - given;
        let defaults = (*function).payload().defaults.peek();
        let defaults = defaults.and_then(Value::payload::<Tuple>);
        let defaults: &[Value] = defaults.map_or(&[], |d| d.as_slice());
        let frame = &*vm.frame.get();
        let in_generator = frame.has(frame_flag::GENERATOR);
        let own = callable_at.add(2 - has_self);
        let first = if in_generator {
            frame.stack_base.get().add(2 - has_self)
        } else {
            own
        };
        if missing > defaults.len() || !vm.has_room(payload, first) {
            return call_other(vm, pc, sp, fp);
        }
        if in_generator {
            // The frame releases the callable by its own reference, so the words below `first` stay unused.
            for index in 0..given {
                *first.add(index) = read_word(own.add(index));
            }
        }
        for (index, default) in defaults[defaults.len() - missing..].iter().enumerate() {
            *first.add(given + index) = default.clone().into_word();
        }
        frame.pc.set(pc);
        frame.sp.set(callable_at);
        let mut local = first.add(payload.argcount);
        let end = first.add(payload.localsplus);
        while local < end {
            *local = 0;
            local = local.add(1);
        }
        let (pc, sp) = vm.push_frame(function, code, first, pc.add(2), 0);
        next!(vm, pc, sp, first)
    }
}

/// What a call that is not the simplest one came to.
pub(super) enum Outcome {
    /// A frame was pushed.
    Entered,
    /// The result lies on the stack.
    Done(Sp),
    Raised,
}

/// Calls what lies below `sp`: callable, self or NULL, `count` values; all of them are consumed.
/// The running frame's operand stack ends at `result_at` afterwards, where a Python function's
/// result goes; other results lie in the callable's place.
#[inline(never)]
pub(super) unsafe fn call_any(
    vm: &Vm,
    return_pc: Pc,
    sp: Sp,
    count: usize,
    names: Option<&Tuple>,
    result_at: Sp,
) -> Outcome {
    // SAFETY: the contract of handlers.
    unsafe {
        let callable_at = sp.sub(count + 2);
        if *callable_at & 7 == 0 {
            // A bound method becomes its function and its self.
            if let Some(method) = Value::from_slot(&*callable_at).payload::<Method>()
                && *callable_at.add(1) == 0
            {
                let function = method.function.clone().into_word();
                let object = method.receiver.clone().into_word();
                let old = *callable_at;
                *callable_at = function;
                *callable_at.add(1) = object;
                drop_word(old);
            }
            let callable = Value::from_slot(&*callable_at);
            if let Some(function) = callable.as_object::<Function>() {
                let function = std::ptr::from_ref(function);
                let frame = &*vm.frame.get();
                frame.sp.set(result_at);
                return match enter(vm, function, callable_at, sp, names, return_pc, 0) {
                    Ok(()) => Outcome::Entered,
                    Err(_) => Outcome::Raised,
                };
            }
        }
        if let Some(init) = plain_constructor(vm, &*callable_at)
            && *callable_at.add(1) == 0
            // Not for a generator's frame, whose operands lie elsewhere.
            && callable_at == result_at
            && vm.stack.contains(callable_at)
        {
            return construct(vm, return_pc, callable_at, sp, names, init, &[]);
        }
        let mut stack = Stack { sp };
        let has_self = usize::from(*callable_at.add(1) != 0);
        let names: &[Value] = names.map_or(&[], |n| n.as_slice());
        let result = {
            let values = std::slice::from_raw_parts(
                callable_at.add(2 - has_self).cast::<Value>(),
                count + has_self,
            );
            vm.call_args(Value::from_slot(&*callable_at), Args { values, names })
        };
        match result {
            Ok(value) => {
                let word = value.into_word();
                release_arguments(&mut stack, callable_at);
                stack.push_word(word);
                Outcome::Done(stack.sp)
            }
            Err(_) => {
                release_arguments(&mut stack, callable_at);
                (*vm.frame.get()).sp.set(result_at);
                Outcome::Raised
            }
        }
    }
}

/// Raises the RecursionError of a call whose operands the caller still owns.
pub(super) unsafe fn too_deep(vm: &Vm, callable_at: Sp, sp: Sp) -> Outcome {
    // SAFETY: the callable's word was taken; the others are owned words below `sp`.
    unsafe {
        *callable_at = Value::NONE.into_word();
        let _ = vm.too_deep();
        release_arguments(&mut Stack { sp }, callable_at);
        (*vm.frame.get()).sp.set(callable_at);
    }
    Outcome::Raised
}

/// Drops the callable, then self and the arguments in order.
pub(super) unsafe fn release_arguments(stack: &mut Stack, callable_at: Sp) {
    // SAFETY: the words belong to the stack, which ends at `callable_at` afterwards.
    unsafe {
        drop_word(*callable_at);
        let mut place = callable_at.add(1);
        while place < stack.sp {
            drop_word(*place);
            place = place.add(1);
        }
        stack.sp = callable_at;
    }
}

/// Enters a Python function: binds the values between `callable_at` and `sp`, which move into its
/// frame.  The callable's reference becomes the frame's.
///
/// # Safety
/// The words are owned; the running frame's `pc` and `sp` (= `callable_at`) are saved.
pub unsafe fn enter(
    vm: &Vm,
    function: *const Object<Function>,
    mut callable_at: Sp,
    mut sp: Sp,
    names: Option<&Tuple>,
    return_pc: Pc,
    flags: u32,
) -> PyResult<()> {
    // SAFETY: by the caller's word.
    unsafe {
        if let Some(frame) = vm.current_frame()
            && frame.has(frame_flag::GENERATOR)
            && !vm.stack.contains(callable_at)
        {
            // The words lie in a generator: the new frame goes to the VM stack.
            let base = frame.stack_base.get();
            let words = sp.offset_from(callable_at) as usize;
            std::ptr::copy_nonoverlapping(callable_at, base, words);
            callable_at = base;
            sp = base.add(words);
        }
        let code = (*function).payload().code().as_ptr().as_ptr() as *const Object<Code>;
        let payload = (*code).payload();
        let has_self = usize::from(*callable_at.add(1) != 0);
        let first = callable_at.add(2 - has_self);
        let given = sp.offset_from(first) as usize;
        let mut stack = Stack { sp };
        if !vm.has_room(payload, first) {
            release_arguments(&mut stack, callable_at);
            return Err(vm.too_deep());
        }
        if payload.simple && names.is_none() && given == payload.argcount {
            std::ptr::write_bytes(first.add(given), 0, payload.localsplus - given);
        } else if let Err(raised) = bind::bind(vm, &(*function), payload, first, given, names) {
            stack.sp = first;
            release_arguments(&mut stack, callable_at);
            return Err(raised);
        }
        vm.push_frame(function, code, first, return_pc, flags);
        Ok(())
    }
}

#[inline(never)]
pub unsafe fn call_other(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers.
    unsafe {
        save!(vm, pc, sp);
        let count = (*pc).arg.get() as usize;
        match call_any(vm, pc.add(2), sp, count, None, sp.sub(count + 2)) {
            Outcome::Entered => {
                let frame = &*vm.frame.get();
                next!(vm, frame.pc.get(), frame.sp.get(), frame.fp.get())
            }
            Outcome::Done(sp) => after_call(vm, pc, 2, sp, fp),
            Outcome::Raised => unwind(vm, pc, sp, fp),
        }
    }
}

/// Goes on behind a native call, where the eval breaker is looked at.
#[inline(always)]
pub unsafe fn after_call(vm: &Vm, pc: Pc, units: usize, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers.
    unsafe {
        if vm.breaker.load(std::sync::atomic::Ordering::Relaxed) != 0 {
            return after_call_break(vm, pc.add(units), sp, fp);
        }
        next!(vm, pc.add(units), sp, fp)
    }
}

#[cold]
#[inline(never)]
unsafe fn after_call_break(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers.
    unsafe {
        let frame = &*vm.frame.get();
        frame.sp.set(sp);
        if vm.handle_breaker().is_err() {
            return unwind(vm, frame.pc.get(), sp, fp);
        }
        let pc = vm.traced_pc(frame, pc, false);
        next!(vm, pc, sp, fp)
    }
}

pub unsafe fn call_kw(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers; the compiler put a constant tuple on top, which the code
    // object keeps alive.
    unsafe {
        let sp = sp.sub(1);
        let names = *sp;
        (*(names as *const heap::Header)).decrement();
        save!(vm, pc, sp);
        let names = (*(names as *const Object<Tuple>)).payload();
        let count = (*pc).arg.get() as usize;
        match call_any(vm, pc.add(2), sp, count, Some(names), sp.sub(count + 2)) {
            Outcome::Entered => {
                let frame = &*vm.frame.get();
                next!(vm, frame.pc.get(), frame.sp.get(), frame.fp.get())
            }
            Outcome::Done(sp) => after_call(vm, pc, 2, sp, fp),
            Outcome::Raised => unwind(vm, pc, sp, fp),
        }
    }
}
