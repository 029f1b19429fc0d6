//! `OrderedDict`: a dict that can move entries and whose comparison heeds the order.

use runtime::Vm;
use runtime::object::{
    Args, CompareOp, Dict, MethodDef, PyResult, TypeSlots, TypeSpec, Value, class_flag, instance,
};
use runtime::types::dict::What;

use super::ordered_views;
use crate::native::{CLASS_GETITEM, REDUCE, wrong_receiver};

/// Declaration of `OrderedDict`.
pub(super) static ORDERED_DICT: TypeSpec = TypeSpec {
    doc: "Dictionary that remembers insertion order",
    flags: class_flag::BASE_TYPE
        | class_flag::MAPPING
        | class_flag::MATCH_SELF
        | class_flag::HAS_DICT
        | class_flag::HAS_WEAKREFS,
    slots: TypeSlots {
        new: Some(|vm, class, _args| {
            let dict = vm.dict_of_class(class);
            dict.count_keys_twice();
            Ok(dict.into_value())
        }),
        init: Some(init),
        repr: Some(repr),
        iter: Some(|vm, this| ordered_views::iterate(vm, this, What::Keys, false)),
        richcompare: Some(compare),
        nb_or: Some(or),
        nb_inplace_or: Some(|vm, this, other| {
            update(
                vm,
                "update ",
                this,
                Args::positional(std::slice::from_ref(other)),
            )?;
            Ok(this.clone())
        }),
        ..TypeSlots::EMPTY
    },
    methods: &[
        MethodDef::bound(
            "fromkeys",
            "($type, /, iterable, value=None)",
            "Create a new ordered dictionary with keys from iterable and values set to value.",
            |vm, args| {
                let new = vm.call0(&args[0])?;
                let value = args[2].given().cloned().unwrap_or(Value::NONE);
                vm.for_each(&args[1], |key| vm.set_item(&new, &key, &value))?;
                Ok(new)
            },
        )
        .class_method(),
        MethodDef::bound(
            "move_to_end",
            "($self, /, key, last=True)",
            "Move an existing element to the end (or beginning if last is false).\n\n\
             Raise KeyError if the element does not exist.",
            move_to_end,
        ),
        MethodDef::bound(
            "popitem",
            "($self, /, last=True)",
            "Remove and return a (key, value) pair from the dictionary.\n\n\
             Pairs are returned in LIFO order if last is true or FIFO order if false.",
            popitem,
        ),
        MethodDef::bound(
            "pop",
            "($self, /, key, default=<unrepresentable>)",
            "od.pop(key[,default]) -> v, remove specified key and return the corresponding value.\n\n\
             If the key is not found, return the default if given; otherwise,\nraise a KeyError.",
            |vm, args| {
                let dict = dict_of(vm, &args[0])?;
                if let Some((key, value)) = dict.remove(vm, &args[1])? {
                    drop(key);
                    return Ok(value);
                }
                if let Some(default) = args[2].given() {
                    return Ok(default.clone());
                }
                Err(vm.key_error(&args[1]))
            },
        ).signed(),
        MethodDef::bound(
            "setdefault",
            "($self, /, key, default=None)",
            "Insert key with a value of default if key is not in the dictionary.\n\n\
             Return the value for key if key is in the dictionary, else default.",
            |vm, args| {
                let default = args[2].given().cloned().unwrap_or(Value::NONE);
                if vm.contains(&args[0], &args[1])? {
                    return vm.get_item(&args[0], &args[1]);
                }
                vm.set_item(&args[0], &args[1], &default)?;
                Ok(default)
            },
        ),
        MethodDef::raw(
            "update",
            "($self, /, *args, **kwargs)",
            " D.update([E, ]**F) -> None.  Update D from mapping/iterable E and F.",
            |vm, args| {
                update(vm, "update ", &args.values[0], args.skip_first())?;
                Ok(Value::NONE)
            },
        ).unsigned(),
        MethodDef::bound(
            "copy",
            "($self, /)",
            "od.copy() -> a shallow copy of od",
            |vm, args| {
                let dict = dict_of(vm, &args[0])?;
                let class = vm.class_of(&args[0]).to_value();
                let new = vm.call0(&class)?;
                if vm.class_of(&args[0]).spec.is_none() && instance::has_attributes(&args[0]) {
                    for (name, value) in instance::materialise(vm, &args[0])?.to_vec() {
                        vm.set_attr(&new, &name, &value)?;
                    }
                }
                for key in dict.keys_to_vec() {
                    let value = vm.get_item(&args[0], &key)?;
                    vm.set_item(&new, &key, &value)?;
                }
                Ok(new)
            },
        ),
        MethodDef::bound(
            "keys",
            "($self, /)",
            "D.keys() -> a set-like object providing a view on D's keys",
            |vm, args| {
                dict_of(vm, &args[0])?;
                Ok(ordered_views::view(vm, &args[0], What::Keys))
            },
        ),
        MethodDef::bound(
            "values",
            "($self, /)",
            "D.values() -> an object providing a view on D's values",
            |vm, args| {
                dict_of(vm, &args[0])?;
                Ok(ordered_views::view(vm, &args[0], What::Values))
            },
        ),
        MethodDef::bound(
            "items",
            "($self, /)",
            "D.items() -> a set-like object providing a view on D's items",
            |vm, args| {
                dict_of(vm, &args[0])?;
                Ok(ordered_views::view(vm, &args[0], What::Items))
            },
        ),
        MethodDef::bound(
            "__reversed__",
            "($self, /)",
            "od.__reversed__() <==> reversed(od)",
            |vm, args| ordered_views::iterate(vm, &args[0], What::Keys, true),
        ),
        MethodDef::bound("__reduce__", "($self, /)", REDUCE, |vm, args| {
            let state = vm.call_method(&args[0], &vm.names.__getstate__, &[])?;
            let items = vm.call_method(&args[0], &vm.names.items, &[])?;
            let items = vm.iter(&items)?;
            let class = vm.class_of(&args[0]).to_value();
            Ok(vm.tuple_value([class, vm.tuple_value([]), state, Value::NONE, items]))
        }).unsigned(),
        CLASS_GETITEM,
    ],
    ..TypeSpec::of::<Dict>("collections.OrderedDict")
};

