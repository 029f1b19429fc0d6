//! What the VM does at safe points when the eval breaker is set: collections, signals, the heap
//! limit.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::state::{Vm, breaker};
use crate::object::PyResult;

/// Ends a running program from another thread.
#[derive(Clone, Copy)]
pub struct InterruptHandle {
    /// The thread that runs it.
    thread: u64,
}

/// The breakers of the threads that handles were asked for, by number.
static BREAKERS: Mutex<Vec<(u64, &'static AtomicU32)>> = Mutex::new(Vec::new());

fn breakers() -> MutexGuard<'static, Vec<(u64, &'static AtomicU32)>> {
    BREAKERS.lock().unwrap_or_else(PoisonError::into_inner)
}

impl InterruptHandle {
    /// Lets the program raise KeyboardInterrupt at its next safe point.  Does nothing if its
    /// interpreter is gone.
    pub fn interrupt(self) {
        for (_, word) in breakers().iter().filter(|known| known.0 == self.thread) {
            word.fetch_or(breaker::INTERRUPT, Ordering::Relaxed);
        }
    }
}

impl Vm {
    /// Collects at every safe point so many apart, or with 0 no longer does.
    pub fn set_collector_stress(&self, rate: u32) {
        self.interp.collector.stress_rate.set(rate);
        if rate != 0 {
            self.breaker.fetch_or(breaker::STRESS, Ordering::Relaxed);
        } else {
            self.breaker.fetch_and(!breaker::STRESS, Ordering::Relaxed);
        }
    }

    /// Lets the program pass so many safe points (function entries and backward jumps), after which
    /// each raises RuntimeError; None for any number.
    pub fn set_budget(&self, steps: Option<u64>) {
        self.budget.set(steps.unwrap_or(0));
        match steps {
            Some(_) => self.breaker.fetch_or(breaker::BUDGET, Ordering::Relaxed),
            None => self.breaker.fetch_and(!breaker::BUDGET, Ordering::Relaxed),
        };
    }

    /// True where a budget is set and used up.
    pub fn budget_is_used_up(&self) -> bool {
        self.breaker.load(Ordering::Relaxed) & breaker::BUDGET != 0 && self.budget.get() == 0
    }

    /// What another thread needs to end the running program with KeyboardInterrupt.
    pub fn interrupt_handle(&'static self) -> InterruptHandle {
        let thread = self.thread_number();
        let mut breakers = breakers();
        if !breakers.iter().any(|known| known.0 == thread) {
            breakers.push((thread, &self.breaker));
        }
        InterruptHandle { thread }
    }

    /// Lets no handle reach this thread any more.
    pub(super) fn forget_handles(&self) {
        let thread = self.thread_number();
        breakers().retain(|known| known.0 != thread);
    }

    /// A safe point inside a long-running native: signals, limits, collections that are due.
    #[inline]
    pub fn check_breaker(&self) -> PyResult<()> {
        match self.breaker.load(Ordering::Relaxed) {
            0 => Ok(()),
            _ => self.handle_breaker(),
        }
    }

    /// Where natives call `str()` or `repr()`, CPython runs a collection that waits for a safe point, and so
    /// what finalisers print comes before the text that is made.
    #[inline]
    pub fn collect_if_waiting(&self) {
        if self.breaker.load(Ordering::Relaxed) & breaker::COLLECT != 0 {
            self.collect_waiting();
        }
    }

    #[cold]
    #[inline(never)]
    fn collect_waiting(&self) {
        self.breaker.fetch_and(!breaker::COLLECT, Ordering::Relaxed);
        self.collect_if_due(false);
    }

    /// Raises MemoryError once the heap is past its limit: in loops that make objects and reach no
    /// safe point.
    #[inline]
    pub fn check_memory(&self) -> PyResult<()> {
        if self.breaker.load(Ordering::Relaxed) & breaker::MEMORY_LIMIT == 0 {
            return Ok(());
        }
        self.tell_of_limit()
    }

    #[cold]
    fn tell_of_limit(&self) -> PyResult<()> {
        self.breaker
            .fetch_and(!breaker::MEMORY_LIMIT, Ordering::Relaxed);
        if self.heap.over_limit() {
            self.heap.told_of_limit();
            return Err(self.memory_error());
        }
        Ok(())
    }

    /// Looks at everything that may have set the breaker.
    #[cold]
    #[inline(never)]
    pub(crate) fn handle_breaker(&self) -> PyResult<()> {
        let set = self.breaker.load(Ordering::Relaxed);
        if set & breaker::MEMORY_LIMIT != 0 {
            self.tell_of_limit()?;
        }
        if set & breaker::BUDGET != 0 {
            let Some(left) = self.budget.get().checked_sub(1) else {
                return Err(self.runtime_error("the operation budget is used up"));
            };
            self.budget.set(left);
        }
        if set & breaker::INTERRUPT != 0 {
            self.breaker
                .fetch_and(!breaker::INTERRUPT, Ordering::Relaxed);
            let class = &self.types.exceptions.keyboard_interrupt;
            return Err(self.raise_value(self.new_exception(class, &[])));
        }
        if set & breaker::SIGNAL != 0 {
            self.breaker.fetch_and(!breaker::SIGNAL, Ordering::Relaxed);
            self.handle_signals()?;
        }
        if set & (breaker::COLLECT | breaker::STRESS) != 0 {
            self.breaker.fetch_and(!breaker::COLLECT, Ordering::Relaxed);
            self.collect_if_due(set & breaker::STRESS != 0);
        }
        if set & breaker::SWITCH != 0 {
            self.yield_lock();
        }
        Ok(())
    }
}
