//! The type `complex`: operators, constructor, methods.

pub mod arithmetic;
mod construct;
mod methods;

pub use arithmetic::{power_of, quotient};

use crate::fields;
use crate::object::fields::Field;
use crate::object::{
    Class, Kind, Payload, PyResult, Ref, TypeSlots, TypeSpec, Value, alloc, class_flag,
};
use crate::types::format::float::{Style, to_string};
use crate::vm::Vm;

/// A complex number.
pub struct Complex {
    /// Real part.
    pub re: f64,
    /// Imaginary part.
    pub im: f64,
}

impl Payload for Complex {
    const KIND: Kind = Kind::COMPLEX;
    const NAME: &'static str = "complex";
    const COLLECTED: bool = false;
    const FIELDS: &'static [Field] = fields![
        "re" => re as Float,
        "im" => im as Float,
    ];
}

/// Declaration of the type.
pub static SPEC: TypeSpec = TypeSpec {
    doc: "Create a complex number from a real part and an optional imaginary part.\n\nThis is \
          equivalent to (real + imag*1j) where imag defaults to 0.",
    signature: "(real=0, imag=0)",
    flags: class_flag::BASE_TYPE,
    slots: TypeSlots {
        new: Some(construct::new),
        repr: Some(repr),
        hash: Some(arithmetic::hash),
        richcompare: Some(arithmetic::compare),
        nb_add: Some(arithmetic::add),
        nb_subtract: Some(arithmetic::sub),
        nb_multiply: Some(arithmetic::mul),
        nb_true_divide: Some(arithmetic::true_div),
        nb_power: Some(arithmetic::power),
        nb_negative: Some(arithmetic::negative),
        nb_positive: Some(positive),
        nb_absolute: Some(arithmetic::absolute),
        nb_bool: Some(|_, z| Ok(z.as_complex() != Some((0.0, 0.0)))),
        ..TypeSlots::EMPTY
    },
    methods: methods::METHODS,
    getset: methods::GETSET,
    ..TypeSpec::of::<Complex>("complex")
};

impl Value {
    /// The parts of a `complex` or of an instance of a subclass.
    #[inline]
    pub fn as_complex(&self) -> Option<(f64, f64)> {
        self.payload::<Complex>().map(|z| (z.re, z.im))
    }
}

impl Vm {
    /// A `complex`.
    pub fn complex(&self, re: f64, im: f64) -> Value {
        self.complex_of_class(&self.types.complex, re, im)
    }

    /// A `complex` of a subclass.
    pub fn complex_of_class(&self, class: &Ref<Class>, re: f64, im: f64) -> Value {
        alloc(class, Complex { re, im }).into_value()
    }

    /// The value as a complex number: by `__complex__`, else a real number (an argument of C
    /// type `Py_complex`).
    pub fn as_complex(&self, value: &Value) -> PyResult<(f64, f64)> {
        if let Some(z) = value.as_complex() {
            return Ok(z);
        }
        match construct::by_special_method(self, value)? {
            Some(z) => Ok(z),
            None => Ok((self.as_f64(value)?, 0.0)),
        }
    }
}

fn positive(vm: &Vm, value: &Value) -> PyResult {
    if vm.class_of(value).is(&vm.types.complex) {
        return Ok(value.clone());
    }
    let (re, im) = value.as_complex().unwrap_or_default();
    Ok(vm.complex(re, im))
}

fn repr(vm: &Vm, value: &Value) -> PyResult {
    let Some((re, im)) = value.as_complex() else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    let plain = Style::PLAIN;
    let text = if re == 0.0 && re.is_sign_positive() {
        format!("{}j", to_string(im, b'r', 0, plain))
    } else {
        let signed = Style {
            plus: true,
            ..plain
        };
        format!(
            "({}{}j)",
            to_string(re, b'r', 0, plain),
            to_string(im, b'r', 0, signed)
        )
    };
    Ok(vm.str_value(&text))
}
