//! Iterators that are a sequence and a place in it.

use std::cell::Cell;

use heap::Visitor;

use crate::fields;
use crate::object::fields::Field;
use crate::object::payload::Visit;
use crate::object::{Class, Kind, Payload, PyResult, Ref, Slot, Value, alloc};
use crate::vm::Vm;

/// The payload of the iterators over lists, tuples and the like; `K` is the number of the kind.
pub struct IndexIterator<const K: u16> {
    /// What is iterated; nothing at the end.
    pub sequence: Slot,
    /// The next place; -1 behind the end of a reverse iterator.
    pub index: Cell<isize>,
}

impl<const K: u16> Payload for IndexIterator<K> {
    const KIND: Kind = Kind(K);
    const NAME: &'static str = "iterator";
    const FIELDS: &'static [Field] = fields![
        "sequence" => sequence as Value,
        "index" => index as Signed,
    ];

    fn traverse(&self, visitor: &mut Visitor<'_>) {
        visitor.slot(&self.sequence);
    }
}

impl<const K: u16> IndexIterator<K> {
    /// A new iterator of this class.
    pub fn make(class: &Ref<Class>, sequence: &Value, index: isize) -> Value {
        let iterator = IndexIterator::<K> {
            sequence: Slot::new(Some(sequence.clone())),
            index: Cell::new(index),
        };
        alloc(class, iterator).into_value()
    }

    /// What `__reduce__` returns: the function that makes such an iterator (`iter` or `reversed`),
    /// the sequence and the place; `iter` of `empty` at the end.
    pub fn reduce(&self, vm: &Vm, function: &str, empty: Value) -> PyResult {
        // Looking the function up may run code that moves the iterator.
        let function = vm.builtin(function)?;
        match self.sequence.get() {
            Some(sequence) => {
                let index = Value::small_int(self.index.get() as i64);
                Ok(vm.tuple_value([function, vm.tuple_value([sequence]), index]))
            }
            None => Ok(vm.tuple_value([vm.builtin("iter")?, vm.tuple_value([empty])])),
        }
    }
}
