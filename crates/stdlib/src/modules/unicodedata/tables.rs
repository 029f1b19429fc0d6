//! The tables: read once from `data/unicode.bin`, which `scripts/unicode_data` writes.

use std::collections::HashMap;
use std::sync::OnceLock;

/// Names of the general categories, by number.
pub(super) const CATEGORIES: [&str; 30] = [
    "Cn", "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "No", "Pc", "Pd", "Ps", "Pe",
    "Pi", "Pf", "Po", "Sm", "Sc", "Sk", "So", "Zs", "Zl", "Zp", "Cc", "Cf", "Cs", "Co",
];
/// Names of the bidirectional classes, by number.
pub(super) const BIDI: [&str; 24] = [
    "", "L", "R", "AL", "EN", "ES", "ET", "AN", "CS", "NSM", "BN", "B", "S", "WS", "ON", "LRE",
    "LRO", "RLE", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI",
];
/// Names of the widths, by number.
pub(super) const WIDTHS: [&str; 6] = ["N", "A", "H", "W", "F", "Na"];
/// What stands before a compatibility decomposition, by number.
pub(super) const TAGS: [&str; 17] = [
    "",
    "<font>",
    "<noBreak>",
    "<initial>",
    "<medial>",
    "<final>",
    "<isolated>",
    "<circle>",
    "<super>",
    "<sub>",
    "<vertical>",
    "<wide>",
    "<narrow>",
    "<small>",
    "<square>",
    "<fraction>",
    "<compat>",
];

const BLOCK: usize = 128;
const BLOCKS: usize = 0x11_0000 / BLOCK;

/// The properties of a code point that all have.
#[derive(Clone, Copy, Default)]
pub(super) struct Record {
    pub category: u8,
    pub bidi: u8,
    pub combining: u8,
    pub width: u8,
    pub mirrored: u8,
}

/// All tables.
pub(super) struct Tables {
    records: Vec<Record>,
    index: Vec<u16>,
    blocks: Vec<u16>,
    /// The tag's number and the characters.
    pub decompositions: HashMap<u32, (u8, Box<[u32]>)>,
    pub numbers: HashMap<u32, f64>,
    /// What two characters compose to.
    pub pairs: HashMap<(u32, u32), u32>,
}

/// Reads numbers from the file; beyond its end there are zeros.
pub(super) struct Reader(pub &'static [u8]);

impl Reader {
    fn take<const N: usize>(&mut self) -> [u8; N] {
        match self.0.split_first_chunk::<N>() {
            Some((head, tail)) => {
                self.0 = tail;
                *head
            }
            None => [0; N],
        }
    }

    pub fn byte(&mut self) -> u8 {
        u8::from_le_bytes(self.take())
    }

    fn short(&mut self) -> u16 {
        u16::from_le_bytes(self.take())
    }

    pub fn word(&mut self) -> u32 {
        u32::from_le_bytes(self.take())
    }
}

impl Tables {
    /// The tables, read when first asked for.
    pub fn get() -> &'static Tables {
        static TABLES: OnceLock<Tables> = OnceLock::new();
        TABLES.get_or_init(Tables::read)
    }

    fn read() -> Tables {
        let mut r = Reader(include_bytes!("../../../data/unicode.bin"));
        let records = (0..r.word())
            .map(|_| Record {
                category: r.byte(),
                bidi: r.byte(),
                combining: r.byte(),
                width: r.byte(),
                mirrored: r.byte(),
            })
            .collect();
        let index = (0..BLOCKS).map(|_| r.short()).collect();
        let count = r.word() as usize * BLOCK;
        let blocks = (0..count).map(|_| r.short()).collect();
        let decompositions = (0..r.word())
            .map(|_| {
                let (code, tag, len) = (r.word(), r.byte(), r.byte());
                (code, (tag, (0..len).map(|_| r.word()).collect()))
            })
            .collect();
        let numbers = (0..r.word())
            .map(|_| (r.word(), f64::from_le_bytes(r.take())))
            .collect();
        let pairs = (0..r.word())
            .map(|_| ((r.word(), r.word()), r.word()))
            .collect();
        Tables {
            records,
            index,
            blocks,
            decompositions,
            numbers,
            pairs,
        }
    }

    /// The record of a code point.
    pub fn record(&self, c: u32) -> Record {
        let (block, place) = (c as usize / BLOCK, c as usize % BLOCK);
        let block = self.index.get(block).copied().unwrap_or(0);
        let record = self.blocks.get(usize::from(block) * BLOCK + place);
        let record = record.and_then(|&record| self.records.get(usize::from(record)));
        record.copied().unwrap_or_default()
    }
}
