//! Compares what a document prints with what was recorded, and records it.
//!
//! The document runs in a process of its own, as it does without `--check`, so that all that reaches standard
//! output is seen, that of forked processes too.  A word that no cell prints marks where each cell begins.

use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use similar::{ChangeTag, DiffOp};

use super::masks::Masks;
use super::{Cell, Document, Form, markdown, notebook};
use crate::options::Options;

/// Lines shown around a difference.
const CONTEXT: usize = 2;

/// Where output is recorded.
enum Record {
    /// In the document.
    Inside,
    /// In a file of its own.
    File(String),
}

/// Runs a document and compares, or records; what to print and the exit status.
///
/// # Errors
/// Why neither was possible.
pub fn check(document: &Document, options: &Options) -> Result<(String, i32), String> {
    let chosen = document.chosen(&options.document)?;
    let masks = Masks::new(options.document.masks.iter().chain(&document.masks))?;
    let record = place_of_record(document, options);
    let recorded = read_record(document, &record, options.document.update)?;
    let printed = run_apart(document, options, &chosen)?;
    let mut report = String::new();
    let mut differing = 0;
    // What each cell of the document is recorded to print from now on.
    let mut outputs: Vec<Option<String>> = recorded.clone();
    for (cell, output) in chosen.iter().zip(&printed) {
        let old = recorded.get(cell.number - 1).cloned().flatten();
        let same = old
            .as_deref()
            .is_some_and(|old| difference(old, output, &masks).is_none());
        if same {
            continue;
        }
        differing += 1;
        if let Some(place) = outputs.get_mut(cell.number - 1) {
            *place = Some(output.clone());
        }
        if !options.document.update {
            let _ = writeln!(
                report,
                "{}, line {}: cell {}",
                document.path, cell.line, cell.number
            );
            let old = old.unwrap_or_default();
            report.push_str(&difference(&old, output, &masks).unwrap_or_default());
        }
    }
    let total = chosen.len();
    let plural = if total == 1 { "" } else { "s" };
    if options.document.update {
        if differing > 0 {
            write_record(document, &record, &outputs)?;
        }
        let _ = writeln!(
            report,
            "{}: {differing} of {total} cell{plural} recorded anew",
            document.path
        );
        return Ok((report, 0));
    }
    let _ = writeln!(
        report,
        "{}: {} of {total} cell{plural} as recorded",
        document.path,
        total - differing
    );
    Ok((report, i32::from(differing > 0)))
}

fn place_of_record(document: &Document, options: &Options) -> Record {
    if let Some(file) = &options.document.check_file {
        return Record::File(file.clone());
    }
    let beside = format!("{}.out", document.path);
    match document.form {
        Form::Export => Record::File(beside),
        Form::Markdown
            if Path::new(&beside).exists()
                && document.cells.iter().all(|cell| cell.recorded.is_none()) =>
        {
            Record::File(beside)
        }
        Form::Markdown | Form::Notebook => Record::Inside,
    }
}

/// For each cell of the document what it is recorded to print; `None` where nothing says.
fn read_record(
    document: &Document,
    record: &Record,
    update: bool,
) -> Result<Vec<Option<String>>, String> {
    let nothing = vec![None; document.cells.len()];
    let text = match record {
        Record::Inside => {
            let any = document.cells.iter().any(|cell| cell.recorded.is_some());
            if !any && !update {
                return Err(format!(
                    "{}: no output is recorded; --update records it",
                    document.path
                ));
            }
            // A document that records output records all: other cells print nothing.
            let recorded = document.cells.iter().map(|cell| match &cell.recorded {
                None if any => Some(String::new()),
                recorded => recorded.clone(),
            });
            return Ok(recorded.collect());
        }
        Record::File(file) => match std::fs::read(file) {
            Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
            Err(_) if update => return Ok(nothing),
            Err(error) => {
                let error = error.to_string();
                let error = error.split(" (os error").next().unwrap_or(&error);
                return Err(format!("{file}: {error}; --update records output there"));
            }
        },
    };
    let mut recorded = nothing;
    for (place, section) in recorded.iter_mut().zip(sections(&text)) {
        *place = Some(section);
    }
    Ok(recorded)
}

/// The parts of a recorded file, each below a line `#### cell NAME`.
fn sections(text: &str) -> Vec<String> {
    let mut sections: Vec<String> = Vec::new();
    for line in text.split_inclusive('\n') {
        if line.starts_with("#### cell ") {
            sections.push(String::new());
        } else if is_last_line(line) {
            break;
        } else if let Some(section) = sections.last_mut() {
            section.push_str(line);
        }
    }
    sections
}

/// `#### 12 cells, 0 raised`
fn is_last_line(line: &str) -> bool {
    line.starts_with("#### ") && line.trim_end().ends_with(" raised")
}

