//! The virtual machine: state, calls, the instruction loop.
#![allow(unsafe_code)]

mod bootstrap;
pub mod collect;
mod entropy;
mod hooks;
pub mod raise;
pub mod report;
pub mod state;
pub mod unraisable;

pub use state::{Interp, Vm, current_vm};
