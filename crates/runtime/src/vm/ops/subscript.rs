//! Items and slices.

use super::macros::{increment, next, op};
use crate::object::list::HeapVec;
use crate::object::{Dict, List, Object, PyResult, Str, Tuple, Value, class_flag};
use crate::protocol::slicing::fit_slice;
use crate::types::list::assign_slice;
use crate::vm::Vm;
use crate::vm::code::Code;
use crate::vm::frame::{drop_word, frame_flag};
use crate::vm::function::Function;
use crate::vm::instr::{Fp, Handler, Pc, Sp};

/// The special forms of this file, with their names.
pub const FORMS: &[(Handler, &str)] = &[(subscr_getitem as Handler, "__getitem__")];

/// `container[key]` by the `__getitem__` of a class in Python, if that can be remembered; else the slow way.
#[inline(never)]
unsafe fn binary_subscr_slow(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers; BINARY_SUBSCR has a cache.
    unsafe {
        let container = Value::from_slot(&*sp.sub(2));
        let class = vm.class_of(container);
        // Not the first time, as in CPython: the counts that `__getitem__` sees differ.
        let waited = (*pc).cache.replace(1) != 0;
        if waited
            && class.has_flag(class_flag::HEAP_TYPE)
            && (*pc).cache_unit().guard.get() != class.version.get()
            && let Some(found) = vm.lookup_in_class(class, &vm.names.__getitem__)
            && let Some(function) = found.payload::<Function>()
            && function.code().simple
            && function.code().argcount == 2
        {
            let version = vm.class_version(class);
            let unit = (*pc).cache_unit();
            unit.guard.set(version);
            // The class holds the function as long as it keeps this version.
            unit.data.set(found.word());
            if version != 0 {
                (*pc).handler.set(subscr_getitem);
                return subscr_getitem(vm, pc, sp, fp);
            }
        }
        binary_subscr_general(vm, pc, sp, fp)
    }
}

/// `container[key]` where the class's `__getitem__` is known: container and key become its variables where
/// they lie.
unsafe fn subscr_getitem(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers; the guard says that the class still holds the function.
    unsafe {
        let word = *sp.sub(2);
        let unit = (*pc).cache_unit();
        if word & 7 != 0
            || (*(*(word as *const heap::Header)).class().as_ptr())
                .version
                .get()
                != unit.guard.get()
        {
            (*pc).handler.set(binary_subscr);
            return binary_subscr(vm, pc, sp, fp);
        }
        let function = unit.data.get() as *const Object<Function>;
        let code = (*function).payload().code().as_ptr().as_ptr() as *const Object<Code>;
        let payload = (*code).payload();
        let frame = &*vm.frame.get();
        let own = sp.sub(2);
        // A generator's operands move to the VM stack.
        let first = if frame.has(frame_flag::GENERATOR) {
            frame.stack_base.get()
        } else {
            own
        };
        if !payload.simple || payload.argcount != 2 || !vm.has_room(payload, first) {
            return binary_subscr_general(vm, pc, sp, fp);
        }
        let key = *sp.sub(1);
        *first = word;
        *first.add(1) = key;
        (*function).header().increment();
        frame.pc.set(pc);
        frame.sp.set(own);
        let mut local = first.add(2);
        let end = first.add(payload.localsplus);
        while local < end {
            *local = 0;
            local = local.add(1);
        }
        let (pc, sp) = vm.push_frame(function, code, first, pc.add(2), 0);
        next!(vm, pc, sp, first)
    }
}

op!(binary_subscr_general, 2, |vm, stack, _arg, _fp| {
    let key = stack.pop();
    let container = stack.pop();
    let value = vm.get_item(&container, &key)?;
    drop(container);
    drop(key);
    stack.push(value);
    Ok(())
});

