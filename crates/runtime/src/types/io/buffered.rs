//! `BufferedReader`, `BufferedWriter`, `BufferedRandom`.
//!
//! Bytes read ahead and bytes not written yet lie in two buffers; at most one of them is in use.
//! No buffer is borrowed while a method of the raw file runs, unless it is a native one.

use std::cell::{Cell, RefCell};

use heap::Visitor;

use super::base::{FILE_FLAGS, check_able, name_repr, writable_buffer};
use super::{attribute, is_closed, method, raw, signed_size_arg, unsupported};
use crate::fields;
use crate::object::fields::Field;
use crate::object::payload::Visit;
use crate::object::{
    Args, Class, GetSetDef, Kind, MethodDef, Payload, PyResult, Raised, Ref, Slot, TypeSlots,
    TypeSpec, Value, alloc,
};
use crate::vm::Vm;

/// The payload of all three.
pub struct Buffered {
    raw: Slot,
    size: Cell<usize>,
    state: RefCell<State>,
    readable: Cell<bool>,
    writable: Cell<bool>,
    initialized: Cell<bool>,
    detached: Cell<bool>,
    finalizing: Cell<bool>,
}

#[derive(Default)]
struct State {
    /// Bytes read ahead, and how many of them have been handed out.
    ahead: Vec<u8>,
    used: usize,
    /// Bytes to be written.
    pending: Vec<u8>,
}

impl State {
    fn unread(&self) -> usize {
        self.ahead.len() - self.used
    }

    fn take(&mut self, count: usize) -> Vec<u8> {
        let end = (self.used + count).min(self.ahead.len());
        let taken = self.ahead[self.used..end].to_vec();
        self.used = end;
        taken
    }

    fn forget(&mut self) {
        self.ahead.clear();
        self.used = 0;
    }
}

impl Payload for Buffered {
    const KIND: Kind = Kind::BUFFERED_IO;
    const NAME: &'static str = "buffered file";
    const FIELDS: &'static [Field] = fields![
        "raw" => raw as Value,
        "size" => size as Unsigned,
        "state" => state as Opaque,
        "readable" => readable as Bool,
        "writable" => writable as Bool,
        "initialized" => initialized as Bool,
        "detached" => detached as Bool,
        "finalizing" => finalizing as Bool,
    ];

    fn traverse(&self, visitor: &mut Visitor<'_>) {
        visitor.slot(&self.raw);
    }

    fn clear(&self) {
        self.raw.set(None);
    }
}

macro_rules! buffered_type {
    ($spec:ident, $name:literal, $doc:literal, $init:expr, $methods:expr) => {
        #[doc = concat!("Declaration of `", $name, "`.")]
        pub static $spec: TypeSpec = TypeSpec {
            doc: $doc,
            signature: "(raw, buffer_size=DEFAULT_BUFFER_SIZE)",
            flags: FILE_FLAGS,
            slots: TypeSlots {
                new: Some(new),
                init: Some($init),
                repr: Some(repr),
                iternext: Some(next),
                ..TypeSlots::EMPTY
            },
            methods: $methods,
            getset: GETSET,
            ..TypeSpec::of::<Buffered>(concat!("_io.", $name))
        };
    };
}

buffered_type!(
    READER_SPEC,
    "BufferedReader",
    "Create a new buffered reader using the given readable raw IO object.",
    |vm, this, args| init(vm, this, args, "BufferedReader", true, false),
    READER_METHODS
);
buffered_type!(
    WRITER_SPEC,
    "BufferedWriter",
    "A buffer for a writeable sequential RawIO object.\n\nThe constructor creates a BufferedWriter \
     for the given writeable raw\nstream. If the buffer_size is not given, it defaults \
     to\nDEFAULT_BUFFER_SIZE.",
    |vm, this, args| init(vm, this, args, "BufferedWriter", false, true),
    WRITER_METHODS
);
buffered_type!(
    RANDOM_SPEC,
    "BufferedRandom",
    "A buffered interface to random access streams.\n\nThe constructor creates a reader and writer \
     for a seekable stream,\nraw, given in the first argument. If the buffer_size is omitted \
     it\ndefaults to DEFAULT_BUFFER_SIZE.",
    |vm, this, args| init(vm, this, args, "BufferedRandom", true, true),
    RANDOM_METHODS
);

