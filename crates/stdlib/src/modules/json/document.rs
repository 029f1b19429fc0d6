//! Reading JSON values.

use std::cell::OnceCell;

use heap::HeapVec;
use runtime::object::{Chars, Dict, PyResult, Ref, Str, Value};
use runtime::types::float::parse_f64;
use runtime::{Raised, Vm};

use super::scanner::Scanner;
use super::string::Source;
use super::units::{Unit, ascii};

/// Number of keys that are found without making a string first.
const RECENT_KEYS: usize = 64;
/// Digits that always fit 64 bits.
const SHORT_DIGITS: usize = 18;

/// A text that is read with a scanner's settings.
pub(super) struct Document<'a, U> {
    source: Source<'a, U>,
    scanner: &'a Scanner,
    /// The keys met so far: equal ones are the same object.
    keys: OnceCell<Ref<Dict>>,
    /// Some of them, by a hash of their text.
    recent: [Option<Value>; RECENT_KEYS],
}

const fn is_digit(c: Option<u32>) -> bool {
    matches!(c, Some(0x30..=0x39))
}

impl<'a, U: Unit> Document<'a, U> {
    /// The document of a string and its units.
    pub fn new(vm: &'a Vm, scanner: &'a Scanner, document: &'a Value, units: &'a [U]) -> Self {
        Document {
            source: Source {
                vm,
                document,
                units,
            },
            scanner,
            keys: OnceCell::new(),
            recent: [const { None }; RECENT_KEYS],
        }
    }

    /// Reads the value at an index; gives it and the index behind it.  Raises StopIteration with
    /// the index where no value begins.
    pub fn value(&mut self, at: usize) -> PyResult<(Value, usize)> {
        let first = self.source.at(at).and_then(|c| u8::try_from(c).ok());
        let constant = |text: &[u8], value: Value| {
            self.source
                .has(at, text)
                .then_some((value, at + text.len()))
        };
        let found = match first {
            Some(b'"') => return self.source.string(at + 1, self.scanner.strict),
            Some(b'{') => {
                let what = " while decoding a JSON object from a unicode string";
                let _guard = self.source.vm.enter_native(what)?;
                return self.object(at + 1);
            }
            Some(b'[') => {
                let what = " while decoding a JSON array from a unicode string";
                let _guard = self.source.vm.enter_native(what)?;
                return self.array(at + 1);
            }
            Some(b'n') => constant(b"null", Value::NONE),
            Some(b't') => constant(b"true", Value::TRUE),
            Some(b'f') => constant(b"false", Value::FALSE),
            Some(b'N') if self.source.has(at, b"NaN") => return self.constant("NaN", at),
            Some(b'I') if self.source.has(at, b"Infinity") => return self.constant("Infinity", at),
            Some(b'-') if self.source.has(at, b"-Infinity") => {
                return self.constant("-Infinity", at);
            }
            Some(b'-' | b'0'..=b'9') => return self.number(at),
            _ => None,
        };
        found.ok_or_else(|| self.nothing(at))
    }

    /// Raises StopIteration: no value begins here.
    #[cold]
    fn nothing(&self, at: usize) -> Raised {
        let vm = self.source.vm;
        vm.stop_iteration(&vm.int_usize(at))
    }

    fn constant(&self, text: &'static str, at: usize) -> PyResult<(Value, usize)> {
        let vm = self.source.vm;
        let value = vm.call1(&self.scanner.parse_constant, &vm.intern(text))?;
        Ok((value, at + text.len()))
    }

    fn digits_end(&self, mut at: usize) -> usize {
        while is_digit(self.source.at(at)) {
            at += 1;
        }
        at
    }

    fn number(&self, start: usize) -> PyResult<(Value, usize)> {
        let source = &self.source;
        let negative = source.at(start) == Some(b'-'.into());
        let first = start + usize::from(negative);
        let mut end = match source.at(first) {
            Some(0x30) => first + 1,
            Some(0x31..=0x39) => self.digits_end(first + 1),
            _ => return Err(self.nothing(start)),
        };
        let whole = end;
        if source.at(end) == Some(b'.'.into()) && is_digit(source.at(end + 1)) {
            end = self.digits_end(end + 2);
        }
        if matches!(source.at(end), Some(0x45 | 0x65)) {
            let sign = matches!(source.at(end + 1), Some(0x2B | 0x2D));
            let exponent = end + 1 + usize::from(sign);
            if is_digit(source.at(exponent)) {
                end = self.digits_end(exponent);
            }
        }
        let vm = source.vm;
        let text = source.slice(start, end);
        let (hook, class) = if end > whole {
            (&self.scanner.parse_float, &vm.types.float)
        } else {
            (&self.scanner.parse_int, &vm.types.int)
        };
        if hook.is(class.as_value()) {
            if end == whole && end - first <= SHORT_DIGITS {
                let digits = source.slice(first, end).iter();
                let number = digits.fold(0, |n, digit| n * 10 + i64::from(digit.code() & 0xF));
                return Ok((vm.int(if negative { -number } else { number }), end));
            }
            if end > whole
                && let Some(x) = parse_f64(&ascii(text))
            {
                return Ok((vm.float(x), end));
            }
        }
        let text = vm.str_from_chars(U::chars(text))?.into_value();
        Ok((vm.call1(hook, &text)?, end))
    }

