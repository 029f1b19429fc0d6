//! Whole programs, run and reported as the `ouro` command does: uncaught exceptions go to
//! `sys.excepthook`, and what is left is a status for the process.

use std::ffi::{OsStr, OsString};
use std::io::Write;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

use runtime::PyResult;
use runtime::object::{Ref, Str, Tuple, Value};
use runtime::vm::code::Code;
use runtime::vm::source::Mode;

use crate::interpreter::Interpreter;

/// How a program ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Status {
    /// What the process should exit with.
    pub code: i32,
    /// It ended with SystemExit: a prompt ends too.
    pub exits: bool,
    /// It ended with KeyboardInterrupt.
    pub interrupted: bool,
}

/// Has the system's allocator serve all threads from one place; before there are any.
pub fn share_system_allocator() {
    heap::blocks::share_system_allocator();
}

/// Lets the system take back what only the start, or the compiler, read of the program file.
pub fn release_constants() {
    heap::blocks::release_constants();
}

/// Runs the compiled main program, whose text is given.
fn run_main(python: &Interpreter, code: &Ref<Code>, text: &[u8]) -> PyResult {
    release_constants();
    python.vm.run_program(code, &python.main(), text)
}

/// What `site` puts into `builtins`.
const SITE: &str = include_str!("site.py");

/// The native stack of a program in this process: [`crate::DEFAULT_STACK`], or a share of the address space where
/// that is limited.  To be asked before there is a second thread.
pub fn native_stack() -> usize {
    runtime::vm::address_space::settle();
    runtime::vm::address_space::share(crate::DEFAULT_STACK, 8)
}

/// Runs `-c CODE`.
pub fn run_code(python: &Interpreter, text: &str) -> Status {
    python.enter();
    let result = python
        .compile(text, "<string>", Mode::Exec)
        .and_then(|code| run_main(python, &code, text.as_bytes()));
    finish(python, result)
}

/// Runs the bytes of a file that is called `file`.
pub fn run_source(python: &Interpreter, bytes: &[u8], file: &str) -> Status {
    python.enter();
    let result = python
        .compile_file(bytes, file)
        .and_then(|code| run_main(python, &code, bytes));
    finish(python, result)
}

/// Sets `__file__` and runs the bytes of a script.
pub fn run_script(python: &Interpreter, bytes: &[u8], file: &str) -> Status {
    python.enter();
    python.quietly(python.vm.set_main_file(file));
    let result = python.compile_file(bytes, file).and_then(|code| {
        let vm = python.vm;
        vm.set_main_loader(&code, "SourceFileLoader", "__main__", file)?;
        run_main(python, &code, bytes)
    });
    end_script(python, result)
}

/// Runs a program that was read from standard input, which counts as a file while it runs.
pub fn run_standard_input(python: &Interpreter, bytes: &[u8], name: &str) -> Status {
    python.enter();
    python.quietly(python.vm.set_main_file(name));
    let result = python
        .compile_file(bytes, name)
        .and_then(|code| run_main(python, &code, bytes));
    end_script(python, result)
}

/// Sets `__file__` and runs a bytecode file.
pub fn run_bytecode(python: &Interpreter, file: &str) -> Status {
    python.enter();
    let vm = python.vm;
    python.quietly(vm.set_main_file(file));
    let result = vm.bytecode_file(file).and_then(|code| {
        vm.set_main_loader(&code, "SourcelessFileLoader", "__main__", file)?;
        run_main(python, &code, b"")
    });
    end_script(python, result)
}

fn end_script(python: &Interpreter, result: PyResult) -> Status {
    let status = finish(python, result);
    // What runs at exit does not see them any more.
    for name in ["__file__", "__cached__"] {
        let name = python.vm.intern(name);
        python.quietly(python.main().remove(python.vm, &name));
    }
    status
}

/// Runs the `__main__` module of a folder, which is `sys.path[0]`.
pub fn run_folder(python: &Interpreter) -> Status {
    python.enter();
    let result = python.vm.execute_as_main("__main__", false);
    let package = python
        .vm
        .define(&python.main(), "__package__", python.vm.str_value(""));
    python.quietly(package);
    finish(python, result)
}

/// Says of `__main__` that it comes from no file.
pub fn set_plain_loader(python: &Interpreter) {
    python.enter();
    python.quietly(python.vm.set_plain_main_loader());
}

/// Whether modules could be imported from a file, so that a `__main__` in it is to be run.
pub fn is_import_place(python: &Interpreter, file: &str) -> bool {
    python.enter();
    let found = python.vm.is_import_place(file);
    found.unwrap_or_else(|raised| {
        drop(python.vm.take_exception(raised));
        false
    })
}

