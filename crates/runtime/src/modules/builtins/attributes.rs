//! `getattr` and its kin, `dir`, `vars`.

use crate::object::{Args, List, PyResult, Str, Value};
use crate::vm::Vm;

fn check_name<'a>(vm: &Vm, name: &'a Value) -> PyResult<&'a Value> {
    if name.payload::<Str>().is_some() {
        Ok(name)
    } else {
        Err(vm.type_error(format!(
            "attribute name must be string, not '{}'",
            vm.class_name(name)
        )))
    }
}

/// Checks the number of positional-only arguments of a raw function.
pub fn check_count(
    vm: &Vm,
    name: &str,
    args: &Args<'_>,
    least: usize,
    most: usize,
) -> PyResult<()> {
    if !args.names.is_empty() {
        return Err(vm.type_error(format!("{name}() takes no keyword arguments")));
    }
    let given = args.values.len();
    let (word, bound) = if given < least {
        ("least", least)
    } else if given > most {
        ("most", most)
    } else {
        return Ok(());
    };
    let s = if bound == 1 { "" } else { "s" };
    if least == most {
        return Err(vm.type_error(format!("{name} expected {bound} argument{s}, got {given}")));
    }
    Err(vm.type_error(format!(
        "{name} expected at {word} {bound} argument{s}, got {given}"
    )))
}

/// Without the module that raw functions are called with first.
pub fn own<'a>(args: Args<'a>) -> Args<'a> {
    args.skip_first()
}

pub fn getattr(vm: &Vm, args: Args<'_>) -> PyResult {
    let args = own(args);
    check_count(vm, "getattr", &args, 2, 3)?;
    let name = check_name(vm, &args.values[1])?;
    match args.values.get(2) {
        None => vm.get_attr(&args.values[0], name),
        Some(default) => Ok(vm
            .get_attr_opt(&args.values[0], name)?
            .unwrap_or_else(|| default.clone())),
    }
}

pub fn hasattr(vm: &Vm, args: &[Value]) -> PyResult {
    let name = check_name(vm, &args[2])?;
    Ok(Value::bool(vm.get_attr_opt(&args[1], name)?.is_some()))
}

pub fn setattr(vm: &Vm, args: &[Value]) -> PyResult {
    let name = vm.interned_name(check_name(vm, &args[2])?);
    vm.set_attr(&args[1], &name, &args[3])?;
    Ok(Value::NONE)
}

pub fn delattr(vm: &Vm, args: &[Value]) -> PyResult {
    let name = check_name(vm, &args[2])?;
    vm.del_attr(&args[1], name)?;
    Ok(Value::NONE)
}

impl Vm {
    /// The interned string equal to a name; other values (subclasses of `str`) stay as they are.
    pub fn interned_name(&self, name: &Value) -> Value {
        match name.as_ref_to::<Str>() {
            Some(text) if self.class_of(name).is(&self.types.str) => {
                self.intern_str(text).into_value()
            }
            _ => name.clone(),
        }
    }
}

pub fn dir(vm: &Vm, args: Args<'_>) -> PyResult {
    let args = own(args);
    check_count(vm, "dir", &args, 0, 1)?;
    let names = match args.values.first() {
        None => {
            let locals = vm.current_locals()?;
            vm.call_method(&locals, &vm.names.keys, &[])?
        }
        Some(object) => match vm.call_special(object, &vm.names.__dir__, &[])? {
            Some(names) => names,
            None => return Err(vm.type_error("object does not provide __dir__")),
        },
    };
    let names = vm.collect(&names)?;
    let list = vm.list_from(names)?.into_value();
    if let Some(names) = list.payload::<List>() {
        vm.sort_list(names, None, false)?;
    }
    Ok(list)
}

pub fn vars(vm: &Vm, args: Args<'_>) -> PyResult {
    let args = own(args);
    check_count(vm, "vars", &args, 0, 1)?;
    match args.values.first() {
        None => vm.current_locals(),
        Some(object) => match vm.get_attr_opt(object, &vm.names.__dict__)? {
            Some(dict) => Ok(dict),
            None => Err(vm.type_error("vars() argument must have __dict__ attribute")),
        },
    }
}
