//! `_struct`: packed binary data.

mod codec;
mod format;

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use heap::Visitor;
use runtime::modules::NativeModule;
use runtime::object::{
    Args, Dict, GetSetDef, Kind, MethodDef, Payload, Ref, TypeSlots, TypeSpec, Visit, alloc,
    class_flag,
};
use runtime::protocol::iterate::iter_self;
use runtime::types::module::Module;
use runtime::{PyResult, Raised, Value, Vm};

use crate::native::{fail_with, wrong_receiver};
use format::{Layout, parse, text_of};

/// The module.
pub static MODULE: NativeModule = NativeModule::new(
    "_struct",
    "Functions to convert between Python values and C structs.\n\
     Python bytes objects are used to hold the data representing the C struct\n\
     and also as format strings to describe the layout of data in the C struct.\n\n\
     The optional first format char indicates byte order, size and alignment:\n  \
     @: native order, size & alignment (default)\n  =: native order, std. size & alignment\n  \
     <: little-endian, std. size & alignment\n  >: big-endian, std. size & alignment\n  \
     !: same as >\n\nThe variable struct.error is an exception raised on errors.\n",
    &[
        MethodDef::bound(
            "_clearcache",
            "($module, /)",
            "Clear the internal cache.",
            |_, _| {
                LAYOUTS.with_borrow_mut(HashMap::clear);
                Ok(Value::NONE)
            },
        ),
        MethodDef::bound(
            "calcsize",
            "($module, format, /)",
            "Return size in bytes of the struct described by the format string.",
            |vm, args| Ok(vm.int_usize(layout_of(vm, &args[1])?.size)),
        ),
        MethodDef::raw(
            "pack",
            "",
            "pack(format, v1, v2, ...) -> bytes\n\n\
             Return a bytes object containing the values v1, v2, ... packed according\n\
             to the format string.  See help(struct) for more on format strings.",
            |vm, args| {
                no_keywords(vm, "pack", args)?;
                match &args.values[1..] {
                    [] => Err(vm.type_error("missing format argument")),
                    [format, values @ ..] => pack(vm, &*layout_of(vm, format)?, values),
                }
            },
        ),
        MethodDef::raw(
            "pack_into",
            "",
            "pack_into(format, buffer, offset, v1, v2, ...)\n\n\
             Pack the values v1, v2, ... according to the format string and write\n\
             the packed bytes into the writable buffer buf starting at offset.  Note\n\
             that the offset is a required argument.  See help(struct) for more\n\
             on format strings.",
            |vm, args| {
                no_keywords(vm, "pack_into", args)?;
                match &args.values[1..] {
                    [] => Err(vm.type_error("missing format argument")),
                    [format, rest @ ..] => pack_into(vm, &*layout_of(vm, format)?, rest),
                }
            },
        ),
        MethodDef::bound(
            "unpack",
            "($module, format, buffer, /)",
            "Return a tuple containing values unpacked according to the format string.\n\n\
             The buffer's size in bytes must be calcsize(format).\n\n\
             See help(struct) for more on format strings.",
            |vm, args| unpack(vm, &*layout_of(vm, &args[1])?, &args[2]),
        ),
        MethodDef::bound(
            "unpack_from",
            "($module, format, /, buffer, offset=0)",
            "Return a tuple containing values unpacked according to the format string.\n\n\
             The buffer's size, minus offset, must be at least calcsize(format).\n\n\
             See help(struct) for more on format strings.",
            |vm, args| unpack_from(vm, &*layout_of(vm, &args[1])?, &args[2], &args[3]),
        ),
        MethodDef::bound(
            "iter_unpack",
            "($module, format, buffer, /)",
            "Return an iterator yielding tuples unpacked from the given bytes.\n\n\
             The bytes are unpacked according to the format string, like\n\
             a repeated invocation of unpack_from().\n\n\
             Requires that the bytes length be a multiple of the format struct size.",
            |vm, args| iter_unpack(vm, layout_of(vm, &args[1])?, &args[2]),
        ),
    ],
)
.with_init(|vm: &Vm, _module: &Ref<Module>, namespace: &Ref<Dict>| {
    let error = vm.native_exception("struct", "error", &vm.types.exceptions.exception)?;
    vm.define(namespace, "error", error)?;
    vm.define(namespace, "Struct", vm.native_class(&STRUCT).into_value())
});

