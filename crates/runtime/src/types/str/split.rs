//! Splitting and joining.

use smallvec::SmallVec;

use super::search::{at_width, find_in};
use super::{expect_str, this, unicode};
use crate::object::str::{Chars, Width};
use crate::object::{List, PyResult, Ref, Str, Tuple, Value};
use crate::types::search;
use crate::types::text_args::size_arg_or;
use crate::vm::Vm;

/// The parts of a text; few of them take no memory of their own.
type Pieces = SmallVec<[Value; 12]>;

/// Calls `piece` with the bounds of the words between runs of separators, at most `limit`
/// splits from the left; the rest, without the separators before it, is the last piece.
pub fn words<U: Copy>(
    units: &[U],
    limit: usize,
    is_space: impl Fn(U) -> bool,
    mut piece: impl FnMut(usize, usize) -> PyResult<()>,
) -> PyResult<()> {
    let (mut at, mut splits) = (0, 0);
    loop {
        while at < units.len() && is_space(units[at]) {
            at += 1;
        }
        if at == units.len() {
            return Ok(());
        }
        if splits == limit {
            break;
        }
        let start = at;
        while at < units.len() && !is_space(units[at]) {
            at += 1;
        }
        piece(start, at)?;
        splits += 1;
    }
    piece(at, units.len())
}

/// The same from the right; the pieces come last to first.
pub fn words_from_right<U: Copy>(
    units: &[U],
    limit: usize,
    is_space: impl Fn(U) -> bool,
    mut piece: impl FnMut(usize, usize) -> PyResult<()>,
) -> PyResult<()> {
    let (mut end, mut splits) = (units.len(), 0);
    loop {
        while end > 0 && is_space(units[end - 1]) {
            end -= 1;
        }
        if end == 0 {
            return Ok(());
        }
        if splits == limit {
            return piece(0, end);
        }
        let stop = end;
        while end > 0 && !is_space(units[end - 1]) {
            end -= 1;
        }
        piece(end, stop)?;
        splits += 1;
    }
}

/// Calls `piece` with the bounds of each line.  `next_break(i)` is the length of the line break
/// at `i`, or 0.
pub fn lines(
    len: usize,
    keep_ends: bool,
    break_at: impl Fn(usize) -> usize,
    mut piece: impl FnMut(usize, usize) -> PyResult<()>,
) -> PyResult<()> {
    let (mut start, mut at) = (0, 0);
    while at < len {
        match break_at(at) {
            0 => at += 1,
            n => {
                piece(start, if keep_ends { at + n } else { at })?;
                at += n;
                start = at;
            }
        }
    }
    if start < len {
        piece(start, len)?;
    }
    Ok(())
}

/// Calls `piece` with the bounds between separators, in units; at most `limit` splits.
pub fn pieces(
    hay: &[u8],
    separator: &[u8],
    unit: usize,
    limit: usize,
    mut piece: impl FnMut(usize, usize) -> PyResult<()>,
) -> PyResult<()> {
    let mut start = 0;
    if let (&[separator], usize::MAX) = (separator, limit) {
        while let Some(length) = search::find_near(separator, &hay[start..]) {
            piece(start, start + length)?;
            start += length + 1;
        }
        return piece(start, hay.len());
    }
    for at in search::Matches::new(hay, separator, unit).take(limit) {
        piece(start / unit, at / unit)?;
        start = at + separator.len();
    }
    piece(start / unit, hay.len() / unit)
}

/// The same from the right; the pieces come last to first.
pub fn pieces_from_right(
    hay: &[u8],
    separator: &[u8],
    unit: usize,
    limit: usize,
    mut piece: impl FnMut(usize, usize) -> PyResult<()>,
) -> PyResult<()> {
    let (mut end, mut splits) = (hay.len(), 0);
    while splits < limit
        && let Some(at) = search::rfind(&hay[..end], separator, unit)
    {
        piece((at + separator.len()) / unit, end / unit)?;
        end = at;
        splits += 1;
    }
    piece(0, end / unit)
}

/// Appends a part; MemoryError where there is no room for more.
fn append(vm: &Vm, items: &mut Pieces, item: Value) -> PyResult<()> {
    vm.check_memory()?;
    if items.len() == items.capacity() {
        items.try_reserve(1).map_err(|_| vm.memory_error())?;
    }
    items.push(item);
    Ok(())
}

fn split_args<'a>(
    vm: &Vm,
    args: &'a [Value],
) -> PyResult<(&'a Ref<Str>, Option<&'a Ref<Str>>, usize)> {
    let s = this(vm, args)?;
    let limit = size_arg_or(vm, &args[2], -1)?;
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let Some(separator) = args[1].given_not_none() else {
        return Ok((s, None, limit));
    };
    let Some(separator) = separator.as_ref_to::<Str>() else {
        return Err(vm.type_error(format!(
            "must be str or None, not {}",
            vm.class_name(separator)
        )));
    };
    if separator.is_empty() {
        return Err(vm.value_error("empty separator"));
    }
    Ok((s, Some(separator), limit))
}

/// `str.split(sep=None, maxsplit=-1)`
pub fn split(vm: &Vm, args: &[Value]) -> PyResult {
    let (s, separator, limit) = split_args(vm, args)?;
    let mut items = Pieces::new();
    let push = |start, end| {
        append(vm, &mut items, vm.str_slice(s, start, end)?.into_value())?;
        Ok(())
    };
    match separator {
        None => match s.chars() {
            Chars::One(u) => words(u, limit, |c| unicode::is_space(c.into()), push)?,
            Chars::Two(u) => words(u, limit, |c| unicode::is_space(c.into()), push)?,
            Chars::Four(u) => words(u, limit, unicode::is_space, push)?,
        },
        Some(separator) => match at_width(separator, s.width()) {
            Some(needle) => pieces(s.raw_bytes(), &needle, s.width().bytes(), limit, push)?,
            None => append(vm, &mut items, vm.str_exact(s)?.into_value())?,
        },
    }
    vm.list_from(items).map(Ref::into_value)
}

