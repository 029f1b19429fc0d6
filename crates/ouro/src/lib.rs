//! Ouro in a Rust program: an interpreter as a value.
//!
//! ```no_run
//! let python = ouro::Interpreter::new(ouro::Config::default());
//! python.run("print(6 * 7)", "<example>").unwrap();
//! ```
//!
//! An interpreter belongs to the thread that made it.  Programs with deep recursion need a large
//! native stack: [`with_stack`] runs a function on one.

use runtime::object::{Dict, Ref, Str, Value};
use runtime::vm::Vm;
use runtime::vm::source::{CompileFlags, Mode, Source};

pub use runtime;

/// How an interpreter is set up.
#[derive(Clone, Debug)]
pub struct Config {
    /// `sys.argv`.
    pub argv: Vec<String>,
    /// Folders of `sys.path`.
    pub path: Vec<String>,
    /// `sys.executable`.
    pub executable: String,
    /// 0 keeps assertions and docstrings, 1 drops assertions, 2 both.
    pub optimize: u8,
    /// Seed of string hashes; 0 for the same hashes in every run.
    pub hash_seed: u64,
    /// Collect at every safe point.
    pub gc_stress: bool,
    /// Start with the cycle collector switched off.
    pub gc_disabled: bool,
    /// Most bytes the heap may hold.
    pub heap_limit: Option<usize>,
    /// Native stack of the thread, in bytes.
    pub native_stack: usize,
}

impl Default for Config {
    fn default() -> Self {
        Config {
            argv: vec![String::new()],
            path: Vec::new(),
            executable: String::new(),
            optimize: 0,
            hash_seed: 0x5EED,
            gc_stress: false,
            gc_disabled: false,
            heap_limit: None,
            native_stack: DEFAULT_STACK,
        }
    }
}

/// The native stack that [`with_stack`] gives by default.
pub const DEFAULT_STACK: usize = 256 << 20;

/// An exception that left the program, as text and as a status for the process.
#[derive(Clone, Debug)]
pub struct Error {
    /// The traceback as Python prints it; empty for `SystemExit`.
    pub traceback: String,
    /// What the process should exit with.
    pub status: i32,
    /// True for `SystemExit`: a prompt ends too.
    pub exits: bool,
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.traceback)
    }
}

impl std::error::Error for Error {}

/// Runs `work` on a thread with a native stack of `bytes`.
///
/// # Panics
/// If the thread cannot be made, or `work` panics.
pub fn with_stack<R: Send>(bytes: usize, work: impl FnOnce() -> R + Send) -> R {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new()
            .name("ouro".to_owned())
            .stack_size(bytes)
            .spawn_scoped(scope, work);
        match thread.map(std::thread::ScopedJoinHandle::join) {
            Ok(Ok(result)) => result,
            Ok(Err(panic)) => std::panic::resume_unwind(panic),
            Err(error) => panic!("no thread for the interpreter: {error}"),
        }
    })
}

/// An interpreter.
pub struct Interpreter {
    vm: &'static Vm,
    optimize: u8,
}

impl Interpreter {
    /// A new interpreter, which becomes the one of this thread.
    pub fn new(config: Config) -> Interpreter {
        let vm = Vm::new(config.hash_seed);
        vm.set_native_stack(config.native_stack);
        vm.heap.set_limit(config.heap_limit);
        stdlib::register(vm);
        let python = Interpreter {
            vm,
            optimize: config.optimize,
        };
        python.set_sys_list("argv", &config.argv);
        python.set_sys_list("orig_argv", &config.argv);
        python.set_sys_list("path", &config.path);
        python.set_sys("executable", vm.str_value(&config.executable));
        vm.interp.optimize.set(config.optimize);
        if config.gc_disabled {
            vm.heap.enable_collection(false);
        }
        vm.set_collector_stress(config.gc_stress);
        vm.install_signal_handlers();
        python
    }

