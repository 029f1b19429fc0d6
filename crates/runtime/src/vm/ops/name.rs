//! Names: the local namespace, globals, builtins.
//!
//! `LOAD_NAME`, `STORE_NAME` and `STORE_GLOBAL` have no cache behind them.  They remember in themselves at which
//! place of the dict their name lay, and compare the key there.

use super::macros::{increment, next, op, save};
use super::stack::release_and_next;
use crate::object::{Dict, PyResult, Raised, Ref, Value};
use crate::vm::Vm;
use crate::vm::frame::Frame;
use crate::vm::instr::{Fp, Handler, Pc, Sp};

/// The special forms of this file, with their names.
pub const FORMS: &[(Handler, &str)] = &[
    (load_global_cached as Handler, "module variable"),
    (load_builtin_cached, "builtin"),
];

fn frame(vm: &Vm) -> PyResult<&Frame> {
    vm.current_frame()
        .ok_or_else(|| vm.system_error("no frame"))
}

/// The local namespace of a module or class body; that of one which was made a function is its
/// globals.
fn namespace(vm: &Vm) -> PyResult<Value> {
    let frame = frame(vm)?;
    match frame.namespace.get() {
        Some(namespace) => Ok(namespace),
        None if !frame.code().has_flag(bytecode::CodeFlags::OPTIMIZED) => {
            Ok(frame.function().globals.to_value())
        }
        None => Err(vm.system_error("no locals")),
    }
}

/// A name in a mapping: a dict directly, others by `__getitem__` and KeyError.
pub fn lookup_mapping(vm: &Vm, mapping: &Value, name: &Value) -> PyResult<Option<Value>> {
    if vm.class_of(mapping).is(&vm.types.dict)
        && let Some(dict) = mapping.payload::<Dict>()
    {
        return dict.get(vm, name);
    }
    match vm.get_item(mapping, name) {
        Ok(value) => Ok(Some(value)),
        Err(raised) => vm
            .catch(raised, &vm.types.exceptions.key_error)
            .map(|_| None),
    }
}

/// A name for `LOAD_GLOBAL`, which asks globals of a class derived from dict as mappings.
fn lookup_global_of_function(vm: &Vm, name: &Value) -> PyResult<Value> {
    let globals = frame(vm)?.function().globals.to_value();
    if !vm.class_of(&globals).is(&vm.types.dict)
        && let Some(value) = lookup_mapping(vm, &globals, name)?
    {
        return Ok(value);
    }
    lookup_global(vm, name)
}

fn lookup_global(vm: &Vm, name: &Value) -> PyResult<Value> {
    let function = frame(vm)?.function();
    if let Some(value) = function.globals.get(vm, name)? {
        return Ok(value);
    }
    let builtins = function.builtins.as_value();
    if let Some(value) = lookup_mapping(vm, builtins, name)? {
        return Ok(value);
    }
    Err(undefined(vm, name))
}

#[cold]
fn undefined(vm: &Vm, name: &Value) -> Raised {
    let message = format!("name '{}' is not defined", vm.display(name));
    vm.name_error_for(&vm.types.exceptions.name_error, message, name)
}

fn name_at(vm: &Vm, index: u32) -> PyResult<&Value> {
    Ok(&frame(vm)?.code().names[index as usize])
}

op!(load_locals, 1, |vm, stack, _arg, _fp| {
    stack.push(namespace(vm)?);
    Ok(())
});

/// The dict of names that the running code reads and writes by name, if it is a plain one.
#[inline(always)]
unsafe fn plain_namespace<'a>(vm: &Vm, frame: &'a Frame) -> Option<&'a Dict> {
    let namespace = match frame.namespace.peek() {
        Some(namespace) => namespace,
        None if !frame.code().has_flag(bytecode::CodeFlags::OPTIMIZED) => {
            frame.function().globals.as_value()
        }
        None => return None,
    };
    plain_dict(vm, namespace)
}

/// The dict that a value is, unless it is of a subclass.
#[inline(always)]
fn plain_dict<'a>(vm: &Vm, value: &'a Value) -> Option<&'a Dict> {
    if vm.class_of(value).is(&vm.types.dict) {
        value.payload::<Dict>()
    } else {
        None
    }
}

/// The word of the name that an instruction without flags in its argument is about.
#[inline(always)]
unsafe fn name_word(frame: &Frame, pc: Pc) -> u64 {
    // SAFETY: verified code names only what is in its list.
    unsafe { (*frame.code().names.as_ptr().add((*pc).arg.get() as usize)).word() }
}

/// What the cache of an instruction says that ran once and did not look for the place.
const RAN_ONCE: u32 = u32::MAX;

