//! Methods and attributes of memoryview.

use super::{MemoryView, item, view_of, with_view};
use crate::object::buffer::BufferView;
use crate::object::{Args, GetSetDef, MethodDef, PyResult, Ref, Str, Value};
use crate::vm::Vm;

/// The methods.
#[rustfmt::skip]
pub const METHODS: &[MethodDef] = &[
    MethodDef::bound("release", "($self, /)", "Release the underlying buffer exposed by the memoryview object.", release),
    MethodDef::bound("cast", "($self, /, format, shape=<unrepresentable>)", "Cast a memoryview to a new format or shape.", super::cast::cast),
    MethodDef::bound("toreadonly", "($self, /)", "Return a readonly version of the memoryview.", toreadonly),
    MethodDef::bound("tobytes", "($self, /, order='C')", "Return the data in the buffer as a byte string.\n\nOrder can be {'C', 'F', 'A'}. When order is 'C' or 'F', the data of the\noriginal array is converted to C or Fortran order. For contiguous views,\n'A' returns an exact copy of the physical memory. In particular, in-memory\nFortran order is preserved. For non-contiguous views, the data is converted\nto C first. order=None is the same as order='C'.", tobytes),
    MethodDef::bound("tolist", "($self, /)", "Return the data in the buffer as a list of elements.", tolist),
    MethodDef::bound("hex", "($self, /, sep=<unrepresentable>, bytes_per_sep=1)", "Return the data in the buffer as a str of hexadecimal numbers.\n\n  sep\n    An optional single character or byte to separate hex bytes.\n  bytes_per_sep\n    How many bytes between separators.  Positive values count from the\n    right, negative values count from the left.\n\nExample:\n>>> value = memoryview(b'\\xb9\\x01\\xef')\n>>> value.hex()\n'b901ef'\n>>> value.hex(':')\n'b9:01:ef'\n>>> value.hex(':', 2)\n'b9:01ef'\n>>> value.hex(':', -2)\n'b901:ef'", hex),
    MethodDef::bound("__enter__", "($self, /)", "", enter).unsigned(),
    MethodDef::raw("__exit__", "", "", exit),
    MethodDef::bound("_from_flags", "($type, /, object, flags)", "Create a new memoryview object which references the given object.", from_flags).class_method(),
];

/// The attributes.
#[rustfmt::skip]
pub const GETSET: &[GetSetDef] = &[
    GetSetDef::read_only("obj", "The underlying object of the memoryview.", obj),
    GetSetDef::read_only("nbytes", "The amount of space in bytes that the array would use in\n a contiguous representation.", nbytes),
    GetSetDef::read_only("readonly", "A bool indicating whether the memory is read only.", readonly),
    GetSetDef::read_only("itemsize", "The size in bytes of each element of the memoryview.", itemsize),
    GetSetDef::read_only("format", "A string containing the format (in struct module style)\n for each element in the view.", format),
    GetSetDef::read_only("ndim", "An integer indicating how many dimensions of a multi-dimensional\n array the memory represents.", ndim),
    GetSetDef::read_only("shape", "A tuple of ndim integers giving the shape of the memory\n as an N-dimensional array.", shape),
    GetSetDef::read_only("strides", "A tuple of ndim integers giving the size in bytes to access\n each element for each dimension of the array.", strides),
    GetSetDef::read_only("suboffsets", "A tuple of integers used internally for PIL-style arrays.", suboffsets),
    GetSetDef::read_only("c_contiguous", "A bool indicating whether the memory is C contiguous.", c_contiguous),
    GetSetDef::read_only("f_contiguous", "A bool indicating whether the memory is Fortran contiguous.", f_contiguous),
    GetSetDef::read_only("contiguous", "A bool indicating whether the memory is contiguous.", contiguous),
];

fn release(vm: &Vm, args: &[Value]) -> PyResult {
    let lent = args[0].payload::<MemoryView>().map_or(0, |p| p.lent.get());
    if lent > 0 {
        return Err(vm.buffer_error(format!(
            "memoryview has {lent} exported buffer{}",
            if lent == 1 { "" } else { "s" }
        )));
    }
    let view = args[0]
        .payload::<MemoryView>()
        .and_then(|p| p.view.borrow_mut().take());
    drop(view);
    Ok(Value::NONE)
}

fn enter(vm: &Vm, args: &[Value]) -> PyResult {
    with_view(vm, &args[0], |_| ())?;
    Ok(args[0].clone())
}

fn exit(vm: &Vm, args: Args<'_>) -> PyResult {
    release(vm, args.values)
}

fn from_flags(vm: &Vm, args: &[Value]) -> PyResult {
    let flags = vm.arg_int(&args[2])?;
    let value = super::from_object(vm, &args[1])?;
    if flags & 1 != 0 && view_of(vm, &value)?.readonly {
        return Err(vm.buffer_error("Object is not writable."));
    }
    Ok(value)
}

