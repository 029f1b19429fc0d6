//! `async_generator_asend` and `async_generator_athrow`: one step of an asynchronous generator as
//! an awaitable.

use std::cell::Cell;

use heap::Visitor;

use super::AsyncValue;
use crate::fields;
use crate::object::fields::Field;
use crate::object::payload::Visit;
use crate::object::slots::TypeSlots;
use crate::object::{
    Args, Kind, MethodDef, Payload, PyResult, Raised, Slot, TypeSpec, Value, class_flag,
};
use crate::vm::Vm;
use crate::vm::generator::{Generator, Step};
use crate::vm::generator_methods::{send, throw};

/// What the step does.
enum Kinds {
    Send,
    Throw(Vec<Value>),
    Close,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Progress {
    New,
    Running,
    Done,
}

/// The payload.
pub struct AsyncStep {
    generator: Slot,
    value: Slot,
    kind: Kinds,
    progress: Cell<Progress>,
}

impl Payload for AsyncStep {
    const KIND: Kind = Kind::ASYNC_GENERATOR_STEP;
    const NAME: &'static str = "async_generator_step";
    const FIELDS: &'static [Field] = fields![
        "generator" => generator as Value,
        "value" => value as Value,
        "kind" => kind as Opaque,
        "progress" => progress as Opaque,
    ];

    fn traverse(&self, visitor: &mut Visitor<'_>) {
        visitor.slot(&self.generator);
        visitor.slot(&self.value);
        if let Kinds::Throw(args) = &self.kind {
            for arg in args {
                visitor.value(arg);
            }
        }
    }

    fn clear(&self) {
        self.generator.set(None);
        self.value.set(None);
    }
}

const SLOTS: TypeSlots = TypeSlots {
    iter: Some(|_, value| Ok(value.clone())),
    await_: Some(|_, value| Ok(value.clone())),
    iternext: Some(next),
    ..TypeSlots::EMPTY
};

const METHODS: &[MethodDef] = &[
    MethodDef::bound("send", "($self, arg, /)", "", |vm, args| {
        run_send(vm, &args[0], args[1].clone())
    }),
    MethodDef::raw("throw", "($self, typ, val=None, tb=None, /)", "", run_throw),
    MethodDef::bound("close", "($self, /)", "", |vm, args| {
        own(vm, &args[0])?.progress.set(Progress::Done);
        Ok(Value::NONE)
    }),
];

/// Declaration of `async_generator_asend`.
pub static SEND_SPEC: TypeSpec = TypeSpec {
    flags: TypeSpec::of::<AsyncStep>("async_generator_asend").flags | class_flag::NO_INSTANTIATION,
    slots: SLOTS,
    methods: METHODS,
    ..TypeSpec::of::<AsyncStep>("async_generator_asend")
};

/// Declaration of `async_generator_athrow`.
pub static THROW_SPEC: TypeSpec = TypeSpec {
    flags: TypeSpec::of::<AsyncStep>("async_generator_athrow").flags | class_flag::NO_INSTANTIATION,
    slots: SLOTS,
    methods: METHODS,
    ..TypeSpec::of::<AsyncStep>("async_generator_athrow")
};

impl AsyncStep {
    #[inline(always)]
    fn new(generator: &Value, value: Option<Value>, kind: Kinds) -> AsyncStep {
        AsyncStep {
            generator: Slot::new(Some(generator.clone())),
            value: Slot::new(value),
            kind,
            progress: Cell::new(Progress::New),
        }
    }

    /// `asend(value)`, `__anext__()` with None.
    #[inline(always)]
    pub fn send(generator: &Value, value: Value) -> AsyncStep {
        AsyncStep::new(generator, Some(value), Kinds::Send)
    }

    /// `athrow(…)`.
    pub fn throw(generator: &Value, args: Vec<Value>) -> AsyncStep {
        AsyncStep::new(generator, None, Kinds::Throw(args))
    }

    /// `aclose()`.
    pub fn close(generator: &Value) -> AsyncStep {
        AsyncStep::new(generator, None, Kinds::Close)
    }

    fn method(&self) -> &'static str {
        match self.kind {
            Kinds::Send => "asend()",
            Kinds::Throw(_) => "athrow()",
            Kinds::Close => "aclose()",
        }
    }

    fn reused(&self, vm: &Vm) -> Raised {
        let what = match self.kind {
            Kinds::Send => "__anext__()/asend()",
            _ => "aclose()/athrow()",
        };
        vm.runtime_error(format!("cannot reuse already awaited {what}"))
    }
}

