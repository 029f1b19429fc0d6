//! `BaseException`.

use super::{Exception, Family, exception_of};
use crate::object::{
    Args, Class, Dict, GetSetDef, Kind, List, MethodDef, PyResult, Ref, Slot, Str, Tuple,
    TypeSlots, Value, alloc,
};
use crate::vm::Vm;

pub(super) const FAMILY: Family = Family {
    slots: TypeSlots {
        new: Some(new),
        init: Some(init),
        repr: Some(repr),
        str: Some(str),
        ..TypeSlots::EMPTY
    },
    methods: &[
        MethodDef::bound("__reduce__", "($self, /)", "", reduce).unsigned(),
        MethodDef::bound("__setstate__", "($self, state, /)", "", setstate),
        MethodDef::bound(
            "with_traceback",
            "($self, tb, /)",
            "Exception.with_traceback(tb) --\n    set self.__traceback__ to tb and return self.",
            with_traceback,
        ),
        MethodDef::bound(
            "add_note",
            "($self, note, /)",
            "Exception.add_note(note) --\n    add a note to the exception",
            add_note,
        ),
    ],
    getset: &[
        GetSetDef::writable("args", "", get_args, set_args),
        GetSetDef::writable("__traceback__", "", get_traceback, set_traceback),
        GetSetDef::writable(
            "__context__",
            "exception context",
            |_, value| Ok(exception_of(value)?.context.get().unwrap_or(Value::NONE)),
            set_context,
        ),
        GetSetDef::writable(
            "__cause__",
            "exception cause",
            |_, value| Ok(exception_of(value)?.cause.get().unwrap_or(Value::NONE)),
            set_cause,
        ),
        GetSetDef::writable(
            "__suppress_context__",
            "",
            |_, value| Ok(Value::bool(exception_of(value)?.suppress_context.get())),
            set_suppress_context,
        )
        .as_member(),
    ],
};

pub(super) fn new(vm: &Vm, class: &Ref<Class>, args: Args<'_>) -> PyResult {
    let exception = Exception {
        args: Slot::new(Some(vm.tuple_from_slice(args.positionals()).into_value())),
        ..Exception::default()
    };
    Ok(alloc(class, exception).into_value())
}

/// `BaseException.__init__`: no keywords; the positional arguments become `args`.
pub(super) fn init(vm: &Vm, value: &Value, args: Args<'_>) -> PyResult<()> {
    no_keywords(vm, vm.class_of(value), args)?;
    set_positionals(vm, value, args.positionals())
}

pub(super) fn no_keywords(vm: &Vm, class: &Ref<Class>, args: Args<'_>) -> PyResult<()> {
    if args.names.is_empty() {
        return Ok(());
    }
    Err(vm.type_error(format!(
        "{}() takes no keyword arguments",
        class.name_string()
    )))
}

pub(super) fn set_positionals(vm: &Vm, value: &Value, args: &[Value]) -> PyResult<()> {
    let exception = exception_of(value)?;
    // The tuple that `__new__` stored is the same.
    let stored = exception.args.peek().and_then(Value::payload::<Tuple>);
    let is_same = stored.is_some_and(|stored| {
        stored.len() == args.len() && stored.iter().zip(args).all(|(a, b)| a.is(b))
    });
    if !is_same {
        let tuple = vm.tuple_from_slice(args).into_value();
        exception.args.set(Some(tuple));
    }
    Ok(())
}

/// `args` as a tuple.
pub(super) fn args_of(vm: &Vm, value: &Value) -> PyResult<Ref<Tuple>> {
    let args = exception_of(value)?.args.get();
    Ok(args
        .and_then(|args| args.downcast().ok())
        .unwrap_or_else(|| vm.tuple([])))
}

fn repr(vm: &Vm, value: &Value) -> PyResult {
    let args = args_of(vm, value)?;
    let name = vm.class_name(value);
    let text = match &args[..] {
        [only] => format!("{name}({})", vm.repr_string(only)?),
        _ => format!("{name}{}", vm.repr_string(args.as_value())?),
    };
    Ok(vm.str_value(&text))
}

pub(super) fn str(vm: &Vm, value: &Value) -> PyResult {
    let args = args_of(vm, value)?;
    match &args[..] {
        [] => Ok(vm.str_value("")),
        [only] => Ok(vm.str_of(only)?.into_value()),
        _ => Ok(vm.str_of(args.as_value())?.into_value()),
    }
}

/// The instance's `__dict__`, if anything was put there.
pub(super) fn dict_of(vm: &Vm, value: &Value) -> PyResult<Option<Value>> {
    let dict = vm.get_attr_opt(value, &vm.names.__dict__)?;
    Ok(dict.filter(|d| d.payload::<Dict>().is_some_and(|d| !d.is_empty())))
}

