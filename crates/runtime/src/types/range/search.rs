//! Looking for values in ranges: by arithmetic for integers, item by item for anything else.

use super::{Range, less, view};
use crate::object::{PyResult, Value};
use crate::types::int;
use crate::vm::Vm;

/// The place of an integer in the range.
fn place_of(vm: &Vm, range: &Range, value: &Value) -> PyResult<Option<Value>> {
    let zero = Value::small_int(0);
    let (low, high) = if less(&zero, &range.step) {
        (&range.start, &range.stop)
    } else {
        (&range.stop, &range.start)
    };
    let inside = if less(&zero, &range.step) {
        !less(value, low) && less(value, high)
    } else {
        less(low, value) && !less(high, value)
    };
    if !inside {
        return Ok(None);
    }
    let distance = int::sub(vm, value, &range.start)?;
    let rest = int::modulo(vm, &distance, &range.step)?;
    if rest.as_small_int() != Some(0) {
        return Ok(None);
    }
    int::floor_div(vm, &distance, &range.step).map(Some)
}

/// True for values whose equality is that of integers: `int` and `bool`, no subclasses.
fn is_plain_int(vm: &Vm, value: &Value) -> bool {
    value.as_bool().is_some() || vm.class_of(value).is(&vm.types.int)
}

pub(super) fn contains(vm: &Vm, container: &Value, value: &Value) -> PyResult<bool> {
    if let Some(range) = view(container)
        && is_plain_int(vm, value)
    {
        return Ok(place_of(vm, range, value)?.is_some());
    }
    let iterator = vm.iter(container)?;
    while let Some(item) = vm.next(&iterator)? {
        if vm.equal(&item, value)? {
            return Ok(true);
        }
    }
    Ok(false)
}

pub(super) fn count(vm: &Vm, args: &[Value]) -> PyResult {
    if let Some(range) = view(&args[0])
        && is_plain_int(vm, &args[1])
    {
        let found = place_of(vm, range, &args[1])?.is_some();
        return Ok(Value::small_int(i64::from(found)));
    }
    let mut count = 0;
    vm.for_each(&args[0], |item| {
        count += i64::from(vm.equal(&item, &args[1])?);
        Ok(())
    })?;
    Ok(Value::small_int(count))
}

pub(super) fn index(vm: &Vm, args: &[Value]) -> PyResult {
    if let Some(range) = view(&args[0])
        && is_plain_int(vm, &args[1])
    {
        return match place_of(vm, range, &args[1])? {
            Some(place) => Ok(place),
            None => {
                let shown = vm.repr_string(&args[1])?;
                Err(vm.value_error(format!("{shown} is not in range")))
            }
        };
    }
    let iterator = vm.iter(&args[0])?;
    let mut place = 0;
    while let Some(item) = vm.next(&iterator)? {
        if vm.equal(&item, &args[1])? {
            return Ok(Value::small_int(place));
        }
        place += 1;
    }
    Err(vm.value_error("sequence.index(x): x not in sequence"))
}
