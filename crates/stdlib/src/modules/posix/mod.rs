//! `posix`: the system's functions, on which `os` is built.
//!
//! One file for each family; `constants` holds the numbers.

mod attributes;
mod constants;
mod descriptors;
mod entries;
mod files;
mod identity;
mod process;
mod programs;
mod scheduling;
mod status;
mod system_info;
mod terminals;
mod vectors;
mod waiting;

use runtime::Vm;
use runtime::modules::NativeModule;
use runtime::object::{Dict, MethodDef, PyResult, Ref, Value};
use runtime::types::module::Module;
use runtime::vm::system::SysResult;

use crate::environment;

/// The module.
pub static MODULE: NativeModule = NativeModule::new(
    "posix",
    "This module provides access to operating system functionality that is\n\
     standardized by the C Standard and the POSIX standard (a thinly\n\
     disguised Unix interface).  Refer to the library manual and\n\
     corresponding Unix manual entries for more information on calls.",
    FUNCTIONS,
)
.with_init(init);

const FUNCTIONS: &[MethodDef] = &[
    MethodDef::bound(
        "fspath",
        "($module, /, path)",
        "Return the file system path representation of the object.\n\n\
         If the object is str or bytes, then allow it to pass through as-is. If the\n\
         object defines __fspath__(), then return the result of that method. All other\n\
         types raise a TypeError.",
        |vm, args| vm.fs_path(&args[1]),
    ),
    MethodDef::bound(
        "strerror",
        "($module, code, /)",
        "Translate an error code to a message string.",
        |vm, args| {
            let error = std::io::Error::from_raw_os_error(vm.arg_int(&args[1])?).to_string();
            Ok(vm.str_value(error.split(" (os error").next().unwrap_or_default()))
        },
    ),
    MethodDef::bound(
        "putenv",
        "($module, name, value, /)",
        "Change or add an environment variable.",
        |vm, args| {
            let (name, value) = (vm.fs_encode(&args[1])?, vm.fs_encode(&args[2])?);
            if name.to_bytes().contains(&b'=') {
                return Err(vm.value_error("illegal environment variable name"));
            }
            if name.is_empty() {
                return Err(vm.raise_os_error(libc::EINVAL, None, None));
            }
            environment::set(name.to_bytes(), Some(value.to_bytes()));
            Ok(Value::NONE)
        },
    ),
    MethodDef::bound(
        "unsetenv",
        "($module, name, /)",
        "Delete an environment variable.",
        |vm, args| {
            let name = vm.fs_encode(&args[1])?;
            if name.is_empty() || name.to_bytes().contains(&b'=') {
                return Err(vm.raise_os_error(libc::EINVAL, None, None));
            }
            environment::set(name.to_bytes(), None);
            Ok(Value::NONE)
        },
    ),
    MethodDef::bound(
        "urandom",
        "($module, size, /)",
        "Return a bytes object containing random bytes suitable for cryptographic use.",
        |vm, args| {
            let Ok(size) = usize::try_from(vm.arg_ssize(&args[1])?) else {
                return Err(vm.value_error("negative argument not allowed"));
            };
            let bytes = vm.bytes_filled(size, |bytes| vm.random_bytes(bytes))?;
            Ok(bytes.into_value())
        },
    ),
    MethodDef::bound(
        "getrandom",
        "($module, /, size, flags=0)",
        "Obtain a series of random bytes.",
        |vm, args| {
            let Ok(size) = usize::try_from(vm.arg_ssize(&args[1])?) else {
                return Err(vm.raise_os_error(libc::EINVAL, None, None));
            };
            let bytes = vm.bytes_filled(size, |bytes| vm.random_bytes(bytes))?;
            Ok(bytes.into_value())
        },
    ),
];

fn init(vm: &Vm, module: &Ref<Module>, namespace: &Ref<Dict>) -> PyResult<()> {
    for table in [
        files::FUNCTIONS,
        descriptors::FUNCTIONS,
        entries::FUNCTIONS,
        process::FUNCTIONS,
        identity::FUNCTIONS,
        scheduling::FUNCTIONS,
        programs::FUNCTIONS,
        waiting::FUNCTIONS,
        attributes::FUNCTIONS,
        terminals::FUNCTIONS,
        vectors::FUNCTIONS,
        status::FUNCTIONS,
        system_info::FUNCTIONS,
    ] {
        for function in table {
            let object = vm.builtin_function(function, module.as_value(), &vm.intern(MODULE.name));
            vm.define(namespace, function.name, object)?;
        }
    }
    for (name, number) in constants::CONSTANTS {
        vm.define(namespace, name, vm.int(*number))?;
    }
    for (attribute, table) in [
        ("sysconf_names", constants::CONFIGURATION),
        ("pathconf_names", constants::PATH_LIMITS),
        ("confstr_names", constants::TEXTS),
    ] {
        let names = vm.dict();
        for (name, number) in table {
            vm.define(&names, name, vm.int((*number).into()))?;
        }
        vm.define(namespace, attribute, names.into_value())?;
    }
    let variables = vm.dict();
    for (name, value) in environment::all() {
        variables.insert(vm, &vm.bytes_value(&name), vm.bytes_value(&value))?;
    }
    vm.define(namespace, "environ", variables.into_value())?;
    vm.define(namespace, "error", vm.types.exceptions.os_error.to_value())?;
    let entry = vm.native_class(&entries::ENTRY);
    vm.define(namespace, "DirEntry", entry.into_value())?;
    for declaration in [
        &status::STAT_RESULT,
        &status::STATVFS_RESULT,
        &system_info::TERMINAL_SIZE,
        &system_info::UNAME_RESULT,
        &process::TIMES_RESULT,
        &scheduling::SCHED_PARAM,
        &waiting::WAITID_RESULT,
    ] {
        let class = vm.struct_sequence_class(declaration)?;
        let name = class.name.get().unwrap_or(Value::NONE);
        namespace.insert(vm, &name, class.into_value())?;
    }
    let have = [
        "HAVE_EVENTFD",
        "HAVE_FACCESSAT",
        "HAVE_FCHDIR",
        "HAVE_FCHMOD",
        "HAVE_FCHMODAT",
        "HAVE_FCHOWN",
        "HAVE_FCHOWNAT",
        "HAVE_FEXECVE",
        "HAVE_FDOPENDIR",
        "HAVE_FPATHCONF",
        "HAVE_FSTATAT",
        "HAVE_FSTATVFS",
        "HAVE_FTRUNCATE",
        "HAVE_FUTIMENS",
        "HAVE_FUTIMES",
        "HAVE_FUTIMESAT",
        "HAVE_LINKAT",
        "HAVE_LCHOWN",
        "HAVE_LSTAT",
        "HAVE_LUTIMES",
        "HAVE_MEMFD_CREATE",
        "HAVE_MKDIRAT",
        "HAVE_MKFIFOAT",
        "HAVE_MKNODAT",
        "HAVE_OPENAT",
        "HAVE_READLINKAT",
        "HAVE_RENAMEAT",
        "HAVE_SYMLINKAT",
        "HAVE_UNLINKAT",
        "HAVE_UTIMENSAT",
    ];
    let have: Vec<Value> = have.iter().map(|name| vm.str_value(name)).collect();
    vm.define(
        namespace,
        "_have_functions",
        vm.list_from(have)?.into_value(),
    )
}

/// The end of a call that tells its error by number.
fn finish(vm: &Vm, result: SysResult<()>) -> PyResult {
    match result {
        Ok(()) => Ok(Value::NONE),
        Err(errno) => Err(vm.raise_os_error(errno, None, None)),
    }
}
