//! Number theory and counting, on integers of any size.

use std::cmp::Ordering;

use runtime::Vm;
use runtime::object::{Args, IntView, PyResult, Value};
use runtime::types::int::big::{self, Big};
use runtime::types::int::{self, compare_views};

fn view(value: &Value) -> IntView<'_> {
    value.as_int().unwrap_or(IntView::Small(0))
}

/// Folds any number of integers.
fn fold(
    vm: &Vm,
    name: &str,
    args: Args<'_>,
    start: i64,
    step: fn(&Vm, IntView<'_>, IntView<'_>) -> PyResult,
) -> PyResult {
    let args = args.skip_first();
    if !args.names.is_empty() {
        return Err(vm.type_error(format!("math.{name}() takes no keyword arguments")));
    }
    let Some((first, rest)) = args.values.split_first() else {
        return Ok(Value::small_int(start));
    };
    let first = vm.index(first)?;
    let mut result = step(vm, view(&first), view(&first))?;
    for value in rest {
        let value = vm.index(value)?;
        result = step(vm, view(&result), view(&value))?;
    }
    Ok(result)
}

fn gcd_of(a: IntView<'_>, b: IntView<'_>) -> Big {
    let (mut room_a, mut room_b) = ([0], [0]);
    let (a, b) = (a.signed(&mut room_a).limbs, b.signed(&mut room_b).limbs);
    if let ([x], [y]) = (a, b) {
        let (mut x, mut y) = (*x, *y);
        while y != 0 {
            (x, y) = (y, x % y);
        }
        return Big::from(x);
    }
    big::gcd(a, b)
}

/// Room to find the divisor of two numbers.
fn check_divisor(vm: &Vm, a: IntView<'_>, b: IntView<'_>) -> PyResult<()> {
    let (mut room_a, mut room_b) = ([0], [0]);
    let longer = a
        .signed(&mut room_a)
        .limbs
        .len()
        .max(b.signed(&mut room_b).limbs.len());
    vm.check_product_size(longer)
}

pub(super) fn gcd(vm: &Vm, args: Args<'_>) -> PyResult {
    fold(vm, "gcd", args, 0, |vm, a, b| {
        check_divisor(vm, a, b)?;
        vm.int_big(&gcd_of(a, b))
    })
}

pub(super) fn lcm(vm: &Vm, args: Args<'_>) -> PyResult {
    fold(vm, "lcm", args, 1, |vm, a, b| {
        if a.is_zero() || b.is_zero() {
            return Ok(Value::small_int(0));
        }
        check_divisor(vm, a, b)?;
        let divisor = gcd_of(a, b);
        let (mut room_a, mut room_b) = ([0], [0]);
        let (a, b) = (a.signed(&mut room_a).abs(), b.signed(&mut room_b).abs());
        let (part, _) = big::div_mod_floor(a, divisor.signed());
        vm.check_product_size(part.signed().limbs.len() + b.limbs.len())?;
        vm.int_big(&big::mul(part.signed(), b))
    })
}

pub(super) fn isqrt(vm: &Vm, args: &[Value]) -> PyResult {
    let n = vm.index(&args[1])?;
    match view(&n) {
        n if n.is_negative() => Err(vm.value_error("isqrt() argument must be nonnegative")),
        IntView::Small(n) => Ok(vm.int_u64((n as u64).isqrt())),
        IntView::Big(n) => {
            vm.check_product_size(n.limbs.len())?;
            vm.int_big(&big::isqrt(n.limbs))
        }
    }
}

/// The product of the integers from `low` to `high`, halved until the factors are short.
/// Ctrl-C ends it.
fn range_product(vm: &Vm, low: u64, high: u64) -> PyResult<Big> {
    if high - low < 8 {
        return Ok((low..=high).fold(Big::from(1u64), |product, n| big::mul_limb(&product, n, 0)));
    }
    vm.check_breaker()?;
    let middle = low + (high - low) / 2;
    let left = range_product(vm, low, middle)?;
    let right = range_product(vm, middle + 1, high)?;
    Ok(big::mul(left.signed(), right.signed()))
}

/// Raises MemoryError for a product of that many factors which no machine holds.
fn check_size(vm: &Vm, factors: u64, bits: u64) -> PyResult<()> {
    let limbs = factors as f64 * bits as f64 / 64.0;
    vm.check_product_size(limbs as usize)
}

