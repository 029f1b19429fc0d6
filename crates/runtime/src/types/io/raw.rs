//! `FileIO`: system calls on a descriptor.

use std::cell::Cell;

use super::base::{FILE_FLAGS, writable_buffer};
use super::{system, system_or_wait, unsupported};
use crate::fields;
use crate::object::fields::Field;
use crate::object::{
    Args, Class, GetSetDef, Kind, MethodDef, Payload, PyResult, Raised, Ref, Str, TypeSlots,
    TypeSpec, Value, alloc, fd,
};
use crate::vm::Vm;

/// A `FileIO`'s payload.
pub struct FileIo {
    /// The descriptor; -1 when closed.
    pub fd: Cell<i32>,
    readable: Cell<bool>,
    writable: Cell<bool>,
    appending: Cell<bool>,
    created: Cell<bool>,
    close_fd: Cell<bool>,
    seekable: Cell<Option<bool>>,
    finalizing: Cell<bool>,
}

impl Payload for FileIo {
    const KIND: Kind = Kind::FILE_IO;
    const NAME: &'static str = "FileIO";
    const FIELDS: &'static [Field] = fields![
        "fd" => fd as Signed,
        "readable" => readable as Bool,
        "writable" => writable as Bool,
        "appending" => appending as Bool,
        "created" => created as Bool,
        "close_fd" => close_fd as Bool,
        "seekable" => seekable as Opaque,
        "finalizing" => finalizing as Bool,
    ];
}

/// Declaration of `FileIO`.
pub static SPEC: TypeSpec = TypeSpec {
    doc: "Open a file.\n\nThe mode can be 'r' (default), 'w', 'x' or 'a' for reading, writing,\n\
          exclusive creation or appending.  The file will be created if it\ndoesn't exist when \
          opened for writing or appending; it will be truncated\nwhen opened for writing.  A \
          FileExistsError will be raised if it already\nexists when opened for creating. Opening \
          a file for creating implies\nwriting so this mode behaves in a similar way to 'w'.Add a \
          '+' to the mode\nto allow simultaneous reading and writing. A custom opener can be used \
          by\npassing a callable as *opener*. The underlying file descriptor for the file\nobject \
          is then obtained by calling opener with (*name*, *flags*).\n*opener* must return an \
          open file descriptor (passing os.open as *opener*\nresults in functionality similar to \
          passing None).",
    signature: "(file, mode='r', closefd=True, opener=None)",
    flags: FILE_FLAGS,
    slots: TypeSlots {
        new: Some(new),
        init: Some(init),
        repr: Some(repr),
        ..TypeSlots::EMPTY
    },
    methods: METHODS,
    getset: &[
        GetSetDef::read_only("closed", "True if the file is closed", |vm, this| {
            Ok(Value::bool(file(vm, this)?.fd.get() < 0))
        }),
        GetSetDef::read_only(
            "closefd",
            "True if the file descriptor will be closed by close().",
            |vm, this| Ok(Value::bool(file(vm, this)?.close_fd.get())),
        ),
        GetSetDef::read_only("mode", "String giving the file mode", |vm, this| {
            Ok(vm.str_value(file(vm, this)?.mode()))
        }),
        GetSetDef::read_only("_blksize", "", |vm, this| {
            let size = fd::status(file(vm, this)?.fd.get()).map_or(0, |s| s.block_size);
            Ok(vm.int_u64(if size > 1 {
                size
            } else {
                super::BUFFER_SIZE as u64
            }))
        }),
    ],
    ..TypeSpec::of::<FileIo>("_io.FileIO")
};

