//! `weakref.proxy`: objects that do everything as their referent does, as long as it lives.
//!
//! Every operation looks the referent up and hands on; where an operation has two operands, either
//! may be a proxy.

use super::reference;
use crate::object::slots::UnaryFn;
use crate::object::{
    Args, CompareOp, MethodDef, PyResult, TypeSlots, TypeSpec, Value, WeakReference, class_flag,
};
use crate::protocol::number::BinaryOp;
use crate::vm::Vm;

const PROXY_SLOTS: TypeSlots = TypeSlots {
    repr: Some(repr),
    str: Some(str),
    getattro: Some(get_attribute),
    setattro: Some(set_attribute),
    richcompare: Some(compare),
    iter: Some(iter),
    iternext: Some(next),
    nb_add: Some(add),
    nb_subtract: Some(subtract),
    nb_multiply: Some(multiply),
    nb_remainder: Some(remainder),
    nb_divmod: Some(divmod),
    nb_power: Some(power),
    nb_negative: Some(negative),
    nb_positive: Some(positive),
    nb_absolute: Some(absolute),
    nb_bool: Some(truth),
    nb_invert: Some(invert),
    nb_lshift: Some(lshift),
    nb_rshift: Some(rshift),
    nb_and: Some(and),
    nb_xor: Some(xor),
    nb_or: Some(or),
    nb_int: Some(int),
    nb_float: Some(float),
    nb_inplace_add: Some(inplace_add),
    nb_inplace_subtract: Some(inplace_subtract),
    nb_inplace_multiply: Some(inplace_multiply),
    nb_inplace_remainder: Some(inplace_remainder),
    nb_inplace_power: Some(inplace_power),
    nb_inplace_lshift: Some(inplace_lshift),
    nb_inplace_rshift: Some(inplace_rshift),
    nb_inplace_and: Some(inplace_and),
    nb_inplace_xor: Some(inplace_xor),
    nb_inplace_or: Some(inplace_or),
    nb_floor_divide: Some(floor_divide),
    nb_true_divide: Some(true_divide),
    nb_inplace_floor_divide: Some(inplace_floor_divide),
    nb_inplace_true_divide: Some(inplace_true_divide),
    nb_index: Some(index),
    nb_matrix_multiply: Some(matrix_multiply),
    nb_inplace_matrix_multiply: Some(inplace_matrix_multiply),
    mp_length: Some(len),
    mp_subscript: Some(subscript),
    mp_ass_subscript: Some(assign_subscript),
    sq_length: Some(len),
    sq_contains: Some(contains),
    ..TypeSlots::EMPTY
};

const METHODS: &[MethodDef] = &[
    MethodDef::bound("__bytes__", "($self, /)", "", bytes).unsigned(),
    MethodDef::bound("__reversed__", "($self, /)", "", reversed).unsigned(),
];

/// Declaration of `weakref.ProxyType`.
pub static SPEC: TypeSpec = TypeSpec {
    flags: class_flag::COLLECTED | class_flag::NO_INSTANTIATION,
    slots: PROXY_SLOTS,
    methods: METHODS,
    ..TypeSpec::of::<WeakReference>("weakref.ProxyType")
};

/// Declaration of `weakref.CallableProxyType`.
pub static CALLABLE_SPEC: TypeSpec = TypeSpec {
    flags: class_flag::COLLECTED | class_flag::NO_INSTANTIATION,
    slots: TypeSlots {
        call: Some(call),
        ..PROXY_SLOTS
    },
    methods: METHODS,
    ..TypeSpec::of::<WeakReference>("weakref.CallableProxyType")
};

/// The referent of a proxy; any other value as it is.
fn unwrap(vm: &Vm, value: &Value) -> PyResult {
    let class = vm.class_of(value);
    if !class.is(&vm.types.weak_proxy) && !class.is(&vm.types.weak_callable_proxy) {
        return Ok(value.clone());
    }
    reference(vm, value)?
        .referent()
        .ok_or_else(|| vm.reference_error("weakly-referenced object no longer exists"))
}

fn repr(vm: &Vm, this: &Value) -> PyResult {
    let referent = reference(vm, this)?.referent().unwrap_or(Value::NONE);
    Ok(vm.str_value(&format!(
        "<weakproxy at {:#x} to {} at {:#x}>",
        vm.id(this),
        vm.full_class_name(vm.class_of(&referent)),
        vm.id(&referent)
    )))
}

fn str(vm: &Vm, this: &Value) -> PyResult {
    Ok(vm.str_of(&unwrap(vm, this)?)?.into_value())
}

fn get_attribute(vm: &Vm, this: &Value, name: &Value) -> PyResult {
    vm.get_attr(&unwrap(vm, this)?, name)
}

fn set_attribute(vm: &Vm, this: &Value, name: &Value, value: Option<&Value>) -> PyResult<()> {
    vm.set_or_delete_attr(&unwrap(vm, this)?, name, value)
}

