//! The set operations of `dict_keys` and `dict_items`.

use super::views::{DictView, What, contains, view_of};
use crate::object::{CompareOp, PyResult, Ref, Set, Value};
use crate::vm::Vm;

/// The view, if the value is one that acts as a set.
fn set_view(value: &Value) -> Option<&DictView> {
    value
        .payload::<DictView>()
        .filter(|view| view.what() != What::Values)
}

/// The items as a new set.
fn to_set(vm: &Vm, value: &Value) -> PyResult<Ref<Set>> {
    match set_view(value) {
        Some(view) if view.what() == What::Keys && vm.class_of(view.dict()).is(&vm.types.dict) => {
            vm.set_from(view.dict())
        }
        _ => vm.set_from(value),
    }
}

/// True if all items of `a` are in `b`.
fn all_in(vm: &Vm, a: &Value, b: &Value) -> PyResult<bool> {
    let iterator = vm.iter(a)?;
    while let Some(item) = vm.next(&iterator)? {
        if !vm.contains(b, &item)? {
            return Ok(false);
        }
    }
    Ok(true)
}

pub(super) fn richcompare(vm: &Vm, a: &Value, b: &Value, op: CompareOp) -> PyResult {
    if !vm.is_any_set(b) && set_view(b).is_none() {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    let (len_a, len_b) = (vm.len(a)?, vm.len(b)?);
    let holds = match op {
        CompareOp::Eq => len_a == len_b && all_in(vm, a, b)?,
        CompareOp::Ne => !(len_a == len_b && all_in(vm, a, b)?),
        CompareOp::Lt => len_a < len_b && all_in(vm, a, b)?,
        CompareOp::Le => len_a <= len_b && all_in(vm, a, b)?,
        CompareOp::Gt => len_a > len_b && all_in(vm, b, a)?,
        CompareOp::Ge => len_a >= len_b && all_in(vm, b, a)?,
    };
    Ok(Value::bool(holds))
}

/// Calls a method of a set by name, so that the set's rules apply to any iterable.
fn with_set(vm: &Vm, a: &Value, method: &str, b: &Value) -> PyResult {
    let result = to_set(vm, a)?.into_value();
    vm.call_method(&result, &vm.intern(method), std::slice::from_ref(b))?;
    Ok(result)
}

pub(super) fn subtract(vm: &Vm, a: &Value, b: &Value) -> PyResult {
    with_set(vm, a, "difference_update", b)
}

pub(super) fn xor(vm: &Vm, a: &Value, b: &Value) -> PyResult {
    with_set(vm, a, "symmetric_difference_update", b)
}

pub(super) fn or(vm: &Vm, a: &Value, b: &Value) -> PyResult {
    with_set(vm, a, "update", b)
}

pub(super) fn and(vm: &Vm, a: &Value, b: &Value) -> PyResult {
    // Python sees to it that a view is on one side only of the two.
    let (mut view, mut other) = if set_view(a).is_some() {
        (a, b)
    } else {
        (b, a)
    };
    let len = vm.len(view)?;
    if vm.class_of(other).is(&vm.types.set)
        && let Some(set) = other.payload::<Set>()
        && len <= set.len()
    {
        let method = vm.intern("intersection");
        return vm.call_method(other, &method, std::slice::from_ref(view));
    }
    if set_view(other).is_some_and(|other| other.len() > len) {
        std::mem::swap(&mut view, &mut other);
    }
    let result = vm.set();
    vm.for_each(other, |item| {
        if contains(vm, view, &item)? {
            result.add(vm, &item)?;
        }
        Ok(())
    })?;
    Ok(result.into_value())
}

pub(super) fn isdisjoint(vm: &Vm, args: &[Value]) -> PyResult {
    let (mut view, mut other) = (&args[0], &args[1]);
    let len = view_of(view)?.len();
    if view.is(other) {
        return Ok(Value::bool(len == 0));
    }
    let plain_set =
        vm.class_of(other).is(&vm.types.set) || vm.class_of(other).is(&vm.types.frozenset);
    if (plain_set || set_view(other).is_some()) && vm.len(other)? > len {
        std::mem::swap(&mut view, &mut other);
    }
    let iterator = vm.iter(other)?;
    while let Some(item) = vm.next(&iterator)? {
        if vm.contains(view, &item)? {
            return Ok(Value::FALSE);
        }
    }
    Ok(Value::TRUE)
}
