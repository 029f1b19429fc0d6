//! Unicode 3.2, told by its differences: `data/unicode_3_2.bin`, which `scripts/unicode_data` writes.

use std::collections::HashMap;
use std::sync::OnceLock;

use runtime::types::str::unicode;

use super::tables::{Reader, Record, Tables};

/// What a run of code points has otherwise; `SAME` for what it has not.
struct Run {
    first: u32,
    end: u32,
    category: u8,
    bidi: u8,
    width: u8,
    mirrored: u8,
}

const SAME: u8 = 255;

struct Differences {
    /// Where code points begin to be unassigned, and to be assigned again, in turns.
    turns: Vec<u32>,
    runs: Vec<Run>,
    /// Code points that had a decimal value; sorted.
    decimals: Vec<u32>,
    /// Decompositions that were corrected later.
    normal: HashMap<u32, u32>,
}

impl Differences {
    /// The differences, read when first asked for.
    fn get() -> &'static Differences {
        static DIFFERENCES: OnceLock<Differences> = OnceLock::new();
        DIFFERENCES.get_or_init(|| {
            let mut r = Reader(include_bytes!("../../../data/unicode_3_2.bin"));
            Differences {
                turns: (0..r.word()).map(|_| r.word()).collect(),
                runs: (0..r.word())
                    .map(|_| Run {
                        first: r.word(),
                        end: r.word(),
                        category: r.byte(),
                        bidi: r.byte(),
                        width: r.byte(),
                        mirrored: r.byte(),
                    })
                    .collect(),
                decimals: (0..r.word()).map(|_| r.word()).collect(),
                normal: (0..r.word()).map(|_| (r.word(), r.word())).collect(),
            }
        })
    }

    fn is_assigned(&self, c: u32) -> bool {
        self.turns
            .partition_point(|&turn| turn <= c)
            .is_multiple_of(2)
    }
}

/// Whether the code point stood for something.
pub(super) fn is_assigned(c: u32) -> bool {
    Differences::get().is_assigned(c)
}

/// The properties that a code point had.
pub(super) fn record(c: u32) -> Record {
    let differences = Differences::get();
    let mut record = match differences.is_assigned(c) {
        true => Tables::get().record(c),
        false => Record::default(),
    };
    let place = differences.runs.partition_point(|run| run.end <= c);
    if let Some(run) = differences.runs.get(place).filter(|run| run.first <= c) {
        for (field, other) in [
            (&mut record.category, run.category),
            (&mut record.bidi, run.bidi),
            (&mut record.width, run.width),
            (&mut record.mirrored, run.mirrored),
        ] {
            if other != SAME {
                *field = other;
            }
        }
    }
    record
}

/// The decimal value that a code point had.
pub(super) fn decimal(c: u32) -> Option<u8> {
    let differences = Differences::get();
    if differences.decimals.binary_search(&c).is_ok() {
        return unicode::digit(c);
    }
    unicode::decimal(c).filter(|_| differences.is_assigned(c))
}

/// What a code point was in all normal forms, where that is not what it is now.
pub(super) fn normal(c: u32) -> Option<u32> {
    let differences = Differences::get();
    let itself = || (!differences.is_assigned(c)).then_some(c);
    differences.normal.get(&c).copied().or_else(itself)
}
