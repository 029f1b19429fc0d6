//! The native modules of the runtime, and the registry of all native modules.
//!
//! A native module is a constant: its functions, and what fills in the rest of its namespace when it
//! is first imported.  The runtime knows those of this folder; the library adds its own when an
//! interpreter is made.

pub mod ast;
pub mod atexit;
pub mod builtins;
pub mod codecs;
pub mod gc;
pub mod io;
pub mod signal;
pub mod symtable;
pub mod sys;
pub mod tracemalloc;
pub mod warnings;
pub mod weakref;

use std::cell::RefCell;

use crate::object::{Dict, MethodDef, PyResult, Ref, Value};
use crate::types::module::Module;
use crate::vm::Vm;
use crate::vm::code::{Code, CodeOrigin};

/// A module written in Rust.
pub struct NativeModule {
    /// The name it is imported by.
    pub name: &'static str,
    /// `__doc__`.
    pub doc: &'static str,
    /// Its functions.
    pub methods: &'static [MethodDef],
    /// Fills in everything else, with the module object and its namespace.
    pub init: fn(&Vm, &Ref<Module>, &Ref<Dict>) -> PyResult<()>,
}

impl NativeModule {
    /// A module that consists of functions.
    pub const fn new(
        name: &'static str,
        doc: &'static str,
        methods: &'static [MethodDef],
    ) -> NativeModule {
        NativeModule {
            name,
            doc,
            methods,
            init: |_, _, _| Ok(()),
        }
    }

    /// The same with something that fills in the rest.
    pub const fn with_init(
        mut self,
        init: fn(&Vm, &Ref<Module>, &Ref<Dict>) -> PyResult<()>,
    ) -> NativeModule {
        self.init = init;
        self
    }
}

static OWN: &[&NativeModule] = &[
    &atexit::MODULE,
    &builtins::MODULE,
    &gc::MODULE,
    &codecs::MODULE,
    &io::MODULE,
    &signal::MODULE,
    &symtable::MODULE,
    &sys::MODULE,
    &tracemalloc::MODULE,
    &warnings::MODULE,
    &weakref::MODULE,
];

/// The native modules an interpreter knows.
#[derive(Default)]
pub struct Registry {
    added: RefCell<Vec<&'static NativeModule>>,
}

/// A module in Python that is compiled into the binary.
#[derive(Clone, Copy)]
pub struct LibraryModule {
    /// Its full name.
    pub name: &'static str,
    /// Its path below the library's root.
    pub file: &'static str,
    /// True for a package.
    pub package: bool,
    /// Its code, as `bytecode::marshal` writes it.
    pub code: &'static [u8],
    /// Its text, for tracebacks.
    pub source: &'static [u8],
}

/// What the paths of library modules begin with.
pub const LIBRARY_ROOT: &str = "<library>/";

/// Finds a library module by its full name.
pub type LibraryFinder = fn(&str) -> Option<LibraryModule>;

impl Vm {
    /// Names the function that finds library modules.
    pub fn register_library(&self, finder: LibraryFinder) {
        self.interp.library.set(Some(finder));
    }

    /// The library module of that name.
    pub fn library_module(&self, name: &str) -> Option<LibraryModule> {
        self.interp.library.get().and_then(|find| find(name))
    }