    fn array(&mut self, start: usize) -> PyResult<(Value, usize)> {
        let vm = self.source.vm;
        let mut items = HeapVec::new();
        let mut at = self.source.skip_space(start);
        if self.source.at(at) != Some(b']'.into()) {
            loop {
                let (item, end) = self.value(at)?;
                items.try_push(item).map_err(|_| vm.memory_error())?;
                at = self.source.skip_space(end);
                match self.source.at(at) {
                    Some(0x5D) => break,
                    Some(0x2C) => at = self.source.skip_space(at + 1),
                    _ => return Err(self.source.error("Expecting ',' delimiter", at)),
                }
            }
        }
        Ok((vm.list(items).into_value(), at + 1))
    }

    fn object(&mut self, start: usize) -> PyResult<(Value, usize)> {
        let vm = self.source.vm;
        let scanner = self.scanner;
        let in_pairs = !scanner.object_pairs_hook.is_none();
        let (mut pairs, dict) = (HeapVec::new(), (!in_pairs).then(|| vm.dict()));
        let mut at = self.source.skip_space(start);
        if self.source.at(at) != Some(b'}'.into()) {
            loop {
                if self.source.at(at) != Some(b'"'.into()) {
                    let message = "Expecting property name enclosed in double quotes";
                    return Err(self.source.error(message, at));
                }
                let (key, end) = self.key(at + 1)?;
                at = self.source.skip_space(end);
                if self.source.at(at) != Some(b':'.into()) {
                    return Err(self.source.error("Expecting ':' delimiter", at));
                }
                at = self.source.skip_space(at + 1);
                let (value, end) = self.value(at)?;
                match &dict {
                    Some(dict) => drop(dict.insert(vm, &key, value)?),
                    None => {
                        let pair = vm.pair(key, value);
                        pairs.try_push(pair).map_err(|_| vm.memory_error())?;
                    }
                }
                at = self.source.skip_space(end);
                match self.source.at(at) {
                    Some(0x7D) => break,
                    Some(0x2C) => at = self.source.skip_space(at + 1),
                    _ => return Err(self.source.error("Expecting ',' delimiter", at)),
                }
            }
        }
        let object = match dict {
            None => vm.call(&scanner.object_pairs_hook, &[vm.list(pairs).into_value()])?,
            Some(dict) if scanner.object_hook.is_none() => dict.into_value(),
            Some(dict) => vm.call(&scanner.object_hook, &[dict.into_value()])?,
        };
        Ok((object, at + 1))
    }

    /// Reads a key; equal keys of a document are the same object.
    fn key(&mut self, start: usize) -> PyResult<(Value, usize)> {
        let strict = self.scanner.strict;
        let end = self.source.plain_end(start, start, strict)?;
        let text = self.source.slice(start, end);
        let plain = self.source.at(end) == Some(b'"'.into());
        let place = text.iter().take(8).fold(text.len(), |hash, unit| {
            hash.wrapping_mul(31).wrapping_add(unit.code() as usize)
        }) % RECENT_KEYS;
        if plain
            && let Some(known) = &self.recent[place]
            && known
                .payload::<Str>()
                .is_some_and(|known| is_text(known, text))
        {
            return Ok((known.clone(), end + 1));
        }
        let (key, end) = self.source.string_from(start, end, strict)?;
        let vm = self.source.vm;
        let key = self
            .keys
            .get_or_init(|| vm.dict())
            .get_or_insert(vm, &key, &key)?;
        if plain {
            self.recent[place] = Some(key.clone());
        }
        Ok((key, end))
    }
}

/// True if the string is this text, as far as that is easily said.
fn is_text<U: Unit>(string: &Str, text: &[U]) -> bool {
    match (string.chars(), U::chars(text)) {
        (Chars::One(a), Chars::One(b)) => a == b,
        (Chars::Two(a), Chars::Two(b)) => a == b,
        (Chars::Four(a), Chars::Four(b)) => a == b,
        (Chars::One(a), b) => a.len() == b.len() && b.iter().eq(a.iter().map(|&c| c.into())),
        _ => false,
    }
}
