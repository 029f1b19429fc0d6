//! `staticmethod`: a function that is not bound when it is looked up on a class or an instance.

use heap::Visitor;

use crate::fields;
use crate::object::fields::Field;
use crate::object::payload::Visit;
use crate::object::{
    Args, GetSetDef, Kind, Payload, PyResult, Slot, TypeSlots, TypeSpec, Value, alloc, class_flag,
};
use crate::types::method_kinds::{self, MethodKind};
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

impl MethodKind for StaticMethod {
    fn slot(&self) -> &Slot {
        &self.callable
    }
}

static GETSET: [GetSetDef; 3] = method_kinds::getset::<StaticMethod>();

/// Declaration of the type.
pub static SPEC: TypeSpec = TypeSpec {
    doc: "Convert a function to be a static method.\n\nA static method does not receive an implicit first argument.\nTo declare a static method, use this idiom:\n\n     class C:\n         @staticmethod\n         def f(arg1, arg2, argN):\n             ...\n\nIt can be called either on the class (e.g. C.f()) or on an instance\n(e.g. C().f()). Both the class and the instance are ignored, and\nneither is passed implicitly as the first argument to the method.\n\nStatic methods in Python are similar to those found in Java or C++.\nFor a more advanced concept, see the classmethod builtin.",
    signature: "(function, /)",
    flags: class_flag::BASE_TYPE | class_flag::HAS_DICT,
    slots: TypeSlots {
        repr: Some(method_kinds::repr::<StaticMethod>),
        descr_get: Some(get),
        init: Some(method_kinds::init::<StaticMethod>),
        new: Some(method_kinds::new::<StaticMethod>),
        call: Some(call),
        ..TypeSlots::EMPTY
    },
    getset: &GETSET,
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

fn get(vm: &Vm, this: &Value, _object: Option<&Value>, _owner: Option<&Value>) -> PyResult {
    method_kinds::callable::<StaticMethod>(vm, this)
}

fn call(vm: &Vm, this: &Value, args: Args<'_>) -> PyResult {
    vm.call_args(&method_kinds::callable::<StaticMethod>(vm, this)?, args)
}
