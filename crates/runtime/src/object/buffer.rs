//! What an object that supports the buffer protocol (`bytes`, `bytearray`, `memoryview`,
//! `array`) hands to whoever reads or writes its bytes.

use super::value::Value;

/// A view on contiguous bytes of an exporter.  The bytes are reached through
/// [`crate::types::bytes::with_buffer`]-like functions, never by a kept slice.
pub struct BufferView {
    /// The object whose memory it is.
    pub owner: Value,
    /// First byte, as an offset into the owner's bytes.
    pub start: usize,
    /// Length in bytes.
    pub len: usize,
    /// True if the bytes may not be written.
    pub readonly: bool,
    /// Bytes an item.
    pub itemsize: usize,
    /// Format of an item, in the `struct` module's language.
    pub format: Box<str>,
}
