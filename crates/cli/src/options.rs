//! The command line, read as CPython reads it.

use std::ffi::OsString;

/// What is to be run.
#[derive(Debug, PartialEq, Eq)]
pub enum Program {
    /// `-c CODE`
    Code(String),
    /// `-m MODULE`
    Module(String),
    /// A script, or a folder with a `__main__.py`.
    File(String),
    /// `-`, or nothing on the command line.
    Stdin,
}

/// What `--dump` shows instead of running.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dump {
    Tokens,
    Ast,
    Bytecode,
}

/// A read command line.
#[derive(Debug)]
pub struct Options {
    pub program: Program,
    /// `sys.argv` behind its first element.
    pub args: Vec<String>,
    pub dump: Option<Dump>,
    pub flags: Flags,
    /// All words behind the program's name.
    pub original: Vec<String>,
}

/// The switches.
#[derive(Clone, Debug, Default)]
pub struct Flags {
    pub inspect: bool,
    pub ignore_environment: bool,
    pub isolated: bool,
    pub optimize: u8,
    pub quiet: bool,
    pub unbuffered: bool,
    pub verbose: u8,
    pub dont_write_bytecode: bool,
    pub no_site: bool,
    pub no_user_site: bool,
    pub safe_path: bool,
    pub bytes_warning: u8,
    pub skip_first_line: bool,
    pub warnings: Vec<String>,
    pub x_options: Vec<String>,
    /// `--deterministic`
    pub deterministic: bool,
    /// `--gc-trace[=FILE]`
    pub gc_trace: Option<Option<String>>,
    /// `--heap-report FILE`
    pub heap_report: Option<String>,
    /// `--stats`
    pub stats: bool,
}

/// What reading the command line came to.
pub enum Parsed {
    Run(Box<Options>),
    /// Print this and leave with the status: help, version.
    Print(String),
    /// Complain and leave with status 2.
    Usage(String),
}

