//! `sys.stdin`, `sys.stdout` and `sys.stderr`.

use super::{buffered, raw, text};
use crate::object::{Args, Dict, PyResult, Value, fd};
use crate::vm::Vm;

/// The text file of a standard descriptor; None where that is not open.  Unbuffered output (`-u`) goes straight
/// to a raw file.
fn stream(vm: &Vm, descriptor: i32, buffered: bool) -> PyResult {
    if fd::status(descriptor).is_err() {
        return Ok(Value::NONE);
    }
    let (name, writes, errors) = match descriptor {
        0 => ("<stdin>", false, "strict"),
        1 => ("<stdout>", true, "strict"),
        _ => ("<stderr>", true, "backslashreplace"),
    };
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
    let buffer = match writes {
        false => buffered::make(vm, &vm.types.buffered_reader, &raw_file, size)?,
        true if buffered => buffered::make(vm, &vm.types.buffered_writer, &raw_file, size)?,
        true => raw_file.clone(),
    };
    vm.set_attr(&raw_file, &vm.names.name, &vm.str_value(name))?;
    let terminal = raw_file
        .payload::<raw::FileIo>()
        .is_some_and(|file| fd::is_terminal(file.fd.get()));
    // Errors are shown at once; lines on a terminal too.
    let line_buffering = buffered && (terminal || descriptor == 2);
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
    if !buffered {
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
fn streams(vm: &Vm, buffered: bool) -> PyResult<[Value; 3]> {
    Ok([
        stream(vm, 0, buffered)?,
        stream(vm, 1, buffered)?,
        stream(vm, 2, buffered)?,
    ])
}

/// Puts the three into `sys`.
pub fn install(vm: &Vm, sys: &Dict, buffered: bool) -> PyResult<()> {
    let names = ["stdin", "stdout", "stderr"];
    for (name, stream) in names.into_iter().zip(streams(vm, buffered)?) {
        vm.define(sys, name, stream.clone())?;
        vm.define(sys, &format!("__{name}__"), stream)?;
    }
    Ok(())
}
