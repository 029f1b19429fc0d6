//! The native encoders.

use super::escapes;
use super::handlers::{self, Handler, Replacement};
use super::multibyte;
use super::names::{ByteOrder, Codec, charmap};
use super::{mapping, utf7};
use crate::object::str::Chars;
use crate::object::{PyResult, Ref, Str, Value};
use crate::vm::Vm;

/// Encodes a text.
pub fn encode(vm: &Vm, codec: Codec, text: &Ref<Str>, errors: Option<&Str>) -> PyResult<Vec<u8>> {
    if let Some(ascii) = text.as_ascii()
        && let Codec::Ascii | Codec::Latin1 | Codec::Utf8 = codec
    {
        return vm.copy_of(ascii.as_bytes());
    }
    if codec == Codec::Utf8
        && let Some(encoded) = plain_utf8(vm, text.chars())?
    {
        return Ok(encoded);
    }
    // As many as it gets where nothing is replaced, and what growing takes besides.
    vm.check_room(text.len().saturating_mul(8))?;
    let mut encoder = Encoder {
        vm,
        text,
        name: codec.encoding_name(),
        errors,
        handler: None,
        out: Vec::new(),
    };
    match codec {
        Codec::Ascii => encoder.narrow(128, "ordinal not in range(128)")?,
        Codec::Latin1 => encoder.narrow(256, "ordinal not in range(256)")?,
        Codec::Utf8 => encoder.utf8()?,
        Codec::Utf8Sig => {
            encoder.out.extend(b"\xEF\xBB\xBF");
            encoder.utf8()?;
        }
        Codec::Utf16(order) => {
            if order == ByteOrder::Mark {
                encoder.out.extend(b"\xFF\xFE");
            }
            encoder.wide(2, order == ByteOrder::Big)?;
        }
        Codec::Utf32(order) => {
            if order == ByteOrder::Mark {
                encoder.out.extend(b"\xFF\xFE\0\0");
            }
            encoder.wide(4, order == ByteOrder::Big)?;
        }
        Codec::Utf7 => utf7::encode(&mut encoder),
        Codec::Charmap(index) => encoder.charmap(index)?,
        Codec::MultiByte(index) => {
            let encoding = &multibyte::ENCODINGS[index];
            let mut state = encoding.initial(false);
            encoding.encode(&mut encoder, &mut state, true)?;
            encoding.finish(&mut state, &mut encoder.out);
        }
        Codec::UnicodeEscape => return Ok(escapes::encode(text)),
        Codec::RawUnicodeEscape => return Ok(escapes::encode_raw(text)),
    }
    Ok(encoder.out)
}

/// A text in UTF-8; None if there are surrogates.
fn plain_utf8(vm: &Vm, chars: Chars<'_>) -> PyResult<Option<Vec<u8>>> {
    let (most, len) = match chars {
        Chars::One(units) => (2, units.len()),
        Chars::Two(units) => (3, units.len()),
        Chars::Four(units) => (4, units.len()),
    };
    vm.check_room(len.saturating_mul(most))?;
    let mut out = Vec::new();
    out.try_reserve(len.saturating_mul(most))
        .map_err(|_| vm.memory_error())?;
    let plain = match chars {
        Chars::One(units) => put_plain(&mut out, units.iter().map(|&c| c.into())),
        Chars::Two(units) => put_plain(&mut out, units.iter().map(|&c| c.into())),
        Chars::Four(units) => put_plain(&mut out, units.iter().copied()),
    };
    Ok(plain.then_some(out))
}

/// Adds characters; false at a surrogate.
#[inline(always)]
fn put_plain(out: &mut Vec<u8>, chars: impl Iterator<Item = u32>) -> bool {
    for c in chars {
        let end = 0x80 | (c & 0x3F) as u8;
        match c {
            0..0x80 => out.push(c as u8),
            0x80..0x800 => out.extend_from_slice(&[0xC0 | (c >> 6) as u8, end]),
            0xD800..0xE000 => return false,
            0x800..0x1_0000 => {
                let middle = 0x80 | (c >> 6 & 0x3F) as u8;
                out.extend_from_slice(&[0xE0 | (c >> 12) as u8, middle, end]);
            }
            _ => {
                let (second, third) = (0x80 | (c >> 12 & 0x3F) as u8, 0x80 | (c >> 6 & 0x3F) as u8);
                out.extend_from_slice(&[0xF0 | (c >> 18) as u8, second, third, end]);
            }
        }
    }
    true
}

