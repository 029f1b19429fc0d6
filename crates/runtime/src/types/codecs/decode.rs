//! The native decoders.

use super::escapes;
use super::handlers::{self, Handler};
use super::multibyte;
use super::names::{ByteOrder, Codec, charmap};
use super::{mapping, utf7};
use crate::object::str::Chars;
use crate::object::{Bytes, PyResult, Ref, Str, StrBuilder, Value};
use crate::vm::Vm;

/// What a decoder made of its input.
pub struct Decoded {
    /// The text.
    pub text: Ref<Str>,
    /// Bytes used; fewer than there were if the last character is incomplete and more may come.
    pub consumed: usize,
    /// The byte order that a byte order mark told (-1 little, 1 big), else 0.
    pub order: i32,
}

/// Decodes bytes.  `object` is the `bytes` object they lie in, if they do.  With `last` an
/// incomplete character at the end is an error.
pub fn decode(
    vm: &Vm,
    codec: Codec,
    input: &[u8],
    object: Option<&Value>,
    errors: Option<&Str>,
    last: bool,
) -> PyResult<Decoded> {
    let mut decoder = Decoder::new(vm, input, object, errors, codec.decoding_name());
    decoder.last = last;
    let mut order = 0;
    let consumed = match codec {
        Codec::Ascii => {
            if input.is_ascii() {
                return whole(vm.str_from_chars(Chars::One(input))?, input);
            }
            decoder.ascii(0)?
        }
        Codec::Latin1 => return whole(vm.str_from_chars(Chars::One(input))?, input),
        Codec::Utf8 => {
            if let Ok(text) = std::str::from_utf8(input) {
                return whole(vm.str_from_utf8(text)?, input);
            }
            decoder.utf8(0)?
        }
        Codec::Utf8Sig => match input.strip_prefix(b"\xEF\xBB\xBF") {
            Some(rest) => {
                let rest = decode(vm, Codec::Utf8, rest, None, errors, last)?;
                return Ok(Decoded {
                    consumed: rest.consumed + 3,
                    ..rest
                });
            }
            None if !last && b"\xEF\xBB\xBF".starts_with(input) => 0,
            None => decoder.utf8(0)?,
        },
        Codec::Utf16(byte_order) => {
            let (big, start) = match (byte_order, input) {
                (ByteOrder::Big, _) => (true, 0),
                (ByteOrder::Mark, [0xFE, 0xFF, ..]) => (true, 2),
                (ByteOrder::Mark, [0xFF, 0xFE, ..]) => (false, 2),
                _ => (false, 0),
            };
            order = mark_order(big, start);
            if big {
                decoder.name = "utf-16-be";
            }
            decoder.utf16(start, big)?
        }
        Codec::Utf32(byte_order) => {
            let (big, start) = match (byte_order, input) {
                (ByteOrder::Big, _) => (true, 0),
                (ByteOrder::Mark, [0, 0, 0xFE, 0xFF, ..]) => (true, 4),
                (ByteOrder::Mark, [0xFF, 0xFE, 0, 0, ..]) => (false, 4),
                _ => (false, 0),
            };
            order = mark_order(big, start);
            if big {
                decoder.name = "utf-32-be";
            }
            decoder.utf32(start, big)?
        }
        Codec::Utf7 => utf7::decode(&mut decoder, 0)?,
        Codec::Charmap(index) => decoder.charmap(charmap(index), 0)?,
        Codec::MultiByte(index) => {
            let encoding = &multibyte::ENCODINGS[index];
            decoder.steady = true;
            encoding.decode(&mut decoder, &mut encoding.initial(true))?
        }
        Codec::UnicodeEscape => escapes::decode(&mut decoder, 0)?,
        Codec::RawUnicodeEscape => escapes::decode_raw(&mut decoder, 0)?,
    };
    let name = decoder.name;
    while let Some(other) = decoder.other.take() {
        let before = (decoder.out, decoder.handler);
        (decoder.out, decoder.handler, decoder.other) =
            decode_others(vm, codec, name, before, other, order > 0)?;
        vm.check_breaker()?;
    }
    Ok(Decoded {
        text: decoder.out.finish(vm)?,
        consumed,
        order,
    })
}

/// Decodes a piece of an input in a state, which is then that for the next piece.
pub fn decode_piece(
    vm: &Vm,
    encoding: &multibyte::MultiByte,
    input: &[u8],
    errors: Option<&Str>,
    state: &mut multibyte::State,
    last: bool,
) -> PyResult<Decoded> {
    let mut decoder = Decoder::new(vm, input, None, errors, encoding.name);
    decoder.last = last;
    decoder.steady = true;
    let consumed = encoding.decode(&mut decoder, state)?;
    Ok(Decoded {
        text: decoder.out.finish(vm)?,
        consumed,
        order: 0,
    })
}

