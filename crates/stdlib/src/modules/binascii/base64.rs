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
    for chunk in data.chunks(3) {
        let word = chunk
            .iter()
            .fold(0, |word, &byte| word << 8 | u32::from(byte))
            << (8 * (3 - chunk.len()));
        for place in 0..4 {
            text.push(if place <= chunk.len() {
                ALPHABET[(word >> (18 - 6 * place) & 63) as usize]
            } else {
                b'='
            });
        }
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
    // `quad` counts the characters of the group of four.
    let (mut quad, mut left, mut pads) = (0, 0u8, 0);
    let mut padding_started = false;
    for (place, &c) in text.iter().enumerate() {
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
