//! Unary and binary operators.
//!
//! Each operator has its own handler, chosen when the code is widened: it tries two immediate
//! integers, then two immediate floats, and leaves everything else to the protocol.

use bytecode::opcode::nb;

use super::macros::{next, op};
use crate::object::value::{are_small_floats, float_of_word, small_float_word};
use crate::object::{PyResult, Value};
use crate::protocol::number::BinaryOp;
use crate::vm::Vm;
use crate::vm::instr::{Fp, Handler, Pc, Sp};

/// The handler of `BINARY_OP` for an operator.
pub fn binary_handler(arg: u32) -> Handler {
    match arg {
        nb::ADD => add,
        ADD_INPLACE => add_inplace,
        nb::SUBTRACT => subtract,
        nb::MULTIPLY => multiply,
        SUBTRACT_INPLACE => subtract_inplace,
        MULTIPLY_INPLACE => multiply_inplace,
        nb::AND | AND_INPLACE => and,
        nb::OR | OR_INPLACE => or,
        nb::XOR | XOR_INPLACE => xor,
        nb::REMAINDER | REMAINDER_INPLACE => remainder,
        nb::FLOOR_DIVIDE | FLOOR_DIVIDE_INPLACE => floor_divide,
        nb::RSHIFT | RSHIFT_INPLACE => rshift,
        nb::LSHIFT | LSHIFT_INPLACE => lshift,
        nb::TRUE_DIVIDE | TRUE_DIVIDE_INPLACE => true_divide,
        _ => binary_slow,
    }
}

const ADD_INPLACE: u32 = nb::ADD + 13;
const SUBTRACT_INPLACE: u32 = nb::SUBTRACT + 13;
const MULTIPLY_INPLACE: u32 = nb::MULTIPLY + 13;
const AND_INPLACE: u32 = nb::AND + 13;
const OR_INPLACE: u32 = nb::OR + 13;
const XOR_INPLACE: u32 = nb::XOR + 13;
const REMAINDER_INPLACE: u32 = nb::REMAINDER + 13;
const FLOOR_DIVIDE_INPLACE: u32 = nb::FLOOR_DIVIDE + 13;
const RSHIFT_INPLACE: u32 = nb::RSHIFT + 13;
const LSHIFT_INPLACE: u32 = nb::LSHIFT + 13;
const TRUE_DIVIDE_INPLACE: u32 = nb::TRUE_DIVIDE + 13;

fn operator(arg: u32) -> Option<&'static BinaryOp> {
    Some(match arg % 13 {
        nb::ADD => &BinaryOp::ADD,
        nb::AND => &BinaryOp::AND,
        nb::FLOOR_DIVIDE => &BinaryOp::FLOOR_DIVIDE,
        nb::LSHIFT => &BinaryOp::LSHIFT,
        nb::MATRIX_MULTIPLY => &BinaryOp::MATRIX_MULTIPLY,
        nb::MULTIPLY => &BinaryOp::MULTIPLY,
        nb::REMAINDER => &BinaryOp::REMAINDER,
        nb::OR => &BinaryOp::OR,
        nb::RSHIFT => &BinaryOp::RSHIFT,
        nb::SUBTRACT => &BinaryOp::SUBTRACT,
        nb::TRUE_DIVIDE => &BinaryOp::TRUE_DIVIDE,
        nb::XOR => &BinaryOp::XOR,
        _ => return None,
    })
}

/// Any operator on any operands.
pub fn binary(vm: &Vm, arg: u32, a: &Value, b: &Value) -> PyResult {
    match (operator(arg), arg >= 13) {
        (Some(op), false) => vm.binary(op, a, b),
        (Some(op), true) => vm.binary_inplace(op, a, b),
        (None, false) => vm.power(a, b, &Value::NONE),
        (None, true) => vm.power_inplace(a, b),
    }
}

op!(pub_binary_slow, 2, |vm, stack, arg, _fp| {
    let b = stack.pop();
    let a = stack.pop();
    let result = binary(vm, arg, &a, &b)?;
    // CPython drops the left operand first.
    drop(a);
    drop(b);
    stack.push(result);
    Ok(())
});
use pub_binary_slow as binary_slow;

