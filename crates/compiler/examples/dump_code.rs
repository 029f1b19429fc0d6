//! Compiles files and prints every code object in a form that a script can compare.
//!
//! `dump_code [-O LEVEL] [-m exec|eval|single|await] FILE…` writes tab-separated lines: `F` a file, `C` a code object, then its
//! tables, `I` its instructions, `E` its exception table; `X` an error, `W` a warning.

use std::fmt::Write;

use bytecode::{Code, Const, Opcode};
use syntax::{Mode, ParseOptions, Source};

fn constant(value: &Const) -> String {
    let items = |items: &[Const]| items.iter().map(constant).collect::<Vec<_>>();
    match value {
        Const::Float(v) => format!("f{:016x}", v.to_bits()),
        Const::Complex(re, im) => format!("c{:016x}{:016x}", re.to_bits(), im.to_bits()),
        Const::Str(text) => {
            let mut out = String::from("s");
            for c in text.code_points() {
                write!(out, "{c:x},").expect("writing to a String cannot fail");
            }
            out
        }
        Const::Tuple(v) => format!("({})", items(v).join(" ")),
        Const::FrozenSet(v) => {
            let mut items = items(v);
            items.sort();
            format!("{{{}}}", items.join(" "))
        }
        Const::Code(code) => format!("<{} {}>", code.qualname, code.first_line),
        other => bytecode::repr::constant(other),
    }
}

fn dump(code: &Code) {
    let join = |names: Vec<&str>| names.join("\x1f");
    println!(
        "C\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}",
        code.qualname,
        code.name,
        code.flags.0,
        code.argcount,
        code.posonlyargcount,
        code.kwonlyargcount,
        code.stacksize,
        code.first_line
    );
    println!("names\t{}", join(code.names.iter().map(|n| &**n).collect()));
    println!("varnames\t{}", join(code.varnames().collect()));
    println!("cellvars\t{}", join(code.cellvars().collect()));
    println!("freevars\t{}", join(code.freevars().collect()));
    let consts: Vec<String> = code.consts.iter().map(constant).collect();
    println!("consts\t{}", consts.join("\x1f"));
    for (pc, (instr, loc)) in code.instructions.iter().zip(&code.locations).enumerate() {
        if instr.op != Opcode::CACHE {
            println!(
                "I\t{pc}\t{}\t{}\t{}\t{}\t{}\t{}\t{}",
                instr.op.name(),
                instr.arg,
                loc.line,
                loc.end_line,
                loc.col,
                loc.end_col,
                u8::from(instr.op.is_jump())
            );
        }
    }
    for e in &code.exception_table {
        println!(
            "E\t{}\t{}\t{}\t{}\t{}",
            e.start,
            e.end,
            e.target,
            e.depth,
            u8::from(e.lasti)
        );
    }
    code.nested().for_each(|inner| dump(inner));
}

/// `await` is `exec` with top-level await.
fn compile_file(path: &str, optimize: u8, mode: &str) -> Result<(), Box<syntax::SyntaxError>> {
    let bytes = std::fs::read(path).unwrap_or_default();
    let source = Source::from_file(&bytes, path)?;
    let parse_mode = match mode {
        "eval" => Mode::Eval,
        "single" => Mode::Single,
        _ => Mode::Exec,
    };
    let parsed = syntax::parse(&source, parse_mode, ParseOptions::default())?;
    let options = compiler::Options {
        optimize,
        top_level_await: mode == "await",
        ..compiler::Options::default()
    };
    let compiled = compiler::compile(&parsed.module, path, &source, options)?;
    for warning in parsed.warnings.iter().chain(&compiled.warnings) {
        println!("W\t{}\t{}", warning.lineno, warning.msg);
    }
    dump(&compiled.code);
    Ok(())
}

fn main() {
    let mut files: Vec<String> = std::env::args().skip(1).collect();
    let mut optimize = 0;
    let mut mode = "exec".to_owned();
    while files.len() > 2 && files[0].starts_with('-') {
        match &*files[0] {
            "-O" => optimize = files[1].parse().unwrap_or_default(),
            _ => mode = files[1].clone(),
        }
        files.drain(..2);
    }
    let run = move || {
        for path in files {
            println!("F\t{path}");
            if let Err(e) = compile_file(&path, optimize, &mode) {
                println!(
                    "X\t{}\t{}\t{}\t{}\t{}\t{}",
                    e.kind.class_name(),
                    e.msg,
                    e.lineno,
                    e.offset,
                    e.end_lineno,
                    e.end_offset
                );
            }
        }
    };
    let worker = std::thread::Builder::new().stack_size(16 << 20).spawn(run);
    worker
        .expect("a thread can be made")
        .join()
        .expect("no panic");
}
