//! System calls that name processes and descriptors by number, as Python programs do.
//!
//! Errors are the system's error numbers.
#![allow(unsafe_code)]

use std::ffi::CString;
use std::os::fd::BorrowedFd;

/// What a system call gave, or its error number.
pub type SysResult<T> = Result<T, i32>;

pub(super) fn last_error() -> i32 {
    std::io::Error::last_os_error().raw_os_error().unwrap_or(0)
}

pub(super) fn check(result: libc::c_int) -> SysResult<i32> {
    if result < 0 {
        Err(last_error())
    } else {
        Ok(result)
    }
}

/// A descriptor for one call; negative numbers are none.
pub fn descriptor(fd: i32) -> SysResult<BorrowedFd<'static>> {
    if fd < 0 {
        return Err(libc::EBADF);
    }
    // SAFETY: the number is not -1.  Whether it is open the kernel tells; Python programs name
    // descriptors by number and nothing of ours relies on one that they can name.
    Ok(unsafe { BorrowedFd::borrow_raw(fd) })
}

/// Makes `target` name the same file as `fd`.
pub fn duplicate_to(fd: i32, target: i32, inheritable: bool) -> SysResult<i32> {
    // SAFETY: works on any numbers.
    check(unsafe {
        if inheritable || fd == target {
            libc::dup2(fd, target)
        } else {
            libc::dup3(fd, target, libc::O_CLOEXEC)
        }
    })
}

/// Splits the process; 0 in the child, which goes on with this thread only.
pub fn fork(vm: &super::Vm) -> SysResult<i32> {
    // SAFETY: no other thread of the interpreter is at work: this one holds the lock, whose own
    // mutex it holds too.
    vm.around_fork(|| check(unsafe { libc::fork() }))
}

/// Ends the process at once.
pub fn exit_now(status: i32) -> ! {
    // SAFETY: does not return.
    unsafe { libc::_exit(status) }
}

/// Ends the process by SIGABRT.
pub fn abort() -> ! {
    super::fault::asked_to_abort();
    // SAFETY: does not return.
    unsafe { libc::abort() }
}

/// Replaces the process by a program; returns the error.
pub fn execute(path: &CString, arguments: &[CString], environment: &[CString]) -> i32 {
    let pointers = |strings: &[CString]| -> Vec<*const libc::c_char> {
        strings
            .iter()
            .map(|s| s.as_ptr())
            .chain([std::ptr::null()])
            .collect()
    };
    let (arguments, environment) = (pointers(arguments), pointers(environment));
    // SAFETY: both arrays end with a null and live until the call returns.
    unsafe { libc::execve(path.as_ptr(), arguments.as_ptr(), environment.as_ptr()) };
    last_error()
}

/// Sends a signal.
pub fn kill(pid: i32, signal: i32) -> SysResult<()> {
    super::signals::send(pid, signal).map_err(|error| error.raw_os_error().unwrap_or(0))
}

/// Sends a signal to a process group.
pub fn kill_group(group: i32, signal: i32) -> SysResult<()> {
    // SAFETY: works on any numbers.
    check(unsafe { libc::killpg(group, signal) }).map(drop)
}

/// Waits for a child; its number (0 for none yet) and status.
pub fn wait_for(pid: i32, options: i32) -> SysResult<(i32, i32)> {
    let mut status = 0;
    // SAFETY: the status is written to a valid place.
    let pid = check(unsafe { libc::waitpid(pid, &raw mut status, options) })?;
    Ok((pid, status))
}

/// Clock ticks: user, system, children's user and system, since some moment.
pub fn times() -> SysResult<[i64; 5]> {
    let mut times = std::mem::MaybeUninit::<libc::tms>::uninit();
    // SAFETY: the place is large enough for the answer.
    let elapsed = unsafe { libc::times(times.as_mut_ptr()) };
    if elapsed == -1 {
        return Err(last_error());
    }
    // SAFETY: filled by the successful call.
    let times = unsafe { times.assume_init() };
    Ok([
        times.tms_utime,
        times.tms_stime,
        times.tms_cutime,
        times.tms_cstime,
        elapsed,
    ])
}

