//! File descriptors as Python knows them: plain numbers, on which system calls work or fail.
//! Errors are the system's error numbers.
#![allow(unsafe_code)]

use std::ffi::CStr;

/// What a system call gave, or its error number.
pub type SysResult<T> = Result<T, i32>;

fn last_error() -> i32 {
    std::io::Error::last_os_error().raw_os_error().unwrap_or(0)
}

fn check(result: libc::c_int) -> SysResult<i32> {
    if result < 0 {
        Err(last_error())
    } else {
        Ok(result)
    }
}

/// What the system knows about an open file.
pub struct Status {
    /// True for a directory.
    pub is_dir: bool,
    /// Size in bytes.
    pub size: u64,
    /// Best size of transfers.
    pub block_size: u64,
}

/// Opens a file that child processes do not inherit.
pub fn open(path: &CStr, flags: i32, mode: u32) -> SysResult<i32> {
    // SAFETY: the path is a string with a null at its end.
    check(unsafe { libc::open(path.as_ptr(), flags | libc::O_CLOEXEC, mode) })
}

/// Closes a descriptor.
pub fn close(fd: i32) -> SysResult<()> {
    // SAFETY: works on any number.
    check(unsafe { libc::close(fd) }).map(drop)
}

/// Reads into a buffer; 0 at the end.
pub fn read(fd: i32, buffer: &mut [u8]) -> SysResult<usize> {
    // SAFETY: the buffer is valid for its length.
    let count = unsafe { libc::read(fd, buffer.as_mut_ptr().cast(), buffer.len()) };
    usize::try_from(count).map_err(|_| last_error())
}

/// Writes some of the bytes.
pub fn write(fd: i32, bytes: &[u8]) -> SysResult<usize> {
    // SAFETY: the slice is valid for its length.
    let count = unsafe { libc::write(fd, bytes.as_ptr().cast(), bytes.len()) };
    usize::try_from(count).map_err(|_| last_error())
}

/// Moves the position and returns it.
pub fn seek(fd: i32, offset: i64, whence: i32) -> SysResult<i64> {
    // SAFETY: works on any number.
    let position = unsafe { libc::lseek(fd, offset, whence) };
    if position < 0 {
        Err(last_error())
    } else {
        Ok(position)
    }
}

/// Sets the size of a file.
pub fn truncate(fd: i32, size: i64) -> SysResult<()> {
    // SAFETY: works on any number.
    check(unsafe { libc::ftruncate(fd, size) }).map(drop)
}

/// True for a terminal.
pub fn is_terminal(fd: i32) -> bool {
    // SAFETY: works on any number.
    unsafe { libc::isatty(fd) == 1 }
}

/// What the system knows about an open file.
pub fn status(fd: i32) -> SysResult<Status> {
    let mut status = std::mem::MaybeUninit::<libc::stat>::uninit();
    // SAFETY: the place is large enough for the answer.
    check(unsafe { libc::fstat(fd, status.as_mut_ptr()) })?;
    // SAFETY: filled by the successful call.
    let status = unsafe { status.assume_init() };
    Ok(Status {
        is_dir: status.st_mode & libc::S_IFMT == libc::S_IFDIR,
        size: status.st_size.max(0) as u64,
        block_size: status.st_blksize.max(0) as u64,
    })
}

/// Keeps child processes from inheriting a descriptor, or lets them.
pub fn set_inheritable(fd: i32, inheritable: bool) -> SysResult<()> {
    // SAFETY: works on any number.
    let flags = check(unsafe { libc::fcntl(fd, libc::F_GETFD) })?;
    let flags = if inheritable {
        flags & !libc::FD_CLOEXEC
    } else {
        flags | libc::FD_CLOEXEC
    };
    // SAFETY: works on any number.
    check(unsafe { libc::fcntl(fd, libc::F_SETFD, flags) }).map(drop)
}
