//! Iteration and unpacking.

use super::macros::{increment, next, op, save};
use crate::object::{Bytes, List, PyResult, Tuple, Value};
use crate::types::bytes::iterator::BytesIterator;
use crate::types::str::iterator::StrIterator;
use crate::vm::Vm;
use crate::vm::instr::{Fp, Handler, Pc, Sp};
use crate::vm::unwind::unwind;

/// The special forms of this file, with their names.
pub const FORMS: &[(Handler, &str)] = &[
    (for_iter_range as Handler, "range"),
    (for_iter_list, "list"),
    (for_iter_tuple, "tuple"),
    (for_iter_ascii, "ASCII str"),
    (for_iter_bytes, "bytes"),
];

op!(get_iter, 1, |vm, stack, _arg, _fp| {
    let iterable = stack.pop();
    let iterator = vm.iter(&iterable)?;
    drop(iterable);
    stack.push(iterator);
    Ok(())
});

/// What `next_word` gives where an exception was raised; no value has this word (a NULL-like
/// constant that nobody can make).
const RAISED: u64 = 0x7F << 3 | 4;

/// Asks the iterator at `place`, which the stack keeps alive, for the next item: its word, 0 at the
/// end, `RAISED` after an exception.
#[inline(never)]
unsafe fn next_word(vm: &Vm, place: Sp) -> u64 {
    // SAFETY: the caller's word is a live value on the stack.
    let iterator = unsafe { Value::from_slot(&*place) };
    let next = vm.class_of(iterator).slots().iternext;
    let item = match next {
        Some(next) => next(vm, iterator),
        None => vm.next(iterator),
    };
    match item {
        Ok(Some(item)) => item.into_word(),
        Ok(None) => {
            vm.forget_stop_value();
            0
        }
        Err(raised) => {
            let class = &vm.types.exceptions.stop_iteration;
            if vm.is_traced() && vm.is_raised(class) {
                vm.trace_stop(raised);
                return 0;
            }
            match vm.catch(raised, class) {
                Ok(_) => 0,
                Err(_) => RAISED,
            }
        }
    }
}

#[inline(never)]
pub unsafe fn for_iter(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers.
    unsafe {
        let iterator = *sp.sub(1);
        if iterator & 7 == 0 {
            let class = (*(iterator as *const heap::Header)).class().as_ptr() as u64;
            if class == vm.types.generator.as_value().word() {
                return super::generator::for_iter_generator(vm, pc, sp, fp);
            }
            if class == vm.types.range_iterator.as_value().word() {
                (*pc).handler.set(for_iter_range);
                return for_iter_range(vm, pc, sp, fp);
            }
            if class == vm.types.list_iterator.as_value().word() {
                (*pc).handler.set(for_iter_list);
                return for_iter_list(vm, pc, sp, fp);
            }
            if class == vm.types.tuple_iterator.as_value().word() {
                (*pc).handler.set(for_iter_tuple);
                return for_iter_tuple(vm, pc, sp, fp);
            }
            if class == vm.types.str_ascii_iterator.as_value().word() {
                (*pc).handler.set(for_iter_ascii);
                return for_iter_ascii(vm, pc, sp, fp);
            }
            if class == vm.types.bytes_iterator.as_value().word() {
                (*pc).handler.set(for_iter_bytes);
                return for_iter_bytes(vm, pc, sp, fp);
            }
        }
        for_iter_slow(vm, pc, sp, fp)
    }
}

#[inline(never)]
unsafe fn for_iter_slow(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers.
    unsafe {
        save!(vm, pc, sp);
        let word = next_word(vm, sp.sub(1));
        if word == 0 {
            return end_of_loop(vm, pc, sp, fp);
        }
        if word == RAISED {
            return unwind(vm, pc, sp, fp);
        }
        *sp = word;
        next!(vm, pc.add(2), sp.add(1), fp)
    }
}

unsafe fn for_iter_range(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers; the class is compared before the payload is read.
    unsafe {
        let iterator = *sp.sub(1);
        if iterator & 7 == 0
            && (*(iterator as *const heap::Header)).class().as_ptr() as u64
                == vm.types.range_iterator.as_value().word()
        {
            let range = (*(iterator
                as *const crate::object::Object<crate::types::range::RangeIterator>))
                .payload();
            return match range.step() {
                Some(i) => {
                    *sp = (i as u64) << 1 | 1;
                    next!(vm, pc.add(2), sp.add(1), fp)
                }
                None => end_of_loop(vm, pc, sp, fp),
            };
        }
        (*pc).handler.set(for_iter);
        for_iter(vm, pc, sp, fp)
    }
}

