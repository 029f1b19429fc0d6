//! Attributes at places that meet objects of many classes.
//!
//! An instruction remembers one or two classes.  One that meets more looks in a table that all such
//! instructions share, by class version and name: it tells the slot of an instance's attribute, or
//! the method that the class has.  As in the cache of lookups (`object::method_cache`) an entry
//! owns nothing: the class keeps the method as long as it keeps the version, versions are never
//! used twice, and names are interned, hence immortal.

use std::cell::Cell;

use super::attribute::{load_attr_slow, release_and_skip, store_attr_release, store_attr_slow};
use super::attribute_cache::{miss, replace, version_of};
use super::macros::{increment, next};
use super::native::class_word;
use crate::object::method_cache::zeroed_slice;
use crate::object::{Class, Object, Value, class_flag, instance};
use crate::types::descriptors::member::{Member, MemberDescriptor};
use crate::vm::Vm;
use crate::vm::instr::{Fp, Handler, Pc, Sp};

const SIZE: usize = 1024;

/// The special forms of this file, with their names.
pub const FORMS: &[(Handler, &str)] = &[
    (load as Handler, "many classes"),
    (method, "many classes"),
    (store, "many classes"),
];

/// Says that `append` of an entry is one: attributes are stored there.
const STORABLE: u64 = 1 << 63;

/// What a name means for the instances of a class.
struct Entry {
    version: Cell<u32>,
    /// Offset of the attribute; of a method that a dict could hide, the offset of the dictionary word.
    offset: Cell<u32>,
    name: Cell<u64>,
    /// The method; 0 where the name is an attribute of the instance.
    method: Cell<u64>,
    /// For a method the number of keys the class's instances had; for an attribute what
    /// `append_inline` wants to know, with [`STORABLE`].
    detail: Cell<u64>,
}

/// See the module's head.
pub struct AttributeTable {
    entries: Box<[Entry]>,
}

impl Default for AttributeTable {
    fn default() -> Self {
        AttributeTable {
            // SAFETY: an entry of zeros is an empty one.
            entries: unsafe { zeroed_slice(SIZE) },
        }
    }
}

impl AttributeTable {
    #[inline(always)]
    fn place(&self, version: u32, name: u64) -> &Entry {
        let index = (u64::from(version).wrapping_mul(0x9E37) ^ (name >> 4)) as usize % SIZE;
        &self.entries[index]
    }

    /// The entry, if it is the one for this version and name.
    #[inline(always)]
    fn find(&self, version: u32, name: u64) -> Option<&Entry> {
        let entry = self.place(version, name);
        (entry.version.get() == version && entry.name.get() == name && version != 0)
            .then_some(entry)
    }
}

/// Finds out what a name means for an object and enters it; None where that is nothing to remember.
#[inline(never)]
unsafe fn enter(vm: &Vm, word: u64, name: u64) -> Option<&Entry> {
    // SAFETY: the words are live values.
    unsafe {
        let (value, name_value) = (Value::from_slot(&word), Value::from_slot(&name));
        let class = vm.class_of(value);
        let version = vm.class_version(class);
        if version == 0 || !class.has_flag(class_flag::GENERIC_GETATTR) {
            return None;
        }
        let found = vm.lookup_in_class(class, name_value);
        let kind = found.as_ref().map(|found| vm.class_of(found));
        let mut method = 0;
        let (offset, detail) = if kind.is_none_or(|kind| kind.slots().descr_set.is_none())
            && let Some(slot) = instance::inline_slot(class, name_value)
        {
            let append = u64::from(slot.word_offset) | u64::from(slot.index) << 32;
            (slot.offset, append | STORABLE)
        } else if let (Some(found), Some(kind)) = (&found, kind) {
            if kind.has_flag(class_flag::METHOD_DESCRIPTOR) {
                method = found.word();
                if !class.has_flag(class_flag::HAS_DICT) {
                    (0, 0)
                } else if class.has_flag(class_flag::VARIABLE)
                    || class.keys.find(name_value).is_some()
                {
                    return None;
                } else {
                    (instance::dict_word_offset(class), class.keys.len() as u64)
                }
            } else {
                let descriptor = found.payload::<MemberDescriptor>()?;
                let Member::Slot { index, .. } = &descriptor.member else {
                    return None;
                };
                if !class.is_subclass_of(&descriptor.class) {
                    return None;
                }
                (instance::member_offset(class, usize::from(*index))?, 0)
            }
        } else {
            return None;
        };
        let entry = vm.interp.attributes.place(version, name);
        entry.version.set(version);
        entry.name.set(name);
        entry.offset.set(offset);
        entry.method.set(method);
        entry.detail.set(detail);
        Some(entry)
    }
}