const METHODS: &[MethodDef] = &[
    MethodDef::bound(
        "read",
        "($self, size=-1, /)",
        "Read at most size bytes, returned as bytes.",
        read,
    ),
    MethodDef::bound(
        "readall",
        "($self, /)",
        "Read all data from the file, returned as bytes.",
        |vm, args| read_all(vm, readable(vm, &args[0])?),
    ),
    MethodDef::bound(
        "readinto",
        "($self, buffer, /)",
        "Same as RawIOBase.readinto().",
        readinto,
    ),
    MethodDef::bound(
        "write",
        "($self, b, /)",
        "Write buffer b to file, return number of bytes written.",
        write,
    ),
    MethodDef::bound(
        "seek",
        "($self, pos, whence=0, /)",
        "Move to new file position and return the file position.",
        seek,
    ),
    MethodDef::bound(
        "tell",
        "($self, /)",
        "Current file position.",
        |vm, args| {
            let file = open_file(vm, &args[0])?;
            Ok(vm.int(system(vm, || fd::seek(file.fd.get(), 0, libc::SEEK_CUR))?))
        },
    ),
    MethodDef::bound(
        "truncate",
        "($self, size=None, /)",
        "Truncate the file to at most size bytes and return the truncated size.",
        truncate,
    ),
    MethodDef::bound("close", "($self, /)", "Close the file.", close),
    MethodDef::bound(
        "seekable",
        "($self, /)",
        "True if file supports random-access.",
        |vm, args| Ok(Value::bool(open_file(vm, &args[0])?.is_seekable())),
    ),
    MethodDef::bound(
        "readable",
        "($self, /)",
        "True if file was opened in a read mode.",
        |vm, args| Ok(Value::bool(open_file(vm, &args[0])?.readable.get())),
    ),
    MethodDef::bound(
        "writable",
        "($self, /)",
        "True if file was opened in a write mode.",
        |vm, args| Ok(Value::bool(open_file(vm, &args[0])?.writable.get())),
    ),
    MethodDef::bound(
        "fileno",
        "($self, /)",
        "Return the underlying file descriptor (an integer).",
        |vm, args| Ok(Value::small_int(open_file(vm, &args[0])?.fd.get().into())),
    ),
    MethodDef::bound(
        "isatty",
        "($self, /)",
        "True if the file is connected to a TTY device.",
        |vm, args| {
            Ok(Value::bool(fd::is_terminal(
                open_file(vm, &args[0])?.fd.get(),
            )))
        },
    ),
    MethodDef::bound("_dealloc_warn", "($self, source, /)", "", |vm, args| {
        warn_unclosed(vm, &args[0], &args[1]);
        Ok(Value::NONE)
    })
    .unsigned(),
    MethodDef::bound("__reduce__", "($self, /)", "", |vm, args| {
        Err(cannot_pickle(vm, &args[0]))
    })
    .unsigned(),
    MethodDef::bound("__reduce_ex__", "($self, protocol, /)", "", |vm, args| {
        Err(cannot_pickle(vm, &args[0]))
    })
    .unsigned(),
];

/// The error of pickling a file.
#[cold]
pub fn cannot_pickle(vm: &Vm, this: &Value) -> Raised {
    let class = vm.class_name(this);
    let name = class.rsplit('.').next().unwrap_or(&class);
    vm.type_error(format!("cannot pickle '{name}' instances"))
}

impl FileIo {
    fn mode(&self) -> &'static str {
        match (
            self.created.get(),
            self.appending.get(),
            self.readable.get(),
            self.writable.get(),
        ) {
            (true, _, true, _) => "xb+",
            (true, ..) => "xb",
            (_, true, true, _) => "ab+",
            (_, true, ..) => "ab",
            (.., true, true) => "rb+",
            (.., true, false) => "rb",
            _ => "wb",
        }
    }

    /// Whether positions can be had.
    pub fn is_seekable(&self) -> bool {
        self.seekable.get().unwrap_or_else(|| {
            let seekable = fd::seek(self.fd.get(), 0, libc::SEEK_CUR).is_ok();
            self.seekable.set(Some(seekable));
            seekable
        })
    }
}

fn file<'a>(vm: &Vm, this: &'a Value) -> PyResult<&'a FileIo> {
    this.payload::<FileIo>()
        .ok_or_else(|| vm.type_error("descriptor requires a '_io.FileIO' object"))
}

fn open_file<'a>(vm: &Vm, this: &'a Value) -> PyResult<&'a FileIo> {
    let file = file(vm, this)?;
    if file.fd.get() < 0 {
        return Err(vm.value_error("I/O operation on closed file"));
    }
    Ok(file)
}

fn readable<'a>(vm: &Vm, this: &'a Value) -> PyResult<&'a FileIo> {
    let file = open_file(vm, this)?;
    if !file.readable.get() {
        return Err(unsupported(vm, "File not open for reading"));
    }
    Ok(file)
}

fn new(_vm: &Vm, class: &Ref<Class>, _args: Args<'_>) -> PyResult {
    let file = FileIo {
        fd: Cell::new(-1),
        readable: Cell::new(false),
        writable: Cell::new(false),
        appending: Cell::new(false),
        created: Cell::new(false),
        close_fd: Cell::new(true),
        seekable: Cell::new(None),
        finalizing: Cell::new(false),
    };
    Ok(alloc(class, file).into_value())
}

