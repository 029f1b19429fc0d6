//! Reading folders: `scandir` and its entries.

use std::cell::{Cell, RefCell};

use heap::Visitor;
use runtime::Vm;
use runtime::fields;
use runtime::object::fields::Field;
use runtime::object::{
    GetSetDef, Kind, MethodDef, Payload, PyResult, Slot, TypeSlots, TypeSpec, Value, Visit, alloc,
    class_flag,
};
use runtime::protocol::iterate::iter_self;
use rustix::fs::{self, AtFlags, CWD, Dir, FileType, Mode, OFlags};
use rustix::io::Errno;

use super::files::flag;
use super::status;
use crate::paths::{Allow, PathArgument, descriptor, path, retry};

pub(super) const FUNCTIONS: &[MethodDef] = &[MethodDef::bound(
    "scandir",
    "($module, /, path=None)",
    "Return an iterator of DirEntry objects for given path.\n\n\
     path can be specified as either str, bytes, or a path-like object.  If path\n\
     is bytes, the names of yielded DirEntry objects will also be bytes; in\n\
     all other circumstances they will be str.\n\n\
     If path is None, uses the path='.'.",
    scandir,
)];

/// What a folder tells about one of its entries.
pub(super) struct Found {
    pub name: Vec<u8>,
    inode: u64,
    kind: FileType,
}

/// The entries of a folder, without `.` and `..`.
pub(super) fn read_folder(vm: &Vm, folder: &PathArgument) -> PyResult<Vec<Found>> {
    let opened = retry(vm, || match folder.fd {
        Some(fd) => {
            let fd = runtime::vm::system::descriptor(fd).map_err(Errno::from_raw_os_error)?;
            // A copy, so that closing it leaves the program's descriptor open.
            rustix::io::fcntl_dupfd_cloexec(fd, 0)
        }
        None => fs::openat(
            CWD,
            &*folder.path,
            OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC,
            Mode::empty(),
        ),
    })?;
    let entries = opened.and_then(Dir::new).and_then(|mut entries| {
        if folder.fd.is_some() {
            entries.rewind();
        }
        let mut found = Vec::new();
        while let Some(entry) = entries.read() {
            let entry = entry?;
            let name = entry.file_name().to_bytes();
            if name != b"." && name != b".." {
                found.push(Found {
                    name: name.to_vec(),
                    inode: entry.ino(),
                    kind: entry.file_type(),
                });
            }
        }
        Ok(found)
    });
    entries.map_err(|error| folder.error(vm, error))
}

/// Payload of `posix.ScandirIterator`.
struct Scan {
    folder: PathArgument,
    left: RefCell<std::vec::IntoIter<Found>>,
    closed: Cell<bool>,
}

impl Payload for Scan {
    const KIND: Kind = crate::kinds::SCANDIR_ITERATOR;
    const NAME: &'static str = "ScandirIterator";
    const COLLECTED: bool = false;
    const FIELDS: &'static [Field] = fields![
        "folder" => folder as Opaque,
        "left" => left as Opaque,
        "closed" => closed as Bool,
    ];
}

/// Declaration of `posix.ScandirIterator`.
static SCAN: TypeSpec = TypeSpec {
    flags: class_flag::NO_INSTANTIATION,
    slots: TypeSlots {
        iter: Some(iter_self),
        iternext: Some(next),
        finalize: Some(finalize),
        ..TypeSlots::EMPTY
    },
    methods: &[
        MethodDef::bound("__enter__", "($self, /)", "", |_, args| Ok(args[0].clone())),
        MethodDef::raw("__exit__", "($self, /, *args)", "", |_, args| {
            Ok(close(&args.values[0]))
        }),
        MethodDef::bound("close", "($self, /)", "", |_, args| Ok(close(&args[0]))),
    ],
    ..TypeSpec::of::<Scan>("posix.ScandirIterator")
};

/// Complains of an iterator that nobody has used up or closed.
fn finalize(vm: &Vm, this: &Value) -> PyResult<()> {
    let open = this
        .payload::<Scan>()
        .is_some_and(|scan| !scan.closed.get());
    if open {
        let category = &vm.types.exceptions.resource_warning;
        let shown = vm.repr(this)?;
        vm.warn(
            category,
            &format!("unclosed scandir iterator {}", shown.to_display()),
            1,
        )?;
    }
    Ok(())
}

