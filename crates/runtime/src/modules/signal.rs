//! The module `_signal`; `signal` itself is written in Python.

use std::io;
use std::time::{Duration, Instant};

use super::NativeModule;
use crate::object::{Args, Dict, MethodDef, PyResult, Raised, Ref, Value};
use crate::types::module::Module;
use crate::types::struct_sequence::StructSequence;
use crate::vm::Vm;
use crate::vm::signals::{self, Disposition, SIGNAL_COUNT};

/// Declaration of the module.
pub static MODULE: NativeModule = NativeModule::new(
    "_signal",
    "This module provides mechanisms to use signal handlers in Python.\n",
    METHODS,
)
.with_init(init);

const DEFAULT: i64 = 0;
const IGNORE: i64 = 1;

const METHODS: &[MethodDef] = &[
    MethodDef::bound(
        "default_int_handler",
        "($module, signalnum, frame, /)",
        "The default handler for SIGINT installed by Python.\n\nIt raises KeyboardInterrupt.",
        |vm, _| {
            let class = &vm.types.exceptions.keyboard_interrupt;
            Err(vm.raise_value(vm.new_exception(class, &[])))
        },
    ),
    MethodDef::bound(
        "signal",
        "($module, signalnum, handler, /)",
        "Set the action for the given signal.\n\n\
The action can be SIG_DFL, SIG_IGN, or a callable Python object.\n\
The previous action is returned.  See getsignal() for possible return values.",
        signal,
    ),
    MethodDef::bound(
        "getsignal",
        "($module, signalnum, /)",
        "Return the current action for the given signal.\n\n\
The return value can be:\n  SIG_IGN -- if the signal is being ignored\n  \
SIG_DFL -- if the default action for the signal is in effect\n  \
None    -- if an unknown handler is in effect\n  \
anything else -- the callable Python object used as a handler",
        |vm, args| {
            let number = number(vm, &args[1])?;
            current(vm, number)
        },
    ),
    MethodDef::bound(
        "raise_signal",
        "($module, signalnum, /)",
        "Send a signal to the executing process.",
        |vm, args| {
            let number = vm.arg_int(&args[1])?;
            failed(vm, signals::raise(number))?;
            vm.handle_signals()?;
            Ok(Value::NONE)
        },
    ),
    MethodDef::bound(
        "alarm",
        "($module, seconds, /)",
        "Arrange for SIGALRM to arrive after the given number of seconds.",
        |vm, args| {
            let seconds = vm.arg_int(&args[1])?;
            Ok(vm.int(i64::from(signals::alarm(seconds as u32))))
        },
    ),
    MethodDef::bound(
        "pause",
        "($module, /)",
        "Wait until a signal arrives.",
        |vm, _| {
            signals::pause();
            vm.handle_signals()?;
            Ok(Value::NONE)
        },
    ),
    MethodDef::bound(
        "strsignal",
        "($module, signalnum, /)",
        "Return the system description of the given signal.\n\n\
Returns the description of signal *signalnum*, such as \"Interrupt\"\n\
for :const:`SIGINT`. Returns :const:`None` if *signalnum` has no\n\
description. Raises :exc:`ValueError` if *signalnum* is invalid.",
        |vm, args| {
            let number = number(vm, &args[1])?;
            let text = signals::description(number as i32);
            Ok(text.map_or(Value::NONE, |text| vm.str_value(&text)))
        },
    ),
    MethodDef::bound(
        "setitimer",
        "($module, which, seconds, interval=0.0, /)",
        "Sets given itimer (one of ITIMER_REAL, ITIMER_VIRTUAL or ITIMER_PROF).\n\n\
The timer will fire after value seconds and after that every interval seconds.\n\
The itimer can be cleared by setting seconds to zero.\n\n\
Returns old values as a tuple: (delay, interval).",
        |vm, args| {
            let which = vm.arg_int(&args[1])?;
            let first = vm.as_f64(&args[2])?;
            let interval = match args[3].given() {
                Some(interval) => vm.as_f64(interval)?,
                None => 0.0,
            };
            timer(vm, signals::interval_timer(which, Some((first, interval))))
        },
    ),
    MethodDef::bound(
        "getitimer",
        "($module, which, /)",
        "Returns current value of given itimer.",
        |vm, args| {
            let which = vm.arg_int(&args[1])?;
            timer(vm, signals::interval_timer(which, None))
        },
    ),
    MethodDef::bound(
        "valid_signals",
        "($module, /)",
        "Return a set of valid signal numbers on this platform.\n\n\
The signal numbers returned by this function can be safely passed to\n\
functions like `pthread_kill`.",
        |vm, _| {
            let all = (1..SIGNAL_COUNT as i32).filter(|n| !(32..34).contains(n));
            set(vm, all.collect())
        },
    ),
    MethodDef::bound(
        "pthread_sigmask",
        "($module, how, mask, /)",
        "Fetch and/or change the signal mask of the calling thread.",
        |vm, args| {
            let how = vm.arg_int(&args[1])?;
            let old = failed(vm, signals::mask(how, &numbers(vm, &args[2])?))?;
            vm.handle_signals()?;
            set(vm, old)
        },
    ),
    MethodDef::bound(
        "pthread_kill",
        "($module, thread_id, signalnum, /)",
        "Send a signal to a thread.",
        |vm, args| {
            if args[1].as_int().is_none() {
                let class = vm.class_name(&args[1]);
                return Err(vm.type_error(format!(
                    "pthread_kill() argument 1 must be int, not {class}"
                )));
            }
            let thread = vm.arg_unsigned_long(&args[1])?;
            let signal = vm.arg_int(&args[2])?;
            failed(vm, vm.signal_thread(thread, signal))?;
            vm.handle_signals()?;
            Ok(Value::NONE)
        },
    ),
    MethodDef::bound(
        "sigpending",
        "($module, /)",
        "Examine pending signals.\n\n\
Returns a set of signal numbers that are pending for delivery to\nthe calling thread.",
        |vm, _| set(vm, failed(vm, signals::pending())?),
    ),
    MethodDef::bound(
        "sigwait",
        "($module, sigset, /)",
        "Wait for a signal.",
        |vm, args| {
            let signals = numbers(vm, &args[1])?;
            let signal = failed(vm, vm.allow_threads(|| signals::wait(&signals)))?;
            Ok(vm.int(i64::from(signal)))
        },
    ),
    MethodDef::bound(
        "sigwaitinfo",
        "($module, sigset, /)",
        "Wait synchronously until one of the signals in *sigset* is delivered.\n\n\
Returns a struct_siginfo containing information about the signal.",
        |vm, args| {
            let signals = numbers(vm, &args[1])?;
            loop {
                match vm.allow_threads(|| signals::wait_with_info(&signals, None)) {
                    Ok(info) => return siginfo(vm, info),
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => {
                        vm.handle_signals()?;
                    }
                    Err(error) => return Err(os_error(vm, &error)),
                }
            }
        },
    ),
    MethodDef::bound(
        "sigtimedwait",
        "($module, sigset, timeout, /)",
        "Like sigwaitinfo(), but with a timeout.\n\n\
The timeout is specified in seconds, with floating point numbers allowed.",
        |vm, args| {
            let signals = numbers(vm, &args[1])?;
            let seconds = match args[2].as_float() {
                Some(seconds) => seconds,
                None => vm.arg_long(&args[2])? as f64,
            };
            if seconds < 0.0 {
                return Err(vm.value_error("timeout must be non-negative"));
            }
            let Ok(timeout) = Duration::try_from_secs_f64(seconds) else {
                return Err(vm.overflow_error("timestamp out of range for platform time_t"));
            };
            // What no clock reaches is for ever.
            let deadline = Instant::now().checked_add(timeout);
            loop {
                let left = deadline.map(|end| end.saturating_duration_since(Instant::now()));
                match vm.allow_threads(|| signals::wait_with_info(&signals, left)) {
                    Ok(info) => return siginfo(vm, info),
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => {
                        vm.handle_signals()?;
                    }
                    Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                        return Ok(Value::NONE);
                    }
                    Err(error) => return Err(os_error(vm, &error)),
                }
            }
        },
    ),
    MethodDef::bound(
        "pidfd_send_signal",
        "($module, pidfd, signalnum, siginfo=None, flags=0, /)",
        "Send a signal to a process referred to by a pid file descriptor.",
        |vm, args| {
            let (fd, signal) = (vm.arg_int(&args[1])?, vm.arg_int(&args[2])?);
            let flags = args[4].given().map_or(Ok(0), |flags| vm.arg_int(flags))?;
            if args[3].given_not_none().is_some() {
                return Err(vm.type_error("siginfo must be None"));
            }
            failed(vm, signals::send_by_descriptor(fd, signal, flags as u32))?;
            vm.handle_signals()?;
            Ok(Value::NONE)
        },
    ),
    MethodDef::bound(
        "siginterrupt",
        "($module, signalnum, flag, /)",
        "Change system call restart behaviour.\n\n\
If flag is False, system calls will be restarted when interrupted by\n\
signal sig, else system calls will be interrupted.",
        |vm, args| {
            let number = number(vm, &args[1])?;
            let interrupting = vm.truth(&args[2])?;
            failed(vm, signals::set_interrupting(number as i32, interrupting))?;
            Ok(Value::NONE)
        },
    ),
    MethodDef::raw(
        "set_wakeup_fd",
        "",
        "set_wakeup_fd(fd, *, warn_on_full_buffer=True) -> fd\n\n\
Sets the fd to be written to (with the signal number) when a signal\ncomes in.",
        set_wakeup_fd,
    ),
];

