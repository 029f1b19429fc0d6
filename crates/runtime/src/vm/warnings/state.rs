//! The filters, the registry of what was shown once, and the default action of the interpreter.

use std::cell::Cell;

use crate::object::{Class, List, PyResult, Ref, Slot, Value};
use crate::vm::Vm;

/// What `_warnings` keeps for an interpreter.
#[derive(Default)]
pub struct WarningState {
    /// `_warnings.filters`, a list; made when first needed.
    filters: Slot,
    /// `_warnings._onceregistry`, a dict; made when first needed.
    once: Slot,
    /// Counts the changes of the filters: what registries remember holds for one version.
    pub version: Cell<i64>,
}

impl WarningState {
    /// Forgets filters and registry.
    pub(crate) fn clear(&self) {
        self.filters.set(None);
        self.once.set(None);
    }
}

impl Vm {
    /// `_warnings.filters`: (action, message, category, module, line), the first match wins.
    pub fn warning_filters(&self) -> PyResult {
        if let Some(filters) = self.interp.warnings.filters.get() {
            return Ok(filters);
        }
        let types = &self.types.exceptions;
        let main = self.intern("__main__");
        let filter = |action: &str, category: &Ref<Class>, module: Value| {
            self.tuple_value([
                self.intern(action),
                Value::NONE,
                category.to_value(),
                module,
                Value::small_int(0),
            ])
        };
        let filters = [
            filter("default", &types.deprecation_warning, main),
            filter("ignore", &types.deprecation_warning, Value::NONE),
            filter("ignore", &types.pending_deprecation_warning, Value::NONE),
            filter("ignore", &types.import_warning, Value::NONE),
            filter("ignore", &types.resource_warning, Value::NONE),
        ];
        let list: Ref<List> = self.list_from(filters)?;
        self.interp.warnings.filters.set(Some(list.to_value()));
        Ok(list.into_value())
    }

    /// `_warnings._onceregistry`.
    pub fn warnings_shown_once(&self) -> Value {
        self.interp.warnings.once.get().unwrap_or_else(|| {
            let registry = self.dict().into_value();
            self.interp.warnings.once.set(Some(registry.clone()));
            registry
        })
    }
}
