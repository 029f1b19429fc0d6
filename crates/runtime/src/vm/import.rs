//! The import system: `sys.modules`, native modules, the built-in library, source files on `sys.path`.
//!
//! The order is CPython's: `sys.modules`, then the finders of `sys.meta_path`.  The work of those that
//! are there from the beginning is done here, without calling them: native modules, the library,
//! source files in folders of the path (`import_path`).  What they do not stand for (finders
//! and path hooks of a program, zip files, bytecode files, packages without `__init__.py`) goes the
//! ordinary way, by specs and loaders, through the Python code of `importlib`.  A module is in
//! `sys.modules` before its code runs (so that circular imports see it) and leaves it again if the
//! code raises.

use std::path::{Path, PathBuf};

use crate::object::{Dict, List, PyResult, Raised, Ref, Str, Value};
use crate::vm::Vm;
use crate::vm::source::{self, CompileFlags, Mode};

/// What the search for a module found.
pub(super) enum Found {
    /// A module in native code.
    Native,
    /// A module of the library that is compiled into the binary.
    Library { package: bool },
    /// A source file; for a package its `__init__.py`.
    File { path: PathBuf, package: bool },
    /// Something that its spec tells how to load.
    Spec(Value),
}

impl Vm {
    /// `import` statements: calls `builtins.__import__` if a program replaced it.
    pub(crate) fn import_statement(&self, name: &Value, names: &Value, level: &Value) -> PyResult {
        let frame = self
            .current_frame()
            .ok_or_else(|| self.system_error("no frame"))?;
        let function = frame.function_ref();
        let import = function.builtins.get(self, &self.names.__import__)?;
        let globals = function.globals.to_value();
        match import {
            None => {
                let error = &self.types.exceptions.import_error;
                Err(self.raise(error, "__import__ not found"))
            }
            Some(import) if self.is_own_import(&import) => {
                let level = self.index_isize(level, &self.types.exceptions.overflow_error)?;
                self.import_from_globals(name, Some(&globals), names, level)
            }
            Some(import) => {
                let locals = frame.namespace.get().unwrap_or(Value::NONE);
                self.call(
                    &import,
                    &[name.clone(), globals, locals, names.clone(), level.clone()],
                )
            }
        }
    }

    fn is_own_import(&self, import: &Value) -> bool {
        self.interp
            .own_import
            .peek()
            .is_some_and(|own| own.is(import))
    }

    /// `__import__(name, globals, locals, fromlist, level)`.
    pub fn import_from_globals(
        &self,
        name: &Value,
        globals: Option<&Value>,
        names: &Value,
        level: isize,
    ) -> PyResult {
        let Some(text) = name.payload::<Str>() else {
            return Err(self.type_error("module name must be a string"));
        };
        if level < 0 {
            return Err(self.value_error("level must be >= 0"));
        }
        let text = text.to_display().into_owned();
        let full = if level > 0 {
            self.resolve_relative(&text, globals, level as usize)?
        } else {
            if text.is_empty() {
                return Err(self.value_error("Empty module name"));
            }
            text.clone()
        };
        let module = self.import_dotted(&full)?;
        let wants_names = !names.is_none() && self.truth(names)?;
        if !wants_names {
            if level == 0 {
                // It is there, unless its own code has failed after the import of a submodule.
                return self.import_dotted(text.split('.').next().unwrap_or(&text));
            }
            if text.is_empty() {
                return Ok(module);
            }
            // `__import__('a.b', level=1)` gives the package's `a`.
            let cut = text.len() - text.split('.').next().map_or(0, str::len);
            let first = &full[..full.len() - cut];
            return self.loaded_module(first).map(|m| m.unwrap_or(module));
        }
        if self.get_attr_opt(&module, &self.names.__path__)?.is_some() {
            self.import_submodules(&module, &full, names, false)?;
        }
        Ok(module)
    }

