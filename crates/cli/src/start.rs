//! From options to a running program.

use std::ffi::{OsStr, OsString};
use std::io::{IsTerminal, Read, Write};
use std::path::Path;

use ouro::command::{self, Status};
use ouro::window::{self, Format};
use ouro::{Config, Interpreter};

use crate::document::{self, Document};
use crate::dump;
use crate::environment::{Complaint, Environment};
use crate::options::{Options, Program};
use crate::prompt;

/// The status of a run whose heap was not sound, or not empty in the end (`OURO_HEAP_CHECK`).
const HEAP_CHECK_FAILED: i32 = 70;

/// The name of standard input in tracebacks.
const STDIN: &str = "<stdin>";

/// Runs what the options name and gives how it ended.
pub fn run(options: Options, program_name: &str) -> Status {
    if let Some(what) = options.dump {
        return exit(dump::run(what, &options, program_name));
    }
    let document = match find_document(&options) {
        Ok(document) => document,
        Err(complaint) => return complain(program_name, &complaint, 2),
    };
    if let Some(document) = &document
        && let Some(done) = without_interpreter(document, &options)
    {
        return match done {
            Ok((text, code)) => {
                // Nobody is left to tell if standard output is closed.
                let _ = std::io::stdout().write_all(text.as_bytes());
                exit(code)
            }
            Err(complaint) => complain(program_name, &complaint, 2),
        };
    }
    let started = match Started::new(&options, program_name) {
        Ok(started) => started,
        Err(status) => return status,
    };
    let mut status = started.run_program(document.as_ref());
    let inspect = options.flags.inspect || started.environment.inspect;
    if inspect && !started.terminal {
        command::call_interactive_hook(&started.python);
        status = prompt::run(&started.python, prompt::Greeting::None);
    }
    started.report();
    let failed = finish(started.python);
    if failed != 0 {
        status.code = failed;
    }
    status
}

/// An interpreter that is ready to run what the options name.
struct Started<'a> {
    python: Interpreter,
    environment: Environment,
    options: &'a Options,
    program_name: &'a str,
    /// The program is what somebody types.
    terminal: bool,
}

impl<'a> Started<'a> {
    /// Starts as options and environment say; the status of the run where they say what cannot be.
    fn new(options: &'a Options, program_name: &'a str) -> Result<Started<'a>, Status> {
        let environment = Environment::read(&options.flags);
        environment
            .check(&options.flags)
            .map_err(|complaint| fail(&complaint))?;
        let traced_frames = environment
            .traced_frames(&options.flags)
            .map_err(|complaint| fail(&Complaint::of_configuration(complaint)))?;
        let terminal = options.program == Program::Stdin
            && (std::io::stdin().is_terminal() || options.flags.inspect);
        let python = Interpreter::new(config(options, &environment, program_name, terminal));
        if let Some(target) = &options.flags.gc_trace {
            trace_collections(&python, target.as_deref(), options)
                .map_err(|complaint| complain(program_name, &complaint, 2))?;
        }
        if environment.watches_faults(&options.flags) {
            // Where the system refuses, faults do what they did before.
            let _ = python.vm().tell_faults();
        }
        if traced_frames > 0 {
            python.vm().start_tracing_memory(traced_frames);
        }
        set_arguments(&python, options, program_name);
        if !options.flags.no_site {
            command::add_site_builtins(&python);
        }
        if matches!(options.program, Program::Code(_) | Program::Stdin) {
            command::set_plain_loader(&python);
        }
        command::release_constants();
        Ok(Started {
            python,
            environment,
            options,
            program_name,
            terminal,
        })
    }

    fn run_program(&self, document: Option<&Document>) -> Status {
        let (python, options, program_name) = (&self.python, self.options, self.program_name);
        match &options.program {
            Program::Code(_) if operand(options).is_some_and(|word| word.to_str().is_none()) => {
                command::refuse_code(python, operand(options).unwrap_or_default())
            }
            Program::Code(code) => command::run_code(python, &format!("{code}\n")),
            Program::Module(module) => command::run_module(python, module),
            Program::File(file) => match document {
                Some(document) => run_document(python, document, options, program_name),
                None => run_file(python, file, options, program_name),
            },
            Program::Stdin if self.terminal => {
                prompt::startup_file(python, &self.environment);
                command::call_interactive_hook(python);
                prompt::run(python, prompt::Greeting::of(options.flags.quiet))
            }
            Program::Stdin => match read_stdin() {
                Ok(bytes) => command::run_standard_input(python, &bytes, STDIN),
                Err(error) => {
                    let complaint = format!("can't read standard input: {error}");
                    complain(program_name, &complaint, 2)
                }
            },
        }
    }

    /// Writes the reports that the options ask for.
    fn report(&self) {
        let flags = &self.options.flags;
        if let Some(file) = &flags.heap_report
            && let Err(error) = window::write_heap_report(&self.python, Path::new(file))
        {
            let complaint = format!("can't write '{file}': {error}");
            complain(self.program_name, &complaint, 0);
        }
        if flags.stats {
            command::flush(&self.python);
            let _ = std::io::stderr().write_all(window::statistics(&self.python).as_bytes());
        }
    }
}