fn toreadonly(vm: &Vm, args: &[Value]) -> PyResult {
    let mut view = view_of(vm, &args[0])?;
    view.readonly = true;
    Ok(vm.memoryview(view))
}

fn tobytes(vm: &Vm, args: &[Value]) -> PyResult {
    let order = match args[1].given_not_none() {
        None => "C".to_owned(),
        Some(order) => match order.as_ref_to::<Str>() {
            Some(order) => {
                vm.check_utf8(order)?;
                order.to_display().into_owned()
            }
            None => {
                return Err(vm.type_error(format!(
                    "tobytes() argument 'order' must be str or None, not {}",
                    vm.class_name(order)
                )));
            }
        },
    };
    if !matches!(&order[..], "C" | "F" | "A") {
        return Err(vm.value_error("order must be 'C', 'F' or 'A'"));
    }
    let view = view_of(vm, &args[0])?;
    vm.check_room(
        view.len()
            .saturating_mul(if view.is_c_contiguous() { 1 } else { 16 }),
    )?;
    let fortran = order == "F" || order == "A" && view.is_f_contiguous() && !view.is_c_contiguous();
    let bytes = if fortran {
        let mut reversed = view.clone();
        reversed.shape.reverse();
        reversed.strides.reverse();
        reversed.to_vec()
    } else {
        view.to_vec()
    };
    vm.try_bytes(&bytes).map(Ref::into_value)
}

fn tolist(vm: &Vm, args: &[Value]) -> PyResult {
    let view = view_of(vm, &args[0])?;
    let Some((code, size)) = item::native_format(&view.format) else {
        return Err(item::not_supported(vm, &view.format));
    };
    // The items take more than the bytes, and not all of it can be refused.
    vm.check_room(view.len().saturating_mul(16))?;
    let bytes = view.to_vec();
    let mut items = bytes.chunks_exact(size);
    nested(vm, &view.shape, &mut || match items.next() {
        Some(bytes) => item::unpack(vm, code, bytes),
        None => Ok(Value::NONE),
    })
}

fn nested(vm: &Vm, shape: &[usize], next: &mut dyn FnMut() -> PyResult) -> PyResult {
    let Some((&count, inner)) = shape.split_first() else {
        return next();
    };
    let mut items = Vec::new();
    for _ in 0..count {
        items.push(nested(vm, inner, next)?);
    }
    vm.list_from(items).map(Ref::into_value)
}

fn hex(vm: &Vm, args: &[Value]) -> PyResult {
    with_view(vm, &args[0], |_| ())?;
    let read = || with_view(vm, &args[0], BufferView::to_vec);
    crate::types::bytes::hex::hex_str(vm, read, &args[1], &args[2])
}

fn obj(vm: &Vm, this: &Value) -> PyResult {
    with_view(vm, this, |view| view.owner().clone())
}

fn nbytes(vm: &Vm, this: &Value) -> PyResult {
    with_view(vm, this, |view| Value::small_int(view.len() as i64))
}

fn readonly(vm: &Vm, this: &Value) -> PyResult {
    with_view(vm, this, |view| Value::bool(view.readonly))
}

fn itemsize(vm: &Vm, this: &Value) -> PyResult {
    with_view(vm, this, |view| Value::small_int(view.itemsize as i64))
}

fn format(vm: &Vm, this: &Value) -> PyResult {
    with_view(vm, this, |view| vm.str_value(&view.format))
}

fn ndim(vm: &Vm, this: &Value) -> PyResult {
    with_view(vm, this, |view| Value::small_int(view.shape.len() as i64))
}

fn shape(vm: &Vm, this: &Value) -> PyResult {
    with_view(vm, this, |view| {
        vm.tuple_value(view.shape.iter().map(|&n| Value::small_int(n as i64)))
    })
}

fn strides(vm: &Vm, this: &Value) -> PyResult {
    with_view(vm, this, |view| {
        vm.tuple_value(view.strides.iter().map(|&n| vm.int(n as i64)))
    })
}

fn suboffsets(vm: &Vm, this: &Value) -> PyResult {
    with_view(vm, this, |_| vm.tuple_value([]))
}

fn c_contiguous(vm: &Vm, this: &Value) -> PyResult {
    with_view(vm, this, |view| Value::bool(view.is_c_contiguous()))
}

fn f_contiguous(vm: &Vm, this: &Value) -> PyResult {
    with_view(vm, this, |view| Value::bool(view.is_f_contiguous()))
}

fn contiguous(vm: &Vm, this: &Value) -> PyResult {
    with_view(vm, this, |view| {
        Value::bool(view.is_c_contiguous() || view.is_f_contiguous())
    })
}
