//! What `--stats` counts: instructions by form and in pairs, specialisations and their misses.
//!
//! Counting costs nothing while it is off, and needs no build of its own: it works as tracing does.
//! Where it is on, a code object's array of wide instructions is twice as long.  The first half is
//! what the program counter runs through, with `counted` as every handler; the second half keeps
//! at the same index the handler that the instruction really has.  `counted` notes the
//! instruction and goes on in the real handler.
//!
//! Handlers specialise an instruction (or the one before it) by overwriting its handler in the first
//! half.  The next instruction that is counted moves what it finds there to the second half: this is
//! where a specialisation, or a specialised form that gave up, becomes visible.
#![allow(unsafe_code)]

use std::cell::{Cell, OnceCell, RefCell};

use bytecode::Opcode;

use super::code::Code;
use super::instr::{Fp, Handler, Instr, Pc, Sp};
use super::ops;
use super::ops::macros::save;
use super::state::Vm;
use crate::object::Ref;

const OPCODES: usize = 256;

/// Counts of an interpreter, once they were asked for.
#[derive(Default)]
pub struct Statistics {
    counters: OnceCell<Box<Counters>>,
    stopped: Cell<bool>,
}

struct Counters {
    /// By opcode: how often each form of it ran.
    forms: Box<[RefCell<Vec<FormCount>>]>,
    /// By opcode and the opcode that ran before it.
    pairs: Box<[Cell<u64>]>,
    /// By opcode: how often an instruction took a special form.
    specialised: Box<[Cell<u64>]>,
    /// By opcode: how often one gave its special form up, for another one or the plain form.
    missed: Box<[Cell<u64>]>,
    last: RefCell<Option<Last>>,
}

/// How often a form of an instruction ran.
#[derive(Clone, Copy)]
struct FormCount {
    handler: Handler,
    special: bool,
    count: u64,
}

/// The instruction that ran last: handlers in its neighbourhood may have been overwritten.
struct Last {
    code: Ref<Code>,
    index: usize,
}

/// One form of an instruction in numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Form {
    /// The instruction.
    pub opcode: Opcode,
    /// The special form's name; None for the form that every such instruction begins with.
    pub name: Option<&'static str>,
    /// How often it ran.
    pub count: u64,
}

/// How the instructions of an opcode fared with their special forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Specialisation {
    /// The instruction.
    pub opcode: Opcode,
    /// Times a special form ran.
    pub hits: u64,
    /// Times the plain form ran.
    pub plain: u64,
    /// Times an instruction took a special form.
    pub specialised: u64,
    /// Times an instruction gave its special form up.
    pub missed: u64,
}

/// What was counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Instructions dispatched: one that does the work of two counts once.
    pub instructions: u64,
    /// By form, most frequent first.
    pub forms: Vec<Form>,
    /// Pairs of instructions that ran one after the other, most frequent first.
    pub pairs: Vec<(Opcode, Opcode, u64)>,
    /// Of the instructions that have special forms, in the order of their numbers.
    pub specialisation: Vec<Specialisation>,
}

impl Statistics {
    /// Counts from now on.  Code objects that exist already are not counted.
    pub fn switch_on(&self) {
        let zeros = |count: usize| vec![Cell::new(0); count].into_boxed_slice();
        self.counters.get_or_init(|| {
            Box::new(Counters {
                forms: (0..OPCODES).map(|_| RefCell::default()).collect(),
                pairs: zeros(OPCODES * OPCODES),
                specialised: zeros(OPCODES),
                missed: zeros(OPCODES),
                last: RefCell::default(),
            })
        });
    }

    /// True if it was switched on.
    pub fn is_on(&self) -> bool {
        self.counters.get().is_some()
    }

    /// Counts no more, and lets go of the instruction that ran last: its code object can die.
    pub fn stop(&self) {
        self.stopped.set(true);
        if let Some(counters) = self.counters.get() {
            drop(counters.last.take());
        }
    }

    /// What was counted up to now; None where counting is off.
    pub fn counts(&self) -> Option<Counts> {
        self.counters.get().map(|counters| counters.report())
    }

    /// The array of a code object whose instructions are counted.
    pub(super) fn counted_form(&self, data: &bytecode::Code, plain: Box<[Instr]>) -> Box<[Instr]> {
        if !self.is_on() {
            return plain;
        }
        let copy = |handler, from: &Instr| Instr {
            handler: Cell::new(handler),
            arg: Cell::new(from.arg.get()),
            cache: Cell::new(from.cache.get()),
        };
        let kept = plain.iter().map(|i| copy(i.handler.get(), i));
        let run = plain
            .iter()
            .zip(data.instructions.iter())
            .map(|(i, compact)| {
                // A cache's bytes belong to the instruction before it.
                let is_cache = compact.op == Opcode::CACHE;
                copy(if is_cache { i.handler.get() } else { counted }, i)
            });
        run.chain(kept).collect()
    }
}