/// Ends an interpreter; 0, or the status that its end gives the run.
fn finish(python: Interpreter) -> i32 {
    if std::env::var_os("OURO_HEAP_CHECK").is_none() {
        return python.finalize_process();
    }
    let (failed, complaints) = window::finalize_and_check(python);
    for complaint in &complaints {
        let _ = writeln!(std::io::stderr(), "heap check: {complaint}");
    }
    match complaints.is_empty() {
        true => failed,
        false => HEAP_CHECK_FAILED,
    }
}

/// The words behind the program's operand.
fn behind_operand(options: &Options) -> &[OsString] {
    let operands = options.words.len().saturating_sub(options.args.len());
    options.words.get(operands..).unwrap_or_default()
}

/// The word that holds the operand of `-c`, `-m` or the script.
fn operand(options: &Options) -> Option<&OsStr> {
    let place = options.words.len().checked_sub(options.args.len() + 1)?;
    options.words.get(place).map(OsString::as_os_str)
}

/// Sets `sys.argv` and `sys.orig_argv`.
fn set_arguments(python: &Interpreter, options: &Options, program_name: &str) {
    let mut argv = vec![OsString::from(first_argument(options))];
    argv.extend_from_slice(behind_operand(options));
    command::set_words(python, "argv", &argv);
    let mut original = vec![OsString::from(program_name)];
    original.extend_from_slice(&options.words);
    command::set_words(python, "orig_argv", &original);
}

/// `sys.argv[0]`.
fn first_argument(options: &Options) -> String {
    match &options.program {
        Program::Code(_) => "-c".to_owned(),
        Program::Module(_) => "-m".to_owned(),
        Program::File(file) => file.clone(),
        // `python - ARGS` keeps the dash.
        Program::Stdin if options.original.iter().any(|a| a == "-") => "-".to_owned(),
        Program::Stdin => String::new(),
    }
}

/// The document that is to be run, if it is one.
fn find_document(options: &Options) -> Result<Option<Document>, String> {
    if let Program::File(file) = &options.program
        && document::may_be_document_name(file)
        && let Ok(bytes) = std::fs::read(file)
    {
        let document = document::read(file, &bytes)?;
        if !document.cells.is_empty() {
            return Ok(Some(document));
        }
    }
    match (options.document.given(), &options.program) {
        (None, _) => Ok(None),
        (Some(switch), Program::File(file)) if !Path::new(file).exists() => {
            Err(format!("{switch}: can't open file '{file}'"))
        }
        (Some(switch), Program::File(file)) => Err(format!(
            "{switch} is for documents with Python cells (.md, .txt, .ipynb), which '{file}' is not"
        )),
        (Some(switch), _) => Err(format!("{switch} takes a document (.md, .txt, .ipynb)")),
    }
}

/// What is asked of a document besides running it here: a text and the exit status.
fn without_interpreter(
    document: &Document,
    options: &Options,
) -> Option<Result<(String, i32), String>> {
    if options.document.list {
        let cells = document.chosen(&options.document);
        return Some(cells.map(|cells| (document.list(&cells), 0)));
    }
    let checks = options.document.check || options.document.update;
    (checks && options.document.marks.is_none()).then(|| document::check(document, options))
}

fn run_document(
    python: &Interpreter,
    document: &Document,
    options: &Options,
    program_name: &str,
) -> Status {
    let file = shown_path(Path::new(&document.path), options);
    match document::run(python, document, &options.document, &file) {
        Ok(status) => status,
        Err(complaint) => complain(program_name, &complaint, 2),
    }
}

/// Has a line written for every collection, to a file or standard error.
fn trace_collections(
    python: &Interpreter,
    file: Option<&str>,
    options: &Options,
) -> Result<(), String> {
    let by_name = match file {
        Some(file) if file.ends_with(".txt") => Format::Text,
        _ => Format::Json,
    };
    let out: Box<dyn Write> = match file {
        None => Box::new(std::io::stderr()),
        Some(file) => match std::fs::File::create(file) {
            Ok(opened) => Box::new(opened),
            Err(error) => return Err(format!("can't write '{file}': {error}")),
        },
    };
    let format = options.flags.gc_trace_format.unwrap_or(by_name);
    window::trace_collections(python, out, format);
    Ok(())
}

fn exit(code: i32) -> Status {
    Status {
        code,
        ..Status::default()
    }
}

fn read_stdin() -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    std::io::stdin().lock().read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn complain(program_name: &str, message: &str, code: i32) -> Status {
    let _ = writeln!(std::io::stderr(), "{program_name}: {message}");
    exit(code)
}

/// Ends before there is an interpreter, as CPython does for options it cannot use.
fn fail(complaint: &Complaint) -> Status {
    let Complaint { message, state } = complaint;
    let _ = writeln!(
        std::io::stderr(),
        "Fatal Python error: {message}\nPython runtime state: {state}\n"
    );
    exit(1)
}