pub(super) fn factorial(vm: &Vm, args: &[Value]) -> PyResult {
    factorial_of(vm, &vm.index(&args[1])?)
}

fn factorial_of(vm: &Vm, n: &Value) -> PyResult {
    let n = view(n);
    if n.is_negative() {
        return Err(vm.value_error("factorial() not defined for negative values"));
    }
    let Some(n) = n.to_i64() else {
        return Err(vm.overflow_error(format!(
            "factorial() argument should not exceed {}",
            i64::MAX
        )));
    };
    let n = n as u64;
    if n <= 20 {
        return Ok(vm.int((2..=n as i64).product()));
    }
    check_size(vm, n, u64::from(64 - n.leading_zeros()).saturating_sub(2))?;
    vm.int_big(&range_product(vm, 2, n)?)
}

/// `n * (n - 1) * …`, `k` factors, for `n` of any size and at least `k`.
fn falling_product(vm: &Vm, n: &Big, low: u64, high: u64) -> PyResult<Big> {
    // The factors n - low, …, n - (high - 1).
    if high - low == 1 {
        return Ok(big::sub(n.signed(), Big::from(low).signed()));
    }
    vm.check_breaker()?;
    let middle = low + (high - low) / 2;
    let left = falling_product(vm, n, low, middle)?;
    let right = falling_product(vm, n, middle, high)?;
    Ok(big::mul(left.signed(), right.signed()))
}

fn falling(vm: &Vm, n: IntView<'_>, k: u64) -> PyResult<Big> {
    if k == 0 {
        return Ok(Big::from(1u64));
    }
    if let Some(n) = n.to_u64() {
        check_size(vm, k, u64::from(64 - (n - k + 1).leading_zeros()))?;
        return range_product(vm, n - k + 1, n);
    }
    let n = n.to_big();
    check_size(vm, k, big::bit_length(n.signed().limbs))?;
    falling_product(vm, &n, 0, k)
}

fn check_not_negative(vm: &Vm, n: &Value, k: &Value) -> PyResult<()> {
    if view(n).is_negative() {
        return Err(vm.value_error("n must be a non-negative integer"));
    }
    if view(k).is_negative() {
        return Err(vm.value_error("k must be a non-negative integer"));
    }
    Ok(())
}

pub(super) fn perm(vm: &Vm, args: &[Value]) -> PyResult {
    let Some(k) = args[2].given_not_none() else {
        return factorial(vm, args);
    };
    let (n, k) = (vm.index(&args[1])?, vm.index(k)?);
    check_not_negative(vm, &n, &k)?;
    if compare_views(view(&n), view(&k)) == Ordering::Less {
        return Ok(Value::small_int(0));
    }
    let Some(k) = view(&k).to_i64() else {
        return Err(vm.overflow_error(format!("k must not exceed {}", i64::MAX)));
    };
    vm.int_big(&falling(vm, view(&n), k as u64)?)
}

/// The number of combinations, if all that leads to it is small.
fn small_comb(n: u64, k: u64) -> Option<u64> {
    let k = if k > n { return Some(0) } else { k.min(n - k) };
    if k > 64 {
        return None;
    }
    // After each step this is a number of combinations itself.
    (0..k).try_fold(1u64, |count, i| Some(count.checked_mul(n - i)? / (i + 1)))
}

pub(super) fn comb(vm: &Vm, args: &[Value]) -> PyResult {
    let (n, k) = (vm.index(&args[1])?, vm.index(&args[2])?);
    check_not_negative(vm, &n, &k)?;
    if let (Some(n), Some(k)) = (n.as_small_int(), k.as_small_int())
        && let Some(count) = small_comb(n as u64, k as u64)
    {
        return Ok(vm.int_u64(count));
    }
    let rest = int::sub(vm, &n, &k)?;
    if view(&rest).is_negative() {
        return Ok(Value::small_int(0));
    }
    let smaller = if compare_views(view(&rest), view(&k)) == Ordering::Less {
        &rest
    } else {
        &k
    };
    let Some(k) = view(smaller).to_i64() else {
        return Err(vm.overflow_error(format!("min(n - k, k) must not exceed {}", i64::MAX)));
    };
    let k = k as u64;
    let numerator = falling(vm, view(&n), k)?;
    if k < 2 {
        return vm.int_big(&numerator);
    }
    let denominator = range_product(vm, 2, k)?;
    let (quotient, _) = big::div_mod_floor(numerator.signed(), denominator.signed());
    vm.int_big(&quotient)
}
