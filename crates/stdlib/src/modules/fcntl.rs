//! `fcntl`: control of descriptors, and locks on files.

use runtime::modules::NativeModule;
use runtime::object::{Dict, MethodDef, PyResult, Ref, Str, Value};
use runtime::types::module::Module;
use runtime::vm::system::{self, SysResult};
use runtime::vm::terminal;
use runtime::{Raised, Vm};

use crate::paths::fd_argument;

/// The module.
pub static MODULE: NativeModule = NativeModule::new(
    "fcntl",
    "This module performs file control and I/O control on file\n\
     descriptors.  It is an interface to the fcntl() and ioctl() Unix\n\
     routines.  File descriptors can be obtained with the fileno() method of\n\
     a file or socket object.",
    &[
        MethodDef::bound(
            "fcntl",
            "($module, fd, cmd, arg=0, /)",
            "Perform the operation `cmd` on file descriptor fd.\n\n\
             The values used for `cmd` are operating system dependent, and are available\n\
             as constants in the fcntl module, using the same names as used in\n\
             the relevant C header files.  The argument arg is optional, and\n\
             defaults to 0; it may be an int or a string.  If arg is given as a string,\n\
             the return value of fcntl is a string of that length, containing the\n\
             resulting value put in the arg buffer by the operating system.  The length\n\
             of the arg string is not allowed to exceed 1024 bytes.  If the arg given\n\
             is an integer or if none is specified, the result value is an integer\n\
             corresponding to the return value of the fcntl call in the C code.",
            fcntl,
        ),
        MethodDef::bound(
            "ioctl",
            "($module, fd, request, arg=0, mutate_flag=True, /)",
            "Perform the operation `request` on file descriptor `fd`.\n\n\
             The values used for `request` are operating system dependent, and are available\n\
             as constants in the fcntl or termios library modules, using the same names as\n\
             used in the relevant C header files.\n\n\
             The argument `arg` is optional, and defaults to 0; it may be an int or a\n\
             buffer containing character data (most likely a string or an array).\n\n\
             If the argument is a mutable buffer (such as an array) and if the\n\
             mutate_flag argument (which is only allowed in this case) is true then the\n\
             buffer is (in effect) passed to the operating system and changes made by\n\
             the OS will be reflected in the contents of the buffer after the call has\n\
             returned.  The return value is the integer returned by the ioctl system\n\
             call.\n\n\
             If the argument is a mutable buffer and the mutable_flag argument is false,\n\
             the behavior is as if a string had been passed.\n\n\
             If the argument is an immutable buffer (most likely a string) then a copy\n\
             of the buffer is passed to the operating system and the return value is a\n\
             string of the same length containing whatever the operating system placed\n\
             in the buffer.  The length of the arg buffer in this case is not allowed to\n\
             exceed 1024 bytes.\n\n\
             If the arg given is an integer or if none is specified, the result value is\n\
             an integer corresponding to the return value of the ioctl call in the C\n\
             code.",
            ioctl,
        ),
        MethodDef::bound(
            "flock",
            "($module, fd, operation, /)",
            "Perform the lock operation `operation` on file descriptor `fd`.\n\n\
             See the Unix manual page for flock(2) for details (On some systems, this\n\
             function is emulated using fcntl()).",
            |vm, args| {
                let fd = fd_argument(vm, &args[1])?;
                let operation = vm.arg_int(&args[2])?;
                vm.audit("fcntl.flock", &[vm.int(fd.into()), args[2].clone()])?;
                call(vm, || system::lock_file(fd, operation))?;
                Ok(Value::NONE)
            },
        ),
        MethodDef::bound(
            "lockf",
            "($module, fd, cmd, len=0, start=0, whence=0, /)",
            "A wrapper around the fcntl() locking calls.\n\n\
             `fd` is the file descriptor of the file to lock or unlock, and operation is one\n\
             of the following values:\n\n    \
             LOCK_UN - unlock\n    \
             LOCK_SH - acquire a shared lock\n    \
             LOCK_EX - acquire an exclusive lock\n\n\
             When operation is LOCK_SH or LOCK_EX, it can also be bitwise ORed with\n\
             LOCK_NB to avoid blocking on lock acquisition.  If LOCK_NB is used and the\n\
             lock cannot be acquired, an OSError will be raised and the exception will\n\
             have an errno attribute set to EACCES or EAGAIN (depending on the operating\n\
             system -- for portability, check for either value).\n\n\
             `len` is the number of bytes to lock, with the default meaning to lock to\n\
             EOF.  `start` is the byte offset, relative to `whence`, to that the lock\n\
             starts.  `whence` is as with fileobj.seek(), specifically:\n\n    \
             0 - relative to the start of the file (SEEK_SET)\n    \
             1 - relative to the current buffer position (SEEK_CUR)\n    \
             2 - relative to the end of the file (SEEK_END)",
            lockf,
        ),
    ],
)
.with_init(|vm: &Vm, _module: &Ref<Module>, namespace: &Ref<Dict>| {
    for &(name, value) in CONSTANTS {
        vm.define(namespace, name, vm.int(value))?;
    }
    Ok(())
});

