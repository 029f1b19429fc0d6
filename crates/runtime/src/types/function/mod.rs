//! The type `function`.

use crate::object::slots::TypeSlots;
use crate::object::{
    Args, Class, Dict, GetSetDef, PyResult, Ref, Slot, Str, Tuple, TypeSpec, Value, class_flag,
};
use crate::vm::Vm;
use crate::vm::cell::Cell;
use crate::vm::code::Code;
use crate::vm::function::Function;

/// Declaration of the type.
pub static SPEC: TypeSpec = TypeSpec {
    doc: "Create a function object.\n\n  code\n    a code object\n  globals\n    the globals dictionary\n  name\n    a string that overrides the name from the code object\n  argdefs\n    a tuple that specifies the default argument values\n  closure\n    a tuple that supplies the bindings for free variables",
    signature: "(code, globals, name=None, argdefs=None, closure=None)",
    flags: TypeSpec::of::<Function>("function").flags
        | class_flag::HAS_WEAKREFS
        | class_flag::METHOD_DESCRIPTOR,
    slots: TypeSlots {
        repr: Some(repr),
        call: Some(Vm::call_function),
        descr_get: Some(descr_get),
        new: Some(new),
        ..TypeSlots::EMPTY
    },
    getset: &[
        GetSetDef::read_only("__closure__", "", |vm, f| {
            Ok(slot(vm, f)?.closure.get().unwrap_or(Value::NONE))
        })
        .as_member(),
        GetSetDef::read_only("__globals__", "", |vm, f| {
            Ok(slot(vm, f)?.globals.to_value())
        })
        .as_member(),
        GetSetDef::read_only("__builtins__", "", |vm, f| {
            Ok(slot(vm, f)?.builtins.to_value())
        })
        .as_member(),
        GetSetDef::writable(
            "__code__",
            "",
            |vm, f| {
                if vm.is_audited() {
                    vm.audit("object.__getattr__", &[f.clone(), vm.str_value("__code__")])?;
                }
                Ok(slot(vm, f)?.code().to_value())
            },
            set_code,
        ),
        GetSetDef::writable(
            "__defaults__",
            "",
            |vm, f| Ok(slot(vm, f)?.defaults.get().unwrap_or(Value::NONE)),
            set_defaults,
        ),
        GetSetDef::writable(
            "__kwdefaults__",
            "",
            |vm, f| Ok(slot(vm, f)?.kwdefaults.get().unwrap_or(Value::NONE)),
            set_kwdefaults,
        ),
        GetSetDef::writable("__annotations__", "", get_annotations, set_annotations),
        GetSetDef::writable(
            "__name__",
            "",
            |vm, f| Ok(slot(vm, f)?.name.get().unwrap_or(Value::NONE)),
            |vm, f, v| set_str(vm, &slot(vm, f)?.name, "__name__", v),
        ),
        GetSetDef::writable(
            "__qualname__",
            "",
            |vm, f| Ok(slot(vm, f)?.qualname.get().unwrap_or(Value::NONE)),
            |vm, f, v| set_str(vm, &slot(vm, f)?.qualname, "__qualname__", v),
        ),
        GetSetDef::writable("__type_params__", "", get_type_params, set_type_params),
        crate::object::instance::DICT_GETSET,
        GetSetDef::writable(
            "__module__",
            "",
            |vm, f| Ok(slot(vm, f)?.module.get().unwrap_or(Value::NONE)),
            |vm, f, v| {
                slot(vm, f)?
                    .module
                    .set(Some(v.cloned().unwrap_or(Value::NONE)));
                Ok(())
            },
        ),
        GetSetDef::writable(
            "__doc__",
            "",
            |vm, f| Ok(slot(vm, f)?.doc.get().unwrap_or(Value::NONE)),
            |vm, f, v| {
                slot(vm, f)?
                    .doc
                    .set(Some(v.cloned().unwrap_or(Value::NONE)));
                Ok(())
            },
        ),
    ],
    ..TypeSpec::of::<Function>("function")
};

fn slot<'a>(vm: &Vm, value: &'a Value) -> PyResult<&'a Function> {
    value.payload::<Function>().ok_or_else(|| {
        vm.type_error(format!(
            "expected a function, got '{}'",
            vm.class_name(value)
        ))
    })
}

fn repr(vm: &Vm, function: &Value) -> PyResult {
    let name = vm.function_name(slot(vm, function)?);
    Ok(vm.str_value(&format!("<function {name} at {:#x}>", vm.id(function))))
}

fn descr_get(
    vm: &Vm,
    function: &Value,
    object: Option<&Value>,
    _owner: Option<&Value>,
) -> PyResult {
    match object {
        Some(object) if !object.is_none() => Ok(vm.bound_method(function, object)),
        _ => Ok(function.clone()),
    }
}

