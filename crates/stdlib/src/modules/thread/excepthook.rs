//! `_excepthook`: reports an exception that ended a thread.

use runtime::Vm;
use runtime::object::{PyResult, Tuple, Value};
use runtime::types::struct_sequence::StructSequence;

/// What `threading.excepthook` is called with.
pub(super) static HOOK_ARGS: StructSequence = StructSequence::new(
    "_thread._ExceptHookArgs",
    "ExceptHookArgs\n\nType used to pass arguments to threading.excepthook.",
    &[
        ("exc_type", "Exception type"),
        ("exc_value", "Exception value"),
        ("exc_traceback", "Exception traceback"),
        ("thread", "Thread"),
    ],
);

pub(super) fn excepthook(vm: &Vm, args: &[Value]) -> PyResult {
    let class = vm.struct_sequence_class(&HOOK_ARGS)?;
    let parts = args[1]
        .payload::<Tuple>()
        .filter(|_| vm.class_of(&args[1]).is(&class));
    let parts = parts.map(|parts| parts.to_vec());
    let Some([exc_type, exc_value, _, thread]) = parts.as_deref() else {
        return Err(vm.type_error("_thread.excepthook argument type must be ExceptHookArgs"));
    };
    if exc_type.is(vm.types.exceptions.system_exit.as_value()) {
        return Ok(Value::NONE);
    }
    let usable = |file: Option<Value>| file.filter(|file| !file.is_none());
    let file = match usable(vm.sys_attribute("stderr")) {
        Some(file) => Some(file),
        // The thread remembers the one that there was when it began.
        None if thread.is_none() => None,
        None => usable(vm.get_attr_opt(thread, &vm.intern("_stderr"))?),
    };
    let Some(file) = file else {
        return Ok(Value::NONE);
    };
    let name = if thread.is_none() {
        None
    } else {
        vm.get_attr_opt(thread, &vm.intern("name"))?
    };
    let name = match name {
        Some(name) => vm.str_string(&name)?,
        None => vm.str_string(&vm.thread_ident())?,
    };
    let exception = if exc_value.is_none() {
        vm.call0(exc_type)?
    } else {
        exc_value.clone()
    };
    let text = format!(
        "Exception in thread {name}:\n{}",
        vm.format_exception(&exception)
    );
    vm.call_method(&file, &vm.intern("write"), &[vm.str_value(&text)])?;
    vm.call_method(&file, &vm.names.flush, &[])?;
    Ok(Value::NONE)
}
