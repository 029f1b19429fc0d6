//! Integers of any size against a model of 128 bits, and numbers as text.

use runtime::object::{PyResult, Value};
use runtime::protocol::number::BinaryOp;
use runtime::types::int::big;
use runtime::types::{float, format};
use runtime::{Raised, Vm};

/// Numbers of all lengths, the same in every run (xorshift).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> i128 {
        let mut word = || {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            self.0
        };
        let wide = (u128::from(word()) << 64 | u128::from(word())) as i128;
        // Products of two such numbers stay inside the model.
        let narrow = wide >> (65 + word() % 63);
        if word() % 8 == 0 {
            narrow.signum() * ((1 << (word() % 62)) - 1)
        } else {
            narrow
        }
    }
}

fn to_model(value: &Value) -> i128 {
    let view = value.as_int().expect("an integer");
    let mut room = [0];
    let signed = view.signed(&mut room);
    let magnitude = signed
        .limbs
        .iter()
        .rev()
        .fold(0u128, |sum, &limb| sum << 64 | u128::from(limb)) as i128;
    if signed.negative {
        magnitude.wrapping_neg()
    } else {
        magnitude
    }
}

fn message(vm: &Vm, raised: Raised) -> String {
    let exception = vm.take_exception(raised);
    vm.class_name(&exception)
}

#[test]
fn operators_agree_with_the_model() -> Result<(), Raised> {
    let vm = Vm::new(0);
    let mut numbers = Numbers(0x9E37_79B9_7F4A_7C15);
    for _ in 0..20_000 {
        let (a, b) = (numbers.next(), numbers.next());
        let (x, y) = (vm.int_i128(a), vm.int_i128(b));
        assert_eq!(to_model(&x), a);
        let check = |op: &BinaryOp, expected: i128| -> PyResult<()> {
            let result = to_model(&vm.binary(op, &x, &y)?);
            assert_eq!(result, expected, "{a} {} {b}", op.symbol);
            Ok(())
        };
        check(&BinaryOp::ADD, a + b)?;
        check(&BinaryOp::SUBTRACT, a - b)?;
        check(&BinaryOp::MULTIPLY, a * b)?;
        check(&BinaryOp::AND, a & b)?;
        check(&BinaryOp::OR, a | b)?;
        check(&BinaryOp::XOR, a ^ b)?;
        if b != 0 {
            let rest = a.rem_euclid(b);
            let rest = if rest != 0 && b < 0 { rest + b } else { rest };
            check(&BinaryOp::REMAINDER, rest)?;
            check(&BinaryOp::FLOOR_DIVIDE, (a - rest) / b)?;
        }
        assert_eq!(
            vm.compare_bool(&x, &y, runtime::object::CompareOp::Lt)?,
            a < b
        );
    }
    Ok(())
}

#[test]
fn long_products_come_apart_again() {
    let mut numbers = Numbers(7);
    for _ in 0..200 {
        let mut factors = [big::Big::from(1i64), big::Big::from(1i64)];
        for i in 0..60 {
            let next = numbers.next();
            let next = big::add(
                big::Big::from((next >> 64) as i64).signed(),
                big::Big::from(next as i64 | 1).signed(),
            );
            let factor = &mut factors[i % 2];
            *factor = big::mul(factor.signed(), next.signed());
        }
        let [a, b] = factors;
        if b.is_zero() {
            continue;
        }
        let product = big::mul(a.signed(), b.signed());
        let with_rest = big::add(product.signed(), big::Big::from(1i64).signed());
        let (quotient, rest) = big::div_mod_floor(with_rest.signed(), b.signed());
        let again = big::add(
            big::mul(quotient.signed(), b.signed()).signed(),
            rest.signed(),
        );
        assert_eq!(again, with_rest);
        let text = big::to_decimal(product.signed().limbs);
        assert_eq!(
            big::from_digits(text.as_bytes(), 10).signed().limbs,
            product.signed().limbs
        );
    }
}

#[test]
fn shortest_digits_of_ties_end_even() {
    assert_eq!(
        format::float::repr(2f64.powi(-25)),
        "2.9802322387695312e-08"
    );
    assert_eq!(
        format::float::repr(407_267_262_960_025.0 / 16.0),
        "25454203935001.562"
    );
    assert_eq!(format::float::repr(5e-324), "5e-324");
    assert_eq!(format::float::repr(1e16), "1e+16");
    assert_eq!(format::float::repr(-0.0), "-0.0");
}

#[test]
fn rounding_to_places_is_exact() {
    assert_eq!(float::round_to(2.675, 2), Some(2.67));
    assert_eq!(float::round_to(0.125, 2), Some(0.12));
    assert_eq!(float::round_to(15.0, -1), Some(20.0));
    assert_eq!(float::round_to(50.0, -2), Some(0.0));
    assert_eq!(float::round_to(50.000_001, -2), Some(100.0));
    assert_eq!(float::round_to(1.7e308, -308), None);
}

#[test]
fn too_large_results_raise() {
    let vm = Vm::new(0);
    let (one, huge) = (vm.int(1), vm.int(1 << 60));
    let raised = vm
        .binary(&BinaryOp::LSHIFT, &one, &huge)
        .expect_err("too large");
    assert_eq!(message(vm, raised), "MemoryError");
    let raised = vm
        .power(&vm.int(3), &huge, &Value::NONE)
        .expect_err("too large");
    assert_eq!(message(vm, raised), "MemoryError");
    let raised = vm
        .power(&vm.int(2), &vm.int(-1), &vm.int(4))
        .expect_err("even modulus");
    assert_eq!(message(vm, raised), "ValueError");
}