const GETSET: &[GetSetDef] = &[
    GetSetDef::read_only("raw", "", |vm, this| {
        Ok(payload(vm, this)?.raw.get().unwrap_or(Value::NONE))
    }),
    GetSetDef::read_only("closed", "", |vm, this| {
        attribute(vm, &raw_of(vm, this)?, "closed")
    }),
    GetSetDef::read_only("name", "", |vm, this| {
        attribute(vm, &raw_of(vm, this)?, "name")
    }),
    GetSetDef::read_only("mode", "", |vm, this| {
        attribute(vm, &raw_of(vm, this)?, "mode")
    }),
    GetSetDef::writable(
        "_finalizing",
        "",
        |vm, this| Ok(Value::bool(payload(vm, this)?.finalizing.get())),
        |vm, this, value| {
            let on = value.map_or(Ok(false), |v| vm.truth(v))?;
            payload(vm, this)?.finalizing.set(on);
            Ok(())
        },
    ),
];

macro_rules! forward {
    ($name:literal) => {
        MethodDef::bound($name, "($self, /)", "", |vm, args| {
            method(vm, &raw_of(vm, &args[0])?, $name, &[])
        })
    };
}

const DETACH: MethodDef = MethodDef::bound("detach", "($self, /)", "", detach);
const CLOSE: MethodDef = MethodDef::bound("close", "($self, /)", "", close);
const SEEKABLE: MethodDef = forward!("seekable");
const READABLE: MethodDef = forward!("readable");
const WRITABLE: MethodDef = forward!("writable");
const FILENO: MethodDef = forward!("fileno");
const ISATTY: MethodDef = forward!("isatty");
const WARN: MethodDef = MethodDef::bound("_dealloc_warn", "($self, source, /)", "", |vm, args| {
    if let Ok(raw) = raw_of(vm, &args[0]) {
        warn_unclosed(vm, &raw, &args[1]);
    }
    Ok(Value::NONE)
});
const READ: MethodDef = MethodDef::bound("read", "($self, size=-1, /)", "", |vm, args| {
    let size = signed_size_arg(vm, &args[1])?;
    if size < -1 {
        return Err(vm.value_error("read length must be non-negative or -1"));
    }
    let this = &args[0];
    check_open(vm, this, "read of closed file")?;
    let bytes = match usize::try_from(size) {
        Ok(size) => read_exactly(vm, this, size)?,
        Err(_) => read_all(vm, this)?,
    };
    bytes_or_none(vm, bytes)
});
const READ1: MethodDef = MethodDef::bound("read1", "($self, size=-1, /)", "", |vm, args| {
    let size = args[1].given().map_or(Ok(-1), |v| vm.arg_ssize(v))?;
    let this = &args[0];
    check_open(vm, this, "read of closed file")?;
    let size = match usize::try_from(size) {
        Ok(size) => size,
        Err(_) => payload(vm, this)?.size.get(),
    };
    let bytes = read_once(vm, this, size)?;
    vm.try_bytes(&bytes).map(Ref::into_value)
});
const READINTO: MethodDef = MethodDef::bound("readinto", "($self, buffer, /)", "", |vm, args| {
    read_into(vm, args, false)
});
const READINTO1: MethodDef = MethodDef::bound("readinto1", "($self, buffer, /)", "", |vm, args| {
    read_into(vm, args, true)
});
const PEEK: MethodDef = MethodDef::bound("peek", "($self, size=0, /)", "", |vm, args| {
    let this = &args[0];
    check_open(vm, this, "peek of closed file")?;
    flush_pending(vm, this)?;
    let buffered = payload(vm, this)?;
    if buffered.state.borrow().unread() == 0 {
        fill(vm, this)?;
    }
    let ahead = {
        let state = buffered.state.borrow();
        state.ahead[state.used..].to_vec()
    };
    vm.try_bytes(&ahead).map(Ref::into_value)
});
const READLINE: MethodDef = MethodDef::bound("readline", "($self, size=-1, /)", "", |vm, args| {
    let size = signed_size_arg(vm, &args[1])?;
    check_open(vm, &args[0], "readline of closed file")?;
    let limit = usize::try_from(size).unwrap_or(usize::MAX);
    let line = read_line(vm, &args[0], limit)?;
    vm.try_bytes(&line).map(Ref::into_value)
});
const WRITE: MethodDef = MethodDef::bound("write", "($self, buffer, /)", "", |vm, args| {
    let bytes = vm.buffer(&args[1])?;
    check_open(vm, &args[0], "write to closed file")?;
    let data = bytes.to_vec();
    drop(bytes);
    write(vm, &args[0], &data)?;
    Ok(Value::small_int(data.len() as i64))
});
const FLUSH: MethodDef = MethodDef::bound("flush", "($self, /)", "", |vm, args| {
    check_open(vm, &args[0], "flush of closed file")?;
    flush_and_rewind(vm, &args[0])?;
    Ok(Value::NONE)
});
const FLUSH_RAW: MethodDef = forward!("flush");
const SEEK: MethodDef = MethodDef::bound("seek", "($self, target, whence=0, /)", "", seek);
const TELL: MethodDef = MethodDef::bound("tell", "($self, /)", "", |vm, args| {
    Ok(vm.int(tell(vm, &args[0])?))
});
const TRUNCATE: MethodDef = MethodDef::bound("truncate", "($self, pos=None, /)", "", truncate);
const REDUCE: MethodDef = MethodDef::bound("__reduce__", "($self, /)", "", |vm, args| {
    Err(raw::cannot_pickle(vm, &args[0]))
});
const REDUCE_EX: MethodDef =
    MethodDef::bound("__reduce_ex__", "($self, protocol, /)", "", |vm, args| {
        Err(raw::cannot_pickle(vm, &args[0]))
    });