    /// For `from package import a, b`: imports those that are modules.
    /// `all`: the names are those of `__all__`, where a star means nothing more.
    fn import_submodules(
        &self,
        module: &Value,
        full: &str,
        names: &Value,
        all: bool,
    ) -> PyResult<()> {
        for name in self.collect(names)? {
            let Some(text) = name.payload::<Str>().map(|s| s.to_display().into_owned()) else {
                let place = match all {
                    true => format!("{full}.__all__"),
                    false => "``from list''".to_owned(),
                };
                return Err(self.type_error(format!(
                    "Item in {place} must be str, not {}",
                    self.class_name(&name)
                )));
            };
            if text == "*" {
                if !all && let Some(names) = self.get_attr_opt(module, &self.names.__all__)? {
                    self.import_submodules(module, full, &names, true)?;
                }
                continue;
            }
            if self.get_attr_opt(module, &name)?.is_some() {
                continue;
            }
            let child = format!("{full}.{text}");
            if let Err(raised) = self.import_dotted(&child) {
                let missing = &self.types.exceptions.module_not_found_error;
                let exception = self.catch(raised, missing)?;
                let missed = self.get_attr_opt(&exception, &self.names.name)?;
                // A name that is no module is somebody else's matter; but one that may not be
                // imported is told of here.
                let forbidden = self.loaded_module(&child)?.is_some_and(|m| m.is_none());
                if forbidden || missed.is_none_or(|m| self.display(&m) != child) {
                    return Err(self.raise_value(exception));
                }
            }
        }
        Ok(())
    }

    fn resolve_relative(
        &self,
        name: &str,
        globals: Option<&Value>,
        level: usize,
    ) -> PyResult<String> {
        let error = &self.types.exceptions.import_error;
        let get = |key: &Value| -> PyResult<Option<Value>> {
            match globals.and_then(Value::payload::<Dict>) {
                Some(dict) => dict.get(self, key),
                None => Err(self.raise(
                    &self.types.exceptions.key_error,
                    "'__name__' not in globals",
                )),
            }
        };
        let package = get(&self.names.__package__)?.filter(|p| !p.is_none());
        let spec = get(&self.names.__spec__)?.filter(|s| !s.is_none());
        let parent = match &spec {
            Some(spec) => Some(self.get_attr(spec, &self.intern("parent"))?),
            None => None,
        };
        let package = match (package, parent) {
            (Some(package), parent) => {
                let Some(text) = package.payload::<Str>() else {
                    return Err(self.type_error("package must be a string"));
                };
                if let Some(parent) = parent
                    && !self.equal(&package, &parent)?
                {
                    self.warn_deprecated("__package__ != __spec__.parent")?;
                }
                text.to_display().into_owned()
            }
            (None, Some(parent)) => match parent.payload::<Str>() {
                Some(parent) => parent.to_display().into_owned(),
                None => return Err(self.type_error("__spec__.parent must be a string")),
            },
            (None, None) => {
                self.warn_here(
                    &self.types.exceptions.import_warning,
                    "can't resolve package from __spec__ or __package__, falling back on \
                     __name__ and __path__",
                )?;
                let Some(own) = get(&self.names.__name__)? else {
                    let message = self.str_value("'__name__' not in globals");
                    return Err(self.key_error(&message));
                };
                if own.payload::<Str>().is_none() {
                    return Err(self.type_error("__name__ must be a string"));
                }
                let own = self.display(&own);
                if get(&self.names.__path__)?.is_some() {
                    own
                } else {
                    own.rsplit_once('.')
                        .map_or_else(String::new, |(p, _)| p.to_owned())
                }
            }
        };
        if package.is_empty() {
            return Err(self.raise(
                error,
                "attempted relative import with no known parent package",
            ));
        }
        let mut base = package.as_str();
        for _ in 1..level {
            match base.rsplit_once('.') {
                Some((parent, _)) => base = parent,
                None => {
                    return Err(
                        self.raise(error, "attempted relative import beyond top-level package")
                    );
                }
            }
        }
        Ok(if name.is_empty() {
            base.to_owned()
        } else {
            format!("{base}.{name}")
        })
    }

    /// The module in `sys.modules`, if it is there.
    pub fn loaded_module(&self, name: &str) -> PyResult<Option<Value>> {
        let modules = self.modules();
        modules.get(self, &self.intern(name))
    }

    /// `sys.modules`.
    pub fn modules(&self) -> Ref<Dict> {
        self.interp
            .modules
            .get()
            .and_then(|m| m.downcast().ok())
            .unwrap_or_else(|| self.dict())
    }

