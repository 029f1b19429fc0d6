//! Damages programs for as long as it is told to: `mutate SECONDS SEED FILE…`.
//!
//! A panic ends it with the text that caused it; texts that take longer than a second are shown.

#[path = "../tests/support/mutate.rs"]
mod mutate;

use mutate::Rng;
use std::time::{Duration, Instant};
use syntax::{Mode, ParseOptions, Source};

fn main() -> std::io::Result<()> {
    let worker = std::thread::Builder::new()
        .stack_size(16 << 20)
        .spawn(run)?;
    worker
        .join()
        .map_err(|_| std::io::Error::other("the parser panicked"))?
}

fn run() -> std::io::Result<()> {
    let mut args = std::env::args().skip(1);
    let mut number = || args.next().and_then(|a| a.parse::<u64>().ok()).unwrap_or(1);
    let (seconds, seed) = (number(), number());
    let files: Vec<String> = args
        .filter_map(|path| std::fs::read(path).ok())
        .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
        .collect();
    let mut rng = Rng::new(seed);
    let end = Instant::now() + Duration::from_secs(seconds);
    let (mut count, mut accepted) = (0u64, 0u64);
    while Instant::now() < end {
        let program = match files.len() {
            0 => "",
            n => &files[rng.below(n)],
        };
        let text = mutate::mutate(&mut rng, program);
        let start = Instant::now();
        let Ok(ok) = std::panic::catch_unwind(|| parse(&text)) else {
            println!("panicked on {text:?}");
            return Err(std::io::Error::other("panic"));
        };
        if start.elapsed() > Duration::from_secs(1) {
            println!(
                "{:?} for {} bytes: {text:.200?}",
                start.elapsed(),
                text.len()
            );
        }
        count += 1;
        accepted += u64::from(ok);
    }
    println!("{count} texts, {accepted} accepted");
    Ok(())
}

fn parse(text: &str) -> bool {
    let Ok(source) = Source::from_text(text) else {
        return false;
    };
    let parse = |mode| syntax::parse(&source, mode, ParseOptions::default()).is_ok();
    syntax::tokenize(&source);
    parse(Mode::Exec) | parse(Mode::Single) | parse(Mode::Eval)
}
