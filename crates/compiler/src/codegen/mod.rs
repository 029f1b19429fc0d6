//! The tree to instructions with labels, one file for each family of constructs.
//!
//! What is emitted, in which order and with which locations, follows CPython 3.12's `compile.c`;
//! calls put the callable below `self` or NULL as 3.13 does.

mod assign;
mod blocks;
mod calls;
mod classes;
mod comprehensions;
mod conditions;
mod displays;
mod emit;
mod expressions;
mod functions;
mod imports;
mod loops;
mod names;
mod patterns;
mod statements;
mod strings;
mod super_calls;
mod try_statements;
mod type_params;
pub(crate) mod unit;
mod warnings;
mod with_statements;

use std::rc::Rc;
use std::sync::Arc;

use bytecode::{Code, CodeFlags, Const, Location, Opcode};
use indexmap::{IndexMap, IndexSet};
use syntax::SyntaxWarning;
use syntax::ast::{Mod, Range};

use crate::fold::Folded;
use crate::mangle::mangle;
use crate::report::{MAX_DEPTH, Reporter, Res, too_deep};
use crate::symtable::{Home, Scope, ScopeId, ScopeKind, SymbolTable, flag};
use crate::{Options, assemble, flow};
use unit::{InstrList, Unit, UnitKind};

/// Displays and calls with more elements are built piece by piece, to keep the stack small.
const STACK_USE_GUIDELINE: usize = 30;

/// The state of the compilation.
pub(crate) struct Compiler<'a> {
    report: Reporter<'a>,
    filename: Arc<str>,
    options: Options,
    features: CodeFlags,
    /// Where the last valid `from __future__ import` begins.
    last_future: Option<u32>,
    table: SymbolTable,
    folded: Folded,
    unit: Unit<'a>,
    /// The units around the current one.
    outer: Vec<Unit<'a>>,
    warnings: Vec<SyntaxWarning>,
    interactive: bool,
    depth: u32,
}

impl<'a> Compiler<'a> {
    pub(crate) fn new(
        report: Reporter<'a>,
        filename: &str,
        options: Options,
        (features, last_future): (CodeFlags, Option<u32>),
        (table, folded): (SymbolTable, Folded),
    ) -> Self {
        let mut unit = new_unit(&table, SymbolTable::TOP, UnitKind::Module, "<module>", 1);
        unit.qualname = Rc::clone(&unit.name);
        Compiler {
            report,
            filename: Arc::from(filename),
            options,
            features,
            last_future,
            table,
            folded,
            unit,
            outer: Vec::new(),
            warnings: Vec::new(),
            interactive: false,
            depth: 0,
        }
    }

    /// Compiles the whole tree; warnings are kept even if it turns out wrong.
    pub(crate) fn module(
        mut self,
        module: &'a Mod,
        warnings: &mut Vec<SyntaxWarning>,
    ) -> Res<Arc<Code>> {
        let done = self.module_body(module);
        warnings.append(&mut self.warnings);
        done?;
        let flags = self.code_flags();
        let filename = Arc::clone(&self.filename);
        Ok(Arc::new(make_code(self.unit, flags, filename)))
    }

    fn module_body(&mut self, module: &'a Mod) -> Res {
        // The first instruction of a module has line 0.
        let loc = Location {
            line: 0,
            end_line: 1,
            col: 0,
            end_col: 0,
        };
        self.emit(loc, Opcode::RESUME, 0);
        let add_none = match module {
            Mod::Module(body) => {
                let loc = body.first().map_or(loc, |s| self.at(s.range));
                self.body(loc, body)?;
                true
            }
            Mod::Interactive(body) => {
                self.interactive = true;
                if statements::has_annotations(body) {
                    let loc = Location { line: 1, ..loc };
                    self.emit(loc, Opcode::SETUP_ANNOTATIONS, 0);
                }
                self.stmts(body)?;
                true
            }
            Mod::Expression(expr) => {
                self.expr(expr)?;
                false
            }
            // It tells of types; to run it means nothing.
            Mod::FunctionType { .. } => true,
        };
        self.end_code(add_none);
        Ok(())
    }

    /// The lines and columns of a range.
    fn at(&self, range: Range) -> Location {
        self.report.location(range)
    }

    fn error<T>(&self, range: Range, msg: impl Into<String>) -> Res<T> {
        self.report.error(range, msg)
    }

