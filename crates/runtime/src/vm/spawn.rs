//! Starting a program in a new process.
#![allow(unsafe_code)]

use std::ffi::{CStr, CString};

use super::state::Vm;
use super::system::{SysResult, fork};

/// What the new process is to be.
pub struct Spawn<'a> {
    /// Paths to try, in order.
    pub programs: &'a [CString],
    /// Its arguments, the name it goes by included.
    pub arguments: &'a [CString],
    /// Its environment as `NAME=VALUE`.
    pub environment: &'a [CString],
    /// The environment after `before` has run, where that may change it.
    pub late_environment: Option<&'a dyn Fn() -> Vec<CString>>,
    /// Where it starts.
    pub folder: Option<&'a CStr>,
    /// Descriptors for standard input, output and error; -1 for the parent's.
    pub standard: [i32; 3],
    /// The parent's ends of pipes to these; -1 for none.
    pub parent_ends: [i32; 3],
    /// Whether other descriptors are closed, `keep` excepted.
    pub close: bool,
    /// Descriptors to keep, ascending.
    pub keep: &'a [i32],
    /// Where the child reports an error, and the parent's end of that.
    pub report: i32,
    /// The parent's end of `report`.
    pub report_read: i32,
    /// Whether signals that Python ignores are to work as usual.
    pub restore_signals: bool,
    /// Whether it leads a new session.
    pub new_session: bool,
    /// The process group to enter, 0 for one of its own, -1 for the parent's.
    pub group: i32,
    /// Further groups.
    pub groups: Option<&'a [u32]>,
    /// Its group.
    pub gid: Option<u32>,
    /// Its user.
    pub uid: Option<u32>,
    /// Its mask for new files' modes, -1 for the parent's.
    pub umask: i32,
    /// Python code that runs in the child first; false if it raised.
    pub before: Option<&'a dyn Fn() -> bool>,
}

fn last_error() -> i32 {
    std::io::Error::last_os_error().raw_os_error().unwrap_or(0)
}

fn check(result: libc::c_int) -> SysResult<libc::c_int> {
    if result < 0 {
        Err(last_error())
    } else {
        Ok(result)
    }
}

fn pointers(strings: &[CString]) -> Vec<*const libc::c_char> {
    strings
        .iter()
        .map(|s| s.as_ptr())
        .chain([std::ptr::null()])
        .collect()
}

/// Starts the process; its number.
pub fn spawn(vm: &Vm, what: &Spawn<'_>) -> SysResult<i32> {
    // All memory is there before the fork: another thread may hold the allocator's lock in it.
    let arguments = pointers(what.arguments);
    let environment = pointers(what.environment);
    let pid = fork(vm)?;
    if pid != 0 {
        return Ok(pid);
    }
    let prepared = redirect(what)
        .map_err(|error| (error, "noexec"))
        .and_then(|()| enter_folder(what).map_err(|error| (error, "noexec:chdir")))
        .and_then(|()| change_identity(what).map_err(|error| (error, "noexec")));
    let (error, stage) = match prepared {
        Err(failure) => failure,
        Ok(()) if what.before.is_some_and(|before| !before()) => {
            report(
                what.report,
                "SubprocessError",
                0,
                "Exception occurred in preexec_fn.",
            );
            super::system::exit_now(255);
        }
        Ok(()) => {
            if what.close {
                close_others(what.keep);
            }
            // Where Python code has run there is memory to be had.
            let late = what.late_environment.map(|environment| environment());
            let late_pointers = late.as_deref().map(pointers);
            let environment = late_pointers.as_ref().unwrap_or(&environment);
            (execute(what.programs, &arguments, environment), "")
        }
    };
    report(what.report, "OSError", error, stage);
    super::system::exit_now(255)
}

