//! The methods and attributes of `float`.

use super::{hex, positive};
use crate::object::{GetSetDef, MethodDef, PyResult, Str, Value};
use crate::types::format;
use crate::types::int::big;
use crate::vm::Vm;

pub(super) const METHODS: &[MethodDef] = &[
    MethodDef::bound(
        "conjugate",
        "($self, /)",
        "Return self, the complex conjugate of any float.",
        |vm, args| positive(vm, &args[0]),
    ),
    MethodDef::bound(
        "__trunc__",
        "($self, /)",
        "Return the Integral closest to x between 0 and x.",
        |vm, args| to_int(vm, receiver(args).trunc()),
    ),
    MethodDef::bound(
        "__floor__",
        "($self, /)",
        "Return the floor as an Integral.",
        |vm, args| to_int(vm, receiver(args).floor()),
    ),
    MethodDef::bound(
        "__ceil__",
        "($self, /)",
        "Return the ceiling as an Integral.",
        |vm, args| to_int(vm, receiver(args).ceil()),
    ),
    MethodDef::bound(
        "__round__",
        "($self, ndigits=None, /)",
        "Return the Integral closest to x, rounding half toward even.\n\nWhen an argument is \
         passed, work like built-in round(x, ndigits).",
        round,
    ),
    MethodDef::bound(
        "as_integer_ratio",
        "($self, /)",
        "Return a pair of integers, whose ratio is exactly equal to the original float.\n\nThe \
         ratio is in lowest terms and has a positive denominator.  Raise\nOverflowError on \
         infinities and a ValueError on NaNs.\n\n>>> (10.0).as_integer_ratio()\n(10, 1)\n>>> \
         (0.0).as_integer_ratio()\n(0, 1)\n>>> (-.25).as_integer_ratio()\n(-1, 4)",
        as_integer_ratio,
    ),
    MethodDef::bound(
        "fromhex",
        "($type, string, /)",
        "Create a floating-point number from a hexadecimal string.\n\n>>> \
         float.fromhex('0x1.ffffp10')\n2047.984375\n>>> float.fromhex('-0x1p-1074')\n-5e-324",
        from_hex,
    )
    .class_method(),
    MethodDef::bound(
        "hex",
        "($self, /)",
        "Return a hexadecimal representation of a floating-point number.\n\n>>> \
         (-0.1).hex()\n'-0x1.999999999999ap-4'\n>>> 3.14159.hex()\n'0x1.921f9f01b866ep+1'",
        |vm, args| Ok(vm.str_value(&hex::to_hex(receiver(args)))),
    ),
    MethodDef::bound(
        "is_integer",
        "($self, /)",
        "Return True if the float is an integer.",
        |_, args| {
            let x = receiver(args);
            Ok(Value::bool(x.is_finite() && x == x.floor()))
        },
    ),
    MethodDef::bound("__getnewargs__", "($self, /)", "", |vm, args| {
        Ok(vm.tuple_value([vm.float(receiver(args))]))
    }),
    MethodDef::bound(
        "__getformat__",
        "($type, typestr, /)",
        "You probably don't want to use this function.\n\n  typestr\n    Must be 'double' or \
         'float'.\n\nIt exists mainly to be used in Python's test suite.\n\nThis function returns \
         whichever of 'unknown', 'IEEE, big-endian' or 'IEEE,\nlittle-endian' best describes the \
         format of floating point numbers used by the\nC type named by typestr.",
        get_format,
    )
    .class_method(),
    MethodDef::bound(
        "__format__",
        "($self, format_spec, /)",
        "Formats the float according to format_spec.",
        |vm, args| {
            let spec = format::spec_argument(vm, &args[1])?;
            format::format_float(vm, &args[0], spec)
        },
    ),
];

pub(super) const GETSET: &[GetSetDef] = &[
    GetSetDef::read_only("real", "the real part of a complex number", positive),
    GetSetDef::read_only("imag", "the imaginary part of a complex number", |vm, _| {
        Ok(vm.float(0.0))
    }),
];

fn receiver(args: &[Value]) -> f64 {
    args[0].as_float().unwrap_or(0.0)
}

