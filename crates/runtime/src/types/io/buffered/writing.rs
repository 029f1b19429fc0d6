//! Writing: bytes wait until there are enough of them, or until somebody flushes.

use super::position::raw_seek;
use super::{check_open, is_native, payload, raw_of};
use crate::object::{PyResult, Raised, Value};
use crate::types::io::{method, raw, unsupported};
use crate::vm::Vm;

/// Writes all the bytes to the raw file; the number written where it would have to wait.
fn raw_write(vm: &Vm, this: &Value, bytes: &[u8]) -> PyResult<Result<(), usize>> {
    let raw = raw_of(vm, this)?;
    let mut done = 0;
    while done < bytes.len() {
        let rest = &bytes[done..];
        let written = if is_native(vm, &raw) {
            raw::write_some(vm, &raw, rest)?
        } else {
            let data = vm.try_bytes(rest)?.into_value();
            let view = vm.memoryview(vm.buffer(&data)?);
            let count = method(vm, &raw, "write", &[view])?;
            if count.is_none() {
                None
            } else {
                let count = vm.index_isize(&count, &vm.types.exceptions.value_error)?;
                match usize::try_from(count) {
                    Ok(count) if count <= rest.len() => Some(count),
                    _ => {
                        return Err(vm.raise(
                            &vm.types.exceptions.os_error,
                            format!(
                                "raw write() returned invalid length {count} (should have been \
                                 between 0 and {})",
                                rest.len()
                            ),
                        ));
                    }
                }
            }
        };
        match written {
            Some(count) => done += count,
            None => return Ok(Err(done)),
        }
        // A signal may have ended the call early; its handler runs before the next one waits.
        if done < bytes.len() {
            vm.handle_signals()?;
        }
    }
    Ok(Ok(()))
}

#[cold]
fn would_block(vm: &Vm, message: &str, written: usize) -> Raised {
    let made = vm.call(
        vm.types.exceptions.blocking_io_error.as_value(),
        &[
            Value::small_int(libc::EAGAIN.into()),
            vm.str_value(message),
            vm.int_usize(written),
        ],
    );
    match made {
        Ok(exception) => vm.raise_value(exception),
        Err(raised) => raised,
    }
}

/// Writes the pending bytes out.
pub(super) fn flush_pending(vm: &Vm, this: &Value) -> PyResult<()> {
    let buffered = payload(vm, this)?;
    let pending = std::mem::take(&mut buffered.state.borrow_mut().pending);
    if pending.is_empty() {
        return Ok(());
    }
    let failed = match raw_write(vm, this, &pending) {
        Ok(Ok(())) => {
            let mut state = buffered.state.borrow_mut();
            if state.pending.is_empty() {
                // Keep the room for the next bytes.
                state.pending = pending;
                state.pending.clear();
            }
            return Ok(());
        }
        Ok(Err(done)) => {
            let kept = pending[done..].to_vec();
            (
                kept,
                would_block(vm, "write could not complete without blocking", 0),
            )
        }
        Err(raised) => (pending, raised),
    };
    let mut state = buffered.state.borrow_mut();
    let (mut kept, raised) = failed;
    kept.append(&mut state.pending);
    state.pending = kept;
    Err(raised)
}

pub(super) fn flush_and_rewind(vm: &Vm, this: &Value) -> PyResult<()> {
    flush_pending(vm, this)?;
    let buffered = payload(vm, this)?;
    if buffered.readable.get() {
        // The raw position becomes the one the program sees.
        let unread = buffered.state.borrow().unread();
        if unread > 0 {
            raw_seek(vm, this, -(unread as i64), 1)?;
        }
        buffered.state.borrow_mut().forget();
    }
    Ok(())
}

/// Adds bytes to the pending ones, or writes them where there is no room.
pub fn write(vm: &Vm, this: &Value, bytes: &[u8]) -> PyResult<()> {
    let buffered = payload(vm, this)?;
    if !buffered.writable.get() {
        return Err(unsupported(vm, "write"));
    }
    if buffered.readable.get() && !buffered.state.borrow().ahead.is_empty() {
        flush_and_rewind(vm, this)?;
    }
    let size = buffered.size.get();
    {
        let mut state = buffered.state.borrow_mut();
        if state.pending.len() + bytes.len() <= size {
            state.pending.extend_from_slice(bytes);
            return Ok(());
        }
    }
    flush_pending(vm, this)?;
    if bytes.len() <= size {
        buffered.state.borrow_mut().pending.extend_from_slice(bytes);
        return Ok(());
    }
    match raw_write(vm, this, bytes)? {
        Ok(()) => Ok(()),
        Err(done) => {
            // What fits is kept for later.
            let kept = &bytes[done..bytes.len().min(done + size)];
            buffered.state.borrow_mut().pending.extend_from_slice(kept);
            if done + kept.len() == bytes.len() {
                return Ok(());
            }
            let message = "write could not complete without blocking";
            Err(would_block(vm, message, done + kept.len()))
        }
    }
}

/// `write` of a native writer, which may be closed.
pub fn checked_write(vm: &Vm, this: &Value, bytes: &[u8]) -> PyResult<()> {
    check_open(vm, this, "write to closed file")?;
    write(vm, this, bytes)
}

/// `flush` of a native writer.
pub fn flush(vm: &Vm, this: &Value) -> PyResult<()> {
    check_open(vm, this, "flush of closed file")?;
    flush_and_rewind(vm, this)
}
