//! Local variables and cells.

use bytecode::LocalKind;

use super::macros::{increment, next, op, save};
use super::stack::release_and_next;
use crate::object::{PyResult, Raised, Value};
use crate::vm::Vm;
use crate::vm::cell::Cell;
use crate::vm::frame::Frame;
use crate::vm::instr::{Fp, Handler, Pc, Sp};

/// The special forms of this file, with their names.
pub const FORMS: &[(Handler, &str)] = &[
    (load_fast_load_fast as Handler, "and LOAD_FAST"),
    (load_fast_load_immediate, "and LOAD_CONST"),
    (store_fast_load_fast, "and LOAD_FAST"),
];

pub unsafe fn load_fast(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers.
    unsafe {
        let word = *fp.add((*pc).arg.get() as usize);
        increment!(word);
        *sp = word;
        next!(vm, pc.add(1), sp.add(1), fp)
    }
}

/// `LOAD_FAST` twice.
pub unsafe fn load_fast_load_fast(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers; chosen where the next instruction is a LOAD_FAST.
    unsafe {
        let first = *fp.add((*pc).arg.get() as usize);
        let second = *fp.add((*pc.add(1)).arg.get() as usize);
        increment!(first);
        *sp = first;
        increment!(second);
        *sp.add(1) = second;
        next!(vm, pc.add(2), sp.add(2), fp)
    }
}

/// `LOAD_FAST` and a `LOAD_CONST` of an immediate.
pub unsafe fn load_fast_load_immediate(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers; chosen where the next instruction is such a LOAD_CONST.
    unsafe {
        let word = *fp.add((*pc).arg.get() as usize);
        increment!(word);
        *sp = word;
        *sp.add(1) = (*pc.add(1)).word();
        next!(vm, pc.add(2), sp.add(2), fp)
    }
}

/// `STORE_FAST` and `LOAD_FAST`.
pub unsafe fn store_fast_load_fast(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers; chosen where the next instruction is a LOAD_FAST.
    unsafe {
        let place = fp.add((*pc).arg.get() as usize);
        let old = *place;
        *place = *sp.sub(1);
        if old & 7 == 0 && old != 0 && (*(old as *const heap::Header)).decrement() == 0 {
            *sp.sub(1) = old;
            return release_and_next(vm, pc, sp.sub(1), fp);
        }
        let word = *fp.add((*pc.add(1)).arg.get() as usize);
        increment!(word);
        *sp.sub(1) = word;
        next!(vm, pc.add(2), sp, fp)
    }
}

pub unsafe fn load_fast_check(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers.
    unsafe {
        let word = *fp.add((*pc).arg.get() as usize);
        if word == 0 {
            return unbound(vm, pc, sp, fp);
        }
        increment!(word);
        *sp = word;
        next!(vm, pc.add(1), sp.add(1), fp)
    }
}

#[cold]
#[inline(never)]
unsafe fn unbound(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers.
    unsafe {
        save!(vm, pc, sp);
        let _ = raise_unbound(vm, (*pc).arg.get() as usize);
        crate::vm::unwind::unwind(vm, pc, sp, fp)
    }
}

/// The error of reading a variable that has no value.
pub fn raise_unbound(vm: &Vm, index: usize) -> Raised {
    let Some(frame) = vm.current_frame() else {
        return vm.system_error("no frame");
    };
    let code = frame.code();
    let name = code.local_names[index].clone();
    let text = vm.display(&name);
    if code.data.localsplus[index].kind.has(LocalKind::FREE) {
        vm.name_error_for(
            &vm.types.exceptions.name_error,
            format!(
                "cannot access free variable '{text}' where it is not associated with a value in enclosing scope"
            ),
            &name,
        )
    } else {
        // Unlike a NameError it does not carry the name: there is nothing to suggest.
        vm.raise(
            &vm.types.exceptions.unbound_local_error,
            format!(
                "cannot access local variable '{text}' where it is not associated with a value"
            ),
        )
    }
}

