//! `classmethod_descriptor`: a native class method in its class's namespace (`dict.fromkeys`).

use heap::Visitor;

use crate::fields;
use crate::object::fields::Field;
use crate::object::payload::Visit;
use crate::object::{
    Args, Class, Kind, MethodDef, Payload, PyResult, Ref, TypeSlots, TypeSpec, Value, class_flag,
};
use crate::vm::Vm;

use super::described::{Described, Tables, payload};

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

impl Described for ClassMethodDescriptor {
    const REQUIRED: &'static str = "a class method descriptor is required";

    fn name(&self, vm: &Vm) -> Value {
        vm.intern(self.def.name)
    }

    fn class(&self) -> &Ref<Class> {
        &self.class
    }

    fn doc(&self) -> &str {
        self.def.doc
    }

    fn signature(&self) -> &str {
        self.def.text_signature()
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
    getset: Tables::<ClassMethodDescriptor>::GETSET_OF_CALLABLE,
    ..TypeSpec::of::<ClassMethodDescriptor>("classmethod_descriptor")
};

fn repr(vm: &Vm, this: &Value) -> PyResult {
    let this = payload::<ClassMethodDescriptor>(vm, this)?;
    let class = this.class.name_string();
    Ok(vm.str_value(&format!(
        "<method '{}' of '{class}' objects>",
        this.def.name
    )))
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