/// What the VM needs to resume the generator of an awaited step in place.
impl AsyncStep {
    /// The generator, if sending to this step resumes it and nothing is to be reported before.
    #[inline(always)]
    pub(crate) fn generator_to_resume(&self) -> Option<&Generator> {
        let generator = self.generator.peek()?.payload::<Generator>()?;
        let may_run = match self.progress.get() {
            Progress::New => !generator.async_running.get(),
            Progress::Running => true,
            Progress::Done => false,
        };
        may_run.then_some(generator)
    }

    /// True if nothing was sent yet.
    #[inline(always)]
    pub(crate) fn is_new(&self) -> bool {
        self.progress.get() == Progress::New
    }

    /// The word of what `asend` got, not counted.
    #[inline(always)]
    pub(crate) fn sent_word(&self) -> u64 {
        self.value.peek().map_or(Value::NONE.word(), Value::word)
    }

    /// The generator is resumed.
    #[inline(always)]
    pub(crate) fn begin(&self, generator: &Generator) {
        self.progress.set(Progress::Running);
        generator.async_running.set(true);
    }

    /// The generator yielded to its consumer.
    #[inline(always)]
    pub(crate) fn end(&self, generator: &Generator) {
        self.progress.set(Progress::Done);
        generator.async_running.set(false);
    }

    /// The generator returned: the await ends with StopAsyncIteration, which is raised here.
    #[inline(never)]
    pub(crate) fn generator_ended(&self, vm: &Vm, generator: &Generator) {
        self.end(generator);
        generator.async_closed.set(true);
        let _ = stop_async(vm);
    }

    /// An exception left the generator, and goes on.
    #[cold]
    pub(crate) fn generator_raised(&self, vm: &Vm, generator: &Generator) {
        self.end(generator);
        let types = &vm.types.exceptions;
        if vm.is_raised(&types.stop_async_iteration) || vm.is_raised(&types.generator_exit) {
            generator.async_closed.set(true);
        }
    }
}

fn own<'a>(vm: &Vm, value: &'a Value) -> PyResult<&'a AsyncStep> {
    value
        .payload::<AsyncStep>()
        .ok_or_else(|| vm.type_error("expected a step"))
}

fn next(vm: &Vm, this: &Value) -> PyResult<Option<Value>> {
    run_send(vm, this, Value::NONE).map(Some)
}

fn stop_async(vm: &Vm) -> Raised {
    vm.raise_value(vm.new_exception(&vm.types.exceptions.stop_async_iteration, &[]))
}

/// What a step of the generator means to whoever awaits it: a wrapped value ends the await with
/// it, anything else goes on to the event loop.
fn unwrap(vm: &Vm, generator: &Generator, result: PyResult<Step>) -> PyResult {
    match result {
        Ok(Step::Yielded(value)) => match value.payload::<AsyncValue>() {
            Some(wrapped) => {
                generator.async_running.set(false);
                Err(vm.stop_iteration(&wrapped.value))
            }
            None => Ok(value),
        },
        Ok(Step::Returned(_)) => {
            generator.async_running.set(false);
            generator.async_closed.set(true);
            Err(stop_async(vm))
        }
        Err(raised) => {
            generator.async_running.set(false);
            let types = &vm.types.exceptions;
            let raised = match vm.catch(raised, &types.stop_async_iteration) {
                Ok(exception) => {
                    generator.async_closed.set(true);
                    return Err(vm.reraise_value(exception));
                }
                Err(raised) => raised,
            };
            match vm.catch(raised, &types.generator_exit) {
                Ok(exception) => {
                    generator.async_closed.set(true);
                    Err(vm.reraise_value(exception))
                }
                Err(raised) => Err(raised),
            }
        }
    }
}

fn run_send(vm: &Vm, this: &Value, value: Value) -> PyResult {
    let step = own(vm, this)?;
    if step.progress.get() == Progress::Done {
        return Err(step.reused(vm));
    }
    let Some(object) = step.generator.get() else {
        return Err(step.reused(vm));
    };
    let Some(generator) = object.payload::<Generator>() else {
        return Err(step.reused(vm));
    };
    match step.kind {
        Kinds::Send => {
            let mut value = value;
            if step.progress.get() == Progress::New {
                if generator.async_running.get() {
                    return Err(
                        vm.runtime_error("anext(): asynchronous generator is already running")
                    );
                }
                if value.is_none() {
                    value = step.value.get().unwrap_or(Value::NONE);
                }
                step.progress.set(Progress::Running);
            }
            generator.async_running.set(true);
            let result = unwrap(vm, generator, send(vm, &object, value));
            if result.is_err() {
                step.progress.set(Progress::Done);
            }
            result
        }
        _ => run_close_or_throw(vm, step, &object, generator, value),
    }
}