    /// Imports `a.b.c`: every parent, then the module itself, which is returned.
    pub fn import_dotted(&self, full: &str) -> PyResult {
        if full.is_empty() {
            return Err(self.value_error("Empty module name"));
        }
        self.wait_for_import(full)?;
        if let Some(found) = self.loaded_module(full)? {
            if found.is_none() {
                return Err(self.module_not_found(
                    full,
                    format!("import of {full} halted; None in sys.modules"),
                ));
            }
            return Ok(found);
        }
        let _guard = self.enter_native(" during import")?;
        let mut search = None;
        let parent = match full.rsplit_once('.') {
            Some((parent_name, _)) => {
                let parent = self.import_dotted(parent_name)?;
                // Importing the parent may have imported the child.
                if let Some(found) = self.loaded_module(full)? {
                    return Ok(found);
                }
                match self.get_attr_opt(&parent, &self.names.__path__)? {
                    Some(path) => search = Some(path),
                    None => {
                        let (name, parent) = (self.quoted(full)?, self.quoted(parent_name)?);
                        return Err(self.module_not_found(
                            full,
                            format!("No module named {name}; {parent} is not a package"),
                        ));
                    }
                }
                Some(parent)
            }
            None => None,
        };
        let _claim = self.claim_import(full)?;
        // Another thread may have imported it meanwhile.
        if let Some(found) = self.loaded_module(full)?
            && !found.is_none()
        {
            return Ok(found);
        }
        if self.is_audited() {
            let of_sys = |name: &str| self.sys_attribute(name).unwrap_or(Value::NONE);
            let told = [
                self.str_value(full),
                Value::NONE,
                of_sys("path"),
                of_sys("meta_path"),
                of_sys("path_hooks"),
            ];
            self.audit("import", &told)?;
        }
        if self
            .sys_attribute("meta_path")
            .is_some_and(|finders| finders.is_none())
        {
            let message = "sys.meta_path is None, Python is likely shutting down";
            return Err(self.raise(&self.types.exceptions.import_error, message));
        }
        let module = self.timed_import(full, || {
            let found = self
                .find_module(full, search.as_ref())
                .map_err(|raised| self.without_import_frames(raised))?;
            let Some(found) = found else {
                return Err(self.no_module(full));
            };
            self.load_module(full, found)
                .map_err(|raised| self.without_import_frames(raised))
        })?;
        if let (Some(parent), Some((_, child))) = (parent, full.rsplit_once('.')) {
            self.set_attr(&parent, &self.intern(child), &module)?;
        }
        Ok(module)
    }

    fn quoted(&self, name: &str) -> PyResult<String> {
        self.repr_string(&self.str_value(name))
    }

    #[cold]
    fn no_module(&self, full: &str) -> Raised {
        match self.quoted(full) {
            Ok(name) => self.module_not_found(full, format!("No module named {name}")),
            Err(raised) => raised,
        }
    }

    #[cold]
    fn module_not_found(&self, name: &str, message: String) -> Raised {
        let class = &self.types.exceptions.module_not_found_error;
        let raised = self.raise(class, message);
        let exception = self.take_exception(raised);
        let _ = self
            .set_attr(&exception, &self.names.name, &self.str_value(name))
            .map_err(|raised| drop(self.take_exception(raised)));
        self.raise_value(exception)
    }

    fn load_spec(&self, spec: &Value) -> PyResult {
        let bootstrap = self.import_dotted("importlib._bootstrap")?;
        // The import already holds what `_load` would wait for.
        let load = self.get_attr(&bootstrap, &self.intern("_load_unlocked"))?;
        self.call1(&load, spec)
    }

    /// Asks the finders of `sys.meta_path`.  Without the first two of them native modules and the
    /// library are still found, behind all others: the library itself could not do without.
    fn find_module(&self, full: &str, path: Option<&Value>) -> PyResult<Option<Found>> {
        let finders = self.sys_attribute("meta_path");
        let finders = finders.as_ref().and_then(Value::payload::<List>);
        let Some(finders) = finders.map(List::to_vec) else {
            return self.find_built_in(full);
        };
        for finder in finders {
            let found = if finder.is(self.types.builtin_importer.as_value()) {
                self.native_module(full).map(|_| Found::Native)
            } else if finder.is(self.types.frozen_importer.as_value()) {
                self.find_library(full)?
            } else if finder.is(self.types.path_finder.as_value()) {
                // The library goes before the path wherever its finder stands.
                match self.find_built_in(full)? {
                    Some(found) => Some(found),
                    None => self.find_on_path(full, path)?,
                }
            } else {
                self.ask_finder(&finder, full, path)?
            };
            if found.is_some() {
                return Ok(found);
            }
        }
        self.find_built_in(full)
    }

