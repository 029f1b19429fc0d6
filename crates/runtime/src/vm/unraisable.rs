//! Errors that nobody can catch: of finalisers, callbacks and the like.

use super::report::{class_title, format_traceback};
use super::state::Vm;
use crate::object::{Dict, Value};
use crate::types::exceptions::Exception;

impl Vm {
    /// Runs foreign code between two instructions: the exception in flight is put aside meanwhile.
    /// What the code raised must have been taken care of when it returns.
    pub fn aside<R>(&self, run: impl FnOnce() -> R) -> R {
        let raised = self.raised.take();
        let stop_value = self.stop_value.take();
        let silent = self.silent.replace(false);
        // What dies in the code dies there, however deep the release is that brought it about;
        // unless something was put aside already, which belongs to the outer release.
        let depth = self.heap.release_depth();
        if !self.heap.has_deferred_releases() {
            self.heap.set_release_depth(0);
        }
        let result = run();
        self.heap.set_release_depth(depth);
        self.raised.set(raised);
        self.stop_value.set(stop_value);
        self.silent.set(silent);
        result
    }

    /// Reports an exception that cannot be raised, through `sys.unraisablehook`.  `object` is
    /// what it came from; `message` replaces "Exception ignored in".
    #[cold]
    pub fn unraisable(&self, exception: Value, object: Option<&Value>, message: Option<&str>) {
        self.aside(|| {
            self.locate(&exception);
            self.call_unraisable_hook(exception, object, message);
        });
    }

    /// Gives an exception that came from no Python code the running frame as its traceback.
    fn locate(&self, exception: &Value) {
        let located = exception
            .payload::<Exception>()
            .is_none_or(|e| !e.traceback.is_empty());
        if !located && let Some(frame) = self.current_frame() {
            self.raised.set(Some(exception.clone()));
            self.add_traceback(frame);
            self.raised.set(None);
        }
    }

    fn call_unraisable_hook(
        &self,
        exception: Value,
        object: Option<&Value>,
        message: Option<&str>,
    ) {
        let hook = self.sys_attribute("unraisablehook");
        let default = self.interp.default_unraisable_hook.get();
        let message = message.map(|m| format!("Exception ignored {m}"));
        if let Some(hook) = &hook
            && self.is_audited()
        {
            let told = self
                .unraisable_hook_args(&exception, object, message.as_deref())
                .and_then(|args| self.audit("sys.unraisablehook", &[hook.clone(), args]));
            if let Err(raised) = told {
                let refusal = self.take_exception(raised);
                let message = "Exception ignored in audit hook";
                return self.report_unraisable(&refusal, None, Some(message));
            }
        }
        let hook = match (hook, default) {
            (None, _) => None,
            (Some(hook), Some(default)) if hook.is(&default) => None,
            (Some(hook), _) if hook.is_none() => None,
            (hook, _) => hook,
        };
        let Some(hook) = hook else {
            return self.report_unraisable(&exception, object, message.as_deref());
        };
        let called = self
            .unraisable_hook_args(&exception, object, message.as_deref())
            .and_then(|args| self.call1(&hook, &args));
        if let Err(raised) = called {
            let exception = self.take_exception(raised);
            let message = "Exception ignored in sys.unraisablehook";
            self.report_unraisable(&exception, Some(&hook), Some(message));
        }
    }

    fn report_unraisable(&self, exception: &Value, object: Option<&Value>, message: Option<&str>) {
        let class = self.class_of(exception).to_value();
        let traceback = exception
            .payload::<Exception>()
            .and_then(|e| e.traceback.get())
            .unwrap_or(Value::NONE);
        self.report_unraisable_parts(&class, exception, &traceback, object, message);
    }

    /// What `sys.unraisablehook` does unless it was replaced.
    pub(crate) fn report_unraisable_parts(
        &self,
        class: &Value,
        exception: &Value,
        traceback: &Value,
        object: Option<&Value>,
        message: Option<&str>,
    ) {
        let object = object.filter(|o| !o.is_none()).map(|object| {
            self.quietly(self.repr_string(object))
                .unwrap_or_else(|| "<object repr() failed>".to_owned())
        });
        let mut text = match (message, object) {
            (None, None) => String::new(),
            (None, Some(object)) => format!("Exception ignored in: {object}\n"),
            (Some(message), None) => format!("{message}:\n"),
            (Some(message), Some(object)) => format!("{message}: {object}\n"),
        };
        if !traceback.is_none() {
            text.push_str("Traceback (most recent call last):\n");
            text.push_str(&format_traceback(self, traceback, ""));
        }
        text.push_str(&class_title(self, class));
        if !exception.is_none() {
            match self.quietly(self.str_string(exception)) {
                None => text.push_str(": <exception str() failed>"),
                Some(message) => {
                    text.push_str(": ");
                    text.push_str(&message);
                }
            }
        }
        text.push('\n');
        self.write_stderr(&text);
    }

    /// The namespace of the module `sys`.
    pub fn sys_dict(&self) -> Option<crate::object::Ref<Dict>> {
        self.interp.sys.get()?.downcast().ok()
    }

    /// `sys.name`, if it is there.
    pub fn sys_attribute(&self, name: &str) -> Option<Value> {
        let name = self.intern(name);
        self.sys_dict()?.get_str(self, &name).ok().flatten()
    }
}
