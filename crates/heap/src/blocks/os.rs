//! What the heap asks of the operating system and of the C library's allocator: arenas, aligned to their size; buffers of the
//! collector; and that memory which is not needed goes back, or stays where it is about to be used again.
//!
//! The arenas of a heap lie in one range of addresses, so that four bytes can tell which object is meant
//! (`gc/entry.rs`).  The range is not reserved, which would count against the limits of the process: each arena is
//! asked for at its address, far below where the system puts mappings of its own choice, and may come to lie elsewhere.
#![allow(unsafe_code)]

use std::ptr::NonNull;
#[cfg(unix)]
use std::sync::atomic::{AtomicUsize, Ordering};

use super::arena::ARENA_SIZE;
#[cfg(target_os = "linux")]
use super::pool::POOL_SIZE;

/// Where the arenas of a new heap should lie, aligned to an arena; 0 if there is no saying.
#[cfg(unix)]
pub(super) fn range_for_arenas() -> usize {
    /// The system places stacks and mappings at random in less than this, next to each other.
    const TAKEN: usize = 4 << 40;
    const RANGE: usize = 32 << 30;
    const RANGES: usize = 512;
    static GIVEN: AtomicUsize = AtomicUsize::new(1);
    let on_the_stack = 0_u8;
    // Further heaps than there are ranges share them: what is taken already is not given twice.
    let range = GIVEN.fetch_add(1, Ordering::Relaxed) % RANGES;
    (&raw const on_the_stack)
        .addr()
        .checked_sub(TAKEN + range * RANGE)
        .map_or(0, |address| address & !(ARENA_SIZE - 1))
}

/// Elsewhere mappings are not asked for at addresses.
#[cfg(not(unix))]
pub(super) fn range_for_arenas() -> usize {
    0
}

/// Maps a zeroed arena, at an address if that is not 0 and nothing lies there, or nothing if the system has no memory
/// left.
#[cfg(unix)]
pub(super) fn map_arena(wish: usize) -> Option<NonNull<u8>> {
    // Where the system chooses, it usually places a mapping next to the previous one, so that it is aligned already.
    let start = map(wish, ARENA_SIZE)?;
    if start.addr().get() % ARENA_SIZE == 0 {
        return Some(start);
    }
    // SAFETY: nobody has seen it yet.
    unsafe { unmap(start, ARENA_SIZE) };
    let wide = map(0, 2 * ARENA_SIZE)?;
    let before = wide.addr().get().next_multiple_of(ARENA_SIZE) - wide.addr().get();
    // SAFETY: both cuts lie inside the mapping of twice the size; what is around the arena was not seen either.
    unsafe {
        let (start, end) = (wide.add(before), wide.add(before + ARENA_SIZE));
        if before > 0 {
            unmap(wide, before);
        }
        if before < ARENA_SIZE {
            unmap(end, ARENA_SIZE - before);
        }
        Some(start)
    }
}

/// Zeroed memory of whole pages for a short time, in large pages where the system has them: one page fault for each small page
/// costs more than what a collection does with it.  To be given back with [`unmap_buffer`].
#[cfg(unix)]
pub(crate) fn map_buffer(bytes: usize) -> Option<NonNull<u8>> {
    let start = map(0, bytes)?;
    // SAFETY: a hint on a mapping just made; where it is refused, small pages do.
    #[cfg(target_os = "linux")]
    unsafe {
        libc::madvise(start.as_ptr().cast(), bytes, libc::MADV_HUGEPAGE)
    };
    Some(start)
}

/// Whether [`remap_buffer`] does anything here.
pub(crate) const REMAPS: bool = cfg!(target_os = "linux");

/// Makes a buffer larger or smaller, elsewhere if need be; null if there is no memory for it.
///
/// # Safety
/// It came from [`map_buffer`] with `old` bytes, and what points into it is not used any more.
#[cfg(target_os = "linux")]
pub(crate) unsafe fn remap_buffer(start: *mut u8, old: usize, new: usize) -> *mut u8 {
    // SAFETY: by the caller's word a mapping of this size, which may move.
    let moved = unsafe { libc::mremap(start.cast(), old, new, libc::MREMAP_MAYMOVE) };
    if moved == libc::MAP_FAILED {
        std::ptr::null_mut()
    } else {
        moved.cast()
    }
}

/// Elsewhere buffers are not resized.
///
/// # Safety
/// None is needed; as on Linux.
#[cfg(not(target_os = "linux"))]
pub(crate) unsafe fn remap_buffer(_start: *mut u8, _old: usize, _new: usize) -> *mut u8 {
    std::ptr::null_mut()
}

/// Elsewhere the caller takes what the allocator gives.
#[cfg(not(unix))]
pub(crate) fn map_buffer(_bytes: usize) -> Option<NonNull<u8>> {
    None
}

/// Address space that nobody touches, to be given up where the system refuses more, so that a
/// program can still be told; with [`unmap_buffer`].
#[cfg(unix)]
pub(super) fn map_ballast(bytes: usize) -> Option<NonNull<u8>> {
    map(0, bytes)
}

/// Elsewhere there is none.
#[cfg(not(unix))]
pub(super) fn map_ballast(_bytes: usize) -> Option<NonNull<u8>> {
    None
}

