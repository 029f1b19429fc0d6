//! Which handler covers which instruction.

use bytecode::Opcode;

use super::{BlockId, Graph};
use crate::codegen::unit::Op;

/// The handlers in force at a place: a list in which each knows the one outside it, so that
/// places share what they have in common.
#[derive(Clone, Copy)]
struct Frame {
    handler: BlockId,
    outer: Option<usize>,
    depth: u32,
}

impl Graph {
    /// Marks the blocks that are handlers.
    pub(super) fn mark_handlers(&mut self) {
        for i in 0..self.blocks.len() {
            for j in 0..self.blocks[i].instrs.len() {
                let instr = self.blocks[i].instrs[j];
                if let (true, Some(target)) = (instr.op.is_setup(), instr.target) {
                    let target = self.block_mut(target);
                    target.is_handler = true;
                    target.preserve_lasti |= instr.op != Op::SetupFinally;
                }
            }
        }
    }

    /// Notes for each instruction the innermost handler around it.
    pub(super) fn label_handlers(&mut self) {
        self.reset_visited();
        let mut frames: Vec<Frame> = Vec::new();
        let mut todo: Vec<(BlockId, Option<usize>)> = vec![(self.entry, None)];
        self.block_mut(self.entry).visited = true;
        while let Some((id, mut stack)) = todo.pop() {
            let mut reach = |graph: &mut Graph, to: BlockId, stack: Option<usize>| {
                let block = graph.block_mut(to);
                if !block.visited {
                    block.visited = true;
                    todo.push((to, stack));
                }
            };
            for i in 0..self.block(id).instrs.len() {
                let top = stack.map(|s| frames[s]);
                let instr = &mut self.block_mut(id).instrs[i];
                let (op, target) = (instr.op, instr.target);
                let real = !op.is_setup() && op != Op::PopBlock;
                instr.except = top.map(|f| f.handler).filter(|_| real);
                if instr.is(Opcode::YIELD_VALUE) {
                    instr.arg = top.map_or(0, |f| f.depth);
                }
                if op == Op::PopBlock {
                    stack = top.and_then(|f| f.outer);
                } else if let Some(target) = target {
                    reach(self, target, stack);
                    if op.is_setup() {
                        frames.push(Frame {
                            handler: target,
                            outer: stack,
                            depth: top.map_or(0, |f| f.depth) + 1,
                        });
                        stack = Some(frames.len() - 1);
                    }
                }
            }
            if let Some(next) = self.block(id).next
                && self.block(id).falls_through()
            {
                reach(self, next, stack);
            }
        }
    }
}
