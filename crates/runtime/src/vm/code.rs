//! Code objects at run time: constants as values, names interned, instructions in wide form.
#![allow(unsafe_code)]

use std::cell::{Cell, OnceCell};
use std::collections::HashMap;
use std::sync::Arc;

use bytecode::{CodeFlags, Const, LocalKind, Opcode};
use heap::Visitor;

use super::frame::FRAME_WORDS;
use super::instr::{Instr, Pc};
use super::monitoring::CodeMonitors;
use super::native_frames::leaves_no_frames;
use super::ops;
use super::state::Vm;
use super::trace::TracedCode;
use crate::fields;
use crate::object::fields::Field;
use crate::object::payload::Visit;
use crate::object::{Kind, Payload, PyResult, Ref, Slot, Tuple, Value, alloc};

/// A code object's payload.
pub struct Code {
    /// What the compiler made.
    pub data: Arc<bytecode::Code>,
    /// The wide form; where instructions are counted the handlers' array follows (see `statistics`).
    instructions: Box<[Instr]>,
    /// The constants: `co_consts`.
    pub consts: Ref<Tuple>,
    /// The names, interned.
    pub names: Box<[Value]>,
    /// Names of the locals, cells and free variables, interned.
    pub local_names: Box<[Value]>,
    /// Number of those.
    pub localsplus: usize,
    /// Words from the first local to the end of the operand stack.
    pub frame_words: usize,
    /// Positional parameters.
    pub argcount: usize,
    /// True if a call with exactly `argcount` positional arguments needs no binding at all.
    pub simple: bool,
    /// True if its frames do not show in tracebacks.
    pub silent: bool,
    /// `co_name`, `co_qualname`, `co_filename`.
    pub name: Value,
    /// `co_qualname`.
    pub qualname: Value,
    /// `co_filename`.
    pub filename: Value,
    /// For tools: an opaque value others attach (`co_extra`-like caches).
    pub extra: Slot,
    /// `co_code`, once somebody asked.
    pub code_shown: Slot,
    /// The traced form, once it was needed.
    traced: OnceCell<Box<TracedCode>>,
}

impl Payload for Code {
    const KIND: Kind = Kind::CODE;
    const NAME: &'static str = "code";
    const COLLECTED: bool = false;
    const FIELDS: &'static [Field] = fields![
        "data" => data as Opaque,
        "instructions" => instructions as Opaque,
        "consts" => consts as Opaque,
        "names" => names as Opaque,
        "local_names" => local_names as Opaque,
        "localsplus" => localsplus as Unsigned,
        "frame_words" => frame_words as Unsigned,
        "argcount" => argcount as Unsigned,
        "simple" => simple as Bool,
        "silent" => silent as Bool,
        "co_name" => name as Value,
        "co_qualname" => qualname as Value,
        "co_filename" => filename as Value,
        "extra" => extra as Value,
        "code_shown" => code_shown as Value,
        "traced" => traced as Opaque,
    ];

    fn traverse(&self, visitor: &mut Visitor<'_>) {
        visitor.value(self.consts.as_value());
        if visitor.wants_everything() {
            let names = self.names.iter().chain(&self.local_names);
            for text in names.chain([&self.name, &self.qualname, &self.filename]) {
                visitor.value(text);
            }
            visitor.slot(&self.extra);
        }
    }
}

impl Code {
    /// The first instruction.
    #[inline(always)]
    pub fn entry(&self) -> Pc {
        self.instructions.as_ptr()
    }

    /// The instruction with this index.
    pub fn at(&self, index: u32) -> Pc {
        &raw const self.instructions[index as usize]
    }

    /// All wide instructions.
    pub fn instructions(&self) -> &[Instr] {
        &self.instructions
    }

    /// The index of an instruction of this code.
    #[inline]
    pub fn index_of(&self, pc: Pc) -> u32 {
        let index = (pc as usize).wrapping_sub(self.entry() as usize) / size_of::<Instr>();
        if index < self.instructions.len() {
            return index as u32;
        }
        self.traced_index_of(pc)
    }

