//! Runs the cells of a document in the namespace of `__main__`.

use std::io::Write;

use ouro::Interpreter;
use ouro::command::{self, CellEnd, CellSource, Status};

use super::{Document, Form};
use crate::options::DocumentOptions;

/// What begins the line that tells of a cell's uncaught exception.
const RAISED: &str = "#### raised ";

/// The line that tells of a cell's uncaught exception where output is recorded.
pub fn raised_line(class: &str, message: &str) -> String {
    format!("{RAISED}{class}: {}\n", message.trim_end())
}

/// Recorded output without the line of the exception at its end, and that exception's class and message.
pub fn split_raised(output: &str) -> (&str, Option<(&str, &str)>) {
    let at = match output.rfind(&format!("\n{RAISED}")) {
        Some(newline) => newline + 1,
        None if output.starts_with(RAISED) => 0,
        None => return (output, None),
    };
    let line = output[at + RAISED.len()..].trim_end();
    (
        &output[..at],
        Some(line.split_once(": ").unwrap_or((line, ""))),
    )
}

/// What goes to standard output beside what cells print.
enum Marks {
    None,
    /// Lines for people and for `scripts/documents`.
    Shown,
    /// Lines that begin with a word no cell prints, for `--check`.
    Hidden(String),
}

impl Marks {
    fn of(options: &DocumentOptions) -> Marks {
        match options.marks.as_deref() {
            None => Marks::None,
            Some("") => Marks::Shown,
            Some(word) => Marks::Hidden(word.to_owned()),
        }
    }

    /// Writes behind all that the program has printed so far.
    fn write(&self, python: &Interpreter, text: &str) {
        let word = match self {
            Marks::None => return,
            Marks::Shown => "",
            Marks::Hidden(word) => word,
        };
        command::flush(python);
        let mut stdout = std::io::stdout().lock();
        // Nobody is left to tell if standard output is closed.
        let _ = stdout.write_all(format!("{word}{text}").as_bytes());
        let _ = stdout.flush();
    }
}

/// Runs the chosen cells, up to the first that raises unless the options say otherwise.
pub fn run(
    python: &Interpreter,
    document: &Document,
    options: &DocumentOptions,
    file: &str,
) -> Result<Status, String> {
    let chosen = document.chosen(options)?;
    let marks = Marks::of(options);
    command::start_document(python, file, &document.shown);
    let mut status = Status::default();
    let mut raised = 0;
    for cell in &chosen {
        marks.write(python, &format!("#### cell {}\n", cell.number));
        let named = cell.file.as_ref().map(|own| {
            // The own name ends as the one on the command line does; the folder is added to both.
            let folder = file
                .strip_suffix(document.path.as_str())
                .unwrap_or_default();
            format!("{folder}{own}")
        });
        if let Some(named) = &named {
            command::register_source(python, named, &cell.source);
        }
        let end = command::run_cell(
            python,
            &CellSource {
                text: &cell.source,
                file: named.as_deref().unwrap_or(file),
                line: cell.line,
                echo: document.form == Form::Notebook,
                last: !options.keep_going,
            },
        );
        let CellEnd::Raised {
            status: ended,
            class,
            message,
        } = end
        else {
            continue;
        };
        status = ended;
        if status.exits {
            break;
        }
        raised += 1;
        marks.write(python, &raised_line(&class, &message));
        if status.interrupted || !options.keep_going {
            break;
        }
    }
    marks.write(
        python,
        &format!("#### {} cells, {raised} raised\n", chosen.len()),
    );
    Ok(status)
}