/// Notes where the name lies; not at the first time, because most code of modules runs once.
#[inline(never)]
unsafe fn remember_place(vm: &Vm, pc: Pc, dict: &Dict) {
    // SAFETY: the contract of handlers.
    unsafe {
        if (*pc).cache.get() == 0 {
            (*pc).cache.set(RAN_ONCE);
            return;
        }
        let name = &(*vm.frame.get()).code().names[(*pc).arg.get() as usize];
        if let Some(place) = dict.entry_index_of(vm, name) {
            (*pc).cache.set(place);
        }
    }
}

/// Stores over the value of the name if it lies where it lay before; else goes on with `general`.
#[inline(always)]
unsafe fn store_at_place(
    vm: &Vm,
    pc: Pc,
    sp: Sp,
    fp: Fp,
    dict: Option<&Dict>,
    general: Handler,
) -> u64 {
    // SAFETY: the contract of handlers; the value moves into the dict.
    unsafe {
        let Some(dict) = dict else {
            return general(vm, pc, sp, fp);
        };
        let name = name_word(&*vm.frame.get(), pc);
        let old = dict.replace_if_key((*pc).cache.get(), name, *sp.sub(1));
        if old == 0 {
            return general(vm, pc, sp, fp);
        }
        let sp = sp.sub(1);
        if old & 7 == 0 && (*(old as *const heap::Header)).decrement() == 0 {
            *sp = old;
            return release_and_next(vm, pc, sp, fp);
        }
        next!(vm, pc.add(1), sp, fp)
    }
}

/// `STORE_NAME`.
pub unsafe fn store_name(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers.
    unsafe {
        let dict = plain_namespace(vm, &*vm.frame.get());
        store_at_place(vm, pc, sp, fp, dict, find_and_store_name)
    }
}

#[inline(never)]
unsafe fn find_and_store_name(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers.
    unsafe {
        if let Some(dict) = plain_namespace(vm, &*vm.frame.get()) {
            remember_place(vm, pc, dict);
        }
        store_name_anew(vm, pc, sp, fp)
    }
}

op!(store_name_anew, 1, |vm, stack, arg, _fp| {
    let value = stack.pop();
    let name = name_at(vm, arg)?;
    let namespace = namespace(vm)?;
    if vm.class_of(&namespace).is(&vm.types.dict)
        && let Some(dict) = namespace.payload::<Dict>()
    {
        dict.insert(vm, name, value)?;
        return Ok(());
    }
    vm.set_item(&namespace, name, &value)
});

op!(delete_name, 1, |vm, _stack, arg, _fp| {
    let name = name_at(vm, arg)?;
    let namespace = namespace(vm)?;
    if let Some(dict) = namespace.payload::<Dict>()
        && vm.class_of(&namespace).is(&vm.types.dict)
    {
        return match dict.remove(vm, name)? {
            Some(_) => Ok(()),
            None => Err(undefined(vm, name)),
        };
    }
    match vm.del_item(&namespace, name) {
        Ok(()) => Ok(()),
        Err(raised) => {
            vm.catch(raised, &vm.types.exceptions.key_error)?;
            Err(undefined(vm, name))
        }
    }
});

/// `LOAD_NAME`.
pub unsafe fn load_name(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers.
    unsafe {
        let frame = &*vm.frame.get();
        if let Some(dict) = plain_namespace(vm, frame) {
            let word = dict.word_if_key((*pc).cache.get(), name_word(frame, pc));
            if word != 0 {
                increment!(word);
                *sp = word;
                next!(vm, pc.add(1), sp.add(1), fp);
            }
        }
        find_and_load_name(vm, pc, sp, fp)
    }
}

#[inline(never)]
unsafe fn find_and_load_name(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers.
    unsafe {
        if let Some(dict) = plain_namespace(vm, &*vm.frame.get()) {
            remember_place(vm, pc, dict);
        }
        load_name_anew(vm, pc, sp, fp)
    }
}

op!(load_name_anew, 1, |vm, stack, arg, _fp| {
    let name = name_at(vm, arg)?;
    let namespace = namespace(vm)?;
    let value = match lookup_mapping(vm, &namespace, name)? {
        Some(value) => value,
        None => lookup_global(vm, name)?,
    };
    stack.push(value);
    Ok(())
});

op!(load_from_dict_or_globals, 1, |vm, stack, arg, _fp| {
    let mapping = stack.pop();
    let name = name_at(vm, arg)?;
    let value = match lookup_mapping(vm, &mapping, name)? {
        Some(value) => value,
        None => lookup_global(vm, name)?,
    };
    stack.push(value);
    Ok(())
});

/// `STORE_GLOBAL`.
pub unsafe fn store_global(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers.
    unsafe {
        let globals: &Dict = &(*vm.frame.get()).function().globals;
        store_at_place(vm, pc, sp, fp, Some(globals), find_and_store_global)
    }
}

