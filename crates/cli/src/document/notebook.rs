//! Cells of a notebook (`.ipynb`, nbformat 4; the older format's worksheets are read too).
//!
//! The JSON's own line numbers serve tracebacks wherever each line of a cell is a line of the file, as notebooks are
//! written by every tool; raw values, which borrow from the text, tell where that is.  A cell that is one string,
//! or a notebook without line breaks, is given a name of its own and lines counted from 1.

use std::collections::HashMap;

use serde_json::Value as Json;
use serde_json::value::RawValue;

use super::{Cell, Document, Form, Place};

type Object<'a> = HashMap<String, &'a RawValue>;

/// Reads a notebook.
///
/// # Errors
/// Why it is none.
pub fn read(path: &str, text: &str) -> Result<Document, String> {
    let bad = |what: &str| format!("{path}: {what}");
    let top: Object = serde_json::from_str(text).map_err(|error| not_json(path, text, &error))?;
    let cells = match top.get("cells") {
        Some(cells) => list(cells),
        // Before format 4.
        None => match top.get("worksheets").map(|sheets| list(sheets)) {
            Some(Some(sheets)) => Some(cells_of_worksheets(&sheets)),
            _ => return Err(bad("not a notebook: it has no cells")),
        },
    };
    let cells = cells.ok_or_else(|| bad("not a notebook: 'cells' is no list"))?;
    if let Some(language) = language(&top)
        && !language.eq_ignore_ascii_case("python")
    {
        return Err(bad(&format!("a notebook of {language}, not of Python")));
    }
    let mut shown: Vec<String> = vec![String::new(); text.lines().count()];
    let mut found = Vec::new();
    for (index, raw) in cells.into_iter().enumerate() {
        let bad = |what: &str| {
            let line = line_of(text, raw);
            format!("{path}, line {line}: {what}")
        };
        let cell: Object =
            serde_json::from_str(raw.get()).map_err(|_| bad("a cell that is no object"))?;
        if cell
            .get("cell_type")
            .and_then(|kind| string(kind))
            .as_deref()
            != Some("code")
        {
            continue;
        }
        let Some(source) = cell.get("source").or_else(|| cell.get("input")) else {
            return Err(bad("a code cell without 'source'"));
        };
        let number = found.len() + 1;
        let cell = code_cell(path, text, number, source, &mut shown)
            .ok_or_else(|| bad("a code cell whose 'source' is neither text nor a list of texts"))?;
        let Some(mut cell) = cell else { continue };
        cell.place.index = index;
        cell.recorded = Some(match raw_outputs(raw) {
            Some(outputs) => outputs.iter().map(output_text).collect(),
            None => String::new(),
        });
        found.push(cell);
    }
    // Where nothing at all is recorded, the notebook was stored without its output.
    if found
        .iter()
        .all(|cell| cell.recorded.as_deref() == Some(""))
    {
        for cell in &mut found {
            cell.recorded = None;
        }
    }
    Ok(Document {
        path: path.to_owned(),
        form: Form::Notebook,
        cells: found,
        shown: shown.join("\n"),
        text: text.to_owned(),
        masks: Vec::new(),
    })
}

fn not_json(path: &str, text: &str, error: &serde_json::Error) -> String {
    if text.trim().is_empty() {
        return format!("{path}: not a notebook: the file is empty");
    }
    match error.classify() {
        serde_json::error::Category::Data => format!("{path}: not a notebook: no JSON object"),
        _ => {
            let what = error.to_string();
            let what = what.split(" at line ").next().unwrap_or(&what);
            format!(
                "{path}, line {}, column {}: not a notebook: {what}",
                error.line(),
                error.column()
            )
        }
    }
}

fn list(raw: &RawValue) -> Option<Vec<&RawValue>> {
    serde_json::from_str(raw.get()).ok()
}

fn string(raw: &RawValue) -> Option<String> {
    serde_json::from_str(raw.get()).ok()
}

fn cells_of_worksheets<'a>(sheets: &[&'a RawValue]) -> Vec<&'a RawValue> {
    sheets
        .iter()
        .filter_map(|sheet| serde_json::from_str::<Object>(sheet.get()).ok())
        .filter_map(|sheet| sheet.get("cells").and_then(|cells| list(cells)))
        .flatten()
        .collect()
}

/// The language that the metadata name.
fn language(top: &Object) -> Option<String> {
    let metadata: Json = serde_json::from_str(top.get("metadata")?.get()).ok()?;
    let named = metadata
        .pointer("/kernelspec/language")
        .or_else(|| metadata.pointer("/language_info/name"))?;
    named.as_str().map(str::to_owned)
}

