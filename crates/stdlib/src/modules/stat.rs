//! `_stat`: tests of a file's mode, and the constants of `stat`.

use runtime::Vm;
use runtime::modules::NativeModule;
use runtime::object::{MethodDef, PyResult, Value};

/// A test of a mode for one kind of file; None for kinds that this system has not.
macro_rules! kind {
    ($name:literal, $of:literal, $kind:expr) => {
        MethodDef::bound(
            $name,
            "($module, mode, /)",
            concat!(
                $name,
                "(mode) -> bool\n\nReturn True if mode is from ",
                $of,
                "."
            ),
            |vm, args| {
                let kind: Option<u32> = $kind;
                let mode = mode(vm, &args[1])?;
                Ok(Value::bool(Some(mode & libc::S_IFMT) == kind))
            },
        )
    };
}

/// The module.
pub static MODULE: NativeModule = NativeModule::new(
    "_stat",
    "The parts of a file's mode.",
    &[
        kind!("S_ISDIR", "a directory", Some(libc::S_IFDIR)),
        kind!(
            "S_ISCHR",
            "a character special device file",
            Some(libc::S_IFCHR)
        ),
        kind!(
            "S_ISBLK",
            "a block special device file",
            Some(libc::S_IFBLK)
        ),
        kind!("S_ISREG", "a regular file", Some(libc::S_IFREG)),
        kind!("S_ISFIFO", "a FIFO (named pipe)", Some(libc::S_IFIFO)),
        kind!("S_ISLNK", "a symbolic link", Some(libc::S_IFLNK)),
        kind!("S_ISSOCK", "a socket", Some(libc::S_IFSOCK)),
        kind!("S_ISDOOR", "a door", None),
        kind!("S_ISPORT", "an event port", None),
        kind!("S_ISWHT", "a whiteout", None),
        MethodDef::bound(
            "S_IMODE",
            "($module, mode, /)",
            "Return the portion of the file's mode that can be set by os.chmod().",
            |vm, args| Ok(vm.int((mode(vm, &args[1])? & 0o7777).into())),
        ),
        MethodDef::bound(
            "S_IFMT",
            "($module, mode, /)",
            "Return the portion of the file's mode that describes the file type.",
            |vm, args| Ok(vm.int((mode(vm, &args[1])? & libc::S_IFMT).into())),
        ),
        MethodDef::bound(
            "filemode",
            "($module, mode, /)",
            "Convert a file's mode to a string of the form '-rwxrwxrwx'",
            |vm, args| Ok(vm.str_value(&shown(mode(vm, &args[1])?))),
        ),
    ],
)
.with_init(|vm, _, namespace| {
    for &(name, number) in CONSTANTS {
        vm.define(namespace, name, vm.int(number))?;
    }
    Ok(())
});

fn mode(vm: &Vm, value: &Value) -> PyResult<u32> {
    u32::try_from(vm.arg_unsigned_long(value)?).map_err(|_| vm.overflow_error("mode out of range"))
}

/// The mode as `ls -l` shows it.
fn shown(mode: u32) -> String {
    let kind = match mode & libc::S_IFMT {
        libc::S_IFREG => '-',
        libc::S_IFDIR => 'd',
        libc::S_IFLNK => 'l',
        libc::S_IFBLK => 'b',
        libc::S_IFCHR => 'c',
        libc::S_IFIFO => 'p',
        libc::S_IFSOCK => 's',
        _ => '?',
    };
    let mut text = String::from(kind);
    for (shift, special, set, only) in [
        (6, libc::S_ISUID, 's', 'S'),
        (3, libc::S_ISGID, 's', 'S'),
        (0, libc::S_ISVTX, 't', 'T'),
    ] {
        let bits = mode >> shift;
        text.push(if bits & 4 != 0 { 'r' } else { '-' });
        text.push(if bits & 2 != 0 { 'w' } else { '-' });
        text.push(match (bits & 1 != 0, mode & special != 0) {
            (true, true) => set,
            (false, true) => only,
            (true, false) => 'x',
            (false, false) => '-',
        });
    }
    text
}

static CONSTANTS: &[(&str, i64)] = &[
    ("SF_APPEND", 262144),
    ("SF_ARCHIVED", 65536),
    ("SF_IMMUTABLE", 131072),
    ("SF_NOUNLINK", 1048576),
    ("SF_SNAPSHOT", 2097152),
    ("ST_ATIME", 7),
    ("ST_CTIME", 9),
    ("ST_DEV", 2),
    ("ST_GID", 5),
    ("ST_INO", 1),
    ("ST_MODE", 0),
    ("ST_MTIME", 8),
    ("ST_NLINK", 3),
    ("ST_SIZE", 6),
    ("ST_UID", 4),
    ("S_ENFMT", 1024),
    ("S_IEXEC", 64),
    ("S_IFBLK", 24576),
    ("S_IFCHR", 8192),
    ("S_IFDIR", 16384),
    ("S_IFDOOR", 0),
    ("S_IFIFO", 4096),
    ("S_IFLNK", 40960),
    ("S_IFPORT", 0),
    ("S_IFREG", 32768),
    ("S_IFSOCK", 49152),
    ("S_IFWHT", 0),
    ("S_IREAD", 256),
    ("S_IRGRP", 32),
    ("S_IROTH", 4),
    ("S_IRUSR", 256),
    ("S_IRWXG", 56),
    ("S_IRWXO", 7),
    ("S_IRWXU", 448),
    ("S_ISGID", 1024),
    ("S_ISUID", 2048),
    ("S_ISVTX", 512),
    ("S_IWGRP", 16),
    ("S_IWOTH", 2),
    ("S_IWRITE", 128),
    ("S_IWUSR", 128),
    ("S_IXGRP", 8),
    ("S_IXOTH", 1),
    ("S_IXUSR", 64),
    ("UF_APPEND", 4),
    ("UF_COMPRESSED", 32),
    ("UF_HIDDEN", 32768),
    ("UF_IMMUTABLE", 2),
    ("UF_NODUMP", 1),
    ("UF_NOUNLINK", 16),
    ("UF_OPAQUE", 8),
];
