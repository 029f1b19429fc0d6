//! The storage of a dict: one block with an index table and, behind it, the entries.
//!
//! ```text
//! block   index: u8, u16 or u32 × 2^log2     place of an entry, EMPTY (all ones) or DELETED
//!         entry × capacity                    key, value            tables of exact `str` keys
//!                                             key, value, hash      all others
//! ```
//!
//! Entries lie in insertion order.  A removed entry leaves a hole (key 0) in them and its slot
//! becomes DELETED, so that probes go on past it.  Once as many entries were added as two thirds of
//! the slots, the table is rebuilt for three times its live entries.
//! Slots, probing and growth are CPython's, so that `__eq__` is asked the same questions.
//!
//! Nothing in this file runs Python code.
use std::ptr::NonNull;

use heap::current_heap;
use heap::{OutOfMemory, Subtraction};

use super::super::payload::Object;
use super::super::str::Str;
use super::super::value::Value;
use crate::vm::Vm;

/// One slot of the index table.
trait Index: Copy {
    const EMPTY: usize;
    const DELETED: usize;
    fn place(self) -> usize;
    fn of(place: usize) -> Self;
}

macro_rules! index {
    ($($t:ty)*) => {$(
        impl Index for $t {
            const EMPTY: usize = <$t>::MAX as usize;
            const DELETED: usize = <$t>::MAX as usize - 1;
            #[inline(always)]
            fn place(self) -> usize {
                self as usize
            }
            #[inline(always)]
            fn of(place: usize) -> Self {
                place as $t
            }
        }
    )*};
}
index!(u8 u16 u32);

/// Runs an expression with `I` bound to the type of an index slot in a table of this size.
macro_rules! by_width {
    ($log2:expr, $I:ident => $run:expr) => {
        match $log2 {
            0..=8 => {
                type $I = u8;
                $run
            }
            9..=16 => {
                type $I = u16;
                $run
            }
            _ => {
                type $I = u32;
                $run
            }
        }
    };
}

const SMALLEST_LOG2: u8 = 3;
const LARGEST_LOG2: u8 = 32;

const fn index_bytes(log2: u8) -> usize {
    let width = match log2 {
        0..=8 => 1,
        9..=16 => 2,
        _ => 4,
    };
    width << log2
}

/// Entries a table with this index size holds before it is rebuilt.
const fn usable(log2: u8) -> usize {
    (2 << log2) / 3
}

/// log2 of the smallest index table of at least `size` slots.
fn log2_for_size(size: usize) -> u8 {
    let size = size.max(1 << SMALLEST_LOG2);
    (usize::BITS - (size - 1).leading_zeros()) as u8
}

/// log2 of the index table for `n` entries.
pub(super) fn log2_for_entries(n: usize) -> u8 {
    log2_for_size(n.saturating_mul(3).saturating_add(1) / 2)
}

/// log2 of the index table a full table with `used` live entries grows (or shrinks) to.
pub(super) fn log2_for_growth(used: usize) -> u8 {
    log2_for_size(used.saturating_mul(3))
}

/// The words of an entry; the third only in general tables.
#[repr(C)]
pub struct Entry {
    key: u64,
    value: u64,
}

impl Entry {
    /// The value of an entry that has one, as those of [`Table::plain_entries`] have.
    #[inline(always)]
    pub fn value(&self) -> &Value {
        // SAFETY: a value word lies in the entry.
        unsafe { Value::from_slot(&self.value) }
    }

    /// Lets trial deletion put the values of many entries aside; false if they are to be shown.
    ///
    /// # Safety
    /// They have values, and are neither moved nor changed while the collector looks at the graph.
    #[inline(always)]
    pub unsafe fn put_aside(entries: &[Entry], subtraction: &mut Subtraction) -> bool {
        let words = entries.as_ptr().cast::<u64>().wrapping_add(1);
        // SAFETY: by the caller's word.
        unsafe {
            subtraction.put_aside(words, entries.len(), size_of::<Entry>() / size_of::<u64>())
        }
    }
}

/// What is looked for.
pub(super) struct Wanted<'a> {
    pub word: u64,
    pub hash: u64,
    /// The key, if it is an exact `str`.
    pub str: Option<&'a Str>,
}

