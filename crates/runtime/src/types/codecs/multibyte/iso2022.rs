//! The encodings of ISO 2022: escape sequences tell which set of characters the bytes behind them are of.
//!
//! The state has the sets that are designated as G0, G1 and G2 (a set is known by the last byte of its
//! escape sequence, sets of two bytes have the high bit as well), and behind them flags.

use super::plain::write_pair;
use super::tables::{EUC_JIS_2004, EUC_JISX0213, EUC_JP, EUC_KR, GB2312, Table, Text, table};
use super::{Read, State, Written};
use crate::types::codecs::names;

const ESCAPE: u8 = 0x1B;
const SHIFT_OUT: u8 = 0x0E;
const SHIFT_IN: u8 = 0x0F;
const ASCII: u8 = b'B';
const DOUBLE: u8 = 0x80;
const LATIN_1: u8 = b'A';
const GREEK: u8 = b'F';

/// Where the flags lie in the state.
const FLAGS: usize = 4;
const SHIFTED: u8 = 1;
/// Within an escape sequence that means nothing here.
const PASSING: u8 = 2;

/// No escape sequence is longer.
const LONGEST: usize = 16;

/// A set of characters.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Set {
    /// What ASCII has not of JIS X 0201's Latin half, and its other half.
    Roman,
    Katakana,
    /// The codes of two bytes of EUC-JP.
    Jis0208,
    /// Those that it writes in three.
    Jis0212,
    Ksx1001,
    Gb2312,
    /// The planes of JIS X 0213, by the table they are taken from; of pairs alone where that is said.
    Plane1(usize),
    Pairs(usize),
    Plane2(usize),
    /// Only read, by single shifts.
    High,
}

/// How a set is designated.
struct Designation {
    mark: u8,
    /// 0 for G0, 1 for G1, 2 for G2.
    place: u8,
    set: Set,
}

/// An encoding.
pub(super) struct Variant {
    sets: &'static [Designation],
    shifts: bool,
    single_shifts: bool,
    /// JIS X 0208 of 1990 may be announced.
    announced: bool,
}

const fn g0(mark: u8, set: Set) -> Designation {
    Designation {
        mark,
        place: 0,
        set,
    }
}

const fn g2(mark: u8) -> Designation {
    Designation {
        mark,
        place: 2,
        set: Set::High,
    }
}

const JIS0208: Designation = g0(b'B' | DOUBLE, Set::Jis0208);
const JIS0208_OLD: Designation = g0(b'@' | DOUBLE, Set::Jis0208);
const JIS0212: Designation = g0(b'D' | DOUBLE, Set::Jis0212);
const ROMAN: Designation = g0(b'J', Set::Roman);
const KATAKANA: Designation = g0(b'I', Set::Katakana);

const fn variant(sets: &'static [Designation]) -> Variant {
    Variant {
        sets,
        shifts: false,
        single_shifts: false,
        announced: true,
    }
}

pub(super) static JP: Variant = variant(&[JIS0208, ROMAN, JIS0208_OLD]);
pub(super) static JP_1: Variant = variant(&[JIS0208, JIS0212, ROMAN, JIS0208_OLD]);
pub(super) static JP_2: Variant = Variant {
    single_shifts: true,
    ..variant(&[
        JIS0208,
        JIS0212,
        g0(b'C' | DOUBLE, Set::Ksx1001),
        g0(b'A' | DOUBLE, Set::Gb2312),
        ROMAN,
        JIS0208_OLD,
        g2(LATIN_1),
        g2(GREEK),
    ])
};
pub(super) static JP_2004: Variant = variant(&[
    g0(b'Q' | DOUBLE, Set::Pairs(EUC_JIS_2004)),
    JIS0208,
    g0(b'Q' | DOUBLE, Set::Plane1(EUC_JIS_2004)),
    g0(b'P' | DOUBLE, Set::Plane2(EUC_JIS_2004)),
]);
pub(super) static JP_3: Variant = variant(&[
    g0(b'O' | DOUBLE, Set::Pairs(EUC_JISX0213)),
    JIS0208,
    g0(b'O' | DOUBLE, Set::Plane1(EUC_JISX0213)),
    g0(b'P' | DOUBLE, Set::Plane2(EUC_JISX0213)),
]);
pub(super) static JP_EXT: Variant = variant(&[JIS0208, JIS0212, ROMAN, KATAKANA, JIS0208_OLD]);
pub(super) static KR: Variant = Variant {
    sets: &[Designation {
        mark: b'C' | DOUBLE,
        place: 1,
        set: Set::Ksx1001,
    }],
    shifts: true,
    single_shifts: false,
    announced: false,
};

const YEN: u32 = 0xA5;
const OVERLINE: u32 = 0x203E;
const FIRST_KATAKANA: u32 = 0xFF61;

