//! Source text to tokens.
//!
//! [`Lexer`] drives the automaton of [`raw`] and adds what is no regular language: indentation
//! ([`indent`]), brackets, numbers with their errors ([`number`]), strings and the modes of
//! f-strings ([`strings`]).  The whole text is read into one vector before parsing; an error ends
//! the vector and is kept beside it, because a syntax error before it may have to be reported
//! instead.  Every rule here follows the order in which CPython 3.12's tokenizer looks at
//! characters: the order decides which of several errors is reported, and where.

mod buffer;
mod indent;
mod number;
mod raw;
mod strings;
mod type_comments;
mod versions;

use crate::ast::{Range, TypeIgnore};

use crate::error::{SyntaxError, SyntaxErrorKind, SyntaxWarning, WarningCategory, WarningFinder};
use crate::source::Source;
use crate::token::{Tok, Token};
use crate::{Mode, ParseOptions};
pub(crate) use buffer::{buffered_line, full_line};
use logos::Logos as _;
use raw::Raw;
use strings::FString;

/// How deep brackets may nest.
const MAX_BRACKETS: usize = 200;

/// How the lexer stopped early.
#[derive(Clone, Debug)]
pub(crate) struct LexError {
    pub error: Box<SyntaxError>,
    /// The error is only that the text ends: more text could repair it.
    pub at_end: bool,
    /// CPython's tokenizer raises it itself, which makes it win over the parser's errors.
    pub raised: bool,
}

/// An opening bracket that waits for its partner.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bracket {
    pub tok: Tok,
    pub offset: u32,
}

/// What the lexer made of a text.
#[derive(Debug)]
pub(crate) struct Lexed {
    pub tokens: Vec<Token>,
    pub error: Option<LexError>,
    /// The innermost bracket that was open where the lexer stopped.
    pub open: Option<Bracket>,
    pub warnings: Vec<SyntaxWarning>,
    pub options: ParseOptions,
    /// The comments `# type: ignore`, if they were asked for.
    pub type_ignores: Vec<TypeIgnore>,
}

/// Reads a whole text.
pub(crate) fn lex(source: &Source, mode: Mode, options: ParseOptions) -> Lexed {
    let mut lexer = Lexer::new(source, mode, options);
    let mut error = lexer.run().err();
    if !options.allows(7) {
        versions::free_async_words(&mut lexer.tokens);
    }
    if let (Some(error), false) = (&mut error, lexer.fstrings.is_empty()) {
        // Inside an f-string CPython keeps an earlier error of the parser.
        error.raised = false;
    }
    Lexed {
        tokens: lexer.tokens,
        error,
        open: lexer
            .brackets
            .last()
            .copied()
            .filter(|_| lexer.fstrings.is_empty()),
        warnings: lexer.warnings,
        options,
        type_ignores: lexer.type_ignores,
    }
}

pub(crate) struct Lexer<'s> {
    source: &'s Source,
    text: &'s str,
    mode: Mode,
    imply_dedent: bool,
    /// Comments `# type:` are tokens.
    type_comments: bool,
    type_ignores: Vec<TypeIgnore>,
    raw: logos::Lexer<'s, Raw>,
    tokens: Vec<Token>,
    warnings: Vec<SyntaxWarning>,
    indents: Vec<indent::Indent>,
    brackets: Vec<Bracket>,
    fstrings: Vec<FString>,
    /// The last comment.
    comment: std::ops::Range<usize>,
}

impl<'s> Lexer<'s> {
    fn new(source: &'s Source, mode: Mode, options: ParseOptions) -> Self {
        let text = source.text();
        Lexer {
            source,
            text,
            mode,
            imply_dedent: !options.dont_imply_dedent,
            type_comments: options.type_comments,
            type_ignores: Vec::new(),
            raw: Raw::lexer(text),
            tokens: Vec::with_capacity(text.len() / 4 + 16),
            warnings: Vec::new(),
            indents: Vec::new(),
            brackets: Vec::new(),
            fstrings: Vec::new(),
            comment: 0..0,
        }
    }