/// Raises `struct.error`.
#[cold]
fn error(vm: &Vm, message: &str) -> Raised {
    fail_with(vm, "struct", "error", message)
}

fn no_keywords(vm: &Vm, name: &str, args: Args<'_>) -> PyResult<()> {
    if args.names.is_empty() {
        return Ok(());
    }
    Err(vm.type_error(format!("_struct.{name}() takes no keyword arguments")))
}

/// Formats that are kept taken apart.
const MAX_LAYOUTS: usize = 100;

thread_local! {
    static LAYOUTS: RefCell<HashMap<Vec<u8>, Rc<Layout>>> = RefCell::default();
}

fn layout_of(vm: &Vm, format: &Value) -> PyResult<Rc<Layout>> {
    if let Some(s) = format.payload::<Struct>() {
        return Ok(s.layout.borrow().clone());
    }
    let text = text_of(vm, format)?;
    if let Some(known) = LAYOUTS.with_borrow(|known| known.get(&text).cloned()) {
        return Ok(known);
    }
    let layout = Rc::new(parse(vm, &text)?);
    LAYOUTS.with_borrow_mut(|known| {
        if known.len() >= MAX_LAYOUTS {
            known.clear();
        }
        known.insert(text, layout.clone());
    });
    Ok(layout)
}

fn check_count(vm: &Vm, layout: &Layout, function: &str, given: usize) -> PyResult<()> {
    if given == layout.values {
        return Ok(());
    }
    let wanted = layout.values;
    Err(error(
        vm,
        &format!("{function} expected {wanted} items for packing (got {given})"),
    ))
}

fn zeroed(vm: &Vm, size: usize) -> PyResult<Vec<u8>> {
    let mut bytes = Vec::new();
    if bytes.try_reserve_exact(size).is_err() {
        return Err(vm.memory_error());
    }
    bytes.resize(size, 0);
    Ok(bytes)
}

fn pack(vm: &Vm, layout: &Layout, values: &[Value]) -> PyResult {
    check_count(vm, layout, "pack", values.len())?;
    let mut small = [0; 64];
    if let Some(target) = small.get_mut(..layout.size) {
        codec::pack(vm, layout, values, target)?;
        return Ok(vm.bytes_value(target));
    }
    let mut bytes = zeroed(vm, layout.size)?;
    codec::pack(vm, layout, values, &mut bytes)?;
    Ok(vm.try_bytes(&bytes)?.into_value())
}

/// Where in a buffer an offset lies that may count from the end.
fn place(vm: &Vm, offset: isize, len: usize, size: usize, packing: bool) -> PyResult<usize> {
    let mut start = offset;
    if offset < 0 {
        if offset + size as isize > 0 {
            return Err(error(
                vm,
                &match packing {
                    true => format!("no space to pack {size} bytes at offset {offset}"),
                    false => format!("not enough data to unpack {size} bytes at offset {offset}"),
                },
            ));
        }
        start = offset + len as isize;
        if start < 0 {
            let message = format!("offset {offset} out of range for {len}-byte buffer");
            return Err(error(vm, &message));
        }
    }
    let start = start as usize;
    if len.saturating_sub(start) < size || start > len {
        let (function, verb) = match packing {
            true => ("pack_into", "packing"),
            false => ("unpack_from", "unpacking"),
        };
        return Err(error(
            vm,
            &format!(
                "{function} requires a buffer of at least {} bytes for {verb} {size} bytes at \
                 offset {start} (actual buffer size is {len})",
                start + size
            ),
        ));
    }
    Ok(start)
}

fn pack_into(vm: &Vm, layout: &Layout, args: &[Value]) -> PyResult {
    let (buffer, offset, values) = match args {
        [] => return Err(error(vm, "pack_into expected buffer argument")),
        [_] => return Err(error(vm, "pack_into expected offset argument")),
        [buffer, offset, values @ ..] => (buffer, offset, values),
    };
    check_count(vm, layout, "pack_into", values.len())?;
    let view = vm.buffer_mut(buffer).map_err(|raised| {
        drop(vm.take_exception(raised));
        vm.type_error(format!(
            "argument must be read-write bytes-like object, not {}",
            vm.class_name(buffer)
        ))
    })?;
    let offset = vm.index_isize(offset, &vm.types.exceptions.index_error)?;
    let start = place(vm, offset, view.len(), layout.size, true)?;
    let mut bytes = zeroed(vm, layout.size)?;
    codec::pack(vm, layout, values, &mut bytes)?;
    view.with_bytes_mut(|memory| {
        if let Some(target) = memory.get_mut(start..start + bytes.len()) {
            target.copy_from_slice(&bytes);
        }
    });
    Ok(Value::NONE)
}

