//! The methods of maps.

use memchr::memmem;
use runtime::object::{MethodDef, PyResult};
use runtime::{Value, Vm};

use super::{Access, Map, check_open, check_writable, map_of, open_map, system_error};

/// The table.
pub(super) const METHODS: &[MethodDef] = &[
    MethodDef::bound("close", "($self, /)", "", close).unsigned(),
    MethodDef::bound(
        "find",
        "($self, sub, start=pos, end=size, /)",
        "",
        |vm, args| find(vm, args, false),
    )
    .unsigned(),
    MethodDef::bound(
        "rfind",
        "($self, sub, start=pos, end=size, /)",
        "",
        |vm, args| find(vm, args, true),
    )
    .unsigned(),
    MethodDef::bound("flush", "($self, offset=0, size=len, /)", "", flush).unsigned(),
    MethodDef::bound(
        "madvise",
        "($self, option, start=0, length=len, /)",
        "",
        madvise,
    )
    .unsigned(),
    MethodDef::bound("move", "($self, dest, src, count, /)", "", move_bytes).unsigned(),
    MethodDef::bound("read", "($self, n=None, /)", "", read).unsigned(),
    MethodDef::bound("read_byte", "($self, /)", "", read_byte).unsigned(),
    MethodDef::bound("readline", "($self, /)", "", readline).unsigned(),
    MethodDef::bound("resize", "($self, newsize, /)", "", resize).unsigned(),
    MethodDef::bound("seek", "($self, pos, whence=0, /)", "", seek).unsigned(),
    MethodDef::bound("size", "($self, /)", "", |vm, args| {
        match open_map(vm, &args[0])?.bytes.file_size() {
            Ok(size) => Ok(vm.int_u64(size)),
            Err(errno) => Err(system_error(vm, errno)),
        }
    })
    .unsigned(),
    MethodDef::bound("tell", "($self, /)", "", |vm, args| {
        Ok(vm.int_usize(open_map(vm, &args[0])?.position.get()))
    })
    .unsigned(),
    MethodDef::bound("write", "($self, bytes, /)", "", write).unsigned(),
    MethodDef::bound("write_byte", "($self, byte, /)", "", write_byte).unsigned(),
    MethodDef::bound("__enter__", "($self, /)", "", |vm, args| {
        open_map(vm, &args[0])?;
        Ok(args[0].clone())
    })
    .unsigned(),
    MethodDef::raw("__exit__", "", "", |vm, args| close(vm, &args.values[..1])),
];

fn close(vm: &Vm, args: &[Value]) -> PyResult {
    let map = map_of(vm, &args[0])?;
    if map.bytes.is_exported() {
        return Err(vm.buffer_error("cannot close exported pointers exist"));
    }
    map.bytes.close();
    Ok(Value::NONE)
}

/// Bytes from the position on, as many as wanted; the position moves behind them.
fn take(vm: &Vm, map: &Map, wanted: impl FnOnce(&[u8]) -> usize) -> PyResult {
    let start = map.position.get();
    let taken = map.bytes.with(|bytes| {
        let rest = bytes.get(start..).unwrap_or_default();
        vm.copy_of(&rest[..wanted(rest).min(rest.len())])
    })?;
    let bytes = vm.try_bytes(&taken)?.into_value();
    map.position.set(start + taken.len());
    Ok(bytes)
}

fn read(vm: &Vm, args: &[Value]) -> PyResult {
    let map = map_of(vm, &args[0])?;
    let count = match args[1].given_not_none() {
        None => None,
        Some(count) if vm.class_of(count).slots().nb_index.is_none() => {
            return Err(vm.type_error(format!(
                "argument should be integer or None, not '{}'",
                vm.class_name(count)
            )));
        }
        Some(count) => {
            usize::try_from(vm.index_isize(count, &vm.types.exceptions.index_error)?).ok()
        }
    };
    check_open(vm, map)?;
    take(vm, map, |_| count.unwrap_or(usize::MAX))
}

