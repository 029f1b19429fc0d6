//! The type `bytearray`; what it shares with `bytes` lies in `types/bytes`.

use crate::object::buffer::{BufferView, Memory};
use crate::object::bytearray::ByteBuffer;
use crate::object::{
    Args, ByteArray, Class, CompareOp, PyResult, Ref, TypeSlots, TypeSpec, Value, alloc, class_flag,
};
use crate::types::bytes;
use crate::vm::Vm;

mod methods;
mod mutate;
mod subscript;

/// Declaration of the type.
pub static SPEC: TypeSpec = TypeSpec {
    doc: "bytearray(iterable_of_ints) -> bytearray\nbytearray(string, encoding[, errors]) -> \
          bytearray\nbytearray(bytes_or_buffer) -> mutable copy of \
          bytes_or_buffer\nbytearray(int) -> bytes array of size given by the parameter \
          initialized with null bytes\nbytearray() -> empty bytes array\n\nConstruct a mutable \
          bytearray object from:\n  - an iterable yielding integers in range(256)\n  - a text \
          string encoded using the specified encoding\n  - a bytes or a buffer object\n  - any \
          object implementing the buffer API.\n  - an integer",
    flags: class_flag::BASE_TYPE | class_flag::MATCH_SELF,
    slots: TypeSlots {
        repr: Some(repr),
        str: Some(repr),
        hash: None,
        richcompare: Some(compare),
        iter: Some(bytes::iterator::iter),
        init: Some(bytes::construct::init_bytearray),
        new: Some(new),
        nb_remainder: Some(bytes::percent::remainder),
        mp_length: Some(bytes::operators::len),
        mp_subscript: Some(bytes::operators::subscript),
        mp_ass_subscript: Some(subscript::assign),
        sq_length: Some(bytes::operators::len),
        sq_concat: Some(bytes::operators::concat),
        sq_repeat: Some(bytes::operators::repeat),
        sq_item: Some(bytes::operators::item),
        sq_ass_item: Some(subscript::assign_item),
        sq_contains: Some(bytes::operators::contains),
        sq_inplace_concat: Some(mutate::inplace_concat),
        sq_inplace_repeat: Some(mutate::inplace_repeat),
        buffer: Some(buffer),
        ..TypeSlots::EMPTY
    },
    methods: methods::METHODS,
    ..TypeSpec::of::<ByteArray>("bytearray")
};

fn buffer(_vm: &Vm, value: &Value, _flags: i64) -> PyResult<BufferView> {
    Ok(BufferView::new(value, Memory::Growable(reach), false))
}

fn reach(value: &Value) -> Option<&ByteBuffer> {
    value.payload::<ByteArray>().map(|array| &array.buffer)
}

fn new(_vm: &Vm, class: &Ref<Class>, _args: Args<'_>) -> PyResult {
    Ok(alloc(class, ByteArray::default()).into_value())
}

/// The array in a native's first argument.
fn this<'a>(vm: &Vm, value: &'a Value) -> PyResult<&'a ByteArray> {
    match value.payload::<ByteArray>() {
        Some(array) => Ok(array),
        None => Err(vm.type_error("descriptor requires a 'bytearray' object")),
    }
}

fn repr(vm: &Vm, value: &Value) -> PyResult {
    let text = this(vm, value)?.with(|all| {
        vm.check_room(all.len().saturating_mul(12))?;
        Ok(bytes::operators::repr_text(all, true))
    })?;
    Ok(vm.str_value(&format!("{}({text})", vm.class_name(value))))
}

fn compare(vm: &Vm, a: &Value, b: &Value, op: CompareOp) -> PyResult {
    if !vm.has_buffer(a) || !vm.has_buffer(b) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    let (Ok(left), Ok(right)) = (vm.buffer(a), vm.buffer(b)) else {
        // What cannot be seen as contiguous bytes is not compared.
        drop(vm.raised.take());
        return Ok(Value::NOT_IMPLEMENTED);
    };
    let ordering = left.with_bytes(|l| right.with_bytes(|r| l.cmp(r)));
    Ok(Value::bool(op.holds(ordering)))
}
