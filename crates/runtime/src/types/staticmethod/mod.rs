//! `staticmethod`: a function that is not bound when it is looked up on a class or an instance.

use crate::object::{Args, GetSetDef, Kind, PyResult, TypeSlots, TypeSpec, Value, class_flag};
use crate::types::method_kinds::{self, MethodKind, Wrapper};
use crate::vm::Vm;

/// What says which of the two it is.
pub struct OfNone;

impl MethodKind for OfNone {
    const KIND: Kind = Kind::STATICMETHOD;
    const NAME: &'static str = "staticmethod";
}

/// The payload.
pub type StaticMethod = Wrapper<OfNone>;

static GETSET: [GetSetDef; 3] = method_kinds::getset::<OfNone>();

/// Declaration of the type.
pub static SPEC: TypeSpec = TypeSpec {
    doc: "Convert a function to be a static method.\n\nA static method does not receive an implicit first argument.\nTo declare a static method, use this idiom:\n\n     class C:\n         @staticmethod\n         def f(arg1, arg2, argN):\n             ...\n\nIt can be called either on the class (e.g. C.f()) or on an instance\n(e.g. C().f()). Both the class and the instance are ignored, and\nneither is passed implicitly as the first argument to the method.\n\nStatic methods in Python are similar to those found in Java or C++.\nFor a more advanced concept, see the classmethod builtin.",
    flags: class_flag::BASE_TYPE | class_flag::HAS_DICT,
    slots: TypeSlots {
        repr: Some(method_kinds::repr::<OfNone>),
        descr_get: Some(get),
        init: Some(method_kinds::init::<OfNone>),
        new: Some(method_kinds::new::<OfNone>),
        call: Some(call),
        ..TypeSlots::EMPTY
    },
    getset: &GETSET,
    ..TypeSpec::of::<StaticMethod>("staticmethod")
};

impl Vm {
    /// A `staticmethod` around a callable.
    pub fn new_staticmethod(&self, callable: &Value) -> Value {
        StaticMethod::make(&self.types.staticmethod, Some(callable))
    }
}

fn get(vm: &Vm, this: &Value, _object: Option<&Value>, _owner: Option<&Value>) -> PyResult {
    method_kinds::callable::<OfNone>(vm, this)
}

fn call(vm: &Vm, this: &Value, args: Args<'_>) -> PyResult {
    vm.call_args(&method_kinds::callable::<OfNone>(vm, this)?, args)
}