fn write_record(
    document: &Document,
    record: &Record,
    outputs: &[Option<String>],
) -> Result<(), String> {
    let (file, text) = match record {
        Record::File(file) => {
            let mut text = String::new();
            for (cell, output) in document.cells.iter().zip(outputs) {
                let output = output.as_deref().unwrap_or_default();
                let _ = write!(text, "#### cell {}\n{output}", cell.number);
                if !output.is_empty() && !output.ends_with('\n') {
                    text.push('\n');
                }
            }
            (file, text)
        }
        Record::Inside if document.form == Form::Notebook => {
            (&document.path, notebook::with_outputs(document, outputs)?)
        }
        Record::Inside => (&document.path, markdown::with_outputs(document, outputs)),
    };
    std::fs::write(file, text).map_err(|error| format!("{file}: {error}"))
}

/// Runs the document in a process of its own; what each of the chosen cells printed.
fn run_apart(
    document: &Document,
    options: &Options,
    chosen: &[&Cell],
) -> Result<Vec<String>, String> {
    use std::hash::{BuildHasher, Hasher};
    let random = std::collections::hash_map::RandomState::new();
    let word = format!("\u{1}{:016x}", random.build_hasher().finish());
    let program = std::env::current_exe().map_err(|error| error.to_string())?;
    let output = Command::new(program)
        .args(&options.document.interpreter)
        .arg(format!("--marks={word}"))
        .args(
            options
                .document
                .cells
                .iter()
                .map(|cells| format!("--cell={cells}")),
        )
        .args(options.document.keep_going.then_some("--keep-going"))
        .arg(&document.path)
        .arg("--")
        .args(&options.args)
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| format!("the document could not be run: {error}"))?;
    let text = String::from_utf8_lossy(&output.stdout);
    let mut printed = vec![String::new(); chosen.len()];
    let mut current: Option<usize> = None;
    let mut parts = text.split(word.as_str());
    // Nothing comes before the first mark.
    parts.next();
    for part in parts {
        let (mark, rest) = part.split_once('\n').unwrap_or((part, ""));
        let begins = mark.strip_prefix("#### cell ");
        if let Some(number) = begins.and_then(|number| number.parse::<usize>().ok()) {
            current = chosen.iter().position(|cell| cell.number == number);
        } else if is_last_line(mark) {
            break;
        }
        if let Some(place) = current.and_then(|i| printed.get_mut(i)) {
            if begins.is_none() {
                if !place.is_empty() && !place.ends_with('\n') {
                    place.push('\n');
                }
                place.push_str(mark);
                place.push('\n');
            }
            place.push_str(rest);
        }
    }
    Ok(printed)
}

/// The lines that differ, with a few around them; `None` if none do.
fn difference(old: &str, new: &str, masks: &Masks) -> Option<String> {
    let old_lines: Vec<&str> = lines(old);
    let new_lines: Vec<&str> = lines(new);
    let old_masked: Vec<String> = old_lines.iter().map(|line| masks.apply(line)).collect();
    let new_masked: Vec<String> = new_lines.iter().map(|line| masks.apply(line)).collect();
    if old_masked == new_masked {
        return None;
    }
    let ops = similar::capture_diff_slices(similar::Algorithm::Myers, &old_masked, &new_masked);
    let mut text = String::new();
    for group in similar::group_diff_ops(ops, CONTEXT) {
        text.push_str("  ...\n");
        for op in &group {
            write_op(&mut text, op, &old_lines, &new_lines);
        }
    }
    Some(text)
}

/// Lines without blank ones at the end.
fn lines(text: &str) -> Vec<&str> {
    text.trim_end().lines().collect()
}

fn write_op(text: &mut String, op: &DiffOp, old: &[&str], new: &[&str]) {
    let (tag, old_range, new_range) = op.as_tag_tuple();
    let mut write = |tag: ChangeTag, lines: &[&str]| {
        for line in lines {
            let _ = writeln!(text, "  {tag}{line}");
        }
    };
    let old = old.get(old_range).unwrap_or_default();
    let new = new.get(new_range).unwrap_or_default();
    if tag == similar::DiffTag::Equal {
        write(ChangeTag::Equal, new);
    } else {
        write(ChangeTag::Delete, old);
        write(ChangeTag::Insert, new);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recorded_files_have_sections() {
        let text = "#### cell block-01.py\n1\n#### raised E: x\n#### cell 2\n#### 2 cells, 1 raised\nlate\n";
        assert_eq!(sections(text), ["1\n#### raised E: x\n", ""]);
    }

    #[test]
    fn differences_show_what_was_printed() {
        let masks = Masks::new(std::iter::empty()).unwrap();
        assert_eq!(difference("a 0x12\n", "a 0xff\n\n", &masks), None);
        let shown = difference("a\nb 0x1\nc\n", "a\nb 0x2\nd\n", &masks).unwrap();
        assert_eq!(shown, "  ...\n   a\n   b 0x2\n  -c\n  +d\n");
    }
}