fn init(vm: &Vm, _module: &Ref<Module>, dict: &Ref<Dict>) -> PyResult<()> {
    for (name, value) in [
        ("SIG_DFL", DEFAULT),
        ("SIG_IGN", IGNORE),
        ("NSIG", SIGNAL_COUNT as i64),
        ("SIG_BLOCK", i64::from(libc::SIG_BLOCK)),
        ("SIG_UNBLOCK", i64::from(libc::SIG_UNBLOCK)),
        ("SIG_SETMASK", i64::from(libc::SIG_SETMASK)),
        ("ITIMER_REAL", 0),
        ("ITIMER_VIRTUAL", 1),
        ("ITIMER_PROF", 2),
        ("SIGHUP", i64::from(libc::SIGHUP)),
        ("SIGINT", i64::from(libc::SIGINT)),
        ("SIGQUIT", i64::from(libc::SIGQUIT)),
        ("SIGILL", i64::from(libc::SIGILL)),
        ("SIGTRAP", i64::from(libc::SIGTRAP)),
        ("SIGABRT", i64::from(libc::SIGABRT)),
        ("SIGIOT", i64::from(libc::SIGABRT)),
        ("SIGBUS", i64::from(libc::SIGBUS)),
        ("SIGFPE", i64::from(libc::SIGFPE)),
        ("SIGKILL", i64::from(libc::SIGKILL)),
        ("SIGUSR1", i64::from(libc::SIGUSR1)),
        ("SIGSEGV", i64::from(libc::SIGSEGV)),
        ("SIGUSR2", i64::from(libc::SIGUSR2)),
        ("SIGPIPE", i64::from(libc::SIGPIPE)),
        ("SIGALRM", i64::from(libc::SIGALRM)),
        ("SIGTERM", i64::from(libc::SIGTERM)),
        ("SIGSTKFLT", i64::from(libc::SIGSTKFLT)),
        ("SIGCHLD", i64::from(libc::SIGCHLD)),
        ("SIGCLD", i64::from(libc::SIGCHLD)),
        ("SIGCONT", i64::from(libc::SIGCONT)),
        ("SIGSTOP", i64::from(libc::SIGSTOP)),
        ("SIGTSTP", i64::from(libc::SIGTSTP)),
        ("SIGTTIN", i64::from(libc::SIGTTIN)),
        ("SIGTTOU", i64::from(libc::SIGTTOU)),
        ("SIGURG", i64::from(libc::SIGURG)),
        ("SIGXCPU", i64::from(libc::SIGXCPU)),
        ("SIGXFSZ", i64::from(libc::SIGXFSZ)),
        ("SIGVTALRM", i64::from(libc::SIGVTALRM)),
        ("SIGPROF", i64::from(libc::SIGPROF)),
        ("SIGWINCH", i64::from(libc::SIGWINCH)),
        ("SIGIO", i64::from(libc::SIGIO)),
        ("SIGPOLL", i64::from(libc::SIGIO)),
        ("SIGPWR", i64::from(libc::SIGPWR)),
        ("SIGSYS", i64::from(libc::SIGSYS)),
        ("SIGRTMIN", 34),
        ("SIGRTMAX", 64),
    ] {
        vm.define(dict, name, vm.int(value))?;
    }
    let namespace = vm.dict();
    namespace.insert(vm, &vm.intern("__module__"), vm.intern("signal"))?;
    let bases = vm.tuple_value([vm.types.exceptions.os_error.to_value()]);
    let error = vm.call(
        vm.types.type_.as_value(),
        &[vm.intern("itimer_error"), bases, namespace.into_value()],
    )?;
    vm.define(dict, "ItimerError", error)?;
    let class = vm.struct_sequence_class(&STRUCT_SIGINFO)?;
    vm.define(dict, "struct_siginfo", class.into_value())?;
    // An interrupt raises KeyboardInterrupt, by a handler that programs can see and replace.
    let interrupt = libc::SIGINT as usize;
    if signals::disposition(libc::SIGINT).is_ok_and(|d| d == Disposition::Note)
        && let Some(slot) = vm.interp.signal_handlers.of(interrupt)
        && slot.is_empty()
    {
        slot.set(dict.get_str(vm, &vm.intern("default_int_handler"))?);
    }
    Ok(())
}

