//! `host_function`: a function of the program that embeds the interpreter.

use crate::fields;
use crate::object::fields::Field;
use crate::object::{Args, Kind, Payload, PyResult, TypeSlots, TypeSpec, Value, alloc, class_flag};
use crate::vm::Vm;

/// What a host function does.
pub type HostCode = dyn Fn(&Vm, Args<'_>) -> PyResult;

/// The payload.
pub struct HostFunction {
    name: Box<str>,
    code: Box<HostCode>,
}

impl Payload for HostFunction {
    const KIND: Kind = Kind::HOST_FUNCTION;
    const NAME: &'static str = "host_function";
    const FIELDS: &'static [Field] = fields![
        "name" => name as Opaque,
        "code" => code as Opaque,
    ];
}

/// Declaration of the type.
pub static SPEC: TypeSpec = TypeSpec {
    flags: class_flag::NO_INSTANTIATION,
    slots: TypeSlots {
        repr: Some(repr),
        call: Some(call),
        ..TypeSlots::EMPTY
    },
    getset: &[
        crate::object::GetSetDef::read_only("__name__", "", name),
        crate::object::GetSetDef::read_only("__qualname__", "", name),
    ],
    ..TypeSpec::of::<HostFunction>("host_function")
};

impl Vm {
    /// A function that runs the host's code.
    pub fn host_function(&self, name: &str, code: Box<HostCode>) -> Value {
        let function = HostFunction {
            name: name.into(),
            code,
        };
        alloc(&self.types.host_function, function).into_value()
    }
}

fn payload<'a>(vm: &Vm, this: &'a Value) -> PyResult<&'a HostFunction> {
    this.payload()
        .ok_or_else(|| vm.type_error("a host function is required"))
}

fn call(vm: &Vm, this: &Value, args: Args<'_>) -> PyResult {
    let _depth = vm.enter_native(" while calling a Python object")?;
    (payload(vm, this)?.code)(vm, args)
}

fn repr(vm: &Vm, this: &Value) -> PyResult {
    let function = payload(vm, this)?;
    Ok(vm.str_value(&format!("<host function {}>", function.name)))
}

fn name(vm: &Vm, this: &Value) -> PyResult {
    Ok(vm.str_value(&payload(vm, this)?.name))
}
