//! Semaphores that a process shares with the processes it forks.
#![allow(unsafe_code)]

use std::ptr::NonNull;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::system::SysResult;

/// A semaphore of the system, in memory that forked processes share.
pub struct SharedSemaphore(NonNull<libc::sem_t>);

/// Bytes of the mapping.
const SIZE: usize = size_of::<libc::sem_t>();

fn last_error() -> i32 {
    std::io::Error::last_os_error().raw_os_error().unwrap_or(0)
}

impl SharedSemaphore {
    /// A semaphore with a value.
    pub fn new(value: u32) -> SysResult<SharedSemaphore> {
        // SAFETY: a fresh mapping of its own; the semaphore in it is initialised before anybody
        // uses it.
        unsafe {
            let memory = libc::mmap(
                std::ptr::null_mut(),
                SIZE,
                libc::PROT_READ | libc::PROT_WRITE,
                libc::MAP_SHARED | libc::MAP_ANONYMOUS,
                -1,
                0,
            );
            let semaphore = match NonNull::new(memory.cast::<libc::sem_t>()) {
                Some(semaphore) if memory != libc::MAP_FAILED => semaphore,
                _ => return Err(last_error()),
            };
            if libc::sem_init(semaphore.as_ptr(), 1, value) < 0 {
                let error = last_error();
                libc::munmap(memory, SIZE);
                return Err(error);
            }
            Ok(SharedSemaphore(semaphore))
        }
    }

    /// An address that tells it from others.
    pub fn address(&self) -> usize {
        self.0.as_ptr() as usize
    }

    /// Lowers the value if it is not zero.
    pub fn try_wait(&self) -> SysResult<bool> {
        // SAFETY: initialised, and there until this value goes.
        match unsafe { libc::sem_trywait(self.0.as_ptr()) } {
            0 => Ok(true),
            _ => match last_error() {
                libc::EAGAIN => Ok(false),
                error => Err(error),
            },
        }
    }

    /// Lowers the value, waiting while it is zero; false if the time ran out.
    pub fn wait(&self, until: Option<SystemTime>) -> SysResult<bool> {
        // SAFETY: as for `try_wait`; the time lives during the call.
        let result = unsafe {
            match until {
                None => libc::sem_wait(self.0.as_ptr()),
                Some(until) => {
                    let since = until.duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO);
                    let time = libc::timespec {
                        tv_sec: since.as_secs() as libc::time_t,
                        tv_nsec: since.subsec_nanos().into(),
                    };
                    libc::sem_timedwait(self.0.as_ptr(), &raw const time)
                }
            }
        };
        match result {
            0 => Ok(true),
            _ => match last_error() {
                libc::ETIMEDOUT => Ok(false),
                error => Err(error),
            },
        }
    }

    /// Raises the value.
    pub fn post(&self) -> SysResult<()> {
        // SAFETY: as for `try_wait`.
        if unsafe { libc::sem_post(self.0.as_ptr()) } == 0 {
            Ok(())
        } else {
            Err(last_error())
        }
    }

    /// The value.
    pub fn value(&self) -> SysResult<i32> {
        let mut value = 0;
        // SAFETY: as for `try_wait`; the value is written to a valid place.
        match unsafe { libc::sem_getvalue(self.0.as_ptr(), &raw mut value) } {
            0 => Ok(value.max(0)),
            _ => Err(last_error()),
        }
    }
}

impl Drop for SharedSemaphore {
    fn drop(&mut self) {
        // SAFETY: the mapping made in `new`.  Other processes have mappings of their own.
        unsafe { libc::munmap(self.0.as_ptr().cast(), SIZE) };
    }
}
