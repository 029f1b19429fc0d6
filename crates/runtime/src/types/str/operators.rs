//! The slots of `str`: what operators, subscripts and builtins do with strings.

use super::search::find_in;
use super::{percent, this};
use crate::object::{Chars, CompareOp, PyResult, Ref, Str, StrBuilder, Value};
use crate::vm::Vm;

/// `s + other`
pub fn concat(vm: &Vm, left: &Value, right: &Value) -> PyResult {
    vm.str_concat(left.clone(), right)
}

/// `s * n`
pub fn repeat(vm: &Vm, value: &Value, n: isize) -> PyResult {
    let s = this(vm, std::slice::from_ref(value))?;
    let n = usize::try_from(n).unwrap_or(0);
    if n == 0 {
        return Ok(vm.str_value(""));
    }
    if n == 1 || s.is_empty() {
        return vm.str_exact(s).map(Ref::into_value);
    }
    let Some(len) = s
        .len()
        .checked_mul(n)
        .filter(|&len| len <= isize::MAX as usize)
    else {
        return Err(vm.overflow_error("repeated string is too long"));
    };
    let repeated = vm.str_filled(s.width(), len, |f| {
        f.push_chars(s.chars());
        f.repeat_to_end();
    });
    repeated.map(Ref::into_value)
}

/// `len(s)`
pub fn len(vm: &Vm, value: &Value) -> PyResult<usize> {
    Ok(this(vm, std::slice::from_ref(value))?.len())
}

/// `hash(s)`
pub fn hash(vm: &Vm, value: &Value) -> PyResult<i64> {
    Ok(this(vm, std::slice::from_ref(value))?.hash(vm) as i64)
}

/// `repr(s)`
pub fn repr(vm: &Vm, value: &Value) -> PyResult {
    let s = this(vm, std::slice::from_ref(value))?;
    vm.str_repr(s).map(Ref::into_value)
}

/// `str(s)`
pub fn str(vm: &Vm, value: &Value) -> PyResult {
    let s = this(vm, std::slice::from_ref(value))?;
    vm.str_exact(s).map(Ref::into_value)
}

/// `sub in s`
pub fn contains(vm: &Vm, value: &Value, sub: &Value) -> PyResult<bool> {
    let s = this(vm, std::slice::from_ref(value))?;
    match sub.payload::<Str>() {
        Some(sub) => Ok(find_in(s, sub, 0, s.len(), false).is_some()),
        None => Err(vm.type_error(format!(
            "'in <string>' requires string as left operand, not {}",
            vm.class_name(sub)
        ))),
    }
}

/// True if the other text is a part of it.  Never inlined: its searcher has a place in memory, with which a
/// handler could not jump on.
#[inline(never)]
pub fn holds(text: &Str, part: &Str) -> bool {
    match (text.as_ascii(), part.as_ascii()) {
        (Some(text), Some(part)) => {
            crate::types::search::find(text.as_bytes(), part.as_bytes(), 1).is_some()
        }
        _ => find_in(text, part, 0, text.len(), false).is_some(),
    }
}

/// `s[i]` with an index that is not negative.
pub fn item(vm: &Vm, value: &Value, index: isize) -> PyResult {
    let s = this(vm, std::slice::from_ref(value))?;
    match usize::try_from(index) {
        Ok(i) if i < s.len() => Ok(vm.str_from_char(s.at(i)).into_value()),
        _ => Err(vm.index_error("string index out of range")),
    }
}

/// `s[key]`
pub fn subscript(vm: &Vm, value: &Value, key: &Value) -> PyResult {
    if key.as_small_int().is_some() || vm.class_of(key).slots().nb_index.is_some() {
        let index = vm.index_isize(key, &vm.types.exceptions.index_error)?;
        let len = this(vm, std::slice::from_ref(value))?.len() as isize;
        return item(vm, value, if index < 0 { index + len } else { index });
    }
    let s = this(vm, std::slice::from_ref(value))?;
    let Some(range) = vm.slice_range(key, || s.len())? else {
        return Err(vm.type_error(format!(
            "string indices must be integers, not '{}'",
            vm.class_name(key)
        )));
    };
    if range.count == 0 {
        return Ok(vm.str_value(""));
    }
    if range.step == 1 {
        let start = range.start as usize;
        return vm
            .str_slice(s, start, start + range.count)
            .map(Ref::into_value);
    }
    let chars = s.chars();
    if range.step == -1 && range.count == s.len() {
        let reversed = vm.str_filled(s.width(), range.count, |f| f.push_reversed(chars));
        return reversed.map(Ref::into_value);
    }
    if s.is_ascii() {
        let picked = vm.str_filled(s.width(), range.count, |f| {
            range.places().for_each(|i| f.push(chars.at(i)));
        });
        return picked.map(Ref::into_value);
    }
    let mut out = StrBuilder::with_capacity(range.count);
    range.places().for_each(|i| out.push(chars.at(i)));
    out.finish_value(vm)
}

/// Orders texts by code points.
pub fn order(a: &Str, b: &Str) -> std::cmp::Ordering {
    match (a.chars(), b.chars()) {
        (Chars::One(a), Chars::One(b)) => a.cmp(b),
        (Chars::Two(a), Chars::Two(b)) => a.cmp(b),
        (Chars::Four(a), Chars::Four(b)) => a.cmp(b),
        (a, b) => a.iter().cmp(b.iter()),
    }
}

/// The six comparisons.
pub fn compare(_vm: &Vm, a: &Value, b: &Value, op: CompareOp) -> PyResult {
    let (Some(x), Some(y)) = (a.payload::<Str>(), b.payload::<Str>()) else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    let holds = match op {
        CompareOp::Eq => a.is(b) || x.equals(y),
        CompareOp::Ne => !a.is(b) && !x.equals(y),
        op => op.holds(order(x, y)),
    };
    Ok(Value::bool(holds))
}

/// `s % values`; the left operand decides.
pub fn remainder(vm: &Vm, left: &Value, right: &Value) -> PyResult {
    match left.as_ref_to::<Str>() {
        Some(format) => percent::format(vm, format, right),
        None => Ok(Value::NOT_IMPLEMENTED),
    }
}
