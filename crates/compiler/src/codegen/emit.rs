//! Emitting single instructions.

use bytecode::opcode::{INPLACE, intrinsic1, nb};
use bytecode::{Const, Location, Opcode};
use syntax::ast::{CmpOp, Operator, UnaryOp};

use super::Compiler;
use super::unit::{Label, Op, PreInstr};
use crate::mangle::mangle;

impl Compiler<'_> {
    /// Appends an instruction.
    pub(super) fn emit(&mut self, loc: Location, op: impl Into<Op>, arg: u32) {
        let op = op.into();
        self.unit.code.instrs.push(PreInstr { op, arg, loc });
    }

    /// Appends an instruction that goes to a label.
    pub(super) fn jump(&mut self, loc: Location, op: impl Into<Op>, to: Label) {
        self.emit(loc, op, to.0);
    }

    pub(super) fn new_label(&mut self) -> Label {
        let labels = &mut self.unit.code.labels;
        labels.push(u32::MAX);
        Label(labels.len() as u32 - 1)
    }

    /// Puts a label at the next instruction.
    pub(super) fn place(&mut self, label: Label) {
        let code = &mut self.unit.code;
        code.labels[label.0 as usize] = code.instrs.len() as u32;
    }

    /// The index of a constant.
    pub(super) fn const_index(&mut self, value: Const) -> u32 {
        self.unit.consts.insert_full(value).0 as u32
    }

    pub(super) fn load_const(&mut self, loc: Location, value: Const) {
        let index = self.const_index(value);
        self.emit(loc, Opcode::LOAD_CONST, index);
    }

    /// The index of a name as it stands.
    pub(super) fn raw_name_index(&mut self, name: &str) -> u32 {
        index_of(&mut self.unit.names, name)
    }

    /// The index of a name, mangled if it is private.
    pub(super) fn name_index(&mut self, name: &str) -> u32 {
        let mangled = mangle(self.unit.private, name);
        index_of(&mut self.unit.names, &mangled)
    }

    /// An instruction with a name.
    pub(super) fn emit_name(&mut self, loc: Location, op: Opcode, name: &str) {
        let index = self.name_index(name);
        self.emit(loc, op, index);
    }

    /// `LOAD_ATTR`; `method` pushes a second value for a call.
    pub(super) fn load_attr(&mut self, loc: Location, name: &str, method: bool) {
        let index = self.name_index(name);
        self.emit(loc, Opcode::LOAD_ATTR, index << 1 | u32::from(method));
    }

    pub(super) fn binary_op(&mut self, loc: Location, op: Operator, inplace: bool) {
        let arg = match op {
            Operator::Add => nb::ADD,
            Operator::Sub => nb::SUBTRACT,
            Operator::Mult => nb::MULTIPLY,
            Operator::MatMult => nb::MATRIX_MULTIPLY,
            Operator::Div => nb::TRUE_DIVIDE,
            Operator::Mod => nb::REMAINDER,
            Operator::Pow => nb::POWER,
            Operator::LShift => nb::LSHIFT,
            Operator::RShift => nb::RSHIFT,
            Operator::BitOr => nb::OR,
            Operator::BitXor => nb::XOR,
            Operator::BitAnd => nb::AND,
            Operator::FloorDiv => nb::FLOOR_DIVIDE,
        };
        let arg = if inplace { arg + INPLACE } else { arg };
        self.emit(loc, Opcode::BINARY_OP, arg);
    }

    pub(super) fn unary_op(&mut self, loc: Location, op: UnaryOp) {
        match op {
            UnaryOp::Invert => self.emit(loc, Opcode::UNARY_INVERT, 0),
            UnaryOp::Not => self.emit(loc, Opcode::UNARY_NOT, 0),
            UnaryOp::USub => self.emit(loc, Opcode::UNARY_NEGATIVE, 0),
            UnaryOp::UAdd => {
                self.emit(loc, Opcode::CALL_INTRINSIC_1, intrinsic1::UNARY_POSITIVE);
            }
        }
    }

    pub(super) fn compare_op(&mut self, loc: Location, op: CmpOp) {
        use bytecode::opcode::compare;
        let (op, arg) = match op {
            CmpOp::Lt => (Opcode::COMPARE_OP, compare::LT),
            CmpOp::LtE => (Opcode::COMPARE_OP, compare::LE),
            CmpOp::Eq => (Opcode::COMPARE_OP, compare::EQ),
            CmpOp::NotEq => (Opcode::COMPARE_OP, compare::NE),
            CmpOp::Gt => (Opcode::COMPARE_OP, compare::GT),
            CmpOp::GtE => (Opcode::COMPARE_OP, compare::GE),
            CmpOp::Is => (Opcode::IS_OP, 0),
            CmpOp::IsNot => (Opcode::IS_OP, 1),
            CmpOp::In => (Opcode::CONTAINS_OP, 0),
            CmpOp::NotIn => (Opcode::CONTAINS_OP, 1),
        };
        self.emit(loc, op, arg);
    }

    /// Waits for an awaitable's iterator below None (or delegates to an iterator).
    pub(super) fn yield_from(&mut self, loc: Location, is_await: bool) {
        let send = self.new_label();
        let fail = self.new_label();
        let exit = self.new_label();
        self.place(send);
        self.jump(loc, Opcode::SEND, exit);
        // A virtual handler: StopIteration out of close() or throw() ends the delegation.
        self.jump(loc, Op::SetupFinally, fail);
        self.emit(loc, Opcode::YIELD_VALUE, 0);
        self.emit(Location::NONE, Op::PopBlock, 0);
        self.emit(loc, Opcode::RESUME, if is_await { 3 } else { 2 });
        self.jump(loc, Op::JumpNoInterrupt, send);
        self.place(fail);
        self.emit(loc, Opcode::CLEANUP_THROW, 0);
        self.place(exit);
        self.emit(loc, Opcode::END_SEND, 0);
    }

    /// Awaits the value on the stack; `kind` is the argument of `GET_AWAITABLE`.
    pub(super) fn await_top(&mut self, loc: Location, kind: u32) {
        self.emit(loc, Opcode::GET_AWAITABLE, kind);
        self.load_const(loc, Const::None);
        self.yield_from(loc, true);
    }

    /// Yields the value on the stack.
    pub(super) fn yield_value(&mut self, loc: Location) {
        let scope = self.scope();
        if scope.generator && scope.coroutine {
            self.emit(loc, Opcode::CALL_INTRINSIC_1, intrinsic1::ASYNC_GEN_WRAP);
        }
        self.emit(loc, Opcode::YIELD_VALUE, 0);
        self.emit(loc, Opcode::RESUME, 1);
    }

    /// Leaves a handler and raises its exception again.
    pub(super) fn pop_except_and_reraise(&mut self) {
        self.emit(Location::NONE, Opcode::COPY, 3);
        self.emit(Location::NONE, Opcode::POP_EXCEPT, 0);
        self.emit(Location::NONE, Opcode::RERAISE, 1);
    }
}

/// The index of a name in a table, which grows if it is new.
pub(super) fn index_of(names: &mut indexmap::IndexSet<std::rc::Rc<str>>, name: &str) -> u32 {
    match names.get_index_of(name) {
        Some(index) => index as u32,
        None => names.insert_full(name.into()).0 as u32,
    }
}
