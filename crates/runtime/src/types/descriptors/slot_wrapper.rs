//! `wrapper_descriptor`: a slot of a builtin class as a method (`list.__len__`).

use smallvec::SmallVec;

use heap::Visitor;

use crate::fields;
use crate::object::fields::Field;
use crate::object::payload::Visit;
use crate::object::{
    Args, Class, Kind, Payload, PyResult, Ref, TypeSlots, TypeSpec, Value, alloc, class_flag,
};
use crate::types::type_::slot_table::{SlotFn, SlotRow};
use crate::vm::Vm;

use super::described::{Described, Tables, payload};
use super::method_wrapper::MethodWrapper;

/// The payload.
pub struct SlotWrapper {
    /// The row of the slot table.
    pub row: &'static SlotRow,
    /// The wrapped function.
    pub function: SlotFn,
    /// The class it belongs to.
    pub class: Ref<Class>,
}

impl Payload for SlotWrapper {
    const KIND: Kind = Kind::SLOT_WRAPPER;
    const NAME: &'static str = "wrapper_descriptor";
    const FIELDS: &'static [Field] = fields![
        "row" => row as Opaque,
        "function" => function as Opaque,
        "class" => class as Value,
    ];

    fn traverse(&self, visitor: &mut Visitor<'_>) {
        visitor.reference(&self.class);
    }
}

impl Described for SlotWrapper {
    const REQUIRED: &'static str = "a slot wrapper is required";

    fn name(&self, vm: &Vm) -> Value {
        vm.intern(self.row.name)
    }

    fn class(&self) -> &Ref<Class> {
        &self.class
    }

    fn doc(&self) -> &str {
        self.row.doc
    }

    fn signature(&self) -> &str {
        self.row.signature
    }
}

/// Declaration of the type.
pub static SPEC: TypeSpec = TypeSpec {
    flags: class_flag::COLLECTED | class_flag::METHOD_DESCRIPTOR | class_flag::NO_INSTANTIATION,
    slots: TypeSlots {
        repr: Some(repr),
        call: Some(call),
        descr_get: Some(get),
        ..TypeSlots::EMPTY
    },
    methods: Tables::<SlotWrapper>::METHODS,
    getset: Tables::<SlotWrapper>::GETSET_OF_CALLABLE,
    ..TypeSpec::of::<SlotWrapper>("wrapper_descriptor")
};

fn repr(vm: &Vm, this: &Value) -> PyResult {
    let this = payload::<SlotWrapper>(vm, this)?;
    let class = this.class.name_string();
    Ok(vm.str_value(&format!(
        "<slot wrapper '{}' of '{class}' objects>",
        this.row.name
    )))
}

fn call(vm: &Vm, this: &Value, args: Args<'_>) -> PyResult {
    let this = payload::<SlotWrapper>(vm, this)?;
    let (name, class) = (this.row.name, &this.class);
    // CPython makes a second tuple for those behind the receiver.
    let mut rest = SmallVec::<[Value; 4]>::new();
    rest.extend(args.positionals().iter().skip(1).cloned());
    let Some(receiver) = args.positionals().first() else {
        return Err(vm.type_error(format!(
            "descriptor '{name}' of '{}' object needs an argument",
            class.name_string()
        )));
    };
    if !vm.is_instance_of(receiver, class) {
        return Err(vm.type_error(format!(
            "descriptor '{name}' requires a '{}' object but received a '{}'",
            class.name_string(),
            vm.class_name(receiver)
        )));
    }
    this.row
        .call(vm, this.function, receiver, args.skip_first())
}

fn get(vm: &Vm, this: &Value, object: Option<&Value>, _owner: Option<&Value>) -> PyResult {
    let (Some(object), Some(descriptor)) = (object, this.as_ref_to::<SlotWrapper>()) else {
        return Ok(this.clone());
    };
    vm.check_descriptor(descriptor.row.name, &descriptor.class, object)?;
    let wrapper = MethodWrapper {
        descriptor: descriptor.clone(),
        receiver: object.clone(),
    };
    Ok(alloc(&vm.types.method_wrapper, wrapper).into_value())
}
