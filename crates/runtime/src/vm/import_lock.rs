//! Threads that import the same module: one runs it, the others wait until it is complete.
//!
//! Where they would wait for each other in a circle, one of them goes on with the incomplete module,
//! as it would in a circle of imports in one thread.

use std::cell::{Cell, RefCell};

use super::park::WaitQueue;
use super::state::Vm;
use crate::object::PyResult;

/// Who imports what.
#[derive(Default)]
pub(crate) struct ImportLocks {
    /// The modules that are being imported, with the numbers of the threads that do so.
    running: RefCell<Vec<(String, u64)>>,
    /// The threads that wait, with the modules they wait for.
    waiting: RefCell<Vec<(u64, String)>>,
    queue: WaitQueue,
    /// How many imports are running.
    count: Cell<usize>,
}

impl ImportLocks {
    /// The thread that imports a module.
    fn owner(&self, name: &str) -> Option<u64> {
        let running = self.running.borrow();
        running
            .iter()
            .find(|(other, _)| other == name)
            .map(|&(_, owner)| owner)
    }

    /// True if the thread has to wait for another one that imports the module.
    fn is_held(&self, name: &str, me: u64) -> bool {
        let Some(mut owner) = self.owner(name).filter(|&owner| owner != me) else {
            return false;
        };
        // Whom the owner waits for, and so on; there are at most as many steps as threads.
        let waiting = self.waiting.borrow();
        for _ in 0..=waiting.len() {
            let Some((_, next)) = waiting.iter().find(|(thread, _)| *thread == owner) else {
                return true;
            };
            match self.owner(next) {
                Some(next) if next == me => return false,
                Some(next) => owner = next,
                None => return true,
            }
        }
        true
    }

    /// Forgets the threads that a forked process has not.
    pub(super) fn keep_only(&self, thread: u64) {
        self.running
            .borrow_mut()
            .retain(|(_, owner)| *owner == thread);
        self.waiting.borrow_mut().clear();
        self.queue.clear();
        self.count.set(self.running.borrow().len());
    }
}

/// A module is being imported by this thread until this goes.
pub(super) struct ImportClaim<'a> {
    vm: &'a Vm,
    name: String,
}

impl Drop for ImportClaim<'_> {
    fn drop(&mut self) {
        let locks = &self.vm.interp.import_locks;
        let me = self.vm.thread_number();
        let mut running = locks.running.borrow_mut();
        if let Some(place) = running
            .iter()
            .rposition(|(name, owner)| *owner == me && *name == self.name)
        {
            running.remove(place);
        }
        locks.count.set(running.len());
        drop(running);
        locks.queue.wake_all();
    }
}

impl Vm {
    /// Waits while another thread imports the module.
    #[inline]
    pub(super) fn wait_for_import(&self, name: &str) -> PyResult<()> {
        // Nearly always nobody imports anything.
        if self.interp.import_locks.count.get() == 0 {
            return Ok(());
        }
        self.wait_for_import_of(name)
    }

    #[cold]
    fn wait_for_import_of(&self, name: &str) -> PyResult<()> {
        let locks = &self.interp.import_locks;
        let me = self.thread_number();
        // At the end other threads do not go on.
        if self.interp.finalizing.get() || !locks.is_held(name, me) {
            return Ok(());
        }
        locks.waiting.borrow_mut().push((me, name.to_owned()));
        // Those that wait already may now be in a circle.
        locks.queue.wake_all();
        let waited = locks
            .queue
            .wait(self, None, || (!locks.is_held(name, me)).then_some(()));
        locks
            .waiting
            .borrow_mut()
            .retain(|(thread, _)| *thread != me);
        waited.map(drop)
    }

    /// Notes that this thread imports the module, after waiting for others that do.
    pub(super) fn claim_import(&self, name: &str) -> PyResult<ImportClaim<'_>> {
        self.wait_for_import(name)?;
        let locks = &self.interp.import_locks;
        let mut running = locks.running.borrow_mut();
        running.push((name.to_owned(), self.thread_number()));
        locks.count.set(running.len());
        Ok(ImportClaim {
            vm: self,
            name: name.to_owned(),
        })
    }
}
