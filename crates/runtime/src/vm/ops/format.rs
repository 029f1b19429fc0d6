//! f-strings.

use super::macros::op;
use crate::object::str_build::StrBuilder;
use crate::object::{PyResult, Str, Value};
use crate::vm::Vm;

op!(format_value, 1, |vm, stack, arg, _fp| {
    let spec = if arg & 4 != 0 {
        Some(stack.pop())
    } else {
        None
    };
    let value = stack.pop();
    let converted = match arg & 3 {
        1 => vm.str_of(&value)?.into_value(),
        2 => vm.repr(&value)?.into_value(),
        3 => vm.ascii(&value)?.into_value(),
        _ => value,
    };
    let text = format_one(vm, converted, spec)?;
    stack.push(text);
    Ok(())
});

fn format_one(vm: &Vm, value: Value, spec: Option<Value>) -> PyResult {
    if spec.is_none() && vm.class_of(&value).is(&vm.types.str) {
        return Ok(value);
    }
    let spec = spec.unwrap_or_else(|| vm.str_value(""));
    Ok(vm.format(&value, &spec)?.into_value())
}

op!(build_string, 1, |vm, stack, arg, _fp| {
    let mut builder = StrBuilder::with_capacity(0);
    for part in stack.top(arg as usize) {
        if let Some(part) = part.payload::<Str>() {
            builder.push_object(part);
        }
    }
    let text = builder.finish_value(vm)?;
    stack.drop_words(arg as usize);
    stack.push(text);
    Ok(())
});