#[inline(never)]
unsafe fn find_and_store_global(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers.
    unsafe {
        remember_place(vm, pc, &(*vm.frame.get()).function().globals);
        store_global_anew(vm, pc, sp, fp)
    }
}

op!(store_global_anew, 1, |vm, stack, arg, _fp| {
    let value = stack.pop();
    let name = name_at(vm, arg)?;
    frame(vm)?.function().globals.insert(vm, name, value)?;
    Ok(())
});

op!(delete_global, 1, |vm, _stack, arg, _fp| {
    let name = name_at(vm, arg)?;
    match frame(vm)?.function().globals.remove(vm, name)? {
        Some(_) => Ok(()),
        None => Err(undefined(vm, name)),
    }
});

op!(load_global_slow, 2, |vm, stack, arg, _fp| {
    let name = name_at(vm, arg >> 1)?;
    stack.push(lookup_global_of_function(vm, name)?);
    if arg & 1 == 1 {
        stack.push_word(0);
    }
    Ok(())
});

/// Looks the name up and, where it is a global or builtin found in a plain dict, remembers where.
#[inline(never)]
pub unsafe fn load_global(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers; LOAD_GLOBAL has a cache.
    unsafe {
        save!(vm, pc, sp);
        cache_global(vm, pc);
        load_global_slow(vm, pc, sp, fp)
    }
}

#[inline(never)]
unsafe fn cache_global(vm: &Vm, pc: Pc) {
    // SAFETY: the contract of handlers; LOAD_GLOBAL has a cache.
    unsafe {
        let function = (*vm.frame.get()).function();
        let plain = |dict: &Ref<Dict>| vm.class_of(dict.as_value()).is(&vm.types.dict);
        if !plain(&function.globals) || !plain(&function.builtins) {
            return;
        }
        let name = &(*vm.frame.get()).code().names[(*pc).arg.get() as usize >> 1];
        let unit = (*pc).cache_unit();
        // A version of 0 cannot be remembered.
        if let Some(index) = function.globals.entry_index_of(vm, name) {
            unit.guard.set(function.globals.keys_version());
            unit.index.set(function.globals.value_offset(index));
            if unit.guard.get() != 0 {
                (*pc).handler.set(load_global_cached);
            }
        } else if let Some(index) = function.builtins.entry_index_of(vm, name) {
            unit.guard.set(function.globals.keys_version());
            (*pc).cache.set(function.builtins.keys_version());
            unit.index.set(function.builtins.value_offset(index));
            if unit.guard.get() != 0 && (*pc).cache.get() != 0 {
                (*pc).handler.set(load_builtin_cached);
            }
        }
    }
}

/// A global whose dict has kept its keys: the value by its place.  No two dicts have keys of the same
/// version, so that the version says which dict it is, too.
unsafe fn load_global_cached(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers; the guard says that the dict has the same keys at the
    // same places as when the place was looked up.
    unsafe {
        let unit = (*pc).cache_unit();
        let dict: &Dict = &(*vm.frame.get()).function().globals;
        if dict.known_version() != unit.guard.get() {
            return load_global(vm, pc, sp, fp);
        }
        let value = dict.word_at_offset(unit.index.get());
        increment!(value);
        *sp = value;
        *sp.add(1) = 0;
        next!(
            vm,
            pc.add(2),
            sp.add(1 + ((*pc).arg.get() & 1) as usize),
            fp
        )
    }
}

/// A builtin that no global hides.
unsafe fn load_builtin_cached(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: as for `load_global_cached`, for both dicts.
    unsafe {
        let unit = (*pc).cache_unit();
        let function = (*vm.frame.get()).function();
        if function.globals.known_version() != unit.guard.get()
            || function.builtins.known_version() != (*pc).cache.get()
        {
            return load_global(vm, pc, sp, fp);
        }
        let value = function.builtins.word_at_offset(unit.index.get());
        increment!(value);
        *sp = value;
        *sp.add(1) = 0;
        next!(
            vm,
            pc.add(2),
            sp.add(1 + ((*pc).arg.get() & 1) as usize),
            fp
        )
    }
}

op!(load_build_class, 1, |vm, stack, _arg, _fp| {
    let builtins: &Ref<Dict> = &frame(vm)?.function().builtins;
    match builtins.get(vm, &vm.names.__build_class__)? {
        Some(value) => {
            stack.push(value);
            Ok(())
        }
        None => Err(vm.name_error("__build_class__ not found")),
    }
});

op!(setup_annotations, 1, |vm, _stack, _arg, _fp| {
    let namespace = namespace(vm)?;
    if lookup_mapping(vm, &namespace, &vm.names.__annotations__)?.is_none() {
        let annotations = vm.dict().into_value();
        vm.set_item(&namespace, &vm.names.__annotations__, &annotations)?;
    }
    Ok(())
});
