//! docs/opcodes.md, written from the table.

use std::fmt::Write;

use crate::opcode::Opcode;

const INTRO: &str = "\
# The instruction set

Generated from `crates/bytecode/src/opcode.rs`; a test compares.

An instruction is an opcode and a 32-bit argument. Positions (jump targets, the exception table,
locations) are indices of instructions. The instructions are those of CPython 3.12, with these
differences: no `EXTENDED_ARG`, absolute jumps, a callable lies below `self_or_null` and the
arguments, `CALL_KW` takes the tuple of keyword names from the stack, and an instruction that has
a cache is followed by one `CACHE`. The numbers are CPython's where it has the instruction.

The effect says how many values an instruction with argument `n` takes off the stack and then puts
on it.

| number | name | argument | effect | cache | meaning |
|--:|---|---|---|--:|---|
";

/// The text of docs/opcodes.md.
pub fn opcodes_md() -> String {
    let mut out = String::from(INTRO);
    for &op in Opcode::ALL {
        let effect = op.effect_text();
        let effect = effect.split_once('|').map_or(effect, |(_, rest)| {
            rest.split_once('|').map_or(rest, |(_, body)| body.trim())
        });
        let effect = effect.trim_start_matches('(').trim_end_matches(')');
        let effect = effect
            .replacen(", ", " → ", 1)
            .replace('|', "\\|")
            .replace('\n', " ");
        let prose = op.prose().replace('|', "\\|");
        let operand = op.operand().label().replace('|', "\\|");
        writeln!(
            out,
            "| {} | `{}` | {operand} | {effect} | {} | {prose} |",
            op as u8,
            op.name(),
            op.cache(),
        )
        .expect("writing to a String cannot fail");
    }
    out
}
