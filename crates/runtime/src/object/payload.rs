//! Typed objects: a header followed by a Rust payload.
//!
//! A [`Payload`] is what one builtin representation keeps behind the header.  Subclasses written
//! in Python share their base's payload and may add member slots and attributes behind it
//! (see `instance.rs`).  Each class stores its payload's [`Kind`], so that a checked cast is one
//! compare.  Payloads are only ever seen through `&T`: what changes lies in a cell type whose
//! operations store the new value before the old one is dropped (dropping runs Python code).
#![allow(unsafe_code)]

use std::cell::Cell;
use std::mem::ManuallyDrop;
use std::ops::Deref;
use std::ptr::NonNull;

use heap::header::flag;
use heap::{ClassHead, FreeList, Header, ObjectOps, ObjectPtr, Subtraction, Visitor};

use super::class::{Class, class_flag};
use super::fields::{Buffer, Field};
use super::value::Value;
use crate::vm::current_vm;

/// Identifies a payload type.  Kinds below 1000 belong to the runtime (see `kind`), others to the
/// library's native modules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Kind(pub u16);

/// What a builtin representation keeps behind the header.
pub trait Payload: Sized + 'static {
    /// Identifies the type.
    const KIND: Kind;
    /// The representation's name in heap reports.
    const NAME: &'static str;
    /// True if objects count with the collector and are tracked when created.
    const COLLECTED: bool = true;
    /// True if CPython shows the `__dict__` behind what the payload holds.
    const DICT_LAST: bool = false;
    /// True if bytes that belong to the object follow the payload ([`Payload::trailing_bytes`]).
    const VARIABLE: bool = false;

    /// Shows every value the payload owns, in CPython's order for the type.
    fn traverse(&self, _visitor: &mut Visitor<'_>) {}

    /// Shows the same, in any order, to trial deletion; types of which there are many objects have a shorter way.
    #[inline(always)]
    fn subtract(&self, subtraction: &mut Subtraction) {
        self.traverse(&mut Visitor::subtracting(subtraction));
    }

    /// Drops the values that can take part in a cycle.
    fn clear(&self) {}

    /// Bytes behind the payload that belong to the object (inline items).
    fn trailing_bytes(&self) -> usize {
        0
    }

    /// The payload's fields, for those who look into objects.
    const FIELDS: &'static [Field] = &[];

    /// The other block of the heap that belongs to the object, if it has one.
    fn buffer(&self) -> Option<Buffer> {
        None
    }

    /// The list in which CPython would keep the object when it died, if its class has the flag `KEPT`.
    #[inline(always)]
    fn free_list(&self) -> Option<FreeList> {
        None
    }

    /// Drops what goes before the attributes of a dying object, where CPython has that order.
    fn release_first(&self) {}
    /// True if `release_first` does something.
    const RELEASES_FIRST: bool = false;

    /// Runs before the payload is dropped while the object can still be revived by a new
    /// reference (generators close themselves here).  `this` is the object.
    fn finalize(_this: &Value) {}
    /// True if `finalize` does something.
    const FINALIZES: bool = false;
}

/// A heap object with payload `T`.
#[repr(C)]
pub struct Object<T> {
    header: Header,
    payload: T,
}

impl<T> Object<T> {
    /// The header.
    #[inline(always)]
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// The payload.
    #[inline(always)]
    pub fn payload(&self) -> &T {
        &self.payload
    }

    /// Offset of the payload from the object's start.
    pub const PAYLOAD_OFFSET: usize = std::mem::offset_of!(Object<T>, payload);
}

/// The kind of a live object's payload.
///
/// # Safety
/// `object` is live.
#[inline(always)]
pub unsafe fn kind_of(object: ObjectPtr) -> Kind {
    // SAFETY: every class object is an Object<Class>.
    unsafe { class_of(object) }.kind
}

/// The class of a live object.
///
/// # Safety
/// `object` is live for as long as the result is used.
#[inline(always)]
pub unsafe fn class_of<'a>(object: ObjectPtr) -> &'a Class {
    // SAFETY: every class object is an Object<Class>; an object keeps its class alive.
    unsafe { &(*(object.as_ref().class().as_ptr() as *const Object<Class>)).payload }
}

/// An owned reference to an object with payload `T`.  Same word as a [`Value`].
#[repr(transparent)]
pub struct Ref<T: Payload>(NonNull<Object<T>>);

impl<T: Payload> Ref<T> {
    /// Takes ownership of a counted reference.
    ///
    /// # Safety
    /// `object` is live, has payload `T`, and the reference belongs to the caller.
    #[inline(always)]
    pub unsafe fn from_raw(object: NonNull<Object<T>>) -> Self {
        Ref(object)
    }

