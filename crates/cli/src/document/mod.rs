//! Documents: texts with Python cells in them, run as a notebook runs.
//!
//! A document is a Markdown text with fenced cells, the text export of a notebook (`In [1]:`), or a notebook
//! (`.ipynb`).  [`read`] cuts the cells out ([`markdown`], [`notebook`]), `run` runs them in one namespace, and
//! `check` compares what they print with what was recorded, using [`masks`] for what differs from run to run.
//! Tracebacks name the document and the line of it: a cell is compiled behind as many empty lines as precede it
//! there, and the interpreter is told the document's text.  `docs/documents.md` is the user's side of it.

mod check;
mod markdown;
mod masks;
mod notebook;
mod run;

use std::path::Path;

pub use check::check;
pub use run::run;

use crate::options::DocumentOptions;

/// What a document is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Text with fenced cells, whose recorded output stands in fences below them.
    Markdown,
    /// Text with `In [1]:` cells, whose recorded output is a file of its own.
    Export,
    /// A notebook's JSON, which has a place for output.
    Notebook,
}

/// A piece of Python in a document.
#[derive(Clone, Debug)]
pub struct Cell {
    /// Counted from 1.
    pub number: usize,
    /// The line of the document where the source begins.
    pub line: usize,
    /// What tracebacks call the file, where it is not the document: for cells whose lines are no lines of it.
    pub file: Option<String>,
    /// The Python, without the indentation of the fence.
    pub source: String,
    /// The output that the document records.
    pub recorded: Option<String>,
    /// Where recorded output stands or would be put.
    pub place: Place,
}

/// Where the recorded output of a cell is.
#[derive(Clone, Debug, Default)]
pub struct Place {
    /// In a text: the lines, from 0, that a fence with output takes; empty where it is to be put.
    pub lines: std::ops::Range<usize>,
    /// In a text: the indentation of the cell's fence.
    pub indent: String,
    /// In a notebook: the index among all of its cells.
    pub index: usize,
}

/// A document that was read.
#[derive(Debug)]
pub struct Document {
    /// As named on the command line.
    pub path: String,
    pub form: Form,
    pub cells: Vec<Cell>,
    /// The document's lines as tracebacks show them: those of cells without the indentation of their fences, or
    /// without JSON's quotes.
    pub shown: String,
    /// The text itself.
    pub text: String,
    /// Patterns of what differs from run to run, named in the document.
    pub masks: Vec<String>,
}

/// True for names that only documents have.
pub fn is_document_name(path: &str) -> bool {
    matches!(extension(path).as_str(), "md" | "markdown" | "ipynb")
}

/// True for names that a document or something else may have.
pub fn may_be_document_name(path: &str) -> bool {
    is_document_name(path) || extension(path) == "txt"
}

fn extension(path: &str) -> String {
    let extension = Path::new(path).extension().unwrap_or_default();
    extension.to_string_lossy().to_ascii_lowercase()
}

/// Reads a document.
///
/// # Errors
/// Why it is none.
pub fn read(path: &str, bytes: &[u8]) -> Result<Document, String> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let line = 1 + bytes[..error.valid_up_to()]
            .iter()
            .filter(|&&b| b == b'\n')
            .count();
        format!("{path}, line {line}: not UTF-8 text")
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let document = if extension(path) == "ipynb" {
        notebook::read(path, text)?
    } else {
        markdown::read(path, text)
    };
    if document.cells.is_empty() && !may_be_script(path) {
        return Err(format!("{path}: no Python cells"));
    }
    Ok(document)
}

/// A text without cells may be a Python program.
fn may_be_script(path: &str) -> bool {
    !is_document_name(path)
}

impl Document {
    /// The cells that `--cell` asks for, or all.
    ///
    /// # Errors
    /// What is wrong with the numbers.
    pub fn chosen(&self, options: &DocumentOptions) -> Result<Vec<&Cell>, String> {
        let Some(wanted) = &options.cells else {
            return Ok(self.cells.iter().collect());
        };
        let mut chosen = vec![false; self.cells.len()];
        for part in wanted.split(',') {
            let (first, last) = part.split_once('-').unwrap_or((part, part));
            let number = |text: &str, default: usize| match text.trim() {
                "" if part.contains('-') => Some(default),
                text => text.parse::<usize>().ok(),
            };
            let range = number(first, 1).zip(number(last, self.cells.len()));
            let Some((first, last)) = range.filter(|(first, last)| first <= last) else {
                return Err(format!(
                    "--cell takes N, N-M or a list of such, not '{wanted}'"
                ));
            };
            for number in first..=last {
                match number.checked_sub(1).and_then(|i| chosen.get_mut(i)) {
                    Some(cell) => *cell = true,
                    None => {
                        return Err(format!(
                            "{} has {} cells; there is no cell {number}",
                            self.path,
                            self.cells.len()
                        ));
                    }
                }
            }
        }
        let cells = self.cells.iter().zip(chosen);
        Ok(cells
            .filter(|(_, chosen)| *chosen)
            .map(|(cell, _)| cell)
            .collect())
    }

    /// What `--list` prints.
    pub fn list(&self, cells: &[&Cell]) -> String {
        let mut text = String::new();
        for cell in cells {
            let lines = cell.source.lines().count();
            let first = cell
                .source
                .lines()
                .map(str::trim)
                .find(|line| !line.is_empty());
            let mut first: String = first.unwrap_or_default().to_owned();
            if first.chars().count() > 60 {
                first = first.chars().take(59).collect::<String>() + "…";
            }
            let plural = if lines == 1 { " " } else { "s" };
            text.push_str(&format!(
                "{:>4}  line {:<5} {lines:>4} line{plural}  {first}\n",
                cell.number, cell.line
            ));
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(cells: &str) -> DocumentOptions {
        DocumentOptions {
            cells: Some(cells.to_owned()),
            ..DocumentOptions::default()
        }
    }

    #[test]
    fn cells_are_chosen_by_number() {
        let text = "```python\n1\n```\n".repeat(5);
        let document = read("d.md", text.as_bytes()).unwrap();
        let numbers = |wanted: &str| -> Result<Vec<usize>, String> {
            let cells = document.chosen(&options(wanted))?;
            Ok(cells.iter().map(|cell| cell.number).collect())
        };
        assert_eq!(numbers("2").unwrap(), [2]);
        assert_eq!(numbers("2-3,5").unwrap(), [2, 3, 5]);
        assert_eq!(numbers("4-").unwrap(), [4, 5]);
        assert_eq!(
            numbers("6").unwrap_err(),
            "d.md has 5 cells; there is no cell 6"
        );
        assert!(numbers("3-2").is_err());
        assert!(numbers("x").is_err());
        assert!(numbers("0").is_err());
    }

    #[test]
    fn documents_without_cells_are_refused() {
        assert_eq!(
            read("d.md", b"# Nothing").unwrap_err(),
            "d.md: no Python cells"
        );
        assert!(read("d.txt", b"print(1)").unwrap().cells.is_empty());
        assert_eq!(
            read("d.md", b"a\n\xff").unwrap_err(),
            "d.md, line 2: not UTF-8 text"
        );
    }
}
