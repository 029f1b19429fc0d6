//! What is known of the code object being made: its names, constants and instructions so far.

use std::rc::Rc;

use bytecode::{Const, Location, Opcode};
use indexmap::{IndexMap, IndexSet};
use syntax::ast::Stmt;

use crate::symtable::ScopeId;

/// An instruction before assembly: a real one, or one that later passes resolve.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Op {
    Real(Opcode),
    /// A jump whose direction is not yet known.
    Jump,
    /// The same, and it does not look at signals when it goes backward.
    JumpNoInterrupt,
    /// From here on an exception goes to the label.
    SetupFinally,
    /// The same, and the handler gets the index of the raising instruction.
    SetupCleanup,
    /// As `SetupCleanup`, with the result of `__enter__` on the stack, which the handler drops.
    SetupWith,
    /// Ends what the innermost `Setup…` began.
    PopBlock,
    /// A `STORE_FAST` of a value that may be NULL.
    StoreFastMaybeNull,
}

impl From<Opcode> for Op {
    fn from(op: Opcode) -> Op {
        Op::Real(op)
    }
}

impl Op {
    /// True if the argument is a label, handlers included.
    pub(crate) fn has_target(self) -> bool {
        self.is_jump() || self.is_setup()
    }

    /// True for the `Setup…` operations.
    pub(crate) fn is_setup(self) -> bool {
        matches!(self, Op::SetupFinally | Op::SetupCleanup | Op::SetupWith)
    }

    /// True if control may go to the label from here.
    pub(crate) fn is_jump(self) -> bool {
        match self {
            Op::Jump | Op::JumpNoInterrupt => true,
            Op::Real(op) => op.is_jump(),
            _ => false,
        }
    }

    /// True if it always goes to the label.
    pub(crate) fn is_unconditional_jump(self) -> bool {
        match self {
            Op::Jump | Op::JumpNoInterrupt => true,
            Op::Real(op) => op.is_jump() && op.ends_block(),
            _ => false,
        }
    }

    /// True if it leaves the frame.
    pub(crate) fn exits_scope(self) -> bool {
        matches!(
            self,
            Op::Real(
                Opcode::RETURN_VALUE
                    | Opcode::RETURN_CONST
                    | Opcode::RAISE_VARARGS
                    | Opcode::RERAISE
            )
        )
    }
}

/// A place in the code that is not yet known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Label(pub u32);

impl Label {
    /// Where a block has no label.
    pub(crate) const NONE: Label = Label(u32::MAX);
}

/// An instruction; the argument of a jump is its label.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PreInstr {
    pub op: Op,
    pub arg: u32,
    pub loc: Location,
}

/// Instructions in source order, and where labels stand among them.
#[derive(Debug, Default)]
pub(crate) struct InstrList {
    pub instrs: Vec<PreInstr>,
    /// The index that each label marks.
    pub labels: Vec<u32>,
}

/// What the code belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum UnitKind {
    Module,
    Class,
    Function,
    AsyncFunction,
    Lambda,
    Comprehension,
    TypeParams,
}

/// What lies between a statement and the function around it, and must be left in order when
/// `return`, `break` or `continue` go through it.
#[derive(Clone, Copy, Debug)]
pub(crate) enum BlockKind<'a> {
    While,
    For,
    TryExcept,
    /// The body of a `try` with `finally`; the statements of the latter.
    FinallyTry(&'a [Stmt]),
    FinallyEnd,
    /// A `with` and its location.
    With(Location),
    AsyncWith(Location),
    /// A handler's body and the name it deletes.
    HandlerCleanup(Option<&'a str>),
    /// A value that a `finally` passes over.
    PopValue,
    ExceptionHandler,
    ExceptionGroupHandler,
    AsyncComprehension,
    /// The whole body of a generator.
    StopIteration,
}

/// A [`BlockKind`] with the labels of `continue` and `break`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Block<'a> {
    pub kind: BlockKind<'a>,
    pub start: Label,
    pub exit: Label,
}

/// One code object in the making.
#[derive(Debug)]
pub(crate) struct Unit<'a> {
    pub scope: ScopeId,
    pub kind: UnitKind,
    pub name: Rc<str>,
    pub qualname: Rc<str>,
    /// The class whose private names are mangled.
    pub private: Option<&'a str>,
    pub first_line: u32,
    pub argcount: u32,
    pub posonlyargcount: u32,
    pub kwonlyargcount: u32,
    /// How many of the variables are parameters.
    pub params: usize,
    pub names: IndexSet<Rc<str>>,
    pub varnames: IndexSet<Rc<str>>,
    pub cells: IndexSet<Rc<str>>,
    pub frees: IndexSet<Rc<str>>,
    /// Variables of inlined comprehensions in a module or class; true while they are in force.
    pub fast_hidden: IndexMap<Rc<str>, bool>,
    pub consts: IndexSet<Const>,
    pub code: InstrList,
    pub blocks: Vec<Block<'a>>,
    /// How many inlined comprehensions are being compiled.
    pub inlined: u32,
    /// The first parameter of a method.
    pub receiver: Option<Rc<str>>,
    pub static_attributes: IndexSet<Rc<str>>,
    /// A module with `async for` or `async with` in it.
    pub coroutine: bool,
}
