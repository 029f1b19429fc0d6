//! `code.replace()`.
//!
//! The virtual machine trusts what the compiler and the verifier saw to.  So instructions and their
//! exception table stay as they are, constants keep the kinds that instructions rely on, and
//! parameters that become plain variables are from then on looked at before they are read.

use std::sync::Arc;

use bytecode::{CodeFlags, Const, LocalKind, LocalVar, Opcode, Operand};

use super::code;
use crate::object::{Args, Bytes, PyResult, Str, Tuple, Value};
use crate::vm::Vm;
use crate::vm::code::Code;

pub(super) fn replace(vm: &Vm, args: Args<'_>) -> PyResult {
    let this = code(vm, &args.values[0])?;
    if args.positionals().len() > 1 {
        return Err(vm.type_error("replace() takes no positional arguments"));
    }
    let mut data = bytecode::Code::clone(&this.data);
    let mut consts: Box<[Value]> = this.consts.as_slice().into();
    let mut nlocals = None;
    for (name, value) in args.keywords() {
        let name = vm.display(name);
        match name.as_str() {
            "co_name" => data.name = text(vm, value, &name)?,
            "co_qualname" => data.qualname = text(vm, value, &name)?,
            "co_filename" => data.filename = Arc::from(&*text(vm, value, &name)?),
            "co_firstlineno" => move_lines(&mut data, positive(vm, value, &name)?),
            "co_flags" => data.flags = CodeFlags(positive(vm, value, &name)?),
            "co_argcount" => data.argcount = positive(vm, value, &name)?,
            "co_posonlyargcount" => data.posonlyargcount = positive(vm, value, &name)?,
            "co_kwonlyargcount" => data.kwonlyargcount = positive(vm, value, &name)?,
            "co_nlocals" => nlocals = Some(positive(vm, value, &name)? as usize),
            "co_stacksize" => data.stacksize = positive(vm, value, &name)?,
            "co_names" => data.names = names(vm, value, &name)?,
            "co_varnames" => {
                let names = names(vm, value, &name)?;
                if names.len() < parameters(&data) {
                    return Err(vm.value_error("code: co_varnames is too small"));
                }
                set_names(vm, &mut data, LocalKind::LOCAL, names)?;
            }
            "co_cellvars" => {
                let names = names(vm, value, &name)?;
                set_names(vm, &mut data, LocalKind::CELL, names)?;
            }
            "co_freevars" => {
                let names = names(vm, value, &name)?;
                set_names(vm, &mut data, LocalKind::FREE, names)?;
            }
            "co_consts" => {
                consts = constants(vm, this, value)?;
                data.consts = consts.iter().map(|c| plain(vm, c)).collect();
            }
            "co_linetable" => {
                let table = bytes(vm, value, &name)?;
                data.locations = bytecode::positions::locations(&data, &table);
            }
            "co_code" if bytes(vm, value, &name)? == data.co_code() => {}
            "co_exceptiontable" if bytes(vm, value, &name)? == data.co_exceptiontable() => {}
            "co_code" if bytes(vm, value, &name)?.len() % 2 != 0 => {
                return Err(vm.value_error("code: co_code is malformed"));
            }
            "co_code" | "co_exceptiontable" => {
                return Err(vm.not_implemented_error(format!(
                    "replace() cannot change '{name}' of a code object"
                )));
            }
            _ => {
                return Err(vm.type_error(format!(
                    "'{name}' is an invalid keyword argument for replace()"
                )));
            }
        }
    }
    if nlocals.is_some_and(|given| given != data.nlocals()) {
        return Err(vm.value_error("code: co_nlocals != len(co_varnames)"));
    }
    if data.posonlyargcount > data.argcount {
        return Err(bad_argument(vm));
    }
    if parameters(&data) > data.nlocals() {
        return Err(vm.value_error("code: co_varnames is too small"));
    }
    check_former_parameters(&mut data, parameters(&this.data));
    if let Err(error) = bytecode::verify(&data) {
        return Err(vm.value_error(format!("code: {}", error.message)));
    }
    Ok(vm.code_with_constants(&Arc::new(data), consts).into_value())
}

/// What CPython says of numbers that no compiler writes.
pub(super) fn bad_argument(vm: &Vm) -> crate::Raised {
    vm.system_error("Objects/codeobject.c:354: bad argument to internal function")
}

/// Lines are counted from the first one.
fn move_lines(data: &mut bytecode::Code, first: u32) {
    let by = first
        .cast_signed()
        .wrapping_sub(data.first_line.cast_signed());
    data.first_line = first;
    for location in data.locations.iter_mut().filter(|l| l.line >= 0) {
        location.line = location.line.saturating_add(by).max(0);
        location.end_line = location.end_line.saturating_add(by).max(0);
    }
}

/// How many variables a call binds.
fn parameters(data: &bytecode::Code) -> usize {
    let extra = [CodeFlags::VARARGS, CodeFlags::VARKEYWORDS];
    let extra = extra.iter().filter(|f| data.flags.has(**f)).count();
    (data.argcount as usize)
        .saturating_add(data.kwonlyargcount as usize)
        .saturating_add(extra)
}

/// What was a parameter need not be bound any more.
fn check_former_parameters(data: &mut bytecode::Code, before: usize) {
    let former = parameters(data)..before;
    for instr in &mut data.instructions {
        if instr.op == Opcode::LOAD_FAST && former.contains(&(instr.arg as usize)) {
            instr.op = Opcode::LOAD_FAST_CHECK;
        }
    }
}