/// Encodes a piece of a text in a state, which is then that for the next piece; returns how many characters
/// were encoded as well.
pub fn encode_piece(
    vm: &Vm,
    encoding: &multibyte::MultiByte,
    text: &Ref<Str>,
    errors: Option<&Str>,
    state: &mut multibyte::State,
    last: bool,
) -> PyResult<(Vec<u8>, usize)> {
    let mut encoder = Encoder {
        vm,
        text,
        name: encoding.name,
        errors,
        handler: None,
        out: Vec::new(),
    };
    let used = encoding.encode(&mut encoder, state, last)?;
    if last {
        encoding.finish(state, &mut encoder.out);
    }
    Ok((encoder.out, used))
}

/// Encodes a text by a mapping of characters to bytes.
pub fn encode_mapped(
    vm: &Vm,
    mapping: &Value,
    text: &Ref<Str>,
    errors: Option<&Str>,
) -> PyResult<Vec<u8>> {
    let mut encoder = Encoder {
        vm,
        text,
        name: "charmap",
        errors,
        handler: None,
        out: Vec::new(),
    };
    mapping::encode(&mut encoder, mapping)?;
    Ok(encoder.out)
}

/// An encoding under way.
pub(super) struct Encoder<'a> {
    pub(super) vm: &'a Vm,
    pub(super) text: &'a Ref<Str>,
    name: &'static str,
    errors: Option<&'a Str>,
    handler: Option<Handler>,
    pub(super) out: Vec<u8>,
}

