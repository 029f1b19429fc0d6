//! The type `bool`: two constants that are integers.

use crate::object::{Args, Class, Int, PyResult, Ref, TypeSlots, TypeSpec, Value, class_flag};
use crate::types::int::arithmetic;
use crate::vm::Vm;

/// Declaration of the type.
pub static SPEC: TypeSpec = TypeSpec {
    doc: "bool(x) -> bool\n\nReturns True when the argument x is true, False otherwise.\nThe \
          builtins True and False are the only two instances of the class bool.\nThe class bool is \
          a subclass of the class int, and cannot be subclassed.",
    flags: class_flag::MADE_UNPACKED
        | class_flag::VARIABLE
        | class_flag::INT_SUBCLASS
        | class_flag::MATCH_SELF,
    slots: TypeSlots {
        new: Some(new),
        repr: Some(repr),
        nb_invert: Some(invert),
        nb_and: Some(|vm, a, b| logic(vm, a, b, |x, y| x & y, arithmetic::and)),
        nb_or: Some(|vm, a, b| logic(vm, a, b, |x, y| x | y, arithmetic::or)),
        nb_xor: Some(|vm, a, b| logic(vm, a, b, |x, y| x ^ y, arithmetic::xor)),
        ..TypeSlots::EMPTY
    },
    ..TypeSpec::of::<Int>("bool")
};

fn new(vm: &Vm, _class: &Ref<Class>, args: Args<'_>) -> PyResult {
    if !args.names.is_empty() {
        return Err(vm.type_error("bool() takes no keyword arguments"));
    }
    match args.values {
        [] => Ok(Value::FALSE),
        [value] => Ok(Value::bool(vm.truth(value)?)),
        many => Err(vm.type_error(format!(
            "bool expected at most 1 argument, got {}",
            many.len()
        ))),
    }
}

fn repr(vm: &Vm, value: &Value) -> PyResult {
    Ok(vm.str_value(if value.as_bool() == Some(true) {
        "True"
    } else {
        "False"
    }))
}

fn invert(vm: &Vm, value: &Value) -> PyResult {
    vm.warn(
        &vm.types.exceptions.deprecation_warning,
        "Bitwise inversion '~' on bool is deprecated. This returns the bitwise inversion of the \
         underlying int object and is usually not what you expect from negating a bool. Use the \
         'not' operator for boolean negation or ~int(x) if you really want the bitwise inversion \
         of the underlying int.",
        1,
    )?;
    arithmetic::invert(vm, value)
}

/// Two bools give a bool, a bool and another integer an integer.
fn logic(
    vm: &Vm,
    a: &Value,
    b: &Value,
    of_bools: fn(bool, bool) -> bool,
    of_ints: fn(&Vm, &Value, &Value) -> PyResult,
) -> PyResult {
    match (a.as_bool(), b.as_bool()) {
        (Some(x), Some(y)) => Ok(Value::bool(of_bools(x, y))),
        _ => of_ints(vm, a, b),
    }
}
