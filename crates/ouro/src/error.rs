//! What can go wrong, as values.

use std::fmt;

use crate::convert::ConversionError;

/// Why the host did not get what it asked for.
#[derive(Debug)]
pub enum Error {
    /// The program raised an exception and did not handle it.
    Script(ScriptError),
    /// The program asked to end (`SystemExit`) with a status.
    Exit(i32),
    /// The program met a limit that the host had set.
    Limit(Limit, ScriptError),
    /// A value is not what the host takes it for.
    Conversion(ConversionError),
    /// There is no variable of that name.
    NotFound(String),
    /// A file of the host's choice could not be read.
    Io(std::io::Error),
}

/// A limit of `Config`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// `heap_limit`
    Heap,
    /// `step_limit`
    Steps,
}

/// An exception that left a program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScriptError {
    /// The class's name: `ValueError`.
    pub class: String,
    /// `str()` of the exception.
    pub message: String,
    /// The traceback as Python prints it.
    pub traceback: String,
    /// Line of the outermost Python code in it, if it came from any.
    pub line: Option<u32>,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Script(error) => error.fmt(f),
            Error::Exit(status) => write!(f, "the program ended with status {status}"),
            Error::Limit(Limit::Heap, error) => write!(f, "the heap limit was met: {error}"),
            Error::Limit(Limit::Steps, error) => write!(f, "the step limit was met: {error}"),
            Error::Conversion(error) => error.fmt(f),
            Error::NotFound(name) => write!(f, "name '{name}' is not defined"),
            Error::Io(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Error::Script(error) | Error::Limit(_, error) => Some(error),
            Error::Conversion(error) => Some(error),
            Error::Io(error) => Some(error),
            Error::Exit(_) | Error::NotFound(_) => None,
        }
    }
}

impl fmt::Display for ScriptError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.message.is_empty() {
            f.write_str(&self.class)
        } else {
            write!(f, "{}: {}", self.class, self.message)
        }
    }
}

impl std::error::Error for ScriptError {}

impl From<ConversionError> for Error {
    fn from(error: ConversionError) -> Error {
        Error::Conversion(error)
    }
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Error {
        Error::Io(error)
    }
}
