//! The hooks for values, exceptions and breakpoints, and what exceptions are told through `sys`.

use crate::object::{Args, PyResult, Str, Tuple, Value};
use crate::types::exceptions::Exception;
use crate::types::struct_sequence::StructSequence;
use crate::vm::Vm;

static UNRAISABLE_ARGS: StructSequence = StructSequence::new(
    "UnraisableHookArgs",
    "UnraisableHookArgs\n\nType used to pass arguments to sys.unraisablehook.",
    &[
        ("exc_type", "Exception type"),
        ("exc_value", "Exception value"),
        ("exc_traceback", "Exception traceback"),
        ("err_msg", "Error message"),
        ("object", "Object causing the exception"),
    ],
);

static ASYNCGEN_HOOKS: StructSequence = StructSequence::new(
    "asyncgen_hooks",
    "asyncgen_hooks\n\nA named tuple providing information about asynchronous\n\
     generators hooks.  The attributes are read only.",
    &[
        ("firstiter", "Hook to intercept first iteration"),
        ("finalizer", "Hook to intercept finalization"),
    ],
);

impl Vm {
    /// What `sys.unraisablehook` is called with.
    pub(crate) fn unraisable_hook_args(
        &self,
        exception: &Value,
        object: Option<&Value>,
        message: Option<&str>,
    ) -> PyResult {
        let traceback = exception
            .payload::<Exception>()
            .and_then(|e| e.traceback.get());
        self.struct_sequence(
            &UNRAISABLE_ARGS,
            &[
                self.class_of(exception).to_value(),
                exception.clone(),
                traceback.unwrap_or(Value::NONE),
                message.map_or(Value::NONE, |m| self.str_value(m)),
                object.cloned().unwrap_or(Value::NONE),
            ],
        )
    }
}

/// `sys.displayhook(object)`.
pub(super) fn displayhook(vm: &Vm, args: &[Value]) -> PyResult {
    let value = &args[1];
    if value.is_none() {
        return Ok(Value::NONE);
    }
    let builtins = vm.builtins();
    // While it is shown, `_` does not keep the value before it alive.
    vm.define(&builtins, "_", Value::NONE)?;
    let Some(stdout) = vm.sys_attribute("stdout").filter(|f| !f.is_none()) else {
        return Err(vm.runtime_error("lost sys.stdout"));
    };
    let text = vm.repr(value)?.into_value();
    if let Err(raised) = vm.call_method(&stdout, &vm.names.write, std::slice::from_ref(&text)) {
        drop(vm.catch(raised, &vm.types.exceptions.unicode_encode_error)?);
        let encoding = vm.get_attr(&stdout, &vm.names.encoding)?;
        let escape = [encoding.clone(), vm.str_value("backslashreplace")];
        let bytes = vm.call_method(&text, &vm.names.encode, &escape)?;
        let text = vm.call_method(&bytes, &vm.names.decode, &[encoding, vm.intern("strict")])?;
        vm.call_method(&stdout, &vm.names.write, &[text])?;
    }
    vm.call_method(&stdout, &vm.names.write, &[vm.str_value("\n")])?;
    vm.define(&builtins, "_", value.clone())?;
    Ok(Value::NONE)
}

/// `sys.excepthook(exctype, value, traceback)`.
pub(super) fn excepthook(vm: &Vm, args: &[Value]) -> PyResult {
    let (value, traceback) = (&args[2], &args[3]);
    if let Some(exception) = value.payload::<Exception>()
        && exception.traceback.is_empty()
        && vm.class_of(traceback).name_string() == "traceback"
    {
        exception.traceback.set(Some(traceback.clone()));
    }
    vm.write_stderr(&vm.format_exception(value));
    Ok(Value::NONE)
}

/// `sys.unraisablehook(unraisable)`.
pub(super) fn unraisablehook(vm: &Vm, args: &[Value]) -> PyResult {
    let class = vm.struct_sequence_class(&UNRAISABLE_ARGS)?;
    let fields = args[1]
        .payload::<Tuple>()
        .filter(|_| vm.class_of(&args[1]).is(&class));
    let Some([class, exception, traceback, message, object]) = fields.map(|t| t.as_slice()) else {
        return Err(vm.type_error("sys.unraisablehook argument type must be UnraisableHookArgs"));
    };
    let message = (!message.is_none()).then(|| vm.display(message));
    vm.report_unraisable_parts(
        class,
        exception,
        traceback,
        Some(object),
        message.as_deref(),
    );
    Ok(Value::NONE)
}

