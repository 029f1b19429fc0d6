//! Finding, counting and replacing substrings, and the tests at either end.

use std::borrow::Cow;

use super::{expect_str, this};
use crate::object::str::{Chars, Width};
use crate::object::{Args, PyResult, Ref, Str, StrBuilder, Tuple, Value};
use crate::types::search;
use crate::types::text_args::{FindArgs, find_args, range, size_arg_or};
use crate::vm::Vm;

/// The needle's raw bytes at the width of the text searched; None if the needle holds characters
/// that do not fit, so that it cannot occur.
pub fn at_width(needle: &Str, width: Width) -> Option<Cow<'_, [u8]>> {
    if needle.width() > width {
        return None;
    }
    if needle.width().bytes() == width.bytes() {
        return Some(Cow::Borrowed(needle.raw_bytes()));
    }
    Some(Cow::Owned(match width {
        Width::Ascii | Width::One => needle.raw_bytes().to_vec(),
        Width::Two => needle
            .iter()
            .flat_map(|c| (c as u16).to_ne_bytes())
            .collect(),
        Width::Four => needle.iter().flat_map(u32::to_ne_bytes).collect(),
    }))
}

/// Place of the first (or last) occurrence in `s[start:end]`.
pub fn find_in(s: &Str, sub: &Str, start: usize, end: usize, last: bool) -> Option<usize> {
    if start > end || sub.len() > end - start {
        return None;
    }
    let unit = s.width().bytes();
    let needle = at_width(sub, s.width())?;
    let hay = &s.raw_bytes()[start * unit..end * unit];
    let at = if needle.is_empty() {
        if last { hay.len() } else { 0 }
    } else if last {
        search::rfind(hay, &needle, unit)?
    } else {
        search::find(hay, &needle, unit)?
    };
    Some(start + at / unit)
}

/// Number of occurrences in `s[start:end]`, at most `limit`.
pub fn count_in(s: &Str, sub: &Str, start: usize, end: usize, limit: usize) -> usize {
    if start > end {
        return 0;
    }
    if sub.is_empty() {
        return (end - start + 1).min(limit);
    }
    let unit = s.width().bytes();
    match at_width(sub, s.width()) {
        Some(needle) => search::count(
            &s.raw_bytes()[start * unit..end * unit],
            &needle,
            unit,
            limit,
        ),
        None => 0,
    }
}

fn bound<'a>(vm: &Vm, args: &FindArgs<'a>) -> PyResult<(&'a Str, &'a Str, usize, usize)> {
    let s = this(vm, std::slice::from_ref(args.this))?;
    let sub = expect_str(vm, args.sub)?;
    let (start, end) = range(args.start, args.end, s.len());
    Ok((s, sub, start, end))
}

fn find_from(vm: &Vm, name: &str, args: Args<'_>, last: bool) -> PyResult<Option<usize>> {
    let args = find_args(vm, name, args)?;
    let (s, sub, start, end) = bound(vm, &args)?;
    Ok(find_in(s, sub, start, end, last))
}

fn or_minus_one(place: Option<usize>) -> PyResult {
    Ok(Value::small_int(place.map_or(-1, |at| at as i64)))
}

/// `str.find(sub[, start[, end]])`
pub fn find(vm: &Vm, args: Args<'_>) -> PyResult {
    or_minus_one(find_from(vm, "find", args, false)?)
}

/// `str.rfind(sub[, start[, end]])`
pub fn rfind(vm: &Vm, args: Args<'_>) -> PyResult {
    or_minus_one(find_from(vm, "rfind", args, true)?)
}

fn or_error(vm: &Vm, place: Option<usize>) -> PyResult {
    match place {
        Some(at) => Ok(Value::small_int(at as i64)),
        None => Err(vm.value_error("substring not found")),
    }
}

/// `str.index(sub[, start[, end]])`
pub fn index(vm: &Vm, args: Args<'_>) -> PyResult {
    or_error(vm, find_from(vm, "index", args, false)?)
}

/// `str.rindex(sub[, start[, end]])`
pub fn rindex(vm: &Vm, args: Args<'_>) -> PyResult {
    or_error(vm, find_from(vm, "rindex", args, true)?)
}