// Adds strings whose left operand dies with the operation in place where that is possible.
op!(add_slow, 2, |vm, stack, arg, fp| {
    let b = stack.pop();
    let a = stack.pop();
    let str_class = vm.types.str.as_value();
    if vm.class_of(&a).as_value().is(str_class) && vm.class_of(&b).as_value().is(str_class) {
        release_variable_behind(vm, &a, fp);
        let result = vm.str_concat(a, &b)?;
        stack.push(result);
        return Ok(());
    }
    let result = binary(vm, arg, &a, &b)?;
    drop(a);
    drop(b);
    stack.push(result);
    Ok(())
});

/// In `s = s + t` and `s += t` the variable's own reference is given up before the addition (the
/// next instruction stores the result there), so that the string can grow in place.
fn release_variable_behind(vm: &Vm, left: &Value, fp: Fp) {
    let Some(frame) = vm.current_frame() else {
        return;
    };
    let code = frame.code();
    let next = frame.index() as usize + 2;
    let Some(instr) = code.data.instructions.get(next) else {
        return;
    };
    if instr.op != bytecode::Opcode::STORE_FAST {
        return;
    }
    // SAFETY: the verifier checked the index; the variable's reference to the same object is
    // dropped while the operand still holds another.
    unsafe {
        let place = fp.add(instr.arg as usize);
        if *place == left.word() && left.is_heap() {
            *place = 0;
            (*(left.word() as *const heap::Header)).decrement();
        }
    }
}

macro_rules! float_fast {
    ($vm:ident, $pc:ident, $sp:ident, $fp:ident, $a:ident, $b:ident, $operator:tt) => {
        if are_small_floats($a, $b) {
            if let Some(word) = small_float_word(float_of_word($a) $operator float_of_word($b)) {
                *$sp.sub(2) = word;
                next!($vm, $pc.add(2), $sp.sub(1), $fp);
            }
        }
    };
}

/// An integer and a float, in a handler of its own so that the others need no registers for it.
macro_rules! mixed {
    ($name:ident, $slow:ident, $operator:tt) => {
        #[inline(never)]
        unsafe fn $name(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
            // SAFETY: the contract of handlers.
            unsafe {
                let (a, b) = (*sp.sub(2), *sp.sub(1));
                if a & b & 1 == 0
                    && let (Some(x), Some(y)) = (as_double(a), as_double(b))
                    && let Some(word) = small_float_word(x $operator y)
                {
                    *sp.sub(2) = word;
                    next!(vm, pc.add(2), sp.sub(1), fp);
                }
                $slow(vm, pc, sp, fp)
            }
        }
    };
}

mixed!(add_mixed, add_slow, +);
mixed!(subtract_mixed, binary_slow, -);
mixed!(multiply_mixed, binary_slow, *);

/// An operand as a double: an immediate float, or an immediate integer that a double holds exactly.
#[inline(always)]
fn as_double(word: u64) -> Option<f64> {
    if word & 1 == 1 {
        let i = word as i64 >> 1;
        if i.unsigned_abs() < 1 << 53 {
            Some(i as f64)
        } else {
            None
        }
    } else if word & 3 == 2 {
        Some(float_of_word(word))
    } else {
        None
    }
}

macro_rules! arithmetic {
    ($name:ident, $slow:ident, |$a:ident, $b:ident| $int:expr, $operator:tt) => {
        pub unsafe fn $name(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
            // SAFETY: the contract of handlers.
            unsafe {
                let $a = *sp.sub(2);
                let $b = *sp.sub(1);
                if $a & $b & 1 == 1
                    && let Some(word) = $int
                {
                    *sp.sub(2) = word as u64;
                    next!(vm, pc.add(2), sp.sub(1), fp);
                }
                float_fast!(vm, pc, sp, fp, $a, $b, $operator);
                $slow(vm, pc, sp, fp)
            }
        }
    };
}

// A tagged integer i is 2i + 1: (2a + 1) - 1 + (2b + 1) = 2(a + b) + 1, and the overflow of the
// word is the overflow of the 63 bits.
arithmetic!(add, add_mixed, |a, b| (a as i64 - 1).checked_add(b as i64), +);
arithmetic!(add_inplace, add_mixed, |a, b| (a as i64 - 1).checked_add(b as i64), +);
arithmetic!(subtract, subtract_mixed, |a, b| (a as i64).checked_sub(b as i64 - 1), -);
arithmetic!(subtract_inplace, subtract_mixed, |a, b| (a as i64).checked_sub(b as i64 - 1), -);
arithmetic!(multiply, multiply_mixed, |a, b| (a as i64 - 1).checked_mul(b as i64 >> 1).map(|w| w + 1), *);
arithmetic!(multiply_inplace, multiply_mixed, |a, b| (a as i64 - 1).checked_mul(b as i64 >> 1).map(|w| w + 1), *);

