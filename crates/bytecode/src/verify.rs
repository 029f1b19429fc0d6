//! The verifier: proves of a code object what the virtual machine takes for granted.
//!
//! * Every instruction that can be reached has one stack depth; it is never negative and never
//!   above `stacksize`.
//! * Control cannot run off the end, into a `CACHE` or into the middle of a fused sequence.
//! * Every argument is in the range of its table; `LOAD_DEREF` and its kin name cells.
//! * The tuples of names that `CALL_KW`, `MATCH_CLASS` and `BUILD_CONST_KEY_MAP` read from the
//!   stack are constants of the right shape.
//! * The exception table is ordered, within bounds, and its depths agree with the stack.

use std::fmt;

use crate::code::{Code, Const, Instr, LocalKind};
use crate::opcode::{BINARY_OPS, COMPARE_OPS, Effect, INTRINSICS_1, INTRINSICS_2, Opcode, Operand};

/// What is wrong with a code object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifyError {
    /// The instruction where it shows.
    pub pc: u32,
    pub message: String,
}

impl fmt::Display for VerifyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "instruction {}: {}", self.pc, self.message)
    }
}

impl std::error::Error for VerifyError {}

fn fail<T>(pc: usize, message: impl Into<String>) -> Result<T, VerifyError> {
    Err(VerifyError {
        pc: pc as u32,
        message: message.into(),
    })
}

/// Checks a code object, not those nested in it.
pub fn verify(code: &Code) -> Result<(), VerifyError> {
    if code.instructions.is_empty() {
        return fail(0, "no instructions");
    }
    if code.locations.len() != code.instructions.len() {
        return fail(0, "locations do not match the instructions");
    }
    check_header(code)?;
    check_instructions(code)?;
    check_exception_table(code)?;
    Depths::new(code).run()
}

/// Checks a code object and all that are nested in it.
pub fn verify_all(code: &Code) -> Result<(), VerifyError> {
    verify(code)?;
    let mut todo: Vec<_> = code.nested().collect();
    while let Some(inner) = todo.pop() {
        verify(inner).map_err(|e| VerifyError {
            pc: e.pc,
            message: format!("{} (in {})", e.message, inner.qualname),
        })?;
        todo.extend(inner.nested());
    }
    Ok(())
}

fn check_header(code: &Code) -> Result<(), VerifyError> {
    let params = u64::from(code.argcount) + u64::from(code.kwonlyargcount);
    let extra = u64::from(code.flags.has(crate::CodeFlags::VARARGS))
        + u64::from(code.flags.has(crate::CodeFlags::VARKEYWORDS));
    if code.posonlyargcount > code.argcount || params + extra > code.localsplus.len() as u64 {
        return fail(0, "more parameters than local variables");
    }
    // Locals, then cells, then free variables: the frame is laid out so.
    let rank = |kind: LocalKind| match kind {
        k if k.has(LocalKind::FREE) => 2,
        k if k.has(LocalKind::LOCAL) => 0,
        _ => 1,
    };
    if !code.localsplus.is_sorted_by_key(|v| rank(v.kind)) {
        return fail(0, "local variables are out of order");
    }
    Ok(())
}

fn check_instructions(code: &Code) -> Result<(), VerifyError> {
    let n = code.instructions.len();
    let mut caches_due = 0;
    for (pc, &Instr { op, arg }) in code.instructions.iter().enumerate() {
        if (op == Opcode::CACHE) != (caches_due > 0) {
            return fail(pc, "a CACHE is missing or stands alone");
        }
        caches_due = if op == Opcode::CACHE {
            caches_due - 1
        } else {
            op.cache()
        };
        let in_range = match op.operand() {
            Operand::None => arg == 0,
            Operand::Const => (arg as usize) < code.consts.len(),
            Operand::Name => (arg as usize) < code.names.len(),
            Operand::NameShift1 => ((arg >> 1) as usize) < code.names.len(),
            Operand::NameShift2 => ((arg >> 2) as usize) < code.names.len(),
            Operand::Local => (arg as usize) < code.localsplus.len(),
            Operand::Deref => code
                .localsplus
                .get(arg as usize)
                .is_some_and(|v| v.kind.has(LocalKind::CELL) || v.kind.has(LocalKind::FREE)),
            Operand::Jump => {
                (arg as usize) < n
                    && code.instructions[arg as usize].op != Opcode::CACHE
                    && op.jumps_backward() == (arg as usize <= pc)
            }
            Operand::Compare => (arg as usize) < COMPARE_OPS.len(),
            Operand::Invert => arg < 2,
            Operand::BinaryOp => (arg as usize) < BINARY_OPS.len(),
            Operand::Intrinsic1 => (1..INTRINSICS_1.len()).contains(&(arg as usize)),
            Operand::Intrinsic2 => (1..INTRINSICS_2.len()).contains(&(arg as usize)),
            Operand::StackPos => arg > 0,
            Operand::Count => match op {
                Opcode::RAISE_VARARGS => arg <= 2,
                Opcode::BUILD_SLICE => arg == 2 || arg == 3,
                Opcode::COPY_FREE_VARS => code.freevars().count() == arg as usize,
                _ => true,
            },
            Operand::Flags => match op {
                Opcode::RESUME => arg < 4,
                Opcode::GET_AWAITABLE => arg < 3,
                Opcode::CALL_FUNCTION_EX => arg < 2,
                Opcode::MAKE_FUNCTION => arg < 16,
                Opcode::FORMAT_VALUE => arg < 8,
                _ => true,
            },
        };
        if !in_range {
            return fail(pc, format!("{} {arg} is out of range", op.name()));
        }
        check_name_tuple(code, pc)?;
    }
    if caches_due > 0 {
        return fail(n - 1, "a CACHE is missing");
    }
    Ok(())
}

