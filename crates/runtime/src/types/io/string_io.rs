//! `StringIO`: a text file in memory.

use std::cell::{Cell, RefCell};

use super::base::FILE_FLAGS;
use super::newline::{Mode, Newlines};
use super::size_arg;
use crate::fields;
use crate::object::fields::Field;
use crate::object::{
    Args, Chars, Class, Dict, GetSetDef, Kind, MethodDef, Payload, PyResult, Ref, Str, Tuple,
    TypeSlots, TypeSpec, Value, alloc,
};
use crate::vm::Vm;

/// A `StringIO`'s payload.
pub struct StringIo {
    text: RefCell<Vec<u32>>,
    position: Cell<usize>,
    mode: Cell<Mode>,
    newlines: Cell<Newlines>,
    closed: Cell<bool>,
    initialized: Cell<bool>,
}

impl Payload for StringIo {
    const KIND: Kind = Kind::STRING_IO;
    const NAME: &'static str = "StringIO";
    const FIELDS: &'static [Field] = fields![
        "text" => text as Opaque,
        "position" => position as Unsigned,
        "mode" => mode as Opaque,
        "newlines" => newlines as Opaque,
        "closed" => closed as Bool,
        "initialized" => initialized as Bool,
    ];
}

/// Declaration of `StringIO`.
pub static SPEC: TypeSpec = TypeSpec {
    doc: "Text I/O implementation using an in-memory buffer.\n\nThe initial_value argument sets \
          the value of object.  The newline\nargument is like the one of TextIOWrapper's \
          constructor.",
    signature: "(initial_value='', newline='\\n')",
    flags: FILE_FLAGS,
    slots: TypeSlots {
        new: Some(new),
        init: Some(init),
        iternext: Some(next),
        ..TypeSlots::EMPTY
    },
    methods: METHODS,
    getset: &[
        GetSetDef::read_only("closed", "", |vm, this| {
            Ok(Value::bool(initialized(vm, this)?.closed.get()))
        }),
        GetSetDef::read_only("newlines", "", |vm, this| {
            Ok(open(vm, this)?.newlines.get().kinds(vm))
        }),
        GetSetDef::read_only("line_buffering", "", |vm, this| {
            open(vm, this).map(|_| Value::FALSE)
        }),
    ],
    ..TypeSpec::of::<StringIo>("_io.StringIO")
};

fn yes(vm: &Vm, args: &[Value]) -> PyResult {
    open(vm, &args[0]).map(|_| Value::TRUE)
}

const METHODS: &[MethodDef] = &[
    MethodDef::bound("close", "($self, /)", "Close the IO object.", |vm, args| {
        let file = payload(vm, &args[0])?;
        file.closed.set(true);
        *file.text.borrow_mut() = Vec::new();
        Ok(Value::NONE)
    }),
    MethodDef::bound(
        "getvalue",
        "($self, /)",
        "Retrieve the entire contents of the object.",
        |vm, args| {
            let file = open(vm, &args[0])?;
            let text = file.text.borrow();
            vm.str_from_chars(Chars::Four(&text)).map(Ref::into_value)
        },
    ),
    MethodDef::bound(
        "read",
        "($self, size=-1, /)",
        "Read at most size characters, returned as a string.",
        |vm, args| {
            let size = size_arg(vm, &args[1])?.unwrap_or(usize::MAX);
            take(vm, open(vm, &args[0])?, size).map(Ref::into_value)
        },
    ),
    MethodDef::bound(
        "readline",
        "($self, size=-1, /)",
        "Read until newline or EOF.",
        |vm, args| {
            let limit = size_arg(vm, &args[1])?.unwrap_or(usize::MAX);
            take_line(vm, open(vm, &args[0])?, limit).map(Ref::into_value)
        },
    ),
    MethodDef::bound(
        "tell",
        "($self, /)",
        "Tell the current file position.",
        |vm, args| Ok(vm.int_usize(open(vm, &args[0])?.position.get())),
    ),
    MethodDef::bound(
        "truncate",
        "($self, pos=None, /)",
        "Truncate size to pos.",
        truncate,
    ),
    MethodDef::bound(
        "seek",
        "($self, pos, whence=0, /)",
        "Change stream position.",
        seek,
    ),
    MethodDef::bound(
        "write",
        "($self, s, /)",
        "Write string to file.",
        |vm, args| {
            let file = initialized(vm, &args[0])?;
            let Some(text) = args[1].as_ref_to::<Str>() else {
                return Err(vm.type_error(format!(
                    "string argument expected, got '{}'",
                    vm.class_name(&args[1])
                )));
            };
            open(vm, &args[0])?;
            write(vm, file, text)?;
            Ok(vm.int_usize(text.len()))
        },
    ),
    MethodDef::bound(
        "seekable",
        "($self, /)",
        "Returns True if the IO object can be seeked.",
        yes,
    ),
    MethodDef::bound(
        "readable",
        "($self, /)",
        "Returns True if the IO object can be read.",
        yes,
    ),
    MethodDef::bound(
        "writable",
        "($self, /)",
        "Returns True if the IO object can be written.",
        yes,
    ),
    MethodDef::bound("__getstate__", "($self, /)", "", get_state).unsigned(),
    MethodDef::bound("__setstate__", "($self, state, /)", "", set_state),
];