fn dict_of<'a>(vm: &Vm, this: &'a Value) -> PyResult<&'a Dict> {
    this.payload::<Dict>()
        .ok_or_else(|| wrong_receiver(vm, "collections.OrderedDict"))
}

fn init(vm: &Vm, this: &Value, args: Args<'_>) -> PyResult<()> {
    update(vm, "", this, args)
}

/// Stores all entries by the receiver's own `__setitem__`; `name` opens the message of a wrong
/// number of arguments.
fn update(vm: &Vm, name: &str, this: &Value, args: Args<'_>) -> PyResult<()> {
    let given = args.positionals();
    if given.len() > 1 {
        return Err(vm.type_error(format!(
            "{name}expected at most 1 argument{}, got {}",
            if name.is_empty() { "s" } else { "" },
            given.len()
        )));
    }
    if let Some(source) = given.first() {
        let keys = match source.payload::<Dict>() {
            Some(_) if vm.class_of(source).is(&vm.types.dict) => None,
            _ => vm.get_attr_opt(source, &vm.names.keys)?,
        };
        if let Some(dict) = source.payload::<Dict>().filter(|_| keys.is_none()) {
            for (key, value) in dict.to_vec() {
                vm.set_item(this, &key, &value)?;
            }
        } else if let Some(keys) = keys {
            let keys = vm.call0(&keys)?;
            vm.for_each(&keys, |key| {
                let value = vm.get_item(source, &key)?;
                vm.set_item(this, &key, &value)
            })?;
        } else {
            vm.for_each(source, |pair| {
                let items = vm.collect(&pair)?;
                match <[Value; 2]>::try_from(items) {
                    Ok([key, value]) => vm.set_item(this, &key, &value),
                    Err(items) if items.len() < 2 => Err(vm.value_error(format!(
                        "need more than {} value{} to unpack",
                        items.len(),
                        if items.len() == 1 { "" } else { "s" }
                    ))),
                    Err(_) => Err(vm.value_error("too many values to unpack (expected 2)")),
                }
            })?;
        }
    }
    for (key, value) in args.keywords() {
        vm.set_item(this, key, value)?;
    }
    Ok(())
}

