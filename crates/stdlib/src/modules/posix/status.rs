//! `stat` and its relatives.

use runtime::Vm;
use runtime::object::{MethodDef, PyResult, Value};
use runtime::types::struct_sequence::StructSequence;
use rustix::fs::{self, AtFlags, Stat};

use super::files::flag;
use crate::paths::{Allow, descriptor, dir_fd, fd_argument, os_error, path};

/// `os.stat_result`.
pub(super) static STAT_RESULT: StructSequence = StructSequence::new(
    "os.stat_result",
    "stat_result: Result from stat, fstat, or lstat.\n\n\
     This object may be accessed either as a tuple of\n  \
     (mode, ino, dev, nlink, uid, gid, size, atime, mtime, ctime)\n\
     or via the attributes st_mode, st_ino, st_dev, st_nlink, st_uid, and so on.\n\n\
     Posix/windows: If your platform supports st_blksize, st_blocks, st_rdev,\n\
     or st_flags, they are available as attributes only.\n\n\
     See os.stat for more information.",
    &[
        ("st_mode", "protection bits"),
        ("st_ino", "inode"),
        ("st_dev", "device"),
        ("st_nlink", "number of hard links"),
        ("st_uid", "user ID of owner"),
        ("st_gid", "group ID of owner"),
        ("st_size", "total size, in bytes"),
        ("", ""),
        ("", ""),
        ("", ""),
        ("st_atime", "time of last access"),
        ("st_mtime", "time of last modification"),
        ("st_ctime", "time of last change"),
        ("st_atime_ns", "time of last access in nanoseconds"),
        ("st_mtime_ns", "time of last modification in nanoseconds"),
        ("st_ctime_ns", "time of last change in nanoseconds"),
        ("st_blksize", "blocksize for filesystem I/O"),
        ("st_blocks", "number of blocks allocated"),
        ("st_rdev", "device type (if inode device)"),
    ],
)
.visible(10);

/// `os.statvfs_result`.
pub(super) static STATVFS_RESULT: StructSequence = StructSequence::new(
    "os.statvfs_result",
    "statvfs_result: Result from statvfs or fstatvfs.\n\n\
     This object may be accessed either as a tuple of\n  \
     (bsize, frsize, blocks, bfree, bavail, files, ffree, favail, flag, namemax),\n\
     or via the attributes f_bsize, f_frsize, f_blocks, f_bfree, and so on.\n\n\
     See os.statvfs for more information.",
    &[
        ("f_bsize", ""),
        ("f_frsize", ""),
        ("f_blocks", ""),
        ("f_bfree", ""),
        ("f_bavail", ""),
        ("f_files", ""),
        ("f_ffree", ""),
        ("f_favail", ""),
        ("f_flag", ""),
        ("f_namemax", ""),
        ("f_fsid", ""),
    ],
)
.visible(10);

pub(super) const FUNCTIONS: &[MethodDef] = &[
    MethodDef::bound(
        "stat",
        "($module, /, path, *, dir_fd=None, follow_symlinks=True)",
        "Perform a stat system call on the given path.",
        |vm, args| {
            let follow = flag(vm, &args[3], true)?;
            stat(vm, "stat", Allow::Descriptor, &args[1], &args[2], follow)
        },
    ),
    MethodDef::bound(
        "lstat",
        "($module, /, path, *, dir_fd=None)",
        "Perform a stat system call on the given path, without following symbolic links.\n\n\
         Like stat(), but do not follow symbolic links.\n\
         Equivalent to stat(path, follow_symlinks=False).",
        |vm, args| stat(vm, "lstat", Allow::Path, &args[1], &args[2], false),
    ),
    MethodDef::bound(
        "fstat",
        "($module, /, fd)",
        "Perform a stat system call on the given file descriptor.\n\n\
         Like stat(), but for an open file descriptor.\nEquivalent to os.stat(fd).",
        |vm, args| match fs::fstat(descriptor(vm, vm.arg_int(&args[1])?)?) {
            Ok(status) => result(vm, &status),
            Err(error) => Err(os_error(vm, error)),
        },
    ),
    MethodDef::bound(
        "statvfs",
        "($module, /, path)",
        "Perform a statvfs system call on the given path.",
        |vm, args| {
            let target = path(vm, "statvfs", "path", &args[1], Allow::Descriptor)?;
            let found = match target.fd {
                Some(fd) => fs::fstatvfs(descriptor(vm, fd)?),
                None => fs::statvfs(&*target.path),
            };
            match found {
                Ok(status) => file_system(vm, &status),
                Err(error) => Err(target.error(vm, error)),
            }
        },
    ),
    MethodDef::bound(
        "fstatvfs",
        "($module, fd, /)",
        "Perform an fstatvfs system call on the given fd.\n\nEquivalent to statvfs(fd).",
        |vm, args| {
            let fd = fd_argument(vm, &args[1])?;
            match fs::fstatvfs(descriptor(vm, fd)?) {
                Ok(status) => file_system(vm, &status),
                Err(error) => Err(os_error(vm, error)),
            }
        },
    ),
];

