//! Calls of classes: instances whose `__init__` is a Python function are made on the stack below its
//! frame, plain objects without a call at all.

use super::call::{Outcome, after_call, call, call_other, enter, too_deep};
use super::call_kept::{Kept, keep_twice, kept_flags, make_room, release_kept_of};
use super::macros::{next, save};
use super::native::class_word;
use crate::object::{Class, Kind, Object, Ref, Tuple, Value, alloc, class_flag};
use crate::types::object::Plain;
use crate::vm::Vm;
use crate::vm::code::Code;
use crate::vm::frame::{drop_word, frame_flag};
use crate::vm::function::Function;
use crate::vm::instr::{Fp, Handler, Pc, Sp};
use crate::vm::unwind::unwind;

/// The special forms of this file, with their names.
pub const FORMS: &[(Handler, &str)] = &[
    (call_class::<false> as Handler, "class"),
    (call_class::<true>, "class, defaults of __init__"),
    (call_empty_class, "class without __init__"),
    (call_str, "str"),
];

/// Calls a class that is not remembered, after trying to remember it.
#[inline(never)]
pub(super) unsafe fn call_new_class(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers.
    unsafe {
        let count = (*pc).arg.get() as usize;
        cache_class(vm, pc, &*sp.sub(count + 2), count);
        call_other(vm, pc, sp, fp)
    }
}

/// `str(object)`.
pub(super) unsafe fn call_str(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers.
    unsafe {
        if *sp.sub(3) != vm.types.str.as_value().word() || *sp.sub(2) != 0 {
            (*pc).handler.set(call);
            return call(vm, pc, sp, fp);
        }
        save!(vm, pc, sp);
        let text = take_text(vm, sp.sub(1));
        if text == 0 {
            (*vm.frame.get()).sp.set(sp.sub(3));
            return unwind(vm, pc, sp.sub(3), fp);
        }
        *sp.sub(3) = text;
        after_call(vm, pc, 2, sp.sub(2), fp)
    }
}

/// The word of `str()` of an operand, which is released; 0 where it raised.
#[inline(never)]
unsafe fn take_text(vm: &Vm, operand: Sp) -> u64 {
    // SAFETY: the operand is an owned word.
    let value = unsafe { Value::from_slot(&*operand) };
    let text = vm.str_of(value).map(|text| text.into_value().into_word());
    // SAFETY: as above; nobody uses it any more.
    unsafe { drop_word(*operand) };
    text.unwrap_or(0)
}

/// Remembers a class whose calls come down to a Python `__init__` that takes the arguments as they
/// lie.
#[inline(never)]
unsafe fn cache_class(vm: &Vm, pc: Pc, callable: &u64, count: usize) {
    // SAFETY: the contract of handlers; CALL has a cache.
    unsafe {
        let Some(class) = Value::from_slot(callable).as_ref_to::<Class>() else {
            return;
        };
        let Some(init) = plain_constructor(vm, callable) else {
            if count == 0 && makes_plain_objects(vm, class) {
                let version = vm.class_version(class);
                if version != 0 {
                    (*pc).cache_unit().guard.set(version);
                    (*pc).handler.set(call_empty_class);
                }
            }
            return;
        };
        let Some(function) = init.payload::<Function>() else {
            return;
        };
        let version = vm.class_version(class);
        let code = function.code();
        if version == 0 || !code.simple || code.argcount < count + 1 {
            return;
        }
        let unit = (*pc).cache_unit();
        unit.guard.set(version);
        // The class holds the function as long as it keeps this version.
        unit.data.set(init.word());
        (*pc).handler.set(if code.argcount == count + 1 {
            call_class::<false>
        } else {
            call_class::<true>
        });
    }
}

/// `cls(…)` for a class whose `__init__` is known: the instance goes below the frame of its
/// `__init__`, which finds it as `self` too.  With `DEFAULTS` the last parameters have theirs.
unsafe fn call_class<const DEFAULTS: bool>(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers; the class is compared before the payload is read, and its
    // version says that it still holds the function.  One more word than the operands is free.
    unsafe {
        let unit = (*pc).cache_unit();
        let count = (*pc).arg.get() as usize;
        let callable_at = sp.sub(count + 2);
        let callable = *callable_at;
        if callable & 7 != 0
            || class_word(callable) != vm.types.type_.as_value().word()
            || *callable_at.add(1) != 0
        {
            (*pc).handler.set(call);
            return call(vm, pc, sp, fp);
        }
        let class = (*(callable as *const Object<Class>)).payload();
        if class.version.get() != unit.guard.get() {
            (*pc).handler.set(call);
            return call_other(vm, pc, sp, fp);
        }
        let function = unit.data.get() as *const Object<Function>;
        let code = (*function).payload().code().as_ptr().as_ptr() as *const Object<Code>;
        let payload = (*code).payload();
        let frame = &*vm.frame.get();
        // A generator's operands move to the VM stack.
        let base = if frame.has(frame_flag::GENERATOR) {
            frame.stack_base.get()
        } else {
            callable_at
        };
        // The instance, the arguments as CPython keeps them (on its stack and in a tuple), the
        // function, and its variables.
        let first = base.add(2 + count);
        let defaults: &[Value] = if DEFAULTS {
            let defaults = (*function).payload().defaults.peek();
            defaults
                .and_then(Value::payload::<Tuple>)
                .map_or(&[], |defaults| defaults.as_slice())
        } else {
            &[]
        };
        let missing = payload.argcount.wrapping_sub(count + 1);
        if !payload.simple
            || missing > defaults.len()
            || class.has_flag(class_flag::ABSTRACT)
            || (*(callable as *const heap::Header)).count() < 2
            || count > frame_flag::MOST_KEPT
            || !vm.has_room(payload, first)
        {
            return call_other(vm, pc, sp, fp);
        }
        let instance = alloc(class.this(), Plain).into_value().into_word();
        (*(instance as *const heap::Header)).increment();
        (*function).header().increment();
        if count > 0 {
            keep_twice(callable_at.add(2), count, base.add(1), first.add(1));
            vm.heap.count_passing_tuple(count);
        }
        if DEFAULTS {
            for (index, default) in defaults[defaults.len() - missing..].iter().enumerate() {
                *first.add(1 + count + index) = default.clone().into_word();
            }
        }
        *first = instance;
        *first.sub(1) = function as u64;
        *base = instance;
        (*(callable as *const heap::Header)).decrement();
        frame.pc.set(pc);
        frame.sp.set(callable_at);
        let mut local = first.add(payload.argcount);
        let end = first.add(payload.localsplus);
        while local < end {
            *local = 0;
            local = local.add(1);
        }
        let flags = if count > 0 { kept_flags(count) } else { 0 };
        let (pc, sp) = vm.push_frame(function, code, first, pc.add(2), flags | frame_flag::INIT);
        next!(vm, pc, sp, first)
    }
}

