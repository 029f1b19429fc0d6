//! `classmethod_descriptor`: a native class method in its class's namespace (`dict.fromkeys`).

use crate::object::{
    Args, Class, Kind, MethodDef, PyResult, TypeSlots, TypeSpec, Value, class_flag,
};
use crate::vm::Vm;

use super::declared::{Declared, Family};
use super::described::{Tables, payload};

/// The family of [`ClassMethodDescriptor`].
pub struct OfClassMethod;

impl Family for OfClassMethod {
    type Def = MethodDef;
    const KIND: Kind = Kind::CLASSMETHOD_DESCRIPTOR;
    const NAME: &'static str = "classmethod_descriptor";
    const REQUIRED: &'static str = "a class method descriptor is required";
}

/// The payload.
pub type ClassMethodDescriptor = Declared<OfClassMethod>;

/// Declaration of the type.
pub static SPEC: TypeSpec = TypeSpec {
    flags: class_flag::COLLECTED | class_flag::NO_INSTANTIATION,
    slots: TypeSlots {
        repr: Some(repr),
        call: Some(call),
        descr_get: Some(get),
        ..TypeSlots::EMPTY
    },
    getset: Tables::<ClassMethodDescriptor>::GETSET_OF_CALLABLE,
    ..TypeSpec::of::<ClassMethodDescriptor>("classmethod_descriptor")
};

fn repr(vm: &Vm, this: &Value) -> PyResult {
    Ok(payload::<ClassMethodDescriptor>(vm, this)?.shown_as(vm, "method"))
}

fn call(vm: &Vm, this: &Value, args: Args<'_>) -> PyResult {
    let descriptor = payload::<ClassMethodDescriptor>(vm, this)?;
    let Some(class) = args.positionals().first() else {
        return Err(vm.type_error(format!(
            "descriptor '{}' of '{}' object needs an argument",
            descriptor.def.name,
            descriptor.class.name_string()
        )));
    };
    let bound = get(vm, this, None, Some(class))?;
    vm.call_args(&bound, args.skip_first())
}

fn get(vm: &Vm, this: &Value, object: Option<&Value>, owner: Option<&Value>) -> PyResult {
    let this = payload::<ClassMethodDescriptor>(vm, this)?;
    let (name, own) = (this.def.name, this.class.name_string());
    let owner = match (owner, object) {
        (Some(owner), _) => owner.clone(),
        (None, Some(object)) => vm.class_of(object).to_value(),
        (None, None) => {
            return Err(vm.type_error(format!(
                "descriptor '{name}' for type '{own}' needs either an object or a type"
            )));
        }
    };
    let Some(class) = owner.payload::<Class>() else {
        return Err(vm.type_error(format!(
            "descriptor '{name}' for type '{own}' needs a type, not a '{}' as arg 2",
            vm.class_name(&owner)
        )));
    };
    if !class.is_subclass_of(&this.class) {
        return Err(vm.type_error(format!(
            "descriptor '{name}' requires a subtype of '{own}' but received '{}'",
            class.name_string()
        )));
    }
    Ok(vm.builtin_method(this.def, &owner))
}
