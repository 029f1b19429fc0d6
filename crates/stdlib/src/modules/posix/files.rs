//! Functions on paths.

use runtime::Vm;
use runtime::object::{MethodDef, PyResult, Value};
use rustix::fs::{self, Access, AtFlags, Gid, Mode, Timespec, Timestamps, Uid};
use rustix::io::Errno;

use crate::paths::{Allow, PathArgument, descriptor, dir_fd, identity, os_error, path};

pub(super) const FUNCTIONS: &[MethodDef] = &[
    MethodDef::bound(
        "listdir",
        "($module, /, path=None)",
        "Return a list containing the names of the files in the directory.\n\n\
         path can be specified as either str, bytes, or a path-like object.  If path is bytes,\n  \
         the filenames returned will also be bytes; in all other circumstances\n  \
         the filenames returned will be str.\n\
         If path is None, uses the path='.'.\n\
         On some platforms, path may also be specified as an open file descriptor;\\\n  \
         the file descriptor must refer to a directory.\n  \
         If this functionality is unavailable, using it raises NotImplementedError.\n\n\
         The list is in arbitrary order.  It does not include the special\n\
         entries '.' and '..' even if they are present in the directory.\n\n",
        listdir,
    ),
    MethodDef::bound(
        "mkdir",
        "($module, /, path, mode=511, *, dir_fd=None)",
        "Create a directory.",
        |vm, args| {
            let target = path(vm, "mkdir", "path", &args[1], Allow::Path)?;
            let mode = mode(vm, &args[2], 0o777)?;
            let folder = dir_fd(vm, &args[3])?;
            done(vm, &target, fs::mkdirat(folder, &*target.path, mode))
        },
    ),
    MethodDef::bound(
        "rmdir",
        "($module, /, path, *, dir_fd=None)",
        "Remove a directory.",
        |vm, args| {
            let target = path(vm, "rmdir", "path", &args[1], Allow::Path)?;
            let folder = dir_fd(vm, &args[2])?;
            done(
                vm,
                &target,
                fs::unlinkat(folder, &*target.path, AtFlags::REMOVEDIR),
            )
        },
    ),
    MethodDef::bound(
        "remove",
        "($module, /, path, *, dir_fd=None)",
        "Remove a file (same as unlink()).",
        |vm, args| unlink(vm, "remove", args),
    ),
    MethodDef::bound(
        "unlink",
        "($module, /, path, *, dir_fd=None)",
        "Remove a file (same as remove()).",
        |vm, args| unlink(vm, "unlink", args),
    ),
    MethodDef::bound(
        "rename",
        "($module, /, src, dst, *, src_dir_fd=None, dst_dir_fd=None)",
        "Rename a file or directory.",
        |vm, args| rename(vm, "rename", args),
    ),
    MethodDef::bound(
        "replace",
        "($module, /, src, dst, *, src_dir_fd=None, dst_dir_fd=None)",
        "Rename a file or directory, overwriting the destination.",
        |vm, args| rename(vm, "replace", args),
    ),
    MethodDef::bound(
        "link",
        "($module, /, src, dst, *, src_dir_fd=None, dst_dir_fd=None,\n\
             \x20    follow_symlinks=True)",
        "Create a hard link to a file.",
        |vm, args| {
            let source = path(vm, "link", "src", &args[1], Allow::Path)?;
            let target = path(vm, "link", "dst", &args[2], Allow::Path)?;
            let (from, to) = (dir_fd(vm, &args[3])?, dir_fd(vm, &args[4])?);
            let follow = flag(vm, &args[5], true)?;
            let flags = if follow {
                AtFlags::SYMLINK_FOLLOW
            } else {
                AtFlags::empty()
            };
            both(
                vm,
                &source,
                &target,
                fs::linkat(from, &*source.path, to, &*target.path, flags),
            )
        },
    ),
    MethodDef::bound(
        "symlink",
        "($module, /, src, dst, target_is_directory=False, *, dir_fd=None)",
        "Create a symbolic link pointing to src named dst.",
        |vm, args| {
            let source = path(vm, "symlink", "src", &args[1], Allow::Path)?;
            let target = path(vm, "symlink", "dst", &args[2], Allow::Path)?;
            let folder = dir_fd(vm, &args[4])?;
            both(
                vm,
                &source,
                &target,
                fs::symlinkat(&*source.path, folder, &*target.path),
            )
        },
    ),
    MethodDef::bound(
        "readlink",
        "($module, /, path, *, dir_fd=None)",
        "Return a string representing the path to which the symbolic link points.",
        |vm, args| {
            let link = path(vm, "readlink", "path", &args[1], Allow::Path)?;
            let folder = dir_fd(vm, &args[2])?;
            match fs::readlinkat(folder, &*link.path, Vec::new()) {
                Ok(target) => link.decode(vm, target.to_bytes()),
                Err(error) => Err(link.error(vm, error)),
            }
        },
    ),
    MethodDef::bound(
        "chdir",
        "($module, /, path)",
        "Change the current working directory to the specified path.",
        |vm, args| {
            let folder = path(vm, "chdir", "path", &args[1], Allow::Descriptor)?;
            let result = match folder.fd {
                Some(fd) => rustix::process::fchdir(descriptor(vm, fd)?),
                None => rustix::process::chdir(&*folder.path),
            };
            done(vm, &folder, result)
        },
    ),
    MethodDef::bound(
        "fchdir",
        "($module, /, fd)",
        "Change to the directory of the given file descriptor.",
        |vm, args| {
            let fd = crate::paths::fd_argument(vm, &args[1])?;
            match rustix::process::fchdir(descriptor(vm, fd)?) {
                Ok(()) => Ok(Value::NONE),
                Err(error) => Err(os_error(vm, error)),
            }
        },
    ),
    MethodDef::bound(
        "getcwd",
        "($module, /)",
        "Return a unicode string representing the current working directory.",
        |vm, _| match rustix::process::getcwd(Vec::new()) {
            Ok(folder) => Ok(vm.fs_decode(folder.to_bytes())?.into_value()),
            Err(error) => Err(os_error(vm, error)),
        },
    ),
    MethodDef::bound(
        "getcwdb",
        "($module, /)",
        "Return a bytes string representing the current working directory.",
        |vm, _| match rustix::process::getcwd(Vec::new()) {
            Ok(folder) => Ok(vm.bytes_value(folder.to_bytes())),
            Err(error) => Err(os_error(vm, error)),
        },
    ),
    MethodDef::bound(
        "access",
        "($module, /, path, mode, *, dir_fd=None, effective_ids=False,\n\
             \x20      follow_symlinks=True)",
        "Use the real uid/gid to test for access to a path.",
        |vm, args| {
            let target = path(vm, "access", "path", &args[1], Allow::Path)?;
            let mode = Access::from_bits_retain(vm.arg_int(&args[2])? as u32);
            let folder = dir_fd(vm, &args[3])?;
            let mut flags = AtFlags::empty();
            flags.set(AtFlags::EACCESS, flag(vm, &args[4], false)?);
            flags.set(AtFlags::SYMLINK_NOFOLLOW, !flag(vm, &args[5], true)?);
            let result = fs::accessat(folder, &*target.path, mode, flags);
            Ok(Value::bool(result.is_ok()))
        },
    ),
    MethodDef::bound(
        "chmod",
        "($module, /, path, mode, *, dir_fd=None, follow_symlinks=True)",
        "Change the access permissions of a file.",
        |vm, args| {
            let target = path(vm, "chmod", "path", &args[1], Allow::Descriptor)?;
            let mode = mode(vm, &args[2], 0)?;
            let folder = dir_fd(vm, &args[3])?;
            let mut flags = AtFlags::empty();
            flags.set(AtFlags::SYMLINK_NOFOLLOW, !flag(vm, &args[4], true)?);
            let result = match target.fd {
                Some(fd) => fs::fchmod(descriptor(vm, fd)?, mode),
                None => fs::chmodat(folder, &*target.path, mode, flags),
            };
            if result == Err(Errno::OPNOTSUPP) && flags.contains(AtFlags::SYMLINK_NOFOLLOW) {
                let class = &vm.types.exceptions.not_implemented_error;
                let text = "chmod: follow_symlinks unavailable on this platform";
                return Err(vm.raise(class, text));
            }
            done(vm, &target, result)
        },
    ),
    MethodDef::bound(
        "chown",
        "($module, /, path, uid, gid, *, dir_fd=None, follow_symlinks=True)",
        "Change the owner and group id of path to the numeric uid and gid.",
        |vm, args| {
            let follow = flag(vm, &args[5], true)?;
            chown(vm, "chown", Allow::Descriptor, args, &args[4], follow)
        },
    ),
    MethodDef::bound(
        "lchown",
        "($module, /, path, uid, gid)",
        "Change the owner and group id of path to the numeric uid and gid.\n\n\
         This function will not follow symbolic links.\n\
         Equivalent to os.chown(path, uid, gid, follow_symlinks=False).",
        |vm, args| chown(vm, "lchown", Allow::Path, args, &Value::NONE, false),
    ),
    MethodDef::bound(
        "truncate",
        "($module, /, path, length)",
        "Truncate a file, specified by path, to a specific length.",
        |vm, args| {
            let target = path(vm, "truncate", "path", &args[1], Allow::Descriptor)?;
            let length = vm.arg_long(&args[2])?;
            let Ok(length) = u64::try_from(length) else {
                return Err(target.error(vm, Errno::INVAL));
            };
            let result = match target.fd {
                Some(fd) => fs::ftruncate(descriptor(vm, fd)?, length),
                None => fs::open(
                    &*target.path,
                    fs::OFlags::WRONLY | fs::OFlags::CLOEXEC,
                    Mode::empty(),
                )
                .and_then(|file| fs::ftruncate(file, length)),
            };
            done(vm, &target, result)
        },
    ),
    MethodDef::bound(
        "mkfifo",
        "($module, /, path, mode=438, *, dir_fd=None)",
        "Create a \"fifo\" (a POSIX named pipe).",
        |vm, args| {
            let target = path(vm, "mkfifo", "path", &args[1], Allow::Path)?;
            let mode = mode(vm, &args[2], 0o666)?;
            let folder = dir_fd(vm, &args[3])?;
            let made = fs::mknodat(folder, &*target.path, fs::FileType::Fifo, mode, 0);
            done(vm, &target, made)
        },
    ),
    MethodDef::bound(
        "utime",
        "($module, /, path, times=None, *, ns=<unrepresentable>,\n\
         \x20     dir_fd=None, follow_symlinks=True)",
        "Set the access and modified time of path.",
        utime,
    ),
    MethodDef::bound(
        "sync",
        "($module, /)",
        "Force write of everything to disk.",
        |vm, _| {
            crate::blocking::allow_threads(vm, fs::sync);
            Ok(Value::NONE)
        },
    ),
];