fn close(this: &Value) -> Value {
    if let Some(scan) = this.payload::<Scan>() {
        scan.closed.set(true);
        drop(scan.left.replace(Vec::new().into_iter()));
    }
    Value::NONE
}

fn scandir(vm: &Vm, args: &[Value]) -> PyResult {
    let folder = path(vm, "scandir", "path", &args[1], Allow::DescriptorOrNone)?;
    let left = RefCell::new(read_folder(vm, &folder)?.into_iter());
    let scan = Scan {
        folder,
        left,
        closed: Cell::new(false),
    };
    Ok(alloc(&vm.native_class(&SCAN), scan).into_value())
}

fn next(vm: &Vm, this: &Value) -> PyResult<Option<Value>> {
    let Some(scan) = this.payload::<Scan>() else {
        return Ok(None);
    };
    let Some(found) = scan.left.borrow_mut().next() else {
        scan.closed.set(true);
        return Ok(None);
    };
    let name = scan.folder.decode(vm, &found.name)?;
    let full = match scan.folder.fd {
        Some(_) => name.clone(),
        None if scan.folder.value.is_none() => {
            let full = [b"./", &found.name[..]].concat();
            scan.folder.decode(vm, &full)?
        }
        None => {
            let mut full = scan.folder.path.to_bytes().to_vec();
            if !full.is_empty() && !full.ends_with(b"/") {
                full.push(b'/');
            }
            full.extend(&found.name);
            scan.folder.decode(vm, &full)?
        }
    };
    let entry = Entry {
        name,
        path: full,
        folder: scan.folder.fd,
        kind: found.kind,
        inode: found.inode,
        followed: Slot::default(),
        own: Slot::default(),
    };
    Ok(Some(alloc(&vm.native_class(&ENTRY), entry).into_value()))
}

/// Payload of `os.DirEntry`.
struct Entry {
    name: Value,
    path: Value,
    /// The descriptor of the folder, if it was given by one.
    folder: Option<i32>,
    kind: FileType,
    inode: u64,
    /// What `stat()` found, kept for later calls.
    followed: Slot,
    /// The same without following a link.
    own: Slot,
}

impl Payload for Entry {
    const KIND: Kind = crate::kinds::DIR_ENTRY;
    const NAME: &'static str = "DirEntry";
    const COLLECTED: bool = false;
    const FIELDS: &'static [Field] = fields![
        "name" => name as Value,
        "path" => path as Value,
        "folder" => folder as Opaque,
        "kind" => kind as Opaque,
        "inode" => inode as Unsigned,
        "followed" => followed as Value,
        "own" => own as Value,
    ];

    fn traverse(&self, visitor: &mut Visitor<'_>) {
        visitor.value(&self.name);
        visitor.value(&self.path);
        visitor.slot(&self.followed);
        visitor.slot(&self.own);
    }
}

