//! `-X importtime`: how long each import takes, alone and with what it imports in turn.

use std::cell::Cell;
use std::time::{Duration, Instant};

use crate::object::{PyResult, Value};
use crate::vm::Vm;

/// What is measured.
#[derive(Debug, Default)]
pub(crate) struct ImportTimes {
    enabled: Cell<bool>,
    /// The head of the table has been written.
    headed: Cell<bool>,
    /// How many imports are under way.
    level: Cell<usize>,
    /// What the imports inside the current one took.
    inner: Cell<Duration>,
}

impl Vm {
    /// Has the times of imports written to the standard error stream.
    pub fn tell_import_times(&self) {
        self.interp.import_times.enabled.set(true);
    }

    /// Imports a module, and tells how long that took if somebody wants to know.
    pub(super) fn timed_import(&self, name: &str, import: impl FnOnce() -> PyResult) -> PyResult {
        let times = &self.interp.import_times;
        if !times.enabled.get() {
            return import();
        }
        if !times.headed.replace(true) {
            self.write_stderr("import time: self [us] | cumulative | imported package\n");
        }
        let level = times.level.get();
        times.level.set(level + 1);
        let outer = times.inner.replace(Duration::ZERO);
        let start = Instant::now();
        let result: PyResult<Value> = import();
        let all = start.elapsed();
        let own = all.saturating_sub(times.inner.get());
        times.level.set(level);
        times.inner.set(outer + all);
        // Rounded up.
        let micros = |time: Duration| time.as_nanos().div_ceil(1000);
        self.write_stderr(&format!(
            "import time: {:>9} | {:>10} | {:indent$}{name}\n",
            micros(own),
            micros(all),
            "",
            indent = level * 2,
        ));
        result
    }
}
