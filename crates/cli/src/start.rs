//! From options to a running program.

use std::io::{IsTerminal, Read, Write};
use std::path::Path;

use ouro::{Config, Interpreter};

use crate::dump;
use crate::options::{Options, Program};
use crate::prompt;

/// Runs what the options name and gives the exit status.
pub fn run(options: Options, program_name: &str) -> i32 {
    if let Some(what) = options.dump {
        return dump::run(what, &options, program_name);
    }
    let interactive = options.program == Program::Stdin && std::io::stdin().is_terminal();
    let python = Interpreter::new(config(&options, program_name));
    let mut status = match &options.program {
        Program::Code(code) => status_of(python.run(&format!("{code}\n"), "<string>")),
        Program::Module(module) => status_of(python.run_module(module)),
        Program::File(file) => run_file(&python, file, &options, program_name),
        Program::Stdin if interactive => prompt::run(&python, options.flags.quiet),
        Program::Stdin => match read_stdin() {
            Ok(bytes) => status_of(python.run_source(&bytes, "<stdin>")),
            Err(error) => complain(program_name, &format!("can't read standard input: {error}")),
        },
    };
    if options.flags.inspect && !interactive {
        status = prompt::run(&python, true);
    }
    match python.finalize() {
        0 => status,
        failed if status == 0 => failed,
        _ => status,
    }
}

fn status_of(result: Result<(), ouro::Error>) -> i32 {
    match result {
        Ok(()) => 0,
        Err(error) => error.status,
    }
}

fn read_stdin() -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    std::io::stdin().lock().read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn complain(program_name: &str, message: &str) -> i32 {
    let _ = writeln!(std::io::stderr(), "{program_name}: {message}");
    2
}

fn run_file(python: &Interpreter, file: &str, options: &Options, program_name: &str) -> i32 {
    let path = Path::new(file);
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let shown = absolute.to_string_lossy();
    if path.is_dir() {
        let main = path.join("__main__.py");
        if !main.is_file() {
            let _ = writeln!(
                std::io::stderr(),
                "{program_name}: can't find '__main__' module in '{shown}'"
            );
            return 1;
        }
        return run_file(python, &main.to_string_lossy(), options, program_name);
    }
    match std::fs::read(path) {
        Ok(mut bytes) => {
            if options.flags.skip_first_line
                && let Some(end) = bytes.iter().position(|&b| b == b'\n')
            {
                // The newline stays, so that lines keep their numbers.
                bytes.drain(..end);
            }
            python.set_main_file(file);
            status_of(python.run_source(&bytes, file))
        }
        Err(error) => {
            let code = error.raw_os_error().unwrap_or(0);
            let text = error.to_string();
            let text = text.split(" (os error").next().unwrap_or(&text);
            complain(
                program_name,
                &format!("can't open file '{shown}': [Errno {code}] {text}"),
            )
        }
    }
}

fn config(options: &Options, program_name: &str) -> Config {
    let environment = |name: &str| {
        if options.flags.ignore_environment {
            None
        } else {
            std::env::var(name).ok()
        }
    };
    let first = match &options.program {
        Program::Code(_) => "-c".to_owned(),
        Program::Module(_) => "-m".to_owned(),
        Program::File(file) => file.clone(),
        Program::Stdin => String::new(),
    };
    let mut argv = vec![first];
    argv.extend(options.args.iter().cloned());
    let mut path = Vec::new();
    if !options.flags.safe_path && environment("PYTHONSAFEPATH").is_none_or(|v| v.is_empty()) {
        path.push(match &options.program {
            Program::File(file) if Path::new(file).is_dir() => file.clone(),
            Program::File(file) => {
                let real =
                    std::fs::canonicalize(file).unwrap_or_else(|_| Path::new(file).to_owned());
                real.parent()
                    .map_or_else(String::new, |p| p.to_string_lossy().into_owned())
            }
            Program::Module(_) => std::env::current_dir()
                .map_or_else(|_| String::new(), |p| p.to_string_lossy().into_owned()),
            _ => String::new(),
        });
    }
    if let Some(more) = environment("PYTHONPATH") {
        path.extend(more.split(':').filter(|p| !p.is_empty()).map(str::to_owned));
    }
    let hash_seed = match environment("PYTHONHASHSEED").as_deref() {
        _ if options.flags.deterministic => 1,
        Some(seed) if seed != "random" => seed.parse().unwrap_or(0) + 1,
        _ => random_seed(),
    };
    let optimize = environment("PYTHONOPTIMIZE").map_or(0, |v| {
        if v.is_empty() {
            0
        } else {
            v.parse().unwrap_or(1)
        }
    });
    Config {
        argv,
        path,
        executable: std::env::current_exe().map_or_else(
            |_| program_name.to_owned(),
            |p| p.to_string_lossy().into_owned(),
        ),
        optimize: options.flags.optimize.max(optimize),
        hash_seed,
        gc_stress: std::env::var_os("OURO_GC_STRESS").is_some(),
        gc_disabled: std::env::var_os("OURO_GC_DISABLE").is_some(),
        ..Config::default()
    }
}

/// A seed that differs from run to run.
fn random_seed() -> u64 {
    use std::hash::{BuildHasher, Hasher};
    std::collections::hash_map::RandomState::new()
        .build_hasher()
        .finish()
        | 1
}
