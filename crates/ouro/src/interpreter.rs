//! The interpreter as a value.

use std::cell::Cell;
use std::marker::PhantomData;
use std::path::Path;

use runtime::PyResult;
use runtime::object::{Args, Dict, Ref, Value};
use runtime::types::exceptions::Exception;
use runtime::vm::Vm;
use runtime::vm::safe_point::InterruptHandle;
use runtime::vm::source::{CompileFlags, Mode, Source};

use crate::config::Config;
use crate::convert::{FromPython, ToPython, ToPythonArgs};
use crate::error::{Error, Limit, ScriptError};
use crate::object::Object;
use crate::register::HostFunction;

/// An interpreter: a heap, modules, and the namespace of `__main__`.
///
/// It belongs to the thread that made it.  A thread may have several; each keeps its own objects.
/// Dropping it ends it as [`Interpreter::finalize`] does.  Its memory is given back then, or with the
/// last [`Object`](crate::Object) of it that the host holds.
pub struct Interpreter {
    pub(crate) vm: &'static Vm,
    optimize: u8,
    step_limit: Option<u64>,
    ended: Cell<bool>,
    /// Values are counted without locks: neither `Send` nor `Sync`.
    _of_one_thread: PhantomData<*const ()>,
}

/// Ends what an interpreter runs, from any thread.
#[derive(Clone, Copy)]
pub struct Interrupter(InterruptHandle);

impl Interrupter {
    /// The running program raises KeyboardInterrupt at its next function call or loop turn.
    pub fn interrupt(self) {
        self.0.interrupt();
    }
}

impl Interpreter {
    /// A new interpreter.
    pub fn new(config: Config) -> Interpreter {
        let vm = Vm::with_mode(config.hash_seed, config.deterministic);
        match config.native_stack {
            Some(bytes) => vm.set_native_stack(bytes),
            None => vm.measure_native_stack(),
        }
        if config.statistics {
            vm.interp.statistics.switch_on();
            vm.heap.start_counting();
        }
        stdlib::register(vm);
        vm.add_handle();
        let python = Interpreter {
            vm,
            ended: Cell::new(false),
            optimize: config.optimize,
            step_limit: config.step_limit,
            _of_one_thread: PhantomData,
        };
        python.set_sys_list("argv", &config.argv);
        python.set_sys_list("orig_argv", &config.argv);
        python.set_sys_list("path", &config.path);
        vm.set_first_path(&config.path);
        python.set_sys("executable", vm.str_value(&config.executable));
        let home = Path::new(&config.executable).ancestors().nth(2);
        let home = home.map_or_else(String::new, |path| path.to_string_lossy().into_owned());
        for name in ["prefix", "exec_prefix", "base_prefix", "base_exec_prefix"] {
            python.set_sys(name, vm.str_value(&home));
        }
        vm.interp.optimize.set(config.optimize);
        vm.interp.utf8_mode.set(config.flags.utf8_mode);
        python.quietly(vm.set_flags(&config.flags));
        if config.unbuffered
            && let Some(sys) = vm.sys_dict()
        {
            python.quietly(runtime::types::io::standard::install(vm, &sys, false));
        }
        python.set_stream_encoding(&config.stdio_encoding, &config.stdio_errors);
        python.quietly(crate::output::install(vm, config.stdout, config.stderr));
        if !config.flags.warnings.is_empty() {
            // The filters that the options ask for are the module's business.
            python.quietly(vm.import_dotted("warnings"));
        }
        if let Some(limit) = config.recursion_limit {
            vm.recursion_limit.set(limit);
        }
        vm.heap.set_limit(config.heap_limit);
        if config.gc_disabled {
            vm.heap.enable_collection(false);
        }
        vm.set_collector_stress(config.gc_stress);
        if config.handle_signals {
            vm.install_signal_handlers();
        }
        python
    }

    /// The interpreter's thread, for native code.
    pub fn vm(&self) -> &Vm {
        self.vm
    }

    /// The namespace of `__main__`.
    pub fn main(&self) -> Ref<Dict> {
        self.vm.main_namespace()
    }

    /// Runs a program in `__main__`.
    ///
    /// # Errors
    /// The exception that left it.
    pub fn exec(&self, text: &str) -> Result<(), Error> {
        self.run_text(text, "<string>")
    }

    /// Runs a file in `__main__`.
    ///
    /// # Errors
    /// The exception that left it, or the system's reason why it cannot be read.
    pub fn exec_file(&self, path: impl AsRef<Path>) -> Result<(), Error> {
        let path = path.as_ref();
        let bytes = std::fs::read(path)?;
        self.enter();
        let file = path.to_string_lossy();
        let result = self
            .vm
            .set_main_file(&file)
            .and_then(|()| self.compile_file(&bytes, &file))
            .and_then(|code| self.vm.run_code_in(&code, &self.main()));
        outcome(self.vm, result.map(drop))
    }

