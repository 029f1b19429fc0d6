//! `--dump tokens|ast|bytecode`: what a program is read as.

use std::io::{Read, Write};

use crate::options::{Dump, Options, Program};

/// Prints the program's tokens, tree or bytecode; the exit status.
pub fn run(what: Dump, options: &Options, program_name: &str) -> i32 {
    let (bytes, file) = match &options.program {
        Program::Code(code) => (code.clone().into_bytes(), "<string>".to_owned()),
        Program::File(file) => match std::fs::read(file) {
            Ok(bytes) => (bytes, file.clone()),
            Err(error) => {
                return complain(program_name, &format!("can't open file '{file}': {error}"));
            }
        },
        Program::Stdin => {
            let mut bytes = Vec::new();
            if let Err(error) = std::io::stdin().lock().read_to_end(&mut bytes) {
                return complain(program_name, &format!("can't read standard input: {error}"));
            }
            (bytes, "<stdin>".to_owned())
        }
        Program::Module(_) => return complain(program_name, "--dump does not take -m"),
    };
    match text_of(what, &bytes, &file, options.flags.optimize) {
        Ok(text) => {
            // Nobody is left to tell if standard output is closed.
            let _ = std::io::stdout().write_all(text.as_bytes());
            0
        }
        Err(error) => {
            let _ = writeln!(
                std::io::stderr(),
                "  File \"{file}\", line {}\n{}: {}",
                error.lineno,
                error.kind.class_name(),
                error.msg
            );
            1
        }
    }
}

fn complain(program_name: &str, message: &str) -> i32 {
    let _ = writeln!(std::io::stderr(), "{program_name}: {message}");
    2
}

fn text_of(
    what: Dump,
    bytes: &[u8],
    file: &str,
    optimize: u8,
) -> Result<String, Box<syntax::SyntaxError>> {
    let source = syntax::Source::from_file(bytes, file)?;
    if what == Dump::Tokens {
        let (tokens, error) = syntax::tokenize(&source);
        let mut text = String::new();
        for token in &tokens {
            let place = source.position(token.range().start);
            text.push_str(&format!(
                "{}:{}\t{:?}\t{:?}\n",
                place.line,
                place.column,
                token.kind,
                source.slice(token.range())
            ));
        }
        return match error {
            Some(error) => Err(error),
            None => Ok(text),
        };
    }
    let parsed = syntax::parse(&source, syntax::Mode::Exec, syntax::ParseOptions::default())?;
    if what == Dump::Ast {
        let mut text = syntax::dump::dump(
            &parsed.module,
            &source,
            syntax::dump::DumpOptions {
                indent: Some(2),
                ..Default::default()
            },
        );
        text.push('\n');
        return Ok(text);
    }
    let options = compiler::Options {
        optimize,
        from_file: true,
        ..compiler::Options::default()
    };
    let compiled = compiler::compile(&parsed.module, file, &source, options)?;
    Ok(bytecode::disassemble::disassemble(&compiled.code))
}
