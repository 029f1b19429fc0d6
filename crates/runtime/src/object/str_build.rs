//! Making strings: of known size in one allocation, of unknown size in a builder, in place.
//!
//! * [`Vm::str_filled`] allocates the object and lets a [`StrFiller`] write the code points.
//! * [`StrBuilder`] collects text whose size or width is not known yet and widens as needed.
//! * [`Vm::str_concat`] grows the left operand's block where nobody else sees that string.
#![allow(unsafe_code)]

use std::cell::Cell;
use std::ptr::NonNull;

use super::class::Class;
use super::payload::{Object, Ref, try_alloc_variable};
use super::result::PyResult;
use super::str::{Chars, MAX_LEN, Str, Width};
use super::value::Value;
use crate::vm::Vm;

/// Copies bytes; few of them by two loads and stores that overlap, which is less work than a call.
///
/// # Safety
/// As for `copy_nonoverlapping`.
#[inline(always)]
unsafe fn copy_bytes(from: *const u8, to: *mut u8, count: usize) {
    // SAFETY: all accesses lie within the `count` bytes, of which there are enough where it is read more than one.
    unsafe {
        if count > 16 {
            std::ptr::copy_nonoverlapping(from, to, count);
        } else if count >= 8 {
            let first = from.cast::<u64>().read_unaligned();
            let last = from.add(count - 8).cast::<u64>().read_unaligned();
            to.cast::<u64>().write_unaligned(first);
            to.add(count - 8).cast::<u64>().write_unaligned(last);
        } else if count >= 4 {
            let first = from.cast::<u32>().read_unaligned();
            let last = from.add(count - 4).cast::<u32>().read_unaligned();
            to.cast::<u32>().write_unaligned(first);
            to.add(count - 4).cast::<u32>().write_unaligned(last);
        } else if count > 0 {
            let (first, middle, last) = (*from, *from.add(count / 2), *from.add(count - 1));
            to.write(first);
            to.add(count / 2).write(middle);
            to.add(count - 1).write(last);
        }
    }
}

/// Writes the code points of a new string, first to last.
pub struct StrFiller {
    data: NonNull<u8>,
    width: Width,
    filled: usize,
    len: usize,
}

impl StrFiller {
    /// Adds a code point, which must fit the width.
    #[inline]
    pub fn push(&mut self, c: u32) {
        assert!(self.filled < self.len, "the string is full");
        // SAFETY: `filled` is below the number of code points the block has room for.
        unsafe {
            match self.width {
                Width::Ascii | Width::One => self.data.add(self.filled).write(c as u8),
                Width::Two => self.data.cast::<u16>().add(self.filled).write(c as u16),
                Width::Four => self.data.cast::<u32>().add(self.filled).write(c),
            }
        }
        self.filled += 1;
    }

    /// Adds `count` times the same code point.
    pub fn push_repeated(&mut self, c: u32, count: usize) {
        assert!(count <= self.len - self.filled, "the string is full");
        // SAFETY: the range lies within the block.
        unsafe {
            match self.width {
                Width::Ascii | Width::One => {
                    std::ptr::write_bytes(self.data.add(self.filled).as_ptr(), c as u8, count);
                }
                Width::Two => {
                    let start = self.data.cast::<u16>().add(self.filled);
                    (0..count).for_each(|i| start.add(i).write(c as u16));
                }
                Width::Four => {
                    let start = self.data.cast::<u32>().add(self.filled);
                    (0..count).for_each(|i| start.add(i).write(c));
                }
            }
        }
        self.filled += count;
    }

    /// Adds code points, which must fit the width.
    #[inline]
    pub fn push_chars(&mut self, chars: Chars<'_>) {
        let count = chars.len();
        assert!(count <= self.len - self.filled, "the string is full");
        let at = self.filled;
        // SAFETY: the range lies within the block, which nobody else sees yet.
        unsafe {
            match (self.width, chars) {
                (Width::Ascii | Width::One, Chars::One(s)) => {
                    copy_bytes(s.as_ptr(), self.data.add(at).as_ptr(), count);
                }
                (Width::Two, Chars::Two(s)) => {
                    let start = self.data.cast::<u16>().add(at);
                    std::ptr::copy_nonoverlapping(s.as_ptr(), start.as_ptr(), count);
                }
                (Width::Four, Chars::Four(s)) => {
                    let start = self.data.cast::<u32>().add(at);
                    std::ptr::copy_nonoverlapping(s.as_ptr(), start.as_ptr(), count);
                }
                _ => {
                    for c in chars.iter() {
                        self.push(c);
                    }
                    return;
                }
            }
        }
        self.filled += count;
    }

