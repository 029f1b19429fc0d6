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
    let mut at = find_bytes(hay, needle, 0)?;
    while at % unit != 0 {
        at = find_bytes(hay, needle, at + 1)?;
    }
    Some(at)
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
        if &hay[at + 1..at + needle.len()] == rest {
            return Some(at);
        }
        at += 1;
    }
    Some(at + memmem::find(&hay[at..], needle)?)
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
        if self.needle.len() == 1 || self.found < TRIES {
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