fn positive(vm: &Vm, value: &Value, name: &str) -> PyResult<u32> {
    let number = vm.arg_int(value)?;
    u32::try_from(number).map_err(|_| vm.value_error(format!("{name} must be a positive integer")))
}

fn wrong_type(vm: &Vm, name: &str, wanted: &str, value: &Value) -> crate::Raised {
    vm.type_error(format!(
        "replace() argument '{name}' must be {wanted}, not {}",
        vm.argument_type(value)
    ))
}

fn text(vm: &Vm, value: &Value, name: &str) -> PyResult<Box<str>> {
    match value.payload::<Str>() {
        Some(text) => Ok(text.to_display().into()),
        None => Err(wrong_type(vm, name, "str", value)),
    }
}

fn bytes(vm: &Vm, value: &Value, name: &str) -> PyResult<Vec<u8>> {
    match value.payload::<Bytes>() {
        Some(bytes) => Ok(bytes.as_slice().to_vec()),
        None => Err(wrong_type(vm, name, "bytes", value)),
    }
}

fn names(vm: &Vm, value: &Value, name: &str) -> PyResult<Vec<Box<str>>> {
    let Some(items) = value.payload::<Tuple>() else {
        return Err(wrong_type(vm, name, "tuple", value));
    };
    let one = |item: &Value| match item.payload::<Str>() {
        Some(text) => Ok(Box::from(&*text.to_display())),
        None => Err(vm.system_error("non-string found in code slot")),
    };
    items.iter().map(one).collect()
}

/// Renames the variables of a kind; more of them than before are added where that moves no others.
fn set_names(
    vm: &Vm,
    data: &mut bytecode::Code,
    kind: LocalKind,
    names: Vec<Box<str>>,
) -> PyResult<()> {
    let known = data.localsplus.iter().filter(|v| v.kind.has(kind)).count();
    let behind = match kind {
        LocalKind::LOCAL => LocalKind::CELL.with(LocalKind::FREE),
        LocalKind::CELL => LocalKind::FREE,
        _ => LocalKind(0),
    };
    let movable = !data.localsplus.iter().any(|v| v.kind.has(behind));
    if names.len() < known || names.len() > known && !movable {
        return Err(vm.not_implemented_error(
            "replace() cannot move the variables that instructions refer to",
        ));
    }
    let mut names = names.into_iter();
    let old = data.localsplus.iter_mut().filter(|v| v.kind.has(kind));
    for (var, name) in old.zip(names.by_ref()) {
        var.name = name;
    }
    data.localsplus
        .extend(names.map(|name| LocalVar { name, kind }));
    Ok(())
}

/// New constants for a code object.
fn constants(vm: &Vm, code: &Code, value: &Value) -> PyResult<Box<[Value]>> {
    let Some(items) = value.payload::<Tuple>() else {
        return Err(wrong_type(vm, "co_consts", "tuple", value));
    };
    for (index, old) in code.consts.iter().enumerate() {
        let loads =
            |i: &bytecode::Instr| i.op.operand() == Operand::Const && i.arg as usize == index;
        // Code and tuples (of names, of keys) are what other instructions rely on.
        let trusted = old.payload::<Code>().is_some() || old.payload::<Tuple>().is_some();
        let fits = match items.get(index) {
            Some(new) => !trusted || is_alike(vm, new, old),
            None => !code.data.instructions.iter().any(loads),
        };
        if !fits {
            return Err(vm.not_implemented_error("replace() cannot change the kinds of constants"));
        }
    }
    Ok(items.iter().cloned().collect())
}

fn is_alike(vm: &Vm, new: &Value, old: &Value) -> bool {
    if !vm.class_of(new).is(vm.class_of(old)) {
        return false;
    }
    match (new.payload::<Code>(), old.payload::<Code>()) {
        (Some(new), Some(old)) => new.data.freevars().count() == old.data.freevars().count(),
        _ => match (new.payload::<Tuple>(), old.payload::<Tuple>()) {
            (Some(new), Some(old)) => {
                new.len() == old.len()
                    && new.iter().zip(old.iter()).all(|(n, o)| is_alike(vm, n, o))
            }
            _ => true,
        },
    }
}

/// A constant as the compiler would write it; the ellipsis stands for what it cannot write.
fn plain(vm: &Vm, value: &Value) -> Const {
    let class = vm.class_of(value);
    if value.is_none() {
        Const::None
    } else if value.is(&Value::TRUE) {
        Const::True
    } else if value.is(&Value::FALSE) {
        Const::False
    } else if let Some(code) = value.payload::<Code>() {
        Const::Code(Arc::clone(&code.data))
    } else if class.is(&vm.types.int)
        && let Some(number) = value.as_int().and_then(|i| i.to_i64())
    {
        Const::Int(number)
    } else if class.is(&vm.types.float)
        && let Some(number) = value.as_float()
    {
        Const::Float(number)
    } else if class.is(&vm.types.str)
        && let Some(text) = value.payload::<Str>().and_then(Str::to_utf8)
    {
        Const::str(&text)
    } else if class.is(&vm.types.bytes)
        && let Some(bytes) = value.payload::<Bytes>()
    {
        Const::Bytes(bytes.as_slice().into())
    } else if class.is(&vm.types.tuple)
        && let Some(items) = value.payload::<Tuple>()
    {
        Const::Tuple(items.iter().map(|item| plain(vm, item)).collect())
    } else {
        Const::Ellipsis
    }
}