fn stat(
    vm: &Vm,
    function: &str,
    allow: Allow,
    value: &Value,
    folder: &Value,
    follow: bool,
) -> PyResult {
    let target = path(vm, function, "path", value, allow)?;
    let found = match target.fd {
        Some(_) if folder.given_not_none().is_some() => {
            return Err(vm.value_error(format!(
                "{function}: can't specify dir_fd without matching path"
            )));
        }
        Some(_) if !follow => {
            return Err(vm.value_error(format!(
                "{function}: cannot use fd and follow_symlinks together"
            )));
        }
        Some(fd) => fs::fstat(descriptor(vm, fd)?),
        None => {
            let mut flags = AtFlags::empty();
            flags.set(AtFlags::SYMLINK_NOFOLLOW, !follow);
            fs::statat(dir_fd(vm, folder)?, &*target.path, flags)
        }
    };
    match found {
        Ok(status) => result(vm, &status),
        Err(error) => Err(target.error(vm, error)),
    }
}

/// The `stat_result` of what the system told.
pub(super) fn result(vm: &Vm, status: &Stat) -> PyResult {
    let times = [
        (status.st_atime, status.st_atime_nsec),
        (status.st_mtime, status.st_mtime_nsec),
        (status.st_ctime, status.st_ctime_nsec),
    ]
    .map(|(seconds, nanoseconds)| (seconds, nanoseconds as i64));
    let float = |place: usize| {
        let (seconds, nanoseconds) = times[place];
        vm.float(seconds as f64 + 1e-9 * nanoseconds as f64)
    };
    let exact = |place: usize| {
        let (seconds, nanoseconds) = times[place];
        vm.int_i128(i128::from(seconds) * 1_000_000_000 + i128::from(nanoseconds))
    };
    let values = [
        vm.int(status.st_mode.into()),
        vm.int_u64(status.st_ino),
        vm.int_u64(status.st_dev),
        vm.int_u64(status.st_nlink),
        vm.int(status.st_uid.into()),
        vm.int(status.st_gid.into()),
        vm.int(status.st_size),
        vm.int(times[0].0),
        vm.int(times[1].0),
        vm.int(times[2].0),
        float(0),
        float(1),
        float(2),
        exact(0),
        exact(1),
        exact(2),
        vm.int(status.st_blksize),
        vm.int(status.st_blocks),
        vm.int_u64(status.st_rdev),
    ];
    vm.struct_sequence(&STAT_RESULT, &values)
}

fn file_system(vm: &Vm, status: &fs::StatVfs) -> PyResult {
    let values = [
        status.f_bsize,
        status.f_frsize,
        status.f_blocks,
        status.f_bfree,
        status.f_bavail,
        status.f_files,
        status.f_ffree,
        status.f_favail,
        status.f_flag.bits(),
        status.f_namemax,
        status.f_fsid,
    ]
    .map(|number| vm.int_u64(number));
    vm.struct_sequence(&STATVFS_RESULT, &values)
}
