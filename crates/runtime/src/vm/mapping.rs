//! Files and memory of a process as bytes: what `mmap.mmap` is made of.
//!
//! A mapping can change under its reader: another process may write to it, and of a file that is cut
//! short the pages behind its end are no memory any more.  The first can only mix bytes; against the
//! second the length that is still there is asked for before each access.
#![allow(unsafe_code)]

use std::cell::Cell;
use std::fs::File;
use std::os::fd::AsRawFd;

use super::system::{SysResult, descriptor};

/// What is mapped, and how.
pub struct Request {
    /// Descriptor of a file, or -1 for fresh memory.
    pub fd: i32,
    /// Number of bytes.
    pub len: usize,
    /// Where they begin in the file.
    pub offset: i64,
    /// `MAP_SHARED` and the like.
    pub flags: i32,
    /// `PROT_READ` and the like.
    pub protection: i32,
}

/// Bytes of a file, or fresh memory, which other processes may share.
pub struct Mapping {
    start: Cell<*mut u8>,
    len: Cell<usize>,
    /// Bytes that fresh shared memory was made with; it cannot grow.
    made_with: usize,
    offset: i64,
    file: Cell<Option<File>>,
    flags: i32,
    protection: i32,
    open: Cell<bool>,
    exports: Cell<usize>,
}

/// Bytes of a page of memory.
pub fn page_size() -> usize {
    // SAFETY: asks for a number.
    let size = unsafe { libc::sysconf(libc::_SC_PAGESIZE) };
    usize::try_from(size).unwrap_or(4096)
}

fn number_of(error: std::io::Error) -> i32 {
    error.raw_os_error().unwrap_or(0)
}

fn last_error() -> i32 {
    number_of(std::io::Error::last_os_error())
}

/// Length of a regular file; None for other ones.
pub fn file_length(fd: i32) -> SysResult<Option<u64>> {
    let copy = descriptor(fd)?.try_clone_to_owned().map_err(number_of)?;
    let metadata = File::from(copy).metadata().map_err(number_of)?;
    Ok(metadata.is_file().then_some(metadata.len()))
}

impl Mapping {
    /// Maps; a file is kept open by a descriptor of its own.
    pub fn new(request: &Request) -> SysResult<Mapping> {
        let Request {
            fd,
            len,
            offset,
            mut flags,
            protection,
        } = *request;
        let file = if fd == -1 {
            flags |= libc::MAP_ANONYMOUS;
            None
        } else {
            let copy = descriptor(fd)?.try_clone_to_owned();
            Some(File::from(copy.map_err(number_of)?))
        };
        // A mapping at an address of the caller's choice would replace what is there.
        flags &= !libc::MAP_FIXED;
        let raw = file.as_ref().map_or(-1, AsRawFd::as_raw_fd);
        // SAFETY: a fresh mapping at an address that the kernel chooses.
        let start =
            unsafe { libc::mmap(std::ptr::null_mut(), len, protection, flags, raw, offset) };
        if start == libc::MAP_FAILED {
            return Err(last_error());
        }
        Ok(Mapping {
            start: Cell::new(start.cast()),
            len: Cell::new(len),
            made_with: len,
            offset,
            file: Cell::new(file),
            flags,
            protection,
            open: Cell::new(true),
            exports: Cell::new(0),
        })
    }

    /// Number of bytes; 0 when closed.
    pub fn len(&self) -> usize {
        self.len.get()
    }

    /// True without bytes.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// False once it was closed.
    pub fn is_open(&self) -> bool {
        self.open.get()
    }

    /// Where it begins in the file.
    pub fn offset(&self) -> i64 {
        self.offset
    }

    /// True if bytes can be read and written by the rights it was made with.
    pub fn rights(&self) -> (bool, bool) {
        let writes = self.protection & libc::PROT_WRITE != 0;
        // Processors that can write a page can read it.
        (writes || self.protection & libc::PROT_READ != 0, writes)
    }

    fn with_file<R>(&self, use_it: impl FnOnce(Option<&File>) -> R) -> R {
        let file = self.file.take();
        let result = use_it(file.as_ref());
        self.file.set(file);
        result
    }

    /// Size of the file; an error for fresh memory.
    pub fn file_size(&self) -> SysResult<u64> {
        self.with_file(|file| match file {
            Some(file) => file
                .metadata()
                .map_or_else(|error| Err(number_of(error)), |metadata| Ok(metadata.len())),
            None => Err(libc::EBADF),
        })
    }

