//! Processes: who this one is, making others, waiting for them.

use std::ffi::CString;

use runtime::Vm;
use runtime::object::{Dict, MethodDef, PyResult, Value};
use runtime::types::struct_sequence::StructSequence;
use runtime::vm::system::{self, SysResult};
use rustix::process as native;

use super::descriptors::strings;
use crate::environment;
use crate::paths::{Allow, os_error, path};

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

/// `os.sched_param`.
pub(super) static SCHED_PARAM: StructSequence = StructSequence::new(
    "posix.sched_param",
    "Currently has only one field: sched_priority",
    &[("sched_priority", "the scheduling priority")],
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
        MethodDef::bound($name, "($module, /, status)", $doc, |vm, args| {
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
        "fork",
        "($module, /)",
        "Fork a child process.\n\n\
         Return 0 to child process and PID of child to parent process.",
        |vm, _| match system::fork(vm) {
            Ok(pid) => Ok(vm.int(pid.into())),
            Err(errno) => Err(vm.raise_os_error(errno, None, None)),
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
        "execv",
        "($module, path, argv, /)",
        "Execute an executable path with arguments, replacing current process.\n\n  \
         path\n    Path of executable file.\n  argv\n    Tuple or list of strings.",
        |vm, args| {
            let variables = environment::all()
                .into_iter()
                .map(|(name, value)| [name, b"=".to_vec(), value].concat());
            let variables = variables
                .filter_map(|entry| CString::new(entry).ok())
                .collect();
            execute(vm, "execv", args, variables)
        },
    ),
    MethodDef::bound(
        "execve",
        "($module, /, path, argv, env)",
        "Execute an executable path with arguments, replacing current process.\n\n  \
         path\n    Path of executable file.\n  argv\n    Tuple or list of strings.\n  \
         env\n    Dictionary of strings mapping to strings.",
        |vm, args| {
            let Some(dict) = args[3].payload::<Dict>() else {
                return Err(vm.type_error("execve: environment must be a mapping object"));
            };
            let mut variables = Vec::new();
            for (name, value) in dict.to_vec() {
                let (name, value) = (vm.fs_encode(&name)?, vm.fs_encode(&value)?);
                let entry = [name.to_bytes(), b"=", value.to_bytes()].concat();
                variables.extend(CString::new(entry));
            }
            execute(vm, "execve", args, variables)
        },
    ),
    MethodDef::bound(
        "wait",
        "($module, /)",
        "Wait for completion of a child process.\n\n\
         Returns a tuple of information about the child process:\n    (pid, status)",
        |vm, _| wait(vm, -1, 0),
    ),
    MethodDef::bound(
        "waitpid",
        "($module, pid, options, /)",
        "Wait for completion of a given child process.\n\n\
         Returns a tuple of information regarding the child process:\n    (pid, status)\n\n\
         The options argument is ignored on Windows.",
        |vm, args| {
            let (pid, options) = (vm.arg_int(&args[1])?, vm.arg_int(&args[2])?);
            wait(vm, pid, options)
        },
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
    MethodDef::bound(
        "sched_yield",
        "($module, /)",
        "Voluntarily relinquish the CPU.",
        |vm, _| {
            crate::blocking::allow_threads(vm, std::thread::yield_now);
            Ok(Value::NONE)
        },
    ),
    MethodDef::bound(
        "sched_getaffinity",
        "($module, pid, /)",
        "Return the affinity of the process identified by pid (or the current process if zero).\n\n\
         The affinity is returned as a set of CPU identifiers.",
        |vm, args| {
            let pid = native::Pid::from_raw(vm.arg_int(&args[1])?);
            match rustix::thread::sched_getaffinity(pid) {
                Ok(cpus) => {
                    let numbers: Vec<Value> = (0..rustix::thread::CpuSet::MAX_CPU)
                        .filter(|&cpu| cpus.is_set(cpu))
                        .map(|cpu| vm.int_usize(cpu))
                        .collect();
                    let list = vm.list_from(numbers)?.into_value();
                    vm.call1(vm.types.set.as_value(), &list)
                }
                Err(error) => Err(os_error(vm, error)),
            }
        },
    ),
];

fn finish(vm: &Vm, result: SysResult<()>) -> PyResult {
    match result {
        Ok(()) => Ok(Value::NONE),
        Err(errno) => Err(vm.raise_os_error(errno, None, None)),
    }
}

fn execute(vm: &Vm, function: &str, args: &[Value], variables: Vec<CString>) -> PyResult {
    let program = path(vm, function, "path", &args[1], Allow::Path)?;
    let sort = format!("{function}() arg 2 must be a tuple or list");
    let arguments = strings(vm, &args[2], &sort)?;
    match arguments.first() {
        None => return Err(vm.value_error(format!("{function}() arg 2 must not be empty"))),
        Some(first) if first.is_empty() => {
            return Err(vm.value_error(format!("{function}() arg 2 first element cannot be empty")));
        }
        Some(_) => {}
    }
    let errno = system::execute(&program.path, &arguments, &variables);
    let shown = (function == "execve").then_some(&program.value);
    Err(vm.raise_os_error(errno, shown, None))
}

fn wait(vm: &Vm, pid: i32, options: i32) -> PyResult {
    loop {
        match crate::blocking::allow_threads(vm, || system::wait_for(pid, options)) {
            Ok((pid, status)) => {
                return Ok(vm.tuple_value([vm.int(pid.into()), vm.int(status.into())]));
            }
            Err(libc::EINTR) => vm.handle_signals()?,
            Err(errno) => return Err(vm.raise_os_error(errno, None, None)),
        }
    }
}
