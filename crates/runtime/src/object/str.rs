//! The representation of `str`: PEP 393.
//!
//! Code points are stored inline in the narrowest of three widths (1, 2 or 4 bytes), chosen by the
//! largest one; ASCII-only strings are marked, so that they can be seen as `&str` for nothing.
//! Indexing is O(1) and lone surrogates are allowed, as Python demands.  The hash is cached.
//! Interned strings are immortal (as in CPython 3.12) and equal exactly when identical.
#![allow(unsafe_code)]

use std::borrow::Cow;
use std::cell::Cell;

use heap::header::flag;

use super::payload::{Kind, Object, Payload, Ref, alloc_variable};
use super::value::Value;
use crate::fields;
use crate::object::fields::Field;
use crate::vm::Vm;

/// Header flag: the string is in the interning table.
pub const INTERNED: u16 = flag::USER0;

/// Bytes a code point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Width {
    /// All below U+0080.
    Ascii = 0,
    /// All below U+0100.
    One = 1,
    /// All below U+10000.
    Two = 2,
    /// Any.
    Four = 4,
}

/// The code points of a string.
#[derive(Clone, Copy)]
pub enum Chars<'a> {
    /// ASCII or Latin-1.
    One(&'a [u8]),
    /// Up to U+FFFF.
    Two(&'a [u16]),
    /// All.
    Four(&'a [u32]),
}

/// A `str`'s payload; the code points follow it.
#[repr(C)]
pub struct Str {
    pub(super) hash: Cell<u64>,
    pub(super) len: u32,
    pub(super) width: Width,
}

impl Payload for Str {
    const KIND: Kind = Kind::STR;
    const NAME: &'static str = "str";
    const COLLECTED: bool = false;
    const VARIABLE: bool = true;
    const FIELDS: &'static [Field] = fields![
        "hash" => hash as Unsigned,
        "len" => len as Unsigned,
        "width" => width as Opaque,
    ];

    fn trailing_bytes(&self) -> usize {
        self.len as usize * self.width.bytes()
    }
}

impl<'a> Chars<'a> {
    /// Number of code points.
    #[inline]
    pub fn len(self) -> usize {
        match self {
            Chars::One(s) => s.len(),
            Chars::Two(s) => s.len(),
            Chars::Four(s) => s.len(),
        }
    }

    /// True without code points.
    #[inline]
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// The code points of a range; cut to the bounds.
    #[inline]
    pub fn slice(self, start: usize, end: usize) -> Chars<'a> {
        let end = end.min(self.len());
        let start = start.min(end);
        match self {
            Chars::One(s) => Chars::One(&s[start..end]),
            Chars::Two(s) => Chars::Two(&s[start..end]),
            Chars::Four(s) => Chars::Four(&s[start..end]),
        }
    }

    /// One code point.
    #[inline]
    pub fn at(self, index: usize) -> u32 {
        match self {
            Chars::One(s) => u32::from(s[index]),
            Chars::Two(s) => u32::from(s[index]),
            Chars::Four(s) => s[index],
        }
    }

    /// All code points in order.
    pub fn iter(self) -> impl DoubleEndedIterator<Item = u32> + ExactSizeIterator + Clone + 'a {
        (0..self.len()).map(move |i| self.at(i))
    }

    /// The narrowest width these code points need.
    pub fn width(self) -> Width {
        match self {
            Chars::One(s) if s.is_ascii() => Width::Ascii,
            Chars::One(_) => Width::One,
            // The bits of all code points together need as much room as the largest.
            Chars::Two(s) => Width::of(s.iter().fold(0, |all, &c| all | u32::from(c))),
            Chars::Four(s) => Width::of(s.iter().fold(0, |all, &c| all | c)),
        }
    }
}

impl Width {
    /// Bytes a code point.
    pub const fn bytes(self) -> usize {
        match self {
            Width::Ascii | Width::One => 1,
            Width::Two => 2,
            Width::Four => 4,
        }
    }

    /// The width a code point needs.
    pub const fn of(c: u32) -> Width {
        match c {
            0..=0x7F => Width::Ascii,
            0x80..=0xFF => Width::One,
            0x100..=0xFFFF => Width::Two,
            _ => Width::Four,
        }
    }
}

