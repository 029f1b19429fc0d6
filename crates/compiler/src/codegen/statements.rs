//! Bodies and simple statements.

use bytecode::opcode::intrinsic1;
use bytecode::{Const, Location, Opcode};
use syntax::ast::{Expr, ExprContext, ExprKind, Range, Stmt, StmtKind};

use super::Compiler;
use super::unit::UnitKind;
use crate::future::docstring;
use crate::report::Res;

/// True if a body has annotated variables, inner statements included.
pub(super) fn has_annotations(body: &[Stmt]) -> bool {
    let mut todo: Vec<&[Stmt]> = vec![body];
    while let Some(body) = todo.pop() {
        for stmt in body {
            match &stmt.kind {
                StmtKind::AnnAssign { .. } => return true,
                StmtKind::For { body, orelse, .. }
                | StmtKind::While { body, orelse, .. }
                | StmtKind::If { body, orelse, .. } => todo.extend([&**body, &**orelse]),
                StmtKind::With { body, .. } => todo.push(body),
                StmtKind::Match { cases, .. } => todo.extend(cases.iter().map(|c| &*c.body)),
                StmtKind::Try {
                    body,
                    handlers,
                    orelse,
                    finalbody,
                    ..
                } => {
                    todo.extend([&**body, &**orelse, &**finalbody]);
                    todo.extend(handlers.iter().map(|h| &*h.body));
                }
                _ => {}
            }
        }
    }
    false
}

impl<'a> Compiler<'a> {
    /// The body of a module or class.
    pub(super) fn body(&mut self, loc: Location, body: &'a [Stmt]) -> Res {
        if has_annotations(body) {
            self.emit(loc, Opcode::SETUP_ANNOTATIONS, 0);
        }
        let doc = docstring(body).filter(|_| self.options.optimize < 2);
        if let Some(doc) = doc {
            self.expr(doc)?;
            self.store_name(Location::NONE, "__doc__")?;
        }
        self.stmts(&body[usize::from(doc.is_some())..])
    }

    pub(super) fn stmts(&mut self, body: &'a [Stmt]) -> Res {
        body.iter().try_for_each(|s| self.stmt(s))
    }

    fn stmt(&mut self, stmt: &'a Stmt) -> Res {
        self.descend()?;
        self.stmt_kind(stmt)?;
        self.depth -= 1;
        Ok(())
    }

    fn stmt_kind(&mut self, stmt: &'a Stmt) -> Res {
        let loc = self.at(stmt.range);
        match &stmt.kind {
            StmtKind::FunctionDef(def) => self.function(stmt, def),
            StmtKind::ClassDef(def) => self.class(stmt, def),
            StmtKind::TypeAlias {
                name,
                type_params,
                value,
            } => self.type_alias(stmt, name, type_params, value),
            StmtKind::Return { value } => self.return_stmt(stmt.range, value.as_deref()),
            StmtKind::Delete { targets } => self.exprs(targets),
            StmtKind::Assign { targets, value, .. } => self.assign(loc, targets, value),
            StmtKind::AugAssign { target, op, value } => {
                self.augmented_assign(loc, target, *op, value)
            }
            StmtKind::AnnAssign {
                target,
                annotation,
                value,
                simple,
            } => self.annotated_assign(loc, target, annotation, value.as_deref(), *simple),
            StmtKind::For {
                target,
                iter,
                body,
                orelse,
                is_async,
                ..
            } => {
                if *is_async {
                    self.async_for(stmt.range, target, iter, body, orelse)
                } else {
                    self.for_loop(loc, target, iter, body, orelse)
                }
            }
            StmtKind::While { test, body, orelse } => self.while_loop(loc, test, body, orelse),
            StmtKind::If { .. } => self.if_chain(stmt),
            StmtKind::With {
                items,
                body,
                is_async,
                ..
            } => self.with(stmt.range, items, body, *is_async),
            StmtKind::Match { subject, cases } => self.match_stmt(subject, cases),
            StmtKind::Raise { exc, cause } => {
                let mut n = 0;
                for value in exc.iter().chain(cause) {
                    self.expr(value)?;
                    n += 1;
                }
                self.emit(loc, Opcode::RAISE_VARARGS, n);
                Ok(())
            }
            StmtKind::Try {
                body,
                handlers,
                orelse,
                finalbody,
                is_star,
            } => {
                let parts = super::try_statements::Try {
                    body,
                    handlers,
                    orelse,
                    is_star: *is_star,
                };
                self.try_stmt(loc, parts, finalbody)
            }
            StmtKind::Assert { test, msg } => self.assert(stmt.range, test, msg.as_deref()),
            StmtKind::Import { names } => self.import(loc, names),
            StmtKind::ImportFrom {
                module,
                names,
                level,
            } => self.import_from(stmt.range, module.as_ref(), names, *level),
            StmtKind::Global { .. } | StmtKind::Nonlocal { .. } => Ok(()),
            StmtKind::Expr { value } => self.expr_stmt(loc, value),
            StmtKind::Pass => {
                self.emit(loc, Opcode::NOP, 0);
                Ok(())
            }
            StmtKind::Break => self.break_stmt(stmt.range),
            StmtKind::Continue => self.continue_stmt(stmt.range),
        }
    }

