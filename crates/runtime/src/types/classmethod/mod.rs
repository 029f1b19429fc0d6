//! `classmethod`: a function that gets the class as its first argument.

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
pub struct ClassMethod {
    /// The wrapped callable; empty until `__init__` ran.
    pub callable: Slot,
}

impl Payload for ClassMethod {
    const KIND: Kind = Kind::CLASSMETHOD;
    const NAME: &'static str = "classmethod";
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
    doc: "Convert a function to be a class method.\n\nA class method receives the class as implicit first argument,\njust like an instance method receives the instance.\nTo declare a class method, use this idiom:\n\n  class C:\n      @classmethod\n      def f(cls, arg1, arg2, argN):\n          ...\n\nIt can be called either on the class (e.g. C.f()) or on an instance\n(e.g. C().f()).  The instance is ignored except for its class.\nIf a class method is called for a derived class, the derived class\nobject is passed as the implied first argument.\n\nClass methods are different than C++ or Java static methods.\nIf you want those, see the staticmethod builtin.",
    signature: "(function, /)",
    flags: class_flag::BASE_TYPE | class_flag::HAS_DICT,
    slots: TypeSlots {
        repr: Some(repr),
        descr_get: Some(get),
        init: Some(init),
        new: Some(new),
        ..TypeSlots::EMPTY
    },
    getset: &[
        GetSetDef::read_only("__func__", "", function).as_member(),
        GetSetDef::read_only("__wrapped__", "", function).as_member(),
        GetSetDef::read_only("__isabstractmethod__", "", is_abstract),
    ],
    ..TypeSpec::of::<ClassMethod>("classmethod")
};

impl Vm {
    /// A `classmethod` around a callable.
    pub fn new_classmethod(&self, callable: &Value) -> Value {
        let new = ClassMethod {
            callable: Slot::new(Some(callable.clone())),
        };
        alloc(&self.types.classmethod, new).into_value()
    }
}

fn payload<'a>(vm: &Vm, this: &'a Value) -> PyResult<&'a ClassMethod> {
    this.payload()
        .ok_or_else(|| vm.type_error("a classmethod is required"))
}

fn new(_vm: &Vm, class: &Ref<Class>, _args: Args<'_>) -> PyResult {
    Ok(alloc(class, ClassMethod::default()).into_value())
}

fn init(vm: &Vm, this: &Value, args: Args<'_>) -> PyResult<()> {
    let args = vm.bind_parameters("classmethod", "(function, /)", args)?;
    payload(vm, this)?.callable.set(Some(args[0].clone()));
    vm.copy_function_attributes(this, &args[0])
}

fn callable(vm: &Vm, this: &Value) -> PyResult {
    payload(vm, this)?
        .callable
        .get()
        .ok_or_else(|| vm.runtime_error("uninitialized classmethod object"))
}

fn get(vm: &Vm, this: &Value, object: Option<&Value>, owner: Option<&Value>) -> PyResult {
    let callable = callable(vm, this)?;
    let owner = match (owner, object) {
        (Some(owner), _) => owner.clone(),
        (None, Some(object)) => vm.class_of(object).to_value(),
        (None, None) => Value::NONE,
    };
    // What a class method wraps may be a descriptor itself (a property, until 3.13).
    match vm.class_of(&callable).slots().descr_get {
        Some(get) => get(vm, &callable, Some(&owner), Some(&owner)),
        None => Ok(vm.bound_method(&callable, &owner)),
    }
}

fn repr(vm: &Vm, this: &Value) -> PyResult {
    let callable = payload(vm, this)?.callable.get();
    let text = match callable {
        Some(callable) => vm.repr_string(&callable)?,
        None => "<NULL>".to_owned(),
    };
    Ok(vm.str_value(&format!("<classmethod({text})>")))
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
