//! Parses files and shows what came out; the scripts compare it with CPython's answers.
//!
//! `parse dump FILE…` writes the tree with positions, `parse errors` reads snippets separated by
//! NUL from standard input and writes one line for each, `parse time FILE…` measures.

#[path = "../tests/support/describe.rs"]
mod describe;

use describe::describe;
use std::io::{Read as _, Write as _};
use syntax::dump::{DumpOptions, dump};
use syntax::{Mode, ParseOptions, Source};

fn main() -> std::io::Result<()> {
    // As deep as a process's main thread commonly is.
    let worker = std::thread::Builder::new()
        .stack_size(16 << 20)
        .spawn(run)?;
    worker
        .join()
        .map_err(|_| std::io::Error::other("the parser panicked"))?
}

fn run() -> std::io::Result<()> {
    let mut args = std::env::args().skip(1);
    let command = args.next().unwrap_or_default();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    match command.as_str() {
        "dump" => {
            for path in args {
                let bytes = std::fs::read(&path)?;
                match parse_bytes(&bytes) {
                    Ok(text) => writeln!(out, "{text}\0")?,
                    Err(error) => writeln!(out, "{error}\0")?,
                }
            }
        }
        "errors" => {
            let mut input = String::new();
            std::io::stdin().read_to_string(&mut input)?;
            for snippet in input.split('\0') {
                writeln!(out, "{}", describe(snippet))?;
            }
        }
        "time" => {
            for path in args {
                time(&path, &mut out)?;
            }
        }
        _ => writeln!(out, "usage: parse dump|errors|time FILE…")?,
    }
    out.flush()
}

fn parse_bytes(bytes: &[u8]) -> Result<String, String> {
    let source = Source::from_bytes(bytes).map_err(|e| e.to_string())?;
    let parsed = syntax::parse(&source, Mode::Exec, ParseOptions::default())
        .map_err(|e| format!("{e}\n{:?}", e.text))?;
    Ok(dump(
        &parsed.module,
        &source,
        DumpOptions {
            indent: Some(1),
            attributes: true,
        },
    ))
}

fn time(path: &str, out: &mut impl std::io::Write) -> std::io::Result<()> {
    let bytes = std::fs::read(path)?;
    let Ok(source) = Source::from_bytes(&bytes) else {
        return Ok(());
    };
    let best = |f: &dyn Fn()| {
        (0..5)
            .map(|_| {
                let start = std::time::Instant::now();
                f();
                start.elapsed().as_secs_f64()
            })
            .fold(f64::MAX, f64::min)
    };
    let megabytes = bytes.len() as f64 / 1e6;
    let lex = best(&|| drop(syntax::tokenize(&source)));
    let parse = best(&|| drop(syntax::parse(&source, Mode::Exec, ParseOptions::default())));
    writeln!(
        out,
        "{path}: {megabytes:.2} MB, lexing {:.1} MB/s, parsing {:.1} MB/s",
        megabytes / lex,
        megabytes / parse
    )
}
