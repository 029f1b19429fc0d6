//! The tokens of Python source text.

use crate::ast::Range;

/// One token: its kind and where it stands.  Its text is the source text of the range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    pub kind: Tok,
    pub start: u32,
    pub end: u32,
}

impl Token {
    /// The token's range.
    pub fn range(self) -> Range {
        Range::new(self.start, self.end)
    }
}

macro_rules! tokens {
    ($( $(#[$doc:meta])* $name:ident = $text:literal ),* $(,)?) => {
        /// The kind of a token.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[repr(u8)]
        pub enum Tok { $( $(#[$doc])* $name ),* }

        impl Tok {
            /// The token's fixed spelling, or the name of its family in capitals.
            pub fn spelling(self) -> &'static str {
                match self { $( Tok::$name => $text ),* }
            }

            /// The kind with this number, in the order of declaration.
            pub(crate) fn from_number(number: u8) -> Option<Tok> {
                const ALL: &[Tok] = &[ $( Tok::$name ),* ];
                ALL.get(usize::from(number)).copied()
            }
        }
    };
}

tokens! {
    /// Identifiers, soft keywords included until the parser's filter has seen them.
    Name = "NAME",
    Int = "INT",
    Float = "FLOAT",
    Imaginary = "IMAGINARY",
    /// A string or bytes literal with its prefix and quotes.
    String = "STRING",
    /// Prefix and opening quotes of an f-string.
    FStringStart = "FSTRING_START",
    /// Literal text of an f-string.
    FStringMiddle = "FSTRING_MIDDLE",
    FStringEnd = "FSTRING_END",
    Newline = "NEWLINE",
    Indent = "INDENT",
    Dedent = "DEDENT",
    EndMarker = "ENDMARKER",
    /// Chooses the mode `exec` in the grammar; never made by the lexer.
    StartModule = "<module>",
    /// Chooses the mode `single`.
    StartInteractive = "<interactive>",
    /// Chooses the mode `eval`.
    StartExpression = "<expression>",
    /// Chooses the mode `func_type`.
    StartFuncType = "<func_type>",
    /// The text of a comment `# type:`, where those are asked for.
    TypeComment = "TYPE_COMMENT",
    LPar = "(",
    RPar = ")",
    LSqb = "[",
    RSqb = "]",
    LBrace = "{",
    RBrace = "}",
    Colon = ":",
    Comma = ",",
    Semi = ";",
    Plus = "+",
    Minus = "-",
    Star = "*",
    Slash = "/",
    VBar = "|",
    Amper = "&",
    Less = "<",
    Greater = ">",
    Equal = "=",
    Dot = ".",
    Percent = "%",
    EqEqual = "==",
    NotEqual = "!=",
    LessEqual = "<=",
    GreaterEqual = ">=",
    Tilde = "~",
    Circumflex = "^",
    LeftShift = "<<",
    RightShift = ">>",
    DoubleStar = "**",
    PlusEqual = "+=",
    MinEqual = "-=",
    StarEqual = "*=",
    SlashEqual = "/=",
    PercentEqual = "%=",
    AmperEqual = "&=",
    VBarEqual = "|=",
    CircumflexEqual = "^=",
    LeftShiftEqual = "<<=",
    RightShiftEqual = ">>=",
    DoubleStarEqual = "**=",
    DoubleSlash = "//",
    DoubleSlashEqual = "//=",
    At = "@",
    AtEqual = "@=",
    RArrow = "->",
    Ellipsis = "...",
    ColonEqual = ":=",
    /// Only inside a replacement field of an f-string.
    Exclamation = "!",
    /// The old inequality sign, which no rule accepts.
    LessGreater = "<>",
    /// A character that belongs to no token.
    Unknown = "UNKNOWN",
    False = "False",
    None = "None",
    True = "True",
    And = "and",
    As = "as",
    Assert = "assert",
    Async = "async",
    Await = "await",
    Break = "break",
    Class = "class",
    Continue = "continue",
    Def = "def",
    Del = "del",
    Elif = "elif",
    Else = "else",
    Except = "except",
    Finally = "finally",
    For = "for",
    From = "from",
    Global = "global",
    If = "if",
    Import = "import",
    In = "in",
    Is = "is",
    Lambda = "lambda",
    Nonlocal = "nonlocal",
    Not = "not",
    Or = "or",
    Pass = "pass",
    Raise = "raise",
    Return = "return",
    Try = "try",
    While = "while",
    With = "with",
    Yield = "yield",
    /// `match` where it begins a match statement.
    Match = "match",
    /// `case` where it begins a case block.
    Case = "case",
    /// `type` where it begins a type alias.
    Type = "type",
}

impl Tok {
    /// True for the reserved words (not for the soft keywords).
    pub fn is_keyword(self) -> bool {
        (Tok::False as u8..=Tok::Yield as u8).contains(&(self as u8))
    }

    /// True for operators and delimiters.
    pub fn is_operator(self) -> bool {
        (Tok::LPar as u8..=Tok::Exclamation as u8).contains(&(self as u8))
    }
}
