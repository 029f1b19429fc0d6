//! Calls of natives by `CALL`: builtin functions and methods of builtin classes.
//!
//! The native reads its arguments where the caller pushed them.  Parameters that were not given are
//! filled with `UNBOUND` above the operands; a bound builtin's receiver goes where `CALL` has its
//! NULL.  So no arguments are copied or counted, and no bound method comes into being.

use super::call::{after_call, call, call_other};
use crate::object::set::Set;
use crate::object::{
    Args, Class, Dict, List, MethodDef, NativeFn, Object, PyResult, Shortcut, Str, Tuple, Value,
    WeakReference, class_flag,
};
use crate::protocol::call::packs_arguments;
use crate::types::builtin_function::BuiltinFunction;
use crate::types::descriptors::method_descriptor::MethodDescriptor;
use crate::types::exceptions;
use crate::vm::Vm;
use crate::vm::frame::{drop_word, frame_flag};
use crate::vm::instr::{Fp, Handler, Pc, Sp};
use crate::vm::ops::macros::save;
use crate::vm::unwind::unwind;

/// The special forms of this file, with their names.
pub const FORMS: &[(Handler, &str)] = &[
    (call_descriptor as Handler, "builtin method"),
    (call_builtin, "builtin function"),
    (call_append, "list.append"),
    (call_len, "len"),
    (call_is_instance, "isinstance"),
    (call_ord, "ord"),
    (call_chr, "chr"),
    (call_native_class, "builtin class"),
    (call_weak_reference, "weak reference"),
    (call_weak_reference_class, "weakref.ref"),
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
        let result = run(vm, callable_at, callable_at.add(1), sp, descriptor.def);
        finish(vm, pc, sp, fp, result)
    }
}

/// The handler of calls of a `method_descriptor` of this definition.
pub fn descriptor_handler(def: &'static MethodDef, count: usize) -> Handler {
    match def.shortcut {
        Shortcut::Append if count == 1 => call_append,
        _ => call_descriptor,
    }
}

/// `list.append(item)` where the list has room: the item moves into the list.
unsafe fn call_append(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers; classes are compared before payloads are read.
    unsafe {
        let callable = *sp.sub(3);
        let receiver = *sp.sub(2);
        if callable & 7 == 0
            && receiver & 7 == 0
            && receiver != 0
            && class_word(callable) == vm.types.method_descriptor.as_value().word()
            && class_word(receiver) == vm.types.list.as_value().word()
        {
            let (method, list) = (
                &*(callable as *const Object<MethodDescriptor>),
                &*(receiver as *const Object<List>),
            );
            // Neither dies here if both have another reference.
            if method.payload().def.shortcut == Shortcut::Append
                && method.header().count() > 1
                && list.header().count() > 1
                && list
                    .payload()
                    .update(|items| items.push_if_room(sp.sub(1).cast::<Value>()))
            {
                list.header().decrement();
                method.header().decrement();
                *sp.sub(3) = Value::NONE.word();
                return after_call(vm, pc, 2, sp.sub(2), fp);
            }
        }
        call_descriptor(vm, pc, sp, fp)
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
        let result = run(vm, callable_at, first, sp, function.def);
        *callable_at.add(1) = 0;
        finish(vm, pc, sp, fp, result)
    }
}

/// The handler of calls of a builtin function of this definition.
pub fn builtin_handler(def: &'static MethodDef, count: usize) -> Handler {
    match def.shortcut {
        Shortcut::Len if count == 1 => call_len,
        Shortcut::IsInstance if count == 2 => call_is_instance,
        Shortcut::Ord if count == 1 => call_ord,
        Shortcut::Chr if count == 1 => call_chr,
        _ => call_builtin,
    }
}

/// True if the word is the builtin function with this shortcut, and not its last reference.
#[inline(always)]
unsafe fn is_shortcut(vm: &Vm, callable: u64, shortcut: Shortcut) -> bool {
    // SAFETY: the word is a live value's; the class is compared before the payload is read.
    unsafe {
        callable & 7 == 0
            && class_word(callable) == vm.types.builtin_function.as_value().word()
            && (*(callable as *const Object<BuiltinFunction>))
                .payload()
                .def
                .shortcut
                == shortcut
            && (*(callable as *const heap::Header)).count() > 1
    }
}

