//! Results of operations that can raise.

use super::value::Value;

/// Proof that an exception was raised: it waits in the VM (`Vm::take_exception`).
/// Made by the `Vm`'s raising functions only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub struct Raised(pub(crate) ());

/// A value, or an exception raised.
pub type PyResult<T = Value> = Result<T, Raised>;

const _: () = assert!(size_of::<PyResult>() == 8);
