//! Ending an interpreter, in CPython's order.
//!
//! `atexit` functions run in a complete interpreter.  After a last ordinary collection the modules
//! go: `sys.modules` is emptied, which frees those nobody else refers to, a collection frees those
//! whose functions keep their globals alive, and what is still there then is emptied by force,
//! latest import first.  `sys` and `builtins` are the last.

use heap::Cause;
use heap::gc::debug;

use super::state::Vm;
use crate::object::{Dict, List, Ref, Str, Value, WeakReference};
use crate::types::module::Module;

/// What `sys` gives up first: it may refer to anything.
const SYS_NAMES: &[&str] = &[
    "path",
    "argv",
    "ps1",
    "ps2",
    "last_exc",
    "last_type",
    "last_value",
    "last_traceback",
    "path_importer_cache",
    "meta_path",
    "path_hooks",
];

impl Vm {
    /// Ends the interpreter; 120 where standard output could not be flushed, else 0.
    pub fn shut_down(&self) -> i32 {
        self.refuse_threads();
        self.wait_for_threads();
        self.run_exit_functions();
        let mut status = self.flush_streams();
        self.interp.finalizing.set(true);
        self.freeze_threads();
        self.give_signals_back();
        if self.heap.collection_enabled() {
            self.collect_now(2, Cause::Shutdown);
        }
        self.interp.collector.silent.set(true);
        // Nothing of what was traced outlives the modules.
        self.settle_last();
        self.interp.statistics.stop();
        self.tear_modules_down();
        if self.flush_streams() != 0 {
            status = 120;
        }
        self.let_go();
        status
    }

    fn wait_for_threads(&self) {
        let threading = self.quietly(self.loaded_module("threading")).flatten();
        let Some(threading) = threading else {
            return;
        };
        let Some(wait) = self.quiet_attr(&threading, "_shutdown") else {
            return;
        };
        if let Err(raised) = self.call0(&wait) {
            let exception = self.take_exception(raised);
            self.unraisable(exception, Some(&threading), None);
        }
    }

    fn flush_streams(&self) -> i32 {
        let mut status = 0;
        for name in ["stdout", "stderr"] {
            let Some(stream) = self.sys_attribute(name).filter(|s| !s.is_none()) else {
                continue;
            };
            let closed = self.quiet_attr(&stream, "closed");
            if closed.is_some_and(|c| self.quietly(self.truth(&c)) == Some(true)) {
                continue;
            }
            if let Err(raised) = self.call_method(&stream, &self.names.flush, &[]) {
                let exception = self.take_exception(raised);
                if name == "stdout" {
                    self.unraisable(exception, Some(&stream), None);
                    status = 120;
                }
            }
        }
        status
    }

    fn tear_modules_down(&self) {
        let Some(sys) = self.sys_dict() else {
            return;
        };
        let builtins = self.builtins();
        self.quietly(self.define(&builtins, "_", Value::NONE));
        for name in SYS_NAMES {
            self.quietly(self.define(&sys, name, Value::NONE));
        }
        for name in ["stdin", "stdout", "stderr"] {
            let original = self
                .sys_attribute(&format!("__{name}__"))
                .unwrap_or(Value::NONE);
            self.quietly(self.define(&sys, name, original));
        }
        let modules = self.modules();
        self.interp.modules_gone.set(true);
        let left = self.remove_modules(&modules);
        crate::object::dict::clear(&modules);
        self.restore_builtins(&builtins);
        self.collect_now(2, Cause::Shutdown);
        self.warn_of_garbage();
        for reference in left.iter().rev() {
            let module = reference
                .payload::<WeakReference>()
                .and_then(|r| r.referent());
            let dict = module
                .as_ref()
                .and_then(Value::payload::<Module>)
                .map(|m| m.dict.clone());
            if let Some(dict) = dict
                && !dict.is(&sys)
                && !dict.is(&builtins)
            {
                self.empty_namespace(&dict);
            }
        }
        drop(left);
        self.empty_namespace(&sys);
        self.empty_namespace(&builtins);
        crate::object::dict::clear(&modules);
        self.interp.audit_hooks.clear();
        self.collect_now(2, Cause::Shutdown);
    }

    /// Empties `sys.modules`, one module after the other; weak references to them all.
    fn remove_modules(&self, modules: &Ref<Dict>) -> Vec<Value> {
        let mut references = Vec::new();
        let mut place = 0;
        while let Some((name, module)) = modules.next(&mut place) {
            if module.payload::<Module>().is_none() {
                continue;
            }
            let reference = self.weak_reference(&self.types.weak_reference, &module, None);
            references.extend(self.quietly(reference));
            drop(module);
            self.quietly(modules.insert(self, &name, Value::NONE));
        }
        references
    }

    /// Takes out what a program has put into `builtins`.
    fn restore_builtins(&self, builtins: &Ref<Dict>) {
        let Some(original) = self.interp.builtins_copy.get() else {
            return;
        };
        let Some(original) = original.payload::<Dict>() else {
            return;
        };
        let entries = builtins.to_vec();
        crate::object::dict::clear(builtins);
        for (name, value) in original.to_vec() {
            self.quietly(builtins.insert(self, &name, value));
        }
        drop(entries);
    }

    /// Sets all names of a namespace to None, private ones first.
    fn empty_namespace(&self, dict: &Ref<Dict>) {
        let is_private = |name: &Str| {
            let mut points = name.iter();
            points.next() == Some(u32::from('_')) && points.next() != Some(u32::from('_'))
        };
        for private in [true, false] {
            let mut place = 0;
            while let Some((name, value)) = dict.next(&mut place) {
                let Some(text) = name.payload::<Str>() else {
                    continue;
                };
                let wanted = if private {
                    is_private(text)
                } else {
                    !text.equals_str("__builtins__")
                };
                if wanted && !value.is_none() {
                    drop(value);
                    self.quietly(dict.insert(self, &name, Value::NONE));
                }
            }
        }
    }

    /// Objects in `gc.garbage` will never be freed: somebody should know.
    fn warn_of_garbage(&self) {
        let flags = self.heap.debug_flags();
        let garbage = self.interp.collector.garbage.get();
        let garbage = garbage.as_ref().and_then(Value::payload::<List>);
        let Some(garbage) = garbage.filter(|g| !g.is_empty() && flags & debug::SAVEALL == 0) else {
            return;
        };
        let list = flags & debug::UNCOLLECTABLE != 0;
        let hint = if list {
            ""
        } else {
            "; use gc.set_debug(gc.DEBUG_UNCOLLECTABLE) to list them"
        };
        let message = format!(
            "gc: {} uncollectable objects at shutdown{hint}",
            garbage.len()
        );
        let category = &self.types.exceptions.resource_warning;
        if let Err(raised) = self.warn_at(category, &message, "gc", 0, "gc") {
            let exception = self.take_exception(raised);
            self.unraisable(exception, None, None);
        }
        if list && let Some(text) = self.quietly(self.repr_string(&self.gc_garbage())) {
            self.write_stderr(&format!("      {text}\n"));
        }
    }
}
