//! The type `dict`.

use crate::object::TypeSpec;

/// Declaration of the type.
pub static SPEC: TypeSpec = TypeSpec {
    ..TypeSpec::of::<crate::object::Dict>("dict")
};
