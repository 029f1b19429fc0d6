//! The search of `sys.path`, or of the `__path__` of a package.
//!
//! For each entry there is a finder, made by the first of `sys.path_hooks` that knows what the entry
//! is, and kept in `sys.path_importer_cache`.  As long as the hooks are those that were there from the
//! beginning, and the entry is a folder, no finder is made: the folder is looked into here.

use std::path::{Path, PathBuf};

use super::import::{Found, path_text};
use crate::object::{Dict, List, PyResult, Str, Value};
use crate::vm::Vm;

/// Modules that CPython has loaded, or frozen, before it looks at `sys.path`.
const BEFORE_THE_PATH: [&str; 13] = [
    "abc",
    "codecs",
    "encodings",
    "genericpath",
    "importlib",
    "io",
    "ntpath",
    "os",
    "posixpath",
    "runpy",
    "site",
    "stat",
    "zipimport",
];

/// What an entry of the path is to the search.
enum Entry {
    /// A folder, looked into here.
    Folder(PathBuf),
    /// Something that a finder looks into.
    Finder(Value),
    /// Nothing that modules could come from.
    Nothing,
}

/// What a folder has.
enum InFolder {
    Module(Found),
    /// A part of a package without `__init__.py`.
    Portion,
    Nothing,
}

impl Vm {
    /// The work of `PathFinder.find_spec`.
    pub(super) fn find_on_path(&self, full: &str, path: Option<&Value>) -> PyResult<Option<Found>> {
        let path = match path {
            Some(path) => Some(path.clone()),
            None => self.sys_attribute("path"),
        };
        let Some(path) = path else { return Ok(None) };
        let last = full.rsplit_once('.').map_or(full, |(_, last)| last);
        let hooks_are_own = self.path_hooks_are_own()?;
        for entry in self.collect(&path)? {
            let found = match self.path_entry(&entry, hooks_are_own)? {
                Entry::Folder(folder) => look_into(&folder, last),
                Entry::Finder(finder) => self.ask_path_finder(&finder, full)?,
                Entry::Nothing => InFolder::Nothing,
            };
            match found {
                InFolder::Module(found) => return Ok(Some(found)),
                // The search goes on, but for parts of the package as well.
                InFolder::Portion => return self.find_by_specs(full, &path),
                InFolder::Nothing => {}
            }
        }
        Ok(None)
    }

    /// A program's own source file of the name that a library module has.  CPython finds it first,
    /// since the folder of the script and those of PYTHONPATH lie before its library; what a
    /// program appends lies behind.  A folder that itself is a CPython's library is passed over:
    /// what is here is meant to go before it.
    pub(super) fn find_before_library(&self, full: &str) -> Option<Found> {
        if full.contains('.') || full.starts_with('_') || BEFORE_THE_PATH.contains(&full) {
            return None;
        }
        let path = self.sys_attribute("path")?;
        let path = path.payload::<List>()?.to_vec();
        let texts: Vec<String> = path
            .iter()
            .filter_map(|entry| entry.payload::<Str>()?.to_utf8())
            .map(std::borrow::Cow::into_owned)
            .collect();
        // The library's place is behind the entries that were there from the beginning.
        let first = self.interp.first_path.borrow();
        let places = first
            .iter()
            .filter_map(|known| texts.iter().position(|text| text == known));
        let end = places.max()? + 1;
        texts[..end].iter().find_map(|text| {
            let folder = match text.as_str() {
                "" => Path::new("."),
                text => Path::new(text),
            };
            match look_into(folder, full) {
                InFolder::Module(found) if !is_library(folder) => Some(found),
                _ => None,
            }
        })
    }

    /// Whether a program's own file goes before a library module.
    pub fn has_own_before_library(&self, full: &str) -> bool {
        self.find_before_library(full).is_some()
    }

    /// Says what `sys.path` holds as a program begins: the library lies behind these entries.
    pub fn set_first_path(&self, entries: &[String]) {
        *self.interp.first_path.borrow_mut() = entries.to_vec();
    }

    /// The same search by Python code, which makes specs of what it finds.
    fn find_by_specs(&self, full: &str, path: &Value) -> PyResult<Option<Found>> {
        let find = self.import_function("_find_on_path")?;
        let spec = self.call(&find, &[self.str_value(full), path.clone(), Value::NONE])?;
        Ok((!spec.is_none()).then_some(Found::Spec(spec)))
    }

    /// Whether `sys.path_hooks` is as it was in the beginning.  What has taken the place of a hook
    /// that was there then has itself as its attribute `_native_hook`.
    fn path_hooks_are_own(&self) -> PyResult<bool> {
        let hooks = self.sys_attribute("path_hooks");
        let Some(hooks) = hooks.as_ref().and_then(Value::payload::<List>) else {
            return Ok(false);
        };
        let hooks = hooks.to_vec();
        for hook in &hooks {
            let own = hook.is(self.types.zip_hook.as_value())
                || hook.is(self.types.folder_hook.as_value())
                || self
                    .get_attr_opt(hook, &self.intern("_native_hook"))?
                    .is_some_and(|own| own.is(hook));
            if !own {
                return Ok(false);
            }
        }
        Ok(hooks.len() == 2)
    }

