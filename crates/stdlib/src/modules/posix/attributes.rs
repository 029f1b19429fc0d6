//! What files are besides their bytes: extended attributes, owners, devices; and limits of file systems.

use std::ffi::CString;

use runtime::Vm;
use runtime::object::{MethodDef, PyResult, Str, Value};
use runtime::vm::scheduling;
use rustix::fs::{self, Gid, Uid, XattrFlags};
use rustix::io;

use super::constants;
use super::files::{done, flag};
use crate::paths::{
    Allow, PathArgument, descriptor, device, fd_argument, identity, os_error, path, retry,
};

/// As long as an attribute or a list of their names may be.
const LONGEST: usize = 65536;

/// The path of a function on extended attributes, and whether links are followed.
fn attribute_path(
    vm: &Vm,
    function: &str,
    value: &Value,
    follow: &Value,
    allow: Allow,
) -> PyResult<(PathArgument, bool)> {
    let target = path(vm, function, "path", value, allow)?;
    let follow = flag(vm, follow, true)?;
    if target.fd.is_some() && !follow {
        return Err(vm.value_error(format!(
            "{function}: cannot use fd and follow_symlinks together"
        )));
    }
    Ok((target, follow))
}

fn attribute_name(vm: &Vm, function: &str, value: &Value) -> PyResult<CString> {
    Ok(path(vm, function, "attribute", value, Allow::Path)?.path)
}

/// Reads with memory that grows as long as it is too small.
fn with_room(
    vm: &Vm,
    target: &PathArgument,
    mut read: impl FnMut(&mut [u8]) -> io::Result<usize>,
) -> PyResult<Vec<u8>> {
    for room in [256, LONGEST] {
        let mut memory = vec![0; room];
        match retry(vm, || read(&mut memory))? {
            Ok(count) => {
                memory.truncate(count);
                return Ok(memory);
            }
            Err(io::Errno::RANGE) if room < LONGEST => {}
            Err(error) => return Err(target.error(vm, error)),
        }
    }
    Err(target.error(vm, io::Errno::RANGE))
}

/// The number of a configuration name: a name in a table, or a number itself.
pub(super) fn configuration_name(vm: &Vm, value: &Value, table: &[(&str, i32)]) -> PyResult<i32> {
    if let Some(name) = value.payload::<Str>() {
        let known = table.iter().find(|(known, _)| name.equals_str(known));
        return match known {
            Some((_, number)) => Ok(*number),
            None => Err(vm.value_error("unrecognized configuration name")),
        };
    }
    if value.is_int() {
        return vm.arg_int(value);
    }
    Err(vm.type_error("configuration names must be strings or integers"))
}

fn limit(vm: &Vm, target: Option<&PathArgument>, found: Result<Option<i64>, i32>) -> PyResult {
    match found {
        Ok(limit) => Ok(vm.int(limit.unwrap_or(-1))),
        Err(errno) => Err(vm.raise_os_error(errno, target.map(|target| &target.value), None)),
    }
}

