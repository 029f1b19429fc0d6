//! Modules and classes written in Rust outside the runtime, as declared in const tables.

use super::args::MethodDef;
use super::dict::Dict;
use super::payload::Ref;
use super::result::PyResult;
use crate::vm::Vm;

/// A module written in Rust.  The import system makes the module object from it.
pub struct NativeModule {
    /// The full name.
    pub name: &'static str,
    /// `__doc__`.
    pub doc: &'static str,
    /// The functions; their first parameter is `$module`.
    pub methods: &'static [MethodDef],
    /// Adds constants and classes to the namespace.
    pub init: fn(&Vm, &Ref<Dict>) -> PyResult<()>,
}
