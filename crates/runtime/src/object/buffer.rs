//! The buffer protocol: how an object hands its bytes to whoever reads or writes them.
//!
//! An exporter (`bytes`, `bytearray`, `memoryview`, `array`) fills `TypeSlots::buffer` with a
//! function that makes a [`BufferView`].  The view owns a reference to the object whose memory it
//! is and counts as an export until it is dropped.  The bytes are only reached inside
//! [`BufferView::with_bytes`] and [`BufferView::with_bytes_mut`], whose closures must not run
//! Python code, so that nobody keeps a slice while the memory changes.
//!
//! All memoryviews that come from one share a [`ManagedBuffer`], which alone refers to the object and is
//! its only export.

use std::borrow::Cow;

use heap::Visitor;
use smallvec::{SmallVec, smallvec};

use super::bytearray::ByteBuffer;
use super::class::{TypeSpec, class_flag};
use super::fields::Field;
use super::payload::{Kind, Payload, Visit, alloc};
use super::result::PyResult;
use super::value::Value;
use crate::fields;
use crate::types::memoryview::lent;
use crate::vm::Vm;
use crate::vm::mapping::Mapping;

/// What a consumer asks a buffer for: CPython's `PyBUF_` flags, as `__buffer__` gets them.
mod wanted {
    /// Bytes one behind the other.
    pub const SIMPLE: i64 = 0;
    /// The same, to write to.
    pub const WRITABLE: i64 = 1;
    /// Whatever there is.
    pub const ANYTHING: i64 = 284;
}

/// How the memory of an owner is reached.
#[derive(Clone, Copy)]
pub enum Memory {
    /// Bytes that never change or move.
    Fixed(fn(&Value) -> Option<&[u8]>),
    /// A growable buffer, which is not resized while exported.
    Growable(fn(&Value) -> Option<&ByteBuffer>),
    /// Memory of the system's, which is not given back while exported.
    Mapped(fn(&Value) -> Option<&Mapping>),
}

/// The bytes of an item as the low bytes of a word. Each size is one load: the word must not be put together in memory,
/// where reading it whole would wait for the pieces.
#[inline(always)]
pub fn load_word(bytes: &[u8]) -> u64 {
    match *bytes {
        [a] => a.into(),
        [a, b] => u16::from_ne_bytes([a, b]).into(),
        [a, b, c, d] => u32::from_ne_bytes([a, b, c, d]).into(),
        [a, b, c, d, e, f, g, h] => u64::from_ne_bytes([a, b, c, d, e, f, g, h]),
        _ => bytes
            .iter()
            .take(8)
            .rev()
            .fold(0, |word, byte| word << 8 | u64::from(*byte)),
    }
}

/// An exported view of an object's bytes: possibly part of them, with a step, in many dimensions.
pub struct BufferView {
    /// The object, or the managed buffer that refers to it.
    keeper: Value,
    memory: Memory,
    /// Offset of the first item in the owner's bytes.
    pub start: isize,
    /// True if the bytes may not be written.
    pub readonly: bool,
    /// Bytes an item.
    pub itemsize: usize,
    /// Format of an item, in the `struct` module's language.
    pub format: Cow<'static, str>,
    /// Items in each dimension.
    pub shape: SmallVec<[usize; 2]>,
    /// Bytes from item to item in each dimension.
    pub strides: SmallVec<[isize; 2]>,
}

impl BufferView {
    /// A view of all bytes of an owner; counts as an export.
    pub fn new(owner: &Value, memory: Memory, readonly: bool) -> BufferView {
        BufferView::typed(owner, memory, readonly, "B", 1)
    }

    /// A view of all items of an owner; counts as an export.
    pub fn typed(
        owner: &Value,
        memory: Memory,
        readonly: bool,
        format: impl Into<Cow<'static, str>>,
        itemsize: usize,
    ) -> BufferView {
        let mut view = BufferView {
            keeper: owner.clone(),
            memory,
            start: 0,
            readonly,
            itemsize,
            format: format.into(),
            shape: smallvec![0],
            strides: smallvec![itemsize as isize],
        };
        let len = view.memory_len();
        view.shape[0] = len / itemsize.max(1);
        view.export();
        view
    }

