//! What the VM does at safe points when the eval breaker is set: collections, signals, the heap
//! limit.

use std::sync::atomic::Ordering;

use super::state::{Vm, breaker};
use crate::object::PyResult;

impl Vm {
    /// Collects at every safe point, or no longer does.
    pub fn set_collector_stress(&self, on: bool) {
        if on {
            self.breaker.fetch_or(breaker::STRESS, Ordering::Relaxed);
        } else {
            self.breaker.fetch_and(!breaker::STRESS, Ordering::Relaxed);
        }
    }

    /// Looks at everything that may have set the breaker.
    #[cold]
    #[inline(never)]
    pub(crate) fn handle_breaker(&self) -> PyResult<()> {
        let set = self.breaker.load(Ordering::Relaxed);
        if set & breaker::MEMORY_LIMIT != 0 {
            self.breaker
                .fetch_and(!breaker::MEMORY_LIMIT, Ordering::Relaxed);
            if self.heap.over_limit() {
                return Err(self.memory_error());
            }
        }
        if set & breaker::SIGNAL != 0 {
            self.breaker.fetch_and(!breaker::SIGNAL, Ordering::Relaxed);
            self.handle_signals()?;
        }
        if set & (breaker::COLLECT | breaker::STRESS) != 0 {
            self.breaker.fetch_and(!breaker::COLLECT, Ordering::Relaxed);
            self.collect_if_due(set & breaker::STRESS != 0);
        }
        Ok(())
    }
}