/// `str.count(sub[, start[, end]])`
pub fn count(vm: &Vm, args: Args<'_>) -> PyResult {
    let args = find_args(vm, "count", args)?;
    let (s, sub, start, end) = bound(vm, &args)?;
    let n = count_in(s, sub, start, end, usize::MAX);
    Ok(Value::small_int(n as i64))
}

/// True if `s[start:end]` begins (or ends) with `part`.
pub fn has_affix(s: &Str, part: &Str, start: usize, end: usize, at_end: bool) -> bool {
    if start > end || part.len() > end - start || part.width() > s.width() {
        return false;
    }
    let at = if at_end { end - part.len() } else { start };
    chars_equal(s.chars().slice(at, at + part.len()), part.chars())
}

/// True for the same code points, whatever their widths.
pub fn chars_equal(a: Chars<'_>, b: Chars<'_>) -> bool {
    match (a, b) {
        (Chars::One(a), Chars::One(b)) => a == b,
        (Chars::Two(a), Chars::Two(b)) => a == b,
        (Chars::Four(a), Chars::Four(b)) => a == b,
        (a, b) => a.iter().eq(b.iter()),
    }
}

fn affix(vm: &Vm, name: &str, args: Args<'_>, at_end: bool) -> PyResult {
    let args = find_args(vm, name, args)?;
    let s = this(vm, std::slice::from_ref(args.this))?;
    let (start, end) = range(args.start, args.end, s.len());
    if let Some(parts) = args.sub.payload::<Tuple>() {
        for part in parts.iter() {
            let Some(part) = part.payload::<Str>() else {
                return Err(vm.type_error(format!(
                    "tuple for {name} must only contain str, not {}",
                    vm.class_name(part)
                )));
            };
            if has_affix(s, part, start, end, at_end) {
                return Ok(Value::TRUE);
            }
        }
        return Ok(Value::FALSE);
    }
    match args.sub.payload::<Str>() {
        Some(part) => Ok(Value::bool(has_affix(s, part, start, end, at_end))),
        None => Err(vm.type_error(format!(
            "{name} first arg must be str or a tuple of str, not {}",
            vm.class_name(args.sub)
        ))),
    }
}

/// `str.startswith(prefix[, start[, end]])`
pub fn startswith(vm: &Vm, args: Args<'_>) -> PyResult {
    affix(vm, "startswith", args, false)
}

/// `str.endswith(suffix[, start[, end]])`
pub fn endswith(vm: &Vm, args: Args<'_>) -> PyResult {
    affix(vm, "endswith", args, true)
}

/// `str.removeprefix(prefix)`
pub fn removeprefix(vm: &Vm, args: &[Value]) -> PyResult {
    let s = this(vm, args)?;
    let prefix = named_str(vm, "removeprefix() argument", &args[1])?;
    let cut = if has_affix(s, prefix, 0, s.len(), false) {
        prefix.len()
    } else {
        0
    };
    vm.str_slice(s, cut, s.len()).map(Ref::into_value)
}

/// `str.removesuffix(suffix)`
pub fn removesuffix(vm: &Vm, args: &[Value]) -> PyResult {
    let s = this(vm, args)?;
    let suffix = named_str(vm, "removesuffix() argument", &args[1])?;
    let cut = if has_affix(s, suffix, 0, s.len(), true) {
        suffix.len()
    } else {
        0
    };
    vm.str_slice(s, 0, s.len() - cut).map(Ref::into_value)
}

/// An argument that must be a string; `what` names it in the message.
pub fn named_str<'a>(vm: &Vm, what: &str, value: &'a Value) -> PyResult<&'a Ref<Str>> {
    value.as_ref_to::<Str>().ok_or_else(|| {
        vm.type_error(format!(
            "{what} must be str, not {}",
            vm.argument_type(value)
        ))
    })
}

/// `str.replace(old, new, count=-1)`
pub fn replace(vm: &Vm, args: &[Value]) -> PyResult {
    let s = this(vm, args)?;
    let old = named_str(vm, "replace() argument 1", &args[1])?;
    let new = named_str(vm, "replace() argument 2", &args[2])?;
    let count = size_arg_or(vm, &args[3], -1)?;
    let limit = usize::try_from(count).unwrap_or(usize::MAX);
    vm.str_replace(s, old, new, limit).map(Ref::into_value)
}