fn failed<T>(vm: &Vm, result: io::Result<T>) -> PyResult<T> {
    result.map_err(|error| os_error(vm, &error))
}

fn os_error(vm: &Vm, error: &io::Error) -> Raised {
    os_error_of(vm, vm.types.exceptions.os_error.as_value(), error)
}

fn os_error_of(vm: &Vm, class: &Value, error: &io::Error) -> Raised {
    let code = vm.int(i64::from(error.raw_os_error().unwrap_or(0)));
    let text = error.to_string();
    let text = vm.str_value(text.split(" (os error").next().unwrap_or(&text));
    match vm.call(class, &[code, text]) {
        Ok(exception) => vm.raise_value(exception),
        Err(raised) => raised,
    }
}

fn number(vm: &Vm, value: &Value) -> PyResult<usize> {
    match usize::try_from(vm.arg_int(value)?) {
        Ok(number) if (1..SIGNAL_COUNT).contains(&number) => Ok(number),
        _ => Err(vm.value_error("signal number out of range")),
    }
}

fn numbers(vm: &Vm, signals: &Value) -> PyResult<Vec<i32>> {
    let mut numbers = Vec::new();
    vm.for_each(signals, |signal| {
        let index = vm.index(&signal)?;
        // A number that no C integer holds is shown as -1.
        let number = index.as_int().and_then(|n| n.to_i64()).unwrap_or(-1);
        if !(1..SIGNAL_COUNT as i64).contains(&number) {
            return Err(vm.value_error(format!("signal number {number} out of range [1; 64]")));
        }
        if (32..34).contains(&number) {
            let class = &vm.types.exceptions.runtime_warning;
            let text = format!("invalid signal number {number}, please use valid_signals()");
            return vm.warn_here(class, &text);
        }
        numbers.push(number as i32);
        Ok(())
    })?;
    Ok(numbers)
}