impl Str {
    pub(super) fn data(&self) -> *const u8 {
        // The payload is always embedded in an Object<Str>, whose end the data follows.
        // SAFETY: stays inside the object's block.
        unsafe {
            (self as *const Str)
                .cast::<u8>()
                .add(size_of::<Object<Str>>() - Object::<Str>::PAYLOAD_OFFSET)
        }
    }

    /// Number of code points.
    #[inline]
    pub fn len(&self) -> usize {
        self.len as usize
    }

    /// True for `''`.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The width of the stored code points.
    #[inline]
    pub fn width(&self) -> Width {
        self.width
    }

    /// True if all code points are ASCII.
    #[inline]
    pub fn is_ascii(&self) -> bool {
        self.width == Width::Ascii
    }

    /// The code points.
    #[inline]
    pub fn chars(&self) -> Chars<'_> {
        let len = self.len as usize;
        // SAFETY: `len` code points of this width were stored behind the payload, which is
        // aligned to 8 bytes.
        unsafe {
            match self.width {
                Width::Ascii | Width::One => {
                    Chars::One(std::slice::from_raw_parts(self.data(), len))
                }
                Width::Two => Chars::Two(std::slice::from_raw_parts(self.data().cast(), len)),
                Width::Four => Chars::Four(std::slice::from_raw_parts(self.data().cast(), len)),
            }
        }
    }

    /// The text, if it is ASCII.
    #[inline]
    pub fn as_ascii(&self) -> Option<&str> {
        if self.width != Width::Ascii {
            return None;
        }
        // SAFETY: ASCII bytes are UTF-8.
        unsafe {
            Some(std::str::from_utf8_unchecked(std::slice::from_raw_parts(
                self.data(),
                self.len as usize,
            )))
        }
    }

    /// The stored bytes, in native byte order; equal strings have equal bytes and widths.
    #[inline]
    pub fn raw_bytes(&self) -> &[u8] {
        // SAFETY: as many bytes were stored.
        unsafe { std::slice::from_raw_parts(self.data(), self.trailing_bytes()) }
    }

    /// One code point.
    #[inline]
    pub fn at(&self, index: usize) -> u32 {
        self.chars().at(index)
    }

    /// All code points in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = u32> + ExactSizeIterator + Clone + '_ {
        self.chars().iter()
    }

    /// The text as UTF-8; None if it holds a surrogate.
    pub fn to_utf8(&self) -> Option<Cow<'_, str>> {
        if let Some(text) = self.as_ascii() {
            return Some(Cow::Borrowed(text));
        }
        let mut text = String::with_capacity(self.len() * 2);
        for c in self.iter() {
            text.push(char::from_u32(c)?);
        }
        Some(Cow::Owned(text))
    }

    /// The text for messages: surrogates become `\udXXX`.
    pub fn to_display(&self) -> Cow<'_, str> {
        if let Some(text) = self.as_ascii() {
            return Cow::Borrowed(text);
        }
        let mut text = String::with_capacity(self.len() * 2);
        for c in self.iter() {
            match char::from_u32(c) {
                Some(ch) => text.push(ch),
                None => text.push_str(&format!("\\u{c:04x}")),
            }
        }
        Cow::Owned(text)
    }

    /// True if both have the same code points.  Most strings that differ do so at once.
    #[inline(always)]
    pub fn equals(&self, other: &Str) -> bool {
        if self.len != other.len || self.width != other.width {
            return false;
        }
        let (own, other) = (self.raw_bytes(), other.raw_bytes());
        match (own.first(), other.first()) {
            (Some(a), Some(b)) => a == b && (own.len() == 1 || equal_bytes(own, other)),
            _ => true,
        }
    }

    /// True if it is this text.
    pub fn equals_str(&self, text: &str) -> bool {
        match self.as_ascii() {
            Some(own) => own == text,
            None => !text.is_ascii() && self.iter().eq(text.chars().map(u32::from)),
        }
    }

    /// The hash if it was computed, else 0.
    pub(crate) fn known_hash(&self) -> u64 {
        self.hash.get()
    }

    /// The hash, computed once.
    #[inline]
    pub fn hash(&self, vm: &Vm) -> u64 {
        match self.hash.get() {
            // Python fixes this one.
            0 if self.len == 0 => 0,
            0 => {
                let hash = vm.hash_bytes(self.raw_bytes());
                self.hash.set(hash);
                hash
            }
            hash => hash,
        }
    }
}

