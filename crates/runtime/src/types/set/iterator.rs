//! `set_iterator`.

use std::cell::Cell;

use heap::Visitor;

use super::set_of;
use crate::fields;
use crate::object::fields::Field;
use crate::object::payload::Visit;
use crate::object::{
    Kind, Payload, PyResult, Set, Slot, TypeSlots, TypeSpec, Value, alloc, class_flag,
};
use crate::protocol::iterate::iter_self;
use crate::types::iterators::methods;
use crate::vm::Vm;

/// Payload of the iterator.
pub struct SetIterator {
    /// The set; nothing at the end.
    set: Slot,
    /// The set's length at the start; no length at all once a change was noticed.
    used: Cell<usize>,
    place: Cell<usize>,
    /// Keys still to come.
    left: Cell<usize>,
}

impl Payload for SetIterator {
    const KIND: Kind = Kind::SET_ITERATOR;
    const NAME: &'static str = "set_iterator";
    const FIELDS: &'static [Field] = fields![
        "set" => set as Value,
        "used" => used as Unsigned,
        "place" => place as Unsigned,
        "left" => left as Unsigned,
    ];

    fn traverse(&self, visitor: &mut Visitor<'_>) {
        visitor.slot(&self.set);
    }
}

/// Declaration of the type.
pub static ITERATOR_SPEC: TypeSpec = TypeSpec {
    flags: class_flag::COLLECTED | class_flag::NO_INSTANTIATION,
    slots: TypeSlots {
        iter: Some(iter_self),
        iternext: Some(next),
        ..TypeSlots::EMPTY
    },
    methods: &[methods::length_hint(length_hint), methods::reduce(reduce)],
    ..TypeSpec::of::<SetIterator>("set_iterator")
};

pub(super) fn iter(vm: &Vm, value: &Value) -> PyResult {
    let len = set_of(value)?.len();
    let iterator = SetIterator {
        set: Slot::new(Some(value.clone())),
        used: Cell::new(len),
        place: Cell::new(0),
        left: Cell::new(len),
    };
    Ok(alloc(&vm.types.set_iterator, iterator).into_value())
}

fn next(vm: &Vm, iterator: &Value) -> PyResult<Option<Value>> {
    let Some(it) = iterator.payload::<SetIterator>() else {
        return Ok(None);
    };
    let Some(set) = it.set.peek().and_then(Value::payload::<Set>) else {
        return Ok(None);
    };
    if it.used.get() != set.len() {
        it.used.set(usize::MAX);
        return Err(vm.runtime_error("Set changed size during iteration"));
    }
    let mut place = it.place.get();
    let key = set.next(&mut place);
    it.place.set(place);
    if key.is_some() {
        it.left.set(it.left.get().saturating_sub(1));
    } else {
        it.set.set(None);
    }
    Ok(key)
}

fn length_hint(_vm: &Vm, args: &[Value]) -> PyResult {
    let left = args[0].payload::<SetIterator>().map_or(0, |it| {
        match it.set.peek().and_then(Value::payload::<Set>) {
            Some(set) if set.len() == it.used.get() => it.left.get(),
            _ => 0,
        }
    });
    Ok(Value::small_int(left as i64))
}

fn reduce(vm: &Vm, args: &[Value]) -> PyResult {
    let Some(it) = args[0].payload::<SetIterator>() else {
        return Ok(Value::NONE);
    };
    // What is left is listed by a copy, so that this iterator stays where it is.
    let copy = SetIterator {
        set: Slot::new(it.set.get()),
        used: it.used.clone(),
        place: it.place.clone(),
        left: it.left.clone(),
    };
    let copy = alloc(&vm.types.set_iterator, copy).into_value();
    let rest = vm.list_from(vm.collect(&copy)?)?.into_value();
    Ok(vm.tuple_value([vm.builtin("iter")?, vm.tuple_value([rest])]))
}