/// A variable of the environment as the program sees and sets it: by `os.environ`, once `os` is
/// imported.
fn environment_variable(vm: &Vm, name: &str) -> PyResult<Option<String>> {
    let Some(os) = vm.loaded_module("os")? else {
        return Ok(std::env::var(name).ok());
    };
    let environ = vm.get_attr(&os, &vm.intern("environ"))?;
    let found = vm.call_method(&environ, &vm.intern("get"), &[vm.str_value(name)])?;
    Ok(found
        .payload::<Str>()
        .map(|text| text.to_display().into_owned()))
}

/// `sys.breakpointhook(*args, **kws)`: calls what `PYTHONBREAKPOINT` names, `pdb.set_trace`
/// otherwise.
pub(super) fn breakpointhook(vm: &Vm, args: Args<'_>) -> PyResult {
    let wanted = match environment_variable(vm, "PYTHONBREAKPOINT")? {
        Some(name) if name == "0" => return Ok(Value::NONE),
        Some(name) if !name.is_empty() => name,
        _ => "pdb.set_trace".to_owned(),
    };
    let unimportable = || {
        let message = format!("Ignoring unimportable $PYTHONBREAKPOINT: \"{wanted}\"");
        vm.warn(&vm.types.exceptions.runtime_warning, &message, 0)?;
        Ok(Value::NONE)
    };
    let (module, function) = wanted.rsplit_once('.').unwrap_or(("builtins", &wanted));
    if module.is_empty() {
        return unimportable();
    }
    let import = vm.builtin("__import__")?;
    let found = vm
        .call(
            &import,
            &[
                vm.str_value(module),
                Value::NONE,
                Value::NONE,
                vm.tuple_value([vm.str_value(function)]),
            ],
        )
        .and_then(|module| vm.get_attr(&module, &vm.intern(function)));
    match found {
        Ok(hook) => vm.call_args(&hook, args.skip_first()),
        Err(raised) => {
            let types = &vm.types.exceptions;
            let exception = match vm.catch(raised, &types.import_error) {
                Ok(exception) => exception,
                Err(raised) => vm.catch(raised, &types.attribute_error)?,
            };
            drop(exception);
            unimportable()
        }
    }
}

/// `sys.exit([status])`.
pub(super) fn exit(vm: &Vm, args: &[Value]) -> PyResult {
    let class = &vm.types.exceptions.system_exit;
    let args = match args[1].given_not_none() {
        None => Vec::new(),
        Some(status) => match status.payload::<Tuple>() {
            Some(items) => items.to_vec(),
            None => vec![status.clone()],
        },
    };
    let exception = vm.call(class.as_value(), &args)?;
    Err(vm.raise_value(exception))
}

/// `sys.get_asyncgen_hooks()`.
pub(super) fn get_asyncgen_hooks(vm: &Vm, _args: &[Value]) -> PyResult {
    let first = vm.thread.async_generator_first.get().unwrap_or(Value::NONE);
    let finalizer = vm
        .thread
        .async_generator_finalizer
        .get()
        .unwrap_or(Value::NONE);
    vm.struct_sequence(&ASYNCGEN_HOOKS, &[first, finalizer])
}

/// `sys.set_asyncgen_hooks(* [, firstiter] [, finalizer])`.
pub(super) fn set_asyncgen_hooks(vm: &Vm, args: Args<'_>) -> PyResult {
    let args = vm.bind_parameters(
        "set_asyncgen_hooks",
        "(firstiter=None, finalizer=None)",
        args.skip_first(),
    )?;
    let thread = &vm.thread;
    let slots = [
        ("firstiter", &args[0], &thread.async_generator_first),
        ("finalizer", &args[1], &thread.async_generator_finalizer),
    ];
    for (name, hook, _) in &slots {
        if let Some(hook) = hook.given_not_none()
            && vm.class_of(hook).slots().call.is_none()
        {
            let class = vm.class_name(hook);
            return Err(vm.type_error(format!("callable {name} expected, got {class}")));
        }
    }
    for (name, hook, slot) in slots.into_iter().rev() {
        if let Some(hook) = hook.given() {
            vm.audit(&format!("sys.set_asyncgen_hook_{name}"), &[])?;
            slot.set((!hook.is_none()).then(|| hook.clone()));
        }
    }
    Ok(Value::NONE)
}