    #[cold]
    fn traced_index_of(&self, pc: Pc) -> u32 {
        let start = self
            .traced
            .get()
            .map_or(0, |t| t.instructions.as_ptr() as usize);
        ((pc as usize).wrapping_sub(start) / size_of::<Instr>()) as u32
    }

    /// The traced form.
    pub fn traced(&self) -> &TracedCode {
        self.traced.get_or_init(|| {
            Box::new(TracedCode::new(
                &self.data,
                &self.instructions,
                &self.consts,
            ))
        })
    }

    /// What the tools of `sys.monitoring` want of this code alone, if one ever wanted something.
    pub(super) fn monitors(&self) -> Option<&CodeMonitors> {
        self.traced.get().map(|traced| &traced.monitors)
    }

    /// True if the address lies in the traced form.
    pub fn is_traced_pc(&self, pc: Pc) -> bool {
        self.traced
            .get()
            .is_some_and(|t| t.instructions.as_ptr_range().contains(&pc))
    }

    /// The traced form of an instruction; `None` if the address is not one of the plain form.
    pub fn traced_twin(&self, pc: Pc) -> Option<Pc> {
        if !self.instructions.as_ptr_range().contains(&pc) {
            return None;
        }
        let index = self.index_of(pc);
        Some(&raw const self.traced().instructions[index as usize])
    }

    /// The instruction with this index, in the form that `pc` belongs to.
    pub fn at_beside(&self, pc: Pc, index: u32) -> Pc {
        if self.is_traced_pc(pc) {
            &raw const self.traced().instructions[index as usize]
        } else {
            self.at(index)
        }
    }

    /// True if all of the flag's bits are in `co_flags`.
    #[inline]
    pub fn has_flag(&self, flag: CodeFlags) -> bool {
        self.data.flags.has(flag)
    }

    /// Where an instruction lies in `co_code`, in bytes, behind its `EXTENDED_ARG`s.
    pub fn byte_offset(&self, index: u32) -> u32 {
        self.layout().offset_of(index)
    }

    /// The instruction at a byte offset of `co_code`.
    pub fn index_of_byte(&self, offset: u32) -> u32 {
        self.layout().index_of(offset)
    }

    fn layout(&self) -> bytecode::encode::Layout {
        bytecode::encode::Layout::new(&self.data)
    }

    /// The line of an instruction, 0 where there is none.
    pub fn line_at(&self, index: u32) -> u32 {
        self.data.line_at(index).unwrap_or(0)
    }
}

/// Where compiled code comes from: it decides whether the collector knows its constant tuples.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum CodeOrigin {
    /// Compiled or unmarshalled by the program: constant tuples are tracked like any other until a
    /// collection finds that they hold only atoms.
    Program,
    /// Built into the binary: never tracked, so that an import adds nothing to collections.
    Library,
}

/// The constants of a program that was compiled as a whole.
type Shared<'c> = HashMap<&'c Const, Value>;

impl Vm {
    /// A code object for compiled code.  The code must have passed the verifier.
    pub fn code(&self, data: &Arc<bytecode::Code>, origin: CodeOrigin) -> PyResult<Ref<Code>> {
        self.code_sharing(data, origin, &mut HashMap::new())
    }

