//! `super().name` without making the `super` object.

use bytecode::{Location, Opcode};
use syntax::ast::{Expr, ExprKind};

use super::Compiler;
use crate::report::Res;
use crate::symtable::{Home, SymbolTable};

impl<'a> Compiler<'a> {
    /// Compiles an attribute of a call of the builtin `super`, if it is one; `method` pushes
    /// a second value for a call.
    pub(super) fn super_attribute(
        &mut self,
        loc: Location,
        attribute: &'a Expr,
        method: bool,
    ) -> Res<bool> {
        let ExprKind::Attribute { value, attr, .. } = &attribute.kind else {
            return Ok(false);
        };
        let ExprKind::Call {
            func,
            args,
            keywords,
        } = &value.kind
        else {
            return Ok(false);
        };
        let ExprKind::Name { id, .. } = &func.kind else {
            return Ok(false);
        };
        if &**id != "super" || &*attr.id == "__class__" || !keywords.is_empty() {
            return Ok(false);
        }
        // Nobody may have given the name another meaning.
        let top = self.table.scope(SymbolTable::TOP);
        if self.scope().home("super") != Home::GlobalImplicit
            || top.home("super") != Home::Unknown
            || args
                .iter()
                .any(|a| matches!(a.kind, ExprKind::Starred { .. }))
        {
            return Ok(false);
        }
        let zero = match args.len() {
            0 => self.unit.argcount > 0 && self.scope().home("__class__") == Home::Free,
            2 => false,
            _ => return Ok(false),
        };
        if args.is_empty() && !zero {
            return Ok(false);
        }
        let func_loc = self.at(func.range);
        self.load_name(func_loc, id)?;
        let call_loc = self.at(value.range);
        if zero {
            let class = self.free_index("__class__");
            self.emit(call_loc, Opcode::LOAD_DEREF, class);
            let Some(first) = self.unit.varnames.first().cloned() else {
                unreachable!("a function with parameters has variables");
            };
            self.load_name(call_loc, &first)?;
        } else {
            self.exprs(args)?;
        }
        let index = self.name_index(&attr.id);
        let flags = u32::from(method) | if zero { 0 } else { 2 };
        self.emit(loc, Opcode::LOAD_SUPER_ATTR, index << 2 | flags);
        let at = self.attribute_loc(loc, attribute.range, attr);
        self.emit(at, Opcode::NOP, 0);
        Ok(true)
    }
}
