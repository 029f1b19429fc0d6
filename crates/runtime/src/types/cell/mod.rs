//! The type `cell`.

use crate::object::slots::{CompareOp, TypeSlots};
use crate::object::{Args, Class, GetSetDef, PyResult, Ref, TypeSpec, Value};
use crate::vm::Vm;
use crate::vm::cell::Cell;

/// Declaration of the type.
pub static SPEC: TypeSpec = TypeSpec {
    doc: "Create a new cell object.\n\n  contents\n    the contents of the cell. If not specified, the cell will be empty,\n    and \n further attempts to access its cell_contents attribute will\n    raise a ValueError.",
    signature: "([contents])",
    slots: TypeSlots {
        repr: Some(repr),
        richcompare: Some(compare),
        new: Some(new),
        ..TypeSlots::EMPTY
    },
    getset: &[GetSetDef::writable("cell_contents", "", get, set)],
    ..TypeSpec::of::<Cell>("cell")
};

fn cell<'a>(vm: &Vm, value: &'a Value) -> PyResult<&'a Cell> {
    value
        .payload::<Cell>()
        .ok_or_else(|| vm.type_error("expected a cell"))
}

fn new(vm: &Vm, _class: &Ref<Class>, args: Args<'_>) -> PyResult {
    if !args.names.is_empty() {
        return Err(vm.type_error("cell() takes no keyword arguments"));
    }
    if args.values.len() > 1 {
        return Err(vm.type_error(format!(
            "cell expected at most 1 argument, got {}",
            args.values.len()
        )));
    }
    Ok(vm.cell(args.values.first().cloned()).into_value())
}

fn repr(vm: &Vm, value: &Value) -> PyResult {
    let text = match cell(vm, value)?.contents.get() {
        None => format!("<cell at {:#x}: empty>", vm.id(value)),
        Some(contents) => format!(
            "<cell at {:#x}: {} object at {:#x}>",
            vm.id(value),
            vm.class_name(&contents),
            vm.id(&contents)
        ),
    };
    Ok(vm.str_value(&text))
}

fn compare(vm: &Vm, a: &Value, b: &Value, op: CompareOp) -> PyResult {
    let (Some(x), Some(y)) = (a.payload::<Cell>(), b.payload::<Cell>()) else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    match (x.contents.get(), y.contents.get()) {
        (Some(x), Some(y)) => vm.compare(&x, &y, op),
        (x, y) => Ok(Value::bool(op.holds(x.is_some().cmp(&y.is_some())))),
    }
}

fn get(vm: &Vm, value: &Value) -> PyResult {
    cell(vm, value)?
        .contents
        .get()
        .ok_or_else(|| vm.value_error("Cell is empty"))
}

fn set(vm: &Vm, value: &Value, contents: Option<&Value>) -> PyResult<()> {
    cell(vm, value)?.contents.set(contents.cloned());
    Ok(())
}