pub(super) const FUNCTIONS: &[MethodDef] = &[
    MethodDef::bound(
        "getxattr",
        "($module, /, path, attribute, *, follow_symlinks=True)",
        "Return the value of extended attribute attribute on path.\n\n\
         path may be either a string, a path-like object, or an open file descriptor.\n\
         If follow_symlinks is False, and the last element of the path is a symbolic\n  \
         link, getxattr will examine the symbolic link itself instead of the file\n  \
         the link points to.",
        |vm, args| {
            let (target, follow) =
                attribute_path(vm, "getxattr", &args[1], &args[3], Allow::Descriptor)?;
            let name = attribute_name(vm, "getxattr", &args[2])?;
            let file = target.fd.map(|fd| descriptor(vm, fd)).transpose()?;
            let value = with_room(vm, &target, |memory| match file {
                Some(file) => fs::fgetxattr(file, &*name, memory),
                None if follow => fs::getxattr(&*target.path, &*name, memory),
                None => fs::lgetxattr(&*target.path, &*name, memory),
            })?;
            Ok(vm.bytes_value(&value))
        },
    ),
    MethodDef::bound(
        "setxattr",
        "($module, /, path, attribute, value, flags=0, *,\n\
             \x20        follow_symlinks=True)",
        "Set extended attribute attribute on path to value.\n\n\
         path may be either a string, a path-like object,  or an open file descriptor.\n\
         If follow_symlinks is False, and the last element of the path is a symbolic\n  \
         link, setxattr will modify the symbolic link itself instead of the file\n  \
         the link points to.",
        |vm, args| {
            let target = path(vm, "setxattr", "path", &args[1], Allow::Descriptor)?;
            let name = attribute_name(vm, "setxattr", &args[2])?;
            let value = vm.copied_bytes(&args[3])?;
            let flags = args[4].given().map_or(Ok(0), |flags| vm.arg_int(flags))?;
            let flags = XattrFlags::from_bits_retain(flags as u32);
            let (target, follow) = match target.fd {
                Some(_) => attribute_path(vm, "setxattr", &args[1], &args[5], Allow::Descriptor)?,
                None => (target, flag(vm, &args[5], true)?),
            };
            let result = match target.fd {
                Some(fd) => fs::fsetxattr(descriptor(vm, fd)?, &*name, &value, flags),
                None if follow => fs::setxattr(&*target.path, &*name, &value, flags),
                None => fs::lsetxattr(&*target.path, &*name, &value, flags),
            };
            done(vm, &target, result)
        },
    ),
    MethodDef::bound(
        "removexattr",
        "($module, /, path, attribute, *, follow_symlinks=True)",
        "Remove extended attribute attribute on path.\n\n\
         path may be either a string, a path-like object, or an open file descriptor.\n\
         If follow_symlinks is False, and the last element of the path is a symbolic\n  \
         link, removexattr will modify the symbolic link itself instead of the file\n  \
         the link points to.",
        |vm, args| {
            let (target, follow) =
                attribute_path(vm, "removexattr", &args[1], &args[3], Allow::Descriptor)?;
            let name = attribute_name(vm, "removexattr", &args[2])?;
            let result = match target.fd {
                Some(fd) => fs::fremovexattr(descriptor(vm, fd)?, &*name),
                None if follow => fs::removexattr(&*target.path, &*name),
                None => fs::lremovexattr(&*target.path, &*name),
            };
            done(vm, &target, result)
        },
    ),
    MethodDef::bound(
        "listxattr",
        "($module, /, path=None, *, follow_symlinks=True)",
        "Return a list of extended attributes on path.\n\n\
         path may be either None, a string, a path-like object, or an open file descriptor.\n\
         if path is None, listxattr will examine the current directory.\n\
         If follow_symlinks is False, and the last element of the path is a symbolic\n  \
         link, listxattr will examine the symbolic link itself instead of the file\n  \
         the link points to.",
        |vm, args| {
            let (target, follow) =
                attribute_path(vm, "listxattr", &args[1], &args[2], Allow::DescriptorOrNone)?;
            let file = target.fd.map(|fd| descriptor(vm, fd)).transpose()?;
            let names = with_room(vm, &target, |memory| match file {
                Some(file) => fs::flistxattr(file, memory),
                None if follow => fs::listxattr(&*target.path, memory),
                None => fs::llistxattr(&*target.path, memory),
            })?;
            let names = names
                .split(|&byte| byte == 0)
                .filter(|name| !name.is_empty());
            let names: PyResult<Vec<Value>> = names
                .map(|name| Ok(vm.fs_decode(name)?.into_value()))
                .collect();
            Ok(vm.list_from(names?)?.into_value())
        },
    ),
    MethodDef::bound(
        "fchown",
        "($module, /, fd, uid, gid)",
        "Change the owner and group id of the file specified by file descriptor.\n\n\
         Equivalent to os.chown(fd, uid, gid).",
        |vm, args| {
            let fd = vm.arg_int(&args[1])?;
            let (owner, group) = (
                identity(vm, &args[2], "uid")?,
                identity(vm, &args[3], "gid")?,
            );
            // The highest number means that it stays as it is.
            let owner = (owner != u32::MAX).then(|| Uid::from_raw(owner));
            let group = (group != u32::MAX).then(|| Gid::from_raw(group));
            let file = descriptor(vm, fd)?;
            match retry(vm, || fs::fchown(file, owner, group))? {
                Ok(()) => Ok(Value::NONE),
                Err(error) => Err(os_error(vm, error)),
            }
        },
    ),
    MethodDef::bound(
        "major",
        "($module, device, /)",
        "Extracts a device major number from a raw device number.",
        |vm, args| Ok(vm.int(fs::major(device(vm, &args[1])?).into())),
    ),
    MethodDef::bound(
        "minor",
        "($module, device, /)",
        "Extracts a device minor number from a raw device number.",
        |vm, args| Ok(vm.int(fs::minor(device(vm, &args[1])?).into())),
    ),
    MethodDef::bound(
        "makedev",
        "($module, major, minor, /)",
        "Composes a raw device number from the major and minor device numbers.",
        |vm, args| {
            let (major, minor) = (vm.arg_int(&args[1])?, vm.arg_int(&args[2])?);
            Ok(vm.int(fs::makedev(major as u32, minor as u32) as i64))
        },
    ),
    MethodDef::bound(
        "pathconf",
        "($module, /, path, name)",
        "Return the configuration limit name for the file or directory path.\n\n\
         If there is no limit, return -1.\n\
         On some platforms, path may also be specified as an open file descriptor.\n  \
         If this functionality is unavailable, using it raises an exception.",
        |vm, args| {
            let target = path(vm, "pathconf", "path", &args[1], Allow::Descriptor)?;
            let name = configuration_name(vm, &args[2], constants::PATH_LIMITS)?;
            let place = target.fd.map_or(Ok(&*target.path), Err);
            let found = scheduling::path_limit(place, name);
            // A bad name is not the path's fault.
            let shown = (found != Err(libc::EINVAL)).then_some(&target);
            limit(vm, shown, found)
        },
    ),
    MethodDef::bound(
        "fpathconf",
        "($module, fd, name, /)",
        "Return the configuration limit name for the file descriptor fd.\n\n\
         If there is no limit, return -1.",
        |vm, args| {
            let fd = fd_argument(vm, &args[1])?;
            let name = configuration_name(vm, &args[2], constants::PATH_LIMITS)?;
            limit(vm, None, scheduling::path_limit(Err(fd), name))
        },
    ),
    MethodDef::bound(
        "confstr",
        "($module, name, /)",
        "Return a string-valued system configuration variable.",
        |vm, args| {
            let name = configuration_name(vm, &args[1], constants::TEXTS)?;
            match scheduling::configuration_text(name) {
                Ok(Some(text)) => Ok(vm.fs_decode(&text)?.into_value()),
                Ok(None) => Ok(Value::NONE),
                Err(errno) => Err(vm.raise_os_error(errno, None, None)),
            }
        },
    ),
];