pub unsafe fn store_fast(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers.
    unsafe {
        let sp = sp.sub(1);
        let place = fp.add((*pc).arg.get() as usize);
        let old = *place;
        *place = *sp;
        if old & 7 == 0 && old != 0 && (*(old as *const heap::Header)).decrement() == 0 {
            *sp = old;
            return release_and_next(vm, pc, sp, fp);
        }
        next!(vm, pc.add(1), sp, fp)
    }
}

pub unsafe fn delete_fast(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers.
    unsafe {
        let place = fp.add((*pc).arg.get() as usize);
        let old = *place;
        if old == 0 {
            return unbound(vm, pc, sp, fp);
        }
        *place = 0;
        if old & 7 == 0 && (*(old as *const heap::Header)).decrement() == 0 {
            *sp = old;
            return release_and_next(vm, pc, sp, fp);
        }
        next!(vm, pc.add(1), sp, fp)
    }
}

pub unsafe fn load_fast_and_clear(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers.
    unsafe {
        let place = fp.add((*pc).arg.get() as usize);
        *sp = *place;
        *place = 0;
        next!(vm, pc.add(1), sp.add(1), fp)
    }
}

fn frame(vm: &Vm) -> PyResult<&Frame> {
    vm.current_frame()
        .ok_or_else(|| vm.system_error("no frame"))
}

fn cell_at(vm: &Vm, index: u32) -> PyResult<&Cell> {
    frame(vm)?
        .local(index as usize)
        .and_then(Value::payload::<Cell>)
        .ok_or_else(|| vm.system_error("a cell variable without its cell"))
}

op!(make_cell, 1, |vm, _stack, arg, fp| {
    // SAFETY: the verifier checked the index.
    let place = unsafe { &mut *fp.add(arg as usize) };
    let word = std::mem::take(place);
    // SAFETY: the frame owned the word.
    let contents = (word != 0).then(|| unsafe { Value::from_word(word) });
    *place = vm.cell(contents).into_value().into_word();
    Ok(())
});

pub unsafe fn copy_free_vars(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers; a function with free variables has a tuple of as many cells, which
    // become its last variables.
    unsafe {
        let count = (*pc).arg.get() as usize;
        let frame = &*vm.frame.get();
        let closure = frame.function().closure.peek();
        if let Some(cells) = closure.and_then(Value::payload::<crate::object::Tuple>) {
            let mut place = fp.add(frame.code().localsplus - count);
            for cell in cells.iter().take(count) {
                let word = cell.word();
                increment!(word);
                *place = word;
                place = place.add(1);
            }
        }
        next!(vm, pc.add(1), sp, fp)
    }
}

op!(load_closure, 1, |vm, stack, arg, _fp| {
    let cell = frame(vm)?.local(arg as usize).cloned();
    stack.push(cell.ok_or_else(|| vm.system_error("a cell variable without its cell"))?);
    Ok(())
});

pub unsafe fn load_deref(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers; the variable holds a cell (MAKE_CELL, COPY_FREE_VARS ran).
    unsafe {
        let cell = *fp.add((*pc).arg.get() as usize) as *const crate::object::Object<Cell>;
        match (*cell).payload().contents.peek() {
            None => unbound(vm, pc, sp, fp),
            Some(value) => {
                let word = value.word();
                increment!(word);
                *sp = word;
                next!(vm, pc.add(1), sp.add(1), fp)
            }
        }
    }
}

op!(store_deref, 1, |vm, stack, arg, _fp| {
    let value = stack.pop();
    cell_at(vm, arg)?.contents.set(Some(value));
    Ok(())
});

op!(delete_deref, 1, |vm, _stack, arg, _fp| {
    match cell_at(vm, arg)?.contents.take() {
        Some(_) => Ok(()),
        None => Err(raise_unbound(vm, arg as usize)),
    }
});

op!(load_from_dict_or_deref, 1, |vm, stack, arg, _fp| {
    let mapping = stack.pop();
    let name = &frame(vm)?.code().local_names[arg as usize];
    let value = match super::name::lookup_mapping(vm, &mapping, name)? {
        Some(value) => value,
        None => cell_at(vm, arg)?
            .contents
            .get()
            .ok_or_else(|| raise_unbound(vm, arg as usize))?,
    };
    stack.push(value);
    Ok(())
});
