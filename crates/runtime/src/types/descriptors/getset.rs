//! `getset_descriptor`: an attribute that natives compute.

use crate::object::{GetSetDef, Kind, PyResult, TypeSlots, TypeSpec, Value, class_flag};
use crate::vm::Vm;

use super::declared::{Declared, Family};
use super::described::{Tables, payload};

/// The family of [`GetSetDescriptor`].
pub struct OfAttribute;

impl Family for OfAttribute {
    type Def = GetSetDef;
    const KIND: Kind = Kind::GETSET_DESCRIPTOR;
    const NAME: &'static str = "getset_descriptor";
    const REQUIRED: &'static str = "a getset descriptor is required";
}

/// The payload.
pub type GetSetDescriptor = Declared<OfAttribute>;

/// Declaration of the type.
pub static SPEC: TypeSpec = TypeSpec {
    flags: class_flag::COLLECTED | class_flag::NO_INSTANTIATION,
    slots: TypeSlots {
        repr: Some(repr),
        descr_get: Some(get),
        descr_set: Some(set),
        ..TypeSlots::EMPTY
    },
    getset: Tables::<GetSetDescriptor>::GETSET,
    ..TypeSpec::of::<GetSetDescriptor>("getset_descriptor")
};

fn repr(vm: &Vm, this: &Value) -> PyResult {
    Ok(payload::<GetSetDescriptor>(vm, this)?.shown_as(vm, "attribute"))
}

fn get(vm: &Vm, this: &Value, object: Option<&Value>, _owner: Option<&Value>) -> PyResult {
    let Some(object) = object else {
        return Ok(this.clone());
    };
    let this = payload::<GetSetDescriptor>(vm, this)?;
    vm.check_descriptor(this.def.name, &this.class, object)?;
    (this.def.get)(vm, object)
}

fn set(vm: &Vm, this: &Value, object: &Value, value: Option<&Value>) -> PyResult<()> {
    let this = payload::<GetSetDescriptor>(vm, this)?;
    vm.check_descriptor(this.def.name, &this.class, object)?;
    match this.def.set {
        Some(set) => set(vm, object, value),
        None => Err(vm.attribute_error(format!(
            "attribute '{}' of '{}' objects is not writable",
            this.def.name,
            this.class.name_string()
        ))),
    }
}
