//! Padding, stripping, tabs.

use super::this;
use super::unicode;
use crate::object::str::{Chars, MAX_LEN, Width};
use crate::object::{PyResult, Ref, Str, StrBuilder, Value};
use crate::vm::Vm;

/// `s` with `left` and `right` fill characters around it.
fn pad(vm: &Vm, s: &Ref<Str>, left: usize, right: usize, fill: u32) -> PyResult {
    if left == 0 && right == 0 {
        return vm.str_exact(s).map(Ref::into_value);
    }
    let len = s.len() + left + right;
    let width = s.width().max(Width::of(fill));
    let padded = vm.str_filled(width, len, |f| {
        f.push_repeated(fill, left);
        f.push_chars(s.chars());
        f.push_repeated(fill, right);
    });
    padded.map(Ref::into_value)
}

/// The text, what is missing to the width, and the fill character.
fn pad_args<'a>(vm: &Vm, args: &'a [Value]) -> PyResult<(&'a Ref<Str>, usize, u32)> {
    let s = this(vm, args)?;
    let width = vm.arg_ssize(&args[1])?;
    let fill = match args[2].given() {
        None => 32,
        Some(fill) => match fill.payload::<Str>() {
            Some(fill) if fill.len() == 1 => fill.at(0),
            Some(_) => {
                return Err(vm.type_error("The fill character must be exactly one character long"));
            }
            None => {
                return Err(vm.type_error(format!(
                    "The fill character must be a unicode character, not {}",
                    vm.class_name(fill)
                )));
            }
        },
    };
    let missing = usize::try_from(width).unwrap_or(0).saturating_sub(s.len());
    if missing > MAX_LEN {
        return Err(vm.memory_error());
    }
    Ok((s, missing, fill))
}

/// `str.center(width, fillchar=' ')`
pub fn center(vm: &Vm, args: &[Value]) -> PyResult {
    let (s, missing, fill) = pad_args(vm, args)?;
    let width = s.len() + missing;
    let left = missing / 2 + (missing & width & 1);
    pad(vm, s, left, missing - left, fill)
}

/// `str.ljust(width, fillchar=' ')`
pub fn ljust(vm: &Vm, args: &[Value]) -> PyResult {
    let (s, missing, fill) = pad_args(vm, args)?;
    pad(vm, s, 0, missing, fill)
}

/// `str.rjust(width, fillchar=' ')`
pub fn rjust(vm: &Vm, args: &[Value]) -> PyResult {
    let (s, missing, fill) = pad_args(vm, args)?;
    pad(vm, s, missing, 0, fill)
}

/// `str.zfill(width)`
pub fn zfill(vm: &Vm, args: &[Value]) -> PyResult {
    let s = this(vm, args)?;
    let width = vm.arg_ssize(&args[1])?;
    let missing = usize::try_from(width).unwrap_or(0).saturating_sub(s.len());
    if missing == 0 {
        return vm.str_exact(s).map(Ref::into_value);
    }
    if missing > MAX_LEN {
        return Err(vm.memory_error());
    }
    let sign = s.iter().next().filter(|c| matches!(c, 43 | 45));
    let signs = usize::from(sign.is_some());
    let filled = vm.str_filled(s.width(), s.len() + missing, |f| {
        if let Some(sign) = sign {
            f.push(sign);
        }
        f.push_repeated(48, missing);
        f.push_chars(s.chars().slice(signs, s.len()));
    });
    filled.map(Ref::into_value)
}

/// The bounds that remain when characters of one kind are taken from either end.
pub fn stripped(
    chars: Chars<'_>,
    left: bool,
    right: bool,
    strip: impl Fn(u32) -> bool,
) -> (usize, usize) {
    let (mut start, mut end) = (0, chars.len());
    while left && start < end && strip(chars.at(start)) {
        start += 1;
    }
    while right && end > start && strip(chars.at(end - 1)) {
        end -= 1;
    }
    (start, end)
}

fn strip_ends(vm: &Vm, name: &str, args: &[Value], left: bool, right: bool) -> PyResult {
    let s = this(vm, args)?;
    let (start, end) = match args[1].given_not_none() {
        None => stripped(s.chars(), left, right, unicode::is_space),
        Some(set) => match set.payload::<Str>() {
            Some(set) => {
                let set = set.chars();
                stripped(s.chars(), left, right, |c| set.iter().any(|x| x == c))
            }
            None => {
                return Err(vm.type_error(format!("{name} arg must be None or str")));
            }
        },
    };
    vm.str_slice(s, start, end).map(Ref::into_value)
}

/// `str.strip(chars=None)`
pub fn strip(vm: &Vm, args: &[Value]) -> PyResult {
    strip_ends(vm, "strip", args, true, true)
}

/// `str.lstrip(chars=None)`
pub fn lstrip(vm: &Vm, args: &[Value]) -> PyResult {
    strip_ends(vm, "lstrip", args, true, false)
}

/// `str.rstrip(chars=None)`
pub fn rstrip(vm: &Vm, args: &[Value]) -> PyResult {
    strip_ends(vm, "rstrip", args, false, true)
}

/// `str.expandtabs(tabsize=8)`
pub fn expandtabs(vm: &Vm, args: &[Value]) -> PyResult {
    let s = this(vm, args)?;
    let size = args[1].given().map_or(Ok(8), |v| vm.arg_int(v))?;
    let size = usize::try_from(size).unwrap_or(0);
    if !s.iter().any(|c| c == 9) {
        return vm.str_exact(s).map(Ref::into_value);
    }
    let mut out = StrBuilder::with_capacity(s.len() + size);
    let mut column = 0;
    for c in s.iter() {
        if c != 9 {
            out.push(c);
            column = if matches!(c, 10 | 13) { 0 } else { column + 1 };
        } else if size > 0 {
            let spaces = size - column % size;
            out.push_repeated(32, spaces);
            column += spaces;
        }
    }
    out.finish_value(vm)
}
