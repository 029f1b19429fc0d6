//! Calls and returns.
//!
//! A call of a Python function whose arguments fit needs no binding: they are the callee's first
//! locals where they lie.  Everything else that ends in a Python frame goes through `bind`, and
//! what is not a function is called through its class.

use smallvec::SmallVec;

use super::macros::{Stack, increment, next, read_word, save};
use super::native::{self, class_word};
use crate::object::{
    Args, Class, Dict, Kind, Object, PyResult, Ref, Tuple, Value, alloc, class_flag,
};
use crate::types::builtin_function::BuiltinFunction;
use crate::types::descriptors::method_descriptor::MethodDescriptor;
use crate::types::method::Method;
use crate::types::object::Plain;
use crate::vm::Vm;
use crate::vm::bind;
use crate::vm::code::Code;
use crate::vm::frame::{Frame, drop_word, frame_flag, release_kept};
use crate::vm::function::Function;
use crate::vm::instr::{Fp, Handler, Pc, Sp};
use crate::vm::unwind::unwind;

/// The special forms of this file, with their names.
pub const FORMS: &[(Handler, &str)] = &[
    (call_class as Handler, "class"),
    (call_empty_class, "class without __init__"),
    (call_str, "str"),
];

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
                    (*pc).handler.set(match is_str {
                        true => call_str,
                        false => native::call_native_class,
                    });
                    return native::call_native_class(vm, pc, sp, fp);
                }
                return call_new_class(vm, pc, sp, fp);
            }
        }
        call_other(vm, pc, sp, fp)
    }
}

/// Calls a class that is not remembered, after trying to remember it.
#[inline(never)]
unsafe fn call_new_class(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers.
    unsafe {
        let count = (*pc).arg.get() as usize;
        cache_class(vm, pc, &*sp.sub(count + 2), count);
        call_other(vm, pc, sp, fp)
    }
}

/// `str(object)`.
unsafe fn call_str(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
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

/// Calls a Python function whose parameters the arguments fill as they lie.
#[inline(always)]
unsafe fn call_function(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
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
        if version == 0 || !function.code().simple || function.code().argcount != count + 1 {
            return;
        }
        let unit = (*pc).cache_unit();
        unit.guard.set(version);
        // The class holds the function as long as it keeps this version.
        unit.data.set(init.word());
        (*pc).handler.set(call_class);
    }
}