    /// Adds what a function makes of each byte of an ASCII text: ASCII again, or at least what fits the width.
    #[inline(always)]
    pub fn push_mapped(&mut self, bytes: &[u8], mut map: impl FnMut(u8) -> u8) {
        debug_assert!(matches!(self.width, Width::Ascii | Width::One));
        assert!(
            bytes.len() <= self.len - self.filled && self.width.bytes() == 1,
            "the string is full"
        );
        // SAFETY: the range lies within the block, whose units are bytes.
        let start = unsafe { self.data.add(self.filled) };
        for (index, byte) in bytes.iter().enumerate() {
            // SAFETY: as above.
            unsafe { start.add(index).write(map(*byte)) };
        }
        self.filled += bytes.len();
    }

    /// Adds code points from the last to the first; they have the string's width.
    pub fn push_reversed(&mut self, chars: Chars<'_>) {
        let count = chars.len();
        assert!(count <= self.len - self.filled, "the string is full");
        let at = self.filled;
        // SAFETY: the range lies within the block; the kinds of units are the same.
        unsafe {
            match (self.width, chars) {
                (Width::Ascii | Width::One, Chars::One(s)) => write_reversed(self.data.add(at), s),
                (Width::Two, Chars::Two(s)) => write_reversed(self.data.cast().add(at), s),
                (Width::Four, Chars::Four(s)) => write_reversed(self.data.cast().add(at), s),
                _ => return chars.iter().rev().for_each(|c| self.push(c)),
            }
        }
        self.filled += count;
    }

    /// Adds UTF-8 text of `count` characters, which must fit the width.
    fn push_utf8(&mut self, text: &str, count: usize) {
        assert!(count <= self.len - self.filled, "the string is full");
        let at = self.filled;
        let chars = text.chars().take(count).enumerate();
        // SAFETY: no more than `count` code points are written, for which there is room.
        unsafe {
            match self.width {
                Width::Ascii | Width::One => {
                    let start = self.data.add(at);
                    chars.for_each(|(i, c)| start.add(i).write(c as u8));
                }
                Width::Two => {
                    let start = self.data.cast::<u16>().add(at);
                    chars.for_each(|(i, c)| start.add(i).write(c as u16));
                }
                Width::Four => {
                    let start = self.data.cast::<u32>().add(at);
                    chars.for_each(|(i, c)| start.add(i).write(c.into()));
                }
            }
        }
        self.filled += count;
    }

    /// Repeats what was written so far until the string is full.
    pub fn repeat_to_end(&mut self) {
        let unit = self.width.bytes();
        let total = self.len * unit;
        let mut done = self.filled * unit;
        if done == 0 {
            return;
        }
        while done < total {
            let more = done.min(total - done);
            // SAFETY: source and destination lie within the block and do not overlap.
            unsafe {
                let start = self.data.as_ptr();
                std::ptr::copy_nonoverlapping(start, start.add(done), more);
            }
            done += more;
        }
        self.filled = self.len;
    }
}

impl Vm {
    /// A new string of `len` code points that `fill` writes; `width` is the narrowest that fits
    /// them all.  MemoryError where the heap refuses.  Empty and one-character Latin-1 strings
    /// are shared.
    #[inline]
    pub fn str_filled(
        &self,
        width: Width,
        len: usize,
        fill: impl FnOnce(&mut StrFiller),
    ) -> PyResult<Ref<Str>> {
        if len <= 1 && width <= Width::One {
            let mut byte = 0u8;
            let mut filler = StrFiller {
                data: NonNull::from(&mut byte),
                width,
                filled: 0,
                len,
            };
            fill(&mut filler);
            return Ok(self.str_from_latin1(&[byte][..len]));
        }
        self.str_filled_of_class(&self.types.str, width, len, fill)
    }

