//! Running a program from outside: `__main__`, uncaught exceptions, the process's exit status.
#![allow(unsafe_code)]

use crate::object::{PyResult, Value};
use crate::types::exceptions::Exception;
use crate::vm::Vm;

/// Native stack kept free for whatever runs when the limit is met.
const NATIVE_RESERVE: usize = 1 << 20;

/// What a thread is taken to have where the system does not tell.
const UNKNOWN_STACK: usize = 1 << 20;

#[cfg(target_os = "linux")]
fn lowest_stack_address() -> Option<usize> {
    // SAFETY: the attributes are initialised by the first call and destroyed by the last.
    unsafe {
        let mut attributes = std::mem::zeroed();
        if libc::pthread_getattr_np(libc::pthread_self(), &raw mut attributes) != 0 {
            return None;
        }
        let (mut lowest, mut size) = (std::ptr::null_mut(), 0);
        let status =
            libc::pthread_attr_getstack(&raw const attributes, &raw mut lowest, &raw mut size);
        libc::pthread_attr_destroy(&raw mut attributes);
        (status == 0).then_some(lowest as usize)
    }
}

#[cfg(not(target_os = "linux"))]
fn lowest_stack_address() -> Option<usize> {
    None
}

impl Vm {
    /// Tells how much native stack this OS thread has from here on; native recursion beyond it
    /// raises RecursionError.
    pub fn set_native_stack(&self, bytes: usize) {
        let here = 0u8;
        let here = &raw const here as usize;
        let reserve = NATIVE_RESERVE.min(bytes / 2);
        self.native_stack_end
            .set(here.saturating_sub(bytes.saturating_sub(reserve)));
    }

    /// Asks the system how much native stack this OS thread has and heeds it.
    pub fn measure_native_stack(&self) {
        let here = 0u8;
        let here = &raw const here as usize;
        let lowest = lowest_stack_address().unwrap_or(here.saturating_sub(UNKNOWN_STACK));
        let bytes = here.saturating_sub(lowest);
        self.set_native_stack(bytes);
    }

    /// Sets `__file__` of `__main__`.
    pub fn set_main_file(&self, file: &str) -> PyResult<()> {
        let main = self.main_namespace();
        main.insert(self, &self.names.__file__, self.str_value(file))?;
        main.insert(self, &self.names.__cached__, Value::NONE)?;
        Ok(())
    }

    /// Reports an exception that left the program through `sys.excepthook`; gives the status that
    /// the process should exit with.
    pub fn report_uncaught(&self, exception: Value) -> i32 {
        let types = &self.types.exceptions;
        if self.is_instance_of(&exception, &types.system_exit) {
            return self.exit_status(&exception);
        }
        let status = if self.is_instance_of(&exception, &types.keyboard_interrupt) {
            130
        } else {
            1
        };
        for (name, value) in [
            ("last_exc", exception.clone()),
            ("last_type", self.class_of(&exception).to_value()),
            ("last_value", exception.clone()),
            ("last_traceback", traceback_of(&exception)),
        ] {
            if let Some(sys) = self.sys_dict() {
                let _ = sys
                    .insert(self, &self.intern(name), value)
                    .map_err(|raised| drop(self.take_exception(raised)));
            }
        }
        match self.sys_attribute("excepthook") {
            Some(hook) => {
                let args = [
                    self.class_of(&exception).to_value(),
                    exception.clone(),
                    traceback_of(&exception),
                ];
                let told = [std::slice::from_ref(&hook), &args[..]].concat();
                if let Err(raised) = self.audit("sys.excepthook", &told) {
                    // A RuntimeError of an auditing hook keeps the report back.
                    let refusal = self.take_exception(raised);
                    if self.is_instance_of(&refusal, &types.runtime_error) {
                        return status;
                    }
                    self.unraisable(refusal, None, Some("in audit hook"));
                }
                if let Err(raised) = self.call(&hook, &args) {
                    let second = self.take_exception(raised);
                    if self.is_instance_of(&second, &types.system_exit) {
                        return self.exit_status(&second);
                    }
                    self.write_stderr("Error in sys.excepthook:\n");
                    self.write_stderr(&self.format_exception(&second));
                    self.write_stderr("\nOriginal exception was:\n");
                    self.write_stderr(&self.format_exception(&exception));
                }
            }
            None => {
                self.write_stderr("sys.excepthook is missing\n");
                self.write_stderr(&self.format_exception(&exception));
            }
        }
        status
    }

    /// The status a SystemExit asks for; a message is printed.
    pub fn exit_status(&self, exception: &Value) -> i32 {
        let code = self
            .get_attr_opt(exception, &self.intern("code"))
            .unwrap_or_else(|raised| {
                drop(self.take_exception(raised));
                None
            })
            .unwrap_or(Value::NONE);
        if code.is_none() {
            return 0;
        }
        if let Some(view) = code.as_int() {
            return match view.to_i64() {
                Some(code) => code as i32 & 0xFF,
                None => {
                    self.write_stderr("OverflowError: Python int too large to convert to C long\n");
                    0xFF
                }
            };
        }
        let text = match self.str_of(&code) {
            Ok(text) => text.to_display().into_owned(),
            Err(raised) => {
                let exception = self.take_exception(raised);
                self.write_stderr("\n");
                self.write_stderr(&self.format_exception(&exception));
                return 1;
            }
        };
        self.write_stderr(&format!("{text}\n"));
        1
    }

    /// The full name of what `python -m NAME` runs, a package's `__main__` or the module; None where there is
    /// nothing that could be run directly, and `runpy` is to find out why.
    pub fn find_main(&self, name: &str) -> PyResult<Option<String>> {
        if name.starts_with('.') || self.native_module(name).is_some() {
            return Ok(None);
        }
        match self.runnable(name) {
            Ok(found) => Ok(found),
            Err(raised) => {
                self.catch(raised, &self.types.exceptions.import_error)?;
                Ok(None)
            }
        }
    }

    fn runnable(&self, name: &str) -> PyResult<Option<String>> {
        if let Some((parent, _)) = name.rsplit_once('.') {
            self.import_dotted(parent)?;
        }
        let main = if self.module_is_package(name)? {
            self.import_dotted(name)?;
            format!("{name}.__main__")
        } else {
            name.to_owned()
        };
        Ok(self.module_exists(&main)?.then_some(main))
    }
}

fn traceback_of(exception: &Value) -> Value {
    exception
        .payload::<Exception>()
        .and_then(|e| e.traceback.get())
        .unwrap_or(Value::NONE)
}
