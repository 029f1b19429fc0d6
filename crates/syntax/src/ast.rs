//! The abstract syntax tree, after the ASDL of Python 3.12's `ast` module.
//!
//! Names and fields are those of the ASDL, so that whoever knows `ast` can read
//! this file and so that the `ast` module maps one to one onto it.  Every node
//! that `ast` gives a position has a [`Range`] of byte offsets into the source;
//! lines and columns are computed from it on demand by [`crate::source`].

/// A half-open range of byte offsets into the source text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Range {
    pub start: u32,
    pub end: u32,
}

impl Range {
    /// The range `start..end`.
    pub const fn new(start: u32, end: u32) -> Self {
        Range { start, end }
    }

    /// The smallest range that covers both.
    pub fn cover(self, other: Range) -> Range {
        Range {
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }
}

/// An identifier, already NFKC-normalised (language reference 2.3).
pub type Identifier = Box<str>;

/// An identifier and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Name {
    pub id: Identifier,
    pub range: Range,
}

/// The text behind `# type:` (PEP 484).
pub type TypeComment = Box<str>;

/// A comment `# type: ignore`: its line, and the text behind `ignore`.
#[derive(Clone, Debug, PartialEq)]
pub struct TypeIgnore {
    pub line: u32,
    pub tag: Box<str>,
}

/// What a source text is parsed as: `compile`'s four modes.
#[derive(Clone, Debug, PartialEq)]
pub enum Mod {
    /// A file, `exec`.
    Module(Vec<Stmt>),
    /// The type comment of a function, `func_type`.
    FunctionType {
        argtypes: Vec<Expr>,
        returns: Box<Expr>,
    },
    /// One statement typed at a prompt, `single`.
    Interactive(Vec<Stmt>),
    /// One expression, `eval`.
    Expression(Box<Expr>),
}

#[derive(Clone, Debug, PartialEq)]
pub struct Stmt {
    pub kind: StmtKind,
    pub range: Range,
}

#[derive(Clone, Debug, PartialEq)]
pub enum StmtKind {
    FunctionDef(Box<FunctionDef>),
    ClassDef(Box<ClassDef>),
    Return {
        value: Option<Box<Expr>>,
    },
    Delete {
        targets: Vec<Expr>,
    },
    Assign {
        targets: Vec<Expr>,
        value: Box<Expr>,
        type_comment: Option<TypeComment>,
    },
    TypeAlias {
        name: Box<Expr>,
        type_params: Vec<TypeParam>,
        value: Box<Expr>,
    },
    AugAssign {
        target: Box<Expr>,
        op: Operator,
        value: Box<Expr>,
    },
    /// `simple`: the target is a name that stands without parentheses.
    AnnAssign {
        target: Box<Expr>,
        annotation: Box<Expr>,
        value: Option<Box<Expr>>,
        simple: bool,
    },
    For {
        target: Box<Expr>,
        iter: Box<Expr>,
        body: Vec<Stmt>,
        orelse: Vec<Stmt>,
        is_async: bool,
        type_comment: Option<TypeComment>,
    },
    While {
        test: Box<Expr>,
        body: Vec<Stmt>,
        orelse: Vec<Stmt>,
    },
    If {
        test: Box<Expr>,
        body: Vec<Stmt>,
        orelse: Vec<Stmt>,
    },
    With {
        items: Vec<WithItem>,
        body: Vec<Stmt>,
        is_async: bool,
        type_comment: Option<TypeComment>,
    },
    Match {
        subject: Box<Expr>,
        cases: Vec<MatchCase>,
    },
    Raise {
        exc: Option<Box<Expr>>,
        cause: Option<Box<Expr>>,
    },
    /// `is_star`: the handlers are `except*` (PEP 654).
    Try {
        body: Vec<Stmt>,
        handlers: Vec<ExceptHandler>,
        orelse: Vec<Stmt>,
        finalbody: Vec<Stmt>,
        is_star: bool,
    },
    Assert {
        test: Box<Expr>,
        msg: Option<Box<Expr>>,
    },
    Import {
        names: Vec<Alias>,
    },
    /// `level` counts the leading dots.
    ImportFrom {
        module: Option<Name>,
        names: Vec<Alias>,
        level: u32,
    },
    Global {
        names: Vec<Name>,
    },
    Nonlocal {
        names: Vec<Name>,
    },
    Expr {
        value: Box<Expr>,
    },
    Pass,
    Break,
    Continue,
}

