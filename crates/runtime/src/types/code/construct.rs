//! `types.CodeType(...)`.
//!
//! The virtual machine trusts its instructions, so that they cannot be written by hand: those of a code object that a
//! program has read `co_code` of, and that is still alive, can be given to another one, with all the rest changed.

use std::cell::RefCell;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, Weak};

use super::replace::{bad_argument, replace};
use crate::object::{Args, Bytes, PyResult, Str, Tuple, Value};
use crate::vm::Vm;
use crate::vm::code::CodeOrigin;

/// The code whose instructions programs have seen, by the hash of their bytes.
#[derive(Default)]
pub struct SeenCode(RefCell<HashMap<u64, Vec<Weak<bytecode::Code>>>>);

fn key(bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    hasher.finish()
}

impl SeenCode {
    /// Notes code whose `co_code` is given to the program.
    pub(super) fn note(&self, code: &Arc<bytecode::Code>, bytes: &[u8]) {
        let mut seen = self.0.borrow_mut();
        let alike = seen.entry(key(bytes)).or_default();
        alike.retain(|known| known.strong_count() > 0);
        let code = Arc::downgrade(code);
        if !alike.iter().any(|known| known.ptr_eq(&code)) {
            alike.push(code);
        }
    }

    fn find(&self, bytes: &[u8], exceptions: &[u8]) -> Option<Arc<bytecode::Code>> {
        let seen = self.0.borrow();
        let alike = seen.get(&key(bytes))?;
        let fits = |code: &Arc<bytecode::Code>| {
            code.co_code() == bytes && code.co_exceptiontable() == exceptions
        };
        alike.iter().filter_map(Weak::upgrade).find(fits)
    }
}

/// The fields that the arguments stand for, in their order.
const FIELDS: [&str; 18] = [
    "co_argcount",
    "co_posonlyargcount",
    "co_kwonlyargcount",
    "co_nlocals",
    "co_stacksize",
    "co_flags",
    "co_code",
    "co_consts",
    "co_names",
    "co_varnames",
    "co_filename",
    "co_name",
    "co_qualname",
    "co_firstlineno",
    "co_linetable",
    "co_exceptiontable",
    "co_freevars",
    "co_cellvars",
];
const CODE: usize = 6;
const FIRST_LINE: usize = 13;
const EXCEPTION_TABLE: usize = 15;
/// Where names are.
const NAMES: [usize; 4] = [8, 9, 16, 17];

/// None of the first numbers may be negative.
fn check_numbers(vm: &Vm, given: &[Value]) -> PyResult<()> {
    for (index, field) in FIELDS.iter().enumerate().take(CODE) {
        if vm.arg_int(&given[index])? < 0 {
            return Err(match *field {
                "co_stacksize" | "co_flags" => bad_argument(vm),
                _ => {
                    let what = field.trim_start_matches("co_");
                    vm.value_error(format!("code: {what} must not be negative"))
                }
            });
        }
    }
    Ok(())
}

fn check_names(vm: &Vm, names: &Value) -> PyResult<()> {
    let mut items = names
        .payload::<Tuple>()
        .into_iter()
        .flat_map(|names| names.iter());
    match items.find(|item| item.payload::<Str>().is_none()) {
        Some(item) => Err(vm.type_error(format!(
            "name tuples must contain only strings, not '{}'",
            vm.class_name(item)
        ))),
        None => Ok(()),
    }
}

fn check_type(vm: &Vm, index: usize, value: &Value) -> PyResult<()> {
    let (fits, wanted) = match FIELDS[index] {
        "co_code" | "co_linetable" | "co_exceptiontable" => {
            (value.payload::<Bytes>().is_some(), "bytes")
        }
        "co_filename" | "co_name" | "co_qualname" => (value.payload::<Str>().is_some(), "str"),
        "co_consts" | "co_names" | "co_varnames" | "co_freevars" | "co_cellvars" => {
            (value.payload::<Tuple>().is_some(), "tuple")
        }
        _ => return vm.arg_int(value).map(drop),
    };
    if fits {
        return Ok(());
    }
    Err(vm.type_error(format!(
        "code() argument {} must be {wanted}, not {}",
        index + 1,
        vm.argument_type(value)
    )))
}

pub(super) fn new(vm: &Vm, args: Args<'_>) -> PyResult {
    if !args.names.is_empty() {
        return Err(vm.type_error("code() takes no keyword arguments"));
    }
    let given = args.values;
    if !(16..=FIELDS.len()).contains(&given.len()) {
        return Err(vm.wrong_count("code", given.len(), 16, FIELDS.len()));
    }
    for (index, value) in given.iter().enumerate() {
        check_type(vm, index, value)?;
    }
    let bytes_at = |index: usize| {
        let bytes: Option<&Bytes> = given[index].payload();
        bytes.map_or(&[][..], Bytes::as_slice)
    };
    check_numbers(vm, given)?;
    for index in NAMES.into_iter().filter(|&index| index < given.len()) {
        check_names(vm, &given[index])?;
    }
    let code = bytes_at(CODE);
    if code.is_empty() || !code.len().is_multiple_of(2) {
        return Err(vm.value_error("code: co_code is malformed"));
    }
    let Some(source) = vm.interp.seen_code.find(code, bytes_at(EXCEPTION_TABLE)) else {
        return Err(vm.not_implemented_error(
            "code(): instructions that are not those of a code object that is there",
        ));
    };
    let mut values = vec![vm.code(&source, CodeOrigin::Program)?.into_value()];
    values.extend_from_slice(given);
    if vm.arg_int(&given[FIRST_LINE])? < 0 {
        values[FIRST_LINE + 1] = vm.int(0);
    }
    values.resize_with(FIELDS.len() + 1, || vm.tuple_value([]));
    let names: Vec<Value> = FIELDS.iter().map(|name| vm.intern(name)).collect();
    replace(
        vm,
        Args {
            values: &values,
            names: &names,
        },
    )
}
