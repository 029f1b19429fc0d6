//! Code objects as bytes, so that modules compiled at build time can be part of the program.
//!
//! The format is our own and has a version: whoever reads bytes of another version gets an
//! error and compiles again.  Reading checks bounds, text encodings, numbers and nesting, so that wrong
//! bytes give an error; that the *instructions* make sense is for [`crate::verify()`] to say.

use std::fmt;
use std::sync::Arc;

use crate::code::{
    Code, CodeFlags, Const, ExceptionEntry, Instr, LocalKind, LocalVar, Location, Wtf8,
};
use crate::opcode::Opcode;

/// Raised whenever the format or the meaning of an instruction changes.
pub const VERSION: u32 = 1;

const MAGIC: &[u8; 4] = b"Ouro";

/// A number for the names of instructions and the version, by which files with code are told from
/// those of other versions.  CPython's own numbers are below 0x8000.
pub fn magic_number() -> u16 {
    let release = env!("CARGO_PKG_VERSION").bytes();
    let names = Opcode::ALL.iter().flat_map(|opcode| opcode.name().bytes());
    let hash = release
        .chain(names)
        .fold(0x811C_9DC5 ^ VERSION, |hash, byte| {
            (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
        });
    0x8000 | (hash ^ (hash >> 16)) as u16
}

/// How deep constants may nest: far above what the parser lets a program write.
const MAX_DEPTH: u32 = 1000;

/// Why bytes could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarshalError {
    /// They are not a code object at all.
    NotCode,
    /// They were written by another version.
    Version,
    /// They end too early.
    Truncated,
    /// Some value is impossible.
    Invalid,
    /// Constants nest too deep.
    TooDeep,
    /// Something follows the code object.
    TrailingBytes,
}

impl fmt::Display for MarshalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            MarshalError::NotCode => "not a code object",
            MarshalError::Version => "a code object of another version",
            MarshalError::Truncated => "the code object is truncated",
            MarshalError::Invalid => "the code object holds an invalid value",
            MarshalError::TooDeep => "the constants are nested too deeply",
            MarshalError::TrailingBytes => "bytes after the code object",
        })
    }
}

impl std::error::Error for MarshalError {}

/// Whether the bytes of a file begin as bytecode files of this version do.
pub fn is_file_of_code(bytes: &[u8]) -> bool {
    let [low, high] = magic_number().to_le_bytes();
    bytes.starts_with(&[low, high, b'\r', b'\n'])
}

/// Writes a code object and those nested in it.
pub fn to_bytes(code: &Code) -> Vec<u8> {
    let mut w = Writer {
        out: MAGIC.to_vec(),
    };
    w.uint(u64::from(VERSION));
    w.text(&code.filename);
    w.code(code);
    w.out
}

/// Reads what [`to_bytes`] wrote.
pub fn from_bytes(bytes: &[u8]) -> Result<Code, MarshalError> {
    let rest = bytes.strip_prefix(MAGIC).ok_or(MarshalError::NotCode)?;
    let mut r = Reader {
        rest,
        filename: Arc::from(""),
        depth: 0,
    };
    if r.uint()? != u64::from(VERSION) {
        return Err(MarshalError::Version);
    }
    r.filename = Arc::from(r.text()?);
    let code = r.code()?;
    if r.rest.is_empty() {
        Ok(code)
    } else {
        Err(MarshalError::TrailingBytes)
    }
}

struct Writer {
    out: Vec<u8>,
}

impl Writer {
    /// Seven bits a byte, low ones first.
    fn uint(&mut self, mut value: u64) {
        while value >= 0x80 {
            self.out.push(value as u8 | 0x80);
            value >>= 7;
        }
        self.out.push(value as u8);
    }

    fn int(&mut self, value: i64) {
        self.uint((value << 1 ^ value >> 63) as u64);
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.uint(bytes.len() as u64);
        self.out.extend_from_slice(bytes);
    }

    fn text(&mut self, text: &str) {
        self.bytes(text.as_bytes());
    }

    fn texts(&mut self, texts: &[Box<str>]) {
        self.uint(texts.len() as u64);
        for text in texts {
            self.text(text);
        }
    }

    fn code(&mut self, code: &Code) {
        self.text(&code.name);
        self.text(&code.qualname);
        for value in [
            code.first_line,
            code.argcount,
            code.posonlyargcount,
            code.kwonlyargcount,
            code.flags.0,
            code.stacksize,
        ] {
            self.uint(u64::from(value));
        }
        self.uint(code.localsplus.len() as u64);
        for var in &code.localsplus {
            self.text(&var.name);
            self.out.push(var.kind.0);
        }
        self.texts(&code.names);
        self.uint(code.consts.len() as u64);
        for value in &code.consts {
            self.constant(value);
        }
        self.uint(code.instructions.len() as u64);
        for instr in &code.instructions {
            self.out.push(instr.op as u8);
            self.uint(u64::from(instr.arg));
        }
        self.locations(&code.locations);
        self.uint(code.exception_table.len() as u64);
        for e in &code.exception_table {
            for value in [e.start, e.end, e.target, e.depth << 1 | u32::from(e.lasti)] {
                self.uint(u64::from(value));
            }
        }
        self.texts(&code.static_attributes);
    }