/// Where a lookup stands.
pub(super) struct Probe {
    slot: usize,
    perturb: u64,
}

impl Probe {
    pub fn new(hash: u64) -> Probe {
        Probe {
            slot: hash as usize,
            perturb: hash,
        }
    }

    #[inline(always)]
    fn advance(&mut self) {
        self.perturb >>= 5;
        self.slot = self
            .slot
            .wrapping_mul(5)
            .wrapping_add(self.perturb as usize)
            .wrapping_add(1);
    }
}

/// How far a lookup came.
pub(super) enum Step {
    /// There is no such key.
    Missing,
    /// The key lies at this place.
    Found(usize),
    /// Only `__eq__` can tell whether the key at this place is the one.
    Ask(usize),
}

/// See the module's head.
pub(super) struct Table {
    block: NonNull<u8>,
    /// Live entries.
    used: u32,
    /// Places taken, holes included.
    filled: u32,
    /// Entries added since the table was built: no more slots than that are not empty.
    added: u32,
    /// Unique number of this set of keys at these places; 0 = none given yet.
    pub version: u32,
    /// log2 of the number of index slots; 0 = there is no block.
    log2: u8,
    /// Places that a small table made to measure has less than its index size allows.
    short: u8,
    /// Entries have three words; keys may be anything.
    general: bool,
    /// Each key is counted twice: CPython's ordered dictionaries have a second list of their keys.
    keys_twice: bool,
}

impl Table {
    pub const fn new() -> Table {
        Table {
            block: NonNull::dangling(),
            used: 0,
            filled: 0,
            added: 0,
            version: 0,
            log2: 0,
            short: 0,
            general: false,
            keys_twice: false,
        }
    }

    /// An empty table whose keys are counted as often as this one's.
    pub fn emptied(&self) -> Table {
        Table {
            keys_twice: self.keys_twice,
            ..Table::new()
        }
    }

    /// Counts each key twice from now on; the table is empty.
    pub fn count_keys_twice(&mut self) {
        self.keys_twice = self.used == 0;
    }

    /// True if each key is counted twice.
    #[inline(always)]
    pub fn counts_keys_twice(&self) -> bool {
        self.keys_twice
    }

    /// An empty table with room for `entries`.
    #[inline(always)]
    pub fn with_room(entries: usize, general: bool) -> Result<Table, OutOfMemory> {
        if entries == 0 {
            return Ok(Table {
                general,
                ..Table::new()
            });
        }
        let log2 = log2_for_entries(entries);
        let short = if log2 == SMALLEST_LOG2 {
            usable(log2) - entries
        } else {
            0
        };
        // The parts stay in registers until the table is where it belongs.
        Ok(Table {
            block: Self::try_block(log2, short as u8, general)?,
            used: 0,
            filled: 0,
            added: 0,
            version: 0,
            log2,
            short: short as u8,
            general,
            keys_twice: false,
        })
    }

    /// A block for an index table of `1 << log2` empty slots and its entries.
    fn try_block(log2: u8, short: u8, general: bool) -> Result<NonNull<u8>, OutOfMemory> {
        if log2 > LARGEST_LOG2 {
            return Err(OutOfMemory);
        }
        let index = index_bytes(log2);
        let entries = (usable(log2) - short as usize) * Self::stride(general);
        let block = current_heap().try_alloc(index + entries)?;
        // SAFETY: the index table lies at the block's start.
        unsafe {
            if log2 == SMALLEST_LOG2 {
                block.cast::<u64>().write(u64::MAX);
            } else {
                std::ptr::write_bytes(block.as_ptr(), 0xFF, index);
            }
        }
        Ok(block)
    }

    #[inline(always)]
    pub fn used(&self) -> usize {
        self.used as usize
    }

    #[inline(always)]
    pub fn filled(&self) -> usize {
        self.filled as usize
    }

    #[inline(always)]
    pub fn is_general(&self) -> bool {
        self.general
    }

    /// True if there is no key to be found.
    #[inline(always)]
    pub fn has_no_block(&self) -> bool {
        self.log2 == 0
    }

    /// Tells one state of the block from another: moves when entries may have moved.
    pub fn identity(&self) -> (NonNull<u8>, u8, bool) {
        (self.block, self.log2, self.general)
    }

