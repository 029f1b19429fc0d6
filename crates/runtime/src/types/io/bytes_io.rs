//! `BytesIO`: a file in memory.

use std::cell::Cell;

use super::base::{FILE_FLAGS, writable_buffer};
use super::{closed_error, size_arg};
use crate::fields;
use crate::object::buffer::{BufferView, Memory};
use crate::object::bytearray::ByteBuffer;
use crate::object::fields::Field;
use crate::object::{
    Args, Class, Dict, GetSetDef, Kind, MethodDef, Payload, PyResult, Ref, Tuple, TypeSlots,
    TypeSpec, Value, alloc,
};
use crate::vm::Vm;

/// A `BytesIO`'s payload.
#[derive(Default)]
pub struct BytesIo {
    buffer: ByteBuffer,
    position: Cell<usize>,
    closed: Cell<bool>,
}

impl Payload for BytesIo {
    const KIND: Kind = Kind::BYTES_IO;
    const NAME: &'static str = "BytesIO";
    const FIELDS: &'static [Field] = fields![
        "buffer" => buffer as Opaque,
        "position" => position as Unsigned,
        "closed" => closed as Bool,
    ];
}

/// Declaration of `BytesIO`.
pub static SPEC: TypeSpec = TypeSpec {
    doc: "Buffered I/O implementation using an in-memory bytes buffer.",
    signature: "(initial_bytes=b'')",
    flags: FILE_FLAGS,
    slots: TypeSlots {
        new: Some(new),
        init: Some(init),
        iter: Some(|vm, this| {
            open(vm, this)?;
            Ok(this.clone())
        }),
        iternext: Some(next),
        ..TypeSlots::EMPTY
    },
    methods: METHODS,
    getset: &[GetSetDef::read_only(
        "closed",
        "True if the file is closed.",
        |vm, this| Ok(Value::bool(payload(vm, this)?.closed.get())),
    )],
    ..TypeSpec::of::<BytesIo>("_io.BytesIO")
};

const fn flag(
    name: &'static str,
    doc: &'static str,
    code: fn(&Vm, &[Value]) -> PyResult,
) -> MethodDef {
    MethodDef::bound(name, "($self, /)", doc, code)
}

fn yes(vm: &Vm, args: &[Value]) -> PyResult {
    open(vm, &args[0]).map(|_| Value::TRUE)
}

const METHODS: &[MethodDef] = &[
    flag(
        "readable",
        "Returns True if the IO object can be read.",
        yes,
    ),
    flag(
        "seekable",
        "Returns True if the IO object can be seeked.",
        yes,
    ),
    flag(
        "writable",
        "Returns True if the IO object can be written.",
        yes,
    ),
    flag("close", "Disable all I/O operations.", close),
    flag("flush", "Does nothing.", |vm, args| {
        open(vm, &args[0]).map(|_| Value::NONE)
    }),
    flag("isatty", "Always returns False.", |vm, args| {
        open(vm, &args[0]).map(|_| Value::FALSE)
    }),
    flag("tell", "Current file position, an integer.", |vm, args| {
        Ok(vm.int_usize(open(vm, &args[0])?.position.get()))
    }),
    MethodDef::bound(
        "write",
        "($self, b, /)",
        "Write bytes to file.",
        |vm, args| Ok(vm.int_usize(write(vm, &args[0], &args[1])?)),
    ),
    MethodDef::bound(
        "writelines",
        "($self, lines, /)",
        "Write lines to the file.",
        |vm, args| {
            open(vm, &args[0])?;
            vm.for_each(&args[1], |line| write(vm, &args[0], &line).map(drop))?;
            Ok(Value::NONE)
        },
    ),
    MethodDef::bound(
        "read1",
        "($self, size=-1, /)",
        "Read at most size bytes, returned as a bytes object.",
        read,
    ),
    MethodDef::bound(
        "readinto",
        "($self, buffer, /)",
        "Read bytes into buffer.",
        readinto,
    ),
    MethodDef::bound(
        "readline",
        "($self, size=-1, /)",
        "Next line from the file, as a bytes object.",
        |vm, args| {
            let limit = size_arg(vm, &args[1])?.unwrap_or(usize::MAX);
            let file = open(vm, &args[0])?;
            let line = take_line(file, limit);
            vm.try_bytes(&line).map(Ref::into_value)
        },
    ),
    MethodDef::bound(
        "readlines",
        "($self, size=None, /)",
        "List of bytes objects, each a line from the file.",
        readlines,
    ),
    MethodDef::bound(
        "read",
        "($self, size=-1, /)",
        "Read at most size bytes, returned as a bytes object.",
        read,
    ),
    flag(
        "getbuffer",
        "Get a read-write view over the contents of the BytesIO object.",
        |vm, args| {
            open(vm, &args[0])?;
            Ok(vm.memoryview(BufferView::new(&args[0], Memory::Growable(reach), false)))
        },
    ),
    flag(
        "getvalue",
        "Retrieve the entire contents of the BytesIO object.",
        |vm, args| {
            open(vm, &args[0])?
                .buffer
                .with(|b| vm.try_bytes(b))
                .map(Ref::into_value)
        },
    ),
    MethodDef::bound(
        "seek",
        "($self, pos, whence=0, /)",
        "Change stream position.",
        seek,
    ),
    MethodDef::bound(
        "truncate",
        "($self, size=None, /)",
        "Truncate the file to at most size bytes.",
        truncate,
    ),
    flag("__getstate__", "", get_state).unsigned(),
    MethodDef::bound("__setstate__", "($self, state, /)", "", set_state),
];

