//! Ouro in a Rust program: an interpreter as a value.
//!
//! ```
//! let python = ouro::Interpreter::new(ouro::Config::default());
//! python.register("shout", |text: String| text.to_uppercase());
//! python.exec("greeting = shout('hello') + '!' * 3")?;
//! let greeting: String = python.get("greeting")?;
//! assert_eq!(greeting, "HELLO!!!");
//! # Ok::<(), ouro::Error>(())
//! ```
//!
//! `docs/embedding.md` walks through all of it:
//!
//! - [`Interpreter`] runs programs, reads and sets their variables, calls their functions;
//! - [`Config`] says what a program may use and where its output goes;
//! - [`ToPython`] and [`FromPython`] carry values across, [`Object`] holds what stays Python's;
//! - [`Error`] tells the program's failures from the host's;
//! - [`window`] shows the heap and every collection;
//! - [`command`] runs whole programs as the `ouro` command does.

pub mod command;
mod config;
mod convert;
mod error;
mod interpreter;
mod object;
mod output;
mod register;
pub mod window;

pub use config::{Config, Output};
pub use convert::{ConversionError, FromPython, ToPython, ToPythonArgs};
pub use error::{Error, Limit, ScriptError};
pub use heap::ProgramMemory;
pub use interpreter::{Interpreter, Interrupter};
pub use object::Object;
pub use register::{HostFunction, HostResult};
pub use runtime;

/// The native stack that [`with_stack`] is given by the `ouro` command.
pub const DEFAULT_STACK: usize = 256 << 20;

/// Runs `work` on a thread with a native stack of `bytes`.  Deep recursion through native code (a
/// `__repr__` that calls `repr`, a sort key that sorts) takes native stack; where it ends, the program gets
/// RecursionError.
///
/// # Panics
/// If the thread cannot be made, or `work` panics.
pub fn with_stack<R: Send>(bytes: usize, work: impl FnOnce() -> R + Send) -> R {
    // Threads other than the first have arenas that shrink as soon as they can.
    heap::keep_freed_memory();
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new()
            .name("ouro".to_owned())
            .stack_size(bytes)
            .spawn_scoped(scope, work);
        match thread.map(std::thread::ScopedJoinHandle::join) {
            Ok(Ok(result)) => result,
            Ok(Err(panic)) => std::panic::resume_unwind(panic),
            Err(error) => panic!("no thread for the interpreter: {error}"),
        }
    })
}

/// The examples of the guide are tests.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/embedding.md")]
struct Guide;