/// Gives the child its descriptors.
fn redirect(what: &Spawn<'_>) -> SysResult<()> {
    // SAFETY: the calls work on any numbers; strings and arrays live and have their ends.
    unsafe {
        for fd in what.parent_ends.into_iter().chain([what.report_read]) {
            if fd >= 0 {
                check(libc::close(fd))?;
            }
        }
        let [input, mut output, mut error] = what.standard;
        // Low numbers would be overwritten by those before them.
        if output == 0 {
            output = check(libc::dup(output))?;
        }
        while error == 0 || error == 1 {
            error = check(libc::dup(error))?;
        }
        for (fd, target) in [(input, 0), (output, 1), (error, 2)] {
            if fd == target {
                let flags = check(libc::fcntl(fd, libc::F_GETFD))?;
                check(libc::fcntl(fd, libc::F_SETFD, flags & !libc::FD_CLOEXEC))?;
            } else if fd >= 0 {
                check(libc::dup2(fd, target))?;
            }
        }
        for &fd in what.keep {
            if fd != what.report && fd > 2 {
                let flags = libc::fcntl(fd, libc::F_GETFD);
                if flags >= 0 {
                    check(libc::fcntl(fd, libc::F_SETFD, flags & !libc::FD_CLOEXEC))?;
                }
            }
        }
    }
    Ok(())
}

fn enter_folder(what: &Spawn<'_>) -> SysResult<()> {
    match what.folder {
        None => Ok(()),
        // SAFETY: the path has its end.
        Some(folder) => check(unsafe { libc::chdir(folder.as_ptr()) }).map(drop),
    }
}

/// Makes the child whose and what it is to be.
fn change_identity(what: &Spawn<'_>) -> SysResult<()> {
    // SAFETY: as for `redirect`.
    unsafe {
        if what.umask >= 0 {
            libc::umask(what.umask as libc::mode_t);
        }
        if what.restore_signals {
            libc::signal(libc::SIGPIPE, libc::SIG_DFL);
            libc::signal(libc::SIGXFSZ, libc::SIG_DFL);
        }
        if what.new_session {
            check(libc::setsid())?;
        }
        if what.group >= 0 {
            check(libc::setpgid(0, what.group))?;
        }
        if let Some(groups) = what.groups {
            check(libc::setgroups(groups.len() as _, groups.as_ptr()))?;
        }
        if let Some(gid) = what.gid {
            check(libc::setregid(gid, gid))?;
        }
        if let Some(uid) = what.uid {
            check(libc::setreuid(uid, uid))?;
        }
    }
    Ok(())
}

/// Closes all descriptors from 3 on that are not in the ascending list.
fn close_others(keep: &[i32]) {
    let mut first = 3;
    for &fd in keep.iter().filter(|&&fd| fd >= 3) {
        close_range(first, fd - 1);
        first = fd + 1;
    }
    close_range(first, i32::MAX);
}

fn close_range(first: i32, last: i32) {
    if first > last {
        return;
    }
    // SAFETY: closing works on any numbers.
    unsafe {
        #[cfg(target_os = "linux")]
        if libc::syscall(libc::SYS_close_range, first, last, 0) == 0 {
            return;
        }
        let limit = libc::sysconf(libc::_SC_OPEN_MAX).clamp(256, 1 << 16) as i32;
        for fd in first..=last.min(limit) {
            libc::close(fd);
        }
    }
}

/// Tries the programs; the error to report.
fn execute(
    programs: &[CString],
    arguments: &[*const libc::c_char],
    environment: &[*const libc::c_char],
) -> i32 {
    let mut shown = 0;
    for program in programs {
        // SAFETY: strings and arrays live and have their ends.
        unsafe {
            libc::execve(program.as_ptr(), arguments.as_ptr(), environment.as_ptr());
        }
        let error = last_error();
        // One that is there and cannot be run says more than those that are not there.
        if error != libc::ENOENT && error != libc::ENOTDIR || shown == 0 {
            shown = error;
        }
    }
    shown
}

fn report(fd: i32, class: &str, error: i32, message: &str) {
    use std::io::Write;
    let mut text = [0u8; 128];
    let mut rest = &mut text[..];
    // What does not fit is cut off.
    let _ = write!(rest, "{class}:{error:X}:{message}");
    let left = rest.len();
    let len = text.len() - left;
    // SAFETY: the bytes live during the call.
    unsafe { libc::write(fd, text.as_ptr().cast(), len) };
}
