//! `compile`, `eval`, `exec`, `globals`, `locals`, `__import__`, `breakpoint`.

use bytecode::CodeFlags;
use heap::FreeList;

use super::attributes::own;
use crate::object::{Args, Bytes, Dict, PyResult, Ref, Str, Tuple, Value};
use crate::vm::Vm;
use crate::vm::code::Code;
use crate::vm::source::{CompileFlags, Mode, Source};

const DONT_IMPLY_DEDENT: i64 = 0x200;
const ONLY_AST: i64 = 0x400;
const TYPE_COMMENTS: i64 = 0x1000;
const ALLOW_TOP_LEVEL_AWAIT: i64 = 0x2000;
const ALLOW_INCOMPLETE: i64 = 0x4000;

pub fn globals(vm: &Vm, _args: &[Value]) -> PyResult {
    match vm.current_frame() {
        Some(frame) => Ok(frame.function().globals.to_value()),
        None => Ok(vm.main_namespace().into_value()),
    }
}

pub fn locals(vm: &Vm, _args: &[Value]) -> PyResult {
    vm.current_locals()
}

impl Vm {
    /// `locals()` of the running frame.
    pub fn current_locals(&self) -> PyResult {
        match self.current_frame() {
            Some(frame) => match frame.namespace.get() {
                Some(namespace) => {
                    self.with_hidden_locals(namespace, frame.code(), |i| frame.local(i).cloned())
                }
                None => {
                    // CPython has a second dict meanwhile.
                    self.heap.count_kept_allocation(FreeList::DICT);
                    let locals = self.frame_locals(&self.frame_object(frame));
                    self.heap.count_kept_release(FreeList::DICT);
                    locals
                }
            },
            None => Ok(self.main_namespace().into_value()),
        }
    }

    /// Text of something to compile: a `str`, or bytes decoded by their declaration.
    pub(crate) fn source_of(&self, value: &Value, file: &str, what: &str) -> PyResult<Source> {
        if let Some(text) = value.payload::<Str>() {
            self.check_source_size(text.len())?;
            let Some(text) = text.to_utf8() else {
                // Only encoding tells which surrogate is in the way.
                return Err(self.source_has_surrogates(value));
            };
            return Source::from_text(&text).map_err(|error| self.syntax_error(&error, file));
        }
        if !self.has_buffer(value) {
            return Err(self.type_error(format!(
                "{what} must be a string, bytes or {}",
                if what.starts_with("compile") {
                    "AST object"
                } else {
                    "code object"
                }
            )));
        }
        let bytes = self.copied_bytes(value)?;
        self.check_source_size(bytes.len())?;
        self.source_from_bytes(&bytes)
            .map_err(|error| self.syntax_error(&error, file))
    }

    /// `__future__` features of the running code, which compiled texts inherit.
    fn inherited_futures(&self) -> u32 {
        self.current_frame()
            .map_or(0, |frame| frame.code().data.flags.0 & CodeFlags::FUTURES.0)
    }
}

