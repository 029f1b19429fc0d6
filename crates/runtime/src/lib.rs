//! The object model, the builtin types and the virtual machine.
pub mod modules;
pub mod names;
pub mod object;
pub mod protocol;
pub mod types;
pub mod vm;

pub use object::{PyResult, Raised, Value};
pub use vm::Vm;