const PLAIN: Mode = Mode {
    universal: false,
    translate: false,
    terminator: "\n",
    written: None,
};

fn payload<'a>(vm: &Vm, this: &'a Value) -> PyResult<&'a StringIo> {
    this.payload::<StringIo>()
        .ok_or_else(|| vm.type_error("descriptor requires a '_io.StringIO' object"))
}

fn initialized<'a>(vm: &Vm, this: &'a Value) -> PyResult<&'a StringIo> {
    let file = payload(vm, this)?;
    if !file.initialized.get() {
        return Err(vm.value_error("I/O operation on uninitialized object"));
    }
    Ok(file)
}

fn open<'a>(vm: &Vm, this: &'a Value) -> PyResult<&'a StringIo> {
    let file = initialized(vm, this)?;
    if file.closed.get() {
        return Err(vm.value_error("I/O operation on closed file"));
    }
    Ok(file)
}

fn new(_vm: &Vm, class: &Ref<Class>, _args: Args<'_>) -> PyResult {
    let file = StringIo {
        text: RefCell::default(),
        position: Cell::new(0),
        mode: Cell::new(PLAIN),
        newlines: Cell::new(Newlines::default()),
        closed: Cell::new(false),
        initialized: Cell::new(false),
    };
    Ok(alloc(class, file).into_value())
}

fn init(vm: &Vm, this: &Value, args: Args<'_>) -> PyResult<()> {
    let bound = vm.bind_parameters("StringIO", "(initial_value='', newline='\\n')", args)?;
    let file = payload(vm, this)?;
    let newline = match bound[1].given() {
        None => Some("\n".to_owned()),
        Some(newline) if newline.is_none() => None,
        Some(newline) => match newline.payload::<Str>() {
            Some(text) => Some(text.to_display().into_owned()),
            None => {
                return Err(vm.type_error(format!(
                    "newline must be str or None, not {}",
                    vm.class_name(newline)
                )));
            }
        },
    };
    let Some(mode) = Mode::of(newline.as_deref()) else {
        let shown = vm.repr_string(&bound[1])?;
        return Err(vm.value_error(format!("illegal newline value: {shown}")));
    };
    let initial = match bound[0].given_not_none() {
        None => None,
        Some(initial) => Some(initial.as_ref_to::<Str>().ok_or_else(|| {
            vm.type_error(format!(
                "initial_value must be str or None, not {}",
                vm.class_name(initial)
            ))
        })?),
    };
    file.mode.set(mode);
    file.newlines.set(Newlines::default());
    file.text.borrow_mut().clear();
    file.position.set(0);
    file.closed.set(false);
    file.initialized.set(true);
    if let Some(initial) = initial {
        write(vm, file, initial)?;
        file.position.set(0);
    }
    Ok(())
}

fn write(vm: &Vm, file: &StringIo, text: &Ref<Str>) -> PyResult<()> {
    let mode = file.mode.get();
    let mut text = text.clone();
    if mode.universal {
        let mut newlines = file.newlines.get();
        text = newlines.decode(vm, text, mode.translate, true)?;
        file.newlines.set(newlines);
    }
    if let Some(written) = mode.written {
        text = vm.str_replace(&text, &vm.str("\n"), &vm.str(written), usize::MAX)?;
    }
    if text.is_empty() {
        return Ok(());
    }
    let start = file.position.get();
    let Some(end) = start
        .checked_add(text.len())
        .filter(|&end| end <= crate::object::str::MAX_LEN)
    else {
        return Err(vm.overflow_error("new position too large"));
    };
    let mut all = file.text.borrow_mut();
    let len = all.len();
    all.try_reserve(end.saturating_sub(len))
        .map_err(|_| vm.memory_error())?;
    if start > len {
        all.resize(start, 0);
    }
    let kept = all.len() - start;
    for (place, c) in all[start..].iter_mut().zip(text.iter()) {
        *place = c;
    }
    all.extend(text.iter().skip(kept));
    file.position.set(end);
    Ok(())
}

/// Hands text out from the position on.
fn take(vm: &Vm, file: &StringIo, size: usize) -> PyResult<Ref<Str>> {
    let all = file.text.borrow();
    let start = file.position.get();
    let rest = all.get(start..).unwrap_or_default();
    let taken = &rest[..rest.len().min(size)];
    file.position.set(start + taken.len());
    vm.str_from_chars(Chars::Four(taken))
}

