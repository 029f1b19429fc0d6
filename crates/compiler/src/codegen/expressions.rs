//! Expressions: the dispatch and the small ones.

use bytecode::{Const, Location, Opcode};
use syntax::ast::{BoolOp, CmpOp, Expr, ExprContext, ExprKind, Range};

use super::Compiler;
use super::unit::{Op, UnitKind};
use crate::fold::literal;
use crate::report::Res;

/// `not x is y`, `not x in y` and their doubles, which are comparisons themselves: the
/// comparison and the operator it then has.
pub(super) fn negated_comparison(expr: &Expr) -> Option<(&Expr, CmpOp)> {
    use syntax::ast::UnaryOp;
    let mut expr = expr;
    let mut negate = false;
    while let ExprKind::UnaryOp {
        op: UnaryOp::Not,
        operand,
    } = &expr.kind
    {
        negate = !negate;
        expr = operand;
    }
    let ExprKind::Compare { ops, .. } = &expr.kind else {
        return None;
    };
    let [op] = ops.as_slice() else {
        return None;
    };
    let inverse = match op {
        CmpOp::Is => CmpOp::IsNot,
        CmpOp::IsNot => CmpOp::Is,
        CmpOp::In => CmpOp::NotIn,
        CmpOp::NotIn => CmpOp::In,
        _ => return None,
    };
    Some((expr, if negate { inverse } else { *op }))
}

impl<'a> Compiler<'a> {
    pub(super) fn exprs(&mut self, exprs: &'a [Expr]) -> Res {
        exprs.iter().try_for_each(|e| self.expr(e))
    }

    /// An expression: loads its value, or stores to or deletes a target.
    pub(super) fn expr(&mut self, expr: &'a Expr) -> Res {
        match &expr.kind {
            ExprKind::Constant(c) => {
                let loc = self.at(expr.range);
                self.load_const(loc, literal(c));
                return Ok(());
            }
            ExprKind::BinOp { .. }
            | ExprKind::UnaryOp { .. }
            | ExprKind::Tuple { .. }
            | ExprKind::Subscript { .. }
            | ExprKind::Name { .. } => {
                if let Some(value) = self.folded.get(expr) {
                    let value = value.clone();
                    let loc = self.at(expr.range);
                    self.load_const(loc, value);
                    return Ok(());
                }
            }
            _ => {}
        }
        self.descend()?;
        self.expr_kind(expr)?;
        self.depth -= 1;
        Ok(())
    }

