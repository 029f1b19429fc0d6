//! The graph to a code object: positions, the exception table, the frame's variables.

use std::rc::Rc;
use std::sync::Arc;

use bytecode::{Code, CodeFlags, ExceptionEntry, Instr, LocalKind, LocalVar, Location, Opcode};

use crate::codegen::unit::{Op, Unit};
use crate::flow::{self, BlockId, Graph, GraphInstr};

pub(crate) fn assemble(
    mut graph: Graph,
    unit: Unit<'_>,
    flags: CodeFlags,
    filename: Arc<str>,
) -> Code {
    let (localsplus, slots) = lay_out_locals(&unit);
    renumber_cells(&mut graph, &slots);
    insert_prologue(&mut graph, &unit, &slots, flags);
    let stacksize = flow::compute_depths(&mut graph);
    flow::finish(&mut graph);

    let order = graph.order();
    let (instructions, locations, starts) = lay_out(&graph, &order);
    let exception_table = exception_table(&graph, &order, &starts);
    Code {
        name: Box::from(&*unit.name),
        qualname: Box::from(&*unit.qualname),
        filename,
        first_line: unit.first_line,
        argcount: unit.argcount,
        posonlyargcount: unit.posonlyargcount,
        kwonlyargcount: unit.kwonlyargcount,
        flags,
        stacksize,
        localsplus,
        names: unit.names.iter().map(|n| Box::from(&**n)).collect(),
        consts: unit.consts.into_iter().collect(),
        instructions,
        exception_table,
        locations,
        static_attributes: unit
            .static_attributes
            .iter()
            .map(|n| Box::from(&**n))
            .collect(),
    }
}

/// The variables of the frame, and for each cell and free variable its place there.  A cell
/// that is also a local (a captured parameter) shares its place.
fn lay_out_locals(unit: &Unit<'_>) -> (Vec<LocalVar>, Vec<u32>) {
    let mut vars: Vec<LocalVar> = Vec::new();
    let variable = |name: &Rc<str>, kind| LocalVar {
        name: Box::from(&**name),
        kind,
    };
    for name in &unit.varnames {
        let mut kind = LocalKind::LOCAL;
        if unit.fast_hidden.contains_key(name) {
            kind = kind.with(LocalKind::HIDDEN);
        }
        if unit.cells.contains(name) {
            kind = kind.with(LocalKind::CELL);
        }
        vars.push(variable(name, kind));
    }
    let mut slots = Vec::with_capacity(unit.cells.len() + unit.frees.len());
    for name in &unit.cells {
        let slot = unit.varnames.get_index_of(name).unwrap_or(vars.len());
        if slot == vars.len() {
            vars.push(variable(name, LocalKind::CELL));
        }
        slots.push(slot as u32);
    }
    for name in &unit.frees {
        slots.push(vars.len() as u32);
        vars.push(variable(name, LocalKind::FREE));
    }
    (vars, slots)
}

/// Replaces indices into cells and free variables by places in the frame.
fn renumber_cells(graph: &mut Graph, slots: &[u32]) {
    for id in graph.order() {
        for instr in &mut graph.block_mut(id).instrs {
            let deref = match instr.op {
                Op::Real(op) => op.operand() == bytecode::Operand::Deref,
                _ => false,
            };
            if deref && let Some(&slot) = slots.get(instr.arg as usize) {
                instr.arg = slot;
            }
        }
    }
}

/// What runs before the first instruction: free variables, cells, the generator.
fn insert_prologue(graph: &mut Graph, unit: &Unit<'_>, slots: &[u32], flags: CodeFlags) {
    let plain = |op: Opcode, arg: u32, loc: Location| GraphInstr {
        op: Op::Real(op),
        arg,
        loc,
        target: None,
        except: None,
    };
    let none = Location::NONE;
    let mut prologue = Vec::new();
    if !unit.frees.is_empty() {
        prologue.push(plain(Opcode::COPY_FREE_VARS, unit.frees.len() as u32, none));
    }
    let mut cells = slots[..unit.cells.len()].to_vec();
    cells.sort_unstable();
    prologue.extend(cells.into_iter().map(|c| plain(Opcode::MAKE_CELL, c, none)));
    let suspends = CodeFlags::GENERATOR
        .with(CodeFlags::COROUTINE)
        .with(CodeFlags::ASYNC_GENERATOR);
    if flags.has(suspends) {
        let loc = Location::line(unit.first_line as i32);
        prologue.push(plain(Opcode::RETURN_GENERATOR, 0, loc));
        prologue.push(plain(Opcode::POP_TOP, 0, none));
    }
    let entry = graph.entry;
    graph.block_mut(entry).instrs.splice(0..0, prologue);
}

/// Puts the blocks one behind the other; gives the position of each block.
fn lay_out(graph: &Graph, order: &[BlockId]) -> (Vec<Instr>, Vec<Location>, Vec<u32>) {
    let mut starts = vec![0; graph.blocks.len()];
    let mut position = 0;
    for &id in order {
        starts[id.0 as usize] = position;
        for instr in &graph.block(id).instrs {
            position += 1 + caches(instr);
        }
    }
    let mut instructions = Vec::with_capacity(position as usize);
    let mut locations = Vec::with_capacity(position as usize);
    for &id in order {
        for instr in &graph.block(id).instrs {
            let Op::Real(op) = instr.op else {
                unreachable!("{:?} was resolved before", instr.op);
            };
            let arg = match instr.target {
                Some(target) => starts[target.0 as usize],
                None => instr.arg,
            };
            instructions.push(Instr::new(op, arg));
            locations.push(instr.loc);
            for _ in 0..op.cache() {
                instructions.push(Instr::new(Opcode::CACHE, 0));
                locations.push(instr.loc);
            }
        }
    }
    (instructions, locations, starts)
}

fn caches(instr: &GraphInstr) -> u32 {
    match instr.op {
        Op::Real(op) => op.cache(),
        _ => 0,
    }
}

fn exception_table(graph: &Graph, order: &[BlockId], starts: &[u32]) -> Vec<ExceptionEntry> {
    let mut table = Vec::new();
    let mut position = 0;
    let mut begin = 0;
    let mut current: Option<BlockId> = None;
    let mut close = |handler: Option<BlockId>, start: u32, end: u32| {
        let Some(handler) = handler.filter(|_| start < end) else {
            return;
        };
        let block = graph.block(handler);
        let lasti = block.preserve_lasti;
        let on_stack = 1 + u32::from(lasti);
        table.push(ExceptionEntry {
            start,
            end,
            target: starts[handler.0 as usize],
            depth: block.depth.unwrap_or_default().saturating_sub(on_stack),
            lasti,
        });
    };
    for &id in order {
        for instr in &graph.block(id).instrs {
            if instr.except != current {
                close(current, begin, position);
                begin = position;
                current = instr.except;
            }
            position += 1 + caches(instr);
        }
    }
    close(current, begin, position);
    table
}
