//! A line of source below a traceback entry, and the marks below the part of it that failed.

use std::collections::HashMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use bytecode::Location;
use syntax::ast::{Expr, ExprKind, Mod, StmtKind};
use unicode_width::UnicodeWidthChar;

use crate::object::List;
use crate::vm::Vm;

/// The lines of source files; each file is read once.
#[derive(Default)]
pub struct SourceFiles {
    files: HashMap<String, Option<Vec<String>>>,
}

impl SourceFiles {
    /// A line by number, without its newline.
    pub fn line(&mut self, vm: &Vm, file: &str, line: i64) -> Option<&str> {
        // Names in brackets are no files; and when the modules are gone there is nothing left to
        // read files with.
        if file.starts_with('<') && file.ends_with('>') || vm.interp.modules_gone.get() {
            return None;
        }
        if !self.files.contains_key(file) {
            self.files.insert(file.to_owned(), read_lines(vm, file));
        }
        let index = usize::try_from(line).ok()?.checked_sub(1)?;
        let lines = self.files.get(file)?.as_ref()?;
        lines.get(index).map(String::as_str)
    }
}

fn read_lines(vm: &Vm, file: &str) -> Option<Vec<String>> {
    if let Some(text) = vm.known_source(file) {
        return Some(text.lines().map(str::to_owned).collect());
    }
    let bytes = std::fs::read(find_source(vm, file)?).ok()?;
    let text = match vm.source_from_bytes(&bytes) {
        Ok(source) => source.text().to_owned(),
        Err(_) => String::from_utf8_lossy(&bytes).into_owned(),
    };
    Some(text.lines().map(str::to_owned).collect())
}

/// The file itself, or one of its name in a directory of `sys.path`.
fn find_source(vm: &Vm, file: &str) -> Option<PathBuf> {
    let path = Path::new(file);
    if path.is_file() {
        return Some(path.to_owned());
    }
    let name = path.file_name()?;
    let directories = vm.sys_attribute("path")?;
    let directories = directories.payload::<List>()?.to_vec();
    directories
        .iter()
        .filter(|d| vm.class_of(d).is(&vm.types.str))
        .map(|d| Path::new(&vm.display(d)).join(name))
        .find(|p| p.is_file())
}

/// Columns where marks change their sign.
struct Anchors {
    left: usize,
    right: usize,
}

/// Appends the line and the marks, if they say more than the line does.
pub fn write_source_line(
    text: &mut String,
    source: &str,
    line: i64,
    location: Location,
    margin: &str,
) {
    let is_blank = |c: char| matches!(c, ' ' | '\t' | '\x0c');
    let shown = source.trim_start_matches(is_blank);
    let _ = writeln!(text, "{margin}    {shown}");
    let indent = source.len() - shown.len();
    let (Ok(start), Ok(end)) = (
        usize::try_from(location.col),
        usize::try_from(location.end_col),
    ) else {
        return;
    };
    if i64::from(location.line) != line || location.end_line < 0 {
        return;
    }
    let start = character_offset(source, start);
    let (end, anchors) = if location.line == location.end_line {
        let end = character_offset(source, end);
        (end, anchors(source, start, end))
    } else {
        // Of an expression that goes on, everything up to the end of the line.
        (source.trim_end_matches(is_blank).chars().count(), None)
    };
    let shown_len = source.chars().count() - indent;
    if end.saturating_sub(start) == shown_len && anchors.is_none() {
        return;
    }
    let _ = write!(text, "{margin}    ");
    let characters = source.chars().enumerate();
    for (place, character) in characters.take(end).skip(indent) {
        let mark = match &anchors {
            _ if place < start => ' ',
            None => '^',
            Some(a) if a.left <= place && place < a.right => '^',
            Some(_) => '~',
        };
        text.extend(std::iter::repeat_n(mark, columns(character)));
    }
    text.push('\n');
}

/// Wide characters take two columns.
fn columns(character: char) -> usize {
    if character.width() == Some(2) { 2 } else { 1 }
}

