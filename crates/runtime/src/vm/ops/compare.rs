//! Comparisons, identity, membership.

use super::macros::{next, op};
use super::native::class_word;
use crate::object::set::Set;
use crate::object::value::{are_small_floats, float_of_word};
use crate::object::{CompareOp, Dict, Object, Str, Value};
use crate::vm::Vm;
use crate::vm::instr::{Fp, Handler, Pc, Sp};

const OPS: [CompareOp; 6] = [
    CompareOp::Lt,
    CompareOp::Le,
    CompareOp::Eq,
    CompareOp::Ne,
    CompareOp::Gt,
    CompareOp::Ge,
];

/// The handler of `COMPARE_OP` for an operator.
pub fn handler(arg: u32) -> Handler {
    match arg {
        0 => compare::<0>,
        1 => compare::<1>,
        2 => compare::<2>,
        3 => compare::<3>,
        4 => compare::<4>,
        _ => compare::<5>,
    }
}

/// The handler of `COMPARE_OP` followed by `POP_JUMP_IF_TRUE` or `…_FALSE`: both in one.
pub fn fused_handler(arg: u32, sense: bool) -> Handler {
    match (arg, sense) {
        (0, false) => compare_jump::<0, false>,
        (1, false) => compare_jump::<1, false>,
        (2, false) => compare_jump::<2, false>,
        (3, false) => compare_jump::<3, false>,
        (4, false) => compare_jump::<4, false>,
        (_, false) => compare_jump::<5, false>,
        (0, true) => compare_jump::<0, true>,
        (1, true) => compare_jump::<1, true>,
        (2, true) => compare_jump::<2, true>,
        (3, true) => compare_jump::<3, true>,
        (4, true) => compare_jump::<4, true>,
        (_, true) => compare_jump::<5, true>,
    }
}

/// True if the handler is one of [`fused_handler`].
pub fn is_fused(handler: Handler) -> bool {
    (0..6).any(|arg| {
        let mut fused = [true, false]
            .map(|sense| fused_handler(arg, sense))
            .into_iter();
        fused.any(|fused| std::ptr::fn_addr_eq(fused, handler))
    })
}

#[inline(always)]
fn holds<const OP: u8, T: PartialOrd>(a: T, b: T) -> bool {
    match OP {
        0 => a < b,
        1 => a <= b,
        2 => a == b,
        3 => a != b,
        4 => a > b,
        _ => a >= b,
    }
}

op!(compare_slow, 2, |vm, stack, arg, _fp| {
    let b = stack.pop();
    let a = stack.pop();
    let result = vm.compare(&a, &b, OPS[arg as usize])?;
    drop(a);
    drop(b);
    stack.push(result);
    Ok(())
});

/// Whether two strings, both of which somebody else holds too, are equal; None of anything else.  Where there
/// is an answer, both references are gone.
#[inline(always)]
unsafe fn equal_strings(vm: &Vm, a: u64, b: u64) -> Option<bool> {
    // SAFETY: the words are live values'; classes are compared before the payload is read.
    unsafe {
        let str_class = vm.types.str.as_value().word();
        if (a | b) & 7 != 0 || class_word(a) != str_class || class_word(b) != str_class {
            return None;
        }
        let (left, right) = (&*(a as *const Object<Str>), &*(b as *const Object<Str>));
        // Neither dies here if both have another reference.
        let least = if a == b { 3 } else { 2 };
        if left.header().count() < least || right.header().count() < least {
            return None;
        }
        let equal = a == b || left.payload().equals(right.payload());
        left.header().decrement();
        right.header().decrement();
        Some(equal)
    }
}

