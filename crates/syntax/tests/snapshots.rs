//! Tokens and trees of sample programs, source and result together.

use syntax::dump::{DumpOptions, dump};
use syntax::{Mode, ParseOptions, Source};

fn tree(text: &str) -> String {
    let source = Source::from_text(text).unwrap();
    match syntax::parse(&source, Mode::Exec, ParseOptions::default()) {
        Ok(parsed) => {
            let options = DumpOptions {
                indent: Some(2),
                attributes: false,
            };
            format!("{text}\n{}", dump(&parsed.module, &source, options))
        }
        Err(error) => format!("{text}\n{error}"),
    }
}

fn tokens(text: &str) -> String {
    let source = Source::from_text(text).unwrap();
    let (tokens, error) = syntax::tokenize(&source);
    let mut out = format!("{text}\n");
    for token in tokens {
        let start = source.position(token.start);
        let end = source.position(token.end);
        out.push_str(&format!(
            "{}:{}-{}:{} {:?} {:?}\n",
            start.line,
            start.column,
            end.line,
            end.column,
            token.kind,
            source.slice(token.range())
        ));
    }
    if let Some(error) = error {
        out.push_str(&format!("{error}\n"));
    }
    out
}

macro_rules! snapshots {
    ($($name:ident: $function:ident($file:literal);)*) => {
        $(#[test]
        fn $name() {
            insta::assert_snapshot!($function(include_str!(concat!("snippets/", $file))));
        })*
    };
}

snapshots! {
    tree_of_expressions: tree("expressions.py");
    tree_of_statements: tree("statements.py");
    tree_of_strings: tree("strings.py");
    tree_of_patterns: tree("patterns.py");
    tokens_of_statements: tokens("statements.py");
    tokens_of_strings: tokens("strings.py");
    tokens_of_layout: tokens("layout.py");
}
