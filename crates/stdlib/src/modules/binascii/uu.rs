//! Uuencode: lines of at most 45 bytes.

use runtime::{PyResult, Vm};

use super::error;

/// Encodes a line.
pub(super) fn encode(vm: &Vm, data: &[u8], backtick: bool) -> PyResult<Vec<u8>> {
    if data.len() > 45 {
        return Err(error(vm, "At most 45 bytes at once"));
    }
    let digit = |value: u32| match value {
        0 if backtick => b'`',
        value => value as u8 + b' ',
    };
    let mut text = vec![digit(data.len() as u32)];
    for chunk in data.chunks(3) {
        let word = chunk
            .iter()
            .fold(0, |word, &byte| word << 8 | u32::from(byte))
            << (8 * (3 - chunk.len()));
        text.extend((0..4).map(|place| digit(word >> (18 - 6 * place) & 63)));
    }
    text.push(b'\n');
    Ok(text)
}

/// Decodes a line; what is missing at its end counts as spaces.
pub(super) fn decode(vm: &Vm, line: &[u8]) -> PyResult<Vec<u8>> {
    let (first, mut rest) = line.split_first().map_or((0, line), |(c, rest)| (*c, rest));
    let length = usize::from(first.wrapping_sub(b' ') & 63);
    let mut data = Vec::with_capacity(length);
    let (mut bits, mut count) = (0u32, 0);
    while data.len() < length {
        let c = rest.split_first().map_or(b'\n', |(c, tail)| {
            rest = tail;
            *c
        });
        let value = match c {
            b'\n' | b'\r' => 0,
            b' '..=b'`' => (c - b' ') & 63,
            _ => return Err(error(vm, "Illegal char")),
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            data.push((bits >> count) as u8);
            bits &= (1 << count) - 1;
        }
    }
    if rest
        .iter()
        .any(|c| !matches!(c, b' ' | b'`' | b'\n' | b'\r'))
    {
        return Err(error(vm, "Trailing garbage"));
    }
    Ok(data)
}
