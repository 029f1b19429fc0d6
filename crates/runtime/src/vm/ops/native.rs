//! Calls of natives by `CALL`: builtin functions and methods of builtin classes.
//!
//! The native reads its arguments where the caller pushed them.  Parameters that were not given are
//! filled with `UNBOUND` above the operands; a bound builtin's receiver goes where `CALL` has its
//! NULL.  So no arguments are copied or counted, and no bound method comes into being.

use super::call::{after_call, call, call_other};
use crate::object::{Args, MethodDef, NativeFn, Object, Value};
use crate::types::builtin_function::BuiltinFunction;
use crate::types::descriptors::method_descriptor::MethodDescriptor;
use crate::vm::Vm;
use crate::vm::frame::{drop_word, frame_flag};
use crate::vm::instr::{Fp, Handler, Pc, Sp};
use crate::vm::ops::macros::save;
use crate::vm::unwind::unwind;

/// The special forms of this file, with their names.
pub const FORMS: &[(Handler, &str)] = &[
    (call_descriptor as Handler, "builtin method"),
    (call_builtin, "builtin function"),
];

/// The word that names the class of the object at a heap word.
#[inline(always)]
pub unsafe fn class_word(word: u64) -> u64 {
    // SAFETY: the caller checked that the word is a live object's address.
    unsafe { (*(word as *const heap::Header)).class().as_ptr() as u64 }
}

/// Calls a `method_descriptor` with its self on the stack.
pub unsafe fn call_descriptor(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers; the class is compared before the payload is read.
    unsafe {
        let callable_at = sp.sub((*pc).arg.get() as usize + 2);
        let callable = *callable_at;
        if callable & 7 != 0 || class_word(callable) != vm.types.method_descriptor.as_value().word()
        {
            (*pc).handler.set(call);
            return call(vm, pc, sp, fp);
        }
        let descriptor = (*(callable as *const Object<MethodDescriptor>)).payload();
        if *callable_at.add(1) == 0 {
            return call_other(vm, pc, sp, fp);
        }
        let receiver = Value::from_slot(&*callable_at.add(1));
        if !vm.class_of(receiver).is(&descriptor.class)
            && !vm.is_instance_of(receiver, &descriptor.class)
        {
            return call_other(vm, pc, sp, fp);
        }
        save!(vm, pc, sp);
        let result = invoke(vm, callable_at, callable_at.add(1), sp, descriptor.def);
        finish(vm, pc, sp, fp, result)
    }
}

/// Calls a `builtin_function_or_method`.
pub unsafe fn call_builtin(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: as for `call_descriptor`; the receiver is borrowed from the callable, which stays on
    // the stack, and its copy is taken away before the stack is released.
    unsafe {
        let callable_at = sp.sub((*pc).arg.get() as usize + 2);
        let callable = *callable_at;
        if callable & 7 != 0 || class_word(callable) != vm.types.builtin_function.as_value().word()
        {
            (*pc).handler.set(call);
            return call(vm, pc, sp, fp);
        }
        if *callable_at.add(1) != 0 {
            return call_other(vm, pc, sp, fp);
        }
        let function = (*(callable as *const Object<BuiltinFunction>)).payload();
        let first = match &function.receiver {
            Some(receiver) if function.def.has_receiver() => {
                *callable_at.add(1) = receiver.word();
                callable_at.add(1)
            }
            _ => callable_at.add(2),
        };
        save!(vm, pc, sp);
        let result = invoke(vm, callable_at, first, sp, function.def);
        *callable_at.add(1) = 0;
        finish(vm, pc, sp, fp, result)
    }
}

/// Runs the native on the words from `first` to `sp`: the result's word, 0 where it raised.
#[inline(never)]
unsafe fn invoke(vm: &Vm, callable_at: Sp, first: Sp, sp: Sp, def: &'static MethodDef) -> u64 {
    // SAFETY: the words are live values that stay on the stack during the call.
    unsafe {
        let _guard;
        if def.counts_as_nesting() {
            let Ok(guard) = vm.enter_native(" while calling a Python object") else {
                return 0;
            };
            _guard = guard;
        } else if vm.check_native_stack().is_err() {
            return 0;
        }
        let given = sp.offset_from(first) as usize;
        let params = usize::from(def.params);
        let result = match def.code {
            NativeFn::Bound(code)
                if given >= usize::from(def.required)
                    && given <= usize::from(def.max_positional)
                    && (given == params || !(*vm.frame.get()).has(frame_flag::GENERATOR)) =>
            {
                if given < params {
                    let mut place = sp;
                    for _ in given..params {
                        *place = Value::UNBOUND.into_word();
                        place = place.add(1);
                    }
                    (*vm.frame.get()).sp.set(place);
                }
                code(
                    vm,
                    std::slice::from_raw_parts(first.cast::<Value>(), params),
                )
            }
            _ => {
                let values = std::slice::from_raw_parts(first.cast::<Value>(), given);
                let callable = Value::from_slot(&*callable_at);
                vm.call_native(callable, def, Args::positional(values))
            }
        };
        match result {
            Ok(value) => value.into_word(),
            Err(_) => 0,
        }
    }
}

/// Releases the call's operands (the arguments in order, then the callable) and goes on.
#[inline(always)]
unsafe fn finish(vm: &Vm, pc: Pc, sp: Sp, fp: Fp, result: u64) -> u64 {
    // SAFETY: the words from the callable up belong to the stack, which ends there afterwards.
    unsafe {
        let callable_at = sp.sub((*pc).arg.get() as usize + 2);
        let mut place = callable_at.add(1);
        while place < sp {
            drop_word(*place);
            place = place.add(1);
        }
        drop_word(*callable_at);
        if result == 0 {
            (*vm.frame.get()).sp.set(callable_at);
            return unwind(vm, pc, callable_at, fp);
        }
        *callable_at = result;
        after_call(vm, pc, 2, callable_at.add(1), fp)
    }
}
