//! Syntax tree to code object.
//!
//! ```text
//! ast::Mod --future--> features
//!          --symtable--> scopes, and on the way the constants that expressions fold to
//!          --codegen--> one instruction list with labels for each scope
//!          --flow--> control-flow graph: dead code, jumps, unbound locals, cold handlers, lines
//!          --assemble--> bytecode::Code
//! ```
//!
//! Order of evaluation, names, constants, flags and locations are those of CPython 3.12, so that
//! what `dis`, `inspect` and tracebacks show agrees.
#![forbid(unsafe_code)]

mod assemble;
mod codegen;
mod flow;
mod fold;
mod future;
mod mangle;
mod report;
pub mod symtable;
mod unparse;

use std::sync::Arc;

use bytecode::{Code, CodeFlags};
use syntax::ast::Mod;
use syntax::{Source, SyntaxError, SyntaxErrorKind, SyntaxWarning};

pub use mangle::mangle;
pub use unparse::unparse;

/// A tree that cannot be compiled.
pub type CompileError = SyntaxError;

/// How a tree is compiled.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// 0: everything; 1: without `assert` and with `__debug__` false; 2: without docstrings too.
    pub optimize: u8,
    /// `__future__` features in force from outside (the caller's, unless `dont_inherit`).
    pub futures: CodeFlags,
    /// `PyCF_ALLOW_TOP_LEVEL_AWAIT`: `await` and its kin may stand in a module.
    pub top_level_await: bool,
    /// The text is that of a file, so errors carry the line.  (CPython reads the line from the
    /// file when it reports, so that errors in a string have none.)
    pub from_file: bool,
    /// `~True` is left to be computed at run time, as it is where its warning is an error.
    pub keep_inverted_bools: bool,
    /// The tree does not come from the parser, so that the code made of it must be proved sound.
    pub untrusted: bool,
}

/// A compiled tree.
#[derive(Clone, Debug)]
pub struct Compiled {
    pub code: Arc<Code>,
    /// In the order in which they are to be issued.
    pub warnings: Vec<SyntaxWarning>,
}

/// Compiles a tree that was parsed from `source`.
pub fn compile(
    module: &Mod,
    filename: &str,
    source: &Source,
    options: Options,
) -> Result<Compiled, Box<CompileError>> {
    let mut warnings = Vec::new();
    let code = compile_warning(module, filename, source, options, &mut warnings)?;
    Ok(Compiled { code, warnings })
}

/// Compiles a tree that was parsed from `source`; of a wrong one, too, the warnings found before
/// the mistake are kept.
pub fn compile_warning(
    module: &Mod,
    filename: &str,
    source: &Source,
    options: Options,
    warnings: &mut Vec<SyntaxWarning>,
) -> Result<Arc<Code>, Box<CompileError>> {
    let report = report::Reporter::new(source, options.from_file);
    let future = future::scan(module, &report)?;
    let features = options.futures.0 & CodeFlags::FUTURES.0 | future.features.0;
    let features = CodeFlags(features);
    let settings = symtable::Settings {
        future_annotations: features.has(CodeFlags::FUTURE_ANNOTATIONS),
        debug: options.optimize == 0,
        fold_inverted_bools: !options.keep_inverted_bools,
    };
    let mut tables = symtable::build(module, &report, settings)?;
    warnings.extend(tables.1.take_warnings());
    let features = (features, future.last);
    let code = codegen::Compiler::new(report, filename, options, features, tables)
        .module(module, warnings)?;
    if options.untrusted || cfg!(debug_assertions) {
        match bytecode::verify::verify_all(&code) {
            Err(error) if options.untrusted => {
                let msg = format!("the tree cannot be compiled: {error}");
                return Err(Box::new(SyntaxError::unplaced(
                    SyntaxErrorKind::Syntax,
                    msg,
                )));
            }
            Err(error) => unreachable!("the compiler made unsound code of {filename}: {error}"),
            Ok(()) => {}
        }
    }
    Ok(code)
}

/// The symbol table of a tree, for the `symtable` module.
pub fn symbols(
    module: &Mod,
    source: &Source,
    from_file: bool,
) -> Result<symtable::SymbolTable, Box<CompileError>> {
    let report = report::Reporter::new(source, from_file);
    let future = future::scan(module, &report)?;
    let settings = symtable::Settings {
        future_annotations: future.features.has(CodeFlags::FUTURE_ANNOTATIONS),
        debug: true,
        fold_inverted_bools: true,
    };
    symtable::build(module, &report, settings).map(|(table, _)| table)
}
