//! The errors of wrong programs: message, place and text are those that CPython 3.12.1 gave to
//! scripts/record_syntax_errors.py.

#[path = "support/describe.rs"]
mod describe;

use describe::describe;

const CASES: &str = include_str!("../../../tests/errors/syntax_cases/cases.txt");
const ANSWERS: &str = include_str!("../../../tests/errors/syntax_cases/answers.txt");

/// Undoes the escapes of the cases file.
fn unescape(line: &str) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        let code = || char::from_u32(u32::from_str_radix(rest.get(at + 2..at + 6)?, 16).ok()?);
        let (text, length) = match rest.as_bytes().get(at + 1) {
            Some(b'n') => ('\n', 2),
            Some(b't') => ('\t', 2),
            Some(b'r') => ('\r', 2),
            Some(b'f') => ('\x0C', 2),
            Some(b'\\') => ('\\', 2),
            Some(b'u') => code().map_or(('\\', 1), |c| (c, 6)),
            _ => ('\\', 1),
        };
        out.push(text);
        rest = &rest[at + length..];
    }
    out.push_str(rest);
    out
}

#[test]
fn errors_are_those_of_cpython() {
    let cases: Vec<&str> = CASES.lines().collect();
    let answers: Vec<&str> = ANSWERS.lines().collect();
    assert_eq!(cases.len(), answers.len(), "record the answers again");
    let mut wrong = String::new();
    for (case, expected) in cases.iter().zip(&answers) {
        let got = describe(&unescape(case));
        if got != *expected {
            wrong.push_str(&format!(
                "{case}\n  expected {expected}\n  got      {got}\n"
            ));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
