//! Attributes of instances that have a `__dict__` of their own, because a program asked for it or the class
//! ran out of names.
//!
//! Instances of one class mostly get their attributes in one order, so that a name lies at the same place in
//! each of their dicts: the place is remembered, and the key there compared.  A class's version guards that
//! no data descriptor of the same name wins over the instance.

use super::attribute::{
    self, load_attr_slow, load_method_slow, store_attr_release, store_attr_slow,
};
use super::attribute_cache::{replace, version_of};
use super::macros::{increment, next};
use crate::object::{Class, Dict, Object, Ref, Value, class_flag, instance};
use crate::vm::Vm;
use crate::vm::instr::{Fp, Handler, Pc, Sp};

/// The special forms of this file, with their names.
pub const FORMS: &[(Handler, &str)] = &[
    (load::<false> as Handler, "of a dict"),
    (load::<true>, "of a dict"),
    (store, "of a dict"),
];

/// The offset of the dictionary word takes the lower bits of the cache, misses are counted above.
const MISS: u32 = 1 << 24;
const OFFSET: u32 = MISS - 1;
const MOST_MISSES: u32 = 16;

/// The dict of an instance whose dictionary word lies at an offset; None while it has none of its own.
#[inline(always)]
unsafe fn dict_of<'a>(word: u64, offset: u64) -> Option<&'a Object<Dict>> {
    // SAFETY: by the caller's word the place holds a dictionary word.
    unsafe {
        let dict = *((word + offset) as *const u64);
        (dict & 7 == 0 && dict != 0).then(|| &*(dict as *const Object<Dict>))
    }
}

/// Notes where a name lies in an instance's dict; false where there is nothing to note.
unsafe fn remember(vm: &Vm, pc: Pc, word: u64, class: &Ref<Class>, name: &Value) -> bool {
    // SAFETY: the contract of handlers; the instruction has a cache, and the word is an instance's.
    unsafe {
        let version = vm.class_version(class);
        if version == 0
            || !class.has_flag(class_flag::HAS_DICT)
            || class.has_flag(class_flag::VARIABLE)
            || vm
                .lookup_in_class(class, name)
                .is_some_and(|found| vm.class_of(&found).slots().descr_set.is_some())
        {
            return false;
        }
        let offset = instance::dict_word_offset(class);
        let Some(dict) = dict_of(word, u64::from(offset)) else {
            return false;
        };
        let Some(place) = dict.payload().entry_index_of(vm, name) else {
            return false;
        };
        let unit = (*pc).cache_unit();
        unit.guard.set(version);
        unit.index.set(place);
        unit.data.set(name.word());
        (*pc).cache.set(offset);
        true
    }
}

/// Goes on with a load whose slot is empty: the attribute may lie in a dict.
#[inline(never)]
pub unsafe fn begin_load<const METHOD: bool>(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers; LOAD_ATTR has a cache, and an object lies on top.
    unsafe {
        let class = vm.class_of(Value::from_slot(&*sp.sub(1)));
        let name = &(*vm.frame.get()).code().names[(*pc).arg.get() as usize >> 1];
        if class.has_flag(class_flag::GENERIC_GETATTR) && remember(vm, pc, *sp.sub(1), class, name)
        {
            (*pc).handler.set(load::<METHOD>);
            return load::<METHOD>(vm, pc, sp, fp);
        }
        if METHOD {
            return load_method_slow(vm, pc, sp, fp);
        }
        load_attr_slow(vm, pc, sp, fp)
    }
}

/// The form for an instance, if its attribute lies in a dict.
pub unsafe fn choose<const METHOD: bool>(
    vm: &Vm,
    pc: Pc,
    value: &Value,
    class: &Ref<Class>,
    name: &Value,
) -> Option<Handler> {
    // SAFETY: as for `begin_load`.
    unsafe { remember(vm, pc, value.word(), class, name).then_some(load::<METHOD> as Handler) }
}

/// Looks a name up whose place is not the remembered one, and remembers the new one: 0 if it is not there.
#[inline(never)]
unsafe fn look_up(vm: &Vm, pc: Pc, dict: &Dict) -> u64 {
    // SAFETY: as for `load`.
    unsafe {
        let unit = (*pc).cache_unit();
        let name = unit.data.get();
        match dict.entry_index_of(vm, Value::from_slot(&name)) {
            Some(place) => {
                unit.index.set(place);
                dict.word_at_index(place)
            }
            None => 0,
        }
    }
}