/// [`compare_jump`] of two strings for equality, and what is not immediate in general.
#[inline(never)]
unsafe fn compare_jump_other<const OP: u8, const SENSE: bool>(
    vm: &Vm,
    pc: Pc,
    sp: Sp,
    fp: Fp,
) -> u64 {
    // SAFETY: the contract of handlers; the jump is the instruction behind the cache.
    unsafe {
        if (OP == 2 || OP == 3)
            && let Some(equal) = equal_strings(vm, *sp.sub(2), *sp.sub(1))
        {
            let jump = pc.add(2);
            let next = if (equal == (OP == 2)) == SENSE {
                super::jump::target(jump)
            } else {
                jump.add(1)
            };
            next!(vm, next, sp.sub(2), fp);
        }
        compare_other::<OP>(vm, pc, sp, fp)
    }
}

/// Equality of two strings, and what is not immediate in general; whatever the operands are, the
/// instruction goes on as if it were not fused.
#[inline(never)]
unsafe fn compare_other<const OP: u8>(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers; classes are compared before the payload is read.
    unsafe {
        let a = *sp.sub(2);
        let b = *sp.sub(1);
        if (OP == 2 || OP == 3)
            && let Some(equal) = equal_strings(vm, a, b)
        {
            *sp.sub(2) = Value::bool(equal == (OP == 2)).word();
            next!(vm, pc.add(2), sp.sub(1), fp);
        }
        if a & 7 != 0 && b & 7 != 0 && a & 3 != 0 && b & 3 != 0 {
            // A small integer that a double holds exactly, and a float.
            let side = |word: u64| {
                if word & 1 == 1 {
                    let i = word as i64 >> 1;
                    (i.unsigned_abs() < 1 << 53).then_some(i as f64)
                } else {
                    Some(float_of_word(word))
                }
            };
            if let (Some(x), Some(y)) = (side(a), side(b)) {
                *sp.sub(2) = Value::bool(holds::<OP, f64>(x, y)).word();
                next!(vm, pc.add(2), sp.sub(1), fp);
            }
        }
        compare_slow(vm, pc, sp, fp)
    }
}

unsafe fn compare<const OP: u8>(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers.
    unsafe {
        let a = *sp.sub(2);
        let b = *sp.sub(1);
        let result = if a & b & 1 == 1 {
            holds::<OP, i64>(a as i64, b as i64)
        } else if are_small_floats(a, b) {
            holds::<OP, f64>(float_of_word(a), float_of_word(b))
        } else {
            return compare_other::<OP>(vm, pc, sp, fp);
        };
        *sp.sub(2) = Value::bool(result).word();
        next!(vm, pc.add(2), sp.sub(1), fp)
    }
}

unsafe fn compare_jump<const OP: u8, const SENSE: bool>(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers; the jump is the instruction behind the cache.
    unsafe {
        let a = *sp.sub(2);
        let b = *sp.sub(1);
        let result = if a & b & 1 == 1 {
            holds::<OP, i64>(a as i64, b as i64)
        } else if are_small_floats(a, b) {
            holds::<OP, f64>(float_of_word(a), float_of_word(b))
        } else {
            return compare_jump_other::<OP, SENSE>(vm, pc, sp, fp);
        };
        let jump = pc.add(2);
        let next = if result == SENSE {
            super::jump::target(jump)
        } else {
            jump.add(1)
        };
        next!(vm, next, sp.sub(2), fp)
    }
}

op!(is_op_slow, 1, |_vm, stack, arg, _fp| {
    let b = stack.pop();
    let a = stack.pop();
    let same = a.is(&b);
    drop(a);
    drop(b);
    stack.push(Value::bool(same != (arg == 1)));
    Ok(())
});

pub unsafe fn is_op(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers.
    unsafe {
        let a = *sp.sub(2);
        let b = *sp.sub(1);
        if b & 7 != 0 {
            // `is None`, mostly.
            if a & 7 == 0 {
                let header = &*(a as *const heap::Header);
                if header.count() < 2 {
                    return is_op_slow(vm, pc, sp, fp);
                }
                header.decrement();
            }
            *sp.sub(2) = Value::bool((a == b) != ((*pc).arg.get() == 1)).word();
            next!(vm, pc.add(1), sp.sub(1), fp);
        }
        // Counting down what stays above zero needs no release.
        let least = if a == b { 3 } else { 2 };
        for word in [a, b] {
            if word & 7 == 0 && (*(word as *const heap::Header)).count() < least {
                return is_op_slow(vm, pc, sp, fp);
            }
        }
        for word in [a, b] {
            if word & 7 == 0 {
                (*(word as *const heap::Header)).decrement();
            }
        }
        *sp.sub(2) = Value::bool((a == b) != ((*pc).arg.get() == 1)).word();
        next!(vm, pc.add(1), sp.sub(1), fp)
    }
}

