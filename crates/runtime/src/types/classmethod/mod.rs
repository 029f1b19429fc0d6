//! `classmethod`: a function that gets the class as its first argument.

use crate::object::{GetSetDef, Kind, PyResult, TypeSlots, TypeSpec, Value, class_flag};
use crate::types::method_kinds::{self, MethodKind, Wrapper};
use crate::vm::Vm;

/// What says which of the two it is.
pub struct OfClass;

impl MethodKind for OfClass {
    const KIND: Kind = Kind::CLASSMETHOD;
    const NAME: &'static str = "classmethod";
}

/// The payload.
pub type ClassMethod = Wrapper<OfClass>;

static GETSET: [GetSetDef; 3] = method_kinds::getset::<OfClass>();

/// Declaration of the type.
pub static SPEC: TypeSpec = TypeSpec {
    doc: "Convert a function to be a class method.\n\nA class method receives the class as implicit first argument,\njust like an instance method receives the instance.\nTo declare a class method, use this idiom:\n\n  class C:\n      @classmethod\n      def f(cls, arg1, arg2, argN):\n          ...\n\nIt can be called either on the class (e.g. C.f()) or on an instance\n(e.g. C().f()).  The instance is ignored except for its class.\nIf a class method is called for a derived class, the derived class\nobject is passed as the implied first argument.\n\nClass methods are different than C++ or Java static methods.\nIf you want those, see the staticmethod builtin.",
    flags: class_flag::BASE_TYPE | class_flag::HAS_DICT,
    slots: TypeSlots {
        repr: Some(method_kinds::repr::<OfClass>),
        descr_get: Some(get),
        init: Some(method_kinds::init::<OfClass>),
        new: Some(method_kinds::new::<OfClass>),
        ..TypeSlots::EMPTY
    },
    getset: &GETSET,
    ..TypeSpec::of::<ClassMethod>("classmethod")
};

impl Vm {
    /// A `classmethod` around a callable.
    pub fn new_classmethod(&self, callable: &Value) -> Value {
        ClassMethod::make(&self.types.classmethod, Some(callable))
    }
}

fn get(vm: &Vm, this: &Value, object: Option<&Value>, owner: Option<&Value>) -> PyResult {
    let callable = method_kinds::callable::<OfClass>(vm, this)?;
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