/// A `def` or `async def`.  The statement's range starts at `def`/`async`, not at a decorator.
#[derive(Clone, Debug, PartialEq)]
pub struct FunctionDef {
    pub name: Name,
    pub args: Arguments,
    pub body: Vec<Stmt>,
    pub decorator_list: Vec<Expr>,
    pub returns: Option<Box<Expr>>,
    pub type_params: Vec<TypeParam>,
    pub is_async: bool,
    pub type_comment: Option<TypeComment>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct ClassDef {
    pub name: Name,
    pub bases: Vec<Expr>,
    pub keywords: Vec<Keyword>,
    pub body: Vec<Stmt>,
    pub decorator_list: Vec<Expr>,
    pub type_params: Vec<TypeParam>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Expr {
    pub kind: ExprKind,
    pub range: Range,
}

#[derive(Clone, Debug, PartialEq)]
pub enum ExprKind {
    BoolOp {
        op: BoolOp,
        values: Vec<Expr>,
    },
    NamedExpr {
        target: Box<Expr>,
        value: Box<Expr>,
    },
    BinOp {
        left: Box<Expr>,
        op: Operator,
        right: Box<Expr>,
    },
    UnaryOp {
        op: UnaryOp,
        operand: Box<Expr>,
    },
    Lambda {
        args: Box<Arguments>,
        body: Box<Expr>,
    },
    IfExp {
        test: Box<Expr>,
        body: Box<Expr>,
        orelse: Box<Expr>,
    },
    /// A missing key is a `**mapping`.
    Dict {
        keys: Vec<Option<Expr>>,
        values: Vec<Expr>,
    },
    Set {
        elts: Vec<Expr>,
    },
    ListComp {
        elt: Box<Expr>,
        generators: Vec<Comprehension>,
    },
    SetComp {
        elt: Box<Expr>,
        generators: Vec<Comprehension>,
    },
    DictComp {
        key: Box<Expr>,
        value: Box<Expr>,
        generators: Vec<Comprehension>,
    },
    GeneratorExp {
        elt: Box<Expr>,
        generators: Vec<Comprehension>,
    },
    Await {
        value: Box<Expr>,
    },
    Yield {
        value: Option<Box<Expr>>,
    },
    YieldFrom {
        value: Box<Expr>,
    },
    /// `ops[i]` stands before `comparators[i]`.
    Compare {
        left: Box<Expr>,
        ops: Vec<CmpOp>,
        comparators: Vec<Expr>,
    },
    Call {
        func: Box<Expr>,
        args: Vec<Expr>,
        keywords: Vec<Keyword>,
    },
    FormattedValue {
        value: Box<Expr>,
        conversion: Conversion,
        format_spec: Option<Box<Expr>>,
    },
    /// An f-string (adjacent plain strings merged in): `Constant` strings and `FormattedValue`s.
    JoinedStr {
        values: Vec<Expr>,
    },
    Constant(Constant),
    Attribute {
        value: Box<Expr>,
        attr: Name,
        ctx: ExprContext,
    },
    Subscript {
        value: Box<Expr>,
        slice: Box<Expr>,
        ctx: ExprContext,
    },
    Starred {
        value: Box<Expr>,
        ctx: ExprContext,
    },
    Name {
        id: Identifier,
        ctx: ExprContext,
    },
    List {
        elts: Vec<Expr>,
        ctx: ExprContext,
    },
    /// `parenthesized` is not part of `ast`; the checks of targets need it.
    Tuple {
        elts: Vec<Expr>,
        ctx: ExprContext,
        parenthesized: bool,
    },
    Slice {
        lower: Option<Box<Expr>>,
        upper: Option<Box<Expr>>,
        step: Option<Box<Expr>>,
    },
}

/// A literal's value.
#[derive(Clone, Debug, PartialEq)]
pub enum Constant {
    None,
    True,
    False,
    Ellipsis,
    /// An integer that fits a machine word.
    Int(i64),
    /// A larger one: its digits in base 16, lower case, without prefix and underscores.
    BigInt(Box<str>),
    Float(f64),
    /// An imaginary literal: its imaginary part.
    Complex(f64),
    /// `u_prefix`: the literal was written `u"…"` (`ast.Constant.kind`).
    Str {
        value: Wtf8,
        u_prefix: bool,
    },
    Bytes(Box<[u8]>),
}

/// A string that may hold lone surrogates (`"\ud800"`), as generalised UTF-8 (WTF-8).
/// Surrogate *pairs* written as two escapes stay two code points, as in Python, so the
/// bytes are not canonical WTF-8 either: each code point is encoded on its own.
#[derive(Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Wtf8(Vec<u8>);

impl Wtf8 {
    /// An empty string.
    pub const fn new() -> Self {
        Wtf8(Vec::new())
    }

    /// The text, if it holds no surrogate.
    pub fn as_str(&self) -> Option<&str> {
        std::str::from_utf8(&self.0).ok()
    }

    /// The encoded bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// True if it has no code point.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Appends well-formed text.
    pub fn push_str(&mut self, text: &str) {
        self.0.extend_from_slice(text.as_bytes());
    }

    /// Appends another string.
    pub fn push_wtf8(&mut self, other: &Wtf8) {
        self.0.extend_from_slice(&other.0);
    }

    /// Appends one code point, surrogates allowed.  Code points above U+10FFFF are not.
    pub fn push_code_point(&mut self, c: u32) {
        debug_assert!(c <= 0x10_FFFF);
        match char::from_u32(c) {
            Some(ch) => {
                let mut buf = [0; 4];
                self.0
                    .extend_from_slice(ch.encode_utf8(&mut buf).as_bytes());
            }
            None => self.0.extend_from_slice(&[
                0xE0 | (c >> 12) as u8,
                0x80 | (c >> 6 & 0x3F) as u8,
                0x80 | (c & 0x3F) as u8,
            ]),
        }
    }

    /// The code points, surrogates included.
    pub fn code_points(&self) -> impl Iterator<Item = u32> + '_ {
        let bytes = &self.0;
        let mut i = 0;
        std::iter::from_fn(move || {
            let b = *bytes.get(i)?;
            let (len, first) = match b {
                0..=0x7F => (1, u32::from(b)),
                0xC0..=0xDF => (2, u32::from(b & 0x1F)),
                0xE0..=0xEF => (3, u32::from(b & 0x0F)),
                _ => (4, u32::from(b & 0x07)),
            };
            let c = bytes[i + 1..i + len]
                .iter()
                .fold(first, |c, b| c << 6 | u32::from(b & 0x3F));
            i += len;
            Some(c)
        })
    }
}

impl From<&str> for Wtf8 {
    fn from(text: &str) -> Self {
        Wtf8(text.as_bytes().to_vec())
    }
}

impl From<String> for Wtf8 {
    fn from(text: String) -> Self {
        Wtf8(text.into_bytes())
    }
}

impl std::fmt::Debug for Wtf8 {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.as_str() {
            Some(text) => text.fmt(f),
            None => {
                f.write_str("\"")?;
                for c in self.code_points() {
                    match char::from_u32(c) {
                        Some(ch) => write!(f, "{}", ch.escape_debug())?,
                        None => write!(f, "\\u{{{c:x}}}")?,
                    }
                }
                f.write_str("\"")
            }
        }
    }
}