fn take_line(vm: &Vm, file: &StringIo, limit: usize) -> PyResult<Ref<Str>> {
    let start = file.position.get();
    let size = {
        let all = file.text.borrow();
        let len = all.len();
        let end = if start < len {
            file.mode
                .get()
                .line_end(Chars::Four(&all), start)
                .unwrap_or(len)
        } else {
            start
        };
        end - start
    };
    take(vm, file, size.min(limit))
}

fn next(vm: &Vm, this: &Value) -> PyResult<Option<Value>> {
    let file = open(vm, this)?;
    if !vm.class_of(this).is(&vm.types.string_io) {
        return super::base::next(vm, this);
    }
    let line = take_line(vm, file, usize::MAX)?;
    Ok((!line.is_empty()).then(|| line.into_value()))
}

fn seek(vm: &Vm, args: &[Value]) -> PyResult {
    let offset = vm.arg_ssize(&args[1])?;
    let whence = args[2].given().map_or(Ok(0), |v| vm.arg_int(v))?;
    let file = open(vm, &args[0])?;
    if !(0..=2).contains(&whence) {
        return Err(vm.value_error(format!("Invalid whence ({whence}, should be 0, 1 or 2)")));
    }
    if offset < 0 && whence == 0 {
        return Err(vm.value_error(format!("Negative seek position {offset}")));
    }
    if whence != 0 && offset != 0 {
        return Err(vm.raise(
            &vm.types.exceptions.os_error,
            "Can't do nonzero cur-relative seeks",
        ));
    }
    file.position.set(match whence {
        0 => offset as usize,
        1 => file.position.get(),
        _ => file.text.borrow().len(),
    });
    Ok(vm.int_usize(file.position.get()))
}

fn truncate(vm: &Vm, args: &[Value]) -> PyResult {
    let file = open(vm, &args[0])?;
    let size = match args[1].given_not_none() {
        Some(size) => {
            let size = vm.arg_ssize(size)?;
            usize::try_from(size)
                .map_err(|_| vm.value_error(format!("Negative size value {size}")))?
        }
        None => file.position.get(),
    };
    file.text.borrow_mut().truncate(size);
    Ok(vm.int_usize(size))
}

fn get_state(vm: &Vm, args: &[Value]) -> PyResult {
    let file = open(vm, &args[0])?;
    let text = {
        let all = file.text.borrow();
        vm.str_from_chars(Chars::Four(&all))?.into_value()
    };
    let mode = file.mode.get();
    let newline = match (mode.universal, mode.translate) {
        (true, true) => Value::NONE,
        (true, false) => vm.str_value(""),
        _ => vm.str_value(mode.terminator),
    };
    let dict = vm.get_attr_opt(&args[0], &vm.names.__dict__)?;
    let dict = match dict.as_ref().and_then(|d| d.payload::<Dict>()) {
        Some(d) if !d.is_empty() => super::bytes_io::method_copy(vm, dict.as_ref())?,
        _ => Value::NONE,
    };
    Ok(vm.tuple_value([text, newline, vm.int_usize(file.position.get()), dict]))
}

fn set_state(vm: &Vm, args: &[Value]) -> PyResult {
    let Some([text, newline, position, dict]) = args[1].payload::<Tuple>().map(Tuple::as_slice)
    else {
        return Err(vm.type_error(format!(
            "{}.__setstate__ argument should be 4-tuple, got {}",
            vm.class_name(&args[0]),
            vm.class_name(&args[1])
        )));
    };
    let old = payload(vm, &args[0])?;
    if old.initialized.get() {
        open(vm, &args[0])?;
    }
    if text.payload::<Str>().is_none() {
        return Err(vm.type_error(format!(
            "initial_value must be str or None, not {}",
            vm.class_name(text)
        )));
    }
    init(
        vm,
        &args[0],
        Args::positional(&[vm.str_value(""), newline.clone()]),
    )?;
    let file = payload(vm, &args[0])?;
    if let Some(text) = text.payload::<Str>() {
        // The value was translated when it was written.
        *file.text.borrow_mut() = text.iter().collect();
    }
    if !position.is_int() {
        return Err(vm.type_error(format!(
            "third item of state must be an integer, got {}",
            vm.class_name(position)
        )));
    }
    let position = vm.arg_ssize(position)?;
    let Ok(position) = usize::try_from(position) else {
        return Err(vm.value_error("position value cannot be negative"));
    };
    file.position.set(position);
    if !dict.is_none() {
        if dict.payload::<Dict>().is_none() {
            return Err(vm.type_error(format!(
                "fourth item of state should be a dict, got a {}",
                vm.class_name(dict)
            )));
        }
        let own = vm.get_attr(&args[0], &vm.names.__dict__)?;
        super::method(vm, &own, "update", std::slice::from_ref(dict))?;
    }
    Ok(Value::NONE)
}