/// Gives a buffer back.
///
/// # Safety
/// It came from [`map_buffer`] with this size and nothing in it is used any more.
pub(crate) unsafe fn unmap_buffer(start: NonNull<u8>, bytes: usize) {
    // SAFETY: by the caller's word.
    #[cfg(unix)]
    unsafe {
        unmap(start, bytes)
    };
    #[cfg(not(unix))]
    let _ = (start, bytes);
}

/// Gives an arena back.
///
/// # Safety
/// It came from [`map_arena`] and nothing in it is used any more.
#[cfg(unix)]
pub(super) unsafe fn unmap_arena(start: NonNull<u8>) {
    // SAFETY: by the caller's word.
    unsafe { unmap(start, ARENA_SIZE) };
}

#[cfg(unix)]
fn map(wish: usize, size: usize) -> Option<NonNull<u8>> {
    // SAFETY: an anonymous private mapping that does not insist on its address touches nothing.
    let start = unsafe {
        libc::mmap(
            std::ptr::without_provenance_mut(wish),
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

/// Gives a range back. That can fail only for lack of memory for the kernel's tables; it then stays mapped.
///
/// # Safety
/// It is part of a mapping made here, and nothing in it is used any more.
#[cfg(unix)]
unsafe fn unmap(start: NonNull<u8>, size: usize) {
    // SAFETY: by the caller's word.
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

/// Has the system's allocator serve all threads from one place that grows in large steps.
///
/// The GNU C library gives each thread a place of its own and lets it grow by a page and a call to the system at
/// a time: a fifth of the time of a program that makes many middle-sized lists.  One interpreter's threads take turns anyway.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
pub(super) fn share_allocator() {
    // SAFETY: sets a number that is read when a thread allocates for the first time.
    unsafe { libc::mallopt(libc::M_ARENA_MAX, 1) };
}

/// Elsewhere nothing is known against the allocator's way.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub(super) fn share_allocator() {}

/// Has the allocator of large blocks give whole free pages back to the system.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
pub(super) fn trim_large() {
    // SAFETY: leaves every block where it is.
    unsafe { libc::malloc_trim(0) };
}

/// Other allocators do so by themselves, or never.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub(super) fn trim_large() {}

#[cfg(not(unix))]
const LAYOUT: std::alloc::Layout = match std::alloc::Layout::from_size_align(ARENA_SIZE, ARENA_SIZE)
{
    Ok(layout) => layout,
    Err(_) => panic!("the arena size is a power of two"),
};

/// Maps a zeroed arena, or nothing if the system has no memory left.
#[cfg(not(unix))]
pub(super) fn map_arena(_wish: usize) -> Option<NonNull<u8>> {
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

/// Lets the C library's allocator keep some freed memory.
///
/// It gives back what is free at the end of an arena as soon as that is more than 128 KiB, so that a program which makes
/// and drops one table after another pays a page fault for each of their pages.  How much it keeps follows, as it documents
/// for `M_MMAP_THRESHOLD`, the largest block that had a mapping of its own and was freed, twice over: so one is.  A full
/// collection has it give the rest back all the same (`trim_large`).
#[cfg(all(target_os = "linux", target_env = "gnu"))]
pub fn keep_freed_memory() {
    const LARGEST: usize = 8 << 20;
    // SAFETY: what is allocated is freed, and not used.
    unsafe {
        let block = libc::malloc(LARGEST);
        libc::free(std::hint::black_box(block));
    }
}

/// Other allocators have rules of their own.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub fn keep_freed_memory() {}

/// Lets the system take back the pages of the program file that hold constants, which come again when they are read.
///
/// The system maps 64 KiB around each place that is read, so that after a start, which reads a few words everywhere, most of
/// what is resident will not be looked at again.  Code stays: a debugger may have written to its pages.
#[cfg(target_os = "linux")]
pub fn release_constants() {
    extern "C" fn program(
        info: *mut libc::dl_phdr_info,
        _size: usize,
        _: *mut libc::c_void,
    ) -> i32 {
        // SAFETY: the loader's description of the program itself, which comes first, and its headers.
        let (base, headers) = unsafe {
            let info = &*info;
            let count = usize::from(info.dlpi_phnum);
            (
                info.dlpi_addr,
                std::slice::from_raw_parts(info.dlpi_phdr, count),
            )
        };
        for header in headers {
            if header.p_type == libc::PT_LOAD && header.p_flags == libc::PF_R {
                // Addresses of this process fit a pointer.
                let start = (base + header.p_vaddr) as usize;
                let end = start + header.p_memsz as usize;
                let (start, end) = (start.next_multiple_of(PAGE), end & !(PAGE - 1));
                if start < end {
                    // SAFETY: whole pages, backed by a file, that are never written.
                    unsafe {
                        let start = std::ptr::with_exposed_provenance_mut(start);
                        libc::madvise(start, end - start.addr(), libc::MADV_DONTNEED)
                    };
                }
            }
        }
        1
    }
    /// The largest page in use on Linux, so that bounds are those of pages of any size.
    const PAGE: usize = 64 * 1024;
    // SAFETY: the function only reads what it is given.
    unsafe { libc::dl_iterate_phdr(Some(program), std::ptr::null_mut()) };
}

/// Elsewhere the system knows best.
#[cfg(not(target_os = "linux"))]
pub fn release_constants() {}
