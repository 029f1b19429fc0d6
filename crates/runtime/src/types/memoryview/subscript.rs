//! Items and slices of a memoryview.

use smallvec::SmallVec;

use super::{item, view_of, with_view};
use crate::object::buffer::{BufferView, load_word};
use crate::object::{PyResult, Raised, Tuple, Value};
use crate::types::slice::Slice;
use crate::vm::Vm;

/// What a subscript asks for.
enum Key {
    /// The item at this offset in the owner's memory.
    Item(usize),
    /// A part of the first dimension.
    Part(Box<BufferView>),
    /// The view itself (`...` of a view without dimensions).
    Whole,
}

#[cold]
fn invalid_key(vm: &Vm) -> Raised {
    vm.type_error("memoryview: invalid slice key")
}

fn is_index(vm: &Vm, value: &Value) -> bool {
    value.as_small_int().is_some() || vm.class_of(value).slots().nb_index.is_some()
}

/// Where the items of a view lie. Unlike the view itself it is no export, so that indices may release the view.
struct Geometry {
    start: isize,
    shape: SmallVec<[usize; 2]>,
    strides: SmallVec<[isize; 2]>,
}

impl Geometry {
    fn of(view: &BufferView) -> Geometry {
        Geometry {
            start: view.start,
            shape: view.shape.clone(),
            strides: view.strides.clone(),
        }
    }
}

/// ValueError after `release()`.
fn check_alive(vm: &Vm, this: &Value) -> PyResult<()> {
    with_view(vm, this, |_| ())
}

/// The offset of place `index` in dimension `dimension`.
fn offset(vm: &Vm, view: &Geometry, dimension: usize, index: isize) -> PyResult<isize> {
    let len = view.shape[dimension] as isize;
    let place = if index < 0 {
        index.saturating_add(len)
    } else {
        index
    };
    if place < 0 || place >= len {
        return Err(vm.index_error(format!(
            "index out of bounds on dimension {}",
            dimension + 1
        )));
    }
    Ok(place * view.strides[dimension])
}

/// Reads a key.  `assigning` decides the wording of what is not implemented.
fn resolve(vm: &Vm, this: &Value, key: &Value, assigning: bool) -> PyResult<Key> {
    let view = with_view(vm, this, Geometry::of)?;
    let dimensions = view.shape.len();
    let tuple = key.payload::<Tuple>().map(Tuple::as_slice);
    if dimensions == 0 {
        if tuple.is_some_and(<[Value]>::is_empty) {
            return Ok(Key::Item(view.start as usize));
        }
        if key.is(&Value::ELLIPSIS) {
            return Ok(if assigning {
                Key::Item(view.start as usize)
            } else {
                Key::Whole
            });
        }
        return Err(vm.type_error("invalid indexing of 0-dim memory"));
    }
    if is_index(vm, key) {
        if dimensions > 1 {
            if !assigning {
                vm.index_isize(key, &vm.types.exceptions.index_error)?;
            }
            return Err(vm.not_implemented_error(if assigning {
                "sub-views are not implemented"
            } else {
                "multi-dimensional sub-views are not implemented"
            }));
        }
        let index = vm.index_isize(key, &vm.types.exceptions.index_error)?;
        if !assigning {
            check_alive(vm, this)?;
        }
        return Ok(Key::Item(
            (view.start + offset(vm, &view, 0, index)?) as usize,
        ));
    }
    if key.payload::<Slice>().is_some() {
        if assigning && dimensions > 1 {
            return Err(restricted(vm));
        }
        // What is read from stays exported while the bounds are asked for; what is written to does not.
        let held = if assigning {
            None
        } else {
            Some(view_of(vm, this)?)
        };
        let Some(range) = vm.slice_range(key, || view.shape[0])? else {
            return Err(invalid_key(vm));
        };
        let mut part = held.map_or_else(|| view_of(vm, this), Ok)?;
        if range.count > 0 {
            part.start += range.start * part.strides[0];
        }
        part.shape[0] = range.count;
        part.strides[0] = part.strides[0].saturating_mul(range.step);
        return Ok(Key::Part(Box::new(part)));
    }
    let Some(keys) = tuple else {
        return Err(invalid_key(vm));
    };
    if !keys.is_empty() && keys.iter().all(|k| k.payload::<Slice>().is_some()) {
        if assigning {
            return Err(restricted(vm));
        }
        return Err(vm.not_implemented_error("multi-dimensional slicing is not implemented"));
    }
    if !keys.iter().all(|k| is_index(vm, k)) {
        return Err(invalid_key(vm));
    }
    if keys.len() < dimensions {
        return Err(vm.not_implemented_error("sub-views are not implemented"));
    }
    if keys.len() > dimensions {
        return Err(vm.type_error(format!(
            "cannot index {dimensions}-dimension view with {}-element tuple",
            keys.len()
        )));
    }
    let mut at = view.start;
    for (dimension, key) in keys.iter().enumerate() {
        let index = vm.index_isize(key, &vm.types.exceptions.index_error)?;
        at += offset(vm, &view, dimension, index)?;
    }
    if !assigning {
        check_alive(vm, this)?;
    }
    Ok(Key::Item(at as usize))
}

#[cold]
fn restricted(vm: &Vm) -> Raised {
    vm.not_implemented_error("memoryview slice assignments are currently restricted to ndim = 1")
}