/// An attribute in the instance's dict.
unsafe fn load<const METHOD: bool>(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers; the guard says that instances have a dictionary word at the offset.
    // The code keeps the name alive.
    unsafe {
        let word = *sp.sub(1);
        let unit = (*pc).cache_unit();
        let cache = (*pc).cache.get();
        if word & 7 == 0
            && version_of(word) == unit.guard.get()
            && let Some(dict) = dict_of(word, u64::from(cache & OFFSET))
        {
            let mut value = dict
                .payload()
                .word_if_key(unit.index.get(), unit.data.get());
            if value == 0 {
                value = look_up(vm, pc, dict.payload());
            }
            if value != 0 {
                return replace::<METHOD>(vm, pc, sp, fp, value);
            }
        }
        (*pc).cache.set(cache + MISS);
        if cache / MISS >= MOST_MISSES {
            (*pc).cache.set(0);
            let general: Handler = if METHOD {
                attribute::load_method
            } else {
                attribute::load_attr
            };
            (*pc).handler.set(general);
        }
        if METHOD {
            return load_method_slow(vm, pc, sp, fp);
        }
        load_attr_slow(vm, pc, sp, fp)
    }
}

/// A method of an instance with a dict, which might hide it: looks there.
#[inline(never)]
pub unsafe fn load_method(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers; `load_method_instance` compared the guard and knows the offset.
    unsafe {
        let word = *sp.sub(1);
        let unit = (*pc).cache_unit();
        if let Some(dict) = dict_of(word, u64::from(unit.index.get())) {
            let name = &(*vm.frame.get()).code().names[(*pc).arg.get() as usize >> 1];
            if dict.payload().holds_plain(vm, name) == Some(false) {
                let function = unit.data.get();
                increment!(function);
                *sp.sub(1) = function;
                *sp = word;
                next!(vm, pc.add(2), sp.add(1), fp);
            }
        }
        load_method_slow(vm, pc, sp, fp)
    }
}

/// Goes on with a store that has no slot to go to: the attribute may lie in a dict.
#[inline(never)]
pub unsafe fn begin_store(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers; STORE_ATTR has a cache, and an object lies on top.
    unsafe {
        let class = vm.class_of(Value::from_slot(&*sp.sub(1)));
        let name = &(*vm.frame.get()).code().names[(*pc).arg.get() as usize];
        if class.has_flag(class_flag::GENERIC_SETATTR) && remember(vm, pc, *sp.sub(1), class, name)
        {
            (*pc).handler.set(store);
            return store(vm, pc, sp, fp);
        }
        store_attr_slow(vm, pc, sp, fp)
    }
}

/// The form for an instance, if its attribute lies in a dict.
pub unsafe fn choose_store(
    vm: &Vm,
    pc: Pc,
    value: &Value,
    class: &Ref<Class>,
    name: &Value,
) -> Option<Handler> {
    // SAFETY: as for `begin_store`.
    unsafe { remember(vm, pc, value.word(), class, name).then_some(store as Handler) }
}

/// Replaces an attribute in the instance's dict.
unsafe fn store(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: as for `load`; the value moves into the dict.
    unsafe {
        let word = *sp.sub(1);
        let unit = (*pc).cache_unit();
        let cache = (*pc).cache.get();
        if word & 7 == 0
            && version_of(word) == unit.guard.get()
            && (*(word as *const heap::Header)).count() > 1
            && let Some(dict) = dict_of(word, u64::from(cache & OFFSET))
        {
            let dict = dict.payload();
            if dict.word_if_key(unit.index.get(), unit.data.get()) != 0
                || look_up(vm, pc, dict) != 0
            {
                let value = Value::from_word(*sp.sub(2));
                return match dict.replace_at_index(vm, unit.index.get(), value) {
                    Ok(old) => {
                        let old = old.into_word();
                        if old & 7 == 0 && (*(old as *const heap::Header)).decrement() == 0 {
                            *sp.sub(2) = old;
                            return store_attr_release(vm, pc, sp, fp);
                        }
                        (*(word as *const heap::Header)).decrement();
                        next!(vm, pc.add(2), sp.sub(2), fp)
                    }
                    Err(value) => {
                        *sp.sub(2) = value.into_word();
                        store_attr_slow(vm, pc, sp, fp)
                    }
                };
            }
        }
        (*pc).cache.set(cache + MISS);
        if cache / MISS >= MOST_MISSES {
            (*pc).cache.set(0);
            (*pc).handler.set(attribute::store_attr);
        }
        store_attr_slow(vm, pc, sp, fp)
    }
}
