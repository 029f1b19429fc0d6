//! Union, intersection, difference, symmetric difference and subset of sets.
//!
//! Which side is iterated and when the table is resized follows CPython, because both show in the
//! order of the result.

use super::{lookup, set_of, update};
use crate::object::{Dict, PyResult, Ref, Set, Value};
use crate::vm::Vm;

/// A new set of the base type (`set` or `frozenset`) of `like`.
pub(super) fn empty_like(vm: &Vm, like: &Value) -> Ref<Set> {
    if vm.is_instance_of(like, &vm.types.frozenset) {
        vm.set_of_class(&vm.types.frozenset)
    } else {
        vm.set()
    }
}

/// A copy, of the base type.
pub(super) fn copy(vm: &Vm, value: &Value) -> PyResult<Ref<Set>> {
    let copy = empty_like(vm, value);
    copy.merge(vm, set_of(value)?)?;
    Ok(copy)
}

pub(super) fn is_subset(vm: &Vm, a: &Set, b: &Set) -> PyResult<bool> {
    if a.len() > b.len() {
        return Ok(false);
    }
    if let Some(answer) = a.is_plain_subset(vm, b) {
        return Ok(answer);
    }
    let mut place = 0;
    while let Some((key, hash)) = a.next_hashed(&mut place) {
        if !b.contains_hashed(vm, &key, hash)? {
            return Ok(false);
        }
    }
    Ok(true)
}

pub(super) fn intersection(vm: &Vm, a: &Value, b: &Value) -> PyResult<Ref<Set>> {
    if a.is(b) {
        return copy(vm, a);
    }
    let result = empty_like(vm, a);
    let mut base = set_of(a)?;
    if let Some(mut other) = b.payload::<Set>() {
        if other.len() > base.len() {
            std::mem::swap(&mut base, &mut other);
        }
        let mut place = 0;
        while let Some((key, hash)) = other.next_hashed(&mut place) {
            if base.contains_hashed(vm, &key, hash)? {
                result.add_hashed(vm, &key, hash)?;
            }
        }
        return Ok(result);
    }
    vm.for_each(b, |item| {
        let hash = vm.hash(&item)? as u64;
        if base.contains_hashed(vm, &item, hash)? {
            result.add_hashed(vm, &item, hash)?;
        }
        Ok(())
    })?;
    Ok(result)
}

/// Removes all items of `other` from `set`, which is the set in `value`.
pub(super) fn difference_update(vm: &Vm, value: &Value, other: &Value) -> PyResult<()> {
    let set = set_of(value)?;
    if value.is(other) {
        set.clear();
        return Ok(());
    }
    if let Some(keys) = other.payload::<Set>() {
        // A much larger set is cut down to what is in both first.
        let common;
        let keys = if keys.len() >> 3 > set.len() {
            common = intersection(vm, value, other)?;
            &*common
        } else {
            keys
        };
        let mut place = 0;
        while let Some((key, hash)) = keys.next_hashed(&mut place) {
            drop(set.remove_hashed(vm, &key, hash)?);
        }
    } else {
        vm.for_each(other, |item| {
            let hash = vm.hash(&item)? as u64;
            drop(set.remove_hashed(vm, &item, hash)?);
            Ok(())
        })?;
    }
    set.sweep_deleted(vm)
}

pub(super) fn difference(vm: &Vm, a: &Value, b: &Value) -> PyResult<Ref<Set>> {
    let set = set_of(a)?;
    let dict = if vm.class_of(b).is(&vm.types.dict) {
        b.payload::<Dict>()
    } else {
        None
    };
    let other = b.payload::<Set>();
    let size = other.map(Set::len).or(dict.map(Dict::len));
    if size.is_none_or(|size| set.len() >> 2 > size) {
        let result = copy(vm, a)?;
        difference_update(vm, result.as_value(), b)?;
        return Ok(result);
    }
    let result = empty_like(vm, a);
    let mut place = 0;
    while let Some((key, hash)) = set.next_hashed(&mut place) {
        let found = match (other, dict) {
            (Some(other), _) => other.contains_hashed(vm, &key, hash)?,
            (None, Some(dict)) => dict.contains_hashed(vm, &key, hash)?,
            (None, None) => false,
        };
        if !found {
            result.add_hashed(vm, &key, hash)?;
        }
    }
    Ok(result)
}

