//! Values of literals, in both directions.

use syntax::ast::{Constant, Wtf8};

use crate::object::int::IntView;
use crate::object::{Bytes, PyResult, Str, Value};
use crate::types::complex::Complex;
use crate::vm::Vm;
use crate::vm::code::CodeOrigin;

/// The object of a literal.
pub(super) fn value(vm: &Vm, constant: &Constant) -> PyResult {
    let constant = match constant {
        Constant::None => bytecode::Const::None,
        Constant::True => bytecode::Const::True,
        Constant::False => bytecode::Const::False,
        Constant::Ellipsis => bytecode::Const::Ellipsis,
        Constant::Int(i) => bytecode::Const::Int(*i),
        Constant::BigInt(hex) => bytecode::Const::BigInt(hex.clone()),
        Constant::Float(f) => bytecode::Const::Float(*f),
        Constant::Complex(imaginary) => bytecode::Const::Complex(0.0, *imaginary),
        Constant::Str { value, .. } => {
            let points: Vec<u32> = value.code_points().collect();
            return Ok(match value.as_str() {
                Some(text) => vm.intern(text),
                None => vm.str_from_code_points(&points).into_value(),
            });
        }
        Constant::Bytes(bytes) => bytecode::Const::Bytes(bytes.clone()),
    };
    vm.constant(&constant, CodeOrigin::Program)
}

/// A string's text.
pub(super) fn text(string: &Str) -> Wtf8 {
    let mut text = Wtf8::new();
    for c in string.iter() {
        text.push_code_point(c);
    }
    text
}

/// What stands for a value in a tree: a literal, or a sign before one.
pub(super) enum Literal {
    /// A literal.
    Plain(Constant),
    /// A negative integer.
    Negative(Constant),
    /// A complex number with a real part.
    Sum(f64, f64),
    /// A tuple of such values.
    Tuple(Vec<Value>),
    /// No literal.
    Other,
}

/// What an object is as a literal; of exactly the builtin types.
pub(super) fn literal(vm: &Vm, value: &Value, u_prefix: bool) -> Literal {
    let plain = if value.is_none() {
        Constant::None
    } else if value.is(&Value::TRUE) {
        Constant::True
    } else if value.is(&Value::FALSE) {
        Constant::False
    } else if value.is(&Value::ELLIPSIS) {
        Constant::Ellipsis
    } else if vm.class_of(value).is(&vm.types.int) {
        match value.as_int() {
            Some(IntView::Small(i)) if i >= 0 => Constant::Int(i),
            Some(IntView::Small(i)) if i > i64::MIN => return Literal::Negative(Constant::Int(-i)),
            Some(view) => {
                let digits = crate::types::int::text::power_of_two_digits(view, 16);
                let magnitude = Constant::BigInt(digits.trim_start_matches('-').into());
                if view.is_negative() {
                    return Literal::Negative(magnitude);
                }
                magnitude
            }
            None => return Literal::Other,
        }
    } else if let Some(f) = value
        .as_float()
        .filter(|_| vm.class_of(value).is(&vm.types.float))
    {
        Constant::Float(f)
    } else if !is_exact(vm, value) {
        return Literal::Other;
    } else if let Some(c) = value.payload::<Complex>() {
        if c.re.to_bits() != 0 {
            return Literal::Sum(c.re, c.im);
        }
        Constant::Complex(c.im)
    } else if let Some(string) = value.payload::<Str>() {
        Constant::Str {
            value: text(string),
            u_prefix,
        }
    } else if let Some(bytes) = value.payload::<Bytes>() {
        Constant::Bytes(bytes.as_slice().into())
    } else if let Some(tuple) = value.payload::<crate::object::Tuple>() {
        return Literal::Tuple(tuple.to_vec());
    } else {
        return Literal::Other;
    };
    Literal::Plain(plain)
}

/// True if the object is of a builtin class that literals are of, and not of a derived one.
fn is_exact(vm: &Vm, value: &Value) -> bool {
    let class = vm.class_of(value);
    let types = &vm.types;
    [&types.complex, &types.str, &types.bytes, &types.tuple]
        .iter()
        .any(|exact| class.is(exact))
}
