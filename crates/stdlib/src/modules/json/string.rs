//! Reading JSON strings.

use runtime::object::str_build::StrBuilder;
use runtime::object::{PyResult, Ref, Value};
use runtime::{Raised, Vm};

use super::decode_error;
use super::units::Unit;

/// A text that is read, as a value (for errors) and as code units.
pub(super) struct Source<'a, U> {
    pub vm: &'a Vm,
    pub document: &'a Value,
    pub units: &'a [U],
}

impl<'a, U: Unit> Source<'a, U> {
    /// The code point at an index; None behind the end.
    #[inline(always)]
    pub fn at(&self, index: usize) -> Option<u32> {
        self.units.get(index).map(|unit| unit.code())
    }

    /// The units of a range; none of one that is not there.
    #[inline(always)]
    pub fn slice(&self, start: usize, end: usize) -> &'a [U] {
        self.units.get(start..end).unwrap_or_default()
    }

    /// True if the ASCII text stands at an index.
    pub fn has(&self, index: usize, text: &[u8]) -> bool {
        self.units.get(index..).is_some_and(|rest| {
            rest.len() >= text.len() && rest.iter().zip(text).all(|(u, &c)| u.code() == c.into())
        })
    }

    /// The index of the first unit from `index` on that is not white space.
    #[inline(always)]
    pub fn skip_space(&self, mut index: usize) -> usize {
        while matches!(self.at(index), Some(0x20 | 0x09 | 0x0A | 0x0D)) {
            index += 1;
        }
        index
    }

    /// Raises JSONDecodeError at an index.
    #[cold]
    pub fn error(&self, message: &str, at: usize) -> Raised {
        decode_error(self.vm, message, self.document, at as i64)
    }

    /// Raises JSONDecodeError of a string without end, whose text begins at `start`.
    #[cold]
    fn unterminated(&self, start: usize) -> Raised {
        let message = "Unterminated string starting at";
        decode_error(self.vm, message, self.document, start as i64 - 1)
    }

    /// Where the plain text from `from` on ends: the index of a quote or backslash.
    #[inline]
    pub fn plain_end(&self, start: usize, from: usize, strict: bool) -> PyResult<usize> {
        let floor = if strict { 0x20 } else { 0 };
        let rest = self.units.get(from..).unwrap_or_default();
        let length = rest.iter().position(|unit| {
            let c = unit.code();
            c == u32::from(b'"') || c == u32::from(b'\\') || c < floor
        });
        let Some(length) = length else {
            return Err(self.unterminated(start));
        };
        if rest[length].code() < floor {
            return Err(self.error("Invalid control character at", from + length));
        }
        Ok(from + length)
    }

    /// Reads the string whose text begins at `start`; gives it and the index behind its quote.
    pub fn string(&self, start: usize, strict: bool) -> PyResult<(Value, usize)> {
        let end = self.plain_end(start, start, strict)?;
        self.string_from(start, end, strict)
    }

    /// The same where `end` is the end of the plain text the string begins with.
    pub fn string_from(
        &self,
        start: usize,
        mut end: usize,
        strict: bool,
    ) -> PyResult<(Value, usize)> {
        if self.at(end) == Some(b'"'.into()) {
            let chars = U::chars(self.slice(start, end));
            return Ok((self.vm.str_from_chars(chars).map(Ref::into_value)?, end + 1));
        }
        let mut text = StrBuilder::new();
        let mut from = start;
        loop {
            text.push_chars(U::chars(self.slice(from, end)));
            if self.at(end) == Some(b'"'.into()) {
                return Ok((text.finish_value(self.vm)?, end + 1));
            }
            let (c, next) = self.escape(start, end)?;
            text.push(c);
            from = next;
            end = self.plain_end(start, from, strict)?;
        }
    }

    /// Reads the escape whose backslash is at an index; gives the code point and what follows.
    fn escape(&self, start: usize, backslash: usize) -> PyResult<(u32, usize)> {
        let Some(letter) = self.at(backslash + 1) else {
            return Err(self.unterminated(start));
        };
        let c = match u8::try_from(letter).unwrap_or(0) {
            c @ (b'"' | b'\\' | b'/') => c,
            b'b' => 0x08,
            b'f' => 0x0C,
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'u' => return self.unicode_escape(backslash),
            _ => return Err(self.error("Invalid \\escape", backslash)),
        };
        Ok((c.into(), backslash + 2))
    }

    /// Reads `\uXXXX`, and the second half of a pair with it.
    fn unicode_escape(&self, backslash: usize) -> PyResult<(u32, usize)> {
        let high = self.four_digits(backslash)?;
        let next = backslash + 6;
        // The half must be followed by more than the other half: by a quote at least.
        let second = (0xD800..0xDC00).contains(&high)
            && next + 6 < self.units.len()
            && self.has(next, b"\\u");
        if second {
            let low = self.four_digits(next)?;
            if (0xDC00..0xE000).contains(&low) {
                return Ok((
                    0x1_0000 + ((high - 0xD800) << 10 | (low - 0xDC00)),
                    next + 6,
                ));
            }
        }
        Ok((high, next))
    }

    /// The number of the four hexadecimal digits of an escape, which something must follow.
    fn four_digits(&self, backslash: usize) -> PyResult<u32> {
        let digits = self.slice(backslash + 2, backslash + 6);
        let mut number = Some(0);
        for digit in digits {
            let digit = char::from_u32(digit.code()).and_then(|c| c.to_digit(16));
            number = number.zip(digit).map(|(number, digit)| number << 4 | digit);
        }
        number
            .filter(|_| digits.len() == 4 && backslash + 6 < self.units.len())
            .ok_or_else(|| self.error("Invalid \\uXXXX escape", backslash + 1))
    }
}
