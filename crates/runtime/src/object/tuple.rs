//! The representation of `tuple`: a length and the items inline.
#![allow(unsafe_code)]

use heap::{FreeList, Subtraction, Visitor};

use super::class::Class;
use super::payload::{Kind, Object, Payload, Ref, Visit, alloc_variable};
use super::value::Value;
use crate::fields;
use crate::object::fields::Field;
use crate::vm::Vm;

/// A `tuple`'s payload; the items follow it.
#[repr(C)]
pub struct Tuple {
    len: usize,
}

impl Tuple {
    /// The items.
    #[inline(always)]
    pub fn as_slice(&self) -> &[Value] {
        // SAFETY: `len` values were stored behind the payload and never change.
        unsafe {
            let first = (self as *const Tuple)
                .cast::<u8>()
                .add(size_of::<Object<Tuple>>() - Object::<Tuple>::PAYLOAD_OFFSET);
            std::slice::from_raw_parts(first.cast(), self.len)
        }
    }
}

impl std::ops::Deref for Tuple {
    type Target = [Value];
    #[inline(always)]
    fn deref(&self) -> &[Value] {
        self.as_slice()
    }
}

impl Payload for Tuple {
    const KIND: Kind = Kind::TUPLE;
    const NAME: &'static str = "tuple";
    const VARIABLE: bool = true;
    const FIELDS: &'static [Field] = fields![
        "len" => len as Unsigned,
    ];

    fn traverse(&self, visitor: &mut Visitor<'_>) {
        for item in self.as_slice().iter().rev() {
            visitor.value(item);
        }
    }

    #[inline(always)]
    fn subtract(&self, subtraction: &mut Subtraction) {
        for item in self.as_slice() {
            if let Some(object) = item.object() {
                subtraction.object(object);
            }
        }
    }

    fn trailing_bytes(&self) -> usize {
        self.len * 8
    }

    #[inline(always)]
    fn free_list(&self) -> Option<FreeList> {
        FreeList::tuple(self.len)
    }
}

impl Drop for Tuple {
    fn drop(&mut self) {
        // CPython releases the items from the end.
        // SAFETY: the payload is being released with its object; nobody sees the items again.
        unsafe {
            let items = self.as_slice();
            let first = items.as_ptr().cast_mut();
            for i in (0..items.len()).rev() {
                std::ptr::drop_in_place(first.add(i));
            }
        }
    }
}

/// The tuple that an iterator gives again and again as long as nobody else keeps it: `zip`,
/// `enumerate` and the iterators over a dict's items make no new one for each step of a loop.
#[repr(transparent)]
pub struct SpareTuple(Ref<Tuple>);

impl SpareTuple {
    /// A tuple of `len` times None, to begin with.
    pub fn new(vm: &Vm, len: usize) -> SpareTuple {
        SpareTuple(vm.tuple((0..len).map(|_| Value::NONE)))
    }

    /// The tuple for the collector's visits.
    pub fn as_value(&self) -> &Value {
        self.0.as_value()
    }

    /// A reference to the tuple, if nobody else has one.  While the caller holds it, nobody else gets
    /// one from here.
    #[inline(always)]
    pub fn take(&self) -> Option<Ref<Tuple>> {
        (self.0.header().count() == 1 && !self.0.is_empty()).then(|| self.0.clone())
    }

    /// Puts an item into the tuple just taken and returns what lay there.
    #[inline(always)]
    pub fn put(&self, index: usize, item: Value) -> Value {
        let items = self.0.as_slice();
        assert!(index < items.len() && self.0.header().count() == 2);
        // SAFETY: only this and the taker refer to the tuple, so nobody looks at the item meanwhile;
        // the index is within the tuple.
        unsafe { items.as_ptr().cast_mut().add(index).replace(item) }
    }

    /// Hands out the tuple with its new items, which the collector may have stopped to track.
    #[inline(always)]
    pub fn give(&self, vm: &Vm, tuple: Ref<Tuple>) -> Value {
        if !tuple.header().is_tracked() {
            vm.heap.track(tuple.as_ptr());
        }
        tuple.into_value()
    }

    /// A pair: the tuple with these items, or a new one if somebody keeps it.
    #[inline]
    pub fn pair(&self, vm: &Vm, first: Value, second: Value) -> Value {
        let Some(tuple) = self.take() else {
            return vm.pair(first, second);
        };
        let old = (self.put(0, first), self.put(1, second));
        drop(old);
        self.give(vm, tuple)
    }
}

impl Vm {
    /// A tuple of these items.
    pub fn tuple(
        &self,
        items: impl IntoIterator<Item = Value, IntoIter: ExactSizeIterator>,
    ) -> Ref<Tuple> {
        let items = items.into_iter();
        if items.len() == 0
            && let Some(empty) = self.empty_tuple()
        {
            return empty;
        }
        self.tuple_of_class(&self.types.tuple, items)
    }

    /// A tuple value of these items.
    pub fn tuple_value(
        &self,
        items: impl IntoIterator<Item = Value, IntoIter: ExactSizeIterator>,
    ) -> Value {
        self.tuple(items).into_value()
    }

    /// A tuple of two values, written one by one (an array of them would be copied as a whole,
    /// which has to wait for both).
    #[inline]
    pub fn pair(&self, first: Value, second: Value) -> Value {
        // SAFETY: both items are written.
        unsafe {
            alloc_variable(&self.types.tuple, Tuple { len: 2 }, 16, |data| {
                let place = data.cast::<Value>().as_ptr();
                place.write(first);
                place.add(1).write(second);
            })
        }
        .into_value()
    }

    /// A tuple of borrowed items.
    pub fn tuple_from_slice(&self, items: &[Value]) -> Ref<Tuple> {
        self.tuple(items.iter().cloned())
    }

    /// A tuple of a class derived from `tuple`.  The iterator must not run Python code.
    pub fn tuple_of_class(
        &self,
        class: &Ref<Class>,
        items: impl ExactSizeIterator<Item = Value>,
    ) -> Ref<Tuple> {
        let len = items.len();
        // SAFETY: exactly `len` values are written; a short iterator panics before the object
        // is seen by anybody.
        unsafe {
            alloc_variable(class, Tuple { len }, len * 8, |data| {
                let first = data.cast::<Value>().as_ptr();
                let mut written = 0;
                for item in items.take(len) {
                    first.add(written).write(item);
                    written += 1;
                }
                assert_eq!(written, len, "an exact-size iterator lied about its length");
            })
        }
    }
}