/// A mode argument, or its default.
pub(super) fn mode(vm: &Vm, value: &Value, default: u32) -> PyResult<Mode> {
    let bits = match value.given() {
        Some(value) => vm.arg_int(value)? as u32,
        None => default,
    };
    Ok(Mode::from_bits_retain(bits & 0o7777))
}

/// A truth value, or its default.
pub(super) fn flag(vm: &Vm, value: &Value, default: bool) -> PyResult<bool> {
    match value.given() {
        Some(value) => vm.truth(value),
        None => Ok(default),
    }
}

/// The end of a call on one path.
pub(super) fn done(vm: &Vm, target: &PathArgument, result: rustix::io::Result<()>) -> PyResult {
    match result {
        Ok(()) => Ok(Value::NONE),
        Err(error) => Err(target.error(vm, error)),
    }
}

/// The end of a call on two paths.
fn both(
    vm: &Vm,
    source: &PathArgument,
    target: &PathArgument,
    result: rustix::io::Result<()>,
) -> PyResult {
    match result {
        Ok(()) => Ok(Value::NONE),
        Err(error) => Err(vm.raise_os_error(
            error.raw_os_error(),
            Some(&source.value),
            Some(&target.value),
        )),
    }
}

fn unlink(vm: &Vm, function: &str, args: &[Value]) -> PyResult {
    let target = path(vm, function, "path", &args[1], Allow::Path)?;
    let folder = dir_fd(vm, &args[2])?;
    done(
        vm,
        &target,
        fs::unlinkat(folder, &*target.path, AtFlags::empty()),
    )
}

