//! Internal functions.

use bytecode::opcode::{intrinsic1, intrinsic2};

use super::macros::op;
use crate::object::{List, PyResult, Value};
use crate::vm::Vm;
use crate::vm::function::Function;

op!(intrinsic_1, 1, |vm, stack, arg, _fp| {
    let value = stack.pop();
    let result = match arg {
        intrinsic1::PRINT => vm.display_hook(&value)?,
        intrinsic1::IMPORT_STAR => vm.import_star(&value)?,
        intrinsic1::STOPITERATION_ERROR => stop_iteration_error(vm, &value),
        intrinsic1::ASYNC_GEN_WRAP => vm.async_generator_value(value),
        intrinsic1::UNARY_POSITIVE => vm.positive(&value)?,
        intrinsic1::LIST_TO_TUPLE => match value.payload::<List>() {
            Some(list) => vm.tuple_value(list.to_vec()),
            None => return Err(vm.system_error("not a list")),
        },
        intrinsic1::TYPEVAR => vm.type_parameter("TypeVar", &value, None)?,
        intrinsic1::PARAMSPEC => vm.type_parameter("ParamSpec", &value, None)?,
        intrinsic1::TYPEVARTUPLE => vm.type_parameter("TypeVarTuple", &value, None)?,
        intrinsic1::SUBSCRIPT_GENERIC => vm.subscript_generic(&value)?,
        intrinsic1::TYPEALIAS => vm.type_alias(&value)?,
        _ => return Err(vm.system_error("unknown intrinsic")),
    };
    stack.push(result);
    Ok(())
});

op!(intrinsic_2, 1, |vm, stack, arg, _fp| {
    let second = stack.pop();
    let first = stack.pop();
    let result = match arg {
        intrinsic2::PREP_RERAISE_STAR => vm.prep_reraise_star(&first, &second)?,
        intrinsic2::TYPEVAR_WITH_BOUND => {
            vm.type_parameter("TypeVar", &first, Some((false, &second)))?
        }
        intrinsic2::TYPEVAR_WITH_CONSTRAINTS => {
            vm.type_parameter("TypeVar", &first, Some((true, &second)))?
        }
        intrinsic2::SET_FUNCTION_TYPE_PARAMS => set_type_params(vm, first, second)?,
        _ => return Err(vm.system_error("unknown intrinsic")),
    };
    stack.push(result);
    Ok(())
});

fn set_type_params(vm: &Vm, function: Value, params: Value) -> PyResult {
    match function.payload::<Function>() {
        Some(payload) => payload.type_params.set(Some(params)),
        None => return Err(vm.system_error("not a function")),
    }
    Ok(function)
}

/// What a generator raises instead of a StopIteration (or StopAsyncIteration) that leaves it.
fn stop_iteration_error(vm: &Vm, exception: &Value) -> Value {
    use bytecode::CodeFlags;
    let types = &vm.types.exceptions;
    let flags = vm
        .current_frame()
        .map(|f| f.code().data.flags)
        .unwrap_or_default();
    let message = if vm.is_instance_of(exception, &types.stop_iteration) {
        if flags.has(CodeFlags::ASYNC_GENERATOR) {
            "async generator raised StopIteration"
        } else if flags.has(CodeFlags::COROUTINE) {
            "coroutine raised StopIteration"
        } else {
            "generator raised StopIteration"
        }
    } else if flags.has(CodeFlags::ASYNC_GENERATOR)
        && vm.is_instance_of(exception, &types.stop_async_iteration)
    {
        "async generator raised StopAsyncIteration"
    } else {
        return exception.clone();
    };
    let new = vm.new_exception(&types.runtime_error, &[vm.str_value(message)]);
    if let Some(payload) = new.payload::<crate::types::exceptions::Exception>() {
        payload.cause.set(Some(exception.clone()));
        payload.context.set(Some(exception.clone()));
        payload.suppress_context.set(true);
    }
    new
}
