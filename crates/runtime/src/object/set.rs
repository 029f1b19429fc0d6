//! The representation of `set` and `frozenset`: CPython's hash table, slot by slot.
//!
//! The order in which a set of small integers is iterated is known to every user, so the table is
//! exactly CPython's: a power of two of slots, up to ten neighbours looked at before the probe jumps,
//! deleted slots used again, and the same growth.  An empty set has no table yet.
//!
//! As in a dict, `__eq__` of a key may change the set while it is searched: after each call the search
//! makes sure that nothing moved, and starts over otherwise.
#![allow(unsafe_code)]

use std::cell::{Cell, UnsafeCell};

use heap::Visitor;
use heap::buffer::{Exact, HeapVec};

use super::class::Class;
use super::payload::{Kind, Payload, Ref, Visit, alloc};
use super::result::PyResult;
use super::str::Str;
use super::value::Value;
use crate::fields;
use crate::object::fields::{Buffer, Field};
use crate::vm::Vm;

/// A slot: a key and its hash, or nothing with hash 0 (never used) or `DELETED`.
#[derive(Clone)]
struct Slot {
    hash: u64,
    key: Option<Value>,
}

/// No hash is -1.
const DELETED: u64 = u64::MAX;
const SMALLEST: usize = 8;
const LINEAR_PROBES: usize = 9;

type Table = HeapVec<Slot, Exact>;

/// The smallest size of a table that is above this.
fn size_above(minimum: usize) -> usize {
    let mut size = SMALLEST;
    while size <= minimum {
        size <<= 1;
    }
    size
}

/// A `set`'s or `frozenset`'s payload.
pub struct Set {
    table: UnsafeCell<Table>,
    /// Slots that are not fresh: keys and deleted ones.
    fill: Cell<u32>,
    used: Cell<u32>,
    /// Where `pop` goes on looking.
    finger: Cell<u32>,
    /// The hash of a frozenset; -1 while it is not known.
    pub hash: Cell<i64>,
}

