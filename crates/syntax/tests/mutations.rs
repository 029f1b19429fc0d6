//! No text, however damaged, makes the parser panic, overflow or hang.

#[path = "support/mutate.rs"]
mod mutate;

use mutate::{Rng, mutate};
use std::time::{Duration, Instant};
use syntax::dump::{DumpOptions, dump};
use syntax::{Mode, ParseOptions, Source};

const SEEDS: &[&str] = &[
    include_str!("snippets/expressions.py"),
    include_str!("snippets/statements.py"),
    include_str!("snippets/strings.py"),
    include_str!("snippets/patterns.py"),
    include_str!("snippets/layout.py"),
];

/// Gives a text to everything that takes one.
fn exercise(text: &str) {
    if let Ok(source) = Source::from_text(text) {
        syntax::tokenize(&source);
        for mode in [Mode::Exec, Mode::Single, Mode::Eval] {
            if let Ok(parsed) = syntax::parse(&source, mode, ParseOptions::default()) {
                let options = DumpOptions {
                    indent: Some(2),
                    attributes: true,
                };
                dump(&parsed.module, &source, options);
            }
        }
        syntax::completeness(text, Mode::Single);
    }
    if let Ok(source) = Source::from_bytes(text.as_bytes()) {
        assert!(!source.text().contains('\r'));
    }
}

#[test]
fn damaged_programs_give_results_or_errors() {
    let worker = || {
        let mut rng = Rng::new(7);
        for round in 0..3000 {
            let text = mutate(&mut rng, SEEDS[round % SEEDS.len()]);
            let start = Instant::now();
            exercise(&text);
            let took = start.elapsed();
            assert!(took < Duration::from_secs(5), "{took:?} for {text:?}");
        }
    };
    // Trees may be as deep as they may be on a main thread.
    let thread = std::thread::Builder::new()
        .stack_size(16 << 20)
        .spawn(worker)
        .unwrap();
    thread.join().unwrap();
}
