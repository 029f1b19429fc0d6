//! Reading pieces of markup: names, literals, white space.

use super::errors::Code;

/// Why a piece of markup cannot be read.
#[derive(Debug)]
pub(super) enum Stop {
    /// It goes on beyond the text that is there.
    Partial,
    /// It is wrong, so many bytes after its beginning.
    Fail(Code, usize),
}

pub(super) type Scan<T> = Result<T, Stop>;

/// A place in text that is read character by character.
#[derive(Clone)]
pub(super) struct Cursor<'a> {
    pub text: &'a [u8],
    pub at: usize,
}

/// True for characters that documents may contain.
pub(super) fn is_char(c: u32) -> bool {
    matches!(c, 0x9 | 0xa | 0xd | 0x20..=0xd7ff | 0xe000..=0xfffd | 0x1_0000..=0x10_ffff)
}

fn starts_name(c: u32) -> bool {
    matches!(c,
        0x3a | 0x5f | 0x41..=0x5a | 0x61..=0x7a | 0xc0..=0xd6 | 0xd8..=0xf6 | 0xf8..=0x2ff
        | 0x370..=0x37d | 0x37f..=0x1fff | 0x200c..=0x200d | 0x2070..=0x218f | 0x2c00..=0x2fef
        | 0x3001..=0xd7ff | 0xf900..=0xfdcf | 0xfdf0..=0xfffd | 0x1_0000..=0xe_ffff)
}

fn continues_name(c: u32) -> bool {
    starts_name(c)
        || matches!(c, 0x2d | 0x2e | 0x30..=0x39 | 0xb7 | 0x300..=0x36f | 0x203f..=0x2040)
}

pub(super) fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

impl<'a> Cursor<'a> {
    pub fn new(text: &'a [u8]) -> Cursor<'a> {
        Cursor { text, at: 0 }
    }

    /// The next byte.
    pub fn peek(&self) -> Scan<u8> {
        self.text.get(self.at).copied().ok_or(Stop::Partial)
    }

    /// The next character; text is UTF-8.
    pub fn character(&self) -> Scan<(u32, usize)> {
        let first = u32::from(self.peek()?);
        let (len, bits) = match first {
            0..0x80 => return Ok((first, 1)),
            0x80..0xe0 => (2, first & 0x1f),
            0xe0..0xf0 => (3, first & 0x0f),
            _ => (4, first & 0x07),
        };
        let rest = self.text.get(self.at + 1..self.at + len);
        let rest = rest.ok_or(Stop::Partial)?;
        let all = rest
            .iter()
            .fold(bits, |all, byte| all << 6 | u32::from(byte & 0x3f));
        Ok((all, len))
    }

    /// The error that the character here does not belong here.
    pub fn invalid<T>(&self) -> Scan<T> {
        Err(Stop::Fail(Code::INVALID_TOKEN, self.at))
    }

    /// Passes this text, which must be here.
    pub fn expect(&mut self, wanted: &[u8]) -> Scan<()> {
        for &byte in wanted {
            if self.peek()? != byte {
                return self.invalid();
            }
            self.at += 1;
        }
        Ok(())
    }

    /// Passes this text if it is here.
    pub fn take(&mut self, wanted: &[u8]) -> Scan<bool> {
        let mut ahead = self.clone();
        for &byte in wanted {
            if ahead.peek()? != byte {
                return Ok(false);
            }
            ahead.at += 1;
        }
        self.at = ahead.at;
        Ok(true)
    }

    /// Passes white space; true if there was some.
    pub fn spaces(&mut self) -> Scan<bool> {
        let start = self.at;
        while is_space(self.peek()?) {
            self.at += 1;
        }
        Ok(self.at > start)
    }

    /// Passes white space, of which there must be some.
    pub fn some_space(&mut self) -> Scan<()> {
        if self.spaces()? {
            Ok(())
        } else {
            self.invalid()
        }
    }

    /// A name.
    pub fn name(&mut self) -> Scan<&'a str> {
        let start = self.at;
        let (first, len) = self.character()?;
        if !starts_name(first) {
            return self.invalid();
        }
        self.at += len;
        self.rest_of_name(start)
    }

    /// What may stand where names do, and begin with a digit.
    pub fn name_token(&mut self) -> Scan<&'a str> {
        let start = self.at;
        let (first, len) = self.character()?;
        if !continues_name(first) {
            return self.invalid();
        }
        self.at += len;
        self.rest_of_name(start)
    }

    fn rest_of_name(&mut self, start: usize) -> Scan<&'a str> {
        loop {
            let (c, len) = self.character()?;
            if !continues_name(c) {
                return Ok(self.since(start));
            }
            self.at += len;
        }
    }

    /// The text from a place to here.
    pub fn since(&self, start: usize) -> &'a str {
        let part = self.text.get(start..self.at).unwrap_or_default();
        // Places lie between characters.
        std::str::from_utf8(part).unwrap_or_default()
    }

    /// Passes everything up to the text `end` and that itself; what is before it.
    pub fn until(&mut self, end: &[u8]) -> Scan<&'a str> {
        let start = self.at;
        loop {
            if self.take(end)? {
                let part = self.text.get(start..self.at - end.len());
                return Ok(std::str::from_utf8(part.unwrap_or_default()).unwrap_or_default());
            }
            self.any()?;
        }
    }

    /// Passes one character, which documents must be allowed to contain.
    pub fn any(&mut self) -> Scan<u32> {
        let (c, len) = self.character()?;
        if !is_char(c) {
            return self.invalid();
        }
        self.at += len;
        Ok(c)
    }

    /// A literal between quotes.
    pub fn literal(&mut self) -> Scan<&'a str> {
        let quote = self.peek()?;
        if !matches!(quote, b'"' | b'\'') {
            return self.invalid();
        }
        self.at += 1;
        self.until(&[quote])
    }
}

/// Line ends as one line feed each.
pub(super) fn with_plain_lines(text: &str) -> String {
    match text.contains('\r') {
        true => text.replace("\r\n", "\n").replace('\r', "\n"),
        false => text.to_owned(),
    }
}