fn readline(vm: &Vm, args: &[Value]) -> PyResult {
    let map = open_map(vm, &args[0])?;
    take(vm, map, |rest| {
        memchr::memchr(b'\n', rest).map_or(usize::MAX, |place| place + 1)
    })
}

fn read_byte(vm: &Vm, args: &[Value]) -> PyResult {
    let map = open_map(vm, &args[0])?;
    let place = map.position.get();
    let byte = map.bytes.with(|bytes| bytes.get(place).copied());
    let byte = byte.ok_or_else(|| vm.value_error("read byte out of range"))?;
    map.position.set(place + 1);
    Ok(Value::small_int(byte.into()))
}

/// Writes at the position, which moves behind it; None where there is no room.
fn put(map: &Map, data: &[u8]) -> Option<()> {
    let start = map.position.get();
    map.bytes.with_mut(|bytes| {
        let room = bytes.get_mut(start..start.checked_add(data.len())?)?;
        room.copy_from_slice(data);
        Some(())
    })?;
    map.position.set(start + data.len());
    Some(())
}

fn write(vm: &Vm, args: &[Value]) -> PyResult {
    let map = map_of(vm, &args[0])?;
    // A copy: it may be of this map.
    let data = vm.copied_bytes(&args[1])?;
    check_open(vm, map)?;
    check_writable(vm, map)?;
    match put(map, &data) {
        Some(()) => Ok(vm.int_usize(data.len())),
        None => Err(vm.value_error("data out of range")),
    }
}

fn unsigned_byte(vm: &Vm, value: &Value) -> PyResult<u8> {
    let number = vm.arg_long(value)?;
    u8::try_from(number).map_err(|_| {
        let where_to = if number < 0 {
            "less than minimum"
        } else {
            "greater than maximum"
        };
        vm.overflow_error(format!("unsigned byte integer is {where_to}"))
    })
}

fn write_byte(vm: &Vm, args: &[Value]) -> PyResult {
    let map = map_of(vm, &args[0])?;
    let byte = unsigned_byte(vm, &args[1])?;
    check_open(vm, map)?;
    check_writable(vm, map)?;
    match put(map, &[byte]) {
        Some(()) => Ok(Value::NONE),
        None => Err(vm.value_error("write byte out of range")),
    }
}

fn seek(vm: &Vm, args: &[Value]) -> PyResult {
    let map = map_of(vm, &args[0])?;
    let distance = vm.arg_ssize(&args[1])?;
    let whence = args[2].given().map_or(Ok(0), |whence| vm.arg_int(whence))?;
    check_open(vm, map)?;
    let base = match whence {
        0 => 0,
        1 => map.position.get(),
        2 => map.bytes.len(),
        _ => return Err(vm.value_error("unknown seek type")),
    };
    let place = base.checked_add_signed(distance);
    let place = place.filter(|&place| place <= map.bytes.len());
    map.position
        .set(place.ok_or_else(|| vm.value_error("seek out of range"))?);
    Ok(Value::NONE)
}

/// A place given by a number that may count from the end, inside the map.
fn fit(place: isize, len: usize) -> usize {
    match usize::try_from(place) {
        Ok(place) => place.min(len),
        Err(_) => len.saturating_sub(place.unsigned_abs()),
    }
}

fn find(vm: &Vm, args: &[Value], last: bool) -> PyResult {
    let map = map_of(vm, &args[0])?;
    let wanted = vm.copied_bytes(&args[1])?;
    let place = |value: &Value| value.given().map(|value| vm.arg_ssize(value)).transpose();
    let (start, end) = (place(&args[2])?, place(&args[3])?);
    check_open(vm, map)?;
    let len = map.bytes.len();
    let start = start.map_or(map.position.get(), |start| fit(start, len));
    let end = end.map_or(len, |end| fit(end, len));
    let found = map.bytes.with(|bytes| {
        let part = bytes.get(start..end.min(bytes.len()))?;
        match last {
            false => memmem::find(part, &wanted),
            true => memmem::rfind(part, &wanted),
        }
    });
    Ok(match found {
        Some(place) => vm.int_usize(start + place),
        None => vm.int(-1),
    })
}