#[inline(never)]
fn equal_bytes(a: &[u8], b: &[u8]) -> bool {
    a == b
}

/// The text of a value that is a `str`, for messages; of other values the address.
pub fn display(value: &Value) -> String {
    match value.payload::<Str>() {
        Some(s) => s.to_display().into_owned(),
        None => format!("{value:?}"),
    }
}

/// Longest string: its length is kept in 32 bits.
pub const MAX_LEN: usize = u32::MAX as usize - 1;

impl Vm {
    /// A string of bytes that are known to be ASCII.
    pub(crate) fn str_from_ascii(&self, bytes: &[u8]) -> Ref<Str> {
        debug_assert!(bytes.is_ascii());
        self.str_raw(Width::Ascii, bytes.len(), bytes)
    }

    /// A string of ASCII or Latin-1 bytes.
    pub fn str_from_latin1(&self, bytes: &[u8]) -> Ref<Str> {
        if bytes.is_ascii() {
            self.str_raw(Width::Ascii, bytes.len(), bytes)
        } else {
            self.str_raw(Width::One, bytes.len(), bytes)
        }
    }

    /// A string of code units of which at least one needs two bytes.
    pub fn str_from_ucs2(&self, units: &[u16]) -> Ref<Str> {
        if units.iter().all(|&c| c < 0x100) {
            let narrow: Vec<u8> = units.iter().map(|&c| c as u8).collect();
            return self.str_from_latin1(&narrow);
        }
        // SAFETY: any u16 slice is readable as bytes.
        let bytes = unsafe { std::slice::from_raw_parts(units.as_ptr().cast(), units.len() * 2) };
        self.str_raw(Width::Two, units.len(), bytes)
    }

    /// A string of code points, each at most U+10FFFF; surrogates allowed.
    pub fn str_from_code_points(&self, points: &[u32]) -> Ref<Str> {
        let max = points.iter().copied().max().unwrap_or(0);
        if max < 0x100 {
            let narrow: Vec<u8> = points.iter().map(|&c| c as u8).collect();
            self.str_from_latin1(&narrow)
        } else if max < 0x1_0000 {
            let units: Vec<u16> = points.iter().map(|&c| c as u16).collect();
            self.str_from_ucs2(&units)
        } else {
            // SAFETY: any u32 slice is readable as bytes.
            let bytes =
                unsafe { std::slice::from_raw_parts(points.as_ptr().cast(), points.len() * 4) };
            self.str_raw(Width::Four, points.len(), bytes)
        }
    }

    /// A string of UTF-8 text.
    pub fn str(&self, text: &str) -> Ref<Str> {
        if text.is_ascii() {
            return self.str_raw(Width::Ascii, text.len(), text.as_bytes());
        }
        let points: Vec<u32> = text.chars().map(u32::from).collect();
        self.str_from_code_points(&points)
    }

    /// A string value of UTF-8 text.
    pub fn str_value(&self, text: &str) -> Value {
        self.str(text).into_value()
    }

    /// A new string object whose data are copied from `bytes`; the caller chose the narrowest
    /// width.  Empty and one-character Latin-1 strings are shared.
    fn str_raw(&self, width: Width, len: usize, bytes: &[u8]) -> Ref<Str> {
        if let Some(shared) = self.shared_str(width, len, bytes) {
            return shared;
        }
        self.str_unshared(&self.types.str, width, len, bytes)
    }

    /// A new string object of any class derived from `str`.
    pub fn str_of_class(&self, class: &Ref<super::class::Class>, source: &Str) -> Ref<Str> {
        self.str_unshared(class, source.width, source.len(), source.raw_bytes())
    }

    pub(crate) fn str_unshared(
        &self,
        class: &Ref<super::class::Class>,
        width: Width,
        len: usize,
        bytes: &[u8],
    ) -> Ref<Str> {
        assert!(len <= MAX_LEN, "checked by whoever computes lengths");
        let payload = Str {
            hash: Cell::new(0),
            len: len as u32,
            width,
        };
        // SAFETY: `bytes` are `len` code points of `width`, all are copied.
        unsafe {
            alloc_variable(class, payload, bytes.len(), |data| {
                std::ptr::copy_nonoverlapping(bytes.as_ptr(), data.as_ptr(), bytes.len());
            })
        }
    }
}
