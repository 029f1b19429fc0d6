//! Moving what only handlers reach behind the rest.

use bytecode::Location;

use super::{BlockId, Graph, GraphInstr};
use crate::codegen::unit::Op;

impl Graph {
    /// Marks what is reached without an exception, and then what is reached by one only.
    fn mark_cold(&mut self) {
        self.reset_visited();
        let mut todo = vec![self.entry];
        self.block_mut(self.entry).visited = true;
        while let Some(id) = todo.pop() {
            self.block_mut(id).warm = true;
            self.follow(id, &mut todo);
        }
        for id in self.order() {
            let block = self.block_mut(id);
            if block.is_handler && !block.visited {
                block.visited = true;
                todo.push(id);
            }
        }
        while let Some(id) = todo.pop() {
            self.block_mut(id).cold = true;
            self.follow(id, &mut todo);
        }
    }

    fn follow(&mut self, id: BlockId, todo: &mut Vec<BlockId>) {
        let block = self.block(id);
        let next = block.next.filter(|_| block.falls_through());
        let jumps = block.instrs.iter().filter(|i| i.op.is_jump());
        let targets: Vec<BlockId> = jumps.filter_map(|i| i.target).chain(next).collect();
        for target in targets {
            let block = self.block_mut(target);
            if !block.visited {
                block.visited = true;
                todo.push(target);
            }
        }
    }

    pub(super) fn push_cold_to_end(&mut self) {
        if self.block(self.entry).next.is_none() {
            return;
        }
        self.mark_cold();
        for id in self.order() {
            let block = self.block(id);
            let Some(next) = block.next else {
                continue;
            };
            if !(block.cold && block.falls_through() && self.block(next).warm) {
                continue;
            }
            let jump = self.new_block();
            let mut instr = GraphInstr::new(Op::Jump, 0, Location::NONE);
            instr.target = Some(next);
            let jump_block = self.block_mut(jump);
            jump_block.instrs.push(instr);
            jump_block.cold = true;
            jump_block.next = Some(next);
            self.block_mut(id).next = Some(jump);
        }
        let order = self.order();
        let (cold, warm): (Vec<_>, Vec<_>) = order.iter().partition(|id| self.block(**id).cold);
        let any_cold = !cold.is_empty();
        let order: Vec<BlockId> = warm.into_iter().chain(cold).copied().collect();
        for pair in order.windows(2) {
            self.block_mut(pair[0]).next = Some(pair[1]);
        }
        if let Some(&last) = order.last() {
            self.block_mut(last).next = None;
        }
        if any_cold {
            self.drop_jumps_to_next();
        }
    }
}