/// `cls(…)` for a class whose `__init__` is known: the instance goes below the frame of its
/// `__init__`, which finds it as `self` too.
unsafe fn call_class(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
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
        if !payload.simple
            || payload.argcount != count + 1
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

/// The flags of a frame for whose arguments [`keep_twice`] was called.
const fn kept_flags(count: usize) -> u32 {
    frame_flag::KEEPS | frame_flag::KEEPS_TWICE | (count as u32) << frame_flag::KEPT_SHIFT
}

/// Copies the arguments of a call to `target`, and moves them to `kept`, where they are owned twice:
/// by CPython's stack, and by a tuple.
#[inline(always)]
unsafe fn keep_twice(arguments: Sp, count: usize, kept: Sp, target: Sp) {
    // SAFETY: the caller has made room; `target` begins behind the arguments or apart from them.
    unsafe {
        for index in 0..count {
            *target.add(index) = read_word(arguments.add(index));
        }
        for index in 0..count {
            let word = read_word(target.add(index));
            *kept.add(index) = word;
            if word & 7 == 0 {
                let header = &*(word as *const heap::Header);
                header.set_count(header.count().wrapping_add(2));
            }
        }
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

/// What a call that is not the simplest one came to.
enum Outcome {
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
unsafe fn call_any(
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

/// The `__init__` that a call of a class comes down to: the metaclass is `type`, `__new__` is
/// object's, `__init__` is a Python function.
#[inline]
fn plain_constructor(vm: &Vm, callable: &u64) -> Option<Value> {
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
unsafe fn construct(
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

/// What is kept below a frame for as long as it runs, as CPython's calling code does.
struct Kept {
    values: SmallVec<[Value; 4]>,
    twice: bool,
}

impl Kept {
    /// Of a call of a class.  Plain arguments are on CPython's stack and in a tuple; where there are
    /// keywords, also in a copy of them all together with self.  Those of a spread call are in
    /// the containers it was given.
    unsafe fn of_constructor(
        instance: &Value,
        arguments: Sp,
        count: usize,
        names: Option<&Tuple>,
        spread: &[Value],
    ) -> Kept {
        // SAFETY: the words from `arguments` on are live values.
        let given = unsafe { std::slice::from_raw_parts(arguments.cast::<Value>(), count) };
        let named = names.is_some_and(|names| !names.as_slice().is_empty());
        let mut values: SmallVec<[Value; 4]> = SmallVec::new();
        if spread.is_empty() {
            values.extend(given.iter().cloned());
        }
        let twice = spread.is_empty() && !named;
        if twice {
            values
                .iter()
                .for_each(|value| std::mem::forget(value.clone()));
        } else {
            if spread.is_empty() {
                values.extend(given.iter().cloned());
            }
            values.extend(spread.iter().cloned());
            if named {
                values.extend(given.iter().cloned());
                values.push(instance.clone());
            }
        }
        Kept { values, twice }
    }

    /// Of a spread call of a bound method.
    fn of_method(method: Value, arguments: &[Value], named: bool, spread: &[Value]) -> Kept {
        let mut values: SmallVec<[Value; 4]> = SmallVec::new();
        values.push(method);
        values.extend(spread.iter().cloned());
        if named {
            values.extend(arguments.iter().cloned());
        }
        Kept {
            values,
            twice: false,
        }
    }

    /// Drops them all.
    fn give_up(self) {
        if self.twice {
            for value in &self.values {
                // SAFETY: each is owned once more than the list says.
                unsafe { drop_word(value.word()) };
            }
        }
    }

    fn words(&self) -> usize {
        self.values.len()
    }

    /// Puts the words down from `place` on; the flags of the frame above them.
    unsafe fn put(self, place: Sp) -> u32 {
        let count = self.values.len();
        for (index, value) in self.values.into_iter().enumerate() {
            // SAFETY: the caller has made room for them.
            unsafe { *place.add(index) = value.into_word() };
        }
        let twice = if self.twice {
            frame_flag::KEEPS_TWICE
        } else {
            0
        };
        match count {
            0 => 0,
            _ => frame_flag::KEEPS | twice | (count as u32) << frame_flag::KEPT_SHIFT,
        }
    }
}

/// The place behind `words` kept words from `place` on, if all that lies up to `sp` can move there.
unsafe fn make_room(vm: &Vm, place: Sp, sp: Sp, words: usize) -> Option<Sp> {
    let end = sp.wrapping_add(words + 64);
    let fits = words <= frame_flag::MOST_KEPT && end < vm.stack.limit();
    fits.then(|| place.wrapping_add(words))
}

/// Raises the RecursionError of a call whose operands the caller still owns.
unsafe fn too_deep(vm: &Vm, callable_at: Sp, sp: Sp) -> Outcome {
    // SAFETY: the callable's word was taken; the others are owned words below `sp`.
    unsafe {
        *callable_at = Value::NONE.into_word();
        let _ = vm.too_deep();
        release_arguments(&mut Stack { sp }, callable_at);
        (*vm.frame.get()).sp.set(callable_at);
    }
    Outcome::Raised
}

/// Releases kept words that lie from `start` on.
unsafe fn release_kept_of(start: Sp, flags: u32) {
    if flags & frame_flag::KEEPS != 0 {
        let count = (flags >> frame_flag::KEPT_SHIFT) as usize;
        let owned = 1 + u32::from(flags & frame_flag::KEEPS_TWICE != 0);
        // SAFETY: by the caller's word.
        unsafe { release_kept(start, count, owned) };
    }
}

/// Drops the callable, then self and the arguments in order.
unsafe fn release_arguments(stack: &mut Stack, callable_at: Sp) {
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
fn spread(vm: &Vm, stack: &mut Stack, arg: u32, mapping: &mut Option<Value>) -> PyResult<Value> {
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

pub unsafe fn return_value(vm: &Vm, pc: Pc, sp: Sp, _fp: Fp) -> u64 {
    // SAFETY: the contract of handlers.
    unsafe {
        let word = *sp.sub(1);
        leave(vm, pc, sp.sub(1), word)
    }
}

pub unsafe fn return_const(vm: &Vm, pc: Pc, sp: Sp, _fp: Fp) -> u64 {
    // SAFETY: the contract of handlers; the word is a constant of the running code.
    unsafe {
        let word = (*pc).word();
        increment!(word);
        leave(vm, pc, sp, word)
    }
}

/// Leaves the running frame with a result.
#[inline(always)]
unsafe fn leave(vm: &Vm, pc: Pc, sp: Sp, word: u64) -> u64 {
    // SAFETY: the contract of handlers.
    unsafe {
        let frame = &*vm.frame.get();
        if frame.flags.get() != 0 {
            return leave_special(vm, pc, sp, word);
        }
        let pc = frame.return_pc.get();
        let caller = &*frame.prev.get();
        // The frame's own words stay readable while its locals are released: those may run code
        // whose frames start at the caller's saved stack pointer, above this frame.
        frame.sp.set(sp);
        vm.pop_frame();
        let sp = caller.sp.get();
        *sp = word;
        next!(vm, pc, sp.add(1), caller.fp.get())
    }
}

#[inline(never)]
unsafe fn leave_special(vm: &Vm, pc: Pc, sp: Sp, word: u64) -> u64 {
    // SAFETY: the contract of handlers.
    unsafe {
        let frame = &*vm.frame.get();
        frame.sp.set(sp);
        // A frame object shows where it returned.
        frame.pc.set(pc);
        let flags = frame.flags.get();
        if flags & frame_flag::GENERATOR != 0 {
            return super::generator::leave_generator(vm, word);
        }
        let pc = frame.return_pc.get();
        let caller: *const Frame = frame.prev.get();
        let mut word = word;
        let (kept, count, owned) = frame.kept();
        if flags & frame_flag::INIT != 0 {
            // `__init__` was called for `cls(…)`: self, kept below the frame, is the result.
            let instance = *kept.sub(1);
            let result = Value::from_word(word);
            vm.pop_frame();
            release_kept(kept, count, owned);
            if !result.is_none() {
                let _ = vm.type_error(format!(
                    "__init__() should return None, not '{}'",
                    vm.class_name(&result)
                ));
                drop_word(instance);
                let caller = &*caller;
                return unwind(vm, caller.pc.get(), caller.sp.get(), caller.fp.get());
            }
            word = instance;
        } else {
            vm.pop_frame();
            release_kept(kept, count, owned);
        }
        if flags & frame_flag::ENTRY != 0 {
            return word;
        }
        let caller = &*caller;
        let sp = caller.sp.get();
        *sp = word;
        next!(vm, pc, sp.add(1), caller.fp.get())
    }
}

/// Calls a Python function from native code: arguments are copied above everything that is in use
/// on the VM stack, and a nested loop runs until the function returns.
pub fn call_python(
    vm: &Vm,
    function: &Ref<Function>,
    args: Args<'_>,
    namespace: Option<Value>,
) -> PyResult {
    let _guard = vm.enter_loop()?;
    // SAFETY: the words are laid out as for CALL; the frame leaves the loop when it returns.
    unsafe {
        let base = vm.stack_top();
        if base.wrapping_add(args.values.len() + 64) >= vm.stack.limit() {
            return Err(vm.too_deep());
        }
        *base = function.to_value().into_word();
        *base.add(1) = 0;
        let mut sp = base.add(2);
        for value in args.values {
            *sp = value.clone().into_word();
            sp = sp.add(1);
        }
        let names = if args.names.is_empty() {
            None
        } else {
            Some(vm.tuple_from_slice(args.names))
        };
        let object = function.as_ptr().as_ptr() as *const Object<Function>;
        // While arguments are bound nobody may use the words above the base.
        let saved = vm.current_frame().map(|frame| {
            let generator = frame.has(frame_flag::GENERATOR);
            let place = if generator {
                &frame.stack_base
            } else {
                &frame.sp
            };
            let old = place.get();
            place.set(sp);
            (place, old)
        });
        let entered = enter(
            vm,
            object,
            base,
            sp,
            names.as_deref(),
            std::ptr::null(),
            frame_flag::ENTRY,
        );
        if let Some((place, old)) = saved {
            place.set(old);
        }
        entered?;
        let frame = &*vm.frame.get();
        if let Some(namespace) = namespace {
            frame.namespace.set(Some(namespace));
            frame.set(frame_flag::NAMESPACE);
        }
        crate::vm::run::run(vm)
    }
}

/// Calls a Python function from native code with values that fill its parameters as they are: they are
/// counted and become its first variables, above everything that is in use on the VM stack.  None where the
/// values need binding or there is no room.
#[inline(never)]
pub fn call_simple(
    vm: &Vm,
    function: &Value,
    receiver: Option<&Value>,
    args: &[Value],
) -> Option<PyResult> {
    let object = function.as_object::<Function>()?;
    let code = object.payload().code();
    let payload: &Code = code;
    let given = args.len() + usize::from(receiver.is_some());
    if !payload.simple || payload.argcount != given {
        return None;
    }
    let guard = match vm.enter_loop() {
        Ok(guard) => guard,
        Err(raised) => return Some(Err(raised)),
    };
    // SAFETY: there is room for the frame; the words written are counted and become the frame's, which
    // leaves the loop when it returns.
    unsafe {
        let first = vm.stack_top();
        if !vm.has_room(payload, first) {
            return None;
        }
        let mut place = first;
        for value in receiver.into_iter().chain(args) {
            let word = read_word(std::ptr::from_ref(value).cast());
            increment!(word);
            *place = word;
            place = place.add(1);
        }
        let end = first.add(payload.localsplus);
        while place < end {
            *place = 0;
            place = place.add(1);
        }
        object.header().increment();
        let code = code.as_ptr().as_ptr() as *const Object<Code>;
        vm.push_frame(object, code, first, std::ptr::null(), frame_flag::ENTRY);
        let result = crate::vm::run::run(vm);
        drop(guard);
        Some(result)
    }
}

impl Vm {
    /// `__call__` of functions.
    pub(crate) fn call_function(&self, callable: &Value, args: Args<'_>) -> PyResult {
        match callable.as_ref_to::<Function>() {
            Some(function) => call_python(self, function, args, None),
            None => Err(self.type_error("not a function")),
        }
    }

    /// How a callable is named in messages about its arguments: `module.f()`.
    pub(crate) fn callable_text(&self, callable: &Value) -> PyResult<String> {
        let qualname = match self.get_attr_opt(callable, &self.names.__qualname__)? {
            Some(name) if name.payload::<crate::object::Str>().is_some() => self.display(&name),
            _ => return self.str_string(callable),
        };
        match self.get_attr_opt(callable, &self.names.__module__)? {
            Some(module) if module.payload::<crate::object::Str>().is_some() => {
                let module = self.display(&module);
                if module == "builtins" {
                    Ok(format!("{qualname}()"))
                } else {
                    Ok(format!("{module}.{qualname}()"))
                }
            }
            _ => Ok(format!("{qualname}()")),
        }
    }
}
