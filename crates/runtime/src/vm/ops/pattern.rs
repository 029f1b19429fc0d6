//! `match` statements (PEP 634).

use super::macros::op;
use crate::object::{Class, PyResult, Ref, Str, Tuple, Value, class_flag};
use crate::vm::Vm;

op!(get_len, 1, |vm, stack, _arg, _fp| {
    let len = vm.len(stack.peek(1))?;
    stack.push(vm.int(len as i64));
    Ok(())
});

op!(match_mapping, 1, |vm, stack, _arg, _fp| {
    let is = vm.class_of(stack.peek(1)).has_flag(class_flag::MAPPING);
    stack.push(Value::bool(is));
    Ok(())
});

op!(match_sequence, 1, |vm, stack, _arg, _fp| {
    let is = vm.class_of(stack.peek(1)).has_flag(class_flag::SEQUENCE);
    stack.push(Value::bool(is));
    Ok(())
});

op!(match_keys, 1, |vm, stack, _arg, _fp| {
    let keys = stack.peek(1).clone();
    let subject = stack.peek(2).clone();
    let values = keys_of(vm, &subject, &keys)?;
    stack.push(values);
    Ok(())
});

fn keys_of(vm: &Vm, subject: &Value, keys: &Value) -> PyResult {
    let Some(keys) = keys.payload::<Tuple>() else {
        return Err(vm.system_error("no keys"));
    };
    if keys.is_empty() {
        return Ok(vm.tuple_value([]));
    }
    let get = vm.get_attr(subject, &vm.names.get)?;
    let seen = vm.set();
    // A value that no mapping holds tells a missing key from any value.
    let missing = crate::object::alloc(&vm.types.object, crate::types::object::Plain).into_value();
    let mut values = Vec::with_capacity(keys.len());
    for key in keys.iter() {
        if seen.contains(vm, key)? {
            return Err(vm.value_error(format!(
                "mapping pattern checks duplicate key ({})",
                vm.repr_string(key)?
            )));
        }
        seen.add(vm, key)?;
        let value = vm.call(&get, &[key.clone(), missing.clone()])?;
        if value.is(&missing) {
            return Ok(Value::NONE);
        }
        values.push(value);
    }
    Ok(vm.tuple_value(values))
}

op!(match_class, 1, |vm, stack, arg, _fp| {
    let names = stack.pop();
    let class = stack.pop();
    let subject = stack.pop();
    let attributes = class_attributes(vm, &subject, &class, arg as usize, &names)?;
    stack.push(attributes.unwrap_or(Value::NONE));
    Ok(())
});

fn class_attributes(
    vm: &Vm,
    subject: &Value,
    class: &Value,
    positional: usize,
    names: &Value,
) -> PyResult<Option<Value>> {
    let Some(class_ref) = class.as_ref_to::<Class>() else {
        return Err(vm.type_error("called match pattern must be a class"));
    };
    if !vm.is_instance(subject, class)? {
        return Ok(None);
    }
    let mut seen: Vec<Value> = Vec::new();
    let mut attributes = Vec::new();
    if positional > 0 {
        let mut match_self = false;
        let match_args = match vm.get_attr_opt(class, &vm.names.__match_args__)? {
            Some(found) if vm.class_of(&found).is(&vm.types.tuple) => found,
            Some(found) => {
                return Err(vm.type_error(format!(
                    "{}.__match_args__ must be a tuple (got {})",
                    class_ref.name_string(),
                    vm.class_name(&found)
                )));
            }
            None => {
                match_self = class_ref.has_flag(class_flag::MATCH_SELF);
                vm.tuple_value([])
            }
        };
        let match_args = match_args
            .payload::<Tuple>()
            .map(|t| t.to_vec())
            .unwrap_or_default();
        let allowed = if match_self { 1 } else { match_args.len() };
        if allowed < positional {
            return Err(vm.type_error(format!(
                "{}() accepts {allowed} positional sub-pattern{} ({positional} given)",
                class_ref.name_string(),
                if allowed == 1 { "" } else { "s" },
            )));
        }
        if match_self {
            attributes.push(subject.clone());
        } else {
            for name in &match_args[..positional] {
                if name.payload::<Str>().is_none() {
                    return Err(vm.type_error(format!(
                        "__match_args__ elements must be strings (got {})",
                        vm.class_name(name)
                    )));
                }
                match attribute(vm, subject, class_ref, name, &mut seen)? {
                    Some(value) => attributes.push(value),
                    None => return Ok(None),
                }
            }
        }
    }
    if let Some(names) = names.payload::<Tuple>() {
        for name in names.iter() {
            match attribute(vm, subject, class_ref, name, &mut seen)? {
                Some(value) => attributes.push(value),
                None => return Ok(None),
            }
        }
    }
    Ok(Some(vm.tuple_value(attributes)))
}

fn attribute(
    vm: &Vm,
    subject: &Value,
    class: &Ref<Class>,
    name: &Value,
    seen: &mut Vec<Value>,
) -> PyResult<Option<Value>> {
    for other in seen.iter() {
        if vm.equal(other, name)? {
            return Err(vm.type_error(format!(
                "{}() got multiple sub-patterns for attribute {}",
                class.name_string(),
                vm.repr_string(name)?
            )));
        }
    }
    seen.push(name.clone());
    vm.get_attr_opt(subject, name)
}
