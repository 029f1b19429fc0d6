//! Constant strings, bytes and tuples: concatenation, repetition, items.

use bytecode::{Const, Wtf8};

/// Longer strings are not made by `*`.
const MAX_STRING: usize = 4096;
/// Longer tuples are not made by `*`.
const MAX_TUPLE: usize = 256;
/// Tuples with more items in all, nested ones counted, are not made by `*`.
const MAX_ITEMS: usize = 1024;

/// `left + right`.
pub(super) fn concat(left: &Const, right: &Const) -> Option<Const> {
    Some(match (left, right) {
        (Const::Str(l), Const::Str(r)) => {
            let mut joined = l.clone();
            joined.push_wtf8(r);
            Const::Str(joined)
        }
        (Const::Bytes(l), Const::Bytes(r)) => Const::Bytes([&**l, &**r].concat().into()),
        (Const::Tuple(l), Const::Tuple(r)) => {
            Const::Tuple(l.iter().chain(r.iter()).cloned().collect())
        }
        _ => return None,
    })
}

/// How many items there are, nested ones counted, up to the limit.
fn items_in(value: &Const, limit: usize) -> Option<usize> {
    let (Const::Tuple(items) | Const::FrozenSet(items)) = value else {
        return Some(0);
    };
    let mut total = items.len();
    for item in items {
        if total > limit {
            return None;
        }
        total += items_in(item, limit - total)?;
    }
    (total <= limit).then_some(total)
}

/// `sequence * count`.
pub(super) fn repeat(sequence: &Const, count: &Const) -> Option<Const> {
    let count = match count {
        Const::Int(n) => usize::try_from(*n).ok()?,
        Const::True => 1,
        Const::False => 0,
        _ => return None,
    };
    let fits = |size: usize, limit: usize| size == 0 || count <= limit / size;
    match sequence {
        Const::Str(text) => {
            let size = text.code_points().count();
            if !fits(size, MAX_STRING) {
                return None;
            }
            let mut out = Wtf8::new();
            if size > 0 {
                (0..count).for_each(|_| out.push_wtf8(text));
            }
            Some(Const::Str(out))
        }
        Const::Bytes(bytes) => {
            if !fits(bytes.len(), MAX_STRING) {
                return None;
            }
            let count = if bytes.is_empty() { 0 } else { count };
            Some(Const::Bytes(bytes.repeat(count).into()))
        }
        Const::Tuple(items) => {
            if !fits(items.len(), MAX_TUPLE) {
                return None;
            }
            if items.is_empty() {
                return Some(sequence.clone());
            }
            if let Some(limit) = MAX_ITEMS.checked_div(count) {
                items_in(sequence, limit)?;
            }
            let all = std::iter::repeat_n(items.iter(), count).flatten();
            Some(Const::Tuple(all.cloned().collect()))
        }
        _ => None,
    }
}

/// `value[index]`.
pub(super) fn item(value: &Const, index: &Const) -> Option<Const> {
    let index = match index {
        Const::Int(i) => *i,
        Const::True => 1,
        Const::False => 0,
        _ => return None,
    };
    let place = |len: usize| {
        let len = i64::try_from(len).ok()?;
        let i = if index < 0 {
            index.checked_add(len)?
        } else {
            index
        };
        (0..len).contains(&i).then_some(i as usize)
    };
    match value {
        Const::Str(text) => {
            let at = place(text.code_points().count())?;
            let mut out = Wtf8::new();
            out.push_code_point(text.code_points().nth(at)?);
            Some(Const::Str(out))
        }
        Const::Bytes(bytes) => Some(Const::Int(i64::from(bytes[place(bytes.len())?]))),
        Const::Tuple(items) => Some(items[place(items.len())?].clone()),
        _ => None,
    }
}
