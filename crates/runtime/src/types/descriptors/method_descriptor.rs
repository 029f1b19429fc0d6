//! `method_descriptor`: a native method in its class's namespace (`list.append`).

use crate::object::{
    Args, Kind, MethodDef, PyResult, TypeSlots, TypeSpec, Value, alloc, class_flag,
};
use crate::types::builtin_function::BuiltinFunction;
use crate::vm::Vm;

use super::declared::{Declared, Family};
use super::described::{Tables, payload};

/// The family of [`MethodDescriptor`].
pub struct OfMethod;

impl Family for OfMethod {
    type Def = MethodDef;
    const KIND: Kind = Kind::METHOD_DESCRIPTOR;
    const NAME: &'static str = "method_descriptor";
    const REQUIRED: &'static str = "a method descriptor is required";
}

/// The payload.
pub type MethodDescriptor = Declared<OfMethod>;

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
    Ok(payload::<MethodDescriptor>(vm, this)?.shown_as(vm, "method"))
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
