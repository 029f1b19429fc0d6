//! How the system shares the processors and other means among processes.
//!
//! Errors are the system's error numbers.
#![allow(unsafe_code)]

use super::system::{SysResult, check, last_error};

/// The scheduling priority of processes, lowest number first served.
pub fn priority(which: i32, who: i32) -> SysResult<i32> {
    // SAFETY: works on any numbers; -1 is a priority too, so errno tells errors.
    unsafe {
        *libc::__errno_location() = 0;
        let priority = libc::getpriority(which as _, who as _);
        match (priority, *libc::__errno_location()) {
            (-1, error) if error != 0 => Err(error),
            (priority, _) => Ok(priority),
        }
    }
}

/// Sets the scheduling priority of processes.
pub fn set_priority(which: i32, who: i32, priority: i32) -> SysResult<()> {
    // SAFETY: works on any numbers.
    check(unsafe { libc::setpriority(which as _, who as _, priority) }).map(drop)
}

/// The highest, or the lowest, priority of a scheduling policy.
pub fn priority_limit(policy: i32, highest: bool) -> SysResult<i32> {
    // SAFETY: works on any numbers.
    check(unsafe {
        if highest {
            libc::sched_get_priority_max(policy)
        } else {
            libc::sched_get_priority_min(policy)
        }
    })
}

/// The scheduling policy of a process.
pub fn policy(pid: i32) -> SysResult<i32> {
    // SAFETY: works on any number.
    check(unsafe { libc::sched_getscheduler(pid) })
}

/// The priority of a process within its policy.
pub fn policy_priority(pid: i32) -> SysResult<i32> {
    let mut parameters = libc::sched_param { sched_priority: 0 };
    // SAFETY: the place is valid.
    check(unsafe { libc::sched_getparam(pid, &raw mut parameters) })?;
    Ok(parameters.sched_priority)
}

/// Sets the priority of a process within its policy, and the policy if one is given.
pub fn set_policy(pid: i32, policy: Option<i32>, priority: i32) -> SysResult<()> {
    let parameters = libc::sched_param {
        sched_priority: priority,
    };
    // SAFETY: the structure is complete.
    check(unsafe {
        match policy {
            Some(policy) => libc::sched_setscheduler(pid, policy, &raw const parameters),
            None => libc::sched_setparam(pid, &raw const parameters),
        }
    })
    .map(drop)
}

/// How long a process under the policy "round robin" runs at a time, in seconds.
pub fn time_slice(pid: i32) -> SysResult<f64> {
    let mut time = libc::timespec {
        tv_sec: 0,
        tv_nsec: 0,
    };
    // SAFETY: the place is valid.
    check(unsafe { libc::sched_rr_get_interval(pid, &raw mut time) })?;
    Ok(time.tv_sec as f64 + 1e-9 * time.tv_nsec as f64)
}

/// A limit of a process (0 for this one): what holds now, and how far it may be raised.
pub fn limit(pid: i32, which: i32, new: Option<[u64; 2]>) -> SysResult<[u64; 2]> {
    let new = new.map(|[soft, hard]| libc::rlimit {
        rlim_cur: soft,
        rlim_max: hard,
    });
    let mut old = libc::rlimit {
        rlim_cur: 0,
        rlim_max: 0,
    };
    let new = new.as_ref().map_or(std::ptr::null(), std::ptr::from_ref);
    // SAFETY: both are complete or null.
    check(unsafe { libc::prlimit(pid, which as _, new, &raw mut old) })?;
    Ok([old.rlim_cur, old.rlim_max])
}

/// What was used: seconds in user mode and in the system, and fourteen counts in the order of `rusage`.
pub struct Usage {
    pub times: [f64; 2],
    pub counts: [i64; 14],
}

impl From<&libc::rusage> for Usage {
    fn from(usage: &libc::rusage) -> Usage {
        let seconds = |time: libc::timeval| time.tv_sec as f64 + time.tv_usec as f64 * 1e-6;
        Usage {
            times: [seconds(usage.ru_utime), seconds(usage.ru_stime)],
            counts: [
                usage.ru_maxrss,
                usage.ru_ixrss,
                usage.ru_idrss,
                usage.ru_isrss,
                usage.ru_minflt,
                usage.ru_majflt,
                usage.ru_nswap,
                usage.ru_inblock,
                usage.ru_oublock,
                usage.ru_msgsnd,
                usage.ru_msgrcv,
                usage.ru_nsignals,
                usage.ru_nvcsw,
                usage.ru_nivcsw,
            ],
        }
    }
}

/// What this process, its children or this thread have used.
pub fn usage(who: i32) -> SysResult<Usage> {
    // SAFETY: zeroes are a valid value, and the place is large enough.
    unsafe {
        let mut usage: libc::rusage = std::mem::zeroed();
        check(libc::getrusage(who, &raw mut usage))?;
        Ok(Usage::from(&usage))
    }
}

/// A limit of the file system, by path or descriptor; None where there is none.
pub fn path_limit(place: Result<&std::ffi::CStr, i32>, name: i32) -> SysResult<Option<i64>> {
    // SAFETY: a path has its end; errno tells an error from "no limit".
    unsafe {
        *libc::__errno_location() = 0;
        let value = match place {
            Ok(path) => libc::pathconf(path.as_ptr(), name),
            Err(fd) => libc::fpathconf(fd, name),
        };
        match (value, last_error()) {
            (-1, 0) => Ok(None),
            (-1, error) => Err(error),
            (value, _) => Ok(Some(value)),
        }
    }
}

/// A text of the system's configuration; None where it has none.
pub fn configuration_text(name: i32) -> SysResult<Option<Vec<u8>>> {
    // SAFETY: asks for the length first; the memory has it.
    unsafe {
        *libc::__errno_location() = 0;
        let len = libc::confstr(name, std::ptr::null_mut(), 0);
        if len == 0 {
            return match last_error() {
                0 => Ok(None),
                error => Err(error),
            };
        }
        let mut text = vec![0_u8; len];
        let written = libc::confstr(name, text.as_mut_ptr().cast(), len);
        text.truncate(written.min(len).saturating_sub(1));
        Ok(Some(text))
    }
}
