//! The operators of `int`.
//!
//! Each function has the shape of its slot: operands in source order, `NotImplemented` unless both
//! are integers.  Two immediates are handled first and without allocation.

use super::big::{self, Big, Signed};
use crate::object::{CompareOp, IntView, PyResult, Value};
use crate::vm::Vm;

#[inline]
fn both<'a>(a: &'a Value, b: &'a Value) -> Option<(IntView<'a>, IntView<'a>)> {
    Some((a.as_int()?, b.as_int()?))
}

#[inline]
fn both_small(a: &Value, b: &Value) -> Option<(i64, i64)> {
    Some((a.as_small_int()?, b.as_small_int()?))
}

fn with_signed(
    vm: &Vm,
    a: IntView<'_>,
    b: IntView<'_>,
    op: impl FnOnce(Signed<'_>, Signed<'_>) -> Big,
) -> PyResult {
    let (mut room_a, mut room_b) = ([0], [0]);
    vm.int_big(&op(a.signed(&mut room_a), b.signed(&mut room_b)))
}

/// `a + b`.
#[inline]
pub fn add(vm: &Vm, a: &Value, b: &Value) -> PyResult {
    match both_small(a, b) {
        // 63-bit operands cannot overflow 64 bits.
        Some((x, y)) => Ok(vm.int(x + y)),
        None => add_any(vm, a, b),
    }
}

#[inline(never)]
fn add_any(vm: &Vm, a: &Value, b: &Value) -> PyResult {
    match both(a, b) {
        Some((IntView::Small(x), IntView::Small(y))) => {
            Ok(vm.int_i128(i128::from(x) + i128::from(y)))
        }
        Some((x, y)) => with_signed(vm, x, y, big::add),
        None => Ok(Value::NOT_IMPLEMENTED),
    }
}

/// `a - b`.
#[inline]
pub fn sub(vm: &Vm, a: &Value, b: &Value) -> PyResult {
    match both_small(a, b) {
        Some((x, y)) => Ok(vm.int(x - y)),
        None => sub_any(vm, a, b),
    }
}

#[inline(never)]
fn sub_any(vm: &Vm, a: &Value, b: &Value) -> PyResult {
    match both(a, b) {
        Some((IntView::Small(x), IntView::Small(y))) => {
            Ok(vm.int_i128(i128::from(x) - i128::from(y)))
        }
        Some((x, y)) => with_signed(vm, x, y, big::sub),
        None => Ok(Value::NOT_IMPLEMENTED),
    }
}

/// `a * b`.
#[inline]
pub fn mul(vm: &Vm, a: &Value, b: &Value) -> PyResult {
    if let Some((x, y)) = both_small(a, b)
        && let Some(product) = x.checked_mul(y)
    {
        return Ok(vm.int(product));
    }
    mul_any(vm, a, b)
}

/// Room for the division of a number.
fn check_quotient(vm: &Vm, dividend: IntView<'_>) -> PyResult<()> {
    match dividend {
        IntView::Small(_) => Ok(()),
        IntView::Big(n) => vm.check_product_size(n.limbs.len()),
    }
}

#[inline(never)]
fn mul_any(vm: &Vm, a: &Value, b: &Value) -> PyResult {
    match both(a, b) {
        Some((IntView::Small(x), IntView::Small(y))) => {
            Ok(vm.int_i128(i128::from(x) * i128::from(y)))
        }
        Some((x, y)) => {
            let (mut room_a, mut room_b) = ([0], [0]);
            let (x, y) = (x.signed(&mut room_a), y.signed(&mut room_b));
            vm.check_product_size(x.limbs.len() + y.limbs.len())?;
            vm.int_big(&big::mul(x, y))
        }
        None => Ok(Value::NOT_IMPLEMENTED),
    }
}

#[cold]
fn division_by_zero(vm: &Vm) -> crate::Raised {
    vm.zero_division_error("integer division or modulo by zero")
}

#[inline]
const fn floor_div_i64(x: i64, y: i64) -> i64 {
    let quotient = x / y;
    if x % y != 0 && (x ^ y) < 0 {
        quotient - 1
    } else {
        quotient
    }
}

#[inline]
const fn modulo_i64(x: i64, y: i64) -> i64 {
    let rest = x % y;
    if rest != 0 && (rest ^ y) < 0 {
        rest + y
    } else {
        rest
    }
}

