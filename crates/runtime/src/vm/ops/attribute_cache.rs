//! What attribute instructions remember, and the forms of `LOAD_ATTR` that use it.
//!
//! ```text
//! found in                       guard                      handler
//! a slot of the instance         class version (two ways)   load_slot
//! the class, hidden by nothing   class version, keys        load_method_*, load_class_value
//! a property of the class        class version              load_property
//! a class (`C.name`)             the class's own version    load_from_class
//! a module                       the dict's keys version    load_from_module
//! ```
//!
//! An instruction that could not be specialised waits some executions before it tries again; the
//! countdown lies in `cache` while the handler is the unspecialised one.

use super::attribute::{self, load_attr, load_attr_slow, load_method, load_method_slow};
use super::attribute_dict;
use super::local::load_fast;
use super::macros::{increment, next, save};
use super::native::class_word;
use crate::object::{Class, Object, Ref, Tuple, Value, class_flag, instance};
use crate::types::descriptors::member::{Member, MemberDescriptor};
use crate::types::module::Module;
use crate::types::property::Property;
use crate::vm::Vm;
use crate::vm::code::Code;
use crate::vm::frame::frame_flag;
use crate::vm::function::Function;
use crate::vm::instr::{Fp, Handler, Pc, Sp};

/// Executions an instruction waits after it could not be specialised.
const WAIT: u32 = 32;

/// The special forms of this file, with their names.
pub const FORMS: &[(Handler, &str)] = &[
    (load_slot::<false> as Handler, "slot"),
    (load_slot::<true>, "slot"),
    (load_fast_slot, "and LOAD_ATTR of a slot"),
    (load_class_value, "class attribute"),
    (load_from_class::<false>, "of a class"),
    (load_from_class::<true>, "of a class"),
    (load_from_module::<false>, "of a module"),
    (load_from_module::<true>, "of a module"),
    (load_property, "property"),
    (attribute::load_method_plain, "method"),
    (attribute::load_method_immediate, "method of an immediate"),
    (
        attribute::load_method_instance,
        "method, instance dict empty",
    ),
    (attribute::store_attr_slot, "slot"),
    (attribute::store_attr_member, "__slots__ member"),
];

pub unsafe fn version_of(word: u64) -> u32 {
    // SAFETY: the caller checked that the word is a live object's address.
    unsafe {
        (*(class_word(word) as *const heap::ClassHead))
            .version
            .get()
    }
}

/// Chooses the form of a `LOAD_ATTR` by the object it is about to load from.
#[inline(never)]
pub unsafe fn specialise<const METHOD: bool>(vm: &Vm, pc: Pc, word: u64) {
    // SAFETY: the contract of handlers; the word is a live value.
    unsafe {
        let wait = (*pc).cache.get();
        if wait > 0 {
            (*pc).cache.set(wait - 1);
            return;
        }
        let value = Value::from_slot(&word);
        let code = (*vm.frame.get()).code();
        let name = &code.names[(*pc).arg.get() as usize >> 1];
        let looked_up_plainly =
            is_plain(vm.class_of(value)) && value.payload::<Class>().is_none_or(is_plain);
        let chosen = if looked_up_plainly {
            choose::<METHOD>(vm, pc, value, name)
        } else {
            None
        };
        match chosen {
            Some(handler) => {
                (*pc).handler.set(handler);
                let index = code.index_of(pc) as usize;
                let is_slot = std::ptr::fn_addr_eq(handler, load_slot::<METHOD> as Handler);
                if !METHOD
                    && is_slot
                    && index > 0
                    // A traced instruction must not run together with the one after it.
                    && !code.is_traced_pc(pc)
                    && code.data.instructions[index - 1].op == bytecode::Opcode::LOAD_FAST
                {
                    (*pc.sub(1)).handler.set(load_fast_slot);
                }
            }
            None => {
                // What is noted in the cache must not be taken for what another form noted.
                (*pc)
                    .handler
                    .set(if METHOD { load_method } else { load_attr });
                (*pc).cache.set(WAIT);
            }
        }
    }
}