    fn find_built_in(&self, full: &str) -> PyResult<Option<Found>> {
        match self.native_module(full) {
            Some(_) => Ok(Some(Found::Native)),
            None => self.find_library(full),
        }
    }

    /// A module of the library, or the program's own that goes before it.
    fn find_library(&self, full: &str) -> PyResult<Option<Found>> {
        let Some(module) = self.library_module(full) else {
            return Ok(None);
        };
        if self.parent_is_own(full)? {
            return Ok(None);
        }
        let package = module.package;
        let own = self.find_before_library(full);
        Ok(Some(own.unwrap_or(Found::Library { package })))
    }

    /// Whether a module belongs to a package that the program has put in the place of the
    /// library's: its parts are looked for there alone.
    fn parent_is_own(&self, full: &str) -> PyResult<bool> {
        let Some((parent, _)) = full.rsplit_once('.') else {
            return Ok(false);
        };
        let (Some(_), Some(module)) = (self.library_module(parent), self.loaded_module(parent)?)
        else {
            return Ok(false);
        };
        let Some(path) = self.get_attr_opt(&module, &self.names.__path__)? else {
            return Ok(false);
        };
        let of_library = |entry: &Value| {
            let text = entry.payload::<Str>().and_then(Str::to_utf8);
            text.is_some_and(|text| text.starts_with(crate::modules::LIBRARY_ROOT))
        };
        Ok(!self.collect(&path)?.iter().any(of_library))
    }

    fn ask_finder(
        &self,
        finder: &Value,
        full: &str,
        path: Option<&Value>,
    ) -> PyResult<Option<Found>> {
        let Some(find) = self.get_attr_opt(finder, &self.names.find_spec)? else {
            return Ok(None);
        };
        let path = path.cloned().unwrap_or(Value::NONE);
        let spec = self.call(&find, &[self.str_value(full), path, Value::NONE])?;
        Ok((!spec.is_none()).then_some(Found::Spec(spec)))
    }

    fn search_path_of(&self, full: &str) -> PyResult<Option<Value>> {
        match full.rsplit_once('.') {
            Some((parent, _)) => {
                let parent = self.import_dotted(parent)?;
                self.get_attr_opt(&parent, &self.names.__path__)
            }
            None => Ok(None),
        }
    }

    /// True if there is such a module, no package, and its code can be run by
    /// [`Vm::execute_as_main`].
    pub(crate) fn module_exists(&self, full: &str) -> PyResult<bool> {
        let path = self.search_path_of(full)?;
        let found = self.find_module(full, path.as_ref())?;
        Ok(matches!(
            found,
            Some(Found::Library { package: false } | Found::File { package: false, .. })
        ))
    }

    /// True if it is a package with an `__init__.py`.
    pub(crate) fn module_is_package(&self, full: &str) -> PyResult<bool> {
        let path = self.search_path_of(full)?;
        Ok(match self.find_module(full, path.as_ref())? {
            Some(Found::Library { package } | Found::File { package, .. }) => package,
            Some(Found::Spec(_) | Found::Native) | None => false,
        })
    }

    /// Runs a module's code in `__main__`, for `python -m`; `renames`: its file becomes `sys.argv[0]`.
    pub fn execute_as_main(&self, full: &str, renames: bool) -> PyResult {
        let path = self.search_path_of(full)?;
        let main = self.main_namespace();
        let code = match self.find_module(full, path.as_ref())? {
            Some(Found::File { path, .. }) => {
                let file = self.absolute(&path);
                let source = source::read(self, Path::new(&file))?;
                let flags = CompileFlags {
                    from_file: true,
                    ..CompileFlags::default()
                };
                let code = self.compile_source(&source, &file, Mode::Exec, flags)?;
                self.set_main_file(&file)?;
                let cached = self.cached_path(&file)?;
                main.insert(self, &self.names.__cached__, cached)?;
                if renames
                    && let Some(argv) = self
                        .sys_attribute("argv")
                        .and_then(|a| a.downcast::<List>().ok())
                {
                    let old = argv.replace(0, self.str_value(&file));
                    drop(old);
                }
                code
            }
            Some(Found::Library { .. }) => match self.library_module(full) {
                Some(library) => self.library_code(&library)?,
                None => {
                    return Err(self.no_module(full));
                }
            },
            _ => {
                let error = &self.types.exceptions.import_error;
                return Err(self.raise(error, format!("No code object available for {full}")));
            }
        };
        let package = full.rsplit_once('.').map_or("", |(parent, _)| parent);
        main.insert(self, &self.names.__package__, self.str_value(package))?;
        let spec = self.source_spec(full, Some(&code.data.filename), Value::NONE)?;
        main.insert(self, &self.names.__spec__, spec)?;
        let class = match code.data.filename.starts_with(crate::modules::LIBRARY_ROOT) {
            true => "_LibraryLoader",
            false => "SourceFileLoader",
        };
        self.set_main_loader(&code, class, full, &code.data.filename)?;
        self.run_code_in(&code, &main)
    }

