//! Paths and descriptors as arguments of system functions (CPython's `path_t`).

use std::ffi::CString;
use std::os::fd::BorrowedFd;

use runtime::Raised;
use runtime::Vm;
use runtime::object::{Bytes, PyResult, Str, Value};
use runtime::vm::system;
use rustix::fs::CWD;

/// A path argument.
pub struct PathArgument {
    /// The path as the system takes it; empty for a descriptor.
    pub path: CString,
    /// The descriptor, if the argument was a number.
    pub fd: Option<i32>,
    /// What error messages show.
    pub value: Value,
    /// True for `bytes`.
    pub is_bytes: bool,
}

/// What a path argument may be besides a path.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Allow {
    Path,
    Descriptor,
    DescriptorOrNone,
}

impl Allow {
    fn names(self) -> &'static str {
        match self {
            Allow::Path => "string, bytes or os.PathLike",
            Allow::Descriptor => "string, bytes, os.PathLike or integer",
            Allow::DescriptorOrNone => "string, bytes, os.PathLike, integer or None",
        }
    }
}

/// Takes a path argument; None (or nothing) is the current folder where allowed.
pub fn path(
    vm: &Vm,
    function: &str,
    name: &str,
    value: &Value,
    allow: Allow,
) -> PyResult<PathArgument> {
    if allow == Allow::DescriptorOrNone && value.given_not_none().is_none() {
        return Ok(PathArgument {
            path: c".".to_owned(),
            fd: None,
            value: Value::NONE,
            is_bytes: false,
        });
    }
    let wrong = |vm: &Vm| -> Raised {
        vm.type_error(format!(
            "{function}: {name} should be {}, not {}",
            allow.names(),
            vm.class_name(value)
        ))
    };
    let is_text = |v: &Value| v.payload::<Str>().is_some() || v.payload::<Bytes>().is_some();
    let found;
    let text = if is_text(value) {
        value
    } else {
        if allow != Allow::Path && vm.class_of(value).slots().nb_index.is_some() {
            let number = vm.index(value)?;
            let fd = vm.arg_int(&number)?;
            return Ok(PathArgument {
                path: CString::default(),
                fd: Some(fd),
                value: value.clone(),
                is_bytes: false,
            });
        }
        match vm.call_special(value, &vm.names.__fspath__, &[])? {
            Some(result) if is_text(&result) => found = result,
            Some(result) => {
                return Err(vm.type_error(format!(
                    "expected {}.__fspath__() to return str or bytes, not {}",
                    vm.class_name(value),
                    vm.class_name(&result)
                )));
            }
            None => return Err(wrong(vm)),
        }
        &found
    };
    Ok(PathArgument {
        path: vm.fs_encode(text)?,
        fd: None,
        value: value.clone(),
        is_bytes: text.payload::<Bytes>().is_some(),
    })
}

impl PathArgument {
    /// The name as a `str`, or as `bytes` where the argument was.
    pub fn decode(&self, vm: &Vm, name: &[u8]) -> PyResult {
        if self.is_bytes {
            Ok(vm.bytes_value(name))
        } else {
            vm.fs_decode(name).map(|text| text.into_value())
        }
    }

    /// Raises the OSError of a call on this path.
    pub fn error(&self, vm: &Vm, error: rustix::io::Errno) -> Raised {
        vm.raise_os_error(error.raw_os_error(), Some(&self.value), None)
    }
}

/// The folder that relative paths start from: `dir_fd=…`.
pub fn dir_fd(vm: &Vm, value: &Value) -> PyResult<BorrowedFd<'static>> {
    match value.given_not_none() {
        None => Ok(CWD),
        Some(value) => {
            if vm.class_of(value).slots().nb_index.is_none() {
                return Err(vm.type_error(format!(
                    "argument should be integer or None, not {}",
                    vm.class_name(value)
                )));
            }
            descriptor(vm, vm.arg_int(value)?)
        }
    }
}

/// A descriptor by number.
pub fn descriptor(vm: &Vm, fd: i32) -> PyResult<BorrowedFd<'static>> {
    system::descriptor(fd).map_err(|errno| vm.raise_os_error(errno, None, None))
}

/// A descriptor argument: an integer, or an object with `fileno()`.
pub fn fd_argument(vm: &Vm, value: &Value) -> PyResult<i32> {
    let number = if value.is_int() {
        value.clone()
    } else {
        match vm.get_attr_opt(value, &vm.intern("fileno"))? {
            Some(method) => {
                let number = vm.call0(&method)?;
                if !number.is_int() {
                    return Err(vm.type_error("fileno() returned a non-integer"));
                }
                number
            }
            None => {
                return Err(vm.type_error("argument must be an int, or have a fileno() method."));
            }
        }
    };
    let fd = vm.arg_int(&number)?;
    if fd < 0 {
        return Err(vm.value_error(format!(
            "file descriptor cannot be a negative integer ({fd})"
        )));
    }
    Ok(fd)
}

/// Raises the OSError of a call without a path.
pub fn os_error(vm: &Vm, error: rustix::io::Errno) -> Raised {
    vm.raise_os_error(error.raw_os_error(), None, None)
}

/// A call that is repeated when a signal interrupts it, after its handler has run.
pub fn retry<R>(
    vm: &Vm,
    mut call: impl FnMut() -> rustix::io::Result<R>,
) -> PyResult<rustix::io::Result<R>> {
    loop {
        match crate::blocking::allow_threads(vm, &mut call) {
            Err(rustix::io::Errno::INTR) => vm.handle_signals()?,
            result => return Ok(result),
        }
    }
}

/// The number of a user or group; the highest one stands for -1, "none".
pub fn identity(vm: &Vm, value: &Value, what: &str) -> PyResult<u32> {
    if vm.class_of(value).slots().nb_index.is_none() {
        return Err(vm.type_error(format!(
            "{what} should be integer, not {}",
            vm.class_name(value)
        )));
    }
    let number = vm.index(value)?;
    let number = number.as_int();
    match number.and_then(|number| number.to_i64()) {
        Some(-1) => Ok(u32::MAX),
        // What a C integer holds and no identity does is "less", whatever its sign: so CPython says it.
        Some(number) => u32::try_from(number)
            .map_err(|_| vm.overflow_error(format!("{what} is less than minimum"))),
        None if number.is_some_and(|number| !number.is_negative()) => {
            Err(vm.overflow_error(format!("{what} is greater than maximum")))
        }
        _ => Err(vm.overflow_error(format!("{what} is less than minimum"))),
    }
}

/// The number of a device.
pub fn device(vm: &Vm, value: &Value) -> PyResult<u64> {
    let Some(number) = value.as_int() else {
        return Err(vm.type_error("an integer is required"));
    };
    if number.is_negative() {
        return Err(vm.overflow_error("can't convert negative int to unsigned"));
    }
    number
        .to_u64()
        .ok_or_else(|| vm.overflow_error("int too big to convert"))
}
