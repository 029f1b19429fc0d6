//! Processes: who this one is, what others are sent, what their ends mean.

use runtime::Vm;
use runtime::object::{MethodDef, Value};
use runtime::types::struct_sequence::StructSequence;
use runtime::vm::system;
use rustix::process as native;

use super::finish;
use crate::paths::os_error;

/// `os.times_result`.
pub(super) static TIMES_RESULT: StructSequence = StructSequence::new(
    "posix.times_result",
    "times_result: Result from os.times().\n\n\
     This object may be accessed either as a tuple of\n  \
     (user, system, children_user, children_system, elapsed),\n\
     or via the attributes user, system, children_user, children_system,\nand elapsed.\n\n\
     See os.times for more information.",
    &[
        ("user", "user time"),
        ("system", "system time"),
        ("children_user", "user time of children"),
        ("children_system", "system time of children"),
        (
            "elapsed",
            "elapsed time since an arbitrary point in the past",
        ),
    ],
);

macro_rules! identity {
    ($name:literal, $doc:literal, $value:expr) => {
        MethodDef::bound($name, "($module, /)", $doc, |vm, _| {
            Ok(vm.int(i64::from($value)))
        })
    };
}

macro_rules! status_test {
    ($name:literal, $doc:literal, $test:expr) => {
        status_test!($name, "($module, /, status)", $doc, $test)
    };
    ($name:literal, $signature:literal, $doc:literal, $test:expr) => {
        MethodDef::bound($name, $signature, $doc, |vm, args| {
            let test: fn(&Vm, i32) -> Value = $test;
            Ok(test(vm, vm.arg_int(&args[1])?))
        })
    };
}

