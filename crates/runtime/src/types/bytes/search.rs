//! Finding, counting and replacing, and the tests at either end, for `bytes` and `bytearray`.

use super::{byte_value, make, make_slice, unchanged, with_this};
use crate::object::buffer::BufferView;
use crate::object::{Args, PyResult, Tuple, Value};
use crate::types::search;
use crate::types::text_args::{FindArgs, find_args, range, size_arg_or};
use crate::vm::Vm;

/// What is looked for: one byte, or the bytes of another object.
enum Needle {
    Byte([u8; 1]),
    View(BufferView),
}

impl Needle {
    fn new(vm: &Vm, value: &Value) -> PyResult<Needle> {
        if vm.has_buffer(value) {
            return vm.buffer(value).map(Needle::View);
        }
        if vm.class_of(value).slots().nb_index.is_none() {
            return Err(vm.type_error(format!(
                "argument should be integer or bytes-like object, not '{}'",
                vm.class_name(value)
            )));
        }
        byte_value(vm, value, "byte").map(|byte| Needle::Byte([byte]))
    }

    fn with<R>(&self, look: impl FnOnce(&[u8]) -> R) -> R {
        match self {
            Needle::Byte(byte) => look(byte),
            Needle::View(view) => view.with_bytes(look),
        }
    }
}

/// Calls `look` with the part of the receiver that is searched, where it starts, and the needle;
/// without a part where the bounds are crossed.
fn searched<R>(
    vm: &Vm,
    args: &FindArgs<'_>,
    look: impl FnOnce(Option<&[u8]>, usize, &[u8]) -> R,
) -> PyResult<R> {
    let needle = Needle::new(vm, args.sub)?;
    Ok(with_this(args.this, |bytes| {
        let (start, end) = range(args.start, args.end, bytes.len());
        needle.with(|needle| look(bytes.get(start..end), start, needle))
    }))
}

fn place(vm: &Vm, name: &str, args: Args<'_>, last: bool) -> PyResult<Option<usize>> {
    let args = find_args(vm, name, args)?;
    searched(vm, &args, |hay, start, needle| {
        let hay = hay?;
        let at = match (needle.is_empty(), last) {
            (true, true) => hay.len(),
            (true, false) => 0,
            (false, true) => search::rfind(hay, needle, 1)?,
            (false, false) => search::find(hay, needle, 1)?,
        };
        Some(start + at)
    })
}

fn or_minus_one(place: Option<usize>) -> PyResult {
    Ok(Value::small_int(place.map_or(-1, |at| at as i64)))
}

fn or_error(vm: &Vm, place: Option<usize>) -> PyResult {
    match place {
        Some(at) => Ok(Value::small_int(at as i64)),
        None => Err(vm.value_error("subsection not found")),
    }
}

/// `bytes.find(sub[, start[, end]])`
pub fn find(vm: &Vm, args: Args<'_>) -> PyResult {
    or_minus_one(place(vm, "find", args, false)?)
}

/// `bytes.rfind(sub[, start[, end]])`
pub fn rfind(vm: &Vm, args: Args<'_>) -> PyResult {
    or_minus_one(place(vm, "rfind", args, true)?)
}

/// `bytes.index(sub[, start[, end]])`
pub fn index(vm: &Vm, args: Args<'_>) -> PyResult {
    or_error(vm, place(vm, "index", args, false)?)
}

/// `bytes.rindex(sub[, start[, end]])`
pub fn rindex(vm: &Vm, args: Args<'_>) -> PyResult {
    or_error(vm, place(vm, "rindex", args, true)?)
}

/// `bytes.count(sub[, start[, end]])`
pub fn count(vm: &Vm, args: Args<'_>) -> PyResult {
    let args = find_args(vm, "count", args)?;
    let n = searched(vm, &args, |hay, _, needle| match hay {
        None => 0,
        Some(hay) if needle.is_empty() => hay.len() + 1,
        Some(hay) => search::count(hay, needle, 1, usize::MAX),
    })?;
    Ok(Value::small_int(n as i64))
}