    fn path_entry(&self, entry: &Value, hooks_are_own: bool) -> PyResult<Entry> {
        let Some(text) = entry
            .payload::<Str>()
            .and_then(|s| s.to_utf8().map(std::borrow::Cow::into_owned))
        else {
            return Ok(Entry::Nothing);
        };
        let folder = match text.as_str() {
            "" => PathBuf::from("."),
            text => PathBuf::from(text),
        };
        let known = match self.sys_attribute("path_importer_cache") {
            Some(cache) if !text.is_empty() => match cache.payload::<Dict>() {
                Some(cache) => cache.get(self, entry)?,
                None => None,
            },
            _ => None,
        };
        if let Some(finder) = known {
            return match self.get_attr_opt(&finder, &self.intern("_native_folder"))? {
                _ if finder.is_none() => Ok(Entry::Nothing),
                // Its finder does what is done here.
                Some(own) if hooks_are_own && own.is(&Value::TRUE) => Ok(Entry::Folder(folder)),
                _ => Ok(Entry::Finder(finder)),
            };
        }
        if hooks_are_own && folder.is_dir() {
            return Ok(Entry::Folder(folder));
        }
        if hooks_are_own && !folder.exists() && !within_a_file(&folder) {
            return Ok(Entry::Nothing);
        }
        let find = self.import_function("_finder_of_entry")?;
        let finder = self.call1(&find, entry)?;
        Ok(match finder.is_none() {
            true => Entry::Nothing,
            false => Entry::Finder(finder),
        })
    }

    fn ask_path_finder(&self, finder: &Value, full: &str) -> PyResult<InFolder> {
        let Some(find) = self.get_attr_opt(finder, &self.names.find_spec)? else {
            return Ok(InFolder::Nothing);
        };
        let spec = self.call1(&find, &self.str_value(full))?;
        if spec.is_none() {
            return Ok(InFolder::Nothing);
        }
        let loader = self.get_attr(&spec, &self.intern("loader"))?;
        if !loader.is_none() {
            return Ok(InFolder::Module(Found::Spec(spec)));
        }
        let locations = self.get_attr(&spec, &self.intern("submodule_search_locations"))?;
        if locations.is_none() {
            return Err(self.raise(&self.types.exceptions.import_error, "spec missing loader"));
        }
        Ok(InFolder::Portion)
    }

    /// Where the code of a source file is cached, None if nowhere: of a library module, say.
    pub(crate) fn cached_path(&self, file: &str) -> PyResult {
        if file.ends_with(".pyc") {
            return Ok(self.str_value(file));
        }
        let Some(stem) = file.strip_suffix(".py") else {
            return Ok(Value::NONE);
        };
        if file.starts_with(crate::modules::LIBRARY_ROOT) {
            return Ok(Value::NONE);
        }
        let text = |value: Option<Value>| value.filter(|v| v.payload::<Str>().is_some());
        let tag = match self.sys_attribute("implementation") {
            Some(implementation) => {
                text(self.get_attr_opt(&implementation, &self.intern("cache_tag"))?)
            }
            None => None,
        };
        let Some(tag) = tag else {
            return Ok(Value::NONE);
        };
        let (folder, stem) = match stem.rsplit_once('/') {
            Some((folder, stem)) => (format!("{folder}/"), stem),
            None => (String::new(), stem),
        };
        let level = match self.interp.optimize.get() {
            0 => String::new(),
            level => format!(".opt-{level}"),
        };
        let name = format!("{stem}.{}{level}.pyc", self.display(&tag));
        Ok(
            match text(self.sys_attribute("pycache_prefix")).map(|p| self.display(&p)) {
                Some(prefix) => {
                    let folder = std::path::absolute(&folder).unwrap_or_default();
                    let inner = path_text(&folder);
                    let place = Path::new(&prefix).join(inner.trim_start_matches('/'));
                    self.str_value(&path_text(&place.join(name)))
                }
                None => self.str_value(&format!("{folder}__pycache__/{name}")),
            },
        )
    }
}

fn look_into(folder: &Path, last: &str) -> InFolder {
    let package = folder.join(last);
    let is_folder = package.is_dir();
    if is_folder {
        let init = package.join("__init__.py");
        if init.is_file() {
            return InFolder::Module(Found::File {
                path: init,
                package: true,
            });
        }
        if package.join("__init__.pyc").is_file() {
            return InFolder::Portion;
        }
    }
    let file = folder.join(format!("{last}.py"));
    if file.is_file() {
        return InFolder::Module(Found::File {
            path: file,
            package: false,
        });
    }
    // A bytecode file is left to Python code as well.
    if is_folder || folder.join(format!("{last}.pyc")).is_file() {
        return InFolder::Portion;
    }
    InFolder::Nothing
}

/// Whether a folder is the library of a CPython.
fn is_library(folder: &Path) -> bool {
    ["os.py", "site.py", "encodings/__init__.py"]
        .iter()
        .all(|file| folder.join(file).is_file())
}

/// Whether an entry may mean a folder in a zip file.
fn within_a_file(path: &Path) -> bool {
    path.ancestors().skip(1).any(Path::is_file)
}
