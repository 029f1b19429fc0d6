//! Comments `# type:`, which PEP 484 gave a meaning.

use super::{Lexed, Lexer};
use crate::ast::TypeIgnore;
use crate::token::Tok;

/// What a comment says about types.
enum Said<'t> {
    /// `# type: ignore`, and what follows it.
    Ignore(&'t str),
    /// The type, and where its text begins.
    Type(usize),
}

/// Blanks are free on both sides of `type:`; behind `ignore` no word may go on.
fn read(comment: &str) -> Option<Said<'_>> {
    let blank = [' ', '\t'];
    let text = comment.strip_prefix('#')?.trim_start_matches(blank);
    let text = text.strip_prefix("type:")?.trim_start_matches(blank);
    let goes_on = |c: char| !c.is_ascii() || c.is_ascii_alphanumeric();
    match text.strip_prefix("ignore") {
        Some(tag) if !tag.starts_with(goes_on) => Some(Said::Ignore(tag)),
        _ => Some(Said::Type(comment.len() - text.len())),
    }
}

impl Lexer<'_> {
    /// Notes what a comment says about types; true if it became a token.  To the comment of a line of
    /// its own belongs the end of the line.
    pub(super) fn type_comment(&mut self, start: usize, end: usize, own_line: bool) -> bool {
        if !self.type_comments {
            return false;
        }
        match read(&self.text[start..end]) {
            None => false,
            Some(Said::Ignore(tag)) => {
                self.type_ignores.push(TypeIgnore {
                    line: self.source.position(start as u32).line,
                    tag: if own_line {
                        format!("{tag}\n").into()
                    } else {
                        tag.into()
                    },
                });
                false
            }
            Some(Said::Type(at)) => {
                self.push(Tok::TypeComment, start + at, end);
                true
            }
        }
    }
}

impl Lexed {
    /// Takes out the type comments, but for one that is itself wrong, so that the rules that look for
    /// mistakes need not know where such comments may stand.
    pub(crate) fn drop_type_comments(&mut self, wrong: Option<u32>) {
        let is_comment = |kind: Option<Tok>| kind == Some(Tok::TypeComment);
        if !self.tokens.iter().any(|t| is_comment(Some(t.kind))) {
            return;
        }
        let tokens = std::mem::take(&mut self.tokens);
        let mut own_line = false;
        for (i, token) in tokens.iter().enumerate() {
            if token.kind == Tok::TypeComment && Some(token.start) != wrong {
                let before = i.checked_sub(1).map(|i| tokens[i].kind);
                own_line =
                    before.is_none_or(|t| matches!(t, Tok::Newline | Tok::Indent | Tok::Dedent));
            } else if !(own_line && token.kind == Tok::Newline) {
                own_line = false;
                self.tokens.push(*token);
            } else {
                own_line = false;
            }
        }
    }
}
