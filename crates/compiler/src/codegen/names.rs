//! Loading, storing and deleting names; closures.

use std::sync::Arc;

use bytecode::{Code, Const, Location, Opcode};
use syntax::ast::ExprContext;

use super::Compiler;
use super::emit::index_of;
use crate::mangle::mangle;
use crate::report::Res;
use crate::symtable::{Home, ScopeKind};

impl Compiler<'_> {
    /// Rejects what may not be assigned to.
    pub(super) fn forbid_name(&self, loc: Location, name: &str, ctx: ExprContext) -> Res {
        if name != "__debug__" {
            return Ok(());
        }
        match ctx {
            ExprContext::Load => Ok(()),
            ExprContext::Store => self.report.error_at(loc, "cannot assign to __debug__"),
            ExprContext::Del => self.report.error_at(loc, "cannot delete __debug__"),
        }
    }

    /// The index of a cell or free variable, counted through both tables.
    pub(super) fn deref_index(&self, name: &str) -> u32 {
        let cell = self.unit.cells.get_index_of(name);
        cell.map_or_else(|| self.free_index(name), |index| index as u32)
    }

    /// The index of a free variable, counted behind the cells.
    pub(super) fn free_index(&self, name: &str) -> u32 {
        let free = self.unit.frees.get_index_of(name).unwrap_or_default();
        (self.unit.cells.len() + free) as u32
    }

    /// The index of a fast local.
    pub(super) fn fast_index(&mut self, name: &str) -> u32 {
        index_of(&mut self.unit.varnames, name)
    }

    /// Loads, stores or deletes a name.
    pub(super) fn name_op(&mut self, loc: Location, name: &str, ctx: ExprContext) -> Res {
        self.forbid_name(loc, name, ctx)?;
        let mangled = mangle(self.unit.private, name);
        let scope = self.scope();
        let (kind, sees_class) = (scope.kind, scope.can_see_class_scope);
        let home = scope.home(&mangled);
        let loads = ctx == ExprContext::Load;
        let by_context = |load, store, del| match ctx {
            ExprContext::Load => load,
            ExprContext::Store => store,
            ExprContext::Del => del,
        };
        if matches!(home, Home::Free | Home::Cell) {
            let index = if home == Home::Free {
                self.free_index(&mangled)
            } else {
                self.deref_index(&mangled)
            };
            let op = if loads && kind == ScopeKind::Class && self.unit.inlined == 0 {
                self.emit(loc, Opcode::LOAD_LOCALS, 0);
                Opcode::LOAD_FROM_DICT_OR_DEREF
            } else if loads && sees_class {
                self.load_classdict(loc);
                Opcode::LOAD_FROM_DICT_OR_DEREF
            } else {
                by_context(
                    Opcode::LOAD_DEREF,
                    Opcode::STORE_DEREF,
                    Opcode::DELETE_DEREF,
                )
            };
            self.emit(loc, op, index);
            return Ok(());
        }
        let hidden = self.unit.fast_hidden.get(&*mangled) == Some(&true);
        if home == Home::Local && (kind.is_function_like() || hidden) {
            let op = by_context(Opcode::LOAD_FAST, Opcode::STORE_FAST, Opcode::DELETE_FAST);
            let index = self.fast_index(&mangled);
            self.emit(loc, op, index);
            return Ok(());
        }
        let implicit = home == Home::GlobalImplicit && kind.is_function_like();
        if implicit && loads && sees_class {
            self.load_classdict(loc);
            let index = self.raw_name_index(&mangled);
            self.emit(loc, Opcode::LOAD_FROM_DICT_OR_GLOBALS, index);
            return Ok(());
        }
        let op = if implicit || home == Home::GlobalExplicit {
            by_context(
                Opcode::LOAD_GLOBAL,
                Opcode::STORE_GLOBAL,
                Opcode::DELETE_GLOBAL,
            )
        } else if kind == ScopeKind::Class && self.unit.inlined > 0 {
            by_context(Opcode::LOAD_GLOBAL, Opcode::STORE_NAME, Opcode::DELETE_NAME)
        } else {
            by_context(Opcode::LOAD_NAME, Opcode::STORE_NAME, Opcode::DELETE_NAME)
        };
        let index = self.raw_name_index(&mangled);
        let shift = u32::from(op == Opcode::LOAD_GLOBAL);
        self.emit(loc, op, index << shift);
        Ok(())
    }

    pub(super) fn load_name(&mut self, loc: Location, name: &str) -> Res {
        self.name_op(loc, name, ExprContext::Load)
    }

    pub(super) fn store_name(&mut self, loc: Location, name: &str) -> Res {
        self.name_op(loc, name, ExprContext::Store)
    }

    fn load_classdict(&mut self, loc: Location) {
        let index = self.deref_index("__classdict__");
        self.emit(loc, Opcode::LOAD_DEREF, index);
    }

    /// Makes a function of a code object, with the cells it needs; `flags` tells what else
    /// lies on the stack.
    pub(super) fn make_closure(&mut self, loc: Location, code: Arc<Code>, flags: u32) {
        let mut flags = flags;
        let mut count = 0;
        for name in code.freevars() {
            // A class may have a variable of the same name as the one that its methods capture
            // from around it; `__class__` is the class's own.
            let own = self.scope().kind == ScopeKind::Class
                && matches!(name, "__class__" | "__classdict__");
            let index = if own || self.scope().home(name) == Home::Cell {
                self.deref_index(name)
            } else {
                self.free_index(name)
            };
            self.emit(loc, Opcode::LOAD_CLOSURE, index);
            count += 1;
        }
        if count > 0 {
            flags |= 8;
            self.emit(loc, Opcode::BUILD_TUPLE, count);
        }
        self.load_const(loc, Const::Code(code));
        self.emit(loc, Opcode::MAKE_FUNCTION, flags);
    }
}
