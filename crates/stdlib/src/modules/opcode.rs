//! `_opcode`: the opcode table, which `opcode` and `dis` are built on.

use bytecode::opcode::{BINARY_OPS, COMPARE_OPS, INTRINSICS_1, INTRINSICS_2, Opcode, Operand};
use runtime::Vm;
use runtime::modules::NativeModule;
use runtime::object::{MethodDef, PyResult, Value};

/// The module.
pub static MODULE: NativeModule = NativeModule::new(
    "_opcode",
    "Opcode support module.",
    &[
        MethodDef::bound(
            "table",
            "($module, /)",
            "The opcodes: (name, number, meaning of the argument, cache units) each.",
            table,
        ),
        MethodDef::bound(
            "operators",
            "($module, /)",
            "What the arguments of COMPARE_OP, BINARY_OP and the two CALL_INTRINSICs stand for.",
            operators,
        ),
        MethodDef::bound(
            "stack_effect",
            "($module, opcode, oparg=None, /, *, jump=None)",
            "Compute the stack effect of the opcode.",
            stack_effect,
        ),
        MethodDef::bound(
            "get_specialization_stats",
            "($module, /)",
            "Return the specialization stats",
            |_, _| Ok(Value::NONE),
        ),
    ],
);

/// What an argument is, by the lists of the module `dis` that it is found in.
fn label(op: Opcode) -> &'static str {
    match op.operand() {
        Operand::None => "",
        Operand::Const => "const",
        Operand::Name | Operand::NameShift1 | Operand::NameShift2 => "name",
        Operand::Local => "local",
        Operand::Deref => "free",
        Operand::Jump => "jump",
        Operand::Compare => "compare",
        Operand::Count
        | Operand::StackPos
        | Operand::Flags
        | Operand::Invert
        | Operand::BinaryOp
        | Operand::Intrinsic1
        | Operand::Intrinsic2 => "number",
    }
}

fn table(vm: &Vm, _args: &[Value]) -> PyResult {
    let rows: Vec<Value> = Opcode::ALL
        .iter()
        .map(|&op| {
            vm.tuple_value([
                vm.str_value(op.name()),
                vm.int(i64::from(op as u8)),
                vm.str_value(label(op)),
                vm.int(i64::from(op.cache())),
            ])
        })
        .collect();
    Ok(vm.list_from(rows)?.into_value())
}

fn operators(vm: &Vm, _args: &[Value]) -> PyResult {
    let lists: [&[&str]; 4] = [&COMPARE_OPS, &BINARY_OPS, &INTRINSICS_1, &INTRINSICS_2];
    let mut values = Vec::with_capacity(lists.len());
    for names in lists {
        let names: Vec<Value> = names.iter().map(|name| vm.str_value(name)).collect();
        values.push(vm.list_from(names)?.into_value());
    }
    Ok(vm.list_from(values)?.into_value())
}

/// The deeper of the effects with and without a jump, where `jump` is None.
/// The number of `EXTENDED_ARG`, which only the compact form has.
const EXTENDED_ARG: i32 = 144;

fn stack_effect(vm: &Vm, args: &[Value]) -> PyResult {
    let number = vm.arg_int(&args[1])?;
    let given = args[2].given_not_none();
    let wants_jump = match args[3].given() {
        None => None,
        Some(jump) if jump.is_none() => None,
        Some(jump) if jump.is(&Value::TRUE) => Some(true),
        Some(jump) if jump.is(&Value::FALSE) => Some(false),
        Some(_) => {
            return Err(vm.value_error("stack_effect: jump must be False, True or None"));
        }
    };
    let op = u8::try_from(number).ok().and_then(Opcode::from_number);
    let takes = number == EXTENDED_ARG || op.is_some_and(|op| op.operand() != Operand::None);
    let arg = match given {
        None if takes => {
            return Err(
                vm.value_error("stack_effect: opcode requires oparg but oparg was not specified")
            );
        }
        Some(_) if !takes => {
            return Err(vm.value_error(
                "stack_effect: opcode does not permit oparg but oparg was specified",
            ));
        }
        None => 0,
        Some(arg) => vm.arg_int(arg)?.cast_unsigned(),
    };
    if number == EXTENDED_ARG {
        return Ok(vm.int(0));
    }
    let Some(op) = op else {
        return Err(vm.value_error("invalid opcode or oparg"));
    };
    let depth =
        |effect: bytecode::opcode::Effect| i64::from(effect.pushes) - i64::from(effect.pops);
    let (next, jump) = (depth(op.effect(arg)), depth(op.jump_effect(arg)));
    Ok(vm.int(match wants_jump {
        None => next.max(jump),
        Some(true) => jump,
        Some(false) => next,
    }))
}