fn flush(vm: &Vm, args: &[Value]) -> PyResult {
    let map = map_of(vm, &args[0])?;
    let place = |value: &Value| value.given().map(|value| vm.arg_ssize(value)).transpose();
    let (offset, size) = (place(&args[1])?.unwrap_or(0), place(&args[2])?);
    check_open(vm, map)?;
    let len = map.bytes.len();
    let size = size.unwrap_or(len as isize);
    let range = (usize::try_from(offset), usize::try_from(size));
    let (Ok(offset), Ok(size)) = range else {
        return Err(vm.value_error("flush values out of range"));
    };
    if offset.checked_add(size).is_none_or(|end| end > len) {
        return Err(vm.value_error("flush values out of range"));
    }
    if matches!(map.access, Access::Read | Access::Copy) {
        return Ok(Value::NONE);
    }
    match map.bytes.flush(offset, size) {
        Ok(()) => Ok(Value::NONE),
        Err(errno) => Err(system_error(vm, errno)),
    }
}

fn madvise(vm: &Vm, args: &[Value]) -> PyResult {
    let map = map_of(vm, &args[0])?;
    let option = vm.arg_int(&args[1])?;
    let place = |value: &Value| value.given().map(|value| vm.arg_ssize(value)).transpose();
    let (start, length) = (place(&args[2])?.unwrap_or(0), place(&args[3])?);
    check_open(vm, map)?;
    let len = map.bytes.len();
    let start = usize::try_from(start).ok().filter(|&start| start < len);
    let Some(start) = start else {
        return Err(vm.value_error("madvise start out of bounds"));
    };
    let Ok(length) = usize::try_from(length.unwrap_or(len as isize)) else {
        return Err(vm.value_error("madvise length invalid"));
    };
    if start
        .checked_add(length)
        .is_none_or(|end| end > isize::MAX as usize)
    {
        return Err(vm.overflow_error("madvise length too large"));
    }
    match map.bytes.advise(option, start, length.min(len - start)) {
        Ok(()) => Ok(Value::NONE),
        Err(errno) => Err(system_error(vm, errno)),
    }
}

fn move_bytes(vm: &Vm, args: &[Value]) -> PyResult {
    let map = map_of(vm, &args[0])?;
    let place = |value: &Value| Ok(usize::try_from(vm.arg_ssize(value)?).ok());
    let (dest, src, count) = (place(&args[1])?, place(&args[2])?, place(&args[3])?);
    check_open(vm, map)?;
    check_writable(vm, map)?;
    let moved = (|| {
        let (dest, src, count) = (dest?, src?, count?);
        map.bytes.with_mut(|bytes| {
            let from = src..src.checked_add(count)?;
            if from.end > bytes.len() || dest.checked_add(count)? > bytes.len() {
                return None;
            }
            bytes.copy_within(from, dest);
            Some(())
        })
    })();
    match moved {
        Some(()) => Ok(Value::NONE),
        None => Err(vm.value_error("source, destination, or count out of range")),
    }
}

fn resize(vm: &Vm, args: &[Value]) -> PyResult {
    let map = map_of(vm, &args[0])?;
    let size = vm.arg_ssize(&args[1])?;
    check_open(vm, map)?;
    if map.bytes.is_exported() {
        return Err(vm.buffer_error("mmap can't resize with extant buffers exported."));
    }
    if !matches!(map.access, Access::Default | Access::Write) {
        let message = "mmap can't resize a readonly or copy-on-write memory map.";
        return Err(vm.type_error(message));
    }
    let size = usize::try_from(size).ok();
    let size = size.filter(|&size| (size as i64).checked_add(map.bytes.offset()).is_some());
    let Some(size) = size else {
        return Err(vm.value_error("new size out of range"));
    };
    match map.bytes.resize(size) {
        Ok(()) => Ok(Value::NONE),
        Err(errno) => Err(system_error(vm, errno)),
    }
}