/// The longest argument in bytes.
const ROOM: usize = 1024;

fn failed(vm: &Vm, error: i32) -> Raised {
    vm.raise_os_error(error, None, None)
}

fn call<R>(vm: &Vm, mut call: impl FnMut() -> SysResult<R>) -> PyResult<R> {
    loop {
        match vm.allow_threads(&mut call) {
            Ok(result) => return Ok(result),
            Err(libc::EINTR) => vm.handle_signals()?,
            Err(error) => return Err(failed(vm, error)),
        }
    }
}

fn fcntl(vm: &Vm, args: &[Value]) -> PyResult {
    let fd = fd_argument(vm, &args[1])?;
    let command = vm.arg_int(&args[2])?;
    let argument = args[3].given().cloned().unwrap_or(Value::small_int(0));
    vm.audit(
        "fcntl.fcntl",
        &[vm.int(fd.into()), args[2].clone(), argument.clone()],
    )?;
    let bytes = match argument.as_ref_to::<Str>() {
        Some(_) => Some(vm.fs_encode(&argument)?.into_bytes()),
        None if vm.has_buffer(&argument) => Some(vm.copied_bytes(&argument)?),
        None => None,
    };
    let Some(mut bytes) = bytes else {
        let number = vm.index(&argument)?;
        // Bits are meant, whether or not the number is seen as negative.
        let number = match number.as_int().and_then(|number| number.to_i64()) {
            Some(number) => number,
            None => vm.arg_long(&number)?,
        };
        let result = call(vm, || system::control(fd, command, number))?;
        return Ok(vm.int(result.into()));
    };
    if bytes.len() > ROOM {
        return Err(vm.value_error("fcntl string arg too long"));
    }
    let len = bytes.len();
    bytes.resize(ROOM, 0);
    call(vm, || system::control_with(fd, command, &mut bytes))?;
    Ok(vm.bytes_value(&bytes[..len]))
}

fn ioctl(vm: &Vm, args: &[Value]) -> PyResult {
    let fd = fd_argument(vm, &args[1])?;
    let request = vm.index(&args[2])?;
    let request = request
        .as_int()
        .and_then(|number| number.to_i64())
        .unwrap_or(0) as u64;
    let argument = args[3].given().cloned().unwrap_or(Value::small_int(0));
    let change = args[4].given().map_or(Ok(true), |flag| vm.truth(flag))?;
    vm.audit(
        "fcntl.ioctl",
        &[vm.int(fd.into()), args[2].clone(), argument.clone()],
    )?;
    let is_text = argument.as_ref_to::<Str>().is_some();
    if !is_text && !vm.has_buffer(&argument) {
        let number = vm.arg_int(&argument)?;
        // Errors that a signal causes are the program's matter: a request is not always repeatable.
        return match vm.allow_threads(|| terminal::control(fd, request, number.into())) {
            Ok(result) => Ok(vm.int(result.into())),
            Err(error) => Err(failed(vm, error)),
        };
    }
    let mut writable = None;
    let mut bytes = if is_text {
        vm.fs_encode(&argument)?.into_bytes()
    } else {
        let view = vm.buffer(&argument)?;
        let bytes = view.to_vec();
        if change && !view.readonly {
            writable = Some(view);
        }
        bytes
    };
    let len = bytes.len();
    if len > ROOM && writable.is_none() {
        return Err(vm.value_error("ioctl string arg too long"));
    }
    bytes.resize(len.max(ROOM), 0);
    let result = vm.allow_threads(|| terminal::control_with(fd, request, &mut bytes));
    let result = result.map_err(|error| failed(vm, error))?;
    match writable {
        Some(view) => {
            view.with_bytes_mut(|target| target.copy_from_slice(&bytes[..len]));
            Ok(vm.int(result.into()))
        }
        None => Ok(vm.bytes_value(&bytes[..len])),
    }
}