impl Set {
    fn table(self) -> Option<&'static Table> {
        Some(table(match self {
            Set::Jis0208 | Set::Jis0212 => EUC_JP,
            Set::Ksx1001 => EUC_KR,
            Set::Gb2312 => GB2312,
            Set::Plane1(number) | Set::Pairs(number) | Set::Plane2(number) => number,
            Set::Roman | Set::Katakana | Set::High => return None,
        }))
    }

    /// The table's code for one of the set.
    fn outer(self, code: u32) -> u32 {
        match self {
            Set::Jis0212 | Set::Plane2(_) => 0x8F_8080 | code,
            _ => 0x8080 | code,
        }
    }

    /// The code of the set for one of the table.
    fn inner(self, code: u32) -> Option<u32> {
        let own = match self {
            Set::Jis0212 => code >> 16 == 0x8F,
            Set::Plane2(_) => code >> 16 == 0x8F && in_second_plane(code),
            _ => code >> 16 == 0 && code & 0x8080 == 0x8080 && code >> 8 != 0x8E,
        };
        own.then_some(code & 0x7F7F)
    }

    fn decode(self, code: u32) -> Option<Text> {
        match self {
            Set::Roman => Some(Text::One(match code {
                0x5C => YEN,
                0x7E => OVERLINE,
                _ => code,
            })),
            Set::Katakana => {
                let katakana = (0x21..=0x5F).contains(&code);
                katakana.then_some(Text::One(FIRST_KATAKANA + code.wrapping_sub(0x21)))
            }
            Set::High => None,
            _ if code & 0x8080 != 0 => None,
            Set::Plane2(_) if !in_second_plane(code) => None,
            _ => self.table()?.decode(self.outer(code)),
        }
    }

    fn encode(self, c: u32) -> Option<u32> {
        match (self, c) {
            (Set::Roman, YEN) => Some(0x5C),
            (Set::Roman, OVERLINE) => Some(0x7E),
            (Set::Katakana, FIRST_KATAKANA..=0xFF9F) => Some(c - FIRST_KATAKANA + 0x21),
            // EUC writes the wide tilde as well.
            (Set::Pairs(_), _) | (Set::Plane1(_), 0xFF5E) => None,
            _ => self.inner(self.table()?.encode(c)?),
        }
    }
}

/// Whether JIS X 0213 has the row of a code in its second plane; the other rows are those of JIS X 0212,
/// which EUC has beside it.
fn in_second_plane(code: u32) -> bool {
    matches!((code >> 8 & 0x7F).wrapping_sub(0x20), 1 | 3..=5 | 8 | 12..=15 | 78..=94)
}

/// The state at the beginning; only what is decoded has a G2.
pub(super) fn initial(decoding: bool) -> State {
    let second = if decoding { ASCII } else { 0 };
    State([ASCII, ASCII, second, 0, 0, 0, 0, 0])
}

/// The state of a decoder that begins anew: what G1 and G2 are stays.
pub(super) fn reset(mut state: State) -> State {
    state.0[0] = ASCII;
    state.0[FLAGS] &= !SHIFTED;
    state
}

pub(super) fn read(variant: &Variant, input: &[u8], state: &mut State) -> Read {
    let Some(&first) = input.first() else {
        return Read::Short;
    };
    let itself = Read::One(first.into(), 1);
    let flags = &mut state.0[FLAGS];
    if *flags & PASSING != 0 {
        if ends_escape(first) {
            *flags &= !PASSING;
        }
        return itself;
    }
    match first {
        ESCAPE => match input.get(1) {
            None => Read::Short,
            Some(b'(' | b')' | b'$' | b'.' | b'&') => designate(variant, input, state),
            Some(b'N') if variant.single_shifts => read_high(input, state),
            Some(_) => {
                *flags |= PASSING;
                itself
            }
        },
        SHIFT_IN if variant.shifts => {
            *flags &= !SHIFTED;
            Read::Skip(1)
        }
        SHIFT_OUT if variant.shifts => {
            *flags |= SHIFTED;
            Read::Skip(1)
        }
        b'\n' => {
            *flags &= !SHIFTED;
            itself
        }
        0..0x20 => itself,
        0x80.. => Read::Bad(1),
        _ => {
            let mark = state.0[usize::from(*flags & SHIFTED != 0)];
            if mark == ASCII {
                return itself;
            }
            let Some(set) = variant.sets.iter().find(|set| set.mark == mark) else {
                return Read::Bad(1);
            };
            let width = if mark & DOUBLE != 0 { 2 } else { 1 };
            let Some(bytes) = input.get(..width) else {
                return Read::Short;
            };
            let code = bytes.iter().fold(0, |code, &b| code << 8 | u32::from(b));
            // Sets that are known by the same mark have what is read in common.
            match set.set.decode(code) {
                Some(Text::One(c)) => Read::One(c, width),
                Some(Text::Two(a, b)) => Read::Two(a, b, width),
                None => Read::Bad(width),
            }
        }
    }
}

