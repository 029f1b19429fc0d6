//! The prompt: read, run, show, again.
//!
//! On a terminal lines come through an editor with history and completion; otherwise (`ouro -i` with a
//! pipe, a terminal that can do nothing) they are read plainly and the prompts go to stderr, as CPython
//! does it.

use std::io::{BufRead, ErrorKind, IsTerminal, Write};
use std::path::PathBuf;

use ouro::Interpreter;
use ouro::command::{self, Status};
use rustyline::completion::Completer;
use rustyline::error::ReadlineError;
use rustyline::highlight::Highlighter;
use rustyline::hint::Hinter;
use rustyline::history::DefaultHistory;
use rustyline::validate::Validator;
use rustyline::{Context, Editor, Helper};

use crate::environment::Environment;

/// What the prompt says first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Greeting {
    /// Version and hint.
    Full,
    /// Nothing.
    None,
}

impl Greeting {
    /// What `-q` leaves of it.
    pub fn of(quiet: bool) -> Greeting {
        if quiet {
            Greeting::None
        } else {
            Greeting::Full
        }
    }
}

/// Runs the file that PYTHONSTARTUP names.
pub fn startup_file(python: &Interpreter, environment: &Environment) {
    let Some(file) = &environment.startup else {
        return;
    };
    match std::fs::read(file) {
        Ok(bytes) => {
            command::run_source(python, &bytes, file);
        }
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "Could not open PYTHONSTARTUP\n{error}");
        }
    }
}

/// Runs the prompt until the end of input or SystemExit.
pub fn run(python: &Interpreter, greeting: Greeting) -> Status {
    command::start_prompt(python);
    command::flush(python);
    if greeting == Greeting::Full {
        let _ = writeln!(
            std::io::stderr(),
            "Ouro {} (Python 3.12.1)\nType \"help\", \"copyright\", \"credits\" or \"license\" for more information.",
            env!("CARGO_PKG_VERSION")
        );
    }
    let mut lines = Lines::new(python);
    let mut pending = String::new();
    loop {
        let name = if pending.is_empty() { "ps1" } else { "ps2" };
        let prompt = command::prompt(python, name);
        match lines.next(&prompt) {
            Line::Text(line) => {
                pending.push_str(&line);
                if wants_more(&pending, &line) {
                    pending.push('\n');
                    continue;
                }
                let text = std::mem::take(&mut pending);
                lines.remember(&text);
                if let Some(status) = execute(python, &text) {
                    lines.save();
                    return status;
                }
            }
            Line::Interrupted => {
                pending.clear();
                command::show_interrupt(python);
            }
            Line::End => {
                // What is unfinished gets its error before the end.
                let status = execute(python, &std::mem::take(&mut pending));
                lines.end();
                return status.unwrap_or_default();
            }
        }
    }
}

/// Runs a statement; a status where the prompt is to end.
fn execute(python: &Interpreter, text: &str) -> Option<Status> {
    if text.trim().is_empty() {
        return None;
    }
    let status = command::run_interactive(python, &format!("{text}\n"), "<stdin>");
    command::flush(python);
    status.exits.then_some(status)
}

/// Whether the lines typed so far need more: an empty line ends a block.
fn wants_more(pending: &str, line: &str) -> bool {
    match syntax::completeness(pending, syntax::Mode::Single) {
        syntax::Completeness::Incomplete => true,
        syntax::Completeness::Complete => {
            !line.trim().is_empty() && pending.contains('\n') && syntax::is_compound(pending)
        }
        syntax::Completeness::Invalid(_) => false,
    }
}

/// Values of `TERM` for which there is no editing of lines.
const PLAIN_TERMINALS: [&str; 3] = ["dumb", "cons25", "emacs"];

/// What came when a line was asked for.
enum Line {
    Text(String),
    Interrupted,
    End,
}

/// Where lines come from.
struct Lines<'a> {
    python: &'a Interpreter,
    editor: Option<Editor<Names<'a>, DefaultHistory>>,
    history: Option<PathBuf>,
}

impl<'a> Lines<'a> {
    fn new(python: &'a Interpreter) -> Lines<'a> {
        let terminal = std::io::stdin().is_terminal()
            && std::io::stdout().is_terminal()
            && !std::env::var("TERM").is_ok_and(|term| PLAIN_TERMINALS.contains(&term.as_str()));
        let mut editor = if terminal { Editor::new().ok() } else { None };
        let history =
            std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".ouro_history"));
        if let Some(editor) = &mut editor {
            editor.set_helper(Some(Names { python }));
            if let Some(history) = &history {
                // A missing history is an empty one.
                let _ = editor.load_history(history);
            }
        }
        Lines {
            python,
            editor,
            history,
        }
    }

    fn next(&mut self, prompt: &str) -> Line {
        match &mut self.editor {
            Some(editor) => match editor.readline(prompt) {
                Ok(line) => Line::Text(line),
                Err(ReadlineError::Interrupted) => Line::Interrupted,
                Err(_) => Line::End,
            },
            None => plain_line(self.python, prompt),
        }
    }

    fn remember(&mut self, text: &str) {
        if let Some(editor) = &mut self.editor
            && !text.trim().is_empty()
        {
            // A history that cannot be kept is no reason to stop.
            let _ = editor.add_history_entry(text.trim_end());
        }
    }

    fn save(&mut self) {
        if let (Some(editor), Some(history)) = (&mut self.editor, &self.history) {
            let _ = editor.save_history(history);
        }
    }

    fn end(&mut self) {
        let _ = writeln!(std::io::stderr());
        self.save();
    }
}

fn plain_line(python: &Interpreter, prompt: &str) -> Line {
    let mut stderr = std::io::stderr();
    let _ = stderr.write_all(prompt.as_bytes());
    let _ = stderr.flush();
    let mut input = std::io::stdin().lock();
    let mut bytes = Vec::new();
    loop {
        // Unlike `read_until` this tells of signals.
        let (newline, used) = match input.fill_buf() {
            Ok([]) if bytes.is_empty() => return Line::End,
            Ok([]) => break,
            Ok(read) => {
                let newline = read.iter().position(|b| *b == b'\n');
                let line = newline.map_or(read, |at| &read[..at]);
                bytes.extend_from_slice(line);
                (
                    newline.is_some(),
                    line.len() + usize::from(newline.is_some()),
                )
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => {
                if command::interrupted(python) {
                    return Line::Interrupted;
                }
                continue;
            }
            Err(_) => return Line::End,
        };
        input.consume(used);
        if newline {
            break;
        }
    }
    Line::Text(String::from_utf8_lossy(&bytes).into_owned())
}

/// Completes names by what the program knows.
struct Names<'a> {
    python: &'a Interpreter,
}

impl Completer for Names<'_> {
    type Candidate = String;

    fn complete(
        &self,
        line: &str,
        place: usize,
        _context: &Context<'_>,
    ) -> rustyline::Result<(usize, Vec<String>)> {
        let before = &line[..place];
        let start = before
            .rfind(|c: char| !(c.is_alphanumeric() || c == '_' || c == '.'))
            .map_or(0, |i| {
                i + before[i..].chars().next().map_or(1, char::len_utf8)
            });
        let word = &before[start..];
        if word.is_empty() {
            // Tab indents.
            return Ok((place, vec!["    ".to_owned()]));
        }
        Ok((start, command::completions(self.python, word)))
    }
}

impl Hinter for Names<'_> {
    type Hint = String;
}

impl Highlighter for Names<'_> {}
impl Validator for Names<'_> {}
impl Helper for Names<'_> {}
