//! Terminals, and ranges of files: what is asked of descriptors of certain kinds.

use std::os::fd::IntoRawFd;

use runtime::Vm;
use runtime::object::{MethodDef, PyResult};
use runtime::vm::{children, system, terminal};
use rustix::process::Pid;

use super::finish;
use crate::paths::{descriptor, os_error};

fn pair(vm: &Vm, first: i32, second: i32) -> PyResult {
    Ok(vm.tuple_value([first, second].map(|number| vm.int(number.into()))))
}

/// A call that tells its error by what it returns, repeated when a signal interrupts it.
fn retry(vm: &Vm, mut call: impl FnMut() -> Result<(), i32>) -> PyResult {
    loop {
        match vm.allow_threads(&mut call) {
            Err(libc::EINTR) => vm.handle_signals()?,
            result => return finish(vm, result),
        }
    }
}

pub(super) const FUNCTIONS: &[MethodDef] = &[
    MethodDef::bound(
        "openpty",
        "($module, /)",
        "Open a pseudo-terminal.\n\n\
         Return a tuple of (master_fd, slave_fd) containing open file descriptors\n\
         for both the master and slave ends.",
        |vm, _| match children::open_terminal() {
            Ok([ours, theirs]) => pair(vm, ours, theirs),
            Err(errno) => Err(vm.raise_os_error(errno, None, None)),
        },
    ),
    MethodDef::bound(
        "login_tty",
        "($module, fd, /)",
        "Prepare the tty of which fd is a file descriptor for a new login session.\n\n\
         Make the calling process a session leader; make the tty the\n\
         controlling tty, the stdin, the stdout, and the stderr of the\n\
         calling process; close fd.",
        |vm, args| {
            let fd = crate::paths::fd_argument(vm, &args[1])?;
            finish(vm, children::enter_terminal(fd))
        },
    ),
    MethodDef::bound(
        "forkpty",
        "($module, /)",
        "Fork a new process with a new pseudo-terminal as controlling tty.\n\n\
         Returns a tuple of (pid, master_fd).\n\
         Like fork(), return pid of 0 to the child process,\n\
         and pid of child to the parent process.\n\
         To both, return fd of newly opened pseudo-terminal.",
        |vm, _| {
            if vm.is_shutting_down() {
                return Err(vm.runtime_error("can't fork at interpreter shutdown"));
            }
            vm.before_fork();
            let result = children::fork_with_terminal(vm);
            match result {
                Ok((0, _)) => vm.after_fork_in_child(),
                Ok(_) => {
                    vm.after_fork_in_parent();
                    vm.warn_of_fork_among_threads("forkpty")?;
                }
                Err(_) => vm.after_fork_in_parent(),
            }
            match result {
                Ok((pid, ours)) => pair(vm, pid, ours),
                Err(errno) => Err(vm.raise_os_error(errno, None, None)),
            }
        },
    ),
    MethodDef::bound(
        "tcgetpgrp",
        "($module, fd, /)",
        "Return the process group associated with the terminal specified by fd.",
        |vm, args| {
            let file = descriptor(vm, vm.arg_int(&args[1])?)?;
            match rustix::termios::tcgetpgrp(file) {
                Ok(group) => Ok(vm.int(group.as_raw_nonzero().get().into())),
                Err(error) => Err(os_error(vm, error)),
            }
        },
    ),
    MethodDef::bound(
        "tcsetpgrp",
        "($module, fd, pgid, /)",
        "Set the process group associated with the terminal specified by fd.",
        |vm, args| {
            let (fd, group) = (vm.arg_int(&args[1])?, vm.arg_int(&args[2])?);
            finish(vm, terminal::set_group(fd, group))
        },
    ),
    MethodDef::bound(
        "lockf",
        "($module, fd, command, length, /)",
        "Apply, test or remove a POSIX lock on an open file descriptor.\n\n  \
         fd\n    An open file descriptor.\n  \
         command\n    One of F_LOCK, F_TLOCK, F_ULOCK or F_TEST.\n  \
         length\n    The number of bytes to lock, starting at the current position.",
        |vm, args| {
            let (fd, command) = (vm.arg_int(&args[1])?, vm.arg_int(&args[2])?);
            let length = vm.arg_long(&args[3])?;
            retry(vm, || system::lock_from_here(fd, command, length))
        },
    ),
    MethodDef::bound(
        "posix_fallocate",
        "($module, fd, offset, length, /)",
        "Ensure a file has allocated at least a particular number of bytes on disk.\n\n\
         Ensure that the file specified by fd encompasses a range of bytes\n\
         starting at offset bytes from the beginning and continuing for length bytes.",
        |vm, args| {
            let fd = vm.arg_int(&args[1])?;
            let (offset, length) = (vm.arg_long(&args[2])?, vm.arg_long(&args[3])?);
            retry(vm, || system::allocate(fd, offset, length))
        },
    ),
    MethodDef::bound(
        "posix_fadvise",
        "($module, fd, offset, length, advice, /)",
        "Announce an intention to access data in a specific pattern.\n\n\
         Announce an intention to access data in a specific pattern, thus allowing\n\
         the kernel to make optimizations.\n\
         The advice applies to the region of the file specified by fd starting at\n\
         offset and continuing for length bytes.\n\
         advice is one of POSIX_FADV_NORMAL, POSIX_FADV_SEQUENTIAL,\n\
         POSIX_FADV_RANDOM, POSIX_FADV_NOREUSE, POSIX_FADV_WILLNEED, or\n\
         POSIX_FADV_DONTNEED.",
        |vm, args| {
            let fd = vm.arg_int(&args[1])?;
            let (offset, length) = (vm.arg_long(&args[2])?, vm.arg_long(&args[3])?);
            let advice = vm.arg_int(&args[4])?;
            retry(vm, || system::advise(fd, offset, length, advice))
        },
    ),
    MethodDef::bound(
        "pidfd_open",
        "($module, /, pid, flags=0)",
        "Return a file descriptor referring to the process *pid*.\n\n\
         The descriptor can be used to perform process management without races and\n\
         signals.",
        |vm, args| {
            let pid = vm.arg_int(&args[1])?;
            let flags = args[2].given().map_or(Ok(0), |flags| vm.arg_int(flags))?;
            let flags = rustix::process::PidfdFlags::from_bits_retain(flags as u32);
            let Some(pid) = Pid::from_raw(pid.max(0)) else {
                return Err(vm.raise_os_error(libc::EINVAL, None, None));
            };
            match rustix::process::pidfd_open(pid, flags) {
                Ok(file) => Ok(vm.int(file.into_raw_fd().into())),
                Err(error) => Err(os_error(vm, error)),
            }
        },
    ),
];
