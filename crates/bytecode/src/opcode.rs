//! The opcode table: every instruction once, with its operand, stack effect, cache and meaning.
//!
//! A line reads
//!
//! ```text
//! NAME = number, operand kind, cache units, effect, "prose";
//! ```
//!
//! The number is CPython 3.12's where CPython has the instruction.  The effect is a function of
//! the argument that gives how many values the instruction pops and then pushes; `needs` says
//! how deep the stack must be where an instruction looks below what it pops; `jump` is the
//! effect on the way to the jump target where that differs.

/// What an instruction's argument means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operand {
    /// There is none; it is 0.
    None,
    /// An index into `consts`.
    Const,
    /// An index into `names`.
    Name,
    /// `LOAD_GLOBAL`, `LOAD_ATTR`: an index into `names`, times two, plus 1 to push a second value.
    NameShift1,
    /// `LOAD_SUPER_ATTR`: an index into `names`, times four, plus two flags.
    NameShift2,
    /// An index into `localsplus`.
    Local,
    /// An index into `localsplus` of a cell or free variable.
    Deref,
    /// The index of the instruction to jump to.
    Jump,
    /// A number of values.
    Count,
    /// The one-based position of a value in the stack, counted from the top.
    StackPos,
    /// Bits with a meaning of their own.
    Flags,
    /// One of [`COMPARE_OPS`].
    Compare,
    /// 1 inverts the result.
    Invert,
    /// One of [`BINARY_OPS`].
    BinaryOp,
    /// One of [`INTRINSICS_1`].
    Intrinsic1,
    /// One of [`INTRINSICS_2`].
    Intrinsic2,
}

impl Operand {
    /// The kind's name in docs/opcodes.md.
    pub const fn label(self) -> &'static str {
        match self {
            Operand::None => "",
            Operand::Const => "const",
            Operand::Name => "name",
            Operand::NameShift1 => "name << 1 | flag",
            Operand::NameShift2 => "name << 2 | flags",
            Operand::Local => "local",
            Operand::Deref => "deref",
            Operand::Jump => "target",
            Operand::Count => "count",
            Operand::StackPos => "position",
            Operand::Flags => "flags",
            Operand::Compare => "comparison",
            Operand::Invert => "invert",
            Operand::BinaryOp => "operator",
            Operand::Intrinsic1 | Operand::Intrinsic2 => "intrinsic",
        }
    }
}

/// What an instruction does to the depth of the operand stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effect {
    /// How deep the stack must be before; at least `pops`.
    pub needs: u32,
    /// How many values are taken off.
    pub pops: u32,
    /// How many values are then put on.
    pub pushes: u32,
}

macro_rules! opcodes {
    ($($name:ident = $number:literal, $operand:ident, $cache:literal,
       $effect:expr, $(needs $needs:expr,)? $(jump $jump:expr,)? $prose:literal;)*) => {
        /// An instruction's operation.  The number is the byte that `co_code` shows.
        #[allow(non_camel_case_types, reason = "the names are those of Python's dis module")]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum Opcode {
            $(#[doc = $prose] $name = $number,)*
        }

        impl Opcode {
            /// Every opcode, by number.
            pub const ALL: &'static [Opcode] = &[$(Opcode::$name,)*];

            /// The opcode with this number.
            pub const fn from_number(number: u8) -> Option<Opcode> {
                match number {
                    $($number => Some(Opcode::$name),)*
                    _ => None,
                }
            }

            /// Its name, as `dis` prints it.
            pub const fn name(self) -> &'static str {
                match self { $(Opcode::$name => stringify!($name),)* }
            }

            /// What its argument means.
            pub const fn operand(self) -> Operand {
                match self { $(Opcode::$name => Operand::$operand,)* }
            }

            /// How many `CACHE` instructions follow it.
            pub const fn cache(self) -> u32 {
                match self { $(Opcode::$name => $cache,)* }
            }

            /// One line of prose.
            pub const fn prose(self) -> &'static str {
                match self { $(Opcode::$name => $prose,)* }
            }

            /// The stack effect where the next instruction follows.
            pub fn effect(self, arg: u32) -> Effect {
                match self {
                    $(Opcode::$name => {
                        let (pops, pushes) = apply($effect, arg);
                        let needs = pops;
                        $(let needs = needs.max(apply_needs($needs, arg));)?
                        Effect { needs, pops, pushes }
                    })*
                }
            }

            /// The stack effect on the way to the jump target.
            pub fn jump_effect(self, arg: u32) -> Effect {
                match self {
                    $($(Opcode::$name => {
                        let (pops, pushes) = apply($jump, arg);
                        Effect { needs: pops, pops, pushes }
                    })?)*
                    _ => self.effect(arg),
                }
            }

            /// The effect as the table writes it, for docs/opcodes.md.
            pub const fn effect_text(self) -> &'static str {
                match self { $(Opcode::$name => stringify!($effect),)* }
            }
        }
    };
}

