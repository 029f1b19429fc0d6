//! `_IOBase`, `_RawIOBase`, `_BufferedIOBase`, `_TextIOBase`: what all files can do, in terms of
//! the methods a class defines.

use super::{attribute, closed_error, is_closed, method, signed_size_arg, unsupported};
use crate::object::{
    Args, Bytes, Class, GetSetDef, MethodDef, PyResult, Ref, TypeSlots, TypeSpec, Value, class_flag,
};
use crate::types::object::Plain;
use crate::vm::Vm;

const FLAGS: u32 =
    class_flag::BASE_TYPE | class_flag::COLLECTED | class_flag::HAS_DICT | class_flag::HAS_WEAKREFS;

/// Class flags of all kinds of files.
pub const FILE_FLAGS: u32 = FLAGS;

/// Declaration of `_IOBase`.
pub static SPEC: TypeSpec = TypeSpec {
    doc: "The abstract base class for all I/O classes.\n\nThis class provides dummy \
          implementations for many methods that\nderived classes can override selectively; the \
          default implementations\nrepresent a file that cannot be read, written or seeked.",
    flags: FLAGS,
    slots: TypeSlots {
        new: Some(new_plain),
        iter: Some(iter),
        iternext: Some(next),
        finalize: Some(finalize),
        ..TypeSlots::EMPTY
    },
    methods: METHODS,
    getset: &[GetSetDef::read_only("closed", "", |vm, this| {
        Ok(Value::bool(internally_closed(vm, this)?))
    })],
    ..TypeSpec::of::<Plain>("_io._IOBase")
};

/// Declaration of `_RawIOBase`.
pub static RAW_SPEC: TypeSpec = TypeSpec {
    doc: "Base class for raw binary I/O.",
    flags: FLAGS,
    methods: RAW_METHODS,
    ..TypeSpec::of::<Plain>("_io._RawIOBase")
};

/// Declaration of `_BufferedIOBase`.
pub static BUFFERED_SPEC: TypeSpec = TypeSpec {
    doc: "Base class for buffered IO objects.",
    flags: FLAGS,
    methods: BUFFERED_METHODS,
    ..TypeSpec::of::<Plain>("_io._BufferedIOBase")
};

/// Declaration of `_TextIOBase`.
pub static TEXT_SPEC: TypeSpec = TypeSpec {
    doc: "Base class for text I/O.\n\nThis class provides a character and line based interface \
          to stream\nI/O. There is no readinto method because Python's character strings\nare \
          immutable.",
    flags: FLAGS,
    methods: TEXT_METHODS,
    getset: &[
        GetSetDef::read_only("encoding", "Encoding of the text stream.", |_, _| {
            Ok(Value::NONE)
        }),
        GetSetDef::read_only("newlines", "Line endings translated so far.", |_, _| {
            Ok(Value::NONE)
        }),
        GetSetDef::read_only(
            "errors",
            "The error setting of the decoder or encoder.",
            |_, _| Ok(Value::NONE),
        ),
    ],
    ..TypeSpec::of::<Plain>("_io._TextIOBase")
};