fn unpack(vm: &Vm, layout: &Layout, buffer: &Value) -> PyResult {
    let wrong = || {
        error(
            vm,
            &format!("unpack requires a buffer of {} bytes", layout.size),
        )
    };
    if let Some(bytes) = buffer.payload::<runtime::object::Bytes>() {
        if bytes.len() != layout.size {
            return Err(wrong());
        }
        return codec::unpack(vm, layout, bytes);
    }
    let bytes = vm.copied_bytes(buffer)?;
    if bytes.len() != layout.size {
        return Err(wrong());
    }
    codec::unpack(vm, layout, &bytes)
}

fn unpack_from(vm: &Vm, layout: &Layout, buffer: &Value, offset: &Value) -> PyResult {
    let view = vm.buffer(buffer)?;
    let offset = match offset.given() {
        Some(offset) => vm.arg_ssize(offset)?,
        None => 0,
    };
    let start = place(vm, offset, view.len(), layout.size, false)?;
    let bytes = view.with_bytes(|memory| {
        memory
            .get(start..start + layout.size)
            .unwrap_or_default()
            .to_vec()
    });
    codec::unpack(vm, layout, &bytes)
}

fn iter_unpack(vm: &Vm, layout: Rc<Layout>, buffer: &Value) -> PyResult {
    let size = layout.size;
    if size == 0 {
        return Err(error(
            vm,
            "cannot iteratively unpack with a struct of length 0",
        ));
    }
    let view = vm.buffer(buffer)?;
    if view.len() % size != 0 {
        let message =
            format!("iterative unpacking requires a buffer of a multiple of {size} bytes");
        return Err(error(vm, &message));
    }
    let iterator = UnpackIterator {
        layout,
        buffer: RefCell::new(Some(view)),
        at: Cell::new(0),
    };
    Ok(alloc(&vm.native_class(&ITERATOR), iterator).into_value())
}

/// Payload of `Struct`.
struct Struct {
    layout: RefCell<Rc<Layout>>,
    text: RefCell<String>,
}

impl Payload for Struct {
    const KIND: Kind = crate::kinds::STRUCT;
    const NAME: &'static str = "_struct.Struct";
}

fn struct_of<'a>(vm: &Vm, this: &'a Value) -> PyResult<&'a Struct> {
    this.payload::<Struct>()
        .ok_or_else(|| wrong_receiver(vm, "_struct.Struct"))
}

fn own_layout(vm: &Vm, this: &Value) -> PyResult<Rc<Layout>> {
    Ok(struct_of(vm, this)?.layout.borrow().clone())
}

