//! Files: what the modules `_io` and `io` export.
//!
//! ```text
//! _IOBase            base        everything in terms of a few methods, for classes in Python
//!   _RawIOBase       base
//!     FileIO         raw         system calls on a descriptor
//!   _BufferedIOBase  base
//!     BytesIO        bytes_io
//!     BufferedReader, BufferedWriter, BufferedRandom      buffered
//!   _TextIOBase      base
//!     StringIO       string_io
//!     TextIOWrapper  text        encoding, newlines, positions
//! ```
//!
//! A buffered file asks its raw file, and a text file its buffer, by their Python methods, unless
//! they are exactly the native classes: then the natives are called directly.

pub mod base;
pub mod buffered;
pub mod bytes_io;
pub mod newline;
pub mod open;
pub mod raw;
pub mod standard;
pub mod string_io;
pub mod text;

use crate::object::fd::SysResult;
use crate::object::{PyResult, Raised, Slot, Value};
use crate::vm::Vm;

/// `io.DEFAULT_BUFFER_SIZE`
pub const BUFFER_SIZE: usize = 8192;

/// What the interpreter keeps for files.
#[derive(Default)]
pub struct IoState {
    unsupported: Slot,
}

impl IoState {
    /// Forgets what it holds.
    pub(crate) fn clear(&self) {
        self.unsupported.set(None);
    }

    /// Shows what it holds.
    pub(crate) fn each(&self, visit: impl FnMut(&Value)) {
        self.unsupported.peek().into_iter().for_each(visit);
    }
}

/// The class `io.UnsupportedOperation`.
pub fn unsupported_operation(vm: &Vm) -> PyResult {
    if let Some(class) = vm.interp.io.unsupported.get() {
        return Ok(class);
    }
    let types = &vm.types.exceptions;
    let bases = vm.tuple_value([types.os_error.to_value(), types.value_error.to_value()]);
    let namespace = vm.dict();
    drop(namespace.insert(vm, &vm.names.__module__, vm.str_value("io"))?);
    let class = vm.call(
        vm.types.type_.as_value(),
        &[
            vm.str_value("UnsupportedOperation"),
            bases,
            namespace.into_value(),
        ],
    )?;
    vm.interp.io.unsupported.set(Some(class.clone()));
    Ok(class)
}

/// Raises `io.UnsupportedOperation(message)`.
#[cold]
pub fn unsupported(vm: &Vm, message: &str) -> Raised {
    let made = unsupported_operation(vm).and_then(|class| vm.call1(&class, &vm.str_value(message)));
    match made {
        Ok(exception) => vm.raise_value(exception),
        Err(raised) => raised,
    }
}

/// Raises the error of a file that is closed, with a full stop.
#[cold]
pub(crate) fn closed_error(vm: &Vm) -> Raised {
    vm.value_error("I/O operation on closed file.")
}

/// `object.name(*args)`
pub(crate) fn method(vm: &Vm, object: &Value, name: &str, args: &[Value]) -> PyResult {
    vm.call_method(object, &vm.intern(name), args)
}

/// `object.name`
pub(crate) fn attribute(vm: &Vm, object: &Value, name: &str) -> PyResult {
    vm.get_attr(object, &vm.intern(name))
}

/// The truth of `object.closed`.
pub(crate) fn is_closed(vm: &Vm, object: &Value) -> PyResult<bool> {
    let closed = vm.get_attr(object, &vm.names.closed)?;
    vm.truth(&closed)
}

/// The outcome of closing a file after something else was done with it, which may have failed.
/// Where both fail, the first failure becomes the context of the second.
pub(crate) fn first_error(vm: &Vm, before: Result<Value, Value>, closed: PyResult) -> PyResult {
    match (before, closed) {
        (Ok(_), closed) => closed,
        (Err(first), Ok(_)) => Err(vm.reraise_value(first)),
        (Err(first), Err(raised)) => {
            let second = vm.take_exception(raised);
            vm.chain_exception(&second, first);
            Err(vm.reraise_value(second))
        }
    }
}

/// A size argument: None or a negative number mean everything.
pub(crate) fn size_arg(vm: &Vm, value: &Value) -> PyResult<Option<usize>> {
    Ok(usize::try_from(signed_size_arg(vm, value)?).ok())
}

/// A size argument with its sign; -1 for None.
pub(crate) fn signed_size_arg(vm: &Vm, value: &Value) -> PyResult<isize> {
    let Some(value) = value.given_not_none() else {
        return Ok(-1);
    };
    if vm.class_of(value).slots().nb_index.is_none() {
        return Err(vm.type_error(format!(
            "argument should be integer or None, not '{}'",
            vm.class_name(value)
        )));
    }
    vm.index_isize(value, &vm.types.exceptions.overflow_error)
}

/// Makes a system call, again if a signal interrupts it.
pub(crate) fn system<T>(vm: &Vm, mut call: impl FnMut() -> SysResult<T>) -> PyResult<T> {
    loop {
        match call() {
            Ok(result) => return Ok(result),
            Err(libc::EINTR) => vm.interrupted()?,
            Err(errno) => return Err(vm.raise_os_error(errno, None, None)),
        }
    }
}

/// The same; None where the call would have to wait.
pub(crate) fn system_or_wait<T>(
    vm: &Vm,
    mut call: impl FnMut() -> SysResult<T>,
) -> PyResult<Option<T>> {
    loop {
        match vm.allow_threads(&mut call) {
            Ok(result) => return Ok(Some(result)),
            Err(libc::EINTR) => vm.interrupted()?,
            Err(libc::EAGAIN) => return Ok(None),
            Err(errno) => return Err(vm.raise_os_error(errno, None, None)),
        }
    }
}

impl Vm {
    /// A signal interrupted a system call: its handlers run when the call returns to Python code;
    /// the call is made again.
    fn interrupted(&self) -> PyResult<()> {
        self.handle_signals()
    }
}

/// The class's name as representations of files show it: with its module for native classes.
pub(crate) fn type_name(vm: &Vm, this: &Value) -> String {
    let class = vm.class_of(this);
    class
        .spec
        .map_or_else(|| class.name_string(), |spec| spec.name.to_owned())
}