    /// A view of all that a loan (`types/memoryview/lent.rs`) is of.
    pub(crate) fn lent(loan: &Value) -> BufferView {
        let Some(view) = lent::view_of(loan) else {
            return BufferView::new(loan, Memory::Fixed(|_| None), true);
        };
        let memory = match view.memory {
            Memory::Fixed(_) => Memory::Fixed(|loan| lent::view_of(loan)?.fixed()),
            Memory::Growable(_) => Memory::Growable(|loan| lent::view_of(loan)?.growable()),
            Memory::Mapped(_) => Memory::Mapped(|loan| lent::view_of(loan)?.mapped()),
        };
        let lent = BufferView {
            keeper: loan.clone(),
            memory,
            format: view.format.clone(),
            shape: view.shape.clone(),
            strides: view.strides.clone(),
            ..*view
        };
        lent.export();
        lent
    }

    fn fixed(&self) -> Option<&[u8]> {
        match self.memory {
            Memory::Fixed(reach) => reach(self.owner()),
            Memory::Growable(_) | Memory::Mapped(_) => None,
        }
    }

    fn growable(&self) -> Option<&ByteBuffer> {
        match self.memory {
            Memory::Growable(reach) => reach(self.owner()),
            Memory::Fixed(_) | Memory::Mapped(_) => None,
        }
    }

    fn mapped(&self) -> Option<&Mapping> {
        match self.memory {
            Memory::Mapped(reach) => reach(self.owner()),
            Memory::Fixed(_) | Memory::Growable(_) => None,
        }
    }

    fn export(&self) {
        if self.is_managed() {
            return;
        }
        if let Some(buffer) = self.growable() {
            buffer.export();
        } else if let Some(mapping) = self.mapped() {
            mapping.export();
        }
    }

    fn end_export(&self) {
        if self.is_managed() {
            return;
        }
        if let Some(buffer) = self.growable() {
            buffer.end_export();
        } else if let Some(mapping) = self.mapped() {
            mapping.end_export();
        }
    }

    fn memory_len(&self) -> usize {
        match self.memory {
            Memory::Fixed(reach) => reach(self.owner()).map_or(0, <[u8]>::len),
            Memory::Growable(reach) => reach(self.owner()).map_or(0, ByteBuffer::len),
            Memory::Mapped(reach) => reach(self.owner()).map_or(0, Mapping::len),
        }
    }

    /// The object whose memory it is.
    pub fn owner(&self) -> &Value {
        match self.keeper.payload::<ManagedBuffer>() {
            Some(managed) => &managed.view.keeper,
            None => &self.keeper,
        }
    }

    /// What the view refers to: the object, or the managed buffer that it shares with others.
    pub fn keeper(&self) -> &Value {
        &self.keeper
    }

    /// The same view of a managed buffer.
    pub(crate) fn managed(mut self, vm: &Vm) -> BufferView {
        if !self.is_managed() {
            let view = self.clone();
            self.end_export();
            let managed = alloc(&vm.types.managed_buffer, ManagedBuffer { view });
            self.keeper = managed.into_value();
        }
        self
    }

    fn is_managed(&self) -> bool {
        self.keeper.payload::<ManagedBuffer>().is_some()
    }

    /// Number of items.
    pub fn items(&self) -> usize {
        self.shape.iter().product()
    }

    /// Bytes of all items.
    pub fn len(&self) -> usize {
        self.items() * self.itemsize
    }

    /// True without items.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// True if the items lie one behind the other, the last dimension nearest.
    pub fn is_c_contiguous(&self) -> bool {
        self.is_contiguous(true)
    }

    /// True if the items lie one behind the other, the first dimension nearest.
    pub fn is_f_contiguous(&self) -> bool {
        self.is_contiguous(false)
    }

