//! System calls that may wait.

use runtime::Vm;

/// Runs a call that touches no Python object while other threads may run Python code.
pub fn allow_threads<R>(vm: &Vm, call: impl FnOnce() -> R) -> R {
    vm.allow_threads(call)
}
