//! `await`, `async for`.

use super::macros::op;
use crate::vm::generator::{self, Generator};

op!(get_aiter, 1, |vm, stack, _arg, _fp| {
    let object = stack.pop();
    let Some(aiter) = vm.class_of(&object).slots().aiter else {
        return Err(vm.type_error(format!(
            "'async for' requires an object with __aiter__ method, got {}",
            vm.class_name(&object)
        )));
    };
    let iterator = aiter(vm, &object)?;
    if vm.class_of(&iterator).slots().anext.is_none() {
        return Err(vm.type_error(format!(
            "'async for' received an object from __aiter__ that does not implement __anext__: {}",
            vm.class_name(&iterator)
        )));
    }
    stack.push(iterator);
    Ok(())
});

op!(get_anext, 1, |vm, stack, _arg, _fp| {
    let iterator = stack.peek(1).clone();
    let Some(anext) = vm.class_of(&iterator).slots().anext else {
        return Err(vm.type_error(format!(
            "'async for' requires an iterator with __anext__ method, got {}",
            vm.class_name(&iterator)
        )));
    };
    let awaitable = anext(vm, &iterator)?;
    if vm.class_of(&iterator).is(&vm.types.async_generator) {
        stack.push(awaitable);
        return Ok(());
    }
    let class = vm.class_name(&awaitable);
    match generator::awaitable_iterator(vm, &awaitable) {
        Ok(iterator) => {
            stack.push(iterator);
            Ok(())
        }
        Err(raised) => {
            let cause = vm.take_exception(raised);
            let error = vm.type_error(format!(
                "'async for' received an invalid object from __anext__: {class}"
            ));
            let exception = vm.take_exception(error);
            if let Some(payload) = exception.payload::<crate::types::exceptions::Exception>() {
                payload.cause.set(Some(cause.clone()));
                payload.context.set(Some(cause));
                payload.suppress_context.set(true);
            }
            Err(vm.raise_value(exception))
        }
    }
});

op!(get_awaitable, 1, |vm, stack, arg, _fp| {
    let object = stack.pop();
    let iterator = match generator::awaitable_iterator(vm, &object) {
        Ok(iterator) => iterator,
        Err(raised) => {
            let has_await = vm.class_of(&object).slots().await_.is_some();
            if arg == 0 || has_await || object.payload::<Generator>().is_some() {
                return Err(raised);
            }
            drop(vm.take_exception(raised));
            let method = if arg == 1 { "__aenter__" } else { "__aexit__" };
            return Err(vm.type_error(format!(
                "'async with' received an object from {method} that does not implement __await__: {}",
                vm.class_name(&object)
            )));
        }
    };
    if let Some(coroutine) = iterator.payload::<Generator>()
        && vm.class_of(&iterator).is(&vm.types.coroutine)
        && coroutine.awaits_something()
    {
        return Err(vm.runtime_error("coroutine is being awaited already"));
    }
    stack.push(iterator);
    Ok(())
});

op!(end_async_for, 1, |vm, stack, _arg, _fp| {
    let exception = stack.pop();
    if vm.is_instance_of(&exception, &vm.types.exceptions.stop_async_iteration) {
        drop(exception);
        drop(stack.pop());
        return Ok(());
    }
    vm.set_raised(exception);
    Err(vm.raised_again())
});
