//! What AddressSanitizer is told of the blocks in pools.
//!
//! To the sanitizer an arena is one mapping in use. In a build for it (`--cfg ouro_asan`, scripts/sanitize) free blocks
//! are therefore hidden, all but the word that links them, and come back late: a block that is freed goes to the
//! end of its pool's list, so that who still uses it is found before somebody else has it. Other builds have none
//! of this.
#![allow(unsafe_code)]

#[cfg(ouro_asan)]
unsafe extern "C" {
    fn __asan_poison_memory_region(start: *const u8, size: usize);
    fn __asan_unpoison_memory_region(start: *const u8, size: usize);
}

/// From now on every access to these bytes is a fault.
#[inline(always)]
pub fn hide(start: *const u8, size: usize) {
    // SAFETY: the sanitizer only notes the range.
    #[cfg(ouro_asan)]
    unsafe {
        __asan_poison_memory_region(start, size);
    }
    let _ = (start, size);
}

/// These bytes may be used again.
#[inline(always)]
pub fn show(start: *const u8, size: usize) {
    // SAFETY: as for `hide`.
    #[cfg(ouro_asan)]
    unsafe {
        __asan_unpoison_memory_region(start, size);
    }
    let _ = (start, size);
}
