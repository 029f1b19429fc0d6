//! The window into the heap, from the host's side: collections as they happen, the heap as a page.
//!
//! Programs have the same through the module `ouro`.

use std::cell::{Cell, RefCell};
use std::io::Write;
use std::path::Path;

pub use stdlib::modules::ouro::trace::Format;

use crate::interpreter::Interpreter;

/// Writes a line about every collection to `out` from now on.
pub fn trace_collections(python: &Interpreter, out: Box<dyn Write>, format: Format) {
    let out = RefCell::new(out);
    let number = Cell::new(0);
    python.vm.watch_collections(Some(Box::new(move |_, record| {
        number.set(number.get() + 1);
        let line = format.line(number.get(), record);
        // A trace that cannot be written must not stop the program.
        let mut out = out.borrow_mut();
        let _ = out.write_all(line.as_bytes()).and_then(|()| out.flush());
    })));
}

/// Writes the page that draws the heap.
///
/// # Errors
/// What the system says about the file.
pub fn write_heap_report(python: &Interpreter, path: &Path) -> std::io::Result<()> {
    python.enter();
    std::fs::write(path, stdlib::modules::ouro::report(python.vm))
}

/// What the heap's validator finds wrong, a line each; nothing if all is well.
pub fn check_heap(python: &Interpreter) -> Vec<String> {
    python.enter();
    let errors = python.vm.heap.check();
    errors.iter().map(ToString::to_string).collect()
}

/// Ends the interpreter as [`Interpreter::finalize`] does, with the validator's eyes: what it finds wrong
/// before and after, and what is still allocated then, a line each.
pub fn finalize_and_check(python: Interpreter) -> (i32, Vec<String>) {
    let mut complaints = Vec::new();
    let mut check = |when: &str| {
        complaints.extend(
            check_heap(&python)
                .into_iter()
                .map(|error| format!("{when}: {error}")),
        );
    };
    check("before the end");
    let status = python.end();
    check("after the end");
    let left = python.vm.leftovers();
    complaints.extend(left.iter().map(|left| format!("not freed: {left}")));
    drop(python);
    (status, complaints)
}

/// What was counted (see [`crate::Config::statistics`]), the heap's statistics in the form of
/// `sys._debugmallocstats()`, and the collector's.
pub fn statistics(python: &Interpreter) -> String {
    python.enter();
    stdlib::modules::ouro::statistics(python.vm)
}
