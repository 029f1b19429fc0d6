//! Calls with `*` and `**`: arguments in containers, which the call holds as CPython does.

use super::call::{Outcome, after_call, call_any, enter, release_arguments, too_deep};
use super::call_class::{construct, plain_constructor};
use super::call_kept::{Kept, make_room, release_kept_of};
use super::macros::{Stack, next, save};
use crate::object::{Args, Dict, PyResult, Tuple, Value};
use crate::types::method::Method;
use crate::vm::Vm;
use crate::vm::frame::{drop_word, frame_flag};
use crate::vm::function::Function;
use crate::vm::instr::{Fp, Pc, Sp};
use crate::vm::unwind::unwind;
use smallvec::SmallVec;

pub unsafe fn call_function_ex(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers.
    unsafe {
        save!(vm, pc, sp);
        match call_spread(vm, pc, sp) {
            Outcome::Entered => {
                let frame = &*vm.frame.get();
                next!(vm, frame.pc.get(), frame.sp.get(), frame.fp.get())
            }
            Outcome::Done(sp) => after_call(vm, pc, 1, sp, fp),
            Outcome::Raised => unwind(vm, pc, sp, fp),
        }
    }
}

/// `callable(*iterable, **mapping)`: the values are laid out as for a plain call, above the
/// operands or, for a generator's frame, on the VM stack.
#[inline(never)]
unsafe fn call_spread(vm: &Vm, pc: Pc, sp: Sp) -> Outcome {
    // SAFETY: the contract of handlers.
    unsafe {
        let mut stack = Stack { sp };
        let frame = &*vm.frame.get();
        let mut mapping = None;
        let arguments = match spread(vm, &mut stack, (*pc).arg.get(), &mut mapping) {
            Ok(values) => Spread { values, mapping },
            Err(_) => {
                frame.sp.set(stack.sp);
                return Outcome::Raised;
            }
        };
        let callable_at = stack.sp.sub(2);
        let callable = Value::from_slot(&*callable_at);
        let is_method = callable
            .payload::<Method>()
            .is_some_and(|method| method.function.payload::<Function>().is_some());
        let enters = is_method
            || callable.payload::<Function>().is_some()
            || plain_constructor(vm, &*callable_at).is_some();
        if !enters && *callable_at.add(1) == 0 {
            return call_with_containers(vm, &arguments, &mut stack, callable_at);
        }
        let in_generator = frame.has(frame_flag::GENERATOR);
        let mut base = callable_at;
        if in_generator {
            // More values than the generator's operand stack has room for.
            base = frame.stack_base.get();
            *base = *callable_at;
            *base.add(1) = *callable_at.add(1);
            frame.sp.set(callable_at);
        }
        let count = arguments.count();
        if base.wrapping_add(count + 64) >= vm.stack.limit() {
            let _ = vm.too_deep();
            frame.sp.set(stack.sp);
            return Outcome::Raised;
        }
        let top = base.add(2 + count);
        // The containers are dropped when their values are where they belong.
        if in_generator {
            frame.stack_base.set(top);
        } else {
            frame.sp.set(top);
        }
        let names = arguments.lay_out(vm, base.add(2));
        let names = names.as_ref().and_then(Value::payload::<Tuple>);
        let kept = arguments.kept_by(Value::from_slot(&*base));
        let outcome = if kept.is_empty() {
            drop(arguments);
            call_any(vm, pc.add(1), top, count, names, callable_at)
        } else {
            drop(arguments);
            call_keeping(vm, pc.add(1), (base, top), names, callable_at, kept)
        };
        if in_generator {
            frame.stack_base.set(base);
            if let Outcome::Done(sp) = outcome {
                *callable_at = *sp.sub(1);
                return Outcome::Done(callable_at.add(1));
            }
        }
        outcome
    }
}

/// The arguments of a call with `*` and `**`: a tuple and a dict that has only strings as keys.
struct Spread {
    values: Value,
    mapping: Option<Value>,
}

impl Spread {
    fn values(&self) -> &[Value] {
        self.values.payload::<Tuple>().map_or(&[], Tuple::as_slice)
    }

    fn named(&self) -> Option<&Dict> {
        self.mapping.as_ref().and_then(Value::payload::<Dict>)
    }

    /// The containers that CPython keeps while it calls this: classes and bound methods get them as
    /// they are, functions get their contents.
    fn kept_by(&self, callable: &Value) -> SmallVec<[Value; 2]> {
        if callable.payload::<Function>().is_some() {
            return SmallVec::new();
        }
        let mut kept = SmallVec::new();
        kept.push(self.values.clone());
        kept.extend(self.mapping.clone());
        kept
    }

    fn count(&self) -> usize {
        self.values().len() + self.named().map_or(0, Dict::len)
    }

    /// Writes the values from `place` on and gives the names of the last of them.
    unsafe fn lay_out(&self, vm: &Vm, mut place: Sp) -> Option<Value> {
        // SAFETY: the caller has made room for all of them.
        unsafe {
            for value in self.values() {
                *place = value.clone().into_word();
                place = place.add(1);
            }
            let dict = self.named().filter(|dict| !dict.is_empty())?;
            let mut names = SmallVec::<[Value; 8]>::new();
            let mut at = 0;
            while let Some((key, value)) = dict.next(&mut at) {
                names.push(key);
                *place = value.into_word();
                place = place.add(1);
            }
            Some(vm.tuple_value(names))
        }
    }
}