fn affix(vm: &Vm, name: &str, args: Args<'_>, at_end: bool) -> PyResult {
    let args = find_args(vm, name, args)?;
    let matches = |part: &Value| -> PyResult<bool> {
        let part = vm.buffer(part)?;
        Ok(with_this(args.this, |bytes| {
            let (start, end) = range(args.start, args.end, bytes.len());
            let Some(searched) = bytes.get(start..end) else {
                return false;
            };
            part.with_bytes(|part| {
                if at_end {
                    searched.ends_with(part)
                } else {
                    searched.starts_with(part)
                }
            })
        }))
    };
    if let Some(parts) = args.sub.payload::<Tuple>() {
        for part in parts.iter() {
            if matches(part)? {
                return Ok(Value::TRUE);
            }
        }
        return Ok(Value::FALSE);
    }
    if !vm.has_buffer(args.sub) {
        return Err(vm.type_error(format!(
            "{name} first arg must be bytes or a tuple of bytes, not {}",
            vm.class_name(args.sub)
        )));
    }
    matches(args.sub).map(Value::bool)
}

/// `bytes.startswith(prefix[, start[, end]])`
pub fn startswith(vm: &Vm, args: Args<'_>) -> PyResult {
    affix(vm, "startswith", args, false)
}

/// `bytes.endswith(suffix[, start[, end]])`
pub fn endswith(vm: &Vm, args: Args<'_>) -> PyResult {
    affix(vm, "endswith", args, true)
}

/// `bytes.removeprefix(prefix)`
pub fn removeprefix(vm: &Vm, args: &[Value]) -> PyResult {
    let prefix = vm.buffer(&args[1])?;
    let cut = with_this(&args[0], |b| prefix.with_bytes(|p| b.starts_with(p)));
    let start = if cut { prefix.len() } else { 0 };
    make_slice(vm, &args[0], start, usize::MAX)
}

/// `bytes.removesuffix(suffix)`
pub fn removesuffix(vm: &Vm, args: &[Value]) -> PyResult {
    let suffix = vm.buffer(&args[1])?;
    let (cut, len) = with_this(&args[0], |b| {
        (suffix.with_bytes(|s| b.ends_with(s)), b.len())
    });
    let end = if cut { len - suffix.len() } else { len };
    make_slice(vm, &args[0], 0, end)
}

/// `bytes.replace(old, new, count=-1)`
pub fn replace(vm: &Vm, args: &[Value]) -> PyResult {
    let old = vm.buffer(&args[1])?;
    let new = vm.buffer(&args[2])?;
    let limit = usize::try_from(size_arg_or(vm, &args[3], -1)?).unwrap_or(usize::MAX);
    let replaced = with_this(&args[0], |bytes| {
        old.with_bytes(|old| new.with_bytes(|new| replaced(vm, bytes, old, new, limit)))
    })?;
    match replaced {
        Some(bytes) => make(vm, &args[0], &bytes),
        None => unchanged(vm, &args[0]),
    }
}

/// The contents with occurrences replaced; None where nothing changes.
fn replaced(
    vm: &Vm,
    bytes: &[u8],
    old: &[u8],
    new: &[u8],
    limit: usize,
) -> PyResult<Option<Vec<u8>>> {
    if old == new {
        return Ok(None);
    }
    let hits = if old.is_empty() {
        limit.min(bytes.len() + 1)
    } else {
        search::count(bytes, old, 1, limit)
    };
    if hits == 0 {
        return Ok(None);
    }
    let len = hits
        .checked_mul(new.len())
        .and_then(|n| n.checked_add(bytes.len() - hits * old.len()))
        .filter(|&len| len <= isize::MAX as usize)
        .ok_or_else(|| vm.overflow_error("replace bytes is too long"))?;
    let mut out = Vec::new();
    out.try_reserve_exact(len).map_err(|_| vm.memory_error())?;
    let mut from = 0;
    if old.is_empty() {
        for i in 0..hits {
            out.extend_from_slice(new);
            out.extend(bytes.get(i));
            from = i + 1;
        }
    } else {
        for at in search::Matches::new(bytes, old, 1).take(hits) {
            out.extend_from_slice(&bytes[from..at]);
            out.extend_from_slice(new);
            from = at + old.len();
        }
    }
    out.extend_from_slice(bytes.get(from..).unwrap_or_default());
    Ok(Some(out))
}
