//! What `__main__` is told of where it comes from.

use crate::object::{PyResult, Ref};
use crate::vm::Vm;
use crate::vm::code::Code;

impl Vm {
    /// Sets `__loader__` of `__main__` to the loader of built-in modules, as for code that is no file.
    pub fn set_plain_main_loader(&self) -> PyResult<()> {
        let main = self.main_namespace();
        let loader = self.types.builtin_importer.to_value();
        main.insert(self, &self.names.__loader__, loader).map(drop)
    }

    /// Sets `__loader__` of `__main__` to a loader of its file, of a class of
    /// `importlib._bootstrap_external`.  Only where the code has that name in it: most programs
    /// never ask, and need not wait for the import system's Python code.
    pub fn set_main_loader(
        &self,
        code: &Ref<Code>,
        class: &str,
        name: &str,
        file: &str,
    ) -> PyResult<()> {
        if !mentions(&code.data, "__loader__") {
            return Ok(());
        }
        let class = self.import_function(class)?;
        let loader = self.call(&class, &[self.str_value(name), self.str_value(file)])?;
        let main = self.main_namespace();
        if let Some(spec) = main.get(self, &self.names.__spec__)?
            && !spec.is_none()
        {
            self.set_attr(&spec, &self.intern("loader"), &loader)?;
        }
        main.insert(self, &self.names.__loader__, loader).map(drop)
    }

    /// The code of a bytecode file that is run as a program.
    pub fn bytecode_file(&self, file: &str) -> PyResult<Ref<Code>> {
        let read = self.import_function("_code_of_main")?;
        let code = self.call1(&read, &self.str_value(file))?;
        code.downcast()
            .map_err(|_| self.raise(&self.types.exceptions.runtime_error, "no code in .pyc file"))
    }

    /// True if modules could be imported from the file, as from a zip file.
    pub fn is_import_place(&self, file: &str) -> PyResult<bool> {
        let find = self.import_function("_finder_of_entry")?;
        Ok(!self.call1(&find, &self.str_value(file))?.is_none())
    }
}

/// Whether a name, or a string that is equal to it, stands in the code or in what is nested in it.
fn mentions(code: &bytecode::Code, name: &str) -> bool {
    code.names.iter().any(|known| &**known == name)
        || code.consts.iter().any(|constant| match constant {
            bytecode::Const::Str(text) => text.as_str() == Some(name),
            bytecode::Const::Code(inner) => mentions(inner, name),
            _ => false,
        })
}
