//! The command line, read as CPython reads it.

use std::ffi::OsString;

use ouro::window::Format;

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
    /// The same, undecoded.
    pub words: Vec<OsString>,
    /// What is asked of a document.
    pub document: DocumentOptions,
}

/// The switches that only documents know.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DocumentOptions {
    /// `--keep-going`
    pub keep_going: bool,
    /// `--list`
    pub list: bool,
    /// `--cell N[-M]`
    pub cells: Option<String>,
    /// `--check`
    pub check: bool,
    /// The file of recorded output that `--check` was given.
    pub check_file: Option<String>,
    /// `--update`
    pub update: bool,
    /// `--marks`: a line before each cell's output; begun with a word where one is given.
    pub marks: Option<String>,
    /// `--mask PATTERN`
    pub masks: Vec<String>,
    /// The switches on the command line that are no document's.
    pub interpreter: Vec<String>,
}

impl DocumentOptions {
    /// Reads one switch; its operand may be the next word.  None if documents do not know it.
    fn read(
        &mut self,
        name: &str,
        value: Option<String>,
        rest: &mut std::iter::Peekable<std::vec::IntoIter<String>>,
    ) -> Option<Result<(), String>> {
        let mut operand = |value: Option<String>| {
            let operand = value.or_else(|| rest.next());
            operand.ok_or_else(|| format!("Argument expected for the --{name} option"))
        };
        match name {
            "keep-going" => self.keep_going = true,
            "list" => self.list = true,
            "update" => self.update = true,
            "marks" => self.marks = Some(value.unwrap_or_default()),
            "cell" => match operand(value) {
                Ok(cells) => self.cells = Some(cells),
                Err(error) => return Some(Err(error)),
            },
            "mask" => match operand(value) {
                Ok(mask) => self.masks.push(mask),
                Err(error) => return Some(Err(error)),
            },
            "check" => {
                self.check = true;
                // The next word is the document itself, or a file of recorded output.
                let is_record = |word: &String| {
                    !word.starts_with('-') && !crate::document::is_document_name(word)
                };
                if let Some(file) = value.or_else(|| rest.next_if(is_record)) {
                    self.check_file = Some(file);
                }
            }
            _ => return None,
        }
        Some(Ok(()))
    }

    /// The first of these switches that was given.
    pub fn given(&self) -> Option<&'static str> {
        let given = [
            (self.keep_going, "--keep-going"),
            (self.list, "--list"),
            (self.cells.is_some(), "--cell"),
            (self.check, "--check"),
            (self.update, "--update"),
            (self.marks.is_some(), "--marks"),
            (!self.masks.is_empty(), "--mask"),
        ];
        given
            .iter()
            .find(|(given, _)| *given)
            .map(|(_, name)| *name)
    }
}