/// True unless looking a name up in the class may run a program's code: that of keys that are no
/// strings.  Here the stack is not in a state for that.
fn is_plain(class: &Class) -> bool {
    let mro = class.mro.get();
    let mro = mro.as_ref().and_then(Value::payload::<Tuple>);
    let mut classes = mro.into_iter().flat_map(|mro| mro.iter());
    classes.all(|c| {
        c.payload::<Class>()
            .is_none_or(|c| c.dict.has_only_strings())
    })
}

unsafe fn choose<const METHOD: bool>(
    vm: &Vm,
    pc: Pc,
    value: &Value,
    name: &Value,
) -> Option<Handler> {
    // SAFETY: as for `specialise`.
    unsafe {
        let class = vm.class_of(value);
        let unit = (*pc).cache_unit();
        if class.is(&vm.types.module) {
            let module = value.payload::<Module>()?;
            if vm.lookup_in_class(class, name).is_some() {
                return None;
            }
            unit.index.set(module.dict.entry_index_of(vm, name)?);
            unit.guard.set(module.dict.keys_version());
            return (unit.guard.get() != 0).then_some(load_from_module::<METHOD> as Handler);
        }
        if class.is(&vm.types.type_) {
            let own = value.as_ref_to::<Class>()?;
            if vm.lookup_in_class(class, name).is_some() {
                return None;
            }
            let found = vm.lookup_in_class(own, name)?;
            if !found.is_heap() {
                // Immediates have no `__get__`.
            } else if vm.class_of(&found).slots().descr_get.is_some()
                && found.payload::<Function>().is_none()
            {
                return None;
            }
            unit.guard.set(vm.class_version(own));
            unit.data.set(found.word());
            return (unit.guard.get() != 0).then_some(load_from_class::<METHOD> as Handler);
        }
        if !class.has_flag(class_flag::GENERIC_GETATTR) {
            return None;
        }
        let version = vm.class_version(class);
        if version == 0 {
            return None;
        }
        let Some(found) = vm.lookup_in_class(class, name) else {
            if !value.is_heap() {
                return None;
            }
            let Some(slot) = instance::inline_slot(class, name) else {
                return attribute_dict::choose::<METHOD>(vm, pc, value, class, name);
            };
            unit.guard.set(version);
            unit.index.set(slot.offset);
            unit.data.set(0);
            return Some(load_slot::<METHOD>);
        };
        unit.guard.set(version);
        // The class holds what was found as long as it keeps this version.
        unit.data.set(found.word());
        if METHOD && vm.class_of(&found).has_flag(class_flag::METHOD_DESCRIPTOR) {
            if !value.is_heap() {
                return Some(attribute::load_method_immediate);
            }
            return unhidden(pc, class, name).map(|dict| {
                if dict {
                    attribute::load_method_instance as Handler
                } else {
                    attribute::load_method_plain
                }
            });
        }
        if !value.is_heap() {
            return None;
        }
        if let Some(descriptor) = found.payload::<MemberDescriptor>() {
            let Member::Slot { index, .. } = &descriptor.member else {
                return None;
            };
            if !class.is_subclass_of(&descriptor.class) {
                return None;
            }
            unit.index
                .set(instance::member_offset(class, usize::from(*index))?);
            unit.data.set(0);
            return Some(load_slot::<METHOD>);
        }
        let kind = vm.class_of(&found);
        if kind.slots().descr_set.is_none()
            && let Some(slot) = instance::inline_slot(class, name)
        {
            // The instance's own hides the class's; where it has none the slow way is gone.
            unit.index.set(slot.offset);
            unit.data.set(0);
            return Some(load_slot::<METHOD>);
        }
        if !METHOD && kind.is(&vm.types.property) {
            return Some(load_property);
        }
        if !METHOD && kind.slots().descr_get.is_none() && kind.slots().descr_set.is_none() {
            unhidden(pc, class, name)?;
            return Some(load_class_value);
        }
        None
    }
}