/// The line of the text, from 1, where a value begins.
fn line_of(text: &str, raw: &RawValue) -> usize {
    // Raw values borrow from the text, so that their addresses tell where.
    let offset = (raw.get().as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
    let before = text.as_bytes().get(..offset).unwrap_or_default();
    1 + before.iter().filter(|&&b| b == b'\n').count()
}

/// A cell from its source; the outer `None` if that is no text, the inner if there is nothing in it.
fn code_cell(
    path: &str,
    text: &str,
    number: usize,
    source: &RawValue,
    shown: &mut [String],
) -> Option<Option<Cell>> {
    let pieces: Vec<(usize, String)> = match list(source) {
        Some(pieces) => pieces
            .into_iter()
            .map(|piece| Some((line_of(text, piece), string(piece)?)))
            .collect::<Option<_>>()?,
        None => vec![(line_of(text, source), string(source)?)],
    };
    let whole: String = pieces.iter().map(|(_, piece)| piece.as_str()).collect();
    let whole = without_magics(&whole);
    if whole.trim().is_empty() {
        return Some(None);
    }
    let first = pieces.first().map_or(1, |(line, _)| *line);
    let lines_agree = pieces.iter().enumerate().all(|(i, (line, piece))| {
        *line == first + i && piece.trim_end_matches('\n').lines().count() <= 1
    });
    let line = if lines_agree { first } else { 1 };
    if lines_agree {
        for (place, line) in shown.iter_mut().skip(first - 1).zip(whole.lines()) {
            *place = line.to_owned();
        }
    }
    Some(Some(Cell {
        number,
        line,
        file: (!lines_agree).then(|| format!("{path}[cell {number}]")),
        source: whole.trim_end().to_owned() + "\n",
        recorded: None,
        place: Place::default(),
    }))
}

/// Commands to the notebook itself, at the head of a cell, are left out: `%matplotlib inline`, `!pip install x`.
/// A cell of another language (`%%bash`) is left out as a whole.
fn without_magics(source: &str) -> String {
    let head = source
        .lines()
        .map(str::trim_start)
        .find(|line| !line.is_empty());
    if head.is_some_and(|line| line.starts_with("%%")) {
        return String::new();
    }
    let mut at_head = true;
    let mut text = String::new();
    for line in source.lines() {
        let code = line.trim_start();
        at_head &= code.is_empty() || code.starts_with(['%', '!', '#']);
        if !(at_head && code.starts_with(['%', '!'])) {
            text.push_str(line);
        }
        text.push('\n');
    }
    text
}

fn raw_outputs(cell: &RawValue) -> Option<Vec<Json>> {
    let cell: Json = serde_json::from_str(cell.get()).ok()?;
    cell.get("outputs")?.as_array().cloned()
}

/// Text that may be a list of texts.
fn joined(text: Option<&Json>) -> String {
    match text {
        Some(Json::String(text)) => text.clone(),
        Some(Json::Array(parts)) => parts.iter().filter_map(Json::as_str).collect(),
        _ => String::new(),
    }
}

/// What an output of a notebook is on standard output.
fn output_text(output: &Json) -> String {
    let kind = output.get("output_type").and_then(Json::as_str);
    match kind.unwrap_or_default() {
        "stream" if output.get("name").and_then(Json::as_str) != Some("stderr") => {
            joined(output.get("text"))
        }
        "execute_result" | "pyout" => {
            let plain = output.pointer("/data/text~1plain").or(output.get("text"));
            joined(plain) + "\n"
        }
        "error" | "pyerr" => {
            let part = |name: &str| joined(output.get(name));
            super::run::raised_line(&part("ename"), &part("evalue"))
        }
        _ => String::new(),
    }
}

/// The notebook with its outputs replaced: `outputs` has, for each cell, what it printed.
///
/// # Errors
/// Never for what was read before.
pub fn with_outputs(document: &Document, outputs: &[Option<String>]) -> Result<String, String> {
    let mut top: Json = serde_json::from_str(&document.text)
        .map_err(|error| not_json(&document.path, &document.text, &error))?;
    let no_cells = || format!("{}: only notebooks of format 4 are written", document.path);
    let cells = top.get_mut("cells").and_then(Json::as_array_mut);
    let cells = cells.ok_or_else(no_cells)?;
    for (cell, output) in document.cells.iter().zip(outputs) {
        let place = cells
            .get_mut(cell.place.index)
            .and_then(Json::as_object_mut);
        let (Some(place), Some(output)) = (place, output) else {
            continue;
        };
        let mut entries = Vec::new();
        let (printed, raised) = super::run::split_raised(output);
        if !printed.is_empty() {
            let lines: Vec<&str> = printed.split_inclusive('\n').collect();
            entries.push(serde_json::json!({
                "name": "stdout", "output_type": "stream", "text": lines,
            }));
        }
        if let Some((class, message)) = raised {
            entries.push(serde_json::json!({
                "output_type": "error", "ename": class, "evalue": message,
                "traceback": [format!("{class}: {message}")],
            }));
        }
        place.insert("outputs".to_owned(), Json::Array(entries));
        place.insert("execution_count".to_owned(), Json::from(cell.number));
    }
    // As notebooks are written: one blank for each level, and a line break at the end.
    let mut bytes = Vec::new();
    let layout = serde_json::ser::PrettyFormatter::with_indent(b" ");
    let mut writer = serde_json::Serializer::with_formatter(&mut bytes, layout);
    serde::Serialize::serialize(&top, &mut writer).map_err(|error| error.to_string())?;
    bytes.push(b'\n');
    String::from_utf8(bytes).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOTEBOOK: &str = r##"{
 "cells": [
  {
   "cell_type": "markdown",
   "source": ["# Title"]
  },
  {
   "cell_type": "code",
   "execution_count": 1,
   "outputs": [
    {"name": "stdout", "output_type": "stream", "text": ["1\n"]},
    {"output_type": "execute_result", "data": {"text/plain": ["2"]}}
   ],
   "source": [
    "%matplotlib inline\n",
    "print(1)\n",
    "2"
   ]
  },
  {
   "cell_type": "code",
   "outputs": [],
   "source": "a = 1\nb = 2"
  }
 ],
 "metadata": {}, "nbformat": 4
}
"##;

    #[test]
    fn lines_are_those_of_the_file() {
        let document = read("n.ipynb", NOTEBOOK).unwrap();
        let [first, second] = &document.cells[..] else {
            panic!("{document:?}");
        };
        assert_eq!((first.line, first.source.as_str()), (15, "\nprint(1)\n2\n"));
        assert_eq!(document.shown.lines().nth(15), Some("print(1)"));
        assert_eq!(first.recorded.as_deref(), Some("1\n2\n"));
        assert_eq!(
            (second.line, second.file.as_deref()),
            (1, Some("n.ipynb[cell 2]"))
        );
        assert_eq!(second.recorded.as_deref(), Some(""));
    }

    #[test]
    fn what_is_no_notebook_is_told() {
        let error = |text: &str| read("n.ipynb", text).unwrap_err();
        assert_eq!(error(""), "n.ipynb: not a notebook: the file is empty");
        assert_eq!(error("[]"), "n.ipynb: not a notebook: no JSON object");
        assert_eq!(error("{}"), "n.ipynb: not a notebook: it has no cells");
        assert_eq!(
            error(r#"{"cells": 3}"#),
            "n.ipynb: not a notebook: 'cells' is no list"
        );
        assert_eq!(
            error("{\"cells\":\n[3]}"),
            "n.ipynb, line 2: a cell that is no object"
        );
        assert_eq!(
            error(r#"{"cells": [{"cell_type": "code"}]}"#),
            "n.ipynb, line 1: a code cell without 'source'"
        );
        assert_eq!(
            error(r#"{"cells": [{"cell_type": "code", "source": 4}]}"#),
            "n.ipynb, line 1: a code cell whose 'source' is neither text nor a list of texts"
        );
        assert!(
            error("{\"cells\": [,]}").starts_with("n.ipynb, line 1, column 12: not a notebook: ")
        );
        let ruby = r#"{"cells": [], "metadata": {"kernelspec": {"language": "ruby"}}}"#;
        assert_eq!(error(ruby), "n.ipynb: a notebook of ruby, not of Python");
    }

    #[test]
    fn outputs_are_written() {
        let document = read("n.ipynb", NOTEBOOK).unwrap();
        let raised = super::super::run::raised_line("ValueError", "no");
        let outputs = [Some("3\n".to_owned()), Some(format!("x\n{raised}"))];
        let text = with_outputs(&document, &outputs).unwrap();
        let again = read("n.ipynb", &text).unwrap();
        assert_eq!(again.cells[0].recorded, outputs[0]);
        assert_eq!(again.cells[1].recorded, outputs[1]);
        assert_eq!(with_outputs(&again, &outputs).unwrap(), text);
    }
}
