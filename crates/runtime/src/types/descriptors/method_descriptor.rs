//! `method_descriptor`: a native method in its class's namespace (`list.append`).

use heap::Visitor;

use crate::fields;
use crate::object::fields::Field;
use crate::object::payload::Visit;
use crate::object::{
    Args, Class, Kind, MethodDef, Payload, PyResult, Ref, TypeSlots, TypeSpec, Value, alloc,
    class_flag,
};
use crate::types::builtin_function::BuiltinFunction;
use crate::vm::Vm;

use super::described::{Described, Tables, payload};

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

impl Described for MethodDescriptor {
    const REQUIRED: &'static str = "a method descriptor is required";

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
    flags: class_flag::COLLECTED | class_flag::METHOD_DESCRIPTOR | class_flag::NO_INSTANTIATION,
    slots: TypeSlots {
        repr: Some(repr),
        call: Some(call),
        descr_get: Some(get),
        ..TypeSlots::EMPTY
    },
    methods: Tables::<MethodDescriptor>::METHODS,
    getset: Tables::<MethodDescriptor>::GETSET_OF_CALLABLE,
    ..TypeSpec::of::<MethodDescriptor>("method_descriptor")
};

fn repr(vm: &Vm, this: &Value) -> PyResult {
    let this = payload::<MethodDescriptor>(vm, this)?;
    let class = this.class.name_string();
    Ok(vm.str_value(&format!(
        "<method '{}' of '{class}' objects>",
        this.def.name
    )))
}

fn call(vm: &Vm, this: &Value, args: Args<'_>) -> PyResult {
    let payload = payload::<MethodDescriptor>(vm, this)?;
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
    let this = payload::<MethodDescriptor>(vm, this)?;
    vm.check_descriptor(this.def.name, &this.class, object)?;
    Ok(vm.builtin_method(this.def, object))
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
