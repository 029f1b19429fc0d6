//! `indexOf`, `countOf`, `length_hint`, `_compare_digest`.

use runtime::Vm;
use runtime::object::{PyResult, Str, Value};

fn iterator(vm: &Vm, value: &Value) -> PyResult {
    match vm.iter(value) {
        Ok(iterator) => Ok(iterator),
        Err(raised) => {
            drop(vm.catch(raised, &vm.types.exceptions.type_error)?);
            Err(vm.type_error(format!(
                "argument of type '{}' is not iterable",
                vm.class_name(value)
            )))
        }
    }
}

pub(super) fn index_of(vm: &Vm, args: &[Value]) -> PyResult {
    let iterator = iterator(vm, &args[1])?;
    let mut place = 0;
    while let Some(item) = vm.next(&iterator)? {
        if vm.equal(&item, &args[2])? {
            return Ok(vm.int(place));
        }
        place += 1;
    }
    Err(vm.value_error("sequence.index(x): x not in sequence"))
}

pub(super) fn count_of(vm: &Vm, args: &[Value]) -> PyResult {
    let iterator = iterator(vm, &args[1])?;
    let mut count = 0;
    while let Some(item) = vm.next(&iterator)? {
        if vm.equal(&item, &args[2])? {
            count += 1;
        }
    }
    Ok(vm.int(count))
}

pub(super) fn length_hint(vm: &Vm, args: &[Value]) -> PyResult {
    let default = match args[2].given() {
        None => 0,
        Some(default) => {
            if !default.is_int() {
                return Err(vm.type_error(format!(
                    "'{}' object cannot be interpreted as an integer",
                    vm.class_name(default)
                )));
            }
            vm.arg_ssize(default)?
        }
    };
    Ok(match vm.told_length(&args[1])? {
        Some(hint) => vm.int_usize(hint),
        None => vm.int(default as i64),
    })
}

pub(super) fn compare_digest(vm: &Vm, args: &[Value]) -> PyResult {
    let (a, b) = match (args[1].payload::<Str>(), args[2].payload::<Str>()) {
        (Some(a), Some(b)) => match (a.as_ascii(), b.as_ascii()) {
            (Some(a), Some(b)) => (a.as_bytes().to_vec(), b.as_bytes().to_vec()),
            _ => {
                return Err(
                    vm.type_error("comparing strings with non-ASCII characters is not supported")
                );
            }
        },
        _ => {
            if !vm.has_buffer(&args[1]) && !vm.has_buffer(&args[2]) {
                return Err(vm.type_error(format!(
                    "unsupported operand types(s) or combination of types: '{}' and '{}'",
                    vm.class_name(&args[1]),
                    vm.class_name(&args[2])
                )));
            }
            (vm.copied_bytes(&args[1])?, vm.copied_bytes(&args[2])?)
        }
    };
    // Every byte is looked at, whatever the ones before said.
    let differing = a
        .iter()
        .zip(&b)
        .fold(a.len() ^ b.len(), |acc, (x, y)| acc | usize::from(x ^ y));
    Ok(Value::bool(differing == 0))
}