pub unsafe fn binary_subscr(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers; classes are compared before the payload is read.
    unsafe {
        let key = *sp.sub(1);
        let word = *sp.sub(2);
        if key & 1 == 1 && word & 7 == 0 {
            let header = &*(word as *const heap::Header);
            let class = header.class().as_ptr() as u64;
            let index = key as i64 >> 1;
            // The container must not die here: that is left to the slow path.
            let item = if header.count() < 2 {
                0
            } else if class == vm.types.list.as_value().word() {
                (*(word as *const Object<List>))
                    .payload()
                    .with(|items| item_at(items, index))
            } else if class == vm.types.tuple.as_value().word() {
                item_at(
                    (*(word as *const Object<Tuple>)).payload().as_slice(),
                    index,
                )
            } else {
                return subscr_other(vm, pc, sp, fp);
            };
            if item != 0 {
                increment!(item);
                header.decrement();
                *sp.sub(2) = item;
                next!(vm, pc.add(2), sp.sub(1), fp);
            }
        }
        subscr_other(vm, pc, sp, fp)
    }
}

/// The word of an item by an index that may count from the end; 0 if there is none.
#[inline(always)]
fn item_at(items: &[Value], index: i64) -> u64 {
    let index = if index < 0 {
        index + items.len() as i64
    } else {
        index
    };
    items.get(index as usize).map_or(0, Value::word)
}

/// Dicts with plain keys and characters of Latin-1 strings.
#[inline(never)]
unsafe fn subscr_other(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers; classes are compared before the payload is read.
    unsafe {
        let key = *sp.sub(1);
        let word = *sp.sub(2);
        if word & 7 == 0 && (*(word as *const heap::Header)).count() > 1 {
            let header = &*(word as *const heap::Header);
            let class = header.class().as_ptr() as u64;
            let item = if class == vm.types.dict.as_value().word() {
                let item = (*(word as *const Object<Dict>))
                    .payload()
                    .word_of_plain(vm, Value::from_slot(&*sp.sub(1)));
                if item & 7 == 0 && item != 0 {
                    (*(item as *const heap::Header)).increment();
                }
                item
            } else if key & 1 == 1 && class == vm.types.str.as_value().word() {
                character(vm, &*(word as *const Object<Str>), key as i64 >> 1)
            } else {
                0
            };
            if item != 0 {
                if key & 7 == 0 && (*(key as *const heap::Header)).count() < 2 {
                    // A key that dies here is released first by the slow way.
                    drop_word(item);
                    return binary_subscr_slow(vm, pc, sp, fp);
                }
                if key & 7 == 0 {
                    (*(key as *const heap::Header)).decrement();
                }
                header.decrement();
                *sp.sub(2) = item;
                next!(vm, pc.add(2), sp.sub(1), fp);
            }
        }
        binary_subscr_slow(vm, pc, sp, fp)
    }
}

/// The owned word of a one-character string; 0 if the index is out of range.
#[inline(never)]
fn character(vm: &Vm, text: &Object<Str>, index: i64) -> u64 {
    let text = text.payload();
    let index = if index < 0 {
        index + text.len() as i64
    } else {
        index
    };
    if (0..text.len() as i64).contains(&index) {
        vm.str_from_char(text.at(index as usize))
            .into_value()
            .into_word()
    } else {
        0
    }
}

op!(store_subscr_slow, 2, |vm, stack, _arg, _fp| {
    let key = stack.pop();
    let container = stack.pop();
    let value = stack.pop();
    let result = vm.set_item(&container, &key, &value);
    drop(value);
    drop(container);
    drop(key);
    result
});

pub unsafe fn store_subscr(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers; as for `binary_subscr`.
    unsafe {
        let key = *sp.sub(1);
        let word = *sp.sub(2);
        if key & 1 == 1 && word & 7 == 0 {
            let header = &*(word as *const heap::Header);
            if header.class().as_ptr() as u64 == vm.types.list.as_value().word()
                && header.count() > 1
            {
                let index = (key as i64 >> 1) as usize;
                let list = (*(word as *const Object<List>)).payload();
                let replaced = list.update(|items| match items.as_mut_slice().get_mut(index) {
                    Some(place) => {
                        // What is replaced must not die here.
                        let old = place.word();
                        if old & 7 == 0 && (*(old as *const heap::Header)).count() < 2 {
                            return false;
                        }
                        if old & 7 == 0 {
                            (*(old as *const heap::Header)).decrement();
                        }
                        std::ptr::from_mut(place).cast::<u64>().write(*sp.sub(3));
                        true
                    }
                    None => false,
                });
                if replaced {
                    header.decrement();
                    next!(vm, pc.add(2), sp.sub(3), fp);
                }
            }
        }
        if word & 7 == 0
            && (*(word as *const heap::Header)).class().as_ptr() as u64
                == vm.types.dict.as_value().word()
            && (*(word as *const heap::Header)).count() > 1
        {
            return store_into_dict(vm, pc, sp, fp);
        }
        store_subscr_slow(vm, pc, sp, fp)
    }
}