fn apply(effect: impl Fn(u32) -> (u32, u32), arg: u32) -> (u32, u32) {
    effect(arg)
}

fn apply_needs(needs: impl Fn(u32) -> u32, arg: u32) -> u32 {
    needs(arg)
}

opcodes! {
    CACHE = 0, None, 0, |_| (0, 0), "Space for the cache of the instruction before it; never executed.";
    POP_TOP = 1, None, 0, |_| (1, 0), "Drops the top value.";
    PUSH_NULL = 2, None, 0, |_| (0, 1), "Pushes a NULL: the missing `self` above a callable.";
    END_FOR = 4, None, 0, |_| (2, 0), "Where an exhausted `FOR_ITER` jumps: drops the iterator and the value above it.";
    END_SEND = 5, None, 0, |_| (2, 1), "Drops the value below the top (the receiver of a finished `SEND`).";
    NOP = 9, None, 0, |_| (0, 0), "Does nothing; carries a line number.";
    UNARY_NEGATIVE = 11, None, 0, |_| (1, 1), "`-a`.";
    UNARY_NOT = 12, None, 0, |_| (1, 1), "`not a`.";
    UNARY_INVERT = 15, None, 0, |_| (1, 1), "`~a`.";
    BINARY_SUBSCR = 25, None, 1, |_| (2, 1), "`container[key]`; stack: container, key.";
    BINARY_SLICE = 26, None, 0, |_| (3, 1), "`container[start:end]`; stack: container, start, end.";
    STORE_SLICE = 27, None, 0, |_| (4, 0), "`container[start:end] = value`; stack: value, container, start, end.";
    GET_LEN = 30, None, 0, |_| (1, 2), "Pushes `len(top)`.";
    MATCH_MAPPING = 31, None, 0, |_| (1, 2), "Pushes whether the top is a mapping to the `match` statement.";
    MATCH_SEQUENCE = 32, None, 0, |_| (1, 2), "Pushes whether the top is a sequence to the `match` statement.";
    MATCH_KEYS = 33, None, 0, |_| (2, 3), "Stack: mapping, tuple of keys; pushes a tuple of the values, or None if a key is missing.";
    PUSH_EXC_INFO = 35, None, 0, |_| (1, 2), "Enters a handler: makes the top the handled exception and puts the one handled before below it.";
    CHECK_EXC_MATCH = 36, None, 0, |_| (2, 2), "Stack: exception, class; replaces the class by whether it matches.";
    CHECK_EG_MATCH = 37, None, 0, |_| (2, 2), "Stack: exception group, class; replaces them by the rest and the match (None if there is none).";
    WITH_EXCEPT_START = 49, None, 0, |_| (0, 1), needs |_| 4, "Stack: `__exit__`, lasti, previous, exception; pushes `__exit__(type, exception, traceback)`.";
    GET_AITER = 50, None, 0, |_| (1, 1), "`aiter(top)`.";
    GET_ANEXT = 51, None, 0, |_| (1, 2), "Pushes the awaitable of `anext(top)`.";
    BEFORE_ASYNC_WITH = 52, None, 0, |_| (1, 2), "Replaces an asynchronous context manager by its `__aexit__` and the result of `__aenter__()`.";
    BEFORE_WITH = 53, None, 0, |_| (1, 2), "Replaces a context manager by its `__exit__` and the result of `__enter__()`.";
    END_ASYNC_FOR = 54, None, 0, |_| (2, 0), "Stack: async iterator, exception; drops both on StopAsyncIteration, else raises it again.";
    CLEANUP_THROW = 55, None, 0, |_| (3, 2), "Stack: receiver, sent value, exception; on StopIteration replaces them by None and its value, else raises it again.";
    STORE_SUBSCR = 60, None, 1, |_| (3, 0), "`container[key] = value`; stack: value, container, key.";
    DELETE_SUBSCR = 61, None, 0, |_| (2, 0), "`del container[key]`; stack: container, key.";
    GET_ITER = 68, None, 0, |_| (1, 1), "`iter(top)`.";
    GET_YIELD_FROM_ITER = 69, None, 0, |_| (1, 1), "`iter(top)` unless it is a generator, or a coroutine where that may be awaited.";
    LOAD_BUILD_CLASS = 71, None, 0, |_| (0, 1), "Pushes `builtins.__build_class__`.";
    LOAD_ASSERTION_ERROR = 74, None, 0, |_| (0, 1), "Pushes `AssertionError`.";
    RETURN_GENERATOR = 75, None, 0, |_| (0, 1), "Makes a generator, coroutine or async generator of the frame and returns it; on the first resumption the sent value lies on the stack.";
    RETURN_VALUE = 83, None, 0, |_| (1, 0), "Returns the top value.";
    SETUP_ANNOTATIONS = 85, None, 0, |_| (0, 0), "Creates `__annotations__` in the local namespace if it is missing.";
    LOAD_LOCALS = 87, None, 0, |_| (0, 1), "Pushes the local namespace of a class body or module.";
    POP_EXCEPT = 89, None, 0, |_| (1, 0), "Leaves a handler: the top becomes the handled exception again.";
    STORE_NAME = 90, Name, 0, |_| (1, 0), "Stores into the local namespace.";
    DELETE_NAME = 91, Name, 0, |_| (0, 0), "Deletes from the local namespace.";
    UNPACK_SEQUENCE = 92, Count, 1, |n| (1, n), "Unpacks an iterable of exactly that many values, the first on top.";
    FOR_ITER = 93, Jump, 1, |_| (1, 2), jump |_| (1, 2), "Pushes the iterator's next value; when exhausted goes to the target, an `END_FOR`, with a placeholder pushed (or drops the iterator and goes behind it, which is the same).";
    UNPACK_EX = 94, Flags, 0, |n| (1, (n & 0xFF) + (n >> 8) + 1), "Unpacks with a starred target: low byte values before the list, the rest of the argument after it; the first value on top.";
    STORE_ATTR = 95, Name, 1, |_| (2, 0), "`object.name = value`; stack: value, object.";
    DELETE_ATTR = 96, Name, 0, |_| (1, 0), "`del object.name`.";
    STORE_GLOBAL = 97, Name, 0, |_| (1, 0), "Stores a global variable.";
    DELETE_GLOBAL = 98, Name, 0, |_| (0, 0), "Deletes a global variable.";
    SWAP = 99, StackPos, 0, |_| (0, 0), needs |n| n, "Swaps the top with the value at the position.";
    LOAD_CONST = 100, Const, 0, |_| (0, 1), "Pushes a constant.";
    LOAD_NAME = 101, Name, 0, |_| (0, 1), "Looks up locals, globals, builtins.";
    BUILD_TUPLE = 102, Count, 0, |n| (n, 1), "Makes a tuple.";
    BUILD_LIST = 103, Count, 0, |n| (n, 1), "Makes a list.";
    BUILD_SET = 104, Count, 0, |n| (n, 1), "Makes a set.";
    BUILD_MAP = 105, Count, 0, |n| (n.saturating_mul(2), 1), "Makes a dict of that many pairs of key and value.";
    LOAD_ATTR = 106, NameShift1, 1, |n| (1, 1 + (n & 1)), "`object.name`; with the flag pushes [function, self] or [attribute, NULL] for a call.";
    COMPARE_OP = 107, Compare, 1, |_| (2, 1), "A rich comparison.";
    IMPORT_NAME = 108, Name, 0, |_| (2, 1), "Imports a module; stack: level, fromlist.";
    IMPORT_FROM = 109, Name, 0, |_| (1, 2), "Pushes the module's attribute (or submodule), keeping the module.";
    JUMP_FORWARD = 110, Jump, 0, |_| (0, 0), "Jumps to a later instruction.";
    POP_JUMP_IF_FALSE = 114, Jump, 0, |_| (1, 0), "Jumps forward if the popped value is false.";
    POP_JUMP_IF_TRUE = 115, Jump, 0, |_| (1, 0), "Jumps forward if the popped value is true.";
    LOAD_GLOBAL = 116, NameShift1, 1, |n| (0, 1 + (n & 1)), "Looks up globals, builtins; with the flag pushes a NULL above for a call.";
    IS_OP = 117, Invert, 0, |_| (2, 1), "`a is b`, `a is not b`.";
    CONTAINS_OP = 118, Invert, 1, |_| (2, 1), "`a in b`, `a not in b`; stack: a, b.";
    RERAISE = 119, Count, 0, |_| (1, 0), needs |n| n.saturating_add(1), "Raises the popped exception again; a non-zero argument: the value that many below is the instruction it came from.";
    COPY = 120, StackPos, 0, |_| (0, 1), needs |n| n, "Pushes a copy of the value at the position.";
    RETURN_CONST = 121, Const, 0, |_| (0, 0), "Returns a constant.";
    BINARY_OP = 122, BinaryOp, 1, |_| (2, 1), "A binary or in-place operator.";
    SEND = 123, Jump, 1, |_| (2, 2), "Stack: receiver, value; replaces the value by `receiver.send(value)`; on return goes to the target with the returned value instead.";
    LOAD_FAST = 124, Local, 0, |_| (0, 1), "Pushes a local variable known to be bound.";
    STORE_FAST = 125, Local, 0, |_| (1, 0), "Stores a local variable; the value may be NULL when it restores what `LOAD_FAST_AND_CLEAR` saved.";
    DELETE_FAST = 126, Local, 0, |_| (0, 0), "Unbinds a local variable; UnboundLocalError if it is not bound.";
    LOAD_FAST_CHECK = 127, Local, 0, |_| (0, 1), "Pushes a local variable; UnboundLocalError if it is not bound.";
    POP_JUMP_IF_NOT_NONE = 128, Jump, 0, |_| (1, 0), "Jumps forward if the popped value is not None.";
    POP_JUMP_IF_NONE = 129, Jump, 0, |_| (1, 0), "Jumps forward if the popped value is None.";
    RAISE_VARARGS = 130, Count, 0, |n| (n, 0), "0: raise again what is handled; 1: `raise a`; 2: `raise a from b`.";
    GET_AWAITABLE = 131, Flags, 0, |_| (1, 1), "The iterator of an awaitable; 1: it came from `__aenter__`, 2: from `__aexit__` (for the message).";
    MAKE_FUNCTION = 132, Flags, 0, |n| (1 + (n & 0xF).count_ones(), 1), "Makes a function of the code object on top and, below it, from the bottom: 1 defaults, 2 keyword defaults, 4 annotations (flat tuple), 8 closure.";
    BUILD_SLICE = 133, Count, 0, |n| (n, 1), "Makes a slice of 2 or 3 values.";
    JUMP_BACKWARD_NO_INTERRUPT = 134, Jump, 0, |_| (0, 0), "Jumps to an earlier instruction without looking at signals.";
    MAKE_CELL = 135, Deref, 0, |_| (0, 0), "Puts the variable's value, if any, into a new cell.";
    LOAD_CLOSURE = 136, Deref, 0, |_| (0, 1), "Pushes the cell itself.";
    LOAD_DEREF = 137, Deref, 0, |_| (0, 1), "Pushes a cell's value; NameError or UnboundLocalError if it is empty.";
    STORE_DEREF = 138, Deref, 0, |_| (1, 0), "Stores into a cell.";
    DELETE_DEREF = 139, Deref, 0, |_| (0, 0), "Empties a cell; an error if it is empty already.";
    JUMP_BACKWARD = 140, Jump, 0, |_| (0, 0), "Jumps to an earlier instruction and looks at signals, pending collections and the like.";
    LOAD_SUPER_ATTR = 141, NameShift2, 1, |n| (3, 1 + (n & 1)), "Stack: `super`, class, self; `super(class, self).name`. Flag 1: push [function, self] or [attribute, NULL]; flag 2: the source called `super` with two arguments.";
    CALL_FUNCTION_EX = 142, Flags, 0, |n| (3 + (n & 1), 1), "Stack: callable, NULL, iterable of arguments and, with flag 1, a mapping.";
    LOAD_FAST_AND_CLEAR = 143, Local, 0, |_| (0, 1), "Pushes a local variable, NULL if it is not bound, and unbinds it.";
    LIST_APPEND = 145, StackPos, 0, |_| (1, 0), needs |n| n.saturating_add(1), "Appends the popped value to the list at the position (counted after the pop).";
    SET_ADD = 146, StackPos, 0, |_| (1, 0), needs |n| n.saturating_add(1), "Adds the popped value to the set at the position.";
    MAP_ADD = 147, StackPos, 0, |_| (2, 0), needs |n| n.saturating_add(2), "Pops a value and a key and stores them in the dict at the position.";
    COPY_FREE_VARS = 149, Count, 0, |_| (0, 0), "Copies that many cells of the function's closure into the frame.";
    YIELD_VALUE = 150, Count, 0, |_| (1, 1), "Yields the top; the sent value replaces it. The argument is the number of enclosing exception handlers.";
    RESUME = 151, Flags, 0, |_| (0, 0), "Start of a function (0), or where one goes on after `yield` (1), `yield from` (2), `await` (3).";
    MATCH_CLASS = 152, Count, 0, |_| (3, 1), "Stack: subject, class, tuple of names; that many positional patterns; gives a tuple of attributes or None.";
    FORMAT_VALUE = 155, Flags, 0, |n| (1 + (n >> 2 & 1), 1), "Formats for an f-string: low bits 0 none, 1 str, 2 repr, 3 ascii; 4: a format specification is on top.";
    BUILD_CONST_KEY_MAP = 156, Count, 0, |n| (n.saturating_add(1), 1), "Makes a dict of that many values below a tuple of keys.";
    BUILD_STRING = 157, Count, 0, |n| (n, 1), "Joins that many strings.";
    LIST_EXTEND = 162, StackPos, 0, |_| (1, 0), needs |n| n.saturating_add(1), "Extends the list at the position by the popped iterable.";
    SET_UPDATE = 163, StackPos, 0, |_| (1, 0), needs |n| n.saturating_add(1), "Updates the set at the position from the popped iterable.";
    DICT_MERGE = 164, StackPos, 0, |_| (1, 0), needs |n| n.saturating_add(4), "As `DICT_UPDATE`, but a repeated key is a TypeError about the callable three below the dict.";
    DICT_UPDATE = 165, StackPos, 0, |_| (1, 0), needs |n| n.saturating_add(1), "Updates the dict at the position from the popped mapping.";
    CALL = 171, Count, 1, |n| (n.saturating_add(2), 1), "Calls; stack: callable, self or NULL, arguments.";
    CALL_KW = 172, Count, 1, |n| (n.saturating_add(3), 1), "Calls with a constant tuple of keyword names on top of the arguments, which it counts all.";
    CALL_INTRINSIC_1 = 173, Intrinsic1, 0, |_| (1, 1), "Calls an internal function of one argument.";
    CALL_INTRINSIC_2 = 174, Intrinsic2, 0, |_| (2, 1), "Calls an internal function of two arguments.";
    LOAD_FROM_DICT_OR_GLOBALS = 175, Name, 0, |_| (1, 1), "Looks up the popped mapping, then globals, builtins.";
    LOAD_FROM_DICT_OR_DEREF = 176, Deref, 0, |_| (1, 1), "Looks up the popped mapping, then the cell.";
}