const READER_METHODS: &[MethodDef] = &[
    DETACH, FLUSH_RAW, CLOSE, SEEKABLE, READABLE, FILENO, ISATTY, WARN, READ, PEEK, READ1,
    READINTO, READINTO1, READLINE, SEEK, TELL, TRUNCATE, REDUCE, REDUCE_EX,
];
const WRITER_METHODS: &[MethodDef] = &[
    CLOSE, DETACH, SEEKABLE, WRITABLE, FILENO, ISATTY, WARN, WRITE, TRUNCATE, FLUSH, SEEK, TELL,
    REDUCE, REDUCE_EX,
];
const RANDOM_METHODS: &[MethodDef] = &[
    CLOSE, DETACH, SEEKABLE, READABLE, WRITABLE, FILENO, ISATTY, WARN, FLUSH, SEEK, TELL, TRUNCATE,
    READ, READ1, READINTO, READINTO1, READLINE, PEEK, WRITE, REDUCE, REDUCE_EX,
];

fn payload<'a>(vm: &Vm, this: &'a Value) -> PyResult<&'a Buffered> {
    this.payload::<Buffered>()
        .ok_or_else(|| vm.type_error("descriptor requires a buffered file object"))
}

/// The raw file; ValueError where there is none.
fn raw_of(vm: &Vm, this: &Value) -> PyResult<Value> {
    let buffered = payload(vm, this)?;
    match buffered.raw.get() {
        Some(raw) if buffered.initialized.get() => Ok(raw),
        _ => Err(vm.value_error(if buffered.detached.get() {
            "raw stream has been detached"
        } else {
            "I/O operation on uninitialized object"
        })),
    }
}

fn is_native(vm: &Vm, raw: &Value) -> bool {
    vm.class_of(raw).is(&vm.types.file_io)
}

/// ValueError with this message if the raw file is closed.
fn check_open(vm: &Vm, this: &Value, message: &str) -> PyResult<()> {
    let raw = raw_of(vm, this)?;
    let closed = if is_native(vm, &raw) {
        raw.payload::<raw::FileIo>()
            .is_none_or(|file| file.fd.get() < 0)
    } else {
        is_closed(vm, &raw)?
    };
    if closed {
        return Err(vm.value_error(message));
    }
    Ok(())
}

