//! `send`, `throw`, `close` and what a generator does when it dies.

use super::generator::{Generator, State, Step};
use super::state::Vm;
use crate::object::{Args, Class, PyResult, Raised, Value};
use crate::types::exceptions::Exception;
use crate::vm::traceback::Traceback;

/// What messages call the three kinds.
pub fn kind_name(vm: &Vm, generator: &Value) -> &'static str {
    let class = vm.class_of(generator);
    if class.is(&vm.types.coroutine) {
        "coroutine"
    } else if class.is(&vm.types.async_generator) {
        "async generator"
    } else {
        "generator"
    }
}

fn payload<'a>(vm: &Vm, generator: &'a Value) -> PyResult<&'a Generator> {
    generator
        .payload::<Generator>()
        .ok_or_else(|| vm.type_error("not a generator"))
}

fn already_running(vm: &Vm, generator: &Value) -> Raised {
    vm.value_error(format!("{} already executing", kind_name(vm, generator)))
}

/// One step with a value sent.
pub fn send(vm: &Vm, generator: &Value, value: Value) -> PyResult<Step> {
    let state = payload(vm, generator)?.state.get();
    match state {
        State::Created if !value.is_none() => Err(vm.type_error(format!(
            "can't send non-None value to a just-started {}",
            kind_name(vm, generator)
        ))),
        State::Running => Err(already_running(vm, generator)),
        State::Finished | State::Abandoned => {
            if vm.class_of(generator).is(&vm.types.coroutine) {
                return Err(vm.runtime_error("cannot reuse already awaited coroutine"));
            }
            Ok(Step::Returned(Value::NONE))
        }
        State::Created | State::Suspended => vm.resume(generator, Ok(value)),
    }
}

/// A step's result as methods give it: the yielded value, or StopIteration of the returned one.
pub fn step_result(vm: &Vm, generator: &Value, step: Step) -> PyResult {
    match step {
        Step::Yielded(value) => Ok(value),
        Step::Returned(value) => {
            if vm.class_of(generator).is(&vm.types.async_generator) {
                let class = &vm.types.exceptions.stop_async_iteration;
                return Err(vm.raise_value(vm.new_exception(class, &[])));
            }
            Err(vm.stop_iteration(&value))
        }
    }
}

/// `iternext` of generators.
pub fn next(vm: &Vm, generator: &Value) -> PyResult<Option<Value>> {
    match send(vm, generator, Value::NONE)? {
        Step::Yielded(value) => Ok(Some(value)),
        Step::Returned(value) => {
            if !value.is_none() {
                vm.stop_value.set(Some(value));
            }
            Ok(None)
        }
    }
}

/// The exception object that `throw(type[, value[, traceback]])` means.
fn thrown_exception(vm: &Vm, args: &[Value]) -> PyResult {
    let typ = &args[0];
    let value = args.get(1).filter(|v| !v.is_none());
    let traceback = args.get(2).filter(|v| !v.is_none());
    if let Some(traceback) = traceback
        && traceback.payload::<Traceback>().is_none()
    {
        return Err(vm.type_error("throw() third argument must be a traceback object"));
    }
    let exception = if let Some(class) = typ.as_ref_to::<Class>()
        && class.is_subclass_of(&vm.types.exceptions.base_exception)
    {
        match value {
            Some(value) if vm.is_instance_of(value, class) => value.clone(),
            // What goes wrong in making the exception is thrown in its place.
            value => {
                make_exception(vm, typ, value).unwrap_or_else(|raised| vm.take_exception(raised))
            }
        }
    } else if typ.payload::<Exception>().is_some() {
        if value.is_some() {
            return Err(vm.type_error("instance exception may not have a separate value"));
        }
        typ.clone()
    } else {
        return Err(vm.type_error(format!(
            "exceptions must be classes or instances deriving from BaseException, not {}",
            vm.class_name(typ)
        )));
    };
    if let (Some(traceback), Some(payload)) = (traceback, exception.payload::<Exception>()) {
        payload.traceback.set(Some(traceback.clone()));
    }
    Ok(exception)
}

