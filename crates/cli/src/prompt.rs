//! The prompt: read, run, show, again.
//!
//! On a terminal lines come through an editor with history and completion; otherwise (`ouro -i` with a
//! pipe, a terminal that can do nothing) they are read plainly and the prompts go to stderr, as CPython
//! does it.
//!
//! What is typed is one statement, and an empty line ends a block. Lines that come together, because they
//! were pasted or called back from the history, are read as a module is: they may have empty lines inside
//! blocks, and be several statements, which run one by one.

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
use rustyline::{CompletionType, Config, Context, Editor, Helper};

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
    let mut pending = Input::default();
    loop {
        let name = if pending.text.is_empty() {
            "ps1"
        } else {
            "ps2"
        };
        let prompt = command::prompt(python, name);
        match lines.next(&prompt) {
            Line::Text(line) => {
                pending.text.push_str(&line);
                pending.together |= line.contains('\n');
                if pending.wants_more() {
                    pending.text.push('\n');
                    continue;
                }
                let input = std::mem::take(&mut pending);
                lines.remember(&input.text);
                if let Some(status) = input.execute(python) {
                    lines.save();
                    return status;
                }
            }
            Line::Interrupted => {
                pending = Input::default();
                command::show_interrupt(python, lines.editor.is_none());
            }
            Line::End => {
                // What is unfinished gets its error before the end.
                let status = std::mem::take(&mut pending).execute(python);
                lines.end();
                return status.unwrap_or_default();
            }
        }
    }
}

/// What was typed since the last statement ran.
#[derive(Default)]
struct Input {
    text: String,
    /// Several lines came at once.
    together: bool,
}

impl Input {
    /// Whether more lines are needed: an empty line ends a block.
    fn wants_more(&self) -> bool {
        let mode = if self.together {
            syntax::Mode::Exec
        } else {
            syntax::Mode::Single
        };
        let last_line = self.text.rsplit('\n').next().unwrap_or_default();
        match syntax::completeness(&self.text, mode) {
            syntax::Completeness::Incomplete => true,
            syntax::Completeness::Complete => {
                !last_line.trim().is_empty() && self.text.contains('\n') && self.ends_in_block()
            }
            syntax::Completeness::Invalid(_) => false,
        }
    }

    fn ends_in_block(&self) -> bool {
        if !self.together {
            return syntax::is_compound(&self.text);
        }
        let last = syntax::statements(&self.text)
            .ok()
            .and_then(|mut all| all.pop());
        last.is_some_and(|last| last.contains('\n') && syntax::is_compound(&last))
    }

    /// Runs what was typed; a status where the prompt is to end.
    fn execute(self, python: &Interpreter) -> Option<Status> {
        if self.text.trim().is_empty() {
            return None;
        }
        let statements = if !self.together {
            vec![self.text]
        } else if let Ok(statements) = syntax::statements(&self.text) {
            statements
        } else {
            // The mistake is told of with its line among all of them.
            command::run_source(python, self.text.as_bytes(), "<stdin>");
            return None;
        };
        for statement in statements {
            let status = command::run_interactive(python, &format!("{statement}\n"), "<stdin>");
            command::flush(python);
            if status.exits {
                return Some(status);
            }
            if status.code != 0 {
                break;
            }
        }
        None
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
        let config = Config::builder()
            .completion_type(CompletionType::List)
            .build();
        let mut editor = terminal.then(|| Editor::with_config(config).ok()).flatten();
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
            Some(editor) => match Self::ask(editor, self.python, prompt) {
                Ok(line) => Line::Text(line),
                Err(ReadlineError::Interrupted) => Line::Interrupted,
                Err(_) => Line::End,
            },
            None => plain_line(self.python, prompt),
        }
    }

    /// Has a line typed, when the editor knows what the program told `readline`.
    fn ask(
        editor: &mut Editor<Names<'a>, DefaultHistory>,
        python: &Interpreter,
        prompt: &str,
    ) -> rustyline::Result<String> {
        let start = command::before_line(python);
        if start.anew {
            let _ = editor.clear_history();
        }
        for line in &start.lines {
            let _ = editor.add_history_entry(line);
        }
        editor.readline_with_initial(prompt, (&start.inserted, ""))
    }

    fn remember(&mut self, text: &str) {
        if let Some(editor) = &mut self.editor
            && !text.trim().is_empty()
            && command::remember(self.python, text.trim_end())
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
        let (before, word) = before.split_at(start);
        if before.trim().is_empty() && word.is_empty() {
            // Tab indents.
            return Ok((place, vec!["    ".to_owned()]));
        }
        Ok((start, command::completions(self.python, before, word)))
    }
}

impl Hinter for Names<'_> {
    type Hint = String;
}

impl Highlighter for Names<'_> {}
impl Validator for Names<'_> {}
impl Helper for Names<'_> {}
