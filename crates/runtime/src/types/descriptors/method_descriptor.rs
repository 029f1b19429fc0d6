//! `method_descriptor`: a native method in its class's namespace (`list.append`).

use heap::Visitor;

use crate::fields;
use crate::object::fields::Field;
use crate::object::payload::Visit;
use crate::object::{
    Args, Class, GetSetDef, Kind, MethodDef, Payload, PyResult, Ref, TypeSlots, TypeSpec, Value,
    alloc, class_flag,
};
use crate::types::builtin_function::BuiltinFunction;
use crate::vm::Vm;

/// The payload.
pub struct MethodDescriptor {
    /// The native.
    pub def: &'static MethodDef,
    /// The class it belongs to.
    pub class: Ref<Class>,
}

impl Payload for MethodDescriptor {
    const KIND: Kind = Kind::METHOD_DESCRIPTOR;
    const NAME: &'static str = "method_descriptor";
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
    ..TypeSpec::of::<MethodDescriptor>("method_descriptor")
};

fn payload<'a>(vm: &Vm, this: &'a Value) -> PyResult<&'a MethodDescriptor> {
    this.payload()
        .ok_or_else(|| vm.type_error("a method descriptor is required"))
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
    let payload = payload(vm, this)?;
    let Some(receiver) = args.positionals().first() else {
        let name = vm.function_str(this)?;
        return Err(vm.type_error(format!("unbound method {name} needs an argument")));
    };
    vm.check_descriptor(payload.def.name, &payload.class, receiver)?;
    vm.call_native(this, payload.def, args)
}

fn get(vm: &Vm, this: &Value, object: Option<&Value>, _owner: Option<&Value>) -> PyResult {
    let Some(object) = object else {
        return Ok(this.clone());
    };
    let this = payload(vm, this)?;
    vm.check_descriptor(this.def.name, &this.class, object)?;
    Ok(vm.builtin_method(this.def, object))
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

fn reduce(vm: &Vm, args: &[Value]) -> PyResult {
    let this = payload(vm, &args[0])?;
    vm.reduce_as_getattr(this.class.as_value(), this.def.name)
}

impl Vm {
    /// A native method bound to an object (`[].append`).
    pub fn builtin_method(&self, def: &'static MethodDef, receiver: &Value) -> Value {
        alloc(
            &self.types.builtin_function,
            BuiltinFunction {
                def,
                receiver: Some(receiver.clone()),
                module: None,
            },
        )
        .into_value()
    }
}
