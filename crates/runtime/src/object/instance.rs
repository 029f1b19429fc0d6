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

use std::cell::{Cell, RefCell};
use std::ptr::NonNull;

use heap::header::MAX_INLINE_CAPACITY;
use heap::{ObjectPtr, Visitor, current_heap};
use smallvec::SmallVec;

use super::args::GetSetDef;
use super::class::{Class, class_flag};
use super::dict::Dict;
use super::payload::{Kind, Ref, Slot, Visit, class_of};
use super::result::{PyResult, Raised};
use super::str::{INTERNED, Str};
use super::value::Value;
use crate::types::module::Module;
use crate::vm::Vm;
use crate::vm::function::Function;

/// Names a class can share among its instances.
pub const MAX_SHARED_KEYS: usize = 30;
/// Inline attributes of an instance whose class tells nothing about them.
pub const DEFAULT_INLINE_CAPACITY: u8 = 4;

const EMPTY_ORDER: u64 = 1;
const OVERFLOW_TAG: u64 = 2;

/// The names whose values instances of a class store by slot (PEP 412 key sharing).
pub struct SharedKeys {
    names: RefCell<Vec<Value>>,
    /// How many there are, without a borrow: inline caches compare it.
    count: Cell<u32>,
    /// How many more instances may add.  As in CPython every new instance takes one place away,
    /// so that names that come late go to dicts, and classes whose instances differ share little.
    usable: Cell<u32>,
}

impl Default for SharedKeys {
    fn default() -> Self {
        SharedKeys {
            names: RefCell::default(),
            count: Cell::new(0),
            usable: Cell::new(MAX_SHARED_KEYS as u32),
        }
    }
}

impl SharedKeys {
    /// Forgets all names.
    pub(crate) fn clear(&self) {
        self.count.set(0);
        self.names.take();
    }

    /// Number of names.
    #[inline(always)]
    pub fn len(&self) -> usize {
        self.count.get() as usize
    }

    /// True if there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The slot of a name.
    pub fn find(&self, name: &Value) -> Option<usize> {
        let names = self.names.borrow();
        if let Some(index) = names.iter().position(|own| own.is(name)) {
            return Some(index);
        }
        let text = name.as_object::<Str>()?;
        if text.header().has(INTERNED) {
            return None;
        }
        names.iter().position(|own| {
            own.payload::<Str>()
                .is_some_and(|own| own.equals(text.payload()))
        })
    }

    /// The slot of an interned name, a new one if need be; None when all are taken.
    fn find_or_add(&self, name: &Value) -> Option<usize> {
        if let Some(index) = self.find(name) {
            return Some(index);
        }
        if self.usable.get() == 0 {
            return None;
        }
        self.usable.set(self.usable.get() - 1);
        let mut names = self.names.borrow_mut();
        names.push(name.clone());
        self.count.set(names.len() as u32);
        Some(names.len() - 1)
    }

    /// Takes note of a new instance.
    #[inline(always)]
    fn count_instance(&self) {
        let usable = self.usable.get();
        if usable > 1 {
            self.usable.set(usable - 1);
        }
    }

    /// Shows the names.
    pub fn each_name(&self, each: impl FnMut(&Value)) {
        if let Ok(names) = self.names.try_borrow() {
            names.iter().for_each(each);
        }
    }

    fn name(&self, index: usize) -> Option<Value> {
        self.names.borrow().get(index).cloned()
    }
}

/// Values that fit neither inside the instance nor want a `__dict__` yet.
#[repr(C)]
struct Overflow {
    count: u8,
    capacity: u8,
    order: [u8; MAX_SHARED_KEYS],
    // `capacity` words follow.
}

impl Overflow {
    fn bytes(capacity: usize) -> usize {
        size_of::<Overflow>() + capacity * 8
    }

    /// A block without values.
    fn allocate(capacity: usize) -> NonNull<Overflow> {
        let block = current_heap()
            .alloc(Self::bytes(capacity))
            .cast::<Overflow>();
        // SAFETY: the block has room for the struct and `capacity` words.
        unsafe {
            block.write(Overflow {
                count: 0,
                capacity: capacity as u8,
                order: [0; MAX_SHARED_KEYS],
            });
            std::ptr::write_bytes(block.add(1).cast::<u64>().as_ptr(), 0, capacity);
        }
        block
    }

