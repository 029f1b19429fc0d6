//! The cache of attribute lookups along resolution orders, by class version and name.
//!
//! An entry does not own the value it remembers: it holds as long as the version does, and
//! every change to a class or a base takes the version away before the value can go
//! (`Class::invalidate`).  Versions are never used twice.  Only interned names are cached, which
//! are immortal, so that an address stands for a name.
#![allow(unsafe_code)]

use std::alloc::{self, Layout};
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
        MethodCache {
            // SAFETY: an entry of zeros is an empty one.
            entries: unsafe { zeroed_slice(SIZE) },
        }
    }
}

/// A slice of zeros, in pages that need no memory before they are used.
///
/// # Safety
/// Zeros are a valid `T`.
pub(crate) unsafe fn zeroed_slice<T>(length: usize) -> Box<[T]> {
    let Ok(layout) = Layout::array::<T>(length) else {
        unreachable!("tables are small");
    };
    if layout.size() == 0 {
        return Box::default();
    }
    // SAFETY: the size is not zero; the block is owned by nobody else and, by the caller's word, initialised.
    unsafe {
        let start = alloc::alloc_zeroed(layout).cast::<T>();
        if start.is_null() {
            alloc::handle_alloc_error(layout);
        }
        Box::from_raw(std::ptr::slice_from_raw_parts_mut(start, length))
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
