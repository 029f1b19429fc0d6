//! Waiting for child processes.

use runtime::Vm;
use runtime::object::{MethodDef, PyResult, Value};
use runtime::types::struct_sequence::StructSequence;
use runtime::vm::children;
use runtime::vm::system::{self, SysResult};

use crate::modules::resource;

/// `os.waitid_result`.
pub(super) static WAITID_RESULT: StructSequence = StructSequence::new(
    "posix.waitid_result",
    "waitid_result: Result from waitid.\n\n\
     This object may be accessed either as a tuple of\n  \
     (si_pid, si_uid, si_signo, si_status, si_code),\n\
     or via the attributes si_pid, si_uid, and so on.\n\n\
     See os.waitid for more information.",
    &[
        ("si_pid", ""),
        ("si_uid", ""),
        ("si_signo", ""),
        ("si_status", ""),
        ("si_code", ""),
    ],
);

/// Waits, again and again when signals interrupt it and their handlers do not raise.
fn wait<R>(vm: &Vm, mut call: impl FnMut() -> SysResult<R>) -> PyResult<R> {
    loop {
        match crate::blocking::allow_threads(vm, &mut call) {
            Ok(found) => return Ok(found),
            Err(libc::EINTR) => vm.handle_signals()?,
            Err(errno) => return Err(vm.raise_os_error(errno, None, None)),
        }
    }
}

fn with_status(vm: &Vm, pid: i32, options: i32) -> PyResult {
    let (pid, status) = wait(vm, || system::wait_for(pid, options))?;
    Ok(vm.tuple_value([vm.int(pid.into()), vm.int(status.into())]))
}

fn with_usage(vm: &Vm, pid: i32, options: i32) -> PyResult {
    let (pid, status, usage) = wait(vm, || children::wait_with_usage(pid, options))?;
    let usage = resource::usage_value(vm, &usage)?;
    Ok(vm.tuple_value([vm.int(pid.into()), vm.int(status.into()), usage]))
}

pub(super) const FUNCTIONS: &[MethodDef] = &[
    MethodDef::bound(
        "wait",
        "($module, /)",
        "Wait for completion of a child process.\n\n\
         Returns a tuple of information about the child process:\n    (pid, status)",
        |vm, _| with_status(vm, -1, 0),
    ),
    MethodDef::bound(
        "waitpid",
        "($module, pid, options, /)",
        "Wait for completion of a given child process.\n\n\
         Returns a tuple of information regarding the child process:\n    (pid, status)\n\n\
         The options argument is ignored on Windows.",
        |vm, args| {
            let (pid, options) = (vm.arg_int(&args[1])?, vm.arg_int(&args[2])?);
            with_status(vm, pid, options)
        },
    ),
    MethodDef::bound(
        "wait3",
        "($module, /, options)",
        "Wait for completion of a child process.\n\n\
         Returns a tuple of information about the child process:\n  (pid, status, rusage)",
        |vm, args| with_usage(vm, -1, vm.arg_int(&args[1])?),
    ),
    MethodDef::bound(
        "wait4",
        "($module, /, pid, options)",
        "Wait for completion of a specific child process.\n\n\
         Returns a tuple of information about the child process:\n  (pid, status, rusage)",
        |vm, args| {
            let (pid, options) = (vm.arg_int(&args[1])?, vm.arg_int(&args[2])?);
            with_usage(vm, pid, options)
        },
    ),
    MethodDef::bound(
        "waitid",
        "($module, idtype, id, options, /)",
        "Returns the result of waiting for a process or processes.\n\n  \
         idtype\n    Must be one of be P_PID, P_PGID or P_ALL.\n  \
         id\n    The id to wait on.\n  \
         options\n    Constructed from the ORing of one or more of WEXITED, WSTOPPED\n    \
         or WCONTINUED and additionally may be ORed with WNOHANG or WNOWAIT.\n\n\
         Returns either waitid_result or None if WNOHANG is specified and there are\n\
         no children in a waitable state.",
        |vm, args| {
            let (kind, id) = (vm.arg_int(&args[1])?, vm.arg_int(&args[2])?);
            let options = vm.arg_int(&args[3])?;
            match wait(vm, || {
                children::wait_for_any(kind as u32, id as u32, options)
            })? {
                None => Ok(Value::NONE),
                Some(numbers) => {
                    vm.struct_sequence(&WAITID_RESULT, &numbers.map(|number| vm.int(number)))
                }
            }
        },
    ),
];