/// Runs the `__main__` of what `sys.path[0]` is, a folder or an archive, through the import system.
pub fn run_place(python: &Interpreter) -> Status {
    python.enter();
    let vm = python.vm;
    let result = vm.import_dotted("runpy").and_then(|runpy| {
        let run = vm.get_attr(&runpy, &vm.intern("_run_module_as_main"))?;
        vm.call(&run, &[vm.str_value("__main__"), Value::FALSE])
    });
    finish(python, result)
}

/// Runs a module as `-m` does.
/// Where it cannot be run, `runpy` says why.
pub fn run_module(python: &Interpreter, name: &str) -> Status {
    python.enter();
    let vm = python.vm;
    let result = vm.find_main(name).and_then(|found| match found {
        Some(full) => vm.execute_as_main(&full, true),
        None => {
            let runpy = vm.import_dotted("runpy")?;
            let run = vm.get_attr(&runpy, &vm.intern("_run_module_as_main"))?;
            vm.call1(&run, &vm.str_value(name))
        }
    });
    finish(python, result)
}

/// Runs one statement of a prompt; values are shown by `sys.displayhook`.
pub fn run_interactive(python: &Interpreter, text: &str, file: &str) -> Status {
    python.enter();
    let result = python.compile(text, file, Mode::Single).and_then(|code| {
        python
            .vm
            .run_program(&code, &python.main(), text.as_bytes())
    });
    finish(python, result)
}

/// A cell of a document.
#[derive(Clone, Copy, Debug)]
pub struct CellSource<'a> {
    /// Its Python.
    pub text: &'a str,
    /// What tracebacks call its file.
    pub file: &'a str,
    /// The line of the file where it begins.
    pub line: usize,
    /// Show the value of an expression at its end, as a notebook does.
    pub echo: bool,
    /// Nothing is run behind it if it raises: `sys.last_exc` may keep the exception.
    pub last: bool,
}

/// How a cell ended.
#[derive(Clone, Debug)]
pub enum CellEnd {
    /// It ran to its end.
    Finished,
    /// An exception left it and was reported.
    Raised {
        /// What the process would exit with.
        status: Status,
        /// The exception's class.
        class: String,
        /// Its message.
        message: String,
    },
}

/// Names `__main__` after a document and tells its text.
pub fn start_document(python: &Interpreter, file: &str, text: &str) {
    python.enter();
    python.quietly(python.vm.set_main_file(file));
    python.vm.register_source(file, text);
}

/// Tells the text behind a file name that is no file.
pub fn register_source(python: &Interpreter, file: &str, text: &str) {
    python.vm.register_source(file, text);
}

/// Runs a cell in `__main__`; an exception is reported, and how it ended is told.
pub fn run_cell(python: &Interpreter, cell: &CellSource) -> CellEnd {
    python.enter();
    let raised = match execute_cell(python, cell) {
        Ok(()) => return CellEnd::Finished,
        Err(raised) => raised,
    };
    let vm = python.vm;
    let exception = vm.take_exception(raised);
    let class = vm.class_name(&exception);
    let message = python
        .quietly(vm.str_string(&exception))
        .unwrap_or_default();
    let status = report(python, exception);
    if !cell.last && !status.exits {
        // The next cells would find alive all that the frames of this one held.
        if let Some(sys) = vm.sys_dict() {
            for name in ["last_exc", "last_type", "last_value", "last_traceback"] {
                python.quietly(sys.remove(vm, &vm.intern(name)));
            }
        }
    }
    CellEnd::Raised {
        status,
        class,
        message,
    }
}

fn execute_cell(python: &Interpreter, cell: &CellSource) -> PyResult<()> {
    let vm = python.vm;
    // Behind so many empty lines the cell's lines are those of the document.
    let above = "\n".repeat(cell.line.saturating_sub(1));
    let run = |text: &str, mode: Mode| -> PyResult {
        let code = python.compile(text, cell.file, mode)?;
        vm.run_code_in(&code, &python.main())
    };
    let value = cell.echo.then(|| last_expression(cell.text)).flatten();
    let Some((start, end)) = value else {
        return run(&(above + cell.text), Mode::Exec).map(drop);
    };
    let (body, expression) = (&cell.text[..start], &cell.text[start..end]);
    // The whole is compiled first: nothing of a cell with an error in it is run.
    python.compile(&format!("{above}{}", cell.text), cell.file, Mode::Exec)?;
    run(&format!("{above}{body}\n"), Mode::Exec)?;
    let lines = body.matches('\n').count();
    let value = run(
        &format!("{above}{}{expression}", "\n".repeat(lines)),
        Mode::Eval,
    )?;
    match vm.sys_attribute("displayhook") {
        Some(hook) => vm.call1(&hook, &value).map(drop),
        None => Ok(()),
    }
}

