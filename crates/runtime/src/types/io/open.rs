//! `open()`, `io.open_code()`, `io.text_encoding()`.

use super::{buffered, raw, text};
use crate::object::{Args, PyResult, Str, Value, fd};
use crate::vm::Vm;

/// The text signature of `open`.
pub const OPEN_SIGNATURE: &str = "($module, /, file, mode='r', buffering=-1, encoding=None,\n     \
                                  errors=None, newline=None, closefd=True, opener=None)";

/// The first line of the documentation of `open`.
pub const OPEN_DOC: &str = "Open file and return a stream.  Raise OSError upon failure.";

/// An argument of `open` that is a `str` or None.
fn check_text(vm: &Vm, name: &str, value: &Value) -> PyResult<()> {
    match value.given_not_none() {
        Some(value) if value.payload::<Str>().is_none() => Err(vm.type_error(format!(
            "open() argument '{name}' must be str or None, not {}",
            vm.class_name(value)
        ))),
        _ => Ok(()),
    }
}

/// What a mode asks for.
struct Wanted {
    creating: bool,
    reading: bool,
    updating: bool,
    binary: bool,
    raw: String,
}

fn parse_mode(vm: &Vm, mode: &str) -> PyResult<Wanted> {
    let invalid = || vm.value_error(format!("invalid mode: '{mode}'"));
    let mut seen = String::new();
    for letter in mode.chars() {
        if !"xrwabt+".contains(letter) || seen.contains(letter) {
            return Err(invalid());
        }
        seen.push(letter);
    }
    let has = |letter: char| seen.contains(letter);
    if has('t') && has('b') {
        return Err(vm.value_error("can't have text and binary mode at once"));
    }
    let kinds = "xrwa".chars().filter(|&c| has(c)).count();
    if kinds > 1 {
        return Err(vm.value_error("must have exactly one of create/read/write/append mode"));
    }
    let mut raw: String = "xrwa".chars().filter(|&c| has(c)).collect();
    if has('+') {
        raw.push('+');
    }
    Ok(Wanted {
        creating: has('x') || has('w') || has('a'),
        reading: has('r'),
        updating: has('+'),
        binary: has('b'),
        raw,
    })
}

/// `open(file, mode, buffering, encoding, errors, newline, closefd, opener)`, bound.
pub fn open(vm: &Vm, args: &[Value]) -> PyResult {
    let [
        file,
        mode,
        buffering,
        encoding,
        errors,
        newline,
        close_fd,
        opener,
    ] = args
    else {
        return Err(vm.type_error("open() takes 8 arguments"));
    };
    let none = |value: &Value| value.given().cloned().unwrap_or(Value::NONE);
    let mode = match mode.given() {
        None => "r".to_owned(),
        Some(mode) => match mode.payload::<Str>() {
            Some(mode) => mode.to_display().into_owned(),
            None => {
                return Err(vm.type_error(format!(
                    "open() argument 'mode' must be str, not {}",
                    vm.argument_type(mode)
                )));
            }
        },
    };
    let mut buffering = buffering.given().map_or(Ok(-1), |v| vm.arg_int(v))?;
    check_text(vm, "encoding", encoding)?;
    check_text(vm, "errors", errors)?;
    check_text(vm, "newline", newline)?;
    let close_fd = close_fd.given().map_or(Ok(true), |v| vm.truth(v))?;
    let path = if file.is_int() {
        file.clone()
    } else {
        vm.fs_path(file)?
    };
    let wanted = parse_mode(vm, &mode)?;
    if wanted.binary {
        for (name, value) in [
            ("encoding", encoding),
            ("errors", errors),
            ("newline", newline),
        ] {
            if value.given_not_none().is_some() {
                let article = if name == "newline" { "a" } else { "an" };
                return Err(vm.value_error(format!(
                    "binary mode doesn't take {article} {name} argument"
                )));
            }
        }
        if buffering == 1 {
            vm.warn(
                &vm.types.exceptions.runtime_warning,
                "line buffering (buffering=1) isn't supported in binary mode, the default buffer \
                 size will be used",
                1,
            )?;
        }
    }
    let raw_file = vm.call(
        vm.types.file_io.as_value(),
        &[
            path,
            vm.str_value(&wanted.raw),
            Value::bool(close_fd),
            none(opener),
        ],
    )?;
    // The outermost of the files so far: that one is closed where the next cannot be made.
    let mut outermost = raw_file.clone();
    let mut finish = || -> PyResult {
        let descriptor = raw_file.payload::<raw::FileIo>().map_or(-1, |f| f.fd.get());
        let terminal = buffering < 0 && fd::is_terminal(descriptor);
        let line_buffering = buffering == 1 && !wanted.binary || terminal;
        if buffering == 1 || terminal {
            buffering = -1;
        }
        let size = match usize::try_from(buffering) {
            Ok(size) => size,
            Err(_) => fd::status(descriptor)
                .ok()
                .map(|status| status.block_size as usize)
                .filter(|&size| size > 1)
                .unwrap_or(super::BUFFER_SIZE),
        };
        if size == 0 {
            if !wanted.binary {
                return Err(vm.value_error("can't have unbuffered text I/O"));
            }
            return Ok(raw_file.clone());
        }
        let class = if wanted.updating {
            &vm.types.buffered_random
        } else if wanted.creating {
            &vm.types.buffered_writer
        } else if wanted.reading {
            &vm.types.buffered_reader
        } else {
            return Err(vm.value_error(format!("unknown mode: '{mode}'")));
        };
        let buffer = buffered::make(vm, class, &raw_file, size)?;
        if wanted.binary {
            return Ok(buffer);
        }
        outermost = buffer.clone();
        let (encoding, errors, newline) = (none(encoding), none(errors), none(newline));
        text::make(vm, &buffer, &encoding, &errors, &newline, line_buffering).and_then(|wrapper| {
            vm.set_attr(&wrapper, &vm.intern("mode"), &vm.str_value(&mode))?;
            Ok(wrapper)
        })
    };
    let made = finish();
    made.or_else(|raised| {
        let failed = Err(vm.take_exception(raised));
        let closed = super::method(vm, &outermost, "close", &[]);
        super::first_error(vm, failed, closed)
    })
}

