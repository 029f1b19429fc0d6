//! Removing blocks, jumps and NOPs that do nothing.

use bytecode::Opcode;

use super::{BlockId, Graph};
use crate::codegen::unit::Op;

/// Blocks that leave the function in so few instructions are copied instead of jumped to.
const MAX_COPY: usize = 4;

impl Graph {
    /// The first block with instructions from here on.
    fn skip_empty(&self, mut id: BlockId) -> Option<BlockId> {
        while self.block(id).instrs.is_empty() {
            id = self.block(id).next?;
        }
        Some(id)
    }

    /// Takes empty blocks out of the list.
    pub(super) fn drop_empty_blocks(&mut self) {
        for id in self.order() {
            let next = self.block(id).next.and_then(|n| self.skip_empty(n));
            self.block_mut(id).next = next;
        }
        if let Some(entry) = self.skip_empty(self.entry) {
            self.entry = entry;
        }
        for id in self.order() {
            for i in 0..self.block(id).instrs.len() {
                if let Some(target) = self.block(id).instrs[i].target {
                    let target = self.skip_empty(target);
                    self.block_mut(id).instrs[i].target = target;
                }
            }
        }
    }

    /// Copies small blocks that leave the function to the jumps that lead there.
    pub(super) fn inline_small_exits(&mut self) {
        for id in self.order() {
            let Some(last) = self.block(id).last() else {
                continue;
            };
            let (true, Some(target)) = (last.op.is_unconditional_jump(), last.target) else {
                continue;
            };
            let exit = self.block(target);
            if !exit.exits_scope() || exit.instrs.len() > MAX_COPY {
                continue;
            }
            let copy = exit.instrs.clone();
            let block = self.block_mut(id);
            if let Some(last) = block.instrs.last_mut() {
                last.clear();
            }
            block.instrs.extend(copy);
        }
    }

    /// Empties the blocks that nothing leads to, and counts for the others what does.
    pub(super) fn drop_unreachable(&mut self) {
        self.reset_visited();
        for block in &mut self.blocks {
            block.predecessors = 0;
        }
        let entry = self.entry;
        self.block_mut(entry).visited = true;
        self.block_mut(entry).predecessors = 1;
        let mut todo = vec![entry];
        while let Some(id) = todo.pop() {
            let block = self.block(id);
            let mut targets: Vec<BlockId> = block.instrs.iter().filter_map(|i| i.target).collect();
            if block.falls_through() {
                targets.extend(block.next);
            }
            for target in targets {
                let target_block = self.block_mut(target);
                target_block.predecessors += 1;
                if !target_block.visited {
                    target_block.visited = true;
                    todo.push(target);
                }
            }
        }
        for id in self.order() {
            let block = self.block_mut(id);
            if block.predecessors == 0 {
                block.instrs.clear();
                block.is_handler = false;
            }
        }
    }

    /// Replaces jumps to the next instruction by NOPs.
    pub(super) fn drop_jumps_to_next(&mut self) {
        for id in self.order() {
            let block = self.block(id);
            let Some(last) = block.last() else {
                continue;
            };
            let jumps_to_next = last.op.is_unconditional_jump()
                && last.target.is_some()
                && last.target == block.next.and_then(|n| self.skip_empty(n));
            if jumps_to_next && let Some(last) = self.block_mut(id).instrs.last_mut() {
                last.clear();
            }
        }
    }

    /// The line of the first instruction of a block that will stay.
    fn line_at_head(&self, id: BlockId) -> i32 {
        let instrs = &self.block(id).instrs;
        let stays = |i: &&super::GraphInstr| !i.is(Opcode::NOP) || i.loc.line >= 0;
        instrs.iter().find(stays).map_or(-1, |i| i.loc.line)
    }

    /// Removes the NOPs of a block that are not the only trace of a line.
    pub(super) fn drop_nops(&mut self, id: BlockId) {
        let mut instrs = std::mem::take(&mut self.block_mut(id).instrs);
        let next = self.block(id).next.and_then(|n| self.skip_empty(n));
        let next_line = next.map(|n| self.line_at_head(n));
        let mut kept = Vec::with_capacity(instrs.len());
        let mut previous = -1;
        for i in 0..instrs.len() {
            let instr = instrs[i];
            let line = instr.loc.line;
            if instr.is(Opcode::NOP) {
                if line < 0 || previous == line {
                    continue;
                }
                if let Some(next) = instrs.get_mut(i + 1) {
                    if next.loc.line == line {
                        continue;
                    }
                    if next.loc.line < 0 {
                        next.loc = instr.loc;
                        continue;
                    }
                } else if next_line == Some(line) {
                    continue;
                }
            }
            kept.push(instr);
            previous = line;
        }
        self.block_mut(id).instrs = kept;
    }

    /// Removes values that are pushed and popped at once, and the NOPs in between.
    pub(super) fn drop_pairs(&mut self) {
        let order = self.order();
        loop {
            let mut done = true;
            // The block and index of the instruction before.
            let mut previous: Option<(BlockId, usize)> = None;
            for &id in &order {
                self.drop_nops(id);
                if self.block(id).labelled {
                    previous = None;
                }
                for i in 0..self.block(id).instrs.len() {
                    if let Some((before, j)) = previous
                        && self.block(id).instrs[i].is(Opcode::POP_TOP)
                    {
                        let pushed = self.block(before).instrs[j];
                        if pushed.is(Opcode::LOAD_CONST)
                            || pushed.is(Opcode::COPY) && pushed.arg == 1
                        {
                            self.block_mut(before).instrs[j].clear();
                            self.block_mut(id).instrs[i].clear();
                            done = false;
                        }
                    }
                    previous = Some((id, i));
                }
                let block = self.block(id);
                if !block.falls_through() || block.last().is_some_and(|i| i.op.is_jump()) {
                    previous = None;
                }
            }
            if done {
                return;
            }
        }
    }

    /// Turns what was needed for the passes only into NOPs, and removes those.
    pub(super) fn resolve_pseudo(&mut self) {
        let order = self.order();
        for &id in &order {
            for instr in &mut self.block_mut(id).instrs {
                if instr.op.is_setup() || instr.op == Op::PopBlock {
                    instr.clear();
                } else if instr.op == Op::StoreFastMaybeNull {
                    instr.op = Op::Real(Opcode::STORE_FAST);
                }
            }
        }
        for id in order {
            self.drop_nops(id);
        }
    }
}
