//! The representation of `dict`: the compact, insertion-ordered table.
//!
//! An index table (power of two, open addressing with CPython's perturbation) holds positions into
//! a dense array of entries in insertion order; deleted entries leave holes until the next resize.
//! A lookup compares identity first, then hashes, then calls `__eq__`, which may run Python code that
//! changes the table: after each such call the table's `version` is looked at and the lookup starts
//! over when it moved.  Interned string keys in string-only tables never call anything.
#![allow(unsafe_code)]

use std::cell::{Cell, UnsafeCell};

use heap::Visitor;
use heap::buffer::HeapVec;

use super::class::class_flag;
use super::payload::{Kind, Payload, Ref, Visit, alloc, class_of};
use super::result::PyResult;
use super::str::Str;
use super::value::Value;
use crate::vm::Vm;

/// One key and its value; a hole has neither.
pub struct Entry {
    hash: u64,
    key: Option<Value>,
    value: Option<Value>,
}

const EMPTY: u32 = u32::MAX;
const DELETED: u32 = u32::MAX - 1;

#[derive(Default)]
struct Table {
    indexes: HeapVec<u32>,
    entries: HeapVec<Entry>,
    used: usize,
}

/// A `dict`'s payload.
pub struct Dict {
    table: UnsafeCell<Table>,
    /// Moves with every change of keys; caches of globals and builtins compare it.
    version: Cell<u32>,
    /// All keys so far were exact `str`s.
    strings_only: Cell<bool>,
}

impl Payload for Dict {
    const KIND: Kind = Kind::DICT;
    const NAME: &'static str = "dict";

    fn traverse(&self, visitor: &mut Visitor<'_>) {
        let strings_only = self.strings_only.get();
        for entry in self.table().entries.as_slice() {
            if let Some(value) = &entry.value {
                visitor.value(value);
            }
            if !strings_only && let Some(key) = &entry.key {
                visitor.value(key);
            }
        }
    }

    fn clear(&self) {
        clear(self);
    }
}

impl Default for Dict {
    fn default() -> Self {
        Dict {
            table: UnsafeCell::new(Table::default()),
            version: Cell::new(1),
            strings_only: Cell::new(true),
        }
    }
}

enum Found {
    At { slot: usize, entry: usize },
    Missing,
}

impl Dict {
    #[inline(always)]
    fn table(&self) -> &Table {
        // SAFETY: under the interpreter lock; no reference is kept across Python code.
        unsafe { &*self.table.get() }
    }

    #[inline(always)]
    #[allow(clippy::mut_from_ref)]
    fn table_mut(&self) -> &mut Table {
        // SAFETY: as for `table`.
        unsafe { &mut *self.table.get() }
    }

    /// Number of keys.
    #[inline]
    pub fn len(&self) -> usize {
        self.table().used
    }

    /// True for `{}`.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Moves with every change of keys.
    #[inline(always)]
    pub fn version(&self) -> u32 {
        self.version.get()
    }

    /// Number of places in the entry array, holes included: the end of iteration.
    #[inline]
    pub fn entry_count(&self) -> usize {
        self.table().entries.len()
    }

    /// The key and value at a place, None for a hole.
    #[inline]
    pub fn entry_at(&self, place: usize) -> Option<(Value, Value)> {
        let entry = self.table().entries.as_slice().get(place)?;
        Some((entry.key.clone()?, entry.value.clone()?))
    }

    /// The next key and value from `place` on, which moves behind it.
    #[inline]
    pub fn next(&self, place: &mut usize) -> Option<(Value, Value)> {
        while *place < self.entry_count() {
            *place += 1;
            if let Some(pair) = self.entry_at(*place - 1) {
                return Some(pair);
            }
        }
        None
    }

    /// All pairs, counted anew.
    pub fn to_vec(&self) -> Vec<(Value, Value)> {
        let mut place = 0;
        std::iter::from_fn(|| self.next(&mut place)).collect()
    }

    /// Looks an interned or other exact `str` up.  Runs Python code only if other keys with the
    /// same hash are not strings.
    pub fn get_str(&self, vm: &Vm, key: &Value) -> PyResult<Option<Value>> {
        self.get(vm, key)
    }

    /// The value of a key.
    pub fn get(&self, vm: &Vm, key: &Value) -> PyResult<Option<Value>> {
        let hash = vm.hash(key)? as u64;
        Ok(match self.find(vm, key, hash)? {
            Found::At { entry, .. } => self.table().entries.as_slice()[entry].value.clone(),
            Found::Missing => None,
        })
    }

    /// True if there is such a key.
    pub fn contains(&self, vm: &Vm, key: &Value) -> PyResult<bool> {
        let hash = vm.hash(key)? as u64;
        Ok(matches!(self.find(vm, key, hash)?, Found::At { .. }))
    }