fn rename(vm: &Vm, function: &str, args: &[Value]) -> PyResult {
    let source = path(vm, function, "src", &args[1], Allow::Path)?;
    let target = path(vm, function, "dst", &args[2], Allow::Path)?;
    let (from, to) = (dir_fd(vm, &args[3])?, dir_fd(vm, &args[4])?);
    both(
        vm,
        &source,
        &target,
        fs::renameat(from, &*source.path, to, &*target.path),
    )
}

fn listdir(vm: &Vm, args: &[Value]) -> PyResult {
    let folder = path(vm, "listdir", "path", &args[1], Allow::DescriptorOrNone)?;
    let names = super::entries::read_folder(vm, &folder)?;
    let mut list = Vec::with_capacity(names.len());
    for entry in names {
        list.push(folder.decode(vm, &entry.name)?);
    }
    Ok(vm.list_from(list)?.into_value())
}

fn chown(
    vm: &Vm,
    function: &str,
    allow: Allow,
    args: &[Value],
    folder: &Value,
    follow: bool,
) -> PyResult {
    let target = path(vm, function, "path", &args[1], allow)?;
    let (owner, group) = (
        identity(vm, &args[2], "uid")?,
        identity(vm, &args[3], "gid")?,
    );
    // The highest number means that it stays as it is.
    let owner = (owner != u32::MAX).then(|| Uid::from_raw(owner));
    let group = (group != u32::MAX).then(|| Gid::from_raw(group));
    let folder = dir_fd(vm, folder)?;
    let mut flags = AtFlags::empty();
    flags.set(AtFlags::SYMLINK_NOFOLLOW, !follow);
    let result = match target.fd {
        Some(fd) => fs::fchown(descriptor(vm, fd)?, owner, group),
        None => fs::chownat(folder, &*target.path, owner, group, flags),
    };
    done(vm, &target, result)
}