/// Calls something native with the values where they are, in the containers.
#[inline(never)]
unsafe fn call_with_containers(
    vm: &Vm,
    arguments: &Spread,
    stack: &mut Stack,
    callable_at: Sp,
) -> Outcome {
    // SAFETY: callable and NULL lie on the stack, which ends behind them.
    unsafe {
        let frame = &*vm.frame.get();
        frame.sp.set(stack.sp);
        let callable = Value::from_slot(&*callable_at);
        let named = arguments.named().filter(|dict| !dict.is_empty());
        let result = match named {
            None => vm.call_packed(callable, Args::positional(arguments.values())),
            Some(dict) => {
                let mut values: SmallVec<[Value; 8]> = arguments.values().iter().cloned().collect();
                let mut names = SmallVec::<[Value; 8]>::new();
                let mut at = 0;
                while let Some((key, value)) = dict.next(&mut at) {
                    names.push(key);
                    values.push(value);
                }
                let args = Args {
                    values: &values,
                    names: &names,
                };
                vm.call_packed(callable, args)
            }
        };
        match result {
            Ok(value) => {
                let word = value.into_word();
                release_arguments(stack, callable_at);
                stack.push_word(word);
                Outcome::Done(stack.sp)
            }
            Err(_) => {
                release_arguments(stack, callable_at);
                frame.sp.set(callable_at);
                Outcome::Raised
            }
        }
    }
}

/// Calls a class or a bound method for whose arguments containers are kept until it returns.
#[inline(never)]
unsafe fn call_keeping(
    vm: &Vm,
    return_pc: Pc,
    (callable_at, sp): (Sp, Sp),
    names: Option<&Tuple>,
    result_at: Sp,
    containers: SmallVec<[Value; 2]>,
) -> Outcome {
    // SAFETY: callable, NULL and the arguments are owned words below `sp`.
    unsafe {
        let frame = &*vm.frame.get();
        if let Some(init) = plain_constructor(vm, &*callable_at)
            && callable_at == result_at
            && vm.stack.contains(callable_at)
        {
            return construct(vm, return_pc, callable_at, sp, names, init, &containers);
        }
        let callable = Value::from_slot(&*callable_at);
        let count = sp.offset_from(callable_at.add(2)) as usize;
        let called = callable
            .payload::<Method>()
            .map(|method| (method.function.clone(), method.receiver.clone()));
        let Some((function, receiver)) = called else {
            return call_any(vm, return_pc, sp, count, names, result_at);
        };
        let given = std::slice::from_raw_parts(callable_at.add(2).cast::<Value>(), count);
        let named = names.is_some();
        let kept = Kept::of_method(callable.clone(), given, named, &containers);
        drop(containers);
        let words = kept.words();
        let Some(target) = make_room(vm, callable_at, sp, words) else {
            drop_word(*callable_at);
            return too_deep(vm, callable_at, sp);
        };
        // The method moves into what is kept.
        drop_word(*callable_at);
        std::ptr::copy(callable_at.add(2), target.add(2), count);
        let flags = kept.put(callable_at);
        let object = function.as_object::<Function>().map(std::ptr::from_ref);
        *target = function.into_word();
        *target.add(1) = receiver.into_word();
        frame.sp.set(result_at);
        let Some(object) = object else {
            return Outcome::Raised;
        };
        let end = target.add(2 + count);
        match enter(vm, object, target, end, names, return_pc, flags) {
            Ok(()) => Outcome::Entered,
            Err(_) => {
                release_kept_of(callable_at, flags);
                Outcome::Raised
            }
        }
    }
}

/// Takes the values from the stack, and the mapping into its place (apart, so that neither is copied as one
/// half of a pair).
pub(super) fn spread(
    vm: &Vm,
    stack: &mut Stack,
    arg: u32,
    mapping: &mut Option<Value>,
) -> PyResult<Value> {
    if arg & 1 == 1 {
        *mapping = Some(stack.pop());
    }
    let iterable = stack.pop();
    let callable = stack.peek(2);
    let values = if vm.class_of(&iterable).is(&vm.types.tuple) {
        iterable
    } else {
        let slots = vm.class_of(&iterable).slots();
        if slots.iter.is_none() && slots.sq_item.is_none() {
            return Err(vm.type_error(format!(
                "{} argument after * must be an iterable, not {}",
                vm.callable_text(callable)?,
                vm.class_name(&iterable)
            )));
        }
        vm.tuple_value(vm.collect_hinted(&iterable)?)
    };
    if let Some(dict) = mapping.as_ref().and_then(Value::payload::<Dict>)
        && !dict.has_only_strings()
    {
        let mut place = 0;
        while let Some((key, _)) = dict.next(&mut place) {
            if !vm.is_instance_of(&key, &vm.types.str) {
                return Err(vm.type_error("keywords must be strings"));
            }
        }
    }
    Ok(values)
}
