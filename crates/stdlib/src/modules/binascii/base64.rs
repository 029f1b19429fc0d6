//! Base64.

use runtime::{PyResult, Vm};

use super::error;

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

const INVALID: u8 = 255;

const VALUES: [u8; 256] = {
    let mut values = [INVALID; 256];
    let mut i = 0;
    while i < 64 {
        values[ALPHABET[i] as usize] = i as u8;
        i += 1;
    }
    values
};

/// Encodes with padding, and a newline if wanted.
pub(super) fn encode(data: &[u8], newline: bool) -> Vec<u8> {
    let mut text = Vec::with_capacity(data.len().div_ceil(3) * 4 + 1);
    text.resize(data.len().div_ceil(3) * 4, b'=');
    let quad = |word: u32| [18, 12, 6, 0].map(|shift| ALPHABET[(word >> shift & 63) as usize]);
    let (groups, rest) = data.as_chunks::<3>();
    let mut places = text.as_chunks_mut::<4>().0.iter_mut();
    for (&[a, b, c], place) in groups.iter().zip(&mut places) {
        *place = quad(u32::from_be_bytes([0, a, b, c]));
    }
    if let Some(place) = places.next() {
        let second = rest.get(1).copied().unwrap_or(0);
        let digits = quad(u32::from_be_bytes([0, rest[0], second, 0]));
        let used = rest.len() + 1;
        place[..used].copy_from_slice(&digits[..used]);
    }
    if newline {
        text.push(b'\n');
    }
    text
}

/// Decodes; characters outside the alphabet are skipped unless `strict`.
pub(super) fn decode(vm: &Vm, text: &[u8], strict: bool) -> PyResult<Vec<u8>> {
    let mut data = Vec::with_capacity(text.len() / 4 * 3 + 3);
    if strict && text.first() == Some(&b'=') {
        return Err(error(vm, "Leading padding not allowed"));
    }
    // Whole groups, up to the first that has anything but digits in it.
    let (groups, _) = text.as_chunks::<4>();
    for group in groups {
        let [a, b, c, d] = group.map(|digit| VALUES[usize::from(digit)]);
        if a | b | c | d > 63 {
            break;
        }
        let word = u32::from(a) << 18 | u32::from(b) << 12 | u32::from(c) << 6 | u32::from(d);
        let [_, bytes @ ..] = word.to_be_bytes();
        data.extend(bytes);
    }
    let done = data.len() / 3 * 4;
    // `quad` counts the characters of the group of four.
    let (mut quad, mut left, mut pads) = (0, 0u8, 0);
    let mut padding_started = false;
    for (place, &c) in text.iter().enumerate().skip(done) {
        if c == b'=' {
            padding_started = true;
            if quad >= 2 {
                pads += 1;
                if quad + pads >= 4 {
                    // The group is complete, and with it the data.
                    if strict && place + 1 < text.len() {
                        return Err(error(vm, "Excess data after padding"));
                    }
                    return Ok(data);
                }
            }
            continue;
        }
        let value = VALUES[usize::from(c)];
        if value == INVALID {
            if strict {
                return Err(error(vm, "Only base64 data is allowed"));
            }
            continue;
        }
        if strict && padding_started {
            let message = match quad {
                0 => "Excess data after padding",
                _ => "Discontinuous padding not allowed",
            };
            return Err(error(vm, message));
        }
        pads = 0;
        match quad {
            0 => left = value,
            1 => {
                data.push(left << 2 | value >> 4);
                left = value & 15;
            }
            2 => {
                data.push(left << 4 | value >> 2);
                left = value & 3;
            }
            _ => data.push(left << 6 | value),
        }
        quad = (quad + 1) % 4;
    }
    match quad {
        0 => Ok(data),
        1 => Err(error(
            vm,
            &format!(
                "Invalid base64-encoded string: number of data characters ({}) cannot be 1 more \
                 than a multiple of 4",
                data.len() / 3 * 4 + 1
            ),
        )),
        _ => Err(error(vm, "Incorrect padding")),
    }
}