fn set(vm: &Vm, signals: Vec<i32>) -> PyResult {
    let signals: Vec<Value> = signals.into_iter().map(|n| vm.int(i64::from(n))).collect();
    vm.call1(vm.types.set.as_value(), &vm.tuple_value(signals))
}

/// What is known of a signal that was waited for.
static STRUCT_SIGINFO: StructSequence = StructSequence::new(
    "signal.struct_siginfo",
    "struct_siginfo: Result from sigwaitinfo or sigtimedwait.\n\n\
     This object may be accessed either as a tuple of\n\
     (si_signo, si_code, si_errno, si_pid, si_uid, si_status, si_band),\n\
     or via the attributes si_signo, si_code, and so on.",
    &[
        ("si_signo", "signal number"),
        ("si_code", "signal code"),
        ("si_errno", "errno associated with this signal"),
        ("si_pid", "sending process ID"),
        ("si_uid", "real user ID of sending process"),
        ("si_status", "exit value or signal"),
        ("si_band", "band event for SIGPOLL"),
    ],
);

fn siginfo(vm: &Vm, info: signals::SignalInfo) -> PyResult {
    vm.struct_sequence(&STRUCT_SIGINFO, &info.map(|number| vm.int(number)))
}

fn timer(vm: &Vm, result: io::Result<(f64, f64)>) -> PyResult {
    let (first, interval) = match result {
        Ok(times) => times,
        Err(error) => {
            let module = vm.import_dotted("_signal")?;
            let class = vm.get_attr(&module, &vm.intern("ItimerError"))?;
            return Err(os_error_of(vm, &class, &error));
        }
    };
    Ok(vm.tuple_value([vm.float(first), vm.float(interval)]))
}

