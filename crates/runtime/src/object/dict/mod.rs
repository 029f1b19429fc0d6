//! The representation of `dict`: the compact, insertion-ordered table.
//!
//! The storage lies in `table.rs`; here is what the rest of the runtime may do with it.  A lookup
//! compares identity first, then hashes, then calls `__eq__`, which may run Python code that changes
//! the dict: after each such call the lookup makes sure that the entry it asked about is still where
//! it was, and starts over if not.  Tables with only `str` keys never call anything for a `str`.
//!
//! A dict is not tracked by the collector until a key or value that may be a container comes in.
#![allow(unsafe_code)]

mod table;

use std::cell::UnsafeCell;
use std::sync::atomic::{AtomicU32, Ordering};

use heap::{Header, Subtraction, Visitor};

use self::table::{Entry, Probe, Step, Table, Wanted, exact_str, log2_for_entries};
use super::class::Class;
use super::payload::{Kind, Object, Payload, Ref, Visit, alloc, alloc_untracked};
use super::result::PyResult;
use super::tracking::may_be_tracked;
use super::value::Value;
use crate::fields;
use crate::object::fields::{Buffer, Field};
use crate::vm::Vm;

/// A `dict`'s payload.
pub struct Dict {
    table: UnsafeCell<Table>,
}

const _: () = assert!(size_of::<Object<Dict>>() <= 48);

/// Last keys version given to a dict.
static LAST_VERSION: AtomicU32 = AtomicU32::new(0);

impl Payload for Dict {
    const KIND: Kind = Kind::DICT;
    const NAME: &'static str = "dict";
    const FIELDS: &'static [Field] = fields![
        "table" => table as Opaque,
    ];

    #[inline(always)]
    fn free_list(&self) -> Option<heap::FreeList> {
        Some(heap::FreeList::DICT)
    }

    fn traverse(&self, visitor: &mut Visitor<'_>) {
        match self.table().plain_entries() {
            Some(entries) if !visitor.wants_everything() => {
                for entry in entries {
                    visitor.value(entry.value());
                }
            }
            _ => traverse_general(self.table(), visitor),
        }
    }

    #[inline(always)]
    fn subtract(&self, subtraction: &mut Subtraction) {
        let Some(entries) = self.table().plain_entries() else {
            return subtract_general(self.table(), subtraction);
        };
        // SAFETY: the entries stay where they are while the collector looks at the graph.
        if unsafe { Entry::put_aside(entries, subtraction) } {
            return;
        }
        for entry in entries {
            if let Some(object) = entry.value().object() {
                subtraction.object(object);
            }
        }
    }

    fn buffer(&self) -> Option<Buffer> {
        let (address, bytes) = self.table().block()?;
        Some(Buffer {
            name: "table",
            address,
            bytes,
        })
    }

    fn clear(&self) {
        clear(self);
    }
}

/// Keys that are no strings are shown too, and strings to who wants to see everything.
#[inline(never)]
fn traverse_general(table: &Table, visitor: &mut Visitor<'_>) {
    let show_keys = table.is_general() || visitor.wants_everything();
    if table.counts_keys_twice() {
        table.each(|key, _| visitor.value(key));
    }
    table.each(|key, value| {
        visitor.value(value);
        if show_keys {
            visitor.value(key);
        }
    });
}

/// The same for trial deletion; apart, so that the usual way needs few registers.
#[inline(never)]
fn subtract_general(table: &Table, subtraction: &mut Subtraction) {
    let show_keys = table.is_general();
    if table.counts_keys_twice() {
        table.each(|key, _| {
            if let Some(object) = key.object() {
                subtraction.object(object);
            }
        });
    }
    table.each(|key, value| {
        for part in [Some(value), show_keys.then_some(key)] {
            if let Some(object) = part.and_then(Value::object) {
                subtraction.object(object);
            }
        }
    });
}

