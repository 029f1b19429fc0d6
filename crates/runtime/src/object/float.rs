//! The representation of `float`: immediates for common exponents, a heap object for the rest.
#![allow(unsafe_code)]

use super::class::Class;
use super::payload::{Kind, Payload, Ref, alloc};
use super::value::{Value, small_float_word};
use crate::vm::Vm;

/// Payload of a float that is not immediate, or of a subclass.
pub struct Float(pub f64);

impl Payload for Float {
    const KIND: Kind = Kind::FLOAT;
    const NAME: &'static str = "float";
    const COLLECTED: bool = false;
}

impl Value {
    /// The value of a `float` or of an instance of a subclass.
    #[inline(always)]
    pub fn as_float(&self) -> Option<f64> {
        if let Some(x) = self.as_small_float() {
            return Some(x);
        }
        self.payload::<Float>().map(|float| float.0)
    }
}

impl Vm {
    /// A `float`.
    #[inline(always)]
    pub fn float(&self, x: f64) -> Value {
        match small_float_word(x) {
            // SAFETY: an immediate's word.
            Some(word) => unsafe { Value::from_word(word) },
            None => self.float_of_class(&self.types.float, x),
        }
    }

    /// A `float` on the heap: of a subclass, or one that no immediate holds.
    pub fn float_of_class(&self, class: &Ref<Class>, x: f64) -> Value {
        alloc(class, Float(x)).into_value()
    }
}