fn ends_escape(byte: u8) -> bool {
    byte == b'@' || byte.is_ascii_uppercase()
}

fn designate(variant: &Variant, input: &[u8], state: &mut State) -> Read {
    let mut at = 1;
    let length = loop {
        if at >= LONGEST {
            return Read::Bad(1);
        }
        match input.get(at) {
            None => return Read::Short,
            Some(&byte) if ends_escape(byte) => break at + 1,
            Some(b'&') if variant.announced && input.get(at + 1) == Some(&b'@') => at += 3,
            Some(_) => at += 1,
        }
    };
    let (place, mark) = match input.get(1..length).unwrap_or_default() {
        [b'$', mark] => (0, mark | DOUBLE),
        [b'(', mark] => (0, *mark),
        [b')', mark] => (1, *mark),
        [b'.', mark] if variant.single_shifts => (2, *mark),
        [b'$', b'(', mark] => (0, mark | DOUBLE),
        [b'$', b')', mark] => (1, mark | DOUBLE),
        [_, _, ESCAPE, b'$', b'B'] if variant.announced => (0, b'B' | DOUBLE),
        _ => return Read::Bad(length),
    };
    if mark != ASCII && variant.sets.iter().all(|set| set.mark != mark) {
        return Read::Bad(length);
    }
    state.0[place] = mark;
    Read::Skip(length)
}

/// A character of G2, told by the two bytes before it.
fn read_high(input: &[u8], state: &State) -> Read {
    let Some(&byte) = input.get(2) else {
        return Read::Short;
    };
    let decoded = match state.0[2] {
        LATIN_1 if byte < 0x80 => Some(u32::from(byte) + 0x80),
        GREEK => names::codec("iso8859_7").and_then(|codec| match codec {
            names::Codec::Charmap(index) => {
                let c = names::charmap(index)[usize::from(byte ^ 0x80)];
                (c != 0xFFFE).then_some(c.into())
            }
            _ => None,
        }),
        ASCII if byte < 0x80 => Some(byte.into()),
        _ => None,
    };
    decoded.map_or(Read::Bad(3), |c| Read::One(c, 3))
}

pub(super) fn write(
    variant: &Variant,
    c: u32,
    next: Option<u32>,
    last: bool,
    state: &mut State,
    out: &mut Vec<u8>,
) -> Written {
    if c < 0x80 {
        if state.0[0] != ASCII {
            out.extend_from_slice(b"\x1b(B");
            state.0[0] = ASCII;
        }
        shift(state, false, out);
        out.push(c as u8);
        return Written::Done(1);
    }
    let mut found = None;
    for set in variant.sets {
        if let Set::Pairs(number) = set.set {
            match write_pair(table(number), c, next, last) {
                Err(()) => return Written::Short,
                Ok(pair) => found = pair.map(|code| (set, code & 0x7F7F, 2)),
            }
        } else {
            found = set.set.encode(c).map(|code| (set, code, 1));
        }
        if found.is_some() {
            break;
        }
    }
    let Some((set, code, used)) = found else {
        return Written::Bad;
    };
    let (mark, place) = (set.mark & !DOUBLE, usize::from(set.place));
    if place == 0 {
        shift(state, false, out);
    }
    if state.0[place] != set.mark {
        let bracket = [b'(', b')'][place.min(1)];
        out.push(ESCAPE);
        match set.mark & DOUBLE {
            0 => out.extend([bracket, mark]),
            // What had sequences before there were brackets keeps them.
            _ if set.set == Set::Jis0208 => out.extend([b'$', mark]),
            _ => out.extend([b'$', bracket, mark]),
        }
        state.0[place] = set.mark;
    }
    if place == 1 {
        shift(state, true, out);
    }
    if set.mark & DOUBLE != 0 {
        out.push((code >> 8) as u8);
    }
    out.push(code as u8);
    Written::Done(used)
}

fn shift(state: &mut State, wanted: bool, out: &mut Vec<u8>) {
    let flags = &mut state.0[FLAGS];
    if (*flags & SHIFTED != 0) != wanted {
        out.push(if wanted { SHIFT_OUT } else { SHIFT_IN });
        *flags ^= SHIFTED;
    }
}

pub(super) fn finish(state: &mut State, out: &mut Vec<u8>) {
    shift(state, false, out);
    if state.0[0] != ASCII {
        out.extend_from_slice(b"\x1b(B");
        state.0[0] = ASCII;
    }
}
