//! Showing exceptions: what `sys.excepthook` and `sys.unraisablehook` print.
//!
//! The text is built here and written to `sys.stderr` at once.  `exception.rs` walks causes,
//! contexts and groups, `traceback.rs` the calls, `source_line.rs` reads the lines and marks the
//! failing part, `suggestions.rs` guesses what a misspelt name was meant to be.

mod exception;
mod source_line;
mod suggestions;
mod traceback;

pub(crate) use exception::class_title;
pub use source_line::{caret_anchors, display_width};
pub use traceback::format_traceback;

use crate::object::{PyResult, Value};
use crate::vm::Vm;

impl Vm {
    /// The text of an uncaught exception, as the interpreter prints it.
    pub fn format_exception(&self, exception: &Value) -> String {
        let mut text = String::new();
        exception::Printer::new(self, &mut text).print(exception);
        text
    }

    /// The value, or None where an exception was raised, which is dropped.
    pub(crate) fn quietly<T>(&self, result: PyResult<T>) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(raised) => {
                drop(self.take_exception(raised));
                None
            }
        }
    }

    /// `object.name`, or None where that fails for whatever reason.
    pub(crate) fn quiet_attr(&self, object: &Value, name: &str) -> Option<Value> {
        self.quietly(self.get_attr(object, &self.intern(name)))
    }
}
