//! The table of interned strings.
//!
//! It holds the strings themselves, found by the hash that each of them keeps for dicts anyway.

use std::collections::HashSet;
use std::hash::{BuildHasherDefault, Hash, Hasher};

use super::Vm;
use crate::object::{Ref, Str};

/// The interned strings.
#[derive(Default)]
pub struct InternedStrings {
    known: HashSet<Interned, BuildHasherDefault<KnownHash>>,
}

/// A string whose hash was computed.
struct Interned(Ref<Str>);

impl Hash for Interned {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.0.known_hash());
    }
}

impl PartialEq for Interned {
    fn eq(&self, other: &Interned) -> bool {
        self.0.width() == other.0.width() && self.0.raw_bytes() == other.0.raw_bytes()
    }
}

impl Eq for Interned {}

/// Takes a hash as it is.
#[derive(Default)]
struct KnownHash(u64);

impl Hasher for KnownHash {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(byte);
        }
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

impl InternedStrings {
    /// Number of strings.
    pub fn len(&self) -> usize {
        self.known.len()
    }

    /// All strings, in no order.
    pub fn iter(&self) -> impl Iterator<Item = &Ref<Str>> {
        self.known.iter().map(|known| &known.0)
    }

    /// The string equal to another one; where there is none, `new` is told and it becomes the one.
    pub fn get_or_insert(&mut self, vm: &Vm, string: &Ref<Str>, new: impl FnOnce()) -> Ref<Str> {
        string.hash(vm);
        let wanted = Interned(string.clone());
        if let Some(known) = self.known.get(&wanted) {
            return known.0.clone();
        }
        new();
        self.known.insert(wanted);
        string.clone()
    }
}
