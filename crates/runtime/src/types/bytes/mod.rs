//! The type `bytes`.

use crate::object::{Bytes, TypeSpec};

/// Declaration of the type.
pub static SPEC: TypeSpec = TypeSpec {
    ..TypeSpec::of::<Bytes>("bytes")
};
