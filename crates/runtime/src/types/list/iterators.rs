//! `list_iterator` and `list_reverseiterator`.

use super::{list_of, this};
use crate::object::list::HeapVec;
use crate::object::{Kind, List, PyResult, TypeSlots, TypeSpec, Value, class_flag};
use crate::protocol::iterate::iter_self;
use crate::types::iterators::IndexIterator;
use crate::types::iterators::methods;
use crate::vm::Vm;

/// Payload of the forward iterator.
pub type ListIterator = IndexIterator<{ Kind::LIST_ITERATOR.0 }>;
/// Payload of the reverse iterator.
pub type ListReverseIterator = IndexIterator<{ Kind::LIST_REVERSE_ITERATOR.0 }>;

/// Declaration of `list_iterator`.
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
    ..TypeSpec::of::<ListIterator>("list_iterator")
};

/// Declaration of `list_reverseiterator`.
pub static REVERSE_ITERATOR_SPEC: TypeSpec = TypeSpec {
    flags: class_flag::COLLECTED | class_flag::NO_INSTANTIATION,
    slots: TypeSlots {
        iter: Some(iter_self),
        iternext: Some(reverse_next),
        ..TypeSlots::EMPTY
    },
    methods: &[
        methods::length_hint(reverse_length_hint),
        methods::reduce(reverse_reduce),
        methods::setstate(reverse_setstate),
    ],
    ..TypeSpec::of::<ListReverseIterator>("list_reverseiterator")
};

pub(super) fn iter(vm: &Vm, list: &Value) -> PyResult {
    Ok(ListIterator::make(&vm.types.list_iterator, list, 0))
}

fn peek(iterated: Option<&Value>) -> Option<&List> {
    iterated?.payload::<List>()
}

fn next(_vm: &Vm, iterator: &Value) -> PyResult<Option<Value>> {
    let Some(it) = iterator.payload::<ListIterator>() else {
        return Ok(None);
    };
    let index = it.index.get();
    match peek(it.sequence.peek()).and_then(|list| list.get(index as usize)) {
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

fn length_hint(_vm: &Vm, args: &[Value]) -> PyResult {
    let left = args[0].payload::<ListIterator>().map_or(0, |it| {
        let len = peek(it.sequence.peek()).map_or(0, List::len);
        len.saturating_sub(it.index.get() as usize)
    });
    Ok(Value::small_int(left as i64))
}

fn reduce(vm: &Vm, args: &[Value]) -> PyResult {
    match args[0].payload::<ListIterator>() {
        Some(it) => it.reduce(vm, "iter", vm.list(HeapVec::new()).into_value()),
        None => Ok(Value::NONE),
    }
}

fn setstate(vm: &Vm, args: &[Value]) -> PyResult {
    let index = vm.index_isize(&args[1], &vm.types.exceptions.overflow_error)?;
    if let Some(it) = args[0].payload::<ListIterator>()
        && let Some(list) = peek(it.sequence.peek())
    {
        it.index.set(index.clamp(0, list.len() as isize));
    }
    Ok(Value::NONE)
}

pub(super) fn reversed(vm: &Vm, args: &[Value]) -> PyResult {
    let last = this(args)?.len() as isize - 1;
    let class = &vm.types.list_reverse_iterator;
    Ok(ListReverseIterator::make(class, &args[0], last))
}

fn reverse_next(_vm: &Vm, iterator: &Value) -> PyResult<Option<Value>> {
    let Some(it) = iterator.payload::<ListReverseIterator>() else {
        return Ok(None);
    };
    let index = it.index.get();
    let item = usize::try_from(index)
        .ok()
        .and_then(|index| peek(it.sequence.peek())?.get(index));
    if item.is_some() {
        it.index.set(index - 1);
    } else {
        it.index.set(-1);
        it.sequence.set(None);
    }
    Ok(item)
}

fn reverse_length_hint(_vm: &Vm, args: &[Value]) -> PyResult {
    let left = args[0].payload::<ListReverseIterator>().map_or(0, |it| {
        let len = peek(it.sequence.peek()).map_or(0, List::len) as isize;
        let left = it.index.get() + 1;
        if left > len { 0 } else { left }
    });
    Ok(Value::small_int(left as i64))
}

fn reverse_reduce(vm: &Vm, args: &[Value]) -> PyResult {
    match args[0].payload::<ListReverseIterator>() {
        Some(it) => it.reduce(vm, "reversed", vm.list(HeapVec::new()).into_value()),
        None => Ok(Value::NONE),
    }
}

fn reverse_setstate(vm: &Vm, args: &[Value]) -> PyResult {
    let index = vm.index_isize(&args[1], &vm.types.exceptions.overflow_error)?;
    if let Some(it) = args[0].payload::<ListReverseIterator>()
        && let Some(list) = it.sequence.get()
    {
        it.index
            .set(index.clamp(-1, list_of(&list)?.len() as isize - 1));
    }
    Ok(Value::NONE)
}
