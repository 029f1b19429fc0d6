//! PEP 695: type parameters and the `type` statement.

use bytecode::opcode::{intrinsic1, intrinsic2};
use bytecode::{Const, Opcode};
use syntax::ast::{Expr, ExprKind, Stmt, TypeParam, TypeParamKind};

use super::Compiler;
use super::unit::UnitKind;
use crate::report::Res;
use crate::symtable::{NodeRole, node_key};

impl<'a> Compiler<'a> {
    /// Begins the function that makes type parameters and what is generic in them.
    pub(super) fn enter_type_params(
        &mut self,
        params: &'a Vec<TypeParam>,
        name: &str,
        first_line: u32,
    ) {
        let scope = self.table.of_node(node_key(params, NodeRole::TypeParams));
        let name = format!("<generic parameters of {name}>");
        self.enter_scope(UnitKind::TypeParams, scope, &name, first_line);
    }

    /// Makes and binds the parameters; leaves a tuple of them.
    pub(super) fn type_params(&mut self, params: &'a [TypeParam]) -> Res {
        for param in params {
            let loc = self.at(param.range);
            self.load_const(loc, Const::str(&param.name));
            match &param.kind {
                TypeParamKind::TypeVar { bound: Some(bound) } => {
                    let scope = self.table.of_node(node_key(param, NodeRole::Body));
                    let line = self.report.line(bound.range.start);
                    self.enter_scope(UnitKind::TypeParams, scope, &param.name, line);
                    self.expr(bound)?;
                    self.emit(loc, Opcode::RETURN_VALUE, 0);
                    let code = self.leave_scope(true);
                    self.make_closure(loc, code, 0);
                    let is_tuple = matches!(bound.kind, ExprKind::Tuple { .. })
                        && !self.folded.is_constant(bound);
                    let intrinsic = if is_tuple {
                        intrinsic2::TYPEVAR_WITH_CONSTRAINTS
                    } else {
                        intrinsic2::TYPEVAR_WITH_BOUND
                    };
                    self.emit(loc, Opcode::CALL_INTRINSIC_2, intrinsic);
                }
                kind => {
                    let intrinsic = match kind {
                        TypeParamKind::TypeVar { .. } => intrinsic1::TYPEVAR,
                        TypeParamKind::ParamSpec => intrinsic1::PARAMSPEC,
                        TypeParamKind::TypeVarTuple => intrinsic1::TYPEVARTUPLE,
                    };
                    self.emit(loc, Opcode::CALL_INTRINSIC_1, intrinsic);
                }
            }
            self.emit(loc, Opcode::COPY, 1);
            self.store_name(loc, &param.name)?;
        }
        let loc = params.first().map(|p| p.range).unwrap_or_default();
        let loc = self.at(loc);
        self.emit(loc, Opcode::BUILD_TUPLE, params.len() as u32);
        Ok(())
    }

    pub(super) fn type_alias(
        &mut self,
        stmt: &'a Stmt,
        name: &'a Expr,
        params: &'a Vec<TypeParam>,
        value: &'a Expr,
    ) -> Res {
        let ExprKind::Name { id, .. } = &name.kind else {
            return self.error(name.range, "invalid syntax");
        };
        let loc = self.at(stmt.range);
        let generic = !params.is_empty();
        if generic {
            self.enter_type_params(params, id, loc.line as u32);
            self.load_const(loc, Const::str(id));
            self.type_params(params)?;
        } else {
            self.load_const(loc, Const::str(id));
            self.load_const(loc, Const::None);
        }
        let scope = self.table.of_node(node_key(stmt, NodeRole::Body));
        self.enter_scope(UnitKind::Function, scope, id, loc.line as u32);
        // The function that gives the value cannot have a docstring.
        self.const_index(Const::None);
        self.expr(value)?;
        self.emit(loc, Opcode::RETURN_VALUE, 0);
        let code = self.leave_scope(false);
        self.make_closure(loc, code, 0);
        self.emit(loc, Opcode::BUILD_TUPLE, 3);
        self.emit(loc, Opcode::CALL_INTRINSIC_1, intrinsic1::TYPEALIAS);
        if generic {
            let code = self.leave_scope(false);
            self.make_closure(loc, code, 0);
            self.emit(loc, Opcode::PUSH_NULL, 0);
            self.emit(loc, Opcode::CALL, 0);
        }
        self.store_name(loc, id)
    }
}
