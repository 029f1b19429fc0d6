//! Memory that a process shares with the processes it forks.
#![allow(unsafe_code)]

use std::ptr::NonNull;

use super::system::SysResult;

/// Zeroed memory; reads and writes copy.
pub struct SharedMemory {
    start: NonNull<u8>,
    len: usize,
}

impl SharedMemory {
    /// Memory of so many bytes.
    pub fn new(len: usize) -> SysResult<SharedMemory> {
        // SAFETY: a fresh mapping.
        let start = unsafe {
            libc::mmap(
                std::ptr::null_mut(),
                len.max(1),
                libc::PROT_READ | libc::PROT_WRITE,
                libc::MAP_SHARED | libc::MAP_ANONYMOUS,
                -1,
                0,
            )
        };
        match NonNull::new(start.cast::<u8>()) {
            Some(start_at) if start != libc::MAP_FAILED => Ok(SharedMemory {
                start: start_at,
                len,
            }),
            _ => Err(std::io::Error::last_os_error().raw_os_error().unwrap_or(0)),
        }
    }

    /// Number of bytes.
    pub fn len(&self) -> usize {
        self.len
    }

    /// True without bytes.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// A copy of some bytes; None beyond the end.
    pub fn read(&self, start: usize, len: usize) -> Option<Vec<u8>> {
        start.checked_add(len).filter(|&end| end <= self.len)?;
        let mut copy = vec![0; len];
        // SAFETY: inside the mapping; another process may write meanwhile, which can only mix bytes.
        unsafe { std::ptr::copy(self.start.as_ptr().add(start), copy.as_mut_ptr(), len) };
        Some(copy)
    }

    /// Writes some bytes; None beyond the end.
    pub fn write(&self, start: usize, bytes: &[u8]) -> Option<()> {
        start
            .checked_add(bytes.len())
            .filter(|&end| end <= self.len)?;
        // SAFETY: as for `read`.
        unsafe { std::ptr::copy(bytes.as_ptr(), self.start.as_ptr().add(start), bytes.len()) };
        Some(())
    }
}

impl Drop for SharedMemory {
    fn drop(&mut self) {
        // SAFETY: the mapping made in `new`.  Other processes have mappings of their own.
        unsafe { libc::munmap(self.start.as_ptr().cast(), self.len.max(1)) };
    }
}
