//! Iterators that belong to no single container.

mod index;
mod lazy;
pub mod methods;
mod sequence;
mod zip;

pub use self::index::IndexIterator;
pub use self::lazy::{ENUMERATE_SPEC, FILTER_SPEC, MAP_SPEC};
pub use self::sequence::{CALLABLE_SPEC, REVERSED_SPEC, SEQUENCE_SPEC, SequenceIterator};
pub use self::zip::ZIP_SPEC;
