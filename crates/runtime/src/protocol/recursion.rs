//! Containers that hold themselves: which objects are being shown at the moment.

use std::cell::{Cell, RefCell};

use heap::FreeList;

use crate::object::Value;
use crate::vm::Vm;

thread_local! {
    /// Identities of the objects whose `repr` runs on this thread.
    static SHOWN: RefCell<Vec<u64>> = const { RefCell::new(Vec::new()) };
    /// Whether anything was.
    static ANY_YET: Cell<bool> = const { Cell::new(false) };
}

/// The repr of a container is running until this goes.
pub struct ReprGuard(());

impl Drop for ReprGuard {
    fn drop(&mut self) {
        SHOWN.with_borrow_mut(Vec::pop);
    }
}

impl Vm {
    /// Notes that the object is being shown; None if it is already, so that the caller says `...`.
    pub fn enter_repr(&self, object: &Value) -> Option<ReprGuard> {
        if !ANY_YET.replace(true) {
            // CPython keeps them in a list of the thread's dictionary, both of which are made now.
            self.heap.count_kept_allocation(FreeList::DICT);
            self.heap.count_kept_allocation(FreeList::LIST);
        }
        SHOWN.with_borrow_mut(|shown| {
            if shown.contains(&object.word()) {
                return None;
            }
            shown.push(object.word());
            Some(ReprGuard(()))
        })
    }
}
