//! Functions that move data between descriptors and several buffers, or from one descriptor to another.

use std::io::{IoSlice, IoSliceMut};
use std::os::fd::IntoRawFd;

use runtime::Vm;
use runtime::object::buffer::BufferView;
use runtime::object::{CompareOp, MethodDef, PyResult, Value};
use rustix::io::{self, ReadWriteFlags};
use rustix::pipe::SpliceFlags;
use rustix::{event, fs};

use crate::paths::{descriptor, fd_argument, os_error, retry};

/// The buffers of an argument that must be a sequence of them.
fn buffers(
    vm: &Vm,
    function: &str,
    value: &Value,
    view: fn(&Vm, &Value) -> PyResult<BufferView>,
) -> PyResult<Vec<BufferView>> {
    if !vm.is_sequence(value) {
        return Err(vm.type_error(format!("{function}() arg 2 must be a sequence")));
    }
    let items = vm.collect(value)?;
    items.iter().map(|item| view(vm, item)).collect()
}

/// Reads into the buffers one after the other; `read` fills memory of their joint size.
fn scatter(
    vm: &Vm,
    buffers: &[BufferView],
    mut read: impl FnMut(&mut [u8]) -> io::Result<usize>,
) -> PyResult {
    let total = buffers.iter().map(BufferView::len).sum();
    let mut memory = Vec::new();
    if memory.try_reserve_exact(total).is_err() {
        return Err(vm.memory_error());
    }
    memory.resize(total, 0);
    let count = match retry(vm, || read(&mut memory))? {
        Ok(count) => count,
        Err(error) => return Err(os_error(vm, error)),
    };
    let mut rest = memory.get(..count).unwrap_or_default();
    for buffer in buffers {
        let (part, later) = rest.split_at(rest.len().min(buffer.len()));
        buffer.with_bytes_mut(|bytes| bytes[..part.len()].copy_from_slice(part));
        rest = later;
    }
    Ok(vm.int_usize(count))
}

/// Writes what the buffers hold, one after the other.
fn gather(
    vm: &Vm,
    buffers: &[BufferView],
    mut write: impl FnMut(&[u8]) -> io::Result<usize>,
) -> PyResult {
    let data: Vec<u8> = buffers.iter().flat_map(BufferView::to_vec).collect();
    match retry(vm, || write(&data))? {
        Ok(count) => Ok(vm.int_usize(count)),
        Err(error) => Err(os_error(vm, error)),
    }
}

/// The place in a file and the flags of `preadv` and `pwritev`.
fn place(vm: &Vm, args: &[Value]) -> PyResult<(u64, ReadWriteFlags)> {
    let offset = vm.arg_long(&args[3])? as u64;
    let flags = args[4].given().map_or(Ok(0), |flags| vm.arg_int(flags))?;
    Ok((offset, ReadWriteFlags::from_bits_retain(flags as u32)))
}

/// Arguments of calls that move data from one descriptor to another: source, target, count, offsets.
struct Move {
    source: i32,
    target: i32,
    count: usize,
    from: Option<u64>,
    to: Option<u64>,
}

fn move_arguments(vm: &Vm, args: &[Value]) -> PyResult<Move> {
    let (source, target) = (vm.arg_int(&args[1])?, vm.arg_int(&args[2])?);
    let count = vm.arg_ssize(&args[3])?;
    let offset = |value: &Value| -> PyResult<Option<u64>> {
        match value.given_not_none() {
            None => Ok(None),
            Some(value) => Ok(Some(vm.arg_long(value)? as u64)),
        }
    };
    let (from, to) = (offset(&args[4])?, offset(&args[5])?);
    match usize::try_from(count) {
        Ok(count) => Ok(Move {
            source,
            target,
            count,
            from,
            to,
        }),
        Err(_) => Err(vm.value_error("negative value for 'count' not allowed")),
    }
}

fn moved(vm: &Vm, result: io::Result<usize>) -> PyResult {
    match result {
        Ok(count) => Ok(vm.int_usize(count)),
        Err(error) => Err(os_error(vm, error)),
    }
}