/// Membership of plain keys in dicts.
pub unsafe fn contains_op(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers; the class is compared before the payload is read.
    unsafe {
        let container = *sp.sub(1);
        let item = *sp.sub(2);
        if container & 7 == 0
            && class_word(container) == vm.types.dict.as_value().word()
            && (*(container as *const heap::Header)).count() > 1
            && (item & 1 == 1 || item & 7 == 0 && (*(item as *const heap::Header)).count() > 1)
        {
            let dict = (*(container as *const Object<Dict>)).payload();
            if let Some(found) = dict.holds_plain(vm, Value::from_slot(&*sp.sub(2))) {
                if item & 7 == 0 {
                    (*(item as *const heap::Header)).decrement();
                }
                (*(container as *const heap::Header)).decrement();
                *sp.sub(2) = Value::bool(found != ((*pc).arg.get() == 1)).word();
                next!(vm, pc.add(2), sp.sub(1), fp);
            }
        }
        contains_other(vm, pc, sp, fp)
    }
}

/// Membership of plain keys in sets, and what is not in a dict.
#[inline(never)]
unsafe fn contains_other(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: as for `contains_op`.
    unsafe {
        let container = *sp.sub(1);
        let item = *sp.sub(2);
        if container & 7 == 0
            && (class_word(container) == vm.types.set.as_value().word()
                || class_word(container) == vm.types.frozenset.as_value().word())
            && (*(container as *const heap::Header)).count() > 1
            && (item & 1 == 1 || item & 7 == 0 && (*(item as *const heap::Header)).count() > 1)
        {
            let set = (*(container as *const Object<Set>)).payload();
            if let Some(found) = set.holds_plain(vm, Value::from_slot(&*sp.sub(2))) {
                if item & 7 == 0 {
                    (*(item as *const heap::Header)).decrement();
                }
                (*(container as *const heap::Header)).decrement();
                *sp.sub(2) = Value::bool(found != ((*pc).arg.get() == 1)).word();
                next!(vm, pc.add(2), sp.sub(1), fp);
            }
        }
        if (item | container) & 7 == 0
            && class_word(container) == vm.types.str.as_value().word()
            && class_word(item) == vm.types.str.as_value().word()
        {
            return contains_text(vm, pc, sp, fp);
        }
        contains_slow(vm, pc, sp, fp)
    }
}

/// `a in b` of two strings that somebody else holds too.
#[inline(never)]
unsafe fn contains_text(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: as for `contains_op`; both are strings.
    unsafe {
        let (text, part) = (
            &*(*sp.sub(1) as *const Object<Str>),
            &*(*sp.sub(2) as *const Object<Str>),
        );
        let least = if std::ptr::eq(text, part) { 3 } else { 2 };
        if text.header().count() < least || part.header().count() < least {
            return contains_slow(vm, pc, sp, fp);
        }
        let found = crate::types::str::operators::holds(text.payload(), part.payload());
        text.header().decrement();
        part.header().decrement();
        *sp.sub(2) = Value::bool(found != ((*pc).arg.get() == 1)).word();
        next!(vm, pc.add(2), sp.sub(1), fp)
    }
}

op!(contains_slow, 2, |vm, stack, arg, _fp| {
    let container = stack.pop();
    let item = stack.pop();
    let found = vm.contains(&container, &item)?;
    drop(item);
    drop(container);
    stack.push(Value::bool(found != (arg == 1)));
    Ok(())
});