    fn run(&mut self) -> Result<(), LexError> {
        self.line_start()?;
        while let Some(raw) = self.raw.next() {
            let span = self.raw.span();
            match raw {
                Ok(Raw::Blank) => {}
                Ok(Raw::Comment) => {
                    if !self.type_comment(span.start, span.end, false) {
                        self.comment = span;
                    }
                }
                Ok(Raw::Name) => self.push(Tok::Name, span.start, span.end),
                Ok(Raw::Fixed(tok)) => self.push(tok, span.start, span.end),
                Ok(Raw::Newline) => {
                    if self.brackets.is_empty() {
                        self.newline(span.start, span.end);
                        self.line_start()?;
                    }
                }
                Ok(Raw::Open(tok)) => {
                    if self.brackets.len() >= MAX_BRACKETS {
                        return Err(self.error_at(span.end, "too many nested parentheses"));
                    }
                    self.brackets.push(Bracket {
                        tok,
                        offset: span.start as u32,
                    });
                    if let Some(f) = self.fstrings.last_mut() {
                        f.depth += 1;
                    }
                    self.push(tok, span.start, span.end);
                }
                Ok(Raw::Close(tok)) => self.close(tok, span.start, span.end)?,
                Ok(Raw::Special(tok)) => self.special(tok, span.start)?,
                Ok(Raw::Number) => {
                    let (tok, end) = self.number(span.start)?;
                    self.raw_resume(end);
                    self.push(tok, span.start, end);
                }
                Ok(Raw::Quote) => self.string(span.start, span.end)?,
                Ok(Raw::FQuote) => self.fstring(span.start, span.end)?,
                Ok(Raw::UnicodeName) => {
                    self.check_identifier(span.start, span.end)?;
                    self.push(Tok::Name, span.start, span.end);
                }
                Ok(Raw::Backslash) => self.continuation(span.end)?,
                Err(()) => self.other_character(span.start)?,
            }
        }
        self.finish()
    }

    #[inline]
    fn push(&mut self, kind: Tok, start: usize, end: usize) {
        self.tokens.push(Token {
            kind,
            start: start as u32,
            end: end as u32,
        });
    }

    /// The end of a line; it begins with a comment that stands before it.
    fn newline(&mut self, start: usize, end: usize) {
        let comment = self.comment.end == start && !self.comment.is_empty();
        self.push(
            Tok::Newline,
            if comment { self.comment.start } else { start },
            end,
        );
    }

    /// Continues behind a part that was read by hand.
    fn raw_resume(&mut self, at: usize) {
        let end = self.raw.span().end;
        if at >= end {
            self.raw.bump(at - end);
        } else {
            self.raw = Raw::lexer(self.text);
            self.raw.bump(at);
        }
    }

    fn close(&mut self, tok: Tok, start: usize, end: usize) -> Result<(), LexError> {
        let shown = tok.spelling();
        if let Some(f) = self.fstrings.last()
            && f.depth == 0
            && tok == Tok::RBrace
        {
            return Err(self.error_at(end, "f-string: single '}' is not allowed"));
        }
        let Some(open) = self.brackets.pop() else {
            return Err(self.error_at(end, format!("unmatched '{shown}'")));
        };
        let fits = matches!(
            (open.tok, tok),
            (Tok::LPar, Tok::RPar) | (Tok::LSqb, Tok::RSqb) | (Tok::LBrace, Tok::RBrace)
        );
        if !fits {
            if let Some(f) = self.fstrings.last()
                && open.tok == Tok::LBrace
                && f.depth - 1 == f.expr_depth
            {
                return Err(self.error_at(end, format!("f-string: unmatched '{shown}'")));
            }
            let line = self.source.position(open.offset).line;
            let opening = open.tok.spelling();
            let mut msg = format!(
                "closing parenthesis '{shown}' does not match opening parenthesis '{opening}'"
            );
            if line != self.source.position(start as u32).line {
                msg.push_str(&format!(" on line {line}"));
            }
            return Err(self.error_at(end, msg));
        }
        self.push(tok, start, end);
        if let Some(f) = self.fstrings.last_mut() {
            f.depth -= 1;
            if tok == Tok::RBrace && f.depth == f.expr_depth {
                f.expr_depth -= 1;
                return self.fstring_text(end);
            }
        }
        Ok(())
    }

