//! The prompt: read, run, show, again.

use std::io::Write;

use ouro::Interpreter;
use rustyline::DefaultEditor;
use rustyline::error::ReadlineError;

/// Runs the prompt until the end of input; the exit status.
pub fn run(python: &Interpreter, quiet: bool) -> i32 {
    if !quiet {
        println!(
            "Ouro {} (Python 3.12.1)\nType \"help\", \"copyright\", \"credits\" or \"license\" for more information.",
            env!("CARGO_PKG_VERSION")
        );
    }
    let Ok(mut editor) = DefaultEditor::new() else {
        let _ = writeln!(std::io::stderr(), "ouro: no terminal to read from");
        return 1;
    };
    let history =
        std::env::var_os("HOME").map(|home| std::path::Path::new(&home).join(".ouro_history"));
    if let Some(history) = &history {
        // A missing history is an empty one.
        let _ = editor.load_history(history);
    }
    let mut pending = String::new();
    let status = loop {
        let prompt = if pending.is_empty() {
            python.sys_text("ps1").unwrap_or_else(|| ">>> ".to_owned())
        } else {
            python.sys_text("ps2").unwrap_or_else(|| "... ".to_owned())
        };
        match editor.readline(&prompt) {
            Ok(line) => {
                pending.push_str(&line);
                match completeness(&pending, &line) {
                    syntax::Completeness::Incomplete => {
                        pending.push('\n');
                        continue;
                    }
                    syntax::Completeness::Complete | syntax::Completeness::Invalid(_) => {}
                }
                let text = std::mem::take(&mut pending);
                if text.trim().is_empty() {
                    continue;
                }
                // A history that cannot be kept is no reason to stop.
                let _ = editor.add_history_entry(text.trim_end());
                if let Err(error) = python.run_single(&format!("{text}\n"), "<stdin>")
                    && error.exits
                {
                    break error.status;
                }
            }
            Err(ReadlineError::Interrupted) => {
                pending.clear();
                println!("KeyboardInterrupt");
            }
            Err(_) => {
                println!();
                break 0;
            }
        }
    };
    if let Some(history) = &history {
        let _ = editor.save_history(history);
    }
    status
}

/// Whether the lines typed so far are a whole statement: an empty line ends a block.
fn completeness(pending: &str, line: &str) -> syntax::Completeness {
    let found = syntax::completeness(pending, syntax::Mode::Single);
    if found == syntax::Completeness::Complete
        && !line.trim().is_empty()
        && pending.contains('\n')
        && pending
            .lines()
            .last()
            .is_some_and(|l| l.starts_with([' ', '\t']))
    {
        return syntax::Completeness::Incomplete;
    }
    found
}
