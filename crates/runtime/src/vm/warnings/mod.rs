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

    /// Issues a warning for the running line, whose reason is an object.
    pub fn warn_of(&self, category: &Ref<Class>, message: &str, source: &Value) -> PyResult<()> {
        let place = self.warning_place(1, &[])?;
        self.issue_warning(&Explicit {
            message: self.str_value(message),
            category: category.to_value(),
            place,
            source_line: None,
            source: Some(source.clone()),
        })
    }

    /// Issues a warning for the running line.
    pub fn warn_here(&self, category: &Ref<Class>, message: &str) -> PyResult<()> {
        self.warn(category, message, 1)
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
    }

    /// A line of a source file, without its newline.
    pub fn source_line(&self, file: &str, line: u32) -> Option<String> {
        let bytes = std::fs::read(file).ok()?;
        let source = self.source_from_bytes(&bytes).ok()?;
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
        warning: syntax::SyntaxWarning,
        file: &str,
        into_error: impl FnOnce(syntax::SyntaxWarning) -> syntax::SyntaxError,
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
                Err(self.syntax_error(&into_error(warning), file))
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
            match self.call1(&warn, coroutine) {
                Ok(_) => return Ok(()),
                Err(raised) => {
                    let exception = self.take_exception(raised);
                    let warned =
                        self.is_instance_of(&exception, &self.types.exceptions.runtime_warning);
                    self.unraisable(exception, Some(coroutine), None);
                    if warned {
                        return Ok(());
                    }
                }
            }
        }
        let name = self.quiet_attr(coroutine, "__qualname__");
        let name = name.map_or_else(String::new, |n| self.display(&n));
        let message = format!("coroutine '{name}' was never awaited");
        self.warn_here(&self.types.exceptions.runtime_warning, &message)
    }
}
