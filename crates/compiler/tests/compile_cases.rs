//! Errors and warnings, compared with what CPython said of the same texts
//! (`tests/errors/compile_cases`, recorded by `scripts/record_compile_cases.py`).

use std::fmt::Write;
use std::path::Path;

use syntax::{Mode, ParseOptions, Source};

fn outcome(text: &str) -> String {
    let mut out = String::new();
    let result = Source::from_text(text)
        .map_err(Box::new)
        .and_then(|source| {
            let parsed = syntax::parse(&source, Mode::Exec, ParseOptions::default())?;
            let options = compiler::Options::default();
            let compiled = compiler::compile(&parsed.module, "<case>", &source, options)?;
            let mut warnings = parsed.warnings;
            warnings.extend(compiled.warnings);
            Ok(warnings)
        });
    match result {
        Ok(warnings) if warnings.is_empty() => out.push_str("    compiles\n"),
        Ok(warnings) => {
            for w in warnings {
                writeln!(out, "    SyntaxWarning: {} ({})", w.msg, w.lineno).expect("a String");
            }
        }
        Err(e) => writeln!(out, "    {e}").expect("a String"),
    }
    out
}

#[test]
fn errors_and_warnings_are_those_of_cpython() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/errors/compile_cases");
    let expected = std::fs::read_to_string(cases.join("expected.txt")).expect("recorded cases");
    let mut actual = String::new();
    for name in expected.lines().filter(|line| !line.starts_with(' ')) {
        let path = cases.join(format!("{name}.py"));
        let text = std::fs::read_to_string(&path).expect("the case's text");
        writeln!(actual, "{name}").expect("a String");
        actual.push_str(&outcome(&text));
    }
    assert!(expected.lines().count() >= 2 * 60, "cases are missing");
    if actual != expected {
        let differing: Vec<String> = expected
            .lines()
            .zip(actual.lines())
            .filter(|(e, a)| e != a)
            .map(|(e, a)| format!("expected {e}\n  actual {a}"))
            .collect();
        panic!("{}", differing.join("\n"));
    }
}
