//! Cells of a text: fenced ones, and the `In [1]:` cells of a notebook that was exported as text.

use super::{Cell, Document, Form, Place};

/// The word that opens a fence with recorded output.
pub const OUTPUT: &str = "output";
/// A comment that names a pattern of what differs from run to run.
const MASK: &str = "ouro-mask:";

/// An opened fence.
struct Fence {
    mark: char,
    len: usize,
    indent: String,
    info: String,
}

impl Fence {
    fn opened_by(line: &str) -> Option<Fence> {
        let body = line.trim_start_matches([' ', '\t']);
        let mark = body.chars().next().filter(|c| matches!(c, '`' | '~'))?;
        let len = body.chars().take_while(|&c| c == mark).count();
        let info = body[len..].trim();
        // A line of code between backticks is no fence.
        if len < 3 || (mark == '`' && info.contains('`')) {
            return None;
        }
        Some(Fence {
            mark,
            len,
            indent: line[..line.len() - body.len()].to_owned(),
            info: info.to_owned(),
        })
    }

    fn is_closed_by(&self, line: &str) -> bool {
        let body = line.trim();
        body.chars().all(|c| c == self.mark) && body.len() >= self.len
    }

    fn is_python(&self) -> bool {
        let info = self.info.trim_start_matches('{').replace(['}', ','], " ");
        let mut words = info.split_whitespace();
        let language = words.next().unwrap_or_default().to_ascii_lowercase();
        matches!(language.as_str(), "python" | "python3" | "py")
            && !words.any(|word| word == "no-run")
    }

    fn is_output(&self) -> bool {
        self.info.split_whitespace().next() == Some(OUTPUT)
    }

    /// A line without as much indentation as the fence has.
    fn dedent<'a>(&self, line: &'a str) -> &'a str {
        let blank = line.len() - line.trim_start_matches([' ', '\t']).len();
        &line[blank.min(self.indent.len())..]
    }
}

/// Cuts the cells out of a text.
pub fn read(path: &str, text: &str) -> Document {
    let lines: Vec<&str> = text.lines().collect();
    let mut shown: Vec<&str> = lines.clone();
    let mut cells = Vec::new();
    let mut masks = Vec::new();
    let mut form = Form::Markdown;
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        if let Some(fence) = Fence::opened_by(line) {
            let first = at + 1;
            let end = (first..lines.len())
                .find(|&i| fence.is_closed_by(lines[i]))
                .unwrap_or(lines.len());
            at = end + 1;
            if fence.is_python() {
                for i in first..end {
                    shown[i] = fence.dedent(lines[i]);
                }
                let (recorded, place) = output_below(&lines, at);
                let place = Place {
                    lines: place,
                    indent: fence.indent,
                    ..Place::default()
                };
                cells.extend(cell(&mut shown, first..end, cells.len(), recorded, place));
            }
        } else if is_input_mark(line) {
            form = Form::Export;
            let first = at + 1;
            at = (first..lines.len())
                .find(|&i| ends_input(lines[i]))
                .unwrap_or(lines.len());
            cells.extend(cell(
                &mut shown,
                first..at,
                cells.len(),
                None,
                Place::default(),
            ));
        } else {
            let comment = line
                .trim()
                .strip_prefix("<!--")
                .and_then(|c| c.strip_suffix("-->"));
            if let Some(mask) = comment.and_then(|c| c.trim().strip_prefix(MASK)) {
                masks.push(mask.trim().to_owned());
            }
            at += 1;
        }
    }
    Document {
        path: path.to_owned(),
        form,
        cells,
        shown: shown.join("\n"),
        text: text.to_owned(),
        masks,
    }
}

/// The cell of some lines; none if they are blank.
fn cell(
    shown: &mut [&str],
    lines: std::ops::Range<usize>,
    before: usize,
    recorded: Option<String>,
    place: Place,
) -> Option<Cell> {
    let lines_of_cell = shown.get_mut(lines.clone())?;
    for line in lines_of_cell.iter_mut() {
        // What keeps Jekyll from reading the code as its own is no Python.
        if matches!(line.trim(), "{% raw %}" | "{% endraw %}") {
            *line = "";
        }
    }
    let first = lines_of_cell
        .iter()
        .position(|line| !line.trim().is_empty())?;
    let last = lines_of_cell
        .iter()
        .rposition(|line| !line.trim().is_empty())?;
    Some(Cell {
        number: before + 1,
        line: lines.start + first + 1,
        file: None,
        source: lines_of_cell[first..=last].join("\n") + "\n",
        recorded,
        place,
    })
}

/// The output recorded in the next fence, if only blank lines come before it, and the lines it takes.
fn output_below(lines: &[&str], after: usize) -> (Option<String>, std::ops::Range<usize>) {
    let nothing = after.min(lines.len())..after.min(lines.len());
    let next = (after..lines.len()).find(|&i| !lines[i].trim().is_empty());
    let Some((start, fence)) = next.and_then(|i| Some((i, Fence::opened_by(lines[i])?))) else {
        return (None, nothing);
    };
    if !fence.is_output() {
        return (None, nothing);
    }
    let end = (start + 1..lines.len())
        .find(|&i| fence.is_closed_by(lines[i]))
        .unwrap_or(lines.len());
    let output: String = lines[start + 1..end]
        .iter()
        .flat_map(|line| [fence.dedent(line), "\n"])
        .collect();
    (Some(output), start..(end + 1).min(lines.len()))
}

