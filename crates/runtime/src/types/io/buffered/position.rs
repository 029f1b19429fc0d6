//! The position of a buffered file, which is not that of its raw file.

use super::writing::{flush_and_rewind, flush_pending};
use super::{check_open, is_native, payload, raw_of};
use crate::object::{PyResult, Value};
use crate::types::io::base::check_able;
use crate::types::io::{method, raw, unsupported};
use crate::vm::Vm;

pub(super) fn raw_seek(vm: &Vm, this: &Value, offset: i64, whence: i32) -> PyResult<i64> {
    let raw = raw_of(vm, this)?;
    if is_native(vm, &raw) {
        return raw::seek_to(vm, &raw, offset, whence);
    }
    let args = [vm.int(offset), Value::small_int(whence.into())];
    let position = method(vm, &raw, "seek", &args)?;
    position_of(vm, &position)
}

fn position_of(vm: &Vm, position: &Value) -> PyResult<i64> {
    let position = vm.arg_long(position)?;
    if position < 0 {
        return Err(vm.raise(
            &vm.types.exceptions.os_error,
            format!("Raw stream returned invalid position {position}"),
        ));
    }
    Ok(position)
}

fn raw_tell(vm: &Vm, this: &Value) -> PyResult<i64> {
    let raw = raw_of(vm, this)?;
    if is_native(vm, &raw) {
        return raw::seek_to(vm, &raw, 0, 1);
    }
    let position = method(vm, &raw, "tell", &[])?;
    position_of(vm, &position)
}

/// The position the program sees.
pub fn tell(vm: &Vm, this: &Value) -> PyResult<i64> {
    let raw = raw_tell(vm, this)?;
    let state = payload(vm, this)?.state.borrow();
    Ok(raw - state.unread() as i64 + state.pending.len() as i64)
}

pub(super) fn seek(vm: &Vm, args: &[Value]) -> PyResult {
    let this = &args[0];
    let whence = args[2].given().map_or(Ok(0), |v| vm.arg_int(v))?;
    if !(0..=4).contains(&whence) {
        return Err(vm.value_error(format!("whence value {whence} unsupported")));
    }
    check_open(vm, this, "seek of closed file")?;
    check_able(vm, &raw_of(vm, this)?, "seekable")?;
    let offset = vm.arg_long(&args[1])?;
    Ok(vm.int(seek_to(vm, this, offset, whence)?))
}

/// Moves the position the program sees, within the bytes read ahead if it lies there.
pub fn seek_to(vm: &Vm, this: &Value, offset: i64, whence: i32) -> PyResult<i64> {
    flush_pending(vm, this)?;
    let buffered = payload(vm, this)?;
    let mut offset = offset;
    if matches!(whence, 0 | 1) && !buffered.state.borrow().ahead.is_empty() {
        let raw = raw_tell(vm, this)?;
        let mut state = buffered.state.borrow_mut();
        let current = raw - state.unread() as i64;
        let target = if whence == 0 {
            offset
        } else {
            current.saturating_add(offset)
        };
        let moved = target.saturating_sub(current);
        if moved >= -(state.used as i64) && moved <= state.unread() as i64 {
            state.used = (state.used as i64 + moved) as usize;
            return Ok(target);
        }
    }
    if whence == 1 {
        offset = offset.saturating_sub(buffered.state.borrow().unread() as i64);
    }
    let position = raw_seek(vm, this, offset, whence)?;
    buffered.state.borrow_mut().forget();
    Ok(position)
}

pub(super) fn truncate(vm: &Vm, args: &[Value]) -> PyResult {
    let this = &args[0];
    let buffered = payload(vm, this)?;
    raw_of(vm, this)?;
    if !buffered.writable.get() {
        return Err(unsupported(vm, "truncate"));
    }
    check_open(vm, this, "truncate of closed file")?;
    flush_and_rewind(vm, this)?;
    let size = match args[1].given_not_none() {
        Some(size) => size.clone(),
        None => vm.int(raw_tell(vm, this)?),
    };
    method(vm, &raw_of(vm, this)?, "truncate", &[size])
}