/// Goes on with the bytes that a handler has named: with what was decoded so far, and what comes after them.
fn decode_others(
    vm: &Vm,
    codec: Codec,
    name: &'static str,
    (out, handler): (StrBuilder, Option<Handler>),
    (other, start): (Ref<Bytes>, usize),
    big: bool,
) -> PyResult<(StrBuilder, Option<Handler>, Option<(Ref<Bytes>, usize)>)> {
    let object = other.clone().into_value();
    let mut decoder = Decoder::new(vm, &other, Some(&object), None, name);
    (decoder.out, decoder.handler) = (out, handler);
    match codec {
        Codec::Ascii => decoder.ascii(start)?,
        Codec::Utf8 | Codec::Utf8Sig => decoder.utf8(start)?,
        Codec::Utf16(order) => decoder.utf16(start, big || order == ByteOrder::Big)?,
        Codec::Utf32(order) => decoder.utf32(start, big || order == ByteOrder::Big)?,
        Codec::Charmap(index) => decoder.charmap(charmap(index), start)?,
        Codec::Utf7 => utf7::decode(&mut decoder, start)?,
        Codec::UnicodeEscape => escapes::decode(&mut decoder, start)?,
        Codec::RawUnicodeEscape => escapes::decode_raw(&mut decoder, start)?,
        // These do not ask for other bytes.
        Codec::Latin1 | Codec::MultiByte(_) => other.len(),
    };
    Ok((decoder.out, decoder.handler, decoder.other))
}

/// Decodes bytes by a mapping of bytes to characters.
pub fn decode_mapped(
    vm: &Vm,
    mapping: &Value,
    input: &[u8],
    object: Option<&Value>,
    errors: Option<&Str>,
) -> PyResult<Decoded> {
    let mut decoder = Decoder::new(vm, input, object, errors, "charmap");
    let consumed = mapping::decode(&mut decoder, mapping, 0)?;
    let (mut out, mut handler, mut next) = (decoder.out, decoder.handler, decoder.other);
    while let Some((other, start)) = next {
        let object = other.clone().into_value();
        let mut decoder = Decoder::new(vm, &other, Some(&object), None, "charmap");
        (decoder.out, decoder.handler) = (out, handler);
        mapping::decode(&mut decoder, mapping, start)?;
        (out, handler, next) = (decoder.out, decoder.handler, decoder.other);
        vm.check_breaker()?;
    }
    Ok(Decoded {
        text: out.finish(vm)?,
        consumed,
        order: 0,
    })
}

fn whole(text: Ref<Str>, input: &[u8]) -> PyResult<Decoded> {
    Ok(Decoded {
        text,
        consumed: input.len(),
        order: 0,
    })
}

fn mark_order(big: bool, start: usize) -> i32 {
    match (start, big) {
        (0, _) => 0,
        (_, true) => 1,
        (_, false) => -1,
    }
}

/// A decoding under way.
pub(super) struct Decoder<'a> {
    pub(super) vm: &'a Vm,
    pub(super) input: &'a [u8],
    object: Option<&'a Value>,
    errors: Option<&'a Str>,
    handler: Option<Handler>,
    name: &'static str,
    pub(super) last: bool,
    pub(super) out: StrBuilder,
    /// The bytes that a handler has named to go on with, and the position there.
    other: Option<(Ref<Bytes>, usize)>,
    /// Other bytes than the first are not asked for.
    steady: bool,
}