    /// Counts one more level of nesting; the caller takes it off.
    fn descend(&mut self) -> Res {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return too_deep();
        }
        Ok(())
    }

    /// The current scope.
    fn scope(&self) -> &Scope {
        self.table.scope(self.unit.scope)
    }

    fn in_function(&self) -> bool {
        self.scope().kind.is_function_like()
    }

    fn future_annotations(&self) -> bool {
        self.features.has(CodeFlags::FUTURE_ANNOTATIONS)
    }

    /// True where `await` may stand in a module.
    fn top_level_await(&self) -> bool {
        self.options.top_level_await && self.scope().kind == ScopeKind::Module
    }

    /// Begins a new code object.
    fn enter_scope(&mut self, kind: UnitKind, scope: ScopeId, name: &str, first_line: u32) {
        let mut unit = new_unit(&self.table, scope, kind, name, first_line);
        unit.private = self.unit.private;
        let outer = std::mem::replace(&mut self.unit, unit);
        self.outer.push(outer);
        self.unit.qualname = self.qualified_name();
        let line = first_line as i32;
        let loc = Location {
            line,
            end_line: line,
            col: 0,
            end_col: 0,
        };
        self.emit(loc, Opcode::RESUME, 0);
    }

    fn qualified_name(&self) -> Rc<str> {
        let name = &self.unit.name;
        let mut outer = self.outer.iter().rev();
        let mut parent = outer.next();
        // Type parameters do not show in the name.
        if parent.is_some_and(|p| p.kind == UnitKind::TypeParams) {
            parent = outer.next();
        }
        let Some(parent) = parent.filter(|p| p.kind != UnitKind::Module) else {
            return Rc::clone(name);
        };
        let named = matches!(
            self.unit.kind,
            UnitKind::Function | UnitKind::AsyncFunction | UnitKind::Class
        );
        if named {
            let mangled = mangle(parent.private, name);
            if self.table.scope(parent.scope).home(&mangled) == Home::GlobalExplicit {
                return Rc::clone(name);
            }
        }
        let locals = matches!(
            parent.kind,
            UnitKind::Function | UnitKind::AsyncFunction | UnitKind::Lambda
        );
        let locals = if locals { ".<locals>" } else { "" };
        format!("{}{locals}.{name}", parent.qualname).into()
    }

    /// Ends the code object, which falls off its end with None or with the value on the stack.
    fn leave_scope(&mut self, add_none: bool) -> Arc<Code> {
        self.end_code(add_none);
        let flags = self.code_flags();
        let Some(outer) = self.outer.pop() else {
            unreachable!("scopes are entered before they are left");
        };
        let unit = std::mem::replace(&mut self.unit, outer);
        Arc::new(make_code(unit, flags, Arc::clone(&self.filename)))
    }

    fn end_code(&mut self, add_none: bool) {
        if add_none {
            self.load_const(Location::NONE, Const::None);
        }
        self.emit(Location::NONE, Opcode::RETURN_VALUE, 0);
    }

    fn code_flags(&self) -> CodeFlags {
        let scope = self.scope();
        let coroutine = scope.coroutine || self.unit.coroutine;
        let mut flags = self.features;
        let mut set = |on: bool, bits: CodeFlags| {
            if on {
                flags = flags.with(bits);
            }
        };
        if scope.kind.is_function_like() {
            set(true, CodeFlags::NEWLOCALS);
            set(true, CodeFlags::OPTIMIZED);
            set(scope.nested, CodeFlags::NESTED);
            set(scope.generator && !coroutine, CodeFlags::GENERATOR);
            set(!scope.generator && coroutine, CodeFlags::COROUTINE);
            set(scope.generator && coroutine, CodeFlags::ASYNC_GENERATOR);
            set(scope.varargs, CodeFlags::VARARGS);
            set(scope.varkeywords, CodeFlags::VARKEYWORDS);
        } else if self.top_level_await() {
            set(coroutine && !scope.generator, CodeFlags::COROUTINE);
        }
        flags
    }
}

fn make_code(mut unit: Unit<'_>, flags: CodeFlags, filename: Arc<str>) -> Code {
    let list = std::mem::take(&mut unit.code);
    let graph = flow::optimize(list, &mut unit);
    assemble::assemble(graph, unit, flags, filename)
}

/// A unit whose names are those of its scope.
fn new_unit<'a>(
    table: &SymbolTable,
    scope_id: ScopeId,
    kind: UnitKind,
    name: &str,
    first_line: u32,
) -> Unit<'a> {
    let scope = table.scope(scope_id);
    let sorted = |wanted: &dyn Fn(u16, Home) -> bool| {
        let mut names: Vec<Rc<str>> = scope
            .symbols
            .iter()
            .filter(|(_, s)| wanted(s.flags, s.home))
            .map(|(name, _)| Rc::clone(name))
            .collect();
        names.sort_unstable();
        names.into_iter().collect::<IndexSet<_>>()
    };
    let mut cells = sorted(&|flags, home| home == Home::Cell || flags & flag::COMP_CELL != 0);
    // The cells that a class makes for its methods are no variables of its body.
    if scope.needs_class_closure {
        cells.insert(Rc::from("__class__"));
    }
    if scope.needs_classdict {
        cells.insert(Rc::from("__classdict__"));
    }
    let frees = sorted(&|flags, home| home == Home::Free || flags & flag::FREE_CLASS != 0);
    Unit {
        scope: scope_id,
        kind,
        name: Rc::from(name),
        qualname: Rc::from(""),
        private: None,
        first_line,
        argcount: 0,
        posonlyargcount: 0,
        kwonlyargcount: 0,
        params: scope.params.len(),
        names: IndexSet::new(),
        varnames: scope.params.iter().map(Rc::clone).collect(),
        cells,
        frees,
        fast_hidden: IndexMap::new(),
        consts: IndexSet::new(),
        code: InstrList::default(),
        blocks: Vec::new(),
        inlined: 0,
        receiver: None,
        static_attributes: IndexSet::new(),
        coroutine: false,
    }
}