/// How many columns a text takes on a screen.
pub fn display_width(text: &str) -> usize {
    text.chars().map(columns).sum()
}

/// A byte offset in a line as a number of characters.
fn character_offset(line: &str, offset: usize) -> usize {
    line.char_indices().take_while(|(i, _)| *i < offset).count()
}

/// Where the operator of a failing operation is, or the brackets of a failing subscript.
fn anchors(line: &str, start: usize, end: usize) -> Option<Anchors> {
    let segment: String = line.chars().take(end).skip(start).collect();
    let (left, right) = caret_anchors(&segment)?;
    Some(Anchors {
        left: start + left,
        right: start + right,
    })
}

/// In a piece of source: the characters between which the operator of an operation stands, or the
/// brackets of a subscript; none of anything else.
pub fn caret_anchors(segment: &str) -> Option<(usize, usize)> {
    let source = syntax::Source::from_text(segment).ok()?;
    let parsed =
        syntax::parse(&source, syntax::Mode::Exec, syntax::ParseOptions::default()).ok()?;
    let Mod::Module(body) = &parsed.module else {
        return None;
    };
    let [statement] = &body[..] else {
        return None;
    };
    let StmtKind::Expr { value } = &statement.kind else {
        return None;
    };
    let (left, right) = match &value.kind {
        ExprKind::BinOp { left, right, .. } => operator(segment, left, right)?,
        ExprKind::Subscript { value, slice, .. } => brackets(segment, value, slice),
        _ => return None,
    };
    let characters = |offset: usize| segment.get(..offset).map_or(0, |s| s.chars().count());
    Some((characters(left), characters(right)))
}

fn operator(segment: &str, left: &Expr, right: &Expr) -> Option<(usize, usize)> {
    let bytes = segment.as_bytes();
    let end = right.range.start as usize;
    let is_space = |b: u8| matches!(b, b' ' | b'\t' | b'\x0c');
    for i in left.range.end as usize..end {
        let byte = *bytes.get(i)?;
        if is_space(byte) || byte == b')' {
            continue;
        }
        let two = i + 1 < end && bytes.get(i + 1).is_some_and(|b| !is_space(*b));
        return Some((i, i + 1 + usize::from(two)));
    }
    None
}

fn brackets(segment: &str, value: &Expr, slice: &Expr) -> (usize, usize) {
    let bytes = segment.as_bytes();
    let mut left = value.range.end as usize;
    let mut right = slice.range.end as usize + 1;
    while left < bytes.len() && bytes[left] != b'[' {
        left += 1;
    }
    while right < bytes.len() && bytes[right - 1] != b']' {
        right += 1;
    }
    (left, right.min(bytes.len()))
}

/// Appends the line of a `SyntaxError` without what is to the left of it, and marks below the
/// columns from `offset` (from 1; less for none) up to `end`.
pub(super) fn write_error_text(out: &mut String, text: &str, offset: i64, end: i64, margin: &str) {
    let len = text.len() as i64;
    let (mut offset, last) = ((offset - 1).min(len), (end - 1).min(len));
    if offset > 0 && offset == len && text.ends_with('\n') {
        offset -= 1;
    }
    let carets = if end > 0 && last > offset {
        last - offset
    } else {
        1
    };
    // Of several lines those before the error are not shown.
    let mut shown = text;
    while let Some(newline) = shown.find('\n') {
        if newline as i64 >= offset {
            break;
        }
        shown = &shown[newline + 1..];
        offset -= newline as i64 + 1;
    }
    let stripped = shown.trim_start_matches([' ', '\t', '\x0c']);
    offset -= (shown.len() - stripped.len()) as i64;
    let stripped = stripped.strip_suffix('\n').unwrap_or(stripped);
    let _ = writeln!(out, "{margin}    {stripped}");
    if offset < 0 {
        return;
    }
    let _ = write!(out, "{margin}    ");
    out.extend(std::iter::repeat_n(' ', offset as usize));
    out.extend(std::iter::repeat_n('^', carets as usize));
    out.push('\n');
}
