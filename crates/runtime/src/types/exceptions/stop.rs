//! `StopIteration` and `SystemExit`: one field, taken from the arguments.

use super::attributes::field;
use super::{Family, base, exception_of};
use crate::object::{Args, PyResult, TypeSlots, Value};
use crate::vm::Vm;

pub(super) const STOP_ITERATION: Family = Family {
    slots: TypeSlots {
        init: Some(init_stop_iteration),
        ..TypeSlots::EMPTY
    },
    methods: &[],
    getset: &[field::<0>("value", "generator return value")],
};

pub(super) const SYSTEM_EXIT: Family = Family {
    slots: TypeSlots {
        init: Some(init_system_exit),
        ..TypeSlots::EMPTY
    },
    methods: &[],
    getset: &[field::<0>("code", "exception code")],
};

fn init_stop_iteration(vm: &Vm, value: &Value, args: Args<'_>) -> PyResult<()> {
    base::init(vm, value, args)?;
    let first = args.positionals().first().cloned();
    exception_of(value)?.set_fields([Some(first.unwrap_or(Value::NONE))]);
    Ok(())
}

fn init_system_exit(vm: &Vm, value: &Value, args: Args<'_>) -> PyResult<()> {
    base::init(vm, value, args)?;
    let code = match args.positionals() {
        [] => return Ok(()),
        [only] => only.clone(),
        _ => base::args_of(vm, value)?.into_value(),
    };
    exception_of(value)?.set_fields([Some(code)]);
    Ok(())
}
