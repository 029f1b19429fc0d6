//! The methods of `dict`.

use super::views::{self, What};
use super::{copy, dict_of, iterators, update};
use crate::object::{Args, Dict, MethodDef, PyResult, Set, Value};
use crate::vm::Vm;
use heap::FreeList;

pub(super) static METHODS: &[MethodDef] = &[
    crate::types::generic_alias::CLASS_GETITEM,
    MethodDef::bound(
        "__contains__",
        "($self, key, /)",
        "True if the dictionary has the specified key, else False.",
        |vm, args| Ok(Value::bool(super::contains(vm, &args[0], &args[1])?)),
    ),
    MethodDef::bound(
        "__getitem__",
        "($self, key, /)",
        "Return self[key].",
        |vm, args| super::subscript(vm, &args[0], &args[1]),
    ),
    MethodDef::bound(
        "__reversed__",
        "($self, /)",
        "Return a reverse iterator over the dict keys.",
        |vm, args| iterators::reversed(vm, &args[0], What::Keys),
    ),
    MethodDef::bound(
        "__sizeof__",
        "($self, /)",
        "D.__sizeof__() -> size of D in memory, in bytes",
        sizeof,
    ),
    MethodDef::bound(
        "get",
        "($self, key, default=None, /)",
        "Return the value for key if key is in the dictionary, else default.",
        get,
    ),
    MethodDef::bound(
        "setdefault",
        "($self, key, default=None, /)",
        "Insert key with a value of default if key is not in the dictionary.\n\nReturn the value \
         for key if key is in the dictionary, else default.",
        setdefault,
    ),
    MethodDef::raw(
        "pop",
        "($self, key, default=<unrepresentable>, /)",
        "D.pop(k[,d]) -> v, remove specified key and return the corresponding value.\n\nIf the \
         key is not found, return the default if given; otherwise,\nraise a KeyError.",
        pop,
    )
    .signed(),
    MethodDef::bound(
        "popitem",
        "($self, /)",
        "Remove and return a (key, value) pair as a 2-tuple.\n\nPairs are returned in LIFO \
         (last-in, first-out) order.\nRaises KeyError if the dict is empty.",
        popitem,
    ),
    MethodDef::bound(
        "keys",
        "($self, /)",
        "D.keys() -> a set-like object providing a view on D's keys",
        |vm, args| Ok(views::make(vm, &args[0], What::Keys)),
    ),
    MethodDef::bound(
        "items",
        "($self, /)",
        "D.items() -> a set-like object providing a view on D's items",
        |vm, args| Ok(views::make(vm, &args[0], What::Items)),
    ),
    MethodDef::bound(
        "values",
        "($self, /)",
        "D.values() -> an object providing a view on D's values",
        |vm, args| Ok(views::make(vm, &args[0], What::Values)),
    ),
    MethodDef::raw(
        "update",
        "",
        "D.update([E, ]**F) -> None.  Update D from dict/iterable E and F.\nIf E is present and \
         has a .keys() method, then does:  for k in E: D[k] = E[k]\nIf E is present and lacks a \
         .keys() method, then does:  for k, v in E: D[k] = v\nIn either case, this is followed \
         by: for k in F:  D[k] = F[k]",
        update_method,
    ),
    MethodDef::bound(
        "fromkeys",
        "($type, iterable, value=None, /)",
        "Create a new dictionary with keys from iterable and values set to value.",
        fromkeys,
    )
    .class_method(),
    MethodDef::bound(
        "clear",
        "($self, /)",
        "D.clear() -> None.  Remove all items from D.",
        clear,
    ),
    MethodDef::bound(
        "copy",
        "($self, /)",
        "D.copy() -> a shallow copy of D",
        |vm, args| Ok(copy(vm, &args[0])?.into_value()),
    ),
];

fn sizeof(vm: &Vm, args: &[Value]) -> PyResult {
    let bytes = vm.own_block_bytes(&args[0]) + dict_of(&args[0])?.table_bytes();
    Ok(Value::small_int(bytes as i64))
}

