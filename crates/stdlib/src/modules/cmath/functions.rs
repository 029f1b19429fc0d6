//! The functions, on pairs of real and imaginary part.
//!
//! Large and tiny arguments are scaled so that no intermediate result overflows; arguments that are
//! not finite have their results in tables.

use std::f64::consts::{E, LN_2, PI};

use runtime::object::c_math;
use runtime::types::int::big::ldexp;

use super::super::math::special::Undefined;
use super::tables::{self, special};

/// Real and imaginary part.
pub(super) type Parts = (f64, f64);
type Outcome = Result<Parts, Undefined>;

const LARGE: f64 = f64::MAX / 4.0;
const MANTISSA_BITS: i64 = 53;

fn log_large() -> f64 {
    LARGE.ln()
}

fn is_finite(z: Parts) -> bool {
    z.0.is_finite() && z.1.is_finite()
}

fn is_large(z: Parts) -> bool {
    z.0.abs() > LARGE || z.1.abs() > LARGE
}

fn ln_1p(x: f64) -> f64 {
    if x == 0.0 { x } else { x.ln_1p() }
}

/// The logarithm of half the modulus.
fn log_half_modulus(z: Parts) -> f64 {
    (z.0 / 2.0).hypot(z.1 / 2.0).ln()
}

fn checked(z: Parts) -> Outcome {
    if z.0.is_infinite() || z.1.is_infinite() {
        Err(Undefined::Range)
    } else {
        Ok(z)
    }
}

pub(super) fn sqrt_of(z: Parts) -> Parts {
    let (re, im) = z;
    if !is_finite(z) {
        return special(&tables::SQRT, z);
    }
    if re == 0.0 && im == 0.0 {
        return (0.0, im);
    }
    let (mut ax, ay) = (re.abs(), im.abs());
    let s = if ax < f64::MIN_POSITIVE && ay < f64::MIN_POSITIVE {
        ax = ldexp(ax, MANTISSA_BITS);
        ldexp((ax + ax.hypot(ldexp(ay, MANTISSA_BITS))).sqrt(), -27)
    } else {
        ax /= 8.0;
        2.0 * (ax + ax.hypot(ay / 8.0)).sqrt()
    };
    let d = ay / (2.0 * s);
    if re >= 0.0 {
        (s, d.copysign(im))
    } else {
        (d, s.copysign(im))
    }
}

pub(super) fn sqrt(z: Parts) -> Outcome {
    Ok(sqrt_of(z))
}

pub(super) fn acos(z: Parts) -> Outcome {
    let (re, im) = z;
    if !is_finite(z) {
        return Ok(special(&tables::ACOS, z));
    }
    if is_large(z) {
        let log = log_half_modulus(z) + LN_2 * 2.0;
        let imaginary = if re < 0.0 {
            -log.copysign(im)
        } else {
            log.copysign(-im)
        };
        return Ok((im.abs().atan2(re), imaginary));
    }
    let a = sqrt_of((1.0 - re, -im));
    let b = sqrt_of((1.0 + re, im));
    Ok((2.0 * a.0.atan2(b.0), c_math::asinh(b.0 * a.1 - b.1 * a.0)))
}

pub(super) fn acosh(z: Parts) -> Outcome {
    let (re, im) = z;
    if !is_finite(z) {
        return Ok(special(&tables::ACOSH, z));
    }
    if is_large(z) {
        return Ok((log_half_modulus(z) + LN_2 * 2.0, im.atan2(re)));
    }
    let a = sqrt_of((re - 1.0, im));
    let b = sqrt_of((re + 1.0, im));
    Ok((c_math::asinh(a.0 * b.0 + a.1 * b.1), 2.0 * a.1.atan2(b.0)))
}

