//! Code objects as plain data.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

pub use syntax::ast::Wtf8;

use crate::opcode::Opcode;

/// One instruction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Instr {
    pub op: Opcode,
    pub arg: u32,
}

impl Instr {
    /// An instruction with an argument (0 where the opcode has none).
    pub const fn new(op: Opcode, arg: u32) -> Self {
        Instr { op, arg }
    }
}

/// The bits of `co_flags`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct CodeFlags(pub u32);

impl CodeFlags {
    pub const OPTIMIZED: CodeFlags = CodeFlags(0x1);
    pub const NEWLOCALS: CodeFlags = CodeFlags(0x2);
    pub const VARARGS: CodeFlags = CodeFlags(0x4);
    pub const VARKEYWORDS: CodeFlags = CodeFlags(0x8);
    pub const NESTED: CodeFlags = CodeFlags(0x10);
    pub const GENERATOR: CodeFlags = CodeFlags(0x20);
    pub const COROUTINE: CodeFlags = CodeFlags(0x80);
    pub const ITERABLE_COROUTINE: CodeFlags = CodeFlags(0x100);
    pub const ASYNC_GENERATOR: CodeFlags = CodeFlags(0x200);
    pub const FUTURE_DIVISION: CodeFlags = CodeFlags(0x2_0000);
    pub const FUTURE_ABSOLUTE_IMPORT: CodeFlags = CodeFlags(0x4_0000);
    pub const FUTURE_WITH_STATEMENT: CodeFlags = CodeFlags(0x8_0000);
    pub const FUTURE_PRINT_FUNCTION: CodeFlags = CodeFlags(0x10_0000);
    pub const FUTURE_UNICODE_LITERALS: CodeFlags = CodeFlags(0x20_0000);
    pub const FUTURE_BARRY_AS_BDFL: CodeFlags = CodeFlags(0x40_0000);
    pub const FUTURE_GENERATOR_STOP: CodeFlags = CodeFlags(0x80_0000);
    pub const FUTURE_ANNOTATIONS: CodeFlags = CodeFlags(0x100_0000);
    /// Every `__future__` feature.
    pub const FUTURES: CodeFlags = CodeFlags(0x1FE_0000);

    /// True if any of the bits is set.
    pub const fn has(self, bits: CodeFlags) -> bool {
        self.0 & bits.0 != 0
    }

    /// Both together.
    #[must_use]
    pub const fn with(self, bits: CodeFlags) -> CodeFlags {
        CodeFlags(self.0 | bits.0)
    }
}

/// What kind of variable a slot of the frame holds: bits, as a parameter may be a cell as well.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LocalKind(pub u8);

impl LocalKind {
    /// The target of an inlined comprehension in a module or class body: not in `locals()`.
    pub const HIDDEN: LocalKind = LocalKind(0x10);
    pub const LOCAL: LocalKind = LocalKind(0x20);
    pub const CELL: LocalKind = LocalKind(0x40);
    pub const FREE: LocalKind = LocalKind(0x80);

    /// True if any of the bits is set.
    pub const fn has(self, bits: LocalKind) -> bool {
        self.0 & bits.0 != 0
    }

    /// Both together.
    #[must_use]
    pub const fn with(self, bits: LocalKind) -> LocalKind {
        LocalKind(self.0 | bits.0)
    }

    /// True for a local that is not a cell or free variable.
    pub const fn is_plain_local(self) -> bool {
        self.has(LocalKind::LOCAL) && !self.has(LocalKind::CELL) && !self.has(LocalKind::FREE)
    }
}

/// One slot of the frame: locals (parameters first), then cells, then free variables.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct LocalVar {
    pub name: Box<str>,
    pub kind: LocalKind,
}

/// A constant.  Equality is that of the constant table: the same type and the same bits, so
/// that `0.0`, `-0.0`, `0` and `False` are four.
#[derive(Clone, Debug)]
pub enum Const {
    None,
    True,
    False,
    Ellipsis,
    Int(i64),
    /// Digits in base 16, lower case, no prefix, `-` before them if negative; does not fit an i64.
    BigInt(Box<str>),
    Float(f64),
    Complex(f64, f64),
    Str(Wtf8),
    Bytes(Box<[u8]>),
    Tuple(Box<[Const]>),
    FrozenSet(Box<[Const]>),
    Code(Arc<Code>),
}

impl Const {
    /// A string constant.
    pub fn str(text: &str) -> Const {
        Const::Str(Wtf8::from(text))
    }

    fn tag(&self) -> u8 {
        match self {
            Const::None => 0,
            Const::True => 1,
            Const::False => 2,
            Const::Ellipsis => 3,
            Const::Int(_) => 4,
            Const::BigInt(_) => 5,
            Const::Float(_) => 6,
            Const::Complex(..) => 7,
            Const::Str(_) => 8,
            Const::Bytes(_) => 9,
            Const::Tuple(_) => 10,
            Const::FrozenSet(_) => 11,
            Const::Code(_) => 12,
        }
    }
}

impl PartialEq for Const {
    fn eq(&self, other: &Const) -> bool {
        match (self, other) {
            (Const::Int(a), Const::Int(b)) => a == b,
            (Const::BigInt(a), Const::BigInt(b)) => a == b,
            (Const::Float(a), Const::Float(b)) => a.to_bits() == b.to_bits(),
            (Const::Complex(a, b), Const::Complex(c, d)) => {
                a.to_bits() == c.to_bits() && b.to_bits() == d.to_bits()
            }
            (Const::Str(a), Const::Str(b)) => a == b,
            (Const::Bytes(a), Const::Bytes(b)) => a == b,
            (Const::Tuple(a), Const::Tuple(b)) | (Const::FrozenSet(a), Const::FrozenSet(b)) => {
                a == b
            }
            (Const::Code(a), Const::Code(b)) => a == b,
            _ => self.tag() == other.tag() && self.tag() < 4,
        }
    }
}

