//! `mmap`: files as memory, and memory that processes share.
//!
//! The bytes themselves are a [`Mapping`]; this file has the type, its constructor and the module,
//! `subscript` what stands in brackets, `methods` the rest.

mod methods;
mod subscript;

use std::cell::Cell;

use runtime::modules::NativeModule;
use runtime::object::buffer::{BufferView, Memory};
use runtime::object::{
    Args, Class, Dict, GetSetDef, Kind, Payload, PyResult, Ref, TypeSlots, TypeSpec, Value, alloc,
    class_flag,
};
use runtime::types::module::Module;
use runtime::vm::mapping::{Mapping, Request};
use runtime::{Raised, Vm};

use crate::native::wrong_receiver;

/// The module.
pub static MODULE: NativeModule = NativeModule::new("mmap", "", &[]).with_init(init);

/// Who may write, and where to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Access {
    /// As flags and protection say.
    Default,
    Read,
    Write,
    /// Changes stay in this process.
    Copy,
}

impl Access {
    fn name(self) -> &'static str {
        match self {
            Access::Default => "ACCESS_DEFAULT",
            Access::Read => "ACCESS_READ",
            Access::Write => "ACCESS_WRITE",
            Access::Copy => "ACCESS_COPY",
        }
    }
}

/// Payload of `mmap.mmap`.
pub(super) struct Map {
    bytes: Mapping,
    access: Access,
    position: Cell<usize>,
}

impl Payload for Map {
    const KIND: Kind = crate::kinds::MMAP;
    const NAME: &'static str = "mmap.mmap";
    const COLLECTED: bool = false;
}

const DOC: &str = "mmap(fileno, length[, flags[, prot[, access[, offset]]]])\n\n\
    Maps length bytes of a file, whose descriptor is fileno, into memory; all of it if length is 0.\n\
    With -1 for fileno it is fresh memory. With MAP_SHARED, which is usual, other processes see\n\
    changes, with MAP_PRIVATE they do not.";

/// Declaration of `mmap.mmap`.
static MMAP: TypeSpec = TypeSpec {
    doc: DOC,
    flags: class_flag::BASE_TYPE | class_flag::HAS_WEAKREFS,
    slots: TypeSlots {
        new: Some(new),
        repr: Some(repr),
        sq_length: Some(|vm, this| Ok(open_map(vm, this)?.bytes.len())),
        sq_item: Some(subscript::item),
        sq_ass_item: Some(subscript::assign_item),
        mp_length: Some(|vm, this| Ok(open_map(vm, this)?.bytes.len())),
        mp_subscript: Some(subscript::get),
        mp_ass_subscript: Some(subscript::assign),
        buffer: Some(|vm, this, _| {
            let map = open_map(vm, this)?;
            let memory = Memory::Mapped(|value| Some(&value.payload::<Map>()?.bytes));
            Ok(BufferView::new(this, memory, map.access == Access::Read))
        }),
        ..TypeSlots::EMPTY
    },
    methods: methods::METHODS,
    getset: &[GetSetDef::read_only("closed", "", |vm, this| {
        Ok(Value::bool(!map_of(vm, this)?.bytes.is_open()))
    })],
    ..TypeSpec::of::<Map>("mmap.mmap")
};

fn map_of<'a>(vm: &Vm, this: &'a Value) -> PyResult<&'a Map> {
    this.payload::<Map>()
        .ok_or_else(|| wrong_receiver(vm, "mmap.mmap"))
}

/// The map that a receiver is; an error if it was closed.
pub(super) fn open_map<'a>(vm: &Vm, this: &'a Value) -> PyResult<&'a Map> {
    let map = map_of(vm, this)?;
    check_open(vm, map)?;
    Ok(map)
}

/// Converting arguments may have closed it.
pub(super) fn check_open(vm: &Vm, map: &Map) -> PyResult<()> {
    match map.bytes.is_open() {
        true => Ok(()),
        false => Err(vm.value_error("mmap closed or invalid")),
    }
}

/// An error if it is not to be written to.
pub(super) fn check_writable(vm: &Vm, map: &Map) -> PyResult<()> {
    match map.access {
        Access::Read => Err(vm.type_error("mmap can't modify a readonly memory map.")),
        _ => Ok(()),
    }
}

/// An error of the system's.
pub(super) fn system_error(vm: &Vm, errno: i32) -> Raised {
    vm.raise_os_error(errno, None, None)
}

fn new(vm: &Vm, class: &Ref<Class>, args: Args<'_>) -> PyResult {
    let args = vm.bind_parameters(
        "",
        "(fileno, length, flags=MAP_SHARED, prot=PROT_WRITE|PROT_READ, access=ACCESS_DEFAULT, \
         offset=0)",
        args,
    )?;
    let optional = |place: usize, default: i32| match args[place].given() {
        Some(value) => vm.arg_int(value),
        None => Ok(default),
    };
    let both = libc::PROT_WRITE | libc::PROT_READ;
    let fd = vm.arg_int(&args[0])?;
    let length = vm.arg_ssize(&args[1])?;
    let (flags, protection) = (optional(2, libc::MAP_SHARED)?, optional(3, both)?);
    let access = optional(4, 0)?;
    let offset = match args[5].given() {
        Some(value) => vm.arg_long(value)?,
        None => 0,
    };
    let Ok(length) = usize::try_from(length) else {
        return Err(vm.overflow_error("memory mapped length must be positive"));
    };
    if offset < 0 {
        return Err(vm.overflow_error("memory mapped offset must be positive"));
    }
    if access != 0 && (flags != libc::MAP_SHARED || protection != both) {
        return Err(vm.value_error("mmap can't specify both access and flags, prot."));
    }
    let (access, flags, protection) = match access {
        0 => (access_of(protection), flags, protection),
        1 => (Access::Read, libc::MAP_SHARED, libc::PROT_READ),
        2 => (Access::Write, libc::MAP_SHARED, both),
        3 => (Access::Copy, libc::MAP_PRIVATE, both),
        _ => return Err(vm.value_error("mmap invalid access parameter.")),
    };
    vm.audit(
        "mmap.__new__",
        &[
            vm.int(fd.into()),
            vm.int_usize(length),
            args[4].given().cloned().unwrap_or_else(|| vm.int(0)),
            vm.int(offset),
        ],
    )?;
    let request = Request {
        fd,
        len: length_in_file(vm, fd, length, offset)?,
        offset,
        flags,
        protection,
    };
    match Mapping::new(&request) {
        Ok(bytes) => {
            let map = Map {
                bytes,
                access,
                position: Cell::new(0),
            };
            Ok(alloc(class, map).into_value())
        }
        Err(errno) => Err(system_error(vm, errno)),
    }
}

