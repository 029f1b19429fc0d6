//! `faulthandler`: where a program was when it died, or does not go on.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use runtime::Vm;
use runtime::modules::NativeModule;
use runtime::object::{Args, MethodDef, PyResult, Value};
use runtime::vm::{fault, signals};

/// The module.
pub static MODULE: NativeModule = NativeModule::new(
    "faulthandler",
    "faulthandler module.",
    &[
        MethodDef::raw(
            "enable",
            "",
            "enable(file=sys.stderr, all_threads=True): enable the fault handler",
            |vm, args| {
                let args = vm.bind_parameters(
                    "enable",
                    "(file=None, all_threads=True)",
                    args.skip_first(),
                )?;
                let fd = output(vm, &args[0])?;
                let all = truth(vm, &args[1], true)?;
                match fault::enable(fd, all) {
                    Ok(()) => keep(vm, "enable", &args[0]),
                    Err(errno) => Err(vm.raise_os_error(errno, None, None)),
                }
            },
        ),
        MethodDef::raw(
            "disable",
            "",
            "disable(): disable the fault handler",
            |_, _| Ok(Value::bool(fault::disable())),
        ),
        MethodDef::raw(
            "is_enabled",
            "",
            "is_enabled()->bool: check if the handler is enabled",
            |_, _| Ok(Value::bool(fault::is_enabled())),
        ),
        MethodDef::raw(
            "dump_traceback",
            "",
            "dump_traceback(file=sys.stderr, all_threads=True): dump the traceback of the current \
             thread, or of all threads if all_threads is True, into file",
            |vm, args| {
                let args = vm.bind_parameters(
                    "dump_traceback",
                    "(file=None, all_threads=True)",
                    args.skip_first(),
                )?;
                let fd = output(vm, &args[0])?;
                fault::dump(vm, fd, truth(vm, &args[1], true)?);
                Ok(Value::NONE)
            },
        ),
        MethodDef::raw(
            "dump_traceback_later",
            "",
            "dump_traceback_later(timeout, repeat=False, file=sys.stderr, exit=False):\n\
             dump the traceback of all threads in timeout seconds,\n\
             or each timeout seconds if repeat is True. If exit is True, call _exit(1) which is not safe.",
            dump_later,
        ),
        MethodDef::raw(
            "cancel_dump_traceback_later",
            "",
            "cancel_dump_traceback_later():\ncancel the previous call to dump_traceback_later().",
            |_, _| {
                cancel();
                Ok(Value::NONE)
            },
        ),
        MethodDef::raw(
            "register",
            "",
            "register(signum, file=sys.stderr, all_threads=True, chain=False): register a handler for \
             the signal 'signum': dump the traceback of the current thread, or of all threads if \
             all_threads is True, into file",
            |vm, args| {
                let args = vm.bind_parameters(
                    "register",
                    "(signum, file=None, all_threads=True, chain=False)",
                    args.skip_first(),
                )?;
                let signal = signal(vm, &args[0])?;
                let fd = output(vm, &args[1])?;
                let (all, chain) = (truth(vm, &args[2], true)?, truth(vm, &args[3], false)?);
                match fault::register(signal, fd, all, chain) {
                    Ok(()) => keep(vm, "register", &args[1]),
                    Err(errno) => Err(vm.raise_os_error(errno, None, None)),
                }
            },
        ),
        MethodDef::raw(
            "unregister",
            "",
            "unregister(signum): unregister the handler of the signal 'signum' registered by register()",
            |vm, args| {
                let args = vm.bind_parameters("unregister", "(signum, /)", args.skip_first())?;
                Ok(Value::bool(fault::unregister(signal(vm, &args[0])?)))
            },
        ),
        MethodDef::raw(
            "_sigsegv",
            "",
            "_sigsegv(release_gil=False): raise a SIGSEGV signal",
            |_, _| die(libc::SIGSEGV),
        ),
        MethodDef::raw(
            "_read_null",
            "",
            "_read_null(): read from NULL, raise a SIGSEGV or SIGBUS signal depending on the platform",
            |_, _| die(libc::SIGSEGV),
        ),
        MethodDef::raw(
            "_sigabrt",
            "",
            "_sigabrt(): raise a SIGABRT signal",
            |_, _| die(libc::SIGABRT),
        ),
        MethodDef::raw("_sigfpe", "", "_sigfpe(): raise a SIGFPE signal", |_, _| {
            die(libc::SIGFPE)
        }),
    ],
);

fn die(signal: i32) -> PyResult {
    // A handler may let the first one pass; the process does not survive both.
    for _ in 0..2 {
        let _ = signals::raise(signal);
    }
    Ok(Value::NONE)
}

fn truth(vm: &Vm, value: &Value, default: bool) -> PyResult<bool> {
    value.given().map_or(Ok(default), |value| vm.truth(value))
}