unsafe fn for_iter_list(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers; the class is compared before the payload is read.
    unsafe {
        let iterator = *sp.sub(1);
        if iterator & 7 == 0
            && (*(iterator as *const heap::Header)).class().as_ptr() as u64
                == vm.types.list_iterator.as_value().word()
        {
            let list = (*(iterator
                as *const crate::object::Object<crate::types::list::ListIterator>))
                .payload();
            let word = next_of_list(list);
            if word == 0 {
                return end_of_sequence(vm, pc, sp, fp);
            }
            increment!(word);
            *sp = word;
            next!(vm, pc.add(2), sp.add(1), fp);
        }
        (*pc).handler.set(for_iter);
        for_iter(vm, pc, sp, fp)
    }
}

unsafe fn for_iter_tuple(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: as for `for_iter_list`.
    unsafe {
        let iterator = *sp.sub(1);
        if iterator & 7 == 0
            && (*(iterator as *const heap::Header)).class().as_ptr() as u64
                == vm.types.tuple_iterator.as_value().word()
        {
            let it = (*(iterator
                as *const crate::object::Object<crate::types::tuple::TupleIterator>))
                .payload();
            let index = it.index.get();
            let items = it.sequence.peek().and_then(Value::payload::<Tuple>);
            let word = items
                .and_then(|t| t.get(index as usize))
                .map_or(0, Value::word);
            if word == 0 {
                return end_of_sequence(vm, pc, sp, fp);
            }
            it.index.set(index + 1);
            increment!(word);
            *sp = word;
            next!(vm, pc.add(2), sp.add(1), fp);
        }
        (*pc).handler.set(for_iter);
        for_iter(vm, pc, sp, fp)
    }
}

/// The characters of an ASCII string.
unsafe fn for_iter_ascii(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: as for `for_iter_list`.
    unsafe {
        let iterator = *sp.sub(1);
        if iterator & 7 == 0
            && (*(iterator as *const heap::Header)).class().as_ptr() as u64
                == vm.types.str_ascii_iterator.as_value().word()
        {
            let it = (*(iterator as *const crate::object::Object<StrIterator>)).payload();
            let word = next_of_ascii(vm, it);
            if word == 0 {
                return end_of_sequence(vm, pc, sp, fp);
            }
            *sp = word;
            next!(vm, pc.add(2), sp.add(1), fp)
        }
        (*pc).handler.set(for_iter);
        for_iter(vm, pc, sp, fp)
    }
}

/// The numbers of a `bytes`.
unsafe fn for_iter_bytes(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: as for `for_iter_list`.
    unsafe {
        let iterator = *sp.sub(1);
        if iterator & 7 == 0
            && (*(iterator as *const heap::Header)).class().as_ptr() as u64
                == vm.types.bytes_iterator.as_value().word()
        {
            let it = (*(iterator as *const crate::object::Object<BytesIterator>)).payload();
            let index = it.index.get();
            let bytes = it.sequence.peek().and_then(Value::payload::<Bytes>);
            let Some(byte) = bytes.and_then(|b| b.get(index as usize).copied()) else {
                return end_of_sequence(vm, pc, sp, fp);
            };
            it.index.set(index + 1);
            *sp = u64::from(byte) << 1 | 1;
            next!(vm, pc.add(2), sp.add(1), fp)
        }
        (*pc).handler.set(for_iter);
        for_iter(vm, pc, sp, fp)
    }
}

/// The next character's word; 0 at the end.  A function of its own: at every level of optimisation its caller has
/// to jump on, and an object with a destructor could keep it from that.
#[inline(never)]
fn next_of_ascii(vm: &Vm, iterator: &StrIterator) -> u64 {
    match iterator.next_byte() {
        Some(byte) => vm.str_from_char(u32::from(byte)).into_value().into_word(),
        None => 0,
    }
}

/// The next item's word, not counted; 0 where the slow path has to look.
#[inline(always)]
fn next_of_list(iterator: &crate::types::list::ListIterator) -> u64 {
    let Some(list) = iterator.sequence.peek().and_then(Value::payload::<List>) else {
        return 0;
    };
    let index = iterator.index.get();
    let word = list.with(|items| items.get(index as usize).map_or(0, Value::word));
    if word != 0 {
        iterator.index.set(index + 1);
    }
    word
}

/// Behind the last item of a sequence.  An iterator that the loop alone holds goes together with the sequence,
/// which it need not let go of before.
#[inline(never)]
unsafe fn end_of_sequence(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers; the iterator is a heap object.
    unsafe {
        if (*(*sp.sub(1) as *const heap::Header)).count() == 1 {
            save!(vm, pc, sp);
            return end_of_loop(vm, pc, sp, fp);
        }
        for_iter_slow(vm, pc, sp, fp)
    }
}

