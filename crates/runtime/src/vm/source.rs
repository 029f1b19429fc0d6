//! From source text to code objects: `compile`, and its errors as Python exceptions.

use std::path::Path;

use crate::object::{Dict, PyResult, Raised, Ref, Value};
use crate::types::codecs;
use crate::vm::Vm;
use crate::vm::code::{Code, CodeOrigin};

pub use syntax::Mode;

pub use syntax::Source;
use syntax::SyntaxError;

/// Reads and decodes a source file as `importlib` does, which compiles its bytes.
pub fn read(vm: &Vm, path: &Path) -> PyResult<Source> {
    let name = super::import::path_text(path);
    match std::fs::read(path) {
        Ok(bytes) => vm
            .source_from_bytes(&bytes)
            .map_err(|error| vm.syntax_error(&error, &name)),
        Err(error) => {
            let errno = error.raw_os_error().unwrap_or(0);
            Err(vm.raise_os_error(errno, Some(&vm.str_value(&name)), None))
        }
    }
}

/// Where the expression is that a program ends with: the bytes of its text.
pub fn last_expression(source: &Source) -> Option<(usize, usize)> {
    let parsed = syntax::parse(source, Mode::Exec, syntax::ParseOptions::default()).ok()?;
    let syntax::ast::Mod::Module(body) = &parsed.module else {
        return None;
    };
    let last = body.last()?;
    let is_expression = matches!(last.kind, syntax::ast::StmtKind::Expr { .. });
    is_expression.then_some((last.range.start as usize, last.range.end as usize))
}

/// What `compile` is told besides the source.
#[derive(Clone, Copy, Debug, Default)]
pub struct CompileFlags {
    /// `__future__` features in force, as `co_flags` bits.
    pub futures: u32,
    /// 0 keeps assertions and docstrings, 1 drops assertions, 2 both.
    pub optimize: u8,
    /// `await` may stand outside functions.
    pub top_level_await: bool,
    /// The text is that of a file, so that errors carry its lines.
    pub from_file: bool,
}

impl Vm {
    /// The source in the bytes that are compiled, decoded by any of the registered codecs.
    pub(crate) fn source_from_bytes(&self, bytes: &[u8]) -> Result<Source, SyntaxError> {
        Source::from_bytes_by(bytes, &mut |name, bytes| self.decode_source(name, bytes))
    }

    /// Decodes a source in the encoding that it declares; what the codec raises becomes a message.
    pub fn decode_source(&self, name: &str, bytes: &[u8]) -> Result<String, String> {
        let decoded = || -> PyResult<String> {
            let data = self.try_bytes(bytes)?.into_value();
            let text = codecs::decode_text(self, &data, Some(&self.str(name)), None)?;
            self.check_utf8(&text)?;
            Ok(text.to_display().into_owned())
        };
        decoded().map_err(|raised| {
            let exception = self.take_exception(raised);
            self.str_string(&exception).unwrap_or_else(|raised| {
                drop(self.take_exception(raised));
                String::new()
            })
        })
    }

    /// Compiles a source text; warnings are issued.
    pub fn compile_source(
        &self,
        source: &Source,
        file: &str,
        mode: Mode,
        flags: CompileFlags,
    ) -> PyResult<Ref<Code>> {
        let options = syntax::ParseOptions {
            barry: flags.futures & bytecode::CodeFlags::FUTURE_BARRY_AS_BDFL.0 != 0,
            ..syntax::ParseOptions::default()
        };
        let (tree, _) = self.parse_source(source, file, mode, options)?;
        self.compile_tree(&tree, source, file, flags)
    }

    /// Parses a source text; warnings are issued.
    pub fn parse_source(
        &self,
        source: &Source,
        file: &str,
        mode: Mode,
        options: syntax::ParseOptions,
    ) -> PyResult<(syntax::ast::Mod, Vec<syntax::ast::TypeIgnore>)> {
        let mut warnings = Vec::new();
        let options = syntax::ParseOptions {
            int_digits: Some(self.interp.int_max_str_digits.get()),
            ..options
        };
        self.check_source_size(source.text().len())?;
        let parsed = syntax::parse_warning(source, mode, options, &mut warnings);
        self.warned(&mut warnings, parsed, source, file, mode, false)
    }

    /// Raises MemoryError if there is no room to read a source text of so many bytes.
    pub(crate) fn check_source_size(&self, len: usize) -> PyResult<()> {
        // Tokens and tree, which are not asked for fallibly: what a dense text takes at the most.
        const FOR_EACH_BYTE: usize = 96;
        self.check_room(len.saturating_mul(FOR_EACH_BYTE))
    }

    /// The symbol table of a source text.
    pub(crate) fn symbols_of(
        &self,
        source: &Source,
        file: &str,
        mode: Mode,
    ) -> PyResult<compiler::symtable::SymbolTable> {
        let options = syntax::ParseOptions::default();
        let (tree, _) = self.parse_source(source, file, mode, options)?;
        let symbols = compiler::symbols(&tree, source, false);
        self.warned(&mut Vec::new(), symbols, source, file, mode, false)
    }