// `dict[key] = value`: the value moves into the dict.
op!(store_into_dict, 2, |vm, stack, _arg, _fp| {
    let key = stack.pop();
    let container = stack.pop();
    let value = stack.pop();
    let Some(dict) = container.payload::<Dict>() else {
        return vm.set_item(&container, &key, &value);
    };
    drop(dict.insert(vm, &key, value)?);
    Ok(())
});

op!(delete_subscr, 1, |vm, stack, _arg, _fp| {
    let key = stack.pop();
    let container = stack.pop();
    vm.del_item(&container, &key)
});

op!(binary_slice, 1, |vm, stack, _arg, _fp| {
    let stop = stack.pop();
    let start = stack.pop();
    let container = stack.pop();
    if let Some(value) = plain_slice(vm, &container, &start, &stop)? {
        drop(container);
        stack.push(value);
        return Ok(());
    }
    let slice = vm.slice(start, stop, Value::NONE);
    let value = vm.get_item(&container, &slice)?;
    drop(container);
    stack.push(value);
    Ok(())
});

/// A bound of a slice that is missing or an immediate integer.
#[inline(always)]
fn plain_bound(value: &Value, missing: isize) -> Option<isize> {
    if value.is_none() {
        Some(missing)
    } else {
        value.as_small_int().map(|i| i as isize)
    }
}

/// `container[start:stop]` of a list, tuple or string by immediate integers, without a slice object.
fn plain_slice(vm: &Vm, container: &Value, start: &Value, stop: &Value) -> PyResult<Option<Value>> {
    let (Some(start), Some(stop)) = (plain_bound(start, 0), plain_bound(stop, isize::MAX)) else {
        return Ok(None);
    };
    let places = |len: usize| {
        let range = fit_slice(start, stop, 1, len);
        range.start as usize..range.start as usize + range.count
    };
    let class = vm.class_of(container);
    if class.is(&vm.types.list)
        && let Some(list) = container.payload::<List>()
    {
        let items = list.with(|items| HeapVec::try_from_slice(&items[places(items.len())]));
        return match items {
            Ok(items) => Ok(Some(vm.list(items).into_value())),
            Err(_) => Err(vm.memory_error()),
        };
    }
    if class.is(&vm.types.tuple)
        && let Some(tuple) = container.payload::<Tuple>()
    {
        let places = places(tuple.len());
        if places.len() == tuple.len() {
            return Ok(Some(container.clone()));
        }
        return Ok(Some(vm.tuple_from_slice(&tuple[places]).into_value()));
    }
    if class.is(&vm.types.str)
        && let Some(text) = container.as_ref_to::<Str>()
    {
        let places = places(text.len());
        if places.len() > 1 {
            return Ok(Some(
                vm.str_slice(text, places.start, places.end)?.into_value(),
            ));
        }
    }
    Ok(None)
}

op!(store_slice, 1, |vm, stack, _arg, _fp| {
    let stop = stack.pop();
    let start = stack.pop();
    let container = stack.pop();
    let value = stack.pop();
    if vm.class_of(&container).is(&vm.types.list)
        && let Some(list) = container.payload::<List>()
        && let (Some(start), Some(stop)) = (plain_bound(&start, 0), plain_bound(&stop, isize::MAX))
    {
        let range = fit_slice(start, stop, 1, list.len());
        return assign_slice(vm, list, range, &value);
    }
    let slice = vm.slice(start, stop, Value::NONE);
    vm.set_item(&container, &slice, &value)
});