impl Eq for Const {}

impl Hash for Const {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.tag().hash(state);
        match self {
            Const::None | Const::True | Const::False | Const::Ellipsis => {}
            Const::Int(v) => v.hash(state),
            Const::BigInt(v) => v.hash(state),
            Const::Float(v) => v.to_bits().hash(state),
            Const::Complex(re, im) => (re.to_bits(), im.to_bits()).hash(state),
            Const::Str(v) => v.hash(state),
            Const::Bytes(v) => v.hash(state),
            Const::Tuple(v) | Const::FrozenSet(v) => v.hash(state),
            Const::Code(v) => (&v.qualname, v.first_line, v.instructions.len()).hash(state),
        }
    }
}

/// Where in the source an instruction comes from.  Lines count from 1 (a module's first
/// `RESUME` has 0), columns are UTF-8 byte offsets from 0; -1 where there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Location {
    pub line: i32,
    pub end_line: i32,
    pub col: i32,
    pub end_col: i32,
}

impl Location {
    /// No location: the instruction was made by the compiler.
    pub const NONE: Location = Location {
        line: -1,
        end_line: -1,
        col: -1,
        end_col: -1,
    };

    /// A line without columns.
    pub const fn line(line: i32) -> Location {
        Location {
            line,
            end_line: line,
            col: -1,
            end_col: -1,
        }
    }

    /// The line, if there is a location.
    pub fn line_number(&self) -> Option<u32> {
        u32::try_from(self.line).ok()
    }
}

/// While an instruction in `start..end` runs, an exception goes to `target`, with the stack cut
/// to `depth` values; then, if `lasti`, the index of the raising instruction is pushed; then the
/// exception.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ExceptionEntry {
    pub start: u32,
    pub end: u32,
    pub target: u32,
    pub depth: u32,
    pub lasti: bool,
}

/// A compiled function body, class body, module or comprehension.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    pub name: Box<str>,
    pub qualname: Box<str>,
    pub filename: Arc<str>,
    pub first_line: u32,
    /// Positional parameters, the positional-only ones included.
    pub argcount: u32,
    pub posonlyargcount: u32,
    pub kwonlyargcount: u32,
    pub flags: CodeFlags,
    /// The greatest depth of the operand stack.
    pub stacksize: u32,
    /// The slots of the frame below the operand stack.
    pub localsplus: Vec<LocalVar>,
    pub names: Vec<Box<str>>,
    pub consts: Vec<Const>,
    pub instructions: Vec<Instr>,
    /// Ordered by `start`, not overlapping.
    pub exception_table: Vec<ExceptionEntry>,
    /// One for each instruction.
    pub locations: Vec<Location>,
    /// The attributes that a method's body assigns on its first parameter, in order of first
    /// appearance; they tell how much room an instance needs.
    pub static_attributes: Vec<Box<str>>,
}

impl Code {
    /// The same code without columns, that of nested functions too.
    pub fn without_columns(&self) -> Code {
        let mut code = self.clone();
        for location in &mut code.locations {
            location.end_line = location.line;
            location.col = -1;
            location.end_col = -1;
        }
        for constant in &mut code.consts {
            if let Const::Code(inner) = constant {
                *inner = Arc::new(inner.without_columns());
            }
        }
        code
    }

    /// Names of the locals, parameters first: `co_varnames`.
    pub fn varnames(&self) -> impl Iterator<Item = &str> {
        self.names_of(LocalKind::LOCAL)
    }

    /// Names of the variables that inner functions share: `co_cellvars`.
    pub fn cellvars(&self) -> impl Iterator<Item = &str> {
        self.names_of(LocalKind::CELL)
    }

    /// Names of the variables of enclosing functions: `co_freevars`.
    pub fn freevars(&self) -> impl Iterator<Item = &str> {
        self.names_of(LocalKind::FREE)
    }

    fn names_of(&self, kind: LocalKind) -> impl Iterator<Item = &str> {
        self.localsplus
            .iter()
            .filter(move |v| v.kind.has(kind))
            .map(|v| &*v.name)
    }

    /// The number of locals: `co_nlocals`.
    pub fn nlocals(&self) -> usize {
        self.varnames().count()
    }

    /// The docstring by CPython's rule: the first constant of a function if it is a string.
    pub fn docstring(&self) -> Option<&Wtf8> {
        match self.consts.first() {
            Some(Const::Str(text)) if self.flags.has(CodeFlags::OPTIMIZED) => Some(text),
            _ => None,
        }
    }

    /// The handler that covers an instruction.
    pub fn handler(&self, pc: u32) -> Option<&ExceptionEntry> {
        let after = self.exception_table.partition_point(|e| e.start <= pc);
        self.exception_table[..after].last().filter(|e| pc < e.end)
    }

    /// The line of an instruction.
    pub fn line_at(&self, pc: u32) -> Option<u32> {
        self.locations.get(pc as usize)?.line_number()
    }

    /// The code objects among the constants.
    pub fn nested(&self) -> impl Iterator<Item = &Arc<Code>> {
        self.consts.iter().filter_map(|c| match c {
            Const::Code(code) => Some(code),
            _ => None,
        })
    }
}