fn make_exception(vm: &Vm, class: &Value, value: Option<&Value>) -> PyResult {
    let made = match value {
        Some(value) => match value.payload::<crate::object::Tuple>() {
            Some(tuple) => vm.call_args(class, Args::positional(tuple))?,
            None => vm.call1(class, value)?,
        },
        None => vm.call0(class)?,
    };
    if made.payload::<Exception>().is_none() {
        return Err(vm.type_error(format!(
            "calling {} should have returned an instance of BaseException, not {}",
            vm.repr_string(class)?,
            vm.class_name(&made)
        )));
    }
    Ok(made)
}

/// One step with an exception thrown in, which `thrown` names as the arguments of `throw()` do. A
/// generator that delegates hands the arguments on as they came: only where the exception arises
/// are they looked at, so wrong ones are an error there and not an error of this call alone.
pub fn throw(vm: &Vm, generator: &Value, thrown: &[Value]) -> PyResult<Step> {
    let own = payload(vm, generator)?;
    if own.state.get() == State::Running {
        return Err(already_running(vm, generator));
    }
    if let Some(delegate) = own.delegate() {
        let exit = &vm.types.exceptions.generator_exit;
        let closing = match thrown[0].as_ref_to::<Class>() {
            Some(class) => class.is_subclass_of(exit),
            None => vm.is_instance_of(&thrown[0], exit),
        };
        own.state.set(State::Running);
        let result = if closing {
            close_delegate(vm, &delegate).map(|()| None)
        } else {
            throw_to_delegate(vm, own, &delegate, thrown)
        };
        own.state.set(State::Suspended);
        match result {
            // The delegate yielded: so does this one.
            Ok(Some(Step::Yielded(value))) => return Ok(Step::Yielded(value)),
            Ok(Some(Step::Returned(value))) => {
                return resume_after_delegate(vm, generator, value);
            }
            // It has no `throw`, or was closed: the exception arises here.
            Ok(None) => {}
            Err(raised) => {
                return vm.resume(generator, Err(raised));
            }
        }
    }
    let exception = thrown_exception(vm, thrown)?;
    match own.state.get() {
        State::Finished | State::Abandoned => {
            if vm.class_of(generator).is(&vm.types.coroutine) {
                return Err(vm.runtime_error("cannot reuse already awaited coroutine"));
            }
            Err(vm.raise_thrown(exception))
        }
        State::Created => {
            // It never starts: the exception leaves from its first line.
            let raised = vm.raise_thrown(exception);
            vm.resume(generator, Err(raised))
        }
        _ => {
            let raised = vm.raise_thrown(exception);
            vm.resume(generator, Err(raised))
        }
    }
}

/// The delegate returned on the exception: its value is what the `yield from` gives.
fn resume_after_delegate(vm: &Vm, generator: &Value, value: Value) -> PyResult<Step> {
    payload(vm, generator)?.finish_delegation(vm);
    vm.resume(generator, Ok(value))
}

fn throw_to_delegate(
    vm: &Vm,
    own: &Generator,
    delegate: &Value,
    thrown: &[Value],
) -> PyResult<Option<Step>> {
    let class = vm.class_of(delegate);
    if class.is(&vm.types.generator) || class.is(&vm.types.coroutine) {
        let step = || throw(vm, delegate, thrown);
        return vm.below_suspended(own, step).map(Some);
    }
    let Some(method) = vm.get_attr_opt(delegate, &vm.names.throw)? else {
        return Ok(None);
    };
    match vm.call_args(&method, Args::positional(thrown)) {
        Ok(value) => Ok(Some(Step::Yielded(value))),
        Err(raised) => {
            let stop = vm.catch(raised, &vm.types.exceptions.stop_iteration)?;
            Ok(Some(Step::Returned(vm.stop_iteration_value(&stop))))
        }
    }
}