impl Vm {
    /// `s.replace(old, new, limit)`
    pub fn str_replace(
        &self,
        s: &Ref<Str>,
        old: &Str,
        new: &Str,
        limit: usize,
    ) -> PyResult<Ref<Str>> {
        if old.is_empty() {
            return self.str_interleave(s, new, limit);
        }
        if old.len() == 1 && new.len() == 1 && limit == usize::MAX {
            return self.str_replace_char(s, old.at(0), new.at(0));
        }
        let hits = if limit == 0 || old.equals(new) {
            0
        } else {
            count_in(s, old, 0, s.len(), limit)
        };
        let needle = at_width(old, s.width());
        let (Some(needle), 1..) = (needle, hits) else {
            return self.str_exact(s);
        };
        let unit = s.width().bytes();
        let places = search::Matches::new(s.raw_bytes(), &needle, unit).take(hits);
        let places = places.map(|at| at / unit);
        if s.is_ascii() && new.is_ascii() {
            let grown = hits.checked_mul(new.len());
            let len = grown.and_then(|g| g.checked_add(s.len() - hits * old.len()));
            let Some(len) = len else {
                return Err(self.overflow_error("replace string is too long"));
            };
            return self.str_filled(Width::Ascii, len, |f| {
                let mut from = 0;
                for at in places {
                    f.push_chars(s.chars().slice(from, at));
                    f.push_chars(new.chars());
                    from = at + old.len();
                }
                f.push_chars(s.chars().slice(from, s.len()));
            });
        }
        let mut out = StrBuilder::with_width(s.width().max(new.width()), s.len());
        let mut from = 0;
        for at in places {
            out.push_chars(s.chars().slice(from, at));
            out.push_object(new);
            from = at + old.len();
        }
        out.push_chars(s.chars().slice(from, s.len()));
        out.finish(self)
    }

    /// `s.replace(old, new)` with characters.
    fn str_replace_char(&self, s: &Ref<Str>, old: u32, new: u32) -> PyResult<Ref<Str>> {
        let swap = |c: u32| if c == old { new } else { c };
        match s.chars() {
            Chars::One(bytes) => {
                let found = u8::try_from(old)
                    .ok()
                    .and_then(|b| memchr::memchr(b, bytes));
                if found.is_none() || old == new {
                    return self.str_exact(s);
                }
                if s.is_ascii() && new < 0x80 {
                    let (old, new) = (old as u8, new as u8);
                    return self.str_filled(Width::Ascii, bytes.len(), |f| {
                        f.push_mapped(bytes, |b| if b == old { new } else { b });
                    });
                }
            }
            Chars::Two(units) => {
                let known = u16::try_from(old).is_ok_and(|c| units.contains(&c));
                if !known || old == new {
                    return self.str_exact(s);
                }
                if let (Ok(old), Ok(new)) = (u16::try_from(old), u16::try_from(new)) {
                    self.check_room(units.len() * 2)?;
                    let swap = |&c: &u16| if c == old { new } else { c };
                    let units: Vec<u16> = units.iter().map(swap).collect();
                    return self.str_from_chars(Chars::Two(&units));
                }
            }
            Chars::Four(units) => {
                if old == new || !units.contains(&old) {
                    return self.str_exact(s);
                }
            }
        }
        let mut out = StrBuilder::with_width(s.width().max(Width::of(new)), s.len());
        s.iter().for_each(|c| out.push(swap(c)));
        out.finish(self)
    }

    /// `s.replace('', new, limit)`: before each character and at the end.
    fn str_interleave(&self, s: &Ref<Str>, new: &Str, limit: usize) -> PyResult<Ref<Str>> {
        if limit == 0 || new.is_empty() {
            return self.str_exact(s);
        }
        let mut out = StrBuilder::with_capacity(s.len() * 2);
        for (i, c) in s.iter().enumerate() {
            if i < limit {
                out.push_object(new);
            }
            out.push(c);
        }
        if s.len() < limit {
            out.push_object(new);
        }
        out.finish(self)
    }
}