fn lockf(vm: &Vm, args: &[Value]) -> PyResult {
    let fd = fd_argument(vm, &args[1])?;
    let operation = vm.arg_int(&args[2])?;
    let number = |value: &Value| value.given().map_or(Ok(0), |value| vm.arg_long(value));
    let (len, start, whence) = (number(&args[3])?, number(&args[4])?, number(&args[5])?);
    let kind = if operation == libc::LOCK_UN {
        libc::F_UNLCK
    } else if operation & libc::LOCK_SH != 0 {
        libc::F_RDLCK
    } else if operation & libc::LOCK_EX != 0 {
        libc::F_WRLCK
    } else {
        return Err(vm.value_error("unrecognized lockf argument"));
    };
    let wait = operation & libc::LOCK_NB == 0;
    call(vm, || {
        system::lock_range(fd, kind, wait, [start, len, whence])
    })?;
    Ok(Value::NONE)
}

static CONSTANTS: &[(&str, i64)] = &[
    ("DN_ACCESS", 1),
    ("DN_ATTRIB", 32),
    ("DN_CREATE", 4),
    ("DN_DELETE", 8),
    ("DN_MODIFY", 2),
    ("DN_MULTISHOT", 0x8000_0000),
    ("DN_RENAME", 16),
    ("FASYNC", libc::O_ASYNC as i64),
    ("FD_CLOEXEC", libc::FD_CLOEXEC as i64),
    ("F_ADD_SEALS", libc::F_ADD_SEALS as i64),
    ("F_DUPFD", libc::F_DUPFD as i64),
    ("F_DUPFD_CLOEXEC", libc::F_DUPFD_CLOEXEC as i64),
    ("F_EXLCK", 4),
    ("F_GETFD", libc::F_GETFD as i64),
    ("F_GETFL", libc::F_GETFL as i64),
    ("F_GETLEASE", libc::F_GETLEASE as i64),
    ("F_GETLK", libc::F_GETLK as i64),
    ("F_GETLK64", libc::F_GETLK as i64),
    ("F_GETOWN", libc::F_GETOWN as i64),
    ("F_GETPIPE_SZ", libc::F_GETPIPE_SZ as i64),
    ("F_GETSIG", 11),
    ("F_GET_SEALS", libc::F_GET_SEALS as i64),
    ("F_NOTIFY", libc::F_NOTIFY as i64),
    ("F_OFD_GETLK", libc::F_OFD_GETLK as i64),
    ("F_OFD_SETLK", libc::F_OFD_SETLK as i64),
    ("F_OFD_SETLKW", libc::F_OFD_SETLKW as i64),
    ("F_RDLCK", libc::F_RDLCK as i64),
    ("F_SEAL_GROW", libc::F_SEAL_GROW as i64),
    ("F_SEAL_SEAL", libc::F_SEAL_SEAL as i64),
    ("F_SEAL_SHRINK", libc::F_SEAL_SHRINK as i64),
    ("F_SEAL_WRITE", libc::F_SEAL_WRITE as i64),
    ("F_SETFD", libc::F_SETFD as i64),
    ("F_SETFL", libc::F_SETFL as i64),
    ("F_SETLEASE", libc::F_SETLEASE as i64),
    ("F_SETLK", libc::F_SETLK as i64),
    ("F_SETLK64", libc::F_SETLK as i64),
    ("F_SETLKW", libc::F_SETLKW as i64),
    ("F_SETLKW64", libc::F_SETLKW as i64),
    ("F_SETOWN", libc::F_SETOWN as i64),
    ("F_SETPIPE_SZ", libc::F_SETPIPE_SZ as i64),
    ("F_SETSIG", 10),
    ("F_SHLCK", 8),
    ("F_UNLCK", libc::F_UNLCK as i64),
    ("F_WRLCK", libc::F_WRLCK as i64),
    ("LOCK_EX", libc::LOCK_EX as i64),
    ("LOCK_NB", libc::LOCK_NB as i64),
    ("LOCK_SH", libc::LOCK_SH as i64),
    ("LOCK_UN", libc::LOCK_UN as i64),
];