/// `len` of a list, string, tuple, dict or set that somebody else holds too.
unsafe fn call_len(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers; classes are compared before payloads are read.
    unsafe {
        let (callable, word) = (*sp.sub(3), *sp.sub(1));
        if word & 7 == 0 && *sp.sub(2) == 0 && is_shortcut(vm, callable, Shortcut::Len) {
            let class = class_word(word);
            let types = &vm.types;
            let len = if class == types.list.as_value().word() {
                (*(word as *const Object<List>)).payload().len()
            } else if class == types.str.as_value().word() {
                (*(word as *const Object<Str>)).payload().len()
            } else if class == types.tuple.as_value().word() {
                (*(word as *const Object<Tuple>)).payload().as_slice().len()
            } else if class == types.dict.as_value().word() {
                (*(word as *const Object<Dict>)).payload().len()
            } else if class == types.set.as_value().word() {
                (*(word as *const Object<Set>)).payload().len()
            } else {
                return call_builtin(vm, pc, sp, fp);
            };
            let header = &*(word as *const heap::Header);
            if header.count() > 1 {
                header.decrement();
                (*(callable as *const heap::Header)).decrement();
                *sp.sub(3) = (len as u64) << 1 | 1;
                return after_call(vm, pc, 2, sp.sub(2), fp);
            }
        }
        call_builtin(vm, pc, sp, fp)
    }
}

/// `ord` of a string of one character that somebody else holds too.
unsafe fn call_ord(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers; classes are compared before payloads are read.
    unsafe {
        let (callable, word) = (*sp.sub(3), *sp.sub(1));
        if word & 7 == 0
            && *sp.sub(2) == 0
            && class_word(word) == vm.types.str.as_value().word()
            && is_shortcut(vm, callable, Shortcut::Ord)
        {
            let text = &*(word as *const Object<Str>);
            if text.payload().len() == 1 && text.header().count() > 1 {
                let code_point = text.payload().at(0);
                text.header().decrement();
                (*(callable as *const heap::Header)).decrement();
                *sp.sub(3) = u64::from(code_point) << 1 | 1;
                return after_call(vm, pc, 2, sp.sub(2), fp);
            }
        }
        call_builtin(vm, pc, sp, fp)
    }
}

/// `chr` of a Latin-1 character, of which there is one object.
unsafe fn call_chr(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers.
    unsafe {
        let (callable, word) = (*sp.sub(3), *sp.sub(1));
        if word & 1 == 1
            && word >> 1 < 256
            && *sp.sub(2) == 0
            && is_shortcut(vm, callable, Shortcut::Chr)
            && let Some(character) = vm.latin1_char((word >> 1) as u8)
        {
            (*(callable as *const heap::Header)).decrement();
            *sp.sub(3) = character.into_value().into_word();
            return after_call(vm, pc, 2, sp.sub(2), fp);
        }
        call_builtin(vm, pc, sp, fp)
    }
}

/// `isinstance` of an instance of that very class, or with a class whose metaclass is `type`.
unsafe fn call_is_instance(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers; classes are compared before payloads are read.
    unsafe {
        let (callable, object, class) = (*sp.sub(4), *sp.sub(2), *sp.sub(1));
        if class & 7 == 0 && *sp.sub(3) == 0 && is_shortcut(vm, callable, Shortcut::IsInstance) {
            let value = Value::from_slot(&*sp.sub(2));
            let own = vm.class_of(value);
            let class_header = &*(class as *const heap::Header);
            let plain = class_word(class) == vm.types.type_.as_value().word();
            // No closure: what it borrows would have places in memory, and the handler would not jump on.
            let answer = if own.as_value().word() == class
                || plain && own.is_subclass_of((*(class as *const Object<Class>)).payload().this())
            {
                true
            } else if plain
                && own.has_flag(class_flag::GENERIC_GETATTR)
                && !own.has_flag(class_flag::HEAP_TYPE)
            {
                // Nothing that such an object says of its `__class__` differs from its class.
                false
            } else {
                return call_builtin(vm, pc, sp, fp);
            };
            if class_header.count() > 1
                && (object & 7 != 0 || (*(object as *const heap::Header)).count() > 1)
            {
                if object & 7 == 0 {
                    (*(object as *const heap::Header)).decrement();
                }
                class_header.decrement();
                (*(callable as *const heap::Header)).decrement();
                *sp.sub(4) = Value::bool(answer).word();
                return after_call(vm, pc, 2, sp.sub(3), fp);
            }
        }
        call_builtin(vm, pc, sp, fp)
    }
}

/// Calls a builtin class whose metaclass is `type`: `type(x)`, `range(n)`, `str(x)`, …
pub unsafe fn call_native_class(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: as for `call_descriptor`.
    unsafe {
        let count = (*pc).arg.get() as usize;
        let callable_at = sp.sub(count + 2);
        let callable = *callable_at;
        if callable & 7 != 0
            || class_word(callable) != vm.types.type_.as_value().word()
            || *callable_at.add(1) != 0
            || (*(callable as *const Object<Class>))
                .payload()
                .has_flag(class_flag::HEAP_TYPE)
        {
            (*pc).handler.set(call);
            return call(vm, pc, sp, fp);
        }
        save!(vm, pc, sp);
        let class = &*callable_at;
        let values = std::slice::from_raw_parts(callable_at.add(2).cast::<Value>(), count);
        let result = construct(vm, class, values);
        finish(vm, pc, sp, fp, result)
    }
}