/// Sets what a mode says; the flags for `open`.
fn read_mode(vm: &Vm, file: &FileIo, mode: &str) -> PyResult<i32> {
    let wrong = || {
        vm.value_error(
            "Must have exactly one of create/read/write/append mode and at most one plus",
        )
    };
    let (mut flags, mut kinds, mut plus) = (0, 0, false);
    let (mut reads, mut writes, mut appends, mut creates) = (false, false, false, false);
    for letter in mode.chars() {
        match letter {
            'x' => (creates, writes, flags) = (true, true, flags | libc::O_EXCL | libc::O_CREAT),
            'r' => reads = true,
            'w' => (writes, flags) = (true, flags | libc::O_CREAT | libc::O_TRUNC),
            'a' => (appends, writes, flags) = (true, true, flags | libc::O_APPEND | libc::O_CREAT),
            'b' => continue,
            '+' => {
                if plus {
                    return Err(wrong());
                }
                plus = true;
                continue;
            }
            _ => return Err(vm.value_error(format!("invalid mode: {mode}"))),
        }
        kinds += 1;
        if kinds > 1 {
            return Err(wrong());
        }
    }
    if kinds == 0 {
        return Err(wrong());
    }
    file.readable.set(reads || plus);
    file.writable.set(writes || plus);
    file.appending.set(appends);
    file.created.set(creates);
    Ok(flags
        | match (reads || plus, writes || plus) {
            (true, true) => libc::O_RDWR,
            (true, false) => libc::O_RDONLY,
            _ => libc::O_WRONLY,
        })
}

fn init(vm: &Vm, this: &Value, args: Args<'_>) -> PyResult<()> {
    let signature = "(file, mode='r', closefd=True, opener=None)";
    let bound = vm.bind_parameters("FileIO", signature, args)?;
    let mode = match bound[1].given() {
        None => "r".into(),
        Some(mode) => match mode.payload::<Str>() {
            Some(mode) => mode.to_display().into_owned(),
            None => {
                return Err(vm.type_error(format!(
                    "FileIO() argument 'mode' must be str, not {}",
                    vm.argument_type(mode)
                )));
            }
        },
    };
    let close_fd = bound[2].given().map_or(Ok(true), |v| vm.truth(v))?;
    open(
        vm,
        this,
        &bound[0],
        &mode,
        close_fd,
        bound[3].given_not_none(),
    )
}

/// Opens a new `FileIO`.
pub fn open(
    vm: &Vm,
    this: &Value,
    name: &Value,
    mode: &str,
    close_fd: bool,
    opener: Option<&Value>,
) -> PyResult<()> {
    let file = file(vm, this)?;
    if file.fd.get() >= 0 {
        if file.close_fd.get() {
            let _ = fd::close(file.fd.get());
        }
        file.fd.set(-1);
    }
    let given = if name.as_bool().is_some() {
        vm.warn(
            &vm.types.exceptions.runtime_warning,
            "bool is used as a file descriptor",
            1,
        )?;
        Some(vm.arg_int(name)?)
    } else if name.is_int() {
        Some(vm.arg_int(name)?)
    } else {
        None
    };
    if given.is_some_and(|fd| fd < 0) {
        return Err(vm.value_error("negative file descriptor"));
    }
    let path = match given {
        Some(_) => None,
        None => Some(vm.fs_encode(name)?),
    };
    let flags = read_mode(vm, file, mode)?;
    file.close_fd.set(close_fd);
    file.seekable.set(None);
    let descriptor = match (&path, given) {
        (_, Some(descriptor)) => descriptor,
        (Some(path), None) => {
            if !close_fd {
                return Err(vm.value_error("Cannot use closefd=False with file name"));
            }
            match opener {
                None => {
                    let told = [
                        name.clone(),
                        vm.str_value(mode),
                        vm.int((flags | libc::O_CLOEXEC).into()),
                    ];
                    vm.audit("open", &told)?;
                    open_path(vm, path, flags, name)?
                }
                Some(opener) => open_by(vm, opener, name, flags)?,
            }
        }
        (None, None) => return Err(vm.value_error("negative file descriptor")),
    };
    file.fd.set(descriptor);
    let by_name = path.is_some() && opener.is_none();
    let opened = check_open(vm, descriptor, name, by_name)
        .and_then(|()| vm.set_attr(this, &vm.names.name, name))
        .map(|()| {
            if file.appending.get() {
                // Positions of a file that is appended to start at its end.
                let _ = fd::seek(descriptor, 0, libc::SEEK_END);
            }
        });
    if opened.is_err() {
        // A descriptor that an opener made up is nobody's to close.
        if path.is_some() && fd::status(descriptor).is_ok() {
            let _ = fd::close(descriptor);
        }
        file.fd.set(-1);
    }
    opened
}

