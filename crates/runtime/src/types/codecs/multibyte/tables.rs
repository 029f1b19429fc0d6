//! The tables: read from `data/multibyte.bin`, which `scripts/generate_multibyte_tables.py` writes and
//! describes, one by one as they are asked for.

use std::sync::OnceLock;

pub(super) const GB2312: usize = 0;
pub(super) const GB18030: usize = 2;
pub(super) const EUC_KR: usize = 3;
pub(super) const EUC_JP: usize = 9;
pub(super) const EUC_JIS_2004: usize = 10;
pub(super) const EUC_JISX0213: usize = 11;
pub(super) const SHIFT_JISX0213: usize = 15;
const COUNT: usize = 16;

/// A code that the parent has and the table has not.
const GONE: u32 = 0x1F_FFFF;
/// Where the numbers of pairs begin.
const PAIRS: u32 = 0x11_0000;

static DATA: &[u8] = include_bytes!("../../../../data/multibyte.bin");

/// An encoding in which a few bytes stand for a character.
pub(super) struct Table {
    /// For each byte 0, or how many bytes a code has that begins with it.
    pub kinds: [u8; 256],
    pairs: Vec<(u32, u32)>,
    /// Codes and characters (or pairs), sorted by code.
    decoded: Vec<(u32, u32)>,
    /// Characters (or pairs) and codes, sorted by character.
    encoded: Vec<(u32, u32)>,
}

/// What a code stands for.
pub(super) enum Text {
    One(u32),
    Two(u32, u32),
}

/// A run of GB 18030's codes of four bytes: the first character, its number, and how many there are.
pub(super) struct Run {
    pub first: u32,
    pub number: u32,
    pub length: u32,
}

/// One table as the file has it.
struct Raw {
    parent: u8,
    moved: bool,
    kinds: [u8; 256],
    pairs: Vec<(u32, u32)>,
    decoded: Vec<(u32, u32)>,
    encoded: Vec<(u32, u32)>,
}

