//! Source text to syntax tree.
//!
//! ```text
//! bytes --decode--> Source --lexer--> tokens --soft keywords--> LALRPOP parser --> ast::Mod
//!                                        \--(only on failure)--> diagnosis --> SyntaxError
//! ```
//!
//! The parser proper knows nothing of error messages.  When it rejects a text, `diagnose` reads
//! the same tokens again with rules that look for the mistakes CPython 3.12 has a message for.
#![forbid(unsafe_code)]

pub mod ast;
mod decode;
mod diagnose;
pub mod dump;
pub mod error;
mod lexer;
mod literal;
mod parser;
pub mod source;
pub mod token;
pub mod tree;

use ast::Mod;
pub use decode::Codec;
pub use error::{SyntaxError, SyntaxErrorKind, SyntaxWarning, WarningCategory, WarningFinder};
pub use source::{LineIndex, Position, Source};

/// What a text is parsed as: the third argument of `compile`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// A module, `exec`.
    Exec,
    /// One expression, `eval`.
    Eval,
    /// One interactive statement, `single`.
    Single,
    /// The type comment of a function, `func_type`.
    FuncType,
}

/// How a text is parsed.
#[derive(Clone, Copy, Debug, Default)]
pub struct ParseOptions {
    /// `PyCF_ALLOW_INCOMPLETE_INPUT`: a text that merely ends too early is rejected with the
    /// message `incomplete input`.
    pub allow_incomplete: bool,
    /// `PyCF_DONT_IMPLY_DEDENT`: a block is not ended by the end of a text that lacks its last
    /// newline.
    pub dont_imply_dedent: bool,
    /// `PyCF_TYPE_COMMENTS`: comments `# type:` belong to the tree.
    pub type_comments: bool,
    /// Syntax that is newer than this minor version of Python 3 is refused.
    pub feature_version: Option<u8>,
    /// How many digits a decimal integer may have; 0 is any number.
    pub int_digits: Option<usize>,
    /// The future `barry_as_FLUFL` (PEP 401) is in force: `<>` stands for `!=`.
    pub barry: bool,
}

impl ParseOptions {
    /// True if the text may use what came with 3.`minor`.
    pub(crate) fn allows(&self, minor: u8) -> bool {
        self.feature_version.is_none_or(|version| version >= minor)
    }
}

/// An accepted text.
#[derive(Clone, Debug)]
pub struct Parsed {
    pub module: Mod,
    /// The comments `# type: ignore`, if type comments were asked for.
    pub type_ignores: Vec<ast::TypeIgnore>,
    /// In the order in which they are to be issued.
    pub warnings: Vec<SyntaxWarning>,
}

/// What a prompt does with the lines typed so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Completeness {
    /// They can be run.
    Complete,
    /// More lines are needed.
    Incomplete,
    /// No further line can repair them.
    Invalid(Box<SyntaxError>),
}

/// Parses a text.
pub fn parse(
    source: &Source,
    mode: Mode,
    options: ParseOptions,
) -> Result<Parsed, Box<SyntaxError>> {
    let mut warnings = Vec::new();
    let (module, type_ignores) = parse_warning(source, mode, options, &mut warnings)?;
    Ok(Parsed {
        module,
        type_ignores,
        warnings,
    })
}

/// Parses a text; of a rejected one, too, the warnings found before the mistake are kept.
pub fn parse_warning(
    source: &Source,
    mode: Mode,
    options: ParseOptions,
    warnings: &mut Vec<SyntaxWarning>,
) -> Result<(Mod, Vec<ast::TypeIgnore>), Box<SyntaxError>> {
    let mut lexed = lexer::lex(source, mode, options);
    let (parsed, found) = parser::parse(source, mode, &lexed);
    warnings.extend(found);
    let reached = match &parsed {
        Ok(_) | Err(parser::Rejection::Final(_)) => u32::MAX,
        Err(parser::Rejection::Unnamed(range)) => range.end,
    };
    let seen = |w: &&SyntaxWarning| w.range.start <= reached;
    warnings.extend(lexed.warnings.iter().filter(seen).cloned());
    warnings.sort_by_key(|w| w.range.start);
    match parsed {
        Ok(module) => {
            if mode == Mode::Single
                && let Some(error) = diagnose::second_statement(source, &lexed)
            {
                return Err(error);
            }
            Ok((module, lexed.type_ignores))
        }
        Err(rejection) => {
            let wrong = match &rejection {
                parser::Rejection::Unnamed(range) => Some(range.start),
                parser::Rejection::Final(_) => None,
            };
            lexed.drop_type_comments(wrong);
            Err(diagnose::diagnose(source, mode, options, &lexed, rejection))
        }
    }
}

/// Decides whether the lines typed at a prompt so far make a whole statement, by the rules of
/// Python's `codeop` module: `text` lacks the newline of its last line.
pub fn completeness(text: &str, mode: Mode) -> Completeness {
    let only_blank = text
        .lines()
        .map(str::trim)
        .all(|l| l.is_empty() || l.starts_with('#'));
    if only_blank && mode != Mode::Eval {
        return Completeness::Complete;
    }
    let options = ParseOptions {
        allow_incomplete: true,
        dont_imply_dedent: true,
        ..ParseOptions::default()
    };
    let attempt = |text: &str| {
        Source::from_text(text)
            .map_err(Box::new)
            .and_then(|s| parse(&s, mode, options))
    };
    let Err(error) = attempt(text) else {
        return Completeness::Complete;
    };
    match attempt(&format!("{text}\n")) {
        Ok(_) => Completeness::Incomplete,
        Err(e) if e.msg == "incomplete input" => Completeness::Incomplete,
        Err(_) => Completeness::Invalid(error),
    }
}

/// True if what was typed at a prompt begins with a compound statement, which an empty line ends.
pub fn is_compound(text: &str) -> bool {
    Source::from_text(text).is_ok_and(|source| {
        let lexed = lexer::lex(
            &source,
            Mode::Single,
            ParseOptions {
                dont_imply_dedent: true,
                ..ParseOptions::default()
            },
        );
        parser::begins_block(&lexed.tokens)
    })
}

/// The texts of the top-level statements of a module; decorators belong to what they decorate.
pub fn statements(text: &str) -> Result<Vec<String>, Box<SyntaxError>> {
    let source = Source::from_text(text).map_err(Box::new)?;
    let parsed = parse(&source, Mode::Exec, ParseOptions::default())?;
    let Mod::Module(body) = parsed.module else {
        return Ok(Vec::new());
    };
    let text = source.text();
    let cut = |statement: &ast::Stmt| {
        let decorators: &[ast::Expr] = match &statement.kind {
            ast::StmtKind::FunctionDef(function) => &function.decorator_list,
            ast::StmtKind::ClassDef(class) => &class.decorator_list,
            _ => &[],
        };
        // Before a decorator's expression stands its @.
        let start = decorators
            .first()
            .and_then(|first| text.get(..first.range.start as usize)?.rfind('@'))
            .unwrap_or(statement.range.start as usize);
        text.get(start..statement.range.end as usize)
            .unwrap_or_default()
            .to_owned()
    };
    Ok(body.iter().map(cut).collect())
}

/// The tokens of a text, with the error that stopped the lexer, if any.
pub fn tokenize(source: &Source) -> (Vec<token::Token>, Option<Box<SyntaxError>>) {
    let lexed = lexer::lex(source, Mode::Exec, ParseOptions::default());
    (lexed.tokens, lexed.error.map(|e| e.error))
}
