//! `getset_descriptor`: an attribute that natives compute.

use heap::Visitor;

use crate::fields;
use crate::object::fields::Field;
use crate::object::payload::Visit;
use crate::object::{
    Class, GetSetDef, Kind, Payload, PyResult, Ref, TypeSlots, TypeSpec, Value, class_flag,
};
use crate::vm::Vm;

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

/// Declaration of the type.
pub static SPEC: TypeSpec = TypeSpec {
    flags: class_flag::COLLECTED | class_flag::NO_INSTANTIATION,
    slots: TypeSlots {
        repr: Some(repr),
        descr_get: Some(get),
        descr_set: Some(set),
        ..TypeSlots::EMPTY
    },
    getset: &[
        GetSetDef::read_only("__name__", "", name).as_member(),
        GetSetDef::read_only("__objclass__", "", objclass).as_member(),
        GetSetDef::read_only("__qualname__", "", qualname),
        GetSetDef::read_only("__doc__", "", doc),
    ],
    ..TypeSpec::of::<GetSetDescriptor>("getset_descriptor")
};

fn payload<'a>(vm: &Vm, this: &'a Value) -> PyResult<&'a GetSetDescriptor> {
    this.payload()
        .ok_or_else(|| vm.type_error("a getset descriptor is required"))
}

fn repr(vm: &Vm, this: &Value) -> PyResult {
    let this = payload(vm, this)?;
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
    let this = payload(vm, this)?;
    vm.check_descriptor(this.def.name, &this.class, object)?;
    (this.def.get)(vm, object)
}

fn set(vm: &Vm, this: &Value, object: &Value, value: Option<&Value>) -> PyResult<()> {
    let this = payload(vm, this)?;
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

fn name(vm: &Vm, this: &Value) -> PyResult {
    Ok(vm.intern(payload(vm, this)?.def.name))
}

fn objclass(vm: &Vm, this: &Value) -> PyResult {
    Ok(payload(vm, this)?.class.to_value())
}

fn qualname(vm: &Vm, this: &Value) -> PyResult {
    let this = payload(vm, this)?;
    vm.qualified_name(&this.class, this.def.name)
}

fn doc(vm: &Vm, this: &Value) -> PyResult {
    Ok(vm.text_or_none(payload(vm, this)?.def.doc))
}
