//! f-strings.

use super::macros::op;
use crate::object::str::Width;
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
    match spec {
        Some(spec) => Ok(vm.format(&value, &spec)?.into_value()),
        None if vm.class_of(&value).is(&vm.types.int)
            || vm.class_of(&value).is(&vm.types.float) =>
        {
            Ok(vm.str_of(&value)?.into_value())
        }
        None => Ok(vm.format(&value, &vm.str_value(""))?.into_value()),
    }
}

op!(build_string, 1, |vm, stack, arg, _fp| {
    let parts = || {
        stack
            .top(arg as usize)
            .iter()
            .filter_map(Value::payload::<Str>)
    };
    let (mut len, mut width) = (0usize, Width::Ascii);
    for part in parts() {
        len += part.len();
        width = width.max(part.width());
    }
    let text = vm
        .str_filled(width, len, |filler| {
            parts().for_each(|part| filler.push_chars(part.chars()));
        })?
        .into_value();
    stack.drop_words(arg as usize);
    stack.push(text);
    Ok(())
});
