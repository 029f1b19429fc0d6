//! Splitting and joining, for `bytes` and `bytearray`.

use super::{is_space, make, unchanged, with_this};
use crate::object::buffer::BufferView;
use crate::object::{Bytes, List, PyResult, Ref, Tuple, Value};
use crate::types::search;
use crate::types::str::split::{
    join_items, lines, pieces, pieces_from_right, words, words_from_right,
};
use crate::types::text_args::size_arg_or;
use crate::vm::Vm;

struct SplitArgs {
    separator: Option<BufferView>,
    limit: usize,
}

fn split_args(vm: &Vm, args: &[Value]) -> PyResult<SplitArgs> {
    let limit = usize::try_from(size_arg_or(vm, &args[2], -1)?).unwrap_or(usize::MAX);
    let separator = args[1].given_not_none().map(|s| vm.buffer(s)).transpose()?;
    if separator.as_ref().is_some_and(BufferView::is_empty) {
        return Err(vm.value_error("empty separator"));
    }
    Ok(SplitArgs { separator, limit })
}

/// The pieces as a list; a single piece that is all of an exact `bytes` is that object.
fn piece_list(vm: &Vm, this: &Value, bounds: &[(usize, usize)]) -> PyResult {
    let len = with_this(this, <[u8]>::len);
    let items: Vec<Value> = if bounds == [(0, len)] {
        vec![unchanged(vm, this)?]
    } else {
        with_this(this, |bytes| {
            let mut items = Vec::new();
            for &(start, end) in bounds {
                vm.try_push(&mut items, make(vm, this, &bytes[start..end])?)?;
            }
            Ok(items)
        })?
    };
    vm.list_from(items).map(Ref::into_value)
}

/// `bytes.split(sep=None, maxsplit=-1)`
pub fn split(vm: &Vm, args: &[Value]) -> PyResult {
    let SplitArgs { separator, limit } = split_args(vm, args)?;
    let mut bounds = Vec::new();
    let push = |start, end| vm.try_push(&mut bounds, (start, end));
    with_this(&args[0], |bytes| match &separator {
        None => words(bytes, limit, is_space, push),
        Some(separator) => separator.with_bytes(|s| pieces(bytes, s, 1, limit, push)),
    })?;
    piece_list(vm, &args[0], &bounds)
}

/// `bytes.rsplit(sep=None, maxsplit=-1)`
pub fn rsplit(vm: &Vm, args: &[Value]) -> PyResult {
    let SplitArgs { separator, limit } = split_args(vm, args)?;
    let mut bounds = Vec::new();
    let push = |start, end| vm.try_push(&mut bounds, (start, end));
    with_this(&args[0], |bytes| match &separator {
        None => words_from_right(bytes, limit, is_space, push),
        Some(separator) => separator.with_bytes(|s| pieces_from_right(bytes, s, 1, limit, push)),
    })?;
    bounds.reverse();
    piece_list(vm, &args[0], &bounds)
}

/// `bytes.splitlines(keepends=False)`
pub fn splitlines(vm: &Vm, args: &[Value]) -> PyResult {
    let keep_ends = args[1].given().map_or(Ok(false), |v| vm.truth(v))?;
    let mut bounds = Vec::new();
    with_this(&args[0], |bytes| {
        let break_at = |at: usize| match bytes[at] {
            b'\r' if bytes.get(at + 1) == Some(&b'\n') => 2,
            b'\r' | b'\n' => 1,
            _ => 0,
        };
        lines(bytes.len(), keep_ends, break_at, |start, end| {
            vm.try_push(&mut bounds, (start, end))
        })
    })?;
    piece_list(vm, &args[0], &bounds)
}

fn partition_at(vm: &Vm, args: &[Value], last: bool) -> PyResult {
    let this = &args[0];
    let separator = vm.buffer(&args[1])?;
    if separator.is_empty() {
        return Err(vm.value_error("empty separator"));
    }
    let place = with_this(this, |bytes| {
        separator.with_bytes(|s| {
            if last {
                search::rfind(bytes, s, 1)
            } else {
                search::find(bytes, s, 1)
            }
        })
    });
    let Some(at) = place else {
        let empty = || make(vm, this, b"");
        let parts = if last {
            [empty()?, empty()?, unchanged(vm, this)?]
        } else {
            [unchanged(vm, this)?, empty()?, empty()?]
        };
        return Ok(vm.tuple_value(parts));
    };
    // CPython hands the separator back as it was given, whatever its type.
    let middle = if this.payload::<Bytes>().is_some() {
        args[1].clone()
    } else {
        separator.with_bytes(|s| make(vm, this, s))?
    };
    let (before, after) = with_this(this, |bytes| {
        let after = bytes.get(at + separator.len()..).unwrap_or_default();
        (make(vm, this, &bytes[..at]), make(vm, this, after))
    });
    Ok(vm.tuple_value([before?, middle, after?]))
}

/// `bytes.partition(sep)`
pub fn partition(vm: &Vm, args: &[Value]) -> PyResult {
    partition_at(vm, args, false)
}

/// `bytes.rpartition(sep)`
pub fn rpartition(vm: &Vm, args: &[Value]) -> PyResult {
    partition_at(vm, args, true)
}

/// `bytes.join(iterable)`
pub fn join(vm: &Vm, args: &[Value]) -> PyResult {
    let (this, iterable) = (&args[0], &args[1]);
    let class = vm.class_of(iterable);
    // A bytearray cannot change its size while the items are made.
    let _pinned = match this.payload::<Bytes>() {
        Some(_) => None,
        None => Some(vm.buffer(this)?),
    };
    let items = if class.is(&vm.types.list)
        && let Some(list) = iterable.payload::<List>()
    {
        vm.check_room(list.len().saturating_mul(size_of::<Value>()))?;
        list.to_vec()
    } else if let Some(tuple) = iterable.payload::<Tuple>()
        && class.is(&vm.types.tuple)
    {
        vm.check_room(size_of_val(tuple.as_slice()))?;
        tuple.to_vec()
    } else {
        join_items(vm, iterable)?
    };
    if let [only] = &items[..]
        && vm.class_of(only).is(&vm.types.bytes)
        && this.payload::<Bytes>().is_some()
    {
        return Ok(only.clone());
    }
    let mut views = Vec::new();
    views
        .try_reserve_exact(items.len())
        .map_err(|_| vm.memory_error())?;
    let mut len = 0usize;
    for (i, item) in items.iter().enumerate() {
        let view = if vm.has_buffer(item) {
            match vm.buffer(item) {
                Ok(view) => Some(view),
                Err(raised) => {
                    drop(vm.take_exception(raised));
                    None
                }
            }
        } else {
            None
        };
        let Some(view) = view else {
            return Err(vm.type_error(format!(
                "sequence item {i}: expected a bytes-like object, {} found",
                vm.class_name(item)
            )));
        };
        len = len.saturating_add(view.len());
        views.push(view);
    }
    let separators = with_this(this, <[u8]>::len).saturating_mul(items.len().saturating_sub(1));
    let mut out = Vec::new();
    out.try_reserve_exact(len.saturating_add(separators))
        .map_err(|_| vm.memory_error())?;
    with_this(this, |separator| {
        for (i, view) in views.iter().enumerate() {
            if i > 0 {
                out.extend_from_slice(separator);
            }
            view.with_bytes(|bytes| out.extend_from_slice(bytes));
        }
    });
    drop(views);
    make(vm, this, &out)
}