struct Reader(&'static [u8]);

impl Reader {
    fn byte(&mut self) -> u8 {
        let (&first, rest) = self.0.split_first().unwrap_or((&0, &[]));
        self.0 = rest;
        first
    }

    fn number(&mut self) -> u32 {
        let (mut number, mut shift) = (0, 0);
        loop {
            let byte = self.byte();
            number |= u32::from(byte & 127) << shift;
            shift += 7;
            if byte < 128 || shift > 28 {
                return number;
            }
        }
    }

    fn signed(&mut self) -> u32 {
        let number = self.number();
        match number & 1 {
            0 => number >> 1,
            _ => (number >> 1).wrapping_neg(),
        }
    }

    fn table(&mut self) -> Raw {
        let (parent, moved) = (self.byte(), self.byte() != 0);
        let mut kinds = [0; 256];
        let mut at = 0;
        while at < kinds.len() {
            let kind = self.byte();
            let end = (at + (self.number() as usize).max(1)).min(kinds.len());
            kinds[at..end].fill(kind);
            at = end;
        }
        let pairs = (0..self.number())
            .map(|_| (self.number(), self.number()))
            .collect();
        let (mut code, mut value) = (0, 0_u32);
        let decoded = (0..self.number())
            .map(|_| {
                code += self.number();
                value = value.wrapping_add(self.signed());
                (code, value)
            })
            .collect();
        let mut c = 0;
        let encoded = (0..self.number())
            .map(|_| {
                c += self.number();
                (c, self.number())
            })
            .collect();
        Raw {
            parent,
            moved,
            kinds,
            pairs,
            decoded,
            encoded,
        }
    }
}

/// The code of Shift JIS for one of EUC.
fn shifted(code: u32) -> u32 {
    let (row, cell) = ((code >> 8) - 0xA1, (code & 0xFF) - 0xA1);
    let lead = row / 2 + if row < 62 { 0x81 } else { 0xC1 };
    let trail = match row % 2 {
        0 => cell + 0x40 + u32::from(cell >= 63),
        _ => cell + 0x9F,
    };
    lead << 8 | trail
}

/// Sorted entries, of which those of `changes` replace others of the same key.
fn merged(mut entries: Vec<(u32, u32)>, changes: &[(u32, u32)], gone: u32) -> Vec<(u32, u32)> {
    // Sorting is stable: a change stands behind what it replaces.
    entries.extend_from_slice(changes);
    entries.sort_by_key(|entry| entry.0);
    let mut kept: Vec<(u32, u32)> = Vec::with_capacity(entries.len());
    for entry in entries {
        match kept.last_mut() {
            Some(last) if last.0 == entry.0 => *last = entry,
            _ => kept.push(entry),
        }
    }
    kept.retain(|entry| entry.1 != gone);
    kept
}

/// The table of that number.
pub(super) fn table(number: usize) -> &'static Table {
    static TABLES: [OnceLock<Table>; COUNT] = [const { OnceLock::new() }; COUNT];
    TABLES[number].get_or_init(|| {
        let mut reader = Reader(DATA);
        (0..number).for_each(|_| drop(reader.table()));
        let raw = reader.table();
        let known: Vec<(u32, u32)> = match raw.parent {
            255 => Vec::new(),
            parent => {
                let parent = table(usize::from(parent)).decoded.iter().copied();
                let single = parent.filter(|entry| entry.1 < PAIRS);
                if raw.moved {
                    let within = |code: u32| (0xA1A1..=0xFEFE).contains(&code) && code & 0x80 != 0;
                    single
                        .filter(|entry| within(entry.0))
                        .map(|(code, c)| (shifted(code), c))
                        .collect()
                } else {
                    single.collect()
                }
            }
        };
        let decoded = merged(known, &raw.decoded, GONE);
        // Of several codes of a character the first one is written.
        let mut inverse: Vec<(u32, u32)> = decoded.iter().map(|&(code, c)| (c, code)).collect();
        inverse.sort_unstable();
        inverse.dedup_by_key(|entry| entry.0);
        let inverse = inverse.into_iter().map(|(c, code)| (c, code + 1)).collect();
        let encoded = merged(inverse, &raw.encoded, 0);
        Table {
            kinds: raw.kinds,
            pairs: raw.pairs,
            decoded,
            encoded: encoded.into_iter().map(|(c, code)| (c, code - 1)).collect(),
        }
    })
}

fn find(entries: &[(u32, u32)], key: u32) -> Option<u32> {
    let place = entries.binary_search_by_key(&key, |entry| entry.0).ok()?;
    entries.get(place).map(|entry| entry.1)
}

impl Table {
    /// What a code stands for.
    pub fn decode(&self, code: u32) -> Option<Text> {
        let c = find(&self.decoded, code)?;
        if c < PAIRS {
            return Some(Text::One(c));
        }
        let (a, b) = self.pairs.get((c - PAIRS) as usize)?;
        Some(Text::Two(*a, *b))
    }

    /// The code of a character.
    pub fn encode(&self, c: u32) -> Option<u32> {
        find(&self.encoded, c)
    }

    /// The code of two characters that have one together.
    pub fn encode_pair(&self, a: u32, b: u32) -> Option<u32> {
        let place = self.pairs.binary_search(&(a, b)).ok()?;
        find(&self.encoded, PAIRS + place as u32)
    }

    /// Whether some codes stand for two characters.
    pub fn has_pairs(&self) -> bool {
        !self.pairs.is_empty()
    }

    /// Whether there are pairs that begin with a character.
    pub fn begins_pair(&self, c: u32) -> bool {
        self.pairs.iter().any(|pair| pair.0 == c)
    }
}

/// GB 18030's codes of four bytes in the first plane.
pub(super) fn runs() -> &'static [Run] {
    static RUNS: OnceLock<Vec<Run>> = OnceLock::new();
    RUNS.get_or_init(|| {
        let mut reader = Reader(DATA);
        (0..COUNT).for_each(|_| drop(reader.table()));
        (0..reader.number())
            .map(|_| Run {
                first: reader.number(),
                number: reader.number(),
                length: reader.number(),
            })
            .collect()
    })
}
