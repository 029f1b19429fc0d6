//! Storage of the dense arrays: from the allocator while small, mapped while large.
//!
//! A mapping grows without being copied, and what it leaves goes back to the system at once, where the allocator would keep
//! holes of half, a quarter and an eighth of a large array among the program's own blocks.
#![allow(unsafe_code)]

use std::alloc::{self, Layout};
use std::ptr;

use crate::blocks::os;

/// Bytes from which on storage is mapped.
const MAPPED: usize = 128 * 1024;

/// True if storage of this size has a mapping of its own.
fn is_mapped(bytes: usize) -> bool {
    os::REMAPS && bytes >= MAPPED
}

/// Storage of `new` bytes with what the old had at its beginning; null where there is no memory, and
/// the old is as it was.
///
/// # Safety
/// `start` has `old` bytes and came from here, unless `old` is zero.  `new` is not zero; both are small
/// enough for a layout, and multiples of four.
pub(super) unsafe fn resize(start: *mut u8, old: usize, new: usize) -> *mut u8 {
    // SAFETY: the layouts are those that the storage was made with; mappings are of whole pages, and what
    // is copied lies in both.
    unsafe {
        if is_mapped(old) && is_mapped(new) {
            return os::remap_buffer(start, old, new);
        }
        if !is_mapped(old) && !is_mapped(new) && old > 0 {
            return alloc::realloc(start, layout(old), new);
        }
        let moved = if is_mapped(new) {
            os::map_buffer(new).map_or(ptr::null_mut(), ptr::NonNull::as_ptr)
        } else {
            alloc::alloc(layout(new))
        };
        if !moved.is_null() && old > 0 {
            ptr::copy_nonoverlapping(start, moved, old.min(new));
            free(start, old);
        }
        moved
    }
}

/// Gives storage back.
///
/// # Safety
/// It has so many bytes, not zero, came from [`resize`] and is not used any more.
pub(super) unsafe fn free(start: *mut u8, bytes: usize) {
    // SAFETY: by the caller's word.
    unsafe {
        if is_mapped(bytes) {
            os::unmap_buffer(ptr::NonNull::new_unchecked(start), bytes);
        } else {
            alloc::dealloc(start, layout(bytes));
        }
    }
}

/// The layout of small storage.
pub(super) fn layout(bytes: usize) -> Layout {
    // SAFETY: 2^32 names are far from the largest size.
    unsafe { Layout::from_size_align_unchecked(bytes, align_of::<u32>()) }
}