/// `str.rsplit(sep=None, maxsplit=-1)`
pub fn rsplit(vm: &Vm, args: &[Value]) -> PyResult {
    let (s, separator, limit) = split_args(vm, args)?;
    let mut items = Pieces::new();
    let push = |start, end| {
        append(vm, &mut items, vm.str_slice(s, start, end)?.into_value())?;
        Ok(())
    };
    match separator {
        None => match s.chars() {
            Chars::One(u) => words_from_right(u, limit, |c| unicode::is_space(c.into()), push)?,
            Chars::Two(u) => words_from_right(u, limit, |c| unicode::is_space(c.into()), push)?,
            Chars::Four(u) => words_from_right(u, limit, unicode::is_space, push)?,
        },
        Some(separator) => match at_width(separator, s.width()) {
            Some(needle) => {
                pieces_from_right(s.raw_bytes(), &needle, s.width().bytes(), limit, push)?;
            }
            None => append(vm, &mut items, vm.str_exact(s)?.into_value())?,
        },
    }
    items.reverse();
    vm.list_from(items).map(Ref::into_value)
}

/// `str.splitlines(keepends=False)`
pub fn splitlines(vm: &Vm, args: &[Value]) -> PyResult {
    let s = this(vm, args)?;
    let keep_ends = args[1].given().map_or(Ok(false), |v| vm.truth(v))?;
    let mut items = Vec::new();
    let chars = s.chars();
    let break_at = |at: usize| match chars.at(at) {
        13 if at + 1 < chars.len() && chars.at(at + 1) == 10 => 2,
        c => usize::from(unicode::is_line_break(c)),
    };
    lines(s.len(), keep_ends, break_at, |start, end| {
        vm.try_push(&mut items, vm.str_slice(s, start, end)?.into_value())?;
        Ok(())
    })?;
    vm.list_from(items).map(Ref::into_value)
}

fn partition_at(vm: &Vm, args: &[Value], last: bool) -> PyResult {
    let s = this(vm, args)?;
    let separator = expect_str(vm, &args[1])?;
    if separator.is_empty() {
        return Err(vm.value_error("empty separator"));
    }
    let parts = match find_in(s, separator, 0, s.len(), last) {
        Some(at) => [
            vm.str_slice(s, 0, at)?,
            vm.str_exact(separator)?,
            vm.str_slice(s, at + separator.len(), s.len())?,
        ],
        None if last => [vm.str(""), vm.str(""), vm.str_exact(s)?],
        None => [vm.str_exact(s)?, vm.str(""), vm.str("")],
    };
    Ok(vm.tuple_value(parts.map(Ref::into_value)))
}

/// `str.partition(sep)`
pub fn partition(vm: &Vm, args: &[Value]) -> PyResult {
    partition_at(vm, args, false)
}

/// `str.rpartition(sep)`
pub fn rpartition(vm: &Vm, args: &[Value]) -> PyResult {
    partition_at(vm, args, true)
}

/// The items of the argument of a `join`.
pub fn join_items(vm: &Vm, iterable: &Value) -> PyResult<Vec<Value>> {
    vm.iter(iterable)
        .or_else(|raised| {
            let _ = vm.catch(raised, &vm.types.exceptions.type_error)?;
            Err(vm.type_error("can only join an iterable"))
        })
        .and_then(|iterator| vm.collect(&iterator))
}

/// `str.join(iterable)`
pub fn join(vm: &Vm, args: &[Value]) -> PyResult {
    vm.str_join(this(vm, args)?, &args[1])
}

impl Vm {
    /// `separator.join(iterable)`
    pub fn str_join(&self, separator: &Str, iterable: &Value) -> PyResult {
        let class = self.class_of(iterable);
        // No Python code runs while strings are joined, so the items need not be copied.
        if class.is(&self.types.list)
            && let Some(list) = iterable.payload::<List>()
        {
            return list.with(|items| self.str_join_slice(separator, items));
        }
        if class.is(&self.types.tuple)
            && let Some(tuple) = iterable.payload::<Tuple>()
        {
            return self.str_join_slice(separator, tuple);
        }
        self.str_join_slice(separator, &join_items(self, iterable)?)
    }

    /// Joins strings; TypeError for anything else.
    pub fn str_join_slice(&self, separator: &Str, items: &[Value]) -> PyResult {
        if let [only] = items
            && self.class_of(only).is(&self.types.str)
        {
            return Ok(only.clone());
        }
        let mut len = separator.len() * items.len().saturating_sub(1);
        let mut width = if items.len() > 1 {
            separator.width()
        } else {
            Width::Ascii
        };
        for (i, item) in items.iter().enumerate() {
            let Some(s) = item.payload::<Str>() else {
                return Err(self.type_error(format!(
                    "sequence item {i}: expected str instance, {} found",
                    self.class_name(item)
                )));
            };
            len = len.saturating_add(s.len());
            width = width.max(s.width());
        }
        let joined = self.str_filled(width, len, |f| {
            for (i, item) in items.iter().enumerate() {
                if i > 0 && !separator.is_empty() {
                    f.push_chars(separator.chars());
                }
                if let Some(s) = item.payload::<Str>() {
                    f.push_chars(s.chars());
                }
            }
        });
        joined.map(Ref::into_value)
    }
}
