//! From a rejected text to CPython's error.
//!
//! CPython parses twice: once to find that a text is wrong and how far it can be read, and once
//! more with rules that match known mistakes.  Here the first parse is the LALRPOP parser's;
//! when it fails, [`peg`] reads the statement it failed in by the rules of grammar/errors.peg,
//! both ways, and [`report`] words what it finds.  If it finds nothing, the error is `invalid
//! syntax` at the last token that could be read.  Errors of the lexer in the rest of the text
//! take precedence, as they do in CPython.

mod peg;
mod report;
mod rules;

use crate::ast::Range;
use crate::error::{SyntaxError, SyntaxErrorKind};
use crate::lexer::{Lexed, never_closed};
use crate::parser::Rejection;
use crate::parser::begins_block;
use crate::source::Source;
use crate::token::{Tok, Token};
use crate::{Mode, ParseOptions};
use peg::Peg;

/// A statement of more tokens than this is not read again: the error stays general.
const MAX_TOKENS: usize = 200_000;

/// Finds the error that CPython reports for a rejected text.
pub(crate) fn diagnose(
    source: &Source,
    mode: Mode,
    options: ParseOptions,
    lexed: &Lexed,
    rejection: Rejection,
) -> Box<SyntaxError> {
    let (known, place) = match rejection {
        Rejection::Final(error) if !error.kind.has_position() => return error,
        Rejection::Final(error) => (Some(error), Range::default()),
        Rejection::Unnamed(range) => (None, range),
    };
    if let Some(error) = known {
        return lexer_first(source, mode, lexed, usize::MAX, error);
    }
    let failed = lexed.tokens.partition_point(|t| t.start < place.start);
    let first = statement_start(&lexed.tokens, failed);
    let mut peg = Peg::new(source, mode, lexed, first);
    if failed.saturating_sub(first) > MAX_TOKENS {
        peg.fill = failed.min(peg.tokens.len()) - first;
        return match (&lexed.error, lexed.tokens.get(failed)) {
            (Some(error), _) => error.error.clone(),
            (None, Some(token)) => peg.error_at(token.start, token.end, "invalid syntax"),
            (None, None) => peg.error_here("invalid syntax"),
        };
    }
    let start = match mode {
        Mode::Exec => "file",
        Mode::Single => "interactive",
        Mode::Eval => "eval",
        Mode::FuncType => "func_type",
    };
    let accepted = peg.pass(start, false);
    let last = peg.fill.checked_sub(1).map(|i| peg.tokens[i]);
    if options.allow_incomplete && at_end(source, mode, lexed, &peg, last) {
        return peg.error_here("incomplete input");
    }
    if accepted {
        // Only the parser objects; it knows no name for its reason.
        return peg.error_at(place.start, place.end, "invalid syntax");
    }
    if peg.error.is_none() {
        peg.pass(start, true);
    }
    let read = first + peg.fill;
    match peg.error.take() {
        Some(error) if peg.lexer_failed => error,
        Some(error) => {
            let ended = peg.tokens[..peg.fill]
                .last()
                .is_some_and(|t| t.kind == Tok::EndMarker);
            if ended {
                error
            } else {
                lexer_first(source, mode, lexed, read, error)
            }
        }
        None => general(source, mode, lexed, &peg, last, read),
    }
}

/// The error if a prompt's statement is followed by anything but blanks and comments.
pub(crate) fn second_statement(source: &Source, lexed: &Lexed) -> Option<Box<SyntaxError>> {
    if begins_block(&lexed.tokens) {
        // The grammar has seen to it.
        return None;
    }
    let end = lexed.tokens.iter().position(|t| t.kind == Tok::Newline)?;
    let rest = &lexed.tokens[end + 1..];
    let blank = [Tok::Newline, Tok::Indent, Tok::Dedent, Tok::EndMarker];
    let more = |t: &&Token| !blank.contains(&t.kind);
    if rest.iter().find(more).is_none() && (lexed.error.is_none() || rest.is_empty()) {
        return None;
    }
    let mut peg = Peg::new(source, Mode::Single, lexed, 0);
    peg.fill = end + 1;
    Some(peg.error_here("multiple statements found while compiling a single statement"))
}

/// The error when no rule names the mistake.
fn general(
    source: &Source,
    mode: Mode,
    lexed: &Lexed,
    peg: &Peg<'_>,
    last: Option<Token>,
    read: usize,
) -> Box<SyntaxError> {
    let Some(last) = last else {
        return peg.error_here("invalid syntax");
    };
    let indentation = match last.kind {
        Tok::Indent => Some("unexpected indent"),
        Tok::Dedent => Some("unexpected unindent"),
        _ => None,
    };
    if let Some(msg) = indentation {
        let mut error = peg.error_here(msg);
        error.kind = SyntaxErrorKind::Indentation;
        return error;
    }
    let error = peg.error_at_token(last, "invalid syntax");
    lexer_first(source, mode, lexed, read, error)
}

/// True if the text could go on: CPython's tokenizer has looked for a character behind its end.
fn at_end(source: &Source, mode: Mode, lexed: &Lexed, peg: &Peg<'_>, last: Option<Token>) -> bool {
    if peg.lexer_failed {
        return lexed.error.as_ref().is_some_and(|e| e.at_end);
    }
    let len = source.text().len() as u32;
    last.is_some_and(|token| match token.kind {
        Tok::EndMarker | Tok::Dedent => token.start >= len,
        // A module's last token is a newline, and so it is no other's end that was seen.
        _ if mode == Mode::Exec => false,
        Tok::Newline => token.start >= len && mode == Mode::Single,
        Tok::String | Tok::FStringEnd => false,
        // No operator is longer than these.
        Tok::Ellipsis
        | Tok::DoubleStarEqual
        | Tok::DoubleSlashEqual
        | Tok::LeftShiftEqual
        | Tok::RightShiftEqual => false,
        _ => token.end >= len,
    })
}

/// An error of the lexer behind the parser's comes first, and so does a bracket that was left
/// open on an earlier line.
fn lexer_first(
    source: &Source,
    mode: Mode,
    lexed: &Lexed,
    read: usize,
    error: Box<SyntaxError>,
) -> Box<SyntaxError> {
    let Some(lex) = &lexed.error else {
        return error;
    };
    if lex.raised {
        return lex.error.clone();
    }
    let Some(open) = lexed.open else { return error };
    let line = match lexed.tokens.get(read.wrapping_sub(1)) {
        Some(token) => source.position(token.start).line as i32,
        None => error.lineno,
    };
    if line > source.position(open.offset).line as i32 {
        return never_closed(source, mode, &lexed.tokens, open).error;
    }
    error
}

/// The first token of the top-level statement in which the parser failed at token `failed`.
fn statement_start(tokens: &[Token], failed: usize) -> usize {
    let mut depth = 0u32;
    let mut start = 0;
    let mut decorated = false;
    let mut line_start = true;
    for (i, token) in tokens.iter().enumerate().take(failed) {
        match token.kind {
            Tok::Newline => line_start = true,
            Tok::Indent => depth += 1,
            Tok::Dedent => depth = depth.saturating_sub(1),
            kind => {
                let continues = matches!(kind, Tok::Elif | Tok::Else | Tok::Except | Tok::Finally);
                if line_start && depth == 0 && !continues && !decorated {
                    start = i;
                }
                if line_start && depth == 0 {
                    decorated = kind == Tok::At;
                }
                line_start = false;
            }
        }
    }
    start
}
