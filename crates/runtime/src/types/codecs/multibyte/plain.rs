//! Encodings in which a few bytes stand for a character, whatever comes before.

use super::tables::{EUC_JISX0213, EUC_KR, GB18030, SHIFT_JISX0213, Table, Text, runs, table};
use super::{Read, Written};

pub(super) fn read(number: usize, input: &[u8]) -> Read {
    let Some(&first) = input.first() else {
        return Read::Short;
    };
    let table = table(number);
    let length = usize::from(table.kinds[usize::from(first)]).max(1);
    let Some(bytes) = input.get(..length) else {
        return Read::Short;
    };
    match (number, bytes) {
        (EUC_KR, &[JAMO, FILLER]) => return read_syllable(input),
        (GB18030, &[_, b'0'..=b'9']) => return read_four(input),
        _ => {}
    }
    let code = bytes.iter().fold(0, |code, &b| code << 8 | u32::from(b));
    match table.decode(code) {
        Some(Text::One(c)) => Read::One(c, length),
        Some(Text::Two(a, b)) => Read::Two(a, b, length),
        // What only the later edition of JIS X 0213 has is a mistake as a whole.
        None => match number {
            EUC_JISX0213 | SHIFT_JISX0213 if is_of_2004(number, code) => Read::Bad(2),
            _ => Read::Bad(1),
        },
    }
}

/// Whether the table of the edition of 2004, which lies before one of 2000, has a code.
fn is_of_2004(number: usize, code: u32) -> bool {
    table(number - 1).decode(code).is_some()
}

pub(super) fn write(
    number: usize,
    c: u32,
    next: Option<u32>,
    last: bool,
    out: &mut Vec<u8>,
) -> Written {
    let table = table(number);
    match write_pair(table, c, next, last) {
        Ok(None) => {}
        Ok(Some(code)) => {
            put(code, out);
            return Written::Done(2);
        }
        Err(()) => return Written::Short,
    }
    let done = match (table.encode(c), number) {
        (Some(code), _) => {
            put(code, out);
            true
        }
        (None, EUC_KR) => write_syllable(c, out),
        (None, GB18030) => write_four(c, out),
        _ => false,
    };
    if done { Written::Done(1) } else { Written::Bad }
}

/// The code of the character and the next one, if they have one together; an error if it must be known
/// first what comes next.
pub(super) fn write_pair(
    table: &Table,
    c: u32,
    next: Option<u32>,
    last: bool,
) -> Result<Option<u32>, ()> {
    if !table.begins_pair(c) {
        return Ok(None);
    }
    match next {
        Some(next) => Ok(table.encode_pair(c, next)),
        None if last => Ok(None),
        None => Err(()),
    }
}

fn put(code: u32, out: &mut Vec<u8>) {
    let bytes = code.to_be_bytes();
    let zeros = (code.leading_zeros() as usize / 8).min(3);
    out.extend_from_slice(&bytes[zeros..]);
}

// KS X 1001 writes syllables that it has no code for by their letters, each in two bytes.
const JAMO: u8 = 0xA4;
const FILLER: u8 = 0xD4;
const FIRST_SYLLABLE: u32 = 0xAC00;
const LEADS: [u8; 19] = [
    0xA1, 0xA2, 0xA4, 0xA7, 0xA8, 0xA9, 0xB1, 0xB2, 0xB3, 0xB5, 0xB6, 0xB7, 0xB8, 0xB9, 0xBA, 0xBB,
    0xBC, 0xBD, 0xBE,
];
const FIRST_VOWEL: u8 = 0xBF;
const VOWELS: u32 = 21;
const TAILS: [u8; 28] = [
    0xD4, 0xA1, 0xA2, 0xA3, 0xA4, 0xA5, 0xA6, 0xA7, 0xA9, 0xAA, 0xAB, 0xAC, 0xAD, 0xAE, 0xAF, 0xB0,
    0xB1, 0xB2, 0xB4, 0xB5, 0xB6, 0xB7, 0xB8, 0xBA, 0xBB, 0xBC, 0xBD, 0xBE,
];

fn read_syllable(input: &[u8]) -> Read {
    let Some(bytes) = input.first_chunk::<8>() else {
        return Read::Short;
    };
    let &[JAMO, FILLER, JAMO, lead, JAMO, vowel, JAMO, tail] = bytes else {
        return Read::Bad(1);
    };
    let place = |letters: &[u8], letter: u8| letters.iter().position(|&one| one == letter);
    let vowel = u32::from(vowel.wrapping_sub(FIRST_VOWEL));
    match (place(&LEADS, lead), place(&TAILS, tail)) {
        (Some(lead), Some(tail)) if vowel < VOWELS => {
            let syllable = (lead as u32 * VOWELS + vowel) * TAILS.len() as u32 + tail as u32;
            Read::One(FIRST_SYLLABLE + syllable, 8)
        }
        _ => Read::Bad(1),
    }
}

fn write_syllable(c: u32, out: &mut Vec<u8>) -> bool {
    let Some(syllable) = c.checked_sub(FIRST_SYLLABLE) else {
        return false;
    };
    let tails = TAILS.len() as u32;
    let (rest, tail) = (syllable / tails, syllable % tails);
    let (lead, vowel) = (rest / VOWELS, rest % VOWELS);
    let Some(&lead) = LEADS.get(lead as usize) else {
        return false;
    };
    let (vowel, tail) = (FIRST_VOWEL + vowel as u8, TAILS[tail as usize]);
    out.extend_from_slice(&[JAMO, FILLER, JAMO, lead, JAMO, vowel, JAMO, tail]);
    true
}

/// Where the codes of four bytes for the other planes begin.
const OTHER_PLANES: u32 = 15 * 12600;

fn read_four(input: &[u8]) -> Read {
    let Some(bytes) = input.first_chunk::<4>() else {
        return Read::Short;
    };
    let &[a @ 0x81..=0xFE, b, c @ 0x81..=0xFE, d @ b'0'..=b'9'] = bytes else {
        return Read::Bad(1);
    };
    let [a, b, c, d] = [a - 0x81, b - b'0', c - 0x81, d - b'0'].map(u32::from);
    let number = ((a * 10 + b) * 126 + c) * 10 + d;
    let found = match number.checked_sub(OTHER_PLANES) {
        Some(other) => Some(0x1_0000 + other).filter(|&c| c < 0x11_0000),
        None => {
            let place = runs().partition_point(|run| run.number + run.length <= number);
            let run = runs().get(place).filter(|run| run.number <= number);
            run.map(|run| run.first + (number - run.number))
        }
    };
    found.map_or(Read::Bad(1), |c| Read::One(c, 4))
}

fn write_four(c: u32, out: &mut Vec<u8>) -> bool {
    let number = match c.checked_sub(0x1_0000) {
        Some(other) => OTHER_PLANES + other,
        None => {
            let place = runs().partition_point(|run| run.first + run.length <= c);
            match runs().get(place).filter(|run| run.first <= c) {
                Some(run) => run.number + (c - run.first),
                None => return false,
            }
        }
    };
    let (rest, d) = (number / 10, number % 10);
    let (rest, c) = (rest / 126, rest % 126);
    let (a, b) = (rest / 10, rest % 10);
    // Each is in its range by construction.
    out.extend([a + 0x81, b + 0x30, c + 0x81, d + 0x30].map(|byte| byte as u8));
    true
}