fn run_close_or_throw(
    vm: &Vm,
    step: &AsyncStep,
    object: &Value,
    generator: &Generator,
    value: Value,
) -> PyResult {
    if step.progress.get() == Progress::New && generator.async_running.get() {
        step.progress.set(Progress::Done);
        return Err(vm.runtime_error(format!(
            "{}: asynchronous generator is already running",
            step.method()
        )));
    }
    let result = if step.progress.get() == Progress::New {
        if generator.async_closed.get() || generator.is_finished() {
            step.progress.set(Progress::Done);
            return Err(if matches!(step.kind, Kinds::Close) {
                vm.stop_iteration(&Value::NONE)
            } else {
                stop_async(vm)
            });
        }
        if !value.is_none() {
            return Err(
                vm.runtime_error("can't send non-None value to a just-started async generator")
            );
        }
        step.progress.set(Progress::Running);
        generator.async_running.set(true);
        match &step.kind {
            Kinds::Throw(args) => throw(vm, object, args),
            _ => {
                generator.async_closed.set(true);
                let exit = vm.new_exception(&vm.types.exceptions.generator_exit, &[]);
                throw(vm, object, &[exit])
            }
        }
    } else {
        send(vm, object, value)
    };
    finish_close_or_throw(vm, step, generator, result)
}

fn finish_close_or_throw(
    vm: &Vm,
    step: &AsyncStep,
    generator: &Generator,
    result: PyResult<Step>,
) -> PyResult {
    let closing = matches!(step.kind, Kinds::Close);
    if closing
        && let Ok(Step::Yielded(value)) = &result
        && value.payload::<AsyncValue>().is_some()
    {
        generator.async_running.set(false);
        step.progress.set(Progress::Done);
        return Err(vm.runtime_error("async generator ignored GeneratorExit"));
    }
    let result = unwrap(vm, generator, result);
    let Err(raised) = result else { return result };
    step.progress.set(Progress::Done);
    if !closing {
        return Err(raised);
    }
    // A closed generator ends `await agen.aclose()` quietly.
    let types = &vm.types.exceptions;
    let raised = match vm.catch(raised, &types.stop_async_iteration) {
        Ok(_) => return Err(vm.stop_iteration(&Value::NONE)),
        Err(raised) => raised,
    };
    match vm.catch(raised, &types.generator_exit) {
        Ok(_) => Err(vm.stop_iteration(&Value::NONE)),
        Err(raised) => Err(raised),
    }
}

fn run_throw(vm: &Vm, args: Args<'_>) -> PyResult {
    let given = args.values.len() - 1;
    if given == 0 || given > 3 || !args.names.is_empty() {
        let (bound, s) = if given == 0 {
            ("least 1", "")
        } else {
            ("most 3", "s")
        };
        return Err(vm.type_error(format!(
            "throw expected at {bound} argument{s}, got {given}"
        )));
    }
    let step = own(vm, &args.values[0])?;
    if step.progress.get() == Progress::Done {
        return Err(step.reused(vm));
    }
    let Some(object) = step.generator.get() else {
        return Err(step.reused(vm));
    };
    let Some(generator) = object.payload::<Generator>() else {
        return Err(step.reused(vm));
    };
    if step.progress.get() == Progress::New {
        if generator.async_running.get() {
            step.progress.set(Progress::Done);
            return Err(vm.runtime_error(format!(
                "{}: asynchronous generator is already running",
                if matches!(step.kind, Kinds::Send) {
                    "anext()"
                } else {
                    step.method()
                }
            )));
        }
        step.progress.set(Progress::Running);
        generator.async_running.set(true);
    }
    let result = throw(vm, &object, &args.values[1..]);
    if matches!(step.kind, Kinds::Send) {
        let result = unwrap(vm, generator, result);
        if result.is_err() {
            step.progress.set(Progress::Done);
        }
        return result;
    }
    finish_close_or_throw(vm, step, generator, result)
}