impl Default for Dict {
    fn default() -> Self {
        Dict {
            table: UnsafeCell::new(Table::new()),
        }
    }
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

    #[inline(always)]
    fn header(&self) -> &Header {
        // SAFETY: a Dict only ever lies in an Object<Dict>, behind its header.
        unsafe {
            &*(self as *const Dict)
                .byte_sub(Object::<Dict>::PAYLOAD_OFFSET)
                .cast()
        }
    }

    /// Counts each key twice from now on, as CPython's ordered dictionaries do; the dict is empty.
    pub fn count_keys_twice(&self) {
        self.table_mut().count_keys_twice();
    }

    /// Number of keys.
    #[inline(always)]
    pub fn len(&self) -> usize {
        self.table().used()
    }

    /// True for `{}`.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A number that no other set of keys has, for caches of "this name lies at that place": it
    /// changes when a key comes or goes or the table is rebuilt, not when a value changes.
    /// 0 means that nothing may be cached.
    #[inline(always)]
    pub fn keys_version(&self) -> u32 {
        match self.table().version {
            0 => self.new_version(),
            version => version,
        }
    }

    #[cold]
    fn new_version(&self) -> u32 {
        let given = LAST_VERSION.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |last| {
            last.checked_add(1)
        });
        let version = given.map_or(0, |last| last + 1);
        self.table_mut().version = version;
        version
    }

    /// The place of an exact `str` key; None also where only Python code could tell.
    pub fn entry_index_of(&self, vm: &Vm, name: &Value) -> Option<u32> {
        let wanted = exact_str(vm, name)?;
        let table = self.table();
        if table.has_no_block() {
            return None;
        }
        let hash = wanted.hash(vm);
        let wanted = Wanted {
            word: name.word(),
            hash,
            str: Some(wanted),
        };
        match table.step(vm, &mut Probe::new(hash), &wanted) {
            Step::Found(place) => u32::try_from(place).ok(),
            Step::Missing | Step::Ask(_) => None,
        }
    }

    /// The value at a place that [`Dict::entry_index_of`] told.
    #[inline(always)]
    pub fn value_at_index(&self, index: u32) -> Option<Value> {
        let (table, place) = (self.table(), index as usize);
        if place < table.filled() && table.key_word(place) != 0 {
            Some(table.value(place).clone())
        } else {
            None
        }
    }

    /// The word of the value at a place that [`Dict::entry_index_of`] told, not counted; 0 if nothing
    /// lies there.
    #[inline(always)]
    pub fn word_at_index(&self, index: u32) -> u64 {
        let (table, place) = (self.table(), index as usize);
        if place < table.filled() && table.key_word(place) != 0 {
            table.value(place).word()
        } else {
            0
        }
    }

    /// The word of a key's value, not counted, if it can be found without asking Python code: 0
    /// also where only that could tell.  The key is an immediate integer or an exact `str`.
    #[inline(always)]
    pub fn word_of_plain(&self, vm: &Vm, key: &Value) -> u64 {
        let table = self.table();
        if table.has_no_block() {
            return 0;
        }
        let (hash, text) = match exact_str(vm, key) {
            Some(text) => (text.hash(vm), Some(text)),
            None if key.as_small_int().is_some() => match vm.hash(key) {
                Ok(hash) => (hash as u64, None),
                Err(_) => return 0,
            },
            None => return 0,
        };
        let wanted = Wanted {
            word: key.word(),
            hash,
            str: text,
        };
        match table.step(vm, &mut Probe::new(hash), &wanted) {
            Step::Found(place) => table.value(place).word(),
            Step::Missing | Step::Ask(_) => 0,
        }
    }

    /// Whether there is such a key, if that can be told without asking Python code.  The key is an immediate
    /// integer or an exact `str`, else nothing is told.
    #[inline(always)]
    pub fn holds_plain(&self, vm: &Vm, key: &Value) -> Option<bool> {
        let (hash, text) = match exact_str(vm, key) {
            Some(text) => (text.hash(vm), Some(text)),
            None if key.as_small_int().is_some() => (vm.hash(key).ok()? as u64, None),
            None => return None,
        };
        let table = self.table();
        if table.has_no_block() {
            return Some(false);
        }
        let wanted = Wanted {
            word: key.word(),
            hash,
            str: text,
        };
        match table.step(vm, &mut Probe::new(hash), &wanted) {
            Step::Found(_) => Some(true),
            Step::Missing => Some(false),
            Step::Ask(_) => None,
        }
    }

    /// The word of the value at a place, not counted, if the key there is this very object; 0 if not.
    #[inline(always)]
    pub fn word_if_key(&self, index: u32, key: u64) -> u64 {
        let (table, place) = (self.table(), index as usize);
        if place < table.filled() && table.key_word(place) == key {
            table.value(place).word()
        } else {
            0
        }
    }

    /// Stores a word over the value at a place if the key there is this very object and nothing else is to be
    /// done for it, and gives the old word, which is the caller's then; 0 if not.
    ///
    /// # Safety
    /// The word is owned, and is the dict's where it was stored.
    #[inline(always)]
    pub unsafe fn replace_if_key(&self, index: u32, key: u64, value: u64) -> u64 {
        let (table, place) = (self.table_mut(), index as usize);
        if place >= table.filled()
            || table.key_word(place) != key
            || value & 7 == 0 && !self.header().is_tracked()
        {
            return 0;
        }
        // SAFETY: by the caller's word.
        let value = unsafe { Value::from_word(value) };
        table.replace_value(place, value).into_word()
    }

    /// Where the value of a place that [`Dict::entry_index_of`] told lies behind the start of the table's block.
    /// As long as the dict keeps its [`Dict::keys_version`], it stays there.
    pub fn value_offset(&self, index: u32) -> u32 {
        self.table().value_offset(index as usize)
    }

    /// The version last given to the keys, 0 if they have changed since.
    #[inline(always)]
    pub fn known_version(&self) -> u32 {
        self.table().version
    }

    /// The word of the value at a place that [`Dict::value_offset`] told, not counted.
    ///
    /// # Safety
    /// The keys still have the version that they had when the offset was asked for.
    #[inline(always)]
    pub unsafe fn word_at_offset(&self, offset: u32) -> u64 {
        // SAFETY: by the caller's word the table has kept its block, and a live entry lies there.
        unsafe { self.table().word_at_offset(offset) }
    }

    /// Stores a value at a place that [`Dict::entry_index_of`] told, and returns the old one; gives
    /// the value back if nothing lies there.
    #[inline]
    pub fn replace_at_index(&self, vm: &Vm, index: u32, value: Value) -> Result<Value, Value> {
        let (table, place) = (self.table_mut(), index as usize);
        if place < table.filled() && table.key_word(place) != 0 {
            self.track_for(vm, &value);
            Ok(table.replace_value(place, value))
        } else {
            Err(value)
        }
    }

    /// Number of places in the entry array, holes included: the end of iteration.
    #[inline]
    pub fn entry_count(&self) -> usize {
        self.table().filled()
    }

    /// The place of the first entry, where iteration begins; that of a dict whose entries were
    /// taken from the front is not searched for anew each time.
    #[inline]
    pub fn first_place(&self) -> usize {
        self.table().first_place()
    }

    /// True if an entry lies at a place.
    #[inline]
    pub fn has_entry_at(&self, place: usize) -> bool {
        let table = self.table();
        place < table.filled() && table.key_word(place) != 0
    }

    /// The key and value at a place, None for a hole.
    #[inline]
    pub fn entry_at(&self, place: usize) -> Option<(Value, Value)> {
        let table = self.table();
        if place >= table.filled() {
            return None;
        }
        Some((table.key(place)?.clone(), table.value(place).clone()))
    }

    /// The key and value at a place and the key's hash, None for a hole.
    #[inline]
    pub fn hashed_entry_at(&self, vm: &Vm, place: usize) -> Option<(Value, Value, u64)> {
        let (key, value) = self.entry_at(place)?;
        Some((key, value, self.table().hash(vm, place)))
    }

    /// The key at a place, None for a hole.
    #[inline]
    pub fn key_at(&self, place: usize) -> Option<Value> {
        let table = self.table();
        if place >= table.filled() {
            return None;
        }
        table.key(place).cloned()
    }

    /// The value at a place, None for a hole.
    #[inline]
    pub fn value_at(&self, place: usize) -> Option<Value> {
        self.value_at_index(u32::try_from(place).ok()?)
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

    /// The next key, its value and its hash from `place` on, which moves behind it.
    #[inline]
    pub fn next_hashed(&self, vm: &Vm, place: &mut usize) -> Option<(Value, Value, u64)> {
        while *place < self.entry_count() {
            *place += 1;
            if let Some(entry) = self.hashed_entry_at(vm, *place - 1) {
                return Some(entry);
            }
        }
        None
    }

    /// All pairs, counted anew.
    pub fn to_vec(&self) -> Vec<(Value, Value)> {
        let mut place = 0;
        std::iter::from_fn(|| self.next(&mut place)).collect()
    }

    /// All keys, counted anew.
    pub fn keys_to_vec(&self) -> Vec<Value> {
        let count = self.entry_count();
        (0..count).filter_map(|place| self.key_at(place)).collect()
    }

    /// Looks an interned or other exact `str` up.  Runs Python code only if other keys with the
    /// same hash are not strings.
    #[inline]
    pub fn get_str(&self, vm: &Vm, key: &Value) -> PyResult<Option<Value>> {
        self.get(vm, key)
    }

    /// The value of a key.
    #[inline]
    pub fn get(&self, vm: &Vm, key: &Value) -> PyResult<Option<Value>> {
        let hash = vm.hash(key)? as u64;
        self.get_hashed(vm, key, hash)
    }

    /// The value of a key whose hash is known.
    #[inline]
    pub fn get_hashed(&self, vm: &Vm, key: &Value, hash: u64) -> PyResult<Option<Value>> {
        let place = self.find(vm, key, hash)?;
        Ok(place.map(|place| self.table().value(place).clone()))
    }

    /// True if there is such a key.
    pub fn contains(&self, vm: &Vm, key: &Value) -> PyResult<bool> {
        let hash = vm.hash(key)? as u64;
        self.contains_hashed(vm, key, hash)
    }

    /// True if there is such a key, whose hash is known.
    pub fn contains_hashed(&self, vm: &Vm, key: &Value, hash: u64) -> PyResult<bool> {
        Ok(self.find(vm, key, hash)?.is_some())
    }

    /// Stores a value; returns the old one.
    #[inline]
    pub fn insert(&self, vm: &Vm, key: &Value, value: Value) -> PyResult<Option<Value>> {
        // The key counts as stored from the beginning: its `__hash__` may look.
        let _stored = (!vm.class_of(key).is(&vm.types.str)).then(|| key.clone());
        let hash = vm.hash(key)? as u64;
        self.insert_hashed(vm, key, hash, value)
    }

    /// Stores the value of a key whose hash is known; returns the old one.
    #[inline]
    pub fn insert_hashed(
        &self,
        vm: &Vm,
        key: &Value,
        hash: u64,
        value: Value,
    ) -> PyResult<Option<Value>> {
        match self.find(vm, key, hash)? {
            Some(place) => {
                self.track_for(vm, &value);
                Ok(Some(self.table_mut().replace_value(place, value)))
            }
            None => {
                self.append(vm, key, hash, value)?;
                Ok(None)
            }
        }
    }

    /// The value of a key; where there is none, `default` becomes it.
    pub fn get_or_insert(&self, vm: &Vm, key: &Value, default: &Value) -> PyResult {
        let hash = vm.hash(key)? as u64;
        match self.find(vm, key, hash)? {
            Some(place) => Ok(self.table().value(place).clone()),
            None => {
                self.append(vm, key, hash, default.clone())?;
                Ok(default.clone())
            }
        }
    }

    fn append(&self, vm: &Vm, key: &Value, hash: u64, value: Value) -> PyResult<()> {
        let string = exact_str(vm, key).is_some();
        if self.table_mut().make_room(vm, string).is_err() {
            return Err(vm.memory_error());
        }
        self.track_for(vm, &value);
        if !string {
            self.track_for(vm, key);
        }
        self.table_mut().append(key.clone(), hash, value);
        Ok(())
    }

    /// The place of a key's entry, valid until the dictionary is changed.
    pub fn place_of(&self, vm: &Vm, key: &Value) -> PyResult<Option<usize>> {
        self.find(vm, key, vm.hash(key)? as u64)
    }

    /// Takes a key out; returns key and value.
    pub fn remove(&self, vm: &Vm, key: &Value) -> PyResult<Option<(Value, Value)>> {
        let hash = vm.hash(key)? as u64;
        self.remove_hashed(vm, key, hash)
    }

    /// Takes a key whose hash is known out; returns key and value.
    pub fn remove_hashed(
        &self,
        vm: &Vm,
        key: &Value,
        hash: u64,
    ) -> PyResult<Option<(Value, Value)>> {
        let place = self.find(vm, key, hash)?;
        Ok(place.map(|place| self.table_mut().remove(vm, place)))
    }

    /// Takes the youngest entry out.
    pub fn pop_last(&self, vm: &Vm) -> Option<(Value, Value)> {
        self.table_mut().pop_last(vm)
    }

    /// Makes room for `more` further keys, strings or others.
    pub fn reserve(&self, vm: &Vm, more: usize, strings: bool) -> PyResult<()> {
        let table = self.table_mut();
        // As CPython decides: what might fit after the next growth is left to it.
        if more <= table.capacity() {
            return Ok(());
        }
        let wanted = table.used() + more;
        let made = if table.has_no_block() && !table.counts_keys_twice() {
            Table::with_room(wanted, !strings).map(|new| *table = new)
        } else {
            table.rebuild(vm, log2_for_entries(wanted), table.is_general() || !strings)
        };
        table.version = 0;
        made.map_err(|_| vm.memory_error())
    }

    /// Takes the whole table of another dict over if this one is empty and that one has no slack;
    /// false if not.
    pub fn copy_into_empty(&self, vm: &Vm, other: &Dict) -> PyResult<bool> {
        if !self.is_empty() || self.table().counts_keys_twice() || !other.table().is_tight() {
            return Ok(false);
        }
        let Ok(copy) = other.table().duplicate(vm) else {
            return Err(vm.memory_error());
        };
        // The old table holds nothing that could be dropped.
        *self.table_mut() = copy;
        if other.header().is_tracked() && !self.header().is_tracked() {
            vm.heap.track(self.header().into());
        }
        Ok(true)
    }

    /// True if more than a third of the places are holes.
    pub fn is_sparse(&self) -> bool {
        self.len() < self.entry_count() * 2 / 3
    }

    /// True if all keys are exact strings (and always were).
    pub fn has_only_strings(&self) -> bool {
        !self.table().is_general()
    }

    /// Bytes of the table, beyond the object's own block.
    pub fn table_bytes(&self) -> usize {
        self.table().heap_bytes()
    }

    /// Bytes of the index table, bytes of an entry, entries used (holes included).
    pub fn table_shape(&self) -> (usize, usize, usize) {
        let table = self.table();
        let (index, stride) = table.shape();
        (index, stride, table.filled())
    }

    /// Tracks the dict if what comes in may be a container.
    #[inline(always)]
    fn track_for(&self, vm: &Vm, incoming: &Value) {
        if incoming.is_heap() && !self.header().is_tracked() && may_be_tracked(incoming) {
            vm.heap.track(self.header().into());
        }
    }

    /// True if no key and no value may be tracked.
    pub fn holds_only_atoms(&self) -> bool {
        let table = self.table();
        (0..table.filled()).all(|place| match table.key(place) {
            Some(key) => {
                !may_be_tracked(table.value(place)) && (!table.is_general() || !may_be_tracked(key))
            }
            None => true,
        })
    }

    /// The place of a key.
    #[inline]
    fn find(&self, vm: &Vm, key: &Value, hash: u64) -> PyResult<Option<usize>> {
        let table = self.table();
        if table.has_no_block() {
            return Ok(None);
        }
        let wanted = Wanted {
            word: key.word(),
            hash,
            str: exact_str(vm, key),
        };
        let mut probe = Probe::new(hash);
        match table.step(vm, &mut probe, &wanted) {
            Step::Missing => Ok(None),
            Step::Found(place) => Ok(Some(place)),
            Step::Ask(place) => self.find_by_asking(vm, key, &wanted, probe, place),
        }
    }

    #[cold]
    #[inline(never)]
    fn find_by_asking(
        &self,
        vm: &Vm,
        key: &Value,
        wanted: &Wanted<'_>,
        mut probe: Probe,
        mut place: usize,
    ) -> PyResult<Option<usize>> {
        loop {
            let table = self.table();
            let before = table.identity();
            let Some(own) = table.key(place).cloned() else {
                return Ok(None);
            };
            let equal = vm.equal(&own, key)?;
            let table = self.table();
            let unmoved = table.identity() == before
                && place < table.filled()
                && table.key_word(place) == own.word();
            // If the key is still in the dict this does not end it; otherwise all starts over.
            drop(own);
            if unmoved && equal {
                return Ok(Some(place));
            }
            if !unmoved {
                probe = Probe::new(wanted.hash);
            }
            let table = self.table();
            if table.has_no_block() {
                return Ok(None);
            }
            match table.step(vm, &mut probe, wanted) {
                Step::Missing => return Ok(None),
                Step::Found(place) => return Ok(Some(place)),
                Step::Ask(next) => place = next,
            }
        }
    }
}

