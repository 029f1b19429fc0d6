//! The virtual machine: state, calls, the instruction loop.
#![allow(unsafe_code)]

pub mod bind;
mod bootstrap;
pub mod cell;
pub mod closed_streams;
pub mod code;
pub mod collect;
pub mod determinism;
mod entropy;
pub mod frame;
pub mod frame_object;
pub mod function;
pub mod generator;
pub mod generator_methods;
mod hooks;
pub mod import;
mod import_lock;
pub mod instr;
mod jump;
mod lock;
pub mod ops;
pub mod park;
mod program;
pub mod raise;
pub mod report;
pub mod run;
pub mod safe_point;
pub mod semaphore;
pub mod shared_memory;
pub mod shutdown;
pub mod signals;
pub mod sockets;
pub mod source;
pub mod spawn;
pub mod startup;
pub mod state;
pub mod statistics;
pub mod system;
pub mod teardown;
pub mod thread;
pub mod trace;
pub mod traceback;
pub mod unraisable;
pub mod unwind;
pub mod warnings;

pub use state::{Interp, Vm, current_vm};