    pub fn capacity(&self) -> usize {
        if self.log2 == 0 {
            0
        } else {
            usable(self.log2) - self.short as usize
        }
    }

    #[inline(always)]
    const fn stride(general: bool) -> usize {
        if general { 24 } else { 16 }
    }

    fn block_bytes(&self) -> usize {
        index_bytes(self.log2) + self.capacity() * Self::stride(self.general)
    }

    /// Bytes of the index table and of an entry.
    pub fn shape(&self) -> (usize, usize) {
        (index_bytes(self.log2), Self::stride(self.general))
    }

    /// Address and bytes of the block, as asked for; None without one.
    pub fn block(&self) -> Option<(usize, usize)> {
        (self.log2 != 0).then(|| (self.block.addr().get(), self.block_bytes()))
    }

    /// Bytes the block really occupies.
    pub fn heap_bytes(&self) -> usize {
        if self.log2 == 0 {
            0
        } else {
            current_heap().rounded(self.block_bytes())
        }
    }

    fn allocate(&mut self, log2: u8, short: u8) -> Result<(), OutOfMemory> {
        self.block = Self::try_block(log2, short, self.general)?;
        self.log2 = log2;
        self.short = short;
        Ok(())
    }

    #[inline(always)]
    fn entry(&self, place: usize) -> *mut Entry {
        debug_assert!(place < self.capacity());
        // SAFETY: the place lies within the block.
        unsafe {
            self.block
                .as_ptr()
                .add(index_bytes(self.log2) + place * Self::stride(self.general))
                .cast()
        }
    }

    /// Where the value at a place lies behind the block's start.
    pub fn value_offset(&self, place: usize) -> u32 {
        let entry = self.entry(place).addr() - self.block.addr().get();
        (entry + std::mem::offset_of!(Entry, value)) as u32
    }

    /// The word of the value at an offset that [`Table::value_offset`] told.
    ///
    /// # Safety
    /// The table has kept its block since, and a live entry lies there.
    #[inline(always)]
    pub unsafe fn word_at_offset(&self, offset: u32) -> u64 {
        // SAFETY: by the caller's word.
        unsafe { self.block.byte_add(offset as usize).cast::<u64>().read() }
    }

    /// The key's word at a place below `filled`; 0 for a hole.
    #[inline(always)]
    pub fn key_word(&self, place: usize) -> u64 {
        debug_assert!(place < self.filled());
        // SAFETY: places below `filled` are initialised.
        unsafe { (*self.entry(place)).key }
    }

    /// The first place that holds an entry, or one that is not below `filled`.  Where the first
    /// place is a hole, its value says up to which place there are only holes: a queue, whose
    /// entries always go from the front, is not searched from its start each time.
    #[inline]
    pub fn first_place(&self) -> usize {
        if self.filled == 0 || self.key_word(0) != 0 {
            return 0;
        }
        self.first_place_behind_holes()
    }

    #[inline(never)]
    fn first_place_behind_holes(&self) -> usize {
        let first = self.entry(0);
        // SAFETY: the first place is a hole, so its value is a number, which `remove` set to 0;
        // a place that was a hole stays one for as long as a place behind it is in use.
        unsafe {
            let mut place = (*first).value as usize;
            while place < self.filled() && self.key_word(place) == 0 {
                place += 1;
            }
            (*first).value = place as u64;
            place
        }
    }

    /// The key at a place below `filled`.
    #[inline(always)]
    pub fn key(&self, place: usize) -> Option<&Value> {
        let entry = self.entry(place);
        // SAFETY: a place below `filled` holds a value word or 0 as key.
        unsafe {
            if (*entry).key == 0 {
                None
            } else {
                Some(Value::from_slot(&(*entry).key))
            }
        }
    }

    /// The value at a place below `filled` that is no hole.
    #[inline(always)]
    pub fn value(&self, place: usize) -> &Value {
        debug_assert!(self.key_word(place) != 0);
        // SAFETY: a live entry's value is a valid word.
        unsafe { Value::from_slot(&(*self.entry(place)).value) }
    }