fn close_delegate(vm: &Vm, delegate: &Value) -> PyResult<()> {
    let class = vm.class_of(delegate);
    if class.is(&vm.types.generator) || class.is(&vm.types.coroutine) {
        return close(vm, delegate).map(|_| ());
    }
    match vm.get_attr_opt(delegate, &vm.names.close) {
        Ok(Some(method)) => vm.call0(&method).map(|_| ()),
        Ok(None) => Ok(()),
        Err(raised) => {
            let exception = vm.take_exception(raised);
            vm.unraisable(exception, Some(delegate), None);
            Ok(())
        }
    }
}

/// `close()`: GeneratorExit is thrown in; the generator must not yield again.
pub fn close(vm: &Vm, generator: &Value) -> PyResult {
    let own = payload(vm, generator)?;
    match own.state.get() {
        State::Finished => return Ok(Value::NONE),
        State::Running => return Err(already_running(vm, generator)),
        State::Abandoned => return Ok(Value::NONE),
        State::Created => {
            own.state.set(State::Abandoned);
            return Ok(Value::NONE);
        }
        State::Suspended => {}
    }
    let types = &vm.types.exceptions;
    // This one arises here, unlike one that a caller throws: what the caller handles is its context.
    let raised = vm.raise_value(vm.new_exception(&types.generator_exit, &[]));
    let exit = vm.take_exception(raised);
    match throw(vm, generator, &[exit]) {
        Ok(Step::Yielded(_)) => {
            let kind = kind_name(vm, generator);
            Err(vm.runtime_error(format!("{kind} ignored GeneratorExit")))
        }
        Ok(Step::Returned(_)) => Ok(Value::NONE),
        Err(raised) => {
            let raised = match vm.catch(raised, &types.generator_exit) {
                Ok(_) => return Ok(Value::NONE),
                Err(raised) => raised,
            };
            vm.catch(raised, &types.stop_iteration).map(|_| Value::NONE)
        }
    }
}

/// Before a generator's memory goes: a suspended one is closed, a coroutine that was never awaited
/// is warned about, an asynchronous generator's finalizer hook is called.
pub fn finalize(vm: &Vm, this: &Value) {
    let Some(own) = this.payload::<Generator>() else {
        return;
    };
    if own.is_finished() {
        return;
    }
    if vm.class_of(this).is(&vm.types.async_generator)
        && let Some(hook) = own.extra.get()
        && !own.async_closed.get()
        && !hook.is_none()
    {
        if let Err(raised) = vm.call1(&hook, this) {
            let exception = vm.take_exception(raised);
            vm.unraisable(exception, Some(&hook), None);
        }
        return;
    }
    if vm.class_of(this).is(&vm.types.coroutine) && own.state.get() == State::Created {
        vm.warn_unawaited(this);
        return;
    }
    if own.state.get() == State::Created {
        return;
    }
    if own.state.get() == State::Suspended
        && let Err(raised) = close(vm, this)
    {
        let exception = vm.take_exception(raised);
        vm.unraisable(exception, Some(this), None);
    }
}

/// `frame.clear()` of a generator's frame: what happens at its death, now.
pub fn clear_frame(vm: &Vm, generator: &Value) -> PyResult<()> {
    let own = payload(vm, generator)?;
    if own.state.get() == State::Running {
        return Err(vm.runtime_error("cannot clear an executing frame"));
    }
    finalize(vm, generator);
    if own.state.get() == State::Created && !vm.class_of(generator).is(&vm.types.coroutine) {
        own.state.set(State::Abandoned);
    }
    Ok(())
}

impl Vm {
    /// Raises an exception that was thrown in: its context is set where it arises.
    fn raise_thrown(&self, exception: Value) -> Raised {
        self.set_raised(exception);
        Raised(())
    }
}
