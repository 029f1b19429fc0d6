//! The names of the instances' attributes, which their class keeps.
#![allow(unsafe_code)]

use crate::object::str::{INTERNED, Str};
use crate::object::value::Value;
use std::cell::{Cell, RefCell};

/// Names a class can share among its instances.
pub const MAX_SHARED_KEYS: usize = 30;

/// Inline attributes of an instance whose class tells nothing about them.
pub const DEFAULT_INLINE_CAPACITY: u8 = 4;

/// The names whose values instances of a class store by slot (PEP 412 key sharing).
pub struct SharedKeys {
    names: RefCell<Vec<Value>>,
    /// How many there are, without a borrow: inline caches compare it.
    count: Cell<u32>,
    /// How many more instances may add.  As in CPython every new instance takes one place away,
    /// so that names that come late go to dicts, and classes whose instances differ share little.
    usable: Cell<u32>,
}

impl Default for SharedKeys {
    fn default() -> Self {
        SharedKeys {
            names: RefCell::default(),
            count: Cell::new(0),
            usable: Cell::new(MAX_SHARED_KEYS as u32),
        }
    }
}

impl SharedKeys {
    /// Forgets all names.
    pub(crate) fn clear(&self) {
        self.count.set(0);
        self.names.take();
    }

    /// Number of names.
    #[inline(always)]
    pub fn len(&self) -> usize {
        self.count.get() as usize
    }

    /// True if there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The slot of a name.
    pub fn find(&self, name: &Value) -> Option<usize> {
        let names = self.names.borrow();
        if let Some(index) = names.iter().position(|own| own.is(name)) {
            return Some(index);
        }
        let text = name.as_object::<Str>()?;
        if text.header().has(INTERNED) {
            return None;
        }
        names.iter().position(|own| {
            own.payload::<Str>()
                .is_some_and(|own| own.equals(text.payload()))
        })
    }

    /// The slot of an interned name, a new one if need be; None when all are taken.
    pub(super) fn find_or_add(&self, name: &Value) -> Option<usize> {
        if let Some(index) = self.find(name) {
            return Some(index);
        }
        if self.usable.get() == 0 {
            return None;
        }
        self.usable.set(self.usable.get() - 1);
        let mut names = self.names.borrow_mut();
        names.push(name.clone());
        self.count.set(names.len() as u32);
        Some(names.len() - 1)
    }

    /// Takes note of a new instance.
    #[inline(always)]
    pub(super) fn count_instance(&self) {
        let usable = self.usable.get();
        if usable > 1 {
            self.usable.set(usable - 1);
        }
    }

    /// Shows the names.
    pub fn each_name(&self, each: impl FnMut(&Value)) {
        if let Ok(names) = self.names.try_borrow() {
            names.iter().for_each(each);
        }
    }

    pub(super) fn name(&self, index: usize) -> Option<Value> {
        self.names.borrow().get(index).cloned()
    }
}