    fn str_filled_of_class(
        &self,
        class: &Ref<Class>,
        width: Width,
        len: usize,
        fill: impl FnOnce(&mut StrFiller),
    ) -> PyResult<Ref<Str>> {
        if len > MAX_LEN {
            return Err(self.memory_error());
        }
        let payload = Str {
            hash: Cell::new(0),
            len: len as u32,
            width,
        };
        // SAFETY: the filler writes within the trailing bytes only; what it leaves is zeroed.
        let new = unsafe {
            try_alloc_variable(class, payload, len * width.bytes(), |data| {
                let mut filler = StrFiller {
                    data,
                    width,
                    filled: 0,
                    len,
                };
                fill(&mut filler);
                let rest = filler.len - filler.filled;
                let start = data.add(filler.filled * width.bytes());
                std::ptr::write_bytes(start.as_ptr(), 0, rest * width.bytes());
            })
        };
        new.map_err(|_| self.memory_error())
    }

    /// A string of code points from another; MemoryError where the heap refuses.
    pub fn str_from_chars(&self, chars: Chars<'_>) -> PyResult<Ref<Str>> {
        self.str_filled(chars.width(), chars.len(), |f| f.push_chars(chars))
    }

    /// A string of UTF-8 text; MemoryError where the heap refuses.
    pub fn str_from_utf8(&self, text: &str) -> PyResult<Ref<Str>> {
        if text.is_ascii() {
            return self.str_filled(Width::Ascii, text.len(), |f| {
                f.push_chars(Chars::One(text.as_bytes()));
            });
        }
        // The greatest byte begins one of the widest characters.
        let width = match text.bytes().fold(0, u8::max) {
            0..0xC4 => Width::One,
            0xC4..0xF0 => Width::Two,
            _ => Width::Four,
        };
        let len = text.chars().count();
        self.str_filled(width, len, |f| f.push_utf8(text, len))
    }

    /// The string `s[start:end]`; the whole string itself where it is an exact `str`.
    pub fn str_slice(&self, s: &Ref<Str>, start: usize, end: usize) -> PyResult<Ref<Str>> {
        if start == 0 && end >= s.len() && self.class_of(s.as_value()).is(&self.types.str) {
            return Ok(s.clone());
        }
        let chars = s.chars().slice(start, end);
        if s.is_ascii() {
            return self.str_filled(Width::Ascii, chars.len(), |f| f.push_chars(chars));
        }
        self.str_from_chars(chars)
    }

    /// The string of one code point; Latin-1 characters are shared.
    #[inline]
    pub fn str_from_char(&self, c: u32) -> Ref<Str> {
        match Width::of(c) {
            Width::Ascii | Width::One => match self.latin1_char(c as u8) {
                Some(known) => known,
                None => self.str_from_latin1(&[c as u8]),
            },
            Width::Two => self.str_from_ucs2(&[c as u16]),
            Width::Four => self.str_from_code_points(&[c]),
        }
    }

    /// An exact `str` with the text of `s`, which may be of a subclass.
    pub fn str_exact(&self, s: &Ref<Str>) -> PyResult<Ref<Str>> {
        self.str_slice(s, 0, s.len())
    }

    /// `left + right`, both `str`.  The left operand's block is grown in place where the caller
    /// passed its only reference, so that building a text by `+=` takes linear time.
    pub fn str_concat(&self, left: Value, right: &Value) -> PyResult {
        let (Some(a), Some(b)) = (left.as_ref_to::<Str>(), right.as_ref_to::<Str>()) else {
            return Err(self.type_error(format!(
                "can only concatenate str (not \"{}\") to str",
                self.class_name(right)
            )));
        };
        let exact = |v: &Value| self.class_of(v).is(&self.types.str);
        if b.is_empty() && exact(&left) {
            return Ok(left);
        }
        if a.is_empty() && exact(right) {
            return Ok(right.clone());
        }
        let (kept, added) = (a.len(), b.len());
        // Two lengths of at most 32 bits.
        let len = kept + added;
        if len > MAX_LEN {
            return Err(self.overflow_error("strings are too large to concat"));
        }
        let width = a.width().max(b.width());
        let in_place = a.header().count() == 1
            && kept > 1
            && width.bytes() == a.width().bytes()
            && exact(&left)
            && !left.is(right);
        if !in_place {
            let (a, b) = (a.chars(), b.chars());
            let new = self.str_filled(width, len, |f| {
                f.push_chars(a);
                f.push_chars(b);
            });
            return new.map(Ref::into_value);
        }
        let unit = width.bytes();
        let fixed = size_of::<Object<Str>>();
        let (old_size, new_size) = (fixed + kept * unit, fixed + len * unit);
        let Some(object) = left.object() else {
            return Err(self.memory_error());
        };
        // SAFETY: `left` is the only reference to an exact `str` whose block has the old size; it
        // is neither interned nor shared (those are immortal), and nothing points into it.  On
        // success the old address is forgotten together with `left`.
        unsafe {
            let Ok(block) = self.heap.try_realloc(object.cast(), old_size, new_size) else {
                return Err(self.memory_error());
            };
            std::mem::forget(left);
            let new = block.cast::<Object<Str>>();
            let payload = block.add(Object::<Str>::PAYLOAD_OFFSET).cast::<Str>();
            (*payload.as_ptr()).len = len as u32;
            (*payload.as_ptr()).width = width;
            (*payload.as_ptr()).hash.set(0);
            let mut filler = StrFiller {
                data: block.add(fixed),
                width,
                filled: kept,
                len,
            };
            // `right` is another object than `left`, so its text did not move.
            match right.payload::<Str>() {
                Some(right) => filler.push_chars(right.chars()),
                None => filler.push_repeated(0, added),
            }
            Ok(Ref::from_raw(new).into_value())
        }
    }
}

