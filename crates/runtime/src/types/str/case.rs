//! Upper, lower and title case, case folding.

use super::unicode::{self, Mapping, flag};
use super::{ascii_mapped, this};
use crate::object::{PyResult, Str, StrBuilder, Value};
use crate::vm::Vm;

const SIGMA: u32 = 0x3A3;
const SMALL_SIGMA: u32 = 0x3C3;
const FINAL_SIGMA: u32 = 0x3C2;

/// `Final_Sigma` of the Unicode standard: a cased letter before, none after, ignorable ones
/// skipped.
fn lower_sigma(s: &Str, at: usize) -> u32 {
    let cased = |c: Option<u32>| c.is_some_and(|c| unicode::is(c, flag::CASED));
    let ignorable = |c: &u32| unicode::is(*c, flag::CASE_IGNORABLE);
    let before = (0..at).rev().map(|i| s.at(i)).find(|c| !ignorable(c));
    let after = (at + 1..s.len()).map(|i| s.at(i)).find(|c| !ignorable(c));
    if cased(before) && !cased(after) {
        FINAL_SIGMA
    } else {
        SMALL_SIGMA
    }
}

fn push_lower(out: &mut StrBuilder, s: &Str, at: usize, c: u32) {
    if c == SIGMA {
        out.push(lower_sigma(s, at));
    } else {
        unicode::map(c, Mapping::Lower, |c| out.push(c));
    }
}

/// `str.lower()`
pub fn lower(vm: &Vm, args: &[Value]) -> PyResult {
    let s = this(vm, args)?;
    if s.is_ascii() {
        return ascii_mapped(vm, s, |b| b.to_ascii_lowercase());
    }
    let mut out = StrBuilder::with_capacity(s.len());
    for (i, c) in s.iter().enumerate() {
        push_lower(&mut out, s, i, c);
    }
    out.finish_value(vm)
}

/// `str.upper()`
pub fn upper(vm: &Vm, args: &[Value]) -> PyResult {
    let s = this(vm, args)?;
    if s.is_ascii() {
        return ascii_mapped(vm, s, |b| b.to_ascii_uppercase());
    }
    let mut out = StrBuilder::with_capacity(s.len());
    for c in s.iter() {
        unicode::map(c, Mapping::Upper, |c| out.push(c));
    }
    out.finish_value(vm)
}

/// `str.casefold()`
pub fn casefold(vm: &Vm, args: &[Value]) -> PyResult {
    let s = this(vm, args)?;
    if s.is_ascii() {
        return ascii_mapped(vm, s, |b| b.to_ascii_lowercase());
    }
    let mut out = StrBuilder::with_capacity(s.len());
    for c in s.iter() {
        unicode::map(c, Mapping::Fold, |c| out.push(c));
    }
    out.finish_value(vm)
}

/// `str.capitalize()`
pub fn capitalize(vm: &Vm, args: &[Value]) -> PyResult {
    let s = this(vm, args)?;
    if s.is_ascii() {
        let mut first = true;
        return ascii_mapped(vm, s, |b| {
            if std::mem::take(&mut first) {
                b.to_ascii_uppercase()
            } else {
                b.to_ascii_lowercase()
            }
        });
    }
    let mut out = StrBuilder::with_capacity(s.len());
    for (i, c) in s.iter().enumerate() {
        if i == 0 {
            unicode::map(c, Mapping::Title, |c| out.push(c));
        } else {
            push_lower(&mut out, s, i, c);
        }
    }
    out.finish_value(vm)
}

/// `str.title()`
pub fn title(vm: &Vm, args: &[Value]) -> PyResult {
    let s = this(vm, args)?;
    if s.is_ascii() {
        let mut after_cased = false;
        return ascii_mapped(vm, s, |b| {
            if std::mem::replace(&mut after_cased, b.is_ascii_alphabetic()) {
                b.to_ascii_lowercase()
            } else {
                b.to_ascii_uppercase()
            }
        });
    }
    let mut out = StrBuilder::with_capacity(s.len());
    let mut after_cased = false;
    for (i, c) in s.iter().enumerate() {
        if after_cased {
            push_lower(&mut out, s, i, c);
        } else {
            unicode::map(c, Mapping::Title, |c| out.push(c));
        }
        after_cased = unicode::is(c, flag::CASED);
    }
    out.finish_value(vm)
}

/// `str.swapcase()`
pub fn swapcase(vm: &Vm, args: &[Value]) -> PyResult {
    let s = this(vm, args)?;
    if s.is_ascii() {
        return ascii_mapped(vm, s, |b| b ^ (u8::from(b.is_ascii_alphabetic()) * 0x20));
    }
    let mut out = StrBuilder::with_capacity(s.len());
    for (i, c) in s.iter().enumerate() {
        let flags = unicode::record(c).flags;
        if flags & flag::UPPER != 0 {
            push_lower(&mut out, s, i, c);
        } else if flags & flag::LOWER != 0 {
            unicode::map(c, Mapping::Upper, |c| out.push(c));
        } else {
            out.push(c);
        }
    }
    out.finish_value(vm)
}
