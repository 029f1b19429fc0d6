//! The tail of an instance: member slots (`__slots__`), the dictionary word, inline attributes.
//!
//! ```text
//! header, payload │ member 0 … member m-1 │ dictionary word │ value 0 … value c-1
//!                   (inherited ones first)   (if HAS_DICT)
//! ```
//!
//! The class owns the map from names to slots ([`SharedKeys`], at most 30 names, fewer where many
//! instances came before the name); an instance owns values.  How many it stores inside itself is fixed when it is made (`Class::inline_capacity`
//! then, the header's spare bits afterwards).  A zero word is an empty place everywhere.  The
//! dictionary word is one of
//!
//! ```text
//! …1    the order word: bits 4–7 say how many inline values are set, the 14 nibbles above name
//!       their slots in order of insertion
//! …010  the address of an overflow block with all values: more than fit inside, at most 30
//! …000  the address of the `__dict__`, once a program asked for it (or the class's names ran
//!       out): an owned reference; the inline slots are empty then and stay so
//! ```
//!
//! Until `__dict__` is asked for an instance is one object to the collector.
//!
//! # What inline caches may do
//!
//! [`inline_slot`] gives the place of a name in every instance of a class that has a fixed-size
//! payload; the answer holds while the class's version does.  With such a place:
//!
//! * load: read the word; non-zero is the value (count it); zero says nothing — go the slow way;
//! * store: [`store_inline`] replaces a non-zero word in place and appends to the order word where
//!   it is zero; where it declines, go the slow way.
//!
//! A data descriptor of the same name on the class wins over the instance, so a cache must look at
//! the class first, under the same version.
#![allow(unsafe_code)]

mod dict_attribute;
mod inline;
mod shared_keys;
mod tail;

use crate::object::class::{Class, class_flag};
use crate::object::dict::Dict;
use crate::object::payload::{Kind, Ref, Slot, Visit, alloc, class_of};
use crate::object::result::PyResult;
use crate::object::str::Str;
use crate::object::value::Value;
use crate::types::module::Module;
use crate::types::object::Plain;
use crate::vm::Vm;
use crate::vm::function::Function;
pub use dict_attribute::DICT_GETSET;
use heap::{Header, ObjectPtr, Subtraction, Visitor};
pub use inline::{
    InlineSlot, append_inline, dict_word_offset, inline_slot, load_inline, member_offset,
    store_inline,
};
pub use shared_keys::{DEFAULT_INLINE_CAPACITY, MAX_SHARED_KEYS, SharedKeys};
use smallvec::SmallVec;
use std::cell::Cell;
use std::ptr::NonNull;
use tail::{EMPTY_ORDER, Overflow, Tail, take_word};

/// Bytes of an instance's tail.
///
/// # Safety
/// `object` is live and of class `class`.
#[inline]
pub unsafe fn tail_bytes(object: ObjectPtr, class: &Class) -> usize {
    let mut words = usize::from(class.member_count.get());
    if class.has_flag(class_flag::HAS_DICT) {
        // SAFETY: by the caller's word.
        words += 1 + unsafe { object.as_ref() }.inline_capacity();
    }
    words * 8
}

/// Bytes an instance's attributes occupy outside its own block (not counting a real `__dict__`).
pub fn overflow_bytes(value: &Value) -> usize {
    with_tail(value, |tail| {
        tail.overflow().map_or(0, |block| {
            // SAFETY: the block lives while the word names it.
            let block = unsafe { block.as_ref() };
            Overflow::bytes(usize::from(block.capacity))
        })
    })
    .unwrap_or(0)
}

/// The address of the block with an instance's attributes, where they lie in one.
pub fn overflow_address(value: &Value) -> Option<usize> {
    with_tail(value, |tail| {
        tail.overflow().map(|block| block.addr().get())
    })
    .flatten()
}

fn show(visitor: &mut Visitor<'_>, word: u64) {
    if word != 0 {
        // SAFETY: non-zero words of a tail are values owned by a live object.
        visitor.value(unsafe { Value::from_slot(&word) });
    }
}

