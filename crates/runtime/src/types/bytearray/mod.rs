//! The type `bytearray`.

use crate::object::{ByteArray, TypeSpec};

/// Declaration of the type.
pub static SPEC: TypeSpec = TypeSpec {
    ..TypeSpec::of::<ByteArray>("bytearray")
};