fn new(_vm: &Vm, class: &Ref<Class>, _args: Args<'_>) -> PyResult {
    let buffered = Buffered {
        raw: Slot::default(),
        size: Cell::new(super::BUFFER_SIZE),
        state: RefCell::default(),
        readable: Cell::new(false),
        writable: Cell::new(false),
        initialized: Cell::new(false),
        detached: Cell::new(false),
        finalizing: Cell::new(false),
    };
    Ok(alloc(class, buffered).into_value())
}

fn init(
    vm: &Vm,
    this: &Value,
    args: Args<'_>,
    name: &str,
    readable: bool,
    writable: bool,
) -> PyResult<()> {
    let bound = vm.bind_parameters(name, "(raw, buffer_size=DEFAULT_BUFFER_SIZE)", args)?;
    let size = bound[1]
        .given()
        .map_or(Ok(super::BUFFER_SIZE as isize), |v| vm.arg_ssize(v))?;
    let buffered = payload(vm, this)?;
    buffered.initialized.set(false);
    buffered.detached.set(false);
    if readable && writable {
        check_able(vm, &bound[0], "seekable")?;
    }
    if readable {
        check_able(vm, &bound[0], "readable")?;
    }
    if writable {
        check_able(vm, &bound[0], "writable")?;
    }
    let Some(size) = usize::try_from(size).ok().filter(|&size| size > 0) else {
        return Err(vm.value_error("buffer size must be strictly positive"));
    };
    buffered.size.set(size);
    buffered.readable.set(readable);
    buffered.writable.set(writable);
    buffered.raw.set(Some(bound[0].clone()));
    *buffered.state.borrow_mut() = State::default();
    buffered.initialized.set(true);
    Ok(())
}

/// Opens a buffered file on a raw one: the class must be one of the three.
pub fn make(vm: &Vm, class: &Ref<Class>, raw: &Value, size: usize) -> PyResult {
    let size = vm.int_usize(size);
    vm.call(class.as_value(), &[raw.clone(), size])
}

fn repr(vm: &Vm, this: &Value) -> PyResult {
    let class = super::type_name(vm, this);
    let name = match payload(vm, this)?.raw.get() {
        Some(_) => name_repr(vm, this)?,
        None => String::new(),
    };
    Ok(vm.str_value(&if name.is_empty() {
        format!("<{class}>")
    } else {
        format!("<{class} name={name}>")
    }))
}

/// One read of the raw file; None where it would have to wait.
fn raw_read(vm: &Vm, this: &Value, size: usize) -> PyResult<Option<Vec<u8>>> {
    let raw = raw_of(vm, this)?;
    if is_native(vm, &raw) {
        return raw::read_some(vm, &raw, size);
    }
    let mut room = Vec::new();
    room.try_reserve_exact(size)
        .map_err(|_| vm.memory_error())?;
    room.resize(size, 0);
    let array = vm.bytearray_value(&room)?;
    let view = vm.memoryview(vm.buffer(&array)?);
    let count = method(vm, &raw, "readinto", &[view])?;
    if count.is_none() {
        return Ok(None);
    }
    let count = vm.index_isize(&count, &vm.types.exceptions.value_error)?;
    match usize::try_from(count) {
        Ok(count) if count <= size => {
            let read = crate::types::bytes::with_this(&array, |b| b[..count.min(b.len())].to_vec());
            Ok(Some(read))
        }
        _ => Err(vm.raise(
            &vm.types.exceptions.os_error,
            format!(
                "raw readinto() returned invalid length {count} (should have been between 0 and \
                 {size})"
            ),
        )),
    }
}

/// Fills the empty read-ahead buffer by one raw read; false where that would have to wait.
fn fill(vm: &Vm, this: &Value) -> PyResult<bool> {
    let buffered = payload(vm, this)?;
    let read = raw_read(vm, this, buffered.size.get())?;
    let waits = read.is_none();
    let mut state = buffered.state.borrow_mut();
    state.ahead = read.unwrap_or_default();
    state.used = 0;
    Ok(!waits)
}