    /// How many of the bytes are backed by the file or by memory.
    fn backed(&self) -> usize {
        let whole_pages = |bytes: usize| bytes.next_multiple_of(page_size());
        let there = self.with_file(|file| {
            let Some(file) = file else {
                return whole_pages(self.made_with);
            };
            let Ok(metadata) = file.metadata() else {
                return 0;
            };
            if !metadata.is_file() {
                return usize::MAX;
            }
            let behind = metadata.len().saturating_sub(self.offset as u64);
            whole_pages(usize::try_from(behind).unwrap_or(usize::MAX / 2))
        });
        match self.grows_by_itself() {
            true => self.len(),
            false => there.min(self.len()),
        }
    }

    /// Private fresh memory has as many pages as it is long.
    fn grows_by_itself(&self) -> bool {
        self.flags & libc::MAP_ANONYMOUS != 0 && self.flags & libc::MAP_PRIVATE != 0
    }

    /// Looks at the bytes; `look` must not run Python code.
    pub fn with<R>(&self, look: impl FnOnce(&[u8]) -> R) -> R {
        if !self.open.get() || !self.rights().0 {
            return look(&[]);
        }
        let backed = self.backed();
        // SAFETY: the mapping is open, readable and so long; `look` cannot close it.  Others may
        // write to it meanwhile: every byte is a valid one.
        look(unsafe { std::slice::from_raw_parts(self.start.get(), backed) })
    }

    /// Changes the bytes in place; `change` must not run Python code.
    pub fn with_mut<R>(&self, change: impl FnOnce(&mut [u8]) -> R) -> R {
        if !self.open.get() || !self.rights().1 {
            return change(&mut []);
        }
        let backed = self.backed();
        // SAFETY: as in `with`; it is writable, and nobody in this process has a slice of it, for
        // slices are not kept beyond a closure.
        change(unsafe { std::slice::from_raw_parts_mut(self.start.get(), backed) })
    }

    /// Counts a view; while there are any it keeps its place.
    pub fn export(&self) {
        self.exports.set(self.exports.get() + 1);
    }

    /// A view is gone.
    pub fn end_export(&self) {
        self.exports.set(self.exports.get() - 1);
    }

    /// True while there are views.
    pub fn is_exported(&self) -> bool {
        self.exports.get() > 0
    }

    /// Makes it longer or shorter, the file with it.  There must be no views.
    pub fn resize(&self, len: usize) -> SysResult<()> {
        self.with_file(|file| match file {
            Some(file) => {
                let size = self.offset as u64 + len as u64;
                file.set_len(size).map_err(number_of)
            }
            None => Ok(()),
        })?;
        let (start, old) = (self.start.get(), self.len());
        // SAFETY: this mapping; it may move, for nobody has its address.
        let moved = unsafe { libc::mremap(start.cast(), old, len, libc::MREMAP_MAYMOVE) };
        if moved == libc::MAP_FAILED {
            return Err(last_error());
        }
        self.start.set(moved.cast());
        self.len.set(len);
        Ok(())
    }

    /// Writes changes to the file, of so many bytes from a place inside on.
    pub fn flush(&self, from: usize, len: usize) -> SysResult<()> {
        let start = self.start.get().wrapping_add(from);
        // SAFETY: the caller keeps the range inside the mapping.
        match unsafe { libc::msync(start.cast(), len, libc::MS_SYNC) } {
            0 => Ok(()),
            _ => Err(last_error()),
        }
    }

    /// Tells the kernel how the bytes will be used.
    pub fn advise(&self, advice: i32, from: usize, len: usize) -> SysResult<()> {
        // Of the others some take pages away, so that looking at them would end the process.
        let known = [libc::MADV_REMOVE, libc::MADV_DONTFORK, libc::MADV_DOFORK];
        if !(libc::MADV_NORMAL..=libc::MADV_FREE).contains(&advice)
            && !known.contains(&advice)
            && !(libc::MADV_MERGEABLE..=libc::MADV_DODUMP).contains(&advice)
        {
            return Err(libc::EINVAL);
        }
        let start = self.start.get().wrapping_add(from);
        // SAFETY: the caller keeps the range inside the mapping; what remains of it can be read.
        match unsafe { libc::madvise(start.cast(), len, advice) } {
            0 => Ok(()),
            _ => Err(last_error()),
        }
    }

    /// Gives the bytes back.  There must be no views.
    pub fn close(&self) {
        if self.open.replace(false) {
            // SAFETY: the mapping that `new` or `resize` made; nobody has a slice of it.
            unsafe { libc::munmap(self.start.get().cast(), self.len()) };
            self.len.set(0);
            self.file.set(None);
        }
    }
}

impl Drop for Mapping {
    fn drop(&mut self) {
        self.close();
    }
}
