//! Arenas from the operating system, aligned to their size.
#![allow(unsafe_code)]

use std::ptr::NonNull;

use super::arena::ARENA_SIZE;
#[cfg(target_os = "linux")]
use super::pool::POOL_SIZE;

/// Maps a zeroed arena, or nothing if the system has no memory left.
#[cfg(unix)]
pub(super) fn map_arena() -> Option<NonNull<u8>> {
    // The system usually places a mapping next to the previous one, so that it is aligned already.
    let start = map(ARENA_SIZE)?;
    if start.addr().get() % ARENA_SIZE == 0 {
        return Some(start);
    }
    unmap(start, ARENA_SIZE);
    let wide = map(2 * ARENA_SIZE)?;
    let before = wide.addr().get().next_multiple_of(ARENA_SIZE) - wide.addr().get();
    // SAFETY: both cuts lie inside the mapping of twice the size.
    let (start, end) = unsafe { (wide.add(before), wide.add(before + ARENA_SIZE)) };
    if before > 0 {
        unmap(wide, before);
    }
    if before < ARENA_SIZE {
        unmap(end, ARENA_SIZE - before);
    }
    Some(start)
}

/// Gives an arena back.
///
/// # Safety
/// It came from [`map_arena`] and nothing in it is used any more.
#[cfg(unix)]
pub(super) unsafe fn unmap_arena(start: NonNull<u8>) {
    unmap(start, ARENA_SIZE);
}

#[cfg(unix)]
fn map(size: usize) -> Option<NonNull<u8>> {
    // SAFETY: an anonymous private mapping at an address of the system's choice touches nothing.
    let start = unsafe {
        libc::mmap(
            std::ptr::null_mut(),
            size,
            libc::PROT_READ | libc::PROT_WRITE,
            libc::MAP_PRIVATE | libc::MAP_ANONYMOUS,
            -1,
            0,
        )
    };
    if start == libc::MAP_FAILED {
        None
    } else {
        NonNull::new(start.cast())
    }
}

#[cfg(unix)]
fn unmap(start: NonNull<u8>, size: usize) {
    // SAFETY: only called with parts of mappings made here that are not used any more.  It can
    // fail only for lack of memory for the kernel's tables; the range then stays mapped.
    unsafe { libc::munmap(start.as_ptr().cast(), size) };
}

/// Whether [`release`] does anything here.
pub(super) const RELEASES: bool = cfg!(target_os = "linux");

/// Lets the system take the pages of a range back; when it is used again it holds zeros or what it held.
///
/// # Safety
/// The range is whole pools of an arena that nothing uses.
#[cfg(target_os = "linux")]
pub(super) unsafe fn release(start: *mut u8, size: usize) {
    // SAFETY: asks for a number.
    let page = unsafe { libc::sysconf(libc::_SC_PAGESIZE) };
    // The system rounds up to whole pages: where they are larger than pools, neighbours would go too.
    if usize::try_from(page).is_ok_and(|page| POOL_SIZE.is_multiple_of(page)) {
        // SAFETY: whole pages of a private mapping which by the caller's word nobody uses.
        unsafe { libc::madvise(start.cast(), size, libc::MADV_DONTNEED) };
    }
}

/// Elsewhere the pages stay.
///
/// # Safety
/// None is needed; as on Linux.
#[cfg(not(target_os = "linux"))]
pub(super) unsafe fn release(_start: *mut u8, _size: usize) {}

#[cfg(not(unix))]
const LAYOUT: std::alloc::Layout = match std::alloc::Layout::from_size_align(ARENA_SIZE, ARENA_SIZE)
{
    Ok(layout) => layout,
    Err(_) => panic!("the arena size is a power of two"),
};

/// Maps a zeroed arena, or nothing if the system has no memory left.
#[cfg(not(unix))]
pub(super) fn map_arena() -> Option<NonNull<u8>> {
    // SAFETY: the layout's size is not zero.
    NonNull::new(unsafe { std::alloc::alloc_zeroed(LAYOUT) })
}

/// Gives an arena back.
///
/// # Safety
/// It came from [`map_arena`] and nothing in it is used any more.
#[cfg(not(unix))]
pub(super) unsafe fn unmap_arena(start: NonNull<u8>) {
    // SAFETY: by the caller's word.
    unsafe { std::alloc::dealloc(start.as_ptr(), LAYOUT) };
}
