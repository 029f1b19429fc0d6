//! The representation of `list`: a growable buffer of values on our heap.
//!
//! Items are only handed out as counted values, so that no reference into the buffer outlives a
//! change made by Python code that runs meanwhile.
#![allow(unsafe_code)]

use std::cell::UnsafeCell;
use std::ptr::NonNull;

use heap::buffer::{self, ListGrowth};
use heap::header::flag;
use heap::{Header, Subtraction, Visitor};

use super::class::{Class, class_flag};
use super::payload::{Kind, Object, Payload, Ref, Visit, alloc, class_of};
use super::result::PyResult;
use super::value::Value;
use crate::fields;
use crate::object::fields::{Buffer, Field};
use crate::vm::Vm;

/// The buffer of a list: grows as CPython's does.
pub type HeapVec<T> = buffer::HeapVec<T, ListGrowth>;

/// A `list`'s payload.
pub struct List {
    items: UnsafeCell<HeapVec<Value>>,
}

const _: () = assert!(size_of::<Object<List>>() == 32);

/// How far ahead of their use the headers of items are fetched.
const AHEAD: usize = 16;

/// Header flag: `sort` works on the items apart, and the list had no buffer since when it was last changed.
const SORTING: u16 = flag::USER0;

impl List {
    /// A payload of these items.
    pub fn new(items: HeapVec<Value>) -> List {
        List {
            items: UnsafeCell::new(items),
        }
    }

    #[inline(always)]
    fn header(&self) -> &Header {
        // SAFETY: a List only ever lies in an Object<List>, behind its header.
        unsafe {
            &*(self as *const List)
                .byte_sub(Object::<List>::PAYLOAD_OFFSET)
                .cast()
        }
    }

    /// Says that there is no object among the items: until they change, collections need not look at
    /// them, so that a long list of numbers is walked once if at all.
    pub fn note_no_objects(&self) {
        // An instance of a subclass still refers to its class.
        // SAFETY: a live object's class lives.
        let class = unsafe { class_of(NonNull::from(self.header())) };
        if !class.has_flag(class_flag::HEAP_TYPE | class_flag::HAS_TAIL) {
            self.header().set(flag::LEAF);
        }
    }

    /// Number of items.
    #[inline(always)]
    pub fn len(&self) -> usize {
        // SAFETY: under the interpreter lock nobody changes the buffer during the read.
        unsafe { (*self.items.get()).len() }
    }

    /// True for `[]`.
    #[inline(always)]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// One item.
    #[inline(always)]
    pub fn get(&self, index: usize) -> Option<Value> {
        // SAFETY: cloning runs no Python code.
        unsafe { (*self.items.get()).as_slice().get(index).cloned() }
    }

    /// Looks at the items; `look` must not run Python code (no comparison, no drop of a value).
    #[inline(always)]
    pub fn with<R>(&self, look: impl FnOnce(&[Value]) -> R) -> R {
        // SAFETY: the caller keeps the rule above, so nothing changes the buffer meanwhile.
        look(unsafe { (*self.items.get()).as_slice() })
    }

    /// Changes the buffer; `change` must not run Python code: values taken out are returned and
    /// dropped by the caller afterwards.
    #[inline(always)]
    pub fn update<R>(&self, change: impl FnOnce(&mut HeapVec<Value>) -> R) -> R {
        let header = self.header();
        // SAFETY: as for `with`.
        let items = unsafe { &mut *self.items.get() };
        if header.has(flag::LEAF | SORTING) {
            header.unset(match items.capacity() {
                0 => flag::LEAF,
                _ => flag::LEAF | SORTING,
            });
        }
        change(items)
    }

    /// Stores an item that must exist and returns the old one.
    #[inline(always)]
    pub fn replace(&self, index: usize, value: Value) -> Option<Value> {
        self.update(|items| {
            Some(std::mem::replace(
                items.as_mut_slice().get_mut(index)?,
                value,
            ))
        })
    }

    /// Takes all items out, leaving the list empty.
    pub fn take(&self) -> HeapVec<Value> {
        self.update(std::mem::take)
    }

