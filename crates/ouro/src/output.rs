//! Streams that end in the host.

use runtime::PyResult;
use runtime::object::{Str, Value};
use runtime::vm::Vm;
use runtime::vm::source::{CompileFlags, Mode};

use crate::config::Output;

/// The class of such streams: all that text files have, on one function.
const STREAM: &str = r#"
import _io

class HostStream(_io._TextIOBase):
    encoding = "utf-8"
    errors = "backslashreplace"

    def __init__(self, name, write):
        self.name = name
        self._write = write

    def writable(self):
        return True

    def write(self, text):
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        self._write(text)
        return len(text)
"#;

/// Puts the host's streams into `sys`.
pub(crate) fn install(vm: &'static Vm, stdout: Output, stderr: Output) -> PyResult<()> {
    for (name, output) in [("stdout", stdout), ("stderr", stderr)] {
        let sink: Box<dyn Fn(&str)> = match output {
            Output::Process => continue,
            Output::Discard => Box::new(|_| {}),
            Output::Sink(sink) => sink,
        };
        let write = vm.host_function(
            "write",
            Box::new(move |_, args| {
                if let [text] = args.values
                    && let Some(text) = text.payload::<Str>()
                {
                    sink(&text.to_display());
                }
                Ok(Value::NONE)
            }),
        );
        let stream = vm.call(
            &stream_class(vm)?,
            &[vm.str_value(&format!("<{name}>")), write],
        )?;
        if let Some(sys) = vm.sys_dict() {
            vm.define(&sys, name, stream.clone())?;
            vm.define(&sys, &format!("__{name}__"), stream)?;
        }
    }
    Ok(())
}

fn stream_class(vm: &Vm) -> PyResult {
    let code = vm.compile_text(STREAM, "<ouro>", Mode::Exec, CompileFlags::default())?;
    let namespace = vm.dict();
    vm.define(&namespace, "__name__", vm.str_value("ouro"))?;
    vm.run_code_in(&code, &namespace)?;
    let class = namespace.get(vm, &vm.intern("HostStream"))?;
    class.ok_or_else(|| vm.system_error("the stream class is missing"))
}
