//! `staticmethod`: a function that is not bound when it is looked up on a class or an instance.

use heap::Visitor;

use crate::fields;
use crate::object::fields::Field;
use crate::object::payload::Visit;
use crate::object::{
    Args, Class, GetSetDef, Kind, Payload, PyResult, Ref, Slot, TypeSlots, TypeSpec, Value, alloc,
    class_flag,
};
use crate::vm::Vm;

/// The payload.
#[derive(Default)]
pub struct StaticMethod {
    /// The wrapped callable; empty until `__init__` ran.
    pub callable: Slot,
}

impl Payload for StaticMethod {
    const KIND: Kind = Kind::STATICMETHOD;
    const NAME: &'static str = "staticmethod";
    const FIELDS: &'static [Field] = fields![
        "callable" => callable as Value,
    ];

    fn traverse(&self, visitor: &mut Visitor<'_>) {
        visitor.slot(&self.callable);
    }

    fn clear(&self) {
        self.callable.set(None);
    }
}

/// Declaration of the type.
pub static SPEC: TypeSpec = TypeSpec {
    doc: "Convert a function to be a static method.\n\nA static method does not receive an implicit first argument.\nTo declare a static method, use this idiom:\n\n     class C:\n         @staticmethod\n         def f(arg1, arg2, argN):\n             ...\n\nIt can be called either on the class (e.g. C.f()) or on an instance\n(e.g. C().f()). Both the class and the instance are ignored, and\nneither is passed implicitly as the first argument to the method.\n\nStatic methods in Python are similar to those found in Java or C++.\nFor a more advanced concept, see the classmethod builtin.",
    signature: "(function, /)",
    flags: class_flag::BASE_TYPE | class_flag::HAS_DICT,
    slots: TypeSlots {
        repr: Some(repr),
        descr_get: Some(get),
        init: Some(init),
        new: Some(new),
        call: Some(call),
        ..TypeSlots::EMPTY
    },
    getset: &[
        GetSetDef::read_only("__func__", "", function).as_member(),
        GetSetDef::read_only("__wrapped__", "", function).as_member(),
        GetSetDef::read_only("__isabstractmethod__", "", is_abstract),
    ],
    ..TypeSpec::of::<StaticMethod>("staticmethod")
};

impl Vm {
    /// A `staticmethod` around a callable.
    pub fn new_staticmethod(&self, callable: &Value) -> Value {
        let new = StaticMethod {
            callable: Slot::new(Some(callable.clone())),
        };
        alloc(&self.types.staticmethod, new).into_value()
    }
}

fn payload<'a>(vm: &Vm, this: &'a Value) -> PyResult<&'a StaticMethod> {
    this.payload()
        .ok_or_else(|| vm.type_error("a staticmethod is required"))
}

fn new(_vm: &Vm, class: &Ref<Class>, _args: Args<'_>) -> PyResult {
    Ok(alloc(class, StaticMethod::default()).into_value())
}

fn init(vm: &Vm, this: &Value, args: Args<'_>) -> PyResult<()> {
    let args = vm.bind_parameters("staticmethod", "(function, /)", args)?;
    payload(vm, this)?.callable.set(Some(args[0].clone()));
    vm.copy_function_attributes(this, &args[0])
}

fn callable(vm: &Vm, this: &Value) -> PyResult {
    payload(vm, this)?
        .callable
        .get()
        .ok_or_else(|| vm.runtime_error("uninitialized staticmethod object"))
}

fn get(vm: &Vm, this: &Value, _object: Option<&Value>, _owner: Option<&Value>) -> PyResult {
    callable(vm, this)
}

fn call(vm: &Vm, this: &Value, args: Args<'_>) -> PyResult {
    vm.call_args(&callable(vm, this)?, args)
}

fn repr(vm: &Vm, this: &Value) -> PyResult {
    let callable = payload(vm, this)?.callable.get();
    let text = match callable {
        Some(callable) => vm.repr_string(&callable)?,
        None => "<NULL>".to_owned(),
    };
    Ok(vm.str_value(&format!("<staticmethod({text})>")))
}

fn function(vm: &Vm, this: &Value) -> PyResult {
    Ok(payload(vm, this)?.callable.get().unwrap_or(Value::NONE))
}

fn is_abstract(vm: &Vm, this: &Value) -> PyResult {
    let callable = payload(vm, this)?.callable.get();
    Ok(Value::bool(match callable {
        Some(callable) => vm.is_abstract_method(&callable)?,
        None => false,
    }))
}
