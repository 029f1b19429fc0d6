//! `with` statements.

use super::macros::{Stack, op};
use crate::object::borrowed::BorrowedValues;
use crate::object::{PyResult, Slot, Value};
use crate::types::exceptions::Exception;
use crate::types::method::Method;
use crate::vm::Vm;
use crate::vm::function::Function;

fn special(vm: &Vm, object: &Value, name: &Value) -> PyResult<Option<Value>> {
    vm.lookup_special(object, name)
}

/// What messages call the two kinds of managers, and the method that leaves them.
struct Words {
    protocol: &'static str,
    exit: &'static str,
}

const PLAIN: Words = Words {
    protocol: "context manager",
    exit: "__exit__",
};

const ASYNCHRONOUS: Words = Words {
    protocol: "asynchronous context manager",
    exit: "__aexit__",
};

/// Enters a manager: pushes the method that leaves it and what the entering one gave.
fn enter(
    vm: &Vm,
    stack: &mut Stack,
    enter: &Value,
    exit: &Value,
    words: &'static Words,
) -> PyResult<()> {
    let manager = stack.pop();
    let Some(enter_method) = special(vm, &manager, enter)? else {
        return Err(vm.type_error(format!(
            "'{}' object does not support the {} protocol",
            vm.class_name(&manager),
            words.protocol
        )));
    };
    let Some(exit_method) = special(vm, &manager, exit)? else {
        return Err(vm.type_error(format!(
            "'{}' object does not support the {} protocol (missed {} method)",
            vm.class_name(&manager),
            words.protocol,
            words.exit
        )));
    };
    // From here on the two methods alone keep the manager, as in CPython.
    drop(manager);
    let result = vm.call0(&enter_method)?;
    stack.push(exit_method);
    stack.push(result);
    Ok(())
}

op!(before_with, 1, |vm, stack, _arg, _fp| {
    let names = vm.names;
    enter(vm, stack, &names.__enter__, &names.__exit__, &PLAIN)
});

op!(before_async_with, 1, |vm, stack, _arg, _fp| {
    let names = vm.names;
    enter(
        vm,
        stack,
        &names.__aenter__,
        &names.__aexit__,
        &ASYNCHRONOUS,
    )
});

op!(with_except_start, 1, |vm, stack, _arg, _fp| {
    let result = {
        let (exit, exception) = (stack.peek(4), stack.peek(1));
        let slot = exception.payload::<Exception>().map(|e| &e.traceback);
        // A Python function has a reference of its own before anything can happen to the traceback.
        let is_python = exit
            .payload::<Method>()
            .is_some_and(|method| method.function.payload::<Function>().is_some());
        let held = slot.filter(|_| !is_python).and_then(Slot::get);
        let traceback = slot.and_then(Slot::peek).or(held.as_ref());
        let none = Value::NONE;
        let mut values = BorrowedValues::new();
        values.push(vm.class_of(exception).as_value());
        values.push(exception);
        values.push(traceback.unwrap_or(&none));
        vm.call(exit, values.as_slice())?
    };
    stack.push(result);
    Ok(())
});
