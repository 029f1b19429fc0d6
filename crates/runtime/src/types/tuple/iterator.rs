//! `tuple_iterator`.

use super::items;
use crate::object::{Kind, PyResult, TypeSlots, TypeSpec, Value, class_flag};
use crate::protocol::iterate::iter_self;
use crate::types::iterators::IndexIterator;
use crate::types::iterators::methods;
use crate::vm::Vm;

/// Payload of the iterator.
pub type TupleIterator = IndexIterator<{ Kind::TUPLE_ITERATOR.0 }>;

/// Declaration of the type.
pub static ITERATOR_SPEC: TypeSpec = TypeSpec {
    flags: class_flag::COLLECTED | class_flag::NO_INSTANTIATION,
    slots: TypeSlots {
        iter: Some(iter_self),
        iternext: Some(next),
        ..TypeSlots::EMPTY
    },
    methods: &[
        methods::length_hint(length_hint),
        methods::reduce(reduce),
        methods::setstate(setstate),
    ],
    ..TypeSpec::of::<TupleIterator>("tuple_iterator")
};

pub(super) fn iter(vm: &Vm, tuple: &Value) -> PyResult {
    Ok(TupleIterator::make(&vm.types.tuple_iterator, tuple, 0))
}

fn next(_vm: &Vm, iterator: &Value) -> PyResult<Option<Value>> {
    let Some(it) = iterator.payload::<TupleIterator>() else {
        return Ok(None);
    };
    let index = it.index.get();
    let found = it
        .sequence
        .peek()
        .and_then(|tuple| items(tuple).get(index as usize))
        .cloned();
    match found {
        Some(item) => {
            it.index.set(index + 1);
            Ok(Some(item))
        }
        None => {
            it.sequence.set(None);
            Ok(None)
        }
    }
}

fn remaining(it: &TupleIterator) -> usize {
    it.sequence.peek().map_or(0, |tuple| {
        items(tuple).len().saturating_sub(it.index.get() as usize)
    })
}

fn length_hint(_vm: &Vm, args: &[Value]) -> PyResult {
    let left = args[0].payload::<TupleIterator>().map_or(0, remaining);
    Ok(Value::small_int(left as i64))
}

fn reduce(vm: &Vm, args: &[Value]) -> PyResult {
    match args[0].payload::<TupleIterator>() {
        Some(it) => it.reduce(vm, "iter", vm.tuple_value([])),
        None => Ok(Value::NONE),
    }
}

fn setstate(vm: &Vm, args: &[Value]) -> PyResult {
    let index = vm.index_isize(&args[1], &vm.types.exceptions.overflow_error)?;
    if let Some(it) = args[0].payload::<TupleIterator>()
        && let Some(tuple) = it.sequence.get()
    {
        it.index.set(index.clamp(0, items(&tuple).len() as isize));
    }
    Ok(Value::NONE)
}
