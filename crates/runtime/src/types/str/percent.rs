//! `%`-formatting of `str`, and the parts of it that `bytes` shares.
//!
//! A directive is `%`, a key in parentheses, flags, width, precision, a length that is ignored,
//! and the conversion.  Numbers are the business of `types::format::percent`.

use std::borrow::Cow;

use crate::object::str::Chars;
use crate::object::{PyResult, Raised, Ref, Str, StrBuilder, Tuple, Value};
use crate::types::format::percent::{self, Conversion};
use crate::vm::Vm;

/// A `%` directive.
#[derive(Clone, Copy, Default)]
pub struct Directive {
    /// Flags, width and precision.
    pub flags: Conversion,
    /// The conversion character.
    pub letter: u32,
    /// Its place in the format, for messages.
    pub place: usize,
}

/// The values a format takes, one after the other or by key.
pub struct Arguments<'a> {
    vm: &'a Vm,
    values: &'a Value,
    tuple: Option<&'a [Value]>,
    next: usize,
    mapping: bool,
    by_key: Option<Value>,
}

impl<'a> Arguments<'a> {
    /// The right operand of `%`.  `text` tells the types that are not mappings although they have
    /// subscripts.
    pub fn new(vm: &'a Vm, values: &'a Value, is_text: bool) -> Arguments<'a> {
        let tuple = values.payload::<Tuple>().map(Tuple::as_slice);
        let mapping =
            vm.class_of(values).slots().mp_subscript.is_some() && tuple.is_none() && !is_text;
        Arguments {
            vm,
            values,
            tuple,
            next: 0,
            mapping,
            by_key: None,
        }
    }

    /// The next value.
    pub fn take(&mut self) -> PyResult<Cow<'a, Value>> {
        if let Some(value) = self.by_key.take() {
            return Ok(Cow::Owned(value));
        }
        let count = self.tuple.map_or(1, <[Value]>::len);
        if self.next >= count {
            return Err(self.vm.type_error("not enough arguments for format string"));
        }
        self.next += 1;
        Ok(match self.tuple {
            Some(values) => Cow::Borrowed(&values[self.next - 1]),
            None => Cow::Borrowed(self.values),
        })
    }

    /// Looks a key up; its value is the next one, and the last that is not looked up.
    fn select(&mut self, key: &Value) -> PyResult<()> {
        self.by_key = Some(self.vm.get_item(self.values, key)?);
        self.next = usize::MAX;
        Ok(())
    }

    /// TypeError if values are left over.
    pub fn finish(self, kind: &str) -> PyResult<()> {
        let count = self.tuple.map_or(1, <[Value]>::len);
        if self.next < count && !self.mapping {
            return Err(self.vm.type_error(format!(
                "not all arguments converted during {kind} formatting"
            )));
        }
        Ok(())
    }
}

#[inline(always)]
fn char_at(format: &Chars<'_>, at: usize) -> Option<u32> {
    (at < format.len()).then(|| format.at(at))
}

fn incomplete(vm: &Vm) -> Raised {
    vm.value_error("incomplete format")
}

/// Reads a number of the format; `None` if there is no digit.
fn read_number(vm: &Vm, format: &Chars<'_>, at: &mut usize, what: &str) -> PyResult<Option<usize>> {
    let mut number: Option<usize> = None;
    while let Some(c @ 48..=57) = char_at(format, *at) {
        let limit = if what == "precision" {
            i32::MAX as usize
        } else {
            isize::MAX as usize
        };
        number = number
            .unwrap_or(0)
            .checked_mul(10)
            .and_then(|n| n.checked_add(c as usize - 48))
            .filter(|&n| n <= limit)
            .map(Some)
            .ok_or_else(|| vm.value_error(format!("{what} too big")))?;
        *at += 1;
    }
    Ok(number)
}

/// A `*`: the value of a width or precision.
fn star(vm: &Vm, args: &mut Arguments<'_>, precision: bool) -> PyResult<isize> {
    let value = args.take()?;
    if !vm.is_instance_of(&value, &vm.types.int) {
        return Err(vm.type_error("* wants int"));
    }
    if precision {
        vm.arg_int(&value).map(|i| i as isize)
    } else {
        vm.arg_ssize(&value)
    }
}

