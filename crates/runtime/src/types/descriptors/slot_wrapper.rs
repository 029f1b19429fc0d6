//! `wrapper_descriptor`: a slot of a builtin class as a method (`list.__len__`).

use smallvec::SmallVec;

use heap::Visitor;

use crate::fields;
use crate::object::fields::Field;
use crate::object::payload::Visit;
use crate::object::{
    Args, Class, GetSetDef, Kind, MethodDef, Payload, PyResult, Ref, TypeSlots, TypeSpec, Value,
    alloc, class_flag,
};
use crate::types::type_::slot_table::{SlotFn, SlotRow};
use crate::vm::Vm;

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

/// Declaration of the type.
pub static SPEC: TypeSpec = TypeSpec {
    flags: class_flag::COLLECTED | class_flag::METHOD_DESCRIPTOR | class_flag::NO_INSTANTIATION,
    slots: TypeSlots {
        repr: Some(repr),
        call: Some(call),
        descr_get: Some(get),
        ..TypeSlots::EMPTY
    },
    methods: &[MethodDef::bound("__reduce__", "($self, /)", "", reduce)],
    getset: &[
        GetSetDef::read_only("__name__", "", name).as_member(),
        GetSetDef::read_only("__objclass__", "", objclass).as_member(),
        GetSetDef::read_only("__qualname__", "", qualname),
        GetSetDef::read_only("__doc__", "", doc),
        GetSetDef::read_only("__text_signature__", "", text_signature),
    ],
    ..TypeSpec::of::<SlotWrapper>("wrapper_descriptor")
};

fn payload<'a>(vm: &Vm, this: &'a Value) -> PyResult<&'a SlotWrapper> {
    this.payload()
        .ok_or_else(|| vm.type_error("a slot wrapper is required"))
}

fn repr(vm: &Vm, this: &Value) -> PyResult {
    let this = payload(vm, this)?;
    let class = this.class.name_string();
    Ok(vm.str_value(&format!(
        "<slot wrapper '{}' of '{class}' objects>",
        this.row.name
    )))
}

fn call(vm: &Vm, this: &Value, args: Args<'_>) -> PyResult {
    let this = payload(vm, this)?;
    let (name, class) = (this.row.name, &this.class);
    // CPython makes a second tuple for those behind the receiver.
    let _rest: SmallVec<[Value; 4]> = args.positionals().iter().skip(1).cloned().collect();
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

fn name(vm: &Vm, this: &Value) -> PyResult {
    Ok(vm.intern(payload(vm, this)?.row.name))
}

fn objclass(vm: &Vm, this: &Value) -> PyResult {
    Ok(payload(vm, this)?.class.to_value())
}

fn qualname(vm: &Vm, this: &Value) -> PyResult {
    let this = payload(vm, this)?;
    vm.qualified_name(&this.class, this.row.name)
}

fn doc(vm: &Vm, this: &Value) -> PyResult {
    Ok(vm.text_or_none(payload(vm, this)?.row.doc))
}

fn text_signature(vm: &Vm, this: &Value) -> PyResult {
    Ok(vm.text_or_none(payload(vm, this)?.row.signature))
}

fn reduce(vm: &Vm, args: &[Value]) -> PyResult {
    let this = payload(vm, &args[0])?;
    vm.reduce_as_getattr(this.class.as_value(), this.row.name)
}