/// Whether instances cannot hide the class's attribute: `Some(false)` where they have no `__dict__`,
/// `Some(true)` where its word and the number of keys, which are noted, must be looked at.
unsafe fn unhidden(pc: Pc, class: &Ref<Class>, name: &Value) -> Option<bool> {
    // SAFETY: as for `specialise`.
    unsafe {
        if !class.has_flag(class_flag::HAS_DICT) {
            (*pc).cache_unit().index.set(0);
            return Some(false);
        }
        if class.has_flag(class_flag::VARIABLE) || class.keys.find(name).is_some() {
            return None;
        }
        (*pc)
            .cache_unit()
            .index
            .set(instance::dict_word_offset(class));
        (*pc).cache.set(class.keys.len() as u32);
        Some(true)
    }
}

/// Goes back to the unspecialised form for a while.
#[inline(never)]
pub unsafe fn miss<const METHOD: bool>(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers.
    unsafe {
        (*pc).cache.set(WAIT / 4);
        if METHOD {
            (*pc).handler.set(load_method);
            load_method_slow(vm, pc, sp, fp)
        } else {
            (*pc).handler.set(load_attr);
            load_attr_slow(vm, pc, sp, fp)
        }
    }
}

/// Replaces the object on top by the attribute (and NULL for a call) and goes on.
#[inline(always)]
pub unsafe fn replace<const METHOD: bool>(vm: &Vm, pc: Pc, sp: Sp, fp: Fp, value: u64) -> u64 {
    // SAFETY: the contract of handlers; `value` is a live value that the caller borrows.
    unsafe {
        let word = *sp.sub(1);
        increment!(value);
        *sp.sub(1) = value;
        let mut top = sp;
        if METHOD {
            *sp = 0;
            top = sp.add(1);
        }
        if (*(word as *const heap::Header)).decrement() == 0 {
            *top = word;
            return attribute::release_and_skip(vm, pc, top, fp);
        }
        next!(vm, pc.add(2), top, fp)
    }
}

/// The offset of the slot in instances of the word's class, 0 if it is neither remembered one.
#[inline(always)]
unsafe fn slot_offset(pc: Pc, word: u64) -> u64 {
    // SAFETY: the contract of handlers; the word is a live object's address.
    unsafe {
        let unit = (*pc).cache_unit();
        let version = version_of(word);
        if version == unit.guard.get() {
            return u64::from(unit.index.get());
        }
        let second = unit.data.get();
        if version == second as u32 {
            second >> 32
        } else {
            0
        }
    }
}

/// An inline attribute or member slot of an instance of one of the remembered classes.
unsafe fn load_slot<const METHOD: bool>(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers; the guards say that the object's class has the layout the
    // offset was taken from, and slots are 0 or valid words.
    unsafe {
        let word = *sp.sub(1);
        if word & 7 == 0 {
            let offset = slot_offset(pc, word);
            if offset != 0 {
                let value = *((word + offset) as *const u64);
                if value != 0 {
                    return replace::<METHOD>(vm, pc, sp, fp, value);
                }
                return attribute_dict::begin_load::<METHOD>(vm, pc, sp, fp);
            }
        }
        slot_miss::<METHOD>(vm, pc, sp, fp)
    }
}

/// Remembers a second class, if there is none yet.
#[inline(never)]
unsafe fn slot_miss<const METHOD: bool>(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers.
    unsafe {
        let unit = (*pc).cache_unit();
        let value = Value::from_slot(&*sp.sub(1));
        if unit.data.get() == 0 && value.is_heap() {
            let class = vm.class_of(value);
            let name = &(*vm.frame.get()).code().names[(*pc).arg.get() as usize >> 1];
            let version = vm.class_version(class);
            if class.has_flag(class_flag::GENERIC_GETATTR)
                && version != 0
                && let Some(offset) = slot_of(vm, class, name)
            {
                unit.data.set(u64::from(version) | u64::from(offset) << 32);
                return load_slot::<METHOD>(vm, pc, sp, fp);
            }
        } else if !METHOD && value.is_heap() {
            return super::attribute_many::begin_load(vm, pc, sp, fp);
        }
        miss::<METHOD>(vm, pc, sp, fp)
    }
}

