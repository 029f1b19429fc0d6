//! The bytecode: one table of opcodes and everything that follows from it.
//!
//! [`opcode`] declares each instruction once.  The enum, the stack effects that the compiler
//! and the [`verify`](mod@verify) pass use, the [`disassemble`](mod@disassemble) listing and
//! `docs/opcodes.md` all come from that table, so they cannot disagree.
//!
//! The instruction set is that of CPython 3.12 (module `dis`), with a wider form that a
//! virtual machine can translate one to one:
//!
//! * An instruction is an opcode and a 32-bit argument; there is no `EXTENDED_ARG`.
//! * A code position is an index into [`Code::instructions`].  Jump arguments, the exception
//!   table and the locations all use such indices; jumps are absolute.
//! * The callable lies below `self_or_null`, which lies below the arguments (3.13's order).
//! * An instruction that has a cache is followed by one `CACHE`, which is never executed.
//!
//! [`encode`] gives the compact byte forms that `co_code`, `co_linetable` and
//! `co_exceptiontable` show; [`marshal`] stores a code object for later loading.

pub mod code;
pub mod disassemble;
pub mod docs;
pub mod encode;
pub mod line_jump;
pub mod marshal;
pub mod opcode;
pub mod positions;
pub mod repr;
pub mod verify;

pub use code::{
    Code, CodeFlags, Const, ExceptionEntry, Instr, LocalKind, LocalVar, Location, Wtf8,
};
pub use opcode::{Effect, Opcode, Operand};
pub use verify::{VerifyError, verify};