impl Opcode {
    /// True if the argument is the index of an instruction.
    pub const fn is_jump(self) -> bool {
        matches!(self.operand(), Operand::Jump)
    }

    /// True if the instruction after it is never reached from it.
    pub const fn ends_block(self) -> bool {
        matches!(
            self,
            Opcode::RETURN_VALUE
                | Opcode::RETURN_CONST
                | Opcode::RAISE_VARARGS
                | Opcode::RERAISE
                | Opcode::JUMP_FORWARD
                | Opcode::JUMP_BACKWARD
                | Opcode::JUMP_BACKWARD_NO_INTERRUPT
        )
    }

    /// True if its jump goes to an earlier instruction; every other jump goes forward.
    pub const fn jumps_backward(self) -> bool {
        matches!(
            self,
            Opcode::JUMP_BACKWARD | Opcode::JUMP_BACKWARD_NO_INTERRUPT
        )
    }
}

/// Operators of `COMPARE_OP`.
pub const COMPARE_OPS: [&str; 6] = ["<", "<=", "==", "!=", ">", ">="];

/// Operators of `BINARY_OP`; the in-place forms follow at [`INPLACE`].
pub const BINARY_OPS: [&str; 26] = [
    "+", "&", "//", "<<", "@", "*", "%", "|", "**", ">>", "-", "/", "^", "+=", "&=", "//=", "<<=",
    "@=", "*=", "%=", "|=", "**=", ">>=", "-=", "/=", "^=",
];