    /// The interpreter's thread, for native code.
    pub fn vm(&self) -> &'static Vm {
        self.vm
    }

    fn set_sys_list(&self, name: &str, items: &[String]) {
        let items: Vec<Value> = items.iter().map(|i| self.vm.str_value(i)).collect();
        if let Ok(list) = self.vm.list_from(items) {
            self.set_sys(name, list.into_value());
        }
    }

    fn set_sys(&self, name: &str, value: Value) {
        if let Some(Ok(sys)) = self.vm.interp.sys.get().map(Value::downcast::<Dict>) {
            let name = self.vm.intern(name);
            let _ = sys.insert(self.vm, &name, value);
        }
    }

    /// The namespace of `__main__`.
    pub fn main(&self) -> Ref<Dict> {
        self.vm.main_namespace()
    }

    /// Runs a program in `__main__`.
    ///
    /// # Errors
    /// The exception that left it.
    pub fn run(&self, text: &str, file: &str) -> Result<(), Error> {
        let flags = CompileFlags {
            optimize: self.optimize,
            ..CompileFlags::default()
        };
        let result = self
            .vm
            .compile_text(text, file, Mode::Exec, flags)
            .and_then(|code| self.vm.run_code_in(&code, &self.main()));
        self.finish(result.map(drop))
    }

    /// Runs a decoded source file in `__main__`.
    ///
    /// # Errors
    /// The exception that left it.
    pub fn run_source(&self, bytes: &[u8], file: &str) -> Result<(), Error> {
        let flags = CompileFlags {
            optimize: self.optimize,
            from_file: true,
            ..CompileFlags::default()
        };
        let result = Source::from_file(bytes, file)
            .map_err(|error| self.vm.syntax_error(&error, file))
            .and_then(|source| self.vm.compile_source(&source, file, Mode::Exec, flags))
            .and_then(|code| self.vm.run_code_in(&code, &self.main()));
        self.finish(result.map(drop))
    }

    /// Runs one interactive statement in `__main__`; values are shown by `sys.displayhook`.
    ///
    /// # Errors
    /// The exception that left it.
    pub fn run_single(&self, text: &str, file: &str) -> Result<(), Error> {
        let result = self
            .vm
            .compile_text(text, file, Mode::Single, CompileFlags::default())
            .and_then(|code| self.vm.run_code_in(&code, &self.main()));
        self.finish(result.map(drop))
    }

    /// Runs a module as `python -m` does.
    ///
    /// # Errors
    /// The exception that left it.
    pub fn run_module(&self, name: &str) -> Result<(), Error> {
        let result = self.vm.run_module_as_main(name);
        self.finish(result.map(drop))
    }

    fn finish(&self, result: runtime::PyResult<()>) -> Result<(), Error> {
        let Err(raised) = result else { return Ok(()) };
        let exception = self.vm.take_exception(raised);
        let exits = self
            .vm
            .is_instance_of(&exception, &self.vm.types.exceptions.system_exit);
        let traceback = if exits {
            String::new()
        } else {
            self.vm.format_exception(&exception)
        };
        let status = self.vm.report_uncaught(exception);
        Err(Error {
            traceback,
            status,
            exits,
        })
    }

    /// Sets `__file__` of `__main__`.
    pub fn set_main_file(&self, file: &str) {
        // Storing a string under a string cannot raise.
        let _ = self.vm.set_main_file(file);
    }

    /// The value of an attribute of `sys` as text, for prompts.
    pub fn sys_text(&self, name: &str) -> Option<String> {
        let value = self.vm.sys_attribute(name)?;
        value.payload::<Str>().map(|s| s.to_display().into_owned())
    }

    /// Ends the interpreter: `atexit` functions, a last collection, the modules, the streams.
    /// Gives 0, or 120 where the streams could not be flushed.
    pub fn finalize(self) -> i32 {
        self.vm.shut_down()
    }
}
