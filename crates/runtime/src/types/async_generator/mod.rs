//! The type `async_generator` and the awaitables that `__anext__`, `asend`, `athrow` and `aclose`
//! give (PEP 525).
//!
//! What an asynchronous generator yields to its consumer is wrapped ([`AsyncValue`]) so that a step
//! can tell it from what an `await` inside hands to the event loop.

pub mod step;

use heap::Visitor;

use crate::fields;
use crate::object::fields::Field;
use crate::object::payload::Visit;
use crate::object::slots::TypeSlots;
use crate::object::{
    Args, Class, GetSetDef, Kind, MethodDef, Payload, PyResult, Ref, TypeSpec, Value, alloc,
    class_flag,
};
use crate::types::generator;
use crate::vm::Vm;
use crate::vm::generator::Generator;
use step::AsyncStep;

/// A value on its way from an asynchronous generator to its consumer.
pub struct AsyncValue {
    /// What was yielded.
    pub value: Value,
}

impl Payload for AsyncValue {
    const KIND: Kind = Kind::ASYNC_GENERATOR_VALUE;
    const NAME: &'static str = "async_generator_wrapped_value";
    const FIELDS: &'static [Field] = fields![
        "value" => value as Value,
    ];

    fn traverse(&self, visitor: &mut Visitor<'_>) {
        visitor.value(&self.value);
    }
}

/// Declaration of the wrapper's type.
pub static VALUE_SPEC: TypeSpec = TypeSpec {
    flags: TypeSpec::of::<AsyncValue>("async_generator_wrapped_value").flags
        | class_flag::NO_INSTANTIATION,
    ..TypeSpec::of::<AsyncValue>("async_generator_wrapped_value")
};

/// Declaration of the type.
pub static SPEC: TypeSpec = TypeSpec {
    flags: TypeSpec::of::<Generator>("async_generator").flags
        | class_flag::HAS_WEAKREFS
        | class_flag::NO_INSTANTIATION,
    slots: TypeSlots {
        repr: Some(generator::repr),
        aiter: Some(|_, value| Ok(value.clone())),
        anext: Some(|vm, value| {
            step(vm, value, &vm.types.async_generator_asend, || {
                AsyncStep::send(value, Value::NONE)
            })
        }),
        ..TypeSlots::EMPTY
    },
    methods: &[
        MethodDef::bound(
            "asend",
            "($self, value, /)",
            "asend(v) -> send 'v' in generator.",
            |vm, args| {
                step(vm, &args[0], &vm.types.async_generator_asend, || {
                    AsyncStep::send(&args[0], args[1].clone())
                })
            },
        ),
        MethodDef::raw(
            "athrow",
            "($self, typ, val=None, tb=None, /)",
            "athrow(value)\nathrow(type[,value[,tb]])\n\nraise exception in generator.\nthe (type, val, tb) signature is deprecated, \nand may be removed in a future version of Python.",
            athrow,
        ),
        MethodDef::bound(
            "aclose",
            "($self, /)",
            "aclose() -> raise GeneratorExit inside generator.",
            |vm, args| {
                step(vm, &args[0], &vm.types.async_generator_athrow, || {
                    AsyncStep::close(&args[0])
                })
            },
        ),
        MethodDef::bound(
            "__class_getitem__",
            "($type, object, /)",
            "See PEP 585",
            |vm, args| Ok(vm.generic_alias(&args[0], &args[1])),
        )
        .class_method(),
    ],
    getset: &[
        GetSetDef::writable(
            "__name__",
            "name of the async generator",
            generator::get_name,
            generator::set_name,
        ),
        GetSetDef::writable(
            "__qualname__",
            "qualified name of the async generator",
            generator::get_qualname,
            generator::set_qualname,
        ),
        GetSetDef::read_only(
            "ag_await",
            "object being awaited on, or None",
            generator::delegate,
        ),
        GetSetDef::read_only("ag_running", "", |vm, value| {
            Ok(Value::bool(generator::own(vm, value)?.async_running.get()))
        }),
        GetSetDef::read_only("ag_frame", "", generator::frame),
        GetSetDef::read_only("ag_suspended", "", generator::suspended),
        GetSetDef::read_only("ag_code", "", generator::code),
    ],
    ..TypeSpec::of::<Generator>("async_generator")
};

