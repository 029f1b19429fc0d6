//! The byte forms of a code object that Python programs see: `co_code`, `co_linetable`,
//! `co_exceptiontable`, and the sequences of `co_lines()` and `co_positions()`.
//!
//! The compact form has two bytes for each instruction, `EXTENDED_ARG` before one whose argument
//! needs more than a byte, and relative jumps.  [`Layout`] maps between it and instruction
//! indices.  With small arguments throughout, instruction `i` lies at byte `2 * i`.

use crate::code::{Code, Location};

/// The number of `EXTENDED_ARG`, which only the compact form has.
pub const EXTENDED_ARG: u8 = 144;

/// Where each instruction lies in the compact form, in code units of two bytes.
pub struct Layout {
    /// The first unit of each instruction, its `EXTENDED_ARG`s included; and the total.
    starts: Vec<u32>,
    /// The arguments as the compact form writes them (jumps relative).
    args: Vec<u32>,
}

fn units_for(arg: u32) -> u32 {
    match arg {
        0..=0xFF => 1,
        0x100..=0xFFFF => 2,
        0x1_0000..=0xFF_FFFF => 3,
        _ => 4,
    }
}

impl Layout {
    /// Lays out a code object.
    pub fn new(code: &Code) -> Layout {
        let n = code.instructions.len();
        let mut args: Vec<u32> = code
            .instructions
            .iter()
            .map(|i| if i.op.is_jump() { 0 } else { i.arg })
            .collect();
        loop {
            let mut starts = Vec::with_capacity(n + 1);
            let mut at = 0;
            for &arg in &args {
                starts.push(at);
                at += units_for(arg);
            }
            starts.push(at);
            // Arguments only grow, so this ends.
            let mut grew = false;
            for (i, instr) in code.instructions.iter().enumerate() {
                if !instr.op.is_jump() {
                    continue;
                }
                let behind = (i + 1 + instr.op.cache() as usize).min(n);
                let target = (instr.arg as usize).min(n);
                let delta = starts[target].abs_diff(starts[behind]);
                if units_for(delta) > units_for(args[i]) {
                    grew = true;
                }
                args[i] = delta;
            }
            if !grew {
                return Layout { starts, args };
            }
        }
    }

    /// The byte offset of an instruction's own unit (what `f_lasti` and `tb_lasti` show).
    pub fn offset_of(&self, pc: u32) -> u32 {
        match self.starts.get(pc as usize + 1) {
            Some(next) => {
                let op_units = next - 1;
                op_units * 2
            }
            None => self.starts.last().copied().unwrap_or(0) * 2,
        }
    }

    /// The byte offset of an instruction, its `EXTENDED_ARG`s included.
    pub fn start_of(&self, pc: u32) -> u32 {
        let last = self.starts.len() - 1;
        self.starts[(pc as usize).min(last)] * 2
    }

    /// The instruction that covers a byte offset.
    pub fn index_of(&self, offset: u32) -> u32 {
        let unit = offset / 2;
        (self.starts.partition_point(|&s| s <= unit).max(1) - 1) as u32
    }

    fn units(&self, pc: usize) -> u32 {
        self.starts[pc + 1] - self.starts[pc]
    }
}

impl Code {
    /// `co_code`.
    pub fn co_code(&self) -> Vec<u8> {
        let layout = Layout::new(self);
        let mut out = Vec::with_capacity(self.instructions.len() * 2);
        for (instr, &arg) in self.instructions.iter().zip(&layout.args) {
            for shift in (1..units_for(arg)).rev() {
                out.extend([EXTENDED_ARG, (arg >> (8 * shift)) as u8]);
            }
            out.extend([instr.op as u8, arg as u8]);
        }
        out
    }

    /// The runs of instructions with one line, as `co_lines()` gives them: the first byte offset,
    /// the end, and the line if there is one.
    pub fn co_lines(&self) -> Vec<(u32, u32, Option<u32>)> {
        let layout = Layout::new(self);
        let mut out: Vec<(u32, u32, Option<u32>)> = Vec::new();
        for (pc, location) in self.locations.iter().enumerate() {
            let end = layout.start_of(pc as u32 + 1);
            let line = location.line_number();
            match out.last_mut() {
                Some(last) if last.2 == line => last.1 = end,
                _ => out.push((layout.start_of(pc as u32), end, line)),
            }
        }
        out
    }