/// The text of `--help`.
pub const HELP: &str = "\
usage: ouro [option] ... [-c cmd | -m mod | file | -] [arg] ...
Options (as CPython's):
-b     : issue warnings about converting bytes/bytearray to str and comparing
-B     : accepted (bytecode is never written)
-c cmd : program passed in as string (terminates option list)
-E     : ignore PYTHON* environment variables (such as PYTHONPATH)
-h     : print this help message and exit (also -? or --help)
-i     : inspect interactively after running script
-I     : isolate from the user's environment (implies -E and -s)
-m mod : run library module as a script (terminates option list)
-O     : remove assert statements
-OO    : do -O changes and also discard docstrings
-P     : don't prepend a potentially unsafe path to sys.path
-q     : don't print version and copyright messages on interactive startup
-s     : accepted (there is no user site directory)
-S     : accepted (there is no site module)
-u     : force the stdout and stderr streams to be unbuffered
-v     : accepted
-V     : print the version number and exit (also --version)
-W arg : warning control; arg is action:message:category:module:lineno
-x     : skip first line of source
-X opt : set implementation-specific option
Options of Ouro:
--dump tokens|ast|bytecode : show what the program is read as, and exit
--deterministic            : ids, time and seeds repeat exactly
--gc-trace[=FILE]          : write a line for each collection
--heap-report FILE         : write a page that draws the heap, at exit
--stats                    : print the heap's statistics at exit
Arguments:
file   : program read from script file
-      : program read from stdin (default; interactive mode if a tty)
arg ...: arguments passed to program in sys.argv[1:]
";

/// Reads the command line; `args` lacks the program's own name.
pub fn parse(args: impl IntoIterator<Item = OsString>, program_name: &str) -> Parsed {
    let original: Vec<String> = args
        .into_iter()
        .map(|a| a.to_string_lossy().into_owned())
        .collect();
    let mut args = original.clone().into_iter();
    let mut flags = Flags::default();
    let mut dump = None;
    let usage = |message: String| {
        Parsed::Usage(format!(
            "{message}\nusage: {program_name} [option] ... [-c cmd | -m mod | file | -] [arg] ...\nTry `python -h' for more information.\n"
        ))
    };
    let finish = |program, rest: Vec<String>, flags, dump| {
        Parsed::Run(Box::new(Options {
            program,
            args: rest,
            dump,
            flags,
            original: original.clone(),
        }))
    };
    while let Some(arg) = args.next() {
        if arg == "-" {
            return finish(Program::Stdin, args.collect(), flags, dump);
        }
        if !arg.starts_with('-') {
            return finish(Program::File(arg), args.collect(), flags, dump);
        }
        if let Some(long) = arg.strip_prefix("--") {
            let (name, value) = match long.split_once('=') {
                Some((name, value)) => (name, Some(value.to_owned())),
                None => (long, None),
            };
            match name {
                "help" | "help-all" => return Parsed::Print(HELP.to_owned()),
                "version" => return Parsed::Print(version()),
                "dump" => {
                    dump = match value.or_else(|| args.next()).as_deref() {
                        Some("tokens") => Some(Dump::Tokens),
                        Some("ast") => Some(Dump::Ast),
                        Some("bytecode") => Some(Dump::Bytecode),
                        _ => return usage("--dump takes tokens, ast or bytecode".to_owned()),
                    }
                }
                "deterministic" => flags.deterministic = true,
                "gc-trace" => flags.gc_trace = Some(value),
                "heap-report" => match value.or_else(|| args.next()) {
                    Some(file) => flags.heap_report = Some(file),
                    None => {
                        return usage("Argument expected for the --heap-report option".to_owned());
                    }
                },
                "stats" => flags.stats = true,
                "check-hash-based-pycs" => {
                    if value.is_none() {
                        args.next();
                    }
                }
                _ => return usage(format!("unknown option --{name}")),
            }
            continue;
        }
        let mut letters = arg[1..].chars();
        while let Some(letter) = letters.next() {
            let mut operand = || {
                let rest: String = letters.by_ref().collect();
                if rest.is_empty() {
                    args.next()
                } else {
                    Some(rest)
                }
            };
            match letter {
                'c' => {
                    return match operand() {
                        Some(code) => finish(Program::Code(code), args.collect(), flags, dump),
                        None => usage("Argument expected for the -c option".to_owned()),
                    };
                }
                'm' => {
                    return match operand() {
                        Some(module) => {
                            finish(Program::Module(module), args.collect(), flags, dump)
                        }
                        None => usage("Argument expected for the -m option".to_owned()),
                    };
                }
                'W' => match operand() {
                    Some(action) => flags.warnings.push(action),
                    None => return usage("Argument expected for the -W option".to_owned()),
                },
                'X' => match operand() {
                    Some(option) => flags.x_options.push(option),
                    None => return usage("Argument expected for the -X option".to_owned()),
                },
                'h' | '?' => return Parsed::Print(HELP.to_owned()),
                'V' => return Parsed::Print(version()),
                'b' => flags.bytes_warning += 1,
                'B' => flags.dont_write_bytecode = true,
                'd' | 'R' => {}
                'E' => flags.ignore_environment = true,
                'i' => flags.inspect = true,
                'I' => {
                    flags.isolated = true;
                    flags.ignore_environment = true;
                    flags.no_user_site = true;
                    flags.safe_path = true;
                }
                'O' => flags.optimize = (flags.optimize + 1).min(2),
                'P' => flags.safe_path = true,
                'q' => flags.quiet = true,
                's' => flags.no_user_site = true,
                'S' => flags.no_site = true,
                'u' => flags.unbuffered = true,
                'v' => flags.verbose += 1,
                'x' => flags.skip_first_line = true,
                other => return usage(format!("Unknown option: -{other}")),
            }
        }
    }
    finish(Program::Stdin, Vec::new(), flags, dump)
}

fn version() -> String {
    format!("Python 3.12.1 (Ouro {})\n", env!("CARGO_PKG_VERSION"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(args: &[&str]) -> Options {
        match parse(args.iter().map(OsString::from), "ouro") {
            Parsed::Run(options) => *options,
            Parsed::Print(text) | Parsed::Usage(text) => panic!("{text}"),
        }
    }

    #[test]
    fn operands_end_the_options() {
        let read = options(&["-Bc", "print(1)", "-x"]);
        assert_eq!(read.program, Program::Code("print(1)".to_owned()));
        assert_eq!(read.args, ["-x"]);
        assert!(read.flags.dont_write_bytecode);
    }

    #[test]
    fn operands_may_be_joined() {
        let read = options(&["-mtimeit", "-n1"]);
        assert_eq!(read.program, Program::Module("timeit".to_owned()));
        assert_eq!(read.args, ["-n1"]);
    }

    #[test]
    fn unknown_options_are_refused() {
        assert!(matches!(
            parse([OsString::from("-Z")], "ouro"),
            Parsed::Usage(_)
        ));
    }
}