/// The integer equal to a float without fraction.
pub fn to_int(vm: &Vm, x: f64) -> PyResult {
    const EXACT: f64 = 4_611_686_018_427_387_904.0;
    if x.abs() < EXACT {
        return Ok(vm.int(x as i64));
    }
    if x.is_infinite() {
        return Err(vm.overflow_error("cannot convert float infinity to integer"));
    }
    if x.is_nan() {
        return Err(vm.value_error("cannot convert float NaN to integer"));
    }
    vm.int_big(&big::from_f64(x))
}

fn round(vm: &Vm, args: &[Value]) -> PyResult {
    let x = receiver(args);
    let Some(digits) = args[1].given_not_none() else {
        return to_int(vm, x.round_ties_even());
    };
    let digits = vm.index_clamped(digits)?;
    match round_to(x, digits as i64) {
        Some(rounded) => Ok(vm.float(rounded)),
        None => Err(vm.overflow_error("rounded value too large to represent")),
    }
}

/// `x` to the nearest decimal number with that many places (fewer than none count to the left),
/// ties to even; None if it is too large.
pub fn round_to(x: f64, places: i64) -> Option<f64> {
    if !x.is_finite() || x == 0.0 || places > 323 {
        return Some(x);
    }
    if places < -308 {
        return Some(0f64.copysign(x));
    }
    let text = if places >= 0 {
        format!("{:.*}", places as usize, x.abs())
    } else {
        let leading = format!("{:e}", x.abs());
        let exponent: i64 = leading.split_once('e')?.1.parse().ok()?;
        let significant = exponent + 1 + places;
        if significant > 0 {
            format!("{:.*e}", significant as usize - 1, x.abs())
        } else {
            // Nothing but the decision between zero and one unit is left.  All digits of a float
            // fit into 800, so this text is exact.
            let exact = format!("{:.800e}", x.abs());
            let digits = exact.split_once('e')?.0.replace('.', "");
            let above_half = digits.trim_end_matches('0') > "5";
            if significant == 0 && above_half {
                format!("1e{}", -places)
            } else {
                String::from("0")
            }
        }
    };
    let rounded: f64 = text.parse().ok()?;
    rounded.is_finite().then_some(rounded.copysign(x))
}

fn as_integer_ratio(vm: &Vm, args: &[Value]) -> PyResult {
    let x = receiver(args);
    if x.is_infinite() {
        return Err(vm.overflow_error("cannot convert Infinity to integer ratio"));
    }
    if x.is_nan() {
        return Err(vm.value_error("cannot convert NaN to integer ratio"));
    }
    let (mantissa, exponent) = super::frexp(x);
    // All 53 bits of the mantissa as an integer, then without its trailing zeros.
    let scaled = (mantissa * (1u64 << 53) as f64) as i64;
    let zeros = scaled.trailing_zeros().min(53);
    let numerator = scaled >> zeros;
    let exponent = i64::from(exponent) - 53 + i64::from(zeros);
    let one = big::Big::from(1i64);
    if numerator == 0 || exponent >= 0 {
        let numerator = big::shl(big::Big::from(numerator).signed(), exponent.max(0) as usize);
        return Ok(vm.tuple_value([vm.int_big(&numerator)?, Value::small_int(1)]));
    }
    let denominator = big::shl(one.signed(), -exponent as usize);
    Ok(vm.tuple_value([vm.int(numerator), vm.int_big(&denominator)?]))
}

fn from_hex(vm: &Vm, args: &[Value]) -> PyResult {
    let Some(text) = args[1].as_ref_to::<Str>() else {
        return Err(vm.type_error("bad argument type for built-in operation"));
    };
    vm.check_utf8(text)?;
    let x = hex::from_hex(vm, &text.to_utf8().unwrap_or_default())?;
    let x = vm.float(x);
    if args[0].is(vm.types.float.as_value()) {
        return Ok(x);
    }
    vm.call1(&args[0], &x)
}

fn get_format(vm: &Vm, args: &[Value]) -> PyResult {
    let Some(text) = args[1].as_ref_to::<Str>() else {
        return Err(vm.type_error(format!(
            "__getformat__() argument must be str, not {}",
            vm.argument_type(&args[1])
        )));
    };
    vm.check_utf8(text)?;
    if !text.equals_str("double") && !text.equals_str("float") {
        return Err(vm.value_error("__getformat__() argument 1 must be 'double' or 'float'"));
    }
    let endian = if cfg!(target_endian = "little") {
        "IEEE, little-endian"
    } else {
        "IEEE, big-endian"
    };
    Ok(vm.str_value(endian))
}