pub fn compile(vm: &Vm, args: &[Value]) -> PyResult {
    let file = match args[2].payload::<Str>() {
        Some(name) => name.to_display().into_owned(),
        None => vm.file_name(&args[2])?,
    };
    let Some(mode) = args[3].payload::<Str>() else {
        return Err(vm.type_error(format!(
            "compile() argument 'mode' must be str, not {}",
            vm.argument_type(&args[3])
        )));
    };
    let flags = match args[4].given() {
        Some(flags) => vm.index_isize(flags, &vm.types.exceptions.overflow_error)? as i64,
        None => 0,
    };
    let dont_inherit = args[5].given().map_or(Ok(false), |v| vm.truth(v))?;
    let optimize = match args[6].given() {
        Some(level) => vm.index_isize(level, &vm.types.exceptions.overflow_error)?,
        None => -1,
    };
    // Only trees may be asked for as an older version would see them.
    let feature_version = match args[7].given() {
        Some(minor) => {
            let minor = vm.index_isize(minor, &vm.types.exceptions.overflow_error)?;
            u8::try_from(minor).ok().filter(|_| flags & ONLY_AST != 0)
        }
        None => None,
    };
    let known = i64::from(CodeFlags::FUTURES.0)
        | CodeFlags::NESTED.0 as i64
        | DONT_IMPLY_DEDENT
        | ONLY_AST
        | ALLOW_TOP_LEVEL_AWAIT
        | ALLOW_INCOMPLETE
        | 0x100
        | TYPE_COMMENTS;
    if flags & !known != 0 {
        return Err(vm.value_error("compile(): unrecognised flags"));
    }
    if !(-1..=2).contains(&optimize) {
        return Err(vm.value_error("compile(): invalid optimize value"));
    }
    let mode = match &*mode.to_display() {
        "exec" => Mode::Exec,
        "eval" => Mode::Eval,
        "single" => Mode::Single,
        "func_type" if flags & ONLY_AST != 0 => Mode::FuncType,
        "func_type" => {
            return Err(vm.value_error("compile() mode 'func_type' requires flag PyCF_ONLY_AST"));
        }
        _ => {
            let choices = if flags & ONLY_AST != 0 {
                "'exec', 'eval', 'single' or 'func_type'"
            } else {
                "'exec', 'eval' or 'single'"
            };
            return Err(vm.value_error(format!("compile() mode must be {choices}")));
        }
    };
    let inherited = if dont_inherit {
        0
    } else {
        vm.inherited_futures()
    };
    let options = syntax::ParseOptions {
        allow_incomplete: flags & ALLOW_INCOMPLETE != 0,
        dont_imply_dedent: flags & DONT_IMPLY_DEDENT != 0,
        type_comments: flags & TYPE_COMMENTS != 0,
        feature_version,
        barry: (flags as u32 | inherited) & CodeFlags::FUTURE_BARRY_AS_BDFL.0 != 0,
        ..syntax::ParseOptions::default()
    };
    let given_tree = vm.is_syntax_object(&args[1])?;
    if flags & ONLY_AST != 0 {
        if given_tree {
            vm.check_syntax_root(&args[1], mode)?;
            return Ok(args[1].clone());
        }
        let source = vm.source_of(&args[1], &file, "compile() arg 1")?;
        audit_compile(vm, &source, &file)?;
        let (tree, ignores) = vm.parse_source(&source, &file, mode, options)?;
        return vm.syntax_objects(&tree, &ignores, &source);
    }
    let flags = CompileFlags {
        futures: inherited | flags as u32 & CodeFlags::FUTURES.0,
        optimize: if optimize < 0 {
            vm.interp.optimize.get()
        } else {
            optimize as u8
        },
        top_level_await: flags & ALLOW_TOP_LEVEL_AWAIT != 0,
        from_file: false,
    };
    let (tree, source) = if given_tree {
        vm.syntax_tree(&args[1], mode)?
    } else {
        let source = vm.source_of(&args[1], &file, "compile() arg 1")?;
        audit_compile(vm, &source, &file)?;
        (vm.parse_source(&source, &file, mode, options)?.0, source)
    };
    Ok(vm.compile_tree(&tree, &source, &file, flags)?.into_value())
}

/// Tells auditing hooks of a text that is going to be compiled.
fn audit_compile(vm: &Vm, source: &Source, file: &str) -> PyResult<()> {
    if !vm.is_audited() {
        return Ok(());
    }
    let text = vm.bytes_value(source.text().as_bytes());
    vm.audit("compile", &[text, vm.str_value(file)])
}

/// Globals and locals that `eval` and `exec` work with.
fn namespaces(vm: &Vm, args: &[Value], what: &str) -> PyResult<(Ref<Dict>, Option<Value>)> {
    let globals = args[2].given_not_none();
    let locals = args[3].given_not_none();
    let globals = match globals {
        Some(value) => match value.as_ref_to::<Dict>() {
            Some(dict) => dict.clone(),
            None if what == "eval" => {
                return Err(
                    vm.type_error(if vm.class_of(value).slots().mp_subscript.is_some() {
                        "globals must be a real dict; try eval(code, {}, mapping)"
                    } else {
                        "globals must be a dict"
                    }),
                );
            }
            None => {
                return Err(vm.type_error(format!(
                    "exec() globals must be a dict, not {}",
                    vm.class_name(value)
                )));
            }
        },
        None => {
            let globals = match vm.current_frame() {
                Some(frame) => frame.function().globals.clone(),
                None => vm.main_namespace(),
            };
            let locals = match locals {
                Some(locals) => locals.clone(),
                None => vm.current_locals()?,
            };
            check_mapping(vm, &locals, what)?;
            return Ok((globals, Some(locals)));
        }
    };
    if let Some(locals) = locals {
        check_mapping(vm, locals, what)?;
    }
    if !globals.contains(vm, &vm.names.__builtins__)? {
        let builtins = vm.builtins().into_value();
        globals.insert(vm, &vm.names.__builtins__, builtins)?;
    }
    Ok((globals, locals.cloned()))
}

fn check_mapping(vm: &Vm, locals: &Value, what: &str) -> PyResult<()> {
    if vm.class_of(locals).slots().mp_subscript.is_some() {
        return Ok(());
    }
    Err(if what == "eval" {
        vm.type_error("locals must be a mapping")
    } else {
        vm.type_error(format!(
            "locals must be a mapping or None, not {}",
            vm.class_name(locals)
        ))
    })
}