    /// Runs of equal locations, lines relative to the run before.
    fn locations(&mut self, locations: &[Location]) {
        let mut line = 0i64;
        let mut rest = locations;
        while let Some(&first) = rest.first() {
            let run = rest.iter().take_while(|l| **l == first).count();
            self.uint(run as u64);
            self.int(i64::from(first.line) - line);
            self.int(i64::from(first.end_line) - i64::from(first.line));
            self.int(i64::from(first.col));
            self.int(i64::from(first.end_col));
            line = i64::from(first.line);
            rest = &rest[run..];
        }
    }

    fn constant(&mut self, value: &Const) {
        match value {
            Const::None => self.out.push(b'N'),
            Const::True => self.out.push(b'T'),
            Const::False => self.out.push(b'F'),
            Const::Ellipsis => self.out.push(b'.'),
            Const::Int(v) => {
                self.out.push(b'i');
                self.int(*v);
            }
            Const::BigInt(hex) => {
                self.out.push(b'l');
                self.text(hex);
            }
            Const::Float(v) => {
                self.out.push(b'g');
                self.out.extend(v.to_le_bytes());
            }
            Const::Complex(re, im) => {
                self.out.push(b'y');
                self.out.extend(re.to_le_bytes());
                self.out.extend(im.to_le_bytes());
            }
            Const::Str(text) => {
                self.out.push(b'u');
                self.bytes(text.as_bytes());
            }
            Const::Bytes(bytes) => {
                self.out.push(b's');
                self.bytes(bytes);
            }
            Const::Tuple(items) | Const::FrozenSet(items) => {
                let is_set = matches!(value, Const::FrozenSet(_));
                self.out.push(if is_set { b'>' } else { b'(' });
                self.uint(items.len() as u64);
                for item in items {
                    self.constant(item);
                }
            }
            Const::Code(code) => {
                self.out.push(b'c');
                self.code(code);
            }
        }
    }
}