const METHODS: &[MethodDef] = &[
    MethodDef::bound(
        "seek",
        "($self, offset, whence=os.SEEK_SET, /)",
        "Change the stream position to the given byte offset.",
        |vm, _| Err(unsupported(vm, "seek")),
    ),
    MethodDef::bound(
        "tell",
        "($self, /)",
        "Return current stream position.",
        |vm, args| {
            method(
                vm,
                &args[0],
                "seek",
                &[Value::small_int(0), Value::small_int(1)],
            )
        },
    ),
    MethodDef::bound(
        "truncate",
        "($self, size=None, /)",
        "Truncate file to size bytes.",
        |vm, _| Err(unsupported(vm, "truncate")),
    ),
    MethodDef::bound(
        "flush",
        "($self, /)",
        "Flush write buffers, if applicable.",
        |vm, args| {
            if internally_closed(vm, &args[0])? {
                return Err(closed_error(vm));
            }
            Ok(Value::NONE)
        },
    ),
    MethodDef::bound(
        "close",
        "($self, /)",
        "Flush and close the IO object.",
        close,
    ),
    MethodDef::bound(
        "seekable",
        "($self, /)",
        "Return whether object supports random access.",
        |_, _| Ok(Value::FALSE),
    ),
    MethodDef::bound(
        "readable",
        "($self, /)",
        "Return whether object was opened for reading.",
        |_, _| Ok(Value::FALSE),
    ),
    MethodDef::bound(
        "writable",
        "($self, /)",
        "Return whether object was opened for writing.",
        |_, _| Ok(Value::FALSE),
    ),
    MethodDef::bound("_checkClosed", "($self, /)", "", |vm, args| {
        check_closed(vm, &args[0])?;
        Ok(Value::NONE)
    })
    .unsigned(),
    MethodDef::bound("_checkSeekable", "($self, /)", "", |vm, args| {
        check_able(vm, &args[0], "seekable")
    })
    .unsigned(),
    MethodDef::bound("_checkReadable", "($self, /)", "", |vm, args| {
        check_able(vm, &args[0], "readable")
    })
    .unsigned(),
    MethodDef::bound("_checkWritable", "($self, /)", "", |vm, args| {
        check_able(vm, &args[0], "writable")
    })
    .unsigned(),
    MethodDef::bound(
        "fileno",
        "($self, /)",
        "Return underlying file descriptor if one exists.",
        |vm, _| Err(unsupported(vm, "fileno")),
    ),
    MethodDef::bound(
        "isatty",
        "($self, /)",
        "Return whether this is an 'interactive' stream.",
        |vm, args| {
            check_closed(vm, &args[0])?;
            Ok(Value::FALSE)
        },
    ),
    MethodDef::bound("__enter__", "($self, /)", "", |vm, args| {
        check_closed(vm, &args[0])?;
        Ok(args[0].clone())
    })
    .unsigned(),
    MethodDef::raw("__exit__", "", "", |vm, args| {
        method(vm, &args.values[0], "close", &[])
    }),
    MethodDef::bound(
        "readline",
        "($self, size=-1, /)",
        "Read and return a line from the stream.",
        readline,
    ),
    MethodDef::bound(
        "readlines",
        "($self, hint=-1, /)",
        "Return a list of lines from the stream.",
        readlines,
    ),
    MethodDef::bound(
        "writelines",
        "($self, lines, /)",
        "Write a list of lines to stream.",
        writelines,
    ),
];

const RAW_METHODS: &[MethodDef] = &[
    MethodDef::bound("read", "($self, size=-1, /)", "", raw_read),
    MethodDef::bound(
        "readall",
        "($self, /)",
        "Read until EOF, using multiple read() call.",
        readall,
    ),
    MethodDef::raw("readinto", "", "", |vm, _| Err(not_implemented(vm))),
    MethodDef::raw("write", "", "", |vm, _| Err(not_implemented(vm))),
];

const BUFFERED_METHODS: &[MethodDef] = &[
    MethodDef::bound(
        "detach",
        "($self, /)",
        "Disconnect this buffer from its underlying raw stream and return it.",
        |vm, _| Err(unsupported(vm, "detach")),
    ),
    MethodDef::bound(
        "read",
        "($self, size=-1, /)",
        "Read and return up to n bytes.",
        |vm, args| {
            args[1].given().map_or(Ok(0), |v| vm.arg_ssize(v))?;
            Err(unsupported(vm, "read"))
        },
    ),
    MethodDef::bound(
        "read1",
        "($self, size=-1, /)",
        "Read and return up to size bytes, with at most one read() call to the underlying raw stream.",
        |vm, _| Err(unsupported(vm, "read1")),
    ),
    MethodDef::bound("readinto", "($self, buffer, /)", "", |vm, args| {
        read_into(vm, args, "read")
    }),
    MethodDef::bound("readinto1", "($self, buffer, /)", "", |vm, args| {
        read_into(vm, args, "read1")
    }),
    MethodDef::bound(
        "write",
        "($self, b, /)",
        "Write buffer b to the IO stream.",
        |vm, _| Err(unsupported(vm, "write")),
    ),
];

const TEXT_METHODS: &[MethodDef] = &[
    MethodDef::bound(
        "detach",
        "($self, /)",
        "Separate the underlying buffer from the TextIOBase and return it.",
        |vm, _| Err(unsupported(vm, "detach")),
    ),
    MethodDef::bound(
        "read",
        "($self, size=-1, /)",
        "Read at most size characters from stream.",
        |vm, _| Err(unsupported(vm, "read")),
    ),
    MethodDef::bound(
        "readline",
        "($self, size=-1, /)",
        "Read until newline or EOF.",
        |vm, _| Err(unsupported(vm, "readline")),
    ),
    MethodDef::bound(
        "write",
        "($self, s, /)",
        "Write string s to stream.",
        |vm, _| Err(unsupported(vm, "write")),
    ),
];

fn not_implemented(vm: &Vm) -> crate::Raised {
    let exception = vm.new_exception(&vm.types.exceptions.not_implemented_error, &[]);
    vm.raise_value(exception)
}