/// Where the expression is that a text ends with, unless a semicolon follows it.
fn last_expression(text: &str) -> Option<(usize, usize)> {
    let source = runtime::vm::source::Source::from_text(text).ok()?;
    let (start, end) = runtime::vm::source::last_expression(&source)?;
    let behind = text.get(end..)?;
    text.get(start..end)?;
    (!behind.trim_start().starts_with(';')).then_some((start, end))
}

/// Runs the handlers of the signals that came while a prompt waited for a line; true if the line is
/// to be given up, as after Ctrl-C.
pub fn interrupted(python: &Interpreter) -> bool {
    python.enter();
    let vm = python.vm;
    let Err(raised) = vm.handle_signals() else {
        return false;
    };
    match vm.catch(raised, &vm.types.exceptions.keyboard_interrupt) {
        Ok(_) => true,
        Err(raised) => {
            python.quietly(Err::<(), _>(raised));
            false
        }
    }
}

/// Shows KeyboardInterrupt at a prompt, as after Ctrl-C on an unfinished line; on a line of its own, where
/// the cursor is in another.
pub fn show_interrupt(python: &Interpreter, in_line: bool) {
    let start = if in_line { "\n" } else { "" };
    python
        .vm
        .write_stderr(&format!("{start}KeyboardInterrupt\n"));
}

/// Puts `exit`, `quit`, `copyright`, `credits`, `license` and `help` into `builtins`, as `site` does.
pub fn add_site_builtins(python: &Interpreter) {
    python.enter();
    let vm = python.vm;
    let namespace = vm.dict();
    let added = vm
        .define(&namespace, "__name__", vm.str_value("_sitebuiltins"))
        .and_then(|()| python.compile(SITE, "<site>", Mode::Exec))
        .and_then(|code| vm.run_code_in(&code, &namespace));
    python.quietly(added);
}

/// Sets `sys.argv` or `sys.orig_argv` to words as the system gave them: bytes that are no text become lone
/// surrogates.
pub fn set_words(python: &Interpreter, name: &str, words: &[OsString]) {
    python.enter();
    let vm = python.vm;
    let words = words
        .iter()
        .map(|word| Ok(vm.fs_decode(word.as_bytes())?.into_value()))
        .collect::<PyResult<Vec<_>>>()
        .and_then(|words| vm.list_from(words));
    if let Some(list) = python.quietly(words) {
        python.set_sys(name, list.into_value());
    }
}

/// Complains about the operand of `-c` that is no text.
pub fn refuse_code(python: &Interpreter, code: &OsStr) -> Status {
    python.enter();
    let vm = python.vm;
    let _ = writeln!(
        std::io::stderr(),
        "Unable to decode the command from the command line:"
    );
    let encoded = vm.fs_decode(code.as_bytes()).and_then(|text| {
        let method = vm.get_attr(text.as_value(), &vm.intern("encode"))?;
        vm.call(&method, &[])
    });
    let status = finish(python, encoded);
    Status { code: 1, ..status }
}

/// Calls `sys.__interactivehook__`, which a prompt does first.
pub fn call_interactive_hook(python: &Interpreter) {
    python.enter();
    let vm = python.vm;
    let Some(hook) = vm.sys_attribute("__interactivehook__") else {
        return;
    };
    if let Err(raised) = vm.call(&hook, &[]) {
        let _ = writeln!(std::io::stderr(), "Failed calling sys.__interactivehook__");
        let exception = vm.take_exception(raised);
        report(python, exception);
    }
}

/// Closes the standard descriptors that the process was started without, for which the Rust runtime has
/// opened the null device.
pub fn close_absent_streams() {
    runtime::vm::closed_streams::close_again();
}

/// The prompts, `sys.ps1` or `sys.ps2`: `str()` of what is there.
pub fn prompt(python: &Interpreter, name: &str) -> String {
    python.enter();
    let Some(value) = python.vm.sys_attribute(name) else {
        return String::new();
    };
    if let Some(text) = value.payload::<Str>() {
        return text.to_display().into_owned();
    }
    python
        .quietly(python.vm.str_string(&value))
        .unwrap_or_default()
}

