//! Items and slices.

use super::macros::{increment, next, op};
use crate::object::list::HeapVec;
use crate::object::{Dict, List, Object, PyResult, Str, Tuple, Value};
use crate::protocol::slicing::fit_slice;
use crate::vm::Vm;
use crate::vm::frame::drop_word;
use crate::vm::instr::{Fp, Pc, Sp};

op!(binary_subscr_slow, 2, |vm, stack, _arg, _fp| {
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

/// `container[start:stop]` of a list, tuple or string by immediate integers, without a slice object.
fn plain_slice(vm: &Vm, container: &Value, start: &Value, stop: &Value) -> PyResult<Option<Value>> {
    let bound = |value: &Value, missing: isize| {
        if value.is_none() {
            Some(missing)
        } else {
            value.as_small_int().map(|i| i as isize)
        }
    };
    let (Some(start), Some(stop)) = (bound(start, 0), bound(stop, isize::MAX)) else {
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
    let slice = vm.slice(start, stop, Value::NONE);
    vm.set_item(&container, &slice, &value)
});
