//! The type `float`.

use crate::object::{Kind, Payload, TypeSpec};

/// A float that is not immediate.
pub struct Float(pub f64);

impl Payload for Float {
    const KIND: Kind = Kind::FLOAT;
    const NAME: &'static str = "float";
    const COLLECTED: bool = false;
}

/// Declaration of the type.
pub static SPEC: TypeSpec = TypeSpec {
    ..TypeSpec::of::<Float>("float")
};
