//! The modules written in Rust, one file or folder each.

pub mod abc;
pub mod bisect;
pub mod cmath;
pub mod collections;
pub mod contextvars;
pub mod ctypes;
pub mod errno;
pub mod functools;
pub mod heapq;
pub mod itertools;
pub mod library;
pub mod math;
pub mod opcode;
pub mod multiprocessing;
pub mod operator;
pub mod ouro;
pub mod posix;
pub mod posixsubprocess;
pub mod queue;
pub mod random;
pub mod sre;
pub mod string;
pub mod select;
pub mod thread;
pub mod time;
pub mod typing;
