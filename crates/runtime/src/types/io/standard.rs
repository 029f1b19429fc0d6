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
        &[Value::small_int(descriptor.into()), vm.str_value(mode), Value::FALSE],
    )?;
    let class = if writes { &vm.types.buffered_writer } else { &vm.types.buffered_reader };
    let buffer = buffered::make(vm, class, &raw_file, super::BUFFER_SIZE)?;
    vm.set_attr(&raw_file, &vm.names.name, &vm.str_value(name))?;
    let terminal = raw_file
        .payload::<raw::FileIo>()
        .is_some_and(|file| fd::is_terminal(file.fd.get()));
    // Errors are shown at once; lines on a terminal too.
    let line_buffering = terminal || descriptor == 2;
    let newline = if writes { vm.str_value("\n") } else { Value::NONE };
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

/// Flushes `sys.stdout` and `sys.stderr` at the end of the program; false if that failed.  Errors
/// of the standard output are reported as unraisable.
pub fn flush(vm: &Vm) -> bool {
    let mut done = true;
    for name in ["stdout", "stderr"] {
        let Some(stream) = vm.sys_attribute(name).filter(|s| !s.is_none()) else {
            continue;
        };
        let flushed = super::is_closed(vm, &stream).and_then(|closed| {
            if closed {
                return Ok(());
            }
            super::method(vm, &stream, "flush", &[]).map(drop)
        });
        if let Err(raised) = flushed {
            let exception = vm.take_exception(raised);
            if name == "stdout" {
                vm.unraisable(exception, Some(&stream), None);
            }
            done = false;
        }
    }
    done
}

/// `input(prompt)` without a line editor: the prompt goes to `sys.stdout`, the line comes from
/// `sys.stdin`.
pub fn input(vm: &Vm, prompt: Option<&Value>) -> PyResult {
    let lost = |name: &str| {
        vm.runtime_error(format!("input(): lost sys.{name}"))
    };
    let present = |name: &str| {
        vm.sys_attribute(name)
            .filter(|stream| !stream.is_none())
            .ok_or_else(|| lost(name))
    };
    let stdin = present("stdin")?;
    let stdout = present("stdout")?;
    let stderr = present("stderr")?;
    if let Err(raised) = super::method(vm, &stderr, "flush", &[]) {
        drop(vm.take_exception(raised));
    }
    if let Some(prompt) = prompt {
        let prompt = vm.str_of(prompt)?;
        text::write_str(vm, &stdout, &prompt)?;
    }
    if let Err(raised) = super::method(vm, &stdout, "flush", &[]) {
        drop(vm.take_exception(raised));
    }
    let line = vm.call_method(&stdin, &vm.names.readline, &[])?;
    let class = vm.class_name(&line);
    let Ok(line) = line.downcast::<crate::object::Str>() else {
        return Err(vm.type_error(format!(
            "object.readline() returned non-string (type {class})"
        )));
    };
    if line.is_empty() {
        return Err(vm.eof_error("EOF when reading a line"));
    }
    let newline = line.at(line.len() - 1) == 10;
    vm.str_slice(&line, 0, line.len() - usize::from(newline))
        .map(crate::object::Ref::into_value)
}