    /// Compiles a tree: that of a source text, or one that a program put together.
    pub fn compile_tree(
        &self,
        tree: &syntax::ast::Mod,
        source: &Source,
        file: &str,
        flags: CompileFlags,
    ) -> PyResult<Ref<Code>> {
        let mut warnings = Vec::new();
        let options = compiler::Options {
            untrusted: !source.has_text(),
            optimize: flags.optimize,
            futures: bytecode::CodeFlags(flags.futures),
            top_level_await: flags.top_level_await,
            from_file: flags.from_file,
            keep_inverted_bools: false,
        };
        let mut compiled = compiler::compile_warning(tree, file, source, options, &mut warnings);
        let folding = |w: &syntax::SyntaxWarning| w.finder == syntax::WarningFinder::Folding;
        if self.folding_forbidden(warnings.iter().filter(|w| folding(w)))? {
            let options = compiler::Options {
                keep_inverted_bools: true,
                ..options
            };
            warnings.clear();
            compiled = compiler::compile_warning(tree, file, source, options, &mut warnings);
        }
        warnings.retain(|w| !folding(w));
        let (mode, from_file) = (Mode::Exec, flags.from_file);
        let code = self.warned(&mut warnings, compiled, source, file, mode, from_file)?;
        if self.interp.no_debug_ranges.get() {
            let code = std::sync::Arc::new(code.without_columns());
            return self.code(&code, CodeOrigin::Program);
        }
        self.code(&code, CodeOrigin::Program)
    }

    /// Issues the warnings of what was computed in advance; true if a filter makes one an error.
    fn folding_forbidden<'w>(
        &self,
        warnings: impl Iterator<Item = &'w syntax::SyntaxWarning>,
    ) -> PyResult<bool> {
        let category = &self.types.exceptions.deprecation_warning;
        for warning in warnings {
            if let Err(raised) = self.warn_here(category, &warning.msg) {
                let _ = self.catch(raised, category)?;
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Issues the warnings of a pass, then gives its result.
    fn warned<T>(
        &self,
        warnings: &mut Vec<syntax::SyntaxWarning>,
        result: Result<T, Box<syntax::SyntaxError>>,
        source: &Source,
        file: &str,
        mode: Mode,
        from_file: bool,
    ) -> PyResult<T> {
        for warning in warnings.drain(..) {
            self.warn_syntax(warning, file, |w| w.into_error(source, mode, from_file))?;
        }
        result.map_err(|error| self.syntax_error(&error, file))
    }

    /// Compiles a text.
    pub fn compile_text(
        &self,
        text: &str,
        file: &str,
        mode: Mode,
        flags: CompileFlags,
    ) -> PyResult<Ref<Code>> {
        let source = Source::from_text(text).map_err(|error| self.syntax_error(&error, file))?;
        self.compile_source(&source, file, mode, flags)
    }

    /// Runs code in a namespace that is both its globals and its locals.
    pub fn run_code_in(&self, code: &Ref<Code>, globals: &Ref<Dict>) -> PyResult {
        self.run_code(code, globals, None)
    }

    /// Runs code with globals and, where they differ, locals.
    pub fn run_code(
        &self,
        code: &Ref<Code>,
        globals: &Ref<Dict>,
        locals: Option<&Value>,
    ) -> PyResult {
        self.run_code_with_closure(code, globals, locals, None)
    }

    /// The same with cells for the code's free variables.
    pub fn run_code_with_closure(
        &self,
        code: &Ref<Code>,
        globals: &Ref<Dict>,
        locals: Option<&Value>,
        closure: Option<&Value>,
    ) -> PyResult {
        let function = self.function(code, globals);
        function.closure.set(closure.cloned());
        let namespace = match locals {
            Some(locals) => locals.clone(),
            None => globals.to_value(),
        };
        super::ops::call_python(self, &function, crate::object::Args::NONE, Some(namespace))
    }

    /// Raises the Python exception of a syntax error.
    pub fn syntax_error(&self, error: &syntax::SyntaxError, file: &str) -> Raised {
        let types = &self.types.exceptions;
        let class = match error.kind {
            syntax::SyntaxErrorKind::Indentation => &types.indentation_error,
            syntax::SyntaxErrorKind::Tab => &types.tab_error,
            syntax::SyntaxErrorKind::Memory => {
                return self.raise(&types.memory_error, &error.msg);
            }
            syntax::SyntaxErrorKind::Recursion => {
                return self.raise(&types.recursion_error, &error.msg);
            }
            _ => &types.syntax_error,
        };
        if error.lineno == 0 && error.offset == 0 && error.text.is_none() {
            return self.raise(class, &error.msg);
        }
        let number = |n: i32| match n {
            syntax::SyntaxError::NO_OFFSET => Value::NONE,
            n => self.int(i64::from(n)),
        };
        let text = error
            .text
            .as_deref()
            .map_or(Value::NONE, |t| self.str_value(t));
        let details = self.tuple_value([
            self.str_value(file),
            number(error.lineno),
            number(error.offset),
            text,
            number(error.end_lineno),
            number(error.end_offset),
        ]);
        let args = [self.str_value(&error.msg), details];
        match self.call(class.as_value(), &args) {
            Ok(exception) => self.raise_value(exception),
            Err(raised) => raised,
        }
    }
}