fn executable(program_name: &str) -> String {
    std::env::current_exe().map_or_else(
        |_| program_name.to_owned(),
        |path| path.to_string_lossy().into_owned(),
    )
}

/// A path as the program sees it: absolute, but in deterministic mode as it was given, since
/// where a folder lies differs between machines.
fn shown_path(path: &Path, options: &Options) -> String {
    if options.flags.deterministic {
        path.to_string_lossy().into_owned()
    } else {
        command::absolute(path)
    }
}

fn run_file(python: &Interpreter, file: &str, options: &Options, program_name: &str) -> Status {
    let path = Path::new(file);
    let shown = shown_path(path, options);
    if path.is_dir() {
        return match path.join("__main__.py").is_file() {
            true => command::run_folder(python),
            false => command::run_place(python),
        };
    }
    if may_be_archive(path) && command::is_import_place(python, &shown) {
        return command::run_place(python);
    }
    match std::fs::read(path) {
        Ok(bytes) if file.ends_with(".pyc") || bytecode::marshal::is_file_of_code(&bytes) => {
            command::run_bytecode(python, &shown)
        }
        Ok(mut bytes) => {
            if options.flags.skip_first_line
                && let Some(end) = bytes.iter().position(|&b| b == b'\n')
            {
                // The newline stays, so that lines keep their numbers.
                bytes.drain(..end);
            }
            command::run_script(python, &bytes, &shown)
        }
        Err(error) => {
            let code = error.raw_os_error().unwrap_or(0);
            let text = error.to_string();
            let text = text.split(" (os error").next().unwrap_or(&text);
            let message = format!("can't open file '{shown}': [Errno {code}] {text}");
            complain(&executable(program_name), &message, 2)
        }
    }
}

/// Whether a file ends as zip files do; what comes behind that end, a comment, may be long where the
/// file also begins as most of them do.
fn may_be_archive(path: &Path) -> bool {
    use std::io::{Seek, SeekFrom};
    const END: &[u8] = b"PK\x05\x06";
    const END_SIZE: i64 = 22;
    const LONGEST_COMMENT: i64 = 65535;
    let look = || -> std::io::Result<bool> {
        let mut file = std::fs::File::open(path)?;
        if !file.metadata()?.is_file() {
            return Ok(false);
        }
        let mut first = [0; 4];
        file.read_exact(&mut first)?;
        let size = i64::try_from(file.seek(SeekFrom::End(0))?).unwrap_or(0);
        let behind = match &first == b"PK\x03\x04" {
            true => (END_SIZE + LONGEST_COMMENT).min(size),
            false => END_SIZE.min(size),
        };
        file.seek(SeekFrom::End(-behind))?;
        let mut tail = Vec::new();
        file.read_to_end(&mut tail)?;
        Ok(tail.windows(END.len()).any(|place| place == END))
    };
    look().unwrap_or(false)
}

fn config(
    options: &Options,
    environment: &Environment,
    program_name: &str,
    interactive: bool,
) -> Config {
    let mut path = Vec::new();
    let folder = match &options.program {
        Program::File(file) if Path::new(file).is_dir() || may_be_archive(Path::new(file)) => {
            Some(shown_path(Path::new(file), options))
        }
        _ if options.flags.safe_path || environment.safe_path => None,
        Program::File(file) => {
            let given = Path::new(file).to_owned();
            let real = match options.flags.deterministic {
                true => given,
                false => std::fs::canonicalize(file).unwrap_or(given),
            };
            let folder = real.parent().unwrap_or(Path::new(""));
            Some(folder.to_string_lossy().into_owned())
        }
        Program::Module(_) if options.flags.deterministic => Some(".".to_owned()),
        Program::Module(_) => {
            let folder = std::env::current_dir().unwrap_or_default();
            Some(folder.to_string_lossy().into_owned())
        }
        Program::Code(_) | Program::Stdin => Some(String::new()),
    };
    path.extend(folder);
    path.extend(environment.path.iter().cloned());
    let hash_seed = match environment.hash_seed {
        _ if options.flags.deterministic => 1,
        Some(seed) if !options.flags.random_hashes => u64::from(seed) + 1,
        _ => random_seed(),
    };
    let optimize = options.flags.optimize.max(environment.optimize);
    let flags = environment.flags(&options.flags, optimize, interactive);
    let (stdio_encoding, stdio_errors) = environment.stdio(flags.utf8_mode);
    Config {
        path,
        executable: match options.flags.deterministic {
            true => "ouro".to_owned(),
            false => executable(program_name),
        },
        optimize,
        hash_seed,
        deterministic: options.flags.deterministic,
        statistics: options.flags.stats,
        gc_stress: match std::env::var("OURO_GC_STRESS") {
            Ok(rate) => rate.parse().unwrap_or(1),
            Err(_) => 0,
        },
        gc_disabled: std::env::var_os("OURO_GC_DISABLE").is_some(),
        native_stack: Some(ouro::DEFAULT_STACK),
        handle_signals: true,
        stdio_encoding,
        stdio_errors,
        unbuffered: options.flags.unbuffered || environment.unbuffered,
        flags,
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