pub unsafe fn true_divide(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers.
    unsafe {
        let a = *sp.sub(2);
        let b = *sp.sub(1);
        if are_small_floats(a, b) {
            let divisor = float_of_word(b);
            if divisor != 0.0
                && let Some(word) = small_float_word(float_of_word(a) / divisor)
            {
                *sp.sub(2) = word;
                next!(vm, pc.add(2), sp.sub(1), fp);
            }
        }
        divide_other(vm, pc, sp, fp)
    }
}

/// Division with an integer.  Integers that doubles hold exactly divide as CPython's do, rounded
/// once.
#[inline(never)]
unsafe fn divide_other(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers.
    unsafe {
        if let (Some(x), Some(y)) = (as_double(*sp.sub(2)), as_double(*sp.sub(1)))
            && y != 0.0
            && let Some(word) = small_float_word(x / y)
        {
            *sp.sub(2) = word;
            next!(vm, pc.add(2), sp.sub(1), fp);
        }
        binary_slow(vm, pc, sp, fp)
    }
}

macro_rules! int_only {
    ($name:ident, |$a:ident, $b:ident| $int:expr) => {
        pub unsafe fn $name(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
            // SAFETY: the contract of handlers.
            unsafe {
                let $a = *sp.sub(2);
                let $b = *sp.sub(1);
                if $a & $b & 1 == 1
                    && let Some(word) = $int
                {
                    *sp.sub(2) = word;
                    next!(vm, pc.add(2), sp.sub(1), fp);
                }
                binary_slow(vm, pc, sp, fp)
            }
        }
    };
}

#[inline(always)]
fn tagged(i: i64) -> u64 {
    (i as u64) << 1 | 1
}

int_only!(and, |a, b| Some(a & b));
int_only!(or, |a, b| Some(a | b));
int_only!(xor, |a, b| Some(a ^ b | 1));
int_only!(remainder, |a, b| {
    let (x, y) = (a as i64 >> 1, b as i64 >> 1);
    if y == 0 || y == -1 {
        None
    } else {
        let r = x % y;
        Some(tagged(if r != 0 && (r ^ y) < 0 { r + y } else { r }))
    }
});
int_only!(floor_divide, |a, b| {
    let (x, y) = (a as i64 >> 1, b as i64 >> 1);
    if y == 0 || y == -1 {
        None
    } else {
        let q = x / y;
        Some(tagged(if x % y != 0 && (x ^ y) < 0 { q - 1 } else { q }))
    }
});
int_only!(rshift, |a, b| {
    let (x, y) = (a as i64 >> 1, b as i64 >> 1);
    if y < 0 {
        None
    } else {
        Some(tagged(x >> y.min(63)))
    }
});
int_only!(lshift, |a, b| {
    let (x, y) = (a as i64 >> 1, b as i64 >> 1);
    if !(0..62).contains(&y) {
        None
    } else {
        let shifted = x << y;
        if shifted >> y == x {
            crate::object::value::small_int_word(shifted)
        } else {
            None
        }
    }
});

op!(unary_negative, 1, |vm, stack, _arg, _fp| {
    let value = stack.pop();
    if let Some(i) = value.as_small_int()
        && let Some(word) = crate::object::value::small_int_word(-i)
    {
        stack.push_word(word);
        return Ok(());
    }
    let result = vm.negative(&value)?;
    drop(value);
    stack.push(result);
    Ok(())
});

op!(unary_invert, 1, |vm, stack, _arg, _fp| {
    let value = stack.pop();
    let result = vm.invert(&value)?;
    drop(value);
    stack.push(result);
    Ok(())
});

op!(unary_not_slow, 1, |vm, stack, _arg, _fp| {
    let value = stack.pop();
    let truth = vm.truth(&value)?;
    drop(value);
    stack.push(Value::bool(!truth));
    Ok(())
});

pub unsafe fn unary_not(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers.
    unsafe {
        let word = *sp.sub(1);
        let not = if word == Value::TRUE.word() {
            Value::FALSE.word()
        } else if word == Value::FALSE.word() || word == Value::NONE.word() {
            Value::TRUE.word()
        } else {
            return unary_not_slow(vm, pc, sp, fp);
        };
        *sp.sub(1) = not;
        next!(vm, pc.add(1), sp, fp)
    }
}