enum Units {
    One(Vec<u8>),
    Two(Vec<u16>),
    Four(Vec<u32>),
}

/// Collects a text of unknown size and width.
///
/// Text that gets too long is dropped and [`StrBuilder::finish`] raises MemoryError, so that the
/// steps between need no error handling.
pub struct StrBuilder {
    units: Units,
    /// All code points of a `One` together.
    bits: u8,
    failed: bool,
}

impl Default for StrBuilder {
    fn default() -> Self {
        StrBuilder::new()
    }
}

impl StrBuilder {
    /// An empty text.
    pub const fn new() -> StrBuilder {
        StrBuilder {
            units: Units::One(Vec::new()),
            bits: 0,
            failed: false,
        }
    }

    /// An empty text with room for `len` Latin-1 characters.
    pub fn with_capacity(len: usize) -> StrBuilder {
        let mut new = StrBuilder::new();
        new.reserve(len);
        new
    }

    /// An empty text with room for `len` characters of this width.
    pub fn with_width(width: Width, len: usize) -> StrBuilder {
        let mut new = StrBuilder::new();
        new.fit(width);
        new.reserve(len);
        new
    }

    /// Number of code points so far.
    pub fn len(&self) -> usize {
        match &self.units {
            Units::One(u) => u.len(),
            Units::Two(u) => u.len(),
            Units::Four(u) => u.len(),
        }
    }

    /// True for the empty text.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// True if the last code point is this one.
    pub fn ends_with(&self, c: u32) -> bool {
        match &self.units {
            Units::One(u) => u.last().is_some_and(|&l| u32::from(l) == c),
            Units::Two(u) => u.last().is_some_and(|&l| u32::from(l) == c),
            Units::Four(u) => u.last() == Some(&c),
        }
    }

    /// Makes room; false where there is none.
    fn reserve(&mut self, more: usize) -> bool {
        let fits = self.len().saturating_add(more) <= MAX_LEN;
        let reserved = fits
            && match &mut self.units {
                Units::One(u) => u.try_reserve(more).is_ok(),
                Units::Two(u) => u.try_reserve(more).is_ok(),
                Units::Four(u) => u.try_reserve(more).is_ok(),
            };
        if !reserved {
            self.failed = true;
            self.units = Units::One(Vec::new());
        }
        reserved && !self.failed
    }

    #[cold]
    fn widen(&mut self, width: Width) {
        self.units = match (
            std::mem::replace(&mut self.units, Units::One(Vec::new())),
            width,
        ) {
            (Units::One(u), Width::Two) => Units::Two(u.iter().map(|&c| c.into()).collect()),
            (Units::One(u), Width::Four) => Units::Four(u.iter().map(|&c| c.into()).collect()),
            (Units::Two(u), Width::Four) => Units::Four(u.iter().map(|&c| c.into()).collect()),
            (units, _) => units,
        };
    }

    fn fit(&mut self, width: Width) {
        let now = match self.units {
            Units::One(_) => Width::One,
            Units::Two(_) => Width::Two,
            Units::Four(_) => Width::Four,
        };
        if width > now {
            self.widen(width);
        }
    }