static STRUCT: TypeSpec = TypeSpec {
    doc: "Struct(fmt) --> compiled struct object\n\n",
    flags: class_flag::BASE_TYPE | class_flag::HAS_WEAKREFS,
    slots: TypeSlots {
        new: Some(|vm, class, args| {
            let empty = Struct {
                layout: RefCell::new(Rc::new(parse(vm, b"")?)),
                text: RefCell::default(),
            };
            let _ = args;
            Ok(alloc(class, empty).into_value())
        }),
        init: Some(|vm, this, args| {
            let bound = vm.bind_parameters("Struct", "(format)", args)?;
            let text = text_of(vm, &bound[0])?;
            let layout = Rc::new(parse(vm, &text)?);
            let own = struct_of(vm, this)?;
            *own.layout.borrow_mut() = layout;
            *own.text.borrow_mut() = text.iter().map(|&b| char::from(b)).collect();
            Ok(())
        }),
        ..TypeSlots::EMPTY
    },
    methods: &[
        MethodDef::bound(
            "iter_unpack",
            "($self, buffer, /)",
            "Return an iterator yielding tuples.\n\n\
             Tuples are unpacked from the given bytes source, like a repeated\n\
             invocation of unpack_from().\n\n\
             Requires that the bytes length be a multiple of the struct size.",
            |vm, args| iter_unpack(vm, own_layout(vm, &args[0])?, &args[1]),
        ),
        MethodDef::raw(
            "pack",
            "",
            "S.pack(v1, v2, ...) -> bytes\n\n\
             Return a bytes object containing values v1, v2, ... packed according\n\
             to the format string S.format.  See help(struct) for more on format\n\
             strings.",
            |vm, args| {
                no_keywords(vm, "Struct.pack", args)?;
                pack(vm, &*own_layout(vm, &args.values[0])?, &args.values[1..])
            },
        ),
        MethodDef::raw(
            "pack_into",
            "",
            "S.pack_into(buffer, offset, v1, v2, ...)\n\n\
             Pack the values v1, v2, ... according to the format string S.format\n\
             and write the packed bytes into the writable buffer buf starting at\n\
             offset.  Note that the offset is a required argument.  See\n\
             help(struct) for more on format strings.",
            |vm, args| {
                no_keywords(vm, "Struct.pack_into", args)?;
                pack_into(vm, &*own_layout(vm, &args.values[0])?, &args.values[1..])
            },
        ),
        MethodDef::bound(
            "unpack",
            "($self, buffer, /)",
            "Return a tuple containing unpacked values.\n\n\
             Unpack according to the format string Struct.format. The buffer's size\n\
             in bytes must be Struct.size.\n\nSee help(struct) for more on format strings.",
            |vm, args| unpack(vm, &*own_layout(vm, &args[0])?, &args[1]),
        ),
        MethodDef::bound(
            "unpack_from",
            "($self, /, buffer, offset=0)",
            "Return a tuple containing unpacked values.\n\n\
             Values are unpacked according to the format string Struct.format.\n\n\
             The buffer's size in bytes, starting at position offset, must be\n\
             at least Struct.size.\n\nSee help(struct) for more on format strings.",
            |vm, args| unpack_from(vm, &*own_layout(vm, &args[0])?, &args[1], &args[2]),
        ),
    ],
    getset: &[
        GetSetDef::read_only("format", "struct format string", |vm, this| {
            Ok(vm.str_value(&struct_of(vm, this)?.text.borrow()))
        }),
        GetSetDef::read_only("size", "struct size in bytes", |vm, this| {
            Ok(vm.int_usize(own_layout(vm, this)?.size))
        }),
    ],
    ..TypeSpec::of::<Struct>("_struct.Struct")
};

/// Payload of the iterator that `iter_unpack` gives.
struct UnpackIterator {
    layout: Rc<Layout>,
    buffer: RefCell<Option<runtime::object::buffer::BufferView>>,
    at: Cell<usize>,
}

impl Payload for UnpackIterator {
    const KIND: Kind = crate::kinds::STRUCT_ITERATOR;
    const NAME: &'static str = "_struct.unpack_iterator";

    fn traverse(&self, visitor: &mut Visitor<'_>) {
        if let Some(view) = self.buffer.borrow().as_ref() {
            visitor.value(view.owner());
        }
    }

    fn clear(&self) {
        drop(self.buffer.take());
    }
}

static ITERATOR: TypeSpec = TypeSpec {
    flags: class_flag::NO_INSTANTIATION,
    slots: TypeSlots {
        iter: Some(iter_self),
        iternext: Some(|vm, this| {
            let Some(iterator) = this.payload::<UnpackIterator>() else {
                return Ok(None);
            };
            let (at, size) = (iterator.at.get(), iterator.layout.size);
            let bytes = iterator.buffer.borrow().as_ref().and_then(|view| {
                view.with_bytes(|memory| memory.get(at..at + size).map(<[u8]>::to_vec))
            });
            let Some(bytes) = bytes else {
                drop(iterator.buffer.take());
                return Ok(None);
            };
            iterator.at.set(at + size);
            codec::unpack(vm, &iterator.layout, &bytes).map(Some)
        }),
        ..TypeSlots::EMPTY
    },
    methods: &[MethodDef::bound(
        "__length_hint__",
        "($self, /)",
        crate::native::LENGTH_HINT,
        |vm, args| {
            let Some(iterator) = args[0].payload::<UnpackIterator>() else {
                return Ok(Value::small_int(0));
            };
            let len = iterator
                .buffer
                .borrow()
                .as_ref()
                .map_or(0, |view| view.len());
            Ok(vm.int_usize(len.saturating_sub(iterator.at.get()) / iterator.layout.size))
        },
    )],
    ..TypeSpec::of::<UnpackIterator>("_struct.unpack_iterator")
};
