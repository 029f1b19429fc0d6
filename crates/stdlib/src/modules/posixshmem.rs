//! `_posixshmem`: memory that processes share by a name.

use std::os::fd::IntoRawFd;

use runtime::modules::NativeModule;
use runtime::object::{MethodDef, PyResult, Str};
use runtime::{Value, Vm};
use rustix::shm::{Mode, OFlags};

/// The module.
pub static MODULE: NativeModule = NativeModule::new(
    "_posixshmem",
    "POSIX shared memory module",
    &[
        MethodDef::bound(
            "shm_open",
            "($module, /, path, flags, mode=511)",
            "Open a shared memory object.  Returns a file descriptor (integer).",
            open,
        ),
        MethodDef::bound(
            "shm_unlink",
            "($module, /, path)",
            "Remove the name of a shared memory object; its memory goes with the last map of it.",
            unlink,
        ),
    ],
);

/// A name as text; the system takes none with a zero in it.
fn name(vm: &Vm, function: &str, value: &Value) -> PyResult<String> {
    let Some(text) = value.payload::<Str>() else {
        return Err(vm.type_error(format!(
            "{function}() argument 'path' must be str, not {}",
            vm.class_name(value)
        )));
    };
    let text = text.to_display().into_owned();
    match text.contains('\0') {
        true => Err(vm.value_error("embedded null character")),
        false => Ok(text),
    }
}

fn open(vm: &Vm, args: &[Value]) -> PyResult {
    let path = name(vm, "shm_open", &args[1])?;
    let flags = OFlags::from_bits_retain(vm.arg_int(&args[2])? as u32);
    let mode = match args[3].given() {
        Some(mode) => vm.arg_int(mode)? as u32,
        None => 0o777,
    };
    match vm.allow_threads(|| rustix::shm::open(&*path, flags, Mode::from_bits_retain(mode))) {
        // The caller closes it.
        Ok(file) => Ok(vm.int(file.into_raw_fd().into())),
        Err(error) => Err(vm.raise_os_error(error.raw_os_error(), Some(&args[1]), None)),
    }
}

fn unlink(vm: &Vm, args: &[Value]) -> PyResult {
    let path = name(vm, "shm_unlink", &args[1])?;
    match vm.allow_threads(|| rustix::shm::unlink(&*path)) {
        Ok(()) => Ok(Value::NONE),
        Err(error) => Err(vm.raise_os_error(error.raw_os_error(), Some(&args[1]), None)),
    }
}