fn toggle(vm: &Vm, set: &Set, key: &Value, hash: u64) -> PyResult<()> {
    match set.remove_hashed(vm, key, hash)? {
        Some(removed) => drop(removed),
        None => {
            set.add_hashed(vm, key, hash)?;
        }
    }
    Ok(())
}

pub(super) fn symmetric_difference_update(vm: &Vm, value: &Value, other: &Value) -> PyResult<()> {
    let set = set_of(value)?;
    if value.is(other) {
        set.clear();
        return Ok(());
    }
    if vm.class_of(other).is(&vm.types.dict)
        && let Some(dict) = other.payload::<Dict>()
    {
        let mut place = 0;
        while let Some((key, _, hash)) = dict.next_hashed(vm, &mut place) {
            toggle(vm, set, &key, hash)?;
        }
        return Ok(());
    }
    let collected;
    let keys = match other.payload::<Set>() {
        Some(keys) => keys,
        None => {
            collected = empty_like(vm, value);
            update(vm, &collected, other)?;
            &*collected
        }
    };
    let mut place = 0;
    while let Some((key, hash)) = keys.next_hashed(&mut place) {
        toggle(vm, set, &key, hash)?;
    }
    Ok(())
}

pub(super) fn symmetric_difference(vm: &Vm, a: &Value, b: &Value) -> PyResult<Ref<Set>> {
    let result = empty_like(vm, a);
    update(vm, &result, b)?;
    symmetric_difference_update(vm, result.as_value(), a)?;
    Ok(result)
}

pub(super) fn is_disjoint(vm: &Vm, a: &Value, b: &Value) -> PyResult<bool> {
    let mut set = set_of(a)?;
    if a.is(b) {
        return Ok(set.is_empty());
    }
    if let Some(mut other) = b.payload::<Set>() {
        if other.len() > set.len() {
            std::mem::swap(&mut set, &mut other);
        }
        let mut place = 0;
        while let Some((key, hash)) = other.next_hashed(&mut place) {
            if set.contains_hashed(vm, &key, hash)? {
                return Ok(false);
            }
        }
        return Ok(true);
    }
    let iterator = vm.iter(b)?;
    while let Some(item) = vm.next(&iterator)? {
        if set.contains(vm, &item)? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn both_sets(vm: &Vm, a: &Value, b: &Value) -> bool {
    vm.is_any_set(a) && vm.is_any_set(b)
}

pub(super) fn subtract(vm: &Vm, a: &Value, b: &Value) -> PyResult {
    if !both_sets(vm, a, b) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    Ok(difference(vm, a, b)?.into_value())
}

pub(super) fn and(vm: &Vm, a: &Value, b: &Value) -> PyResult {
    if !both_sets(vm, a, b) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    Ok(intersection(vm, a, b)?.into_value())
}

pub(super) fn xor(vm: &Vm, a: &Value, b: &Value) -> PyResult {
    if !both_sets(vm, a, b) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    Ok(symmetric_difference(vm, a, b)?.into_value())
}

pub(super) fn or(vm: &Vm, a: &Value, b: &Value) -> PyResult {
    if !both_sets(vm, a, b) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    let result = copy(vm, a)?;
    // A copy of itself shall not grow for what it has already.
    if !a.is(b) {
        result.merge(vm, set_of(b)?)?;
    }
    Ok(result.into_value())
}

pub(super) fn inplace_subtract(vm: &Vm, a: &Value, b: &Value) -> PyResult {
    if !vm.is_any_set(b) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    difference_update(vm, a, b)?;
    Ok(a.clone())
}

pub(super) fn inplace_and(vm: &Vm, a: &Value, b: &Value) -> PyResult {
    if !vm.is_any_set(b) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    let result = intersection(vm, a, b)?;
    set_of(a)?.swap(&result);
    Ok(a.clone())
}

pub(super) fn inplace_xor(vm: &Vm, a: &Value, b: &Value) -> PyResult {
    if !vm.is_any_set(b) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    symmetric_difference_update(vm, a, b)?;
    Ok(a.clone())
}

pub(super) fn inplace_or(vm: &Vm, a: &Value, b: &Value) -> PyResult {
    if !vm.is_any_set(b) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    update(vm, set_of(a)?, b)?;
    Ok(a.clone())
}

/// Takes a key out, looking a set up as a frozenset; None if it was not there.
pub(super) fn discard(vm: &Vm, set: &Set, key: &Value) -> PyResult<Option<Value>> {
    lookup(vm, key, |key, hash| set.remove_hashed(vm, key, hash))
}