pub fn eval(vm: &Vm, args: &[Value]) -> PyResult {
    let (globals, locals) = namespaces(vm, args, "eval")?;
    if let Some(code) = args[1].as_ref_to::<Code>() {
        if code.data.freevars().next().is_some() {
            return Err(
                vm.type_error("code object passed to eval() may not contain free variables")
            );
        }
        vm.audit("exec", std::slice::from_ref(&args[1]))?;
        return vm.run_code(code, &globals, locals.as_ref());
    }
    let source = vm.source_of(&args[1], "<string>", "eval() arg 1")?;
    audit_compile(vm, &source, "<string>")?;
    let trimmed = source.text().trim_start_matches([' ', '\t']);
    let source = if trimmed.len() == source.text().len() {
        source
    } else {
        Source::from_text(trimmed).map_err(|error| vm.syntax_error(&error, "<string>"))?
    };
    let flags = CompileFlags {
        futures: vm.inherited_futures(),
        optimize: vm.interp.optimize.get(),
        ..CompileFlags::default()
    };
    let code = vm.compile_source(&source, "<string>", Mode::Eval, flags)?;
    vm.audit("exec", &[code.to_value()])?;
    vm.run_code(&code, &globals, locals.as_ref())
}

/// True for a tuple of exactly so many cells.
fn is_closure(vm: &Vm, value: &Value, length: usize) -> bool {
    vm.class_of(value).is(&vm.types.tuple)
        && value.payload::<Tuple>().is_some_and(|cells| {
            cells.len() == length
                && cells
                    .iter()
                    .all(|cell| vm.class_of(cell).is(&vm.types.cell))
        })
}

pub fn exec(vm: &Vm, args: &[Value]) -> PyResult {
    let (globals, locals) = namespaces(vm, args, "exec")?;
    let closure = args[4].given_not_none();
    if let Some(code) = args[1].as_ref_to::<Code>() {
        let free = code.data.freevars().count();
        match closure {
            Some(_) if free == 0 => {
                return Err(vm.type_error("cannot use a closure with this code object"));
            }
            _ if free > 0 && !closure.is_some_and(|cells| is_closure(vm, cells, free)) => {
                return Err(vm.type_error(format!(
                    "code object requires a closure of exactly length {free}"
                )));
            }
            _ => {}
        }
        vm.audit("exec", std::slice::from_ref(&args[1]))?;
        vm.run_code_with_closure(code, &globals, locals.as_ref(), closure)?;
        return Ok(Value::NONE);
    }
    if closure.is_some() {
        return Err(vm.type_error("closure can only be used when source is a code object"));
    }
    let source = vm.source_of(&args[1], "<string>", "exec() arg 1")?;
    audit_compile(vm, &source, "<string>")?;
    let flags = CompileFlags {
        futures: vm.inherited_futures(),
        optimize: vm.interp.optimize.get(),
        ..CompileFlags::default()
    };
    let code = vm.compile_source(&source, "<string>", Mode::Exec, flags)?;
    vm.audit("exec", &[code.to_value()])?;
    vm.run_code(&code, &globals, locals.as_ref())?;
    Ok(Value::NONE)
}

pub fn import(vm: &Vm, args: &[Value]) -> PyResult {
    let level = match args[5].given() {
        Some(level) => vm.index_isize(level, &vm.types.exceptions.overflow_error)?,
        None => 0,
    };
    let names = args[4].given().cloned().unwrap_or(Value::NONE);
    vm.import_from_globals(&args[1], args[2].given_not_none(), &names, level)
}

pub fn breakpoint(vm: &Vm, args: Args<'_>) -> PyResult {
    match vm.sys_attribute("breakpointhook") {
        Some(hook) => vm.call_args(&hook, own(args)),
        None => Err(vm.runtime_error("lost sys.breakpointhook")),
    }
}

impl Vm {
    /// A file name given as `str`, bytes or path object.
    pub(crate) fn file_name(&self, value: &Value) -> PyResult<String> {
        let path = match self.call_special(value, &self.names.__fspath__, &[])? {
            Some(path) => path,
            None => value.clone(),
        };
        if let Some(text) = path.payload::<Str>() {
            return Ok(text.to_display().into_owned());
        }
        if let Some(bytes) = path.payload::<Bytes>() {
            return Ok(String::from_utf8_lossy(bytes.as_slice()).into_owned());
        }
        Err(self.type_error(format!(
            "expected str, bytes or os.PathLike object, not {}",
            self.class_of(value).bare_name()
        )))
    }

    /// The UnicodeEncodeError of a source text that cannot be UTF-8.
    pub(crate) fn source_has_surrogates(&self, text: &Value) -> crate::Raised {
        let encoded = self.call_method(text, &self.names.encode, &[]);
        match encoded {
            Err(raised) => raised,
            Ok(_) => self.value_error("source code string cannot contain surrogates"),
        }
    }
}
