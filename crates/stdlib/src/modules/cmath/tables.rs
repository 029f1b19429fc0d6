//! Results for arguments that are not finite, by the kinds of real and imaginary part (C99 annex G).

use std::f64::consts::{FRAC_PI_2 as PI12, FRAC_PI_4 as PI14, PI};

/// Rows by the kind of the real part, columns by that of the imaginary part.
pub(super) type Table = [[(f64, f64); 7]; 7];

/// The place of a float's kind in a table: -inf, below zero, -0, 0, above zero, inf, NaN.
fn kind(x: f64) -> usize {
    if x.is_nan() {
        return 6;
    }
    match (x.is_sign_negative(), x.is_infinite(), x == 0.0) {
        (true, true, _) => 0,
        (true, false, false) => 1,
        (true, false, true) => 2,
        (false, false, true) => 3,
        (false, false, false) => 4,
        (false, true, _) => 5,
    }
}

/// The entry for an argument.
pub(super) fn special(table: &Table, (re, im): (f64, f64)) -> (f64, f64) {
    table[kind(re)][kind(im)]
}

const PI34: f64 = 0.75 * PI;
const I: f64 = f64::INFINITY;
const N: f64 = f64::NAN;
/// Finite, computed otherwise or an error.
const U: (f64, f64) = (N, N);

/// `acos`.
pub(super) const ACOS: Table = [
    [
        (PI34, I),
        (PI, I),
        (PI, I),
        (PI, -I),
        (PI, -I),
        (PI34, -I),
        (N, I),
    ],
    [(PI12, I), U, U, U, U, (PI12, -I), (N, N)],
    [(PI12, I), U, U, U, U, (PI12, -I), (PI12, N)],
    [(PI12, I), U, U, U, U, (PI12, -I), (PI12, N)],
    [(PI12, I), U, U, U, U, (PI12, -I), (N, N)],
    [
        (PI14, I),
        (0.0, I),
        (0.0, I),
        (0.0, -I),
        (0.0, -I),
        (PI14, -I),
        (N, I),
    ],
    [(N, I), (N, N), (N, N), (N, N), (N, N), (N, -I), (N, N)],
];

/// `acosh`.
pub(super) const ACOSH: Table = [
    [
        (I, -PI34),
        (I, -PI),
        (I, -PI),
        (I, PI),
        (I, PI),
        (I, PI34),
        (I, N),
    ],
    [(I, -PI12), U, U, U, U, (I, PI12), (N, N)],
    [(I, -PI12), U, U, U, U, (I, PI12), (N, N)],
    [(I, -PI12), U, U, U, U, (I, PI12), (N, N)],
    [(I, -PI12), U, U, U, U, (I, PI12), (N, N)],
    [
        (I, -PI14),
        (I, -0.0),
        (I, -0.0),
        (I, 0.0),
        (I, 0.0),
        (I, PI14),
        (I, N),
    ],
    [(I, N), (N, N), (N, N), (N, N), (N, N), (I, N), (N, N)],
];

/// `asinh`.
pub(super) const ASINH: Table = [
    [
        (-I, -PI14),
        (-I, -0.0),
        (-I, -0.0),
        (-I, 0.0),
        (-I, 0.0),
        (-I, PI14),
        (-I, N),
    ],
    [(-I, -PI12), U, U, U, U, (-I, PI12), (N, N)],
    [(-I, -PI12), U, U, U, U, (-I, PI12), (N, N)],
    [(I, -PI12), U, U, U, U, (I, PI12), (N, N)],
    [(I, -PI12), U, U, U, U, (I, PI12), (N, N)],
    [
        (I, -PI14),
        (I, -0.0),
        (I, -0.0),
        (I, 0.0),
        (I, 0.0),
        (I, PI14),
        (I, N),
    ],
    [(I, N), (N, N), (N, -0.0), (N, 0.0), (N, N), (I, N), (N, N)],
];

/// `atanh`.
pub(super) const ATANH: Table = [
    [
        (-0.0, -PI12),
        (-0.0, -PI12),
        (-0.0, -PI12),
        (-0.0, PI12),
        (-0.0, PI12),
        (-0.0, PI12),
        (-0.0, N),
    ],
    [(-0.0, -PI12), U, U, U, U, (-0.0, PI12), (N, N)],
    [(-0.0, -PI12), U, U, U, U, (-0.0, PI12), (-0.0, N)],
    [(0.0, -PI12), U, U, U, U, (0.0, PI12), (0.0, N)],
    [(0.0, -PI12), U, U, U, U, (0.0, PI12), (N, N)],
    [
        (0.0, -PI12),
        (0.0, -PI12),
        (0.0, -PI12),
        (0.0, PI12),
        (0.0, PI12),
        (0.0, PI12),
        (0.0, N),
    ],
    [
        (0.0, -PI12),
        (N, N),
        (N, N),
        (N, N),
        (N, N),
        (0.0, PI12),
        (N, N),
    ],
];

