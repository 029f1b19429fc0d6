//! `getset_descriptor`: an attribute that natives compute.

use heap::Visitor;

use crate::fields;
use crate::object::fields::Field;
use crate::object::payload::Visit;
use crate::object::{
    Class, GetSetDef, Kind, Payload, PyResult, Ref, TypeSlots, TypeSpec, Value, class_flag,
};
use crate::vm::Vm;

use super::described::{Described, Tables, payload};

/// The payload.
pub struct GetSetDescriptor {
    /// The declaration.
    pub def: &'static GetSetDef,
    /// The class it belongs to.
    pub class: Ref<Class>,
}

impl Payload for GetSetDescriptor {
    const KIND: Kind = Kind::GETSET_DESCRIPTOR;
    const NAME: &'static str = "getset_descriptor";
    const FIELDS: &'static [Field] = fields![
        "def" => def as Opaque,
        "class" => class as Value,
    ];

    fn traverse(&self, visitor: &mut Visitor<'_>) {
        visitor.reference(&self.class);
    }
}

impl Described for GetSetDescriptor {
    const REQUIRED: &'static str = "a getset descriptor is required";

    fn name(&self, vm: &Vm) -> Value {
        vm.intern(self.def.name)
    }

    fn class(&self) -> &Ref<Class> {
        &self.class
    }

    fn doc(&self) -> &str {
        self.def.doc
    }
}

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
    let this = payload::<GetSetDescriptor>(vm, this)?;
    let class = this.class.name_string();
    Ok(vm.str_value(&format!(
        "<attribute '{}' of '{class}' objects>",
        this.def.name
    )))
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
