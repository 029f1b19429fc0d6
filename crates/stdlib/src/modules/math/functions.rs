//! Functions of one or two floats.

use super::special::{self, Undefined};
use runtime::object::{IntView, PyResult, Value, c_math};
use runtime::types::float::{frexp as split, to_int};
use runtime::types::int::big::{bit_length, ldexp as scale, shr, to_f64};
use runtime::{Raised, Vm};

pub(super) fn domain_error(vm: &Vm) -> Raised {
    vm.value_error("math domain error")
}

pub(super) fn range_error(vm: &Vm) -> Raised {
    vm.overflow_error("math range error")
}

/// A function of the C library: NaN from a number means outside the domain, infinity from a finite
/// number overflow, or a pole where it cannot overflow.
fn unary(vm: &Vm, x: &Value, can_overflow: bool, f: impl Fn(f64) -> f64) -> PyResult {
    let x = vm.as_f64(x)?;
    let r = f(x);
    if r.is_nan() && !x.is_nan() {
        return Err(domain_error(vm));
    }
    if r.is_infinite() && x.is_finite() {
        return Err(if can_overflow {
            range_error(vm)
        } else {
            domain_error(vm)
        });
    }
    Ok(vm.float(r))
}

macro_rules! unary_functions {
    ($($name:ident $can_overflow:literal $f:expr;)*) => {
        $(pub(super) fn $name(vm: &Vm, args: &[Value]) -> PyResult {
            unary(vm, &args[1], $can_overflow, $f)
        })*
    };
}

unary_functions! {
    acos false f64::acos;
    acosh false |x| c_math::acosh(x);
    asin false f64::asin;
    asinh false |x| c_math::asinh(x);
    atan false f64::atan;
    atanh false |x| c_math::atanh(x);
    cbrt false f64::cbrt;
    cos false f64::cos;
    cosh true f64::cosh;
    erf false |x| c_math::erf(x);
    erfc false |x| c_math::erfc(x);
    exp true f64::exp;
    exp2 true f64::exp2;
    expm1 true f64::exp_m1;
    fabs false f64::abs;
    log1p false |x: f64| if x == 0.0 { x } else { x.ln_1p() };
    sin false f64::sin;
    sinh true f64::sinh;
    sqrt false f64::sqrt;
    tan false f64::tan;
    tanh false f64::tanh;
}

pub(super) fn degrees(vm: &Vm, args: &[Value]) -> PyResult {
    Ok(vm.float(vm.as_f64(&args[1])? * (180.0 / std::f64::consts::PI)))
}

pub(super) fn radians(vm: &Vm, args: &[Value]) -> PyResult {
    Ok(vm.float(vm.as_f64(&args[1])? * (std::f64::consts::PI / 180.0)))
}

fn special_function(vm: &Vm, x: &Value, f: fn(f64) -> Result<f64, Undefined>) -> PyResult {
    match f(vm.as_f64(x)?) {
        Ok(r) => Ok(vm.float(r)),
        Err(Undefined::Domain) => Err(domain_error(vm)),
        Err(Undefined::Range) => Err(range_error(vm)),
    }
}

pub(super) fn gamma(vm: &Vm, args: &[Value]) -> PyResult {
    special_function(vm, &args[1], special::gamma)
}

pub(super) fn lgamma(vm: &Vm, args: &[Value]) -> PyResult {
    special_function(vm, &args[1], special::lgamma)
}

/// The result of the special method `name`, unless the value is a float.
fn by_method(vm: &Vm, value: &Value, name: &Value) -> PyResult<Option<Value>> {
    let class = vm.class_of(value);
    if class.is(&vm.types.float) {
        return Ok(None);
    }
    if class.is(&vm.types.int) {
        return Ok(Some(value.clone()));
    }
    vm.call_special(value, name, &[])
}

pub(super) fn ceil(vm: &Vm, args: &[Value]) -> PyResult {
    match by_method(vm, &args[1], &vm.names.__ceil__)? {
        Some(result) => Ok(result),
        None => to_int(vm, vm.as_f64(&args[1])?.ceil()),
    }
}

pub(super) fn floor(vm: &Vm, args: &[Value]) -> PyResult {
    match by_method(vm, &args[1], &vm.names.__floor__)? {
        Some(result) => Ok(result),
        None => to_int(vm, vm.as_f64(&args[1])?.floor()),
    }
}

pub(super) fn trunc(vm: &Vm, args: &[Value]) -> PyResult {
    if vm.class_of(&args[1]).is(&vm.types.float) {
        return to_int(vm, vm.as_f64(&args[1])?.trunc());
    }
    match by_method(vm, &args[1], &vm.names.__trunc__)? {
        Some(result) => Ok(result),
        None => Err(vm.type_error(format!(
            "type {} doesn't define __trunc__ method",
            vm.class_name(&args[1])
        ))),
    }
}

fn two(vm: &Vm, args: &[Value]) -> PyResult<(f64, f64)> {
    Ok((vm.as_f64(&args[1])?, vm.as_f64(&args[2])?))
}