    fn load_module(&self, full: &str, found: Found) -> PyResult {
        match found {
            Found::Native => {
                let Some(native) = self.native_module(full) else {
                    return Err(self.no_module(full));
                };
                let module = self.make_native_module(native)?.into_value();
                self.modules()
                    .insert(self, &self.intern(full), module.clone())?;
                Ok(module)
            }
            Found::Library { package } => {
                let Some(library) = self.library_module(full) else {
                    return Err(self.no_module(full));
                };
                let file = format!("{}{}", crate::modules::LIBRARY_ROOT, library.file);
                let paths = package.then(|| vec![file.trim_end_matches("/__init__.py").to_owned()]);
                let module = self.new_source_module(full, Some(&file), paths)?;
                let code = self.library_code(&library)?;
                self.run_module(full, module, |dict| self.run_code_in(&code, dict))
            }
            Found::File { path, package } => {
                let file = self.absolute(&path);
                let paths = package.then(|| {
                    vec![path_text(
                        Path::new(&file).parent().unwrap_or(Path::new("")),
                    )]
                });
                let module = self.new_source_module(full, Some(&file), paths)?;
                self.run_module(full, module, |dict| {
                    let source = source::read(self, Path::new(&file))?;
                    let flags = CompileFlags {
                        from_file: true,
                        ..CompileFlags::default()
                    };
                    let code = self.compile_source(&source, &file, Mode::Exec, flags)?;
                    self.run_code_in(&code, dict)
                })
            }
            Found::Spec(spec) => self.load_spec(&spec),
        }
    }

    fn run_module(
        &self,
        full: &str,
        module: Value,
        run: impl FnOnce(&Ref<Dict>) -> PyResult,
    ) -> PyResult {
        let name = self.intern(full);
        self.modules().insert(self, &name, module.clone())?;
        let Some(dict) = self.module_dict(&module) else {
            return Ok(module);
        };
        let spec = dict.get(self, &self.names.__spec__)?;
        let initializing = self.intern("_initializing");
        if let Some(spec) = &spec {
            self.set_attr(spec, &initializing, &Value::TRUE)?;
        }
        let result = run(&dict);
        if let Some(spec) = &spec
            && result.is_ok()
        {
            self.set_attr(spec, &initializing, &Value::FALSE)?;
        }
        if let Err(raised) = result {
            let exception = self.take_exception(raised);
            let _ = self
                .modules()
                .remove(self, &name)
                .map_err(|raised| drop(self.take_exception(raised)));
            return Err(self.reraise_value(exception));
        }
        // The module may have put something else in its place.
        Ok(self.modules().get(self, &name)?.unwrap_or(module))
    }

    /// A module object with the attributes of an imported module.
    fn new_source_module(
        &self,
        full: &str,
        file: Option<&str>,
        paths: Option<Vec<String>>,
    ) -> PyResult {
        let module = self
            .new_module(&self.str_value(full), &Value::NONE)?
            .into_value();
        let Some(dict) = self.module_dict(&module) else {
            return Ok(module);
        };
        let package = match &paths {
            Some(_) => full,
            None => full.rsplit_once('.').map_or("", |(parent, _)| parent),
        };
        let names = self.names;
        dict.insert(self, &names.__package__, self.str_value(package))?;
        let search = match paths {
            Some(paths) => {
                let paths: Vec<Value> = paths.iter().map(|p| self.str_value(p)).collect();
                let list = self.list_from(paths)?.into_value();
                dict.insert(self, &names.__path__, list.clone())?;
                list
            }
            None => Value::NONE,
        };
        if let Some(file) = file {
            dict.insert(self, &names.__file__, self.str_value(file))?;
            dict.insert(self, &names.__cached__, self.cached_path(file)?)?;
        }
        dict.insert(self, &names.__builtins__, self.builtins().into_value())?;
        let spec = self.source_spec(full, file, search)?;
        dict.insert(self, &names.__spec__, spec)?;
        Ok(module)
    }

