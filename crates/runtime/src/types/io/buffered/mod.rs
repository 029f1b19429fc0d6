//! `BufferedReader`, `BufferedWriter`, `BufferedRandom`.
//!
//! Bytes read ahead and bytes not written yet lie in two buffers; at most one of them is in use.
//! No buffer is borrowed while a method of the raw file runs, unless it is a native one. Here are
//! the types and their tables of methods; what these do is in `reading`, `writing` and `position`.

mod position;
mod reading;
mod writing;

use std::cell::{Cell, RefCell};

use heap::Visitor;

use super::base::{FILE_FLAGS, check_able, name_repr};
use super::{attribute, is_closed, method, raw, signed_size_arg};
use crate::fields;
use crate::object::fields::Field;
use crate::object::payload::Visit;
use crate::object::{
    Args, Class, GetSetDef, Kind, MethodDef, Payload, PyResult, Ref, Slot, TypeSlots, TypeSpec,
    Value, alloc,
};
use crate::vm::Vm;
use crate::vm::park::WaitQueue;
use position::{seek, truncate};
use reading::{bytes_or_none, fill, next, read_all, read_exactly, read_into, read_line, read_once};
use writing::{flush_and_rewind, flush_pending};

pub use position::{seek_to, tell};
pub use reading::read1;
pub use writing::{checked_write, flush, write};

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
    /// The number of the thread that is closing the raw file, else 0: nothing is taken meanwhile.
    closing: Cell<u64>,
    /// The threads that wait for it.
    waiting: WaitQueue,
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
        "closing" => closing as Unsigned,
        "waiting" => waiting as Opaque,
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
        buffered.state.borrow_mut().forget();
        fill(vm, this)?;
    }
    let ahead = {
        let state = buffered.state.borrow();
        vm.copy_of(&state.ahead[state.used..])?
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
    vm.check_room(bytes.len())?;
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
})
.unsigned();
const REDUCE_EX: MethodDef =
    MethodDef::bound("__reduce_ex__", "($self, protocol, /)", "", |vm, args| {
        Err(raw::cannot_pickle(vm, &args[0]))
    })
    .unsigned();

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

/// ValueError with this message if the raw file is closed.
fn check_open(vm: &Vm, this: &Value, message: &str) -> PyResult<()> {
    let raw = raw_of(vm, this)?;
    let buffered = payload(vm, this)?;
    let closer = buffered.closing.get();
    if closer != 0 && closer != vm.thread_number() {
        let ended = || (buffered.closing.get() == 0).then_some(());
        buffered.waiting.wait(vm, None, ended)?;
    }
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
        closing: Cell::new(0),
        waiting: WaitQueue::default(),
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
    vm.check_room(size)?;
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
    let buffered = payload(vm, this)?;
    buffered.closing.set(vm.thread_number());
    let closed = method(vm, &raw, "close", &[]);
    buffered.closing.set(0);
    buffered.waiting.wake_all();
    *buffered.state.borrow_mut() = State::default();
    super::first_error(vm, flushed, closed)
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