    /// The object's address.
    #[inline(always)]
    pub fn as_ptr(&self) -> ObjectPtr {
        self.0.cast()
    }

    /// The header.
    #[inline(always)]
    pub fn header(&self) -> &Header {
        // SAFETY: a reference's object is live.
        unsafe { &self.0.as_ref().header }
    }

    /// The same reference seen as a value.
    #[inline(always)]
    pub fn as_value(&self) -> &Value {
        // SAFETY: an object's address is a valid word; both types are transparent words.
        unsafe { &*(self as *const Ref<T> as *const Value) }
    }

    /// A new counted reference as a value.
    #[inline(always)]
    pub fn to_value(&self) -> Value {
        self.as_value().clone()
    }

    /// The reference as a value.
    #[inline(always)]
    pub fn into_value(self) -> Value {
        let object = ManuallyDrop::new(self).0;
        // SAFETY: the address of an object is a valid word, ownership moves.
        unsafe { Value::from_word(object.as_ptr() as u64) }
    }

    /// Python's `is`.
    #[inline(always)]
    pub fn is(&self, other: &Ref<T>) -> bool {
        self.0 == other.0
    }
}

impl<T: Payload> Deref for Ref<T> {
    type Target = T;
    #[inline(always)]
    fn deref(&self) -> &T {
        // SAFETY: a reference's object is live.
        unsafe { &self.0.as_ref().payload }
    }
}

impl<T: Payload> Clone for Ref<T> {
    #[inline(always)]
    fn clone(&self) -> Self {
        self.header().increment();
        Ref(self.0)
    }
}

impl<T: Payload> Drop for Ref<T> {
    #[inline(always)]
    fn drop(&mut self) {
        // SAFETY: a reference's object is live until its last reference goes.
        unsafe { super::value::release_reference(self.0.cast()) };
    }
}

impl<T: Payload> From<Ref<T>> for Value {
    #[inline(always)]
    fn from(reference: Ref<T>) -> Value {
        reference.into_value()
    }
}

impl<T: Payload> std::fmt::Debug for Ref<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "<{} at {:p}>", T::NAME, self.0)
    }
}

/// A mutable place for an optional value.  Storing puts the new value in place before the old
/// one is dropped.
#[repr(transparent)]
pub struct Slot(Cell<Option<Value>>);

impl Slot {
    /// A place that holds `value`.
    pub const fn new(value: Option<Value>) -> Slot {
        Slot(Cell::new(value))
    }

    /// The value, counted anew.
    #[inline(always)]
    pub fn get(&self) -> Option<Value> {
        self.peek().cloned()
    }

    /// Looks at the value without counting; do nothing that could run Python code meanwhile.
    #[inline(always)]
    pub fn peek(&self) -> Option<&Value> {
        // SAFETY: single-threaded under the interpreter lock; the caller keeps the rule above.
        unsafe { (*self.0.as_ptr()).as_ref() }
    }

    /// True if there is no value.
    #[inline(always)]
    pub fn is_empty(&self) -> bool {
        self.peek().is_none()
    }

    /// Stores a value and drops the old one.
    #[inline(always)]
    pub fn set(&self, value: Option<Value>) {
        drop(self.0.replace(value));
    }

    /// Stores a value and returns the old one.
    #[inline(always)]
    pub fn replace(&self, value: Option<Value>) -> Option<Value> {
        self.0.replace(value)
    }

    /// Takes the value out.
    #[inline(always)]
    pub fn take(&self) -> Option<Value> {
        self.0.replace(None)
    }
}

impl Default for Slot {
    fn default() -> Self {
        Slot::new(None)
    }
}

/// Showing values to the collector.
pub trait Visit {
    /// Shows a value.
    fn value(&mut self, value: &Value);
    /// Shows what a slot holds.
    fn slot(&mut self, slot: &Slot);
    /// Shows a typed reference.
    fn reference<T: Payload>(&mut self, reference: &Ref<T>);
}

impl Visit for Visitor<'_> {
    #[inline(always)]
    fn value(&mut self, value: &Value) {
        match value.object() {
            Some(object) => self.object(object),
            None => self.immediate(value.word()),
        }
    }

    #[inline(always)]
    fn slot(&mut self, slot: &Slot) {
        if let Some(value) = slot.peek() {
            self.value(value);
        }
    }

    #[inline(always)]
    fn reference<T: Payload>(&mut self, reference: &Ref<T>) {
        self.object(reference.as_ptr());
    }
}

