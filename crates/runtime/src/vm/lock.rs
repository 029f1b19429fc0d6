//! The interpreter lock: of an interpreter's threads, the one that holds it runs.
//!
//! Each thread has a `Vm` of its own, with its own stack, so handing the lock over copies nothing.
//! What moves with it is what the threads have one of and the running one must see: the word that the
//! heap and the host write their wishes to ([`breaker`](super::state::breaker)), and how deep
//! releases are nested on the native stack.
//!
//! A thread that has waited for the switch interval asks the holder, by a bit in its breaker, to let
//! go at its next safe point; the holder then waits until another thread has had the lock.  While
//! there is one thread nothing of this happens: blocking calls do not even let go.
#![allow(unsafe_code)]

use std::cell::{Cell, RefCell};
use std::ptr::NonNull;
use std::sync::atomic::Ordering;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::state::{Vm, breaker};

/// Wishes that concern whoever runs.
const CARRIED: u32 = breaker::COLLECT | breaker::MEMORY_LIMIT | breaker::STRESS | breaker::BUDGET;

/// The threads of an interpreter and the lock between them.
#[derive(Default)]
pub(crate) struct Threads {
    state: Mutex<LockState>,
    /// The lock became free.
    free: Condvar,
    /// Another thread took the lock.
    taken: Condvar,
    /// There are several threads.  Changed by the lock's holder only.
    shared: Cell<bool>,
    /// All threads that have begun and not ended.
    pub(super) all: RefCell<Vec<*const Vm>>,
    /// The program ends: no thread begins any more.
    pub(super) closed: Cell<bool>,
    /// The thread that signals are handled on.
    pub(super) main: Cell<*const Vm>,
    /// Native stack of new threads in bytes, as asked for; 0 for the usual.
    pub(super) stack_size: Cell<usize>,
}

struct LockState {
    /// The thread that runs; null for none.
    holder: *const Vm,
    /// The thread that ran last.
    last: *const Vm,
    /// How often another thread took the lock.
    switches: u64,
    /// Threads that wait for the lock.
    waiting: usize,
    /// How long a thread waits before it asks the holder to let go.
    interval: Duration,
    /// The interpreter ends: no other thread runs again.
    frozen: bool,
    /// Wishes on their way to the next holder.
    carried: u32,
    /// What is left of the budget.
    budget: u64,
}

impl Default for LockState {
    fn default() -> Self {
        LockState {
            holder: std::ptr::null(),
            last: std::ptr::null(),
            switches: 0,
            waiting: 0,
            interval: Duration::from_millis(5),
            frozen: false,
            carried: 0,
            budget: 0,
        }
    }
}

impl Threads {
    fn lock(&self) -> MutexGuard<'_, LockState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes how many threads there are, after `all` has changed.
    pub(super) fn count_changed(&self) {
        self.shared.set(self.all.borrow().len() > 1);
    }
}

impl Vm {
    /// Makes this the only thread of its interpreter, running.
    pub(super) fn become_first_thread(&'static self) {
        let threads = &self.interp.threads;
        let mut state = threads.lock();
        state.holder = self;
        state.last = self;
        state.waiting = 0;
        drop(state);
        *threads.all.borrow_mut() = vec![std::ptr::from_ref(self)];
        threads.count_changed();
        threads.main.set(self);
        self.thread.note_identity();
        self.connect_heap();
    }

    fn connect_heap(&self) {
        // SAFETY: a `Vm` whose thread runs outlives the time it holds the lock; the next holder
        // names its own word before it does anything else.
        let word = unsafe { NonNull::from(&self.breaker).as_ref() };
        self.heap
            .set_breaker(word, breaker::COLLECT, breaker::MEMORY_LIMIT);
    }

    /// Runs a call that touches no object while other threads may run Python code.
    #[inline]
    pub fn allow_threads<R>(&self, call: impl FnOnce() -> R) -> R {
        if !self.interp.threads.shared.get() {
            return call();
        }
        self.release_lock();
        let result = call();
        self.take_lock();
        result
    }