/// `cosh`.
pub(super) const COSH: Table = [
    [U, (-I, I), (I, 0.0), (I, -0.0), (-I, -I), U, (I, N)],
    [U, U, U, U, U, U, (N, N)],
    [U, U, U, U, U, U, (N, 0.0)],
    [U, U, U, U, U, U, (N, 0.0)],
    [U, U, U, U, U, U, (N, N)],
    [U, (-I, -I), (I, -0.0), (I, 0.0), (-I, I), U, (I, N)],
    [(N, N), (N, N), (N, 0.0), (N, 0.0), (N, N), (N, N), (N, N)],
];

/// `exp`.
pub(super) const EXP: Table = [
    [
        (0.0, 0.0),
        (-0.0, -0.0),
        (0.0, -0.0),
        (0.0, 0.0),
        (-0.0, 0.0),
        (0.0, 0.0),
        (0.0, 0.0),
    ],
    [U, U, U, U, U, U, (N, N)],
    [U, U, U, U, U, U, (N, N)],
    [U, U, U, U, U, U, (N, N)],
    [U, U, U, U, U, U, (N, N)],
    [U, (-I, -I), (I, -0.0), (I, 0.0), (-I, I), U, (I, N)],
    [(N, N), (N, N), (N, -0.0), (N, 0.0), (N, N), (N, N), (N, N)],
];

/// `log`.
pub(super) const LOG: Table = [
    [
        (I, -PI34),
        (I, -PI),
        (I, -PI),
        (I, PI),
        (I, PI),
        (I, PI34),
        (I, N),
    ],
    [(I, -PI12), U, U, U, U, (I, PI12), (N, N)],
    [(I, -PI12), U, U, U, U, (I, PI12), (N, N)],
    [(I, -PI12), U, U, U, U, (I, PI12), (N, N)],
    [(I, -PI12), U, U, U, U, (I, PI12), (N, N)],
    [
        (I, -PI14),
        (I, -0.0),
        (I, -0.0),
        (I, 0.0),
        (I, 0.0),
        (I, PI14),
        (I, N),
    ],
    [(I, N), (N, N), (N, N), (N, N), (N, N), (I, N), (N, N)],
];

/// `sinh`.
pub(super) const SINH: Table = [
    [U, (I, -I), (-I, -0.0), (-I, 0.0), (I, I), U, (I, N)],
    [U, U, U, U, U, U, (N, N)],
    [U, U, U, U, U, U, (0.0, N)],
    [U, U, U, U, U, U, (0.0, N)],
    [U, U, U, U, U, U, (N, N)],
    [U, (-I, -I), (I, -0.0), (I, 0.0), (-I, I), U, (I, N)],
    [(N, N), (N, N), (N, -0.0), (N, 0.0), (N, N), (N, N), (N, N)],
];

/// `sqrt`.
pub(super) const SQRT: Table = [
    [
        (I, -I),
        (0.0, -I),
        (0.0, -I),
        (0.0, I),
        (0.0, I),
        (I, I),
        (N, I),
    ],
    [(I, -I), U, U, U, U, (I, I), (N, N)],
    [(I, -I), U, U, U, U, (I, I), (N, N)],
    [(I, -I), U, U, U, U, (I, I), (N, N)],
    [(I, -I), U, U, U, U, (I, I), (N, N)],
    [
        (I, -I),
        (I, -0.0),
        (I, -0.0),
        (I, 0.0),
        (I, 0.0),
        (I, I),
        (I, N),
    ],
    [(I, -I), (N, N), (N, N), (N, N), (N, N), (I, I), (N, N)],
];

/// `tanh`.
pub(super) const TANH: Table = [
    [
        (-1.0, 0.0),
        (-1.0, 0.0),
        (-1.0, -0.0),
        (-1.0, 0.0),
        (-1.0, -0.0),
        (-1.0, 0.0),
        (-1.0, 0.0),
    ],
    [U, U, U, U, U, U, (N, N)],
    [U, U, U, U, U, U, (N, N)],
    [U, U, U, U, U, U, (N, N)],
    [U, U, U, U, U, U, (N, N)],
    [
        (1.0, 0.0),
        (1.0, 0.0),
        (1.0, -0.0),
        (1.0, 0.0),
        (1.0, -0.0),
        (1.0, 0.0),
        (1.0, 0.0),
    ],
    [(N, N), (N, N), (N, -0.0), (N, 0.0), (N, N), (N, N), (N, N)],
];

/// `rect`.
pub(super) const RECT: Table = [
    [U, (I, I), (-I, 0.0), (-I, -0.0), (I, -I), U, (I, N)],
    [U, U, U, U, U, U, (N, N)],
    [(0.0, 0.0), U, U, U, U, (0.0, 0.0), (0.0, 0.0)],
    [(0.0, 0.0), U, U, U, U, (0.0, 0.0), (0.0, 0.0)],
    [U, U, U, U, U, U, (N, N)],
    [U, (-I, -I), (I, -0.0), (I, 0.0), (-I, I), U, (I, N)],
    [(N, N), (N, N), (N, 0.0), (N, 0.0), (N, N), (N, N), (N, N)],
];
