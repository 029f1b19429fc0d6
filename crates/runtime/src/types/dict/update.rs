//! Filling a dict from mappings, pairs and keywords.

use super::{dict_of, iterates_plainly};
use crate::object::{Args, Dict, PyResult, Raised, Tuple, Value};
use crate::vm::Vm;

/// `dict(...)` and `dict.update(...)`: at most one positional argument, then keywords.
pub(super) fn update(vm: &Vm, name: &str, value: &Value, args: Args<'_>) -> PyResult<()> {
    let dict = dict_of(value)?;
    match args.positionals() {
        [] => {}
        [source] => update_from(vm, dict, source)?,
        more => {
            return Err(vm.type_error(format!(
                "{name} expected at most 1 argument, got {}",
                more.len()
            )));
        }
    }
    if !args.names.is_empty() {
        dict.reserve(vm, args.names.len(), true)?;
    }
    for (name, value) in args.keywords() {
        drop(dict.insert(vm, name, value.clone())?);
    }
    Ok(())
}

/// Adds the entries of a mapping (something with `keys`) or of an iterable of pairs.
pub(crate) fn update_from(vm: &Vm, dict: &Dict, source: &Value) -> PyResult<()> {
    if vm.class_of(source).is(&vm.types.dict) {
        return merge(vm, dict, source);
    }
    if vm.get_attr_opt(source, &vm.names.keys)?.is_some() {
        return merge(vm, dict, source);
    }
    merge_pairs(vm, dict, source)
}

/// Adds the entries of a mapping.
pub(crate) fn merge(vm: &Vm, dict: &Dict, source: &Value) -> PyResult<()> {
    if let Some(other) = source.payload::<Dict>()
        && iterates_plainly(vm, source)
    {
        return merge_dict(vm, dict, other);
    }
    for_each_entry(vm, source, |key, value| {
        drop(dict.insert(vm, key, value)?);
        Ok(())
    })
}

/// Hands on each key that a mapping's `keys` gives, with its item.
fn for_each_entry(
    vm: &Vm,
    source: &Value,
    mut each: impl FnMut(&Value, Value) -> PyResult<()>,
) -> PyResult<()> {
    for_each_key(vm, source, |key| each(key, vm.get_item(source, key)?))
}

/// Hands on each key that a mapping's `keys` gives.
fn for_each_key(
    vm: &Vm,
    source: &Value,
    mut each: impl FnMut(&Value) -> PyResult<()>,
) -> PyResult<()> {
    let keys = vm.call_method(source, &vm.names.keys, &[])?;
    let iterator = match vm.iter(&keys) {
        Ok(iterator) => iterator,
        Err(raised) => {
            let _ = vm.catch(raised, &vm.types.exceptions.type_error)?;
            return Err(vm.type_error(format!(
                "{}.keys() returned a non-iterable (type {})",
                vm.class_name(source),
                vm.class_name(&keys)
            )));
        }
    };
    while let Some(key) = vm.next(&iterator)? {
        each(&key)?;
    }
    Ok(())
}

/// Adds the entries of a mapping whose keys must be new; `repeated` makes the error of one that is not.
pub(crate) fn merge_new(
    vm: &Vm,
    dict: &Dict,
    source: &Value,
    repeated: impl Fn(&Value) -> PyResult<Raised>,
) -> PyResult<()> {
    if let Some(other) = source.payload::<Dict>()
        && iterates_plainly(vm, source)
    {
        if dict.is_empty() {
            return merge_dict(vm, dict, other);
        }
        let len = other.len();
        let mut place = 0;
        while let Some((key, value, hash)) = other.next_hashed(vm, &mut place) {
            if dict.contains_hashed(vm, &key, hash)? {
                return Err(repeated(&key)?);
            }
            drop(dict.insert_hashed(vm, &key, hash, value)?);
            if other.len() != len {
                return Err(vm.runtime_error("dict mutated during update"));
            }
        }
        return Ok(());
    }
    for_each_key(vm, source, |key| {
        if dict.contains(vm, key)? {
            return Err(repeated(key)?);
        }
        drop(dict.insert(vm, key, vm.get_item(source, key)?)?);
        Ok(())
    })
}

fn merge_dict(vm: &Vm, dict: &Dict, other: &Dict) -> PyResult<()> {
    if std::ptr::eq(dict, other) || other.is_empty() {
        return Ok(());
    }
    if dict.copy_into_empty(vm, other)? {
        return Ok(());
    }
    dict.reserve(vm, other.len(), other.has_only_strings())?;
    let len = other.len();
    let mut place = 0;
    while let Some((key, value, hash)) = other.next_hashed(vm, &mut place) {
        drop(dict.insert_hashed(vm, &key, hash, value)?);
        if other.len() != len {
            return Err(vm.runtime_error("dict mutated during update"));
        }
    }
    Ok(())
}

fn merge_pairs(vm: &Vm, dict: &Dict, pairs: &Value) -> PyResult<()> {
    let iterator = vm.iter(pairs)?;
    let mut number = 0;
    while let Some(pair) = vm.next(&iterator)? {
        // A tuple cannot change while its key is asked for its hash.
        if vm.class_of(&pair).is(&vm.types.tuple)
            && let Some([key, value]) = pair.payload::<Tuple>().map(Tuple::as_slice)
        {
            drop(dict.insert(vm, key, value.clone())?);
        } else {
            merge_pair(vm, dict, &pair, number)?;
        }
        number += 1;
    }
    Ok(())
}

/// Adds a key and a value that come in something other than a tuple of two.
#[inline(never)]
fn merge_pair(vm: &Vm, dict: &Dict, pair: &Value, number: usize) -> PyResult<()> {
    let class = vm.class_of(pair);
    let parts = if class.is(&vm.types.list) || class.is(&vm.types.tuple) {
        vm.collect_or(pair, "")?
    } else {
        let message =
            format!("cannot convert dictionary update sequence element #{number} to a sequence");
        vm.collect_or(pair, &message)?
    };
    let [key, value] = &parts[..] else {
        return Err(vm.value_error(format!(
            "dictionary update sequence element #{number} has length {}; 2 is required",
            parts.len()
        )));
    };
    drop(dict.insert(vm, key, value.clone())?);
    Ok(())
}
