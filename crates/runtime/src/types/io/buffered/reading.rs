//! Reading: bytes are handed out of those read ahead, or come from the raw file.

use super::writing::flush_pending;
use super::{check_open, is_native, payload, raw_of};
use crate::Raised;
use crate::object::{PyResult, Ref, Value};
use crate::types::io::base::writable_buffer;
use crate::types::io::{method, raw};
use crate::vm::Vm;

/// One read of the raw file; None where it would have to wait.
fn raw_read(vm: &Vm, this: &Value, size: usize) -> PyResult<Option<Vec<u8>>> {
    let raw = raw_of(vm, this)?;
    if is_native(vm, &raw) {
        return raw::read_some(vm, &raw, size);
    }
    let mut room = Vec::new();
    room.try_reserve_exact(size)
        .map_err(|_| vm.memory_error())?;
    room.resize(size, 0);
    let array = vm.bytearray_value(&room)?;
    let view = vm.memoryview(vm.buffer(&array)?);
    let count = method(vm, &raw, "readinto", &[view])?;
    if count.is_none() {
        return Ok(None);
    }
    let count = match vm.index_isize(&count, &vm.types.exceptions.value_error) {
        Ok(count) => count,
        Err(raised) => return Err(no_count(vm, raised)),
    };
    match usize::try_from(count) {
        Ok(count) if count <= size => {
            let read = crate::types::bytes::with_this(&array, |b| b[..count.min(b.len())].to_vec());
            Ok(Some(read))
        }
        _ => Err(vm.raise(
            &vm.types.exceptions.os_error,
            format!(
                "raw readinto() returned invalid length {count} (should have been between 0 and \
                 {size})"
            ),
        )),
    }
}

/// What is raised because `readinto` gave no number.
#[cold]
fn no_count(vm: &Vm, raised: Raised) -> Raised {
    let cause = vm.take_exception(raised);
    let raised = vm.raise(&vm.types.exceptions.os_error, "raw readinto() failed");
    let exception = vm.take_exception(raised);
    for name in ["__cause__", "__context__"] {
        if let Err(raised) = vm.set_attr(&exception, &vm.intern(name), &cause) {
            return raised;
        }
    }
    vm.reraise_value(exception)
}

/// Reads ahead what the buffer has room for behind what is in it, by one raw read; false where that
/// would have to wait.
pub(super) fn fill(vm: &Vm, this: &Value) -> PyResult<bool> {
    let buffered = payload(vm, this)?;
    let size = buffered.size.get();
    let room = {
        let mut state = buffered.state.borrow_mut();
        if state.ahead.len() >= size {
            state.forget();
        }
        size - state.ahead.len()
    };
    let Some(mut read) = raw_read(vm, this, room)? else {
        return Ok(false);
    };
    let mut state = buffered.state.borrow_mut();
    if state.ahead.is_empty() {
        state.ahead = read;
    } else {
        state.ahead.append(&mut read);
    }
    Ok(true)
}

pub(super) fn bytes_or_none(vm: &Vm, bytes: Option<Vec<u8>>) -> PyResult {
    match bytes {
        Some(bytes) => vm.try_bytes(&bytes).map(Ref::into_value),
        None => Ok(Value::NONE),
    }
}

/// Reads `size` bytes, fewer only at the end; None where nothing is there yet.
pub(super) fn read_exactly(vm: &Vm, this: &Value, size: usize) -> PyResult<Option<Vec<u8>>> {
    flush_pending(vm, this)?;
    let buffered = payload(vm, this)?;
    let mut all = buffered.state.borrow_mut().take(size);
    if all.len() < size {
        buffered.state.borrow_mut().forget();
    }
    while all.len() < size {
        let missing = size - all.len();
        let block = buffered.size.get();
        if missing >= block {
            match raw_read(vm, this, missing - missing % block)? {
                Some(read) if !read.is_empty() => all.extend_from_slice(&read),
                None if all.is_empty() => return Ok(None),
                _ => break,
            }
            continue;
        }
        let ready = fill(vm, this)?;
        let mut state = buffered.state.borrow_mut();
        if state.unread() == 0 {
            if !ready && all.is_empty() {
                return Ok(None);
            }
            break;
        }
        all.extend(state.take(missing));
    }
    Ok(Some(all))
}