    fn expr_stmt(&mut self, loc: Location, value: &'a Expr) -> Res {
        if self.interactive && self.outer.is_empty() {
            self.expr(value)?;
            self.emit(loc, Opcode::CALL_INTRINSIC_1, intrinsic1::PRINT);
            self.emit(Location::NONE, Opcode::POP_TOP, 0);
            return Ok(());
        }
        if self.folded.is_constant(value) {
            self.emit(loc, Opcode::NOP, 0);
            return Ok(());
        }
        self.expr(value)?;
        self.emit(Location::NONE, Opcode::POP_TOP, 0);
        Ok(())
    }

    fn assert(&mut self, range: Range, test: &'a Expr, msg: Option<&'a Expr>) -> Res {
        let loc = self.at(range);
        let tuple = match &test.kind {
            ExprKind::Tuple { elts, .. } => !elts.is_empty(),
            _ => matches!(self.folded.get(test), Some(Const::Tuple(items)) if !items.is_empty()),
        };
        if tuple {
            let msg = "assertion is always true, perhaps remove parentheses?";
            self.warn(loc, range, msg.to_owned());
        }
        if self.options.optimize > 0 {
            return Ok(());
        }
        let end = self.new_label();
        self.jump_if(loc, test, end, true)?;
        self.emit(loc, Opcode::LOAD_ASSERTION_ERROR, 0);
        if let Some(msg) = msg {
            self.expr(msg)?;
            self.emit(loc, Opcode::CALL, 0);
        }
        self.emit(loc, Opcode::RAISE_VARARGS, 1);
        self.place(end);
        Ok(())
    }

    fn assign(&mut self, loc: Location, targets: &'a [Expr], value: &'a Expr) -> Res {
        self.expr(value)?;
        for (i, target) in targets.iter().enumerate() {
            if i + 1 < targets.len() {
                self.emit(loc, Opcode::COPY, 1);
            }
            self.expr(target)?;
        }
        Ok(())
    }

    fn annotated_assign(
        &mut self,
        loc: Location,
        target: &'a Expr,
        annotation: &'a Expr,
        value: Option<&'a Expr>,
        simple: bool,
    ) -> Res {
        if let Some(value) = value {
            self.expr(value)?;
            self.expr(target)?;
        }
        let evaluated = matches!(self.unit.kind, UnitKind::Module | UnitKind::Class);
        match &target.kind {
            ExprKind::Name { id, .. } => {
                self.forbid_name(loc, id, ExprContext::Store)?;
                if simple && evaluated {
                    self.annotation(annotation)?;
                    self.emit_name(loc, Opcode::LOAD_NAME, "__annotations__");
                    let key = crate::mangle(self.unit.private, id);
                    self.load_const(loc, Const::str(&key));
                    self.emit(loc, Opcode::STORE_SUBSCR, 0);
                }
            }
            ExprKind::Attribute {
                value: object,
                attr,
                ..
            } => {
                self.forbid_name(loc, &attr.id, ExprContext::Store)?;
                if value.is_none() {
                    self.evaluate_and_drop(object)?;
                }
            }
            ExprKind::Subscript {
                value: object,
                slice,
                ..
            } if value.is_none() => {
                self.evaluate_and_drop(object)?;
                self.check_annotated_index(slice)?;
            }
            _ => {}
        }
        // The annotation is evaluated last.
        if !simple && evaluated && !self.future_annotations() {
            self.evaluate_and_drop(annotation)?;
        }
        Ok(())
    }

    /// An annotation, or its text under `from __future__ import annotations`.
    pub(super) fn annotation(&mut self, annotation: &'a Expr) -> Res {
        if self.future_annotations() {
            let text = crate::unparse(annotation);
            let at = self.at(annotation.range);
            self.load_const(at, Const::Str(text));
            return Ok(());
        }
        self.expr(annotation)
    }

    fn evaluate_and_drop(&mut self, expr: &'a Expr) -> Res {
        self.expr(expr)?;
        let at = self.at(expr.range);
        self.emit(at, Opcode::POP_TOP, 0);
        Ok(())
    }

    fn check_annotated_index(&mut self, index: &'a Expr) -> Res {
        match &index.kind {
            ExprKind::Slice { lower, upper, step } => {
                let parts = [lower, upper, step];
                parts
                    .into_iter()
                    .flatten()
                    .try_for_each(|part| self.evaluate_and_drop(part))
            }
            ExprKind::Tuple { elts, .. } if !self.folded.is_constant(index) => {
                elts.iter().try_for_each(|e| self.check_annotated_index(e))
            }
            _ => self.evaluate_and_drop(index),
        }
    }
}
