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
            "effect",
            "($module, opcode, arg, jump, /)",
            "The change of the stack's depth, or None if there is no such opcode.",
            effect,
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
fn effect(vm: &Vm, args: &[Value]) -> PyResult {
    let overflow = &vm.types.exceptions.overflow_error;
    let number = vm.index_isize(&args[1], overflow)?;
    let arg = u32::try_from(vm.index_isize(&args[2], overflow)?).unwrap_or(u32::MAX);
    let Some(op) = u8::try_from(number).ok().and_then(Opcode::from_number) else {
        return Ok(Value::NONE);
    };
    let depth =
        |effect: bytecode::opcode::Effect| i64::from(effect.pushes) - i64::from(effect.pops);
    let (next, jump) = (depth(op.effect(arg)), depth(op.jump_effect(arg)));
    let change = if args[3].is_none() {
        next.max(jump)
    } else if vm.truth(&args[3])? {
        jump
    } else {
        next
    };
    Ok(vm.int(change))
}
