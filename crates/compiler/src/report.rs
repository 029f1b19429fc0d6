//! Errors and locations: from byte ranges to what Python shows.

use bytecode::Location;
use syntax::ast::Range;
use syntax::{Source, SyntaxError, SyntaxErrorKind};

/// The result of every pass.
pub type Res<T = ()> = Result<T, Box<SyntaxError>>;

/// How deep the tree may be nested.  The passes recurse natively over expressions; this many
/// levels fit a 16 MB stack even in unoptimised builds.
pub const MAX_DEPTH: u32 = 3000;

/// Makes errors for one source text.
#[derive(Clone, Copy)]
pub struct Reporter<'a> {
    source: &'a Source,
    from_file: bool,
}

impl<'a> Reporter<'a> {
    pub fn new(source: &'a Source, from_file: bool) -> Self {
        Reporter { source, from_file }
    }

    /// The lines and columns of a range.
    pub fn location(&self, range: Range) -> Location {
        let start = self.source.position(range.start);
        let end = self.source.position(range.end);
        Location {
            line: start.line as i32,
            end_line: end.line as i32,
            col: start.column as i32,
            end_col: end.column as i32,
        }
    }

    /// The line of an offset.
    pub fn line(&self, offset: u32) -> u32 {
        self.source.position(offset).line
    }

    /// A `SyntaxError` at a range; like CPython's compiler it counts columns in bytes.
    pub fn error<T>(&self, range: Range, msg: impl Into<String>) -> Res<T> {
        let at = self.location(range);
        self.error_at(at, msg)
    }

    /// A `SyntaxError` at a location.
    pub fn error_at<T>(&self, at: Location, msg: impl Into<String>) -> Res<T> {
        let text = (self.from_file && at.line > 0)
            .then(|| self.source.line_text(at.line as u32).to_owned())
            .filter(|t| !t.is_empty());
        Err(Box::new(SyntaxError {
            kind: SyntaxErrorKind::Syntax,
            msg: msg.into(),
            lineno: at.line,
            offset: at.col + 1,
            end_lineno: at.end_line,
            end_offset: at.end_col + 1,
            text,
        }))
    }
}

/// The error of a tree that is nested too deeply.
pub fn too_deep<T>() -> Res<T> {
    Err(Box::new(SyntaxError::unplaced(
        SyntaxErrorKind::Recursion,
        "maximum recursion depth exceeded during compilation",
    )))
}