pub(super) fn atan2(vm: &Vm, args: &[Value]) -> PyResult {
    let (y, x) = two(vm, args)?;
    Ok(vm.float(y.atan2(x)))
}

pub(super) fn copysign(vm: &Vm, args: &[Value]) -> PyResult {
    let (x, y) = two(vm, args)?;
    Ok(vm.float(x.copysign(y)))
}

pub(super) fn fmod(vm: &Vm, args: &[Value]) -> PyResult {
    let (x, y) = two(vm, args)?;
    if y.is_infinite() && x.is_finite() {
        return Ok(vm.float(x));
    }
    let r = x % y;
    if r.is_nan() && !x.is_nan() && !y.is_nan() {
        return Err(domain_error(vm));
    }
    Ok(vm.float(r))
}

/// The IEEE 754 remainder: `x - n*y` with the integer `n` nearest to `x/y`, ties to even.
pub(super) fn remainder(vm: &Vm, args: &[Value]) -> PyResult {
    let (x, y) = two(vm, args)?;
    if x.is_nan() || y.is_nan() {
        return Ok(vm.float(if x.is_nan() { x } else { y }));
    }
    if x.is_infinite() || y == 0.0 {
        return Err(domain_error(vm));
    }
    if y.is_infinite() {
        return Ok(vm.float(x));
    }
    let (dividend, divisor) = (x.abs(), y.abs());
    let m = dividend % divisor;
    let c = divisor - m;
    let r = if m < c {
        m
    } else if m > c {
        -c
    } else {
        // Exactly between two multiples: the even one.
        m - 2.0 * ((0.5 * (dividend - m)) % divisor)
    };
    Ok(vm.float(1f64.copysign(x) * r))
}

pub(super) fn pow(vm: &Vm, args: &[Value]) -> PyResult {
    let (x, y) = two(vm, args)?;
    let odd = y.is_finite() && y.abs() % 2.0 == 1.0;
    let r = if x.is_finite() && y.is_finite() {
        let r = x.powf(y);
        if r.is_nan() {
            return Err(domain_error(vm));
        }
        if r.is_infinite() {
            return Err(if x == 0.0 {
                domain_error(vm)
            } else {
                range_error(vm)
            });
        }
        r
    } else if x.is_nan() {
        if y == 0.0 { 1.0 } else { x }
    } else if y.is_nan() {
        if x == 1.0 { 1.0 } else { y }
    } else if x.is_infinite() {
        match (x > 0.0, y) {
            (_, 0.0) => 1.0,
            (true, y) if y > 0.0 => x,
            (true, _) => 0.0,
            (false, y) if y > 0.0 => {
                if odd {
                    x
                } else {
                    x.abs()
                }
            }
            (false, _) => {
                if odd {
                    0f64.copysign(x)
                } else {
                    0.0
                }
            }
        }
    } else if x.abs() == 1.0 {
        1.0
    } else if (y > 0.0) == (x.abs() > 1.0) {
        f64::INFINITY
    } else {
        0.0
    };
    Ok(vm.float(r))
}

pub(super) fn frexp(vm: &Vm, args: &[Value]) -> PyResult {
    let (mantissa, exponent) = split(vm.as_f64(&args[1])?);
    Ok(vm.tuple_value([vm.float(mantissa), vm.int(exponent.into())]))
}

pub(super) fn ldexp(vm: &Vm, args: &[Value]) -> PyResult {
    let x = vm.as_f64(&args[1])?;
    let Some(exponent) = args[2].as_int() else {
        return Err(vm.type_error("Expected an int as second argument to ldexp."));
    };
    let exponent = match exponent {
        IntView::Small(exponent) => exponent,
        IntView::Big(exponent) if exponent.negative => i64::MIN,
        IntView::Big(_) => i64::MAX,
    };
    let r = scale(x, exponent);
    if r.is_infinite() && x.is_finite() {
        return Err(range_error(vm));
    }
    Ok(vm.float(r))
}

pub(super) fn modf(vm: &Vm, args: &[Value]) -> PyResult {
    let x = vm.as_f64(&args[1])?;
    let (fraction, whole) = if x.is_infinite() {
        (0f64.copysign(x), x)
    } else if x.is_nan() {
        (x, x)
    } else {
        ((x - x.trunc()).copysign(x), x.trunc())
    };
    Ok(vm.tuple_value([vm.float(fraction), vm.float(whole)]))
}

pub(super) fn isfinite(vm: &Vm, args: &[Value]) -> PyResult {
    Ok(Value::bool(vm.as_f64(&args[1])?.is_finite()))
}

pub(super) fn isinf(vm: &Vm, args: &[Value]) -> PyResult {
    Ok(Value::bool(vm.as_f64(&args[1])?.is_infinite()))
}

pub(super) fn isnan(vm: &Vm, args: &[Value]) -> PyResult {
    Ok(Value::bool(vm.as_f64(&args[1])?.is_nan()))
}