/// `a // b`.
#[inline]
pub fn floor_div(vm: &Vm, a: &Value, b: &Value) -> PyResult {
    match both_small(a, b) {
        // The quotient of 63-bit operands fits 64 bits.
        Some((x, y)) if y != 0 => Ok(vm.int(floor_div_i64(x, y))),
        _ => floor_div_any(vm, a, b),
    }
}

#[inline(never)]
fn floor_div_any(vm: &Vm, a: &Value, b: &Value) -> PyResult {
    match both(a, b) {
        Some((_, y)) if y.is_zero() => Err(division_by_zero(vm)),
        Some((x, y)) => {
            check_quotient(vm, x)?;
            with_signed(vm, x, y, |x, y| big::div_mod_floor(x, y).0)
        }
        None => Ok(Value::NOT_IMPLEMENTED),
    }
}

/// `a % b`.
#[inline]
pub fn modulo(vm: &Vm, a: &Value, b: &Value) -> PyResult {
    match both_small(a, b) {
        Some((x, y)) if y != 0 => Ok(vm.int(modulo_i64(x, y))),
        _ => modulo_any(vm, a, b),
    }
}

#[inline(never)]
fn modulo_any(vm: &Vm, a: &Value, b: &Value) -> PyResult {
    match both(a, b) {
        Some((_, y)) if y.is_zero() => Err(vm.zero_division_error("integer modulo by zero")),
        Some((x, y)) => {
            check_quotient(vm, x)?;
            with_signed(vm, x, y, |x, y| big::div_mod_floor(x, y).1)
        }
        None => Ok(Value::NOT_IMPLEMENTED),
    }
}

/// `divmod(a, b)`.
pub fn divmod(vm: &Vm, a: &Value, b: &Value) -> PyResult {
    let Some((x, y)) = both(a, b) else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    if y.is_zero() {
        return Err(division_by_zero(vm));
    }
    let (mut room_a, mut room_b) = ([0], [0]);
    let (quotient, rest) = match both_small(a, b) {
        Some((x, y)) => (vm.int(floor_div_i64(x, y)), vm.int(modulo_i64(x, y))),
        None => {
            let (x, y) = (x.signed(&mut room_a), y.signed(&mut room_b));
            vm.check_product_size(x.limbs.len())?;
            let (quotient, rest) = big::div_mod_floor(x, y);
            (vm.int_big(&quotient)?, vm.int_big(&rest)?)
        }
    };
    Ok(vm.tuple_value([quotient, rest]))
}

/// `a / b`.
#[inline]
pub fn true_div(vm: &Vm, a: &Value, b: &Value) -> PyResult {
    const EXACT: u64 = 1 << 53;
    if let Some((x, y)) = both_small(a, b)
        && y != 0
        && x.unsigned_abs() <= EXACT
        && y.unsigned_abs() <= EXACT
    {
        return Ok(vm.float(x as f64 / y as f64));
    }
    true_div_any(vm, a, b)
}

#[inline(never)]
fn true_div_any(vm: &Vm, a: &Value, b: &Value) -> PyResult {
    let Some((x, y)) = both(a, b) else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    if y.is_zero() {
        return Err(vm.zero_division_error("division by zero"));
    }
    let (mut room_a, mut room_b) = ([0], [0]);
    match big::true_divide(x.signed(&mut room_a), y.signed(&mut room_b)) {
        Some(quotient) => Ok(vm.float(quotient)),
        None => Err(vm.overflow_error("integer division result too large for a float")),
    }
}

/// `-a`.
pub fn negative(vm: &Vm, a: &Value) -> PyResult {
    match a.as_int() {
        Some(IntView::Small(x)) => Ok(vm.int_i128(-i128::from(x))),
        Some(IntView::Big(x)) => vm.int_from_view(IntView::new(!x.negative, x.limbs)),
        None => Ok(Value::NOT_IMPLEMENTED),
    }
}

/// `+a`, `int(a)`, `a.__index__()`, …: an exact `int`.
pub fn positive(vm: &Vm, a: &Value) -> PyResult {
    vm.exact_int_of(a)
}

/// `abs(a)`.
pub fn absolute(vm: &Vm, a: &Value) -> PyResult {
    match a.as_int() {
        Some(x) if x.is_negative() => negative(vm, a),
        _ => vm.exact_int_of(a),
    }
}

/// `~a`.
pub fn invert(vm: &Vm, a: &Value) -> PyResult {
    match a.as_int() {
        Some(IntView::Small(x)) => Ok(vm.int(!x)),
        Some(IntView::Big(x)) => vm.int_big(&big::invert(x)),
        None => Ok(Value::NOT_IMPLEMENTED),
    }
}