    /// The location of each code unit, as `co_positions()` gives them.
    pub fn co_positions(&self) -> Vec<Location> {
        let layout = Layout::new(self);
        let mut out = Vec::with_capacity(self.locations.len());
        for (pc, &location) in self.locations.iter().enumerate() {
            out.extend(std::iter::repeat_n(location, layout.units(pc) as usize));
        }
        out
    }

    /// `co_linetable`.
    pub fn co_linetable(&self) -> Vec<u8> {
        let layout = Layout::new(self);
        let mut table = LineTable {
            out: Vec::new(),
            line: self.first_line as i32,
        };
        let mut run: Option<(Location, u32)> = None;
        for (pc, &location) in self.locations.iter().enumerate() {
            let units = layout.units(pc);
            match &mut run {
                Some((at, length)) if *at == location => *length += units,
                _ => {
                    if let Some((at, length)) = run {
                        table.entry(at, length);
                    }
                    run = Some((location, units));
                }
            }
        }
        if let Some((at, length)) = run {
            table.entry(at, length);
        }
        table.out
    }

    /// `co_exceptiontable`.
    pub fn co_exceptiontable(&self) -> Vec<u8> {
        let layout = Layout::new(self);
        let mut out = Vec::new();
        for entry in &self.exception_table {
            let start = layout.start_of(entry.start) / 2;
            let end = layout.start_of(entry.end) / 2;
            let target = layout.start_of(entry.target) / 2;
            push_big_endian(&mut out, start, 0x80);
            push_big_endian(&mut out, end - start, 0);
            push_big_endian(&mut out, target, 0);
            push_big_endian(&mut out, entry.depth << 1 | u32::from(entry.lasti), 0);
        }
        out
    }
}

/// Six bits a byte, the high ones first, 0x40 where more follow; `mark` is set on the first byte.
fn push_big_endian(out: &mut Vec<u8>, value: u32, mark: u8) {
    let mut mark = mark;
    for shift in [30, 24, 18, 12, 6] {
        if value >> shift != 0 {
            out.push((value >> shift & 0x3F) as u8 | 0x40 | mark);
            mark = 0;
        }
    }
    out.push((value & 0x3F) as u8 | mark);
}

struct LineTable {
    out: Vec<u8>,
    line: i32,
}

impl LineTable {
    const SHORT_COLUMNS: i32 = 80;
    const ONE_LINE: u8 = 10;
    const NO_COLUMNS: u8 = 13;
    const LONG: u8 = 14;
    const NO_LOCATION: u8 = 15;

    fn entry(&mut self, at: Location, mut units: u32) {
        while units > 8 {
            self.part(at, 8);
            units -= 8;
        }
        self.part(at, units);
    }

    fn part(&mut self, at: Location, units: u32) {
        if at.line < 0 {
            self.head(Self::NO_LOCATION, units);
            return;
        }
        let delta = at.line - self.line;
        let (col, end_col) = (at.col, at.end_col);
        if col < 0 || end_col < 0 {
            if at.end_line == at.line || at.end_line < 0 {
                self.head(Self::NO_COLUMNS, units);
                self.signed(delta);
                self.line = at.line;
                return;
            }
        } else if at.end_line == at.line {
            if delta == 0 && col < Self::SHORT_COLUMNS && end_col >= col && end_col - col < 16 {
                self.head((col >> 3) as u8, units);
                self.out.push(((col & 7) << 4 | (end_col - col)) as u8);
                return;
            }
            if (0..3).contains(&delta) && col < 128 && end_col < 128 {
                self.head(Self::ONE_LINE + delta as u8, units);
                self.out.extend([col as u8, end_col as u8]);
                self.line = at.line;
                return;
            }
        }
        self.head(Self::LONG, units);
        self.signed(delta);
        self.unsigned((at.end_line - at.line).max(0) as u32);
        self.unsigned((col + 1) as u32);
        self.unsigned((end_col + 1) as u32);
        self.line = at.line;
    }

    fn head(&mut self, form: u8, units: u32) {
        self.out.push(0x80 | form << 3 | (units - 1) as u8);
    }

    fn unsigned(&mut self, mut value: u32) {
        while value >= 64 {
            self.out.push(0x40 | (value & 0x3F) as u8);
            value >>= 6;
        }
        self.out.push(value as u8);
    }

    fn signed(&mut self, value: i32) {
        let magnitude = value.unsigned_abs() << 1;
        self.unsigned(magnitude | u32::from(value < 0));
    }
}
