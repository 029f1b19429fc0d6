//! Functions over iterables.

use super::attributes::{check_count, own};

use crate::object::slots::CompareOp;
use crate::object::{Args, List, PyResult, Value};
use crate::vm::Vm;

pub fn all(vm: &Vm, args: &[Value]) -> PyResult {
    let iterator = vm.iter(&args[1])?;
    while let Some(item) = vm.next(&iterator)? {
        if !vm.truth(&item)? {
            return Ok(Value::FALSE);
        }
    }
    Ok(Value::TRUE)
}

pub fn any(vm: &Vm, args: &[Value]) -> PyResult {
    let iterator = vm.iter(&args[1])?;
    while let Some(item) = vm.next(&iterator)? {
        if vm.truth(&item)? {
            return Ok(Value::TRUE);
        }
    }
    Ok(Value::FALSE)
}

pub fn iter(vm: &Vm, args: Args<'_>) -> PyResult {
    let args = own(args);
    check_count(vm, "iter", &args, 1, 2)?;
    let object = &args.values[0];
    match args.values.get(1) {
        None => vm.iter(object),
        Some(sentinel) => {
            if vm.class_of(object).slots().call.is_none() {
                return Err(vm.type_error("iter(object, sentinel): object must be callable"));
            }
            Ok(vm.callable_iterator(object, sentinel))
        }
    }
}

pub fn next(vm: &Vm, args: Args<'_>) -> PyResult {
    let args = own(args);
    check_count(vm, "next", &args, 1, 2)?;
    let iterator = &args.values[0];
    let Some(step) = vm.class_of(iterator).slots().iternext else {
        return Err(vm.type_error(format!(
            "'{}' object is not an iterator",
            vm.class_name(iterator)
        )));
    };
    vm.forget_stop_value();
    match (step(vm, iterator), args.values.get(1)) {
        (Ok(Some(item)), _) => Ok(item),
        (Ok(None), Some(default)) => {
            drop(vm.take_stop_value());
            Ok(default.clone())
        }
        (Ok(None), None) => Err(vm.stop_iteration(&vm.take_stop_value())),
        (Err(raised), Some(default)) => {
            vm.catch(raised, &vm.types.exceptions.stop_iteration)?;
            Ok(default.clone())
        }
        (Err(raised), None) => Err(raised),
    }
}

pub fn aiter(vm: &Vm, args: &[Value]) -> PyResult {
    let object = &args[1];
    let Some(aiter) = vm.class_of(object).slots().aiter else {
        return Err(vm.type_error(format!(
            "'{}' object is not an async iterable",
            vm.class_name(object)
        )));
    };
    let iterator = aiter(vm, object)?;
    if vm.class_of(&iterator).slots().anext.is_none() {
        return Err(vm.type_error(format!(
            "aiter() returned not an async iterator of type '{}'",
            vm.class_name(&iterator)
        )));
    }
    Ok(iterator)
}

pub fn anext(vm: &Vm, args: &[Value]) -> PyResult {
    let iterator = &args[1];
    let Some(anext) = vm.class_of(iterator).slots().anext else {
        return Err(vm.type_error(format!(
            "'{}' object is not an async iterator",
            vm.class_name(iterator)
        )));
    };
    let awaitable = anext(vm, iterator)?;
    match args[2].given() {
        None => Ok(awaitable),
        Some(default) => Ok(crate::types::async_generator::anext_default(
            vm,
            awaitable,
            default.clone(),
        )),
    }
}

/// The best item so far, with what it was ranked by.
struct Best<'a> {
    key: Option<&'a Value>,
    op: CompareOp,
    found: Option<(Value, Value)>,
}

impl Best<'_> {
    fn offer(&mut self, vm: &Vm, item: Value) -> PyResult<()> {
        let rank = match self.key {
            Some(key) => vm.call1(key, &item)?,
            None => item.clone(),
        };
        let better = match &self.found {
            None => true,
            Some((_, best)) => match (rank.as_small_int(), best.as_small_int()) {
                (Some(rank), Some(best)) => self.op.holds(rank.cmp(&best)),
                _ => {
                    let answer = vm.compare(&rank, best, self.op)?;
                    vm.truth(&answer)?
                }
            },
        };
        if better {
            self.found = Some((item, rank));
        }
        Ok(())
    }
}

/// `max` and `min`.
pub fn extreme(vm: &Vm, args: Args<'_>, name: &str, op: CompareOp) -> PyResult {
    let args = own(args);
    let (mut key, mut default) = (None, None);
    if args.positionals().is_empty() {
        return Err(vm.type_error(format!("{name} expected at least 1 argument, got 0")));
    }
    for (keyword, value) in args.keywords() {
        match vm.display(keyword).as_str() {
            "key" => key = (!value.is_none()).then_some(value),
            "default" => default = Some(value),
            other => {
                return Err(vm.type_error(format!(
                    "'{other}' is an invalid keyword argument for {name}()"
                )));
            }
        }
    }
    let mut best = Best {
        key,
        op,
        found: None,
    };
    let _packed = vm.pack(args.positionals());
    match args.positionals() {
        [iterable] => {
            let iterator = vm.iter(iterable)?;
            while let Some(item) = vm.next(&iterator)? {
                best.offer(vm, item)?;
            }
        }
        many => {
            if default.is_some() {
                return Err(vm.type_error(format!(
                    "Cannot specify a default for {name}() with multiple positional arguments"
                )));
            }
            for item in many {
                best.offer(vm, item.clone())?;
            }
        }
    }
    match (best.found, default) {
        (Some((item, _)), _) => Ok(item),
        (None, Some(default)) => Ok(default.clone()),
        (None, None) => Err(vm.value_error(format!("{name}() iterable argument is empty"))),
    }
}

pub fn sorted(vm: &Vm, args: Args<'_>) -> PyResult {
    let args = own(args);
    let [iterable] = args.positionals() else {
        return Err(vm.type_error(format!(
            "sorted expected 1 argument, got {}",
            args.positionals().len()
        )));
    };
    let (mut key, mut reverse) = (None, false);
    let items = vm.collect_hinted(iterable)?;
    let list = vm.list_from(items)?.into_value();
    for (keyword, value) in args.keywords() {
        match vm.display(keyword).as_str() {
            "key" => key = (!value.is_none()).then_some(value),
            "reverse" => reverse = vm.truth(value)?,
            other => {
                return Err(vm.type_error(format!(
                    "'{other}' is an invalid keyword argument for sort()"
                )));
            }
        }
    }
    if let Some(items) = list.payload::<List>() {
        // CPython calls `list.sort`.
        let _guard = vm.enter_native(" while calling a Python object")?;
        vm.sort_list(items, key, reverse)?;
    }
    Ok(list)
}