    /// The text of a library module by its path (`<library>/…`).
    pub fn library_source(&self, file: &str) -> Option<&'static str> {
        let name = file.strip_prefix(LIBRARY_ROOT)?.strip_suffix(".py")?;
        let name = name
            .strip_suffix("/__init__")
            .unwrap_or(name)
            .replace('/', ".");
        str::from_utf8(self.library_module(&name)?.source).ok()
    }

    /// Tells the text behind a file name: what tracebacks and `linecache` show of code that carries it.
    pub fn register_source(&self, file: &str, text: &str) {
        let mut sources = self.interp.sources.borrow_mut();
        sources.insert(file.to_owned(), text.to_owned());
    }

    /// The text behind a file name, if it is registered or that of a library module.
    pub fn known_source(&self, file: &str) -> Option<String> {
        if let Some(text) = self.interp.sources.borrow().get(file) {
            return Some(text.clone());
        }
        self.library_source(file).map(str::to_owned)
    }

    /// The code of a library module.
    pub(crate) fn library_code(&self, module: &LibraryModule) -> PyResult<Ref<Code>> {
        match bytecode::marshal::from_bytes(module.code) {
            Ok(code) => self.code(&std::sync::Arc::new(code), CodeOrigin::Library),
            Err(error) => {
                Err(self.system_error(format!("library module {}: {error}", module.name)))
            }
        }
    }

    /// The namespace of a module object.
    pub fn module_dict(&self, module: &Value) -> Option<Ref<Dict>> {
        module.payload::<Module>().map(|m| m.dict.clone())
    }

    /// Makes the modules `builtins`, `sys` and `__main__` when an interpreter starts.
    pub(crate) fn make_first_modules(&self) -> PyResult<()> {
        let modules = self.dict();
        self.interp.modules.set(Some(modules.to_value()));
        let builtins = self.make_native_module(&builtins::MODULE)?;
        self.interp
            .own_import
            .set(builtins.dict.get(self, &self.names.__import__)?);
        self.interp.builtins.set(Some(builtins.dict.to_value()));
        // CPython adds `open` when it has taken the copy: it is gone while modules are torn down.
        let copy = self.dict_copy(&builtins.dict)?;
        copy.remove(self, &self.intern("open"))?;
        self.interp.builtins_copy.set(Some(copy.into_value()));
        modules.insert(self, &self.names.builtins, builtins.to_value())?;
        if let Some(native) = self.native_module("sys") {
            let sys = self.make_native_module(native)?;
            sys.dict
                .insert(self, &self.names.modules, modules.to_value())?;
            self.interp.sys.set(Some(sys.dict.to_value()));
            modules.insert(self, &self.intern("sys"), sys.into_value())?;
        }
        let main = self.new_module(&self.names.__main__, &Value::NONE)?;
        main.dict
            .insert(self, &self.names.__builtins__, builtins.into_value())?;
        main.dict
            .insert(self, &self.names.__annotations__, self.dict().into_value())?;
        modules.insert(self, &self.names.__main__, main.into_value())?;
        Ok(())
    }

    /// The namespace of `__main__`.
    pub fn main_namespace(&self) -> Ref<Dict> {
        self.loaded_module("__main__")
            .ok()
            .flatten()
            .and_then(|m| self.module_dict(&m))
            .unwrap_or_else(|| self.dict())
    }

    /// Makes more native modules known; a later one replaces an earlier one of the same name.
    pub fn add_native_modules(&self, modules: &[&'static NativeModule]) {
        self.interp
            .native_modules
            .added
            .borrow_mut()
            .extend(modules);
        let updated = self.update_builtin_module_names();
        self.quietly(updated);
    }

    /// The native module of a name.
    pub fn native_module(&self, name: &str) -> Option<&'static NativeModule> {
        let added = self.interp.native_modules.added.borrow();
        added
            .iter()
            .rev()
            .chain(OWN)
            .find(|m| m.name == name)
            .copied()
    }

    /// The names of all native modules, sorted.
    pub fn native_module_names(&self) -> Vec<&'static str> {
        let added = self.interp.native_modules.added.borrow();
        let mut names: Vec<_> = added.iter().chain(OWN).map(|m| m.name).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// Makes the module object of a native module.  `sys.modules` is the caller's business.
    pub fn make_native_module(&self, native: &NativeModule) -> PyResult<Ref<Module>> {
        let name = self.intern(native.name);
        let doc = match native.doc {
            "" => Value::NONE,
            doc => self.str_value(doc),
        };
        let module = self.new_module(&name, &doc)?;
        let dict = module.dict.clone();
        for def in native.methods {
            let function = self.builtin_function(def, module.as_value(), &name);
            dict.insert(self, &self.intern(def.name), function)?;
        }
        self.complete_native_module(&module, &name)?;
        (native.init)(self, &module, &dict)?;
        Ok(module)
    }

    /// Puts a value into a namespace.
    pub fn define(&self, dict: &Dict, name: &str, value: Value) -> PyResult<()> {
        dict.insert(self, &self.intern(name), value).map(drop)
    }
}

/// Refuses keywords, in the words of functions that take only positional arguments.
pub(crate) fn no_keywords(vm: &Vm, function: &str, names: &[Value]) -> PyResult<()> {
    if names.is_empty() {
        return Ok(());
    }
    Err(vm.type_error(format!("{function}() takes no keyword arguments")))
}