impl Counters {
    fn report(&self) -> Counts {
        let mut counts = Counts::default();
        for &opcode in Opcode::ALL {
            let number = opcode as usize;
            let forms = self.forms[number].borrow();
            let total = |special: bool| -> u64 {
                let of_kind = forms.iter().filter(|form| form.special == special);
                of_kind.map(|form| form.count).sum()
            };
            let entry = Specialisation {
                opcode,
                hits: total(true),
                plain: total(false),
                specialised: self.specialised[number].get(),
                missed: self.missed[number].get(),
            };
            counts.instructions += entry.hits + entry.plain;
            if entry.specialised > 0 {
                counts.specialisation.push(entry);
            }
            for form in forms.iter() {
                let name = form.special.then(|| ops::form_name(form.handler));
                match counts
                    .forms
                    .iter_mut()
                    .find(|f| f.opcode == opcode && f.name == name)
                {
                    Some(same) => same.count += form.count,
                    None => counts.forms.push(Form {
                        opcode,
                        name,
                        count: form.count,
                    }),
                }
            }
            for &before in Opcode::ALL {
                let count = self.pairs[before as usize * OPCODES + number].get();
                if count > 0 {
                    counts.pairs.push((before, opcode, count));
                }
            }
        }
        counts
            .forms
            .sort_by_key(|form| std::cmp::Reverse(form.count));
        counts
            .pairs
            .sort_by_key(|&(_, _, count)| std::cmp::Reverse(count));
        counts
    }

    /// Takes the handlers that the last instruction wrote to where real handlers are kept.
    fn settle(&self, last: &Last) {
        let code = &last.code;
        let half = code.data.instructions.len();
        let all = code.instructions();
        let reach = last.index.saturating_sub(1)..(last.index + 2).min(half);
        for index in reach {
            if code.data.instructions[index].op == Opcode::CACHE {
                continue;
            }
            let found = all[index].handler.get();
            if std::ptr::fn_addr_eq(found, counted as Handler) {
                continue;
            }
            all[index].handler.set(counted);
            let kept = &all[half + index].handler;
            let before = kept.replace(found);
            if std::ptr::fn_addr_eq(before, found) {
                continue;
            }
            let opcode = code.data.instructions[index].op as usize;
            let bump = |counter: &Cell<u64>| counter.set(counter.get() + 1);
            if is_special(code, index, before) {
                bump(&self.missed[opcode]);
            }
            if is_special(code, index, found) {
                bump(&self.specialised[opcode]);
            }
        }
    }

    /// Counts an instruction that is about to run; gives its real handler.
    fn count(&self, code: Ref<Code>, index: usize) -> Handler {
        let last = self.last.take();
        let opcode = code.data.instructions[index].op as usize;
        if let Some(last) = &last {
            self.settle(last);
            let before = last.code.data.instructions[last.index].op as usize;
            let pair = &self.pairs[before * OPCODES + opcode];
            pair.set(pair.get() + 1);
        }
        let half = code.data.instructions.len();
        let all = code.instructions();
        let handler = all[half + index].handler.get();
        let mut forms = self.forms[opcode].borrow_mut();
        let special = is_special(&code, index, handler);
        let known = forms
            .iter_mut()
            .find(|f| f.special == special && std::ptr::fn_addr_eq(f.handler, handler));
        match known {
            Some(form) => form.count += 1,
            None => forms.push(FormCount {
                handler,
                special,
                count: 1,
            }),
        }
        drop(forms);
        if ops::looks_at_next_handler(handler) && index + 1 < half {
            // It does its neighbour's work if that has a certain form: which it must find in its place.
            all[index + 1]
                .handler
                .set(all[half + index + 1].handler.get());
        }
        *self.last.borrow_mut() = Some(Last { code, index });
        // What the last instruction's code object leads to may run Python code when it goes.
        drop(last);
        handler
    }
}

/// True if the handler is not the one that the instruction begins with.
fn is_special(code: &Code, index: usize, handler: Handler) -> bool {
    let instr = code.data.instructions[index];
    let plain = match instr.op {
        Opcode::LOAD_CONST | Opcode::RETURN_CONST => {
            ops::constant_handler(instr.op, &code.consts[instr.arg as usize])
        }
        op => ops::handler(op, instr.arg),
    };
    !std::ptr::fn_addr_eq(plain, handler)
}

/// Finds and counts the instruction at `pc`.
#[inline(never)]
fn note(vm: &Vm, pc: Pc) -> Handler {
    // SAFETY: a handler runs in a live frame.
    let code = unsafe { (*vm.frame.get()).code_ref() };
    let index = code.index_of(pc) as usize;
    let statistics = &vm.interp.statistics;
    match statistics.counters.get() {
        Some(counters) if !statistics.stopped.get() => counters.count(code, index),
        _ => code.instructions()[code.data.instructions.len() + index]
            .handler
            .get(),
    }
}

/// The handler of all counted instructions.
///
/// # Safety
/// The contract of handlers.
#[inline(never)]
unsafe fn counted(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers.
    unsafe {
        save!(vm, pc, sp);
        let handler = note(vm, pc);
        handler(vm, pc, sp, fp)
    }
}
