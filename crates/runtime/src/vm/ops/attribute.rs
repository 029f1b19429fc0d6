//! Attributes, with inline caches.
//!
//! `LOAD_ATTR` remembers, for a class version, the offset of an inline attribute or the function
//! found in the class; `STORE_ATTR` the offset.  A version names one state of one class (and of its
//! bases), so one compare guards class and layout.

use heap::ClassHead;

use super::attribute_cache;
use super::macros::{increment, next, op, save};
use crate::object::value::release_reference;
use crate::object::{Class, Object, PyResult, Value, class_flag, instance};
use crate::vm::Vm;
use crate::vm::frame::Frame;
use crate::vm::instr::{Fp, Pc, Sp};

fn frame(vm: &Vm) -> PyResult<&Frame> {
    vm.current_frame()
        .ok_or_else(|| vm.system_error("no frame"))
}

fn name_at(vm: &Vm, index: u32) -> PyResult<&Value> {
    Ok(&frame(vm)?.code().names[index as usize])
}

/// The class of the object a heap word names.
#[inline(always)]
unsafe fn class_of(word: u64) -> *const ClassHead {
    // SAFETY: the caller checked that the word is an object's address.
    unsafe { (*(word as *const heap::Header)).class().as_ptr() }
}

op!(load_attr_slow, 2, |vm, stack, arg, _fp| {
    let object = stack.pop();
    let value = vm.get_attr(&object, name_at(vm, arg >> 1)?)?;
    stack.push(value);
    Ok(())
});

#[inline(never)]
pub unsafe fn load_attr(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers; LOAD_ATTR has a cache.
    unsafe {
        attribute_cache::specialise::<false>(vm, pc, *sp.sub(1));
        load_attr_slow(vm, pc, sp, fp)
    }
}

/// Releases the dead object at `sp` and goes on behind an instruction with a cache.
#[cold]
#[inline(never)]
pub unsafe fn release_and_skip(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers; the word at `sp` was an owned reference counted to 0.
    unsafe {
        save!(vm, pc, sp);
        let object = std::ptr::NonNull::new_unchecked(*sp as *mut heap::Header);
        object.as_ref().increment();
        release_reference(object);
        next!(vm, pc.add(2), sp, fp)
    }
}

op!(load_method_slow, 2, |vm, stack, arg, _fp| {
    let name = name_at(vm, arg >> 1)?;
    let object = stack.pop();
    match vm.find_method(&object, name)? {
        Some(function) => {
            stack.push(function);
            stack.push(object);
        }
        None => {
            let value = vm.get_attr(&object, name)?;
            drop(object);
            stack.push(value);
            stack.push_word(0);
        }
    }
    Ok(())
});

#[inline(never)]
pub unsafe fn load_method(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers; LOAD_ATTR has a cache.
    unsafe {
        attribute_cache::specialise::<true>(vm, pc, *sp.sub(1));
        load_method_slow(vm, pc, sp, fp)
    }
}

/// A method of a class whose instances have no `__dict__`.
pub unsafe fn load_method_plain(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers; the guard says that the class still holds the function.
    unsafe {
        let word = *sp.sub(1);
        let unit = (*pc).cache_unit();
        if word & 7 == 0 && (*class_of(word)).version.get() == unit.guard.get() {
            let function = unit.data.get();
            increment!(function);
            *sp.sub(1) = function;
            *sp = word;
            next!(vm, pc.add(2), sp.add(1), fp);
        }
        super::attribute_many::begin_method(vm, pc, sp, fp)
    }
}

/// A method of immediate integers, floats and the like.
pub unsafe fn load_method_immediate(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: as for `load_method_plain`.
    unsafe {
        let word = *sp.sub(1);
        let unit = (*pc).cache_unit();
        let class = vm.class_of(Value::from_slot(&*sp.sub(1)));
        if word & 7 != 0 && class.version.get() == unit.guard.get() {
            let function = unit.data.get();
            increment!(function);
            *sp.sub(1) = function;
            *sp = word;
            next!(vm, pc.add(2), sp.add(1), fp);
        }
        super::attribute_many::begin_method(vm, pc, sp, fp)
    }
}

