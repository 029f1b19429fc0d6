//! Threads that wait for something that another thread does.
//!
//! What they wait for is guarded by the interpreter lock, so only the sleeping itself needs the
//! system: each thread has a [`Parker`], and a [`WaitQueue`] is the line of those that wait for one
//! thing.  Whoever was woken looks again and, if it came too late, gets in line again.
#![allow(unsafe_code)]

use std::cell::RefCell;
use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::{Duration, Instant};

use super::state::Vm;
use crate::object::PyResult;

/// Where one thread sleeps.
#[derive(Default)]
pub struct Parker {
    /// 1 once somebody has woken the thread.
    word: AtomicU32,
    /// The thread was left behind by a fork.
    gone: AtomicBool,
}

impl Parker {
    /// Forgets earlier wakings: to be called before looking whether there is something to wait for.
    fn reset(&self) {
        self.word.store(0, Ordering::SeqCst);
    }

    /// Ends the thread's sleep, or the next one.  May be called in a signal handler.
    pub(super) fn wake(&self) {
        self.word.store(1, Ordering::SeqCst);
        system::wake(&self.word);
    }

    /// Nobody sleeps here any more.
    pub(super) fn abandon(&self) {
        self.gone.store(true, Ordering::Relaxed);
    }

    /// Sleeps until woken, until a signal arrives, or for the time; it may be shorter.
    fn sleep(&self, time: Option<Duration>) {
        if self.word.load(Ordering::SeqCst) == 0 {
            system::sleep(&self.word, time);
        }
    }
}

#[cfg(target_os = "linux")]
mod system {
    use std::sync::atomic::AtomicU32;
    use std::time::Duration;

    pub fn wake(word: &AtomicU32) {
        let operation = libc::FUTEX_WAKE | libc::FUTEX_PRIVATE_FLAG;
        // SAFETY: only the address is used.
        unsafe { libc::syscall(libc::SYS_futex, word.as_ptr(), operation, 1) };
    }

    pub fn sleep(word: &AtomicU32, time: Option<Duration>) {
        let time = time.map(|time| libc::timespec {
            tv_sec: time.as_secs().min(i64::MAX as u64) as libc::time_t,
            tv_nsec: time.subsec_nanos().into(),
        });
        let time = time.as_ref().map_or(std::ptr::null(), std::ptr::from_ref);
        let operation = libc::FUTEX_WAIT | libc::FUTEX_PRIVATE_FLAG;
        // SAFETY: the word and the time live during the call.
        unsafe { libc::syscall(libc::SYS_futex, word.as_ptr(), operation, 0, time) };
    }
}

#[cfg(not(target_os = "linux"))]
mod system {
    use std::sync::atomic::{AtomicU32, Ordering};
    use std::time::{Duration, Instant};

    /// How long a sleeper sleeps before it looks at its word.
    const SLICE: Duration = Duration::from_millis(1);

    pub fn wake(_word: &AtomicU32) {}

    pub fn sleep(word: &AtomicU32, time: Option<Duration>) {
        let start = Instant::now();
        while word.load(Ordering::SeqCst) == 0 {
            let left = time.map_or(SLICE, |time| time.saturating_sub(start.elapsed()));
            if left.is_zero() {
                return;
            }
            std::thread::sleep(left.min(SLICE));
        }
    }
}

/// The threads that wait for one thing, the longest waiting first.
#[derive(Default)]
pub struct WaitQueue(RefCell<VecDeque<Arc<Parker>>>);

impl WaitQueue {
    /// Waits until `ready` gives something; None if the time runs out first.  Signal handlers run
    /// meanwhile; what they raise ends the wait.
    pub fn wait<R>(
        &self,
        vm: &Vm,
        timeout: Option<Duration>,
        mut ready: impl FnMut() -> Option<R>,
    ) -> PyResult<Option<R>> {
        if let Some(result) = ready() {
            return Ok(Some(result));
        }
        // A time beyond the clock's end is no limit.
        let deadline = timeout.and_then(|timeout| Instant::now().checked_add(timeout));
        let parker = &vm.thread.parker;
        loop {
            parker.reset();
            vm.handle_signals()?;
            if let Some(result) = ready() {
                return Ok(Some(result));
            }
            let left = deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()));
            if left.is_some_and(|left| left.is_zero()) {
                return Ok(None);
            }
            self.0.borrow_mut().push_back(parker.clone());
            vm.allow_threads(|| parker.sleep(left));
            self.0
                .borrow_mut()
                .retain(|other| !Arc::ptr_eq(other, parker));
            if let Some(result) = ready() {
                return Ok(Some(result));
            }
        }
    }

    /// Wakes the thread that has waited longest.
    pub fn wake_one(&self) {
        let mut queue = self.0.borrow_mut();
        while let Some(parker) = queue.pop_front() {
            if !parker.gone.load(Ordering::Relaxed) {
                return parker.wake();
            }
        }
    }

    /// Wakes all threads.
    pub fn wake_all(&self) {
        for parker in self.0.borrow_mut().drain(..) {
            parker.wake();
        }
    }

    /// Forgets who waits: they are threads of the process this one was forked from.
    pub fn clear(&self) {
        self.0.borrow_mut().clear();
    }
}
