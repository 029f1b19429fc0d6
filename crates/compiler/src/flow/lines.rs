//! Lines for instructions that have none: they belong to the line before them.

use bytecode::{Location, Opcode};

use super::{BlockId, Graph};

impl Graph {
    pub(super) fn resolve_lines(&mut self, first_line: u32) {
        self.duplicate_exits_without_line();
        self.propagate_lines();
        self.guarantee_lines_of_exits(first_line);
    }

    fn is_exit_without_line(&self, id: BlockId) -> bool {
        let block = self.block(id);
        block.exits_scope() && block.instrs.iter().all(|i| i.loc.line < 0)
    }

    /// Exits without a line get one copy for each jump to them, with the line of that.
    fn duplicate_exits_without_line(&mut self) {
        for id in self.order() {
            let Some(last) = self.block(id).last().copied() else {
                continue;
            };
            let (true, Some(target)) = (last.op.is_jump(), last.target) else {
                continue;
            };
            if !self.is_exit_without_line(target) || self.block(target).predecessors < 2 {
                continue;
            }
            let copy = self.new_block();
            let mut instrs = self.block(target).instrs.clone();
            if let Some(first) = instrs.first_mut() {
                first.loc = last.loc;
            }
            let next = self.block(target).next;
            let cold = self.block(target).cold;
            let copy_block = self.block_mut(copy);
            copy_block.instrs = instrs;
            copy_block.predecessors = 1;
            copy_block.next = next;
            copy_block.cold = cold;
            let target_block = self.block_mut(target);
            target_block.next = Some(copy);
            target_block.predecessors -= 1;
            if let Some(last) = self.block_mut(id).instrs.last_mut() {
                last.target = Some(copy);
            }
        }
        for id in self.order() {
            let block = self.block(id);
            let (Some(last), Some(next)) = (block.last(), block.next) else {
                continue;
            };
            let loc = last.loc;
            if block.falls_through()
                && self.is_exit_without_line(next)
                && let Some(first) = self.block_mut(next).instrs.first_mut()
            {
                first.loc = loc;
            }
        }
    }

    /// Gives the head of a block a location if it has no line and only one predecessor.
    fn pass_on(&mut self, id: BlockId, loc: Location) {
        let block = self.block_mut(id);
        if block.predecessors == 1
            && let Some(first) = block.instrs.first_mut()
            && first.loc.line < 0
        {
            first.loc = loc;
        }
    }

    fn propagate_lines(&mut self) {
        for id in self.order() {
            let block = self.block_mut(id);
            let mut previous = Location::NONE;
            for instr in &mut block.instrs {
                if instr.loc.line < 0 {
                    instr.loc = previous;
                } else {
                    previous = instr.loc;
                }
            }
            let Some(&last) = block.last() else {
                continue;
            };
            if let (true, Some(next)) = (block.falls_through(), block.next) {
                self.pass_on(next, previous);
            }
            if let (true, Some(target)) = (last.op.is_jump(), last.target) {
                self.pass_on(target, previous);
            }
        }
    }

    fn guarantee_lines_of_exits(&mut self, first_line: u32) {
        for id in self.order() {
            let block = self.block_mut(id);
            let Some(last) = block.last() else {
                continue;
            };
            if last.loc.line < 0 && last.is(Opcode::RETURN_VALUE) {
                for instr in &mut block.instrs {
                    instr.loc.line = first_line as i32;
                }
            }
        }
    }
}
