//! What `classmethod` and `staticmethod` share: a wrapped callable, and what they tell of it.

use std::marker::PhantomData;

use heap::Visitor;

use crate::fields;
use crate::object::fields::Field;
use crate::object::payload::Visit;
use crate::object::{Args, Class, GetSetDef, Kind, Payload, PyResult, Ref, Slot, Value, alloc};
use crate::vm::Vm;

/// Which of the two types it is.
pub trait MethodKind: 'static {
    /// The payload's kind.
    const KIND: Kind;
    /// The name of the type.
    const NAME: &'static str;
}

/// The payload of either.
pub struct Wrapper<T: MethodKind> {
    /// The wrapped callable; empty until `__init__` ran.
    pub callable: Slot,
    kind: PhantomData<T>,
}

impl<T: MethodKind> Payload for Wrapper<T> {
    const KIND: Kind = T::KIND;
    const NAME: &'static str = T::NAME;
    const DICT_LAST: bool = true;
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

impl<T: MethodKind> Wrapper<T> {
    /// An object of the class around a callable, or one that has none yet.
    pub(super) fn make(class: &Ref<Class>, callable: Option<&Value>) -> Value {
        let new = Wrapper::<T> {
            callable: Slot::new(callable.cloned()),
            kind: PhantomData,
        };
        alloc(class, new).into_value()
    }
}

/// The attributes.
pub(super) const fn getset<T: MethodKind>() -> [GetSetDef; 3] {
    [
        GetSetDef::read_only("__func__", "", function::<T>).as_member(),
        GetSetDef::read_only("__wrapped__", "", function::<T>).as_member(),
        GetSetDef::read_only("__isabstractmethod__", "", is_abstract::<T>),
    ]
}

fn payload<'a, T: MethodKind>(vm: &Vm, this: &'a Value) -> PyResult<&'a Wrapper<T>> {
    this.payload()
        .ok_or_else(|| vm.type_error(format!("a {} is required", T::NAME)))
}

pub(super) fn new<T: MethodKind>(_vm: &Vm, class: &Ref<Class>, _args: Args<'_>) -> PyResult {
    Ok(Wrapper::<T>::make(class, None))
}

pub(super) fn init<T: MethodKind>(vm: &Vm, this: &Value, args: Args<'_>) -> PyResult<()> {
    let args = vm.bind_parameters(T::NAME, "(function, /)", args)?;
    payload::<T>(vm, this)?.callable.set(Some(args[0].clone()));
    vm.copy_function_attributes(this, &args[0])
}

/// The wrapped callable; RuntimeError where there is none yet.
pub(super) fn callable<T: MethodKind>(vm: &Vm, this: &Value) -> PyResult {
    payload::<T>(vm, this)?
        .callable
        .get()
        .ok_or_else(|| vm.runtime_error(format!("uninitialized {} object", T::NAME)))
}

pub(super) fn repr<T: MethodKind>(vm: &Vm, this: &Value) -> PyResult {
    let text = match payload::<T>(vm, this)?.callable.get() {
        Some(callable) => vm.repr_string(&callable)?,
        None => "<NULL>".to_owned(),
    };
    Ok(vm.str_value(&format!("<{}({text})>", T::NAME)))
}

fn function<T: MethodKind>(vm: &Vm, this: &Value) -> PyResult {
    let callable = payload::<T>(vm, this)?.callable.get();
    Ok(callable.unwrap_or(Value::NONE))
}

fn is_abstract<T: MethodKind>(vm: &Vm, this: &Value) -> PyResult {
    let callable = payload::<T>(vm, this)?.callable.get();
    Ok(Value::bool(match callable {
        Some(callable) => vm.is_abstract_method(&callable)?,
        None => false,
    }))
}
