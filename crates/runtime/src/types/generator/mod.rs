//! The types `generator` and `coroutine`.

pub mod coroutine_wrapper;

use crate::object::slots::TypeSlots;
use crate::object::{Args, GetSetDef, MethodDef, PyResult, Slot, Str, TypeSpec, Value, class_flag};
use crate::vm::Vm;
use crate::vm::generator::{Generator, State};
use crate::vm::generator_methods::{close, next, send, step_result, throw};

const FLAGS: u32 = TypeSpec::of::<Generator>("generator").flags
    | class_flag::HAS_WEAKREFS
    | class_flag::NO_INSTANTIATION;

/// Declaration of `generator`.
pub static SPEC: TypeSpec = TypeSpec {
    flags: FLAGS,
    slots: TypeSlots {
        repr: Some(repr),
        iter: Some(|_, value| Ok(value.clone())),
        iternext: Some(next),
        ..TypeSlots::EMPTY
    },
    methods: &[
        MethodDef::bound(
            "send",
            "($self, arg, /)",
            "send(arg) -> send 'arg' into generator,\nreturn next yielded value or raise StopIteration.",
            send_method,
        ),
        MethodDef::raw(
            "throw",
            "($self, typ, val=None, tb=None, /)",
            "throw(value)\nthrow(type[,value[,tb]])\n\nRaise exception in generator, return next yielded value or raise\nStopIteration.\nthe (type, val, tb) signature is deprecated, \nand may be removed in a future version of Python.",
            throw_method,
        ),
        MethodDef::bound(
            "close",
            "($self, /)",
            "close() -> raise GeneratorExit inside generator.",
            |vm, args| close(vm, &args[0]),
        ),
    ],
    getset: &[
        GetSetDef::writable("__name__", "name of the generator", get_name, set_name),
        GetSetDef::writable(
            "__qualname__",
            "qualified name of the generator",
            get_qualname,
            set_qualname,
        ),
        GetSetDef::read_only(
            "gi_yieldfrom",
            "object being iterated by yield from, or None",
            delegate,
        ),
        GetSetDef::read_only("gi_running", "", running),
        GetSetDef::read_only("gi_frame", "", frame),
        GetSetDef::read_only("gi_suspended", "", suspended),
        GetSetDef::read_only("gi_code", "", code),
    ],
    ..TypeSpec::of::<Generator>("generator")
};

/// Declaration of `coroutine`.
pub static COROUTINE_SPEC: TypeSpec = TypeSpec {
    flags: FLAGS,
    slots: TypeSlots {
        repr: Some(repr),
        await_: Some(coroutine_wrapper::await_coroutine),
        ..TypeSlots::EMPTY
    },
    methods: &[
        MethodDef::bound(
            "send",
            "($self, arg, /)",
            "send(arg) -> send 'arg' into coroutine,\nreturn next iterated value or raise StopIteration.",
            send_method,
        ),
        MethodDef::raw(
            "throw",
            "($self, typ, val=None, tb=None, /)",
            "throw(value)\nthrow(type[,value[,traceback]])\n\nRaise exception in coroutine, return next iterated value or raise\nStopIteration.\nthe (type, val, tb) signature is deprecated, \nand may be removed in a future version of Python.",
            throw_method,
        ),
        MethodDef::bound(
            "close",
            "($self, /)",
            "close() -> raise GeneratorExit inside coroutine.",
            |vm, args| close(vm, &args[0]),
        ),
    ],
    getset: &[
        GetSetDef::writable("__name__", "name of the coroutine", get_name, set_name),
        GetSetDef::writable(
            "__qualname__",
            "qualified name of the coroutine",
            get_qualname,
            set_qualname,
        ),
        GetSetDef::read_only("cr_await", "object being awaited on, or None", delegate),
        GetSetDef::read_only("cr_running", "", running),
        GetSetDef::read_only("cr_frame", "", frame),
        GetSetDef::read_only("cr_suspended", "", suspended),
        GetSetDef::read_only("cr_code", "", code),
        GetSetDef::read_only("cr_origin", "", |vm, g| {
            Ok(own(vm, g)?.extra.get().unwrap_or(Value::NONE))
        }),
    ],
    ..TypeSpec::of::<Generator>("coroutine")
};