fn reach(value: &Value) -> Option<&ByteBuffer> {
    value.payload::<BytesIo>().map(|file| &file.buffer)
}

fn payload<'a>(vm: &Vm, this: &'a Value) -> PyResult<&'a BytesIo> {
    this.payload::<BytesIo>()
        .ok_or_else(|| vm.type_error("descriptor requires a '_io.BytesIO' object"))
}

fn open<'a>(vm: &Vm, this: &'a Value) -> PyResult<&'a BytesIo> {
    let file = payload(vm, this)?;
    if file.closed.get() {
        return Err(closed_error(vm));
    }
    Ok(file)
}

fn new(_vm: &Vm, class: &Ref<Class>, _args: Args<'_>) -> PyResult {
    Ok(alloc(class, BytesIo::default()).into_value())
}

fn init(vm: &Vm, this: &Value, args: Args<'_>) -> PyResult<()> {
    let bound = vm.bind_parameters("BytesIO", "(initial_bytes=b'')", args)?;
    let file = payload(vm, this)?;
    file.buffer.resize_check(vm)?;
    let bytes = match bound[0].given_not_none() {
        Some(initial) => vm.copied_bytes(initial)?,
        None => Vec::new(),
    };
    let new = vm.byte_vec(&bytes)?;
    drop(file.buffer.update(|old| std::mem::replace(old, new)));
    file.position.set(0);
    file.closed.set(false);
    Ok(())
}

fn close(vm: &Vm, args: &[Value]) -> PyResult {
    let file = payload(vm, &args[0])?;
    file.buffer.resize_check(vm)?;
    file.closed.set(true);
    drop(file.buffer.update(std::mem::take));
    Ok(Value::NONE)
}

fn write(vm: &Vm, this: &Value, data: &Value) -> PyResult<usize> {
    let file = open(vm, this)?;
    file.buffer.resize_check(vm)?;
    let bytes = vm.copied_bytes(data)?;
    if bytes.is_empty() {
        return Ok(0);
    }
    file.buffer.resize_check(vm)?;
    let start = file.position.get();
    let Some(end) = start
        .checked_add(bytes.len())
        .filter(|&end| end < u32::MAX as usize)
    else {
        return Err(vm.overflow_error("new position too large"));
    };
    file.buffer
        .update(|all| {
            if end > all.len() {
                all.try_reserve(end - all.len())?;
                if start > all.len() {
                    all.try_extend(std::iter::repeat_n(0, start - all.len()))?;
                }
                let kept = all.len() - start;
                all.as_mut_slice()[start..].copy_from_slice(&bytes[..kept]);
                all.try_extend_from_slice(&bytes[kept..])
            } else {
                all.as_mut_slice()[start..end].copy_from_slice(&bytes);
                Ok(())
            }
        })
        .map_err(|_| vm.memory_error())?;
    file.position.set(end);
    Ok(bytes.len())
}

/// Hands bytes out from the position on.
fn take(file: &BytesIo, size: usize) -> Vec<u8> {
    file.buffer.with(|all| {
        let start = file.position.get();
        let Some(rest) = all.get(start..) else {
            return Vec::new();
        };
        let taken = rest[..rest.len().min(size)].to_vec();
        file.position.set(start + taken.len());
        taken
    })
}

fn take_line(file: &BytesIo, limit: usize) -> Vec<u8> {
    let size = file.buffer.with(|all| {
        let rest = all.get(file.position.get()..).unwrap_or_default();
        memchr::memchr(b'\n', rest).map_or(rest.len(), |at| at + 1)
    });
    take(file, size.min(limit))
}

fn read(vm: &Vm, args: &[Value]) -> PyResult {
    let size = size_arg(vm, &args[1])?.unwrap_or(usize::MAX);
    let bytes = take(open(vm, &args[0])?, size);
    vm.try_bytes(&bytes).map(Ref::into_value)
}