/// Shows what the member slots own: the class's own, then its base's.
///
/// # Safety
/// `object` is live and of class `class`, which has a tail.
pub unsafe fn traverse_members(object: ObjectPtr, class: &Class, visitor: &mut Visitor<'_>) {
    if class.member_count.get() > 0 {
        // SAFETY: by the caller's word.
        let tail = unsafe { Tail::of(object, class) };
        for_each_member(class, |index| show(visitor, tail.member(index).get()));
    }
}

/// Shows the attributes, or the dict that holds them.
///
/// # Safety
/// As for [`traverse_members`].
pub unsafe fn traverse_attributes(object: ObjectPtr, class: &Class, visitor: &mut Visitor<'_>) {
    // SAFETY: by the caller's word.
    let tail = unsafe { Tail::of(object, class) };
    if !tail.has_dict() {
        return;
    }
    if let Some(block) = tail.overflow() {
        // SAFETY: indexes below the capacity; the block lives while the word names it.
        unsafe {
            for i in 0..usize::from(block.as_ref().capacity) {
                show(visitor, Overflow::place(block, i).read());
            }
        }
    } else if tail.word().get() & 1 == 1 {
        for i in 0..tail.capacity {
            show(visitor, tail.value(i).get());
        }
    } else {
        show(visitor, tail.word().get());
    }
}

/// Shows all of the tail to trial deletion.
///
/// # Safety
/// As for [`traverse_members`].
#[inline(always)]
pub unsafe fn subtract_tail(object: ObjectPtr, class: &Class, subtraction: &mut Subtraction) {
    let mut show = |word: u64| {
        if word & 7 == 0
            && let Some(object) = NonNull::new(word as *mut Header)
        {
            subtraction.object(object);
        }
    };
    // SAFETY: by the caller's word; words of a tail that look like it are the addresses of live objects.
    let tail = unsafe { Tail::of(object, class) };
    for index in 0..tail.members {
        show(tail.member(index).get());
    }
    if !tail.has_dict() {
        return;
    }
    let word = tail.word().get();
    if word == EMPTY_ORDER {
        return;
    }
    if word & 1 == 1 {
        for index in 0..tail.capacity {
            show(tail.value(index).get());
        }
    } else if let Some(block) = tail.overflow() {
        // SAFETY: indexes below the capacity; the block lives while the word names it.
        unsafe {
            for index in 0..usize::from(block.as_ref().capacity) {
                show(Overflow::place(block, index).read());
            }
        }
    } else {
        show(tail.word().get());
    }
}

/// Calls `each` with every member slot in CPython's order: those of the class itself, then those
/// of its base, and so on.
fn for_each_member(class: &Class, mut each: impl FnMut(usize)) {
    let mut end = usize::from(class.member_count.get());
    let mut level = class;
    while end > 0 {
        let base = level.base.peek().and_then(|b| b.payload::<Class>());
        let start = base.map_or(0, |b| usize::from(b.member_count.get()));
        (start..end).for_each(&mut each);
        end = start.min(end);
        let Some(base) = base else { break };
        level = base;
    }
}

/// Drops what the tail owns; the instance stays usable.
///
/// # Safety
/// As for [`traverse_members`].
pub unsafe fn clear_tail(object: ObjectPtr, class: &Class) {
    // SAFETY: by the caller's word.
    let tail = unsafe { Tail::of(object, class) };
    let mut taken = SmallVec::new();
    for_each_member(class, |index| {
        take_word(tail.member(index).replace(0), &mut taken);
    });
    if tail.has_dict() {
        taken.extend(tail.take_attributes());
    }
    // Dropping may run Python code, which finds the instance empty.
    for value in taken {
        drop(value);
    }
}

/// Fills the tail of a new instance and returns the header flags that go with it.
///
/// # Safety
/// `tail` has room for `class.tail_size` bytes.
#[inline]
pub unsafe fn init_tail(tail: NonNull<u8>, class: &Ref<Class>) -> u16 {
    let words = class.tail_size.get() as usize / 8;
    // SAFETY: by the caller's word.
    unsafe {
        std::ptr::write_bytes(tail.cast::<u64>().as_ptr(), 0, words);
        if !class.has_flag(class_flag::HAS_DICT) {
            return 0;
        }
        tail.cast::<u64>()
            .add(usize::from(class.member_count.get()))
            .write(EMPTY_ORDER);
    }
    class.instantiated.set(true);
    class.keys.count_instance();
    heap::header::capacity_flags(class.inline_capacity.get())
}

