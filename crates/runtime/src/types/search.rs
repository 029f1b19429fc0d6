//! Searching text, shared by `str`, `bytes` and `bytearray`.
//!
//! Everything works on the raw bytes of code units that are `unit` bytes wide; offsets are bytes
//! too and always multiples of `unit`.  So the byte searcher's vector code serves all widths; a
//! hit between two units is skipped.

use memchr::{memchr, memmem, memrchr};

/// Offset of the first occurrence.
pub fn find(hay: &[u8], needle: &[u8], unit: usize) -> Option<usize> {
    if let &[byte] = needle {
        return memchr(byte, hay);
    }
    if needle.len() > hay.len() {
        return None;
    }
    let mut at = memmem::find(hay, needle)?;
    while at % unit != 0 {
        at += 1 + memmem::find(&hay[at + 1..], needle)?;
    }
    Some(at)
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
    finder: memmem::Finder<'a>,
    size: usize,
    unit: usize,
    from: usize,
}

impl<'a> Matches<'a> {
    /// Searches a needle that is not empty.
    pub fn new(hay: &'a [u8], needle: &'a [u8], unit: usize) -> Matches<'a> {
        Matches {
            hay,
            finder: memmem::Finder::new(needle),
            size: needle.len().max(1),
            unit,
            from: 0,
        }
    }
}

impl Iterator for Matches<'_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        loop {
            let at = self.from + self.finder.find(self.hay.get(self.from..)?)?;
            if at.is_multiple_of(self.unit) {
                self.from = at + self.size;
                return Some(at);
            }
            self.from = at + 1;
        }
    }
}