/// `reference()`, where the reference has another holder.
pub unsafe fn call_weak_reference(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers; the class is compared before the payload is read.
    unsafe {
        let callable = *sp.sub(2);
        if callable & 7 == 0
            && class_word(callable) == vm.types.weak_reference.as_value().word()
            && *sp.sub(1) == 0
        {
            let reference = &*(callable as *const Object<WeakReference>);
            if reference.header().count() > 1 {
                let referent = reference.payload().referent();
                *sp.sub(2) = referent.map_or(Value::NONE.word(), Value::into_word);
                reference.header().decrement();
                return after_call(vm, pc, 2, sp.sub(1), fp);
            }
        }
        (*pc).handler.set(call);
        call_other(vm, pc, sp, fp)
    }
}

/// `weakref.ref(object)` and `weakref.ref(object, callback)`.
pub unsafe fn call_weak_reference_class(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers.
    unsafe {
        let count = (*pc).arg.get() as usize;
        let callable_at = sp.sub(count + 2);
        if *callable_at != vm.types.weak_reference.as_value().word()
            || *callable_at.add(1) != 0
            || count != 1 && count != 2
        {
            (*pc).handler.set(call);
            return call(vm, pc, sp, fp);
        }
        save!(vm, pc, sp);
        let values = std::slice::from_raw_parts(callable_at.add(2).cast::<Value>(), count);
        let result = make_weak_reference(vm, values);
        finish(vm, pc, sp, fp, result)
    }
}

#[inline(never)]
fn make_weak_reference(vm: &Vm, values: &[Value]) -> u64 {
    let [referent, more @ ..] = values else {
        return 0;
    };
    let callback = more.first().and_then(Value::given_not_none);
    vm.heap.count_passing_tuple(values.len());
    vm.weak_reference(&vm.types.weak_reference, referent, callback)
        .map_or(0, Value::into_word)
}

#[inline(never)]
fn construct(vm: &Vm, class: &u64, values: &[Value]) -> u64 {
    // SAFETY: the word is a live value's on the stack.
    let callable = unsafe { Value::from_slot(class) };
    // What CPython packs into a tuple is held by that.
    let mut packed = vm.packed();
    if packs_arguments(vm.class_of(callable), callable) {
        packed.hold(values);
    }
    construct_packed(vm, callable, values)
        .map(Value::into_word)
        .unwrap_or(0)
}

/// As the call of `type` does it.  Its arguments are written anew for each function that gets them:
/// one that hands on what it got copies it, by loads that wait for the stores.
#[inline(always)]
fn construct_packed(vm: &Vm, callable: &Value, values: &[Value]) -> PyResult {
    let class = callable.as_ref_to::<Class>();
    let Some((class, new)) = class
        .filter(|class| !class.is(&vm.types.type_))
        .and_then(|class| Some((class, class.slots().new?)))
    else {
        return crate::types::type_::call(vm, callable, Args::positional(values));
    };
    let object = new(vm, class, Args::positional(values))?;
    let made = vm.class_of(&object);
    if (made.is(class) || made.is_subclass_of(class))
        && let Some(init) = made.slots().init
    {
        let _held = exceptions::args_held(made, &object);
        init(vm, &object, Args::positional(values))?;
    }
    Ok(object)
}

/// Runs the native on the words from `first` to `sp`: the result's word, 0 where it raised.
///
/// The native stack need not be looked at: the loop's entry did, and handlers do not nest.
#[inline(always)]
unsafe fn run(vm: &Vm, callable_at: Sp, first: Sp, sp: Sp, def: &'static MethodDef) -> u64 {
    // SAFETY: the words are live values that stay on the stack during the call.
    unsafe {
        let given = sp.offset_from(first) as usize;
        let NativeFn::Bound(code) = def.code else {
            return invoke(vm, callable_at, first, sp, def);
        };
        if given != usize::from(def.exact) {
            return invoke(vm, callable_at, first, sp, def);
        }
        let values = std::slice::from_raw_parts(first.cast::<Value>(), given);
        if !def.counts_as_nesting() {
            return match code(vm, values) {
                Ok(value) => value.into_word(),
                Err(_) => 0,
            };
        }
        if !vm.enter_nested() {
            return invoke(vm, callable_at, first, sp, def);
        }
        let word = match code(vm, values) {
            Ok(value) => value.into_word(),
            Err(_) => 0,
        };
        vm.leave_nested();
        word
    }
}

/// As [`run`], for all natives.
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