/// What a protection allows.
fn access_of(protection: i32) -> Access {
    let has = |right: i32| protection & right != 0;
    match (has(libc::PROT_READ), has(libc::PROT_WRITE)) {
        (true, true) => Access::Default,
        (false, true) => Access::Write,
        (_, false) => Access::Read,
    }
}

/// The length to map: 0 stands for the rest of a regular file, and none may reach beyond it.
fn length_in_file(vm: &Vm, fd: i32, length: usize, offset: i64) -> PyResult<usize> {
    if fd == -1 {
        return Ok(length);
    }
    let status = runtime::vm::mapping::file_length(fd).map_err(|errno| system_error(vm, errno))?;
    let Some(size) = status else {
        return Ok(length);
    };
    let offset = offset as u64;
    if length == 0 {
        if size == 0 {
            return Err(vm.value_error("cannot mmap an empty file"));
        }
        if offset >= size {
            return Err(vm.value_error("mmap offset is greater than file size"));
        }
        return usize::try_from(size - offset)
            .map_err(|_| vm.value_error("mmap length is too large"));
    }
    if offset > size || size - offset < length as u64 {
        return Err(vm.value_error("mmap length is greater than file size"));
    }
    Ok(length)
}

fn repr(vm: &Vm, this: &Value) -> PyResult {
    let map = map_of(vm, this)?;
    let name = vm.class_name(this);
    Ok(vm.str_value(&match map.bytes.is_open() {
        true => format!(
            "<{name} closed=False, access={}, length={}, pos={}, offset={}>",
            map.access.name(),
            map.bytes.len(),
            map.position.get(),
            map.bytes.offset()
        ),
        false => format!("<{name} closed=True>"),
    }))
}

fn init(vm: &Vm, _module: &Ref<Module>, namespace: &Ref<Dict>) -> PyResult<()> {
    vm.define(namespace, "mmap", vm.native_class(&MMAP).into_value())?;
    vm.define(
        namespace,
        "error",
        vm.types.exceptions.os_error.as_value().clone(),
    )?;
    let page = runtime::vm::mapping::page_size();
    for name in ["PAGESIZE", "ALLOCATIONGRANULARITY"] {
        vm.define(namespace, name, vm.int_usize(page))?;
    }
    for (name, value) in CONSTANTS {
        vm.define(namespace, name, vm.int((*value).into()))?;
    }
    Ok(())
}

const CONSTANTS: &[(&str, i32)] = &[
    ("ACCESS_DEFAULT", 0),
    ("ACCESS_READ", 1),
    ("ACCESS_WRITE", 2),
    ("ACCESS_COPY", 3),
    ("PROT_EXEC", libc::PROT_EXEC),
    ("PROT_READ", libc::PROT_READ),
    ("PROT_WRITE", libc::PROT_WRITE),
    ("MAP_SHARED", libc::MAP_SHARED),
    ("MAP_PRIVATE", libc::MAP_PRIVATE),
    ("MAP_DENYWRITE", libc::MAP_DENYWRITE),
    ("MAP_EXECUTABLE", libc::MAP_EXECUTABLE),
    ("MAP_ANON", libc::MAP_ANON),
    ("MAP_ANONYMOUS", libc::MAP_ANONYMOUS),
    ("MAP_POPULATE", libc::MAP_POPULATE),
    ("MAP_STACK", libc::MAP_STACK),
    ("MADV_NORMAL", libc::MADV_NORMAL),
    ("MADV_RANDOM", libc::MADV_RANDOM),
    ("MADV_SEQUENTIAL", libc::MADV_SEQUENTIAL),
    ("MADV_WILLNEED", libc::MADV_WILLNEED),
    ("MADV_DONTNEED", libc::MADV_DONTNEED),
    ("MADV_REMOVE", libc::MADV_REMOVE),
    ("MADV_DONTFORK", libc::MADV_DONTFORK),
    ("MADV_DOFORK", libc::MADV_DOFORK),
    ("MADV_HWPOISON", libc::MADV_HWPOISON),
    ("MADV_MERGEABLE", libc::MADV_MERGEABLE),
    ("MADV_UNMERGEABLE", libc::MADV_UNMERGEABLE),
    ("MADV_HUGEPAGE", libc::MADV_HUGEPAGE),
    ("MADV_NOHUGEPAGE", libc::MADV_NOHUGEPAGE),
    ("MADV_DONTDUMP", libc::MADV_DONTDUMP),
    ("MADV_DODUMP", libc::MADV_DODUMP),
    ("MADV_FREE", libc::MADV_FREE),
];