pub(super) fn asinh(z: Parts) -> Outcome {
    let (re, im) = z;
    if !is_finite(z) {
        return Ok(special(&tables::ASINH, z));
    }
    if is_large(z) {
        let log = log_half_modulus(z) + LN_2 * 2.0;
        let real = if im >= 0.0 {
            log.copysign(re)
        } else {
            -log.copysign(-re)
        };
        return Ok((real, im.atan2(re.abs())));
    }
    let a = sqrt_of((1.0 + im, -re));
    let b = sqrt_of((1.0 - im, re));
    Ok((
        c_math::asinh(a.0 * b.1 - b.0 * a.1),
        im.atan2(a.0 * b.0 - a.1 * b.1),
    ))
}

pub(super) fn atanh(z: Parts) -> Outcome {
    let (re, im) = z;
    if !is_finite(z) {
        return Ok(special(&tables::ATANH, z));
    }
    if re.is_sign_negative() {
        let (re, im) = atanh((-re, -im))?;
        return Ok((-re, -im));
    }
    let ay = im.abs();
    let large = LARGE.sqrt();
    if re > large || ay > large {
        let half = (re / 2.0).hypot(im / 2.0);
        return Ok((re / 4.0 / half / half, -(PI / 2.0).copysign(-im)));
    }
    if re == 1.0 && ay < f64::MIN_POSITIVE.sqrt() {
        if ay == 0.0 {
            return Err(Undefined::Domain);
        }
        return Ok((
            -(ay.sqrt() / ay.hypot(2.0).sqrt()).ln(),
            (2f64.atan2(-ay) / 2.0).copysign(im),
        ));
    }
    Ok((
        ln_1p(4.0 * re / ((1.0 - re) * (1.0 - re) + ay * ay)) / 4.0,
        -(-2.0 * im).atan2((1.0 - re) * (1.0 + re) - ay * ay) / 2.0,
    ))
}

/// A function of `z` by the hyperbolic one of `i*z`.
fn turned(z: Parts, hyperbolic: fn(Parts) -> Outcome) -> Outcome {
    let (re, im) = hyperbolic((-z.1, z.0))?;
    Ok((im, -re))
}

pub(super) fn asin(z: Parts) -> Outcome {
    turned(z, asinh)
}

pub(super) fn atan(z: Parts) -> Outcome {
    turned(z, atanh)
}

pub(super) fn sin(z: Parts) -> Outcome {
    turned(z, sinh)
}

pub(super) fn tan(z: Parts) -> Outcome {
    turned(z, tanh)
}

pub(super) fn cos(z: Parts) -> Outcome {
    cosh((-z.1, z.0))
}

/// Infinities with the signs of the cosine and the sine.
fn infinite_at(angle: f64) -> Parts {
    (
        f64::INFINITY.copysign(angle.cos()),
        f64::INFINITY.copysign(angle.sin()),
    )
}

pub(super) fn cosh(z: Parts) -> Outcome {
    let (re, im) = z;
    if !is_finite(z) {
        if im.is_infinite() && !re.is_nan() {
            return Err(Undefined::Domain);
        }
        if re.is_infinite() && im.is_finite() && im != 0.0 {
            let (c, s) = infinite_at(im);
            return Ok((c, if re > 0.0 { s } else { -s }));
        }
        return Ok(special(&tables::COSH, z));
    }
    checked(if re.abs() > log_large() {
        let less = re - 1f64.copysign(re);
        (im.cos() * less.cosh() * E, im.sin() * less.sinh() * E)
    } else {
        (im.cos() * re.cosh(), im.sin() * re.sinh())
    })
}

pub(super) fn sinh(z: Parts) -> Outcome {
    let (re, im) = z;
    if !is_finite(z) {
        if im.is_infinite() && !re.is_nan() {
            return Err(Undefined::Domain);
        }
        if re.is_infinite() && im.is_finite() && im != 0.0 {
            let (c, s) = infinite_at(im);
            return Ok((if re > 0.0 { c } else { -c }, s));
        }
        return Ok(special(&tables::SINH, z));
    }
    checked(if re.abs() > log_large() {
        let less = re - 1f64.copysign(re);
        (im.cos() * less.sinh() * E, im.sin() * less.cosh() * E)
    } else {
        (im.cos() * re.sinh(), im.sin() * re.cosh())
    })
}

