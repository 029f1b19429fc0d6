//! The methods of `set` and `frozenset`.

use super::{algebra, contains, set_of, update};
use crate::object::{Args, MethodDef, PyResult, Set, Value};
use crate::vm::Vm;

const REDUCE: &str = "Return state information for pickling.";

macro_rules! with_common_methods {
    ($name:ident: $($method:expr,)*) => {
        pub(super) static $name: &[MethodDef] = &[
            crate::types::generic_alias::CLASS_GETITEM,
            MethodDef::bound(
                "__contains__",
                "($self, object, /)",
                "x.__contains__(y) <==> y in x.",
                |vm, args| Ok(Value::bool(contains(vm, &args[0], &args[1])?)),
            ),
            MethodDef::bound("__reduce__", "($self, /)", REDUCE, reduce).unsigned(),
            MethodDef::bound(
                "__sizeof__",
                "($self, /)",
                "S.__sizeof__() -> size of S in memory, in bytes",
                sizeof,
            ),
            MethodDef::raw(
                "difference",
                "",
                "Return the difference of two or more sets as a new set.\n\n(i.e. all elements \
                 that are in this set but not the others.)",
                difference,
            ),
            MethodDef::raw(
                "intersection",
                "",
                "Return the intersection of two sets as a new set.\n\n(i.e. all elements that are \
                 in both sets.)",
                intersection,
            ),
            MethodDef::bound(
                "isdisjoint",
                "($self, other, /)",
                "Return True if two sets have a null intersection.",
                isdisjoint,
            ).unsigned(),
            MethodDef::bound(
                "issubset",
                "($self, other, /)",
                "Test whether every element in the set is in other.",
                issubset,
            ).unsigned(),
            MethodDef::bound(
                "issuperset",
                "($self, other, /)",
                "Test whether every element in other is in the set.",
                issuperset,
            ).unsigned(),
            MethodDef::bound(
                "symmetric_difference",
                "($self, other, /)",
                "Return the symmetric difference of two sets as a new set.\n\n(i.e. all elements \
                 that are in exactly one of the sets.)",
                symmetric_difference,
            ).unsigned(),
            MethodDef::raw(
                "union",
                "",
                "Return the union of sets as a new set.\n\n(i.e. all elements that are in either \
                 set.)",
                union,
            ),
            $($method,)*
        ];
    };
}

with_common_methods! {
    FROZENSET_METHODS:
    MethodDef::bound("copy", "($self, /)", "Return a shallow copy of a set.", frozen_copy).unsigned(),
}

with_common_methods! {
    SET_METHODS:
    MethodDef::bound("copy", "($self, /)", "Return a shallow copy of a set.", copy).unsigned(),
    MethodDef::bound(
        "add",
        "($self, object, /)",
        "Add an element to a set.\n\nThis has no effect if the element is already present.",
        add,
    ).unsigned(),
    MethodDef::bound("clear", "($self, /)", "Remove all elements from this set.", clear).unsigned(),
    MethodDef::bound(
        "discard",
        "($self, object, /)",
        "Remove an element from a set if it is a member.\n\nUnlike set.remove(), the discard() \
         method does not raise\nan exception when an element is missing from the set.",
        discard,
    ).unsigned(),
    MethodDef::raw(
        "difference_update",
        "",
        "Remove all elements of another set from this set.",
        difference_update,
    ),
    MethodDef::raw(
        "intersection_update",
        "",
        "Update a set with the intersection of itself and another.",
        intersection_update,
    ),
    MethodDef::bound(
        "pop",
        "($self, /)",
        "Remove and return an arbitrary set element.\nRaises KeyError if the set is empty.",
        pop,
    ).unsigned(),
    MethodDef::bound(
        "remove",
        "($self, object, /)",
        "Remove an element from a set; it must be a member.\n\nIf the element is not a member, \
         raise a KeyError.",
        remove,
    ).unsigned(),
    MethodDef::bound(
        "symmetric_difference_update",
        "($self, other, /)",
        "Update a set with the symmetric difference of itself and another.",
        symmetric_difference_update,
    ).unsigned(),
    MethodDef::raw(
        "update",
        "",
        "Update a set with the union of itself and others.",
        update_method,
    ),
}

/// Self and the other arguments of a method that takes any number of iterables.
fn others<'a>(vm: &Vm, name: &str, args: Args<'a>) -> PyResult<(&'a Value, &'a [Value])> {
    if !args.names.is_empty() {
        let class = args.values.first().map_or("set", |this| {
            if vm.is_instance_of(this, &vm.types.frozenset) {
                "frozenset"
            } else {
                "set"
            }
        });
        return Err(vm.type_error(format!("{class}.{name}() takes no keyword arguments")));
    }
    match args.values {
        [this, others @ ..] => {
            vm.heap.count_passing_tuple(others.len());
            Ok((this, others))
        }
        [] => Err(vm.type_error(format!("unbound method set.{name}() needs an argument"))),
    }
}

fn reduce(vm: &Vm, args: &[Value]) -> PyResult {
    let keys = vm.list_from(set_of(&args[0])?.to_vec())?.into_value();
    let state = vm.call_method(&args[0], &vm.names.__getstate__, &[])?;
    let class = vm.class_of(&args[0]).to_value();
    Ok(vm.tuple_value([class, vm.tuple_value([keys]), state]))
}