fn utime(vm: &Vm, args: &[Value]) -> PyResult {
    let target = path(vm, "utime", "path", &args[1], Allow::Descriptor)?;
    if args[2].given_not_none().is_some() && args[3].given().is_some() {
        return Err(vm.value_error("utime: you may specify either 'times' or 'ns' but not both"));
    }
    let pair = |value: &Value, name: &str| -> PyResult<[Value; 2]> {
        let items = value
            .payload::<runtime::object::Tuple>()
            .map(|tuple| tuple.to_vec());
        match items.and_then(|items| <[Value; 2]>::try_from(items).ok()) {
            Some(pair) => Ok(pair),
            None if name == "times" => {
                Err(vm.type_error("utime: 'times' must be either a tuple of two ints or None"))
            }
            None => Err(vm.type_error("utime: 'ns' must be a tuple of two ints")),
        }
    };
    let at = |seconds: i64, nanoseconds: i64| Timespec {
        tv_sec: seconds,
        tv_nsec: nanoseconds,
    };
    let now = at(0, libc::UTIME_NOW);
    let [access, modification] = if let Some(times) = args[2].given_not_none() {
        let mut result = [now, now];
        for (place, value) in result.iter_mut().zip(pair(times, "times")?) {
            *place = match value.as_float() {
                Some(x) => {
                    let whole = x.floor();
                    let nanoseconds = ((x - whole) * 1e9).floor() as i64;
                    at(whole as i64, nanoseconds)
                }
                None => at(vm.arg_long(&vm.index(&value)?)?, 0),
            };
        }
        result
    } else if let Some(times) = args[3].given() {
        let mut result = [now, now];
        for (place, value) in result.iter_mut().zip(pair(times, "ns")?) {
            let total = vm.arg_long(&value)?;
            *place = at(
                total.div_euclid(1_000_000_000),
                total.rem_euclid(1_000_000_000),
            );
        }
        result
    } else {
        [now, now]
    };
    let times = Timestamps {
        last_access: access,
        last_modification: modification,
    };
    let folder = dir_fd(vm, &args[4])?;
    let mut flags = AtFlags::empty();
    flags.set(AtFlags::SYMLINK_NOFOLLOW, !flag(vm, &args[5], true)?);
    let result = match target.fd {
        Some(fd) => fs::futimens(descriptor(vm, fd)?, &times),
        None => fs::utimensat(folder, &*target.path, &times, flags),
    };
    done(vm, &target, result)
}