fn open_path(vm: &Vm, path: &std::ffi::CStr, flags: i32, name: &Value) -> PyResult<i32> {
    loop {
        match fd::open(path, flags, 0o666) {
            Ok(descriptor) => return Ok(descriptor),
            Err(libc::EINTR) => vm.interrupted()?,
            Err(errno) => return Err(vm.raise_os_error(errno, Some(name), None)),
        }
    }
}

fn open_by(vm: &Vm, opener: &Value, name: &Value, flags: i32) -> PyResult<i32> {
    let flags = Value::small_int((flags | libc::O_CLOEXEC).into());
    let result = vm.call(opener, &[name.clone(), flags])?;
    if !result.is_int() {
        return Err(vm.type_error("expected integer from opener"));
    }
    let descriptor = vm.arg_int(&result)?;
    if descriptor < 0 {
        return Err(vm.value_error(format!("opener returned {descriptor}")));
    }
    // What the opener left inheritable is not, as for files opened here.
    let _ = fd::set_inheritable(descriptor, false);
    Ok(descriptor)
}

fn check_open(vm: &Vm, descriptor: i32, name: &Value, by_name: bool) -> PyResult<()> {
    match fd::status(descriptor) {
        Ok(status) if status.is_dir => Err(vm.raise_os_error(libc::EISDIR, Some(name), None)),
        Err(errno) if !by_name => Err(vm.raise_os_error(errno, None, None)),
        _ => Ok(()),
    }
}

fn repr(vm: &Vm, this: &Value) -> PyResult {
    let file = file(vm, this)?;
    let class = super::type_name(vm, this);
    if file.fd.get() < 0 {
        return Ok(vm.str_value(&format!("<{class} [closed]>")));
    }
    let name = super::base::name_repr(vm, this)?;
    let what = if name.is_empty() {
        format!("fd={}", file.fd.get())
    } else {
        format!("name={name}")
    };
    let close_fd = if file.close_fd.get() { "True" } else { "False" };
    Ok(vm.str_value(&format!(
        "<{class} {what} mode='{}' closefd={close_fd}>",
        file.mode()
    )))
}

/// Reads up to `size` bytes; None where that would have to wait.
pub fn read_some(vm: &Vm, this: &Value, size: usize) -> PyResult<Option<Vec<u8>>> {
    let file = readable(vm, this)?;
    let size = size.min(i32::MAX as usize);
    let mut buffer = Vec::new();
    buffer
        .try_reserve_exact(size)
        .map_err(|_| vm.memory_error())?;
    buffer.resize(size, 0);
    let count = system_or_wait(vm, || fd::read(file.fd.get(), &mut buffer))?;
    Ok(count.map(|count| {
        buffer.truncate(count);
        buffer
    }))
}

/// Reads directly into a slice; None where that would have to wait.
pub fn read_slice(vm: &Vm, this: &Value, buffer: &mut [u8]) -> PyResult<Option<usize>> {
    let file = readable(vm, this)?;
    system_or_wait(vm, || fd::read(file.fd.get(), buffer))
}

/// Writes some of the bytes; None where that would have to wait.
pub fn write_some(vm: &Vm, this: &Value, bytes: &[u8]) -> PyResult<Option<usize>> {
    let file = open_file(vm, this)?;
    if !file.writable.get() {
        return Err(unsupported(vm, "File not open for writing"));
    }
    let part = &bytes[..bytes.len().min(i32::MAX as usize)];
    system_or_wait(vm, || fd::write(file.fd.get(), part))
}

fn read_all(vm: &Vm, file: &FileIo) -> PyResult {
    let descriptor = file.fd.get();
    let mut all: Vec<u8> = Vec::new();
    // One byte more than what is left shows the end without growing.
    let expected = fd::status(descriptor).ok().and_then(|status| {
        let position = fd::seek(descriptor, 0, libc::SEEK_CUR).ok()?;
        status.size.checked_sub(position as u64)
    });
    let mut room = expected.map_or(super::BUFFER_SIZE, |left| left as usize + 1);
    loop {
        let start = all.len();
        all.try_reserve(room).map_err(|_| vm.memory_error())?;
        all.resize(start + room, 0);
        let count = system_or_wait(vm, || fd::read(descriptor, &mut all[start..]))?;
        all.truncate(start + count.unwrap_or(0));
        match count {
            None if start == 0 => return Ok(Value::NONE),
            None | Some(0) => break,
            Some(_) => room = (all.len() / 2).max(super::BUFFER_SIZE),
        }
    }
    vm.try_bytes(&all).map(Ref::into_value)
}