/// The switches.
#[derive(Clone, Debug, Default)]
pub struct Flags {
    pub debug: u8,
    /// `-R`: hashes differ from run to run whatever the environment says.
    pub random_hashes: bool,
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
    /// `--gc-trace-format json|text`
    pub gc_trace_format: Option<Format>,
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
--help-env, --help-xoptions, --help-all : more help, and exit
Options of Ouro:
--dump tokens|ast|bytecode : show what the program is read as, and exit
--deterministic            : ids, clocks, hashes and random numbers repeat exactly
--gc-trace[=FILE]          : write a line for each collection to FILE or stderr
--gc-trace-format json|text: form of these lines (json; text if FILE ends in .txt)
--heap-report FILE         : write a page (HTML) that draws the heap, at exit
--stats                    : count instructions, specialisations, allocations and collections;
                             print them and the heap's statistics at exit
Options for documents (FILE.md, FILE.txt, FILE.ipynb), before or behind the file:
--list             : list the cells instead of running them
--cell N[-M]       : run only these cells
--keep-going       : go on behind a cell that raises
--check [RECORD]   : compare output with what is recorded, in the document or in a file
--update           : record the output
--mask PATTERN     : with --check: what may differ, besides addresses, times and sizes
--marks            : print a line before each cell's output
Arguments:
file   : program read from script file
-      : program read from stdin (default; interactive mode if a tty)
arg ...: arguments passed to program in sys.argv[1:]
";

/// The text of `--help-env`.
const HELP_ENVIRONMENT: &str = "\
Environment variables that change behavior (-E and -I switch them off):
PYTHONBREAKPOINT          : what breakpoint() calls; 0 for nothing
PYTHONDEBUG               : as -d
PYTHONDEVMODE             : as -X dev
PYTHONDONTWRITEBYTECODE   : as -B
PYTHONHASHSEED            : seed of hashes of str and bytes, 0 to 4294967295, or 'random'
PYTHONHOME                : accepted (the library is part of the program)
PYTHONINSPECT             : as -i
PYTHONINTMAXSTRDIGITS     : as -X int_max_str_digits
PYTHONIOENCODING          : encoding[:errors] of the standard streams
PYTHONNODEBUGRANGES       : as -X no_debug_ranges
PYTHONNOUSERSITE          : as -s
PYTHONOPTIMIZE            : as -O; 2 as -OO
PYTHONPATH                : folders, divided by ':', where modules are looked for first
PYTHONPROFILEIMPORTTIME   : as -X importtime
PYTHONPYCACHEPREFIX       : as -X pycache_prefix
PYTHONSAFEPATH            : as -P
PYTHONSTARTUP             : file that is run before the first prompt
PYTHONTRACEMALLOC         : as -X tracemalloc
PYTHONUNBUFFERED          : as -u
PYTHONUTF8                : 1 or 0, as -X utf8
PYTHONVERBOSE             : as -v
PYTHONWARNDEFAULTENCODING : as -X warn_default_encoding
PYTHONWARNINGS            : as -W; several are divided by commas
";

/// The text of `--help-xoptions`.
const HELP_X_OPTIONS: &str = "\
Implementation-specific options (any other name is kept in sys._xoptions):
-X dev                      : development mode: warnings are shown by default
-X importtime               : tell on standard error how long each import takes
-X int_max_str_digits=N     : most digits in conversions between int and str; 0 for no limit
-X no_debug_ranges          : make code without columns; tracebacks show no carets
-X pycache_prefix=PATH      : sets sys.pycache_prefix (bytecode is never written)
-X tracemalloc[=NFRAME]     : trace memory blocks from the start, with so many frames each
-X utf8[=0|1]               : UTF-8 mode
-X warn_default_encoding    : sets sys.flags.warn_default_encoding
";

/// Reads the command line; `args` lacks the program's own name.
pub fn parse(args: impl IntoIterator<Item = OsString>, program_name: &str) -> Parsed {
    let words: Vec<OsString> = args.into_iter().collect();
    let original: Vec<String> = words
        .iter()
        .map(|a| a.to_string_lossy().into_owned())
        .collect();
    let mut reader = Reader {
        words: original.clone().into_iter().peekable(),
        original: &original,
        flags: Flags::default(),
        dump: None,
        document: DocumentOptions::default(),
    };
    let end = loop {
        if let Err(end) = reader.word() {
            break end;
        }
    };
    match end {
        End::Print(text) => Parsed::Print(text),
        End::Usage(message) => Parsed::Usage(format!(
            "{message}\nusage: {program_name} [option] ... [-c cmd | -m mod | file | -] [arg] ...\n\
             Try `{program_name} -h' for more information.\n"
        )),
        End::Run(program) => {
            let Reader {
                words: rest,
                flags,
                dump,
                document,
                ..
            } = reader;
            Parsed::Run(Box::new(Options {
                program,
                args: rest.collect(),
                dump,
                flags,
                original,
                words,
                document,
            }))
        }
    }
}

/// What ends the options.
enum End {
    /// This is printed instead of running anything.
    Print(String),
    /// They are wrong.
    Usage(String),
    /// They are followed by a program, and it by its own arguments.
    Run(Program),
}

/// What has been read, and the words that have not.
struct Reader<'a> {
    words: std::iter::Peekable<std::vec::IntoIter<String>>,
    original: &'a [String],
    flags: Flags,
    dump: Option<Dump>,
    document: DocumentOptions,
}