/// Drops the exhausted iterator and goes behind the loop's `END_FOR`.
#[inline(never)]
pub unsafe fn end_of_loop(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers.
    unsafe {
        let sp = sp.sub(1);
        drop(Value::from_word(*sp));
        next!(vm, super::jump::target(pc).add(1), sp, fp)
    }
}

fn wrong_count(vm: &Vm, expected: usize, got: usize) -> crate::Raised {
    if got < expected {
        vm.value_error(format!(
            "not enough values to unpack (expected {expected}, got {got})"
        ))
    } else {
        vm.value_error(format!("too many values to unpack (expected {expected})"))
    }
}

/// The items of something to unpack, at most `limit + 1` of them.
fn take_items(vm: &Vm, iterable: &Value, limit: usize) -> PyResult<Vec<Value>> {
    let slots = vm.class_of(iterable).slots();
    if slots.iter.is_none() && slots.sq_item.is_none() {
        return Err(vm.type_error(format!(
            "cannot unpack non-iterable {} object",
            vm.class_name(iterable)
        )));
    }
    let iterator = vm.iter(iterable)?;
    let mut items = Vec::new();
    while items.len() <= limit {
        match vm.next(&iterator)? {
            Some(item) => items.push(item),
            None => break,
        }
    }
    Ok(items)
}

/// A tuple of the right length is unpacked here.
pub unsafe fn unpack_sequence(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers; the class is compared before the payload is read, and the
    // compiler left room for the items.
    unsafe {
        let word = *sp.sub(1);
        let count = (*pc).arg.get() as usize;
        if word & 7 == 0
            && (*(word as *const heap::Header)).class().as_ptr() as u64
                == vm.types.tuple.as_value().word()
        {
            let items = (*(word as *const crate::object::Object<Tuple>))
                .payload()
                .as_slice();
            if items.len() == count && count > 0 {
                let mut place = sp.sub(1);
                let mut left = count;
                while left > 0 {
                    left -= 1;
                    let item = items.get_unchecked(left).word();
                    increment!(item);
                    *place = item;
                    place = place.add(1);
                }
                if (*(word as *const heap::Header)).decrement() == 0 {
                    *place = word;
                    return super::attribute::release_and_skip(vm, pc, place, fp);
                }
                next!(vm, pc.add(2), place, fp);
            }
        }
        unpack_sequence_slow(vm, pc, sp, fp)
    }
}

op!(unpack_sequence_slow, 2, |vm, stack, arg, _fp| {
    let count = arg as usize;
    let sequence = stack.pop();
    let class = vm.class_of(&sequence);
    if class.is(&vm.types.tuple)
        && let Some(items) = sequence.payload::<Tuple>()
    {
        if items.len() != count {
            return Err(wrong_count(vm, count, items.len()));
        }
        for item in items.iter().rev() {
            stack.push(item.clone());
        }
        return Ok(());
    }
    if class.is(&vm.types.list)
        && let Some(list) = sequence.payload::<List>()
    {
        if list.len() != count {
            return Err(wrong_count(vm, count, list.len()));
        }
        list.with(|items| {
            for item in items.iter().rev() {
                stack.push(item.clone());
            }
        });
        return Ok(());
    }
    let items = take_items(vm, &sequence, count)?;
    if items.len() != count {
        return Err(wrong_count(vm, count, items.len()));
    }
    for item in items.into_iter().rev() {
        stack.push(item);
    }
    Ok(())
});

op!(unpack_ex, 1, |vm, stack, arg, _fp| {
    let before = (arg & 0xFF) as usize;
    let after = (arg >> 8) as usize;
    let sequence = stack.pop();
    let slots = vm.class_of(&sequence).slots();
    if slots.iter.is_none() && slots.sq_item.is_none() {
        return Err(vm.type_error(format!(
            "cannot unpack non-iterable {} object",
            vm.class_name(&sequence)
        )));
    }
    let mut items = vm.collect(&sequence)?;
    if items.len() < before + after {
        return Err(vm.value_error(format!(
            "not enough values to unpack (expected at least {}, got {})",
            before + after,
            items.len()
        )));
    }
    let tail = items.split_off(items.len() - after);
    let middle = items.split_off(before);
    let middle = vm.list_from(middle)?.into_value();
    for item in tail.into_iter().rev() {
        stack.push(item);
    }
    stack.push(middle);
    for item in items.into_iter().rev() {
        stack.push(item);
    }
    Ok(())
});