/// `In [1]:`, `In [None]:`, `In []:`.
fn is_input_mark(line: &str) -> bool {
    let count = line
        .strip_prefix("In [")
        .and_then(|rest| rest.trim_end().strip_suffix("]:"));
    count.is_some_and(|count| {
        matches!(count.trim(), "" | "None" | "*") || count.parse::<u32>().is_ok()
    })
}

/// Whether an exported cell is over: at the next one, at its output, or at a heading of the text.
fn ends_input(line: &str) -> bool {
    let heading = line.trim_start_matches('#');
    is_input_mark(line)
        || line.starts_with("Out[")
        || (line.len() - heading.len() >= 2 && heading.starts_with(' '))
}

/// The text with its fences of output replaced: `outputs` has, for each cell, what it printed.
pub fn with_outputs(document: &Document, outputs: &[Option<String>]) -> String {
    let lines: Vec<&str> = document.text.lines().collect();
    let mut text = String::new();
    let mut at = 0;
    for (cell, output) in document.cells.iter().zip(outputs) {
        let Some(output) = output else { continue };
        let place = &cell.place.lines;
        for line in &lines[at..place.start] {
            text.push_str(line);
            text.push('\n');
        }
        at = place.end;
        if output.is_empty() {
            if !place.is_empty() && text.ends_with("\n\n") {
                text.pop();
            }
            continue;
        }
        if place.is_empty() {
            text.push('\n');
        }
        // A fence that is longer than any in the output.
        let longest = output
            .lines()
            .map(|line| line.trim_start().chars().take_while(|&c| c == '`').count())
            .max();
        let fence = "`".repeat((longest.unwrap_or(0) + 1).max(3));
        let indent = &cell.place.indent;
        text.push_str(&format!("{indent}{fence}{OUTPUT}\n"));
        for line in output.lines() {
            if !line.is_empty() {
                text.push_str(indent);
            }
            text.push_str(line);
            text.push('\n');
        }
        text.push_str(&format!("{indent}{fence}\n"));
    }
    for line in &lines[at..] {
        text.push_str(line);
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> Vec<(usize, String)> {
        let document = read("d.md", text);
        document
            .cells
            .into_iter()
            .map(|cell| (cell.line, cell.source))
            .collect()
    }

    #[test]
    fn fences_of_python_are_cells() {
        let text = "# T\n```python\n\nx = 1\n```\n```sh\nls\n```\n~~~py\ny\n~~~\n";
        assert_eq!(
            cells(text),
            [(4, "x = 1\n".to_owned()), (10, "y\n".to_owned())]
        );
        assert_eq!(cells("```python no-run\nx\n```\n"), []);
        assert_eq!(cells("```pycon\n>>> x\n```\n"), []);
        assert_eq!(cells("````md\n```python\nx\n```\n````\n"), []);
        assert_eq!(cells("```python\nunclosed"), [(2, "unclosed\n".to_owned())]);
        assert_eq!(
            cells("```python title=\"a\"\nx\n```"),
            [(2, "x\n".to_owned())]
        );
    }

    #[test]
    fn fences_in_lists_lose_their_indentation() {
        let text = "- item\n\n  ```python\n  if x:\n      y\n  ```\n";
        assert_eq!(cells(text), [(4, "if x:\n    y\n".to_owned())]);
        assert_eq!(read("d.md", text).shown.lines().nth(4), Some("    y"));
    }

    #[test]
    fn exported_cells_end_at_headings_and_outputs() {
        let text = "text\nIn [None]:\na = 1\n# no heading\n\nIn [2]:\nb\nOut[2]:\n5\n\nIn [3]:\nc\n## Heading\nd\n";
        let found = cells(text);
        let sources: Vec<&str> = found.iter().map(|(_, source)| source.as_str()).collect();
        assert_eq!(sources, ["a = 1\n# no heading\n", "b\n", "c\n"]);
        assert_eq!(read("d.txt", text).form, Form::Export);
    }

    #[test]
    fn recorded_output_is_read_and_replaced() {
        let text = "```python\nprint(1)\n```\n\n```output\n0\n```\n\nMore\n\n```python\nprint(2)\n```\nEnd\n";
        let document = read("d.md", text);
        assert_eq!(document.cells[0].recorded.as_deref(), Some("0\n"));
        assert_eq!(document.cells[1].recorded, None);
        let outputs = [Some("1\n".to_owned()), Some("```\n".to_owned())];
        let updated = with_outputs(&document, &outputs);
        assert_eq!(
            updated,
            "```python\nprint(1)\n```\n\n```output\n1\n```\n\nMore\n\n```python\nprint(2)\n```\n\n````output\n```\n````\nEnd\n"
        );
        let again = read("d.md", &updated);
        assert_eq!(with_outputs(&again, &outputs), updated);
        let without = with_outputs(&again, &[Some(String::new()), Some(String::new())]);
        assert!(!without.contains("output"), "{without}");
        assert!(
            read("d.md", &without)
                .cells
                .iter()
                .all(|cell| cell.recorded.is_none())
        );
    }

    #[test]
    fn masks_stand_in_comments() {
        let document = read("d.md", "<!-- ouro-mask: \\d+ KB -->\n```python\nx\n```\n");
        assert_eq!(document.masks, ["\\d+ KB"]);
    }
}
