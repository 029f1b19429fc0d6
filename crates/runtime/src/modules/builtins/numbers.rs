//! Functions of numbers and characters.

use crate::object::{PyResult, Str, Value};
use crate::protocol::number::BinaryOp;
use crate::types::int::text::{check_digits, prefixed};
use crate::vm::Vm;

pub fn abs(vm: &Vm, args: &[Value]) -> PyResult {
    match vm.class_of(&args[1]).slots().nb_absolute {
        Some(absolute) => absolute(vm, &args[1]),
        None => Err(vm.type_error(format!(
            "bad operand type for abs(): '{}'",
            vm.class_name(&args[1])
        ))),
    }
}

/// `bin`, `oct`, `hex`.
pub fn in_base(vm: &Vm, value: &Value, base: u32) -> PyResult {
    let index = vm.index(value)?;
    match index.as_int() {
        Some(view) => {
            check_digits(vm, view)?;
            Ok(vm.str_value(&prefixed(view, base)))
        }
        None => Err(vm.type_error(format!(
            "'{}' object cannot be interpreted as an integer",
            vm.class_name(value)
        ))),
    }
}

pub fn chr(vm: &Vm, args: &[Value]) -> PyResult {
    let index = vm.index(&args[1])?;
    let code_point = index.as_int().and_then(|view| view.to_i64());
    match code_point {
        Some(c) if (0..0x11_0000).contains(&c) => Ok(vm.str_from_char(c as u32).into_value()),
        Some(c) if i32::try_from(c).is_ok() => {
            Err(vm.value_error("chr() arg not in range(0x110000)"))
        }
        _ => Err(vm.overflow_error("Python int too large to convert to C int")),
    }
}

pub fn ord(vm: &Vm, args: &[Value]) -> PyResult {
    let value = &args[1];
    if let Some(text) = value.payload::<Str>() {
        if text.len() == 1 {
            return Ok(vm.int(i64::from(text.at(0))));
        }
        return Err(vm.type_error(format!(
            "ord() expected a character, but string of length {} found",
            text.len()
        )));
    }
    let is_bytes =
        vm.is_instance_of(value, &vm.types.bytes) || vm.is_instance_of(value, &vm.types.bytearray);
    if is_bytes {
        let len = vm.len(value)?;
        if len == 1 {
            return vm.get_item(value, &Value::small_int(0));
        }
        return Err(vm.type_error(format!(
            "ord() expected a character, but string of length {len} found"
        )));
    }
    Err(vm.type_error(format!(
        "ord() expected string of length 1, but {} found",
        vm.class_name(value)
    )))
}

pub fn format(vm: &Vm, args: &[Value]) -> PyResult {
    let spec = match args[2].given() {
        Some(spec) if spec.payload::<Str>().is_none() => {
            return Err(vm.type_error(format!(
                "format() argument 2 must be str, not {}",
                vm.argument_type(spec)
            )));
        }
        Some(spec) => spec.clone(),
        None => vm.str_value(""),
    };
    Ok(vm.format(&args[1], &spec)?.into_value())
}

pub fn round(vm: &Vm, args: &[Value]) -> PyResult {
    let given = args[2].given_not_none();
    let rounded = match given {
        Some(digits) => {
            vm.call_special(&args[1], &vm.names.__round__, std::slice::from_ref(digits))?
        }
        None => vm.call_special(&args[1], &vm.names.__round__, &[])?,
    };
    rounded.ok_or_else(|| {
        vm.type_error(format!(
            "type {} doesn't define __round__ method",
            vm.class_name(&args[1])
        ))
    })
}

pub fn sum(vm: &Vm, args: &[Value]) -> PyResult {
    let iterator = vm.iter(&args[1])?;
    let mut total = args[2].given().cloned().unwrap_or(Value::small_int(0));
    if vm.is_instance_of(&total, &vm.types.str) {
        return Err(vm.type_error("sum() can't sum strings [use ''.join(seq) instead]"));
    }
    if vm.is_instance_of(&total, &vm.types.bytes) {
        return Err(vm.type_error("sum() can't sum bytes [use b''.join(seq) instead]"));
    }
    if vm.is_instance_of(&total, &vm.types.bytearray) {
        return Err(vm.type_error("sum() can't sum bytearray [use b''.join(seq) instead]"));
    }
    let mut pending = None;
    if let Some(start) = total.as_small_int() {
        let (sum, other) = sum_integers(vm, &iterator, start)?;
        if other.is_none() {
            return Ok(sum);
        }
        (total, pending) = (sum, other);
    }
    // Floats are summed with Neumaier's compensation, as CPython 3.12 does.
    let mut float_sum: Option<(f64, f64)> = None;
    loop {
        let item = match pending.take() {
            Some(item) => Some(item),
            None => vm.next(&iterator)?,
        };
        if let Some((sum, compensation)) = float_sum {
            let Some(item) = item else {
                return Ok(vm.float(finish_float(sum, compensation)));
            };
            if let Some(x) = exact_float(vm, &item) {
                float_sum = Some(add_float(sum, compensation, x));
                continue;
            }
            if let Some(i) = item.as_int().and_then(|view| view.to_i64()) {
                float_sum = Some((sum + i as f64, compensation));
                continue;
            }
            total = vm.float(finish_float(sum, compensation));
            float_sum = None;
            total = vm.binary(&BinaryOp::ADD, &total, &item)?;
            continue;
        }
        let Some(item) = item else {
            return Ok(total);
        };
        if let (Some(a), Some(b)) = (total.as_small_int(), item.as_small_int()) {
            total = vm.int(a + b);
            continue;
        }
        total = vm.binary(&BinaryOp::ADD, &total, &item)?;
        if let Some(x) = exact_float(vm, &total) {
            float_sum = Some((x, 0.0));
        }
    }
}

/// Adds integers up as long as the sum and what comes are small ones, or bools: the sum, and the first item that
/// is something else.
fn sum_integers(vm: &Vm, iterator: &Value, start: i64) -> PyResult<(Value, Option<Value>)> {
    let mut sum = start;
    while let Some(item) = vm.next(iterator)? {
        let summand = item.as_small_int();
        let summand = summand.or_else(|| item.as_bool().map(i64::from));
        match summand.and_then(|i| sum.checked_add(i)) {
            Some(more) => sum = more,
            None => return Ok((vm.int(sum), Some(item))),
        }
    }
    Ok((vm.int(sum), None))
}

fn exact_float(vm: &Vm, value: &Value) -> Option<f64> {
    if let Some(x) = value.as_small_float() {
        return Some(x);
    }
    vm.class_of(value)
        .is(&vm.types.float)
        .then(|| vm.as_f64(value).ok())
        .flatten()
}

fn add_float(sum: f64, compensation: f64, x: f64) -> (f64, f64) {
    let total = sum + x;
    let lost = if sum.abs() >= x.abs() {
        (sum - total) + x
    } else {
        (x - total) + sum
    };
    (total, compensation + lost)
}

fn finish_float(sum: f64, compensation: f64) -> f64 {
    if compensation != 0.0 && compensation.is_finite() {
        sum + compensation
    } else {
        sum
    }
}
