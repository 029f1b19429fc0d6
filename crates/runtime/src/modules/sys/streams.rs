//! Plain standard streams: what `sys.stdin`, `sys.stdout` and `sys.stderr` are until the library's
//! `io` puts its own there, and in programs that embed the runtime without the library.

use std::io::{BufRead, IsTerminal, Write};

use crate::object::{
    Args, GetSetDef, Kind, MethodDef, Payload, PyResult, Str, TypeSlots, TypeSpec, Value, alloc,
};
use crate::vm::Vm;

/// Which of the three.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Which {
    In,
    Out,
    Err,
}

struct Stream(Which);

impl Payload for Stream {
    const KIND: Kind = Kind::TEXT_IO;
    const NAME: &'static str = "plain stream";
    const COLLECTED: bool = false;
}

static SPEC: TypeSpec = TypeSpec {
    slots: TypeSlots {
        repr: Some(repr),
        ..TypeSlots::EMPTY
    },
    methods: &[
        MethodDef::bound("write", "($self, text, /)", "", write),
        MethodDef::bound("flush", "($self, /)", "", flush),
        MethodDef::bound("readline", "($self, size=-1, /)", "", read_line),
        MethodDef::bound("isatty", "($self, /)", "", is_terminal),
        MethodDef::bound("fileno", "($self, /)", "", |vm, args| {
            Ok(vm.int(match which(vm, &args[0])? {
                Which::In => 0,
                Which::Out => 1,
                Which::Err => 2,
            }))
        }),
        MethodDef::bound("close", "($self, /)", "", |_, _| Ok(Value::NONE)),
    ],
    getset: &[
        GetSetDef::read_only("closed", "", |_, _| Ok(Value::FALSE)),
        GetSetDef::read_only("encoding", "", |vm, _| Ok(vm.intern("utf-8"))),
        GetSetDef::read_only("errors", "", |vm, _| Ok(vm.intern("surrogateescape"))),
        GetSetDef::read_only("name", "", |vm, this| Ok(vm.intern(name(which(vm, this)?)))),
    ],
    ..TypeSpec::of::<Stream>("_io.PlainStream")
};

fn which(vm: &Vm, this: &Value) -> PyResult<Which> {
    match this.payload::<Stream>() {
        Some(stream) => Ok(stream.0),
        None => Err(vm.type_error("a stream is required")),
    }
}

fn name(which: Which) -> &'static str {
    match which {
        Which::In => "<stdin>",
        Which::Out => "<stdout>",
        Which::Err => "<stderr>",
    }
}

/// The three streams by their names in `sys`.
pub(super) fn make(vm: &Vm) -> [(&'static str, Value); 3] {
    let class = vm.builtin_class(&SPEC, &vm.types.object);
    [("stdin", Which::In), ("stdout", Which::Out), ("stderr", Which::Err)]
        .map(|(name, which)| (name, alloc(&class, Stream(which)).into_value()))
}

fn repr(vm: &Vm, this: &Value) -> PyResult {
    let name = name(which(vm, this)?);
    Ok(vm.str_value(&format!("<_io.PlainStream name='{name}' encoding='utf-8'>")))
}

fn failed(vm: &Vm, result: std::io::Result<()>) -> PyResult<()> {
    let Err(error) = result else {
        return Ok(());
    };
    let code = vm.int(i64::from(error.raw_os_error().unwrap_or(0)));
    let text = error.to_string();
    let text = vm.str_value(text.split(" (os error").next().unwrap_or(&text));
    let class = vm.types.exceptions.os_error.as_value();
    let exception = vm.call_args(class, Args::positional(&[code, text]))?;
    Err(vm.raise_value(exception))
}

fn write(vm: &Vm, args: &[Value]) -> PyResult {
    let which = which(vm, &args[0])?;
    let Some(text) = args[1].payload::<Str>() else {
        return Err(vm.type_error(format!(
            "write() argument must be str, not {}",
            vm.class_name(&args[1])
        )));
    };
    let bytes = text.to_display();
    failed(
        vm,
        match which {
            Which::Err => std::io::stderr().write_all(bytes.as_bytes()),
            _ => std::io::stdout().write_all(bytes.as_bytes()),
        },
    )?;
    Ok(vm.int_usize(text.len()))
}

fn flush(vm: &Vm, args: &[Value]) -> PyResult {
    if which(vm, &args[0])? == Which::Out {
        failed(vm, std::io::stdout().flush())?;
    }
    Ok(Value::NONE)
}

fn read_line(vm: &Vm, _args: &[Value]) -> PyResult {
    let mut line = Vec::new();
    failed(vm, std::io::stdin().lock().read_until(b'\n', &mut line).map(drop))?;
    Ok(vm.str_value(&String::from_utf8_lossy(&line)))
}

fn is_terminal(vm: &Vm, args: &[Value]) -> PyResult {
    Ok(Value::bool(match which(vm, &args[0])? {
        Which::In => std::io::stdin().is_terminal(),
        Which::Out => std::io::stdout().is_terminal(),
        Which::Err => std::io::stderr().is_terminal(),
    }))
}