/// The payload, or a TypeError.
pub fn own<'a>(vm: &Vm, value: &'a Value) -> PyResult<&'a Generator> {
    value
        .payload::<Generator>()
        .ok_or_else(|| vm.type_error("expected a generator"))
}

/// `<generator object f at 0x…>` and the like.
pub fn repr(vm: &Vm, value: &Value) -> PyResult {
    let class = vm.class_of(value);
    let kind = if class.is(&vm.types.coroutine) {
        "coroutine"
    } else if class.is(&vm.types.async_generator) {
        "async_generator"
    } else {
        "generator"
    };
    let name = own(vm, value)?
        .qualname
        .get()
        .map(|n| vm.display(&n))
        .unwrap_or_default();
    Ok(vm.str_value(&format!("<{kind} object {name} at {:#x}>", vm.id(value))))
}

fn send_method(vm: &Vm, args: &[Value]) -> PyResult {
    let step = send(vm, &args[0], args[1].clone())?;
    step_result(vm, &args[0], step)
}

fn throw_method(vm: &Vm, args: Args<'_>) -> PyResult {
    let given = args.values.len() - 1;
    if !args.names.is_empty() {
        return Err(vm.type_error(format!(
            "{}.throw() takes no keyword arguments",
            vm.class_name(&args.values[0])
        )));
    }
    if given == 0 || given > 3 {
        let bound = if given == 0 { "least 1" } else { "most 3" };
        let s = if given == 0 { "" } else { "s" };
        return Err(vm.type_error(format!(
            "throw expected at {bound} argument{s}, got {given}"
        )));
    }
    if given > 1 {
        vm.warn_deprecated(
            "the (type, exc, tb) signature of throw() is deprecated, use the single-arg signature instead.",
        )?;
    }
    let step = throw(vm, &args.values[0], &args.values[1..])?;
    step_result(vm, &args.values[0], step)
}

/// `__name__`.
pub fn get_name(vm: &Vm, value: &Value) -> PyResult {
    Ok(own(vm, value)?.name.get().unwrap_or(Value::NONE))
}

/// `__qualname__`.
pub fn get_qualname(vm: &Vm, value: &Value) -> PyResult {
    Ok(own(vm, value)?.qualname.get().unwrap_or(Value::NONE))
}

fn set_str(vm: &Vm, slot: &Slot, what: &str, value: Option<&Value>) -> PyResult<()> {
    match value {
        Some(value) if value.payload::<Str>().is_some() => {
            slot.set(Some(value.clone()));
            Ok(())
        }
        _ => Err(vm.type_error(format!("{what} must be set to a string object"))),
    }
}

/// Sets `__name__`.
pub fn set_name(vm: &Vm, this: &Value, value: Option<&Value>) -> PyResult<()> {
    set_str(vm, &own(vm, this)?.name, "__name__", value)
}

/// Sets `__qualname__`.
pub fn set_qualname(vm: &Vm, this: &Value, value: Option<&Value>) -> PyResult<()> {
    set_str(vm, &own(vm, this)?.qualname, "__qualname__", value)
}

/// What it delegates to.
pub fn delegate(vm: &Vm, value: &Value) -> PyResult {
    Ok(own(vm, value)?.delegate().unwrap_or(Value::NONE))
}

fn running(vm: &Vm, value: &Value) -> PyResult {
    Ok(Value::bool(own(vm, value)?.state.get() == State::Running))
}

/// True while it waits at a yield.
pub fn suspended(vm: &Vm, value: &Value) -> PyResult {
    Ok(Value::bool(own(vm, value)?.state.get() == State::Suspended))
}

/// The frame object, None once it is finished.
pub fn frame(vm: &Vm, value: &Value) -> PyResult {
    let own = own(vm, value)?;
    if !own.has_frame() {
        return Ok(Value::NONE);
    }
    Ok(vm.frame_object(own.frame()).into_value())
}

/// The code object.
pub fn code(vm: &Vm, value: &Value) -> PyResult {
    Ok(own(vm, value)?.code.get().unwrap_or(Value::NONE))
}