    /// Adds a code point (at most U+10FFFF).
    #[inline]
    pub fn push(&mut self, c: u32) {
        if let Units::One(units) = &mut self.units
            && c <= 0xFF
            && units.len() < units.capacity()
        {
            units.push(c as u8);
            self.bits |= c as u8;
            return;
        }
        self.push_general(c);
    }

    /// [`StrBuilder::push`] of what needs room or wider units.
    #[inline(never)]
    fn push_general(&mut self, c: u32) {
        if c > 0xFF {
            self.fit(Width::of(c));
        }
        if !self.reserve(1) {
            return;
        }
        match &mut self.units {
            Units::One(u) => {
                u.push(c as u8);
                self.bits |= c as u8;
            }
            Units::Two(u) => u.push(c as u16),
            Units::Four(u) => u.push(c),
        }
    }

    /// Adds a code point `count` times.
    pub fn push_repeated(&mut self, c: u32, count: usize) {
        if count == 0 {
            return;
        }
        self.fit(Width::of(c));
        if !self.reserve(count) {
            return;
        }
        match &mut self.units {
            Units::One(u) => {
                u.resize(u.len() + count, c as u8);
                self.bits |= c as u8;
            }
            Units::Two(u) => u.resize(u.len() + count, c as u16),
            Units::Four(u) => u.resize(u.len() + count, c),
        }
    }

    /// Adds code points.
    pub fn push_chars(&mut self, chars: Chars<'_>) {
        let width = match chars {
            Chars::One(_) => Width::One,
            wider => wider.width(),
        };
        self.fit(width);
        if !self.reserve(chars.len()) {
            return;
        }
        match (&mut self.units, chars) {
            (Units::One(u), Chars::One(s)) => {
                if self.bits < 0x80 && !s.is_ascii() {
                    self.bits |= 0x80;
                }
                u.extend_from_slice(s);
            }
            (Units::One(u), wider) => {
                if width == Width::One {
                    self.bits |= 0x80;
                }
                u.extend(wider.iter().map(|c| c as u8));
            }
            (Units::Two(u), Chars::Two(s)) => u.extend_from_slice(s),
            (Units::Two(u), other) => u.extend(other.iter().map(|c| c as u16)),
            (Units::Four(u), Chars::Four(s)) => u.extend_from_slice(s),
            (Units::Four(u), other) => u.extend(other.iter()),
        }
    }

    /// Adds the text of a `str`.
    #[inline]
    pub fn push_object(&mut self, s: &Str) {
        self.push_chars(s.chars());
    }

    /// Adds UTF-8 text.
    pub fn push_str(&mut self, text: &str) {
        if text.is_ascii() {
            self.push_chars(Chars::One(text.as_bytes()));
        } else {
            text.chars().for_each(|c| self.push(c.into()));
        }
    }

    /// The string; MemoryError where it got too long.
    pub fn finish(self, vm: &Vm) -> PyResult<Ref<Str>> {
        if self.failed {
            return Err(vm.memory_error());
        }
        match &self.units {
            Units::One(u) => {
                let width = if self.bits < 0x80 {
                    Width::Ascii
                } else {
                    Width::One
                };
                vm.str_filled(width, u.len(), |f| f.push_chars(Chars::One(u)))
            }
            Units::Two(u) => vm.str_from_chars(Chars::Two(u)),
            Units::Four(u) => vm.str_from_chars(Chars::Four(u)),
        }
    }

    /// The text as Latin-1 bytes; MemoryError where it got too long.
    pub fn into_latin1(self, vm: &Vm) -> PyResult<Vec<u8>> {
        match self.units {
            Units::One(u) if !self.failed => Ok(u),
            _ => Err(vm.memory_error()),
        }
    }

    /// The string as a value.
    pub fn finish_value(self, vm: &Vm) -> PyResult {
        self.finish(vm).map(Ref::into_value)
    }
}

/// Writes units from the last to the first.
///
/// # Safety
/// There is room for all of them from `to` on, which nobody else uses.
#[inline(always)]
unsafe fn write_reversed<T: Copy>(to: NonNull<T>, units: &[T]) {
    // SAFETY: by the caller's word.
    let room = unsafe { std::slice::from_raw_parts_mut(to.as_ptr(), units.len()) };
    for (to, from) in room.iter_mut().zip(units.iter().rev()) {
        *to = *from;
    }
}