    /// The same as a part of a program whose constants so far are `shared`.
    fn code_sharing<'c>(
        &self,
        data: &'c Arc<bytecode::Code>,
        origin: CodeOrigin,
        shared: &mut Shared<'c>,
    ) -> PyResult<Ref<Code>> {
        let consts = data
            .consts
            .iter()
            .map(|c| self.shared_constant(c, origin, shared))
            .collect::<PyResult<Box<[Value]>>>()?;
        let code = self.code_with_constants(data, consts);
        if origin == CodeOrigin::Library && code.consts.header().is_tracked() {
            self.heap.untrack(code.consts.as_ptr());
        }
        Ok(code)
    }

    /// A constant that equal ones in the other functions of a program are identical with.
    fn shared_constant<'c>(
        &self,
        constant: &'c Const,
        origin: CodeOrigin,
        shared: &mut Shared<'c>,
    ) -> PyResult {
        let shares = match constant {
            Const::Code(code) => return Ok(self.code_sharing(code, origin, shared)?.into_value()),
            Const::Str(_) | Const::Bytes(_) | Const::BigInt(_) => origin == CodeOrigin::Program,
            Const::Complex(..) | Const::Float(_) => origin == CodeOrigin::Program,
            Const::Tuple(_) | Const::FrozenSet(_) => origin == CodeOrigin::Program,
            _ => false,
        };
        if !shares {
            return self.constant(constant, origin);
        }
        if let Some(value) = shared.get(constant) {
            return Ok(value.clone());
        }
        let value = match constant {
            Const::Tuple(items) => {
                let items = items
                    .iter()
                    .map(|item| self.shared_constant(item, origin, shared))
                    .collect::<PyResult<Vec<Value>>>()?;
                self.tuple_value(items)
            }
            _ => self.constant(constant, origin)?,
        };
        shared.insert(constant, value.clone());
        Ok(value)
    }

    /// A code object whose constants are those of the compiled code or such as it could have in
    /// their place: of the same classes, tuples of the same shape.
    pub(crate) fn code_with_constants(
        &self,
        data: &Arc<bytecode::Code>,
        consts: Box<[Value]>,
    ) -> Ref<Code> {
        let names: Box<[Value]> = data.names.iter().map(|n| self.intern(n)).collect();
        let local_names: Box<[Value]> = data
            .localsplus
            .iter()
            .map(|v| self.intern(&v.name))
            .collect();
        let plain = widen(data, &consts);
        let instructions = self.interp.statistics.counted_form(data, plain);
        let flags = data.flags;
        let localsplus = data.localsplus.len();
        let code = Code {
            instructions,
            names,
            local_names,
            localsplus,
            frame_words: localsplus + FRAME_WORDS + data.stacksize as usize + 2,
            argcount: data.argcount as usize,
            simple: data.kwonlyargcount == 0
                && !flags.has(CodeFlags::VARARGS)
                && !flags.has(CodeFlags::VARKEYWORDS)
                && flags.has(CodeFlags::OPTIMIZED),
            silent: leaves_no_frames(&data.filename, &data.qualname),
            name: self.intern(&data.name),
            qualname: self.intern(&data.qualname),
            filename: self.intern(&data.filename),
            consts: self.tuple(consts.into_vec()),
            data: Arc::clone(data),
            extra: Slot::default(),
            code_shown: Slot::default(),
            traced: OnceCell::new(),
        };
        alloc(&self.types.code, code)
    }

    /// A constant as a value.  Strings that look like identifiers are interned, as CPython does.
    pub fn constant(&self, constant: &Const, origin: CodeOrigin) -> PyResult {
        Ok(match constant {
            Const::None => Value::NONE,
            Const::True => Value::TRUE,
            Const::False => Value::FALSE,
            Const::Ellipsis => Value::ELLIPSIS,
            Const::Int(i) => self.int(*i),
            Const::BigInt(hex) => self.int_from_hex(hex),
            Const::Float(f) => self.float(*f),
            Const::Complex(re, im) => self.complex(*re, *im),
            Const::Str(text) => match text.as_str() {
                Some(s) if s.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') => {
                    self.intern(s)
                }
                Some(s) => self.str_value(s),
                None => {
                    let points: Vec<u32> = text.code_points().collect();
                    self.str_from_code_points(&points).into_value()
                }
            },
            Const::Bytes(bytes) => self.bytes(bytes).into_value(),
            Const::Tuple(items) => {
                let items = items
                    .iter()
                    .map(|i| self.constant(i, origin))
                    .collect::<PyResult<Vec<Value>>>()?;
                let tuple = self.tuple(items);
                if origin == CodeOrigin::Library {
                    self.heap.untrack(tuple.as_ptr());
                }
                tuple.into_value()
            }
            Const::FrozenSet(items) => {
                let items = items
                    .iter()
                    .map(|i| self.constant(i, origin))
                    .collect::<PyResult<Vec<Value>>>()?;
                self.frozenset_of(&items)?
            }
            Const::Code(code) => self.code(code, origin)?.into_value(),
        })
    }
}