    /// The place of a value.
    unsafe fn place(block: NonNull<Overflow>, index: usize) -> NonNull<u64> {
        // SAFETY: the caller keeps `index` below the capacity.
        unsafe { block.add(1).cast::<u64>().add(index) }
    }
}

/// A view on the tail of one live instance; every method copies words, none keeps a reference.
#[derive(Clone, Copy)]
struct Tail<'a> {
    start: NonNull<u64>,
    members: usize,
    capacity: usize,
    class: &'a Class,
}

impl<'a> Tail<'a> {
    /// # Safety
    /// `object` is live and `class` is its class, which has a tail.
    #[inline]
    unsafe fn of(object: ObjectPtr, class: &'a Class) -> Tail<'a> {
        // SAFETY: by the caller's word; the tail lies inside the object's block.
        unsafe {
            let offset = if class.has_flag(class_flag::VARIABLE) {
                (class.ops().size)(object) - tail_bytes(object, class)
            } else {
                class.tail_offset.get() as usize
            };
            Tail {
                start: object.cast::<u8>().add(offset).cast(),
                members: usize::from(class.member_count.get()),
                capacity: object.as_ref().inline_capacity(),
                class,
            }
        }
    }

    #[inline]
    fn member(&self, index: usize) -> &'a Cell<u64> {
        debug_assert!(index < self.members);
        // SAFETY: the place lies in the tail, which lives as long as the instance.
        unsafe { self.start.add(index).cast().as_ref() }
    }

    #[inline]
    fn has_dict(&self) -> bool {
        self.class.has_flag(class_flag::HAS_DICT)
    }

    #[inline]
    fn word(&self) -> &'a Cell<u64> {
        debug_assert!(self.has_dict());
        // SAFETY: as for `member`; the word follows the members.
        unsafe { self.start.add(self.members).cast().as_ref() }
    }

    #[inline]
    fn value(&self, index: usize) -> &'a Cell<u64> {
        debug_assert!(index < self.capacity);
        // SAFETY: as for `member`; the values follow the word.
        unsafe { self.start.add(self.members + 1 + index).cast().as_ref() }
    }

    fn overflow(&self) -> Option<NonNull<Overflow>> {
        let word = self.word().get();
        if word & 7 == OVERFLOW_TAG {
            NonNull::new((word & !7) as *mut Overflow)
        } else {
            None
        }
    }

    fn dict(&self) -> Option<Ref<Dict>> {
        let word = self.word().get();
        if word & 7 != 0 || word == 0 {
            return None;
        }
        // SAFETY: such a word is an owned reference to a dict.
        unsafe { Value::from_slot(&word) }.clone().downcast().ok()
    }

    /// The place of slot `index`, wherever values lie now; None if there is no such place.
    fn place(&self, index: usize) -> Option<&'a Cell<u64>> {
        if let Some(block) = self.overflow() {
            // SAFETY: the index is checked; the block lives while the word names it.
            unsafe {
                (index < usize::from(block.as_ref().capacity))
                    .then(|| Overflow::place(block, index).cast().as_ref())
            }
        } else if self.word().get() & 1 == 1 && index < self.capacity {
            Some(self.value(index))
        } else {
            None
        }
    }

    /// Slots of the set values in order of insertion.
    fn order(&self) -> SmallVec<[u8; 16]> {
        if let Some(block) = self.overflow() {
            // SAFETY: the block lives while the word names it.
            let block = unsafe { block.as_ref() };
            return block.order[..usize::from(block.count)].into();
        }
        let word = self.word().get();
        if word & 1 == 0 {
            return SmallVec::new();
        }
        (0..order_count(word))
            .map(|i| order_entry(word, i))
            .collect()
    }

    /// Writes an order that fits where values lie now.
    fn set_order(&self, order: &[u8]) {
        if let Some(mut block) = self.overflow() {
            // SAFETY: as above; nobody else looks at the block meanwhile.
            let block = unsafe { block.as_mut() };
            block.count = order.len() as u8;
            block.order[..order.len()].copy_from_slice(order);
        } else {
            let mut word = EMPTY_ORDER | (order.len() as u64) << 4;
            for (i, &slot) in order.iter().enumerate() {
                word |= u64::from(slot) << (8 + 4 * i);
            }
            self.word().set(word);
        }
    }

    /// Moves all values to an overflow block with room for slot `index`.
    fn move_out(&self, index: usize) {
        let wanted = (index + 1)
            .max(self.class.keys.len())
            .next_multiple_of(4)
            .min(MAX_SHARED_KEYS);
        let mut new = Overflow::allocate(wanted);
        let order = self.order();
        for &slot in &order {
            if let Some(place) = self.place(usize::from(slot)) {
                // SAFETY: slots lie below the number of shared names, which `wanted` covers.
                unsafe { Overflow::place(new, usize::from(slot)).write(place.replace(0)) };
            }
        }
        // SAFETY: the new block is ours alone.
        unsafe {
            let block = new.as_mut();
            block.count = order.len() as u8;
            block.order[..order.len()].copy_from_slice(&order);
        }
        let old = self.overflow();
        self.word().set(new.as_ptr() as u64 | OVERFLOW_TAG);
        if let Some(old) = old {
            free_overflow(old);
        }
        // Later instances get more room inside.
        let capacity = self
            .class
            .keys
            .len()
            .max(index + 1)
            .min(MAX_INLINE_CAPACITY);
        if capacity > usize::from(self.class.inline_capacity.get()) {
            self.class.set_inline_capacity(capacity as u8);
        }
    }

    /// Takes all values out in slot order and leaves no attribute and no dict behind.
    fn take_attributes(&self) -> SmallVec<[Value; 8]> {
        let mut taken = SmallVec::new();
        if let Some(block) = self.overflow() {
            self.word().set(EMPTY_ORDER);
            // SAFETY: the block is not reachable any more; its words are owned values or zero.
            unsafe {
                for i in 0..usize::from(block.as_ref().capacity) {
                    take_word(Overflow::place(block, i).read(), &mut taken);
                }
            }
            free_overflow(block);
        } else {
            let word = self.word().replace(EMPTY_ORDER);
            if word & 7 == 0 {
                take_word(word, &mut taken);
            } else {
                for i in 0..self.capacity {
                    take_word(self.value(i).replace(0), &mut taken);
                }
            }
        }
        taken
    }
}