/// The offset of the inline attribute or member slot that `name` means for instances of the class.
fn slot_of(vm: &Vm, class: &Ref<Class>, name: &Value) -> Option<u32> {
    match vm.lookup_in_class(class, name) {
        None => Some(instance::inline_slot(class, name)?.offset),
        Some(found) => {
            if vm.class_of(&found).slots().descr_set.is_none() {
                return Some(instance::inline_slot(class, name)?.offset);
            }
            let descriptor = found.payload::<MemberDescriptor>()?;
            match &descriptor.member {
                Member::Slot { index, .. } if class.is_subclass_of(&descriptor.class) => {
                    instance::member_offset(class, usize::from(*index))
                }
                _ => None,
            }
        }
    }
}

/// `LOAD_FAST` and the `LOAD_ATTR` of a slot behind it in one, without counting the object.
pub unsafe fn load_fast_slot(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers; the next instruction was a slot's load when this form was
    // chosen.  It may have changed since, so its guard counts only while its handler does.
    unsafe {
        let word = *fp.add((*pc).arg.get() as usize);
        let load = pc.add(1);
        if word & 7 == 0
            && std::ptr::fn_addr_eq((*load).handler.get(), load_slot::<false> as Handler)
        {
            let offset = slot_offset(load, word);
            if offset != 0 {
                let value = *((word + offset) as *const u64);
                if value != 0 {
                    increment!(value);
                    *sp = value;
                    next!(vm, pc.add(3), sp.add(1), fp);
                }
            }
        }
        load_fast(vm, pc, sp, fp)
    }
}

/// A plain value of the class that the instance does not hide.
unsafe fn load_class_value(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: as for `load_slot`; a noted offset is that of the dictionary word.
    unsafe {
        let word = *sp.sub(1);
        let unit = (*pc).cache_unit();
        if word & 7 == 0 && version_of(word) == unit.guard.get() {
            let offset = u64::from(unit.index.get());
            let class = class_word(word) as *const Object<Class>;
            if offset == 0
                || *((word + offset) as *const u64) & 1 == 1
                    && (*class).payload().keys.len() as u32 == (*pc).cache.get()
            {
                return replace::<false>(vm, pc, sp, fp, unit.data.get());
            }
        }
        miss::<false>(vm, pc, sp, fp)
    }
}

/// An attribute of a class object.
unsafe fn load_from_class<const METHOD: bool>(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers; the version is unique to the class and its state.
    unsafe {
        let word = *sp.sub(1);
        let unit = (*pc).cache_unit();
        if word & 7 == 0
            && class_word(word) == vm.types.type_.as_value().word()
            && (*(word as *const heap::ClassHead)).version.get() == unit.guard.get()
        {
            return replace::<METHOD>(vm, pc, sp, fp, unit.data.get());
        }
        miss::<METHOD>(vm, pc, sp, fp)
    }
}

/// An attribute of a module.
unsafe fn load_from_module<const METHOD: bool>(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers; the keys' version is unique to the dict and its state.
    unsafe {
        let word = *sp.sub(1);
        let unit = (*pc).cache_unit();
        if word & 7 == 0 && class_word(word) == vm.types.module.as_value().word() {
            let dict = &(*(word as *const Object<Module>)).payload().dict;
            if dict.keys_version() == unit.guard.get() {
                let value = dict.word_at_index(unit.index.get());
                if value != 0 {
                    return replace::<METHOD>(vm, pc, sp, fp, value);
                }
            }
        }
        miss::<METHOD>(vm, pc, sp, fp)
    }
}

