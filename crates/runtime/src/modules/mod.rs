//! The native modules of the runtime, and the registry of all native modules.
//!
//! A native module is a constant: its functions, and what fills in the rest of its namespace when it
//! is first imported.  The runtime knows those of this folder; the library adds its own when an
//! interpreter is made.

pub mod gc;
pub mod weakref;

use std::cell::RefCell;

use crate::object::{Dict, MethodDef, PyResult, Ref, Value};
use crate::types::module::Module;
use crate::vm::Vm;

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

static OWN: &[&NativeModule] = &[&gc::MODULE, &weakref::MODULE];

/// The native modules an interpreter knows.
#[derive(Default)]
pub struct Registry {
    added: RefCell<Vec<&'static NativeModule>>,
}

impl Vm {
    /// Makes more native modules known; a later one replaces an earlier one of the same name.
    pub fn add_native_modules(&self, modules: &[&'static NativeModule]) {
        self.interp
            .native_modules
            .added
            .borrow_mut()
            .extend(modules);
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
