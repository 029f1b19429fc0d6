//! `cmath`: the functions of `math` on complex numbers.

mod functions;
mod table;
mod tables;

use std::f64::consts::{E, PI, TAU};

use runtime::modules::NativeModule;
use runtime::object::{Dict, PyResult, Ref, Value};
use runtime::types::complex::quotient;
use runtime::types::module::Module;
use runtime::{Raised, Vm};

use super::math::special::Undefined;
use functions::Parts;

/// The module.
pub static MODULE: NativeModule = NativeModule::new(
    "cmath",
    "This module provides access to mathematical functions for complex\nnumbers.",
    table::FUNCTIONS,
)
.with_init(init);

fn init(vm: &Vm, _module: &Ref<Module>, namespace: &Ref<Dict>) -> PyResult<()> {
    let add = |name: &str, value: Value| vm.define(namespace, name, value);
    add("pi", vm.float(PI))?;
    add("e", vm.float(E))?;
    add("tau", vm.float(TAU))?;
    add("inf", vm.float(f64::INFINITY))?;
    add("infj", vm.complex(0.0, f64::INFINITY))?;
    add("nan", vm.float(f64::NAN))?;
    add("nanj", vm.complex(0.0, f64::NAN))
}

fn raise(vm: &Vm, undefined: Undefined) -> Raised {
    match undefined {
        Undefined::Domain => vm.value_error("math domain error"),
        Undefined::Range => vm.overflow_error("math range error"),
    }
}

fn apply(vm: &Vm, z: &Value, f: fn(Parts) -> Result<Parts, Undefined>) -> PyResult {
    let (re, im) = f(vm.as_complex(z)?).map_err(|undefined| raise(vm, undefined))?;
    Ok(vm.complex(re, im))
}

macro_rules! functions {
    ($($name:ident)*) => {
        $(fn $name(vm: &Vm, args: &[Value]) -> PyResult {
            apply(vm, &args[1], functions::$name)
        })*
    };
}

functions!(acos acosh asin asinh atan atanh cos cosh exp log10 sin sinh sqrt tan tanh);

fn log(vm: &Vm, args: &[Value]) -> PyResult {
    let Some(base) = args[2].given() else {
        return apply(vm, &args[1], functions::log);
    };
    let error = |undefined| raise(vm, undefined);
    let (z, base) = (vm.as_complex(&args[1])?, vm.as_complex(base)?);
    // As in C, where the logarithm of the base forgets the error of that of zero.
    let numerator = functions::log(z).unwrap_or((f64::NEG_INFINITY, z.1.atan2(z.0)));
    let denominator = functions::log(base).map_err(error)?;
    let (re, im) = quotient(numerator, denominator).ok_or_else(|| error(Undefined::Domain))?;
    Ok(vm.complex(re, im))
}

fn phase(vm: &Vm, args: &[Value]) -> PyResult {
    let (re, im) = vm.as_complex(&args[1])?;
    let phase = im.atan2(re);
    if phase == 0.0 && im != 0.0 && re.is_finite() {
        return Err(raise(vm, Undefined::Range));
    }
    Ok(vm.float(phase))
}

fn polar(vm: &Vm, args: &[Value]) -> PyResult {
    let (re, im) = vm.as_complex(&args[1])?;
    let modulus = re.hypot(im);
    if modulus.is_infinite() && re.is_finite() && im.is_finite() {
        return Err(raise(vm, Undefined::Range));
    }
    Ok(vm.tuple_value([vm.float(modulus), vm.float(im.atan2(re))]))
}

fn rect(vm: &Vm, args: &[Value]) -> PyResult {
    let (r, phi) = (vm.as_f64(&args[1])?, vm.as_f64(&args[2])?);
    let (re, im) = functions::rect(r, phi).map_err(|undefined| raise(vm, undefined))?;
    Ok(vm.complex(re, im))
}

fn isfinite(vm: &Vm, args: &[Value]) -> PyResult {
    let (re, im) = vm.as_complex(&args[1])?;
    Ok(Value::bool(re.is_finite() && im.is_finite()))
}

fn isinf(vm: &Vm, args: &[Value]) -> PyResult {
    let (re, im) = vm.as_complex(&args[1])?;
    Ok(Value::bool(re.is_infinite() || im.is_infinite()))
}

fn isnan(vm: &Vm, args: &[Value]) -> PyResult {
    let (re, im) = vm.as_complex(&args[1])?;
    Ok(Value::bool(re.is_nan() || im.is_nan()))
}

fn isclose(vm: &Vm, args: &[Value]) -> PyResult {
    let (a, b) = (vm.as_complex(&args[1])?, vm.as_complex(&args[2])?);
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
    if [a.0, a.1, b.0, b.1].iter().any(|x| x.is_infinite()) {
        return Ok(Value::FALSE);
    }
    let modulus = |z: Parts| z.0.hypot(z.1);
    let distance = modulus((a.0 - b.0, a.1 - b.1));
    Ok(Value::bool(
        distance <= relative * modulus(b)
            || distance <= relative * modulus(a)
            || distance <= absolute,
    ))
}
