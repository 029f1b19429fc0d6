//! What the parser says to a snippet, in one line.

use syntax::{Mode, ParseOptions, Source};

/// One line: the error's attributes, or `ok`.  A first line `#eval` or `#single` chooses the mode.
pub fn describe(snippet: &str) -> String {
    let (mode, text) = match snippet.strip_prefix("#eval\n") {
        Some(rest) => (Mode::Eval, rest),
        None => match snippet.strip_prefix("#single\n") {
            Some(rest) => (Mode::Single, rest),
            None => (Mode::Exec, snippet),
        },
    };
    let parsed = Source::from_text(text)
        .map_err(Box::new)
        .and_then(|source| syntax::parse(&source, mode, ParseOptions::default()));
    match parsed {
        Ok(parsed) => {
            let warning = |w: &syntax::SyntaxWarning| format!(" | {}: {}", w.lineno, w.msg);
            format!(
                "ok{}",
                parsed.warnings.iter().map(warning).collect::<String>()
            )
        }
        Err(e) if !e.kind.has_position() => format!("{} | {}", e.kind.class_name(), e.msg),
        Err(e) => format!(
            "{} | {} | {}:{}-{}:{} | {}",
            e.kind.class_name(),
            escape(&e.msg),
            e.lineno,
            e.offset,
            e.end_lineno,
            e.end_offset,
            e.text.as_deref().map_or("None".into(), escape)
        ),
    }
}

/// The notation of tests/errors/syntax_cases.
fn escape(text: &str) -> String {
    let text = text
        .replace('\\', "\\\\")
        .replace('\n', "\\n")
        .replace('\t', "\\t");
    text.replace('\r', "\\r").replace('\x0C', "\\f")
}
