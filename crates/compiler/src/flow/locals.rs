//! Which loads of locals must check that the variable is bound.

use bytecode::Opcode;

use super::{BlockId, Graph};
use crate::codegen::unit::Op;

/// Only so many locals are followed across blocks.
const FOLLOWED: usize = 64;

impl Graph {
    /// Turns `LOAD_FAST` into `LOAD_FAST_CHECK` where the variable may be unbound.
    pub(super) fn check_unbound_locals(&mut self, locals: usize, params: usize) {
        if locals == 0 {
            return;
        }
        if locals > FOLLOWED {
            self.check_many(locals);
        }
        let mut unbound = 0_u64;
        for i in params..locals.min(FOLLOWED) {
            unbound |= 1 << i;
        }
        self.reset_visited();
        let mut todo = Vec::new();
        self.spread(self.entry, unbound, &mut todo);
        for id in self.order() {
            self.scan(id, &mut todo);
        }
        while let Some(id) = todo.pop() {
            self.block_mut(id).visited = false;
            self.scan(id, &mut todo);
        }
    }

    /// Tells a block what may be unbound at its head.
    fn spread(&mut self, id: BlockId, unbound: u64, todo: &mut Vec<BlockId>) {
        let block = self.block_mut(id);
        let both = block.unbound | unbound;
        if both != block.unbound {
            block.unbound = both;
            if !block.visited {
                block.visited = true;
                todo.push(id);
            }
        }
    }

    fn scan(&mut self, id: BlockId, todo: &mut Vec<BlockId>) {
        let mut unbound = self.block(id).unbound;
        // What the handler was told last.
        let mut told = None;
        for i in 0..self.block(id).instrs.len() {
            let instr = self.block(id).instrs[i];
            if let Some(handler) = instr.except
                && told != Some((handler, unbound))
            {
                self.spread(handler, unbound, todo);
                told = Some((handler, unbound));
            }
            if instr.arg as usize >= FOLLOWED {
                continue;
            }
            let bit = 1_u64 << instr.arg;
            match instr.op {
                Op::StoreFastMaybeNull
                | Op::Real(Opcode::DELETE_FAST | Opcode::LOAD_FAST_AND_CLEAR) => unbound |= bit,
                Op::Real(Opcode::STORE_FAST | Opcode::LOAD_FAST_CHECK) => unbound &= !bit,
                Op::Real(Opcode::LOAD_FAST) => {
                    if unbound & bit != 0 {
                        self.block_mut(id).instrs[i].op = Op::Real(Opcode::LOAD_FAST_CHECK);
                    }
                    unbound &= !bit;
                }
                _ => {}
            }
        }
        let block = self.block(id);
        let next = block.next.filter(|_| block.falls_through());
        let target = block.last().filter(|i| i.op.is_jump());
        let target = target.and_then(|i| i.target);
        for to in next.into_iter().chain(target) {
            self.spread(to, unbound, todo);
        }
    }

    /// Locals behind the first 64 are known to be bound only by what their own block does.
    fn check_many(&mut self, locals: usize) {
        let mut bound_in = vec![0; locals - FOLLOWED];
        for (number, id) in self.order().into_iter().enumerate() {
            for instr in &mut self.block_mut(id).instrs {
                let Some(slot) = (instr.arg as usize)
                    .checked_sub(FOLLOWED)
                    .and_then(|i| bound_in.get_mut(i))
                else {
                    continue;
                };
                match instr.op {
                    Op::StoreFastMaybeNull
                    | Op::Real(Opcode::DELETE_FAST | Opcode::LOAD_FAST_AND_CLEAR) => *slot = 0,
                    Op::Real(Opcode::STORE_FAST) => *slot = number + 1,
                    Op::Real(Opcode::LOAD_FAST) => {
                        if *slot != number + 1 {
                            instr.op = Op::Real(Opcode::LOAD_FAST_CHECK);
                        }
                        *slot = number + 1;
                    }
                    _ => {}
                }
            }
        }
    }
}