fn take_word(word: u64, taken: &mut SmallVec<[Value; 8]>) {
    if word != 0 {
        // SAFETY: non-zero words in a tail are owned values, and this one was taken out.
        taken.push(unsafe { Value::from_word(word) });
    }
}

fn free_overflow(block: NonNull<Overflow>) {
    // SAFETY: allocated with this size, and no word names it any more.
    unsafe {
        let bytes = Overflow::bytes(usize::from(block.as_ref().capacity));
        current_heap().free(block.cast(), bytes);
    }
}

const fn order_count(word: u64) -> usize {
    (word >> 4 & 15) as usize
}

const fn order_entry(word: u64, position: usize) -> u8 {
    (word >> (8 + 4 * position) & 15) as u8
}

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
    let mut order = tail.order();
    order.push(index as u8);
    tail.set_order(&order);
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

/// Where an attribute lies in the instances of a class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InlineSlot {
    /// Offset of the value's word from the object's start.
    pub offset: u32,
    /// Offset of the dictionary word from the object's start.
    pub word_offset: u32,
    /// The slot, below 14.
    pub index: u8,
}

/// The place that `name` has in every instance of `class`; see the module's head.
pub fn inline_slot(class: &Class, name: &Value) -> Option<InlineSlot> {
    if !class.has_flag(class_flag::HAS_DICT) || class.has_flag(class_flag::VARIABLE) {
        return None;
    }
    let index = class.keys.find(name)?;
    if index >= usize::from(class.inline_floor.get()) {
        return None;
    }
    let word_offset = class.tail_offset.get() + 8 * u32::from(class.member_count.get());
    Some(InlineSlot {
        offset: word_offset + 8 * (index as u32 + 1),
        word_offset,
        index: index as u8,
    })
}

/// The offset of member slot `index` in instances of `class`, if it is the same in all of them.
pub fn member_offset(class: &Class, index: usize) -> Option<u32> {
    (!class.has_flag(class_flag::VARIABLE) && index < usize::from(class.member_count.get()))
        .then(|| class.tail_offset.get() + 8 * index as u32)
}

/// Loads from a place; None says nothing (go the slow way).
///
/// # Safety
/// `object` is live and of the class, at the version, that the slot was found for.
#[inline(always)]
pub unsafe fn load_inline(object: ObjectPtr, offset: u32) -> Option<Value> {
    // SAFETY: the place lies in the object's tail and holds a value or zero.
    unsafe {
        let word = object
            .cast::<u8>()
            .add(offset as usize)
            .cast::<u64>()
            .as_ref();
        if *word == 0 {
            return None;
        }
        Some(Value::from_slot(word).clone())
    }
}

