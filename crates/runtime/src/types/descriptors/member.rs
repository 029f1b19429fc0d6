//! `member_descriptor`: a member slot of instances (`__slots__`), or a plain field of a builtin.

use heap::Visitor;

use crate::fields;
use crate::object::fields::Field;
use crate::object::payload::Visit;
use crate::object::{
    Class, GetSetDef, Kind, Payload, PyResult, Ref, TypeSlots, TypeSpec, Value, class_flag,
    instance,
};
use crate::types::struct_sequence;
use crate::vm::Vm;

use super::described::{Described, Tables, payload};

/// What a member descriptor reaches.
pub enum Member {
    /// A slot in the instance's tail.
    Slot {
        /// The name as the class's body has it, mangled.
        name: Value,
        /// Which one.
        index: u16,
    },
    /// A field that natives read and write.
    Field(&'static GetSetDef),
    /// A named item of a struct sequence.
    Item {
        /// The name.
        name: &'static str,
        /// The documentation string.
        doc: &'static str,
        /// Which one.
        index: usize,
        /// Number of fields that are items of the tuple.
        visible: usize,
    },
}

/// The payload.
pub struct MemberDescriptor {
    /// What it reaches.
    pub member: Member,
    /// The class it belongs to.
    pub class: Ref<Class>,
}

impl Payload for MemberDescriptor {
    const KIND: Kind = Kind::MEMBER_DESCRIPTOR;
    const NAME: &'static str = "member_descriptor";
    const FIELDS: &'static [Field] = fields![
        "member" => member as Opaque,
        "class" => class as Value,
    ];

    fn traverse(&self, visitor: &mut Visitor<'_>) {
        visitor.reference(&self.class);
    }
}

impl Described for MemberDescriptor {
    const REQUIRED: &'static str = "a member descriptor is required";

    fn name(&self, vm: &Vm) -> Value {
        match &self.member {
            Member::Slot { name, .. } => name.clone(),
            Member::Field(def) => vm.intern(def.name),
            Member::Item { name, .. } => vm.intern(name),
        }
    }

    fn class(&self) -> &Ref<Class> {
        &self.class
    }

    fn doc(&self) -> &str {
        match &self.member {
            Member::Slot { .. } => "",
            Member::Field(def) => def.doc,
            Member::Item { doc, .. } => doc,
        }
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
    methods: Tables::<MemberDescriptor>::METHODS,
    getset: Tables::<MemberDescriptor>::GETSET,
    ..TypeSpec::of::<MemberDescriptor>("member_descriptor")
};

fn repr(vm: &Vm, this: &Value) -> PyResult {
    let this = payload::<MemberDescriptor>(vm, this)?;
    let (name, class) = (vm.display(&this.name(vm)), this.class.name_string());
    Ok(vm.str_value(&format!("<member '{name}' of '{class}' objects>")))
}

fn get(vm: &Vm, this: &Value, object: Option<&Value>, _owner: Option<&Value>) -> PyResult {
    let Some(object) = object else {
        return Ok(this.clone());
    };
    let this = payload::<MemberDescriptor>(vm, this)?;
    match &this.member {
        Member::Field(def) => {
            vm.check_descriptor(def.name, &this.class, object)?;
            (def.get)(vm, object)
        }
        Member::Item {
            name,
            index,
            visible,
            ..
        } => {
            vm.check_descriptor(name, &this.class, object)?;
            Ok(struct_sequence::field(object, *index, *visible).unwrap_or(Value::NONE))
        }
        Member::Slot { name, index } => {
            if !vm.is_instance_of(object, &this.class) {
                vm.check_descriptor(&vm.display(name), &this.class, object)?;
            }
            instance::member(object, usize::from(*index))
                .ok_or_else(|| vm.no_attribute(object, name))
        }
    }
}

fn set(vm: &Vm, this: &Value, object: &Value, value: Option<&Value>) -> PyResult<()> {
    let this = payload::<MemberDescriptor>(vm, this)?;
    match &this.member {
        Member::Field(def) => {
            vm.check_descriptor(def.name, &this.class, object)?;
            match def.set {
                Some(set) => set(vm, object, value),
                None => Err(vm.attribute_error("readonly attribute")),
            }
        }
        Member::Item { name, .. } => {
            vm.check_descriptor(name, &this.class, object)?;
            Err(vm.attribute_error("readonly attribute"))
        }
        Member::Slot { name, index } => {
            if !vm.is_instance_of(object, &this.class) {
                vm.check_descriptor(&vm.display(name), &this.class, object)?;
            }
            let old = instance::replace_member(object, usize::from(*index), value.cloned());
            if value.is_none() && old.is_none() {
                return Err(vm.attribute_error_for(vm.display(name), object, name));
            }
            Ok(())
        }
    }
}
