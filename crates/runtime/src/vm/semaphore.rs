//! Semaphores that a process shares with the processes it forks, and by a name with others.
#![allow(unsafe_code)]

use std::ffi::CStr;
use std::ptr::NonNull;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::system::SysResult;

/// A semaphore of the system.
pub struct SharedSemaphore {
    place: NonNull<libc::sem_t>,
    /// Whether it is in a mapping of its own, which forked processes share; else the C library
    /// has mapped it, by its name.
    anonymous: bool,
}

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
            Ok(SharedSemaphore {
                place: semaphore,
                anonymous: true,
            })
        }
    }

    /// A new semaphore with a value, which other processes find by its name.
    pub fn create(name: &CStr, value: u32) -> SysResult<SharedSemaphore> {
        let (flags, mode) = (libc::O_CREAT | libc::O_EXCL, 0o600);
        // SAFETY: the name ends with a zero and lives during the call; mode and value are what the
        // function takes where it creates one.
        SharedSemaphore::opened(unsafe { libc::sem_open(name.as_ptr(), flags, mode, value) })
    }

    /// The semaphore that another process, or this one, has made under a name.
    pub fn open(name: &CStr) -> SysResult<SharedSemaphore> {
        // SAFETY: the name ends with a zero and lives during the call.
        SharedSemaphore::opened(unsafe { libc::sem_open(name.as_ptr(), 0) })
    }

    fn opened(semaphore: *mut libc::sem_t) -> SysResult<SharedSemaphore> {
        match NonNull::new(semaphore) {
            Some(place) if semaphore != libc::SEM_FAILED => Ok(SharedSemaphore {
                place,
                anonymous: false,
            }),
            _ => Err(last_error()),
        }
    }

    /// Takes a name away; those who have the semaphore keep it.
    pub fn unlink(name: &CStr) -> SysResult<()> {
        // SAFETY: the name ends with a zero and lives during the call.
        match unsafe { libc::sem_unlink(name.as_ptr()) } {
            0 => Ok(()),
            _ => Err(last_error()),
        }
    }

    /// An address that tells it from others.
    pub fn address(&self) -> usize {
        self.place.as_ptr() as usize
    }

    /// Lowers the value if it is not zero.
    pub fn try_wait(&self) -> SysResult<bool> {
        // SAFETY: initialised, and there until this value goes.
        match unsafe { libc::sem_trywait(self.place.as_ptr()) } {
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
                None => libc::sem_wait(self.place.as_ptr()),
                Some(until) => {
                    let since = until.duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO);
                    let time = libc::timespec {
                        tv_sec: since.as_secs() as libc::time_t,
                        tv_nsec: since.subsec_nanos().into(),
                    };
                    libc::sem_timedwait(self.place.as_ptr(), &raw const time)
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
        if unsafe { libc::sem_post(self.place.as_ptr()) } == 0 {
            Ok(())
        } else {
            Err(last_error())
        }
    }

    /// The value.
    pub fn value(&self) -> SysResult<i32> {
        let mut value = 0;
        // SAFETY: as for `try_wait`; the value is written to a valid place.
        match unsafe { libc::sem_getvalue(self.place.as_ptr(), &raw mut value) } {
            0 => Ok(value.max(0)),
            _ => Err(last_error()),
        }
    }
}

impl Drop for SharedSemaphore {
    fn drop(&mut self) {
        let place = self.place.as_ptr();
        // SAFETY: the mapping made in `new`, or what `sem_open` gave; nobody uses it any more.
        // Other processes have mappings of their own.
        unsafe {
            if self.anonymous {
                libc::munmap(place.cast(), SIZE);
            } else {
                libc::sem_close(place);
            }
        }
    }
}
