//! From the lexer's tokens to the parser's: decides the soft keywords, puts line ends where the
//! grammar wants them, and refuses trees that would be too deep for recursive passes.

use super::builder::Failure;
use super::depth::Depth;
use crate::Mode;
use crate::token::{Tok, Token};
use std::cell::Cell;

/// The parser's input.
pub(super) struct Feed<'t> {
    text: &'t str,
    tokens: &'t [Token],
    /// The token that was read last.
    last: &'t Cell<Option<Token>>,
    at: usize,
    /// The token that chooses the mode, until it has been read.
    mode: Option<Mode>,
    /// The end of the last token that is no line end or indentation.
    end: u32,
    previous: Tok,
    /// For each open block whether it is that of a match statement.
    blocks: Vec<bool>,
    /// A match statement's header has been read, but not its block.
    match_header: bool,
    depth: Depth,
}

impl<'t> Feed<'t> {
    pub(super) fn new(
        text: &'t str,
        tokens: &'t [Token],
        mode: Mode,
        last: &'t Cell<Option<Token>>,
    ) -> Self {
        Feed {
            text,
            tokens,
            last,
            at: 0,
            mode: Some(mode),
            end: 0,
            previous: Tok::Newline,
            blocks: Vec::new(),
            match_header: false,
            depth: Depth::default(),
        }
    }

    fn text_of(&self, token: Token) -> &'t str {
        &self.text[token.start as usize..token.end as usize]
    }

    /// A name at the start of a statement may be a soft keyword.
    fn soft_keyword(&mut self, token: Token) -> Tok {
        let line_start = matches!(self.previous, Tok::Newline | Tok::Indent | Tok::Dedent);
        match self.text_of(token) {
            "match" if line_start && self.begins_match() => {
                self.match_header = true;
                Tok::Match
            }
            "case" if line_start && self.blocks.last() == Some(&true) => {
                self.depth.case();
                Tok::Case
            }
            "type"
                if self.peek_is(self.at, Tok::Name)
                    && (self.peek_is(self.at + 1, Tok::Equal)
                        || self.peek_is(self.at + 1, Tok::LSqb)) =>
            {
                Tok::Type
            }
            _ => Tok::Name,
        }
    }

    fn peek_is(&self, at: usize, kind: Tok) -> bool {
        self.tokens.get(at).is_some_and(|t| t.kind == kind)
    }

    /// Nothing but a match statement has a line that begins with `match`, ends with a colon and
    /// is followed by a block that begins with `case`.
    fn begins_match(&self) -> bool {
        let rest = &self.tokens[self.at..];
        let Some(line) = rest.iter().position(|t| t.kind == Tok::Newline) else {
            return false;
        };
        line >= 2
            && rest[line - 1].kind == Tok::Colon
            && self.peek_is(self.at + line + 1, Tok::Indent)
            && rest
                .get(line + 2)
                .is_some_and(|t| t.kind == Tok::Name && self.text_of(*t) == "case")
    }
}

impl Iterator for Feed<'_> {
    type Item = Result<(u32, Tok, u32), Failure>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(mode) = self.mode.take() {
            let tok = match mode {
                Mode::Exec => Tok::StartModule,
                Mode::Single => Tok::StartInteractive,
                Mode::Eval => Tok::StartExpression,
                Mode::FuncType => Tok::StartFuncType,
            };
            return Some(Ok((0, tok, 0)));
        }
        let token = *self.tokens.get(self.at)?;
        self.at += 1;
        self.last.set(Some(token));
        let mut kind = token.kind;
        match kind {
            Tok::Newline | Tok::EndMarker => {
                self.depth.line();
                self.previous = kind;
                return Some(Ok((self.end, kind, self.end)));
            }
            Tok::Indent => {
                self.blocks.push(std::mem::take(&mut self.match_header));
                self.depth.indent();
                self.previous = kind;
                return Some(Ok((self.end, kind, self.end)));
            }
            Tok::Dedent => {
                self.blocks.pop();
                self.depth.dedent();
                self.previous = kind;
                return Some(Ok((self.end, kind, self.end)));
            }
            Tok::Name => {
                if matches!(
                    self.previous,
                    Tok::Newline | Tok::Indent | Tok::Dedent | Tok::Semi | Tok::Colon
                ) {
                    kind = self.soft_keyword(token);
                }
            }
            _ => {
                if let Err(error) = self.depth.token(kind, self.previous) {
                    return Some(Err(Failure::Error(error)));
                }
            }
        }
        self.previous = kind;
        self.end = token.end;
        Some(Ok((token.start, kind, token.end)))
    }
}
