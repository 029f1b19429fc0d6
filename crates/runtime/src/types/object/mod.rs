//! The type `object`.

use crate::object::TypeSpec;

/// Declaration of the type.
pub static SPEC: TypeSpec = TypeSpec {
    ..TypeSpec::of::<Plain>("object")
};

/// The payload of instances that keep everything in their tail.
pub struct Plain;

impl crate::object::Payload for Plain {
    const KIND: crate::object::Kind = crate::object::Kind::PLAIN;
    const NAME: &'static str = "object";
    const COLLECTED: bool = false;
}