fn reduce(vm: &Vm, args: &[Value]) -> PyResult {
    reduce_with(vm, &args[0], args_of(vm, &args[0])?.into_value())
}

/// `(class, args)`, with the instance's dict as third item if it is not empty.
pub(super) fn reduce_with(vm: &Vm, value: &Value, args: Value) -> PyResult {
    let class = vm.class_of(value).to_value();
    Ok(match dict_of(vm, value)? {
        Some(dict) => vm.tuple_value([class, args, dict]),
        None => vm.tuple_value([class, args]),
    })
}

fn setstate(vm: &Vm, args: &[Value]) -> PyResult {
    if args[1].is_none() {
        return Ok(Value::NONE);
    }
    let Some(state) = args[1].payload::<Dict>() else {
        return Err(vm.type_error("state is not a dictionary"));
    };
    let mut place = 0;
    while let Some((name, value)) = state.next(&mut place) {
        vm.set_attr(&args[0], &name, &value)?;
    }
    Ok(Value::NONE)
}

fn with_traceback(vm: &Vm, args: &[Value]) -> PyResult {
    set_traceback(vm, &args[0], Some(&args[1]))?;
    Ok(args[0].clone())
}

fn add_note(vm: &Vm, args: &[Value]) -> PyResult {
    let note = &args[1];
    if note.payload::<Str>().is_none() {
        return Err(vm.type_error(format!("note must be a str, not '{}'", vm.class_name(note))));
    }
    let notes = match vm.get_attr_opt(&args[0], &vm.names.__notes__)? {
        Some(notes) => notes,
        None => {
            let notes = vm.list_from([])?.into_value();
            vm.set_attr(&args[0], &vm.names.__notes__, &notes)?;
            notes
        }
    };
    let Some(list) = notes.payload::<List>() else {
        return Err(vm.type_error("Cannot add note: __notes__ is not a list"));
    };
    vm.list_extend(list, std::slice::from_ref(note))?;
    Ok(Value::NONE)
}

fn get_args(vm: &Vm, value: &Value) -> PyResult {
    Ok(args_of(vm, value)?.into_value())
}

fn set_args(vm: &Vm, value: &Value, new: Option<&Value>) -> PyResult<()> {
    let Some(new) = new else {
        return Err(vm.type_error("args may not be deleted"));
    };
    let args = vm.collect(new)?;
    set_positionals(vm, value, &args)
}

fn get_traceback(_vm: &Vm, value: &Value) -> PyResult {
    Ok(exception_of(value)?.traceback.get().unwrap_or(Value::NONE))
}

fn set_traceback(vm: &Vm, value: &Value, new: Option<&Value>) -> PyResult<()> {
    let Some(new) = new else {
        return Err(vm.type_error("__traceback__ may not be deleted"));
    };
    if !new.is_none() && vm.class_of(new).kind != Kind::TRACEBACK {
        return Err(vm.type_error("__traceback__ must be a traceback or None"));
    }
    exception_of(value)?
        .traceback
        .set((!new.is_none()).then(|| new.clone()));
    Ok(())
}

/// The new value of `__cause__` or `__context__`: an exception, or nothing for None.
fn link(vm: &Vm, name: &str, new: Option<&Value>) -> PyResult<Option<Value>> {
    let Some(new) = new else {
        return Err(vm.type_error(format!("__{name}__ may not be deleted")));
    };
    if new.is_none() {
        return Ok(None);
    }
    if new.payload::<Exception>().is_none() {
        return Err(vm.type_error(format!(
            "exception {name} must be None or derive from BaseException"
        )));
    }
    Ok(Some(new.clone()))
}

fn set_context(vm: &Vm, value: &Value, new: Option<&Value>) -> PyResult<()> {
    let new = link(vm, "context", new)?;
    exception_of(value)?.context.set(new);
    Ok(())
}

fn set_cause(vm: &Vm, value: &Value, new: Option<&Value>) -> PyResult<()> {
    let new = link(vm, "cause", new)?;
    let exception = exception_of(value)?;
    exception.suppress_context.set(true);
    exception.cause.set(new);
    Ok(())
}

fn set_suppress_context(vm: &Vm, value: &Value, new: Option<&Value>) -> PyResult<()> {
    match new.map(Value::as_bool) {
        Some(Some(suppress)) => {
            exception_of(value)?.suppress_context.set(suppress);
            Ok(())
        }
        Some(None) => Err(vm.type_error("attribute value type must be bool")),
        None => Err(vm.type_error("can't delete numeric/char attribute")),
    }
}
