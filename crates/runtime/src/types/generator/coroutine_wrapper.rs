//! `coroutine_wrapper`: the iterator that `coroutine.__await__()` gives.

use heap::Visitor;

use crate::fields;
use crate::object::fields::Field;
use crate::object::payload::Visit;
use crate::object::slots::TypeSlots;
use crate::object::{Args, Kind, MethodDef, Payload, PyResult, TypeSpec, Value, alloc, class_flag};
use crate::vm::Vm;
use crate::vm::generator_methods::{close, next, send, step_result, throw};

/// Holds the coroutine.
pub struct CoroutineWrapper {
    coroutine: Value,
}

impl Payload for CoroutineWrapper {
    const KIND: Kind = Kind::COROUTINE_WRAPPER;
    const NAME: &'static str = "coroutine_wrapper";
    const FIELDS: &'static [Field] = fields![
        "coroutine" => coroutine as Value,
    ];

    fn traverse(&self, visitor: &mut Visitor<'_>) {
        visitor.value(&self.coroutine);
    }
}

/// Declaration of the type.
pub static SPEC: TypeSpec = TypeSpec {
    doc: "A wrapper object implementing __await__ for coroutines.",
    flags: TypeSpec::of::<CoroutineWrapper>("coroutine_wrapper").flags
        | class_flag::NO_INSTANTIATION,
    slots: TypeSlots {
        iter: Some(|_, value| Ok(value.clone())),
        iternext: Some(|vm, value| next(vm, coroutine(vm, value)?)),
        ..TypeSlots::EMPTY
    },
    methods: &[
        MethodDef::bound(
            "send",
            "($self, arg, /)",
            "send(arg) -> send 'arg' into coroutine,\nreturn next iterated value or raise StopIteration.",
            |vm, args| {
                let coroutine = coroutine(vm, &args[0])?;
                let step = send(vm, coroutine, args[1].clone())?;
                step_result(vm, coroutine, step)
            },
        ),
        MethodDef::raw(
            "throw",
            "($self, typ, val=None, tb=None, /)",
            "Raise exception in coroutine.",
            throw_method,
        ),
        MethodDef::bound(
            "close",
            "($self, /)",
            "close() -> raise GeneratorExit inside coroutine.",
            |vm, args| close(vm, coroutine(vm, &args[0])?),
        ),
    ],
    ..TypeSpec::of::<CoroutineWrapper>("coroutine_wrapper")
};

fn coroutine<'a>(vm: &Vm, value: &'a Value) -> PyResult<&'a Value> {
    match value.payload::<CoroutineWrapper>() {
        Some(wrapper) => Ok(&wrapper.coroutine),
        None => Err(vm.type_error("expected a coroutine_wrapper")),
    }
}

fn throw_method(vm: &Vm, args: Args<'_>) -> PyResult {
    if args.values.len() < 2 || args.values.len() > 4 || !args.names.is_empty() {
        return Err(vm.type_error("throw expected at least 1 argument, got 0"));
    }
    let coroutine = coroutine(vm, &args.values[0])?;
    let step = throw(vm, coroutine, &args.values[1..])?;
    step_result(vm, coroutine, step)
}

/// `coroutine.__await__()`.
pub fn await_coroutine(vm: &Vm, coroutine: &Value) -> PyResult {
    let wrapper = CoroutineWrapper {
        coroutine: coroutine.clone(),
    };
    Ok(alloc(&vm.types.coroutine_wrapper, wrapper).into_value())
}