/// Drops what the tail owns, in CPython's order.
///
/// # Safety
/// As for [`traverse_members`]; the object is being released.
#[inline]
pub unsafe fn drop_tail(object: ObjectPtr, class: &Class) {
    // SAFETY: by the caller's word; nobody else can reach the object, so what dropping runs does not
    // see it, and values are dropped where they lie.
    unsafe {
        if class.has_flag(class_flag::HAS_DICT) && class.member_count.get() == 0 {
            let tail = Tail::of(object, class);
            let word = tail.word().get();
            if word == EMPTY_ORDER {
                return;
            }
            if word & 1 == 1 {
                for i in 0..tail.capacity {
                    let value = tail.value(i).get();
                    if value & 7 == 0 && value != 0 {
                        drop(Value::from_word(value));
                    }
                }
                return;
            }
        }
        if !class.has_flag(class_flag::HAS_DICT) {
            // The order first: what is dropped may change the classes.
            let mut order = SmallVec::<[u16; 16]>::new();
            for_each_member(class, |index| order.push(index as u16));
            let tail = Tail::of(object, class);
            for index in order {
                let value = tail.member(usize::from(index)).get();
                if value & 7 == 0 && value != 0 {
                    drop(Value::from_word(value));
                }
            }
            return;
        }
        clear_tail(object, class);
    }
}

fn with_tail<R>(value: &Value, use_tail: impl FnOnce(Tail<'_>) -> R) -> Option<R> {
    let object = value.object()?;
    // SAFETY: a value's object is live; the view does not outlive the call.
    unsafe {
        let class = class_of(object);
        (class.has_flag(class_flag::HAS_DICT)).then(|| use_tail(Tail::of(object, class)))
    }
}

/// Where an attribute was found or could go.
enum Home<'a> {
    /// The instance cannot have attributes of its own.
    None,
    /// In a dict that the payload does not have yet.
    Payload(&'a Slot),
    /// In a real dict.
    Dict(Ref<Dict>),
    /// The class's slots.
    Slots,
}

fn home(value: &Value) -> Home<'_> {
    if let Some(function) = value.payload::<Function>() {
        return match function.dict.get().and_then(|d| d.downcast().ok()) {
            Some(dict) => Home::Dict(dict),
            None => Home::Payload(&function.dict),
        };
    }
    if let Some(module) = value.payload::<Module>() {
        return Home::Dict(module.dict.clone());
    }
    match with_tail(value, |tail| tail.dict()) {
        None => Home::None,
        Some(Some(dict)) => Home::Dict(dict),
        Some(None) => Home::Slots,
    }
}

/// True if the object can have attributes of its own.
pub fn has_attributes(value: &Value) -> bool {
    value.object().is_some_and(|object| {
        // SAFETY: a value's object is live.
        let class = unsafe { class_of(object) };
        class.has_flag(class_flag::HAS_DICT) || matches!(class.kind, Kind::MODULE | Kind::FUNCTION)
    })
}

/// True if a look at the class's shared names is enough to say that the object, which is of that
/// class, has no such attribute of its own.
#[inline]
pub fn keeps_no(object: &Value, class: &Class, name: &Value) -> bool {
    let Some(pointer) = object.object() else {
        return false;
    };
    if class.has_flag(class_flag::VARIABLE) || class.kind == Kind::MODULE {
        return false;
    }
    // SAFETY: the class has a dictionary word, which lies in its instances' tails.
    let word = unsafe {
        *pointer
            .cast::<u8>()
            .add(dict_word_offset(class) as usize)
            .cast::<u64>()
            .as_ref()
    };
    word & 1 == 1 && class.keys.find(name).is_none()
}

/// The object's own attribute (not the class's).
pub fn get(vm: &Vm, object: &Value, name: &Value) -> PyResult<Option<Value>> {
    match home(object) {
        Home::None | Home::Payload(_) => Ok(None),
        Home::Dict(dict) => dict.get_str(vm, name),
        Home::Slots => Ok(with_tail(object, |tail| {
            let place = tail.place(tail.class.keys.find(name)?)?;
            let word = place.get();
            // SAFETY: non-zero words in a tail are values.
            (word != 0).then(|| unsafe { Value::from_slot(&word) }.clone())
        })
        .flatten()),
    }
}