/// Reads a directive behind its `%`; leaves `at` behind the conversion character.
/// `make_key` makes the object a key in parentheses stands for.
pub fn read_directive(
    vm: &Vm,
    format: &Chars<'_>,
    at: &mut usize,
    args: &mut Arguments<'_>,
    make_key: impl FnOnce(Chars<'_>) -> PyResult,
) -> PyResult<Directive> {
    let mut directive = Directive::default();
    if char_at(format, *at) == Some(u32::from(b'(')) {
        if !args.mapping {
            return Err(vm.type_error("format requires a mapping"));
        }
        *at += 1;
        let (start, mut depth) = (*at, 1);
        loop {
            match char_at(format, *at) {
                None => return Err(vm.value_error("incomplete format key")),
                Some(40) => depth += 1,
                Some(41) => depth -= 1,
                Some(_) => {}
            }
            *at += 1;
            if depth == 0 {
                break;
            }
        }
        let key = make_key(format.slice(start, *at - 1))?;
        args.select(&key)?;
    }
    loop {
        match char_at(format, *at).and_then(char::from_u32) {
            Some('-') => directive.flags.left = true,
            Some('+') => directive.flags.plus = true,
            Some(' ') => directive.flags.space = true,
            Some('#') => directive.flags.alternate = true,
            Some('0') => directive.flags.zero = true,
            _ => break,
        }
        *at += 1;
    }
    if char_at(format, *at) == Some(u32::from(b'*')) {
        *at += 1;
        let width = star(vm, args, false)?;
        directive.flags.left |= width < 0;
        directive.flags.width = width.unsigned_abs();
    } else {
        directive.flags.width = read_number(vm, format, at, "width")?.unwrap_or(0);
    }
    if char_at(format, *at) == Some(u32::from(b'.')) {
        *at += 1;
        if char_at(format, *at) == Some(u32::from(b'*')) {
            *at += 1;
            let precision = star(vm, args, true)?;
            directive.flags.precision = Some(usize::try_from(precision).unwrap_or(0));
        } else {
            directive.flags.precision =
                Some(read_number(vm, format, at, "precision")?.unwrap_or(0));
        }
    }
    if let Some(104 | 108 | 76) = char_at(format, *at) {
        *at += 1;
    }
    directive.letter = char_at(format, *at).ok_or_else(|| incomplete(vm))?;
    directive.place = *at;
    *at += 1;
    Ok(directive)
}

impl Directive {
    /// The error of a conversion there is not.
    #[cold]
    pub fn unsupported(&self, vm: &Vm) -> Raised {
        let shown = match self.letter {
            c @ 32..=126 => char::from(c as u8),
            _ => '?',
        };
        vm.value_error(format!(
            "unsupported format character '{shown}' (0x{:x}) at index {}",
            self.letter, self.place
        ))
    }

    /// Appends a text, cut to the precision and padded.
    pub fn push_text(&self, out: &mut StrBuilder, text: Chars<'_>) {
        let text = text.slice(0, self.flags.precision.unwrap_or(usize::MAX));
        let missing = self.flags.width.saturating_sub(text.len());
        if !self.flags.left {
            out.push_repeated(32, missing);
        }
        out.push_chars(text);
        if self.flags.left {
            out.push_repeated(32, missing);
        }
    }
}

/// The character of `%c`.
fn character(vm: &Vm, value: &Value) -> PyResult<u32> {
    if let Some(text) = value.payload::<Str>() {
        if text.len() == 1 {
            return Ok(text.at(0));
        }
        return Err(vm.type_error("%c requires int or char"));
    }
    if vm.class_of(value).slots().nb_index.is_none() {
        return Err(vm.type_error("%c requires int or char"));
    }
    match vm.index_clamped(value) {
        Err(raised) => {
            vm.catch(raised, &vm.types.exceptions.type_error)?;
            Err(vm.type_error("%c requires int or char"))
        }
        Ok(c @ 0..=0x10_FFFF) => Ok(c as u32),
        Ok(_) => Err(vm.overflow_error("%c arg not in range(0x110000)")),
    }
}

/// `format % values`
pub fn format(vm: &Vm, format: &Ref<Str>, values: &Value) -> PyResult {
    let mut args = Arguments::new(vm, values, values.payload::<Str>().is_some());
    let chars = format.chars();
    let mut out = StrBuilder::with_capacity(format.len() + 16);
    let mut at = 0;
    while at < chars.len() {
        let start = at;
        while at < chars.len() && chars.at(at) != u32::from(b'%') {
            at += 1;
        }
        if start == 0 && at == chars.len() {
            // Nothing to convert: the text itself.
            args.finish("string")?;
            return Ok(format.to_value());
        }
        out.push_chars(chars.slice(start, at));
        if at == chars.len() {
            break;
        }
        at += 1;
        if char_at(&chars, at) == Some(u32::from(b'%')) {
            out.push(u32::from(b'%'));
            at += 1;
            continue;
        }
        let key = |key: Chars<'_>| vm.str_from_chars(key).map(Ref::into_value);
        let directive = read_directive(vm, &chars, &mut at, &mut args, key)?;
        convert(vm, &directive, &mut args, &mut out)?;
    }
    args.finish("string")?;
    out.finish_value(vm)
}

fn convert(
    vm: &Vm,
    directive: &Directive,
    args: &mut Arguments<'_>,
    out: &mut StrBuilder,
) -> PyResult<()> {
    let value = args.take()?;
    match char::from_u32(directive.letter).unwrap_or('\0') {
        's' => directive.push_text(out, vm.str_of(&value)?.chars()),
        'r' => directive.push_text(out, vm.repr(&value)?.chars()),
        'a' => directive.push_text(out, vm.ascii(&value)?.chars()),
        'd' | 'i' | 'u' | 'o' | 'x' | 'X' => {
            let letter = directive.letter as u8;
            out.push_str(&percent::integer(vm, &value, letter, &directive.flags)?);
        }
        'e' | 'E' | 'f' | 'F' | 'g' | 'G' => {
            let letter = directive.letter as u8;
            out.push_str(&percent::float(vm, &value, letter, &directive.flags)?);
        }
        'c' => {
            let c = character(vm, &value)?;
            let mut whole = *directive;
            whole.flags.precision = None;
            whole.push_text(out, Chars::Four(&[c]));
        }
        _ => return Err(directive.unsupported(vm)),
    }
    Ok(())
}
