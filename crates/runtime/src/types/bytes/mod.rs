//! The type `bytes`, and the methods it shares with `bytearray`.
//!
//! A shared method gets at its receiver's contents by [`with_this`], after its arguments have been
//! read (that can run Python code, which might change a `bytearray`), and makes its result by
//! [`make`], which gives a `bytearray` for a `bytearray`.

use crate::object::buffer::{BufferView, Memory};
use crate::object::{ByteArray, Bytes, PyResult, Ref, TypeSlots, TypeSpec, Value, class_flag};
use crate::vm::Vm;

pub mod case;
pub mod construct;
pub mod hex;
pub mod iterator;
pub mod layout;
mod methods;
pub mod operators;
pub mod percent;
pub mod search;
pub mod split;
pub mod translate;

/// Declaration of the type.
pub static SPEC: TypeSpec = TypeSpec {
    doc: "bytes(iterable_of_ints) -> bytes\nbytes(string, encoding[, errors]) -> \
          bytes\nbytes(bytes_or_buffer) -> immutable copy of bytes_or_buffer\nbytes(int) -> bytes \
          object of size given by the parameter initialized with null bytes\nbytes() -> empty \
          bytes object\n\nConstruct an immutable array of bytes from:\n  - an iterable yielding \
          integers in range(256)\n  - a text string encoded using the specified encoding\n  - any \
          object implementing the buffer API.\n  - an integer",
    flags: class_flag::BASE_TYPE | class_flag::MATCH_SELF | class_flag::VARIABLE,
    slots: TypeSlots {
        repr: Some(operators::repr),
        str: Some(operators::repr),
        hash: Some(operators::hash),
        richcompare: Some(operators::compare),
        iter: Some(iterator::iter),
        new: Some(construct::new),
        nb_remainder: Some(percent::remainder),
        mp_length: Some(operators::len),
        mp_subscript: Some(operators::subscript),
        sq_length: Some(operators::len),
        sq_concat: Some(operators::concat),
        sq_repeat: Some(operators::repeat),
        sq_item: Some(operators::item),
        sq_contains: Some(operators::contains),
        buffer: Some(buffer),
        ..TypeSlots::EMPTY
    },
    methods: methods::METHODS,
    ..TypeSpec::of::<Bytes>("bytes")
};

fn buffer(_vm: &Vm, value: &Value, _flags: i64) -> PyResult<BufferView> {
    let memory = Memory::Fixed(|value| value.payload::<Bytes>().map(Bytes::as_slice));
    Ok(BufferView::new(value, memory, true))
}

/// Looks at the receiver's contents; `look` must not run Python code.
pub fn with_this<R>(this: &Value, look: impl FnOnce(&[u8]) -> R) -> R {
    if let Some(bytes) = this.payload::<Bytes>() {
        return look(bytes);
    }
    match this.payload::<ByteArray>() {
        Some(bytes) => bytes.with(look),
        None => look(&[]),
    }
}

/// A new object of the receiver's builtin type.
pub fn make(vm: &Vm, this: &Value, bytes: &[u8]) -> PyResult {
    if this.payload::<ByteArray>().is_some() {
        vm.bytearray_value(bytes)
    } else {
        vm.try_bytes(bytes).map(Ref::into_value)
    }
}

/// The receiver's bytes `start..end` as a new object; `bytes` that keep all of them stay the same
/// object.
pub fn make_slice(vm: &Vm, this: &Value, start: usize, end: usize) -> PyResult {
    let whole = start == 0 && with_this(this, <[u8]>::len) <= end;
    if whole && vm.class_of(this).is(&vm.types.bytes) {
        return Ok(this.clone());
    }
    with_this(this, |bytes| {
        let end = end.min(bytes.len());
        make(vm, this, bytes.get(start..end).unwrap_or_default())
    })
}

/// The receiver unchanged: itself if it is exactly `bytes`, else a copy.
pub fn unchanged(vm: &Vm, this: &Value) -> PyResult {
    make_slice(vm, this, 0, usize::MAX)
}

/// True for the bytes that `isspace`, `split` and `strip` treat as white space.
pub fn is_space(byte: u8) -> bool {
    matches!(byte, 9..=13 | 32)
}

/// A number that must be a byte; `what` is `bytes` or `byte`, as in the message.
pub fn byte_value(vm: &Vm, value: &Value, what: &str) -> PyResult<u8> {
    if let Some(byte) = value.as_small_int().and_then(|i| u8::try_from(i).ok()) {
        return Ok(byte);
    }
    if vm.class_of(value).slots().nb_index.is_none() {
        return Err(vm.type_error(format!(
            "'{}' object cannot be interpreted as an integer",
            vm.class_name(value)
        )));
    }
    u8::try_from(vm.index_clamped(value)?)
        .map_err(|_| vm.value_error(format!("{what} must be in range(0, 256)")))
}
