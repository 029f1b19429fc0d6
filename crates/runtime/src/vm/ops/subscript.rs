//! Items and slices.

use super::macros::{increment, next, op};
use crate::object::{List, Object, Tuple, Value};
use crate::vm::Vm;
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
            let index = (key as i64 >> 1) as usize;
            // The container must not die here: that is left to the slow path.
            let item = if header.count() < 2 {
                0
            } else if class == vm.types.list.as_value().word() {
                (*(word as *const Object<List>))
                    .payload()
                    .with(|items| items.get(index).map_or(0, Value::word))
            } else if class == vm.types.tuple.as_value().word() {
                let items = (*(word as *const Object<Tuple>)).payload().as_slice();
                items.get(index).map_or(0, Value::word)
            } else {
                0
            };
            if item != 0 {
                increment!(item);
                header.decrement();
                *sp.sub(2) = item;
                next!(vm, pc.add(2), sp.sub(1), fp);
            }
        }
        binary_subscr_slow(vm, pc, sp, fp)
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
        store_subscr_slow(vm, pc, sp, fp)
    }
}

op!(delete_subscr, 1, |vm, stack, _arg, _fp| {
    let key = stack.pop();
    let container = stack.pop();
    vm.del_item(&container, &key)
});

op!(binary_slice, 1, |vm, stack, _arg, _fp| {
    let stop = stack.pop();
    let start = stack.pop();
    let container = stack.pop();
    let slice = vm.slice(start, stop, Value::NONE);
    let value = vm.get_item(&container, &slice)?;
    drop(container);
    stack.push(value);
    Ok(())
});

op!(store_slice, 1, |vm, stack, _arg, _fp| {
    let stop = stack.pop();
    let start = stack.pop();
    let container = stack.pop();
    let value = stack.pop();
    let slice = vm.slice(start, stop, Value::NONE);
    vm.set_item(&container, &slice, &value)
});
