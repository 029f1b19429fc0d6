//! `_posixsubprocess`: what `subprocess` starts programs with.

use std::ffi::CString;

use runtime::Vm;
use runtime::modules::NativeModule;
use runtime::object::{Args, MethodDef, PyResult, Tuple, Value};
use runtime::vm::spawn::{Spawn, spawn};

use crate::environment::own_environment;

/// The module.
pub static MODULE: NativeModule = NativeModule::new(
    "_posixsubprocess",
    "A POSIX helper for the subprocess module.",
    &[MethodDef::raw(
        "fork_exec",
        "($module, args, executable_list, close_fds, pass_fds, cwd,\n\
             \x20         env, p2cread, p2cwrite, c2pread, c2pwrite, errread, errwrite,\n\
             \x20         errpipe_read, errpipe_write, restore_signals, call_setsid,\n\
             \x20         pgid_to_set, gid, extra_groups, uid, child_umask, preexec_fn,\n\
             \x20         allow_vfork, /)",
        "Spawn a fresh new child process.\n\n\
         Fork a child process, close parent file descriptors as appropriate in the\n\
         child and duplicate the few that are needed before calling exec() in the\n\
         child process.\n\n\
         If close_fds is True, close file descriptors 3 and higher, except those listed\n\
         in the sorted tuple pass_fds.\n\n\
         The preexec_fn, if supplied, will be called immediately before closing file\n\
         descriptors and exec.\n\n\
         If an error occurs in the child process before the exec, it is\n\
         serialized and written to the errpipe_write fd per subprocess.py.\n\n\
         Returns: the child process's PID.\n\n\
         Raises: Only on an error in the parent process.",
        fork_exec,
    )],
);

/// Number of parameters.
const COUNT: usize = 23;

fn strings(vm: &Vm, sequence: &Value) -> PyResult<Vec<CString>> {
    vm.collect(sequence)?
        .iter()
        .map(|item| vm.fs_encode(item))
        .collect()
}

fn identity(vm: &Vm, value: &Value, what: &str, only_values: bool) -> PyResult<Option<u32>> {
    if value.is_none() {
        return Ok(None);
    }
    match crate::paths::identity(vm, value, "id") {
        Ok(u32::MAX) => Err(vm.value_error(format!("invalid {what} id"))),
        Ok(number) => Ok(Some(number)),
        // What no C integer holds is told apart for the user and group of the child alone.
        Err(raised) if only_values => {
            drop(vm.take_exception(raised));
            Err(vm.value_error(format!("invalid {what} id")))
        }
        Err(raised) => Err(raised),
    }
}

fn fork_exec(vm: &Vm, args: Args<'_>) -> PyResult {
    let args = args.skip_first();
    let given = args.values.len();
    let Ok(args) = <&[Value; COUNT]>::try_from(args.values) else {
        return Err(vm.type_error(format!(
            "fork_exec() takes exactly {COUNT} arguments ({given} given)"
        )));
    };
    let [
        arguments,
        programs,
        close_fds,
        pass_fds,
        cwd,
        env,
        p2cread,
        p2cwrite,
        c2pread,
        c2pwrite,
        errread,
        errwrite,
        errpipe_read,
        errpipe_write,
        restore_signals,
        call_setsid,
        pgid,
        gid,
        extra_groups,
        uid,
        umask,
        preexec,
        _,
    ] = args;
    let number = |value: &Value| vm.arg_int(value);
    let close = vm.truth(close_fds)?;
    let report = number(errpipe_write)?;
    if close && report < 3 {
        return Err(vm.value_error("errpipe_write must be >= 3"));
    }
    let Some(pass) = pass_fds.payload::<Tuple>() else {
        return Err(vm.type_error(format!(
            "fork_exec() argument 4 must be tuple, not {}",
            vm.class_name(pass_fds)
        )));
    };
    let mut keep = Vec::new();
    for fd in pass.iter() {
        let fd = vm.arg_int(fd)?;
        if fd < 0 || keep.last().is_some_and(|&last| last >= fd) {
            return Err(vm.value_error("bad value(s) in fds_to_keep"));
        }
        keep.push(fd);
    }
    let programs = strings(vm, programs)?;
    let arguments = strings(vm, arguments)?;
    if !preexec.is_none() && vm.is_shutting_down() {
        return Err(vm.runtime_error("preexec_fn not supported at interpreter shutdown"));
    }
    let environment = if env.is_none() {
        own_environment()
    } else {
        strings(vm, env)?
    };
    let late = env.is_none() && !preexec.is_none();
    let folder = if cwd.is_none() {
        None
    } else {
        Some(vm.fs_encode(cwd)?)
    };
    let groups = if extra_groups.is_none() {
        None
    } else {
        let mut groups = Vec::new();
        for group in vm.collect(extra_groups)? {
            groups.extend(identity(vm, &group, "group", true)?);
        }
        Some(groups)
    };
    let before = || {
        vm.after_fork_in_child();
        match vm.call0(preexec) {
            Ok(_) => true,
            Err(raised) => {
                drop(vm.take_exception(raised));
                false
            }
        }
    };
    // Only where Python code runs in the child need its state be in order.
    let prepares = !preexec.is_none();
    let what = Spawn {
        programs: &programs,
        arguments: &arguments,
        environment: &environment,
        late_environment: late.then_some(&own_environment),
        folder: folder.as_deref(),
        standard: [number(p2cread)?, number(c2pwrite)?, number(errwrite)?],
        parent_ends: [number(p2cwrite)?, number(c2pread)?, number(errread)?],
        close,
        keep: &keep,
        report,
        report_read: number(errpipe_read)?,
        restore_signals: vm.truth(restore_signals)?,
        new_session: vm.truth(call_setsid)?,
        group: number(pgid)?,
        groups: groups.as_deref(),
        gid: identity(vm, gid, "group", false)?,
        uid: identity(vm, uid, "user", false)?,
        umask: number(umask)?,
        before: prepares.then_some(&before),
    };
    if prepares {
        vm.before_fork();
    }
    let result = spawn(vm, &what);
    if prepares {
        vm.after_fork_in_parent();
        vm.warn_of_fork_among_threads("fork")?;
    }
    match result {
        Ok(pid) => Ok(vm.int(pid.into())),
        Err(errno) => Err(vm.raise_os_error(errno, None, None)),
    }
}