    fn is_contiguous(&self, last_nearest: bool) -> bool {
        // CPython asks one dimension for its stride even if it is empty.
        if self.shape.len() > 1 && self.is_empty() {
            return true;
        }
        let mut expected = self.itemsize as isize;
        let dimensions = self.shape.len();
        for i in 0..dimensions {
            let i = if last_nearest { dimensions - 1 - i } else { i };
            if self.shape[i] != 1 && self.strides[i] != expected {
                return false;
            }
            expected = expected.saturating_mul(self.shape[i] as isize);
        }
        true
    }

    /// Looks at the owner's memory, all of it; `look` must not run Python code.
    pub fn with_memory<R>(&self, look: impl FnOnce(&[u8]) -> R) -> R {
        match self.memory {
            Memory::Fixed(reach) => look(reach(self.owner()).unwrap_or_default()),
            Memory::Growable(reach) => match reach(self.owner()) {
                Some(buffer) => buffer.with(look),
                None => look(&[]),
            },
            Memory::Mapped(reach) => match reach(self.owner()) {
                Some(mapping) => mapping.with(look),
                None => look(&[]),
            },
        }
    }

    /// Changes the owner's memory, all of it, in place; nothing where it is read-only.
    pub fn with_memory_mut<R>(&self, change: impl FnOnce(&mut [u8]) -> R) -> R {
        match (self.growable(), self.mapped()) {
            (Some(buffer), _) if !self.readonly => buffer.with_mut(change),
            (_, Some(mapping)) if !self.readonly => mapping.with_mut(change),
            _ => change(&mut []),
        }
    }

    /// Looks at the bytes of a C-contiguous view.
    pub fn with_bytes<R>(&self, look: impl FnOnce(&[u8]) -> R) -> R {
        let (start, len) = (self.start as usize, self.len());
        self.with_memory(|memory| look(memory.get(start..start + len).unwrap_or_default()))
    }

    /// Changes the bytes of a C-contiguous view in place.
    pub fn with_bytes_mut<R>(&self, change: impl FnOnce(&mut [u8]) -> R) -> R {
        let (start, len) = (self.start as usize, self.len());
        self.with_memory_mut(|m| change(m.get_mut(start..start + len).unwrap_or_default()))
    }

    /// The offsets of all items in the owner's memory, the last dimension fastest.
    pub fn offsets(&self) -> Vec<usize> {
        let mut offsets = vec![self.start];
        for (&count, &stride) in self.shape.iter().zip(&self.strides) {
            offsets = offsets
                .iter()
                .flat_map(|&base| (0..count as isize).map(move |i| base + i * stride))
                .collect();
        }
        offsets.into_iter().map(|offset| offset as usize).collect()
    }

    /// A copy of the bytes in C order, of any view.
    pub fn to_vec(&self) -> Vec<u8> {
        if self.is_c_contiguous() {
            return self.with_bytes(<[u8]>::to_vec);
        }
        let offsets = self.offsets();
        self.with_memory(|memory| {
            let items = offsets
                .iter()
                .filter_map(|&at| memory.get(at..at + self.itemsize));
            items.flatten().copied().collect()
        })
    }
}

impl Clone for BufferView {
    fn clone(&self) -> Self {
        self.export();
        BufferView {
            keeper: self.keeper.clone(),
            memory: self.memory,
            start: self.start,
            readonly: self.readonly,
            itemsize: self.itemsize,
            format: self.format.clone(),
            shape: self.shape.clone(),
            strides: self.strides.clone(),
        }
    }
}

impl Drop for BufferView {
    fn drop(&mut self) {
        self.end_export();
    }
}

/// What refers to an object for the memoryviews of it.
pub struct ManagedBuffer {
    view: BufferView,
}

impl Payload for ManagedBuffer {
    const KIND: Kind = Kind::MANAGED_BUFFER;
    const NAME: &'static str = "managedbuffer";
    const FIELDS: &'static [Field] = fields!["view" => view as Opaque];