/// A property whose getter is a Python function: enters it.
unsafe fn load_property(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: as for `load_slot`; the class holds the property, the property its getter.  The
    // object becomes the getter's first local, the getter goes into the object's place.
    unsafe {
        let word = *sp.sub(1);
        let unit = (*pc).cache_unit();
        if word & 7 != 0 || version_of(word) != unit.guard.get() {
            return miss::<false>(vm, pc, sp, fp);
        }
        let property = (*(unit.data.get() as *const Object<Property>)).payload();
        let getter = property.getter.peek().map_or(0, Value::word);
        if getter & 7 != 0
            || getter == 0
            || class_word(getter) != vm.types.function.as_value().word()
        {
            return load_attr_slow(vm, pc, sp, fp);
        }
        let function = getter as *const Object<Function>;
        let code = (*function).payload().code().as_ptr().as_ptr() as *const Object<Code>;
        let payload = (*code).payload();
        let frame = &*vm.frame.get();
        if !payload.simple
            || payload.argcount != 1
            || frame.has(frame_flag::GENERATOR)
            || !vm.has_room(payload, sp)
        {
            return load_attr_slow(vm, pc, sp, fp);
        }
        save!(vm, pc, sp.sub(1));
        (*function).header().increment();
        *sp.sub(1) = getter;
        *sp = word;
        let mut local = sp.add(1);
        let end = sp.add(payload.localsplus);
        while local < end {
            *local = 0;
            local = local.add(1);
        }
        let first = sp;
        let (pc, sp) = vm.push_frame(function, code, first, pc.add(2), 0);
        next!(vm, pc, sp, first)
    }
}

/// Chooses the form of a `STORE_ATTR` by the object it is about to store into.
#[inline(never)]
pub unsafe fn specialise_store(vm: &Vm, pc: Pc, word: u64) {
    // SAFETY: the contract of handlers; the word is a live value.
    unsafe {
        let wait = (*pc).cache.get();
        if wait > 0 {
            (*pc).cache.set(wait - 1);
            return;
        }
        (*pc).cache.set(WAIT / 4);
        let value = Value::from_slot(&word);
        let class = vm.class_of(value);
        let version = vm.class_version(class);
        if !value.is_heap()
            || version == 0
            || !class.has_flag(class_flag::GENERIC_SETATTR)
            || !is_plain(class)
        {
            return;
        }
        let name = &(*vm.frame.get()).code().names[(*pc).arg.get() as usize];
        let unit = (*pc).cache_unit();
        let found = vm.lookup_in_class(class, name);
        if found.is_some_and(|f| vm.class_of(&f).slots().descr_set.is_some()) {
            if let Some(offset) = slot_of(vm, class, name) {
                unit.guard.set(version);
                unit.index.set(offset);
                (*pc).handler.set(attribute::store_attr_member);
            }
            return;
        }
        let Some(slot) = instance::inline_slot(class, name) else {
            if let Some(handler) = attribute_dict::choose_store(vm, pc, value, class, name) {
                (*pc).handler.set(handler);
            }
            return;
        };
        unit.guard.set(version);
        unit.index.set(slot.offset);
        unit.data
            .set(u64::from(slot.word_offset) | u64::from(slot.index) << 32);
        (*pc).handler.set(attribute::store_attr_slot);
    }
}

/// Looks for a method behind `class` in the resolution order of `start` and remembers it; false if
/// it is anything else or nothing.
#[inline(never)]
pub unsafe fn find_super(
    vm: &Vm,
    pc: Pc,
    class: &Ref<Class>,
    start: &Ref<Class>,
    name: u32,
) -> bool {
    // SAFETY: the contract of handlers; LOAD_SUPER_ATTR has a cache.
    unsafe {
        let name = &(*vm.frame.get()).code().names[name as usize];
        let (start_version, class_version) = (vm.class_version(start), vm.class_version(class));
        if start_version == 0
            || class_version == 0
            || !start.is_subclass_of(class)
            || start.is(&vm.types.type_)
            || name.is(&vm.names.__class__)
        {
            return false;
        }
        let Some(mro) = start.mro.get() else {
            return false;
        };
        let Some(mro) = mro.payload::<Tuple>() else {
            return false;
        };
        let behind = mro.iter().skip_while(|c| !c.is(class.as_value())).skip(1);
        for base in behind.filter_map(|b| b.payload::<Class>()) {
            let Some(index) = base.dict.entry_index_of(vm, name) else {
                if base.dict.has_only_strings() {
                    continue;
                }
                return false;
            };
            let Some(found) = base.dict.value_at_index(index) else {
                return false;
            };
            if !vm.class_of(&found).has_flag(class_flag::METHOD_DESCRIPTOR) {
                return false;
            }
            let unit = (*pc).cache_unit();
            unit.guard.set(start_version);
            unit.index.set(class_version);
            unit.data.set(found.word());
            return true;
        }
        false
    }
}