/// The heap's function table for payload `T`.
pub struct OpsOf<T>(std::marker::PhantomData<T>);

impl<T: Payload> OpsOf<T> {
    /// The table.
    pub const OPS: &'static ObjectOps = &ObjectOps {
        name: T::NAME,
        traverse: traverse::<T>,
        subtract: subtract::<T>,
        clear: clear::<T>,
        release: release::<T>,
        size: size::<T>,
    };
}

unsafe fn traverse<T: Payload>(object: ObjectPtr, visitor: &mut Visitor<'_>) {
    // SAFETY: the table belongs to objects with payload T.
    unsafe {
        let class = class_of(object);
        // CPython's order: what the class adds to its builtin base, the class, the base's part.
        let tail = class.has_flag(class_flag::HAS_TAIL);
        let dict_is_bases = class.has_flag(class_flag::BASE_OWNS_DICT);
        if tail {
            super::instance::traverse_members(object, class, visitor);
            if !dict_is_bases {
                super::instance::traverse_attributes(object, class, visitor);
            }
        }
        if class.has_flag(class_flag::HEAP_TYPE) {
            visitor.object(object.as_ref().class().cast());
        }
        if tail && dict_is_bases && !T::DICT_LAST {
            super::instance::traverse_attributes(object, class, visitor);
        }
        object
            .cast::<Object<T>>()
            .as_ref()
            .payload
            .traverse(visitor);
        if tail && dict_is_bases && T::DICT_LAST {
            super::instance::traverse_attributes(object, class, visitor);
        }
    }
}

unsafe fn subtract<T: Payload>(object: ObjectPtr, subtraction: &mut Subtraction) {
    // SAFETY: the table belongs to objects with payload T.
    unsafe {
        if class_of(object).has_flag(class_flag::HAS_TAIL | class_flag::HEAP_TYPE) {
            return subtract_instance::<T>(object, subtraction);
        }
        let payload = &object.cast::<Object<T>>().as_ref().payload;
        payload.subtract(subtraction);
    }
}

/// The same for an instance of a class made by a program.
#[inline(never)]
unsafe fn subtract_instance<T: Payload>(object: ObjectPtr, subtraction: &mut Subtraction) {
    // SAFETY: the table belongs to objects with payload T.
    unsafe {
        let class = class_of(object);
        if class.has_flag(class_flag::HAS_TAIL) {
            super::instance::subtract_tail(object, class, subtraction);
        }
        if class.has_flag(class_flag::HEAP_TYPE) {
            subtraction.object(object.as_ref().class().cast());
        }
        let payload = &object.cast::<Object<T>>().as_ref().payload;
        payload.subtract(subtraction);
    }
}

unsafe fn clear<T: Payload>(object: ObjectPtr) {
    // SAFETY: the table belongs to objects with payload T.
    unsafe {
        let class = class_of(object);
        if class.has_flag(class_flag::HAS_TAIL) {
            super::instance::clear_tail(object, class);
        }
        object.cast::<Object<T>>().as_ref().payload.clear();
    }
}

unsafe fn size<T: Payload>(object: ObjectPtr) -> usize {
    // SAFETY: the table belongs to objects with payload T.
    unsafe { block_size::<T>(object, class_of(object)) }
}

#[inline(always)]
unsafe fn block_size<T: Payload>(object: ObjectPtr, class: &Class) -> usize {
    let mut size = size_of::<Object<T>>();
    if T::VARIABLE {
        // SAFETY: the object has payload T.
        size += unsafe { object.cast::<Object<T>>().as_ref() }
            .payload
            .trailing_bytes();
    }
    if class.has_flag(class_flag::HAS_TAIL) {
        // SAFETY: the object is of this class.
        size = size.next_multiple_of(8) + unsafe { super::instance::tail_bytes(object, class) };
    }
    size
}

/// Where the tail of an instance (member slots, attributes) begins.
///
/// # Safety
/// `object` is live and has payload `T`.
pub unsafe fn tail_start<T: Payload>(object: ObjectPtr) -> NonNull<u8> {
    let mut offset = size_of::<Object<T>>();
    if T::VARIABLE {
        // SAFETY: the object has payload T.
        offset += unsafe { object.cast::<Object<T>>().as_ref() }
            .payload
            .trailing_bytes();
    }
    // SAFETY: the tail lies inside the object's block.
    unsafe { object.cast::<u8>().add(offset.next_multiple_of(8)) }
}