/// A method that no attribute of the instance hides: its class stores no such key inline (the
/// number of keys is the same as when that was looked up) and it has no dict of its own.
pub unsafe fn load_method_instance(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: as for `load_method_plain`; the offset is that of the class's dictionary word.
    unsafe {
        let word = *sp.sub(1);
        let unit = (*pc).cache_unit();
        if word & 7 == 0 {
            let class = class_of(word);
            if (*class).version.get() == unit.guard.get() {
                let dict_word = *((word + u64::from(unit.index.get())) as *const u64);
                let keys = (*class.cast::<Object<Class>>()).payload().keys.len() as u32;
                if dict_word & 1 == 1 && keys == (*pc).cache.get() {
                    let function = unit.data.get();
                    increment!(function);
                    *sp.sub(1) = function;
                    *sp = word;
                    next!(vm, pc.add(2), sp.add(1), fp);
                }
                if keys == (*pc).cache.get() {
                    return super::attribute_dict::load_method(vm, pc, sp, fp);
                }
            }
        }
        super::attribute_many::begin_method(vm, pc, sp, fp)
    }
}

op!(store_attr_slow, 2, |vm, stack, arg, _fp| {
    let object = stack.pop();
    let value = stack.pop();
    vm.set_attr(&object, name_at(vm, arg)?, &value)
});

#[inline(never)]
pub unsafe fn store_attr(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers; STORE_ATTR has a cache.
    unsafe {
        attribute_cache::specialise_store(vm, pc, *sp.sub(1));
        store_attr_slow(vm, pc, sp, fp)
    }
}

/// Replaces or adds an inline attribute of an instance of the remembered class.
pub unsafe fn store_attr_slot(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: as for `load_attr_slot`.
    unsafe {
        let word = *sp.sub(1);
        let unit = (*pc).cache_unit();
        if word & 7 == 0 && (*class_of(word)).version.get() == unit.guard.get() {
            let place = (word + u64::from(unit.index.get())) as *mut u64;
            let old = *place;
            if old == 0 {
                if !instance::append_inline(word, unit.data.get()) {
                    return super::attribute_dict::begin_store(vm, pc, sp, fp);
                }
                *place = *sp.sub(2);
            } else {
                *place = *sp.sub(2);
                if old & 7 == 0 && (*(old as *const heap::Header)).decrement() == 0 {
                    *sp.sub(2) = old;
                    return store_attr_release(vm, pc, sp, fp);
                }
            }
            let sp = sp.sub(2);
            if (*(word as *const heap::Header)).decrement() == 0 {
                *sp = word;
                return release_and_skip(vm, pc, sp, fp);
            }
            next!(vm, pc.add(2), sp, fp);
        }
        super::attribute_many::begin_store(vm, pc, sp, fp)
    }
}

/// Replaces a member slot of an instance of the remembered class.
pub unsafe fn store_attr_member(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: as for `store_attr_slot`; member slots need no order.
    unsafe {
        let word = *sp.sub(1);
        let unit = (*pc).cache_unit();
        if word & 7 == 0 && (*class_of(word)).version.get() == unit.guard.get() {
            let place = (word + u64::from(unit.index.get())) as *mut u64;
            let old = *place;
            *place = *sp.sub(2);
            if old & 7 == 0 && old != 0 && (*(old as *const heap::Header)).decrement() == 0 {
                *sp.sub(2) = old;
                return store_attr_release(vm, pc, sp, fp);
            }
            let sp = sp.sub(2);
            if (*(word as *const heap::Header)).decrement() == 0 {
                *sp = word;
                return release_and_skip(vm, pc, sp, fp);
            }
            next!(vm, pc.add(2), sp, fp);
        }
        store_attr(vm, pc, sp, fp)
    }
}