/// The descriptor to write to: a number, that of a file, or that of `sys.stderr`.
fn output(vm: &Vm, file: &Value) -> PyResult<i32> {
    let standard;
    let file = match file.given_not_none() {
        Some(file) => file,
        None => match vm.sys_attribute("stderr") {
            None => return Err(vm.runtime_error("unable to get sys.stderr")),
            Some(file) if file.is_none() => {
                return Err(vm.runtime_error("sys.stderr is None"));
            }
            Some(file) => {
                standard = file;
                &standard
            }
        },
    };
    if file.is_int() {
        return match vm.arg_int(file)? {
            ..0 => Err(vm.value_error("file is not a valid file descriptor")),
            fd => Ok(fd),
        };
    }
    let number = vm.call_method(file, &vm.intern("fileno"), &[])?;
    let fd = match number.as_int().and_then(|number| number.to_i64()) {
        Some(fd @ 0..=0x7fff_ffff) => fd as i32,
        _ => return Err(vm.runtime_error("file.fileno() is not a valid file descriptor")),
    };
    // What cannot be written out now is written later.
    if let Err(raised) = vm.call_method(file, &vm.intern("flush"), &[]) {
        drop(vm.take_exception(raised));
    }
    Ok(fd)
}

/// Keeps a file from being closed as long as it may be written to.
fn keep(vm: &Vm, purpose: &str, file: &Value) -> PyResult {
    let module = vm.import_dotted("faulthandler")?;
    let name = vm.intern(&format!("_file_of_{purpose}"));
    let file = file.given().cloned().unwrap_or(Value::NONE);
    vm.set_attr(&module, &name, &file)?;
    Ok(Value::NONE)
}

/// A signal that may be registered.
fn signal(vm: &Vm, value: &Value) -> PyResult<i32> {
    let number = vm.arg_int(value)?;
    if [
        libc::SIGBUS,
        libc::SIGILL,
        libc::SIGFPE,
        libc::SIGABRT,
        libc::SIGSEGV,
    ]
    .contains(&number)
    {
        return Err(vm.runtime_error(format!(
            "signal {number} cannot be registered, use enable() instead"
        )));
    }
    if !(1..signals::SIGNAL_COUNT as i32).contains(&number) {
        return Err(vm.value_error("signal number out of range"));
    }
    Ok(number)
}

/// A dump that is to come.
struct Watch {
    timeout: Duration,
    repeat: bool,
    fd: i32,
    exit: bool,
    heading: String,
    cancelled: Mutex<bool>,
    changed: Condvar,
}

static WATCH: Mutex<Option<Arc<Watch>>> = Mutex::new(None);

fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn cancel() {
    if let Some(watch) = locked(&WATCH).take() {
        *locked(&watch.cancelled) = true;
        watch.changed.notify_all();
    }
}

impl Watch {
    /// Waits; true if the time has passed, false if the dump was called off.
    fn wait(&self) -> bool {
        let end = Instant::now().checked_add(self.timeout);
        let mut cancelled = locked(&self.cancelled);
        while !*cancelled {
            let left = end.map_or(Duration::MAX, |end| {
                end.saturating_duration_since(Instant::now())
            });
            if left.is_zero() {
                return true;
            }
            let wait = self.changed.wait_timeout(cancelled, left);
            cancelled = wait.unwrap_or_else(PoisonError::into_inner).0;
        }
        false
    }
}

/// What the watching thread runs.  It reads the frames of the others while it has the interpreter's lock, which
/// they give away wherever they wait and at every safe point.
static WATCHING: MethodDef = MethodDef::raw("watch", "", "", |vm, _| {
    let watch = locked(&WATCH).clone();
    if let Some(watch) = watch {
        while vm.allow_threads(|| watch.wait()) {
            fault::dump_others(vm, watch.fd, &watch.heading);
            if watch.exit {
                runtime::vm::system::exit_now(1);
            }
            if !watch.repeat {
                break;
            }
        }
    }
    Ok(Value::NONE)
});

fn dump_later(vm: &Vm, args: Args<'_>) -> PyResult {
    let args = vm.bind_parameters(
        "dump_traceback_later",
        "(timeout, repeat=False, file=None, exit=False)",
        args.skip_first(),
    )?;
    let nanoseconds = crate::modules::time::timeout_nanoseconds(vm, &args[0])?;
    let timeout = match u64::try_from(nanoseconds) {
        Ok(nanoseconds) if nanoseconds >= 1000 => Duration::from_nanos(nanoseconds),
        _ => return Err(vm.value_error("timeout must be greater than 0")),
    };
    let repeat = truth(vm, &args[1], false)?;
    let fd = output(vm, &args[2])?;
    let exit = truth(vm, &args[3], false)?;
    keep(vm, "dump_traceback_later", &args[2])?;
    cancel();
    let seconds = timeout.as_secs();
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    let part = match timeout.subsec_micros() {
        0 => String::new(),
        part => format!(".{part:06}"),
    };
    *locked(&WATCH) = Some(Arc::new(Watch {
        timeout,
        repeat,
        fd,
        exit,
        heading: format!("Timeout ({hours}:{minutes:02}:{rest:02}{part})!\n"),
        cancelled: Mutex::new(false),
        changed: Condvar::new(),
    }));
    let module = vm.import_dotted("faulthandler")?;
    let watching = vm.builtin_function(&WATCHING, &module, &vm.intern(MODULE.name));
    vm.start_thread(&watching, &vm.tuple_value([]), None)?;
    Ok(Value::NONE)
}