/// True if the object has no attributes of its own (or cannot have any).
pub fn is_empty(object: &Value) -> bool {
    match home(object) {
        Home::None | Home::Payload(_) => true,
        Home::Dict(dict) => dict.is_empty(),
        Home::Slots => with_tail(object, |tail| tail.order().is_empty()).unwrap_or(true),
    }
}

/// Stores one of the object's own attributes; false if it cannot have any.
pub fn set(vm: &Vm, object: &Value, name: &Value, value: Value) -> PyResult<bool> {
    let dict = match home(object) {
        Home::None => return Ok(false),
        Home::Dict(dict) => dict,
        Home::Payload(_) => materialise(vm, object)?,
        Home::Slots => {
            // As in CPython only instances without a builtin's payload store attributes inline.
            if vm.class_of(object).kind != Kind::PLAIN {
                let dict = materialise(vm, object)?;
                drop(dict.insert(vm, name, value)?);
                return Ok(true);
            }
            if vm.class_of(name).is(&vm.types.str)
                && let Some(text) = name.as_ref_to::<Str>()
            {
                let name = vm.intern_str(text).into_value();
                let stored = with_tail(object, |tail| store_in_slots(tail, &name, value));
                match stored {
                    Some(Ok(old)) => {
                        drop(old);
                        return Ok(true);
                    }
                    Some(Err(value)) => {
                        let dict = materialise(vm, object)?;
                        drop(dict.insert(vm, &name, value)?);
                        return Ok(true);
                    }
                    None => return Ok(false),
                }
            }
            materialise(vm, object)?
        }
    };
    drop(dict.insert(vm, name, value)?);
    Ok(true)
}

/// Stores into the class's slots; returns the old value, or gives the new one back if the names
/// have run out.
fn store_in_slots(tail: Tail<'_>, name: &Value, value: Value) -> Result<Option<Value>, Value> {
    let Some(index) = tail.class.keys.find_or_add(name) else {
        return Err(value);
    };
    if let Some(place) = tail.place(index)
        && place.get() != 0
    {
        let old = place.replace(value.into_word());
        // SAFETY: the word was an owned value.
        return Ok(Some(unsafe { Value::from_word(old) }));
    }
    if tail.place(index).is_none() {
        tail.move_out(index);
    }
    let Some(place) = tail.place(index) else {
        return Err(value);
    };
    tail.append_to_order(index as u8);
    place.set(value.into_word());
    Ok(None)
}

/// Deletes one of the object's own attributes; false if there was none.
pub fn delete(vm: &Vm, object: &Value, name: &Value) -> PyResult<bool> {
    match home(object) {
        Home::None | Home::Payload(_) => Ok(false),
        Home::Dict(dict) => Ok(dict.remove(vm, name)?.is_some()),
        Home::Slots => {
            let old = with_tail(object, |tail| {
                let index = tail.class.keys.find(name)?;
                let word = tail.place(index)?.replace(0);
                if word == 0 {
                    return None;
                }
                let mut order = tail.order();
                order.retain(|slot| usize::from(*slot) != index);
                tail.set_order(&order);
                // SAFETY: the word was an owned value and is taken out.
                Some(unsafe { Value::from_word(word) })
            })
            .flatten();
            Ok(old.is_some())
        }
    }
}

/// The object's `__dict__`, made real if it was not; the object must be able to have one.
pub fn materialise(vm: &Vm, object: &Value) -> PyResult<Ref<Dict>> {
    let dict = match home(object) {
        Home::Dict(dict) => return Ok(dict),
        Home::Payload(place) => {
            let dict = vm.dict();
            place.set(Some(dict.to_value()));
            return Ok(dict);
        }
        Home::None | Home::Slots => vm.dict(),
    };
    with_tail(object, |tail| {
        let order = tail.order();
        let mut pairs = SmallVec::<[(Value, Value); 8]>::new();
        for &slot in &order {
            let word = tail.place(usize::from(slot)).map_or(0, Cell::get);
            if let Some(name) = tail.class.keys.name(usize::from(slot))
                && word != 0
            {
                // SAFETY: non-zero words in a tail are values.
                pairs.push((name, unsafe { Value::from_slot(&word) }.clone()));
            }
        }
        for (name, value) in pairs {
            // The keys are distinct exact strings: nothing runs, nothing is replaced.
            drop(dict.insert(vm, &name, value)?);
        }
        let taken = tail.take_attributes();
        tail.word().set(dict.clone().into_value().into_word());
        // The dict owns them too, so nothing is released here.
        drop(taken);
        Ok(())
    })
    .unwrap_or(Ok(()))?;
    Ok(dict)
}