/// What is added to a `BINARY_OP` argument for the in-place form.
pub const INPLACE: u32 = 13;

/// The arguments of `BINARY_OP`.
pub mod nb {
    pub const ADD: u32 = 0;
    pub const AND: u32 = 1;
    pub const FLOOR_DIVIDE: u32 = 2;
    pub const LSHIFT: u32 = 3;
    pub const MATRIX_MULTIPLY: u32 = 4;
    pub const MULTIPLY: u32 = 5;
    pub const REMAINDER: u32 = 6;
    pub const OR: u32 = 7;
    pub const POWER: u32 = 8;
    pub const RSHIFT: u32 = 9;
    pub const SUBTRACT: u32 = 10;
    pub const TRUE_DIVIDE: u32 = 11;
    pub const XOR: u32 = 12;
}

/// The arguments of `COMPARE_OP`.
pub mod compare {
    pub const LT: u32 = 0;
    pub const LE: u32 = 1;
    pub const EQ: u32 = 2;
    pub const NE: u32 = 3;
    pub const GT: u32 = 4;
    pub const GE: u32 = 5;
}

/// The arguments of `CALL_INTRINSIC_1`.
pub mod intrinsic1 {
    /// Prints the value of an expression statement at a prompt (`sys.displayhook`).
    pub const PRINT: u32 = 1;
    /// `from module import *`.
    pub const IMPORT_STAR: u32 = 2;
    /// Turns a StopIteration that leaves a generator into a RuntimeError.
    pub const STOPITERATION_ERROR: u32 = 3;
    /// Wraps a value that an asynchronous generator yields.
    pub const ASYNC_GEN_WRAP: u32 = 4;
    /// `+a`.
    pub const UNARY_POSITIVE: u32 = 5;
    /// `tuple(list)`.
    pub const LIST_TO_TUPLE: u32 = 6;
    /// `TypeVar(name)`.
    pub const TYPEVAR: u32 = 7;
    /// `ParamSpec(name)`.
    pub const PARAMSPEC: u32 = 8;
    /// `TypeVarTuple(name)`.
    pub const TYPEVARTUPLE: u32 = 9;
    /// `typing.Generic[params]`.
    pub const SUBSCRIPT_GENERIC: u32 = 10;
    /// A `TypeAliasType` of (name, type parameters or None, function that gives the value).
    pub const TYPEALIAS: u32 = 11;
}