/// The handler of a signal as programs see it.
fn current(vm: &Vm, number: usize) -> PyResult {
    let known = vm
        .interp
        .signal_handlers
        .of(number)
        .and_then(|slot| slot.get());
    if let Some(handler) = known {
        return Ok(handler);
    }
    Ok(match signals::disposition(number as i32) {
        Ok(Disposition::Default) => vm.int(DEFAULT),
        Ok(Disposition::Ignore) => vm.int(IGNORE),
        _ => Value::NONE,
    })
}

fn signal(vm: &Vm, args: &[Value]) -> PyResult {
    let raw = vm.arg_int(&args[1])?;
    let handler = &args[2];
    let is = |n: i64| handler.as_int().and_then(|i| i.to_i64()) == Some(n);
    let callable = vm.class_of(handler).slots().call.is_some();
    let disposition = match () {
        () if callable => Disposition::Note,
        () if is(DEFAULT) => Disposition::Default,
        () if is(IGNORE) => Disposition::Ignore,
        () => {
            return Err(vm.type_error(
                "signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object",
            ));
        }
    };
    let number = number(vm, &vm.int(i64::from(raw)))?;
    vm.handle_signals()?;
    let old = current(vm, number)?;
    failed(vm, signals::set_disposition(number as i32, disposition))?;
    if let Some(slot) = vm.interp.signal_handlers.of(number) {
        slot.set(callable.then(|| handler.clone()));
    }
    Ok(old)
}

fn set_wakeup_fd(vm: &Vm, args: Args<'_>) -> PyResult {
    let args = vm.bind_parameters(
        "set_wakeup_fd",
        "(fd, /, *, warn_on_full_buffer=True)",
        args.skip_first(),
    )?;
    let descriptor = vm.arg_int(&args[0])?;
    let warn = args[1].given().map_or(Ok(true), |warn| vm.truth(warn))?;
    if !vm.is_main_thread() {
        return Err(
            vm.value_error("set_wakeup_fd only works in main thread of the main interpreter")
        );
    }
    if descriptor != -1 {
        let fail = |errno| vm.raise_os_error(errno, None, None);
        crate::object::fd::status(descriptor).map_err(fail)?;
        let flags = crate::vm::system::control(descriptor, libc::F_GETFL, 0).map_err(fail)?;
        if flags & libc::O_NONBLOCK == 0 {
            return Err(vm.value_error(format!("the fd {descriptor} must be in non-blocking mode")));
        }
    }
    Ok(vm.int(i64::from(signals::set_wakeup(descriptor, warn))))
}
