//! The listing of a code object, in the layout of `dis.dis`.  Positions are instruction indices
//! and jump arguments are absolute; caches are left out.

use std::collections::BTreeSet;
use std::fmt::Write;

use crate::code::Code;
use crate::opcode::{BINARY_OPS, COMPARE_OPS, INTRINSICS_1, INTRINSICS_2, Opcode, Operand};
use crate::repr;

/// Lists a code object and the code objects nested in it.
pub fn disassemble(code: &Code) -> String {
    let mut out = String::new();
    list(&mut out, code);
    // Nested code comes after its container, level by level in depth-first order, as dis prints it.
    let mut todo: Vec<_> = code.nested().collect();
    todo.reverse();
    while let Some(inner) = todo.pop() {
        let head = format!(
            "\nDisassembly of <code object {}, file \"{}\", line {}>:\n",
            inner.name, inner.filename, inner.first_line
        );
        out.push_str(&head);
        list(&mut out, inner);
        let from = todo.len();
        todo.extend(inner.nested());
        todo[from..].reverse();
    }
    out
}

/// Lists one code object without those nested in it.
pub fn list(out: &mut String, code: &Code) {
    let mut targets: BTreeSet<u32> = code
        .instructions
        .iter()
        .filter(|i| i.op.is_jump())
        .map(|i| i.arg)
        .collect();
    targets.extend(code.exception_table.iter().map(|e| e.target));
    let last_line = code.locations.iter().map(|l| l.line).max().unwrap_or(0);
    let line_width = if last_line >= 1000 {
        last_line.to_string().len()
    } else {
        3
    };
    let mut shown: Option<u32> = None;
    for (pc, instr) in code.instructions.iter().enumerate() {
        if instr.op == Opcode::CACHE {
            continue;
        }
        let line = code.line_at(pc as u32).filter(|&l| Some(l) != shown);
        if let Some(line) = line {
            shown = Some(line);
            if pc > 0 {
                out.push('\n');
            }
        }
        let line_text = line.map(|l| l.to_string()).unwrap_or_default();
        let marker = if targets.contains(&(pc as u32)) {
            ">>"
        } else {
            "  "
        };
        let mut text = format!(
            "{line_text:>line_width$}     {marker} {pc:>4} {:<20}",
            instr.op.name()
        );
        if instr.op.operand() != Operand::None {
            let shown_arg = argument(code, instr.op, instr.arg);
            write!(text, " {:>5}", instr.arg).expect("writing to a String cannot fail");
            if !shown_arg.is_empty() {
                write!(text, " ({shown_arg})").expect("writing to a String cannot fail");
            }
        }
        out.push_str(text.trim_end());
        out.push('\n');
    }
    if !code.exception_table.is_empty() {
        out.push_str("ExceptionTable:\n");
        for e in &code.exception_table {
            let lasti = if e.lasti { " lasti" } else { "" };
            let line = format!(
                "  {} to {} -> {} [{}]{lasti}\n",
                e.start,
                e.end - 1,
                e.target,
                e.depth
            );
            out.push_str(&line);
        }
    }
}

/// What an argument stands for.
pub fn argument(code: &Code, op: Opcode, arg: u32) -> String {
    let name = |i: u32| code.names.get(i as usize).map_or("?", |n| n).to_owned();
    let local = |i: u32| {
        code.localsplus
            .get(i as usize)
            .map_or("?", |v| &*v.name)
            .to_owned()
    };
    match op.operand() {
        Operand::Const => code
            .consts
            .get(arg as usize)
            .map_or_else(|| "?".to_owned(), repr::constant),
        Operand::Name => name(arg),
        Operand::NameShift1 => match (op, arg & 1) {
            (Opcode::LOAD_GLOBAL, 1) => format!("NULL + {}", name(arg >> 1)),
            (_, 1) => format!("NULL|self + {}", name(arg >> 1)),
            _ => name(arg >> 1),
        },
        Operand::NameShift2 => match arg & 1 {
            1 => format!("NULL|self + {}", name(arg >> 2)),
            _ => name(arg >> 2),
        },
        Operand::Local | Operand::Deref => local(arg),
        Operand::Jump => format!("to {arg}"),
        Operand::Compare => COMPARE_OPS.get(arg as usize).map_or("?", |s| s).to_string(),
        Operand::BinaryOp => BINARY_OPS.get(arg as usize).map_or("?", |s| s).to_string(),
        Operand::Intrinsic1 => INTRINSICS_1
            .get(arg as usize)
            .map_or("?", |s| s)
            .to_string(),
        Operand::Intrinsic2 => INTRINSICS_2
            .get(arg as usize)
            .map_or("?", |s| s)
            .to_string(),
        Operand::Flags if op == Opcode::MAKE_FUNCTION => {
            let parts = ["defaults", "kwdefaults", "annotations", "closure"];
            let set: Vec<&str> = (0..4)
                .filter(|i| arg >> i & 1 == 1)
                .map(|i| parts[i])
                .collect();
            set.join(", ")
        }
        Operand::Flags if op == Opcode::FORMAT_VALUE => {
            let how = ["", "str", "repr", "ascii"][(arg & 3) as usize];
            match (how, arg & 4) {
                (how, 0) => how.to_owned(),
                ("", _) => "with format".to_owned(),
                (how, _) => format!("{how}, with format"),
            }
        }
        Operand::None | Operand::Count | Operand::StackPos | Operand::Flags | Operand::Invert => {
            String::new()
        }
    }
}
