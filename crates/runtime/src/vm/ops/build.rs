//! Displays, comprehensions' accumulators, functions.

use super::macros::{Stack, next, op, read_word};
use super::native::class_word;
use crate::object::set::Set;
use crate::object::{Dict, List, PyResult, Raised, Ref, Tuple, Value};
use crate::vm::Vm;
use crate::vm::code::Code;
use crate::vm::instr::{Fp, Pc, Sp};

/// Pops values in the order they were pushed.
fn pop_many(stack: &mut Stack, count: usize) -> Vec<Value> {
    let mut values: Vec<Value> = (0..count).map(|_| stack.pop()).collect();
    values.reverse();
    values
}

/// Moves the topmost values into an iterator; they must all be taken.
struct Popped {
    next: crate::vm::instr::Sp,
    left: usize,
}

impl Iterator for Popped {
    type Item = Value;
    fn next(&mut self) -> Option<Value> {
        if self.left == 0 {
            return None;
        }
        self.left -= 1;
        // SAFETY: the words between the old and the new stack pointer are owned and taken once.
        unsafe {
            let word = read_word(self.next);
            self.next = self.next.add(1);
            Some(Value::from_word(word))
        }
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

impl ExactSizeIterator for Popped {}

fn popped(stack: &mut Stack, count: usize) -> Popped {
    // SAFETY: the verifier proved that the stack is deep enough.
    stack.sp = unsafe { stack.sp.sub(count) };
    Popped {
        next: stack.sp,
        left: count,
    }
}

op!(build_tuple, 1, |vm, stack, arg, _fp| {
    let items = popped(stack, arg as usize);
    let tuple = vm.tuple_value(items);
    stack.push(tuple);
    Ok(())
});

op!(build_list, 1, |vm, stack, arg, _fp| {
    let items = popped(stack, arg as usize);
    let list = vm.list_from(items)?.into_value();
    stack.push(list);
    Ok(())
});

op!(build_set, 1, |vm, stack, arg, _fp| {
    let set = vm.set();
    for item in stack.top(arg as usize) {
        set.add(vm, item)?;
    }
    stack.drop_words(arg as usize);
    stack.push(set.into_value());
    Ok(())
});

op!(build_map, 1, |vm, stack, arg, _fp| {
    let dict = vm.dict_presized(arg as usize, true)?;
    // The values stay on the stack until all are in: a key's `__eq__` may use what lies above.
    for pair in stack.top(arg as usize * 2).chunks_exact(2) {
        drop(dict.insert(vm, &pair[0], pair[1].clone())?);
    }
    stack.drop_words(arg as usize * 2);
    stack.push(dict.into_value());
    Ok(())
});

op!(build_const_key_map, 1, |vm, stack, arg, _fp| {
    let keys = stack.pop();
    let values = pop_many(stack, arg as usize);
    let dict = vm.dict_presized(arg as usize, true)?;
    if let Some(keys) = keys.payload::<Tuple>() {
        for (key, value) in keys.iter().zip(values) {
            dict.insert(vm, key, value)?;
        }
    }
    stack.push(dict.into_value());
    Ok(())
});

op!(build_slice, 1, |vm, stack, arg, _fp| {
    let step = if arg == 3 { stack.pop() } else { Value::NONE };
    let stop = stack.pop();
    let start = stack.pop();
    stack.push(vm.slice(start, stop, step));
    Ok(())
});

fn not_a(vm: &Vm, what: &str) -> crate::Raised {
    vm.system_error(format!("the accumulator is not a {what}"))
}

/// `LIST_APPEND` of a list with room.
pub unsafe fn list_append(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers; the compiler put a list there.
    unsafe {
        let word = *sp.sub(1 + (*pc).arg.get() as usize);
        if word & 7 == 0 && class_word(word) == vm.types.list.as_value().word() {
            let list = (*(word as *const crate::object::Object<List>)).payload();
            let done = list.update(|items| {
                items.len() < items.capacity()
                    && items.try_push(Value::from_word(*sp.sub(1))).is_ok()
            });
            if done {
                next!(vm, pc.add(1), sp.sub(1), fp);
            }
        }
        list_append_slow(vm, pc, sp, fp)
    }
}

op!(list_append_slow, 1, |vm, stack, arg, _fp| {
    let item = stack.pop();
    let list = stack
        .peek(arg as usize)
        .payload::<List>()
        .ok_or_else(|| not_a(vm, "list"))?;
    list.update(|items| items.try_push(item))
        .map_err(|_| vm.memory_error())
});

op!(set_add, 1, |vm, stack, arg, _fp| {
    let item = stack.pop();
    let set = stack
        .peek(arg as usize)
        .payload::<Set>()
        .ok_or_else(|| not_a(vm, "set"))?;
    set.add(vm, &item)?;
    Ok(())
});

op!(map_add, 1, |vm, stack, arg, _fp| {
    let value = stack.pop();
    let key = stack.pop();
    let dict = stack
        .peek(arg as usize)
        .payload::<Dict>()
        .ok_or_else(|| not_a(vm, "dict"))?;
    dict.insert(vm, &key, value)?;
    Ok(())
});

op!(list_extend, 1, |vm, stack, arg, _fp| {
    let iterable = stack.pop();
    let list = stack.peek(arg as usize).clone();
    let is_iterable = {
        let slots = vm.class_of(&iterable).slots();
        slots.iter.is_some() || slots.sq_item.is_some()
    };
    if !is_iterable {
        return Err(vm.type_error(format!(
            "Value after * must be an iterable, not {}",
            vm.class_name(&iterable)
        )));
    }
    let list: Ref<List> = list.downcast().map_err(|_| not_a(vm, "list"))?;
    crate::types::list::extend(vm, &list, &iterable)
});

op!(set_update, 1, |vm, stack, arg, _fp| {
    let iterable = stack.pop();
    let set = stack
        .peek(arg as usize)
        .payload::<Set>()
        .ok_or_else(|| not_a(vm, "set"))?;
    crate::types::set::update(vm, set, &iterable)
});

op!(dict_update, 1, |vm, stack, arg, _fp| {
    let mapping = stack.pop();
    let dict = stack
        .peek(arg as usize)
        .payload::<Dict>()
        .ok_or_else(|| not_a(vm, "dict"))?;
    match crate::types::dict::merge(vm, dict, &mapping) {
        Ok(()) => Ok(()),
        Err(raised) => {
            vm.catch(raised, &vm.types.exceptions.attribute_error)?;
            Err(vm.type_error(format!(
                "'{}' object is not a mapping",
                vm.class_name(&mapping)
            )))
        }
    }
});

op!(dict_merge, 1, |vm, stack, arg, _fp| {
    let mapping = stack.pop();
    let callable = stack.peek(arg as usize + 3).clone();
    let dict = stack
        .peek(arg as usize)
        .payload::<Dict>()
        .ok_or_else(|| not_a(vm, "dict"))?;
    let repeated = |key: &Value| -> PyResult<Raised> {
        let text = vm.callable_text(&callable)?;
        let key = vm.str_of(key)?.into_value();
        Ok(vm.type_error(format!(
            "{text} got multiple values for keyword argument '{}'",
            vm.display(&key)
        )))
    };
    match crate::types::dict::merge_new(vm, dict, &mapping, repeated) {
        Ok(()) => Ok(()),
        Err(raised) => {
            vm.catch(raised, &vm.types.exceptions.attribute_error)?;
            Err(vm.type_error(format!(
                "{} argument after ** must be a mapping, not {}",
                vm.callable_text(&callable)?,
                vm.class_name(&mapping)
            )))
        }
    }
});

op!(make_function, 1, |vm, stack, arg, _fp| {
    let code: Ref<Code> = stack
        .pop()
        .downcast()
        .map_err(|_| vm.system_error("no code for a function"))?;
    let globals = match vm.current_frame() {
        Some(frame) => frame.function().globals.clone(),
        None => return Err(vm.system_error("no frame")),
    };
    let function = vm.function(&code, &globals);
    let mut next = || Some(stack.pop());
    if arg & 8 != 0 {
        function.closure.set(next());
    }
    if arg & 4 != 0 {
        function.annotations.set(next());
    }
    if arg & 2 != 0 {
        function.kwdefaults.set(next());
    }
    if arg & 1 != 0 {
        function.defaults.set(next());
    }
    stack.push(function.into_value());
    Ok(())
});
