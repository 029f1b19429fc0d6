//! Character properties of Unicode 15.0, the version CPython 3.12 knows.
//!
//! Two table look-ups give a code point's record, as in CPython; the tables are generated.  The
//! few full mappings that are longer than a character lie in a list of their own.

#[rustfmt::skip]
mod tables;

pub use tables::flag;

/// The properties of a code point.
#[derive(Clone, Copy)]
pub struct Record {
    /// Bits of [`flag`].
    pub flags: u16,
    decimal: u8,
    digit: u8,
    lower: i32,
    upper: i32,
    title: i32,
}

impl Record {
    const fn new(flags: u16, lower: i32, upper: i32, title: i32, decimal: u8, digit: u8) -> Record {
        Record {
            flags,
            decimal,
            digit,
            lower,
            upper,
            title,
        }
    }
}

/// The record of a code point.
#[inline]
pub fn record(c: u32) -> Record {
    let block = tables::FIRST.get((c / tables::BLOCK) as usize).copied();
    let index =
        usize::from(block.unwrap_or(0)) * tables::BLOCK as usize + (c % tables::BLOCK) as usize;
    tables::RECORDS[usize::from(tables::SECOND[index])]
}

/// True if any of the flags is set.
#[inline]
pub fn is(c: u32, flags: u16) -> bool {
    record(c).flags & flags != 0
}

/// `str.isalnum` of one character.
#[inline]
pub fn is_alnum(c: u32) -> bool {
    is(c, flag::ALPHA | flag::DECIMAL | flag::DIGIT | flag::NUMERIC)
}

/// `str.isspace` of one character.
#[inline]
pub fn is_space(c: u32) -> bool {
    if c < 128 {
        matches!(c, 9..=13 | 28..=32)
    } else {
        is(c, flag::SPACE)
    }
}

/// True if `splitlines` ends a line there.
#[inline]
pub fn is_line_break(c: u32) -> bool {
    matches!(c, 10..=13 | 28..=30 | 0x85 | 0x2028 | 0x2029)
}

/// True if `repr` shows the character as it is.
#[inline]
pub fn is_printable(c: u32) -> bool {
    if c < 128 {
        (32..127).contains(&c)
    } else {
        is(c, flag::PRINTABLE)
    }
}

/// The value of a decimal digit.
pub fn decimal(c: u32) -> Option<u8> {
    Some(record(c).decimal).filter(|&d| d != 255)
}

/// The value of a digit, superscripts and the like included.
pub fn digit(c: u32) -> Option<u8> {
    Some(record(c).digit).filter(|&d| d != 255)
}

/// Which of a character's mappings.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(usize)]
pub enum Mapping {
    Lower = 0,
    Upper = 1,
    Title = 2,
    Fold = 3,
}

/// Calls `push` with the characters a character maps to.  (The final sigma, which depends on its
/// neighbours, is the caller's.)
#[inline]
pub fn map(c: u32, mapping: Mapping, mut push: impl FnMut(u32)) {
    let record = record(c);
    if record.flags & flag::SPECIAL != 0
        && let Ok(place) = tables::SPECIAL.binary_search_by_key(&c, |entry| entry.0)
    {
        let text = tables::SPECIAL[place].1[mapping as usize];
        return text.chars().for_each(|c| push(c.into()));
    }
    let delta = match mapping {
        Mapping::Lower | Mapping::Fold => record.lower,
        Mapping::Upper => record.upper,
        Mapping::Title => record.title,
    };
    push(c.wrapping_add_signed(delta));
}
