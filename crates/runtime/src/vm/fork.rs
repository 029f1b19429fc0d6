//! What Python code wants done when the process splits (`os.register_at_fork`).

use std::cell::RefCell;

use super::state::Vm;
use crate::object::{PyResult, Value};

/// The functions to be called around a fork, oldest first.
#[derive(Default)]
pub struct ForkHooks {
    before: RefCell<Vec<Value>>,
    in_child: RefCell<Vec<Value>>,
    in_parent: RefCell<Vec<Value>>,
}

impl ForkHooks {
    fn lists(&self) -> [&RefCell<Vec<Value>>; 3] {
        [&self.before, &self.in_child, &self.in_parent]
    }

    /// Adds functions: for before the fork, and after it in the child and in the parent.
    pub fn add(&self, hooks: [Option<&Value>; 3]) {
        for (list, hook) in self.lists().into_iter().zip(hooks) {
            list.borrow_mut().extend(hook.cloned());
        }
    }

    /// Forgets all of them.
    pub(crate) fn clear(&self) {
        for list in self.lists() {
            drop(list.take());
        }
    }

    /// Shows the functions.
    pub(crate) fn each(&self, mut visit: impl FnMut(&Value)) {
        for list in self.lists() {
            if let Ok(list) = list.try_borrow() {
                list.iter().for_each(&mut visit);
            }
        }
    }
}

impl Vm {
    fn call_fork_hooks(&self, hooks: impl Iterator<Item = Value>) {
        for hook in hooks {
            if let Err(raised) = self.call(&hook, &[]) {
                let exception = self.take_exception(raised);
                self.unraisable(exception, Some(&hook), None);
            }
        }
    }

    /// Calls what was registered for the moment before a fork, the last one first.
    pub fn before_fork(&self) {
        let hooks = self.interp.fork_hooks.before.borrow().clone();
        self.call_fork_hooks(hooks.into_iter().rev());
    }

    /// Calls what was registered for the child of a fork.
    pub fn after_fork_in_child(&self) {
        let hooks = self.interp.fork_hooks.in_child.borrow().clone();
        self.call_fork_hooks(hooks.into_iter());
    }

    /// Calls what was registered for the parent of a fork.
    pub fn after_fork_in_parent(&self) {
        let hooks = self.interp.fork_hooks.in_parent.borrow().clone();
        self.call_fork_hooks(hooks.into_iter());
    }

    /// Warns after a fork that the child lacks the other threads, which may have held locks.
    pub fn warn_of_fork_among_threads(&self, function: &str) -> PyResult<()> {
        let mut count = 0;
        self.for_each_thread(|_| count += 1);
        if count < 2 {
            return Ok(());
        }
        self.warn_deprecated(&format!(
            "This process (pid={}) is multi-threaded, use of {function}() may lead to deadlocks in the child.",
            std::process::id()
        ))
    }
}