    /// `:`, `!` and `:=`, which mean something else in a replacement field.
    fn special(&mut self, tok: Tok, start: usize) -> Result<(), LexError> {
        let field = self.fstrings.last().filter(|f| f.expr_depth >= 0);
        match (tok, field) {
            (Tok::Colon | Tok::ColonEqual, Some(f)) if f.depth - 1 == f.expr_depth => {
                self.push(Tok::Colon, start, start + 1);
                self.fstring_text(start + 1)
            }
            // Outside of f-strings the parser rejects a lone `!`.
            (Tok::Exclamation, _) => {
                self.push(tok, start, start + 1);
                Ok(())
            }
            _ => {
                let end = self.raw.span().end;
                self.push(tok, start, end);
                Ok(())
            }
        }
    }

    /// A backslash must be the last character of its line and not of the text.
    fn continuation(&mut self, at: usize) -> Result<(), LexError> {
        let rest = &self.text[at..];
        if rest.is_empty() && self.mode == Mode::Exec || rest == "\n" {
            return Err(self.unexpected_end());
        }
        if !rest.starts_with('\n') {
            let place = self.source.position(at as u32);
            let text = buffered_line(self.source, self.mode, &self.tokens, place.line);
            // The column counts from the beginning of the buffer.
            let earlier = (text.len() - self.full_line(place.line).len()) as u32;
            let column = earlier + place.column - u32::from(rest.is_empty());
            let msg = "unexpected character after line continuation character";
            let mut error = self.known_location(SyntaxErrorKind::Syntax, at, 0, msg);
            error.error.offset = self.source.error_offset(&text, column);
            error.error.text = Some(text);
            return Err(error);
        }
        self.raw_resume(at + 1);
        Ok(())
    }

    fn check_identifier(&self, start: usize, end: usize) -> Result<(), LexError> {
        let text = &self.text[start..end];
        let bad = text.char_indices().find(|(i, c)| {
            if *i == 0 {
                !(*c == '_' || unicode_ident::is_xid_start(*c))
            } else {
                !unicode_ident::is_xid_continue(*c)
            }
        });
        match bad {
            None => Ok(()),
            Some((i, c)) => {
                let offset = start + i + c.len_utf8();
                let msg = if is_printable(c) {
                    format!("invalid character '{c}' (U+{:04X})", c as u32)
                } else {
                    format!("invalid non-printable character U+{:04X}", c as u32)
                };
                Err(self.error_at(offset, msg))
            }
        }
    }

    /// A character that begins no token at all.
    fn other_character(&mut self, start: usize) -> Result<(), LexError> {
        let c = self.text[start..].chars().next().unwrap_or('\0');
        let end = start + c.len_utf8();
        if is_printable(c) {
            self.push(Tok::Unknown, start, end);
            self.raw_resume(end);
            return Ok(());
        }
        Err(self.error_at(
            end,
            format!("invalid non-printable character U+{:04X}", c as u32),
        ))
    }

    /// The end of the text: the newline it may lack, the blocks that it closes.
    fn finish(&mut self) -> Result<(), LexError> {
        let len = self.text.len();
        if !self.brackets.is_empty() {
            return Err(self.unexpected_end());
        }
        let last = self.tokens.last().map(|t| t.kind);
        let open_line = !matches!(last, None | Some(Tok::Newline | Tok::Indent | Tok::Dedent));
        match self.mode {
            Mode::Exec => {
                if open_line {
                    self.newline(len, len);
                }
                self.dedent_all(len);
            }
            Mode::Eval | Mode::FuncType => {}
            Mode::Single => {
                // A prompt's statement ends with a line of its own.
                if last.is_some() {
                    self.push(Tok::Newline, len, len);
                    if self.imply_dedent && !self.indents.is_empty() {
                        self.dedent_all(len);
                        self.push(Tok::Newline, len, len);
                    }
                }
            }
        }
        self.push(Tok::EndMarker, len, len);
        Ok(())
    }