fn new_plain(vm: &Vm, class: &Ref<Class>, _args: Args<'_>) -> PyResult {
    let _ = vm;
    Ok(crate::object::alloc(class, Plain).into_value())
}

/// True once `_IOBase.close` has run.
fn internally_closed(vm: &Vm, this: &Value) -> PyResult<bool> {
    Ok(vm
        .get_attr_opt(this, &vm.intern("__IOBase_closed"))?
        .is_some())
}

/// ValueError if `self.closed`.
pub fn check_closed(vm: &Vm, this: &Value) -> PyResult<()> {
    if is_closed(vm, this)? {
        return Err(closed_error(vm));
    }
    Ok(())
}

/// UnsupportedOperation unless `self.seekable()` (or the like) is True.
pub fn check_able(vm: &Vm, this: &Value, able: &str) -> PyResult {
    let answer = method(vm, this, able, &[])?;
    if answer.is(&Value::TRUE) {
        return Ok(answer);
    }
    Err(unsupported(vm, &format!("File or stream is not {able}.")))
}

/// `_IOBase.close()`: flushes, then marks the file closed, whatever the flush said.
pub fn close(vm: &Vm, args: &[Value]) -> PyResult {
    let this = &args[0];
    if internally_closed(vm, this)? {
        return Ok(Value::NONE);
    }
    let flushed = method(vm, this, "flush", &[]).map_err(|raised| vm.take_exception(raised));
    let marked = vm.set_attr(this, &vm.intern("__IOBase_closed"), &Value::TRUE);
    super::first_error(vm, flushed, marked.map(|()| Value::NONE))
}

fn iter(vm: &Vm, this: &Value) -> PyResult {
    check_closed(vm, this)?;
    Ok(this.clone())
}

/// The next line by `readline()`; nothing at the end.
pub fn next(vm: &Vm, this: &Value) -> PyResult<Option<Value>> {
    let line = vm.call_method(this, &vm.names.readline, &[])?;
    let more = vm.len(&line)? > 0;
    Ok(more.then_some(line))
}

/// Closes a file that nobody refers to any more; errors are nobody's.
fn finalize(vm: &Vm, this: &Value) -> PyResult<()> {
    let class = vm.class_of(this);
    if class.is(&vm.types.bytes_io) || class.is(&vm.types.string_io) {
        // Nothing is left open.
        return Ok(());
    }
    match is_closed(vm, this) {
        Ok(true) => return Ok(()),
        Ok(false) => {}
        Err(raised) => {
            // A half-made or detached file cannot tell.
            drop(vm.take_exception(raised));
            return Ok(());
        }
    }
    super::raw::set_finalizing(this);
    super::buffered::set_finalizing(this);
    super::text::set_finalizing(this);
    if let Err(raised) = method(vm, this, "close", &[]) {
        drop(vm.take_exception(raised));
    }
    Ok(())
}

fn readline(vm: &Vm, args: &[Value]) -> PyResult {
    let this = &args[0];
    let limit = usize::try_from(signed_size_arg(vm, &args[1])?).unwrap_or(usize::MAX);
    let peek = vm.get_attr_opt(this, &vm.intern("peek"))?;
    let mut line: Vec<u8> = Vec::new();
    while line.len() < limit {
        let mut wanted = 1;
        if let Some(peek) = &peek {
            let ahead = vm.call1(peek, &Value::small_int(1))?;
            let Some(ahead) = ahead.payload::<Bytes>() else {
                return Err(vm.raise(
                    &vm.types.exceptions.os_error,
                    format!(
                        "peek() should have returned a bytes object, not '{}'",
                        vm.class_name(&ahead)
                    ),
                ));
            };
            if !ahead.is_empty() {
                let end = memchr::memchr(b'\n', ahead).map_or(ahead.len(), |at| at + 1);
                wanted = end.min(limit - line.len());
            }
        }
        let read = method(vm, this, "read", &[Value::small_int(wanted as i64)])?;
        let Some(bytes) = read.payload::<Bytes>() else {
            return Err(vm.raise(
                &vm.types.exceptions.os_error,
                format!(
                    "read() should have returned a bytes object, not '{}'",
                    vm.class_name(&read)
                ),
            ));
        };
        line.extend_from_slice(bytes);
        if bytes.is_empty() || line.last() == Some(&b'\n') {
            break;
        }
    }
    vm.try_bytes(&line).map(Ref::into_value)
}