fn read(vm: &Vm, args: &[Value]) -> PyResult {
    let file = readable(vm, &args[0])?;
    match super::size_arg(vm, &args[1])? {
        None => read_all(vm, file),
        Some(size) => match read_some(vm, &args[0], size)? {
            Some(bytes) => vm.try_bytes(&bytes).map(Ref::into_value),
            None => Ok(Value::NONE),
        },
    }
}

fn readinto(vm: &Vm, args: &[Value]) -> PyResult {
    let file = readable(vm, &args[0])?;
    let buffer = writable_buffer(vm, &args[1], "readinto")?;
    // Other threads may use the memory while the call waits: it goes through memory of our own.
    let mut room = Vec::new();
    room.try_reserve_exact(buffer.len())
        .map_err(|_| vm.memory_error())?;
    room.resize(buffer.len(), 0);
    let count = system_or_wait(vm, || fd::read(file.fd.get(), &mut room))?;
    if let Some(count) = count {
        buffer.with_bytes_mut(|memory| {
            let count = count.min(memory.len());
            memory[..count].copy_from_slice(&room[..count]);
        });
    }
    Ok(count.map_or(Value::NONE, |n| Value::small_int(n as i64)))
}

fn write(vm: &Vm, args: &[Value]) -> PyResult {
    let file = open_file(vm, &args[0])?;
    if !file.writable.get() {
        return Err(unsupported(vm, "File not open for writing"));
    }
    let bytes = vm.copied_bytes(&args[1])?;
    let count = system_or_wait(vm, || fd::write(file.fd.get(), &bytes))?;
    Ok(count.map_or(Value::NONE, |n| Value::small_int(n as i64)))
}

/// Moves the position and returns it.
pub fn seek_to(vm: &Vm, this: &Value, offset: i64, whence: i32) -> PyResult<i64> {
    let file = open_file(vm, this)?;
    system(vm, || fd::seek(file.fd.get(), offset, whence))
}

fn seek(vm: &Vm, args: &[Value]) -> PyResult {
    open_file(vm, &args[0])?;
    let whence = args[2].given().map_or(Ok(0), |v| vm.arg_int(v))?;
    let offset = vm.arg_long(&args[1])?;
    Ok(vm.int(seek_to(vm, &args[0], offset, whence)?))
}

fn truncate(vm: &Vm, args: &[Value]) -> PyResult {
    let file = open_file(vm, &args[0])?;
    if !file.writable.get() {
        return Err(unsupported(vm, "File not open for writing"));
    }
    let size = match args[1].given_not_none() {
        Some(size) => vm.arg_long(size)?,
        None => system(vm, || fd::seek(file.fd.get(), 0, libc::SEEK_CUR))?,
    };
    system(vm, || fd::truncate(file.fd.get(), size))?;
    Ok(vm.int(size))
}

/// `FileIO.close()`
pub fn close(vm: &Vm, args: &[Value]) -> PyResult {
    let file = file(vm, &args[0])?;
    let flushed = super::base::close(vm, args).map_err(|raised| vm.take_exception(raised));
    if file.fd.get() >= 0 {
        if file.finalizing.get() {
            warn_unclosed(vm, &args[0], &args[0]);
        }
        let descriptor = file.fd.replace(-1);
        if file.close_fd.get()
            && let Err(errno) = fd::close(descriptor)
            && errno != libc::EINTR
        {
            return Err(vm.raise_os_error(errno, None, None));
        }
    }
    flushed.map_err(|exception| vm.raise_value(exception))
}

/// Warns that the file was not closed; `source` is the outermost file object.
pub fn warn_unclosed(vm: &Vm, this: &Value, source: &Value) {
    let Some(file) = this.payload::<FileIo>() else {
        return;
    };
    if file.fd.get() < 0 || !file.close_fd.get() {
        return;
    }
    let warned = vm.repr_string(source).and_then(|repr| {
        let category = &vm.types.exceptions.resource_warning;
        vm.warn_of(category, &format!("unclosed file {repr}"), source)
    });
    if let Err(raised) = warned {
        // A filter may have made the warning an error; nobody is there to handle it.
        let exception = vm.take_exception(raised);
        vm.unraisable(exception, Some(source), None);
    }
}

/// Tells a `FileIO` that it is closed because nobody refers to it.
pub fn set_finalizing(this: &Value) {
    if let Some(file) = this.payload::<FileIo>() {
        file.finalizing.set(true);
    }
}