impl Encoder<'_> {
    /// Treats an error and returns the position to go on from.  `put` encodes a character of a
    /// replacement text; false if it cannot.  `unit` is the size of a code unit.
    pub(super) fn error(
        &mut self,
        start: usize,
        end: usize,
        reason: &str,
        unit: usize,
        put: impl Fn(u32, &mut Vec<u8>) -> bool,
    ) -> PyResult<usize> {
        let vm = self.vm;
        let handler = match self.handler.take() {
            Some(handler) => handler,
            None => Handler::find(vm, self.errors)?,
        };
        let exception = || {
            let text = self.text.as_value();
            vm.take_exception(vm.unicode_encode_error(self.name, text, start, end, reason))
        };
        let (new, next) =
            handlers::encode_error(vm, &handler, self.name, self.text, (start, end), exception)?;
        match new {
            Replacement::Bytes(bytes) if bytes.len() % unit == 0 => self.out.extend(bytes),
            Replacement::Text(text) if text.iter().all(|&c| put(c, &mut self.out)) => {}
            _ => return Err(vm.raise_value(exception())),
        }
        self.handler = Some(handler);
        Ok(next)
    }

    /// Writes the bytes that escaped surrogates stand for, if that is how errors are treated;
    /// returns where other characters begin.
    fn unescape(&mut self, start: usize, end: usize) -> PyResult<usize> {
        if self.handler.is_none() {
            self.handler = Some(Handler::find(self.vm, self.errors)?);
        }
        let mut at = start;
        if let Some(Handler::SurrogateEscape) = self.handler {
            while at < end
                && let c @ 0xDC80..=0xDCFF = self.text.at(at)
            {
                self.out.push((c - 0xDC00) as u8);
                at += 1;
            }
        }
        Ok(at)
    }

    /// ASCII and Latin-1.
    fn narrow(&mut self, limit: u32, reason: &str) -> PyResult<()> {
        let len = self.text.len();
        let put = |c: u32, out: &mut Vec<u8>| {
            out.push(c as u8);
            c < limit
        };
        let mut at = 0;
        while at < len {
            let c = self.text.at(at);
            if c < limit {
                self.out.push(c as u8);
                at += 1;
                continue;
            }
            let mut end = at + 1;
            while end < len && self.text.at(end) >= limit {
                end += 1;
            }
            at = self.unescape(at, end)?;
            if at < end {
                at = self.error(at, end, reason, 1, put)?;
            }
        }
        Ok(())
    }

    fn utf8(&mut self) -> PyResult<()> {
        let len = self.text.len();
        let reserve = len.saturating_add(len / 2);
        self.out
            .try_reserve(reserve)
            .map_err(|_| self.vm.memory_error())?;
        let surrogate = |c: u32| (0xD800..0xE000).contains(&c);
        let put = |c: u32, out: &mut Vec<u8>| {
            out.push(c as u8);
            c < 128
        };
        let mut at = 0;
        while at < len {
            let c = self.text.at(at);
            if let Some(c) = char::from_u32(c) {
                let mut buffer = [0; 4];
                self.out.extend(c.encode_utf8(&mut buffer).as_bytes());
                at += 1;
                continue;
            }
            let mut end = at + 1;
            while end < len && surrogate(self.text.at(end)) {
                end += 1;
            }
            at = self.unescape(at, end)?;
            if at < end {
                at = self.error(at, end, "surrogates not allowed", 1, put)?;
            }
        }
        Ok(())
    }

    /// UTF-16 and UTF-32.
    fn wide(&mut self, unit: usize, big: bool) -> PyResult<()> {
        let put_unit = move |c: u32, out: &mut Vec<u8>| match (unit, big) {
            (2, false) => out.extend((c as u16).to_le_bytes()),
            (2, true) => out.extend((c as u16).to_be_bytes()),
            (_, false) => out.extend(c.to_le_bytes()),
            (_, true) => out.extend(c.to_be_bytes()),
        };
        let put = move |c: u32, out: &mut Vec<u8>| {
            put_unit(c, out);
            c < 128
        };
        let mut at = 0;
        while at < self.text.len() {
            let c = self.text.at(at);
            if (0xD800..0xE000).contains(&c) {
                at = self.error(at, at + 1, "surrogates not allowed", unit, put)?;
                continue;
            }
            if unit == 2 && c > 0xFFFF {
                let c = c - 0x1_0000;
                put_unit(0xD800 | c >> 10, &mut self.out);
                put_unit(0xDC00 | c & 0x3FF, &mut self.out);
            } else {
                put_unit(c, &mut self.out);
            }
            at += 1;
        }
        Ok(())
    }

    fn charmap(&mut self, index: usize) -> PyResult<()> {
        let bytes = reverse(index);
        let byte_of = |c: u32| {
            let c = u16::try_from(c).ok()?;
            let place = bytes.binary_search_by_key(&c, |entry| entry.0).ok()?;
            Some(bytes[place].1)
        };
        let put = |c: u32, out: &mut Vec<u8>| {
            out.extend(byte_of(c));
            byte_of(c).is_some()
        };
        let len = self.text.len();
        let mut at = 0;
        while at < len {
            if let Some(byte) = byte_of(self.text.at(at)) {
                self.out.push(byte);
                at += 1;
                continue;
            }
            let mut end = at + 1;
            while end < len && byte_of(self.text.at(end)).is_none() {
                end += 1;
            }
            at = self.error(at, end, "character maps to <undefined>", 1, put)?;
        }
        Ok(())
    }
}

/// The bytes of the characters of a single-byte encoding, sorted by character.
fn reverse(index: usize) -> &'static [(u16, u8)] {
    use std::sync::{Mutex, OnceLock};
    static TABLES: OnceLock<Mutex<std::collections::HashMap<usize, &'static [(u16, u8)]>>> =
        OnceLock::new();
    let tables = TABLES.get_or_init(Mutex::default);
    let Ok(mut tables) = tables.lock() else {
        return &[];
    };
    tables.entry(index).or_insert_with(|| {
        let mut pairs: Vec<(u16, u8)> = charmap(index)
            .iter()
            .zip(0..=255u8)
            .filter(|&(&c, _)| c != 0xFFFE)
            .map(|(&c, byte)| (c, byte))
            .collect();
        // Where two bytes mean a character the last one encodes it.
        pairs.sort_by_key(|&(c, byte)| (c, std::cmp::Reverse(byte)));
        pairs.dedup_by_key(|pair| pair.0);
        // One table for each encoding, kept for good.
        &*Vec::leak(pairs)
    })
}
