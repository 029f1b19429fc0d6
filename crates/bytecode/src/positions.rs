//! Reads `co_linetable`: the locations of instructions from their byte form.

use crate::code::{Code, Location};
use crate::encode::Layout;

/// The bytes that are left of a table.
struct Table<'t> {
    bytes: &'t [u8],
    at: usize,
}

impl Table<'_> {
    fn byte(&mut self) -> Option<u8> {
        let byte = self.bytes.get(self.at).copied()?;
        self.at += 1;
        Some(byte)
    }

    /// Six bits a byte, the low ones first, 0x40 where more follow.
    fn unsigned(&mut self) -> Option<u32> {
        let mut value = 0u32;
        let mut shift = 0;
        loop {
            let byte = self.byte()?;
            value |= u32::from(byte & 0x3F).checked_shl(shift).unwrap_or(0);
            shift += 6;
            if byte & 0x40 == 0 {
                return Some(value);
            }
        }
    }

    fn signed(&mut self) -> Option<i32> {
        let value = self.unsigned()?;
        let magnitude = (value >> 1).cast_signed();
        Some(if value & 1 == 1 {
            -magnitude
        } else {
            magnitude
        })
    }

    /// The next entry: a location and how many code units it is that of.
    fn entry(&mut self, line: &mut i32) -> Option<(Location, u32)> {
        let head = self.byte()?;
        let units = u32::from(head & 7) + 1;
        let form = head >> 3 & 15;
        let mut columns = None;
        let mut end_line = None;
        match form {
            0..=9 => {
                let byte = i32::from(self.byte()?);
                let col = i32::from(form) << 3 | byte >> 4;
                columns = Some((col, col + (byte & 15)));
            }
            10..=12 => {
                *line = line.saturating_add(i32::from(form) - 10);
                columns = Some((i32::from(self.byte()?), i32::from(self.byte()?)));
            }
            13 => *line = line.saturating_add(self.signed()?),
            14 => {
                *line = line.saturating_add(self.signed()?);
                end_line = Some(line.saturating_add(self.unsigned()?.cast_signed()));
                let col = self.unsigned()?.cast_signed() - 1;
                columns = Some((col, self.unsigned()?.cast_signed() - 1));
            }
            _ => return Some((Location::NONE, units)),
        }
        let (col, end_col) = columns.unwrap_or((-1, -1));
        let location = Location {
            line: *line,
            end_line: end_line.unwrap_or(*line),
            col,
            end_col,
        };
        Some((location, units))
    }
}

/// The locations that a table gives the instructions of a code object; those behind its end have
/// none.
pub fn locations(code: &Code, table: &[u8]) -> Vec<Location> {
    let layout = Layout::new(code);
    let mut units = Vec::new();
    let mut line = code.first_line.cast_signed();
    let mut table = Table {
        bytes: table,
        at: 0,
    };
    let count = layout.start_of(code.instructions.len() as u32) / 2;
    while let Some((location, length)) = table.entry(&mut line)
        && units.len() < count as usize
    {
        units.extend(std::iter::repeat_n(location, length as usize));
    }
    (0..code.instructions.len() as u32)
        .map(|pc| {
            let unit = layout.offset_of(pc) / 2;
            units.get(unit as usize).copied().unwrap_or(Location::NONE)
        })
        .collect()
}
