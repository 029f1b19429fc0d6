//! `sys.stdin`, `sys.stdout` and `sys.stderr`.

use super::{buffered, raw, text};
use crate::object::{PyResult, Value, fd};
use crate::vm::Vm;

/// The text file of a standard descriptor; None where that is not open.
fn stream(vm: &Vm, descriptor: i32, name: &str, writes: bool, errors: &str) -> PyResult {
    if fd::status(descriptor).is_err() {
        return Ok(Value::NONE);
    }
    let mode = if writes { "w" } else { "r" };
    let raw_file = vm.call(
        vm.types.file_io.as_value(),
        &[
            Value::small_int(descriptor.into()),
            vm.str_value(mode),
            Value::FALSE,
        ],
    )?;
    let class = if writes {
        &vm.types.buffered_writer
    } else {
        &vm.types.buffered_reader
    };
    let buffer = buffered::make(vm, class, &raw_file, super::BUFFER_SIZE)?;
    vm.set_attr(&raw_file, &vm.names.name, &vm.str_value(name))?;
    let terminal = raw_file
        .payload::<raw::FileIo>()
        .is_some_and(|file| fd::is_terminal(file.fd.get()));
    // Errors are shown at once; lines on a terminal too.
    let line_buffering = terminal || descriptor == 2;
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
    vm.set_attr(&stream, &vm.intern("mode"), &vm.str_value(mode))?;
    Ok(stream)
}

/// The three standard files: input, output, errors.
pub fn streams(vm: &Vm) -> PyResult<[Value; 3]> {
    Ok([
        stream(vm, 0, "<stdin>", false, "strict")?,
        stream(vm, 1, "<stdout>", true, "strict")?,
        stream(vm, 2, "<stderr>", true, "backslashreplace")?,
    ])
}