/// The wide form: handlers by opcode, jump distances, constants inside their instruction.
fn widen(data: &bytecode::Code, consts: &[Value]) -> Box<[Instr]> {
    let wide = |index: usize, instr: &bytecode::Instr| {
        let handler = Cell::new(ops::handler(instr.op, instr.arg));
        let wide = Instr {
            handler,
            arg: Cell::new(instr.arg),
            cache: Cell::new(0),
        };
        match instr.op {
            Opcode::CACHE => {
                // Sixteen zero bytes, except that the handler's word must not be called.
                wide.arg.set(0);
            }
            Opcode::LOAD_CONST | Opcode::RETURN_CONST => {
                let constant = &consts[instr.arg as usize];
                wide.set_word(constant.word());
                wide.handler.set(ops::constant_handler(instr.op, constant));
            }
            Opcode::COMPARE_OP => {
                // A comparison whose result is only jumped on does both at once.
                match data.instructions.get(index + 2).map(|next| next.op) {
                    Some(Opcode::POP_JUMP_IF_FALSE) => {
                        wide.handler.set(ops::fused_compare(instr.arg, false));
                    }
                    Some(Opcode::POP_JUMP_IF_TRUE) => {
                        wide.handler.set(ops::fused_compare(instr.arg, true));
                    }
                    _ => {}
                }
            }
            Opcode::LOAD_FAST | Opcode::STORE_FAST => {
                let at = |i: usize| data.instructions.get(i).map(|i| (i.op, i.arg));
                let (Some((second, arg)), Some((third, _))) = (at(index + 1), at(index + 2)) else {
                    return wide;
                };
                let immediate = second == Opcode::LOAD_CONST && !consts[arg as usize].is_heap();
                // LOAD_FAST before LOAD_ATTR becomes one with that later.
                if third != Opcode::LOAD_ATTR
                    && let Some(handler) = ops::pair_handler(instr.op, second, immediate)
                {
                    wide.handler.set(handler);
                }
            }
            op if op.is_jump() => {
                // Every jump counts from its own place.
                wide.arg.set((i64::from(instr.arg) - index as i64) as u32);
            }
            _ => {}
        }
        wide
    };
    data.instructions
        .iter()
        .enumerate()
        .map(|(i, instr)| wide(i, instr))
        .collect()
}

/// Which variables of a code object are cells or free variables.
pub fn is_cell(data: &bytecode::Code, index: usize) -> bool {
    let kind = data.localsplus[index].kind;
    kind.has(LocalKind::CELL) || kind.has(LocalKind::FREE)
}

impl Vm {
    /// An integer of hexadecimal digits, with `-` before them if it is negative.
    fn int_from_hex(&self, hex: &str) -> Value {
        let (negative, digits) = match hex.strip_prefix('-') {
            Some(digits) => (true, digits),
            None => (false, hex),
        };
        let limbs: Vec<u64> = digits
            .as_bytes()
            .rchunks(16)
            // The compiler writes hexadecimal digits only.
            .map(|chunk| {
                chunk.iter().fold(0, |limb, &d| {
                    limb << 4 | u64::from((d as char).to_digit(16).unwrap_or(0))
                })
            })
            .collect();
        let view = crate::object::int::IntView::new(negative, &limbs);
        self.int_from_view(view).unwrap_or(Value::NONE)
    }

    /// A `frozenset` of the items.
    pub(crate) fn frozenset_of(&self, items: &[Value]) -> PyResult {
        let set = self.set_of_class(&self.types.frozenset);
        for item in items {
            set.add(self, item)?;
        }
        Ok(set.into_value())
    }
}
