//! `KeyError`, `NameError`, `AttributeError` and `ImportError`: what was looked up and not found.

use super::attributes::field;
use super::{Family, base, exception_of};
use crate::object::{Args, Dict, MethodDef, PyResult, TypeSlots, Value};
use crate::vm::Vm;

pub(super) const KEY_ERROR: Family = Family {
    slots: TypeSlots {
        str: Some(key_error_str),
        ..TypeSlots::EMPTY
    },
    methods: &[],
    getset: &[],
};

fn key_error_str(vm: &Vm, value: &Value) -> PyResult {
    // The repr, so that KeyError('') says more than nothing.
    let args = base::args_of(vm, value)?;
    match &args[..] {
        [key] => Ok(vm.repr(key)?.into_value()),
        _ => base::str(vm, value),
    }
}

/// The values of keyword arguments by name; any other name is an error.
fn keywords<const N: usize>(
    vm: &Vm,
    class: &str,
    names: [&str; N],
    args: Args<'_>,
) -> PyResult<[Option<Value>; N]> {
    let mut values = [const { None }; N];
    for (name, value) in args.keywords() {
        let name = vm.display(name);
        match names.iter().position(|n| *n == name) {
            Some(place) => values[place] = Some(value.clone()),
            None => {
                return Err(vm.type_error(format!(
                    "'{name}' is an invalid keyword argument for {class}()"
                )));
            }
        }
    }
    Ok(values)
}

pub(super) const NAME_ERROR: Family = Family {
    slots: TypeSlots {
        init: Some(init_name_error),
        ..TypeSlots::EMPTY
    },
    methods: &[],
    getset: &[field::<0>("name", "name")],
};

fn init_name_error(vm: &Vm, value: &Value, args: Args<'_>) -> PyResult<()> {
    base::set_positionals(vm, value, args.positionals())?;
    let fields = keywords(vm, "NameError", ["name"], args)?;
    exception_of(value)?.set_fields(fields);
    Ok(())
}

pub(super) const ATTRIBUTE_ERROR: Family = Family {
    slots: TypeSlots {
        init: Some(init_attribute_error),
        ..TypeSlots::EMPTY
    },
    methods: &[
        MethodDef::bound("__getstate__", "($self, /)", "", |vm, args| {
            attribute_error_state(vm, &args[0])
        })
        .unsigned(),
        MethodDef::bound("__reduce__", "($self, /)", "", attribute_error_reduce).unsigned(),
    ],
    getset: &[
        field::<0>("name", "attribute name"),
        field::<1>("obj", "object"),
    ],
};

fn init_attribute_error(vm: &Vm, value: &Value, args: Args<'_>) -> PyResult<()> {
    base::set_positionals(vm, value, args.positionals())?;
    let fields = keywords(vm, "AttributeError", ["name", "obj"], args)?;
    exception_of(value)?.set_fields(fields);
    Ok(())
}

/// The instance's dict with further entries, as a new dict.
fn state_with(vm: &Vm, value: &Value, entries: &[(&str, Option<Value>)]) -> PyResult {
    let state = match base::dict_of(vm, value)? {
        Some(dict) => match dict.payload::<Dict>() {
            Some(dict) => vm.dict_copy(dict)?,
            None => vm.dict(),
        },
        None => vm.dict(),
    };
    for (name, entry) in entries {
        if let Some(entry) = entry {
            drop(state.insert(vm, &vm.intern(name), entry.clone())?);
        }
    }
    Ok(state.into_value())
}

/// The object is not pickled, as it may be anything; the name and the arguments are.
fn attribute_error_state(vm: &Vm, value: &Value) -> PyResult {
    let exception = exception_of(value)?;
    let args = base::args_of(vm, value)?.into_value();
    state_with(
        vm,
        value,
        &[("name", exception.field(0)), ("args", Some(args))],
    )
}

fn attribute_error_reduce(vm: &Vm, args: &[Value]) -> PyResult {
    let state = attribute_error_state(vm, &args[0])?;
    let class = vm.class_of(&args[0]).to_value();
    let arguments = base::args_of(vm, &args[0])?.into_value();
    Ok(vm.tuple_value([class, arguments, state]))
}

pub(super) const IMPORT_ERROR: Family = Family {
    slots: TypeSlots {
        init: Some(init_import_error),
        str: Some(import_error_str),
        ..TypeSlots::EMPTY
    },
    methods: &[MethodDef::bound("__reduce__", "($self, /)", "", import_error_reduce).unsigned()],
    getset: &[
        field::<0>("msg", "exception message"),
        field::<1>("name", "module name"),
        field::<2>("path", "module path"),
        field::<3>("name_from", "name imported from module"),
    ],
};

fn init_import_error(vm: &Vm, value: &Value, args: Args<'_>) -> PyResult<()> {
    base::set_positionals(vm, value, args.positionals())?;
    let [name, path, name_from] = keywords(vm, "ImportError", ["name", "path", "name_from"], args)?;
    let message = match args.positionals() {
        [message] => Some(message.clone()),
        _ => None,
    };
    exception_of(value)?.set_fields([message, name, path, name_from]);
    Ok(())
}

fn import_error_str(vm: &Vm, value: &Value) -> PyResult {
    match exception_of(value)?.field(0) {
        Some(message) if vm.class_of(&message).is(&vm.types.str) => Ok(message),
        _ => base::str(vm, value),
    }
}

fn import_error_reduce(vm: &Vm, args: &[Value]) -> PyResult {
    let exception = exception_of(&args[0])?;
    let fields = [
        ("name", exception.field(1)),
        ("path", exception.field(2)),
        ("name_from", exception.field(3)),
    ];
    let class = vm.class_of(&args[0]).to_value();
    let arguments = base::args_of(vm, &args[0])?.into_value();
    if fields.iter().all(|(_, value)| value.is_none()) {
        return base::reduce_with(vm, &args[0], arguments);
    }
    let state = state_with(vm, &args[0], &fields)?;
    Ok(vm.tuple_value([class, arguments, state]))
}
