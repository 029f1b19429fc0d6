//! The type `code`.

mod construct;
mod replace;

pub use construct::SeenCode;

use std::hash::{Hash, Hasher};

use bytecode::code::Location;

use crate::object::slots::{CompareOp, TypeSlots};
use crate::object::{GetSetDef, MethodDef, PyResult, TypeSpec, Value, class_flag};
use crate::vm::Vm;
use crate::vm::code::Code;

/// Declaration of the type.
pub static SPEC: TypeSpec = TypeSpec {
    doc: "Create a code object.  Not for mere mortals.",
    flags: TypeSpec::of::<Code>("code").flags | class_flag::HAS_WEAKREFS,
    slots: TypeSlots {
        new: Some(|vm, _class, args| construct::new(vm, args)),
        repr: Some(repr),
        richcompare: Some(compare),
        hash: Some(hash),
        ..TypeSlots::EMPTY
    },
    methods: &[
        MethodDef::bound(
            "co_lines",
            "($self, /)",
            "Iterate over the line table: (start, end, line).",
            co_lines,
        )
        .unsigned(),
        MethodDef::bound(
            "co_positions",
            "($self, /)",
            "Iterate over the positions of the instructions.",
            co_positions,
        )
        .unsigned(),
        MethodDef::bound(
            "_varname_from_oparg",
            "($self, /, oparg)",
            "(internal-only) Return the local variable name for the given oparg.\n\nWARNING: this method is for internal use only and may change or go away.",
            |vm, args| {
                let index = vm.index_isize(&args[1], &vm.types.exceptions.overflow_error)?;
                let names = &code(vm, &args[0])?.local_names;
                usize::try_from(index)
                    .ok()
                    .and_then(|index| names.get(index).cloned())
                    .ok_or_else(|| vm.index_error("tuple index out of range"))
            },
        ),
        MethodDef::raw(
            "replace",
            "($self, /, **changes)",
            "Return a copy of the code object with new values for the specified fields.",
            replace::replace,
        ),
    ],
    getset: &[
        GetSetDef::read_only("co_argcount", "", |vm, c| {
            int(vm, code(vm, c)?.data.argcount)
        })
        .as_member(),
        GetSetDef::read_only("co_posonlyargcount", "", |vm, c| {
            int(vm, code(vm, c)?.data.posonlyargcount)
        })
        .as_member(),
        GetSetDef::read_only("co_kwonlyargcount", "", |vm, c| {
            int(vm, code(vm, c)?.data.kwonlyargcount)
        })
        .as_member(),
        GetSetDef::read_only("co_stacksize", "", |vm, c| {
            int(vm, code(vm, c)?.data.stacksize)
        })
        .as_member(),
        GetSetDef::read_only("co_flags", "", |vm, c| int(vm, code(vm, c)?.data.flags.0))
            .as_member(),
        GetSetDef::read_only("co_firstlineno", "", |vm, c| {
            int(vm, code(vm, c)?.data.first_line)
        })
        .as_member(),
        GetSetDef::read_only("co_nlocals", "", |vm, c| {
            int(vm, code(vm, c)?.data.nlocals() as u32)
        })
        .as_member(),
        GetSetDef::read_only("co_name", "", |vm, c| Ok(code(vm, c)?.name.clone())).as_member(),
        GetSetDef::read_only("co_qualname", "", |vm, c| Ok(code(vm, c)?.qualname.clone()))
            .as_member(),
        GetSetDef::read_only("co_filename", "", |vm, c| Ok(code(vm, c)?.filename.clone()))
            .as_member(),
        GetSetDef::read_only("co_names", "", |vm, c| {
            Ok(vm.tuple_from_slice(&code(vm, c)?.names).into_value())
        })
        .as_member(),
        GetSetDef::read_only("co_consts", "", |vm, c| {
            Ok(code(vm, c)?.consts.as_value().clone())
        })
        .as_member(),
        GetSetDef::read_only("co_varnames", "", |vm, c| {
            let names: Vec<Value> = code(vm, c)?.data.varnames().map(|n| vm.intern(n)).collect();
            Ok(vm.tuple_value(names))
        }),
        GetSetDef::read_only("co_cellvars", "", |vm, c| {
            let names: Vec<Value> = code(vm, c)?.data.cellvars().map(|n| vm.intern(n)).collect();
            Ok(vm.tuple_value(names))
        }),
        GetSetDef::read_only("co_freevars", "", |vm, c| {
            let names: Vec<Value> = code(vm, c)?.data.freevars().map(|n| vm.intern(n)).collect();
            Ok(vm.tuple_value(names))
        }),
        GetSetDef::read_only("co_code", "", co_code),
        GetSetDef::read_only("_co_code_adaptive", "", co_code),
        GetSetDef::read_only("co_linetable", "", |vm, c| {
            Ok(vm.bytes(&code(vm, c)?.data.co_linetable()).into_value())
        })
        .as_member(),
        GetSetDef::read_only("co_lnotab", "", |vm, c| {
            Ok(vm.bytes(&code(vm, c)?.data.co_linetable()).into_value())
        }),
        GetSetDef::read_only("co_exceptiontable", "", |vm, c| {
            Ok(vm
                .bytes(&code(vm, c)?.data.co_exceptiontable())
                .into_value())
        })
        .as_member(),
    ],
    ..TypeSpec::of::<Code>("code")
};

