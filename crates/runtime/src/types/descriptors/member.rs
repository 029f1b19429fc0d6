//! `member_descriptor`: a member slot of instances (`__slots__`), or a plain field of a builtin.

use heap::Visitor;

use crate::fields;
use crate::object::fields::Field;
use crate::object::payload::Visit;
use crate::object::{
    Class, GetSetDef, Kind, MethodDef, Payload, PyResult, Ref, TypeSlots, TypeSpec, Value,
    class_flag, instance,
};
use crate::types::struct_sequence;
use crate::vm::Vm;

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

impl MemberDescriptor {
    fn name(&self, vm: &Vm) -> String {
        match &self.member {
            Member::Slot { name, .. } => vm.display(name),
            Member::Field(def) => def.name.to_owned(),
            Member::Item { name, .. } => (*name).to_owned(),
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
    methods: &[MethodDef::bound("__reduce__", "($self, /)", "", reduce)],
    getset: &[
        GetSetDef::read_only("__name__", "", name).as_member(),
        GetSetDef::read_only("__objclass__", "", objclass).as_member(),
        GetSetDef::read_only("__qualname__", "", qualname),
        GetSetDef::read_only("__doc__", "", doc),
    ],
    ..TypeSpec::of::<MemberDescriptor>("member_descriptor")
};

fn payload<'a>(vm: &Vm, this: &'a Value) -> PyResult<&'a MemberDescriptor> {
    this.payload()
        .ok_or_else(|| vm.type_error("a member descriptor is required"))
}

fn repr(vm: &Vm, this: &Value) -> PyResult {
    let this = payload(vm, this)?;
    let (name, class) = (this.name(vm), this.class.name_string());
    Ok(vm.str_value(&format!("<member '{name}' of '{class}' objects>")))
}

fn get(vm: &Vm, this: &Value, object: Option<&Value>, _owner: Option<&Value>) -> PyResult {
    let Some(object) = object else {
        return Ok(this.clone());
    };
    let this = payload(vm, this)?;
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
    let this = payload(vm, this)?;
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

fn name(vm: &Vm, this: &Value) -> PyResult {
    Ok(match &payload(vm, this)?.member {
        Member::Slot { name, .. } => name.clone(),
        Member::Field(def) => vm.intern(def.name),
        Member::Item { name, .. } => vm.intern(name),
    })
}

fn objclass(vm: &Vm, this: &Value) -> PyResult {
    Ok(payload(vm, this)?.class.to_value())
}

fn qualname(vm: &Vm, this: &Value) -> PyResult {
    let this = payload(vm, this)?;
    vm.qualified_name(&this.class, &this.name(vm))
}

fn doc(vm: &Vm, this: &Value) -> PyResult {
    Ok(match &payload(vm, this)?.member {
        Member::Slot { .. } => Value::NONE,
        Member::Field(def) => vm.text_or_none(def.doc),
        Member::Item { doc, .. } => vm.text_or_none(doc),
    })
}

fn reduce(vm: &Vm, args: &[Value]) -> PyResult {
    let this = payload(vm, &args[0])?;
    vm.reduce_as_getattr(this.class.as_value(), &this.name(vm))
}
