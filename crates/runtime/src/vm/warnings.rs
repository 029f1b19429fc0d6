//! Warnings that the interpreter itself issues, by the rules of the module `warnings`: through that
//! module once a program has imported it, until then by its default filters.

use std::collections::HashSet;

use crate::object::{Class, Dict, PyResult, Ref, Value};
use crate::vm::Vm;

/// What has been shown already: category, text, file, line.
pub type Shown = HashSet<(String, String, String, u32)>;

impl Vm {
    /// Issues a warning for the running line.
    pub fn warn_here(&self, category: &Ref<Class>, message: &str) -> PyResult<()> {
        let (file, line, module) = match self.current_frame() {
            Some(frame) => {
                let code = frame.code();
                let module = frame.function().globals.get(self, &self.names.__name__)?;
                (
                    self.display(&code.filename),
                    code.line_at(frame.index()),
                    module.map_or_else(|| "<string>".to_owned(), |m| self.display(&m)),
                )
            }
            None => ("sys".to_owned(), 0, "sys".to_owned()),
        };
        self.warn_at(category, message, &file, line, &module)
    }

    /// Issues a DeprecationWarning for the running line.
    pub fn warn_deprecated(&self, message: &str) -> PyResult<()> {
        self.warn_here(&self.types.exceptions.deprecation_warning, message)
    }

    /// Issues a warning for a place.
    pub fn warn_at(
        &self,
        category: &Ref<Class>,
        message: &str,
        file: &str,
        line: u32,
        module: &str,
    ) -> PyResult<()> {
        if let Some(warnings) = self.loaded_module("warnings")? {
            let warn = self.get_attr(&warnings, &self.intern("warn_explicit"))?;
            let registry = match self.current_frame() {
                Some(frame) => self.warning_registry(&frame.function().globals)?,
                None => Value::NONE,
            };
            let args = [
                self.str_value(message),
                category.to_value(),
                self.str_value(file),
                self.int(i64::from(line)),
                self.str_value(module),
                registry,
            ];
            self.call(&warn, &args)?;
            return Ok(());
        }
        let types = &self.types.exceptions;
        let ignored = [
            &types.pending_deprecation_warning,
            &types.import_warning,
            &types.resource_warning,
        ];
        if ignored.iter().any(|c| category.is_subclass_of(c)) {
            return Ok(());
        }
        if category.is_subclass_of(&types.deprecation_warning) && module != "__main__" {
            return Ok(());
        }
        let name = category.name_string();
        let key = (name.clone(), message.to_owned(), file.to_owned(), line);
        if !self.interp.shown_warnings.borrow_mut().insert(key) {
            return Ok(());
        }
        let mut text = format!("{file}:{line}: {name}: {message}\n");
        if let Some(source) = self.source_line(file, line) {
            text.push_str(&format!("  {}\n", source.trim()));
        }
        self.write_stderr(&text);
        Ok(())
    }

    fn warning_registry(&self, globals: &Ref<Dict>) -> PyResult {
        let name = self.intern("__warningregistry__");
        if let Some(registry) = globals.get(self, &name)? {
            return Ok(registry);
        }
        let registry = self.dict().into_value();
        globals.insert(self, &name, registry.clone())?;
        Ok(registry)
    }

    /// A line of a source file, without its newline.
    pub fn source_line(&self, file: &str, line: u32) -> Option<String> {
        let bytes = std::fs::read(file).ok()?;
        let source = syntax::Source::from_file(&bytes, file).ok()?;
        (line > 0).then(|| {
            source
                .line_text(line)
                .trim_end_matches(['\r', '\n'])
                .to_owned()
        })
    }

    /// Issues what the parser or compiler found suspicious; where a filter makes it an error that
    /// is a SyntaxError.
    pub(crate) fn warn_syntax(&self, warning: &syntax::SyntaxWarning, file: &str) -> PyResult<()> {
        let types = &self.types.exceptions;
        let category = match warning.category {
            syntax::WarningCategory::Syntax => &types.syntax_warning,
            syntax::WarningCategory::Deprecation => &types.deprecation_warning,
        };
        match self.warn_at(category, &warning.msg, file, warning.lineno, file) {
            Ok(()) => Ok(()),
            Err(raised) => {
                let _ = self.catch(raised, category)?;
                let error = syntax::SyntaxError {
                    lineno: warning.lineno as i32,
                    ..syntax::SyntaxError::unplaced(syntax::SyntaxErrorKind::Syntax, &*warning.msg)
                };
                Err(self.syntax_error(&error, file))
            }
        }
    }

    /// A coroutine dies without ever having been awaited.
    pub(crate) fn warn_unawaited(&self, coroutine: &Value) {
        let name = self
            .get_attr_opt(coroutine, &self.names.__qualname__)
            .ok()
            .flatten()
            .map(|n| self.display(&n))
            .unwrap_or_default();
        let message = format!("coroutine '{name}' was never awaited");
        if let Err(raised) = self.warn_here(&self.types.exceptions.runtime_warning, &message) {
            let exception = self.take_exception(raised);
            self.unraisable(exception, Some(coroutine), None);
        }
    }
}
