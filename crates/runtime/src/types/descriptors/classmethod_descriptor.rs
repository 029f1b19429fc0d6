//! `classmethod_descriptor`: a native class method in its class's namespace (`dict.fromkeys`).

use heap::Visitor;

use crate::fields;
use crate::object::fields::Field;
use crate::object::payload::Visit;
use crate::object::{
    Args, Class, GetSetDef, Kind, MethodDef, Payload, PyResult, Ref, TypeSlots, TypeSpec, Value,
    class_flag,
};
use crate::vm::Vm;

/// The payload.
pub struct ClassMethodDescriptor {
    /// The native.
    pub def: &'static MethodDef,
    /// The class it belongs to.
    pub class: Ref<Class>,
}

impl Payload for ClassMethodDescriptor {
    const KIND: Kind = Kind::CLASSMETHOD_DESCRIPTOR;
    const NAME: &'static str = "classmethod_descriptor";
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
        call: Some(call),
        descr_get: Some(get),
        ..TypeSlots::EMPTY
    },
    getset: &[
        GetSetDef::read_only("__name__", "", name).as_member(),
        GetSetDef::read_only("__objclass__", "", objclass).as_member(),
        GetSetDef::read_only("__qualname__", "", qualname),
        GetSetDef::read_only("__doc__", "", doc),
        GetSetDef::read_only("__text_signature__", "", text_signature),
    ],
    ..TypeSpec::of::<ClassMethodDescriptor>("classmethod_descriptor")
};

fn payload<'a>(vm: &Vm, this: &'a Value) -> PyResult<&'a ClassMethodDescriptor> {
    this.payload()
        .ok_or_else(|| vm.type_error("a class method descriptor is required"))
}

fn repr(vm: &Vm, this: &Value) -> PyResult {
    let this = payload(vm, this)?;
    let class = this.class.name_string();
    Ok(vm.str_value(&format!(
        "<method '{}' of '{class}' objects>",
        this.def.name
    )))
}

fn call(vm: &Vm, this: &Value, args: Args<'_>) -> PyResult {
    let descriptor = payload(vm, this)?;
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
    let this = payload(vm, this)?;
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

fn text_signature(vm: &Vm, this: &Value) -> PyResult {
    Ok(vm.text_or_none(payload(vm, this)?.def.signature))
}