fn bytes_or_none(vm: &Vm, bytes: Option<Vec<u8>>) -> PyResult {
    match bytes {
        Some(bytes) => vm.try_bytes(&bytes).map(Ref::into_value),
        None => Ok(Value::NONE),
    }
}

/// Reads `size` bytes, fewer only at the end; None where nothing is there yet.
fn read_exactly(vm: &Vm, this: &Value, size: usize) -> PyResult<Option<Vec<u8>>> {
    flush_pending(vm, this)?;
    let buffered = payload(vm, this)?;
    let mut all = buffered.state.borrow_mut().take(size);
    while all.len() < size {
        let missing = size - all.len();
        let block = buffered.size.get();
        if missing >= block {
            match raw_read(vm, this, missing - missing % block)? {
                Some(read) if !read.is_empty() => all.extend_from_slice(&read),
                None if all.is_empty() => return Ok(None),
                _ => break,
            }
            continue;
        }
        let ready = fill(vm, this)?;
        let mut state = buffered.state.borrow_mut();
        if state.unread() == 0 {
            if !ready && all.is_empty() {
                return Ok(None);
            }
            break;
        }
        all.extend(state.take(missing));
    }
    Ok(Some(all))
}

/// Reads everything that is left; None where nothing is there yet.
fn read_all(vm: &Vm, this: &Value) -> PyResult<Option<Vec<u8>>> {
    flush_pending(vm, this)?;
    let buffered = payload(vm, this)?;
    let mut all = buffered.state.borrow_mut().take(usize::MAX / 2);
    let raw = raw_of(vm, this)?;
    if let Some(readall) = vm.get_attr_opt(&raw, &vm.intern("readall"))? {
        let rest = vm.call0(&readall)?;
        if rest.is_none() {
            return Ok((!all.is_empty()).then_some(all));
        }
        let Some(rest) = rest.payload::<crate::object::Bytes>() else {
            return Err(vm.type_error("readall() should return bytes"));
        };
        all.extend_from_slice(rest);
        return Ok(Some(all));
    }
    loop {
        let read = method(vm, &raw, "read", &[])?;
        if read.is_none() {
            return Ok((!all.is_empty()).then_some(all));
        }
        let Some(read) = read.payload::<crate::object::Bytes>() else {
            return Err(vm.type_error("read() should return bytes"));
        };
        if read.is_empty() {
            return Ok(Some(all));
        }
        all.extend_from_slice(read);
    }
}

/// Hands out what is there, reading once if nothing is.
fn read_once(vm: &Vm, this: &Value, size: usize) -> PyResult<Vec<u8>> {
    flush_pending(vm, this)?;
    let buffered = payload(vm, this)?;
    if size == 0 {
        return Ok(Vec::new());
    }
    {
        let mut state = buffered.state.borrow_mut();
        if state.unread() > 0 {
            return Ok(state.take(size));
        }
        state.forget();
    }
    Ok(raw_read(vm, this, size)?.unwrap_or_default())
}

/// Whether the natives may be called directly: the object is exactly one of the readers.
pub fn is_native_reader(vm: &Vm, this: &Value) -> bool {
    let class = vm.class_of(this);
    class.is(&vm.types.buffered_reader) || class.is(&vm.types.buffered_random)
}

/// Whether the natives may be called directly: the object is exactly one of the writers.
pub fn is_native_writer(vm: &Vm, this: &Value) -> bool {
    let class = vm.class_of(this);
    class.is(&vm.types.buffered_writer) || class.is(&vm.types.buffered_random)
}

/// `read1(size)` of a native reader.
pub fn read1(vm: &Vm, this: &Value, size: usize) -> PyResult<Vec<u8>> {
    check_open(vm, this, "read of closed file")?;
    read_once(vm, this, size)
}

