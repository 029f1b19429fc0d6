//! Syntax tree to code objects.

use std::sync::Arc;

use bytecode::{Code, CodeFlags};
use syntax::ast::Mod;
use syntax::{Source, SyntaxError, SyntaxErrorKind, SyntaxWarning};

/// How a tree is compiled.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// 0: everything; 1: without `assert` and with `__debug__` false; 2: without docstrings too.
    pub optimize: u8,
    /// `__future__` features in force from outside.
    pub futures: CodeFlags,
    /// `await` and its kin may stand in a module.
    pub top_level_await: bool,
    /// The text is that of a file, so errors carry the line.
    pub from_file: bool,
}

/// A compiled tree.
#[derive(Clone, Debug)]
pub struct Compiled {
    /// The module's code.
    pub code: Arc<Code>,
    /// In the order in which they are to be issued.
    pub warnings: Vec<SyntaxWarning>,
}

/// Compiles a tree that was parsed from `source`.
pub fn compile(
    _module: &Mod,
    _filename: &str,
    _source: &Source,
    _options: Options,
) -> Result<Compiled, Box<SyntaxError>> {
    Err(Box::new(SyntaxError::unplaced(SyntaxErrorKind::Syntax, "the compiler is not built yet")))
}