/// Releases the replaced value at `sp - 2`, then the object at `sp - 1`.
#[cold]
#[inline(never)]
pub unsafe fn store_attr_release(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers; both words are owned, the first was counted to 0.
    unsafe {
        save!(vm, pc, sp);
        let old = *sp.sub(2);
        (*(old as *const heap::Header)).increment();
        drop(Value::from_word(old));
        drop(Value::from_word(*sp.sub(1)));
        next!(vm, pc.add(2), sp.sub(2), fp)
    }
}

op!(delete_attr, 1, |vm, stack, arg, _fp| {
    let object = stack.pop();
    vm.del_attr(&object, name_at(vm, arg)?)
});

/// `super().name(…)` where the name is a plain method found behind the class: remembers it for the
/// versions of both classes.
pub unsafe fn load_super_attr(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers; LOAD_SUPER_ATTR has a cache, and the three words on the
    // stack are live values.
    unsafe {
        let arg = (*pc).arg.get();
        let (object, class) = (Value::from_slot(&*sp.sub(1)), Value::from_slot(&*sp.sub(2)));
        if arg & 1 == 1
            && Value::from_slot(&*sp.sub(3)).is(vm.types.super_.as_value())
            && let Some(class) = class.as_ref_to::<Class>()
            && object.payload::<Class>().is_none()
        {
            let start = vm.class_of(object);
            let unit = (*pc).cache_unit();
            let hit = start.version.get() == unit.guard.get()
                && class.version.get() == unit.index.get()
                && unit.guard.get() != 0;
            if hit || attribute_cache::find_super(vm, pc, class, start, arg >> 2) {
                let function = unit.data.get();
                increment!(function);
                let receiver = object.word();
                let owner = class.as_ptr().as_ref();
                // The function keeps its class's cell, so the class does not die here.
                if owner.count() > 1 {
                    owner.decrement();
                    vm.types.super_.header().decrement();
                    *sp.sub(3) = function;
                    *sp.sub(2) = receiver;
                    next!(vm, pc.add(2), sp.sub(1), fp);
                }
                (*(function as *const heap::Header)).decrement();
            }
        }
        load_super_attr_slow(vm, pc, sp, fp)
    }
}

op!(load_super_attr_slow, 2, |vm, stack, arg, _fp| {
    let name = name_at(vm, arg >> 2)?;
    let object = stack.pop();
    let class = stack.pop();
    let super_type = stack.pop();
    let two_arguments = arg & 2 != 0;
    if super_type.is(vm.types.super_.as_value()) {
        let value = vm.super_attribute(&class, &object, name)?;
        stack.push(value);
        if arg & 1 == 1 {
            stack.push_word(0);
        }
        return Ok(());
    }
    let args = [class, object];
    let proxy = vm.call(&super_type, if two_arguments { &args } else { &[] })?;
    let value = vm.get_attr(&proxy, name)?;
    stack.push(value);
    if arg & 1 == 1 {
        stack.push_word(0);
    }
    Ok(())
});

impl Vm {
    /// For a method call: the function that `object.name` would bind, found in the class and not
    /// hidden by an attribute of the instance; None if the attribute is anything else.
    pub(crate) fn find_method(&self, object: &Value, name: &Value) -> PyResult<Option<Value>> {
        let class = self.class_of(object);
        if !class.has_flag(class_flag::GENERIC_GETATTR) {
            return Ok(None);
        }
        let Some(found) = self.lookup_in_class(class, name) else {
            return Ok(None);
        };
        if !self
            .class_of(&found)
            .has_flag(class_flag::METHOD_DESCRIPTOR)
        {
            return Ok(None);
        }
        if class.has_flag(class_flag::HAS_DICT) && instance::get(self, object, name)?.is_some() {
            return Ok(None);
        }
        Ok(Some(found))
    }
}