fn read_into(vm: &Vm, args: &[Value], once: bool) -> PyResult {
    let this = &args[0];
    let name = if once { "readinto1" } else { "readinto" };
    let view = writable_buffer(vm, &args[1], name)?;
    check_open(vm, this, "readinto of closed file")?;
    let read = if once {
        Some(read_once(vm, this, view.len())?)
    } else {
        read_exactly(vm, this, view.len())?
    };
    let Some(read) = read else {
        return Ok(Value::NONE);
    };
    view.with_bytes_mut(|memory| memory[..read.len()].copy_from_slice(&read));
    Ok(Value::small_int(read.len() as i64))
}

fn read_line(vm: &Vm, this: &Value, limit: usize) -> PyResult<Vec<u8>> {
    flush_pending(vm, this)?;
    let buffered = payload(vm, this)?;
    let mut line = Vec::new();
    loop {
        {
            let mut state = buffered.state.borrow_mut();
            let left = limit - line.len();
            let ahead = &state.ahead[state.used..];
            let ahead = &ahead[..ahead.len().min(left)];
            let end = memchr::memchr(b'\n', ahead).map(|at| at + 1);
            let count = end.unwrap_or(ahead.len());
            let taken = state.take(count);
            if line.is_empty() {
                line = taken;
            } else {
                line.extend_from_slice(&taken);
            }
            if end.is_some() || line.len() >= limit {
                return Ok(line);
            }
        }
        fill(vm, this)?;
        if buffered.state.borrow().unread() == 0 {
            return Ok(line);
        }
    }
}

fn next(vm: &Vm, this: &Value) -> PyResult<Option<Value>> {
    let class = vm.class_of(this);
    if !class.is(&vm.types.buffered_reader) && !class.is(&vm.types.buffered_random) {
        return super::base::next(vm, this);
    }
    check_open(vm, this, "readline of closed file")?;
    let line = read_line(vm, this, usize::MAX)?;
    if line.is_empty() {
        return Ok(None);
    }
    vm.try_bytes(&line).map(|line| Some(line.into_value()))
}

/// Writes all the bytes to the raw file; the number written where it would have to wait.
fn raw_write(vm: &Vm, this: &Value, bytes: &[u8]) -> PyResult<Result<(), usize>> {
    let raw = raw_of(vm, this)?;
    let mut done = 0;
    while done < bytes.len() {
        let rest = &bytes[done..];
        let written = if is_native(vm, &raw) {
            raw::write_some(vm, &raw, rest)?
        } else {
            let data = vm.try_bytes(rest)?.into_value();
            let view = vm.memoryview(vm.buffer(&data)?);
            let count = method(vm, &raw, "write", &[view])?;
            if count.is_none() {
                None
            } else {
                let count = vm.index_isize(&count, &vm.types.exceptions.value_error)?;
                match usize::try_from(count) {
                    Ok(count) if count <= rest.len() => Some(count),
                    _ => {
                        return Err(vm.raise(
                            &vm.types.exceptions.os_error,
                            format!(
                                "raw write() returned invalid length {count} (should have been \
                                 between 0 and {})",
                                rest.len()
                            ),
                        ));
                    }
                }
            }
        };
        match written {
            Some(count) => done += count,
            None => return Ok(Err(done)),
        }
        // A signal may have ended the call early; its handler runs before the next one waits.
        if done < bytes.len() {
            vm.handle_signals()?;
        }
    }
    Ok(Ok(()))
}

#[cold]
fn would_block(vm: &Vm, message: &str, written: usize) -> Raised {
    let made = vm.call(
        vm.types.exceptions.blocking_io_error.as_value(),
        &[
            Value::small_int(libc::EAGAIN.into()),
            vm.str_value(message),
            vm.int_usize(written),
        ],
    );
    match made {
        Ok(exception) => vm.raise_value(exception),
        Err(raised) => raised,
    }
}

/// Writes the pending bytes out.
fn flush_pending(vm: &Vm, this: &Value) -> PyResult<()> {
    let buffered = payload(vm, this)?;
    let pending = std::mem::take(&mut buffered.state.borrow_mut().pending);
    if pending.is_empty() {
        return Ok(());
    }
    let failed = match raw_write(vm, this, &pending) {
        Ok(Ok(())) => {
            let mut state = buffered.state.borrow_mut();
            if state.pending.is_empty() {
                // Keep the room for the next bytes.
                state.pending = pending;
                state.pending.clear();
            }
            return Ok(());
        }
        Ok(Err(done)) => {
            let kept = pending[done..].to_vec();
            (
                kept,
                would_block(vm, "write could not complete without blocking", 0),
            )
        }
        Err(raised) => (pending, raised),
    };
    let mut state = buffered.state.borrow_mut();
    let (mut kept, raised) = failed;
    kept.append(&mut state.pending);
    state.pending = kept;
    Err(raised)
}

