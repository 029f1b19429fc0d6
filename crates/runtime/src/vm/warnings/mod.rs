//! Warnings: issued by the interpreter and, through the module `_warnings`, by programs.
//!
//! `state` holds the filters that apply until a program imports `warnings` (whose lists, functions
//! and defaults rule from then on); `filter` decides what becomes of a warning; `issue` finds the
//! place to blame, remembers what was shown and shows it.

mod filter;
mod issue;
mod state;

pub use issue::{Explicit, Place};
pub use state::WarningState;

use crate::object::{Class, PyResult, Ref, Value};
use crate::vm::Vm;

impl Vm {
    /// Issues a warning for the line that runs `stack_level` calls up (1: the running one).
    /// Raises if a filter turns the warning into an error.
    #[cold]
    pub fn warn(&self, category: &Ref<Class>, message: &str, stack_level: i64) -> PyResult<()> {
        let place = self.warning_place(stack_level, &[])?;
        self.issue_warning(&Explicit {
            message: self.str_value(message),
            category: category.to_value(),
            place,
            source_line: None,
            source: None,
        })
    }

    /// Issues a warning for the running line.
    pub fn warn_here(&self, category: &Ref<Class>, message: &str) -> PyResult<()> {
<<<<<<< HEAD:crates/runtime/src/vm/warnings/mod.rs
        self.warn(category, message, 1)
=======
        let Some(frame) = self.current_frame() else {
            return self.warn_at(category, message, "sys", 0, "sys");
        };
        let code = frame.code();
        let globals = &frame.function().globals;
        let file = self.display(&code.filename);
        let line = code.line_at(frame.index());
        let module = globals.get(self, &self.names.__name__)?;
        let module = module.map_or_else(|| "<string>".to_owned(), |m| self.display(&m));
        if let Some(warnings) = self.warnings_module()? {
            let registry = self.warning_registry(globals)?;
            let place = (&*file, line, &*module);
            return self.warn_explicit(&warnings, category, message, place, registry);
        }
        let key = (category.name_string(), message.to_owned(), file.clone(), line);
        if !self.default_filters_show(category, &module)
            || !self.interp.shown_warnings.borrow_mut().insert(key)
        {
            return Ok(());
        }
        self.show_warning(category, message, &file, line);
        Ok(())
    }

    /// The module `warnings`, if a program has imported it and it is not gone already.
    pub(crate) fn warnings_module(&self) -> PyResult<Option<Value>> {
        let module = self.loaded_module("warnings")?;
        Ok(module.filter(|module| !module.is_none()))
>>>>>>> c346dbd (Mark errors, streams and exits as CPython does; import warnings for -W):crates/runtime/src/vm/warnings.rs
    }

    /// Issues a DeprecationWarning for the running line.
    pub fn warn_deprecated(&self, message: &str) -> PyResult<()> {
        self.warn_here(&self.types.exceptions.deprecation_warning, message)
    }

    /// Issues a warning for a place, each time anew.
    pub fn warn_at(
        &self,
        category: &Ref<Class>,
        message: &str,
        file: &str,
        line: u32,
        module: &str,
    ) -> PyResult<()> {
<<<<<<< HEAD:crates/runtime/src/vm/warnings/mod.rs
        self.issue_warning(&Explicit {
            message: self.str_value(message),
            category: category.to_value(),
            place: Place {
                file: self.str_value(file),
                line: i64::from(line),
                module: self.str_value(module),
                registry: Value::NONE,
            },
            source_line: None,
            source: None,
        })
=======
        if let Some(warnings) = self.warnings_module()? {
            let place = (file, line, module);
            return self.warn_explicit(&warnings, category, message, place, Value::NONE);
        }
        if self.default_filters_show(category, module) {
            self.show_warning(category, message, file, line);
        }
        Ok(())
    }

    fn warn_explicit(
        &self,
        warnings: &Value,
        category: &Ref<Class>,
        message: &str,
        (file, line, module): (&str, u32, &str),
        registry: Value,
    ) -> PyResult<()> {
        let warn = self.get_attr(warnings, &self.intern("warn_explicit"))?;
        let args = [
            self.str_value(message),
            category.to_value(),
            self.str_value(file),
            self.int(i64::from(line)),
            self.str_value(module),
            registry,
        ];
        self.call(&warn, &args).map(drop)
    }

    /// What the filters that `warnings` starts with let through.
    fn default_filters_show(&self, category: &Ref<Class>, module: &str) -> bool {
        let types = &self.types.exceptions;
        let ignored = [
            &types.pending_deprecation_warning,
            &types.import_warning,
            &types.resource_warning,
        ];
        !ignored.iter().any(|c| category.is_subclass_of(c))
            && (module == "__main__" || !category.is_subclass_of(&types.deprecation_warning))
    }

    fn show_warning(&self, category: &Ref<Class>, message: &str, file: &str, line: u32) {
        let name = category.name_string();
        let mut text = format!("{file}:{line}: {name}: {message}\n");
        if let Some(source) = self.source_line(file, line) {
            text.push_str(&format!("  {}\n", source.trim()));
        }
        self.write_stderr(&text);
    }

    fn warning_registry(&self, globals: &Ref<Dict>) -> PyResult {
        let name = self.intern("__warningregistry__");
        if let Some(registry) = globals.get(self, &name)? {
            return Ok(registry);
        }
        let registry = self.dict().into_value();
        globals.insert(self, &name, registry.clone())?;
        Ok(registry)
>>>>>>> c346dbd (Mark errors, streams and exits as CPython does; import warnings for -W):crates/runtime/src/vm/warnings.rs
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
    pub(crate) fn warn_syntax(
        &self,
        warning: &syntax::SyntaxWarning,
        source: &syntax::Source,
        file: &str,
    ) -> PyResult<()> {
        let types = &self.types.exceptions;
        let category = match warning.category {
            syntax::WarningCategory::Syntax => &types.syntax_warning,
            syntax::WarningCategory::Deprecation => &types.deprecation_warning,
        };
        match self.warn_at(category, &warning.msg, file, warning.lineno, file) {
            Ok(()) => Ok(()),
            Err(raised) => {
                let _ = self.catch(raised, category)?;
                let start = source.position(warning.range.start);
                let end = source.position(warning.range.end);
                let error = syntax::SyntaxError {
                    kind: syntax::SyntaxErrorKind::Syntax,
                    msg: warning.msg.clone(),
                    lineno: start.line as i32,
                    offset: start.column as i32 + 1,
                    end_lineno: end.line as i32,
                    end_offset: end.column as i32 + 1,
                    text: Some(source.line_text(start.line).to_owned()),
                };
                Err(self.syntax_error(&error, file))
            }
        }
    }

    /// A coroutine dies without ever having been awaited.
    pub(crate) fn warn_unawaited(&self, coroutine: &Value) {
        if let Err(raised) = self.report_unawaited(coroutine) {
            let exception = self.take_exception(raised);
            self.unraisable(exception, Some(coroutine), None);
        }
    }

    fn report_unawaited(&self, coroutine: &Value) -> PyResult<()> {
        if let Some(warn) = self.warnings_attribute("_warn_unawaited_coroutine", true)? {
            return self.call1(&warn, coroutine).map(drop);
        }
        let name = self.quiet_attr(coroutine, "__qualname__");
        let name = name.map_or_else(String::new, |n| self.display(&n));
        let message = format!("coroutine '{name}' was never awaited");
        self.warn_here(&self.types.exceptions.runtime_warning, &message)
    }
}
