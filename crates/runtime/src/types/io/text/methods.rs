//! The method table and the attributes of `TextIOWrapper`.

use super::{
    attached, buffered, expect_mark, made, newline_mode, open, payload, position, read,
    set_encoding, write,
};
use crate::object::{GetSetDef, MethodDef, PyResult, Str, Value};
use crate::types::io::{attribute, first_error, is_closed, method, raw, unsupported};
use crate::vm::Vm;

macro_rules! forward {
    ($name:literal) => {
        MethodDef::bound($name, "($self, /)", "", |vm, args| {
            let (_, buffer) = attached(vm, &args[0])?;
            method(vm, &buffer, $name, &[])
        })
    };
}

/// The methods.
pub const METHODS: &[MethodDef] = &[
    MethodDef::bound("detach", "($self, /)", "", detach),
    MethodDef::bound(
        "reconfigure",
        "($self, /, *, encoding=None, errors=None, newline=None,\n            \
         line_buffering=None, write_through=None)",
        "Reconfigure the text stream with new parameters.\n\nThis also does an implicit stream \
         flush.",
        reconfigure,
    ),
    MethodDef::bound("write", "($self, text, /)", "", write::write),
    MethodDef::bound("read", "($self, size=-1, /)", "", read::read),
    MethodDef::bound("readline", "($self, size=-1, /)", "", read::readline),
    MethodDef::bound("flush", "($self, /)", "", write::flush),
    MethodDef::bound("close", "($self, /)", "", close),
    forward!("fileno"),
    forward!("seekable"),
    forward!("readable"),
    forward!("writable"),
    forward!("isatty"),
    MethodDef::bound(
        "seek",
        "($self, cookie, whence=os.SEEK_SET, /)",
        "",
        position::seek,
    ),
    MethodDef::bound("tell", "($self, /)", "", position::tell),
    MethodDef::bound("truncate", "($self, pos=None, /)", "", position::truncate),
    MethodDef::bound("__reduce__", "($self, /)", "", |vm, args| {
        Err(raw::cannot_pickle(vm, &args[0]))
    })
    .unsigned(),
    MethodDef::bound("__reduce_ex__", "($self, protocol, /)", "", |vm, args| {
        Err(raw::cannot_pickle(vm, &args[0]))
    })
    .unsigned(),
];

/// The attributes.
pub const GETSET: &[GetSetDef] = &[
    GetSetDef::read_only("encoding", "", |vm, this| {
        Ok(payload(vm, this)?.encoding.get().unwrap_or(Value::NONE))
    }),
    GetSetDef::read_only("buffer", "", |vm, this| {
        Ok(payload(vm, this)?.buffer.get().unwrap_or(Value::NONE))
    }),
    GetSetDef::read_only("line_buffering", "", |vm, this| {
        Ok(Value::bool(payload(vm, this)?.line_buffering.get()))
    }),
    GetSetDef::read_only("write_through", "", |vm, this| {
        Ok(Value::bool(payload(vm, this)?.write_through.get()))
    }),
    GetSetDef::writable(
        "_finalizing",
        "",
        |vm, this| Ok(Value::bool(payload(vm, this)?.finalizing.get())),
        |vm, this, value| {
            let on = value.map_or(Ok(false), |v| vm.truth(v))?;
            payload(vm, this)?.finalizing.set(on);
            Ok(())
        },
    ),
    GetSetDef::read_only("name", "", |vm, this| {
        let (_, buffer) = attached(vm, this)?;
        attribute(vm, &buffer, "name")
    }),
    GetSetDef::read_only("closed", "", |vm, this| {
        let (_, buffer) = attached(vm, this)?;
        attribute(vm, &buffer, "closed")
    }),
    GetSetDef::read_only("newlines", "", |vm, this| {
        let (file, _) = attached(vm, this)?;
        if !file.mode.get().universal || !file.readable.get() {
            return Ok(Value::NONE);
        }
        let newlines = file.state.borrow().newlines;
        Ok(newlines.kinds(vm))
    }),
    GetSetDef::read_only("errors", "", |vm, this| {
        let file = made(vm, this)?;
        Ok(file.errors.get().unwrap_or(Value::NONE))
    }),
    GetSetDef::writable(
        "_CHUNK_SIZE",
        "",
        |vm, this| Ok(vm.int_usize(attached(vm, this)?.0.chunk_size.get())),
        |vm, this, value| {
            let Some(value) = value else {
                return Err(vm.attribute_error("cannot delete attribute"));
            };
            let size = vm.index_isize(value, &vm.types.exceptions.value_error)?;
            let Some(size) = usize::try_from(size).ok().filter(|&size| size > 0) else {
                return Err(vm.value_error("a strictly positive integer is required"));
            };
            attached(vm, this)?.0.chunk_size.set(size);
            Ok(())
        },
    ),
];

