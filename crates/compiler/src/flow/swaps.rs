//! Runs of SWAP, which patterns and unpacking make, replaced by the shortest equivalent.

use bytecode::Opcode;

use super::GraphInstr;
use crate::codegen::unit::Op;

/// Rewrites the run of SWAPs that begins at `start`; gives the index of its last instruction.
pub(super) fn join(instrs: &mut [GraphInstr], start: usize) -> usize {
    let mut depth = instrs[start].arg as usize;
    let mut len = 1;
    let mut more = false;
    while let Some(instr) = instrs.get(start + len) {
        if instr.is(Opcode::SWAP) {
            depth = depth.max(instr.arg as usize);
            more = true;
        } else if !instr.is(Opcode::NOP) {
            break;
        }
        len += 1;
    }
    if !more {
        return start;
    }
    // Run the swaps on a stack of numbers; position 0 is the top.
    let mut stack: Vec<Option<usize>> = (0..depth).map(Some).collect();
    for instr in &instrs[start..start + len] {
        if instr.is(Opcode::SWAP) {
            stack.swap(0, instr.arg as usize - 1);
        }
    }
    // Undo the permutation cycle by cycle, each through the top, writing from the end.
    let mut current = start + len;
    for i in 0..depth {
        if stack[i].is_none() || stack[i] == Some(i) {
            continue;
        }
        let mut j = i;
        loop {
            if j > 0 {
                current -= 1;
                instrs[current].op = Op::Real(Opcode::SWAP);
                instrs[current].arg = j as u32 + 1;
            }
            let Some(next) = stack[j].take() else {
                break;
            };
            j = next;
        }
    }
    for instr in &mut instrs[start..current] {
        instr.clear();
    }
    start + len - 1
}

fn is_swappable(instr: &GraphInstr) -> bool {
    matches!(
        instr.op,
        Op::StoreFastMaybeNull | Op::Real(Opcode::STORE_FAST | Opcode::POP_TOP)
    )
}

fn stored_local(instr: &GraphInstr) -> Option<u32> {
    matches!(
        instr.op,
        Op::StoreFastMaybeNull | Op::Real(Opcode::STORE_FAST)
    )
    .then_some(instr.arg)
}

/// The next instruction that takes one value off the stack, on the line if there is one.
fn next_swappable(instrs: &[GraphInstr], from: usize, line: Option<i32>) -> Option<usize> {
    for (i, instr) in instrs.iter().enumerate().skip(from + 1) {
        if line.is_some_and(|line| line >= 0 && instr.loc.line != line) {
            return None;
        }
        if instr.is(Opcode::NOP) {
            continue;
        }
        return is_swappable(instr).then_some(i);
    }
    None
}

/// Swaps the stores behind SWAPs instead of the values before them, from `last` leftward.
pub(super) fn apply_to_stores(instrs: &mut [GraphInstr], last: usize) {
    for i in (0..=last).rev() {
        let swap = instrs[i];
        if !swap.is(Opcode::SWAP) {
            if swap.is(Opcode::NOP) || is_swappable(&swap) {
                continue;
            }
            return;
        }
        let Some(j) = next_swappable(instrs, i, None) else {
            return;
        };
        let line = instrs[j].loc.line;
        let mut k = j;
        for _ in 1..swap.arg {
            match next_swappable(instrs, k, Some(line)) {
                Some(next) => k = next,
                None => return,
            }
        }
        // Two stores to one variable must keep their order, and so must stores between.
        let (first, second) = (stored_local(&instrs[j]), stored_local(&instrs[k]));
        if first.is_some() || second.is_some() {
            if first == second {
                return;
            }
            let clash = instrs[j + 1..k].iter().filter_map(stored_local);
            if clash
                .into_iter()
                .any(|s| Some(s) == first || Some(s) == second)
            {
                return;
            }
        }
        instrs[i].clear();
        instrs.swap(j, k);
    }
}
