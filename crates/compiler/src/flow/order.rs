//! The last steps: the depth of the stack, and the direction of every jump.

use bytecode::{Location, Opcode};

use super::{BlockId, Graph, GraphInstr};
use crate::codegen::unit::Op;

/// Net change of the depth on the way to the next instruction.
fn effect(instr: &GraphInstr) -> i64 {
    match instr.op {
        Op::Real(op) => {
            let effect = op.effect(instr.arg);
            i64::from(effect.pushes) - i64::from(effect.pops)
        }
        Op::StoreFastMaybeNull => -1,
        _ => 0,
    }
}

/// Net change of the depth on the way to the target.
fn jump_effect(instr: &GraphInstr) -> i64 {
    match instr.op {
        Op::Real(op) => {
            let effect = op.jump_effect(instr.arg);
            i64::from(effect.pushes) - i64::from(effect.pops)
        }
        // The exception, and before it the index of the instruction; `with` loses the result
        // of `__enter__`.
        Op::SetupFinally | Op::SetupWith => 1,
        Op::SetupCleanup => 2,
        _ => 0,
    }
}

/// Computes the depth at the head of each block; gives the greatest anywhere.
pub(crate) fn compute_depths(graph: &mut Graph) -> u32 {
    let mut greatest = 0;
    let mut todo = vec![graph.entry];
    graph.block_mut(graph.entry).depth = Some(0);
    let reach = |graph: &mut Graph, todo: &mut Vec<BlockId>, id: BlockId, depth: i64| {
        let block = graph.block_mut(id);
        if block.depth.is_none() {
            block.depth = Some(u32::try_from(depth).unwrap_or_default());
            todo.push(id);
        }
    };
    while let Some(id) = todo.pop() {
        let mut depth = i64::from(graph.block(id).depth.unwrap_or_default());
        for i in 0..graph.block(id).instrs.len() {
            let instr = graph.block(id).instrs[i];
            let after = depth + effect(&instr);
            greatest = greatest.max(after);
            if let Some(target) = instr.target {
                let at_target = depth + jump_effect(&instr);
                greatest = greatest.max(at_target);
                reach(graph, &mut todo, target, at_target);
            }
            depth = after;
        }
        if let (true, Some(next)) = (graph.block(id).falls_through(), graph.block(id).next) {
            reach(graph, &mut todo, next, depth);
        }
    }
    u32::try_from(greatest).unwrap_or_default()
}

/// Removes what only the passes need, and gives jumps their direction.
pub(crate) fn finish(graph: &mut Graph) {
    graph.resolve_pseudo();
    graph.reset_visited();
    for id in graph.order() {
        graph.block_mut(id).visited = true;
        graph.direct_jump(id);
    }
}

impl Graph {
    fn direct_jump(&mut self, id: BlockId) {
        let Some(last) = self.block(id).last().copied() else {
            return;
        };
        let Some(target) = last.target else {
            return;
        };
        let forward = !self.block(target).visited;
        let op = match (last.op, forward) {
            (Op::Jump | Op::JumpNoInterrupt, true) => Opcode::JUMP_FORWARD,
            (Op::Jump, false) => Opcode::JUMP_BACKWARD,
            (Op::JumpNoInterrupt, false) => Opcode::JUMP_BACKWARD_NO_INTERRUPT,
            (_, true) => return,
            // Conditions jump forward only: the opposite one skips a jump backward.
            (Op::Real(op), false) => match op {
                Opcode::POP_JUMP_IF_NONE => Opcode::POP_JUMP_IF_NOT_NONE,
                Opcode::POP_JUMP_IF_NOT_NONE => Opcode::POP_JUMP_IF_NONE,
                Opcode::POP_JUMP_IF_FALSE => Opcode::POP_JUMP_IF_TRUE,
                Opcode::POP_JUMP_IF_TRUE => Opcode::POP_JUMP_IF_FALSE,
                _ => return,
            },
            (_, false) => return,
        };
        let mut new_target = Some(target);
        if !last.op.is_unconditional_jump() {
            let back = self.new_block();
            let mut jump = GraphInstr::new(Opcode::JUMP_BACKWARD, 0, Location::NONE);
            jump.loc = last.loc;
            jump.target = Some(target);
            jump.except = last.except;
            let after = self.block(id).next;
            let back_block = self.block_mut(back);
            back_block.instrs.push(jump);
            back_block.next = after;
            back_block.visited = true;
            self.block_mut(id).next = Some(back);
            new_target = after;
        }
        if let Some(last) = self.block_mut(id).instrs.last_mut() {
            last.op = Op::Real(op);
            last.target = new_target;
        }
    }
}
