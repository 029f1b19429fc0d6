//! What every descriptor of a builtin class tells of itself: name, class, documentation.

use std::marker::PhantomData;

use crate::object::{Class, GetSetDef, MethodDef, Payload, PyResult, Ref, Value};
use crate::vm::Vm;

/// A descriptor's payload.
pub(super) trait Described: Payload {
    /// The TypeError where something else comes.
    const REQUIRED: &'static str;

    /// `__name__`.
    fn name(&self, vm: &Vm) -> Value;

    /// `__objclass__`.
    fn class(&self) -> &Ref<Class>;

    /// `__doc__`; empty for None.
    fn doc(&self) -> &str;

    /// `__text_signature__`; empty for None.
    fn signature(&self) -> &str {
        ""
    }
}

/// The payload of a descriptor that must be of a type.
pub(super) fn payload<'a, T: Described>(vm: &Vm, this: &'a Value) -> PyResult<&'a T> {
    this.payload().ok_or_else(|| vm.type_error(T::REQUIRED))
}

/// The tables of a type of descriptors.
pub(super) struct Tables<T>(PhantomData<T>);

impl<T: Described> Tables<T> {
    /// The attributes of those without a signature.
    pub(super) const GETSET: &'static [GetSetDef] = &[
        Self::NAME,
        Self::OBJCLASS,
        GetSetDef::read_only("__qualname__", "", qualname::<T>),
        GetSetDef::read_only("__doc__", "", doc::<T>),
    ];

    /// The attributes of those that can be called.
    pub(super) const GETSET_OF_CALLABLE: &'static [GetSetDef] = &[
        Self::NAME,
        Self::OBJCLASS,
        GetSetDef::read_only("__qualname__", "", qualname::<T>),
        GetSetDef::read_only("__doc__", "", doc::<T>),
        GetSetDef::read_only("__text_signature__", "", text_signature::<T>),
    ];

    /// The methods of those that can be pickled.
    pub(super) const METHODS: &'static [MethodDef] =
        &[MethodDef::bound("__reduce__", "($self, /)", "", reduce::<T>).unsigned()];

    const NAME: GetSetDef = GetSetDef::read_only("__name__", "", name::<T>).as_member();
    const OBJCLASS: GetSetDef = GetSetDef::read_only("__objclass__", "", objclass::<T>).as_member();
}

fn name<T: Described>(vm: &Vm, this: &Value) -> PyResult {
    Ok(payload::<T>(vm, this)?.name(vm))
}

fn objclass<T: Described>(vm: &Vm, this: &Value) -> PyResult {
    Ok(payload::<T>(vm, this)?.class().to_value())
}

fn qualname<T: Described>(vm: &Vm, this: &Value) -> PyResult {
    let this = payload::<T>(vm, this)?;
    vm.qualified_name(this.class(), &vm.display(&this.name(vm)))
}

fn doc<T: Described>(vm: &Vm, this: &Value) -> PyResult {
    Ok(vm.text_or_none(payload::<T>(vm, this)?.doc()))
}

fn text_signature<T: Described>(vm: &Vm, this: &Value) -> PyResult {
    Ok(vm.text_or_none(payload::<T>(vm, this)?.signature()))
}

fn reduce<T: Described>(vm: &Vm, args: &[Value]) -> PyResult {
    let this = payload::<T>(vm, &args[0])?;
    vm.reduce_as_getattr(this.class().as_value(), &vm.display(&this.name(vm)))
}
