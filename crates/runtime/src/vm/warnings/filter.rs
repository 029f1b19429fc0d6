//! Which action a warning meets: the first filter that fits, else the default.

use crate::object::{List, PyResult, Str, Tuple, Value};
use crate::vm::Vm;

/// An action and the filter (or default) it comes from.
pub(super) struct Decision {
    pub action: Value,
    pub filter: Value,
}

impl Vm {
    /// An attribute of the module `warnings`, if that is imported and has it.  `import` imports it
    /// where that is possible.
    pub(super) fn warnings_attribute(&self, name: &str, import: bool) -> PyResult<Option<Value>> {
        let module = if import && !self.interp.finalizing.get() {
            match self.import_dotted("warnings") {
                Ok(module) => Some(module),
                Err(raised) => {
                    drop(self.catch(raised, &self.types.exceptions.import_error)?);
                    None
                }
            }
        } else {
            self.loaded_module("warnings")?
        };
        match module {
            Some(module) if !module.is_none() => self.get_attr_opt(&module, &self.intern(name)),
            _ => Ok(None),
        }
    }

    /// What is to be done with a warning.
    pub(super) fn warning_action(
        &self,
        text: &Value,
        category: &Value,
        line: i64,
        module: &Value,
    ) -> PyResult<Decision> {
        let filters = match self.warnings_attribute("filters", false)? {
            Some(filters) => filters,
            None => self.warning_filters()?,
        };
        let Some(filters) = filters.as_ref_to::<List>() else {
            return Err(self.value_error("_warnings.filters must be a list"));
        };
        let mut place = 0;
        while let Some(filter) = filters.get(place) {
            let Some([action, message, wanted, where_, wanted_line]) =
                filter.payload::<Tuple>().map(|t| t.as_slice())
            else {
                return Err(
                    self.value_error(format!("_warnings.filters item {place} isn't a 5-tuple"))
                );
            };
            if action.payload::<Str>().is_none() {
                return Err(self.type_error(format!(
                    "action must be a string, not '{}'",
                    self.class_name(action)
                )));
            }
            let fits = self.warning_text_fits(message, text)?
                && self.warning_text_fits(where_, module)?
                && self.is_subclass(category, wanted)?;
            if fits {
                let wanted_line = self.arg_ssize(wanted_line)? as i64;
                if wanted_line == 0 || wanted_line == line {
                    return Ok(Decision {
                        action: action.clone(),
                        filter: filter.clone(),
                    });
                }
            }
            place += 1;
        }
        let action = match self.warnings_attribute("defaultaction", false)? {
            Some(action) => action,
            None => self.intern("default"),
        };
        if action.payload::<Str>().is_none() {
            return Err(self.type_error(format!(
                "_warnings.defaultaction must be a string, not '{}'",
                self.class_name(&action)
            )));
        }
        Ok(Decision {
            action,
            filter: Value::NONE,
        })
    }

    /// True if a filter's part (None, a string or a compiled pattern) fits a text.
    fn warning_text_fits(&self, wanted: &Value, text: &Value) -> PyResult<bool> {
        if wanted.is_none() {
            return Ok(true);
        }
        if self.class_of(wanted).is(&self.types.str) {
            return self.equal(wanted, text);
        }
        let found = self.call_method(wanted, &self.intern("match"), std::slice::from_ref(text))?;
        self.truth(&found)
    }
}
