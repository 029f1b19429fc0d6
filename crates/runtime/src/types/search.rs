//! Searching text, shared by `str`, `bytes` and `bytearray`.
//!
//! Everything works on the raw bytes of code units that are `unit` bytes wide; offsets are bytes
//! too and always multiples of `unit`.  So the byte searcher's vector code serves all widths; a
//! hit between two units is skipped.

use memchr::{memchr, memmem, memrchr};

/// How often a first byte may be found without the rest before a searcher is built.
const TRIES: usize = 8;

/// Offset of the first occurrence.
pub fn find(hay: &[u8], needle: &[u8], unit: usize) -> Option<usize> {
    if unit > 1 && !needle.is_empty() {
        return find_units(hay, needle, unit, 0);
    }
    find_bytes(hay, needle, 0)
}

/// Offset of the first occurrence at or behind `from` where units have several bytes.  The first byte of the
/// needle's first unit that is not 0 is looked for, and where that misleads, unit by unit.
#[inline(never)]
fn find_units(hay: &[u8], needle: &[u8], unit: usize, from: usize) -> Option<usize> {
    let last = hay.len().checked_sub(needle.len())?;
    let skew = needle[..unit].iter().position(|b| *b != 0).unwrap_or(0);
    let mut at = from;
    for _ in 0..TRIES {
        let candidates = hay.get(at + skew..=last + skew)?;
        let start = at + memchr(needle[skew], candidates)?;
        if start.is_multiple_of(unit) && hay[start..start + needle.len()] == *needle {
            return Some(start);
        }
        at = (start / unit + 1) * unit;
    }
    let (low, high) = (needle[0], needle[1]);
    (at..=last).step_by(unit).find(|&start| {
        hay[start] == low
            && hay[start + 1] == high
            && hay[start + 2..start + needle.len()] == needle[2..]
    })
}

/// Offset of the first occurrence at or behind `from`, wherever it lies.  A needle whose first byte is rare
/// is found without building a searcher, which takes longer than looking through a short text.
#[inline]
fn find_bytes(hay: &[u8], needle: &[u8], from: usize) -> Option<usize> {
    let Some((&first, rest)) = needle.split_first() else {
        return (from <= hay.len()).then_some(from);
    };
    // Only where the whole needle still fits.
    let starts = hay.get(..(hay.len() + 1).checked_sub(needle.len())?)?;
    let mut at = from;
    for _ in 0..TRIES {
        at += memchr(first, starts.get(at..)?)?;
        if rest.is_empty() || &hay[at + 1..at + needle.len()] == rest {
            return Some(at);
        }
        at += 1;
    }
    Some(at + memmem::find(&hay[at..], needle)?)
}

/// Place of a byte that is expected soon: fields are short.
#[inline]
pub fn find_near(byte: u8, hay: &[u8]) -> Option<usize> {
    const NEAR: usize = 12;
    let near = hay.len().min(NEAR);
    match hay[..near].iter().position(|b| *b == byte) {
        None if hay.len() > NEAR => Some(NEAR + memchr(byte, &hay[NEAR..])?),
        found => found,
    }
}

/// Offset of the last occurrence.
pub fn rfind(hay: &[u8], needle: &[u8], unit: usize) -> Option<usize> {
    if let &[byte] = needle {
        return memrchr(byte, hay);
    }
    let mut at = memmem::rfind(hay, needle)?;
    while at % unit != 0 {
        at = memmem::rfind(&hay[..at + needle.len() - 1], needle)?;
    }
    Some(at)
}

/// Number of occurrences that do not overlap, at most `limit`; the needle is not empty.
pub fn count(hay: &[u8], needle: &[u8], unit: usize, limit: usize) -> usize {
    if let (&[byte], true) = (needle, limit == usize::MAX) {
        return memchr::memchr_iter(byte, hay).count();
    }
    if let (&[low, high], true) = (needle, unit == 2 && limit == usize::MAX) {
        let units = hay.chunks_exact(2);
        return units.filter(|u| u[0] == low && u[1] == high).count();
    }
    Matches::new(hay, needle, unit).take(limit).count()
}

/// The offsets of the occurrences from the left that do not overlap.
pub struct Matches<'a> {
    hay: &'a [u8],
    needle: &'a [u8],
    /// Built once a few occurrences were found without one.
    finder: Option<memmem::Finder<'a>>,
    found: usize,
    unit: usize,
    from: usize,
}

impl<'a> Matches<'a> {
    /// Searches a needle that is not empty.
    pub fn new(hay: &'a [u8], needle: &'a [u8], unit: usize) -> Matches<'a> {
        Matches {
            hay,
            needle,
            finder: None,
            found: 0,
            unit,
            from: 0,
        }
    }

    fn find(&mut self) -> Option<usize> {
        if self.unit > 1 {
            return find_units(self.hay, self.needle, self.unit, self.from);
        }
        if let &[byte] = self.needle {
            return Some(self.from + find_near(byte, self.hay.get(self.from..)?)?);
        }
        if self.found < TRIES {
            self.found += 1;
            return find_bytes(self.hay, self.needle, self.from);
        }
        let finder = self
            .finder
            .get_or_insert_with(|| memmem::Finder::new(self.needle));
        Some(self.from + finder.find(self.hay.get(self.from..)?)?)
    }
}

impl Iterator for Matches<'_> {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        loop {
            let at = self.find()?;
            if at.is_multiple_of(self.unit) {
                self.from = at + self.needle.len().max(1);
                return Some(at);
            }
            self.from = at + 1;
        }
    }
}
