//! The operators of `complex`.  A real operand is a complex number without imaginary part.

use crate::object::{CompareOp, PyResult, Value};
use crate::types::float::arithmetic::{compare_with_int, hash_f64};
use crate::vm::Vm;

/// Real and imaginary part.
pub type Parts = (f64, f64);

fn convert(vm: &Vm, value: &Value) -> PyResult<Option<Parts>> {
    if let Some(z) = value.as_complex() {
        return Ok(Some(z));
    }
    if let Some(x) = value.as_float() {
        return Ok(Some((x, 0.0)));
    }
    match value.as_int() {
        Some(view) => Ok(Some((vm.view_to_f64(view)?, 0.0))),
        None => Ok(None),
    }
}

fn binary(
    vm: &Vm,
    a: &Value,
    b: &Value,
    op: impl FnOnce(Parts, Parts) -> PyResult<Parts>,
) -> PyResult {
    let Some(x) = convert(vm, a)? else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    let Some(y) = convert(vm, b)? else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    let (re, im) = op(x, y)?;
    Ok(vm.complex(re, im))
}

/// `a + b`.
pub(super) fn add(vm: &Vm, a: &Value, b: &Value) -> PyResult {
    binary(vm, a, b, |a, b| Ok((a.0 + b.0, a.1 + b.1)))
}

/// `a - b`.
pub(super) fn sub(vm: &Vm, a: &Value, b: &Value) -> PyResult {
    binary(vm, a, b, |a, b| Ok((a.0 - b.0, a.1 - b.1)))
}

/// `a * b`.
pub(super) fn mul(vm: &Vm, a: &Value, b: &Value) -> PyResult {
    binary(vm, a, b, |a, b| Ok(product(a, b)))
}

/// `a / b`.
pub(super) fn true_div(vm: &Vm, a: &Value, b: &Value) -> PyResult {
    binary(vm, a, b, |a, b| {
        quotient(a, b).ok_or_else(|| vm.zero_division_error("complex division by zero"))
    })
}

fn product(a: Parts, b: Parts) -> Parts {
    (a.0 * b.0 - a.1 * b.1, a.0 * b.1 + a.1 * b.0)
}

/// The quotient by Smith's method; None for a zero divisor.
pub fn quotient(a: Parts, b: Parts) -> Option<Parts> {
    let (re, im) = (b.0.abs(), b.1.abs());
    if re >= im {
        if re == 0.0 {
            return None;
        }
        let ratio = b.1 / b.0;
        let divisor = b.0 + b.1 * ratio;
        Some(((a.0 + a.1 * ratio) / divisor, (a.1 - a.0 * ratio) / divisor))
    } else if im >= re {
        let ratio = b.0 / b.1;
        let divisor = b.0 * ratio + b.1;
        Some(((a.0 * ratio + a.1) / divisor, (a.1 * ratio - a.0) / divisor))
    } else {
        Some((f64::NAN, f64::NAN))
    }
}

/// `a ** b`.
pub(super) fn power(vm: &Vm, a: &Value, b: &Value, c: &Value) -> PyResult {
    let Some(x) = convert(vm, a)? else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    let Some(y) = convert(vm, b)? else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    if !c.is_none() {
        return Err(vm.value_error("complex modulo"));
    }
    power_of(vm, x, y)
}

/// `x ** y`.
pub fn power_of(vm: &Vm, x: Parts, y: Parts) -> PyResult {
    let undefined = || vm.zero_division_error("0.0 to a negative or complex power");
    // Small integer exponents are exact products.
    let result = if y.1 == 0.0 && y.0 == y.0.floor() && y.0.abs() <= 100.0 {
        let n = y.0 as i32;
        let power = small_power(x, n.unsigned_abs());
        if n > 0 {
            power
        } else {
            quotient((1.0, 0.0), power).ok_or_else(undefined)?
        }
    } else if y == (0.0, 0.0) {
        (1.0, 0.0)
    } else if x == (0.0, 0.0) {
        if y.1 != 0.0 || y.0 < 0.0 {
            return Err(undefined());
        }
        (0.0, 0.0)
    } else {
        let modulus = x.0.hypot(x.1);
        let angle = x.1.atan2(x.0);
        let mut length = modulus.powf(y.0);
        let mut phase = angle * y.0;
        if y.1 != 0.0 {
            length /= (angle * y.1).exp();
            phase += y.1 * modulus.ln();
        }
        // Cosine and sine are not defined there.
        if phase.is_infinite() {
            return Err(undefined());
        }
        (length * phase.cos(), length * phase.sin())
    };
    if result.0.is_infinite() || result.1.is_infinite() {
        return Err(vm.overflow_error("complex exponentiation"));
    }
    Ok(vm.complex(result.0, result.1))
}

fn small_power(x: Parts, n: u32) -> Parts {
    let mut result = (1.0, 0.0);
    let mut square = x;
    let mut mask = 1;
    while mask <= n {
        if n & mask != 0 {
            result = product(result, square);
        }
        mask <<= 1;
        square = product(square, square);
    }
    result
}

/// `-a`.
pub(super) fn negative(vm: &Vm, a: &Value) -> PyResult {
    let (re, im) = a.as_complex().unwrap_or_default();
    Ok(vm.complex(-re, -im))
}

/// `abs(a)`.
pub(super) fn absolute(vm: &Vm, a: &Value) -> PyResult {
    let (re, im) = a.as_complex().unwrap_or_default();
    let modulus = re.hypot(im);
    if modulus.is_infinite() && re.is_finite() && im.is_finite() {
        return Err(vm.overflow_error("absolute value too large"));
    }
    Ok(vm.float(modulus))
}

/// `==` and `!=` with any number.
pub(super) fn compare(_vm: &Vm, a: &Value, b: &Value, op: CompareOp) -> PyResult {
    if !matches!(op, CompareOp::Eq | CompareOp::Ne) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    let Some((re, im)) = a.as_complex() else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    let equal = if let Some(z) = b.as_complex() {
        (re, im) == z
    } else if let Some(x) = b.as_float() {
        re == x && im == 0.0
    } else if let Some(n) = b.as_int() {
        im == 0.0 && compare_with_int(re, n).is_some_and(|order| order.is_eq())
    } else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    Ok(Value::bool(equal == (op == CompareOp::Eq)))
}

/// `hash(a)`, that of an equal real number if there is one.
pub(super) fn hash(vm: &Vm, a: &Value) -> PyResult<i64> {
    let part = |x: f64| {
        if x.is_nan() {
            (vm.id(a).rotate_right(4) as i64).max(0)
        } else {
            hash_f64(x)
        }
    };
    let (re, im) = a.as_complex().unwrap_or_default();
    Ok(
        match part(re).wrapping_add(part(im).wrapping_mul(1_000_003)) {
            -1 => -2,
            hash => hash,
        },
    )
}
