//! The representation of `bytes`: a cached hash, a length and the bytes inline.
#![allow(unsafe_code)]

use std::cell::Cell;

use super::class::Class;
use super::payload::{Kind, Object, Payload, Ref, alloc_variable, try_alloc_variable};
use super::result::PyResult;
use super::value::Value;
use crate::fields;
use crate::object::fields::Field;
use crate::vm::Vm;

/// A `bytes` object's payload; the bytes follow it.
#[repr(C)]
pub struct Bytes {
    hash: Cell<u64>,
    len: usize,
}

impl Payload for Bytes {
    const KIND: Kind = Kind::BYTES;
    const NAME: &'static str = "bytes";
    const COLLECTED: bool = false;
    const VARIABLE: bool = true;
    const FIELDS: &'static [Field] = fields![
        "hash" => hash as Unsigned,
        "len" => len as Unsigned,
    ];

    fn trailing_bytes(&self) -> usize {
        self.len
    }
}

impl Bytes {
    /// The bytes.
    #[inline]
    pub fn as_slice(&self) -> &[u8] {
        // SAFETY: `len` bytes were stored behind the payload and never change.
        unsafe {
            let first = (self as *const Bytes)
                .cast::<u8>()
                .add(size_of::<Object<Bytes>>() - Object::<Bytes>::PAYLOAD_OFFSET);
            std::slice::from_raw_parts(first, self.len)
        }
    }

    /// The hash, computed once; equal to that of the same text as an ASCII `str`, as in CPython.
    pub fn hash(&self, vm: &Vm) -> u64 {
        match self.hash.get() {
            // Python fixes this one.
            0 if self.len == 0 => 0,
            0 => {
                let hash = vm.hash_bytes(self.as_slice());
                self.hash.set(hash);
                hash
            }
            hash => hash,
        }
    }
}

impl std::ops::Deref for Bytes {
    type Target = [u8];
    #[inline]
    fn deref(&self) -> &[u8] {
        self.as_slice()
    }
}

impl Vm {
    /// A `bytes` object with these contents; empty and one-byte ones are shared.  For sizes that
    /// are known to be moderate; see [`Vm::try_bytes`].
    pub fn bytes(&self, bytes: &[u8]) -> Ref<Bytes> {
        self.shared_bytes(bytes)
            .unwrap_or_else(|| self.bytes_of_class(&self.types.bytes, bytes))
    }

    /// A `bytes` value with these contents.
    pub fn bytes_value(&self, bytes: &[u8]) -> Value {
        self.bytes(bytes).into_value()
    }

    /// A new object of a class derived from `bytes`.
    pub fn bytes_of_class(&self, class: &Ref<Class>, bytes: &[u8]) -> Ref<Bytes> {
        let payload = Bytes {
            hash: Cell::new(0),
            len: bytes.len(),
        };
        // SAFETY: all bytes are copied.
        unsafe {
            alloc_variable(class, payload, bytes.len(), |data| {
                std::ptr::copy_nonoverlapping(bytes.as_ptr(), data.as_ptr(), bytes.len());
            })
        }
    }

    /// As [`Vm::bytes`]; MemoryError where the heap refuses.
    pub fn try_bytes(&self, bytes: &[u8]) -> PyResult<Ref<Bytes>> {
        self.bytes_filled(bytes.len(), |data| data.copy_from_slice(bytes))
    }

    /// A `bytes` object of `len` bytes, zeroed and then filled; MemoryError where the heap
    /// refuses.
    pub fn bytes_filled(&self, len: usize, fill: impl FnOnce(&mut [u8])) -> PyResult<Ref<Bytes>> {
        if len <= 1 {
            let mut one = [0u8];
            fill(&mut one[..len]);
            return Ok(self.bytes(&one[..len]));
        }
        if len > isize::MAX as usize / 2 {
            return Err(self.memory_error());
        }
        let payload = Bytes {
            hash: Cell::new(0),
            len,
        };
        // SAFETY: all bytes are zeroed before they are seen as a slice.
        let new = unsafe {
            try_alloc_variable(&self.types.bytes, payload, len, |data| {
                std::ptr::write_bytes(data.as_ptr(), 0, len);
                fill(std::slice::from_raw_parts_mut(data.as_ptr(), len));
            })
        };
        new.map_err(|_| self.memory_error())
    }
}