struct Reader<'a> {
    rest: &'a [u8],
    filename: Arc<str>,
    depth: u32,
}

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize) -> Result<&'a [u8], MarshalError> {
        let (head, rest) = self
            .rest
            .split_at_checked(count)
            .ok_or(MarshalError::Truncated)?;
        self.rest = rest;
        Ok(head)
    }

    fn byte(&mut self) -> Result<u8, MarshalError> {
        Ok(self.take(1)?[0])
    }

    fn uint(&mut self) -> Result<u64, MarshalError> {
        let mut value = 0u64;
        for shift in (0..64).step_by(7) {
            let b = self.byte()?;
            value |= u64::from(b & 0x7F)
                .checked_shl(shift)
                .ok_or(MarshalError::Invalid)?;
            if b < 0x80 {
                return Ok(value);
            }
        }
        Err(MarshalError::Invalid)
    }

    fn int(&mut self) -> Result<i64, MarshalError> {
        let value = self.uint()?;
        Ok((value >> 1) as i64 ^ -((value & 1) as i64))
    }

    fn u32(&mut self) -> Result<u32, MarshalError> {
        u32::try_from(self.uint()?).map_err(|_| MarshalError::Invalid)
    }

    fn i32(&mut self) -> Result<i32, MarshalError> {
        i32::try_from(self.int()?).map_err(|_| MarshalError::Invalid)
    }

    /// A length; every element takes at least a byte, so a wrong one cannot ask for much memory.
    fn len(&mut self) -> Result<usize, MarshalError> {
        let n = usize::try_from(self.uint()?).map_err(|_| MarshalError::Invalid)?;
        if n > self.rest.len() {
            Err(MarshalError::Truncated)
        } else {
            Ok(n)
        }
    }

    fn bytes(&mut self) -> Result<&'a [u8], MarshalError> {
        let n = self.len()?;
        self.take(n)
    }

    fn text(&mut self) -> Result<&'a str, MarshalError> {
        std::str::from_utf8(self.bytes()?).map_err(|_| MarshalError::Invalid)
    }

    fn list<T>(
        &mut self,
        mut element: impl FnMut(&mut Self) -> Result<T, MarshalError>,
    ) -> Result<Vec<T>, MarshalError> {
        let n = self.len()?;
        (0..n).map(|_| element(self)).collect()
    }

    fn code(&mut self) -> Result<Code, MarshalError> {
        let name = Box::from(self.text()?);
        let qualname = Box::from(self.text()?);
        let first_line = self.u32()?;
        let argcount = self.u32()?;
        let posonlyargcount = self.u32()?;
        let kwonlyargcount = self.u32()?;
        let flags = CodeFlags(self.u32()?);
        let stacksize = self.u32()?;
        let localsplus = self.list(|r| {
            Ok(LocalVar {
                name: Box::from(r.text()?),
                kind: LocalKind(r.byte()?),
            })
        })?;
        let names = self.list(|r| Ok(Box::from(r.text()?)))?;
        let consts = self.list(Self::constant)?;
        let instructions = self.list(|r| {
            let op = Opcode::from_number(r.byte()?).ok_or(MarshalError::Invalid)?;
            Ok(Instr::new(op, r.u32()?))
        })?;
        let locations = self.locations(instructions.len())?;
        let exception_table = self.list(|r| {
            let (start, end, target, depth) = (r.u32()?, r.u32()?, r.u32()?, r.u32()?);
            Ok(ExceptionEntry {
                start,
                end,
                target,
                depth: depth >> 1,
                lasti: depth & 1 == 1,
            })
        })?;
        let static_attributes = self.list(|r| Ok(Box::from(r.text()?)))?;
        Ok(Code {
            name,
            qualname,
            filename: self.filename.clone(),
            first_line,
            argcount,
            posonlyargcount,
            kwonlyargcount,
            flags,
            stacksize,
            localsplus,
            names,
            consts,
            instructions,
            exception_table,
            locations,
            static_attributes,
        })
    }

    fn locations(&mut self, count: usize) -> Result<Vec<Location>, MarshalError> {
        let mut out = Vec::with_capacity(count);
        let mut line = 0i32;
        while out.len() < count {
            let run = self.uint()?;
            if run == 0 || run > (count - out.len()) as u64 {
                return Err(MarshalError::Invalid);
            }
            line = line.checked_add(self.i32()?).ok_or(MarshalError::Invalid)?;
            let end_line = line.checked_add(self.i32()?).ok_or(MarshalError::Invalid)?;
            let location = Location {
                line,
                end_line,
                col: self.i32()?,
                end_col: self.i32()?,
            };
            out.extend(std::iter::repeat_n(location, run as usize));
        }
        Ok(out)
    }

    fn constant(&mut self) -> Result<Const, MarshalError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(MarshalError::TooDeep);
        }
        let value = match self.byte()? {
            b'N' => Const::None,
            b'T' => Const::True,
            b'F' => Const::False,
            b'.' => Const::Ellipsis,
            b'i' => Const::Int(self.int()?),
            b'l' => Const::BigInt(hex(self.text()?)?),
            b'g' => Const::Float(self.float()?),
            b'y' => Const::Complex(self.float()?, self.float()?),
            b'u' => Const::Str(wtf8(self.bytes()?)?),
            b's' => Const::Bytes(Box::from(self.bytes()?)),
            b'(' => Const::Tuple(self.list(Self::constant)?.into()),
            b'>' => Const::FrozenSet(self.list(Self::constant)?.into()),
            b'c' => Const::Code(Arc::new(self.code()?)),
            _ => return Err(MarshalError::Invalid),
        };
        self.depth -= 1;
        Ok(value)
    }

    fn float(&mut self) -> Result<f64, MarshalError> {
        let bytes: [u8; 8] = self
            .take(8)?
            .try_into()
            .map_err(|_| MarshalError::Truncated)?;
        Ok(f64::from_le_bytes(bytes))
    }
}

fn hex(text: &str) -> Result<Box<str>, MarshalError> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let valid = !digits.is_empty()
        && digits
            .bytes()
            .all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    if valid {
        Ok(Box::from(text))
    } else {
        Err(MarshalError::Invalid)
    }
}

/// Decodes generalised UTF-8: as UTF-8, but surrogates may stand alone.
fn wtf8(bytes: &[u8]) -> Result<Wtf8, MarshalError> {
    let mut out = Wtf8::new();
    let mut rest = bytes;
    while !rest.is_empty() {
        match std::str::from_utf8(rest) {
            Ok(text) => {
                out.push_str(text);
                break;
            }
            Err(error) => {
                let (good, bad) = rest.split_at(error.valid_up_to());
                out.push_str(std::str::from_utf8(good).map_err(|_| MarshalError::Invalid)?);
                match bad {
                    [0xED, b @ 0xA0..=0xBF, c @ 0x80..=0xBF, after @ ..] => {
                        let point = 0xD000 | u32::from(b & 0x3F) << 6 | u32::from(c & 0x3F);
                        out.push_code_point(point);
                        rest = after;
                    }
                    _ => return Err(MarshalError::Invalid),
                }
            }
        }
    }
    Ok(out)
}