fn detach(vm: &Vm, args: &[Value]) -> PyResult {
    let (file, _) = attached(vm, &args[0])?;
    method(vm, &args[0], "flush", &[])?;
    file.detached.set(true);
    file.initialized.set(false);
    Ok(file.buffer.take().unwrap_or(Value::NONE))
}

fn close(vm: &Vm, args: &[Value]) -> PyResult {
    let this = &args[0];
    let (file, buffer) = attached(vm, this)?;
    if is_closed(vm, &buffer)? {
        return Ok(Value::NONE);
    }
    if file.finalizing.get() {
        buffered::warn_unclosed(vm, &buffer, this);
    }
    let flushed = method(vm, this, "flush", &[]).map_err(|raised| vm.take_exception(raised));
    let closed = method(vm, &buffer, "close", &[]);
    first_error(vm, flushed, closed)
}

/// An argument of `reconfigure` that is a `str` or None.
fn text_arg(vm: &Vm, name: &str, value: &Value) -> PyResult<Option<crate::object::Ref<Str>>> {
    let Some(value) = value.given_not_none() else {
        return Ok(None);
    };
    let Some(text) = value.as_ref_to::<Str>() else {
        return Err(vm.type_error(format!(
            "reconfigure() argument '{name}' must be str or None, not {}",
            vm.argument_type(value)
        )));
    };
    vm.check_utf8(text)?;
    Ok(Some(text.clone()))
}

fn reconfigure(vm: &Vm, args: &[Value]) -> PyResult {
    let (file, buffer) = open(vm, &args[0])?;
    let encoding = text_arg(vm, "encoding", &args[1])?;
    let errors = text_arg(vm, "errors", &args[2])?;
    let newline_given = args[3].given().is_some();
    let newline = text_arg(vm, "newline", &args[3])?;
    let changes = encoding.is_some() || errors.is_some() || newline_given;
    if changes && file.state.borrow().decoded.is_some() {
        return Err(unsupported(
            vm,
            "It is not possible to set the encoding or newline of stream after the first read",
        ));
    }
    let mode = if newline_given {
        Some(newline_mode(vm, newline.as_ref())?)
    } else {
        None
    };
    let flag = |value: &Value| {
        let number = value.given_not_none().map(|v| vm.arg_long(v));
        number.transpose().map(|number| number.map(|n| n != 0))
    };
    let line_buffering = flag(&args[4])?;
    let write_through = flag(&args[5])?;
    method(vm, &args[0], "flush", &[])?;
    if encoding.is_some() || errors.is_some() {
        let current =
            |slot: &crate::object::Slot| slot.get().and_then(|v| v.downcast::<Str>().ok());
        // A new encoding alone resets the error handling to strict.
        let errors = match (&encoding, errors) {
            (_, Some(errors)) => Some(errors),
            (Some(_), None) => None,
            (None, None) => current(&file.errors),
        };
        let encoding = encoding.or_else(|| current(&file.encoding));
        set_encoding(vm, file, encoding, errors)?;
        expect_mark(vm, file, &buffer)?;
    }
    if let Some(mode) = mode {
        file.mode.set(mode);
    }
    if let Some(on) = line_buffering {
        file.line_buffering.set(on);
    }
    if let Some(on) = write_through {
        file.write_through.set(on);
    }
    Ok(Value::NONE)
}