    /// The items, counted anew.
    pub fn to_vec(&self) -> Vec<Value> {
        self.with(<[Value]>::to_vec)
    }

    /// Takes all items out for sorting; the list looks empty meanwhile.  Also says whether it is being
    /// sorted already.
    pub fn begin_sort(&self) -> (HeapVec<Value>, bool) {
        let nested = self.header().has(SORTING);
        let items = self.take();
        self.header().set(SORTING);
        (items, nested)
    }

    /// Puts the sorted items back.  Returns what the list held meanwhile, and whether anybody had
    /// changed it.
    pub fn end_sort(&self, items: HeapVec<Value>, nested: bool) -> (HeapVec<Value>, bool) {
        // What left the empty list without a buffer has changed nothing.
        let modified = !self.header().has(SORTING) || self.buffer_bytes() != 0;
        let meanwhile = self.take();
        self.header().unset(SORTING);
        self.update(|place| *place = items);
        if nested && !modified {
            self.header().set(SORTING);
        }
        (meanwhile, modified)
    }

    /// Bytes of the buffer, beyond the object's own block.
    pub fn buffer_bytes(&self) -> usize {
        // SAFETY: as for `with`.
        unsafe { (*self.items.get()).heap_bytes() }
    }
}

impl Payload for List {
    const KIND: Kind = Kind::LIST;
    const NAME: &'static str = "list";
    const FIELDS: &'static [Field] = fields![
        "items" => items as Opaque,
    ];

    #[inline(always)]
    fn free_list(&self) -> Option<heap::FreeList> {
        Some(heap::FreeList::LIST)
    }

    fn traverse(&self, visitor: &mut Visitor<'_>) {
        self.with(|items| {
            for (index, item) in items.iter().enumerate().rev() {
                if let Some(object) = items.get(index.wrapping_sub(AHEAD)).and_then(Value::object) {
                    heap::prefetch(object.as_ptr());
                }
                visitor.value(item);
            }
        });
    }

    #[inline(always)]
    fn subtract(&self, subtraction: &mut Subtraction) {
        // A list that ends with an object has one; any other is looked through at once, without branches.
        let objects = self.with(|items| {
            items.last().is_some_and(Value::is_heap)
                || items.iter().fold(false, |any, item| any | item.is_heap())
        });
        if !objects {
            self.note_no_objects();
            return;
        }
        self.with(|items| {
            // SAFETY: the items stay where they are while the collector looks at the graph.
            if unsafe { subtraction.put_aside(items.as_ptr().cast(), items.len(), 1) } {
                return;
            }
            for (index, item) in items.iter().enumerate() {
                if let Some(object) = items.get(index + AHEAD).and_then(Value::object) {
                    heap::prefetch(object.as_ptr());
                }
                if let Some(object) = item.object() {
                    subtraction.object(object);
                }
            }
        });
    }

    fn buffer(&self) -> Option<Buffer> {
        let (address, bytes) = self.update(|items| items.block())?;
        Some(Buffer {
            name: "items",
            address,
            bytes,
        })
    }

    fn clear(&self) {
        drop_from_end(self.take());
    }
}

impl Drop for List {
    fn drop(&mut self) {
        drop_from_end(std::mem::take(self.items.get_mut()));
    }
}

/// Drops items from the end, as CPython does; the buffer is nobody's any more.
pub fn drop_from_end(mut items: HeapVec<Value>) {
    while let Some(item) = items.pop() {
        drop(item);
    }
}

impl Vm {
    /// A list of these items.
    #[inline(always)]
    pub fn list(&self, items: HeapVec<Value>) -> Ref<List> {
        alloc(&self.types.list, List::new(items))
    }

    /// A list of these items; MemoryError where the heap refuses.
    pub fn list_from(&self, items: impl IntoIterator<Item = Value>) -> PyResult<Ref<List>> {
        match HeapVec::try_from_iter(items) {
            Ok(items) => Ok(self.list(items)),
            Err(_) => Err(self.memory_error()),
        }
    }

    /// An empty list of a class derived from `list`.
    pub fn list_of_class(&self, class: &Ref<Class>) -> Ref<List> {
        alloc(class, List::new(HeapVec::new()))
    }
}
