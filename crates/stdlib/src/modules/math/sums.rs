//! Sums, products and norms, with as little rounding as possible.

use runtime::Vm;
use runtime::object::{Args, IntView, PyResult, Tuple, Value};
use runtime::protocol::number::BinaryOp;
use runtime::types::float::frexp;
use runtime::types::int::big::{ldexp, to_f64};

/// Shewchuk's exact sum: partial sums that do not overlap, rounded once at the end.
pub(super) fn fsum(vm: &Vm, args: &[Value]) -> PyResult {
    let mut partials: Vec<f64> = Vec::new();
    let (mut special, mut infinities) = (0.0, 0.0);
    vm.for_each(&args[1], |item| {
        let mut x = vm.as_f64(&item)?;
        let given = x;
        let mut kept = 0;
        for j in 0..partials.len() {
            let mut y = partials[j];
            if x.abs() < y.abs() {
                std::mem::swap(&mut x, &mut y);
            }
            let high = x + y;
            let low = y - (high - x);
            if low != 0.0 {
                partials[kept] = low;
                kept += 1;
            }
            x = high;
        }
        partials.truncate(kept);
        if x != 0.0 {
            if !x.is_finite() {
                if given.is_finite() {
                    return Err(vm.overflow_error("intermediate overflow in fsum"));
                }
                if given.is_infinite() {
                    infinities += given;
                }
                special += given;
                partials.clear();
            } else {
                partials.push(x);
            }
        }
        Ok(())
    })?;
    if special != 0.0 {
        if infinities.is_nan() {
            return Err(vm.value_error("-inf + inf in fsum"));
        }
        return Ok(vm.float(special));
    }
    let Some(mut high) = partials.pop() else {
        return Ok(vm.float(0.0));
    };
    let mut low = 0.0;
    while let Some(y) = partials.pop() {
        let x = high;
        high = x + y;
        low = y - (high - x);
        if low != 0.0 {
            break;
        }
    }
    // Half-way cases depend on what is left below.
    if let Some(&below) = partials.last()
        && ((low < 0.0 && below < 0.0) || (low > 0.0 && below > 0.0))
    {
        let y = low * 2.0;
        let x = high + y;
        if y == x - high {
            high = x;
        }
    }
    Ok(vm.float(high))
}

pub(super) fn prod(vm: &Vm, args: &[Value]) -> PyResult {
    let mut product = match args[2].given() {
        Some(start) => start.clone(),
        None => Value::small_int(1),
    };
    vm.for_each(&args[1], |item| {
        product = vm.binary(&BinaryOp::MULTIPLY, &product, &item)?;
        Ok(())
    })?;
    Ok(product)
}

/// An unevaluated sum of two floats.
#[derive(Clone, Copy)]
struct Double {
    high: f64,
    low: f64,
}

/// The exact sum, for `|a| >= |b|`.
fn fast_sum(a: f64, b: f64) -> Double {
    let high = a + b;
    Double {
        high,
        low: (a - high) + b,
    }
}

/// The exact sum.
fn exact_sum(a: f64, b: f64) -> Double {
    let high = a + b;
    let z = high - a;
    Double {
        high,
        low: (a - (high - z)) + (b - z),
    }
}

/// The exact product.
fn exact_product(x: f64, y: f64) -> Double {
    let high = x * y;
    Double {
        high,
        low: x.mul_add(y, -high),
    }
}

/// A running dot product in about three times the precision of a float.
#[derive(Clone, Copy, Default)]
struct Triple {
    high: f64,
    low: f64,
    tiny: f64,
}

impl Triple {
    fn add_product(self, x: f64, y: f64) -> Triple {
        let product = exact_product(x, y);
        let sum = exact_sum(self.high, product.high);
        let first = exact_sum(self.low, product.low);
        let second = exact_sum(first.high, sum.low);
        Triple {
            high: sum.high,
            low: second.high,
            tiny: self.tiny + first.low + second.low,
        }
    }

    fn value(self) -> f64 {
        let last = exact_sum(self.tiny, self.low);
        let total = exact_sum(self.high, last.high);
        total.high + (last.low + total.low)
    }
}

/// The running state of `sumprod`: a total, and what fast paths have summed up meanwhile.  The sum
/// begins with machine integers, goes on with floats, and once neither will do with any numbers.
struct SumOfProducts<'a> {
    vm: &'a Vm,
    total: Value,
    path: Path,
}

enum Path {
    Ints(Option<i64>),
    Floats(Option<Triple>),
    Any,
}

