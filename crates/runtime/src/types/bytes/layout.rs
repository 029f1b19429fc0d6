//! Padding, stripping, tabs, for `bytes` and `bytearray`.

use super::operators::LONGEST;
use super::{is_space, make, make_slice, unchanged, with_this};
use crate::object::{ByteArray, Bytes, PyResult, Value};
use crate::vm::Vm;

/// What is missing to the width, and the fill byte.
fn pad_args(vm: &Vm, name: &str, args: &[Value]) -> PyResult<(usize, u8)> {
    let width = vm.arg_ssize(&args[1])?;
    let fill = match args[2].given() {
        None => b' ',
        Some(fill) => {
            let one = if fill.payload::<Bytes>().is_some() || fill.payload::<ByteArray>().is_some()
            {
                with_this(fill, |b| if let &[byte] = b { Some(byte) } else { None })
            } else {
                None
            };
            one.ok_or_else(|| {
                vm.type_error(format!(
                    "{name}() argument 2 must be a byte string of length 1, not {}",
                    vm.argument_type(fill)
                ))
            })?
        }
    };
    let len = with_this(&args[0], <[u8]>::len);
    Ok((
        usize::try_from(width).unwrap_or(0).saturating_sub(len),
        fill,
    ))
}

/// Room for `len` bytes of an object like `this`.
fn reserved(vm: &Vm, this: &Value, len: usize) -> PyResult<Vec<u8>> {
    if len > LONGEST && this.payload::<Bytes>().is_some() {
        return Err(vm.overflow_error("byte string is too large"));
    }
    let mut out = Vec::new();
    out.try_reserve_exact(len).map_err(|_| vm.memory_error())?;
    Ok(out)
}

/// The receiver with `left` and `right` fill bytes around it.
fn pad(vm: &Vm, this: &Value, left: usize, right: usize, fill: u8) -> PyResult {
    if left == 0 && right == 0 {
        return unchanged(vm, this);
    }
    let padded = with_this(this, |bytes| {
        let len = bytes.len().saturating_add(left).saturating_add(right);
        let mut out = reserved(vm, this, len)?;
        out.resize(left, fill);
        out.extend_from_slice(bytes);
        out.resize(out.len() + right, fill);
        Ok(out)
    })?;
    make(vm, this, &padded)
}

/// `bytes.center(width, fillchar=b' ')`
pub fn center(vm: &Vm, args: &[Value]) -> PyResult {
    let (missing, fill) = pad_args(vm, "center", args)?;
    let width = with_this(&args[0], <[u8]>::len).saturating_add(missing);
    let left = missing / 2 + (missing & width & 1);
    pad(vm, &args[0], left, missing - left, fill)
}

/// `bytes.ljust(width, fillchar=b' ')`
pub fn ljust(vm: &Vm, args: &[Value]) -> PyResult {
    let (missing, fill) = pad_args(vm, "ljust", args)?;
    pad(vm, &args[0], 0, missing, fill)
}

/// `bytes.rjust(width, fillchar=b' ')`
pub fn rjust(vm: &Vm, args: &[Value]) -> PyResult {
    let (missing, fill) = pad_args(vm, "rjust", args)?;
    pad(vm, &args[0], missing, 0, fill)
}

/// `bytes.zfill(width)`
pub fn zfill(vm: &Vm, args: &[Value]) -> PyResult {
    let width = vm.arg_ssize(&args[1])?;
    let len = with_this(&args[0], <[u8]>::len);
    let missing = usize::try_from(width).unwrap_or(0).saturating_sub(len);
    if missing == 0 {
        return unchanged(vm, &args[0]);
    }
    let filled = with_this(&args[0], |bytes| {
        let mut out = reserved(vm, &args[0], missing.saturating_add(len))?;
        let signs = usize::from(matches!(bytes.first(), Some(b'+' | b'-')));
        out.extend_from_slice(&bytes[..signs]);
        out.resize(signs + missing, b'0');
        out.extend_from_slice(&bytes[signs..]);
        Ok(out)
    })?;
    make(vm, &args[0], &filled)
}

fn strip_ends(vm: &Vm, args: &[Value], left: bool, right: bool) -> PyResult {
    let set = args[1].given_not_none().map(|s| vm.buffer(s)).transpose()?;
    let (start, end) = with_this(&args[0], |bytes| {
        let bounds = |strip: &dyn Fn(u8) -> bool| {
            let (mut start, mut end) = (0, bytes.len());
            while left && start < end && strip(bytes[start]) {
                start += 1;
            }
            while right && end > start && strip(bytes[end - 1]) {
                end -= 1;
            }
            (start, end)
        };
        match &set {
            None => bounds(&is_space),
            Some(set) => set.with_bytes(|set| bounds(&|byte| set.contains(&byte))),
        }
    });
    make_slice(vm, &args[0], start, end)
}

/// `bytes.strip(bytes=None)`
pub fn strip(vm: &Vm, args: &[Value]) -> PyResult {
    strip_ends(vm, args, true, true)
}

/// `bytes.lstrip(bytes=None)`
pub fn lstrip(vm: &Vm, args: &[Value]) -> PyResult {
    strip_ends(vm, args, true, false)
}

/// `bytes.rstrip(bytes=None)`
pub fn rstrip(vm: &Vm, args: &[Value]) -> PyResult {
    strip_ends(vm, args, false, true)
}

/// `bytes.expandtabs(tabsize=8)`
pub fn expandtabs(vm: &Vm, args: &[Value]) -> PyResult {
    let size = args[1].given().map_or(Ok(8), |v| vm.arg_int(v))?;
    let size = usize::try_from(size).unwrap_or(0);
    let expanded = with_this(&args[0], |bytes| {
        let mut out: Vec<u8> = Vec::with_capacity(bytes.len());
        let mut column = 0;
        for &byte in bytes {
            if byte != b'\t' {
                out.push(byte);
                column = if matches!(byte, b'\n' | b'\r') {
                    0
                } else {
                    column + 1
                };
            } else if size > 0 {
                let spaces = size - column % size;
                out.try_reserve(spaces).map_err(|_| vm.memory_error())?;
                out.resize(out.len() + spaces, b' ');
                column += spaces;
            }
        }
        Ok(out)
    })?;
    make(vm, &args[0], &expanded)
}
