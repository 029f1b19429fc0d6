//! What a rejected source text is reported as: the fields of Python's `SyntaxError`.

use crate::Mode;
use crate::ast::Range;
use crate::lexer::full_line;
use crate::source::Source;

/// The exception that a syntax error is raised as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SyntaxErrorKind {
    /// `SyntaxError`.
    Syntax,
    /// `IndentationError`.
    Indentation,
    /// `TabError`.
    Tab,
    /// `MemoryError`: the text is nested too deeply for the parser.
    Memory,
    /// `RecursionError`: the tree is too deep for the passes that follow.
    Recursion,
}

impl SyntaxErrorKind {
    /// The name of the exception class.
    pub fn class_name(self) -> &'static str {
        match self {
            SyntaxErrorKind::Syntax => "SyntaxError",
            SyntaxErrorKind::Indentation => "IndentationError",
            SyntaxErrorKind::Tab => "TabError",
            SyntaxErrorKind::Memory => "MemoryError",
            SyntaxErrorKind::Recursion => "RecursionError",
        }
    }

    /// True if the exception has the attributes of `SyntaxError` (position and text).
    pub fn has_position(self) -> bool {
        !matches!(self, SyntaxErrorKind::Memory | SyntaxErrorKind::Recursion)
    }
}

/// A rejected source text.  The numbers are what `SyntaxError.lineno`, `offset`, … show:
/// lines count from 1, offsets count characters from 1; an `offset` of 0 or -1 is CPython's
/// way to say that the place is not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    pub kind: SyntaxErrorKind,
    pub msg: String,
    pub lineno: i32,
    pub offset: i32,
    pub end_lineno: i32,
    pub end_offset: i32,
    /// The source line, usually with its newline; `None` where CPython gives `None`.
    pub text: Option<String>,
}

impl SyntaxError {
    /// The `end_offset` of an error of which CPython knows where it begins only: None.
    pub const NO_OFFSET: i32 = i32::MIN;

    /// An error without a place.
    pub fn unplaced(kind: SyntaxErrorKind, msg: impl Into<String>) -> Self {
        SyntaxError {
            kind,
            msg: msg.into(),
            lineno: 0,
            offset: 0,
            end_lineno: 0,
            end_offset: 0,
            text: None,
        }
    }
}

/// An offset as CPython counts it: the characters of `text`, the line (or lines) shown, up to and
/// including the one at a byte column; columns behind the text count as the place after it.
pub(crate) fn char_offset(text: &str, column: u32) -> i32 {
    let column = column as usize;
    let bytes = text.as_bytes();
    let shown = &bytes[..(column + 1).min(bytes.len())];
    let chars = shown.iter().filter(|b| **b & 0xC0 != 0x80).count();
    chars as i32 + i32::from(column >= bytes.len())
}

impl std::fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.kind.class_name(), self.msg)?;
        if self.kind.has_position() {
            write!(f, " ({}:{}-{}:", self.lineno, self.offset, self.end_lineno)?;
            match self.end_offset {
                SyntaxError::NO_OFFSET => write!(f, "None)")?,
                offset => write!(f, "{offset})")?,
            }
        }
        Ok(())
    }
}

impl std::error::Error for SyntaxError {}

/// The category of a warning found while parsing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WarningCategory {
    Syntax,
    Deprecation,
}

/// Something that is accepted but suspicious, such as the escape `\d`.  When a filter turns it
/// into an error, that is a `SyntaxError` with the same message at `range`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxWarning {
    pub category: WarningCategory,
    pub msg: String,
    /// The line the warning is attributed to.
    pub lineno: u32,
    pub range: Range,
    pub finder: WarningFinder,
}

/// Who found a warning; it decides what line of text an error made of it shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WarningFinder {
    /// The line without its newline.
    Lexer,
    /// The line as it was read, with its newline.
    Parser,
    /// The line of the file, if there is one.
    Compiler,
    /// None: what the compiler computed in advance is attributed to the code that runs, and an
    /// error only leaves it to be computed then.
    Folding,
}

impl SyntaxWarning {
    /// The error that a filter makes of the warning.
    pub fn into_error(self, source: &Source, mode: Mode, from_file: bool) -> SyntaxError {
        let start = source.position(self.range.start);
        let end = source.position(self.range.end);
        let line = source.line_text(start.line);
        let several_lines = end.line > start.line && self.finder == WarningFinder::Parser;
        let text = match self.finder {
            _ if several_lines => Some(line.trim_end_matches('\n').to_owned()),
            WarningFinder::Lexer => Some(line.trim_end_matches('\n').to_owned()),
            WarningFinder::Parser => Some(full_line(source, mode, start.line)),
            WarningFinder::Compiler => from_file.then(|| line.to_owned()),
            WarningFinder::Folding => None,
        };
        let mut end_column = end.column as i32;
        if let (true, Some(first)) = (several_lines, &text) {
            // The column is looked for in the line that is shown.
            end_column = end_column.min(first.chars().count() as i32);
        }
        SyntaxError {
            kind: SyntaxErrorKind::Syntax,
            msg: self.msg,
            lineno: start.line as i32,
            offset: start.column as i32 + 1,
            end_lineno: end.line as i32,
            end_offset: end_column + 1,
            text,
        }
    }
}
