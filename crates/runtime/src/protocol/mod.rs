//! Operations on any value (CPython's abstract object layer), as methods of `Vm`.
//!
//! Natives and the VM's slow paths go through these; the VM's fast paths know the common types.
pub mod attribute;
pub mod bind;
pub mod call;
pub mod compare;
pub mod held;
pub mod instance_check;
pub mod integer;
pub mod iterate;
pub mod number;
pub mod path;
pub mod recursion;
pub mod sequence;
pub mod slicing;