    /// Shows all keys and values.
    #[inline(always)]
    pub fn each(&self, mut show: impl FnMut(&Value, &Value)) {
        let count = self.filled();
        if count == 0 {
            return;
        }
        let (mut entry, stride) = (self.entry(0), Self::stride(self.general));
        for _ in 0..count {
            // SAFETY: places below `filled` hold a value word or 0 as key, and a value where there is a
            // key; the pointer stays within the block or right behind it.
            unsafe {
                if (*entry).key != 0 {
                    show(
                        Value::from_slot(&(*entry).key),
                        Value::from_slot(&(*entry).value),
                    );
                }
                entry = entry.byte_add(stride);
            }
        }
    }

    /// The entries of a table whose keys are strings and none of whose places is empty, as most are.
    #[inline(always)]
    pub fn plain_entries(&self) -> Option<&[Entry]> {
        if self.general || self.keys_twice || self.filled != self.used {
            return None;
        }
        if self.filled == 0 {
            return Some(&[]);
        }
        // Most tables are small; the collector comes by all of them.
        let index = match self.log2 {
            small @ 0..=8 => 1 << small,
            large => Self::large_index_bytes(large),
        };
        // SAFETY: behind the index, places below `filled` hold entries of two words, which stay while the table
        // is borrowed.
        unsafe {
            let first = self.block.as_ptr().add(index).cast();
            Some(std::slice::from_raw_parts(first, self.filled()))
        }
    }

    #[cold]
    #[inline(never)]
    fn large_index_bytes(log2: u8) -> usize {
        index_bytes(log2)
    }

    /// Stores a value at a live place and returns the old one.
    #[inline(always)]
    pub fn replace_value(&mut self, place: usize, value: Value) -> Value {
        debug_assert!(self.key_word(place) != 0);
        // SAFETY: a live entry's value is an owned word, which the new one takes over.
        unsafe {
            let word = &mut (*self.entry(place)).value;
            Value::from_word(std::mem::replace(word, value.into_word()))
        }
    }

    /// The hash of the key at a live place.
    #[inline(always)]
    pub fn hash(&self, vm: &Vm, place: usize) -> u64 {
        debug_assert!(self.key_word(place) != 0);
        let entry = self.entry(place);
        // SAFETY: general entries have a third word; the keys of other tables are exact strings.
        unsafe {
            if self.general {
                *entry.cast::<u64>().add(2)
            } else {
                str_of_word(&(*entry).key).hash(vm)
            }
        }
    }

    /// Goes on with a lookup until something is decided.  The table must have a block.
    #[inline(always)]
    pub fn step(&self, vm: &Vm, probe: &mut Probe, wanted: &Wanted<'_>) -> Step {
        by_width!(self.log2, I => self.step_by::<I>(vm, probe, wanted))
    }

    #[inline(always)]
    fn step_by<I: Index>(&self, vm: &Vm, probe: &mut Probe, wanted: &Wanted<'_>) -> Step {
        let mask = (1usize << self.log2) - 1;
        loop {
            // SAFETY: the masked slot lies within the index table.
            let place = unsafe { *self.block.as_ptr().cast::<I>().add(probe.slot & mask) }.place();
            if place == I::EMPTY {
                return Step::Missing;
            }
            probe.advance();
            if place == I::DELETED {
                continue;
            }
            let entry = self.entry(place);
            // SAFETY: slots name live places; string-only tables hold exact strings.
            unsafe {
                let own = &(*entry).key;
                if *own == wanted.word {
                    return Step::Found(place);
                }
                if self.general {
                    if *entry.cast::<u64>().add(2) != wanted.hash {
                        continue;
                    }
                    if *own & wanted.word & 1 == 1 {
                        // Two immediate integers that are not the same word.
                        continue;
                    }
                    if let Some(wanted) = wanted.str
                        && let Some(own) = exact_str(vm, Value::from_slot(own))
                    {
                        if own.equals(wanted) {
                            return Step::Found(place);
                        }
                        continue;
                    }
                    return Step::Ask(place);
                }
                let own = str_of_word(own);
                if own.hash(vm) != wanted.hash {
                    continue;
                }
                match wanted.str {
                    Some(wanted) if own.equals(wanted) => return Step::Found(place),
                    Some(_) => {}
                    None => return Step::Ask(place),
                }
            }
        }
    }