fn co_code(vm: &Vm, this: &Value) -> PyResult {
    let code = code(vm, this)?;
    if let Some(shown) = code.code_shown.get() {
        return Ok(shown);
    }
    let bytes = code.data.co_code();
    vm.interp.seen_code.note(&code.data, &bytes);
    let shown = vm.bytes(&bytes).into_value();
    code.code_shown.set(Some(shown.clone()));
    Ok(shown)
}

fn code<'a>(vm: &Vm, value: &'a Value) -> PyResult<&'a Code> {
    value
        .payload::<Code>()
        .ok_or_else(|| vm.type_error("expected a code object"))
}

#[allow(
    clippy::unnecessary_wraps,
    reason = "the shape of the getters it serves"
)]
fn int(vm: &Vm, value: u32) -> PyResult {
    Ok(vm.int(i64::from(value)))
}

fn repr(vm: &Vm, value: &Value) -> PyResult {
    let code = code(vm, value)?;
    Ok(vm.str_value(&format!(
        "<code object {} at {:#x}, file \"{}\", line {}>",
        vm.display(&code.name),
        vm.id(value),
        vm.display(&code.filename),
        code.data.first_line
    )))
}

fn compare(_vm: &Vm, a: &Value, b: &Value, op: CompareOp) -> PyResult {
    let (Some(x), Some(y)) = (a.payload::<Code>(), b.payload::<Code>()) else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    // Data writes the constants that the compiler can make; others are compared themselves.
    let alike = |(i, (a, b)): (usize, (&Value, &Value))| {
        a.is(b) || !matches!(x.data.consts.get(i), Some(bytecode::Const::Ellipsis))
    };
    let equal = same_program(&x.data, &y.data)
        && x.consts.iter().zip(y.consts.iter()).enumerate().all(alike);
    match op {
        CompareOp::Eq => Ok(Value::bool(equal)),
        CompareOp::Ne => Ok(Value::bool(!equal)),
        _ => Ok(Value::NOT_IMPLEMENTED),
    }
}

/// What makes code equal: not the file it is from, nor where in it the function is.
fn same_program(a: &bytecode::Code, b: &bytecode::Code) -> bool {
    let counts = |c: &bytecode::Code| {
        (
            c.argcount,
            c.posonlyargcount,
            c.kwonlyargcount,
            c.flags,
            c.first_line,
        )
    };
    counts(a) == counts(b)
        && (&a.name, &a.instructions, &a.consts) == (&b.name, &b.instructions, &b.consts)
        && (&a.names, &a.localsplus) == (&b.names, &b.localsplus)
        && (&a.locations, &a.exception_table) == (&b.locations, &b.exception_table)
}

fn hash(vm: &Vm, value: &Value) -> PyResult<i64> {
    let code = code(vm, value)?;
    let name = vm.hash(&code.name)?;
    let data = &code.data;
    let mut hasher = std::hash::DefaultHasher::new();
    let counts = [data.argcount, data.posonlyargcount, data.kwonlyargcount];
    (counts, data.flags, data.first_line, &data.instructions).hash(&mut hasher);
    (&data.localsplus, &data.names, &data.consts).hash(&mut hasher);
    let mixed = name ^ hasher.finish().cast_signed();
    Ok(if mixed == -1 { -2 } else { mixed })
}

fn co_lines(vm: &Vm, args: &[Value]) -> PyResult {
    let rows: Vec<Value> = code(vm, &args[0])?
        .data
        .co_lines()
        .into_iter()
        .map(|(start, end, line)| {
            let line = line.map_or(Value::NONE, |l| vm.int(i64::from(l)));
            vm.tuple_value([vm.int(i64::from(start)), vm.int(i64::from(end)), line])
        })
        .collect();
    vm.iter(&vm.list_from(rows)?.into_value())
}

fn co_positions(vm: &Vm, args: &[Value]) -> PyResult {
    let part = |n: i32| {
        if n < 0 {
            Value::NONE
        } else {
            vm.int(i64::from(n))
        }
    };
    let rows: Vec<Value> = code(vm, &args[0])?
        .data
        .co_positions()
        .into_iter()
        .map(
            |Location {
                 line,
                 end_line,
                 col,
                 end_col,
             }| {
                vm.tuple_value([part(line), part(end_line), part(col), part(end_col)])
            },
        )
        .collect();
    vm.iter(&vm.list_from(rows)?.into_value())
}
