//! Growable bytes on our heap that can be exported: the representation of `bytearray`, and of
//! whatever else hands its memory out by the buffer protocol.
//!
//! While somebody holds an export (a `memoryview`, a native reading into it) the bytes may be
//! changed but not moved: every operation that changes the length asks first
//! ([`ByteBuffer::resize_check`]).
#![allow(unsafe_code)]

use std::cell::{Cell, UnsafeCell};

use heap::buffer;

use super::class::Class;
use super::payload::{Kind, Payload, Ref, alloc};
use super::result::PyResult;
use crate::fields;
use crate::object::fields::{Buffer, Field};
use crate::vm::Vm;

/// The bytes of a buffer: they grow by half.
pub type ByteVec = buffer::HeapVec<u8>;

/// Growable bytes with a count of exports.
#[derive(Default)]
pub struct ByteBuffer {
    bytes: UnsafeCell<ByteVec>,
    exports: Cell<u32>,
}

impl ByteBuffer {
    /// A buffer of these bytes.
    pub fn new(bytes: ByteVec) -> ByteBuffer {
        ByteBuffer {
            bytes: UnsafeCell::new(bytes),
            exports: Cell::new(0),
        }
    }

    /// Number of bytes.
    #[inline]
    pub fn len(&self) -> usize {
        // SAFETY: nobody changes the buffer during the read.
        unsafe { (*self.bytes.get()).len() }
    }

    /// True without bytes.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Looks at the bytes; `look` must not run Python code.
    #[inline]
    pub fn with<R>(&self, look: impl FnOnce(&[u8]) -> R) -> R {
        // SAFETY: the caller keeps the rule above, so nothing changes the buffer meanwhile.
        look(unsafe { (*self.bytes.get()).as_slice() })
    }

    /// Changes bytes in place; `change` must not run Python code.
    #[inline]
    pub fn with_mut<R>(&self, change: impl FnOnce(&mut [u8]) -> R) -> R {
        // SAFETY: as for `with`.
        change(unsafe { (*self.bytes.get()).as_mut_slice() })
    }

    /// Changes the bytes and their number; `change` must not run Python code, and the caller has
    /// asked [`ByteBuffer::resize_check`].
    #[inline]
    pub fn update<R>(&self, change: impl FnOnce(&mut ByteVec) -> R) -> R {
        debug_assert!(self.exports.get() == 0, "resized while exported");
        // SAFETY: as for `with`.
        change(unsafe { &mut *self.bytes.get() })
    }

    /// BufferError while the bytes are exported.
    #[inline]
    pub fn resize_check(&self, vm: &Vm) -> PyResult<()> {
        if self.exports.get() > 0 {
            return Err(vm.buffer_error("Existing exports of data: object cannot be re-sized"));
        }
        Ok(())
    }

    /// True while the bytes are exported.
    pub fn is_exported(&self) -> bool {
        self.exports.get() > 0
    }

    /// Counts an export.
    pub fn export(&self) {
        self.exports.set(self.exports.get() + 1);
    }

    /// Ends an export.
    pub fn end_export(&self) {
        self.exports.set(self.exports.get().saturating_sub(1));
    }

    /// The block.
    pub fn block(&self) -> Option<Buffer> {
        // SAFETY: nobody changes the buffer during the read.
        let (address, bytes) = unsafe { (*self.bytes.get()).block()? };
        Some(Buffer {
            name: "bytes",
            address,
            bytes,
        })
    }

    /// Room the block has.
    pub fn capacity(&self) -> usize {
        // SAFETY: nobody changes the buffer during the read.
        unsafe { (*self.bytes.get()).capacity() }
    }

    /// A copy of the bytes.
    pub fn to_vec(&self) -> Vec<u8> {
        self.with(<[u8]>::to_vec)
    }
}

/// A `bytearray`'s payload.
#[derive(Default)]
pub struct ByteArray {
    /// The contents.
    pub buffer: ByteBuffer,
}

impl std::ops::Deref for ByteArray {
    type Target = ByteBuffer;
    #[inline]
    fn deref(&self) -> &ByteBuffer {
        &self.buffer
    }
}

impl Payload for ByteArray {
    const KIND: Kind = Kind::BYTEARRAY;
    const NAME: &'static str = "bytearray";
    const COLLECTED: bool = false;
    const FIELDS: &'static [Field] = fields![
        "buffer" => buffer as Opaque,
    ];

    fn buffer(&self) -> Option<Buffer> {
        self.buffer.block()
    }
}

impl Vm {
    /// Heap bytes with a copy of these; MemoryError where the heap refuses.
    pub fn byte_vec(&self, bytes: &[u8]) -> PyResult<ByteVec> {
        let mut new = ByteVec::try_with_capacity(bytes.len()).map_err(|_| self.memory_error())?;
        new.try_extend_from_slice(bytes)
            .map_err(|_| self.memory_error())?;
        Ok(new)
    }

    /// A `bytearray` with a copy of these bytes; MemoryError where the heap refuses.
    pub fn bytearray(&self, bytes: &[u8]) -> PyResult<Ref<ByteArray>> {
        self.bytearray_of_class(&self.types.bytearray, bytes)
    }

    /// A new object of a class derived from `bytearray`.
    pub fn bytearray_of_class(&self, class: &Ref<Class>, bytes: &[u8]) -> PyResult<Ref<ByteArray>> {
        let buffer = ByteBuffer::new(self.byte_vec(bytes)?);
        Ok(alloc(class, ByteArray { buffer }))
    }

    /// A `bytearray` value with a copy of these bytes.
    pub fn bytearray_value(&self, bytes: &[u8]) -> PyResult {
        self.bytearray(bytes).map(Ref::into_value)
    }
}