/// The object's real `__dict__` if it has been made.
pub fn materialised(object: &Value) -> Option<Ref<Dict>> {
    match home(object) {
        Home::Dict(dict) => Some(dict),
        _ => None,
    }
}

/// Gives the object another `__dict__`, or none, in which case it has no attributes afterwards.
pub fn replace_dict(object: &Value, dict: Option<Ref<Dict>>) {
    let taken = with_tail(object, |tail| {
        let taken = tail.take_attributes();
        if let Some(dict) = dict {
            tail.word().set(dict.into_value().into_word());
        }
        taken
    });
    drop(taken);
}

/// A member slot's value; the object's class must have that member.
pub fn member(object: &Value, index: usize) -> Option<Value> {
    let word = with_members(object, |tail| {
        (index < tail.members).then(|| tail.member(index).get())
    })?;
    // SAFETY: non-zero words in a tail are values.
    (word != 0).then(|| unsafe { Value::from_slot(&word) }.clone())
}

/// Fills or empties a member slot and returns what was there.
pub fn replace_member(object: &Value, index: usize, value: Option<Value>) -> Option<Value> {
    let word = with_members(object, |tail| {
        let place = (index < tail.members).then(|| tail.member(index))?;
        Some(place.replace(value.map_or(0, Value::into_word)))
    })?;
    // SAFETY: the word was an owned value and is taken out.
    (word != 0).then(|| unsafe { Value::from_word(word) })
}

/// A new instance of a class without a representation of its own, with these values in member slots.
pub fn alloc_with_members(
    class: &Ref<Class>,
    members: impl IntoIterator<Item = (usize, Value)>,
) -> Value {
    let object = alloc(class, Plain).into_value();
    with_members(&object, |tail| {
        for (index, value) in members {
            if index < tail.members {
                tail.member(index).set(value.into_word());
            }
        }
        Some(())
    });
    object
}

/// What is in some member slots, if those are small integers.
#[inline]
pub fn small_members<const N: usize>(object: &Value, indexes: &[usize; N]) -> Option<[i64; N]> {
    with_members(object, |tail| {
        let mut numbers = [0; N];
        for (number, &index) in numbers.iter_mut().zip(indexes) {
            if index >= tail.members {
                return None;
            }
            let word = tail.member(index).get();
            // SAFETY: words in a tail are values or zero, which is no integer.
            *number = unsafe { Value::from_slot(&word) }.as_small_int()?;
        }
        Some(numbers)
    })
}

fn with_members<R>(value: &Value, use_tail: impl FnOnce(Tail<'_>) -> Option<R>) -> Option<R> {
    let object = value.object()?;
    // SAFETY: a value's object is live; the view does not outlive the call.
    unsafe {
        let class = class_of(object);
        if !class.has_flag(class_flag::HAS_TAIL) {
            return None;
        }
        use_tail(Tail::of(object, class))
    }
}

/// Gives an instance another class of the same layout.  Inline attributes must have been made a
/// real dict before ([`materialise`]).
pub fn set_class(object: &Value, class: &Ref<Class>) {
    let Some(pointer) = object.object() else {
        return;
    };
    // SAFETY: a value's object is live and keeps its class alive.
    unsafe {
        let old = class_of(pointer);
        let header = pointer.as_ref();
        if header.inline_capacity() < usize::from(class.inline_floor.get()) {
            class.inline_floor.set(header.inline_capacity() as u8);
            class.invalidate();
        }
        let old_was_counted = old.has_flag(class_flag::HEAP_TYPE);
        let old_object = old.this().as_ptr();
        if class.has_flag(class_flag::HEAP_TYPE) {
            class.header().increment();
        }
        header.set_class(class.head());
        if old_was_counted {
            super::value::release_reference(old_object);
        }
    }
}
