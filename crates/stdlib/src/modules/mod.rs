//! The modules written in Rust, one file or folder each.

pub mod cmath;
pub mod math;
pub mod random;