/// The value of the item at an offset in the owner's memory.
fn read(vm: &Vm, this: &Value, at: usize) -> PyResult {
    let mut bytes = [0u8; 8];
    let found = with_view(vm, this, |view| {
        let Some((code, size)) = item::native_format(&view.format) else {
            return Err(view.format.to_string());
        };
        view.with_memory(|memory| {
            if let Some(item) = memory.get(at..at + size) {
                bytes[..size].copy_from_slice(item);
            }
        });
        Ok((code, size))
    })?;
    match found {
        Ok((code, size)) => item::unpack(vm, code, &bytes[..size]),
        Err(format) => Err(item::not_supported(vm, &format)),
    }
}

/// `view[i]` with an index that is not negative.
pub fn item(vm: &Vm, this: &Value, index: isize) -> PyResult {
    let dimensions = with_view(vm, this, |view| view.shape.len())?;
    if dimensions != 1 {
        return get(vm, this, &Value::small_int(index as i64));
    }
    if index < 0 {
        return Err(vm.index_error("index out of bounds on dimension 1"));
    }
    let at = with_view(vm, this, |view| {
        let view = Geometry::of(view);
        Ok::<_, Raised>(view.start + offset(vm, &view, 0, index)?)
    })??;
    read(vm, this, at as usize)
}

/// `view[key]`
pub fn get(vm: &Vm, this: &Value, key: &Value) -> PyResult {
    let plain = with_view(vm, this, |view| {
        let (at, code, size) = plain_place(view, key)?;
        let mut word = None;
        view.with_memory(|memory| word = memory.get(at..at + size).map(load_word));
        Some((code, word?))
    })?;
    if let Some((code, word)) = plain {
        return Ok(item::unpack_word(vm, code, word));
    }
    match resolve(vm, this, key, false)? {
        Key::Item(at) => read(vm, this, at),
        Key::Part(part) => Ok(vm.memoryview(*part)),
        Key::Whole => Ok(this.clone()),
    }
}

/// Where an item of a native format lies, and that, if the view has one dimension and the key is a number in it.
fn plain_place(view: &BufferView, key: &Value) -> Option<(usize, u8, usize)> {
    let (&[len], &[stride]) = (view.shape.as_slice(), view.strides.as_slice()) else {
        return None;
    };
    let index = key.as_small_int()?;
    let len = len as i64;
    let place = if index < 0 { index + len } else { index };
    let (code, size) = item::native_format(&view.format).filter(|(code, _)| *code != b'c')?;
    (0..len).contains(&place).then(|| {
        let at = view.start + place as isize * stride;
        (at as usize, code, size)
    })
}

/// Writes a value as the item at an offset in the owner's memory.
fn put(vm: &Vm, this: &Value, at: usize, format: (u8, usize), value: &Value) -> PyResult<()> {
    let (code, size) = format;
    let bytes = item::pack(vm, code, size, value)?;
    with_view(vm, this, |view| {
        view.with_memory_mut(|memory| {
            if let Some(place) = memory.get_mut(at..at + size) {
                place.copy_from_slice(&bytes[..size]);
            }
        });
    })
}

/// `view[key] = value`
pub fn set(vm: &Vm, this: &Value, key: &Value, value: Option<&Value>) -> PyResult<()> {
    let (readonly, native) = with_view(vm, this, |v| (v.readonly, item::native_format(&v.format)))?;
    if readonly {
        return Err(vm.type_error("cannot modify read-only memory"));
    }
    let Some(value) = value else {
        return Err(vm.type_error("cannot delete memory"));
    };
    let Some((code, size)) = native else {
        let format = with_view(vm, this, |v| v.format.to_string())?;
        return Err(item::not_supported(vm, &format));
    };
    if value.as_small_int().is_some()
        && let Some((at, ..)) = with_view(vm, this, |view| plain_place(view, key))?
    {
        return put(vm, this, at, (code, size), value);
    }
    // The source of a slice is asked for its memory first.
    let source = match key.payload::<Slice>() {
        Some(_) if with_view(vm, this, |view| view.shape.len())? == 1 => {
            Some(vm.buffer_any(value)?)
        }
        _ => None,
    };
    match resolve(vm, this, key, true)? {
        Key::Item(at) => put(vm, this, at, (code, size), value),
        Key::Part(part) => match source {
            Some(source) => assign_part(vm, &part, &source),
            None => Ok(()),
        },
        Key::Whole => Ok(()),
    }
}

fn assign_part(vm: &Vm, part: &BufferView, source: &BufferView) -> PyResult<()> {
    let plain = |format: &str| format.strip_prefix('@').unwrap_or(format).to_owned();
    if plain(&source.format) != plain(&part.format)
        || source.itemsize != part.itemsize
        || source.shape != part.shape
    {
        return Err(
            vm.value_error("memoryview assignment: lvalue and rvalue have different structures")
        );
    }
    // Both may be parts of the same memory.
    let bytes = source.to_vec();
    let offsets = part.offsets();
    part.with_memory_mut(|memory| {
        for (at, item) in offsets.into_iter().zip(bytes.chunks_exact(part.itemsize)) {
            if let Some(place) = memory.get_mut(at..at + part.itemsize) {
                place.copy_from_slice(item);
            }
        }
    });
    Ok(())
}