/// The arguments of `CALL_INTRINSIC_2`.
pub mod intrinsic2 {
    /// Stack: the original exception group, the list of what the `except*` blocks left or raised;
    /// gives what is to be raised, or None.
    pub const PREP_RERAISE_STAR: u32 = 1;
    /// `TypeVar(name, bound=function())`, evaluated on demand.
    pub const TYPEVAR_WITH_BOUND: u32 = 2;
    /// `TypeVar(name, *function())`, evaluated on demand.
    pub const TYPEVAR_WITH_CONSTRAINTS: u32 = 3;
    /// Stack: function, type parameters; sets `__type_params__` and gives the function.
    pub const SET_FUNCTION_TYPE_PARAMS: u32 = 4;
}

/// The names of `CALL_INTRINSIC_1` arguments.
pub const INTRINSICS_1: [&str; 12] = [
    "INTRINSIC_1_INVALID",
    "INTRINSIC_PRINT",
    "INTRINSIC_IMPORT_STAR",
    "INTRINSIC_STOPITERATION_ERROR",
    "INTRINSIC_ASYNC_GEN_WRAP",
    "INTRINSIC_UNARY_POSITIVE",
    "INTRINSIC_LIST_TO_TUPLE",
    "INTRINSIC_TYPEVAR",
    "INTRINSIC_PARAMSPEC",
    "INTRINSIC_TYPEVARTUPLE",
    "INTRINSIC_SUBSCRIPT_GENERIC",
    "INTRINSIC_TYPEALIAS",
];

