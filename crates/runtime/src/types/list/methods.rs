//! The methods of `list`.

use super::{append_all, extend, iterators, position, push, sort, this};
use crate::object::list::{HeapVec, drop_from_end};
use crate::object::{MethodDef, PyResult, Shortcut, Value};
use crate::types::tuple::search_bounds;
use crate::vm::Vm;

pub(super) static METHODS: &[MethodDef] = &[
    crate::types::generic_alias::CLASS_GETITEM,
    MethodDef::bound(
        "__getitem__",
        "($self, index, /)",
        "Return self[index].",
        |vm, args| super::subscript::subscript(vm, &args[0], &args[1]),
    ),
    MethodDef::bound(
        "__reversed__",
        "($self, /)",
        "Return a reverse iterator over the list.",
        iterators::reversed,
    ),
    MethodDef::bound(
        "__sizeof__",
        "($self, /)",
        "Return the size of the list in memory, in bytes.",
        sizeof,
    ),
    MethodDef::bound("clear", "($self, /)", "Remove all items from list.", clear),
    MethodDef::bound(
        "copy",
        "($self, /)",
        "Return a shallow copy of the list.",
        copy,
    ),
    MethodDef::bound(
        "append",
        "($self, object, /)",
        "Append object to the end of the list.",
        append,
    )
    .with_shortcut(Shortcut::Append),
    MethodDef::bound(
        "insert",
        "($self, index, object, /)",
        "Insert object before index.",
        insert,
    ),
    MethodDef::bound(
        "extend",
        "($self, iterable, /)",
        "Extend list by appending elements from the iterable.",
        extend_method,
    ),
    MethodDef::bound(
        "pop",
        "($self, index=-1, /)",
        "Remove and return item at index (default last).\n\nRaises IndexError if list is empty \
         or index is out of range.",
        pop,
    ),
    MethodDef::bound(
        "remove",
        "($self, value, /)",
        "Remove first occurrence of value.\n\nRaises ValueError if the value is not present.",
        remove,
    ),
    MethodDef::bound(
        "index",
        "($self, value, start=0, stop=sys.maxsize, /)",
        "Return first index of value.\n\nRaises ValueError if the value is not present.",
        index,
    ),
    MethodDef::bound(
        "count",
        "($self, value, /)",
        "Return number of occurrences of value.",
        count,
    ),
    MethodDef::bound("reverse", "($self, /)", "Reverse *IN PLACE*.", reverse),
    MethodDef::bound(
        "sort",
        "($self, /, *, key=None, reverse=False)",
        "Sort the list in ascending order and return None.\n\nThe sort is in-place (i.e. the list \
         itself is modified) and stable (i.e. the\norder of two equal elements is \
         maintained).\n\nIf a key function is given, apply it once to each list item and sort \
         them,\nascending or descending, according to their function values.\n\nThe reverse flag \
         can be set to sort in descending order.",
        sort::sort_method,
    ),
];

fn sizeof(vm: &Vm, args: &[Value]) -> PyResult {
    let bytes = vm.own_block_bytes(&args[0]) + this(args)?.buffer_bytes();
    Ok(Value::small_int(bytes as i64))
}

fn clear(_vm: &Vm, args: &[Value]) -> PyResult {
    let list = this(args)?;
    if !list.is_empty() {
        drop_from_end(list.take());
    }
    Ok(Value::NONE)
}

fn copy(vm: &Vm, args: &[Value]) -> PyResult {
    match this(args)?.with(HeapVec::try_from_slice) {
        Ok(items) => Ok(vm.list(items).into_value()),
        Err(_) => Err(vm.memory_error()),
    }
}

fn append(vm: &Vm, args: &[Value]) -> PyResult {
    push(vm, this(args)?, args[1].clone())?;
    Ok(Value::NONE)
}

fn insert(vm: &Vm, args: &[Value]) -> PyResult {
    let list = this(args)?;
    let index = vm.arg_ssize(&args[1])?;
    let index = if index < 0 {
        index.saturating_add(list.len() as isize).max(0)
    } else {
        index
    };
    let item = args[2].clone();
    let inserted = list.update(|items| {
        items.try_reserve(1)?;
        items.try_insert(index as usize, item)
    });
    inserted.map_err(|_| vm.memory_error())?;
    Ok(Value::NONE)
}

fn extend_method(vm: &Vm, args: &[Value]) -> PyResult {
    extend(vm, this(args)?, &args[1])?;
    Ok(Value::NONE)
}

fn pop(vm: &Vm, args: &[Value]) -> PyResult {
    let list = this(args)?;
    let index = match args[1].given() {
        Some(index) => vm.arg_ssize(index)?,
        None => -1,
    };
    if list.is_empty() {
        return Err(vm.index_error("pop from empty list"));
    }
    let index = if index < 0 {
        index.saturating_add(list.len() as isize)
    } else {
        index
    };
    let popped = usize::try_from(index).ok().and_then(|index| {
        list.update(|items| {
            let item = items.remove(index);
            items.shrink_slack();
            item
        })
    });
    popped.ok_or_else(|| vm.index_error("pop index out of range"))
}

fn remove(vm: &Vm, args: &[Value]) -> PyResult {
    let list = this(args)?;
    let Some(place) = position(vm, list, &args[1], 0, usize::MAX)? else {
        return Err(vm.value_error("list.remove(x): x not in list"));
    };
    let removed = list.update(|items| {
        let item = items.remove(place);
        items.shrink_slack();
        item
    });
    drop(removed);
    Ok(Value::NONE)
}

fn index(vm: &Vm, args: &[Value]) -> PyResult {
    let list = this(args)?;
    let (start, stop) = search_bounds(vm, &args[2], &args[3], list.len())?;
    match position(vm, list, &args[1], start, stop)? {
        Some(place) => Ok(Value::small_int(place as i64)),
        None => {
            let text = vm.repr_string(&args[1])?;
            Err(vm.value_error(format!("{text} is not in list")))
        }
    }
}

fn count(vm: &Vm, args: &[Value]) -> PyResult {
    let list = this(args)?;
    let (mut count, mut i) = (0, 0);
    while let Some(item) = list.get(i) {
        if vm.equal(&item, &args[1])? {
            count += 1;
        }
        i += 1;
    }
    Ok(Value::small_int(count))
}

fn reverse(_vm: &Vm, args: &[Value]) -> PyResult {
    this(args)?.update(|items| items.as_mut_slice().reverse());
    Ok(Value::NONE)
}

impl Vm {
    /// Appends copies of `items` to a list.
    pub fn list_extend(&self, list: &crate::object::List, items: &[Value]) -> PyResult<()> {
        append_all(self, list, items)
    }
}
