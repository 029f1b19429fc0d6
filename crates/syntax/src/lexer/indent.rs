//! Indentation: the beginning of each logical line.

use super::{LexError, Lexer};
use crate::error::SyntaxErrorKind;
use crate::token::Tok;

/// How many blocks may nest, the module included.
const MAX_INDENT: usize = 100;

/// The column of a block, counted with tabs of eight and of one: where both orders agree the
/// indentation is consistent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Indent {
    col: u32,
    alt: u32,
}

impl Lexer<'_> {
    /// Skips blank lines and comments, measures the next line's indentation and emits the
    /// `INDENT` or `DEDENT`s before it.
    pub(super) fn line_start(&mut self) -> Result<(), LexError> {
        let bytes = self.text.as_bytes();
        let mut at = self.raw.span().end;
        let mut here = Indent::default();
        // The indentation before a backslash counts for the line it is joined with.
        let mut joined: Option<u32> = None;
        let mut comment = false;
        loop {
            match bytes.get(at) {
                Some(b' ') => {
                    here.col += 1;
                    here.alt += 1;
                }
                Some(b'\t') => {
                    here.col = (here.col / 8 + 1) * 8;
                    here.alt += 1;
                }
                Some(b'\x0C') => here = Indent::default(),
                Some(b'\n') => {
                    here = Indent::default();
                    joined = None;
                    comment = false;
                }
                Some(b'#') => {
                    comment = true;
                    let start = at;
                    while bytes.get(at + 1).is_some_and(|b| *b != b'\n') {
                        at += 1;
                    }
                    if self.type_comment(start, at + 1, true) {
                        // A line of its own, whose indentation means nothing.
                        self.raw_resume(at + 1);
                        return Ok(());
                    }
                }
                Some(b'\\') => {
                    joined = joined.or(Some(here.col)).filter(|col| *col != 0);
                    self.raw_resume(at + 1);
                    self.continuation(at + 1)?;
                    at = self.raw.span().end;
                    continue;
                }
                _ => break,
            }
            at += 1;
        }
        self.raw_resume(at);
        // Without a newline at the end, blanks there are no blank line, but a comment is.
        let blank = self.mode == crate::Mode::Exec || comment;
        if at >= bytes.len() && blank {
            return Ok(());
        }
        if let Some(col) = joined {
            here = Indent { col, alt: col };
        }
        self.indentation(here, at)
    }

    fn indentation(&mut self, here: Indent, at: usize) -> Result<(), LexError> {
        let current = self.indents.last().copied().unwrap_or_default();
        if here.col > current.col {
            if self.indents.len() + 1 >= MAX_INDENT {
                return Err(self.known_location(
                    SyntaxErrorKind::Indentation,
                    at,
                    0,
                    "too many levels of indentation",
                ));
            }
            if here.alt <= current.alt {
                return Err(self.tab_error(at));
            }
            self.indents.push(here);
            self.push(Tok::Indent, self.line_start_of(at) as usize, at);
            return Ok(());
        }
        let mut current = current;
        let mut closed = 0;
        while here.col < current.col {
            self.indents.pop();
            closed += 1;
            current = self.indents.last().copied().unwrap_or_default();
        }
        if here.col != current.col {
            return Err(self.dedent_error(at));
        }
        if here.alt != current.alt {
            return Err(self.tab_error(at));
        }
        for _ in 0..closed {
            self.push(Tok::Dedent, at, at);
        }
        Ok(())
    }

    /// Closes every block at the end of the text.
    pub(super) fn dedent_all(&mut self, at: usize) {
        for _ in 0..self.indents.len() {
            self.push(Tok::Dedent, at, at);
        }
        self.indents.clear();
    }

    fn tab_error(&self, at: usize) -> LexError {
        self.known_location(
            SyntaxErrorKind::Tab,
            at,
            0,
            "inconsistent use of tabs and spaces in indentation",
        )
    }

    fn dedent_error(&self, at: usize) -> LexError {
        let line = self.source.position(at as u32).line;
        let text = self.full_line(line);
        let mut error = self.error_at(at, "unindent does not match any outer indentation level");
        error.raised = false;
        error.error.kind = SyntaxErrorKind::Indentation;
        error.error.offset = text.chars().count() as i32;
        error.error.end_offset = -1;
        error.error.text = Some(text);
        error
    }
}