/// The names of `CALL_INTRINSIC_2` arguments.
pub const INTRINSICS_2: [&str; 5] = [
    "INTRINSIC_2_INVALID",
    "INTRINSIC_PREP_RERAISE_STAR",
    "INTRINSIC_TYPEVAR_WITH_BOUND",
    "INTRINSIC_TYPEVAR_WITH_CONSTRAINTS",
    "INTRINSIC_SET_FUNCTION_TYPE_PARAMS",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_unique_and_round_trip() {
        for pair in Opcode::ALL.windows(2) {
            assert!(
                pair[0] < pair[1],
                "{:?} and {:?} are out of order",
                pair[0],
                pair[1]
            );
        }
        for &op in Opcode::ALL {
            assert_eq!(Opcode::from_number(op as u8), Some(op));
        }
    }

    #[test]
    fn effects_follow_the_argument() {
        assert_eq!(
            Opcode::CALL.effect(3),
            Effect {
                needs: 5,
                pops: 5,
                pushes: 1
            }
        );
        assert_eq!(Opcode::LOAD_ATTR.effect(5).pushes, 2);
        assert_eq!(
            Opcode::COPY.effect(3),
            Effect {
                needs: 3,
                pops: 0,
                pushes: 1
            }
        );
        assert_eq!(Opcode::UNPACK_EX.effect(0x0102).pushes, 4);
    }
}
