//! The operators of `float`.
//!
//! As with `int`, each function has the shape of its slot; two immediates come first.  An `int`
//! operand is converted, which may overflow.

use std::cmp::Ordering;

use crate::object::{CompareOp, IntView, PyResult, Value};
use crate::types::int::{self, big};
use crate::vm::Vm;

/// The operands as floats; None if one is neither float nor integer.
fn convert(vm: &Vm, a: &Value, b: &Value) -> PyResult<Option<(f64, f64)>> {
    let one = |value: &Value| match value.as_float() {
        Some(x) => Ok(Some(x)),
        None => match value.as_int() {
            Some(view) => vm.view_to_f64(view).map(Some),
            None => Ok(None),
        },
    };
    let Some(x) = one(a)? else { return Ok(None) };
    Ok(one(b)?.map(|y| (x, y)))
}

#[inline]
fn both_small(a: &Value, b: &Value) -> Option<(f64, f64)> {
    Some((a.as_small_float()?, b.as_small_float()?))
}

macro_rules! simple_operators {
    ($($(#[$doc:meta])* $name:ident $op:tt;)*) => {
        $($(#[$doc])*
        #[inline]
        pub fn $name(vm: &Vm, a: &Value, b: &Value) -> PyResult {
            #[inline(never)]
            fn any(vm: &Vm, a: &Value, b: &Value) -> PyResult {
                Ok(match convert(vm, a, b)? {
                    Some((x, y)) => vm.float(x $op y),
                    None => Value::NOT_IMPLEMENTED,
                })
            }
            match both_small(a, b) {
                Some((x, y)) => Ok(vm.float(x $op y)),
                None => any(vm, a, b),
            }
        })*
    };
}

simple_operators! {
    /// `a + b`.
    add +;
    /// `a - b`.
    sub -;
    /// `a * b`.
    mul *;
}

/// `a / b`.
#[inline]
pub fn true_div(vm: &Vm, a: &Value, b: &Value) -> PyResult {
    let (x, y) = match both_small(a, b) {
        Some(both) => both,
        None => match convert(vm, a, b)? {
            Some(both) => both,
            None => return Ok(Value::NOT_IMPLEMENTED),
        },
    };
    if y == 0.0 {
        return Err(vm.zero_division_error("float division by zero"));
    }
    Ok(vm.float(x / y))
}

/// Quotient rounded down and rest with the sign of `y`, which is not zero.
fn floor_div_mod(x: f64, y: f64) -> (f64, f64) {
    let mut rest = x % y;
    let mut quotient = (x - rest) / y;
    if rest != 0.0 {
        if (y < 0.0) != (rest < 0.0) {
            rest += y;
            quotient -= 1.0;
        }
    } else {
        rest = 0f64.copysign(y);
    }
    let floor = if quotient != 0.0 {
        let floor = quotient.floor();
        if quotient - floor > 0.5 {
            floor + 1.0
        } else {
            floor
        }
    } else {
        0f64.copysign(x / y)
    };
    (floor, rest)
}

/// `a // b`.
pub fn floor_div(vm: &Vm, a: &Value, b: &Value) -> PyResult {
    match convert(vm, a, b)? {
        Some((_, 0.0)) => Err(vm.zero_division_error("float floor division by zero")),
        Some((x, y)) => Ok(vm.float(floor_div_mod(x, y).0)),
        None => Ok(Value::NOT_IMPLEMENTED),
    }
}

/// `a % b`.
pub fn modulo(vm: &Vm, a: &Value, b: &Value) -> PyResult {
    match convert(vm, a, b)? {
        Some((_, 0.0)) => Err(vm.zero_division_error("float modulo")),
        Some((x, y)) => {
            let mut rest = x % y;
            if rest != 0.0 {
                if (y < 0.0) != (rest < 0.0) {
                    rest += y;
                }
            } else {
                rest = 0f64.copysign(y);
            }
            Ok(vm.float(rest))
        }
        None => Ok(Value::NOT_IMPLEMENTED),
    }
}

/// `divmod(a, b)`.
pub fn divmod(vm: &Vm, a: &Value, b: &Value) -> PyResult {
    match convert(vm, a, b)? {
        Some((_, 0.0)) => Err(vm.zero_division_error("float divmod()")),
        Some((x, y)) => {
            let (quotient, rest) = floor_div_mod(x, y);
            Ok(vm.tuple_value([vm.float(quotient), vm.float(rest)]))
        }
        None => Ok(Value::NOT_IMPLEMENTED),
    }
}

/// `a ** b`.
pub(super) fn power(vm: &Vm, a: &Value, b: &Value, c: &Value) -> PyResult {
    if !c.is_none() {
        return Err(
            vm.type_error("pow() 3rd argument not allowed unless all arguments are integers")
        );
    }
    match convert(vm, a, b)? {
        Some((x, y)) => power_of(vm, x, y),
        None => Ok(Value::NOT_IMPLEMENTED),
    }
}

/// `x ** y`: a float, or a complex number for a negative base with a fractional exponent.
pub fn power_of(vm: &Vm, x: f64, y: f64) -> PyResult {
    let odd = y.abs() % 2.0 == 1.0;
    let result = if y == 0.0 || x == 1.0 {
        1.0
    } else if x.is_nan() || y.is_nan() {
        x + y
    } else if y.is_infinite() {
        let x = x.abs();
        if x == 1.0 {
            1.0
        } else if (y > 0.0) == (x > 1.0) {
            f64::INFINITY
        } else {
            0.0
        }
    } else if x.is_infinite() {
        match (y > 0.0, odd) {
            (true, true) => x,
            (true, false) => x.abs(),
            (false, true) => 0f64.copysign(x),
            (false, false) => 0.0,
        }
    } else if x == 0.0 {
        if y < 0.0 {
            return Err(vm.zero_division_error("0.0 cannot be raised to a negative power"));
        }
        if odd { x } else { 0.0 }
    } else {
        if x < 0.0 && y != y.floor() {
            return crate::types::complex::power_of(vm, (x, 0.0), (y, 0.0));
        }
        let magnitude = x.abs().powf(y);
        if magnitude.is_infinite() {
            return Err(range_error(vm));
        }
        if x < 0.0 && odd {
            -magnitude
        } else {
            magnitude
        }
    };
    Ok(vm.float(result))
}

/// Raises what the C library's ERANGE becomes.
#[cold]
pub fn range_error(vm: &Vm) -> crate::Raised {
    let args = [
        Value::small_int(34),
        vm.str_value("Numerical result out of range"),
    ];
    let error = vm.new_exception(&vm.types.exceptions.overflow_error, &args);
    vm.raise_value(error)
}

/// `-a`.
pub(super) fn negative(vm: &Vm, a: &Value) -> PyResult {
    Ok(a.as_float()
        .map_or(Value::NOT_IMPLEMENTED, |x| vm.float(-x)))
}

/// `abs(a)`.
pub(super) fn absolute(vm: &Vm, a: &Value) -> PyResult {
    Ok(a.as_float()
        .map_or(Value::NOT_IMPLEMENTED, |x| vm.float(x.abs())))
}

/// The six comparisons, exact against integers of any size.
pub(super) fn compare(_vm: &Vm, a: &Value, b: &Value, op: CompareOp) -> PyResult {
    let Some(x) = a.as_float() else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    let ordering = if let Some(y) = b.as_float() {
        x.partial_cmp(&y)
    } else if let Some(n) = b.as_int() {
        compare_with_int(x, n)
    } else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    Ok(Value::bool(match ordering {
        Some(ordering) => op.holds(ordering),
        None => op == CompareOp::Ne,
    }))
}

/// The exact order of a float and an integer; None for a NaN.
pub fn compare_with_int(x: f64, n: IntView<'_>) -> Option<Ordering> {
    const EXACT: u64 = 1 << 53;
    if let IntView::Small(i) = n
        && i.unsigned_abs() <= EXACT
    {
        return x.partial_cmp(&(i as f64));
    }
    if x.is_nan() {
        return None;
    }
    if x.is_infinite() {
        return Some(if x > 0.0 {
            Ordering::Greater
        } else {
            Ordering::Less
        });
    }
    let whole = big::from_f64(x);
    let order = int::compare_views(whole.view(), n);
    Some(order.then_with(|| x.fract().partial_cmp(&0.0).unwrap_or(Ordering::Equal)))
}

/// Mantissa from 0.5 to 1 (or 0) and exponent of a finite float.
pub fn frexp(x: f64) -> (f64, i32) {
    if x == 0.0 || !x.is_finite() {
        return (x, 0);
    }
    let bits = x.to_bits();
    let power = (bits >> 52 & 0x7FF) as i32;
    if power == 0 {
        let (mantissa, exponent) = frexp(x * (1u64 << 54) as f64);
        return (mantissa, exponent - 54);
    }
    let mantissa = f64::from_bits(bits & !(0x7FF << 52) | 1022 << 52);
    (mantissa, power - 1022)
}

pub(super) fn hash(vm: &Vm, a: &Value) -> PyResult<i64> {
    Ok(match a.as_float() {
        Some(x) if x.is_nan() => vm.hash_address(a),
        Some(x) => hash_f64(x),
        None => 0,
    })
}

/// The hash of a float that is no NaN: that of the equal rational number.
pub fn hash_f64(x: f64) -> i64 {
    const BITS: u32 = 61;
    if x.is_infinite() {
        return if x > 0.0 { 314_159 } else { -314_159 };
    }
    let (mantissa, mut exponent) = frexp(x);
    let mut mantissa = mantissa.abs();
    let mut hash = 0u64;
    while mantissa != 0.0 {
        hash = (hash << 28) & int::HASH_MODULUS | hash >> (BITS - 28);
        mantissa *= f64::from(1 << 28);
        exponent -= 28;
        let digit = mantissa as u64;
        mantissa -= digit as f64;
        hash += digit;
        if hash >= int::HASH_MODULUS {
            hash -= int::HASH_MODULUS;
        }
    }
    let turn = exponent.rem_euclid(BITS as i32) as u32;
    hash = (hash << turn) & int::HASH_MODULUS | hash >> (BITS - turn);
    match (x < 0.0, hash as i64) {
        (true, 1) => -2,
        (true, hash) => -hash,
        (false, hash) => hash,
    }
}
