//! `method-wrapper`: a slot wrapper bound to an object (`[].__len__`).

use heap::Visitor;

use crate::fields;
use crate::object::fields::Field;
use crate::object::payload::Visit;
use crate::object::{
    Args, CompareOp, GetSetDef, Kind, MethodDef, Payload, PyResult, Ref, TypeSlots, TypeSpec,
    Value, class_flag,
};
use crate::vm::Vm;

use super::slot_wrapper::SlotWrapper;

/// The payload.
pub struct MethodWrapper {
    /// The slot wrapper.
    pub descriptor: Ref<SlotWrapper>,
    /// `__self__`.
    pub receiver: Value,
}

impl Payload for MethodWrapper {
    const KIND: Kind = Kind::METHOD_WRAPPER;
    const NAME: &'static str = "method-wrapper";
    const FIELDS: &'static [Field] = fields![
        "descriptor" => descriptor as Value,
        "__self__" => receiver as Value,
    ];

    fn traverse(&self, visitor: &mut Visitor<'_>) {
        visitor.reference(&self.descriptor);
        visitor.value(&self.receiver);
    }
}

/// Declaration of the type.
pub static SPEC: TypeSpec = TypeSpec {
    flags: class_flag::COLLECTED | class_flag::NO_INSTANTIATION,
    slots: TypeSlots {
        repr: Some(repr),
        hash: Some(hash),
        call: Some(call),
        richcompare: Some(compare),
        ..TypeSlots::EMPTY
    },
    methods: &[MethodDef::bound("__reduce__", "($self, /)", "", reduce).unsigned()],
    getset: &[
        GetSetDef::read_only("__self__", "", receiver).as_member(),
        GetSetDef::read_only("__objclass__", "", objclass),
        GetSetDef::read_only("__name__", "", name),
        GetSetDef::read_only("__qualname__", "", qualname),
        GetSetDef::read_only("__doc__", "", doc),
        GetSetDef::read_only("__text_signature__", "", text_signature),
    ],
    ..TypeSpec::of::<MethodWrapper>("method-wrapper")
};

fn payload<'a>(vm: &Vm, this: &'a Value) -> PyResult<&'a MethodWrapper> {
    this.payload()
        .ok_or_else(|| vm.type_error("a method wrapper is required"))
}

fn repr(vm: &Vm, this: &Value) -> PyResult {
    let this = payload(vm, this)?;
    Ok(vm.str_value(&format!(
        "<method-wrapper '{}' of {} object at {:#x}>",
        this.descriptor.row.name,
        vm.class_name(&this.receiver),
        vm.id(&this.receiver)
    )))
}

fn hash(vm: &Vm, this: &Value) -> PyResult<i64> {
    let this = payload(vm, this)?;
    let (a, b) = (
        vm.hash_address(&this.receiver),
        vm.hash_address(this.descriptor.as_value()),
    );
    Ok((a ^ b).max(0))
}

fn compare(vm: &Vm, this: &Value, other: &Value, op: CompareOp) -> PyResult {
    let (Some(a), Some(b)) = (
        this.payload::<MethodWrapper>(),
        other.payload::<MethodWrapper>(),
    ) else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    let _ = vm;
    let equal = a.descriptor.is(&b.descriptor) && a.receiver.is(&b.receiver);
    Ok(match op {
        CompareOp::Eq => Value::bool(equal),
        CompareOp::Ne => Value::bool(!equal),
        _ => Value::NOT_IMPLEMENTED,
    })
}

fn call(vm: &Vm, this: &Value, args: Args<'_>) -> PyResult {
    let this = payload(vm, this)?;
    let descriptor = &this.descriptor;
    descriptor
        .row
        .call(vm, descriptor.function, &this.receiver, args)
}

fn receiver(vm: &Vm, this: &Value) -> PyResult {
    Ok(payload(vm, this)?.receiver.clone())
}

fn objclass(vm: &Vm, this: &Value) -> PyResult {
    Ok(payload(vm, this)?.descriptor.class.to_value())
}

fn name(vm: &Vm, this: &Value) -> PyResult {
    Ok(vm.intern(payload(vm, this)?.descriptor.row.name))
}

fn qualname(vm: &Vm, this: &Value) -> PyResult {
    let descriptor = &payload(vm, this)?.descriptor;
    vm.qualified_name(&descriptor.class, descriptor.row.name)
}

fn doc(vm: &Vm, this: &Value) -> PyResult {
    Ok(vm.text_or_none(payload(vm, this)?.descriptor.row.doc))
}

fn text_signature(vm: &Vm, this: &Value) -> PyResult {
    Ok(vm.text_or_none(payload(vm, this)?.descriptor.row.signature))
}

fn reduce(vm: &Vm, args: &[Value]) -> PyResult {
    let this = payload(vm, &args[0])?;
    vm.reduce_as_getattr(&this.receiver, this.descriptor.row.name)
}
