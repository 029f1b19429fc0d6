//! The types of `None`, `NotImplemented` and `...`; their only instances are immediates.

use crate::object::{Args, Kind, MethodDef, Payload, PyResult, TypeSlots, TypeSpec, Value};
use crate::vm::Vm;

/// There is no heap instance of these types.
pub struct Nothing;

impl Payload for Nothing {
    const KIND: Kind = Kind::PSEUDO_CONSTANT;
    const NAME: &'static str = "constant";
    const COLLECTED: bool = false;
}

/// Declaration of `NoneType`.
pub static NONE_SPEC: TypeSpec = TypeSpec {
    slots: TypeSlots {
        new: Some(|vm, _, args| only(vm, args, "NoneType", Value::NONE)),
        repr: Some(|vm, _| Ok(vm.str_value("None"))),
        // A constant since 3.12, so that sets of None are the same in each run.
        hash: Some(|_, _| Ok(0xFCA8_6420)),
        nb_bool: Some(|_, _| Ok(false)),
        ..TypeSlots::EMPTY
    },
    ..TypeSpec::of::<Nothing>("NoneType")
};

/// Declaration of the type of `NotImplemented`.
pub static NOT_IMPLEMENTED_SPEC: TypeSpec = TypeSpec {
    slots: TypeSlots {
        new: Some(|vm, _, args| only(vm, args, "NotImplementedType", Value::NOT_IMPLEMENTED)),
        repr: Some(|vm, _| Ok(vm.str_value("NotImplemented"))),
        nb_bool: Some(not_implemented_truth),
        ..TypeSlots::EMPTY
    },
    methods: &[MethodDef::bound("__reduce__", "($self, /)", "", |vm, _| {
        Ok(vm.str_value("NotImplemented"))
    })
    .unsigned()],
    ..TypeSpec::of::<Nothing>("NotImplementedType")
};

/// Declaration of the type of `...`.
pub static ELLIPSIS_SPEC: TypeSpec = TypeSpec {
    slots: TypeSlots {
        new: Some(|vm, _, args| only(vm, args, "EllipsisType", Value::ELLIPSIS)),
        repr: Some(|vm, _| Ok(vm.str_value("Ellipsis"))),
        ..TypeSlots::EMPTY
    },
    methods: &[MethodDef::bound("__reduce__", "($self, /)", "", |vm, _| {
        Ok(vm.str_value("Ellipsis"))
    })
    .unsigned()],
    ..TypeSpec::of::<Nothing>("ellipsis")
};

fn only(vm: &Vm, args: Args<'_>, name: &str, instance: Value) -> PyResult {
    if args.is_empty() {
        Ok(instance)
    } else {
        Err(vm.type_error(format!("{name} takes no arguments")))
    }
}

fn not_implemented_truth(vm: &Vm, _value: &Value) -> PyResult<bool> {
    vm.warn(
        &vm.types.exceptions.deprecation_warning,
        "NotImplemented should not be used in a boolean context",
        1,
    )?;
    Ok(true)
}
