//! The gamma function and its logarithm by Lanczos' approximation, as CPython computes them.
// The constants keep the digits they are published with.
#![allow(clippy::excessive_precision)]

use std::f64::consts::PI;

/// Why a function has no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undefined {
    /// The argument is outside the domain.
    Domain,
    /// The result is too large.
    Range,
}

const LANCZOS_G: f64 = 6.024_680_040_776_729_583_740_234_375;
const LANCZOS_G_MINUS_HALF: f64 = 5.524_680_040_776_729_583_740_234_375;
const LANCZOS_NUMERATOR: [f64; 13] = [
    23_531_376_880.410_759_688_572_007_674_451_636_754_734_846_804_94,
    42_919_803_642.649_098_768_957_899_047_001_988_850_926_355_848_959,
    35_711_959_237.355_668_049_440_185_451_547_166_705_960_488_635_843,
    17_921_034_426.037_209_699_919_755_754_458_931_112_671_403_265_390,
    6_039_542_586.352_028_005_064_291_644_307_297_921_069_938_842_070_8,
    1_439_720_407.311_721_673_663_223_072_794_912_393_971_548_578_637_2,
    248_874_557.862_054_156_511_460_386_413_229_423_216_321_251_278_01,
    31_426_415.585_400_194_380_614_231_628_318_205_362_874_684_987_640,
    2_876_370.628_935_372_441_225_409_051_620_849_613_599_114_537_876_8,
    186_056.265_395_223_495_040_294_989_716_045_699_282_207_842_363_28,
    8_071.672_002_365_816_210_638_002_902_272_250_613_821_851_632_502_4,
    210.824_277_751_579_345_872_509_733_920_713_362_711_669_695_802_91,
    2.506_628_274_631_000_270_164_908_177_133_837_338_626_431_079_340_8,
];
const LANCZOS_DENOMINATOR: [f64; 13] = [
    0.0,
    39_916_800.0,
    120_543_840.0,
    150_917_976.0,
    105_258_076.0,
    45_995_730.0,
    13_339_535.0,
    2_637_558.0,
    357_423.0,
    32_670.0,
    1_925.0,
    66.0,
    1.0,
];

fn lanczos_sum(x: f64) -> f64 {
    let pairs = LANCZOS_NUMERATOR.iter().zip(&LANCZOS_DENOMINATOR);
    // The order of evaluation keeps intermediate values in range.
    let (numerator, denominator) = if x < 5.0 {
        pairs
            .rev()
            .fold((0.0, 0.0), |(n, d), (a, b)| (n * x + a, d * x + b))
    } else {
        pairs.fold((0.0, 0.0), |(n, d), (a, b)| (n / x + a, d / x + b))
    };
    numerator / denominator
}

/// `sin(pi * x)` of a finite number.
fn sinpi(x: f64) -> f64 {
    let y = x.abs() % 2.0;
    let r = match (2.0 * y).round() as i32 {
        0 => (PI * y).sin(),
        1 => (PI * (y - 0.5)).cos(),
        2 => (PI * (1.0 - y)).sin(),
        3 => -(PI * (y - 1.5)).cos(),
        _ => (PI * (y - 2.0)).sin(),
    };
    1f64.copysign(x) * r
}

/// The gamma function.
pub fn gamma(x: f64) -> Result<f64, Undefined> {
    if !x.is_finite() {
        return if x.is_nan() || x > 0.0 {
            Ok(x)
        } else {
            Err(Undefined::Domain)
        };
    }
    if x == 0.0 {
        return Err(Undefined::Domain);
    }
    if x == x.floor() {
        if x < 0.0 {
            return Err(Undefined::Domain);
        }
        // Exact up to 22!.
        if x <= 23.0 {
            return Ok((1..x as u64).fold(1.0, |product, i| product * i as f64));
        }
    }
    let magnitude = x.abs();
    let checked = |r: f64| {
        if r.is_infinite() {
            Err(Undefined::Range)
        } else {
            Ok(r)
        }
    };
    if magnitude < 1e-20 {
        return checked(1.0 / x);
    }
    if magnitude > 200.0 {
        return if x < 0.0 {
            Ok(0.0 / sinpi(x))
        } else {
            Err(Undefined::Range)
        };
    }
    let y = magnitude + LANCZOS_G_MINUS_HALF;
    // The rounding error of y.
    let z = if magnitude > LANCZOS_G_MINUS_HALF {
        (y - magnitude) - LANCZOS_G_MINUS_HALF
    } else {
        (y - LANCZOS_G_MINUS_HALF) - magnitude
    };
    let z = z * LANCZOS_G / y;
    let mut r;
    if x < 0.0 {
        r = -PI / sinpi(magnitude) / magnitude * y.exp() / lanczos_sum(magnitude);
        r -= z * r;
        if magnitude < 140.0 {
            r /= y.powf(magnitude - 0.5);
        } else {
            let half = y.powf(magnitude / 2.0 - 0.25);
            r /= half;
            r /= half;
        }
    } else {
        r = lanczos_sum(magnitude) / y.exp();
        r += z * r;
        if magnitude < 140.0 {
            r *= y.powf(magnitude - 0.5);
        } else {
            let half = y.powf(magnitude / 2.0 - 0.25);
            r *= half;
            r *= half;
        }
    }
    checked(r)
}

/// The logarithm of the gamma function's magnitude.
pub fn lgamma(x: f64) -> Result<f64, Undefined> {
    const LN_PI: f64 = 1.144_729_885_849_400_174_143_427_351_353_058_711_647;
    if !x.is_finite() {
        return Ok(if x.is_nan() { x } else { f64::INFINITY });
    }
    if x == x.floor() && x <= 2.0 {
        return if x <= 0.0 {
            Err(Undefined::Domain)
        } else {
            Ok(0.0)
        };
    }
    let magnitude = x.abs();
    if magnitude < 1e-20 {
        return Ok(-magnitude.ln());
    }
    let mut r = lanczos_sum(magnitude).ln() - LANCZOS_G;
    r += (magnitude - 0.5) * ((magnitude + LANCZOS_G - 0.5).ln() - 1.0);
    if x < 0.0 {
        r = LN_PI - sinpi(magnitude).abs().ln() - magnitude.ln() - r;
    }
    if r.is_infinite() {
        return Err(Undefined::Range);
    }
    Ok(r)
}
