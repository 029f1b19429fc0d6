//! Mathematical functions of the C library that Rust's standard library lacks, or computes in a way
//! of its own.  CPython calls these, so results agree to the last bit.
#![allow(unsafe_code)]

// SAFETY: these C functions have no preconditions and no side effects but `errno`.
unsafe extern "C" {
    /// The inverse hyperbolic cosine.
    pub safe fn acosh(x: f64) -> f64;
    /// The inverse hyperbolic sine.
    pub safe fn asinh(x: f64) -> f64;
    /// The inverse hyperbolic tangent.
    pub safe fn atanh(x: f64) -> f64;
    /// The error function.
    pub safe fn erf(x: f64) -> f64;
    /// One minus the error function.
    pub safe fn erfc(x: f64) -> f64;
}