fn repr(vm: &Vm, this: &Value) -> PyResult {
    let dict = dict_of(vm, this)?;
    let name = vm.class_of(this).name.get().unwrap_or(Value::NONE);
    let name = vm.display(&name);
    if dict.is_empty() {
        return Ok(vm.str_value(&format!("{name}()")));
    }
    let Some(_guard) = vm.enter_repr(this) else {
        return Ok(vm.str_value("..."));
    };
    let plain = vm.dict();
    if vm.class_of(this).spec.is_some() {
        for (key, value) in dict.to_vec() {
            plain.insert(vm, &key, value)?;
        }
    } else {
        let items = vm.call_method(this, &vm.names.items, &[])?;
        vm.dict_update(&plain, &vm.list_from(vm.collect(&items)?)?.into_value())?;
    }
    let shown = vm.repr_string(plain.as_value())?;
    Ok(vm.str_value(&format!("{name}({shown})")))
}

fn compare(vm: &Vm, a: &Value, b: &Value, op: CompareOp) -> PyResult {
    if !matches!(op, CompareOp::Eq | CompareOp::Ne) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    let (Some(x), Some(y)) = (a.payload::<Dict>(), b.payload::<Dict>()) else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    let plain = match vm.types.dict.slots().richcompare {
        Some(compare) => compare(vm, a, b, CompareOp::Eq)?,
        None => Value::FALSE,
    };
    let mut equal = vm.truth(&plain)?;
    let ordered = vm.native_subclass(&ORDERED_DICT, &vm.types.dict);
    if equal && vm.is_instance_of(a, &ordered) && vm.is_instance_of(b, &ordered) {
        for (left, right) in x.keys_to_vec().iter().zip(y.keys_to_vec()) {
            if !vm.equal(left, &right)? {
                equal = false;
                break;
            }
        }
    }
    Ok(Value::bool(equal == (op == CompareOp::Eq)))
}

fn or(vm: &Vm, a: &Value, b: &Value) -> PyResult {
    let ordered = vm.native_subclass(&ORDERED_DICT, &vm.types.dict);
    let own = if vm.is_instance_of(a, &ordered) { a } else { b };
    if a.payload::<Dict>().is_none() || b.payload::<Dict>().is_none() {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    let class = vm.class_of(own).to_value();
    let new = vm.call1(&class, a)?;
    update(
        vm,
        "update ",
        &new,
        Args::positional(std::slice::from_ref(b)),
    )?;
    Ok(new)
}

fn move_to_end(vm: &Vm, args: &[Value]) -> PyResult {
    let dict = dict_of(vm, &args[0])?;
    let last = match args[2].given() {
        Some(last) => vm.truth(last)?,
        None => true,
    };
    let Some(place) = dict.place_of(vm, &args[1])? else {
        return Err(vm.key_error(&args[1]));
    };
    // What is there already stays, and the dictionary with it: a search for another key, whose
    // comparison calls this, would begin anew after a change.
    let is_there = match last {
        true => !(place + 1..dict.entry_count()).any(|place| dict.has_entry_at(place)),
        false => place == dict.first_place(),
    };
    if is_there {
        return Ok(Value::NONE);
    }
    let entry = dict.hashed_entry_at(vm, place);
    let found = entry.map(|(key, _, hash)| dict.remove_hashed(vm, &key, hash));
    let Some((key, value)) = found.transpose()?.flatten() else {
        return Ok(Value::NONE);
    };
    if last {
        dict.insert(vm, &key, value)?;
        return Ok(Value::NONE);
    }
    // The entry goes first: all others are put in again behind it.
    let rest = dict.to_vec();
    while dict.pop_last(vm).is_some() {}
    dict.insert(vm, &key, value)?;
    for (key, value) in rest {
        dict.insert(vm, &key, value)?;
    }
    Ok(Value::NONE)
}

fn popitem(vm: &Vm, args: &[Value]) -> PyResult {
    let dict = dict_of(vm, &args[0])?;
    let last = match args[1].given() {
        Some(last) => vm.truth(last)?,
        None => true,
    };
    let found = if last {
        dict.pop_last(vm)
    } else {
        let mut place = dict.first_place();
        match dict.next_hashed(vm, &mut place) {
            Some((key, _, hash)) => dict.remove_hashed(vm, &key, hash)?,
            None => None,
        }
    };
    match found {
        Some((key, value)) => Ok(vm.tuple_value([key, value])),
        None => Err(vm.key_error(&vm.str_value("dictionary is empty"))),
    }
}