fn compare(vm: &Vm, a: &Value, b: &Value, op: CompareOp) -> PyResult {
    vm.compare(&unwrap(vm, a)?, &unwrap(vm, b)?, op)
}

fn call(vm: &Vm, this: &Value, args: Args<'_>) -> PyResult {
    vm.call_args(&unwrap(vm, this)?, args)
}

fn iter(vm: &Vm, this: &Value) -> PyResult {
    vm.iter(&unwrap(vm, this)?)
}

fn next(vm: &Vm, this: &Value) -> PyResult<Option<Value>> {
    let referent = unwrap(vm, this)?;
    if vm.class_of(&referent).slots().iternext.is_none() {
        return Err(vm.type_error(format!(
            "Weakref proxy referenced a non-iterator '{}' object",
            vm.class_name(&referent)
        )));
    }
    vm.next(&referent)
}

fn len(vm: &Vm, this: &Value) -> PyResult<usize> {
    vm.len(&unwrap(vm, this)?)
}

fn subscript(vm: &Vm, this: &Value, key: &Value) -> PyResult {
    vm.get_item(&unwrap(vm, this)?, key)
}

fn assign_subscript(vm: &Vm, this: &Value, key: &Value, value: Option<&Value>) -> PyResult<()> {
    let referent = unwrap(vm, this)?;
    match value {
        Some(value) => vm.set_item(&referent, key, value),
        None => vm.del_item(&referent, key),
    }
}

fn contains(vm: &Vm, this: &Value, item: &Value) -> PyResult<bool> {
    vm.contains(&unwrap(vm, this)?, item)
}

fn truth(vm: &Vm, this: &Value) -> PyResult<bool> {
    vm.truth(&unwrap(vm, this)?)
}

fn power(vm: &Vm, a: &Value, b: &Value, modulus: &Value) -> PyResult {
    vm.power(&unwrap(vm, a)?, &unwrap(vm, b)?, &unwrap(vm, modulus)?)
}

fn inplace_power(vm: &Vm, a: &Value, b: &Value, _modulus: &Value) -> PyResult {
    vm.power_inplace(&unwrap(vm, a)?, &unwrap(vm, b)?)
}

macro_rules! unary {
    ($($name:ident: $operation:expr;)*) => {$(
        fn $name(vm: &Vm, this: &Value) -> PyResult {
            let operation: UnaryFn = $operation;
            operation(vm, &unwrap(vm, this)?)
        }
    )*};
}

unary! {
    negative: |vm, v| vm.negative(v);
    positive: |vm, v| vm.positive(v);
    invert: |vm, v| vm.invert(v);
    absolute: |vm, v| vm.call1(&vm.builtin("abs")?, v);
    index: |vm, v| vm.index(v);
    int: |vm, v| vm.call1(vm.types.int.as_value(), v);
    float: |vm, v| vm.call1(vm.types.float.as_value(), v);
}

macro_rules! binary {
    ($($name:ident, $inplace:ident: $operation:ident;)*) => {$(
        fn $name(vm: &Vm, a: &Value, b: &Value) -> PyResult {
            vm.binary(&BinaryOp::$operation, &unwrap(vm, a)?, &unwrap(vm, b)?)
        }

        fn $inplace(vm: &Vm, a: &Value, b: &Value) -> PyResult {
            vm.binary_inplace(&BinaryOp::$operation, &unwrap(vm, a)?, &unwrap(vm, b)?)
        }
    )*};
}

binary! {
    add, inplace_add: ADD;
    subtract, inplace_subtract: SUBTRACT;
    multiply, inplace_multiply: MULTIPLY;
    remainder, inplace_remainder: REMAINDER;
    lshift, inplace_lshift: LSHIFT;
    rshift, inplace_rshift: RSHIFT;
    and, inplace_and: AND;
    xor, inplace_xor: XOR;
    or, inplace_or: OR;
    floor_divide, inplace_floor_divide: FLOOR_DIVIDE;
    true_divide, inplace_true_divide: TRUE_DIVIDE;
    matrix_multiply, inplace_matrix_multiply: MATRIX_MULTIPLY;
}

fn divmod(vm: &Vm, a: &Value, b: &Value) -> PyResult {
    vm.binary(&BinaryOp::DIVMOD, &unwrap(vm, a)?, &unwrap(vm, b)?)
}

fn bytes(vm: &Vm, args: &[Value]) -> PyResult {
    let referent = unwrap(vm, &args[0])?;
    vm.call_method(&referent, &vm.names.__bytes__, &[])
}

fn reversed(vm: &Vm, args: &[Value]) -> PyResult {
    let referent = unwrap(vm, &args[0])?;
    vm.call_method(&referent, &vm.names.__reversed__, &[])
}
