//! The functions of `cmath` with their signatures and documentation.

use runtime::object::MethodDef;

/// All functions.
pub(super) const FUNCTIONS: &[MethodDef] = &[
    MethodDef::bound(
        "acos",
        "($module, z, /)",
        "Return the arc cosine of z.",
        super::acos,
    ),
    MethodDef::bound(
        "acosh",
        "($module, z, /)",
        "Return the inverse hyperbolic cosine of z.",
        super::acosh,
    ),
    MethodDef::bound(
        "asin",
        "($module, z, /)",
        "Return the arc sine of z.",
        super::asin,
    ),
    MethodDef::bound(
        "asinh",
        "($module, z, /)",
        "Return the inverse hyperbolic sine of z.",
        super::asinh,
    ),
    MethodDef::bound(
        "atan",
        "($module, z, /)",
        "Return the arc tangent of z.",
        super::atan,
    ),
    MethodDef::bound(
        "atanh",
        "($module, z, /)",
        "Return the inverse hyperbolic tangent of z.",
        super::atanh,
    ),
    MethodDef::bound(
        "cos",
        "($module, z, /)",
        "Return the cosine of z.",
        super::cos,
    ),
    MethodDef::bound(
        "cosh",
        "($module, z, /)",
        "Return the hyperbolic cosine of z.",
        super::cosh,
    ),
    MethodDef::bound(
        "exp",
        "($module, z, /)",
        "Return the exponential value e**z.",
        super::exp,
    ),
    MethodDef::bound(
        "isclose",
        "($module, /, a, b, *, rel_tol=1e-09, abs_tol=0.0)",
        "Determine whether two complex numbers are close in value.\n\n  rel_tol\n    maximum difference for being considered \"close\", relative to the\n    magnitude of the input values\n  abs_tol\n    maximum difference for being considered \"close\", regardless of the\n    magnitude of the input values\n\nReturn True if a is close in value to b, and False otherwise.\n\nFor the values to be considered close, the difference between them must be\nsmaller than at least one of the tolerances.\n\n-inf, inf and NaN behave similarly to the IEEE 754 Standard. That is, NaN is\nnot close to anything, even itself. inf and -inf are only close to themselves.",
        super::isclose,
    ),
    MethodDef::bound(
        "isfinite",
        "($module, z, /)",
        "Return True if both the real and imaginary parts of z are finite, else False.",
        super::isfinite,
    ),
    MethodDef::bound(
        "isinf",
        "($module, z, /)",
        "Checks if the real or imaginary part of z is infinite.",
        super::isinf,
    ),
    MethodDef::bound(
        "isnan",
        "($module, z, /)",
        "Checks if the real or imaginary part of z not a number (NaN).",
        super::isnan,
    ),
    MethodDef::bound(
        "log",
        "($module, z, base=<unrepresentable>, /)",
        "log(z[, base]) -> the logarithm of z to the given base.\n\nIf the base is not specified, returns the natural logarithm (base e) of z.",
        super::log,
    ).signed(),
    MethodDef::bound(
        "log10",
        "($module, z, /)",
        "Return the base-10 logarithm of z.",
        super::log10,
    ),
    MethodDef::bound(
        "phase",
        "($module, z, /)",
        "Return argument, also known as the phase angle, of a complex.",
        super::phase,
    ),
    MethodDef::bound(
        "polar",
        "($module, z, /)",
        "Convert a complex from rectangular coordinates to polar coordinates.\n\nr is the distance from 0 and phi the phase angle.",
        super::polar,
    ),
    MethodDef::bound(
        "rect",
        "($module, r, phi, /)",
        "Convert from polar coordinates to rectangular coordinates.",
        super::rect,
    ),
    MethodDef::bound(
        "sin",
        "($module, z, /)",
        "Return the sine of z.",
        super::sin,
    ),
    MethodDef::bound(
        "sinh",
        "($module, z, /)",
        "Return the hyperbolic sine of z.",
        super::sinh,
    ),
    MethodDef::bound(
        "sqrt",
        "($module, z, /)",
        "Return the square root of z.",
        super::sqrt,
    ),
    MethodDef::bound(
        "tan",
        "($module, z, /)",
        "Return the tangent of z.",
        super::tan,
    ),
    MethodDef::bound(
        "tanh",
        "($module, z, /)",
        "Return the hyperbolic tangent of z.",
        super::tanh,
    ),
];
