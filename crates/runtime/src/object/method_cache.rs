//! The cache of attribute lookups along resolution orders, by class version and name.
//!
//! An entry does not own the value it remembers: it holds as long as the version does, and
//! every change to a class or a base takes the version away before the value can go
//! (`Class::invalidate`).  Versions are never used twice.  Only interned names are cached, which
//! are immortal, so that an address stands for a name.
#![allow(unsafe_code)]

use std::cell::Cell;

use super::value::Value;

const SIZE: usize = 4096;

#[derive(Clone, Copy)]
struct Entry {
    version: u32,
    name: u64,
    /// The value's word; 0 remembers that there is no such attribute.
    value: u64,
}

/// See the module's head.
pub struct MethodCache {
    entries: Box<[Cell<Entry>]>,
}

impl Default for MethodCache {
    fn default() -> Self {
        const EMPTY: Entry = Entry {
            version: 0,
            name: 0,
            value: 0,
        };
        MethodCache {
            entries: vec![Cell::new(EMPTY); SIZE].into_boxed_slice(),
        }
    }
}

impl MethodCache {
    #[inline(always)]
    fn place(&self, version: u32, name: u64) -> &Cell<Entry> {
        let index = (u64::from(version).wrapping_mul(0x9E37) ^ (name >> 4)) as usize % SIZE;
        // The index is below SIZE by construction.
        &self.entries[index]
    }

    /// What is remembered: nothing, or the outcome of the lookup.
    #[inline(always)]
    pub fn find(&self, version: u32, name: &Value) -> Option<Option<Value>> {
        let entry = self.place(version, name.word()).get();
        if version == 0 || entry.version != version || entry.name != name.word() {
            return None;
        }
        if entry.value == 0 {
            return Some(None);
        }
        // SAFETY: the version is current, so the class still owns the value (module's head).
        Some(Some(unsafe { Value::from_slot(&entry.value) }.clone()))
    }

    /// Remembers an outcome; `version` is current and `name` is interned.
    pub fn store(&self, version: u32, name: &Value, value: Option<&Value>) {
        self.place(version, name.word()).set(Entry {
            version,
            name: name.word(),
            value: value.map_or(0, Value::word),
        });
    }
}
