//! Where a debugger may send a frame: assignments to `f_lineno`.
//!
//! A jump is allowed if the operand stack of the target can be had by dropping values from that of
//! the running instruction.  Depths alone do not tell: a loop needs an iterator, a handler the
//! exception handled before.  So a walk over the code finds for each instruction what *kinds* of
//! values lie on the stack.  A stack is one word of three-bit kinds, the topmost lowest, which makes
//! deeper stacks greater numbers; stacks too deep for the word are not analysed.

use crate::code::Code;
use crate::opcode::Opcode;

/// What matters of a value on the operand stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(i64)]
enum Kind {
    Iterator = 1,
    Except = 2,
    Object = 3,
    /// Perhaps NULL.
    Null = 4,
    Lasti = 5,
    /// What a call in progress is going to call.
    Callable = 6,
}

/// The kinds of a stack's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Stack(i64);

const KIND_BITS: u32 = 3;
const KIND_MASK: i64 = (1 << KIND_BITS) - 1;
/// Pushing onto a stack above this would reach the sign.
const FULL: i64 = (1 << (63 - KIND_BITS)) - 1;

impl Stack {
    const UNKNOWN: Stack = Stack(-2);
    const TOO_DEEP: Stack = Stack(-1);
    const EMPTY: Stack = Stack(0);

    fn push(self, kind: Kind) -> Stack {
        if self.0 < 0 || self.0 > FULL {
            Stack::TOO_DEEP
        } else {
            Stack(self.0 << KIND_BITS | kind as i64)
        }
    }

    fn pop(self) -> Stack {
        // A negative number stays negative.
        Stack(self.0 >> KIND_BITS)
    }

    fn pop_many(self, count: u32) -> Stack {
        (0..count.min(64)).fold(self, |stack, _| stack.pop())
    }

    fn top(self) -> i64 {
        self.0 & KIND_MASK
    }

    fn depth(self) -> u32 {
        let mut stack = self;
        let mut depth = 0;
        while stack.0 > 0 {
            stack = stack.pop();
            depth += 1;
        }
        depth
    }

    fn shift(position: u32) -> Option<u32> {
        (1..=63 / KIND_BITS)
            .contains(&position)
            .then(|| KIND_BITS * (position - 1))
    }

    fn copy(self, position: u32) -> Stack {
        match Stack::shift(position) {
            Some(shift) if self.0 >= 0 && self.0 <= FULL => {
                Stack(self.0 << KIND_BITS | self.0 >> shift & KIND_MASK)
            }
            _ => Stack::TOO_DEEP,
        }
    }

    fn swap(self, position: u32) -> Stack {
        match Stack::shift(position) {
            Some(shift) if self.0 >= 0 => {
                let differing = (self.0 ^ self.0 >> shift) & KIND_MASK;
                Stack(self.0 ^ differing ^ differing << shift)
            }
            _ => Stack::TOO_DEEP,
        }
    }

    /// True if dropping values makes this stack fit for code that wants `wanted`.
    fn leads_to(self, wanted: Stack) -> bool {
        if self.0 < 0 || wanted.0 < 0 {
            return false;
        }
        let (mut from, mut to) = (self, wanted);
        while from > to {
            from = from.pop();
        }
        while from != Stack::EMPTY {
            let fits = match to.top() {
                0 => false,
                wanted if wanted == Kind::Object as i64 => {
                    from.top() != Kind::Null as i64 && from.top() != Kind::Callable as i64
                }
                wanted if wanted == Kind::Callable as i64 => {
                    from.top() == wanted || from.top() == Kind::Object as i64
                }
                wanted if wanted == Kind::Null as i64 => true,
                wanted => from.top() == wanted,
            };
            if !fits {
                return false;
            }
            from = from.pop();
            to = to.pop();
        }
        to == Stack::EMPTY
    }

    /// Why nothing can be dropped that leads to this stack.
    fn obstacle(self) -> &'static str {
        match self {
            Stack::TOO_DEEP => "stack is too deep to analyze",
            Stack::UNKNOWN => "can't jump into an exception handler, or code may be unreachable",
            _ if self.top() == Kind::Except as i64 => {
                "can't jump into an 'except' block as there's no exception"
            }
            _ if self.top() == Kind::Lasti as i64 => {
                "can't jump into a re-raising block as there's no location"
            }
            _ if self.top() == Kind::Iterator as i64 => "can't jump into the body of a for loop",
            _ => "incompatible stacks",
        }
    }
}

/// A jump that is allowed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineJump {
    /// The instruction to go on with.
    pub target: u32,
    /// For each operand that has to go, the topmost first: is it an exception that was handled
    /// before, and becomes the handled one again?
    pub dropped: Vec<bool>,
}

/// The instructions that begin a line, as pairs of instruction and line.
fn line_starts(code: &Code) -> impl Iterator<Item = (usize, u32)> {
    let mut last = None;
    code.locations
        .iter()
        .enumerate()
        .filter_map(move |(at, l)| {
            let line = l.line_number()?;
            (last.replace(line) != Some(line)).then_some((at, line))
        })
}

