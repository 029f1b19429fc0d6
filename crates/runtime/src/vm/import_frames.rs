//! Tracebacks without the import system's own frames, which tell a program nothing.

use crate::object::{Raised, Value};
use crate::types::exceptions::Exception;
use crate::vm::Vm;
use crate::vm::frame_object::FrameObject;
use crate::vm::traceback::Traceback;

/// What behind itself hides its callers.
const HIDES: &str = "_call_with_frames_removed";

impl Vm {
    /// Takes frames of `importlib._bootstrap`, `_bootstrap_external` and `_files` out of the
    /// traceback of what was raised: of an ImportError all, of other exceptions those that lead to
    /// code that is being imported.
    #[cold]
    pub(super) fn without_import_frames(&self, raised: Raised) -> Raised {
        let exception = self.take_exception(raised);
        self.trim(&exception);
        self.reraise_value(exception)
    }

    fn trim(&self, exception: &Value) {
        let Some(payload) = exception.payload::<Exception>() else {
            return;
        };
        let always = self.is_instance_of(exception, &self.types.exceptions.import_error);
        let mut kept: Vec<Value> = Vec::new();
        // How many were kept before the frames of the import system that come last.
        let mut outside = None;
        let mut trimmed = false;
        let mut next = payload.traceback.get();
        while let Some(entry) = next {
            next = entry
                .payload::<Traceback>()
                .and_then(|entry| entry.next.get());
            match self.import_function_of(&entry) {
                None => {
                    outside = None;
                    kept.push(entry);
                }
                Some(name) => {
                    let start = *outside.get_or_insert(kept.len());
                    if always || name == HIDES {
                        kept.truncate(start);
                        trimmed = true;
                    } else {
                        kept.push(entry);
                    }
                }
            }
        }
        if !trimmed {
            return;
        }
        for (place, entry) in kept.iter().enumerate() {
            if let Some(entry) = entry.payload::<Traceback>() {
                entry.next.set(kept.get(place + 1).cloned());
            }
        }
        payload.traceback.set(kept.first().cloned());
    }

    /// The name of the function, if it is one of the import system's.
    fn import_function_of(&self, entry: &Value) -> Option<String> {
        let frame = entry.payload::<Traceback>()?.frame.get()?;
        let code = frame.payload::<FrameObject>()?.code(self)?;
        let own = matches!(
            &*code.data.filename,
            "<library>/importlib/_bootstrap.py"
                | "<library>/importlib/_bootstrap_external.py"
                | "<library>/importlib/_files.py"
        );
        own.then(|| code.data.name.to_string())
    }
}