fn flush_and_rewind(vm: &Vm, this: &Value) -> PyResult<()> {
    flush_pending(vm, this)?;
    let buffered = payload(vm, this)?;
    if buffered.readable.get() {
        // The raw position becomes the one the program sees.
        let unread = buffered.state.borrow().unread();
        if unread > 0 {
            raw_seek(vm, this, -(unread as i64), 1)?;
        }
        buffered.state.borrow_mut().forget();
    }
    Ok(())
}

/// Adds bytes to the pending ones, or writes them where there is no room.
pub fn write(vm: &Vm, this: &Value, bytes: &[u8]) -> PyResult<()> {
    let buffered = payload(vm, this)?;
    if !buffered.writable.get() {
        return Err(unsupported(vm, "write"));
    }
    if buffered.readable.get() && !buffered.state.borrow().ahead.is_empty() {
        flush_and_rewind(vm, this)?;
    }
    let size = buffered.size.get();
    {
        let mut state = buffered.state.borrow_mut();
        if state.pending.len() + bytes.len() <= size {
            state.pending.extend_from_slice(bytes);
            return Ok(());
        }
    }
    flush_pending(vm, this)?;
    if bytes.len() <= size {
        buffered.state.borrow_mut().pending.extend_from_slice(bytes);
        return Ok(());
    }
    match raw_write(vm, this, bytes)? {
        Ok(()) => Ok(()),
        Err(done) => {
            // What fits is kept for later.
            let kept = &bytes[done..bytes.len().min(done + size)];
            buffered.state.borrow_mut().pending.extend_from_slice(kept);
            if done + kept.len() == bytes.len() {
                return Ok(());
            }
            let message = "write could not complete without blocking";
            Err(would_block(vm, message, done + kept.len()))
        }
    }
}

/// `write` of a native writer, which may be closed.
pub fn checked_write(vm: &Vm, this: &Value, bytes: &[u8]) -> PyResult<()> {
    check_open(vm, this, "write to closed file")?;
    write(vm, this, bytes)
}

/// `flush` of a native writer.
pub fn flush(vm: &Vm, this: &Value) -> PyResult<()> {
    check_open(vm, this, "flush of closed file")?;
    flush_and_rewind(vm, this)
}

fn raw_seek(vm: &Vm, this: &Value, offset: i64, whence: i32) -> PyResult<i64> {
    let raw = raw_of(vm, this)?;
    if is_native(vm, &raw) {
        return raw::seek_to(vm, &raw, offset, whence);
    }
    let args = [vm.int(offset), Value::small_int(whence.into())];
    let position = method(vm, &raw, "seek", &args)?;
    position_of(vm, &position)
}

fn position_of(vm: &Vm, position: &Value) -> PyResult<i64> {
    let position = vm.arg_long(position)?;
    if position < 0 {
        return Err(vm.raise(
            &vm.types.exceptions.os_error,
            format!("Raw stream returned invalid position {position}"),
        ));
    }
    Ok(position)
}

fn raw_tell(vm: &Vm, this: &Value) -> PyResult<i64> {
    let raw = raw_of(vm, this)?;
    if is_native(vm, &raw) {
        return raw::seek_to(vm, &raw, 0, 1);
    }
    let position = method(vm, &raw, "tell", &[])?;
    position_of(vm, &position)
}

/// The position the program sees.
pub fn tell(vm: &Vm, this: &Value) -> PyResult<i64> {
    let raw = raw_tell(vm, this)?;
    let state = payload(vm, this)?.state.borrow();
    Ok(raw - state.unread() as i64 + state.pending.len() as i64)
}