pub(super) const FUNCTIONS: &[MethodDef] = &[
    identity!(
        "getpid",
        "Return the current process id.",
        native::getpid().as_raw_nonzero().get()
    ),
    identity!(
        "getppid",
        "Return the parent's process id.\n\n\
         If the parent process has already exited, Windows machines will still\n\
         return its id; others systems will return the id of the 'init' process (1).",
        native::getppid().map_or(0, |pid| pid.as_raw_nonzero().get())
    ),
    identity!(
        "getuid",
        "Return the current process's user id.",
        native::getuid().as_raw()
    ),
    identity!(
        "geteuid",
        "Return the current process's effective user id.",
        native::geteuid().as_raw()
    ),
    identity!(
        "getgid",
        "Return the current process's group id.",
        native::getgid().as_raw()
    ),
    identity!(
        "getegid",
        "Return the current process's effective group id.",
        native::getegid().as_raw()
    ),
    identity!(
        "getpgrp",
        "Return the current process group id.",
        native::getpgrp().as_raw_nonzero().get()
    ),
    MethodDef::bound(
        "getpgid",
        "($module, /, pid)",
        "Call the system call getpgid(), and return the result.",
        |vm, args| match native::getpgid(native::Pid::from_raw(vm.arg_int(&args[1])?)) {
            Ok(group) => Ok(vm.int(group.as_raw_nonzero().get().into())),
            Err(error) => Err(os_error(vm, error)),
        },
    ),
    MethodDef::bound(
        "getsid",
        "($module, pid, /)",
        "Call the system call getsid(pid) and return the result.",
        |vm, args| match native::getsid(native::Pid::from_raw(vm.arg_int(&args[1])?)) {
            Ok(session) => Ok(vm.int(session.as_raw_nonzero().get().into())),
            Err(error) => Err(os_error(vm, error)),
        },
    ),
    MethodDef::bound(
        "setsid",
        "($module, /)",
        "Call the system call setsid().",
        |vm, _| match native::setsid() {
            Ok(_) => Ok(Value::NONE),
            Err(error) => Err(os_error(vm, error)),
        },
    ),
    MethodDef::bound(
        "getgroups",
        "($module, /)",
        "Return list of supplemental group IDs for the process.",
        |vm, _| match native::getgroups() {
            Ok(groups) => {
                let groups: Vec<Value> = groups
                    .iter()
                    .map(|group| vm.int(group.as_raw().into()))
                    .collect();
                Ok(vm.list_from(groups)?.into_value())
            }
            Err(error) => Err(os_error(vm, error)),
        },
    ),
    MethodDef::bound(
        "umask",
        "($module, mask, /)",
        "Set the current numeric umask and return the previous umask.",
        |vm, args| {
            let mask = super::files::mode(vm, &args[1], 0)?;
            Ok(vm.int(native::umask(mask).bits().into()))
        },
    ),
    MethodDef::bound(
        "nice",
        "($module, increment, /)",
        "Add increment to the priority of process and return the new priority.",
        |vm, args| match native::nice(vm.arg_int(&args[1])?) {
            Ok(priority) => Ok(vm.int(priority.into())),
            Err(error) => Err(os_error(vm, error)),
        },
    ),
    MethodDef::bound(
        "kill",
        "($module, pid, signal, /)",
        "Kill a process with a signal.",
        |vm, args| {
            let (pid, signal) = (vm.arg_int(&args[1])?, vm.arg_int(&args[2])?);
            finish(vm, system::kill(pid, signal))?;
            // The handler of one sent to oneself has run when this returns.
            vm.handle_signals()?;
            Ok(Value::NONE)
        },
    ),
    MethodDef::bound(
        "killpg",
        "($module, pgid, signal, /)",
        "Kill a process group with a signal.",
        |vm, args| {
            let (group, signal) = (vm.arg_int(&args[1])?, vm.arg_int(&args[2])?);
            finish(vm, system::kill_group(group, signal))?;
            vm.handle_signals()?;
            Ok(Value::NONE)
        },
    ),
    MethodDef::bound(
        "_exit",
        "($module, /, status)",
        "Exit to the system with specified status, without normal exit processing.",
        |vm, args| system::exit_now(vm.arg_int(&args[1])?),
    ),
    MethodDef::bound(
        "abort",
        "($module, /)",
        "Abort the interpreter immediately.\n\n\
         This function 'dumps core' or otherwise fails in the hardest way possible\n\
         on the hosting operating system.  This function never returns.",
        |_, _| system::abort(),
    ),
    MethodDef::bound(
        "waitstatus_to_exitcode",
        "($module, /, status)",
        "Convert a wait status to an exit code.",
        |vm, args| {
            let status = vm.arg_int(&args[1])?;
            if libc::WIFEXITED(status) {
                return Ok(vm.int(libc::WEXITSTATUS(status).into()));
            }
            if libc::WIFSIGNALED(status) {
                return Ok(vm.int((-libc::WTERMSIG(status)).into()));
            }
            if libc::WIFSTOPPED(status) {
                return Err(vm.value_error(format!(
                    "process stopped by delivery of signal {}",
                    libc::WSTOPSIG(status)
                )));
            }
            Err(vm.value_error(format!("invalid wait status: {status}")))
        },
    ),
    status_test!(
        "WIFEXITED",
        "Return True if the process returning status exited via the exit() system call.",
        |_, s| { Value::bool(libc::WIFEXITED(s)) }
    ),
    status_test!(
        "WEXITSTATUS",
        "Return the process return code from status.",
        |vm, s| { vm.int(libc::WEXITSTATUS(s).into()) }
    ),
    status_test!(
        "WIFSIGNALED",
        "Return True if the process returning status was terminated by a signal.",
        |_, s| { Value::bool(libc::WIFSIGNALED(s)) }
    ),
    status_test!(
        "WTERMSIG",
        "Return the signal that terminated the process that provided the status value.",
        |vm, s| { vm.int(libc::WTERMSIG(s).into()) }
    ),
    status_test!(
        "WIFSTOPPED",
        "Return True if the process returning status was stopped.",
        |_, s| { Value::bool(libc::WIFSTOPPED(s)) }
    ),
    status_test!(
        "WSTOPSIG",
        "Return the signal that stopped the process that provided the status value.",
        |vm, s| { vm.int(libc::WSTOPSIG(s).into()) }
    ),
    status_test!(
        "WIFCONTINUED",
        "Return True if a particular process was continued from a job control stop.\n\nReturn True if the process returning status was continued from a\njob control stop.",
        |_, s| { Value::bool(libc::WIFCONTINUED(s)) }
    ),
    status_test!(
        "WCOREDUMP",
        "($module, status, /)",
        "Return True if the process returning status was dumped to a core file.",
        |_, s| { Value::bool(libc::WCOREDUMP(s)) }
    ),
    MethodDef::bound(
        "times",
        "($module, /)",
        "Return a collection containing process timing information.\n\n\
         The object returned behaves like a named tuple with these fields:\n  \
         (utime, stime, cutime, cstime, elapsed_time)\n\
         All fields are floating point numbers.",
        |vm, _| {
            let ticks = system::configuration(libc::_SC_CLK_TCK).unwrap_or(100) as f64;
            match system::times() {
                Ok(times) => {
                    let values = times.map(|time| vm.float(time as f64 / ticks));
                    vm.struct_sequence(&TIMES_RESULT, &values)
                }
                Err(errno) => Err(vm.raise_os_error(errno, None, None)),
            }
        },
    ),
];