/// Reads everything that is left; None where nothing is there yet.
pub(super) fn read_all(vm: &Vm, this: &Value) -> PyResult<Option<Vec<u8>>> {
    flush_pending(vm, this)?;
    let buffered = payload(vm, this)?;
    let mut all = buffered.state.borrow_mut().take(usize::MAX / 2);
    let raw = raw_of(vm, this)?;
    if let Some(readall) = vm.get_attr_opt(&raw, &vm.intern("readall"))? {
        let rest = vm.call0(&readall)?;
        if rest.is_none() {
            return Ok((!all.is_empty()).then_some(all));
        }
        let Some(rest) = rest.payload::<crate::object::Bytes>() else {
            return Err(vm.type_error("readall() should return bytes"));
        };
        all.extend_from_slice(rest);
        return Ok(Some(all));
    }
    loop {
        let read = method(vm, &raw, "read", &[])?;
        if read.is_none() {
            return Ok((!all.is_empty()).then_some(all));
        }
        let Some(read) = read.payload::<crate::object::Bytes>() else {
            return Err(vm.type_error("read() should return bytes"));
        };
        if read.is_empty() {
            return Ok(Some(all));
        }
        all.extend_from_slice(read);
    }
}

/// Hands out what is there, reading once if nothing is.
pub(super) fn read_once(vm: &Vm, this: &Value, size: usize) -> PyResult<Vec<u8>> {
    flush_pending(vm, this)?;
    let buffered = payload(vm, this)?;
    if size == 0 {
        return Ok(Vec::new());
    }
    {
        let mut state = buffered.state.borrow_mut();
        if state.unread() > 0 {
            return Ok(state.take(size));
        }
        state.forget();
    }
    Ok(raw_read(vm, this, size)?.unwrap_or_default())
}

/// `read1(size)` of a native reader.
pub fn read1(vm: &Vm, this: &Value, size: usize) -> PyResult<Vec<u8>> {
    check_open(vm, this, "read of closed file")?;
    read_once(vm, this, size)
}

/// `readinto` and `readinto1`: what is read ahead, then what the raw file gives, by one read if
/// `once`. Where much is missing, the raw file is asked for just that.
pub(super) fn read_into(vm: &Vm, args: &[Value], once: bool) -> PyResult {
    let this = &args[0];
    let name = if once { "readinto1" } else { "readinto" };
    let view = writable_buffer(vm, &args[1], name)?;
    check_open(vm, this, "readinto of closed file")?;
    let (buffered, size) = (payload(vm, this)?, view.len());
    let mut done = 0;
    let mut store = |bytes: &[u8]| {
        view.with_bytes_mut(|memory| memory[done..done + bytes.len()].copy_from_slice(bytes));
        done += bytes.len();
        done
    };
    let ahead = buffered.state.borrow_mut().take(size);
    let mut stored = store(&ahead);
    if stored < size {
        flush_pending(vm, this)?;
        buffered.state.borrow_mut().forget();
    }
    while stored < size {
        let missing = size - stored;
        let read = if missing > buffered.size.get() {
            raw_read(vm, this, missing)?
        } else if once && stored > 0 {
            break;
        } else if fill(vm, this)? {
            Some(buffered.state.borrow_mut().take(missing))
        } else {
            None
        };
        match read {
            None if stored == 0 => return Ok(Value::NONE),
            Some(bytes) if !bytes.is_empty() => stored = store(&bytes),
            _ => break,
        }
        if once {
            break;
        }
    }
    Ok(vm.int_usize(stored))
}

pub(super) fn read_line(vm: &Vm, this: &Value, limit: usize) -> PyResult<Vec<u8>> {
    flush_pending(vm, this)?;
    let buffered = payload(vm, this)?;
    let mut line = Vec::new();
    loop {
        {
            let mut state = buffered.state.borrow_mut();
            let left = limit - line.len();
            let ahead = &state.ahead[state.used..];
            let ahead = &ahead[..ahead.len().min(left)];
            let end = memchr::memchr(b'\n', ahead).map(|at| at + 1);
            let count = end.unwrap_or(ahead.len());
            let taken = state.take(count);
            if line.is_empty() {
                line = taken;
            } else {
                let room = line.try_reserve(taken.len());
                room.map_err(|_| vm.memory_error())?;
                line.extend_from_slice(&taken);
            }
            if end.is_some() || line.len() >= limit {
                return Ok(line);
            }
        }
        buffered.state.borrow_mut().forget();
        fill(vm, this)?;
        if buffered.state.borrow().unread() == 0 {
            return Ok(line);
        }
    }
}

pub(super) fn next(vm: &Vm, this: &Value) -> PyResult<Option<Value>> {
    let class = vm.class_of(this);
    if !class.is(&vm.types.buffered_reader) && !class.is(&vm.types.buffered_random) {
        return crate::types::io::base::next(vm, this);
    }
    check_open(vm, this, "readline of closed file")?;
    let line = read_line(vm, this, usize::MAX)?;
    if line.is_empty() {
        return Ok(None);
    }
    vm.try_bytes(&line).map(|line| Some(line.into_value()))
}
