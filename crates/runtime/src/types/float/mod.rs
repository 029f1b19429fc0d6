//! The type `float`: operators, constructor, methods.

pub mod arithmetic;
mod construct;
mod hex;
mod methods;

pub use arithmetic::{
    add, divmod, floor_div, frexp, hash_f64, modulo, mul, power_of, sub, true_div,
};
pub use construct::{parse_f64, to_float};
pub(crate) use construct::{trim, without_underscores};
pub use methods::{round_to, to_int};

use crate::object::{Float, PyResult, TypeSlots, TypeSpec, Value, class_flag};
use crate::types::format;
use crate::vm::Vm;

/// Declaration of the type.
pub static SPEC: TypeSpec = TypeSpec {
    doc: "Convert a string or number to a floating point number, if possible.",
    signature: "(x=0, /)",
    flags: class_flag::MADE_UNPACKED | class_flag::BASE_TYPE | class_flag::MATCH_SELF,
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
        nb_positive: Some(positive),
        nb_absolute: Some(arithmetic::absolute),
        nb_bool: Some(|_, x| Ok(x.as_float() != Some(0.0))),
        nb_int: Some(|vm, x| methods::to_int(vm, x.as_float().unwrap_or(0.0).trunc())),
        nb_float: Some(positive),
        nb_floor_divide: Some(arithmetic::floor_div),
        nb_true_divide: Some(arithmetic::true_div),
        ..TypeSlots::EMPTY
    },
    methods: methods::METHODS,
    getset: methods::GETSET,
    ..TypeSpec::of::<Float>("float")
};

/// An exact `float` equal to a float.
fn positive(vm: &Vm, value: &Value) -> PyResult {
    if vm.class_of(value).is(&vm.types.float) {
        return Ok(value.clone());
    }
    Ok(vm.float(value.as_float().unwrap_or(0.0)))
}

fn repr(vm: &Vm, value: &Value) -> PyResult {
    match value.as_float() {
        Some(x) => Ok(vm.str_value(&format::float::repr(x))),
        None => Ok(Value::NOT_IMPLEMENTED),
    }
}