/// Empties a dict, then drops what it held: keys and values in order.
pub fn clear(dict: &Dict) {
    let empty = dict.table().emptied();
    let old = std::mem::replace(dict.table_mut(), empty);
    drop(old);
}

impl Vm {
    /// A new `{}`.
    #[inline]
    pub fn dict(&self) -> Ref<Dict> {
        alloc_untracked(&self.types.dict, Dict::default())
    }

    /// A new `{}` with room for `len` keys, strings or others.
    pub fn dict_presized(&self, len: usize, strings: bool) -> PyResult<Ref<Dict>> {
        // A length that a program claims is believed only so far.
        match Table::with_room(len.min(1 << 16), !strings) {
            Ok(table) => Ok(alloc_untracked(
                &self.types.dict,
                Dict {
                    table: UnsafeCell::new(table),
                },
            )),
            Err(_) => Err(self.memory_error()),
        }
    }

    /// An empty dict of a class derived from `dict`, tracked at once.
    pub fn dict_of_class(&self, class: &Ref<Class>) -> Ref<Dict> {
        if class.is(&self.types.dict) {
            return self.dict();
        }
        alloc(class, Dict::default())
    }

    /// A `dict` with the same entries.
    pub fn dict_copy(&self, dict: &Dict) -> PyResult<Ref<Dict>> {
        let Ok(table) = dict.table().duplicate(self) else {
            return Err(self.memory_error());
        };
        let copy = alloc_untracked(
            &self.types.dict,
            Dict {
                table: UnsafeCell::new(table),
            },
        );
        if dict.header().is_tracked() && !copy.is_empty() {
            self.heap.track(copy.as_ptr());
        }
        Ok(copy)
    }
}