fn get(vm: &Vm, args: &[Value]) -> PyResult {
    let found = dict_of(&args[0])?.get(vm, &args[1])?;
    Ok(found.unwrap_or_else(|| args[2].given().cloned().unwrap_or(Value::NONE)))
}

fn setdefault(vm: &Vm, args: &[Value]) -> PyResult {
    let none = Value::NONE;
    let default = args[2].given().unwrap_or(&none);
    dict_of(&args[0])?.get_or_insert(vm, &args[1], default)
}

fn pop(vm: &Vm, args: Args<'_>) -> PyResult {
    if !args.names.is_empty() {
        return Err(vm.type_error("dict.pop() takes no keyword arguments"));
    }
    let (this, key, default) = match args.values {
        [this, key] => (this, key, None),
        [this, key, default] => (this, key, Some(default)),
        few if few.len() < 2 => {
            return Err(vm.type_error("pop expected at least 1 argument, got 0"));
        }
        many => {
            return Err(vm.type_error(format!(
                "pop expected at most 2 arguments, got {}",
                many.len() - 1
            )));
        }
    };
    let dict = dict_of(this)?;
    if dict.is_empty() {
        // As in CPython an empty dict does not even ask for the hash.
        return default.cloned().ok_or_else(|| vm.key_error(key));
    }
    match dict.remove(vm, key)? {
        Some((_, value)) => Ok(value),
        None => default.cloned().ok_or_else(|| vm.key_error(key)),
    }
}

fn popitem(vm: &Vm, args: &[Value]) -> PyResult {
    match dict_of(&args[0])?.pop_last(vm) {
        Some((key, value)) => Ok(vm.pair(key, value)),
        None => Err(vm.key_error(&vm.str_value("popitem(): dictionary is empty"))),
    }
}

fn update_method(vm: &Vm, args: Args<'_>) -> PyResult {
    let Some(this) = args.values.first() else {
        return Err(vm.type_error("unbound method dict.update() needs an argument"));
    };
    let args = args.skip_first();
    let _packed = vm.pack(args.positionals());
    if !args.names.is_empty() {
        vm.heap.count_passing(FreeList::DICT);
    }
    update::update(vm, "update", this, args)?;
    Ok(Value::NONE)
}

fn fromkeys(vm: &Vm, args: &[Value]) -> PyResult {
    let [class, iterable, value] = args else {
        return Ok(Value::NONE);
    };
    let none = Value::NONE;
    let value = value.given().unwrap_or(&none);
    let made = vm.call0(class)?;
    if vm.class_of(&made).is(&vm.types.dict)
        && let Some(dict) = made.payload::<Dict>()
    {
        if vm.class_of(iterable).is(&vm.types.dict)
            && let Some(source) = iterable.payload::<Dict>()
        {
            dict.reserve(vm, source.len(), source.has_only_strings())?;
            let mut place = 0;
            while let Some((key, _, hash)) = source.next_hashed(vm, &mut place) {
                drop(dict.insert_hashed(vm, &key, hash, value.clone())?);
            }
        } else if let Some(source) = iterable.payload::<Set>()
            && (vm.class_of(iterable).is(&vm.types.set)
                || vm.class_of(iterable).is(&vm.types.frozenset))
        {
            let mut place = 0;
            while let Some((key, hash)) = source.next_hashed(&mut place) {
                drop(dict.insert_hashed(vm, &key, hash, value.clone())?);
            }
        } else {
            vm.for_each(iterable, |key| {
                dict.insert(vm, &key, value.clone()).map(drop)
            })?;
        }
    } else {
        vm.for_each(iterable, |key| vm.set_item(&made, &key, value))?;
    }
    Ok(made)
}

fn clear(vm: &Vm, args: &[Value]) -> PyResult {
    vm.dict_clear(dict_of(&args[0])?);
    Ok(Value::NONE)
}
