//! String literals and the two modes of f-strings: literal text, and replacement fields read by
//! the ordinary rules until the field's own `}`, `:` or `!`.

use super::{LexError, Lexer};
use crate::error::WarningCategory;
use crate::token::Tok;

/// How deep f-strings may nest in each other's fields.
const MAX_FSTRINGS: usize = 150;

/// How deep fields may nest in each other's format specifiers.
const MAX_FIELDS: i32 = 3;

/// An f-string whose end has not been read.
#[derive(Clone, Copy, Debug)]
pub(super) struct FString {
    /// Where its prefix begins.
    start: usize,
    quote: u8,
    /// 1 or 3.
    quotes: usize,
    raw: bool,
    /// Open brackets of any kind, those of its fields included.
    pub(super) depth: i32,
    /// Open fields, less one: -1 in literal text, 0 in a field, 1 in a field of its
    /// specifier.  In literal text a value of 0 or more means a format specifier.
    pub(super) expr_depth: i32,
}

impl Lexer<'_> {
    /// A string or bytes literal whose first quote is before `at`.
    pub(super) fn string(&mut self, start: usize, at: usize) -> Result<(), LexError> {
        let bytes = self.text.as_bytes();
        let quote = bytes[at - 1];
        let triple = bytes.get(at) == Some(&quote) && bytes.get(at + 1) == Some(&quote);
        let end = if triple {
            self.scan_triple(at + 2, quote)
        } else {
            self.scan_single(at, quote)
        };
        match end {
            Ok(end) => {
                self.raw_resume(end);
                self.push(Tok::String, start, end);
                Ok(())
            }
            Err(stop) => {
                if let Some(f) = self.fstrings.last()
                    && f.quote == quote
                    && (f.quotes == 3) == triple
                {
                    return Err(self.error_at(start + 1, "f-string: expecting '}'"));
                }
                Err(self.unterminated(start, stop, triple, ""))
            }
        }
    }

    fn scan_single(&self, mut at: usize, quote: u8) -> Result<usize, usize> {
        let bytes = self.text.as_bytes();
        loop {
            match bytes.get(at) {
                None | Some(b'\n') => return Err(at),
                Some(b'\\') => at += 2,
                Some(b) if *b == quote => return Ok(at + 1),
                Some(_) => at += 1,
            }
        }
    }

    fn scan_triple(&self, mut at: usize, quote: u8) -> Result<usize, usize> {
        let bytes = self.text.as_bytes();
        loop {
            match bytes.get(at) {
                None => return Err(at),
                Some(b'\\') => at += 2,
                Some(b) if *b == quote && bytes[at..].starts_with(&[quote; 3]) => {
                    return Ok(at + 3);
                }
                Some(_) => at += 1,
            }
        }
    }

    fn unterminated(&self, start: usize, stop: usize, triple: bool, f: &str) -> LexError {
        let len = self.text.len();
        let mut last = self.source.position(stop.min(len) as u32).line;
        // The end of the text is no line of its own.
        if stop >= len && last > 1 && self.source.line_text(last).is_empty() {
            last -= 1;
        }
        let kind = if triple { "triple-quoted " } else { "" };
        let msg = format!("unterminated {kind}{f}string literal (detected at line {last})");
        let mut error = self.error_at(start + 1, msg);
        // A module's last line ends with a newline, be it one that the text lacks.
        let more = triple || self.mode != crate::Mode::Exec;
        error.at_end = stop >= len && f.is_empty() && more;
        error
    }

    /// The start of an f-string whose first quote is before `at`.
    pub(super) fn fstring(&mut self, start: usize, at: usize) -> Result<(), LexError> {
        let bytes = self.text.as_bytes();
        let quote = bytes[at - 1];
        let triple = bytes.get(at) == Some(&quote) && bytes.get(at + 1) == Some(&quote);
        let end = if triple { at + 2 } else { at };
        if self.fstrings.len() + 1 >= MAX_FSTRINGS {
            return Err(self.error_at(end, "too many nested f-strings"));
        }
        let raw = bytes[start..at].iter().any(|b| matches!(b, b'r' | b'R'));
        let quotes = if triple { 3 } else { 1 };
        self.fstrings.push(FString {
            start,
            quote,
            quotes,
            raw,
            depth: 0,
            expr_depth: -1,
        });
        self.push(Tok::FStringStart, start, end);
        self.fstring_text(end)
    }

    /// Reads literal text from `at` to the next field or the end of the f-string (or, in a
    /// format specifier, of the field).
    pub(super) fn fstring_text(&mut self, at: usize) -> Result<(), LexError> {
        let Some(f) = self.fstrings.last().copied() else {
            return Ok(());
        };
        let bytes = self.text.as_bytes();
        let spec = f.expr_depth >= 0;
        let mut start = at;
        let mut cur = at;
        let mut named_escape = false;
        loop {
            let Some(&b) = bytes.get(cur) else {
                return Err(self.unterminated_fstring(f, cur));
            };
            match b {
                b'\n' if f.quotes == 1 => {
                    if !spec {
                        return Err(self.unterminated_fstring(f, cur));
                    }
                    // The specifier ends with its line; the parser misses the brace.
                    self.push(Tok::FStringMiddle, start, cur);
                    self.raw_resume(cur);
                    return Ok(());
                }
                _ if b == f.quote && bytes[cur..].starts_with(&[b; 3][..f.quotes]) => {
                    if cur > start {
                        self.push(Tok::FStringMiddle, start, cur);
                    }
                    let end = cur + f.quotes;
                    self.push(Tok::FStringEnd, cur, end);
                    self.fstrings.pop();
                    // Its fields were cut short: their brackets stay open.
                    self.raw_resume(end);
                    return Ok(());
                }
                b'{' if bytes.get(cur + 1) == Some(&b'{') && !spec => {
                    cur += 2;
                    self.push(Tok::FStringMiddle, start, cur);
                    start = cur;
                }
                b'{' => {
                    if cur > start {
                        self.push(Tok::FStringMiddle, start, cur);
                    }
                    return self.open_field(cur);
                }
                b'}' if named_escape => {
                    named_escape = false;
                    cur += 1;
                    self.push(Tok::FStringMiddle, start, cur);
                    start = cur;
                }
                b'}' if bytes.get(cur + 1) == Some(&b'}') && !spec => {
                    cur += 2;
                    self.push(Tok::FStringMiddle, start, cur);
                    start = cur;
                }
                b'}' => {
                    // The text of a specifier is a token even if it is empty.
                    if cur > start || spec {
                        self.push(Tok::FStringMiddle, start, cur);
                    }
                    self.raw_resume(cur);
                    return Ok(());
                }
                b'\\' => {
                    cur += 1;
                    match bytes.get(cur) {
                        // The brace still counts; the next round reads it.
                        Some(b'{' | b'}') if f.raw => {}
                        Some(b @ (b'{' | b'}')) => {
                            let msg = format!("invalid escape sequence '\\{}'", *b as char);
                            self.warn(WarningCategory::Syntax, msg, cur, cur);
                        }
                        Some(b'N') if !f.raw => {
                            cur += 1;
                            if bytes.get(cur) == Some(&b'{') {
                                named_escape = true;
                                cur += 1;
                            }
                        }
                        Some(_) => cur += 1,
                        None => {}
                    }
                }
                _ => cur += 1,
            }
        }
    }

    /// The `{` of a replacement field.
    fn open_field(&mut self, at: usize) -> Result<(), LexError> {
        let depth = self.brackets.len();
        if let Some(f) = self.fstrings.last_mut() {
            f.expr_depth += 1;
            if f.expr_depth >= MAX_FIELDS {
                return Err(self.error_at(at, "f-string: expressions nested too deeply"));
            }
            f.depth += 1;
        }
        if depth >= super::MAX_BRACKETS {
            return Err(self.error_at(at + 1, "too many nested parentheses"));
        }
        self.brackets.push(super::Bracket {
            tok: Tok::LBrace,
            offset: at as u32,
        });
        self.push(Tok::LBrace, at, at + 1);
        self.raw_resume(at + 1);
        Ok(())
    }

    fn unterminated_fstring(&self, f: FString, stop: usize) -> LexError {
        self.unterminated(f.start, stop, f.quotes == 3, "f-")
    }
}