impl Payload for Set {
    const KIND: Kind = Kind::SET;
    const NAME: &'static str = "set";
    const FIELDS: &'static [Field] = fields![
        "table" => table as Opaque,
        "fill" => fill as Unsigned,
        "used" => used as Unsigned,
        "finger" => finger as Unsigned,
        "hash" => hash as Signed,
    ];

    fn traverse(&self, visitor: &mut Visitor<'_>) {
        for slot in self.table().as_slice() {
            if let Some(key) = &slot.key {
                visitor.value(key);
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
        Set::clear(self);
    }
}

impl Default for Set {
    fn default() -> Self {
        Set {
            table: UnsafeCell::new(HeapVec::new()),
            fill: Cell::new(0),
            used: Cell::new(0),
            finger: Cell::new(0),
            hash: Cell::new(-1),
        }
    }
}

/// Where a search stands.
struct Probe {
    /// Where the neighbourhood begins.
    start: usize,
    /// The slot to look at next.
    next: usize,
    /// Neighbours still to be looked at.
    left: usize,
    perturb: u64,
}

impl Probe {
    #[inline(always)]
    fn new(hash: u64, mask: usize) -> Probe {
        let start = hash as usize & mask;
        Probe {
            start,
            next: start,
            left: Probe::neighbours(start, mask),
            perturb: hash,
        }
    }

    #[inline(always)]
    fn neighbours(start: usize, mask: usize) -> usize {
        if start + LINEAR_PROBES <= mask {
            LINEAR_PROBES
        } else {
            0
        }
    }

    #[inline(always)]
    fn advance(&mut self, mask: usize) {
        if self.left > 0 {
            self.left -= 1;
            self.next += 1;
            return;
        }
        self.perturb >>= 5;
        self.start = self
            .start
            .wrapping_mul(5)
            .wrapping_add(1)
            .wrapping_add(self.perturb as usize)
            & mask;
        self.next = self.start;
        self.left = Probe::neighbours(self.start, mask);
    }
}

/// How a search ended.
enum Found {
    /// The key lies in this slot.
    At(usize),
    /// It is not there; this slot, fresh or deleted, is where it would go.
    Missing(usize),
}

impl Set {
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
    #[inline(always)]
    pub fn len(&self) -> usize {
        self.used.get() as usize
    }

    /// True for `set()`.
    #[inline(always)]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn mask(&self) -> usize {
        self.table().len().max(SMALLEST) - 1
    }

    /// The key in a slot.
    #[inline]
    pub fn key_at(&self, place: usize) -> Option<Value> {
        self.table().as_slice().get(place)?.key.clone()
    }

    /// The next key from slot `place` on, which moves behind it.
    #[inline]
    pub fn next(&self, place: &mut usize) -> Option<Value> {
        self.next_hashed(place).map(|(key, _)| key)
    }

    /// The next key from slot `place` on, which moves behind it, and its hash.
    #[inline]
    pub fn next_hashed(&self, place: &mut usize) -> Option<(Value, u64)> {
        while let Some(slot) = self.table().as_slice().get(*place) {
            *place += 1;
            if let Some(key) = &slot.key {
                return Some((key.clone(), slot.hash));
            }
        }
        None
    }

    /// All keys, counted anew.
    pub fn to_vec(&self) -> Vec<Value> {
        let slots = self.table().as_slice();
        slots.iter().filter_map(|slot| slot.key.clone()).collect()
    }

    /// The hashes of all keys.
    pub fn hashes(&self) -> impl Iterator<Item = u64> + '_ {
        let slots = self.table().as_slice();
        slots.iter().filter(|s| s.key.is_some()).map(|s| s.hash)
    }

    /// Where a key is or would go.  The table must not be empty.
    #[inline(always)]
    fn find(&self, vm: &Vm, key: &Value, hash: u64) -> PyResult<Found> {
        match self.find_plain(vm, key, hash) {
            Some(found) => Ok(found),
            None => self.find_by_asking(vm, key, hash),
        }
    }

    /// The same, unless only Python code can tell.
    #[inline(always)]
    fn find_plain(&self, vm: &Vm, key: &Value, hash: u64) -> Option<Found> {
        let slots = self.table().as_slice();
        let mask = slots.len() - 1;
        let mut probe = Probe::new(hash, mask);
        let mut deleted = usize::MAX;
        loop {
            let place = probe.next;
            let slot = &slots[place];
            match &slot.key {
                Some(own) if slot.hash == hash && own.is(key) => return Some(Found::At(place)),
                Some(own) => {
                    // Two immediate integers that are not the same are not equal.
                    if slot.hash == hash && (own.word() & key.word() & 1 == 0) {
                        let (own, key) = (exact_str(vm, own)?, exact_str(vm, key)?);
                        if own.equals(key) {
                            return Some(Found::At(place));
                        }
                    }
                }
                None if slot.hash == 0 => {
                    let free = if deleted == usize::MAX {
                        place
                    } else {
                        deleted
                    };
                    return Some(Found::Missing(free));
                }
                None => deleted = place,
            }
            probe.advance(mask);
        }
    }

    /// Whether another set has all keys of this one, if that can be told without asking Python code.
    pub fn is_plain_subset(&self, vm: &Vm, other: &Set) -> Option<bool> {
        if other.table().is_empty() {
            return Some(self.is_empty());
        }
        for slot in self.table().as_slice() {
            if let Some(key) = &slot.key
                && matches!(other.find_plain(vm, key, slot.hash)?, Found::Missing(_))
            {
                return Some(false);
            }
        }
        Some(true)
    }

    #[inline(never)]
    fn find_by_asking(&self, vm: &Vm, key: &Value, hash: u64) -> PyResult<Found> {
        let text = exact_str(vm, key);
        'again: loop {
            let mut mask = self.table().len() - 1;
            let mut probe = Probe::new(hash, mask);
            let mut deleted = None;
            loop {
                let table = self.table();
                let place = probe.next;
                let slot = &table.as_slice()[place];
                match &slot.key {
                    None if slot.hash == 0 => return Ok(Found::Missing(deleted.unwrap_or(place))),
                    None => deleted = Some(place),
                    Some(own) if slot.hash == hash => {
                        if own.is(key) {
                            return Ok(Found::At(place));
                        }
                        match (text, exact_str(vm, own)) {
                            (Some(a), Some(b)) => {
                                if a.equals(b) {
                                    return Ok(Found::At(place));
                                }
                            }
                            _ if own.as_small_int().is_some() && key.as_small_int().is_some() => {}
                            _ => {
                                let before = table.as_ptr();
                                let own = own.clone();
                                let equal = vm.equal(&own, key)?;
                                let table = self.table();
                                let unmoved = table.as_ptr() == before
                                    && table.as_slice().get(place).is_some_and(|slot| {
                                        slot.key.as_ref().is_some_and(|k| k.is(&own))
                                    });
                                drop(own);
                                if unmoved && equal {
                                    return Ok(Found::At(place));
                                }
                                if self.table().is_empty() {
                                    // Emptied by the comparison: there is a slot again after this.
                                    self.resize(vm, 0)?;
                                    continue 'again;
                                }
                                if !unmoved {
                                    continue 'again;
                                }
                                mask = self.table().len() - 1;
                            }
                        }
                    }
                    _ => {}
                }
                probe.advance(mask);
            }
        }
    }

    /// Whether a key is in the set, if that can be told without asking Python code.  The key is an
    /// immediate integer or an exact `str`, else nothing is told.
    #[inline]
    pub fn holds_plain(&self, vm: &Vm, key: &Value) -> Option<bool> {
        let text = exact_str(vm, key);
        let hash = match text {
            Some(text) => text.hash(vm),
            None if key.as_small_int().is_some() => vm.hash(key).ok()? as u64,
            None => return None,
        };
        if self.table().is_empty() {
            return Some(false);
        }
        self.find_plain(vm, key, hash)
            .map(|found| matches!(found, Found::At(_)))
    }

    /// True if the key, whose hash is known, is in the set.
    pub fn contains_hashed(&self, vm: &Vm, key: &Value, hash: u64) -> PyResult<bool> {
        if self.is_empty() {
            return Ok(false);
        }
        Ok(matches!(self.find(vm, key, hash)?, Found::At(_)))
    }

    /// True if the key is in the set.
    pub fn contains(&self, vm: &Vm, key: &Value) -> PyResult<bool> {
        let hash = vm.hash(key)? as u64;
        self.contains_hashed(vm, key, hash)
    }

    /// Adds a key; true if it is new.
    #[inline]
    pub fn add(&self, vm: &Vm, key: &Value) -> PyResult<bool> {
        let hash = vm.hash(key)? as u64;
        // Held as CPython holds it, which looks for its place with the reference that will lie there.
        let key = &key.clone();
        self.add_hashed(vm, key, hash)
    }

    /// Adds a key whose hash is known; true if it is new.
    pub fn add_hashed(&self, vm: &Vm, key: &Value, hash: u64) -> PyResult<bool> {
        if self.table().is_empty() {
            self.resize(vm, 0)?;
        }
        let Found::Missing(place) = self.find(vm, key, hash)? else {
            return Ok(false);
        };
        let slot = &mut self.table_mut().as_mut_slice()[place];
        let fresh = slot.hash != DELETED;
        *slot = Slot {
            hash,
            key: Some(key.clone()),
        };
        self.used.set(self.used.get() + 1);
        if !fresh {
            return Ok(true);
        }
        self.fill.set(self.fill.get() + 1);
        if self.fill.get() as usize * 5 >= self.mask() * 3 {
            self.resize(vm, growth(self.len()))?;
        }
        Ok(true)
    }

    /// Takes a key whose hash is known out; None if it was not there.
    pub fn remove_hashed(&self, vm: &Vm, key: &Value, hash: u64) -> PyResult<Option<Value>> {
        if self.is_empty() {
            return Ok(None);
        }
        match self.find(vm, key, hash)? {
            Found::At(place) => Ok(self.delete(place)),
            Found::Missing(_) => Ok(None),
        }
    }

    fn delete(&self, place: usize) -> Option<Value> {
        let slot = &mut self.table_mut().as_mut_slice()[place];
        slot.hash = DELETED;
        self.used.set(self.used.get() - 1);
        slot.key.take()
    }

    /// Takes some key out.
    pub fn pop(&self) -> Option<Value> {
        if self.is_empty() {
            return None;
        }
        let slots = self.table().as_slice();
        let mut place = self.finger.get() as usize & (slots.len() - 1);
        while slots[place].key.is_none() {
            place = (place + 1) & (slots.len() - 1);
        }
        self.finger.set(place as u32 + 1);
        self.delete(place)
    }

    /// Makes a table for more than `minimum` keys and puts the keys into it, in the order of the
    /// old one.
    fn resize(&self, vm: &Vm, minimum: usize) -> PyResult<()> {
        let size = size_above(minimum);
        // SAFETY: a slot of zeros has hash 0 and no key.
        let new = unsafe { Table::try_written(size, |place| place.write_bytes(0, size)) };
        let Ok(new) = new else {
            return Err(vm.memory_error());
        };
        let old = std::mem::replace(self.table_mut(), new);
        if self.used.get() > 0 {
            for slot in old {
                if slot.key.is_some() {
                    self.insert_new(slot);
                }
            }
        }
        self.fill.set(self.used.get());
        Ok(())
    }

    /// Puts a key that is not there into a table that has room and no deleted slots.
    fn insert_new(&self, slot: Slot) {
        let slots = self.table_mut().as_mut_slice();
        let mask = slots.len() - 1;
        let mut probe = Probe::new(slot.hash, mask);
        while slots[probe.next].key.is_some() {
            probe.advance(mask);
        }
        slots[probe.next] = slot;
    }

    /// Grows once for `more` keys that are about to be added.
    pub fn reserve(&self, vm: &Vm, more: usize) -> PyResult<()> {
        match self.size_with(more) {
            Some(_) => self.resize(vm, (self.len() + more) * 2),
            None => Ok(()),
        }
    }

    /// The table's size with `more` keys that are added at once, if it has to grow for them.
    fn size_with(&self, more: usize) -> Option<usize> {
        let full = (self.fill.get() as usize + more) * 5 >= self.mask() * 3;
        full.then(|| size_above((self.len() + more) * 2))
    }

    /// Adds all keys of another set.
    pub fn merge(&self, vm: &Vm, other: &Set) -> PyResult<()> {
        if std::ptr::eq(self, other) || other.is_empty() {
            return Ok(());
        }
        if self.fill.get() == 0 {
            let source = other.table();
            let size = self.size_with(other.len());
            if size.unwrap_or(self.mask() + 1) == source.len() && other.fill == other.used {
                let Ok(copy) = Table::try_from_slice(source) else {
                    return Err(vm.memory_error());
                };
                // The old table holds nothing.
                *self.table_mut() = copy;
            } else {
                self.reserve(vm, other.len())?;
                if self.table().is_empty() {
                    self.resize(vm, 0)?;
                }
                for slot in source.as_slice() {
                    if slot.key.is_some() {
                        self.insert_new(slot.clone());
                    }
                }
            }
            self.fill.set(other.used.get());
            self.used.set(other.used.get());
            return Ok(());
        }
        self.reserve(vm, other.len())?;
        let mut place = 0;
        while let Some((key, hash)) = other.next_hashed(&mut place) {
            self.add_hashed(vm, &key, hash)?;
        }
        Ok(())
    }

    /// Gets rid of deleted slots where they are more than a quarter.
    pub fn sweep_deleted(&self, vm: &Vm) -> PyResult<()> {
        if (self.fill.get() - self.used.get()) as usize <= self.mask() / 4 {
            return Ok(());
        }
        self.resize(vm, growth(self.len()))
    }

    /// Empties the set, then drops the keys.
    pub fn clear(&self) {
        let old = std::mem::take(self.table_mut());
        self.fill.set(0);
        self.used.set(0);
        self.hash.set(-1);
        drop(old);
    }

    /// Exchanges the contents of two sets.
    pub fn swap(&self, other: &Set) {
        std::mem::swap(self.table_mut(), other.table_mut());
        self.fill.swap(&other.fill);
        self.used.swap(&other.used);
        self.hash.set(-1);
        other.hash.set(-1);
    }

    /// Bytes of the table, beyond the object's own block.
    pub fn table_bytes(&self) -> usize {
        self.table().heap_bytes()
    }
}

fn growth(used: usize) -> usize {
    if used > 50_000 { used * 2 } else { used * 4 }
}

#[inline(always)]
fn exact_str<'a>(vm: &Vm, value: &'a Value) -> Option<&'a Str> {
    if vm.class_of(value).is(&vm.types.str) {
        value.payload::<Str>()
    } else {
        None
    }
}

impl Vm {
    /// A new `set()`.
    pub fn set(&self) -> Ref<Set> {
        alloc(&self.types.set, Set::default())
    }

    /// An empty set or frozenset of a class derived from either.
    pub fn set_of_class(&self, class: &Ref<Class>) -> Ref<Set> {
        alloc(class, Set::default())
    }
}
