//! Iterators over `bytes` and `bytearray`.

use crate::object::{Bytes, Kind, MethodDef, PyResult, TypeSlots, TypeSpec, Value};
use crate::types::iterators::IndexIterator;
use crate::types::iterators::methods;
use crate::vm::Vm;

/// The iterator's payload.
pub type BytesIterator = IndexIterator<{ Kind::BYTES_ITERATOR.0 }>;

/// Declaration of `bytes_iterator`.
pub static SPEC: TypeSpec = TypeSpec {
    slots: TypeSlots {
        iter: Some(|_, this| Ok(this.clone())),
        iternext: Some(next),
        ..TypeSlots::EMPTY
    },
    methods: METHODS,
    ..TypeSpec::of::<BytesIterator>("bytes_iterator")
};

/// Declaration of `bytearray_iterator`.
pub static BYTEARRAY_SPEC: TypeSpec = TypeSpec {
    slots: TypeSlots {
        iter: Some(|_, this| Ok(this.clone())),
        iternext: Some(next),
        ..TypeSlots::EMPTY
    },
    methods: METHODS,
    ..TypeSpec::of::<BytesIterator>("bytearray_iterator")
};

const METHODS: &[MethodDef] = &[
    methods::length_hint(length_hint),
    methods::reduce(reduce),
    methods::setstate(set_state),
];

/// `iter(b)`
pub fn iter(vm: &Vm, this: &Value) -> PyResult {
    let class = if this.payload::<Bytes>().is_some() {
        &vm.types.bytes_iterator
    } else {
        &vm.types.bytearray_iterator
    };
    Ok(BytesIterator::make(class, this, 0))
}

fn next(_vm: &Vm, this: &Value) -> PyResult<Option<Value>> {
    let Some(iterator) = this.payload::<BytesIterator>() else {
        return Ok(None);
    };
    let index = iterator.index.get();
    let byte = iterator
        .sequence
        .peek()
        .and_then(|s| super::with_this(s, |b| b.get(index as usize).copied()));
    if byte.is_some() {
        iterator.index.set(index + 1);
    } else {
        iterator.sequence.set(None);
    }
    Ok(byte.map(|b| Value::small_int(b.into())))
}

fn length_hint(_vm: &Vm, args: &[Value]) -> PyResult {
    let left = args[0].payload::<BytesIterator>().map_or(0, |iterator| {
        let len = iterator
            .sequence
            .peek()
            .map(|s| super::with_this(s, <[u8]>::len));
        len.map_or(0, |len| len.saturating_sub(iterator.index.get() as usize))
    });
    Ok(Value::small_int(left as i64))
}

fn reduce(vm: &Vm, args: &[Value]) -> PyResult {
    match args[0].payload::<BytesIterator>() {
        Some(iterator) => iterator.reduce(vm, "iter", vm.tuple_value([])),
        None => Ok(Value::NOT_IMPLEMENTED),
    }
}

fn set_state(vm: &Vm, args: &[Value]) -> PyResult {
    let index = vm.arg_ssize(&args[1])?;
    if let Some(iterator) = args[0].payload::<BytesIterator>()
        && let Some(len) = iterator
            .sequence
            .peek()
            .map(|s| super::with_this(s, <[u8]>::len))
    {
        let index = usize::try_from(index).unwrap_or(0).min(len);
        iterator.index.set(index as isize);
    }
    Ok(Value::NONE)
}