/// The truth of an integer.
pub fn truth(_vm: &Vm, a: &Value) -> PyResult<bool> {
    Ok(!a.as_int().is_some_and(IntView::is_zero))
}

macro_rules! bit_operators {
    ($($(#[$doc:meta])* $name:ident $op:tt;)*) => {
        $($(#[$doc])*
        #[inline]
        pub fn $name(vm: &Vm, a: &Value, b: &Value) -> PyResult {
            if let Some((x, y)) = both_small(a, b) {
                return Ok(vm.int(x $op y));
            }
            match both(a, b) {
                Some((IntView::Small(x), IntView::Small(y))) => Ok(vm.int(x $op y)),
                Some((x, y)) => with_signed(vm, x, y, big::$name),
                None => Ok(Value::NOT_IMPLEMENTED),
            }
        })*
    };
}

bit_operators! {
    /// `a & b`.
    and &;
    /// `a | b`.
    or |;
    /// `a ^ b`.
    xor ^;
}

/// `a << b`.
#[inline]
pub fn lshift(vm: &Vm, a: &Value, b: &Value) -> PyResult {
    if let Some((x, y)) = both_small(a, b)
        && (0..62).contains(&y)
        && x << y >> y == x
    {
        return Ok(vm.int(x << y));
    }
    lshift_any(vm, a, b)
}

#[inline(never)]
fn lshift_any(vm: &Vm, a: &Value, b: &Value) -> PyResult {
    let Some((x, y)) = both(a, b) else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    if y.is_negative() {
        return Err(vm.value_error("negative shift count"));
    }
    if x.is_zero() {
        return Ok(Value::small_int(0));
    }
    let Some(count) = y.to_i64() else {
        return Err(vm.overflow_error("too many digits in integer"));
    };
    let mut room = [0];
    let x = x.signed(&mut room);
    vm.check_int_size((count as usize / 64).saturating_add(x.limbs.len() + 1))?;
    vm.int_big(&big::shl(x, count as usize))
}

/// `a >> b`.
#[inline]
pub fn rshift(vm: &Vm, a: &Value, b: &Value) -> PyResult {
    match both_small(a, b) {
        Some((x, y)) if y >= 0 => Ok(vm.int(x >> y.min(63))),
        _ => rshift_any(vm, a, b),
    }
}

#[inline(never)]
fn rshift_any(vm: &Vm, a: &Value, b: &Value) -> PyResult {
    let Some((x, y)) = both(a, b) else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    if y.is_negative() {
        return Err(vm.value_error("negative shift count"));
    }
    let count = y.to_i64().unwrap_or(i64::MAX);
    match x {
        IntView::Small(x) => Ok(vm.int(x >> count.min(63))),
        IntView::Big(x) => vm.int_big(&big::shr(x, count as usize)),
    }
}

/// `a ** b`, or `pow(a, b, c)` where `c` is not None.
pub fn power(vm: &Vm, a: &Value, b: &Value, c: &Value) -> PyResult {
    let Some((base, exponent)) = both(a, b) else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    if !c.is_none() {
        let Some(modulus) = c.as_int() else {
            return Ok(Value::NOT_IMPLEMENTED);
        };
        return power_modulo(vm, base, exponent, modulus);
    }
    if exponent.is_negative() {
        let (x, y) = (vm.view_to_f64(base)?, vm.view_to_f64(exponent)?);
        return crate::types::float::power_of(vm, x, y);
    }
    if let (IntView::Small(x), IntView::Small(y)) = (base, exponent) {
        if let Ok(y) = u32::try_from(y)
            && let Some(power) = x.checked_pow(y)
        {
            return Ok(vm.int(power));
        }
        // What is left of these bases has an exponent beyond 32 bits.
        match x {
            0 | 1 => return Ok(vm.int(x)),
            -1 => return Ok(vm.int(if y & 1 == 0 { 1 } else { -1 })),
            _ => {}
        }
    }
    let mut room = [0];
    let x = base.signed(&mut room);
    if let [1] = *x.limbs {
        let mut room = [0];
        let odd = exponent.signed(&mut room).is_odd();
        return Ok(vm.int(if x.negative && odd { -1 } else { 1 }));
    }
    if x.is_zero() {
        return Ok(Value::small_int(0));
    }
    let Some(exponent) = exponent.to_i64() else {
        return Err(vm.memory_error());
    };
    let bits = big::bit_length(x.limbs) as f64 * exponent as f64;
    if bits > crate::object::int::MAX_LIMBS as f64 * 64.0 {
        return Err(vm.memory_error());
    }
    vm.check_product_size((bits / 64.0) as usize + 2)?;
    vm.int_big(&big::pow(x, exponent as usize))
}

fn power_modulo(
    vm: &Vm,
    base: IntView<'_>,
    exponent: IntView<'_>,
    modulus: IntView<'_>,
) -> PyResult {
    if modulus.is_zero() {
        return Err(vm.value_error("pow() 3rd argument cannot be 0"));
    }
    let (mut room_a, mut room_b, mut room_c) = ([0], [0], [0]);
    let base = base.signed(&mut room_a);
    let exponent = exponent.signed(&mut room_b);
    let modulus = modulus.signed(&mut room_c);
    let inverse;
    let base = if exponent.negative {
        if modulus.limbs == [1] {
            return Ok(Value::small_int(0));
        }
        match invert_modulo(base, modulus.abs()) {
            Some(found) => {
                inverse = found;
                inverse.signed()
            }
            None => {
                return Err(vm.value_error("base is not invertible for the given modulus"));
            }
        }
    } else {
        base
    };
    let power = big::pow_mod(base, exponent.limbs, modulus.limbs);
    if modulus.negative && !power.is_zero() {
        return vm.int_big(&big::add(power.signed(), modulus));
    }
    vm.int_big(&power)
}

/// The inverse of `a` modulo `n` by Euclid's algorithm; None if they have a common divisor.
fn invert_modulo(a: Signed<'_>, n: Signed<'_>) -> Option<Big> {
    let (mut b, mut c) = (Big::from(1i64), Big::default());
    let (mut x, mut y) = (big::div_mod_floor(a, n).1, n.to_big());
    while !y.is_zero() {
        let (quotient, rest) = big::div_mod_floor(x.signed(), y.signed());
        x = std::mem::replace(&mut y, rest);
        let product = big::mul(quotient.signed(), c.signed());
        let next = big::sub(b.signed(), product.signed());
        b = std::mem::replace(&mut c, next);
    }
    (x.signed().limbs == [1]).then_some(b)
}

/// The six comparisons with another integer.
pub fn compare(_vm: &Vm, a: &Value, b: &Value, op: CompareOp) -> PyResult {
    Ok(match both(a, b) {
        Some((x, y)) => Value::bool(op.holds(compare_views(x, y))),
        None => Value::NOT_IMPLEMENTED,
    })
}

/// The order of two integers.
#[inline]
pub fn compare_views(a: IntView<'_>, b: IntView<'_>) -> std::cmp::Ordering {
    if let (IntView::Small(x), IntView::Small(y)) = (a, b) {
        return x.cmp(&y);
    }
    big::cmp(a.signed(&mut [0]), b.signed(&mut [0]))
}

/// Modulus of the hash of numbers.
pub const HASH_MODULUS: u64 = (1 << 61) - 1;

/// `hash(a)`: the value modulo 2^61 - 1 with its sign; -1 is left out.
pub fn hash(_vm: &Vm, a: &Value) -> PyResult<i64> {
    Ok(a.as_int().map_or(0, hash_view))
}

/// The hash of an integer.
#[inline]
pub fn hash_view(a: IntView<'_>) -> i64 {
    let (negative, magnitude) = match a {
        IntView::Small(i) => (i < 0, i.unsigned_abs() % HASH_MODULUS),
        IntView::Big(big) => {
            // 2^64 is 8 modulo 2^61 - 1.
            let fold = big.limbs.iter().rev().fold(0u128, |hash, &limb| {
                (hash * 8 + u128::from(limb)) % u128::from(HASH_MODULUS)
            });
            (big.negative, fold as u64)
        }
    };
    match (negative, magnitude as i64) {
        (true, 1) => -2,
        (true, hash) => -hash,
        (false, hash) => hash,
    }
}

impl Vm {
    /// `+value` of an integer: an exact `int`.
    fn exact_int_of(&self, value: &Value) -> PyResult {
        if self.class_of(value).is(&self.types.int) {
            return Ok(value.clone());
        }
        match value.as_int() {
            Some(view) => self.int_from_view(view),
            None => Ok(Value::NOT_IMPLEMENTED),
        }
    }
}