    /// Stores a value; returns the old one.
    pub fn insert(&self, vm: &Vm, key: &Value, value: Value) -> PyResult<Option<Value>> {
        let hash = vm.hash(key)? as u64;
        if let Found::At { entry, .. } = self.find(vm, key, hash)? {
            let place = &mut self.table_mut().entries.as_mut_slice()[entry].value;
            return Ok(place.replace(value));
        }
        if !is_exact_str(key) {
            self.strings_only.set(false);
        }
        self.touch();
        self.grow_if_full(vm)?;
        let table = self.table_mut();
        let entry = table.entries.len();
        let entry_ok = table
            .entries
            .try_push(Entry {
                hash,
                key: Some(key.clone()),
                value: Some(value),
            })
            .is_ok();
        if !entry_ok {
            return Err(vm.memory_error());
        }
        place_index(table.indexes.as_mut_slice(), hash, entry as u32);
        table.used += 1;
        Ok(None)
    }

    /// Takes a key out; returns key and value.
    pub fn remove(&self, vm: &Vm, key: &Value) -> PyResult<Option<(Value, Value)>> {
        let hash = vm.hash(key)? as u64;
        let Found::At { slot, entry } = self.find(vm, key, hash)? else {
            return Ok(None);
        };
        self.touch();
        let table = self.table_mut();
        table.indexes.as_mut_slice()[slot] = DELETED;
        table.used -= 1;
        let entry = &mut table.entries.as_mut_slice()[entry];
        Ok(entry.key.take().zip(entry.value.take()))
    }

    fn touch(&self) {
        self.version.set(self.version.get().wrapping_add(1).max(1));
    }

    fn grow_if_full(&self, vm: &Vm) -> PyResult<()> {
        let table = self.table();
        let size = table.indexes.len();
        if table.entries.len() < size * 2 / 3 {
            return Ok(());
        }
        let size = (table.used * 3).max(8).next_power_of_two();
        let table = self.table_mut();
        let mut indexes = HeapVec::new();
        let mut entries = HeapVec::new();
        if indexes.try_reserve(size).is_err() || entries.try_reserve(size * 2 / 3).is_err() {
            return Err(vm.memory_error());
        }
        for _ in 0..size {
            let _ = indexes.try_push(EMPTY);
        }
        let old = std::mem::take(&mut table.entries);
        for entry in old {
            if entry.key.is_some() {
                place_index(indexes.as_mut_slice(), entry.hash, entries.len() as u32);
                let _ = entries.try_push(entry);
            }
        }
        table.entries = entries;
        table.indexes = indexes;
        Ok(())
    }

    fn find(&self, vm: &Vm, key: &Value, hash: u64) -> PyResult<Found> {
        'again: loop {
            let table = self.table();
            let indexes = table.indexes.as_slice();
            if indexes.is_empty() {
                return Ok(Found::Missing);
            }
            let mask = indexes.len() - 1;
            let mut perturb = hash;
            let mut slot = hash as usize & mask;
            loop {
                let index = indexes[slot];
                if index == EMPTY {
                    return Ok(Found::Missing);
                }
                if index != DELETED {
                    let entry = &table.entries.as_slice()[index as usize];
                    if let Some(own) = &entry.key {
                        let found = Found::At {
                            slot,
                            entry: index as usize,
                        };
                        if own.is(key) {
                            return Ok(found);
                        }
                        if entry.hash == hash {
                            match (exact_str(own), exact_str(key)) {
                                (Some(a), Some(b)) => {
                                    if a.equals(b) {
                                        return Ok(found);
                                    }
                                }
                                _ => {
                                    let version = self.version();
                                    let own = own.clone();
                                    let equal = vm.equal(&own, key)?;
                                    if self.version() != version {
                                        continue 'again;
                                    }
                                    if equal {
                                        return Ok(found);
                                    }
                                }
                            }
                        }
                    }
                }
                perturb >>= 5;
                slot = (slot
                    .wrapping_mul(5)
                    .wrapping_add(perturb as usize)
                    .wrapping_add(1))
                    & mask;
            }
        }
    }
}

fn exact_str(value: &Value) -> Option<&Str> {
    if is_exact_str(value) {
        value.payload::<Str>()
    } else {
        None
    }
}

fn is_exact_str(value: &Value) -> bool {
    // SAFETY: a value's object is live.
    value.object().is_some_and(|o| unsafe {
        let class = class_of(o);
        class.has_flag(class_flag::STR_SUBCLASS) && !class.has_flag(class_flag::HEAP_TYPE)
    })
}

fn place_index(indexes: &mut [u32], hash: u64, entry: u32) {
    let mask = indexes.len() - 1;
    let mut perturb = hash;
    let mut slot = hash as usize & mask;
    while indexes[slot] != EMPTY {
        perturb >>= 5;
        slot = (slot
            .wrapping_mul(5)
            .wrapping_add(perturb as usize)
            .wrapping_add(1))
            & mask;
    }
    indexes[slot] = entry;
}

/// Empties a dict, then drops what it held.
pub fn clear(dict: &Dict) {
    dict.touch();
    let old = std::mem::take(dict.table_mut());
    drop(old);
}

impl Vm {
    /// A new `{}`.
    pub fn dict(&self) -> Ref<Dict> {
        alloc(&self.types.dict, Dict::default())
    }
}
