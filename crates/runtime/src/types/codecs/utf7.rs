//! UTF-7 (RFC 2152): text in ASCII, other characters as UTF-16 in a base 64 without padding.

use super::decode::Decoder;
use super::encode::Encoder;
use crate::object::PyResult;

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

fn digit(byte: u8) -> Option<u32> {
    let value = match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    };
    Some(value.into())
}

/// True if a character is written as it is.
fn is_direct(c: u32) -> bool {
    let Some(byte) = u8::try_from(c).ok().filter(u8::is_ascii) else {
        return false;
    };
    matches!(byte, b'\t' | b'\n' | b'\r' | b' '..=b'~') && !matches!(byte, b'+' | b'\\' | b'~')
}

/// A run of base 64 under way.
struct Run {
    /// Where its `+` is.
    start: usize,
    /// Length of the text before it.
    text_before: usize,
    bits: u32,
    buffer: u32,
    high: Option<u32>,
}

/// So many characters are put by before they are handed on.
const PART: usize = 1 << 14;

/// Decodes all of the input; returns how much was used.
pub(super) fn decode(job: &mut Decoder<'_>, start: usize) -> PyResult<usize> {
    let input = job.input;
    let mut text: Vec<u32> = Vec::new();
    let mut run: Option<Run> = None;
    let mut at = start;
    loop {
        // What a run gave is taken back only where it may go on in the next piece.
        if text.len() >= PART && (job.last || run.is_none()) {
            flush(job, &mut text);
        }
        let Some(&byte) = input.get(at) else {
            let Some(open) = run.take() else {
                break;
            };
            if !job.last {
                // The run is decoded again when it has ended.
                text.truncate(open.text_before);
                at = open.start;
                break;
            }
            if open.high.is_some() || open.bits >= 6 || open.bits > 0 && open.buffer != 0 {
                flush(job, &mut text);
                at = job.error(open.start, input.len(), "unterminated shift sequence")?;
                continue;
            }
            break;
        };
        if let Some(open) = &mut run {
            if let Some(value) = digit(byte) {
                at += 1;
                open.push(value, &mut text);
                continue;
            }
            let (start, bits, buffer, high) = (open.start, open.bits, open.buffer, open.high);
            run = None;
            let fault = match bits {
                6.. => Some("partial character in shift sequence"),
                1.. if buffer != 0 => Some("non-zero padding bits in shift sequence"),
                _ => None,
            };
            if let Some(reason) = fault {
                flush(job, &mut text);
                at = job.error(start, at + 1, reason)?;
                continue;
            }
            if byte.is_ascii() && byte != b'+' {
                text.extend(high);
            }
            if byte == b'-' {
                at += 1;
            }
            continue;
        }
        match (byte, input.get(at + 1)) {
            (b'+', Some(b'-')) => {
                text.push('+'.into());
                at += 2;
            }
            (b'+', Some(&next)) if digit(next).is_none() => {
                flush(job, &mut text);
                at = job.error(at, at + 2, "ill-formed sequence")?;
            }
            (b'+', _) => {
                run = Some(Run {
                    start: at,
                    text_before: text.len(),
                    bits: 0,
                    buffer: 0,
                    high: None,
                });
                at += 1;
            }
            (128.., _) => {
                flush(job, &mut text);
                at = job.error(at, at + 1, "unexpected special character")?;
            }
            _ => {
                text.push(byte.into());
                at += 1;
            }
        }
    }
    flush(job, &mut text);
    Ok(at)
}

fn flush(job: &mut Decoder<'_>, text: &mut Vec<u32>) {
    for c in text.drain(..) {
        job.out.push(c);
    }
}

impl Run {
    fn push(&mut self, value: u32, text: &mut Vec<u32>) {
        self.buffer = self.buffer << 6 | value;
        self.bits += 6;
        if self.bits < 16 {
            return;
        }
        self.bits -= 16;
        let unit = self.buffer >> self.bits;
        self.buffer &= (1 << self.bits) - 1;
        match (self.high.take(), unit) {
            (Some(high), 0xDC00..=0xDFFF) => {
                text.push(0x1_0000 + ((high & 0x3FF) << 10 | unit & 0x3FF));
                return;
            }
            (high, _) => text.extend(high),
        }
        match unit {
            0xD800..=0xDBFF => self.high = Some(unit),
            _ => text.push(unit),
        }
    }
}

/// Encodes all of the text; every character can be.
pub(super) fn encode(job: &mut Encoder<'_>) {
    let mut bits = 0;
    let mut buffer = 0u32;
    let mut shifted = false;
    let out = &mut job.out;
    for c in job.text.iter() {
        if is_direct(c) {
            if shifted {
                end_run(out, bits, buffer);
                (bits, buffer, shifted) = (0, 0, false);
                if c == u32::from(b'-') || digit(c as u8).is_some() {
                    out.push(b'-');
                }
            }
            out.push(c as u8);
            continue;
        }
        if !shifted {
            if c == u32::from(b'+') {
                out.extend_from_slice(b"+-");
                continue;
            }
            out.push(b'+');
            shifted = true;
        }
        let (first, second) = match c {
            0x1_0000.. => {
                let c = c - 0x1_0000;
                (0xD800 | c >> 10, Some(0xDC00 | c & 0x3FF))
            }
            _ => (c, None),
        };
        for unit in [Some(first), second].into_iter().flatten() {
            buffer = buffer << 16 | unit;
            bits += 16;
            while bits >= 6 {
                bits -= 6;
                out.push(DIGITS[(buffer >> bits & 63) as usize]);
                buffer &= (1 << bits) - 1;
            }
        }
    }
    if shifted {
        end_run(out, bits, buffer);
        out.push(b'-');
    }
}

fn end_run(out: &mut Vec<u8>, bits: u32, buffer: u32) {
    if bits > 0 {
        out.push(DIGITS[(buffer << (6 - bits) & 63) as usize]);
    }
}