    /// `from module import name`.
    pub(crate) fn import_from(&self, module: &Value, name: &Value) -> PyResult {
        if let Some(value) = self.get_attr_opt(module, name)? {
            return Ok(value);
        }
        let package = self.get_attr_opt(module, &self.names.__name__)?;
        let text = self.display(name);
        if let Some(package) = package.as_ref().and_then(|p| p.payload::<Str>())
            && let Some(found) = self.loaded_module(&format!("{}.{text}", package.to_display()))?
        {
            return Ok(found);
        }
        let own_name = match &package {
            Some(name) if name.payload::<Str>().is_some() => self.display(name),
            _ => "<unknown module name>".to_owned(),
        };
        let file = self
            .get_attr_opt(module, &self.names.__file__)?
            .filter(|f| f.payload::<Str>().is_some());
        let spec = self.get_attr_opt(module, &self.names.__spec__)?;
        let initializing = match spec.filter(|s| !s.is_none()) {
            Some(spec) => match self.get_attr_opt(&spec, &self.intern("_initializing"))? {
                Some(flag) => self.truth(&flag)?,
                None => false,
            },
            None => false,
        };
        let place = file
            .as_ref()
            .map_or("unknown location".to_owned(), |f| self.display(f));
        let message = if initializing {
            format!(
                "cannot import name '{text}' from partially initialized module '{own_name}' (most likely due to a circular import) ({place})"
            )
        } else {
            format!("cannot import name '{text}' from '{own_name}' ({place})")
        };
        let raised = self.raise(&self.types.exceptions.import_error, message);
        let exception = self.take_exception(raised);
        self.set_attr(&exception, &self.names.name, &self.str_value(&own_name))?;
        self.set_attr(&exception, &self.names.path, &file.unwrap_or(Value::NONE))?;
        self.set_attr(&exception, &self.names.name_from, name)?;
        Err(self.raise_value(exception))
    }

    /// `from module import *` into the running frame's namespace.
    pub(crate) fn import_star(&self, module: &Value) -> PyResult {
        let frame = self
            .current_frame()
            .ok_or_else(|| self.system_error("no frame"))?;
        let Some(namespace) = frame.namespace.get() else {
            return Err(self.system_error("no locals found during 'import *'"));
        };
        let all = self.get_attr_opt(module, &self.names.__all__)?;
        let skip_private = all.is_none();
        let names = match all {
            Some(all) => self.collect(&all)?,
            None => match self.get_attr_opt(module, &self.names.__dict__)? {
                Some(dict) => self.collect(&dict)?,
                None => {
                    let error = &self.types.exceptions.import_error;
                    return Err(
                        self.raise(error, "from-import-* object has no __dict__ and no __all__")
                    );
                }
            },
        };
        for name in names {
            let Some(text) = name.payload::<Str>().map(|s| s.to_display().into_owned()) else {
                let own = self.get_attr(module, &self.names.__name__)?;
                let (what, place) = if skip_private {
                    ("Key", "__dict__")
                } else {
                    ("Item", "__all__")
                };
                return Err(self.type_error(format!(
                    "{what} in {}.{place} must be str, not {}",
                    self.display(&own),
                    self.class_name(&name)
                )));
            };
            if skip_private && text.starts_with('_') {
                continue;
            }
            let value = self.get_attr(module, &name)?;
            self.set_item(&namespace, &name, &value)?;
        }
        Ok(Value::NONE)
    }

    /// Raises an exception again as it is, without a new context.
    pub fn reraise_value(&self, exception: Value) -> Raised {
        self.set_raised(exception);
        crate::object::Raised(())
    }
}

/// A path as text; bytes that are not UTF-8 are replaced.
pub fn path_text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

impl Vm {
    /// The name a module's file goes by: absolute, but in deterministic mode as it was found, since
    /// where a folder lies differs between machines.
    fn absolute(&self, path: &Path) -> String {
        let path = match self.is_deterministic() {
            true => path.to_owned(),
            false => std::path::absolute(path).unwrap_or_else(|_| path.to_owned()),
        };
        path_text(&path)
    }
}