unsafe fn release<T: Payload>(object: ObjectPtr) {
    // SAFETY: the count is zero, so this is the only user of the object; the table belongs to
    // objects with payload T.
    unsafe {
        let header = object.as_ref();
        let heap = current_vm().heap;
        let nests = T::COLLECTED || class_of(object).has_flag(class_flag::HAS_TAIL);
        if nests && !heap.enter_release(object) {
            return;
        }
        let finalizes = T::FINALIZES || class_of(object).has_flag(class_flag::HAS_FINALIZER);
        if (finalizes || header.has(flag::WEAKLY_REFERENCED))
            && super::finalize::revived::<T>(object)
        {
            if nests {
                heap.leave_release();
            }
            return;
        }
        if header.is_tracked() {
            heap.untrack(object);
        }
        if header.has(flag::COUNTED) {
            match kept_in::<T>(class_of(object), object.cast()) {
                Some(list) => heap.count_kept_release(list),
                None => heap.count_release(),
            }
        }
        // A finaliser may have given the object another class.
        let class = class_of(object);
        let size = block_size::<T>(object, class);
        let heap_class = class
            .has_flag(class_flag::HEAP_TYPE)
            .then_some(header.class().cast::<Header>());
        if T::RELEASES_FIRST {
            object.cast::<Object<T>>().as_ref().payload.release_first();
        }
        if class.has_flag(class_flag::HAS_TAIL) {
            super::instance::drop_tail(object, class);
        }
        std::ptr::drop_in_place(&raw mut (*object.cast::<Object<T>>().as_ptr()).payload);
        heap.free(object.cast(), size);
        if let Some(class) = heap_class {
            super::value::release_reference(class);
        }
        if nests {
            heap.leave_release();
        }
    }
}

/// Makes an object of class `class`, whose payload type must be `T`.  Objects of collected types
/// are counted and tracked at once.
#[inline(always)]
pub fn alloc<T: Payload>(class: &Ref<Class>, payload: T) -> Ref<T> {
    debug_assert!(!T::VARIABLE);
    // Nobody drops it on the way: so its parts need not lie in memory, from where they would be copied to
    // the block by loads that wait for the stores.
    let payload = ManuallyDrop::new(payload);
    // SAFETY: the block has room for header and payload; begin and finish write the rest.
    unsafe {
        let (block, flags) = begin::<T>(class, size_of::<Object<T>>());
        (&raw mut (*block.as_ptr()).payload).write(ManuallyDrop::into_inner(payload));
        finish::<T>(class, block, flags)
    }
}

/// Makes an object with `trailing` bytes behind the payload, which `init` must fill.
///
/// # Safety
/// `payload.trailing_bytes()` equals `trailing`; `init` initialises all of them.
#[inline(always)]
pub unsafe fn alloc_variable<T: Payload>(
    class: &Ref<Class>,
    payload: T,
    trailing: usize,
    init: impl FnOnce(NonNull<u8>),
) -> Ref<T> {
    let payload = ManuallyDrop::new(payload);
    // SAFETY: as above, and the trailing bytes by the caller's word.
    unsafe {
        let (block, flags) = begin::<T>(class, size_of::<Object<T>>() + trailing);
        (&raw mut (*block.as_ptr()).payload).write(ManuallyDrop::into_inner(payload));
        init(block.cast::<u8>().add(size_of::<Object<T>>()));
        finish::<T>(class, block, flags)
    }
}

/// Makes an object that counts but is tracked only later: atoms-only dicts and the like.
#[inline(always)]
pub fn alloc_untracked<T: Payload>(class: &Ref<Class>, payload: T) -> Ref<T> {
    debug_assert!(!T::VARIABLE);
    let payload = ManuallyDrop::new(payload);
    // SAFETY: as for `alloc`.
    unsafe {
        let (block, mut flags) = begin::<T>(class, size_of::<Object<T>>());
        (&raw mut (*block.as_ptr()).payload).write(ManuallyDrop::into_inner(payload));
        if T::COLLECTED {
            flags |= flag::COUNTED;
            match kept_in::<T>(class, block) {
                Some(list) => current_vm().heap.count_kept_allocation(list),
                None => current_vm().heap.count_allocation(),
            }
        }
        (&raw mut (*block.as_ptr()).header).write(Header::new(class.head(), flags));
        Ref(block)
    }
}