    /// Runs a program that errors call `file`, in `__main__`.
    ///
    /// # Errors
    /// The exception that left it.
    pub fn run_text(&self, text: &str, file: &str) -> Result<(), Error> {
        self.enter();
        let result = self
            .compile(text, file, Mode::Exec)
            .and_then(|code| self.vm.run_code_in(&code, &self.main()));
        outcome(self.vm, result.map(drop))
    }

    /// The value of an expression.
    ///
    /// # Errors
    /// The exception it raised, or a value of another type.
    pub fn eval<T: FromPython>(&self, text: &str) -> Result<T, Error> {
        self.enter();
        let result = self
            .compile(text.trim_start_matches([' ', '\t']), "<string>", Mode::Eval)
            .and_then(|code| self.vm.run_code_in(&code, &self.main()));
        let value = outcome(self.vm, result)?;
        Ok(T::from_python(self.vm, &value)?)
    }

    /// A variable of `__main__`.
    ///
    /// # Errors
    /// If there is none, or it is of another type.
    pub fn get<T: FromPython>(&self, name: &str) -> Result<T, Error> {
        self.enter();
        let value = outcome(self.vm, self.main().get(self.vm, &self.vm.intern(name)))?;
        let value = value.ok_or_else(|| Error::NotFound(name.to_owned()))?;
        Ok(T::from_python(self.vm, &value)?)
    }

    /// Sets a variable of `__main__`.
    ///
    /// # Errors
    /// Where the heap limit does not allow it.
    pub fn set(&self, name: &str, value: impl ToPython) -> Result<(), Error> {
        self.enter();
        let done = value
            .to_python(self.vm)
            .and_then(|value| self.vm.define(&self.main(), name, value));
        outcome(self.vm, done)
    }

    /// Calls a function of `__main__`, or a builtin one.
    ///
    /// # Errors
    /// If there is none, it raises, or its result is of another type.
    pub fn call<T: FromPython>(&self, name: &str, args: impl ToPythonArgs) -> Result<T, Error> {
        let function: Object = match self.get(name) {
            Err(Error::NotFound(_)) => {
                let builtin = outcome(self.vm, self.vm.builtin(name));
                let builtin = builtin.map_err(|_| Error::NotFound(name.to_owned()))?;
                Object::new(self.vm, builtin)
            }
            found => found?,
        };
        function.call(args)
    }

    /// Makes a closure a function of `__main__`.  Its parameters are converted from the arguments
    /// (TypeError where that fails); its errors become exceptions.
    pub fn register<M>(&self, name: &str, function: impl HostFunction<M>) {
        self.enter();
        let code = function.into_code(self.vm, name);
        let function = self.vm.host_function(name, code);
        self.quietly(self.vm.define(&self.main(), name, function));
    }

    /// A module, imported if it is not yet.
    ///
    /// # Errors
    /// What importing it raises.
    pub fn import(&self, name: &str) -> Result<Object, Error> {
        self.enter();
        let module = outcome(self.vm, self.vm.import_dotted(name))?;
        Ok(Object::new(self.vm, module))
    }

    /// What ends a running program from another thread.
    pub fn interrupter(&self) -> Interrupter {
        Interrupter(self.vm.interrupt_handle())
    }

    /// Collects all garbage cycles; how many objects were found in such.
    pub fn collect(&self) -> usize {
        self.enter();
        self.vm.collect_now(2, heap::Cause::Explicit)
    }

    /// Bytes of the heap in use.
    pub fn heap_bytes(&self) -> usize {
        self.vm.heap.stats().in_use_bytes
    }

    /// Ends the interpreter: `atexit` functions, a last collection, the modules, the streams, and
    /// gives its memory back.  Gives 0, or 120 where the streams could not be flushed.
    pub fn finalize(self) -> i32 {
        self.end()
    }

    /// Ends the interpreter like [`Interpreter::finalize`], but leaves its memory to the end of the
    /// process.
    pub fn finalize_process(self) -> i32 {
        let status = self.end();
        std::mem::forget(self);
        status
    }

    pub(crate) fn end(&self) -> i32 {
        self.enter();
        self.vm.set_budget(None);
        self.ended.set(true);
        self.vm.shut_down()
    }

    /// Makes this the current interpreter, with its full budget of steps.
    pub(crate) fn enter(&self) {
        self.vm.make_current();
        self.vm.set_budget(self.step_limit);
    }