/// A number that the system takes as unsigned.
fn unsigned(vm: &Vm, value: &Value, c_type: &str, most: u64) -> PyResult<u64> {
    let number = vm.index(value)?;
    let negative = vm.compare(&number, &Value::small_int(0), CompareOp::Lt)?;
    if vm.truth(&negative)? {
        return Err(vm.value_error("value must be positive"));
    }
    match number.as_int().and_then(|number| number.to_u64()) {
        Some(number) if number <= most => Ok(number),
        _ => Err(vm.overflow_error(format!("Python int too large to convert to C {c_type}"))),
    }
}

pub(super) const FUNCTIONS: &[MethodDef] = &[
    MethodDef::bound(
        "readv",
        "($module, fd, buffers, /)",
        "Read from a file descriptor fd into an iterable of buffers.\n\n\
         The buffers should be mutable buffers accepting bytes.\n\
         readv will transfer data into each buffer until it is full\n\
         and then move on to the next buffer in the sequence to hold\n\
         the rest of the data.\n\n\
         readv returns the total number of bytes read,\n\
         which may be less than the total capacity of all the buffers.",
        |vm, args| {
            let fd = vm.arg_int(&args[1])?;
            let buffers = buffers(vm, "readv", &args[2], Vm::buffer_mut)?;
            let file = descriptor(vm, fd)?;
            scatter(vm, &buffers, |memory| io::read(file, memory))
        },
    ),
    MethodDef::bound(
        "preadv",
        "($module, fd, buffers, offset, flags=0, /)",
        "Reads from a file descriptor into a number of mutable bytes-like objects.\n\n\
         Combines the functionality of readv() and pread(). As readv(), it will\n\
         transfer data into each buffer until it is full and then move on to the next\n\
         buffer in the sequence to hold the rest of the data. Its fourth argument,\n\
         specifies the file offset at which the input operation is to be performed. It\n\
         will return the total number of bytes read (which can be less than the total\n\
         capacity of all the objects).\n\n\
         The flags argument contains a bitwise OR of zero or more of the following flags:\n\n\
         - RWF_HIPRI\n- RWF_NOWAIT\n\n\
         Using non-zero flags requires Linux 4.6 or newer.",
        |vm, args| {
            let fd = vm.arg_int(&args[1])?;
            let (offset, flags) = place(vm, args)?;
            let buffers = buffers(vm, "preadv2", &args[2], Vm::buffer_mut)?;
            let file = descriptor(vm, fd)?;
            scatter(vm, &buffers, |memory| match flags.is_empty() {
                true => io::pread(file, memory, offset),
                false => io::preadv2(file, &mut [IoSliceMut::new(memory)], offset, flags),
            })
        },
    ),
    MethodDef::bound(
        "writev",
        "($module, fd, buffers, /)",
        "Iterate over buffers, and write the contents of each to a file descriptor.\n\n\
         Returns the total number of bytes written.\n\
         buffers must be a sequence of bytes-like objects.",
        |vm, args| {
            let fd = vm.arg_int(&args[1])?;
            let buffers = buffers(vm, "writev", &args[2], Vm::buffer)?;
            let file = descriptor(vm, fd)?;
            gather(vm, &buffers, |data| io::write(file, data))
        },
    ),
    MethodDef::bound(
        "pwritev",
        "($module, fd, buffers, offset, flags=0, /)",
        "Writes the contents of bytes-like objects to a file descriptor at a given offset.\n\n\
         Combines the functionality of writev() and pwrite(). All buffers must be a sequence\n\
         of bytes-like objects. Buffers are processed in array order. Entire contents of first\n\
         buffer is written before proceeding to second, and so on. The operating system may\n\
         set a limit (sysconf() value SC_IOV_MAX) on the number of buffers that can be used.\n\
         This function writes the contents of each object to the file descriptor and returns\n\
         the total number of bytes written.\n\n\
         The flags argument contains a bitwise OR of zero or more of the following flags:\n\n\
         - RWF_DSYNC\n- RWF_SYNC\n- RWF_APPEND\n\n\
         Using non-zero flags requires Linux 4.7 or newer.",
        |vm, args| {
            let fd = vm.arg_int(&args[1])?;
            let (offset, flags) = place(vm, args)?;
            let buffers = buffers(vm, "pwritev2", &args[2], Vm::buffer)?;
            let file = descriptor(vm, fd)?;
            gather(vm, &buffers, |data| match flags.is_empty() {
                true => io::pwrite(file, data, offset),
                false => io::pwritev2(file, &[IoSlice::new(data)], offset, flags),
            })
        },
    ),
    MethodDef::bound(
        "copy_file_range",
        "($module, /, src, dst, count, offset_src=None,\n\
             \x20               offset_dst=None)",
        "Copy count bytes from one file descriptor to another.\n\n  \
         src\n    Source file descriptor.\n  dst\n    Destination file descriptor.\n  \
         count\n    Number of bytes to copy.\n  offset_src\n    Starting offset in src.\n  \
         offset_dst\n    Starting offset in dst.\n\n\
         If offset_src is None, then src is read from the current position;\n\
         respectively for offset_dst.",
        |vm, args| {
            let mut what = move_arguments(vm, args)?;
            let (source, target) = (descriptor(vm, what.source)?, descriptor(vm, what.target)?);
            let result = retry(vm, || {
                let (from, to) = (what.from.as_mut(), what.to.as_mut());
                fs::copy_file_range(source, from, target, to, what.count)
            })?;
            moved(vm, result)
        },
    ),
    MethodDef::bound(
        "splice",
        "($module, /, src, dst, count, offset_src=None, offset_dst=None,\n\
             \x20      flags=0)",
        "Transfer count bytes from one pipe to a descriptor or vice versa.\n\n  \
         src\n    Source file descriptor.\n  dst\n    Destination file descriptor.\n  \
         count\n    Number of bytes to copy.\n  offset_src\n    Starting offset in src.\n  \
         offset_dst\n    Starting offset in dst.\n  \
         flags\n    Flags to modify the semantics of the call.\n\n\
         If offset_src is None, then src is read from the current position;\n\
         respectively for offset_dst. The offset associated to the file\n\
         descriptor that refers to a pipe must be None.",
        |vm, args| {
            let mut what = move_arguments(vm, args)?;
            let flags = match args[6].given() {
                Some(flags) => unsigned(vm, flags, "unsigned int", u32::MAX.into())? as u32,
                None => 0,
            };
            let flags = SpliceFlags::from_bits_retain(flags);
            let (source, target) = (descriptor(vm, what.source)?, descriptor(vm, what.target)?);
            let result = retry(vm, || {
                let (from, to) = (what.from.as_mut(), what.to.as_mut());
                rustix::pipe::splice(source, from, target, to, what.count, flags)
            })?;
            moved(vm, result)
        },
    ),
    MethodDef::bound(
        "eventfd",
        "($module, /, initval, flags=EFD_CLOEXEC)",
        "Creates and returns an event notification file descriptor.",
        |vm, args| {
            let start = unsigned(vm, &args[1], "unsigned int", u32::MAX.into())? as u32;
            let flags = match args[2].given() {
                Some(flags) => vm.arg_int(flags)?,
                None => libc::EFD_CLOEXEC,
            };
            let flags = event::EventfdFlags::from_bits_retain(flags as u32);
            match event::eventfd(start, flags) {
                Ok(file) => Ok(vm.int(file.into_raw_fd().into())),
                Err(error) => Err(os_error(vm, error)),
            }
        },
    ),
    MethodDef::bound(
        "eventfd_read",
        "($module, /, fd)",
        "Read eventfd value",
        |vm, args| {
            let file = descriptor(vm, fd_argument(vm, &args[1])?)?;
            let mut number = [0; 8];
            match retry(vm, || io::read(file, &mut number))? {
                Ok(_) => Ok(vm.int_u64(u64::from_ne_bytes(number))),
                Err(error) => Err(os_error(vm, error)),
            }
        },
    ),
    MethodDef::bound(
        "eventfd_write",
        "($module, /, fd, value)",
        "Write eventfd value.",
        |vm, args| {
            let fd = fd_argument(vm, &args[1])?;
            let number = unsigned(vm, &args[2], "unsigned long long", u64::MAX)?;
            let file = descriptor(vm, fd)?;
            match retry(vm, || io::write(file, &number.to_ne_bytes()))? {
                Ok(_) => Ok(Value::NONE),
                Err(error) => Err(os_error(vm, error)),
            }
        },
    ),
];