/// A limit of the system; None where it has no such limit.
pub fn configuration(name: i32) -> SysResult<i64> {
    // SAFETY: works on any number; errno tells an error from "no limit".
    unsafe {
        *libc::__errno_location() = 0;
        let value = libc::sysconf(name);
        match (value, *libc::__errno_location()) {
            (-1, error) if error != 0 => Err(error),
            (value, _) => Ok(value),
        }
    }
}

/// Load averages over 1, 5 and 15 minutes.
pub fn load_averages() -> Option<[f64; 3]> {
    let mut loads = [0.0; 3];
    // SAFETY: the array has room for three.
    (unsafe { libc::getloadavg(loads.as_mut_ptr(), 3) } == 3).then_some(loads)
}

/// Controls a descriptor by a command that takes a number.
pub fn control(fd: i32, command: i32, argument: i64) -> SysResult<i32> {
    // SAFETY: commands that take an address fail with EFAULT where it is none, as in C.
    check(unsafe { libc::fcntl(fd, command, argument) })
}

/// Controls a descriptor by a command that reads or writes memory, of which there must be enough.
pub fn control_with(fd: i32, command: i32, argument: &mut [u8]) -> SysResult<i32> {
    // SAFETY: no command of the system knows structures as large as the memory callers give.
    check(unsafe { libc::fcntl(fd, command, argument.as_mut_ptr()) })
}

/// Locks or unlocks a whole file.
pub fn lock_file(fd: i32, operation: i32) -> SysResult<()> {
    // SAFETY: works on any numbers.
    check(unsafe { libc::flock(fd, operation) }).map(drop)
}

/// Locks or unlocks part of a file, from `start` (counted from `whence`) for `len` bytes.
pub fn lock_range(fd: i32, kind: i32, wait: bool, [start, len, whence]: [i64; 3]) -> SysResult<()> {
    // SAFETY: a lock of zeros is one.
    let mut lock: libc::flock = unsafe { std::mem::zeroed() };
    lock.l_type = kind as _;
    lock.l_start = start;
    lock.l_len = len;
    lock.l_whence = whence as _;
    let command = if wait { libc::F_SETLKW } else { libc::F_SETLK };
    // SAFETY: the lock lives until the call returns.
    check(unsafe { libc::fcntl(fd, command, &raw const lock) }).map(drop)
}

/// Most memory the process ever held, in KiB, and its CPU times in seconds: user, system.
pub fn resource_usage() -> (i64, f64, f64) {
    let mut usage = std::mem::MaybeUninit::<libc::rusage>::zeroed();
    // SAFETY: the place is large enough; zeroes are a valid value.
    let usage = unsafe {
        libc::getrusage(libc::RUSAGE_SELF, usage.as_mut_ptr());
        usage.assume_init()
    };
    let seconds = |time: libc::timeval| time.tv_sec as f64 + time.tv_usec as f64 * 1e-6;
    (
        usage.ru_maxrss,
        seconds(usage.ru_utime),
        seconds(usage.ru_stime),
    )
}

/// Locks, unlocks or tests a file from its current position on.
pub fn lock_from_here(fd: i32, command: i32, length: i64) -> SysResult<()> {
    // SAFETY: works on any numbers.
    check(unsafe { libc::lockf(fd, command, length) }).map(drop)
}

fn told(result: libc::c_int) -> SysResult<()> {
    if result == 0 { Ok(()) } else { Err(result) }
}

/// Makes sure that there is room on the disk for a range of a file.
pub fn allocate(fd: i32, offset: i64, length: i64) -> SysResult<()> {
    // SAFETY: works on any numbers.
    told(unsafe { libc::posix_fallocate(fd, offset, length) })
}

/// Tells how a range of a file is going to be read.
pub fn advise(fd: i32, offset: i64, length: i64, advice: i32) -> SysResult<()> {
    // SAFETY: works on any numbers.
    told(unsafe { libc::posix_fadvise(fd, offset, length, advice) })
}