fn readinto(vm: &Vm, args: &[Value]) -> PyResult {
    let view = writable_buffer(vm, &args[1], "readinto")?;
    let bytes = take(open(vm, &args[0])?, view.len());
    view.with_bytes_mut(|memory| memory[..bytes.len()].copy_from_slice(&bytes));
    Ok(vm.int_usize(bytes.len()))
}

fn readlines(vm: &Vm, args: &[Value]) -> PyResult {
    let hint = size_arg(vm, &args[1])?.filter(|&hint| hint > 0);
    let file = open(vm, &args[0])?;
    let mut lines = Vec::new();
    let mut total = 0;
    loop {
        let line = take_line(file, usize::MAX);
        if line.is_empty() {
            break;
        }
        total += line.len();
        lines.push(vm.try_bytes(&line)?.into_value());
        if hint.is_some_and(|hint| total >= hint) {
            break;
        }
    }
    vm.list_from(lines).map(Ref::into_value)
}

fn next(vm: &Vm, this: &Value) -> PyResult<Option<Value>> {
    let line = take_line(open(vm, this)?, usize::MAX);
    if line.is_empty() {
        return Ok(None);
    }
    vm.try_bytes(&line).map(|line| Some(line.into_value()))
}

fn seek(vm: &Vm, args: &[Value]) -> PyResult {
    let offset = vm.arg_ssize(&args[1])?;
    let whence = args[2].given().map_or(Ok(0), |v| vm.arg_int(v))?;
    let file = open(vm, &args[0])?;
    let base = match whence {
        0 if offset < 0 => {
            return Err(vm.value_error(format!("negative seek value {offset}")));
        }
        0 => 0,
        1 => file.position.get(),
        2 => file.buffer.len(),
        _ => {
            return Err(vm.value_error(format!("invalid whence ({whence}, should be 0, 1 or 2)")));
        }
    };
    let Some(position) = (base as isize).checked_add(offset) else {
        return Err(vm.overflow_error("new position too large"));
    };
    file.position.set(position.max(0) as usize);
    Ok(vm.int_usize(file.position.get()))
}

fn truncate(vm: &Vm, args: &[Value]) -> PyResult {
    let file = open(vm, &args[0])?;
    file.buffer.resize_check(vm)?;
    let size = match args[1].given_not_none() {
        Some(size) => {
            let size = vm.arg_ssize(size)?;
            usize::try_from(size)
                .map_err(|_| vm.value_error(format!("negative size value {size}")))?
        }
        None => file.position.get(),
    };
    file.buffer.resize_check(vm)?;
    file.buffer.update(|all| {
        all.truncate(size);
        all.shrink_slack();
    });
    Ok(vm.int_usize(size))
}

fn get_state(vm: &Vm, args: &[Value]) -> PyResult {
    let file = open(vm, &args[0])?;
    let value = file.buffer.with(|b| vm.try_bytes(b))?.into_value();
    let dict = vm.get_attr_opt(&args[0], &vm.names.__dict__)?;
    let dict = match dict.as_ref().and_then(|d| d.payload::<Dict>()) {
        Some(d) if !d.is_empty() => method_copy(vm, dict.as_ref())?,
        _ => Value::NONE,
    };
    Ok(vm.tuple_value([value, vm.int_usize(file.position.get()), dict]))
}

/// A copy of an instance dictionary.
pub(super) fn method_copy(vm: &Vm, dict: Option<&Value>) -> PyResult {
    match dict {
        Some(dict) => super::method(vm, dict, "copy", &[]),
        None => Ok(Value::NONE),
    }
}

fn set_state(vm: &Vm, args: &[Value]) -> PyResult {
    let parts = args[1].payload::<Tuple>().map(Tuple::as_slice);
    let Some([value, position, dict, ..]) = parts else {
        return Err(vm.type_error(format!(
            "{}.__setstate__ argument should be 3-tuple, got {}",
            vm.class_name(&args[0]),
            vm.class_name(&args[1])
        )));
    };
    open(vm, &args[0])?;
    init(vm, &args[0], Args::positional(std::slice::from_ref(value)))?;
    if !position.is_int() {
        return Err(vm.type_error(format!(
            "second item of state must be an integer, not {}",
            vm.class_name(position)
        )));
    }
    let position = vm.arg_ssize(position)?;
    let Ok(position) = usize::try_from(position) else {
        return Err(vm.value_error("position value cannot be negative"));
    };
    payload(vm, &args[0])?.position.set(position);
    if !dict.is_none() {
        if dict.payload::<Dict>().is_none() {
            return Err(vm.type_error(format!(
                "third item of state should be a dict, got a {}",
                vm.class_name(dict)
            )));
        }
        let own = vm.get_attr(&args[0], &vm.names.__dict__)?;
        super::method(vm, &own, "update", std::slice::from_ref(dict))?;
    }
    Ok(Value::NONE)
}
