//! Source text: decoding of a file's bytes, newline normalisation, lines and columns.
//!
//! All ranges of tokens and tree nodes are byte offsets into [`Source::text`].

use crate::ast::Range;
use crate::decode::{Codec, Origin, declares_encoding, decode, no_codec};
use crate::error::{SyntaxError, SyntaxErrorKind, char_offset};

/// A source text ready to be parsed: UTF-8, without byte order mark, lines ended by `\n`.
#[derive(Clone, Debug)]
pub struct Source {
    text: Box<str>,
    index: LineIndex,
    /// The parser's errors count columns in bytes: CPython counts characters only where it knows
    /// the encoding, which undecoded text without a declaration does not tell it.
    counts_bytes: bool,
    /// A script that is run, which CPython reads line by line.
    streamed: bool,
    /// The positions that the offsets of a tree stand for which has no text.
    places: Option<Box<[Position]>>,
}

/// The offsets at which lines begin.
#[derive(Clone, Debug, Default)]
pub struct LineIndex {
    starts: Box<[u32]>,
}

/// A place in a source text as Python counts: `line` from 1, `column` from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    pub line: u32,
    pub column: u32,
}

impl Source {
    /// Takes a text as `compile` takes a `str`.
    pub fn from_text(text: &str) -> Result<Source, SyntaxError> {
        if text.contains('\0') {
            return Err(SyntaxError::unplaced(
                SyntaxErrorKind::Syntax,
                "source code string cannot contain null bytes",
            ));
        }
        Source::normalised(text)
    }

    /// Decodes the argument of `compile(bytes)`: byte order mark, PEP 263 cookie.
    pub fn from_bytes(bytes: &[u8]) -> Result<Source, SyntaxError> {
        Source::from_bytes_by(bytes, &mut no_codec)
    }

    /// The same with codecs for the encodings that are not known here.
    pub fn from_bytes_by(bytes: &[u8], codec: Codec<'_>) -> Result<Source, SyntaxError> {
        Source::decoded(bytes, Origin::Memory, codec)
    }

    /// Decodes the contents of a file, in UTF-8, Latin-1 or ASCII.
    pub fn from_file(bytes: &[u8], path: &str) -> Result<Source, SyntaxError> {
        Source::decoded(bytes, Origin::File(path), &mut no_codec)
    }

    /// Decodes the contents of a script to be run.
    pub fn from_script(bytes: &[u8], path: &str, codec: Codec<'_>) -> Result<Source, SyntaxError> {
        let mut source = Source::decoded(bytes, Origin::File(path), codec)?;
        source.streamed = true;
        Ok(source)
    }

    /// What a tree without a text refers to: the offsets of its ranges count these positions.
    pub fn without_text(places: Vec<Position>) -> Source {
        Source {
            text: "".into(),
            index: LineIndex::new(""),
            counts_bytes: false,
            streamed: false,
            places: Some(places.into()),
        }
    }

    /// True if a text was parsed.
    pub fn has_text(&self) -> bool {
        self.places.is_none()
    }

    fn decoded(bytes: &[u8], origin: Origin<'_>, codec: Codec<'_>) -> Result<Source, SyntaxError> {
        let mut source = Source::normalised(&decode(bytes, origin, codec)?)?;
        source.counts_bytes = !declares_encoding(bytes);
        Ok(source)
    }

    fn normalised(text: &str) -> Result<Source, SyntaxError> {
        if text.len() >= u32::MAX as usize / 2 {
            return Err(SyntaxError::unplaced(
                SyntaxErrorKind::Memory,
                "source text too long",
            ));
        }
        let text: Box<str> = if text.contains('\r') {
            text.replace("\r\n", "\n").replace('\r', "\n").into()
        } else {
            text.into()
        };
        let index = LineIndex::new(&text);
        Ok(Source {
            text,
            index,
            counts_bytes: false,
            streamed: false,
            places: None,
        })
    }

    /// The normalised text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The line table.
    pub fn lines(&self) -> &LineIndex {
        &self.index
    }

    /// Line and column, the column counted in UTF-8 bytes (as `ast` and code objects count).
    pub fn position(&self, offset: u32) -> Position {
        match &self.places {
            None => self.index.position(offset),
            Some(places) => places
                .get(offset as usize)
                .copied()
                .unwrap_or(Position { line: 1, column: 0 }),
        }
    }

    /// Line and column, the column counted in characters (as `SyntaxError.offset` counts, less 1).
    pub fn char_position(&self, offset: u32) -> Position {
        if !self.has_text() {
            return self.position(offset);
        }
        let Position { line, .. } = self.index.position(offset);
        let start = self.index.line_start(line) as usize;
        let bytes = &self.text.as_bytes()[start..(offset as usize).min(self.text.len())];
        // Continuation bytes do not begin a character.
        let column = bytes.iter().filter(|b| **b & 0xC0 != 0x80).count() as u32;
        Position { line, column }
    }

    /// Line and column as the parser's errors count columns, less 1.
    pub(crate) fn error_position(&self, offset: u32) -> Position {
        if self.counts_bytes {
            self.position(offset)
        } else {
            self.char_position(offset)
        }
    }

    /// The offset that an error shows for a byte column of `text`, the line (or lines) shown.
    pub(crate) fn error_offset(&self, text: &str, column: u32) -> i32 {
        if self.counts_bytes {
            column as i32 + 1
        } else {
            char_offset(text, column)
        }
    }

    /// True for a script that is run.
    pub(crate) fn is_streamed(&self) -> bool {
        self.streamed
    }

    /// The text of a line (from 1) with its newline, empty past the end.
    pub fn line_text(&self, line: u32) -> &str {
        let start = self.index.line_start(line) as usize;
        let end = self.index.line_start(line.saturating_add(1)) as usize;
        self.text.get(start..end.min(self.text.len())).unwrap_or("")
    }

    /// The number of the last line that has text; 0 for an empty text.
    pub fn last_line(&self) -> u32 {
        let line = self.position(self.text.len() as u32).line;
        line - u32::from(self.text.is_empty() || self.text.ends_with('\n'))
    }

    /// The text of a range.
    pub fn slice(&self, range: Range) -> &str {
        self.text
            .get(range.start as usize..range.end as usize)
            .unwrap_or("")
    }
}

impl LineIndex {
    /// Finds the lines of a text.
    pub fn new(text: &str) -> Self {
        let mut starts = Vec::with_capacity(text.len() / 32 + 1);
        starts.push(0);
        let newlines = text.bytes().enumerate().filter(|(_, b)| *b == b'\n');
        starts.extend(newlines.map(|(i, _)| i as u32 + 1));
        starts.push(u32::MAX);
        LineIndex {
            starts: starts.into(),
        }
    }

    /// How many lines there are; text after the last newline counts, even if empty.
    pub fn len(&self) -> u32 {
        self.starts.len().saturating_sub(1) as u32
    }

    /// True only for a table made by `default`.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The offset at which a line (from 1) begins; past the end `u32::MAX`.
    pub fn line_start(&self, line: u32) -> u32 {
        self.starts
            .get(line.saturating_sub(1) as usize)
            .copied()
            .unwrap_or(u32::MAX)
    }

    /// Line and column in bytes of an offset.
    pub fn position(&self, offset: u32) -> Position {
        let line = self.starts.partition_point(|s| *s <= offset).max(1) as u32;
        Position {
            line,
            column: offset - self.line_start(line),
        }
    }
}