/// Instructions that read a tuple of names from the stack trust it, so it must be a constant
/// that the instruction before pushed.
fn check_name_tuple(code: &Code, pc: usize) -> Result<(), VerifyError> {
    let Instr { op, arg } = code.instructions[pc];
    if !matches!(
        op,
        Opcode::CALL_KW | Opcode::MATCH_CLASS | Opcode::BUILD_CONST_KEY_MAP
    ) {
        return Ok(());
    }
    let before = pc.checked_sub(1).map(|i| code.instructions[i]);
    let items = match before {
        Some(Instr {
            op: Opcode::LOAD_CONST,
            arg,
        }) => match code.consts.get(arg as usize) {
            Some(Const::Tuple(items)) => items,
            _ => return fail(pc, "the names are not a constant tuple"),
        },
        _ => return fail(pc, "the names are not a constant"),
    };
    let all_strings = items.iter().all(|c| matches!(c, Const::Str(_)));
    let fits = match op {
        Opcode::CALL_KW => all_strings && !items.is_empty() && items.len() <= arg as usize,
        Opcode::MATCH_CLASS => all_strings,
        _ => items.len() == arg as usize,
    };
    if fits {
        Ok(())
    } else {
        fail(pc, "the names do not fit the instruction")
    }
}

fn check_exception_table(code: &Code) -> Result<(), VerifyError> {
    let n = code.instructions.len() as u32;
    let mut end = 0;
    for e in &code.exception_table {
        if e.start < end || e.start >= e.end || e.end > n || e.target >= n {
            return fail(
                e.start as usize,
                "the exception table is out of order or bounds",
            );
        }
        if code.instructions[e.target as usize].op == Opcode::CACHE
            || code.instructions[e.start as usize].op == Opcode::CACHE
        {
            return fail(e.start as usize, "the exception table names a CACHE");
        }
        if u64::from(e.depth) + 1 + u64::from(e.lasti) > u64::from(code.stacksize) {
            return fail(e.start as usize, "a handler's depth exceeds the stack size");
        }
        end = e.end;
    }
    Ok(())
}

/// The walk over all paths that assigns each instruction its depth.
struct Depths<'a> {
    code: &'a Code,
    /// The depth before each instruction; -1 while unknown.
    depth: Vec<i64>,
    todo: Vec<usize>,
}

impl<'a> Depths<'a> {
    fn new(code: &'a Code) -> Self {
        Depths {
            code,
            depth: vec![-1; code.instructions.len()],
            todo: Vec::new(),
        }
    }

    fn run(mut self) -> Result<(), VerifyError> {
        self.reach(0, 0, 0)?;
        while let Some(pc) = self.todo.pop() {
            self.step(pc)?;
        }
        Ok(())
    }

    fn reach(&mut self, from: usize, pc: usize, depth: i64) -> Result<(), VerifyError> {
        if pc >= self.depth.len() {
            return fail(from, "control runs off the end");
        }
        match self.depth[pc] {
            -1 => {
                self.depth[pc] = depth;
                self.todo.push(pc);
                Ok(())
            }
            known if known == depth => Ok(()),
            known => fail(
                pc,
                format!("reached with depths {known} and {depth} (from {from})"),
            ),
        }
    }

    fn after(&self, pc: usize, depth: i64, effect: Effect) -> Result<i64, VerifyError> {
        let op = self.code.instructions[pc].op.name();
        if depth < i64::from(effect.needs) {
            return fail(
                pc,
                format!("{op} needs {} values, there are {depth}", effect.needs),
            );
        }
        let after = depth - i64::from(effect.pops) + i64::from(effect.pushes);
        if after > i64::from(self.code.stacksize) {
            return fail(pc, format!("{op} makes the stack {after} deep"));
        }
        Ok(after)
    }

    fn step(&mut self, pc: usize) -> Result<(), VerifyError> {
        let Instr { op, arg } = self.code.instructions[pc];
        let depth = self.depth[pc];
        if let Some(&e) = self.code.handler(pc as u32) {
            if depth < i64::from(e.depth) {
                return fail(pc, format!("a handler wants {} values of {depth}", e.depth));
            }
            let entry = i64::from(e.depth) + 1 + i64::from(e.lasti);
            self.reach(pc, e.target as usize, entry)?;
        }
        if op.is_jump() {
            let at_target = self.after(pc, depth, op.jump_effect(arg))?;
            self.reach(pc, arg as usize, at_target)?;
        }
        let after = self.after(pc, depth, op.effect(arg))?;
        if op.ends_block() {
            return Ok(());
        }
        self.reach(pc, pc + 1 + op.cache() as usize, after)
    }
}