impl Reader<'_> {
    fn word(&mut self) -> Result<(), End> {
        let before = self.words.len();
        let Some(word) = self.words.next() else {
            // `--check DOCUMENT.txt`: the name alone does not tell the document from a record.
            let file = self.document.check_file.take();
            return Err(End::Run(file.map_or(Program::Stdin, Program::File)));
        };
        if word == "-" {
            return Err(End::Run(Program::Stdin));
        }
        if !word.starts_with('-') {
            if crate::document::may_be_document_name(&word) {
                read_behind_document(&mut self.document, &mut self.words).map_err(End::Usage)?;
            }
            return Err(End::Run(Program::File(word)));
        }
        let is_interpreters = match word.strip_prefix("--") {
            Some(long) => self.long(long)?,
            None => {
                self.letters(&word[1..])?;
                true
            }
        };
        if is_interpreters {
            keep_words(&mut self.document, self.original, before, self.words.len());
        }
        Ok(())
    }

    /// Reads a long option; false if it is one of documents.
    fn long(&mut self, option: &str) -> Result<bool, End> {
        let (name, value) = match option.split_once('=') {
            Some((name, value)) => (name, Some(value.to_owned())),
            None => (option, None),
        };
        match name {
            "help" => return Err(End::Print(HELP.to_owned())),
            "help-env" => return Err(End::Print(HELP_ENVIRONMENT.to_owned())),
            "help-xoptions" => return Err(End::Print(HELP_X_OPTIONS.to_owned())),
            "help-all" => {
                let all = format!("{HELP}\n{HELP_ENVIRONMENT}\n{HELP_X_OPTIONS}");
                return Err(End::Print(all));
            }
            "version" => return Err(End::Print(version())),
            "dump" => {
                self.dump = match value.or_else(|| self.words.next()).as_deref() {
                    Some("tokens") => Some(Dump::Tokens),
                    Some("ast") => Some(Dump::Ast),
                    Some("bytecode") => Some(Dump::Bytecode),
                    _ => return Err(wrong("--dump takes tokens, ast or bytecode")),
                }
            }
            "deterministic" => self.flags.deterministic = true,
            "gc-trace" => self.flags.gc_trace = Some(value),
            "gc-trace-format" => {
                self.flags.gc_trace_format = match value.or_else(|| self.words.next()).as_deref() {
                    Some("json") => Some(Format::Json),
                    Some("text") => Some(Format::Text),
                    _ => return Err(wrong("--gc-trace-format takes json or text")),
                }
            }
            "heap-report" => {
                self.flags.heap_report = Some(self.operand(value, "--heap-report")?);
            }
            "stats" => self.flags.stats = true,
            "check-hash-based-pycs" => {
                self.operand(value, "--check-hash-based-pycs")?;
            }
            _ => {
                return match self.document.read(name, value, &mut self.words) {
                    Some(Ok(())) => Ok(false),
                    Some(Err(complaint)) => Err(End::Usage(complaint)),
                    None => Err(End::Usage(format!("unknown option --{name}"))),
                };
            }
        }
        Ok(true)
    }

    /// Reads options of one letter each; the operand of one may be the rest of the word.
    fn letters(&mut self, letters: &str) -> Result<(), End> {
        for (at, letter) in letters.char_indices() {
            let behind = &letters[at + letter.len_utf8()..];
            let joined = (!behind.is_empty()).then(|| behind.to_owned());
            match letter {
                'c' => return Err(End::Run(Program::Code(self.operand(joined, "-c")?))),
                'm' => return Err(End::Run(Program::Module(self.operand(joined, "-m")?))),
                'W' => {
                    let action = self.operand(joined, "-W")?;
                    self.flags.warnings.push(action);
                    return Ok(());
                }
                'X' => {
                    let option = self.operand(joined, "-X")?;
                    self.flags.x_options.push(option);
                    return Ok(());
                }
                'h' | '?' => return Err(End::Print(HELP.to_owned())),
                'V' => return Err(End::Print(version())),
                _ => self.switch(letter)?,
            }
        }
        Ok(())
    }

    fn switch(&mut self, letter: char) -> Result<(), End> {
        let flags = &mut self.flags;
        match letter {
            'b' => flags.bytes_warning = flags.bytes_warning.saturating_add(1),
            'B' => flags.dont_write_bytecode = true,
            'd' => flags.debug = flags.debug.saturating_add(1),
            'R' => flags.random_hashes = true,
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
            'v' => flags.verbose = flags.verbose.saturating_add(1),
            'x' => flags.skip_first_line = true,
            other => return Err(End::Usage(format!("Unknown option: -{other}"))),
        }
        Ok(())
    }

    /// The operand of an option: what is joined to it, or the next word.
    fn operand(&mut self, joined: Option<String>, option: &str) -> Result<String, End> {
        joined
            .or_else(|| self.words.next())
            .ok_or_else(|| End::Usage(format!("Argument expected for the {option} option")))
    }
}

