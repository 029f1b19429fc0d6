//! How much address space the process may use, and shares of it.
//!
//! Stacks are reserved in full size and filled on demand, which costs nothing as long as nobody counts address
//! space. Where somebody does (`ulimit -v`), each takes a share of what there is, and a small program runs in little.
#![allow(unsafe_code)]

use std::sync::OnceLock;

/// The most bytes of address space that the process may use, where there is a limit.
#[cfg(unix)]
pub fn limit() -> Option<usize> {
    static LIMIT: OnceLock<Option<usize>> = OnceLock::new();
    *LIMIT.get_or_init(|| {
        let soft = |resource| {
            let mut limit = libc::rlimit {
                rlim_cur: libc::RLIM_INFINITY,
                rlim_max: libc::RLIM_INFINITY,
            };
            // SAFETY: the structure is complete.
            let status = unsafe { libc::getrlimit(resource, &raw mut limit) };
            (status == 0 && limit.rlim_cur != libc::RLIM_INFINITY)
                .then(|| usize::try_from(limit.rlim_cur).unwrap_or(usize::MAX))
        };
        [soft(libc::RLIMIT_AS), soft(libc::RLIMIT_DATA)]
            .into_iter()
            .flatten()
            .min()
    })
}

/// Elsewhere it is not known.
#[cfg(not(unix))]
pub fn limit() -> Option<usize> {
    None
}

/// Of `wanted` bytes as many as a part of the address space has, if that is limited; whole pages.
pub fn share(wanted: usize, part: usize) -> usize {
    const PAGE: usize = 64 << 10;
    match limit() {
        Some(limit) => wanted.min(limit / part) / PAGE * PAGE,
        None => wanted,
    }
}

/// Has the C library keep to one region where address space is limited: it reserves 128 MiB for each thread's own.
/// To be called before there is a second thread.
pub fn settle() {
    if limit().is_some() {
        heap::blocks::share_system_allocator();
    }
}
