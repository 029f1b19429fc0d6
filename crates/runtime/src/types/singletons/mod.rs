//! The types of `None`, `NotImplemented` and `...`; their only instances are immediates.

use crate::object::{Kind, Payload, TypeSpec};

/// There is no heap instance of these types.
pub struct Nothing;

impl Payload for Nothing {
    const KIND: Kind = Kind::PSEUDO_CONSTANT;
    const NAME: &'static str = "constant";
    const COLLECTED: bool = false;
}

/// Declaration of `NoneType`.
pub static NONE_SPEC: TypeSpec = TypeSpec {
    ..TypeSpec::of::<Nothing>("NoneType")
};
/// Declaration of the type of `NotImplemented`.
pub static NOT_IMPLEMENTED_SPEC: TypeSpec = TypeSpec {
    ..TypeSpec::of::<Nothing>("NotImplementedType")
};
/// Declaration of the type of `...`.
pub static ELLIPSIS_SPEC: TypeSpec = TypeSpec {
    ..TypeSpec::of::<Nothing>("ellipsis")
};