fn new(vm: &Vm, _class: &Ref<Class>, args: Args<'_>) -> PyResult {
    let bound = vm.bind_parameters(
        "function",
        "(code, globals, name=None, argdefs=None, closure=None)",
        args,
    )?;
    let Some(code) = bound[0].as_ref_to::<Code>() else {
        return Err(vm.type_error(format!(
            "function() argument 'code' must be code, not {}",
            vm.argument_type(&bound[0])
        )));
    };
    let Some(globals) = bound[1].as_ref_to::<Dict>() else {
        return Err(vm.type_error(format!(
            "function() argument 'globals' must be dict, not {}",
            vm.argument_type(&bound[1])
        )));
    };
    if let Some(name) = bound[2].given_not_none()
        && name.payload::<Str>().is_none()
    {
        return Err(vm.type_error("arg 3 (name) must be None or string"));
    }
    if let Some(defaults) = bound[3].given_not_none()
        && defaults.payload::<Tuple>().is_none()
    {
        return Err(vm.type_error("arg 4 (defaults) must be None or tuple"));
    }
    vm.audit("function.__new__", &[code.to_value()])?;
    let free = code.data.freevars().count();
    match bound[4].given_not_none().map(|c| (c, c.payload::<Tuple>())) {
        Some((_, Some(cells))) => {
            if cells.len() != free {
                return Err(vm.value_error(format!(
                    "{} requires closure of length {free}, not {}",
                    vm.display(&code.name),
                    cells.len()
                )));
            }
            if let Some(other) = cells.iter().find(|c| c.payload::<Cell>().is_none()) {
                return Err(vm.type_error(format!(
                    "arg 5 (closure) expected cell, found {}",
                    vm.class_name(other)
                )));
            }
        }
        Some((_, None)) => return Err(vm.type_error("arg 5 (closure) must be tuple")),
        None if free > 0 => return Err(vm.type_error("arg 5 (closure) must be tuple")),
        None => {}
    }
    let function = vm.function(code, globals);
    if let Some(name) = bound[2].given_not_none() {
        function.name.set(Some(name.clone()));
    }
    function.defaults.set(bound[3].given_not_none().cloned());
    function.closure.set(bound[4].given_not_none().cloned());
    Ok(function.into_value())
}

fn set_code(vm: &Vm, function: &Value, value: Option<&Value>) -> PyResult<()> {
    let payload = slot(vm, function)?;
    let Some(code) = value.and_then(Value::as_ref_to::<Code>) else {
        return Err(vm.type_error("__code__ must be set to a code object"));
    };
    vm.audit_attribute(function, "__code__", Some(code.as_value()))?;
    let cells = payload
        .closure
        .get()
        .and_then(|c| c.payload::<Tuple>().map(|t| t.len()))
        .unwrap_or(0);
    let free = code.data.freevars().count();
    if cells != free {
        return Err(vm.value_error(format!(
            "{}() requires a code object with {cells} free vars, not {free}",
            payload
                .name
                .get()
                .map(|n| vm.display(&n))
                .unwrap_or_default()
        )));
    }
    let old = payload.code.replace(Some(code.to_value()));
    // Frames of the old code may be running.
    if let Some(old) = old {
        let retired = payload.retired.get();
        let chain = match retired {
            Some(earlier) => vm.tuple_value([old, earlier]),
            None => old,
        };
        payload.retired.set(Some(chain));
    }
    payload.version.set(vm.next_function_version());
    Ok(())
}

fn set_defaults(vm: &Vm, function: &Value, value: Option<&Value>) -> PyResult<()> {
    let value = value.filter(|v| !v.is_none());
    if value.is_none_or(|v| v.payload::<Tuple>().is_some()) {
        vm.audit_attribute(function, "__defaults__", value)?;
    }
    if value.is_some_and(|v| v.payload::<Tuple>().is_none()) {
        return Err(vm.type_error("__defaults__ must be set to a tuple object"));
    }
    let payload = slot(vm, function)?;
    payload.version.set(vm.next_function_version());
    payload.defaults.set(value.cloned());
    Ok(())
}

fn set_kwdefaults(vm: &Vm, function: &Value, value: Option<&Value>) -> PyResult<()> {
    let value = value.filter(|v| !v.is_none());
    if value.is_some_and(|v| v.payload::<Dict>().is_none()) {
        return Err(vm.type_error("__kwdefaults__ must be set to a dict object"));
    }
    vm.audit_attribute(function, "__kwdefaults__", value)?;
    let payload = slot(vm, function)?;
    payload.version.set(vm.next_function_version());
    payload.kwdefaults.set(value.cloned());
    Ok(())
}

/// The compiler hands annotations over as a flat tuple; the dict is made when asked for.
fn get_annotations(vm: &Vm, function: &Value) -> PyResult {
    let payload = slot(vm, function)?;
    let dict = match payload.annotations.get() {
        Some(found) => match found.payload::<Tuple>() {
            Some(flat) => {
                let dict = vm.dict();
                for pair in flat.as_slice().chunks_exact(2) {
                    dict.insert(vm, &pair[0], pair[1].clone())?;
                }
                dict.into_value()
            }
            None => return Ok(found),
        },
        None => vm.dict().into_value(),
    };
    payload.annotations.set(Some(dict.clone()));
    Ok(dict)
}

fn set_annotations(vm: &Vm, function: &Value, value: Option<&Value>) -> PyResult<()> {
    let value = value.filter(|v| !v.is_none());
    if value.is_some_and(|v| v.payload::<Dict>().is_none()) {
        return Err(vm.type_error("__annotations__ must be set to a dict object"));
    }
    slot(vm, function)?.annotations.set(value.cloned());
    Ok(())
}

fn get_type_params(vm: &Vm, function: &Value) -> PyResult {
    Ok(slot(vm, function)?
        .type_params
        .get()
        .unwrap_or_else(|| vm.tuple_value([])))
}

fn set_type_params(vm: &Vm, function: &Value, value: Option<&Value>) -> PyResult<()> {
    if value.is_none_or(|v| v.payload::<Tuple>().is_none()) {
        return Err(vm.type_error("__type_params__ must be set to a tuple"));
    }
    slot(vm, function)?.type_params.set(value.cloned());
    Ok(())
}

fn set_str(vm: &Vm, slot: &Slot, name: &str, value: Option<&Value>) -> PyResult<()> {
    match value {
        Some(value) if value.payload::<Str>().is_some() => {
            slot.set(Some(value.clone()));
            Ok(())
        }
        _ => Err(vm.type_error(format!("{name} must be set to a string object"))),
    }
}