fn wrong(message: &str) -> End {
    End::Usage(message.to_owned())
}

/// Remembers the words of a switch for the process that runs a document for `--check`.  The numbers tell how
/// many words were left before and after it was read.
fn keep_words(document: &mut DocumentOptions, original: &[String], before: usize, after: usize) {
    let words = original.len().saturating_sub(before)..original.len().saturating_sub(after);
    document
        .interpreter
        .extend(original.get(words).unwrap_or_default().iter().cloned());
}

/// Reads a document's switches behind its name, up to the first other word or `--`.
fn read_behind_document(
    document: &mut DocumentOptions,
    args: &mut std::iter::Peekable<std::vec::IntoIter<String>>,
) -> Result<(), String> {
    loop {
        let Some(word) = args.peek().cloned() else {
            return Ok(());
        };
        if word == "--" {
            args.next();
            return Ok(());
        }
        let Some(long) = word.strip_prefix("--") else {
            return Ok(());
        };
        let (name, value) = match long.split_once('=') {
            Some((name, value)) => (name, Some(value.to_owned())),
            None => (long, None),
        };
        let mut behind = args.clone();
        behind.next();
        match document.read(name, value, &mut behind) {
            Some(Ok(())) => *args = behind,
            Some(Err(complaint)) => return Err(complaint),
            None => return Ok(()),
        }
    }
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
    fn documents_have_options_before_and_behind() {
        let read = options(&["-O", "--keep-going", "d.md", "--cell", "2-3", "x", "--list"]);
        assert_eq!(read.program, Program::File("d.md".to_owned()));
        assert_eq!(read.args, ["x", "--list"]);
        assert_eq!(read.document.cells.as_deref(), Some("2-3"));
        assert!(read.document.keep_going && !read.document.list);
        assert_eq!(read.document.interpreter, ["-O"]);
        let read = options(&["d.md", "--", "--list"]);
        assert_eq!(read.args, ["--list"]);
        let read = options(&["script.py", "--list"]);
        assert_eq!(read.args, ["--list"]);
    }

    #[test]
    fn check_may_name_a_record() {
        for words in [
            &["--check", "d.md"][..],
            &["d.md", "--check"],
            &["--check", "d.txt"],
            &["--check", "--update", "d.ipynb"],
        ] {
            let read = options(words);
            assert!(matches!(read.program, Program::File(_)), "{words:?}");
            assert!(read.document.check && read.document.check_file.is_none());
        }
        for words in [
            &["--check", "d.out", "d.md"][..],
            &["d.md", "--check", "d.out"],
            &["d.md", "--check=d.out"],
        ] {
            let read = options(words);
            assert_eq!(read.program, Program::File("d.md".to_owned()));
            assert_eq!(read.document.check_file.as_deref(), Some("d.out"));
        }
    }

    #[test]
    fn unknown_options_are_refused() {
        assert!(matches!(
            parse([OsString::from("-Z")], "ouro"),
            Parsed::Usage(_)
        ));
    }
}
