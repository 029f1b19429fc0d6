//! The virtual machine: state, calls, the instruction loop.
#![allow(unsafe_code)]

mod bootstrap;
pub mod raise;
pub mod state;

pub use state::{Interp, Vm, current_vm};