/// As [`alloc_variable`], for sizes a program chooses: fails where the heap refuses.
///
/// # Safety
/// As for [`alloc_variable`].
#[inline]
pub unsafe fn try_alloc_variable<T: Payload>(
    class: &Ref<Class>,
    payload: T,
    trailing: usize,
    init: impl FnOnce(NonNull<u8>),
) -> Result<Ref<T>, heap::OutOfMemory> {
    let payload = ManuallyDrop::new(payload);
    // SAFETY: as for alloc_variable.
    unsafe {
        let (start, size) = block_layout(class, size_of::<Object<T>>() + trailing);
        let block = match current_vm().heap.try_alloc(size) {
            Ok(block) => block.cast::<Object<T>>(),
            Err(error) => {
                drop(ManuallyDrop::into_inner(payload));
                return Err(error);
            }
        };
        let flags = begin_block(class, block, start);
        (&raw mut (*block.as_ptr()).payload).write(ManuallyDrop::into_inner(payload));
        init(block.cast::<u8>().add(size_of::<Object<T>>()));
        Ok(finish::<T>(class, block, flags))
    }
}

/// Where the tail of a new object starts and how large its block is.
#[inline(always)]
fn block_layout(class: &Ref<Class>, fixed: usize) -> (usize, usize) {
    if class.has_flag(class_flag::HAS_TAIL) {
        let start = fixed.next_multiple_of(8);
        (start, start + class.tail_size.get() as usize)
    } else {
        (fixed, fixed)
    }
}

/// A block with an empty tail, and the flags that its header will have for it.
#[inline(always)]
unsafe fn begin<T: Payload>(class: &Ref<Class>, fixed: usize) -> (NonNull<Object<T>>, u16) {
    let (start, size) = block_layout(class, fixed);
    let block = current_vm().heap.alloc(size).cast::<Object<T>>();
    // SAFETY: the block has room for everything up to the end of the tail.
    (block, unsafe { begin_block(class, block, start) })
}

#[inline(always)]
unsafe fn begin_block<T: Payload>(
    class: &Ref<Class>,
    block: NonNull<Object<T>>,
    start: usize,
) -> u16 {
    debug_assert!(
        class.kind == T::KIND,
        "class {} is of another kind",
        T::NAME
    );
    if class.has_flag(class_flag::HEAP_TYPE) {
        class.header().increment();
    }
    if class.has_flag(class_flag::HAS_TAIL) {
        // SAFETY: the block is at least this large.
        unsafe { super::instance::init_tail(block.cast::<u8>().add(start), class) }
    } else {
        0
    }
}

/// The list of dead objects that an object of this class comes from or goes to.
///
/// # Safety
/// The block's payload is written.
#[inline(always)]
unsafe fn kept_in<T: Payload>(class: &Class, block: NonNull<Object<T>>) -> Option<FreeList> {
    if class.has_flag(class_flag::KEPT) {
        // SAFETY: by the caller's word.
        unsafe { (*block.as_ptr()).payload.free_list() }
    } else {
        None
    }
}

/// Writes the header, once and whole, when everything else is there.
#[inline(always)]
unsafe fn finish<T: Payload>(class: &Ref<Class>, block: NonNull<Object<T>>, flags: u16) -> Ref<T> {
    // SAFETY: the block begins with the header.
    unsafe {
        if T::COLLECTED || class.has_flag(class_flag::COLLECTED) {
            let list = kept_in::<T>(class, block);
            current_vm()
                .heap
                .begin_tracked(block.cast(), class.head(), flags, list);
        } else {
            (&raw mut (*block.as_ptr()).header).write(Header::new(class.head(), flags));
        }
    }
    Ref(block)
}

/// The address of a class as the heap knows it.
impl Ref<Class> {
    /// The heap's view of the class.
    #[inline(always)]
    pub fn head(&self) -> NonNull<ClassHead> {
        self.as_ptr().cast()
    }
}

/// Bytes of an object's own block; None for immediates.
pub fn block_bytes(value: &Value) -> Option<usize> {
    let object = value.object()?;
    // SAFETY: a value's object is live, its class names the function for its payload.
    Some(unsafe { (class_of(object).ops().size)(object) })
}

/// Copies bytes out of an object's own block; None for immediates, and for a range that ends
/// outside the block.
pub fn copy_from_block(value: &Value, offset: usize, len: usize) -> Option<Vec<u8>> {
    if offset.checked_add(len)? > block_bytes(value)? {
        return None;
    }
    let start = value.object()?.as_ptr().cast::<u8>();
    // Volatile: parts of a block may never have been written, and have some value all the same.
    // SAFETY: the object is live, its block has at least `offset + len` bytes.
    let byte = |at| unsafe { start.add(offset + at).read_volatile() };
    Some((0..len).map(byte).collect())
}