/// Gives the prompts their first values.
pub fn start_prompt(python: &Interpreter) {
    if let Some(sys) = python.vm.sys_dict() {
        for (name, text) in [("ps1", ">>> "), ("ps2", "... ")] {
            if python.vm.sys_attribute(name).is_none() {
                python.quietly(python.vm.define(&sys, name, python.vm.str_value(text)));
            }
        }
    }
}

/// Flushes the standard streams, so that a prompt comes after what was printed.
pub fn flush(python: &Interpreter) {
    for name in ["stderr", "stdout"] {
        if let Some(stream) = python.vm.sys_attribute(name).filter(|s| !s.is_none()) {
            python.quietly(python.vm.call_method(&stream, &python.vm.names.flush, &[]));
        }
    }
}

/// What a program told the module `readline` before a line is typed.
#[derive(Debug, Default)]
pub struct LineStart {
    /// The history is to be forgotten first.
    pub anew: bool,
    /// What the line begins with.
    pub inserted: String,
    /// Lines to add to the history.
    pub lines: Vec<String>,
}

fn call_prompt(python: &Interpreter, name: &str, args: &[Value]) -> Option<Value> {
    python.enter();
    let vm = python.vm;
    let done = vm.import_dotted("_prompt").and_then(|module| {
        let function = vm.get_attr(&module, &vm.intern(name))?;
        vm.call(&function, args)
    });
    // The line is typed all the same where asking failed.
    python.quietly(done)
}

/// What a program told the module `readline`, whose hooks are called.
pub fn before_line(python: &Interpreter) -> LineStart {
    let text = |value: &Value| Some(value.payload::<Str>()?.to_display().into_owned());
    let told = || {
        let told = call_prompt(python, "before_line", &[])?;
        let [anew, inserted, lines] = &**told.payload::<Tuple>()? else {
            return None;
        };
        let lines = python.quietly(python.vm.collect(lines))?;
        Some(LineStart {
            anew: anew.as_bool()?,
            inserted: text(inserted)?,
            lines: lines.iter().filter_map(text).collect(),
        })
    };
    told().unwrap_or_default()
}

/// Tells the module `readline` of a line that was typed; whether it may be kept in the history.
pub fn remember(python: &Interpreter, line: &str) -> bool {
    let kept = call_prompt(python, "remember", &[python.vm.str_value(line)]);
    kept.is_none_or(|kept| kept.as_bool().unwrap_or(true))
}

/// What a word at a prompt may be the beginning of: modules after `import`, else keywords, variables,
/// builtins or attributes. `before` is the line before the word.
pub fn completions(python: &Interpreter, before: &str, word: &str) -> Vec<String> {
    python.enter();
    let vm = python.vm;
    let found = vm.import_dotted("_prompt").and_then(|module| {
        let find = vm.get_attr(&module, &vm.intern("completions"))?;
        let namespace = python.main().clone().into_value();
        vm.call(
            &find,
            &[vm.str_value(before), vm.str_value(word), namespace],
        )
        .and_then(|names| vm.collect(&names))
    });
    // Nothing is offered where asking failed, as by Ctrl-C or an object that raises.
    let names = found.unwrap_or_else(|raised| {
        drop(vm.take_exception(raised));
        Vec::new()
    });
    names
        .iter()
        .filter_map(|name| Some(name.payload::<Str>()?.to_display().into_owned()))
        .collect()
}

/// The absolute form of a script's name, without touching its `..` and links.
pub fn absolute(path: &Path) -> String {
    if path.is_absolute() {
        return path.to_string_lossy().into_owned();
    }
    match std::env::current_dir() {
        Ok(folder) => format!("{}/{}", folder.display(), path.display()),
        Err(_) => path.to_string_lossy().into_owned(),
    }
}

pub use runtime::vm::signals::SignalMask;

/// Ends the process as an unhandled SIGINT does.
pub fn die_of_interrupt() {
    runtime::vm::signals::die_of_interrupt();
}

fn finish(python: &Interpreter, result: PyResult) -> Status {
    let raised = match result {
        Ok(value) => {
            drop(value);
            return Status::default();
        }
        Err(raised) => raised,
    };
    let exception = python.vm.take_exception(raised);
    report(python, exception)
}

/// Reports an exception that nothing caught.
fn report(python: &Interpreter, exception: Value) -> Status {
    let vm = python.vm;
    let types = &vm.types.exceptions;
    let exits = vm.is_instance_of(&exception, &types.system_exit);
    let interrupted = vm.is_instance_of(&exception, &types.keyboard_interrupt);
    Status {
        code: vm.report_uncaught(exception),
        exits,
        interrupted,
    }
}