impl<'a> Decoder<'a> {
    /// One for input that is complete.
    fn new(
        vm: &'a Vm,
        input: &'a [u8],
        object: Option<&'a Value>,
        errors: Option<&'a Str>,
        name: &'static str,
    ) -> Decoder<'a> {
        Decoder {
            vm,
            input,
            object,
            errors,
            handler: None,
            name,
            last: true,
            out: StrBuilder::new(),
            other: None,
            steady: false,
        }
    }

    /// Treats an error and returns the position to go on from.
    pub(super) fn error(&mut self, start: usize, end: usize, reason: &str) -> PyResult<usize> {
        let vm = self.vm;
        let handler = match self.handler.take() {
            Some(handler) => handler,
            None => Handler::find(vm, self.errors)?,
        };
        let exception = || {
            let object = match self.object {
                Some(object) if object.payload::<Bytes>().is_some() => object.clone(),
                _ => vm.bytes_value(self.input),
            };
            vm.take_exception(vm.unicode_decode_error(self.name, &object, start, end, reason))
        };
        let bounds = (start, end);
        let treated = handlers::decode_error(
            vm,
            &handler,
            self.name,
            self.input,
            bounds,
            self.steady,
            exception,
        )?;
        self.handler = Some(handler);
        self.out.push_chars(Chars::Four(&treated.text));
        match treated.other {
            // These bytes are done with.
            Some(other) => {
                self.other = Some((other, treated.next));
                Ok(self.input.len())
            }
            None => Ok(treated.next),
        }
    }

    fn ascii(&mut self, start: usize) -> PyResult<usize> {
        let mut at = start;
        while at < self.input.len() {
            let rest = &self.input[at..];
            let ascii = rest.iter().position(|b| *b >= 128).unwrap_or(rest.len());
            self.out.push_chars(Chars::One(&rest[..ascii]));
            at += ascii;
            if at < self.input.len() {
                at = self.error(at, at + 1, "ordinal not in range(128)")?;
            }
        }
        Ok(at)
    }

    fn utf8(&mut self, start: usize) -> PyResult<usize> {
        let mut at = start;
        while at < self.input.len() {
            let rest = &self.input[at..];
            let (valid, bad) = match std::str::from_utf8(rest) {
                Ok(text) => (text, None),
                Err(error) => {
                    let valid = std::str::from_utf8(&rest[..error.valid_up_to()]);
                    (valid.unwrap_or_default(), Some(error.error_len()))
                }
            };
            self.out.push_str(valid);
            at += valid.len();
            at = match bad {
                None => at,
                Some(None) if !self.last => return Ok(at),
                Some(None) => self.error(at, self.input.len(), "unexpected end of data")?,
                Some(Some(len)) => {
                    let reason = match self.input[at] {
                        0xC2..=0xF4 => "invalid continuation byte",
                        _ => "invalid start byte",
                    };
                    // Surrogates are errors of their first byte; they may be incomplete yet.
                    let rest = &self.input[at..];
                    if !self.last && rest.len() < 3 && rest[0] == 0xED && rest.len() == 2 {
                        let passes =
                            matches!(Handler::find(self.vm, self.errors)?, Handler::SurrogatePass);
                        if passes && (0xA0..=0xBF).contains(&rest[1]) {
                            return Ok(at);
                        }
                    }
                    self.error(at, at + len, reason)?
                }
            };
        }
        Ok(at)
    }

    fn utf16(&mut self, start: usize, big: bool) -> PyResult<usize> {
        let len = self.input.len();
        let mut at = start;
        while at < len {
            let unit = |at: usize| -> Option<u32> {
                let pair = self.input.get(at..at + 2)?.try_into().ok()?;
                Some(u32::from(if big {
                    u16::from_be_bytes(pair)
                } else {
                    u16::from_le_bytes(pair)
                }))
            };
            let Some(c) = unit(at) else {
                if !self.last {
                    return Ok(at);
                }
                at = self.error(at, len, "truncated data")?;
                continue;
            };
            at = match (c, unit(at + 2)) {
                (0xD800..0xDC00, Some(low @ 0xDC00..0xE000)) => {
                    self.out.push(0x1_0000 + ((c & 0x3FF) << 10 | low & 0x3FF));
                    at + 4
                }
                (0xD800..0xDC00, Some(_)) => self.error(at, at + 2, "illegal UTF-16 surrogate")?,
                (0xD800..0xDC00, None) if !self.last => return Ok(at),
                (0xD800..0xDC00, None) => self.error(at, len, "unexpected end of data")?,
                (0xDC00..0xE000, _) => self.error(at, at + 2, "illegal encoding")?,
                _ => {
                    self.out.push(c);
                    at + 2
                }
            };
        }
        Ok(at)
    }

    fn utf32(&mut self, start: usize, big: bool) -> PyResult<usize> {
        let len = self.input.len();
        let mut at = start;
        while at < len {
            let unit = self.input.get(at..at + 4).and_then(|b| b.try_into().ok());
            let Some(unit) = unit else {
                if !self.last {
                    return Ok(at);
                }
                at = self.error(at, len, "truncated data")?;
                continue;
            };
            let c = if big {
                u32::from_be_bytes(unit)
            } else {
                u32::from_le_bytes(unit)
            };
            at = match c {
                0xD800..0xE000 => self.error(
                    at,
                    at + 4,
                    "code point in surrogate code point range(0xd800, 0xe000)",
                )?,
                0x11_0000.. => self.error(at, at + 4, "code point not in range(0x110000)")?,
                _ => {
                    self.out.push(c);
                    at + 4
                }
            };
        }
        Ok(at)
    }

    fn charmap(&mut self, table: &[u16; 256], start: usize) -> PyResult<usize> {
        let mut at = start;
        while let Some(&byte) = self.input.get(at) {
            match table[usize::from(byte)] {
                0xFFFE => at = self.error(at, at + 1, "character maps to <undefined>")?,
                c => {
                    self.out.push(c.into());
                    at += 1;
                }
            }
        }
        Ok(at)
    }
}