fn seek(vm: &Vm, args: &[Value]) -> PyResult {
    let this = &args[0];
    let whence = args[2].given().map_or(Ok(0), |v| vm.arg_int(v))?;
    if !(0..=4).contains(&whence) {
        return Err(vm.value_error(format!("whence value {whence} unsupported")));
    }
    check_open(vm, this, "seek of closed file")?;
    check_able(vm, &raw_of(vm, this)?, "seekable")?;
    let offset = vm.arg_long(&args[1])?;
    Ok(vm.int(seek_to(vm, this, offset, whence)?))
}

/// Moves the position the program sees, within the bytes read ahead if it lies there.
pub fn seek_to(vm: &Vm, this: &Value, offset: i64, whence: i32) -> PyResult<i64> {
    flush_pending(vm, this)?;
    let buffered = payload(vm, this)?;
    let mut offset = offset;
    if matches!(whence, 0 | 1) && !buffered.state.borrow().ahead.is_empty() {
        let raw = raw_tell(vm, this)?;
        let mut state = buffered.state.borrow_mut();
        let current = raw - state.unread() as i64;
        let target = if whence == 0 {
            offset
        } else {
            current.saturating_add(offset)
        };
        let moved = target.saturating_sub(current);
        if moved >= -(state.used as i64) && moved <= state.unread() as i64 {
            state.used = (state.used as i64 + moved) as usize;
            return Ok(target);
        }
    }
    if whence == 1 {
        offset = offset.saturating_sub(buffered.state.borrow().unread() as i64);
    }
    let position = raw_seek(vm, this, offset, whence)?;
    buffered.state.borrow_mut().forget();
    Ok(position)
}

fn truncate(vm: &Vm, args: &[Value]) -> PyResult {
    let this = &args[0];
    let buffered = payload(vm, this)?;
    raw_of(vm, this)?;
    if !buffered.writable.get() {
        return Err(unsupported(vm, "truncate"));
    }
    check_open(vm, this, "truncate of closed file")?;
    flush_and_rewind(vm, this)?;
    let size = match args[1].given_not_none() {
        Some(size) => size.clone(),
        None => vm.int(raw_tell(vm, this)?),
    };
    method(vm, &raw_of(vm, this)?, "truncate", &[size])
}

fn detach(vm: &Vm, args: &[Value]) -> PyResult {
    raw_of(vm, &args[0])?;
    method(vm, &args[0], "flush", &[])?;
    let buffered = payload(vm, &args[0])?;
    buffered.detached.set(true);
    buffered.initialized.set(false);
    Ok(buffered.raw.take().unwrap_or(Value::NONE))
}

fn close(vm: &Vm, args: &[Value]) -> PyResult {
    let this = &args[0];
    let raw = raw_of(vm, this)?;
    if is_closed(vm, &raw)? {
        return Ok(Value::NONE);
    }
    if payload(vm, this)?.finalizing.get() {
        warn_unclosed(vm, &raw, this);
    }
    let flushed = method(vm, this, "flush", &[]).map_err(|raised| vm.take_exception(raised));
    let closed = method(vm, &raw, "close", &[]);
    *payload(vm, this)?.state.borrow_mut() = State::default();
    match flushed {
        Err(exception) => Err(vm.raise_value(exception)),
        Ok(_) => closed,
    }
}

/// Warns that the file was not closed; `source` is the outermost file object.
pub fn warn_unclosed(vm: &Vm, raw: &Value, source: &Value) {
    if is_native(vm, raw) {
        raw::warn_unclosed(vm, raw, source);
    } else if let Some(buffered) = raw.payload::<Buffered>() {
        if let Some(raw) = buffered.raw.get() {
            warn_unclosed(vm, &raw, source);
        }
    } else if let Err(raised) = method(vm, raw, "_dealloc_warn", std::slice::from_ref(source)) {
        // Raw files written in Python need not have it.
        drop(vm.take_exception(raised));
    }
}

/// Tells a buffered file that it is closed because nobody refers to it.
pub fn set_finalizing(this: &Value) {
    if let Some(buffered) = this.payload::<Buffered>() {
        buffered.finalizing.set(true);
    }
}
