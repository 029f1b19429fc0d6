//! What the type objects ask of the running frames and of functions.

use super::cell::Cell;
use super::function::Function;
use super::state::Vm;
use crate::object::{Args, Dict, PyResult, Ref, Value};

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
        let Some(frame) = self.current_frame() else {
            return Err(self.runtime_error("super(): no current frame"));
        };
        let code = frame.code();
        if code.argcount == 0 {
            return Err(self.runtime_error("super(): no arguments"));
        }
        let first = match frame.local(0) {
            Some(first) => match first.payload::<Cell>() {
                // The first argument is shared with an inner function.
                Some(cell) if is_cell(code, 0) => cell.contents.get(),
                _ => Some(first.clone()),
            },
            None => None,
        };
        let Some(object) = first else {
            return Err(self.runtime_error("super(): arg[0] deleted"));
        };
        let class_cell = code
            .local_names
            .iter()
            .enumerate()
            .find(|(i, name)| {
                name.is(&self.names.__class__)
                    && code.data.localsplus[*i].kind.has(bytecode::LocalKind::FREE)
            })
            .map(|(i, _)| i);
        let Some(index) = class_cell else {
            return Err(self.runtime_error("super(): __class__ cell not found"));
        };
        match frame.local(index).and_then(Value::payload::<Cell>) {
            None => Err(self.runtime_error("super(): bad __class__ cell")),
            Some(cell) => match cell.contents.get() {
                None => Err(self.runtime_error("super(): empty __class__ cell")),
                Some(class) => Ok(SuperContext { class, object }),
            },
        }
    }

    /// Runs a class body (a function object) in a namespace; gives the `__class__` cell it made,
    /// or None.
    pub(crate) fn run_class_body(&self, function: &Value, namespace: &Value) -> PyResult {
        match function.as_ref_to::<Function>() {
            Some(function) => {
                super::ops::call_python(self, function, Args::NONE, Some(namespace.clone()))
            }
            None => Err(self.type_error("__build_class__: func must be a function")),
        }
    }

    /// True for a function written in Python.
    pub(crate) fn is_python_function(&self, value: &Value) -> bool {
        value.payload::<Function>().is_some()
    }

    /// The names of the attributes that a Python function assigns on its first parameter.
    pub(crate) fn static_attributes_of(&self, function: &Value) -> Vec<Value> {
        match function.payload::<Function>() {
            Some(function) => {
                let names = &function.code().data.static_attributes;
                names.iter().map(|name| self.intern(name)).collect()
            }
            None => Vec::new(),
        }
    }

    /// The globals of the running Python frame.
    pub(crate) fn current_globals(&self) -> Option<Ref<Dict>> {
        Some(self.current_frame()?.function().globals.clone())
    }

    /// A cell's content; None if the value is no cell.
    pub(crate) fn cell_contents(&self, cell: &Value) -> Option<Option<Value>> {
        Some(cell.payload::<Cell>()?.contents.get())
    }

    /// Fills a cell.
    pub(crate) fn set_cell_contents(&self, cell: &Value, contents: &Value) {
        if let Some(cell) = cell.payload::<Cell>() {
            cell.contents.set(Some(contents.clone()));
        }
    }
}

fn is_cell(code: &super::code::Code, index: usize) -> bool {
    super::code::is_cell(&code.data, index)
}