/// Stores into a place; gives the value back where the slow way has to be gone.  The old value is
/// dropped after the store.
///
/// # Safety
/// As for [`load_inline`].
#[inline(always)]
pub unsafe fn store_inline(object: ObjectPtr, slot: InlineSlot, value: Value) -> Result<(), Value> {
    // SAFETY: both places lie in the object's tail.
    unsafe {
        let start = object.cast::<u8>();
        let place: &Cell<u64> = start.add(slot.offset as usize).cast().as_ref();
        if place.get() == 0 {
            let order: &Cell<u64> = start.add(slot.word_offset as usize).cast().as_ref();
            let word = order.get();
            let count = order_count(word);
            if word & 1 == 0 || count >= MAX_INLINE_CAPACITY {
                return Err(value);
            }
            order.set((word + (1 << 4)) | u64::from(slot.index) << (8 + 4 * count));
            place.set(value.into_word());
        } else {
            let old = place.replace(value.into_word());
            drop(Value::from_word(old));
        }
    }
    Ok(())
}

/// `__dict__` of instances.
pub const DICT_GETSET: GetSetDef = GetSetDef::writable(
    "__dict__",
    "dictionary for instance variables",
    get_dict,
    set_dict,
);

fn get_dict(vm: &Vm, object: &Value) -> PyResult {
    if !has_attributes(object) {
        if let Some(get) = own_dict(vm, object) {
            let class = vm.class_of(&get);
            if let Some(function) = class.slots().descr_get {
                return function(vm, &get, Some(object), None);
            }
        }
        return Err(no_dict(vm, object));
    }
    Ok(materialise(vm, object)?.into_value())
}

fn set_dict(vm: &Vm, object: &Value, value: Option<&Value>) -> PyResult<()> {
    let place = object.payload::<Function>().map(|f| &f.dict);
    if place.is_none() && with_tail(object, |_| ()).is_none() {
        if let Some(set) = own_dict(vm, object)
            && let Some(function) = vm.class_of(&set).slots().descr_set
        {
            return function(vm, &set, object, value);
        }
        return Err(no_dict(vm, object));
    }
    match value {
        None if place.is_some() => return Err(vm.type_error("cannot delete __dict__")),
        None => replace_dict(object, None),
        Some(value) => match value.as_ref_to::<Dict>() {
            Some(dict) => match place {
                Some(place) => place.set(Some(dict.to_value())),
                None => replace_dict(object, Some(dict.clone())),
            },
            None => {
                return Err(vm.type_error(format!(
                    "__dict__ must be set to a dictionary, not a '{}'",
                    vm.class_name(value)
                )));
            }
        },
    }
    Ok(())
}

/// The `__dict__` descriptor of classes or modules, for those that a program's class is before in
/// the resolution order of their own.
fn own_dict(vm: &Vm, object: &Value) -> Option<Value> {
    let owner = if object.payload::<Class>().is_some() {
        &vm.types.type_
    } else if object.payload::<crate::types::module::Module>().is_some() {
        &vm.types.module
    } else {
        return None;
    };
    vm.lookup_in_class(owner, &vm.names.__dict__)
}

fn no_dict(vm: &Vm, object: &Value) -> Raised {
    vm.attribute_error_for(
        format!("This object has no __dict__ ({})", vm.class_name(object)),
        object,
        &vm.names.__dict__,
    )
}

/// The offset of the dictionary word in instances of a class with a fixed-size payload.
pub fn dict_word_offset(class: &Class) -> u32 {
    class.tail_offset.get() + 8 * u32::from(class.member_count.get())
}

/// Notes in the order word that an empty inline slot is about to be filled; `place` is the offset of
/// the dictionary word and, in its upper half, the slot.  False where the slow way has to be gone.
///
/// # Safety
/// `word` is the address of a live object of the class that the place was found for.
#[inline(always)]
pub unsafe fn append_inline(word: u64, place: u64) -> bool {
    // SAFETY: the dictionary word lies in the object's tail.
    unsafe {
        let order = &*((word + (place & 0xFFFF_FFFF)) as *const Cell<u64>);
        let old = order.get();
        let count = order_count(old);
        if old & 1 == 0 || count >= MAX_INLINE_CAPACITY {
            return false;
        }
        order.set((old + (1 << 4)) | (place >> 32) << (8 + 4 * count));
    }
    true
}
