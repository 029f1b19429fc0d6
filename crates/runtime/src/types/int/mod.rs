//! The type `int`: operators, constructor, methods.
//!
//! `big` computes on sign and magnitude and knows no interpreter; `arithmetic` is the operators on
//! values; `construct` makes integers from anything; `text` parses and prints; `methods` is the
//! rest.  The representation is `object::int`.

pub mod arithmetic;
pub mod big;
mod construct;
mod methods;
pub mod text;

pub use arithmetic::{
    HASH_MODULUS, add, and, compare_views, divmod, floor_div, hash_view, lshift, modulo, mul, or,
    power, rshift, sub, true_div, xor,
};
pub use construct::number_to_int;

use crate::object::{Int, PyResult, TypeSlots, TypeSpec, Value, class_flag};
use crate::vm::Vm;

/// Declaration of the type.
pub static SPEC: TypeSpec = TypeSpec {
    doc: "int([x]) -> integer\nint(x, base=10) -> integer\n\nConvert a number or string to an \
          integer, or return 0 if no arguments\nare given.  If x is a number, return x.__int__().  \
          For floating point\nnumbers, this truncates towards zero.\n\nIf x is not a number or if \
          base is given, then x must be a string,\nbytes, or bytearray instance representing an \
          integer literal in the\ngiven base.  The literal can be preceded by '+' or '-' and be \
          surrounded\nby whitespace.  The base defaults to 10.  Valid bases are 0 and 2-36.\nBase \
          0 means to interpret the base from the string as an integer literal.\n>>> int('0b100', \
          base=0)\n4",
    flags: class_flag::VARIABLE
        | class_flag::BASE_TYPE
        | class_flag::INT_SUBCLASS
        | class_flag::MATCH_SELF,
    slots: TypeSlots {
        new: Some(construct::new),
        repr: Some(repr),
        hash: Some(arithmetic::hash),
        richcompare: Some(arithmetic::compare),
        nb_add: Some(arithmetic::add),
        nb_subtract: Some(arithmetic::sub),
        nb_multiply: Some(arithmetic::mul),
        nb_remainder: Some(arithmetic::modulo),
        nb_divmod: Some(arithmetic::divmod),
        nb_power: Some(arithmetic::power),
        nb_negative: Some(arithmetic::negative),
        nb_positive: Some(arithmetic::positive),
        nb_absolute: Some(arithmetic::absolute),
        nb_bool: Some(arithmetic::truth),
        nb_invert: Some(arithmetic::invert),
        nb_lshift: Some(arithmetic::lshift),
        nb_rshift: Some(arithmetic::rshift),
        nb_and: Some(arithmetic::and),
        nb_xor: Some(arithmetic::xor),
        nb_or: Some(arithmetic::or),
        nb_int: Some(arithmetic::positive),
        nb_float: Some(to_float),
        nb_floor_divide: Some(arithmetic::floor_div),
        nb_true_divide: Some(arithmetic::true_div),
        nb_index: Some(arithmetic::positive),
        ..TypeSlots::EMPTY
    },
    methods: methods::METHODS,
    getset: methods::GETSET,
    ..TypeSpec::of::<Int>("int")
};

fn repr(vm: &Vm, value: &Value) -> PyResult {
    match value.as_int() {
        Some(view) => text::decimal_value(vm, view),
        None => Ok(Value::NOT_IMPLEMENTED),
    }
}

fn to_float(vm: &Vm, value: &Value) -> PyResult {
    Ok(vm.float(vm.int_to_f64(value)?))
}