    fn expr_kind(&mut self, expr: &'a Expr) -> Res {
        let loc = self.at(expr.range);
        match &expr.kind {
            ExprKind::BoolOp { op, values } => self.bool_op(loc, *op, values),
            ExprKind::NamedExpr { target, value } => {
                self.expr(value)?;
                self.emit(loc, Opcode::COPY, 1);
                self.expr(target)
            }
            ExprKind::BinOp { left, op, right } => {
                if self.percent_format(loc, left, *op, right)? {
                    return Ok(());
                }
                self.expr(left)?;
                self.expr(right)?;
                self.binary_op(loc, *op, false);
                Ok(())
            }
            ExprKind::UnaryOp { op, operand } => {
                if let Some((comparison, op)) = negated_comparison(expr) {
                    return self.single_comparison(comparison, op);
                }
                self.expr(operand)?;
                self.unary_op(loc, *op);
                Ok(())
            }
            ExprKind::Lambda { args, body } => self.lambda(expr, args, body),
            ExprKind::IfExp { test, body, orelse } => {
                let next = self.new_label();
                let end = self.new_label();
                self.jump_if(loc, test, next, false)?;
                self.expr(body)?;
                self.jump(Location::NONE, Op::Jump, end);
                self.place(next);
                self.expr(orelse)?;
                self.place(end);
                Ok(())
            }
            ExprKind::Dict { keys, values } => self.dict(loc, keys, values),
            ExprKind::Set { elts } => self.set(loc, elts),
            ExprKind::ListComp { .. }
            | ExprKind::SetComp { .. }
            | ExprKind::DictComp { .. }
            | ExprKind::GeneratorExp { .. } => self.comprehension(expr),
            ExprKind::Await { value } => {
                self.check_await(expr.range)?;
                self.expr(value)?;
                self.await_top(loc, 0);
                Ok(())
            }
            ExprKind::Yield { value } => {
                if !self.in_function() {
                    return self.error(expr.range, "'yield' outside function");
                }
                match value {
                    Some(value) => self.expr(value)?,
                    None => self.load_const(loc, Const::None),
                }
                self.yield_value(loc);
                Ok(())
            }
            ExprKind::YieldFrom { value } => {
                if !self.in_function() {
                    return self.error(expr.range, "'yield' outside function");
                }
                if self.unit.kind == UnitKind::AsyncFunction {
                    return self.error(expr.range, "'yield from' inside async function");
                }
                self.expr(value)?;
                self.emit(loc, Opcode::GET_YIELD_FROM_ITER, 0);
                self.load_const(loc, Const::None);
                self.yield_from(loc, false);
                Ok(())
            }
            ExprKind::Compare {
                left,
                ops,
                comparators,
            } => self.compare(expr, left, ops, comparators),
            ExprKind::Call {
                func,
                args,
                keywords,
            } => self.call(expr, func, args, keywords),
            ExprKind::FormattedValue {
                value,
                conversion,
                format_spec,
            } => self.formatted_value(loc, value, *conversion, format_spec.as_deref()),
            ExprKind::JoinedStr { values } => self.joined_str(loc, values),
            ExprKind::Constant(c) => {
                self.load_const(loc, literal(c));
                Ok(())
            }
            ExprKind::Attribute { value, attr, ctx } => self.attribute(expr, value, attr, *ctx),
            ExprKind::Subscript { value, slice, ctx } => self.subscript(expr, value, slice, *ctx),
            ExprKind::Starred { ctx, .. } => {
                let msg = match ctx {
                    ExprContext::Store => "starred assignment target must be in a list or tuple",
                    _ => "can't use starred expression here",
                };
                self.error(expr.range, msg)
            }
            ExprKind::Name { id, ctx } => self.name_op(loc, id, *ctx),
            ExprKind::List { elts, ctx } => match ctx {
                ExprContext::Load => self.list(loc, elts),
                ExprContext::Store => self.unpack(loc, elts),
                ExprContext::Del => self.exprs(elts),
            },
            ExprKind::Tuple { elts, ctx, .. } => match ctx {
                ExprContext::Load => self.tuple(loc, elts),
                ExprContext::Store => self.unpack(loc, elts),
                ExprContext::Del => self.exprs(elts),
            },
            ExprKind::Slice { .. } => {
                let parts = self.slice_parts(expr)?;
                self.emit(loc, Opcode::BUILD_SLICE, parts);
                Ok(())
            }
        }
    }

    fn check_await(&self, range: Range) -> Res {
        if self.top_level_await() {
            return Ok(());
        }
        if !self.in_function() {
            return self.error(range, "'await' outside function");
        }
        let kind = self.unit.kind;
        if kind != UnitKind::AsyncFunction && kind != UnitKind::Comprehension {
            return self.error(range, "'await' outside async function");
        }
        Ok(())
    }

    fn bool_op(&mut self, loc: Location, op: BoolOp, values: &'a [Expr]) -> Res {
        let Some((last, rest)) = values.split_last() else {
            return Ok(());
        };
        let jump = match op {
            BoolOp::And => Opcode::POP_JUMP_IF_FALSE,
            BoolOp::Or => Opcode::POP_JUMP_IF_TRUE,
        };
        let end = self.new_label();
        for value in rest {
            self.expr(value)?;
            self.emit(loc, Opcode::COPY, 1);
            self.jump(loc, jump, end);
            self.emit(loc, Opcode::POP_TOP, 0);
        }
        self.expr(last)?;
        self.place(end);
        Ok(())
    }
}
