//! `print` and `input`.

use super::attributes::own;
use crate::object::{Args, PyResult, Str, Value};
use crate::vm::Vm;

/// A standard stream, by its name in `sys`.
fn stream(vm: &Vm, name: &str) -> Option<Value> {
    vm.sys_attribute(name)
}

pub fn print(vm: &Vm, args: Args<'_>) -> PyResult {
    let args = own(args);
    // CPython takes them as a tuple.
    let mut packed = vm.packed();
    packed.hold(args.positionals());
    let (mut sep, mut end, mut file, mut flush) = (None, None, None, false);
    for (name, value) in args.keywords() {
        match vm.display(name).as_str() {
            "sep" => sep = (!value.is_none()).then(|| value.clone()),
            "end" => end = (!value.is_none()).then(|| value.clone()),
            "file" => file = (!value.is_none()).then(|| value.clone()),
            "flush" => flush = vm.truth(value)?,
            other => {
                return Err(vm.type_error(format!(
                    "'{other}' is an invalid keyword argument for print()"
                )));
            }
        }
    }
    for (what, value) in [("sep", &sep), ("end", &end)] {
        if let Some(value) = value
            && value.payload::<Str>().is_none()
        {
            return Err(vm.type_error(format!(
                "{what} must be None or a string, not {}",
                vm.class_name(value)
            )));
        }
    }
    let file = match file {
        Some(file) => file,
        None => match stream(vm, "stdout") {
            None => return Err(vm.runtime_error("lost sys.stdout")),
            Some(file) if file.is_none() => return Ok(Value::NONE),
            Some(file) => file,
        },
    };
    let space = vm.str_value(" ");
    let newline = vm.str_value("\n");
    for (i, value) in args.positionals().iter().enumerate() {
        if i > 0 {
            vm.counting_writer(|| vm.write_text(&file, sep.as_ref().unwrap_or(&space)))?;
        }
        vm.counting_writer(|| vm.write_text(&file, vm.str_of(value)?.as_value()))?;
    }
    vm.counting_writer(|| vm.write_text(&file, end.as_ref().unwrap_or(&newline)))?;
    if flush {
        vm.call_method(&file, &vm.names.flush, &[])?;
    }
    Ok(Value::NONE)
}

/// Flushes a file that need not be one.
fn flush_quietly(vm: &Vm, file: &Value) {
    if let Err(raised) = vm.call_method(file, &vm.names.flush, &[]) {
        drop(vm.take_exception(raised));
    }
}

pub fn input(vm: &Vm, args: &[Value]) -> PyResult {
    let lost = |name: &str| vm.runtime_error(format!("input(): lost sys.{name}"));
    let stdin = stream(vm, "stdin")
        .filter(|s| !s.is_none())
        .ok_or_else(|| lost("stdin"))?;
    let stdout = stream(vm, "stdout")
        .filter(|s| !s.is_none())
        .ok_or_else(|| lost("stdout"))?;
    if let Some(stderr) = stream(vm, "stderr").filter(|s| !s.is_none()) {
        flush_quietly(vm, &stderr);
    }
    let asked = args[1].given().cloned().unwrap_or(Value::NONE);
    vm.audit("builtins.input", &[asked])?;
    if let Some(prompt) = args[1].given() {
        let text = vm.str_of(prompt)?.into_value();
        vm.write_text(&stdout, &text)?;
    }
    flush_quietly(vm, &stdout);
    let line = vm.call_method(&stdin, &vm.names.readline, &[])?;
    let Some(text) = line.as_ref_to::<Str>() else {
        return Err(vm.type_error(format!(
            "object.readline() returned non-string (type {})",
            vm.class_name(&line)
        )));
    };
    if text.is_empty() {
        return Err(vm.eof_error("EOF when reading a line"));
    }
    let len = text.len();
    if text.at(len - 1) == u32::from('\n') {
        return Ok(vm.str_slice(text, 0, len - 1)?.into_value());
    }
    Ok(line)
}

impl Vm {
    /// `file.write(text)`.
    pub fn write_text(&self, file: &Value, text: &Value) -> PyResult<()> {
        if let Some(text) = text.as_ref_to::<Str>() {
            return crate::types::io::text::write_str(self, file, text);
        }
        self.call_method(file, &self.names.write, std::slice::from_ref(text))
            .map(drop)
    }

    /// Writes as CPython's `print` does, which makes a bound method for each piece: that counts for the collector, and
    /// a collection that is due runs before the text is made.
    fn counting_writer(&self, write: impl FnOnce() -> PyResult<()>) -> PyResult<()> {
        self.heap.count_allocation();
        self.collect_if_waiting();
        let written = write();
        self.heap.count_release();
        written
    }

    /// `sys.displayhook` on the value of an expression statement at a prompt.
    pub(crate) fn display_hook(&self, value: &Value) -> PyResult {
        match self.sys_attribute("displayhook") {
            Some(hook) => self.call1(&hook, value),
            None => Err(self.runtime_error("lost sys.displayhook")),
        }
    }
}