impl SumOfProducts<'_> {
    fn add_to_total(&mut self, term: &Value) -> PyResult<()> {
        self.total = self.vm.binary(&BinaryOp::ADD, &self.total, term)?;
        Ok(())
    }

    /// Goes on to the next path.
    fn leave_path(&mut self) -> PyResult<()> {
        let next = match self.path {
            Path::Ints(_) => Path::Floats(None),
            _ => Path::Any,
        };
        match std::mem::replace(&mut self.path, next) {
            Path::Ints(Some(sum)) => self.add_to_total(&self.vm.int(sum)),
            Path::Floats(Some(sum)) => self.add_to_total(&self.vm.float(sum.value())),
            _ => Ok(()),
        }
    }

    fn add(&mut self, p: &Value, q: &Value) -> PyResult<()> {
        if let Path::Ints(sum) = self.path {
            if let (Some(x), Some(y)) = (self.plain_int(p), self.plain_int(q))
                && let Some(product) = x.checked_mul(y)
                && let Some(sum) = sum.unwrap_or(0).checked_add(product)
            {
                self.path = Path::Ints(Some(sum));
                return Ok(());
            }
            self.leave_path()?;
        }
        if let Path::Floats(sum) = self.path {
            if let Some((x, y)) = self.float_pair(p, q) {
                let sum = sum.unwrap_or_default().add_product(x, y);
                if sum.high.is_finite() {
                    self.path = Path::Floats(Some(sum));
                    return Ok(());
                }
            }
            self.leave_path()?;
        }
        let product = self.vm.binary(&BinaryOp::MULTIPLY, p, q)?;
        self.add_to_total(&product)
    }

    fn plain_int(&self, value: &Value) -> Option<i64> {
        if !self.vm.class_of(value).is(&self.vm.types.int) {
            return None;
        }
        value.as_int()?.to_i64()
    }

    /// Two floats, or a float and an integer.
    fn float_pair(&self, p: &Value, q: &Value) -> Option<(f64, f64)> {
        let is_float = |v: &Value| self.vm.class_of(v).is(&self.vm.types.float);
        let number = |v: &Value| {
            if is_float(v) {
                return v.as_float();
            }
            let int = self.vm.class_of(v).is(&self.vm.types.int) || v.as_bool().is_some();
            let view = if int { v.as_int()? } else { return None };
            match view {
                IntView::Small(i) => Some(i as f64),
                IntView::Big(n) => to_f64(n),
            }
        };
        if is_float(p) || is_float(q) {
            Some((number(p)?, number(q)?))
        } else {
            None
        }
    }
}

pub(super) fn sumprod(vm: &Vm, args: &[Value]) -> PyResult {
    let (left, right) = (vm.iter(&args[1])?, vm.iter(&args[2])?);
    let mut sum = SumOfProducts {
        vm,
        total: Value::small_int(0),
        path: Path::Ints(None),
    };
    loop {
        match (vm.next(&left)?, vm.next(&right)?) {
            (Some(p), Some(q)) => sum.add(&p, &q)?,
            (None, None) => break,
            _ => return Err(vm.value_error("Inputs are not the same length")),
        }
    }
    while !matches!(sum.path, Path::Any) {
        sum.leave_path()?;
    }
    Ok(sum.total)
}

/// The root of the sum of squares of not negative numbers, nearly correctly rounded.
fn norm(coordinates: &mut [f64]) -> f64 {
    let largest = coordinates.iter().copied().fold(0.0, f64::max);
    if largest.is_infinite() {
        return largest;
    }
    if coordinates.iter().any(|x| x.is_nan()) {
        return f64::NAN;
    }
    if largest == 0.0 || coordinates.len() <= 1 {
        return largest;
    }
    let (_, exponent) = frexp(largest);
    if exponent < -1023 {
        // The scale would overflow, so subnormals are made normal first.
        for x in coordinates.iter_mut() {
            *x /= f64::MIN_POSITIVE;
        }
        return f64::MIN_POSITIVE * norm(coordinates);
    }
    let scale = ldexp(1.0, i64::from(-exponent));
    let (mut sum, mut rest_1, mut rest_2) = (1.0, 0.0, 0.0);
    for &mut x in coordinates {
        let x = x * scale;
        let square = exact_product(x, x);
        let next = fast_sum(sum, square.high);
        sum = next.high;
        rest_1 += square.low;
        rest_2 += next.low;
    }
    let root = (sum - 1.0 + (rest_1 + rest_2)).sqrt();
    // One step of Newton's method on the exact remainder.
    let square = exact_product(-root, root);
    let next = fast_sum(sum, square.high);
    let rest = next.high - 1.0 + (rest_1 + square.low + (rest_2 + next.low));
    (root + rest / (2.0 * root)) / scale
}

pub(super) fn hypot(vm: &Vm, args: Args<'_>) -> PyResult {
    let args = args.skip_first();
    if !args.names.is_empty() {
        return Err(vm.type_error("math.hypot() takes no keyword arguments"));
    }
    let mut coordinates = Vec::with_capacity(args.values.len());
    for value in args.values {
        coordinates.push(vm.as_f64(value)?.abs());
    }
    Ok(vm.float(norm(&mut coordinates)))
}

pub(super) fn dist(vm: &Vm, args: &[Value]) -> PyResult {
    let point = |value: &Value| -> PyResult<Vec<Value>> {
        match value.payload::<Tuple>() {
            Some(tuple) => Ok(tuple.to_vec()),
            None => vm.collect(value),
        }
    };
    let (p, q) = (point(&args[1])?, point(&args[2])?);
    if p.len() != q.len() {
        return Err(vm.value_error("both points must have the same number of dimensions"));
    }
    let mut differences = Vec::with_capacity(p.len());
    for (a, b) in p.iter().zip(&q) {
        differences.push((vm.as_f64(a)? - vm.as_f64(b)?).abs());
    }
    Ok(vm.float(norm(&mut differences)))
}