    fn warn(&mut self, category: WarningCategory, msg: String, start: usize, end: usize) {
        self.warnings.push(SyntaxWarning {
            category,
            msg,
            lineno: self.source.position(start as u32).line,
            range: Range::new(start as u32, end as u32),
            finder: WarningFinder::Lexer,
        });
    }

    fn line_start_of(&self, offset: usize) -> u32 {
        let line = self.source.position(offset as u32).line;
        self.source.lines().line_start(line)
    }

    /// An error noticed when the text before `cursor` had been read; its offset is that of the
    /// character before the cursor.
    fn error_at(&self, cursor: usize, msg: impl Into<String>) -> LexError {
        let place = self.source.char_position(cursor as u32);
        self.make_error(place.line, place.column, place.column, msg.into())
    }

    /// An error in one line whose offsets are those of the bytes at `start` and `end`.
    fn error_in_line(&self, start: usize, end: usize, msg: &str) -> LexError {
        let first = self.source.position(start as u32);
        let last = self.source.position(end as u32);
        self.make_error(first.line, first.column + 1, last.column + 1, msg.into())
    }

    fn make_error(&self, line: u32, col: u32, end_col: u32, msg: String) -> LexError {
        let text = self
            .source
            .line_text(line)
            .trim_end_matches('\n')
            .to_owned();
        LexError {
            error: Box::new(SyntaxError {
                kind: SyntaxErrorKind::Syntax,
                msg,
                lineno: line as i32,
                offset: col as i32,
                end_lineno: line as i32,
                end_offset: end_col as i32,
                text: Some(text),
            }),
            at_end: false,
            raised: true,
        }
    }

    /// An error of the tokenizer that CPython's parser words: no end, text with its newline.
    fn known_location(&self, kind: SyntaxErrorKind, at: usize, column: u32, msg: &str) -> LexError {
        let line = self.source.position(at as u32).line;
        let mut error = self.make_error(line, column + 1, 0, msg.to_owned());
        error.raised = false;
        error.error.kind = kind;
        error.error.text = Some(self.full_line(line));
        error
    }

    /// A line with the newline that CPython adds to the last one.
    fn full_line(&self, line: u32) -> String {
        buffer::full_line(self.source, self.mode, line)
    }

    /// The text ends inside a bracket or after a backslash.
    fn unexpected_end(&self) -> LexError {
        let mut error = match self.brackets.last() {
            Some(open) => never_closed(self.source, self.mode, &self.tokens, *open),
            None => {
                let line = self.source.last_line();
                let text = buffered_line(self.source, self.mode, &self.tokens, line);
                let column = self.full_line(line).chars().count() as u32;
                let msg = "unexpected EOF while parsing";
                let mut error = self.make_error(line, column, 0, msg.into());
                error.error.end_offset = -1;
                error.error.text = Some(text);
                error
            }
        };
        error.at_end = true;
        error.raised = false;
        error
    }
}

/// The error for a bracket that nothing closes.
pub(crate) fn never_closed(
    source: &Source,
    mode: Mode,
    tokens: &[Token],
    open: Bracket,
) -> LexError {
    let place = source.error_position(open.offset);
    LexError {
        error: Box::new(SyntaxError {
            kind: SyntaxErrorKind::Syntax,
            msg: format!("'{}' was never closed", open.tok.spelling()),
            lineno: place.line as i32,
            offset: place.column as i32 + 1,
            end_lineno: place.line as i32,
            end_offset: 0,
            // The lexer has read on to the last line.
            text: Some(if place.line < source.last_line() {
                source
                    .line_text(place.line)
                    .trim_end_matches('\n')
                    .to_owned()
            } else {
                buffered_line(source, mode, tokens, place.line)
            }),
        }),
        at_end: false,
        raised: true,
    }
}

/// `str.isprintable` of one character: the rule that Rust's `Debug` of strings applies, too.
pub(crate) fn is_printable(c: char) -> bool {
    // A letter in front keeps combining marks from being escaped for their own reason.
    let shown: String = ['a', c].iter().collect();
    !shown.escape_debug().to_string().contains("\\u{") && !c.is_control()
}