    pub(crate) fn compile(
        &self,
        text: &str,
        file: &str,
        mode: Mode,
    ) -> PyResult<Ref<runtime::vm::code::Code>> {
        let flags = CompileFlags {
            optimize: self.optimize,
            ..CompileFlags::default()
        };
        self.vm.compile_text(text, file, mode, flags)
    }

    pub(crate) fn compile_file(
        &self,
        bytes: &[u8],
        file: &str,
    ) -> PyResult<Ref<runtime::vm::code::Code>> {
        let flags = CompileFlags {
            optimize: self.optimize,
            from_file: true,
            ..CompileFlags::default()
        };
        let codec = &mut |name: &str, bytes: &[u8]| self.vm.decode_source(name, bytes);
        let source = Source::from_script(bytes, file, codec).map_err(|error| {
            if error.lineno == 0 {
                // A file that cannot be decoded has no line to show.
                self.vm
                    .raise(&self.vm.types.exceptions.syntax_error, &error.msg)
            } else {
                self.vm.syntax_error(&error, file)
            }
        })?;
        self.vm.compile_source(&source, file, Mode::Exec, flags)
    }

    /// Drops an exception of something that is not worth failing for.
    pub(crate) fn quietly<T>(&self, result: PyResult<T>) -> Option<T> {
        result
            .map_err(|raised| drop(self.vm.take_exception(raised)))
            .ok()
    }

    pub(crate) fn set_sys_list(&self, name: &str, items: &[String]) {
        let items: Vec<Value> = items.iter().map(|i| self.vm.str_value(i)).collect();
        if let Some(list) = self.quietly(self.vm.list_from(items)) {
            self.set_sys(name, list.into_value());
        }
    }

    /// Gives the standard streams another encoding than UTF-8 with strict errors.
    fn set_stream_encoding(&self, encoding: &str, errors: &str) {
        let vm = self.vm;
        let names = [vm.intern("encoding"), vm.intern("errors")];
        for stream in ["stdin", "stdout", "stderr"] {
            let errors = match stream {
                "stderr" => "backslashreplace",
                _ => errors,
            };
            let is_default = errors == "strict" || stream == "stderr";
            if is_default && encoding == "utf-8" {
                continue;
            }
            let reconfigured = vm.sys_attribute(stream).filter(|s| !s.is_none()).map(|s| {
                let method = vm.get_attr(&s, &vm.intern("reconfigure"))?;
                let values = [vm.str_value(encoding), vm.str_value(errors)];
                vm.call_args(
                    &method,
                    Args {
                        values: &values,
                        names: &names,
                    },
                )
            });
            if let Some(result) = reconfigured {
                self.quietly(result);
            }
        }
    }

    pub(crate) fn set_sys(&self, name: &str, value: Value) {
        if let Some(sys) = self.vm.sys_dict() {
            self.quietly(self.vm.define(&sys, name, value));
        }
    }
}

impl Drop for Interpreter {
    fn drop(&mut self) {
        // In debug builds every interpreter of a host's tests is validated.
        let check = cfg!(debug_assertions) && !std::thread::panicking();
        if check && !self.ended.get() {
            assert_eq!(crate::window::check_heap(self), [""; 0]);
        }
        if !self.ended.get() {
            self.end();
        }
        if check {
            assert_eq!(crate::window::check_heap(self), [""; 0]);
        }
        self.vm.drop_handle();
    }
}

/// A result of the runtime as one of the host.
pub(crate) fn outcome<T>(vm: &Vm, result: PyResult<T>) -> Result<T, Error> {
    let raised = match result {
        Ok(value) => return Ok(value),
        Err(raised) => raised,
    };
    let steps_used_up = vm.budget_is_used_up();
    let exception = vm.take_exception(raised);
    let types = &vm.types.exceptions;
    if vm.is_instance_of(&exception, &types.system_exit) {
        return Err(Error::Exit(vm.exit_status(&exception)));
    }
    let message = vm.str_string(&exception).unwrap_or_else(|raised| {
        drop(vm.take_exception(raised));
        "<exception str() failed>".to_owned()
    });
    let line = exception
        .payload::<Exception>()
        .and_then(|e| e.traceback.get())
        .and_then(|traceback| vm.get_attr(&traceback, &vm.intern("tb_lineno")).ok())
        .and_then(|line| line.as_int().and_then(|i| i.to_i64()))
        .and_then(|line| u32::try_from(line).ok());
    let error = ScriptError {
        class: vm.class_name(&exception).to_string(),
        message,
        traceback: vm.format_exception(&exception),
        line,
    };
    if steps_used_up {
        return Err(Error::Limit(Limit::Steps, error));
    }
    if vm.heap.limit().is_some() && vm.is_instance_of(&exception, &types.memory_error) {
        return Err(Error::Limit(Limit::Heap, error));
    }
    Err(Error::Script(error))
}