/// The jump from an instruction to the first line of code not before `line`, or the message of
/// the ValueError that forbids it.  `line` is not before the first line of the code.
pub fn line_jump(code: &Code, from: u32, line: u32) -> Result<LineJump, String> {
    let goal = line_starts(code)
        .map(|(_, l)| l)
        .filter(|l| *l >= line)
        .min();
    let Some(goal) = goal else {
        return Err(format!("line {line} comes after the current code block"));
    };
    let stacks = mark_stacks(code);
    let start = stacks.get(from as usize).copied().unwrap_or(Stack::UNKNOWN);
    let mut best: Option<(Stack, usize)> = None;
    let mut obstacle = None;
    for (at, _) in line_starts(code).filter(|(_, l)| *l == goal) {
        let wanted = stacks[at];
        if start.leads_to(wanted) && can_begin(code.instructions[at].op) {
            if best.is_none_or(|(known, _)| wanted > known) {
                best = Some((wanted, at));
            }
        } else if start == Stack::TOO_DEEP {
            obstacle.get_or_insert("stack to deep to analyze");
        } else if start == Stack::UNKNOWN {
            obstacle.get_or_insert("can't jump from unreachable code");
        } else {
            obstacle.get_or_insert(wanted.obstacle());
        }
    }
    let Some((wanted, target)) = best else {
        let message = obstacle.unwrap_or("cannot find bytecode for specified line");
        return Err(message.to_owned());
    };
    let mut dropped = Vec::new();
    let mut stack = start;
    while stack > wanted {
        dropped.push(stack.top() == Kind::Except as i64);
        stack = stack.pop();
    }
    Ok(LineJump {
        target: target as u32,
        dropped,
    })
}

/// False for instructions that need more than a fitting stack: the frame not yet made a
/// generator's, or the constant that the instruction before them pushed.
fn can_begin(op: Opcode) -> bool {
    !matches!(
        op,
        Opcode::RETURN_GENERATOR
            | Opcode::CALL_KW
            | Opcode::MATCH_CLASS
            | Opcode::BUILD_CONST_KEY_MAP
    )
}

/// The stack before each instruction.
fn mark_stacks(code: &Code) -> Vec<Stack> {
    let count = code.instructions.len();
    let mut stacks = vec![Stack::UNKNOWN; count];
    stacks[0] = Stack::EMPTY;
    let mut changed = true;
    while changed {
        changed = false;
        for at in 0..count {
            if stacks[at] != Stack::UNKNOWN {
                step(code, &mut stacks, at, &mut changed);
            }
        }
        for entry in &code.exception_table {
            let (start, target) = (entry.start as usize, entry.target as usize);
            if stacks[start] != Stack::UNKNOWN && stacks[target] == Stack::UNKNOWN {
                let mut stack = stacks[start];
                let depth = stack.depth();
                stack = stack.pop_many(depth.saturating_sub(entry.depth));
                if entry.lasti {
                    stack = stack.push(Kind::Lasti);
                }
                stacks[target] = stack.push(Kind::Except);
                changed = true;
            }
        }
    }
    stacks
}

/// Notes what the instruction makes of the stack before it.
fn step(code: &Code, stacks: &mut [Stack], at: usize, changed: &mut bool) {
    let instr = code.instructions[at];
    let (op, arg) = (instr.op, instr.arg);
    let before = stacks[at];
    let next = at + 1 + op.cache() as usize;
    let mut reach = |place: usize, stack: Stack| {
        if let Some(known) = stacks.get_mut(place) {
            // What lies behind is walked again if it was not reached yet.
            *changed |= place < at && *known == Stack::UNKNOWN;
            *known = stack;
        }
    };
    let after = match op {
        Opcode::POP_JUMP_IF_FALSE
        | Opcode::POP_JUMP_IF_TRUE
        | Opcode::POP_JUMP_IF_NONE
        | Opcode::POP_JUMP_IF_NOT_NONE => {
            reach(arg as usize, before.pop());
            before.pop()
        }
        Opcode::SEND => {
            reach(arg as usize, before);
            before
        }
        Opcode::JUMP_FORWARD | Opcode::JUMP_BACKWARD | Opcode::JUMP_BACKWARD_NO_INTERRUPT => {
            return reach(arg as usize, before);
        }
        Opcode::GET_ITER | Opcode::GET_AITER => before.pop().push(Kind::Iterator),
        Opcode::FOR_ITER => {
            reach(arg as usize, before.push(Kind::Object));
            before.push(Kind::Object)
        }
        Opcode::PUSH_EXC_INFO => before.push(Kind::Except),
        Opcode::RETURN_VALUE | Opcode::RETURN_CONST | Opcode::RAISE_VARARGS | Opcode::RERAISE => {
            return;
        }
        Opcode::LOAD_FAST_AND_CLEAR => before.push(Kind::Null),
        Opcode::PUSH_NULL => before.pop().push(Kind::Callable).push(Kind::Null),
        Opcode::LOAD_GLOBAL | Opcode::LOAD_ATTR if arg & 1 == 1 => {
            let popped = before.pop_many(u32::from(op == Opcode::LOAD_ATTR));
            popped.push(Kind::Callable).push(Kind::Null)
        }
        Opcode::LOAD_SUPER_ATTR if arg & 1 == 1 => {
            before.pop_many(3).push(Kind::Callable).push(Kind::Null)
        }
        Opcode::CALL | Opcode::CALL_KW | Opcode::CALL_FUNCTION_EX => {
            before.pop_many(op.effect(arg).pops).push(Kind::Object)
        }
        Opcode::SWAP => before.swap(arg),
        Opcode::COPY => before.copy(arg),
        _ => {
            let effect = op.effect(arg);
            if effect.pops > effect.pushes {
                before.pop_many(effect.pops - effect.pushes)
            } else {
                (effect.pops..effect.pushes)
                    .take(64)
                    .fold(before, |stack, _| stack.push(Kind::Object))
            }
        }
    };
    reach(next, after);
}
