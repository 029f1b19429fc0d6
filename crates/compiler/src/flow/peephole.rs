//! Rewriting short runs of instructions within a block.

use bytecode::{Const, Opcode};
use indexmap::IndexSet;

use super::{BlockId, Graph, GraphInstr};
use crate::codegen::unit::Op;
use crate::fold::truth;

impl Graph {
    /// The instruction that a jump leads to.
    fn at_target(&self, instr: &GraphInstr) -> Option<GraphInstr> {
        self.block(instr.target?).instrs.first().copied()
    }

    /// Lets a jump to a jump go where that goes.  Lines must not be lost on the way.
    fn thread(&mut self, id: BlockId, i: usize, target: GraphInstr, op: Op) -> bool {
        let instr = &mut self.block_mut(id).instrs[i];
        let same_line = instr.loc.line == target.loc.line || target.loc.line < 0;
        if !same_line || instr.target == target.target {
            return false;
        }
        instr.target = target.target;
        instr.op = op;
        true
    }

    pub(super) fn optimize_block(&mut self, id: BlockId, consts: &mut IndexSet<Const>) {
        let mut i = 0;
        // The constant that lies on the stack, copied or not.
        let mut loaded = None;
        while i < self.block(id).instrs.len() {
            let instrs = &self.block(id).instrs;
            let instr = instrs[i];
            let next = instrs.get(i + 1).map(|n| n.op);
            let copies_const = loaded.is_some() && instr.is(Opcode::COPY) && instr.arg == 1;
            if !copies_const {
                loaded = instr.is(Opcode::LOAD_CONST).then_some(instr.arg);
            }
            if let Some(index) = loaded {
                i = self.after_const(id, i, index, next, consts);
                continue;
            }
            match instr.op {
                Op::Real(Opcode::BUILD_TUPLE) => self.build_tuple(id, i, next, consts),
                Op::Real(
                    op @ (Opcode::POP_JUMP_IF_NONE
                    | Opcode::POP_JUMP_IF_NOT_NONE
                    | Opcode::POP_JUMP_IF_FALSE
                    | Opcode::POP_JUMP_IF_TRUE),
                ) => {
                    if let Some(target) = self.at_target(&instr).filter(|t| t.op == Op::Jump)
                        && self.thread(id, i, target, op.into())
                    {
                        continue;
                    }
                }
                Op::Jump | Op::JumpNoInterrupt => {
                    if let Some(target) = self.at_target(&instr)
                        && let Some(op) = joined_jump(instr.op, target.op)
                        && self.thread(id, i, target, op)
                    {
                        continue;
                    }
                }
                Op::Real(Opcode::SWAP) => {
                    let instrs = &mut self.block_mut(id).instrs;
                    if instr.arg == 1 {
                        instrs[i].clear();
                    } else {
                        i = super::swaps::join(instrs, i);
                        super::swaps::apply_to_stores(instrs, i);
                    }
                }
                // The NULL of a call is pushed along with the global.
                Op::Real(Opcode::LOAD_GLOBAL)
                    if next == Some(Op::Real(Opcode::PUSH_NULL)) && instr.arg & 1 == 0 =>
                {
                    let instrs = &mut self.block_mut(id).instrs;
                    instrs[i].arg |= 1;
                    instrs[i + 1].clear();
                }
                _ => {}
            }
            i += 1;
        }
    }

    /// What follows a constant on the stack; gives the index to go on at.
    fn after_const(
        &mut self,
        id: BlockId,
        i: usize,
        index: u32,
        next: Option<Op>,
        consts: &IndexSet<Const>,
    ) -> usize {
        let instrs = &mut self.block_mut(id).instrs;
        let value = consts.get_index(index as usize);
        match next {
            Some(Op::Real(op @ (Opcode::POP_JUMP_IF_FALSE | Opcode::POP_JUMP_IF_TRUE))) => {
                let jumps = value.is_some_and(truth) == (op == Opcode::POP_JUMP_IF_TRUE);
                instrs[i].clear();
                if jumps {
                    instrs[i + 1].op = Op::Jump;
                } else {
                    instrs[i + 1].clear();
                }
            }
            Some(Op::Real(Opcode::IS_OP)) if value == Some(&Const::None) => {
                let Some(jump) = instrs.get(i + 2).map(|j| j.op) else {
                    return i + 1;
                };
                let if_true = jump == Op::Real(Opcode::POP_JUMP_IF_TRUE);
                if if_true || jump == Op::Real(Opcode::POP_JUMP_IF_FALSE) {
                    let if_none = if_true != (instrs[i + 1].arg == 1);
                    instrs[i].clear();
                    instrs[i + 1].clear();
                    instrs[i + 2].op = Op::Real(if if_none {
                        Opcode::POP_JUMP_IF_NONE
                    } else {
                        Opcode::POP_JUMP_IF_NOT_NONE
                    });
                }
            }
            Some(Op::Real(Opcode::RETURN_VALUE)) => {
                instrs[i].clear();
                instrs[i + 1].op = Op::Real(Opcode::RETURN_CONST);
                instrs[i + 1].arg = index;
                return i + 2;
            }
            _ => {}
        }
        i + 1
    }

    fn build_tuple(
        &mut self,
        id: BlockId,
        i: usize,
        next: Option<Op>,
        consts: &mut IndexSet<Const>,
    ) {
        let instrs = &mut self.block_mut(id).instrs;
        let n = instrs[i].arg;
        if next == Some(Op::Real(Opcode::UNPACK_SEQUENCE)) && instrs[i + 1].arg == n {
            match n {
                1 => {
                    instrs[i].clear();
                    instrs[i + 1].clear();
                    return;
                }
                2 | 3 => {
                    instrs[i].clear();
                    instrs[i + 1].op = Op::Real(Opcode::SWAP);
                    return;
                }
                _ => {}
            }
        }
        let Some(from) = i.checked_sub(n as usize) else {
            return;
        };
        if !instrs[from..i].iter().all(|c| c.is(Opcode::LOAD_CONST)) {
            return;
        }
        let items = instrs[from..i]
            .iter()
            .filter_map(|c| consts.get_index(c.arg as usize).cloned())
            .collect();
        let (index, _) = consts.insert_full(Const::Tuple(items));
        for instr in &mut instrs[from..i] {
            instr.clear();
        }
        instrs[i].op = Op::Real(Opcode::LOAD_CONST);
        instrs[i].arg = index as u32;
    }
}

/// What a jump to a jump becomes.
fn joined_jump(first: Op, second: Op) -> Option<Op> {
    match (first, second) {
        (Op::Jump, Op::Jump) => Some(Op::Jump),
        (Op::Jump | Op::JumpNoInterrupt, Op::JumpNoInterrupt | Op::Jump) => {
            // It may be interrupted if either may.
            Some(if first == Op::Jump || second == Op::Jump {
                Op::Jump
            } else {
                Op::JumpNoInterrupt
            })
        }
        _ => None,
    }
}