pub(super) fn isclose(vm: &Vm, args: &[Value]) -> PyResult {
    let (a, b) = two(vm, args)?;
    let tolerance = |value: &Value, default: f64| match value.given() {
        Some(value) => vm.as_f64(value),
        None => Ok(default),
    };
    let (relative, absolute) = (tolerance(&args[3], 1e-9)?, tolerance(&args[4], 0.0)?);
    if relative < 0.0 || absolute < 0.0 {
        return Err(vm.value_error("tolerances must be non-negative"));
    }
    if a == b {
        return Ok(Value::TRUE);
    }
    if a.is_infinite() || b.is_infinite() {
        return Ok(Value::FALSE);
    }
    let distance = (b - a).abs();
    Ok(Value::bool(
        distance <= (relative * b).abs()
            || distance <= (relative * a).abs()
            || distance <= absolute,
    ))
}

pub(super) fn ulp(vm: &Vm, args: &[Value]) -> PyResult {
    let x = vm.as_f64(&args[1])?.abs();
    if x.is_nan() || x.is_infinite() {
        return Ok(vm.float(x));
    }
    let above = x.next_up();
    // The greatest float has a neighbour only below.
    Ok(vm.float(if above.is_infinite() {
        x - x.next_down()
    } else {
        above - x
    }))
}

pub(super) fn nextafter(vm: &Vm, args: &[Value]) -> PyResult {
    let (x, y) = two(vm, args)?;
    let steps = match args[3].given_not_none() {
        None => {
            return Ok(vm.float(if x.is_nan() || y.is_nan() {
                x + y
            } else if x == y {
                y
            } else if x < y {
                x.next_up()
            } else {
                x.next_down()
            }));
        }
        Some(steps) => vm.index(steps)?,
    };
    let steps = match steps.as_int() {
        Some(view) if view.is_negative() => {
            return Err(vm.value_error("steps must be a non-negative integer"));
        }
        Some(view) => view.to_u64().unwrap_or(u64::MAX),
        None => 0,
    };
    if steps == 0 {
        return Ok(vm.float(x));
    }
    if x.is_nan() || y.is_nan() {
        return Ok(vm.float(if x.is_nan() { x } else { y }));
    }
    // Floats in order as integers in order, both zeros as 0.
    let place = |x: f64| {
        let bits = i128::from(x.to_bits() & !(1 << 63));
        if x.is_sign_negative() { -bits } else { bits }
    };
    let (from, to) = (place(x), place(y));
    if from == to {
        return Ok(vm.float(y));
    }
    let steps = i128::from(steps);
    let reached = if (to - from).abs() <= steps {
        return Ok(vm.float(y));
    } else if to > from {
        from + steps
    } else {
        from - steps
    };
    let magnitude = f64::from_bits(reached.unsigned_abs() as u64);
    let negative = reached < 0 || (reached == 0 && x.is_sign_negative());
    Ok(vm.float(if negative { -magnitude } else { magnitude }))
}

/// A logarithm of an integer or float; integers may be of any size.
fn logarithm(vm: &Vm, value: &Value, f: fn(f64) -> f64) -> PyResult<f64> {
    let Some(view) = value.as_int() else {
        let x = vm.as_f64(value)?;
        return if x > 0.0 || x.is_nan() {
            Ok(f(x))
        } else {
            Err(domain_error(vm))
        };
    };
    match view {
        IntView::Small(i) if i > 0 => Ok(f(i as f64)),
        IntView::Big(n) if !n.negative => Ok(match to_f64(n) {
            Some(x) => f(x),
            None => {
                // 2^exponent times a mantissa from 0.5 to 1, rounded once.
                let exponent = bit_length(n.limbs);
                let shift = exponent - 1000;
                let mantissa = to_f64(shr(n, shift as usize).signed()).unwrap_or(f64::MAX);
                f(scale(mantissa, -1000)) + f(2.0) * exponent as f64
            }
        }),
        _ => Err(domain_error(vm)),
    }
}

pub(super) fn log(vm: &Vm, args: runtime::object::Args<'_>) -> PyResult {
    let args = args.skip_first();
    if !args.names.is_empty() {
        return Err(vm.type_error("math.log() takes no keyword arguments"));
    }
    match args.values {
        [] => Err(vm.type_error("log expected at least 1 argument, got 0")),
        [x] => Ok(vm.float(logarithm(vm, x, f64::ln)?)),
        [x, base] => {
            let numerator = logarithm(vm, x, f64::ln)?;
            let denominator = logarithm(vm, base, f64::ln)?;
            if denominator == 0.0 {
                return Err(vm.zero_division_error("float division by zero"));
            }
            Ok(vm.float(numerator / denominator))
        }
        many => Err(vm.type_error(format!(
            "log expected at most 2 arguments, got {}",
            many.len()
        ))),
    }
}

pub(super) fn log2(vm: &Vm, args: &[Value]) -> PyResult {
    Ok(vm.float(logarithm(vm, &args[1], f64::log2)?))
}

pub(super) fn log10(vm: &Vm, args: &[Value]) -> PyResult {
    Ok(vm.float(logarithm(vm, &args[1], f64::log10)?))
}