    /// Lets another thread run.
    pub(super) fn release_lock(&self) {
        let threads = &self.interp.threads;
        let wishes = self
            .breaker
            .fetch_and(!(CARRIED | breaker::SWITCH), Ordering::Relaxed);
        self.thread.release_depth.set(self.heap.release_depth());
        let mut state = threads.lock();
        state.carried = wishes & CARRIED;
        state.budget = self.budget.get();
        state.holder = std::ptr::null();
        if state.waiting > 0 {
            threads.free.notify_one();
        }
    }

    /// Waits until this thread may run.
    pub(super) fn take_lock(&self) {
        let threads = &self.interp.threads;
        let mut state = threads.lock();
        loop {
            if state.frozen {
                drop(state);
                loop {
                    std::thread::park();
                }
            }
            if state.holder.is_null() {
                break;
            }
            let seen = state.switches;
            let interval = state.interval;
            state.waiting += 1;
            let waited = threads.free.wait_timeout(state, interval);
            let (now, time) = waited.unwrap_or_else(PoisonError::into_inner);
            state = now;
            state.waiting -= 1;
            if time.timed_out() && state.switches == seen {
                // SAFETY: null, or a thread that cannot end before it has let go, for which it
                // needs the mutex held here.
                if let Some(holder) = unsafe { state.holder.as_ref() } {
                    holder.breaker.fetch_or(breaker::SWITCH, Ordering::Relaxed);
                }
            }
        }
        state.holder = self;
        if !std::ptr::eq(state.last, self) {
            state.last = self;
            state.switches += 1;
        }
        threads.taken.notify_all();
        let carried = std::mem::take(&mut state.carried);
        self.budget.set(state.budget);
        drop(state);
        self.connect_heap();
        self.heap.set_release_depth(self.thread.release_depth.get());
        self.breaker.fetch_or(carried, Ordering::Relaxed);
    }

    /// Lets a thread that has waited long enough run first.
    #[cold]
    pub(super) fn yield_lock(&self) {
        let threads = &self.interp.threads;
        if !threads.shared.get() {
            // The wish came from a thread that has ended, or that was still waiting when the
            // interpreter began to end: this thread would be kept out with the others.
            self.breaker.fetch_and(!breaker::SWITCH, Ordering::Relaxed);
            return;
        }
        self.release_lock();
        let mut state = threads.lock();
        while state.waiting > 0 && std::ptr::eq(state.last, self) {
            state = threads
                .taken
                .wait(state)
                .unwrap_or_else(PoisonError::into_inner);
        }
        drop(state);
        self.take_lock();
    }

    /// Sets how long a thread waits before the running one must let go.
    pub(crate) fn set_lock_interval(&self, seconds: f64) {
        // Longer than any program runs.
        let seconds = seconds.clamp(1e-6, 1e9);
        self.interp.threads.lock().interval = Duration::from_secs_f64(seconds);
    }

    /// Keeps all other threads from running ever again.
    pub(super) fn freeze_threads(&self) {
        let threads = &self.interp.threads;
        threads.lock().frozen = true;
        threads.shared.set(false);
    }

    /// Runs a call that may split the process.  The child has one thread, this one.
    pub(super) fn around_fork(&self, fork: impl FnOnce() -> Result<i32, i32>) -> Result<i32, i32> {
        let threads = &self.interp.threads;
        // The child must not find the mutex held by a thread that it has not.
        let mut state = threads.lock();
        let result = fork();
        if result != Ok(0) {
            return result;
        }
        state.waiting = 0;
        state.last = self;
        drop(state);
        for &thread in threads.all.borrow().iter() {
            if !std::ptr::eq(thread, self) {
                // SAFETY: the thread is gone, its state stays: nobody ends it.
                unsafe { &*thread }.thread.parker.abandon();
            }
        }
        *threads.all.borrow_mut() = vec![std::ptr::from_ref(self)];
        threads.count_changed();
        threads.main.set(self);
        self.interp.import_locks.keep_only(self.thread_number());
        self.thread.note_identity();
        self.signals_come_here();
        result
    }
}
