//! `syslog`: the system's log.

use std::cell::Cell;
use std::ffi::CString;

use runtime::Vm;
use runtime::modules::NativeModule;
use runtime::object::{Args, List, MethodDef, PyResult, Str, Value};
use runtime::vm::system_log;

thread_local! {
    /// Whether the log was opened, by the program or by its first message.
    static OPEN: Cell<bool> = const { Cell::new(false) };
}

/// The module.
pub static MODULE: NativeModule = NativeModule::new(
    "syslog",
    "",
    &[
        MethodDef::bound(
            "openlog",
            "($module, /, ident=<unrepresentable>, logoption=0,\n\
             \x20       facility=LOG_USER)",
            "Set logging options of subsequent syslog() calls.",
            |vm, args| {
                let name = match args[1].given() {
                    Some(name) => Some(text(vm, "openlog() argument 'ident'", name)?),
                    None => program_name(vm)?,
                };
                let options = args[2].given().map_or(Ok(0), |value| vm.arg_long(value))?;
                let facility = match args[3].given() {
                    Some(facility) => vm.arg_long(facility)?,
                    None => libc::LOG_USER.into(),
                };
                open(name, options as i32, facility as i32);
                Ok(Value::NONE)
            },
        ),
        MethodDef::raw(
            "syslog",
            "",
            "syslog([priority=LOG_INFO,] message)\nSend the string message to the system logger.",
            syslog,
        ),
        MethodDef::bound(
            "closelog",
            "($module, /)",
            "Reset the syslog module values and call the system library closelog().",
            |_, _| {
                if OPEN.replace(false) {
                    system_log::close();
                }
                Ok(Value::NONE)
            },
        ),
        MethodDef::bound(
            "setlogmask",
            "($module, maskpri, /)",
            "Set the priority mask to maskpri and return the previous mask value.",
            |vm, args| {
                let mask = vm.arg_long(&args[1])?;
                Ok(vm.int(system_log::set_mask(mask as i32).into()))
            },
        ),
        MethodDef::bound(
            "LOG_MASK",
            "($module, pri, /)",
            "Calculates the mask for the individual priority pri.",
            |vm, args| Ok(vm.int(1_i32.wrapping_shl(vm.arg_long(&args[1])? as u32).into())),
        ),
        MethodDef::bound(
            "LOG_UPTO",
            "($module, pri, /)",
            "Calculates the mask for all priorities up to and including pri.",
            |vm, args| {
                let priority = vm.arg_long(&args[1])? as u32;
                let next = 1_i32.wrapping_shl(priority.wrapping_add(1));
                Ok(vm.int(next.wrapping_sub(1).into()))
            },
        ),
    ],
)
.with_init(|vm, _, namespace| {
    for &(name, number) in CONSTANTS {
        vm.define(namespace, name, vm.int(number))?;
    }
    Ok(())
});

fn open(name: Option<CString>, options: i32, facility: i32) {
    system_log::open(name, options, facility);
    OPEN.set(true);
}

fn text(vm: &Vm, what: &str, value: &Value) -> PyResult<CString> {
    if value.payload::<Str>().is_none() {
        return Err(vm.type_error(format!("{what} must be str, not {}", vm.class_name(value))));
    }
    let bytes = vm.call_method(value, &vm.intern("encode"), &[])?;
    CString::new(vm.copied_bytes(&bytes)?).map_err(|_| vm.value_error("embedded null character"))
}

/// The last part of the program's name, if it has one.
fn program_name(vm: &Vm) -> PyResult<Option<CString>> {
    let Some(arguments) = vm.sys_attribute("argv") else {
        return Ok(None);
    };
    let Some(first) = arguments.payload::<List>().and_then(|list| list.get(0)) else {
        return Ok(None);
    };
    let Some(name) = first.payload::<Str>() else {
        return Ok(None);
    };
    let name = name.to_display();
    let last = name.rsplit('/').next().unwrap_or_default();
    Ok(CString::new(last).ok().filter(|name| !name.is_empty()))
}

fn syslog(vm: &Vm, args: Args<'_>) -> PyResult {
    let args = args.skip_first();
    let (priority, message) = match args.values {
        [message] => (libc::LOG_INFO, message),
        [priority, message] => (vm.arg_int(priority)?, message),
        _ => return Err(vm.type_error("syslog.syslog requires 1 to 2 arguments")),
    };
    let message = text(vm, "syslog() argument 1", message)?;
    if !OPEN.get() {
        open(program_name(vm)?, 0, libc::LOG_USER);
    }
    vm.allow_threads(|| system_log::write(priority, &message));
    Ok(Value::NONE)
}

static CONSTANTS: &[(&str, i64)] = &[
    ("LOG_ALERT", 1),
    ("LOG_AUTH", 32),
    ("LOG_AUTHPRIV", 80),
    ("LOG_CONS", 2),
    ("LOG_CRIT", 2),
    ("LOG_CRON", 72),
    ("LOG_DAEMON", 24),
    ("LOG_DEBUG", 7),
    ("LOG_EMERG", 0),
    ("LOG_ERR", 3),
    ("LOG_INFO", 6),
    ("LOG_KERN", 0),
    ("LOG_LOCAL0", 128),
    ("LOG_LOCAL1", 136),
    ("LOG_LOCAL2", 144),
    ("LOG_LOCAL3", 152),
    ("LOG_LOCAL4", 160),
    ("LOG_LOCAL5", 168),
    ("LOG_LOCAL6", 176),
    ("LOG_LOCAL7", 184),
    ("LOG_LPR", 48),
    ("LOG_MAIL", 16),
    ("LOG_NDELAY", 8),
    ("LOG_NEWS", 56),
    ("LOG_NOTICE", 5),
    ("LOG_NOWAIT", 16),
    ("LOG_ODELAY", 4),
    ("LOG_PERROR", 32),
    ("LOG_PID", 1),
    ("LOG_SYSLOG", 40),
    ("LOG_USER", 8),
    ("LOG_UUCP", 64),
    ("LOG_WARNING", 4),
];
