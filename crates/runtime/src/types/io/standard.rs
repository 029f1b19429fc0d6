//! `sys.stdin`, `sys.stdout` and `sys.stderr`.

use super::{buffered, raw, text};
use crate::object::{Args, PyResult, Value, fd};
use crate::vm::Vm;

/// How a standard stream is made.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Input,
    Output,
    /// `-u`: the text goes straight to a raw file.
    UnbufferedOutput,
}

/// The text file of a standard descriptor; None where that is not open.
fn stream(vm: &Vm, descriptor: i32, name: &str, kind: Kind, errors: &str) -> PyResult {
    if fd::status(descriptor).is_err() {
        return Ok(Value::NONE);
    }
    let writes = kind != Kind::Input;
    let mode = if writes { "w" } else { "r" };
    let raw_file = vm.call(
        vm.types.file_io.as_value(),
        &[
            Value::small_int(descriptor.into()),
            vm.str_value(mode),
            Value::FALSE,
        ],
    )?;
    let size = super::BUFFER_SIZE;
    let buffer = match kind {
        Kind::Input => buffered::make(vm, &vm.types.buffered_reader, &raw_file, size)?,
        Kind::Output => buffered::make(vm, &vm.types.buffered_writer, &raw_file, size)?,
        Kind::UnbufferedOutput => raw_file.clone(),
    };
    vm.set_attr(&raw_file, &vm.names.name, &vm.str_value(name))?;
    let terminal = raw_file
        .payload::<raw::FileIo>()
        .is_some_and(|file| fd::is_terminal(file.fd.get()));
    // Errors are shown at once; lines on a terminal too.
    let line_buffering = kind != Kind::UnbufferedOutput && (terminal || descriptor == 2);
    let newline = if writes {
        vm.str_value("\n")
    } else {
        Value::NONE
    };
    let stream = text::make(
        vm,
        &buffer,
        &vm.str_value("utf-8"),
        &vm.str_value(errors),
        &newline,
        line_buffering,
    )?;
    if kind == Kind::UnbufferedOutput {
        let names = [vm.intern("write_through")];
        let values = [Value::TRUE];
        let method = vm.get_attr(&stream, &vm.intern("reconfigure"))?;
        vm.call_args(
            &method,
            Args {
                values: &values,
                names: &names,
            },
        )?;
    }
    vm.set_attr(&stream, &vm.intern("mode"), &vm.str_value(mode))?;
    Ok(stream)
}

/// The three standard files: input, output, errors.
pub fn streams(vm: &Vm) -> PyResult<[Value; 3]> {
    Ok([
        stream(vm, 0, "<stdin>", Kind::Input, "strict")?,
        stream(vm, 1, "<stdout>", Kind::Output, "strict")?,
        stream(vm, 2, "<stderr>", Kind::Output, "backslashreplace")?,
    ])
}

/// Replaces standard output and standard error by files without a buffer.
pub fn unbuffer_output(vm: &Vm) -> PyResult<()> {
    let Some(sys) = vm.sys_dict() else {
        return Ok(());
    };
    let kind = Kind::UnbufferedOutput;
    for (name, stream) in [
        ("stdout", stream(vm, 1, "<stdout>", kind, "strict")?),
        (
            "stderr",
            stream(vm, 2, "<stderr>", kind, "backslashreplace")?,
        ),
    ] {
        vm.define(&sys, name, stream.clone())?;
        vm.define(&sys, &format!("__{name}__"), stream)?;
    }
    Ok(())
}
