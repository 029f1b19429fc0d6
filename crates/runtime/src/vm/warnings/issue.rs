//! Issuing a warning: whom to blame, whether it was shown before, and showing it.

use crate::object::{Class, Dict, PyResult, Ref, Str, Value};
use crate::vm::Vm;
use crate::vm::frame::Frame;

/// Where a warning is to be blamed on.
pub struct Place {
    /// The file's name.
    pub file: Value,
    /// The line.
    pub line: i64,
    /// The module's name.
    pub module: Value,
    /// What that module remembers as shown (a dict), or None.
    pub registry: Value,
}

/// A warning whose place is known.
pub struct Explicit {
    /// A text, or a `Warning` object.
    pub message: Value,
    /// A class derived from `Warning`.
    pub category: Value,
    /// The place.
    pub place: Place,
    /// The line's text, where the caller knows it.
    pub source_line: Option<Value>,
    /// The object that is the reason (of a ResourceWarning).
    pub source: Option<Value>,
}

impl Vm {
    /// The place `stack_level` calls up, skipping the import machinery and files that begin with
    /// one of `skipped`.
    pub fn warning_place(&self, stack_level: i64, skipped: &[String]) -> PyResult<Place> {
        let mut frame = self.current_frame();
        if stack_level <= 0 || frame.is_none_or(|f| self.is_internal_frame(f)) {
            for _ in 1..stack_level {
                frame = frame.and_then(Frame::caller);
            }
        } else {
            for _ in 1..stack_level {
                while let Some(next) = frame.and_then(Frame::caller) {
                    frame = Some(next);
                    let file = self.display(&next.code().filename);
                    if !self.is_internal_frame(next) && !skipped.iter().any(|p| file.starts_with(p))
                    {
                        break;
                    }
                    if next.caller().is_none() {
                        frame = None;
                        break;
                    }
                }
            }
        }
        let (globals, file, line) = match frame {
            Some(frame) => {
                let code = frame.code();
                let line = i64::from(code.line_at(frame.index()));
                let globals = frame.function().globals.clone();
                (Some(globals), code.filename.clone(), line)
            }
            None => {
                let sys = self
                    .interp
                    .sys
                    .get()
                    .and_then(|sys| sys.downcast::<Dict>().ok());
                (sys, self.str_value("sys"), 1)
            }
        };
        let Some(globals) = globals else {
            return Ok(Place {
                file,
                line,
                module: self.str_value("sys"),
                registry: Value::NONE,
            });
        };
        let module = globals.get(self, &self.names.__name__)?;
        let module = match module {
            Some(module) if module.is_none() || module.payload::<Str>().is_some() => module,
            _ => self.str_value("<string>"),
        };
        let key = self.intern("__warningregistry__");
        let registry = match globals.get(self, &key)? {
            Some(registry) => registry,
            None => {
                let registry = self.dict().into_value();
                globals.insert(self, &key, registry.clone())?;
                registry
            }
        };
        Ok(Place {
            file,
            line,
            module,
            registry,
        })
    }

    fn is_internal_frame(&self, frame: &Frame) -> bool {
        let file = self.display(&frame.code().filename);
        file.contains("importlib") && file.contains("_bootstrap")
    }