/// `open` as the native function of `builtins` and `_io`, whose first argument is the module.
pub fn open_function(vm: &Vm, args: &[Value]) -> PyResult {
    open(vm, &args[1..])
}

/// `io.open_code(path)`
pub fn open_code(vm: &Vm, args: &[Value]) -> PyResult {
    let path = &args[1];
    if path.payload::<Str>().is_none() {
        return Err(vm.type_error(format!(
            "open_code() argument 'path' must be str, not {}",
            vm.argument_type(path)
        )));
    }
    let mode = vm.str_value("rb");
    let unbound = || Value::UNBOUND;
    open(
        vm,
        &[
            path.clone(),
            mode,
            unbound(),
            unbound(),
            unbound(),
            unbound(),
            unbound(),
            unbound(),
        ],
    )
}

/// Tells whoever wants to hear of it (`-X warn_default_encoding`) that no encoding was named.
pub(super) fn warn_of_default_encoding(vm: &Vm, level: i64) -> PyResult<()> {
    if !vm.interp.warn_default_encoding.get() {
        return Ok(());
    }
    let category = &vm.types.exceptions.encoding_warning;
    vm.warn(category, "'encoding' argument not specified", level)
}

/// `io.text_encoding(encoding, stacklevel=2)`
pub fn text_encoding(vm: &Vm, args: &[Value]) -> PyResult {
    let encoding = &args[1];
    if encoding.is_none() {
        let level = args[2].given().map_or(Ok(2), |level| vm.arg_int(level))?;
        warn_of_default_encoding(vm, level.into())?;
        let utf8 = vm.interp.utf8_mode.get();
        return Ok(vm.str_value(if utf8 { "utf-8" } else { "locale" }));
    }
    Ok(encoding.clone())
}

impl Vm {
    /// `open(path, mode)` from native code.
    pub fn open_file(&self, path: &Value, mode: &str) -> PyResult {
        let mut args = vec![path.clone(), self.str_value(mode)];
        args.resize(8, Value::UNBOUND);
        open(self, &args)
    }

    /// `open` with the arguments of a call.
    pub fn open_with(&self, args: Args<'_>) -> PyResult {
        const PARAMETERS: &str = "(file, mode='r', buffering=-1, encoding=None, errors=None, \
                                  newline=None, closefd=True, opener=None)";
        let bound = self.bind_parameters("open", PARAMETERS, args)?;
        open(self, &bound)
    }
}