/// True if `cls()` does nothing but make an instance: `__new__` and `__init__` are object's.
fn makes_plain_objects(vm: &Vm, class: &Ref<Class>) -> bool {
    let (Some(new), Some(init)) = (class.slots().new, class.slots().init) else {
        return false;
    };
    let object = vm.types.object.slots();
    class.kind == Kind::PLAIN
        && !class.has_flag(class_flag::ABSTRACT)
        && object.new.is_some_and(|own| std::ptr::fn_addr_eq(own, new))
        && object
            .init
            .is_some_and(|own| std::ptr::fn_addr_eq(own, init))
}

/// `cls()` for a class that [`makes_plain_objects`].
unsafe fn call_empty_class(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers; the class is compared before the payload is read.
    unsafe {
        let callable = *sp.sub(2);
        if callable & 7 != 0
            || class_word(callable) != vm.types.type_.as_value().word()
            || *sp.sub(1) != 0
            || (*(callable as *const heap::ClassHead)).version.get()
                != (*pc).cache_unit().guard.get()
        {
            (*pc).handler.set(call);
            return call(vm, pc, sp, fp);
        }
        let class = (*(callable as *const Object<Class>)).payload();
        if class.has_flag(class_flag::ABSTRACT) || (*(callable as *const heap::Header)).count() < 2
        {
            return call_other(vm, pc, sp, fp);
        }
        save!(vm, pc, sp);
        *sp.sub(2) = alloc(class.this(), Plain).into_value().into_word();
        (*(callable as *const heap::Header)).decrement();
        after_call(vm, pc, 2, sp.sub(1), fp)
    }
}

/// The `__init__` that a call of a class comes down to: the metaclass is `type`, `__new__` is
/// object's, `__init__` is a Python function.
#[inline]
pub(super) fn plain_constructor(vm: &Vm, callable: &u64) -> Option<Value> {
    // SAFETY: the word is a live value on the stack.
    let callable = unsafe { Value::from_slot(callable) };
    if !vm.class_of(callable).is(&vm.types.type_) {
        return None;
    }
    let class = callable.as_ref_to::<Class>()?;
    if class.kind != Kind::PLAIN || class.has_flag(class_flag::ABSTRACT) {
        return None;
    }
    let own = class.slots().new?;
    let base = vm.types.object.slots().new?;
    if !std::ptr::fn_addr_eq(own, base) {
        return None;
    }
    let init = vm.lookup_in_class(class, &vm.names.__init__)?;
    init.payload::<Function>().is_some().then_some(init)
}

/// `cls(…)` by [`plain_constructor`]: the instance goes below the frame of its `__init__`, which
/// finds it as `self` too.
pub(super) unsafe fn construct(
    vm: &Vm,
    return_pc: Pc,
    callable_at: Sp,
    sp: Sp,
    names: Option<&Tuple>,
    init: Value,
    spread: &[Value],
) -> Outcome {
    // SAFETY: callable, NULL and the arguments are owned words below `sp`.
    unsafe {
        let class = Value::from_word(*callable_at);
        let Some(class_ref) = class.as_ref_to::<Class>() else {
            return Outcome::Raised;
        };
        let instance = alloc(class_ref, Plain).into_value();
        let count = sp.offset_from(callable_at.add(2)) as usize;
        vm.heap.count_passing_tuple(count);
        let kept = Kept::of_constructor(&instance, callable_at.add(2), count, names, spread);
        let Some(target) = make_room(vm, callable_at.add(1), sp, kept.words()) else {
            kept.give_up();
            drop(class);
            return too_deep(vm, callable_at, sp);
        };
        // Behind the kept words: function, self, arguments.
        std::ptr::copy(callable_at.add(2), target.add(2), count);
        let flags = kept.put(callable_at.add(1));
        let function = init.as_object::<Function>().map(std::ptr::from_ref);
        *target.add(1) = instance.clone().into_word();
        *target = init.into_word();
        *callable_at = instance.into_word();
        let frame = &*vm.frame.get();
        let end = target.add(2 + count);
        frame.sp.set(end);
        drop(class);
        frame.sp.set(callable_at);
        let Some(function) = function else {
            return Outcome::Raised;
        };
        // `enter` wants callable, self or NULL: the function and the instance.
        let flags = flags | frame_flag::INIT;
        match enter(vm, function, target, end, names, return_pc, flags) {
            Ok(()) => Outcome::Entered,
            Err(_) => {
                let instance = *callable_at;
                release_kept_of(callable_at.add(1), flags);
                drop_word(instance);
                Outcome::Raised
            }
        }
    }
}
