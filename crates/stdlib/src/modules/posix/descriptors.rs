//! Functions on file descriptors.

use std::os::fd::IntoRawFd;

use runtime::Vm;
use runtime::object::{List, MethodDef, PyResult, Value};
use runtime::vm::system;
use rustix::fs::{self, OFlags};
use rustix::io::{self, FdFlags};

use super::files::{flag, mode};
use crate::paths::{Allow, descriptor, dir_fd, fd_argument, os_error, path, retry};

pub(super) const FUNCTIONS: &[MethodDef] = &[
    MethodDef::bound(
        "open",
        "($module, /, path, flags, mode=511, *, dir_fd=None)",
        "Open a file for low level IO.  Returns a file descriptor (integer).",
        |vm, args| {
            let target = path(vm, "open", "path", &args[1], Allow::Path)?;
            let flags = OFlags::from_bits_retain(vm.arg_int(&args[2])? as u32) | OFlags::CLOEXEC;
            let mode = mode(vm, &args[3], 0o777)?;
            let folder = dir_fd(vm, &args[4])?;
            match retry(vm, || fs::openat(folder, &*target.path, flags, mode))? {
                Ok(file) => Ok(vm.int(file.into_raw_fd().into())),
                Err(error) => Err(target.error(vm, error)),
            }
        },
    ),
    MethodDef::bound(
        "close",
        "($module, /, fd)",
        "Close a file descriptor.",
        |vm, args| {
            let fd = vm.arg_int(&args[1])?;
            match runtime::object::fd::close(fd) {
                Ok(()) => Ok(Value::NONE),
                Err(errno) => Err(vm.raise_os_error(errno, None, None)),
            }
        },
    ),
    MethodDef::bound(
        "closerange",
        "($module, fd_low, fd_high, /)",
        "Closes all file descriptors in [fd_low, fd_high), ignoring errors.",
        |vm, args| {
            let (low, high) = (vm.arg_int(&args[1])?, vm.arg_int(&args[2])?);
            for fd in low.max(0)..high {
                // Errors are ignored, as documented.
                let _ = runtime::object::fd::close(fd);
            }
            Ok(Value::NONE)
        },
    ),
    MethodDef::bound(
        "read",
        "($module, fd, length, /)",
        "Read from a file descriptor.  Returns a bytes object.",
        |vm, args| {
            let fd = vm.arg_int(&args[1])?;
            let Ok(length) = usize::try_from(vm.arg_ssize(&args[2])?) else {
                return Err(vm.raise_os_error(libc::EINVAL, None, None));
            };
            let file = descriptor(vm, fd)?;
            let mut buffer = Vec::new();
            if buffer.try_reserve_exact(length).is_err() {
                return Err(vm.memory_error());
            }
            buffer.resize(length, 0);
            match retry(vm, || io::read(file, &mut buffer[..]))? {
                Ok(count) => Ok(vm.try_bytes(&buffer[..count])?.into_value()),
                Err(error) => Err(os_error(vm, error)),
            }
        },
    ),
    MethodDef::bound(
        "write",
        "($module, fd, data, /)",
        "Write a bytes object to a file descriptor.",
        |vm, args| {
            let file = descriptor(vm, vm.arg_int(&args[1])?)?;
            let data = vm.copied_bytes(&args[2])?;
            match retry(vm, || io::write(file, &data))? {
                Ok(count) => Ok(vm.int_usize(count)),
                Err(error) => Err(os_error(vm, error)),
            }
        },
    ),
    MethodDef::bound(
        "pread",
        "($module, fd, length, offset, /)",
        "Read a number of bytes from a file descriptor starting at a particular offset.\n\n\
         Read length bytes from file descriptor fd, starting at offset bytes from\n\
         the beginning of the file.  The file offset remains unchanged.",
        |vm, args| {
            let file = descriptor(vm, vm.arg_int(&args[1])?)?;
            let length = vm.arg_int(&args[2])?;
            let offset = vm.arg_long(&args[3])?;
            let (Ok(length), Ok(offset)) = (usize::try_from(length), u64::try_from(offset)) else {
                return Err(vm.raise_os_error(libc::EINVAL, None, None));
            };
            let mut buffer = Vec::new();
            if buffer.try_reserve_exact(length).is_err() {
                return Err(vm.memory_error());
            }
            buffer.resize(length, 0);
            match retry(vm, || io::pread(file, &mut buffer[..], offset))? {
                Ok(count) => Ok(vm.try_bytes(&buffer[..count])?.into_value()),
                Err(error) => Err(os_error(vm, error)),
            }
        },
    ),
    MethodDef::bound(
        "pwrite",
        "($module, fd, buffer, offset, /)",
        "Write bytes to a file descriptor starting at a particular offset.\n\n\
         Write buffer to fd, starting at offset bytes from the beginning of\n\
         the file. Returns the number of bytes written.  Does not change the\n\
         current file offset.",
        |vm, args| {
            let file = descriptor(vm, vm.arg_int(&args[1])?)?;
            let data = vm.copied_bytes(&args[2])?;
            let Ok(offset) = u64::try_from(vm.arg_long(&args[3])?) else {
                return Err(vm.raise_os_error(libc::EINVAL, None, None));
            };
            match retry(vm, || io::pwrite(file, &data, offset))? {
                Ok(count) => Ok(vm.int_usize(count)),
                Err(error) => Err(os_error(vm, error)),
            }
        },
    ),
    MethodDef::bound(
        "lseek",
        "($module, fd, position, whence, /)",
        "Set the position of a file descriptor.  Return the new position.",
        |vm, args| {
            let fd = vm.arg_int(&args[1])?;
            let (position, whence) = (vm.arg_long(&args[2])?, vm.arg_int(&args[3])?);
            match runtime::object::fd::seek(fd, position, whence) {
                Ok(place) => Ok(vm.int(place)),
                Err(errno) => Err(vm.raise_os_error(errno, None, None)),
            }
        },
    ),
    MethodDef::bound(
        "dup",
        "($module, fd, /)",
        "Return a duplicate of a file descriptor.",
        |vm, args| match io::fcntl_dupfd_cloexec(descriptor(vm, vm.arg_int(&args[1])?)?, 0) {
            Ok(copy) => Ok(vm.int(copy.into_raw_fd().into())),
            Err(error) => Err(os_error(vm, error)),
        },
    ),
    MethodDef::bound(
        "dup2",
        "($module, /, fd, fd2, inheritable=True)",
        "Duplicate file descriptor.",
        |vm, args| {
            let (fd, target) = (vm.arg_int(&args[1])?, vm.arg_int(&args[2])?);
            let inheritable = flag(vm, &args[3], true)?;
            if fd < 0 || target < 0 {
                return Err(vm.raise_os_error(libc::EBADF, None, None));
            }
            match system::duplicate_to(fd, target, inheritable) {
                Ok(fd) => Ok(vm.int(fd.into())),
                Err(errno) => Err(vm.raise_os_error(errno, None, None)),
            }
        },
    ),
    MethodDef::bound(
        "fsync",
        "($module, /, fd)",
        "Force write of fd to disk.",
        |vm, args| {
            let file = descriptor(vm, fd_argument(vm, &args[1])?)?;
            finish(vm, retry(vm, || fs::fsync(file))?)
        },
    ),
    MethodDef::bound(
        "fdatasync",
        "($module, /, fd)",
        "Force write of fd to disk without forcing update of metadata.",
        |vm, args| {
            let file = descriptor(vm, fd_argument(vm, &args[1])?)?;
            finish(vm, retry(vm, || fs::fdatasync(file))?)
        },
    ),
    MethodDef::bound(
        "ftruncate",
        "($module, fd, length, /)",
        "Truncate a file, specified by file descriptor, to a specific length.",
        |vm, args| {
            let file = descriptor(vm, vm.arg_int(&args[1])?)?;
            let Ok(length) = u64::try_from(vm.arg_long(&args[2])?) else {
                return Err(vm.raise_os_error(libc::EINVAL, None, None));
            };
            finish(vm, retry(vm, || fs::ftruncate(file, length))?)
        },
    ),
    MethodDef::bound(
        "fchmod",
        "($module, /, fd, mode)",
        "Change the access permissions of the file given by file descriptor fd.",
        |vm, args| {
            let file = descriptor(vm, vm.arg_int(&args[1])?)?;
            let mode = mode(vm, &args[2], 0)?;
            finish(vm, retry(vm, || fs::fchmod(file, mode))?)
        },
    ),
    MethodDef::bound(
        "isatty",
        "($module, fd, /)",
        "Return True if the fd is connected to a terminal.\n\n\
         Return True if the file descriptor is an open file descriptor\n\
         connected to the slave end of a terminal.",
        |vm, args| {
            Ok(Value::bool(runtime::object::fd::is_terminal(
                vm.arg_int(&args[1])?,
            )))
        },
    ),
    MethodDef::bound(
        "ttyname",
        "($module, fd, /)",
        "Return the name of the terminal device connected to 'fd'.",
        |vm, args| {
            let file = descriptor(vm, vm.arg_int(&args[1])?)?;
            match rustix::termios::ttyname(file, Vec::new()) {
                Ok(name) => Ok(vm.fs_decode(name.to_bytes())?.into_value()),
                Err(error) => Err(os_error(vm, error)),
            }
        },
    ),
    MethodDef::bound(
        "pipe",
        "($module, /)",
        "Create a pipe.\n\nReturns a tuple of two file descriptors:\n  (read_fd, write_fd)",
        |vm, _| pipe(vm, rustix::pipe::PipeFlags::CLOEXEC),
    ),
    MethodDef::bound(
        "pipe2",
        "($module, flags, /)",
        "Create a pipe with flags set atomically.\n\n\
         Returns a tuple of two file descriptors:\n  (read_fd, write_fd)\n\n\
         flags can be constructed by ORing together one or more of these values:\n\
         O_NONBLOCK, O_CLOEXEC.",
        |vm, args| {
            let flags = vm.arg_int(&args[1])? as u32;
            pipe(vm, rustix::pipe::PipeFlags::from_bits_retain(flags))
        },
    ),
    MethodDef::bound(
        "get_inheritable",
        "($module, fd, /)",
        "Get the close-on-exe flag of the specified file descriptor.",
        |vm, args| match io::fcntl_getfd(descriptor(vm, vm.arg_int(&args[1])?)?) {
            Ok(flags) => Ok(Value::bool(!flags.contains(FdFlags::CLOEXEC))),
            Err(error) => Err(os_error(vm, error)),
        },
    ),
    MethodDef::bound(
        "set_inheritable",
        "($module, fd, inheritable, /)",
        "Set the inheritable flag of the specified file descriptor.",
        |vm, args| {
            let fd = vm.arg_int(&args[1])?;
            let inheritable = vm.arg_int(&args[2])? != 0;
            match runtime::object::fd::set_inheritable(fd, inheritable) {
                Ok(()) => Ok(Value::NONE),
                Err(errno) => Err(vm.raise_os_error(errno, None, None)),
            }
        },
    ),
    MethodDef::bound(
        "get_blocking",
        "($module, fd, /)",
        "Get the blocking mode of the file descriptor.\n\n\
         Return False if the O_NONBLOCK flag is set, True if the flag is cleared.",
        |vm, args| match fs::fcntl_getfl(descriptor(vm, vm.arg_int(&args[1])?)?) {
            Ok(flags) => Ok(Value::bool(!flags.contains(OFlags::NONBLOCK))),
            Err(error) => Err(os_error(vm, error)),
        },
    ),
    MethodDef::bound(
        "set_blocking",
        "($module, fd, blocking, /)",
        "Set the blocking mode of the specified file descriptor.\n\n\
         Set the O_NONBLOCK flag if blocking is False,\n\
         clear the O_NONBLOCK flag otherwise.",
        |vm, args| {
            let file = descriptor(vm, vm.arg_int(&args[1])?)?;
            let blocking = vm.truth(&args[2])?;
            let set = fs::fcntl_getfl(file).and_then(|mut flags| {
                flags.set(OFlags::NONBLOCK, !blocking);
                fs::fcntl_setfl(file, flags)
            });
            finish(vm, set)
        },
    ),
    MethodDef::bound(
        "device_encoding",
        "($module, /, fd)",
        "Return a string describing the encoding of a terminal's file descriptor.\n\n\
         The file descriptor must be attached to a terminal.\n\
         If the device is not a terminal, return None.",
        |vm, args| {
            let terminal = runtime::object::fd::is_terminal(vm.arg_int(&args[1])?);
            Ok(if terminal {
                vm.str_value("UTF-8")
            } else {
                Value::NONE
            })
        },
    ),
    MethodDef::bound(
        "sendfile",
        "($module, /, out_fd, in_fd, offset, count)",
        "Copy count bytes from file descriptor in_fd to file descriptor out_fd.",
        |vm, args| {
            let (target, source) = (vm.arg_int(&args[1])?, vm.arg_int(&args[2])?);
            let (target, source) = (descriptor(vm, target)?, descriptor(vm, source)?);
            let mut offset = match args[3].given_not_none() {
                Some(offset) => Some(vm.arg_long(offset)? as u64),
                None => None,
            };
            let count = vm.arg_ssize(&args[4])?.max(0) as usize;
            match retry(vm, || fs::sendfile(target, source, offset.as_mut(), count))? {
                Ok(count) => Ok(vm.int_usize(count)),
                Err(error) => Err(os_error(vm, error)),
            }
        },
    ),
    MethodDef::bound(
        "memfd_create",
        "($module, /, name, flags=MFD_CLOEXEC)",
        "Create an anonymous file in memory.",
        |vm, args| {
            let name = vm.fs_encode(&args[1])?;
            let flags = match args[2].given() {
                Some(flags) => vm.arg_int(flags)? as u32,
                None => 1,
            };
            match fs::memfd_create(&*name, fs::MemfdFlags::from_bits_retain(flags)) {
                Ok(file) => Ok(vm.int(file.into_raw_fd().into())),
                Err(error) => Err(os_error(vm, error)),
            }
        },
    ),
    MethodDef::bound(
        "mknod",
        "($module, /, path, mode=384, device=0, *, dir_fd=None)",
        "Create a node in the file system.",
        |vm, args| {
            let target = path(vm, "mknod", "path", &args[1], Allow::Path)?;
            let bits = match args[2].given() {
                Some(mode) => vm.arg_int(mode)? as u32,
                None => 0o600,
            };
            let device = match args[3].given() {
                Some(device) => crate::paths::device(vm, device)?,
                None => 0,
            };
            let folder = dir_fd(vm, &args[4])?;
            let kind = match bits & libc::S_IFMT {
                0 => fs::FileType::RegularFile,
                kind => fs::FileType::from_raw_mode(kind),
            };
            let mode = fs::Mode::from_bits_retain(bits & 0o7777);
            let made = fs::mknodat(folder, &*target.path, kind, mode, device);
            super::files::done(vm, &target, made)
        },
    ),
];

fn finish(vm: &Vm, result: io::Result<()>) -> PyResult {
    match result {
        Ok(()) => Ok(Value::NONE),
        Err(error) => Err(os_error(vm, error)),
    }
}

fn pipe(vm: &Vm, flags: rustix::pipe::PipeFlags) -> PyResult {
    match rustix::pipe::pipe_with(flags) {
        Ok((reader, writer)) => {
            let ends = [reader, writer].map(|end| vm.int(end.into_raw_fd().into()));
            Ok(vm.tuple_value(ends))
        }
        Err(error) => Err(os_error(vm, error)),
    }
}

/// Strings of a list or tuple argument, as the system takes them.
pub(super) fn strings(vm: &Vm, value: &Value, message: &str) -> PyResult<Vec<std::ffi::CString>> {
    let is_sequence =
        value.payload::<List>().is_some() || value.payload::<runtime::object::Tuple>().is_some();
    if !is_sequence {
        return Err(vm.type_error(message));
    }
    vm.collect(value)?
        .iter()
        .map(|item| vm.fs_encode(item))
        .collect()
}
