//! The type `str`.

use crate::object::TypeSpec;

/// Declaration of the type.
pub static SPEC: TypeSpec = TypeSpec {
    ..TypeSpec::of::<crate::object::Str>("str")
};