    fn traverse(&self, visitor: &mut Visitor<'_>) {
        visitor.value(&self.view.keeper);
    }
}

/// Declaration of the type.
pub static MANAGED_SPEC: TypeSpec = TypeSpec {
    flags: class_flag::COLLECTED | class_flag::NO_INSTANTIATION,
    ..TypeSpec::of::<ManagedBuffer>("managedbuffer")
};

impl Vm {
    /// True if the value exports a buffer.
    pub fn has_buffer(&self, value: &Value) -> bool {
        self.class_of(value).slots().buffer.is_some()
    }

    /// The value's buffer, contiguous or not.
    pub fn buffer_any(&self, value: &Value) -> PyResult<BufferView> {
        self.buffer_for(value, wanted::ANYTHING)
    }

    /// The value's buffer; Python's `__buffer__` gets the flags.
    pub(crate) fn buffer_for(&self, value: &Value, flags: i64) -> PyResult<BufferView> {
        match self.class_of(value).slots().buffer {
            Some(buffer) => buffer(self, value, flags),
            None => Err(self.type_error(format!(
                "a bytes-like object is required, not '{}'",
                self.class_name(value)
            ))),
        }
    }

    /// The value's buffer, which must be C-contiguous.
    pub fn buffer(&self, value: &Value) -> PyResult<BufferView> {
        self.contiguous_buffer(value, wanted::SIMPLE)
    }

    fn contiguous_buffer(&self, value: &Value, flags: i64) -> PyResult<BufferView> {
        let view = self.buffer_for(value, flags)?;
        if !view.is_c_contiguous() {
            return Err(self.buffer_error("memoryview: underlying buffer is not C-contiguous"));
        }
        Ok(view)
    }

    /// The value's buffer, which must be C-contiguous and writable.
    pub fn buffer_mut(&self, value: &Value) -> PyResult<BufferView> {
        let view = self.contiguous_buffer(value, wanted::WRITABLE)?;
        if view.readonly {
            return Err(self.buffer_error("Object is not writable."));
        }
        Ok(view)
    }

    /// A copy of the bytes of a bytes-like value; MemoryError where there is no room for it.
    pub fn copied_bytes(&self, value: &Value) -> PyResult<Vec<u8>> {
        if let Some(bytes) = value.payload::<super::Bytes>() {
            self.check_room(bytes.len())?;
            return Ok(bytes.to_vec());
        }
        let view = self.buffer(value)?;
        self.check_room(view.len())?;
        Ok(view.to_vec())
    }

    /// A copy of a growable buffer's bytes; MemoryError where there is no room for it.
    pub fn copied(&self, buffer: &ByteBuffer) -> PyResult<Vec<u8>> {
        buffer.with(|bytes| self.copy_of(bytes))
    }

    /// A copy of bytes; MemoryError where there is no room for it.
    pub fn copy_of(&self, bytes: &[u8]) -> PyResult<Vec<u8>> {
        let mut copy = Vec::new();
        let room = copy.try_reserve_exact(bytes.len());
        room.map_err(|_| self.memory_error())?;
        copy.extend_from_slice(bytes);
        Ok(copy)
    }

    /// Raises MemoryError if the system has not as many bytes left: for what is about to take them in
    /// a way that could not fail.
    pub fn check_room(&self, bytes: usize) -> PyResult<()> {
        const ALWAYS: usize = 1 << 20;
        if bytes <= ALWAYS {
            return Ok(());
        }
        let mut room = Vec::<u8>::new();
        room.try_reserve_exact(bytes)
            .map_err(|_| self.memory_error())
    }

    /// Looks at the bytes of a bytes-like value; `look` must not run Python code.
    pub fn with_bytes_of<R>(&self, value: &Value, look: impl FnOnce(&[u8]) -> R) -> PyResult<R> {
        if let Some(bytes) = value.payload::<super::Bytes>() {
            return Ok(look(bytes));
        }
        Ok(self.buffer(value)?.with_bytes(look))
    }
}
