//! The text that an error shows: what CPython's tokenizer holds in its buffer.

use crate::Mode;
use crate::source::Source;
use crate::token::{Tok, Token};

/// A line with the newline that CPython adds to a module's last line.
pub(crate) fn full_line(source: &Source, mode: Mode, line: u32) -> String {
    let mut text = source.line_text(line).to_owned();
    if mode == Mode::Exec && !text.ends_with('\n') {
        text.push('\n');
    }
    text
}

/// The line being read, together with those before it that a token or a backslash joins to it.
pub(crate) fn buffered_line(source: &Source, mode: Mode, tokens: &[Token], line: u32) -> String {
    let first = first_line(source, tokens, line);
    let mut text: String = (first..line).map(|l| source.line_text(l)).collect();
    text.push_str(&full_line(source, mode, line));
    text
}

fn first_line(source: &Source, tokens: &[Token], line: u32) -> u32 {
    let mut first = line;
    // May lie above `first`: lines with nothing but a backslash join only what is joined to them.
    let mut at = line;
    loop {
        let start = source.lines().line_start(at);
        let before = tokens.partition_point(|t| t.start < start).checked_sub(1);
        let before = before.map(|i| tokens[i]);
        if let Some(token) = before
            && token.end >= start
        {
            if token.kind == Tok::Newline {
                return first;
            }
            at = source.position(token.start).line;
            first = at;
            continue;
        }
        if at <= 1 || !source.line_text(at - 1).ends_with("\\\n") {
            return first;
        }
        at -= 1;
        // A backslash among the blanks that begin a statement joins nothing.
        let start = source.lines().line_start(at);
        if before.is_some_and(|t| t.start >= start && t.kind != Tok::Dedent) {
            first = at;
        }
    }
}