    /// Makes sure that [`Table::append`] has a place, for a key that is an exact string or not.
    #[inline(always)]
    pub fn make_room(&mut self, vm: &Vm, string: bool) -> Result<(), OutOfMemory> {
        if (self.added as usize) < self.capacity() && (string || self.general) {
            return Ok(());
        }
        self.make_room_slowly(vm, string)
    }

    #[cold]
    #[inline(never)]
    fn make_room_slowly(&mut self, vm: &Vm, string: bool) -> Result<(), OutOfMemory> {
        if self.log2 == 0 {
            self.general = !string;
            return self.allocate(SMALLEST_LOG2, 0);
        }
        let general = self.general || !string;
        if general == self.general && (self.added as usize) < usable(self.log2) {
            return self.complete();
        }
        self.rebuild(vm, log2_for_growth(self.used()), general)
    }

    /// Gives a small table that was made to measure all the places its index size allows.
    fn complete(&mut self) -> Result<(), OutOfMemory> {
        let old = self.block_bytes();
        let short = std::mem::replace(&mut self.short, 0);
        // SAFETY: the block was allocated with the size computed before `short` changed; the
        // index table and the entries keep their places in it.
        match unsafe { current_heap().try_realloc(self.block, old, self.block_bytes()) } {
            Ok(block) => {
                self.block = block;
                Ok(())
            }
            Err(error) => {
                self.short = short;
                Err(error)
            }
        }
    }

    /// Moves the live entries to a new block.
    pub fn rebuild(&mut self, vm: &Vm, log2: u8, general: bool) -> Result<(), OutOfMemory> {
        let mut new = self.emptied();
        new.general = general;
        new.allocate(log2.max(log2_for_entries(self.used())), 0)?;
        for place in 0..self.filled() {
            if self.key_word(place) == 0 {
                continue;
            }
            let hash = self.hash(vm, place);
            let entry = self.entry(place);
            // SAFETY: the entry's words move to the new table, which has room for all live ones.
            unsafe { new.append_words((*entry).key, (*entry).value, hash) };
        }
        // The entries have moved out: only the block is left to be freed.
        self.filled = 0;
        *self = new;
        Ok(())
    }

    /// Adds an entry whose key is not in the table; [`Table::make_room`] made a place for it.
    #[inline(always)]
    pub fn append(&mut self, key: Value, hash: u64, value: Value) {
        self.version = 0;
        if self.keys_twice {
            std::mem::forget(key.clone());
        }
        // SAFETY: by the caller's word there is a place; the words' ownership moves in.
        unsafe { self.append_words(key.into_word(), value.into_word(), hash) };
    }

    #[inline(always)]
    unsafe fn append_words(&mut self, key: u64, value: u64, hash: u64) {
        debug_assert!(self.filled() < self.capacity());
        let place = self.filled();
        let entry = self.entry(place);
        // SAFETY: the place is within the block; a general entry has a third word.
        unsafe {
            entry.write(Entry { key, value });
            if self.general {
                *entry.cast::<u64>().add(2) = hash;
            }
        }
        self.filled += 1;
        self.used += 1;
        self.added += 1;
        self.name_place(place, hash);
    }

    /// Writes a place into the first empty or deleted slot of its hash.
    #[inline(always)]
    fn name_place(&mut self, place: usize, hash: u64) {
        let mask = (1usize << self.log2) - 1;
        let mut probe = Probe::new(hash);
        by_width!(self.log2, I => {
            let index = self.block.as_ptr().cast::<I>();
            // SAFETY: masked slots lie within the index table, which is never full.
            unsafe {
                while (*index.add(probe.slot & mask)).place() < I::DELETED {
                    probe.advance();
                }
                *index.add(probe.slot & mask) = I::of(place);
            }
        });
    }

    /// Marks the slot that names a live place as deleted.
    fn forget_place(&mut self, vm: &Vm, place: usize) {
        let mask = (1usize << self.log2) - 1;
        let mut probe = Probe::new(self.hash(vm, place));
        by_width!(self.log2, I => {
            let index = self.block.as_ptr().cast::<I>();
            // SAFETY: masked slots lie within the index table, and one of them names the place.
            unsafe {
                while (*index.add(probe.slot & mask)).place() != place {
                    probe.advance();
                }
                *index.add(probe.slot & mask) = I::of(I::DELETED);
            }
        });
    }

