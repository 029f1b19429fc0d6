//! The `is…` methods.

use super::this;
use super::unicode::{self, flag};
use crate::object::{PyResult, Str, Value};
use crate::vm::Vm;

fn all(vm: &Vm, args: &[Value], test: impl Fn(u32) -> bool) -> PyResult {
    let s = this(vm, args)?;
    Ok(Value::bool(!s.is_empty() && s.iter().all(test)))
}

/// `str.isalpha()`
pub fn isalpha(vm: &Vm, args: &[Value]) -> PyResult {
    all(vm, args, |c| unicode::is(c, flag::ALPHA))
}

/// `str.isalnum()`
pub fn isalnum(vm: &Vm, args: &[Value]) -> PyResult {
    all(vm, args, unicode::is_alnum)
}

/// `str.isascii()`
pub fn isascii(vm: &Vm, args: &[Value]) -> PyResult {
    Ok(Value::bool(this(vm, args)?.is_ascii()))
}

/// `str.isdecimal()`
pub fn isdecimal(vm: &Vm, args: &[Value]) -> PyResult {
    all(vm, args, |c| unicode::is(c, flag::DECIMAL))
}

/// `str.isdigit()`
pub fn isdigit(vm: &Vm, args: &[Value]) -> PyResult {
    all(vm, args, |c| unicode::is(c, flag::DIGIT))
}

/// `str.isnumeric()`
pub fn isnumeric(vm: &Vm, args: &[Value]) -> PyResult {
    all(vm, args, |c| unicode::is(c, flag::NUMERIC))
}

/// `str.isspace()`
pub fn isspace(vm: &Vm, args: &[Value]) -> PyResult {
    all(vm, args, unicode::is_space)
}

/// `str.isprintable()`
pub fn isprintable(vm: &Vm, args: &[Value]) -> PyResult {
    let s = this(vm, args)?;
    Ok(Value::bool(s.iter().all(unicode::is_printable)))
}

/// True if the text is an identifier (or a keyword).
pub fn is_identifier(s: &Str) -> bool {
    let mut chars = s.iter();
    chars
        .next()
        .is_some_and(|c| c == u32::from(b'_') || unicode::is(c, flag::XID_START))
        && chars.all(|c| unicode::is(c, flag::XID_CONTINUE))
}

/// `str.isidentifier()`
pub fn isidentifier(vm: &Vm, args: &[Value]) -> PyResult {
    Ok(Value::bool(is_identifier(this(vm, args)?)))
}

/// All cased characters are of one case, and there is one.
fn one_case(s: &Str, wanted: u16, other: u16) -> bool {
    let mut found = false;
    for c in s.iter() {
        let flags = unicode::record(c).flags;
        if flags & (other | flag::TITLE) != 0 {
            return false;
        }
        found |= flags & wanted != 0;
    }
    found
}

/// `str.islower()`
pub fn islower(vm: &Vm, args: &[Value]) -> PyResult {
    Ok(Value::bool(one_case(
        this(vm, args)?,
        flag::LOWER,
        flag::UPPER,
    )))
}

/// `str.isupper()`
pub fn isupper(vm: &Vm, args: &[Value]) -> PyResult {
    Ok(Value::bool(one_case(
        this(vm, args)?,
        flag::UPPER,
        flag::LOWER,
    )))
}

/// `str.istitle()`
pub fn istitle(vm: &Vm, args: &[Value]) -> PyResult {
    let (mut found, mut after_cased) = (false, false);
    for c in this(vm, args)?.iter() {
        let flags = unicode::record(c).flags;
        if flags & (flag::UPPER | flag::TITLE) != 0 {
            if after_cased {
                return Ok(Value::FALSE);
            }
            (found, after_cased) = (true, true);
        } else if flags & flag::LOWER != 0 {
            if !after_cased {
                return Ok(Value::FALSE);
            }
            found = true;
        } else {
            after_cased = false;
        }
    }
    Ok(Value::bool(found))
}