/// What the table knows of an object, after looking it up if need be.
#[inline(always)]
unsafe fn entry(vm: &Vm, pc: Pc, word: u64) -> Option<&Entry> {
    // SAFETY: the contract of handlers; the instruction has noted the name.
    unsafe {
        if word & 7 != 0 {
            return None;
        }
        let name = (*pc).cache_unit().data.get();
        match vm.interp.attributes.find(version_of(word), name) {
            Some(entry) => Some(entry),
            None => enter(vm, word, name),
        }
    }
}

/// Notes the name that the instruction is about, in the place of what it remembered of a class.
unsafe fn note_name(vm: &Vm, pc: Pc, index: u32) {
    // SAFETY: the contract of handlers; the instruction has a cache.
    unsafe {
        let name = &(*vm.frame.get()).code().names[index as usize];
        let unit = (*pc).cache_unit();
        unit.data.set(name.word());
        unit.guard.set(0);
        (*pc).cache.set(0);
    }
}

/// Makes a load that has met a third class one by the table, and runs it.
#[inline(never)]
pub unsafe fn begin_load(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers.
    unsafe {
        note_name(vm, pc, (*pc).arg.get() >> 1);
        (*pc).handler.set(load);
        load(vm, pc, sp, fp)
    }
}

/// `LOAD_ATTR` of an attribute of the instance.
unsafe fn load(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers; the entry is that of the object's class, and slots are 0 or
    // valid words.
    unsafe {
        let word = *sp.sub(1);
        if let Some(entry) = entry(vm, pc, word)
            && entry.method.get() == 0
        {
            let value = *((word + u64::from(entry.offset.get())) as *const u64);
            if value != 0 {
                return replace::<false>(vm, pc, sp, fp, value);
            }
            return load_attr_slow(vm, pc, sp, fp);
        }
        miss::<false>(vm, pc, sp, fp)
    }
}

/// The same for the load of a method that has met a second class.
#[inline(never)]
pub unsafe fn begin_method(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers.
    unsafe {
        note_name(vm, pc, (*pc).arg.get() >> 1);
        (*pc).handler.set(method);
        method(vm, pc, sp, fp)
    }
}

/// `LOAD_ATTR` of a method that is called.
unsafe fn method(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: as for `load`.
    unsafe {
        let word = *sp.sub(1);
        if let Some(entry) = entry(vm, pc, word)
            && entry.method.get() != 0
        {
            let offset = u64::from(entry.offset.get());
            let class = class_word(word) as *const Object<Class>;
            if offset == 0
                || *((word + offset) as *const u64) & 1 == 1
                    && (*class).payload().keys.len() as u64 == entry.detail.get()
            {
                let function = entry.method.get();
                increment!(function);
                *sp.sub(1) = function;
                *sp = word;
                next!(vm, pc.add(2), sp.add(1), fp);
            }
            // What is true of the class now is looked up the next time.
            entry.version.set(0);
        }
        miss::<true>(vm, pc, sp, fp)
    }
}

/// The same for a store that has met a second class.
#[inline(never)]
pub unsafe fn begin_store(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers.
    unsafe {
        note_name(vm, pc, (*pc).arg.get());
        (*pc).handler.set(store);
        store(vm, pc, sp, fp)
    }
}

/// `STORE_ATTR` of an attribute of the instance.
unsafe fn store(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: as for `load`.
    unsafe {
        let word = *sp.sub(1);
        if let Some(entry) = entry(vm, pc, word)
            && entry.detail.get() & STORABLE != 0
            && (*(class_word(word) as *const Object<Class>))
                .payload()
                .has_flag(class_flag::GENERIC_SETATTR)
        {
            let place = (word + u64::from(entry.offset.get())) as *mut u64;
            let old = *place;
            if old == 0 {
                if !instance::append_inline(word, entry.detail.get() & !STORABLE) {
                    return store_attr_slow(vm, pc, sp, fp);
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
        (*pc).handler.set(super::attribute::store_attr);
        store_attr_slow(vm, pc, sp, fp)
    }
}