    /// Takes a live entry out and leaves a hole.
    pub fn remove(&mut self, vm: &Vm, place: usize) -> (Value, Value) {
        self.forget_place(vm, place);
        let entry = self.entry(place);
        self.version = 0;
        self.used -= 1;
        // SAFETY: the entry is live, so its words are owned values; both move out.
        unsafe {
            let key = Value::from_word((*entry).key);
            let value = Value::from_word((*entry).value);
            (*entry).key = 0;
            (*entry).value = 0;
            if self.keys_twice {
                drop(Value::from_word(key.word()));
            }
            (key, value)
        }
    }

    /// Takes the last entry out, and the holes behind it away.
    pub fn pop_last(&mut self, vm: &Vm) -> Option<(Value, Value)> {
        if self.used == 0 {
            return None;
        }
        // No slot names a hole, so its place can be taken again.
        while self.key_word(self.filled() - 1) == 0 {
            self.filled -= 1;
        }
        let pair = self.remove(vm, self.filled() - 1);
        self.filled -= 1;
        if self.used == 0 {
            // What the first place knows of those behind it ends here.
            self.filled = 0;
        }
        Some(pair)
    }

    /// True if a copy of the block as it is would waste nothing.
    pub fn is_tight(&self) -> bool {
        self.used == self.filled
            && (self.log2 == SMALLEST_LOG2 || usable(self.log2 - 1) < self.used())
    }

    /// A copy with every key and value counted anew.
    pub fn duplicate(&self, vm: &Vm) -> Result<Table, OutOfMemory> {
        let mut copy = Table::new();
        copy.general = self.general;
        if self.used == 0 {
            copy.general = false;
            return Ok(copy);
        }
        if self.used() >= self.filled() * 2 / 3 {
            copy.allocate(self.log2, self.short)?;
            let bytes = index_bytes(self.log2) + self.filled() * Self::stride(self.general);
            // SAFETY: both blocks have the same shape; every live word that is copied is counted.
            unsafe {
                std::ptr::copy_nonoverlapping(self.block.as_ptr(), copy.block.as_ptr(), bytes);
            }
            for place in 0..self.filled() {
                if let Some(key) = self.key(place) {
                    std::mem::forget(key.clone());
                    std::mem::forget(self.value(place).clone());
                }
            }
            copy.used = self.used;
            copy.filled = self.filled;
            copy.added = self.added;
            return Ok(copy);
        }
        copy.allocate(log2_for_entries(self.used()), 0)?;
        for place in 0..self.filled() {
            if let Some(key) = self.key(place) {
                let hash = self.hash(vm, place);
                copy.append(key.clone(), hash, self.value(place).clone());
            }
        }
        Ok(copy)
    }
}

impl Drop for Table {
    /// Drops key and value of each entry in order, then frees the block.  The table must be
    /// nobody's any more: the values' ends may run Python code.
    fn drop(&mut self) {
        if self.log2 == 0 {
            return;
        }
        for place in 0..self.filled() {
            let entry = self.entry(place);
            // SAFETY: a live entry's words are owned, and nobody looks at them again.
            unsafe {
                if (*entry).key != 0 {
                    if self.keys_twice {
                        drop(Value::from_word((*entry).key));
                    }
                    drop(Value::from_word((*entry).key));
                    drop(Value::from_word((*entry).value));
                }
            }
        }
        // SAFETY: the block was allocated with this size.
        unsafe { current_heap().free(self.block, self.block_bytes()) };
    }
}

/// The string at a heap word.
///
/// # Safety
/// The word is the address of a live `str` object.
#[inline(always)]
unsafe fn str_of_word(word: &u64) -> &Str {
    // SAFETY: by the caller's word.
    unsafe { (*(*word as *const Object<Str>)).payload() }
}

/// The string, if the value is of class `str` itself.
#[inline(always)]
pub(super) fn exact_str<'a>(vm: &Vm, value: &'a Value) -> Option<&'a Str> {
    let object = value.object()?;
    // SAFETY: a value's object is live; objects of class `str` have a Str behind the header.
    unsafe {
        if object.as_ref().class() == vm.types.str.head() {
            Some((*(object.as_ptr() as *const Object<Str>)).payload())
        } else {
            None
        }
    }
}
