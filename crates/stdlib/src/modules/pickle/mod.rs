//! `_pickle_machine`: pickles of protocols 2 to 5 written and read in one go.
//!
//! `dumps` and `loads` of the module `pickle` come here first.  What asks for a pickler of its own (older protocols,
//! buffers out of band) is left to the classes in Python; so is a pickle that is not as it should be, for the message.
//! Such give `None`.
//!
//! The bytes are those of CPython's accelerator, which groups the items of containers a little differently from the
//! Python version: `writer`.  `reader` looks through the opcodes before it runs the first.

mod opcode;
mod reader;
mod writer;

use runtime::modules::NativeModule;
use runtime::object::{MethodDef, Value};
use runtime::{PyResult, Raised};

/// The module.
pub static MODULE: NativeModule = NativeModule::new(
    "_pickle_machine",
    "",
    &[
        MethodDef::bound(
            "dumps",
            "($module, object, protocol, names, dispatch_table, /)",
            "The pickle of an object.  names(object, name) gives module and name of what is pickled by name, or the \
             bytes to be written for it, or, for protocols 2 and 3, the lines of GLOBAL as text.",
            writer::dumps,
        ),
        MethodDef::bound(
            "loads",
            "($module, data, find, /)",
            "The object of a pickle in a tuple.  find(protocol, module, name) gives what is pickled by name.",
            reader::loads,
        ),
        MethodDef::bound(
            "length",
            "($module, data, /)",
            "How many bytes the pickle at the start has; None if there are not all of them, 0 if it is none that \
             loads() reads.",
            reader::length,
        ),
    ],
);

/// Why the work ends early.
enum Failure {
    /// An exception was raised.
    Raised(Raised),
    /// The classes in Python have to do it.
    Unsupported,
}

impl From<Raised> for Failure {
    fn from(raised: Raised) -> Failure {
        Failure::Raised(raised)
    }
}

type Done<T = ()> = Result<T, Failure>;

/// What a function of the module returns: None where the work was given up.
fn result_of(done: Done<Value>) -> PyResult {
    match done {
        Ok(value) => Ok(value),
        Err(Failure::Raised(raised)) => Err(raised),
        Err(Failure::Unsupported) => Ok(Value::NONE),
    }
}