/// How an expression is used; set by the parser when a target is recognised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExprContext {
    Load,
    Store,
    Del,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BoolOp {
    And,
    Or,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operator {
    Add,
    Sub,
    Mult,
    MatMult,
    Div,
    Mod,
    Pow,
    LShift,
    RShift,
    BitOr,
    BitXor,
    BitAnd,
    FloorDiv,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnaryOp {
    Invert,
    Not,
    UAdd,
    USub,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CmpOp {
    Eq,
    NotEq,
    Lt,
    LtE,
    Gt,
    GtE,
    Is,
    IsNot,
    In,
    NotIn,
}

/// The `!r` of a replacement field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conversion {
    None,
    Str,
    Repr,
    Ascii,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Comprehension {
    pub target: Expr,
    pub iter: Expr,
    pub ifs: Vec<Expr>,
    pub is_async: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub struct ExceptHandler {
    pub typ: Option<Box<Expr>>,
    pub name: Option<Name>,
    pub body: Vec<Stmt>,
    pub range: Range,
}

/// A function's parameters.  `defaults` belong to the last of `posonlyargs` + `args`;
/// `kw_defaults[i]` belongs to `kwonlyargs[i]`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Arguments {
    pub posonlyargs: Vec<Arg>,
    pub args: Vec<Arg>,
    pub vararg: Option<Box<Arg>>,
    pub kwonlyargs: Vec<Arg>,
    pub kw_defaults: Vec<Option<Expr>>,
    pub kwarg: Option<Box<Arg>>,
    pub defaults: Vec<Expr>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Arg {
    pub arg: Identifier,
    pub annotation: Option<Box<Expr>>,
    pub range: Range,
    pub type_comment: Option<TypeComment>,
}

/// `name=value`, or `**value` where there is no name.
#[derive(Clone, Debug, PartialEq)]
pub struct Keyword {
    pub arg: Option<Name>,
    pub value: Expr,
    pub range: Range,
}

/// `a.b.c as d` of an import, or `*`.
#[derive(Clone, Debug, PartialEq)]
pub struct Alias {
    pub name: Identifier,
    pub asname: Option<Identifier>,
    pub range: Range,
}

#[derive(Clone, Debug, PartialEq)]
pub struct WithItem {
    pub context_expr: Expr,
    pub optional_vars: Option<Box<Expr>>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct MatchCase {
    pub pattern: Pattern,
    pub guard: Option<Box<Expr>>,
    pub body: Vec<Stmt>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Pattern {
    pub kind: PatternKind,
    pub range: Range,
}

#[derive(Clone, Debug, PartialEq)]
pub enum PatternKind {
    /// A literal or dotted name, compared with `==`.
    MatchValue {
        value: Box<Expr>,
    },
    /// `None`, `True` or `False`, compared with `is`.
    MatchSingleton {
        value: Constant,
    },
    MatchSequence {
        patterns: Vec<Pattern>,
    },
    MatchMapping {
        keys: Vec<Expr>,
        patterns: Vec<Pattern>,
        rest: Option<Name>,
    },
    MatchClass {
        cls: Box<Expr>,
        patterns: Vec<Pattern>,
        kwd_attrs: Vec<Name>,
        kwd_patterns: Vec<Pattern>,
    },
    MatchStar {
        name: Option<Name>,
    },
    /// `pattern as name`; neither: the wildcard `_`; a name alone: a capture.
    MatchAs {
        pattern: Option<Box<Pattern>>,
        name: Option<Name>,
    },
    MatchOr {
        patterns: Vec<Pattern>,
    },
}

/// A PEP 695 type parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct TypeParam {
    pub kind: TypeParamKind,
    pub name: Identifier,
    pub range: Range,
}

#[derive(Clone, Debug, PartialEq)]
pub enum TypeParamKind {
    TypeVar { bound: Option<Box<Expr>> },
    ParamSpec,
    TypeVarTuple,
}