/// `_IOBase.readlines(hint)`
pub fn readlines(vm: &Vm, args: &[Value]) -> PyResult {
    let hint = signed_size_arg(vm, &args[1])?;
    let mut lines = Vec::new();
    let mut total = 0;
    let iterator = vm.iter(&args[0])?;
    while let Some(line) = vm.next(&iterator)? {
        total += vm.len(&line)? as isize;
        lines.push(line);
        if hint > 0 && total > hint {
            break;
        }
    }
    vm.list_from(lines).map(Ref::into_value)
}

/// `_IOBase.writelines(lines)`
pub fn writelines(vm: &Vm, args: &[Value]) -> PyResult {
    check_closed(vm, &args[0])?;
    vm.for_each(&args[1], |line| {
        vm.call_method(&args[0], &vm.names.write, &[line]).map(drop)
    })?;
    Ok(Value::NONE)
}

/// `_RawIOBase.read(size)` in terms of `readinto` and `readall`.
fn raw_read(vm: &Vm, args: &[Value]) -> PyResult {
    let size = args[1].given().map_or(Ok(-1), |v| vm.arg_ssize(v))?;
    let Ok(size) = usize::try_from(size) else {
        return method(vm, &args[0], "readall", &[]);
    };
    let mut buffer = Vec::new();
    buffer
        .try_reserve_exact(size)
        .map_err(|_| vm.memory_error())?;
    buffer.resize(size, 0);
    let array = vm.bytearray_value(&buffer)?;
    let count = method(vm, &args[0], "readinto", std::slice::from_ref(&array))?;
    if count.is_none() {
        return Ok(count);
    }
    let count = vm.index_isize(&count, &vm.types.exceptions.value_error)?;
    crate::types::bytes::with_this(&array, |bytes| {
        let count = usize::try_from(count).unwrap_or(0).min(bytes.len());
        vm.try_bytes(&bytes[..count]).map(Ref::into_value)
    })
}

/// `_RawIOBase.readall()` by repeated `read()`.
fn readall(vm: &Vm, args: &[Value]) -> PyResult {
    let mut all: Vec<u8> = Vec::new();
    loop {
        let size = Value::small_int(super::BUFFER_SIZE as i64);
        let data = method(vm, &args[0], "read", &[size])?;
        if data.is_none() {
            if all.is_empty() {
                return Ok(data);
            }
            break;
        }
        let Some(bytes) = data.payload::<Bytes>() else {
            return Err(vm.type_error("read() should return bytes"));
        };
        if bytes.is_empty() {
            break;
        }
        all.extend_from_slice(bytes);
    }
    vm.try_bytes(&all).map(Ref::into_value)
}

/// `readinto` in terms of `read`.
fn read_into(vm: &Vm, args: &[Value], name: &str) -> PyResult {
    let buffer = writable_buffer(
        vm,
        &args[1],
        if name == "read" {
            "readinto"
        } else {
            "readinto1"
        },
    )?;
    let data = method(vm, &args[0], name, &[Value::small_int(buffer.len() as i64)])?;
    let Some(bytes) = data.payload::<Bytes>() else {
        return Err(vm.type_error("read() should return bytes"));
    };
    if bytes.len() > buffer.len() {
        return Err(vm.value_error(format!(
            "read() returned too much data: {} bytes requested, {} returned",
            buffer.len(),
            bytes.len()
        )));
    }
    buffer.with_bytes_mut(|memory| memory[..bytes.len()].copy_from_slice(bytes));
    Ok(Value::small_int(bytes.len() as i64))
}

/// The argument of a `readinto`.
pub fn writable_buffer(
    vm: &Vm,
    value: &Value,
    function: &str,
) -> PyResult<crate::object::buffer::BufferView> {
    let view = if vm.has_buffer(value) {
        vm.buffer(value).ok()
    } else {
        None
    };
    match view.filter(|view| !view.readonly) {
        Some(view) => Ok(view),
        None => {
            drop(vm.raised.take());
            Err(vm.type_error(format!(
                "{function}() argument must be read-write bytes-like object, not {}",
                vm.argument_type(value)
            )))
        }
    }
}

/// The file's `name` attribute as its representation shows it; empty where there is none.
pub fn name_repr(vm: &Vm, this: &Value) -> PyResult<String> {
    match attribute(vm, this, "name") {
        Ok(name) => vm.repr_string(&name),
        Err(raised) => {
            let types = &vm.types.exceptions;
            let _ = vm
                .catch(raised, &types.attribute_error)
                .or_else(|raised| vm.catch(raised, &types.value_error))?;
            Ok(String::new())
        }
    }
}