fn athrow(vm: &Vm, args: Args<'_>) -> PyResult {
    let given = args.values.len() - 1;
    if given == 0 || given > 3 || !args.names.is_empty() {
        let (bound, s) = if given == 0 {
            ("least 1", "")
        } else {
            ("most 3", "s")
        };
        return Err(vm.type_error(format!(
            "athrow expected at {bound} argument{s}, got {given}"
        )));
    }
    if given > 1 {
        vm.warn_deprecated(
            "the (type, exc, tb) signature of athrow() is deprecated, use the single-arg signature instead.",
        )?;
    }
    let this = &args.values[0];
    step(vm, this, &vm.types.async_generator_athrow, || {
        AsyncStep::throw(this, args.values[1..].to_vec())
    })
}

/// The awaitable of a step; the first one of a generator calls the hooks of
/// `sys.set_asyncgen_hooks`.
#[inline(always)]
fn step(
    vm: &Vm,
    generator: &Value,
    class: &Ref<Class>,
    make: impl FnOnce() -> AsyncStep,
) -> PyResult {
    let own = generator::own(vm, generator)?;
    if !own.hooks_called.replace(true) {
        own.extra.set(vm.thread.async_generator_finalizer.get());
        if let Some(first) = vm.thread.async_generator_first.get() {
            vm.call1(&first, generator)?;
        }
    }
    Ok(alloc(class, make()).into_value())
}

impl Vm {
    /// Wraps what an asynchronous generator yields.
    pub(crate) fn async_generator_value(&self, value: Value) -> Value {
        alloc(&self.types.async_generator_value, AsyncValue { value }).into_value()
    }
}

/// `anext(iterator, default)`: an awaitable that gives the default where the other ends with
/// StopAsyncIteration.
pub struct AnextAwaitable {
    awaitable: Value,
    default: Value,
}

impl Payload for AnextAwaitable {
    const KIND: Kind = Kind::ANEXT_AWAITABLE;
    const NAME: &'static str = "anext_awaitable";
    const FIELDS: &'static [Field] = fields![
        "awaitable" => awaitable as Value,
        "default" => default as Value,
    ];

    fn traverse(&self, visitor: &mut Visitor<'_>) {
        visitor.value(&self.awaitable);
        visitor.value(&self.default);
    }
}

/// Declaration of `anext_awaitable`.
pub static ANEXT_SPEC: TypeSpec = TypeSpec {
    flags: TypeSpec::of::<AnextAwaitable>("anext_awaitable").flags | class_flag::NO_INSTANTIATION,
    slots: TypeSlots {
        iter: Some(|_, value| Ok(value.clone())),
        await_: Some(|_, value| Ok(value.clone())),
        iternext: Some(|vm, this| forward(vm, this, None).map(Some)),
        ..TypeSlots::EMPTY
    },
    methods: &[
        MethodDef::bound("send", "($self, arg, /)", "", |vm, args| {
            forward(
                vm,
                &args[0],
                Some((&vm.names.send, std::slice::from_ref(&args[1]))),
            )
        }),
        MethodDef::raw(
            "throw",
            "($self, typ, val=None, tb=None, /)",
            "",
            |vm, args| {
                forward(
                    vm,
                    &args.values[0],
                    Some((&vm.names.throw, &args.values[1..])),
                )
            },
        ),
        MethodDef::bound("close", "($self, /)", "", |vm, args| {
            forward(vm, &args[0], Some((&vm.names.close, &[])))
        }),
    ],
    ..TypeSpec::of::<AnextAwaitable>("anext_awaitable")
};

fn forward(vm: &Vm, this: &Value, method: Option<(&Value, &[Value])>) -> PyResult {
    let Some(own) = this.payload::<AnextAwaitable>() else {
        return Err(vm.type_error("expected an anext_awaitable"));
    };
    let iterator = crate::vm::generator::awaitable_iterator(vm, &own.awaitable)?;
    let iterator = if vm.class_of(&iterator).slots().iternext.is_none() {
        // A coroutine has no `__next__`; its wrapper has.
        generator::coroutine_wrapper::await_coroutine(vm, &iterator)?
    } else {
        iterator
    };
    let result = match method {
        Some((name, args)) => vm.call_method(&iterator, name, args),
        None => match vm.class_of(&iterator).slots().iternext {
            Some(next) => {
                vm.forget_stop_value();
                next(vm, &iterator)
                    .and_then(|item| item.ok_or_else(|| vm.stop_iteration(&vm.take_stop_value())))
            }
            None => Err(vm.type_error("the awaitable gave no iterator")),
        },
    };
    result.or_else(|raised| {
        vm.catch(raised, &vm.types.exceptions.stop_async_iteration)?;
        Err(vm.stop_iteration(&own.default))
    })
}

/// The awaitable of `anext` with a default.
pub fn anext_default(vm: &Vm, awaitable: Value, default: Value) -> Value {
    alloc(
        &vm.types.anext_awaitable,
        AnextAwaitable { awaitable, default },
    )
    .into_value()
}
