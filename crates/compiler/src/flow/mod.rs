//! The control-flow graph and its passes.
//!
//! A block is a run of instructions that is entered at its head only; blocks form a list in the
//! order of the code.  The passes and their order are those of CPython 3.12's `flowgraph.c`:
//! which jumps are threaded and which NOPs survive to carry a line is visible in `dis`.

mod cleanup;
mod cold;
mod handlers;
mod lines;
mod locals;
mod order;
mod peephole;
mod swaps;

use bytecode::{Const, Location, Opcode};
use indexmap::IndexSet;

use crate::codegen::unit::{InstrList, Op, Unit};

pub(crate) use order::{compute_depths, finish};

/// The index of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct BlockId(pub u32);

/// An instruction of a block.
#[derive(Clone, Copy, Debug)]
pub(crate) struct GraphInstr {
    pub op: Op,
    pub arg: u32,
    pub loc: Location,
    /// Where a jump or handler leads.
    pub target: Option<BlockId>,
    /// The handler that covers the instruction.
    pub except: Option<BlockId>,
}

impl GraphInstr {
    fn new(op: impl Into<Op>, arg: u32, loc: Location) -> Self {
        GraphInstr {
            op: op.into(),
            arg,
            loc,
            target: None,
            except: None,
        }
    }

    /// True for this real instruction.
    pub(crate) fn is(&self, op: Opcode) -> bool {
        self.op == Op::Real(op)
    }

    /// Turns it into a NOP that keeps its place and line.
    fn clear(&mut self) {
        self.op = Op::Real(Opcode::NOP);
        self.arg = 0;
        self.target = None;
    }
}

/// A block.
#[derive(Debug, Default)]
pub(crate) struct Block {
    pub instrs: Vec<GraphInstr>,
    /// The next block in the order of the code.
    pub next: Option<BlockId>,
    /// How many jumps, handlers and blocks above lead here.
    predecessors: u32,
    /// A label stands at the head.
    labelled: bool,
    is_handler: bool,
    /// As a handler it gets the index of the raising instruction.
    pub preserve_lasti: bool,
    warm: bool,
    cold: bool,
    visited: bool,
    /// The depth of the stack at the head.
    pub depth: Option<u32>,
    /// One bit for each of the first 64 locals that may be unbound at the head.
    unbound: u64,
}

impl Block {
    fn last(&self) -> Option<&GraphInstr> {
        self.instrs.last()
    }

    /// True if control may go on to the next block.
    fn falls_through(&self) -> bool {
        self.last()
            .is_none_or(|i| !i.op.exits_scope() && !i.op.is_unconditional_jump())
    }

    fn exits_scope(&self) -> bool {
        self.last().is_some_and(|i| i.op.exits_scope())
    }
}

/// The blocks of a code object.
#[derive(Debug)]
pub(crate) struct Graph {
    pub blocks: Vec<Block>,
    pub entry: BlockId,
}

impl Graph {
    pub(crate) fn block(&self, id: BlockId) -> &Block {
        &self.blocks[id.0 as usize]
    }

    pub(crate) fn block_mut(&mut self, id: BlockId) -> &mut Block {
        &mut self.blocks[id.0 as usize]
    }

    /// The blocks in the order of the code.
    pub(crate) fn order(&self) -> Vec<BlockId> {
        let mut order = Vec::with_capacity(self.blocks.len());
        let mut next = Some(self.entry);
        while let Some(id) = next {
            order.push(id);
            next = self.block(id).next;
        }
        order
    }

    fn new_block(&mut self) -> BlockId {
        self.blocks.push(Block::default());
        BlockId(self.blocks.len() as u32 - 1)
    }

    fn reset_visited(&mut self) {
        for block in &mut self.blocks {
            block.visited = false;
        }
    }

    /// Cuts an instruction list into blocks.
    fn build(list: InstrList) -> Graph {
        let mut starts = vec![false; list.instrs.len() + 1];
        for &label in &list.labels {
            if let Some(start) = starts.get_mut(label as usize) {
                *start = true;
            }
        }
        let mut graph = Graph {
            blocks: vec![Block::default()],
            entry: BlockId(0),
        };
        // The block that begins at each labelled instruction.
        let mut block_at = vec![0; list.instrs.len() + 1];
        let mut terminated = false;
        for (i, instr) in list.instrs.iter().enumerate() {
            let current = graph.blocks.len() - 1;
            if terminated || starts[i] && !graph.blocks[current].instrs.is_empty() {
                let new = graph.new_block();
                graph.blocks[current].next = Some(new);
            }
            let current = graph.blocks.len() - 1;
            graph.blocks[current].labelled |= starts[i];
            block_at[i] = current as u32;
            let added = GraphInstr::new(instr.op, instr.arg, instr.loc);
            graph.blocks[current].instrs.push(added);
            terminated = instr.op.is_jump() || instr.op.exits_scope();
        }
        for block in &mut graph.blocks {
            for instr in &mut block.instrs {
                if instr.op.has_target() {
                    let at = list.labels[instr.arg as usize] as usize;
                    instr.target = block_at.get(at).map(|&b| BlockId(b));
                    instr.arg = 0;
                }
            }
        }
        graph
    }
}

/// Cuts the instructions into blocks and runs all passes up to the final order.
pub(crate) fn optimize(list: InstrList, unit: &mut Unit<'_>) -> Graph {
    let mut graph = Graph::build(list);
    graph.mark_handlers();
    graph.label_handlers();

    graph.drop_empty_blocks();
    graph.inline_small_exits();
    graph.drop_unreachable();
    for id in graph.order() {
        graph.optimize_block(id, &mut unit.consts);
        graph.drop_nops(id);
    }
    graph.inline_small_exits();
    graph.drop_unreachable();
    graph.drop_empty_blocks();
    graph.drop_pairs();
    graph.drop_empty_blocks();
    graph.drop_jumps_to_next();

    drop_unused_consts(&mut graph, &mut unit.consts);
    graph.check_unbound_locals(unit.varnames.len(), unit.params);
    graph.push_cold_to_end();
    graph.resolve_lines(unit.first_line);
    graph
}

/// Removes constants that nothing loads any more.  The first stays: it may be a docstring.
fn drop_unused_consts(graph: &mut Graph, consts: &mut IndexSet<Const>) {
    let uses_const = |i: &GraphInstr| i.is(Opcode::LOAD_CONST) || i.is(Opcode::RETURN_CONST);
    let mut used = vec![false; consts.len()];
    if let Some(first) = used.first_mut() {
        *first = true;
    }
    let order = graph.order();
    for &id in &order {
        for instr in graph.block(id).instrs.iter().filter(|i| uses_const(i)) {
            used[instr.arg as usize] = true;
        }
    }
    if used.iter().all(|u| *u) {
        return;
    }
    let mut index = 0;
    let new_index: Vec<u32> = used
        .iter()
        .map(|u| {
            let this = index;
            index += u32::from(*u);
            this
        })
        .collect();
    let mut keep = used.iter();
    consts.retain(|_| keep.next() == Some(&true));
    for id in order {
        for instr in &mut graph.block_mut(id).instrs {
            if uses_const(instr) {
                instr.arg = new_index[instr.arg as usize];
            }
        }
    }
}