/// Declaration of `os.DirEntry`.
pub(super) static ENTRY: TypeSpec = TypeSpec {
    flags: class_flag::NO_INSTANTIATION,
    slots: TypeSlots {
        repr: Some(repr),
        ..TypeSlots::EMPTY
    },
    methods: &[
        MethodDef::bound(
            "is_symlink",
            "($self, /)",
            "Return True if the entry is a symbolic link; cached per entry.",
            |vm, args| {
                let entry = entry(vm, &args[0])?;
                match entry.kind {
                    FileType::Unknown => is_kind(vm, entry, false, FileType::Symlink),
                    kind => Ok(Value::bool(kind == FileType::Symlink)),
                }
            },
        ),
        MethodDef::bound(
            "is_junction",
            "($self, /)",
            "Return True if the entry is a junction; cached per entry.",
            |_, _| Ok(Value::FALSE),
        ),
        MethodDef::bound(
            "is_dir",
            "($self, /, *, follow_symlinks=True)",
            "Return True if the entry is a directory; cached per entry.",
            |vm, args| {
                let follow = flag(vm, &args[1], true)?;
                is_kind(vm, entry(vm, &args[0])?, follow, FileType::Directory)
            },
        ),
        MethodDef::bound(
            "is_file",
            "($self, /, *, follow_symlinks=True)",
            "Return True if the entry is a file; cached per entry.",
            |vm, args| {
                let follow = flag(vm, &args[1], true)?;
                is_kind(vm, entry(vm, &args[0])?, follow, FileType::RegularFile)
            },
        ),
        MethodDef::bound(
            "stat",
            "($self, /, *, follow_symlinks=True)",
            "Return stat_result object for the entry; cached per entry.",
            |vm, args| {
                let follow = flag(vm, &args[1], true)?;
                let entry = entry(vm, &args[0])?;
                let follow = follow && matches!(entry.kind, FileType::Symlink | FileType::Unknown);
                let place = if follow { &entry.followed } else { &entry.own };
                if let Some(known) = place.get() {
                    return Ok(known);
                }
                match look(vm, entry, follow)? {
                    Ok(found) => {
                        let result = status::result(vm, &found)?;
                        place.set(Some(result.clone()));
                        Ok(result)
                    }
                    Err(error) => {
                        Err(vm.raise_os_error(error.raw_os_error(), Some(&entry.path), None))
                    }
                }
            },
        ),
        MethodDef::bound(
            "inode",
            "($self, /)",
            "Return inode of the entry; cached per entry.",
            |vm, args| Ok(vm.int_u64(entry(vm, &args[0])?.inode)),
        ),
        MethodDef::bound(
            "__fspath__",
            "($self, /)",
            "Returns the path for the entry.",
            |vm, args| Ok(entry(vm, &args[0])?.path.clone()),
        ),
        MethodDef::bound(
            "__class_getitem__",
            "($type, object, /)",
            "See PEP 585",
            |vm, args| Ok(vm.generic_alias(&args[0], &args[1])),
        )
        .class_method(),
    ],
    getset: &[
        GetSetDef::read_only(
            "name",
            "the entry's base filename, relative to scandir() \"path\" argument",
            |vm, this| Ok(entry(vm, this)?.name.clone()),
        )
        .as_member(),
        GetSetDef::read_only(
            "path",
            "the entry's full path name; equivalent to os.path.join(scandir_path, entry.name)",
            |vm, this| Ok(entry(vm, this)?.path.clone()),
        )
        .as_member(),
    ],
    ..TypeSpec::of::<Entry>("posix.DirEntry")
};

fn entry<'a>(vm: &Vm, this: &'a Value) -> PyResult<&'a Entry> {
    this.payload::<Entry>()
        .ok_or_else(|| vm.type_error("a DirEntry is required"))
}

fn repr(vm: &Vm, this: &Value) -> PyResult {
    let name = vm.repr_string(&entry(vm, this)?.name)?;
    Ok(vm.str_value(&format!("<DirEntry {name}>")))
}

fn look(vm: &Vm, entry: &Entry, follow: bool) -> PyResult<rustix::io::Result<fs::Stat>> {
    let name = vm.fs_encode(&entry.path)?;
    let folder = match entry.folder {
        Some(fd) => descriptor(vm, fd)?,
        None => CWD,
    };
    let mut flags = AtFlags::empty();
    flags.set(AtFlags::SYMLINK_NOFOLLOW, !follow);
    Ok(fs::statat(folder, &*name, flags))
}

fn is_kind(vm: &Vm, entry: &Entry, follow: bool, wanted: FileType) -> PyResult {
    if !matches!(entry.kind, FileType::Unknown) && (entry.kind != FileType::Symlink || !follow) {
        return Ok(Value::bool(entry.kind == wanted));
    }
    match look(vm, entry, follow)? {
        Ok(found) => Ok(Value::bool(
            FileType::from_raw_mode(found.st_mode) == wanted,
        )),
        // A link to nowhere, or gone meanwhile.
        Err(Errno::NOENT) => Ok(Value::FALSE),
        Err(error) => Err(vm.raise_os_error(error.raw_os_error(), Some(&entry.path), None)),
    }
}