fn sizeof(vm: &Vm, args: &[Value]) -> PyResult {
    let bytes = vm.own_block_bytes(&args[0]) + set_of(&args[0])?.table_bytes();
    Ok(Value::small_int(bytes as i64))
}

fn copy(vm: &Vm, args: &[Value]) -> PyResult {
    Ok(algebra::copy(vm, &args[0])?.into_value())
}

fn frozen_copy(vm: &Vm, args: &[Value]) -> PyResult {
    if vm.class_of(&args[0]).is(&vm.types.frozenset) {
        return Ok(args[0].clone());
    }
    copy(vm, args)
}

fn difference(vm: &Vm, args: Args<'_>) -> PyResult {
    let (this, others) = others(vm, "difference", args)?;
    let Some((first, rest)) = others.split_first() else {
        return Ok(algebra::copy(vm, this)?.into_value());
    };
    let result = algebra::difference(vm, this, first)?;
    for other in rest {
        algebra::difference_update(vm, result.as_value(), other)?;
    }
    Ok(result.into_value())
}

fn intersect_all(vm: &Vm, this: &Value, others: &[Value]) -> PyResult {
    let Some((first, rest)) = others.split_first() else {
        return Ok(algebra::copy(vm, this)?.into_value());
    };
    let mut result = algebra::intersection(vm, this, first)?;
    for other in rest {
        result = algebra::intersection(vm, result.as_value(), other)?;
    }
    Ok(result.into_value())
}

fn intersection(vm: &Vm, args: Args<'_>) -> PyResult {
    let (this, others) = others(vm, "intersection", args)?;
    intersect_all(vm, this, others)
}

fn intersection_update(vm: &Vm, args: Args<'_>) -> PyResult {
    let (this, others) = others(vm, "intersection_update", args)?;
    let result = intersect_all(vm, this, others)?;
    set_of(this)?.swap(set_of(&result)?);
    Ok(Value::NONE)
}

fn difference_update(vm: &Vm, args: Args<'_>) -> PyResult {
    let (this, others) = others(vm, "difference_update", args)?;
    for other in others {
        algebra::difference_update(vm, this, other)?;
    }
    Ok(Value::NONE)
}

fn union(vm: &Vm, args: Args<'_>) -> PyResult {
    let (this, others) = others(vm, "union", args)?;
    let result = algebra::copy(vm, this)?;
    for other in others {
        if !other.is(this) {
            update(vm, &result, other)?;
        }
    }
    Ok(result.into_value())
}

fn update_method(vm: &Vm, args: Args<'_>) -> PyResult {
    let (this, others) = others(vm, "update", args)?;
    for other in others {
        update(vm, set_of(this)?, other)?;
    }
    Ok(Value::NONE)
}

fn isdisjoint(vm: &Vm, args: &[Value]) -> PyResult {
    Ok(Value::bool(algebra::is_disjoint(vm, &args[0], &args[1])?))
}

fn issubset(vm: &Vm, args: &[Value]) -> PyResult {
    let set = set_of(&args[0])?;
    let result = match args[1].payload::<Set>() {
        Some(other) => algebra::is_subset(vm, set, other)?,
        None => algebra::intersection(vm, &args[0], &args[1])?.len() == set.len(),
    };
    Ok(Value::bool(result))
}

fn issuperset(vm: &Vm, args: &[Value]) -> PyResult {
    if let Some(other) = args[1].payload::<Set>() {
        return Ok(Value::bool(algebra::is_subset(
            vm,
            other,
            set_of(&args[0])?,
        )?));
    }
    let iterator = vm.iter(&args[1])?;
    while let Some(item) = vm.next(&iterator)? {
        if !contains(vm, &args[0], &item)? {
            return Ok(Value::FALSE);
        }
    }
    Ok(Value::TRUE)
}

fn symmetric_difference(vm: &Vm, args: &[Value]) -> PyResult {
    Ok(algebra::symmetric_difference(vm, &args[0], &args[1])?.into_value())
}

fn symmetric_difference_update(vm: &Vm, args: &[Value]) -> PyResult {
    algebra::symmetric_difference_update(vm, &args[0], &args[1])?;
    Ok(Value::NONE)
}

fn add(vm: &Vm, args: &[Value]) -> PyResult {
    set_of(&args[0])?.add(vm, &args[1])?;
    Ok(Value::NONE)
}

fn clear(_vm: &Vm, args: &[Value]) -> PyResult {
    set_of(&args[0])?.clear();
    Ok(Value::NONE)
}

fn discard(vm: &Vm, args: &[Value]) -> PyResult {
    drop(algebra::discard(vm, set_of(&args[0])?, &args[1])?);
    Ok(Value::NONE)
}

fn remove(vm: &Vm, args: &[Value]) -> PyResult {
    match algebra::discard(vm, set_of(&args[0])?, &args[1])? {
        Some(removed) => {
            drop(removed);
            Ok(Value::NONE)
        }
        None => Err(vm.key_error(&args[1])),
    }
}

fn pop(vm: &Vm, args: &[Value]) -> PyResult {
    match set_of(&args[0])?.pop() {
        Some(key) => Ok(key),
        None => Err(vm.key_error(&vm.str_value("pop from an empty set"))),
    }
}
