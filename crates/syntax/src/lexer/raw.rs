//! The words of the language as one automaton.  It finds names, keywords, operators and the
//! *beginnings* of numbers and strings; those, indentation and f-strings are read by hand
//! because their errors are reported in CPython's order.

use crate::token::Tok;
use logos::Logos;

/// What the automaton distinguishes.
#[derive(Logos, Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Raw {
    #[regex(r"[ \t\x0C]+")]
    Blank,
    #[regex(r"#[^\n]*", allow_greedy = true)]
    Comment,
    #[token("\n")]
    Newline,
    #[token("\\")]
    Backslash,
    /// A digit, or a point and a digit.
    #[regex(r"\.?[0-9]")]
    Number,
    /// Prefix and first quote of a string or bytes literal.
    #[regex(r#"([uU]|[bB][rR]?|[rR][bB]?)?['"]"#)]
    Quote,
    /// Prefix and first quote of an f-string.
    #[regex(r#"([fF][rR]?|[rR][fF])['"]"#)]
    FQuote,
    #[regex(r"[a-zA-Z_][a-zA-Z0-9_]*", priority = 1)]
    Name,
    /// A name with characters that must be looked up.
    #[regex(
        r"([a-zA-Z_][a-zA-Z0-9_]*)?[\u{80}-\u{10FFFF}][a-zA-Z0-9_\u{80}-\u{10FFFF}]*",
        priority = 0
    )]
    UnicodeName,

    #[token("(", |_| Tok::LPar)]
    #[token("[", |_| Tok::LSqb)]
    #[token("{", |_| Tok::LBrace)]
    Open(Tok),
    #[token(")", |_| Tok::RPar)]
    #[token("]", |_| Tok::RSqb)]
    #[token("}", |_| Tok::RBrace)]
    Close(Tok),

    #[token(":", |_| Tok::Colon)]
    #[token("!", |_| Tok::Exclamation)]
    #[token(":=", |_| Tok::ColonEqual)]
    /// What an f-string may read otherwise.
    Special(Tok),

    #[token(",", |_| Tok::Comma)]
    #[token(";", |_| Tok::Semi)]
    #[token("+", |_| Tok::Plus)]
    #[token("-", |_| Tok::Minus)]
    #[token("*", |_| Tok::Star)]
    #[token("/", |_| Tok::Slash)]
    #[token("|", |_| Tok::VBar)]
    #[token("&", |_| Tok::Amper)]
    #[token("<", |_| Tok::Less)]
    #[token(">", |_| Tok::Greater)]
    #[token("=", |_| Tok::Equal)]
    #[token(".", |_| Tok::Dot)]
    #[token("%", |_| Tok::Percent)]
    #[token("==", |_| Tok::EqEqual)]
    #[token("!=", |_| Tok::NotEqual)]
    #[token("<>", |_| Tok::LessGreater)]
    #[token("<=", |_| Tok::LessEqual)]
    #[token(">=", |_| Tok::GreaterEqual)]
    #[token("~", |_| Tok::Tilde)]
    #[token("^", |_| Tok::Circumflex)]
    #[token("<<", |_| Tok::LeftShift)]
    #[token(">>", |_| Tok::RightShift)]
    #[token("**", |_| Tok::DoubleStar)]
    #[token("+=", |_| Tok::PlusEqual)]
    #[token("-=", |_| Tok::MinEqual)]
    #[token("*=", |_| Tok::StarEqual)]
    #[token("/=", |_| Tok::SlashEqual)]
    #[token("%=", |_| Tok::PercentEqual)]
    #[token("&=", |_| Tok::AmperEqual)]
    #[token("|=", |_| Tok::VBarEqual)]
    #[token("^=", |_| Tok::CircumflexEqual)]
    #[token("<<=", |_| Tok::LeftShiftEqual)]
    #[token(">>=", |_| Tok::RightShiftEqual)]
    #[token("**=", |_| Tok::DoubleStarEqual)]
    #[token("//", |_| Tok::DoubleSlash)]
    #[token("//=", |_| Tok::DoubleSlashEqual)]
    #[token("@", |_| Tok::At)]
    #[token("@=", |_| Tok::AtEqual)]
    #[token("->", |_| Tok::RArrow)]
    #[token("...", |_| Tok::Ellipsis)]
    #[token("False", |_| Tok::False)]
    #[token("None", |_| Tok::None)]
    #[token("True", |_| Tok::True)]
    #[token("and", |_| Tok::And)]
    #[token("as", |_| Tok::As)]
    #[token("assert", |_| Tok::Assert)]
    #[token("async", |_| Tok::Async)]
    #[token("await", |_| Tok::Await)]
    #[token("break", |_| Tok::Break)]
    #[token("class", |_| Tok::Class)]
    #[token("continue", |_| Tok::Continue)]
    #[token("def", |_| Tok::Def)]
    #[token("del", |_| Tok::Del)]
    #[token("elif", |_| Tok::Elif)]
    #[token("else", |_| Tok::Else)]
    #[token("except", |_| Tok::Except)]
    #[token("finally", |_| Tok::Finally)]
    #[token("for", |_| Tok::For)]
    #[token("from", |_| Tok::From)]
    #[token("global", |_| Tok::Global)]
    #[token("if", |_| Tok::If)]
    #[token("import", |_| Tok::Import)]
    #[token("in", |_| Tok::In)]
    #[token("is", |_| Tok::Is)]
    #[token("lambda", |_| Tok::Lambda)]
    #[token("nonlocal", |_| Tok::Nonlocal)]
    #[token("not", |_| Tok::Not)]
    #[token("or", |_| Tok::Or)]
    #[token("pass", |_| Tok::Pass)]
    #[token("raise", |_| Tok::Raise)]
    #[token("return", |_| Tok::Return)]
    #[token("try", |_| Tok::Try)]
    #[token("while", |_| Tok::While)]
    #[token("with", |_| Tok::With)]
    #[token("yield", |_| Tok::Yield)]
    Fixed(Tok),
}
