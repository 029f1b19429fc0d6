//! `memoryview.cast`.

use std::borrow::Cow;

use smallvec::SmallVec;

use super::item::native_format;
use super::view_of;
use crate::object::{List, PyResult, Str, Tuple, Value};
use crate::vm::Vm;

const MAX_DIMENSIONS: usize = 64;

/// `memoryview.cast(format, shape)`
pub fn cast(vm: &Vm, args: &[Value]) -> PyResult {
    let Some(format) = args[1].as_ref_to::<Str>() else {
        // A released view is told first.
        view_of(vm, &args[0])?;
        return Err(vm.type_error(format!(
            "cast() argument 'format' must be str, not {}",
            vm.argument_type(&args[1])
        )));
    };
    let mut view = view_of(vm, &args[0])?;
    if !view.is_c_contiguous() {
        return Err(vm.type_error("memoryview: casts are restricted to C-contiguous views"));
    }
    let shape = args[2].given();
    if (shape.is_some() || view.shape.len() != 1) && view.shape.contains(&0) {
        return Err(vm.type_error("memoryview: cannot cast view with zeros in shape or strides"));
    }
    let shape = shape.map(|shape| shape_items(vm, shape)).transpose()?;
    if let Some(shape) = &shape {
        if shape.len() > MAX_DIMENSIONS {
            return Err(vm.value_error(format!(
                "memoryview: number of dimensions must not exceed {MAX_DIMENSIONS}"
            )));
        }
        if view.shape.len() != 1 && shape.len() != 1 {
            return Err(vm.type_error("memoryview: cast must be 1D -> ND or ND -> 1D"));
        }
    }
    if !format.is_ascii() {
        // The format is read as ASCII, whose error this is.
        let ascii = vm.str_value("ascii");
        crate::types::codecs::encode_text(vm, format, ascii.as_ref_to(), None)?;
    }
    let text = format.to_display();
    let Some((source, _)) = native_format(&view.format) else {
        return Err(vm.value_error(
            "memoryview: source format must be a native single character format prefixed with \
             an optional '@'",
        ));
    };
    let Some((code, size)) = native_format(&text) else {
        return Err(vm.value_error(
            "memoryview: destination format must be a native single character format prefixed \
             with an optional '@'",
        ));
    };
    let bytes = |code: u8| matches!(code, b'b' | b'B' | b'c');
    if !bytes(source) && !bytes(code) {
        return Err(vm.type_error("memoryview: cannot cast between two non-byte formats"));
    }
    let len = view.len();
    if len % size != 0 {
        return Err(vm.type_error("memoryview: length is not a multiple of itemsize"));
    }
    view.itemsize = size;
    view.format = Cow::Owned(text.into_owned());
    view.shape = SmallVec::from_slice(&[len / size]);
    if let Some(shape) = shape {
        view.shape = dimensions(vm, &shape)?;
        let product = view
            .shape
            .iter()
            .try_fold(size, |all, &n| all.checked_mul(n));
        let fits = product.filter(|&product| product <= isize::MAX as usize);
        let Some(product) = fits else {
            return Err(vm.value_error("memoryview.cast(): product(shape) > SSIZE_MAX"));
        };
        if product != len {
            return Err(vm.type_error("memoryview: product(shape) * itemsize != buffer size"));
        }
    }
    let mut stride = size as isize;
    let mut strides: SmallVec<[isize; 2]> = SmallVec::new();
    for &count in view.shape.iter().rev() {
        strides.push(stride);
        stride = stride.saturating_mul(count as isize);
    }
    strides.reverse();
    view.strides = strides;
    Ok(vm.memoryview(view))
}

fn shape_items(vm: &Vm, shape: &Value) -> PyResult<Vec<Value>> {
    if let Some(list) = shape.payload::<List>() {
        return Ok(list.to_vec());
    }
    match shape.payload::<Tuple>() {
        Some(tuple) => Ok(tuple.to_vec()),
        None => Err(vm.type_error("shape must be a list or a tuple")),
    }
}

fn dimensions(vm: &Vm, shape: &[Value]) -> PyResult<SmallVec<[usize; 2]>> {
    let mut sizes = SmallVec::new();
    for item in shape {
        if !item.is_int() {
            return Err(vm.type_error("memoryview.cast(): elements of shape must be integers"));
        }
        match usize::try_from(vm.arg_ssize(item)?) {
            Ok(size @ 1..) => sizes.push(size),
            _ => {
                return Err(
                    vm.value_error("memoryview.cast(): elements of shape must be integers > 0")
                );
            }
        }
    }
    Ok(sizes)
}