pub(super) fn tanh(z: Parts) -> Outcome {
    let (re, im) = z;
    if !is_finite(z) {
        if im.is_infinite() && re.is_finite() {
            return Err(Undefined::Domain);
        }
        if re.is_infinite() && im.is_finite() && im != 0.0 {
            let imaginary = 0f64.copysign(2.0 * im.sin() * im.cos());
            return Ok((1f64.copysign(re), imaginary));
        }
        return Ok(special(&tables::TANH, z));
    }
    if re.abs() > log_large() {
        let imaginary = 4.0 * im.sin() * im.cos() * (-2.0 * re.abs()).exp();
        return Ok((1f64.copysign(re), imaginary));
    }
    let (tx, ty, cx) = (re.tanh(), im.tan(), 1.0 / re.cosh());
    let txty = tx * ty;
    let divisor = 1.0 + txty * txty;
    Ok((tx * (1.0 + ty * ty) / divisor, ((ty / divisor) * cx) * cx))
}

pub(super) fn exp(z: Parts) -> Outcome {
    let (re, im) = z;
    if !is_finite(z) {
        if im.is_infinite() && (re.is_finite() || re == f64::INFINITY) {
            return Err(Undefined::Domain);
        }
        if re.is_infinite() && im.is_finite() && im != 0.0 {
            if re > 0.0 {
                return Ok(infinite_at(im));
            }
            return Ok((0f64.copysign(im.cos()), 0f64.copysign(im.sin())));
        }
        return Ok(special(&tables::EXP, z));
    }
    checked(if re > log_large() {
        let l = (re - 1.0).exp();
        (l * im.cos() * E, l * im.sin() * E)
    } else {
        let l = re.exp();
        (l * im.cos(), l * im.sin())
    })
}

pub(super) fn log(z: Parts) -> Outcome {
    let (re, im) = z;
    if !is_finite(z) {
        return Ok(special(&tables::LOG, z));
    }
    let (ax, ay) = (re.abs(), im.abs());
    let real = if ax > LARGE || ay > LARGE {
        log_half_modulus(z) + LN_2
    } else if ax < f64::MIN_POSITIVE && ay < f64::MIN_POSITIVE {
        if ax == 0.0 && ay == 0.0 {
            return Err(Undefined::Domain);
        }
        let (ax, ay) = (ldexp(ax, MANTISSA_BITS), ldexp(ay, MANTISSA_BITS));
        ax.hypot(ay).ln() - MANTISSA_BITS as f64 * LN_2
    } else {
        let h = ax.hypot(ay);
        if (0.71..=1.73).contains(&h) {
            let (greater, less) = if ax > ay { (ax, ay) } else { (ay, ax) };
            ln_1p((greater - 1.0) * (greater + 1.0) + less * less) / 2.0
        } else {
            h.ln()
        }
    };
    Ok((real, im.atan2(re)))
}

pub(super) fn log10(z: Parts) -> Outcome {
    let (re, im) = log(z)?;
    let ten = 10f64.ln();
    Ok((re / ten, im / ten))
}

pub(super) fn rect(r: f64, phi: f64) -> Outcome {
    if !r.is_finite() || !phi.is_finite() {
        if r != 0.0 && !r.is_nan() && phi.is_infinite() {
            return Err(Undefined::Domain);
        }
        if r.is_infinite() && phi.is_finite() && phi != 0.0 {
            let (c, s) = infinite_at(phi);
            return Ok(if r > 0.0 { (c, s) } else { (-c, -s) });
        }
        return Ok(special(&tables::RECT, (r, phi)));
    }
    if phi == 0.0 {
        return Ok((r, phi * r));
    }
    Ok((r * phi.cos(), r * phi.sin()))
}
