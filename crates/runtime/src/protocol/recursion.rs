//! Containers that hold themselves: which objects are being shown at the moment.

use std::cell::RefCell;

use crate::object::Value;
use crate::vm::Vm;

thread_local! {
    /// Identities of the objects whose `repr` runs on this thread.
    static SHOWN: RefCell<Vec<u64>> = const { RefCell::new(Vec::new()) };
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
        SHOWN.with_borrow_mut(|shown| {
            if shown.contains(&object.word()) {
                return None;
            }
            shown.push(object.word());
            Some(ReprGuard(()))
        })
    }
}