    /// Issues a warning: filters, registries, display.
    pub fn issue_warning(&self, warning: &Explicit) -> PyResult<()> {
        let place = &warning.place;
        let registry = if place.registry.is_none() {
            None
        } else {
            match place.registry.as_ref_to::<Dict>() {
                Some(registry) => Some(registry),
                None => return Err(self.type_error("'registry' must be a dict or None")),
            }
        };
        let module = if place.module.is_none() {
            self.module_of_file(&place.file)
        } else {
            place.module.clone()
        };
        let base = &self.types.exceptions.warning;
        let is_object = self.is_instance(&warning.message, base.as_value())?;
        let (text, category, message) = if is_object {
            let category = self.class_of(&warning.message).to_value();
            let text = self.str_of(&warning.message)?.into_value();
            (text, category, warning.message.clone())
        } else {
            let text = warning.message.clone();
            let message = self.call1(&warning.category, &text)?;
            (text, warning.category.clone(), message)
        };
        let line = self.int(place.line);
        let key = self.tuple_value([text.clone(), category.clone(), line]);
        if let Some(registry) = registry
            && self.warned_already(registry, &key, false)?
        {
            return Ok(());
        }
        let decision = self.warning_action(&text, &category, place.line, &module)?;
        let action = self.display(&decision.action);
        match &*action {
            "error" => return Err(self.raise_value(message)),
            "ignore" => return Ok(()),
            _ => {}
        }
        if action != "always" {
            if let Some(registry) = registry {
                registry.insert(self, &key, Value::TRUE)?;
            }
            let short = self.tuple_value([text.clone(), category.clone()]);
            let shown = match &*action {
                "once" => {
                    let once = match registry {
                        Some(registry) => registry.clone(),
                        None => self.once_registry()?,
                    };
                    self.warned_already(&once, &short, true)?
                }
                "module" => match registry {
                    Some(registry) => self.warned_already(registry, &short, true)?,
                    None => false,
                },
                "default" => false,
                _ => {
                    let action = self.repr_string(&decision.action)?;
                    let filter = self.repr_string(&decision.filter)?;
                    return Err(self.runtime_error(format!(
                        "Unrecognized action ({action}) in warnings.filters:\n {filter}"
                    )));
                }
            };
            if shown {
                return Ok(());
            }
        }
        self.show_warning(warning, &message, &category, &text)
    }

    fn once_registry(&self) -> PyResult<Ref<Dict>> {
        let registry = match self.warnings_attribute("onceregistry", false)? {
            Some(registry) => registry,
            None => self.warnings_shown_once(),
        };
        registry.downcast().map_err(|other| {
            self.type_error(format!(
                "_warnings.onceregistry must be a dict, not '{}'",
                self.class_name(&other)
            ))
        })
    }

    /// True if a registry, as far as it holds for today's filters, has the key.
    fn warned_already(&self, registry: &Ref<Dict>, key: &Value, mark: bool) -> PyResult<bool> {
        let version_key = self.intern("version");
        let version = self.interp.warnings.version.get();
        let known = registry.get(self, &version_key)?;
        if known.and_then(|v| v.as_small_int()) == Some(version) {
            if let Some(found) = registry.get(self, key)?
                && self.truth(&found)?
            {
                return Ok(true);
            }
        } else {
            crate::object::dict::clear(registry);
            registry.insert(self, &version_key, self.int(version))?;
        }
        if mark {
            registry.insert(self, key, Value::TRUE)?;
        }
        Ok(false)
    }

    fn module_of_file(&self, file: &Value) -> Value {
        let name = self.display(file);
        match name.strip_suffix(".py") {
            _ if name.is_empty() => self.str_value("<unknown>"),
            Some(stem) => self.str_value(stem),
            None => file.clone(),
        }
    }

    fn show_warning(
        &self,
        warning: &Explicit,
        message: &Value,
        category: &Value,
        text: &Value,
    ) -> PyResult<()> {
        let place = &warning.place;
        let with_source = warning.source.is_some();
        if let Some(show) = self.warnings_attribute("_showwarnmsg", with_source)? {
            if self.class_of(&show).slots().call.is_none() {
                return Err(self.type_error("warnings._showwarnmsg() must be set to a callable"));
            }
            let Some(class) = self.warnings_attribute("WarningMessage", false)? else {
                return Err(self.runtime_error("unable to get warnings.WarningMessage"));
            };
            let details = self.call(
                &class,
                &[
                    message.clone(),
                    category.clone(),
                    place.file.clone(),
                    self.int(place.line),
                    Value::NONE,
                    Value::NONE,
                    warning.source.clone().unwrap_or(Value::NONE),
                ],
            )?;
            self.call1(&show, &details)?;
            return Ok(());
        }
        let name = match category.payload::<Class>() {
            Some(class) => class
                .name
                .get()
                .map(|n| self.display(&n))
                .unwrap_or_default(),
            None => self.class_name(category),
        };
        let file = self.display(&place.file);
        let text = self.str_string(text)?;
        let mut shown = format!("{file}:{}: {name}: {text}\n", place.line);
        let line = match &warning.source_line {
            Some(line) => Some(self.display(line)),
            None => u32::try_from(place.line)
                .ok()
                .and_then(|line| self.source_line(&file, line)),
        };
        if let Some(line) = line {
            shown.push_str(&format!("  {}\n", line.trim()));
        }
        self.write_stderr(&shown);
        Ok(())
    }
}
