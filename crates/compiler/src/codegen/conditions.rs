//! Comparisons, and jumps that depend on an expression's truth.

use bytecode::{Location, Opcode};
use syntax::ast::{BoolOp, CmpOp, Expr, ExprKind, UnaryOp};

use super::Compiler;
use super::expressions::negated_comparison;
use super::unit::{Label, Op};
use crate::report::Res;

impl<'a> Compiler<'a> {
    /// Jumps to `next` if the expression's truth is `cond`.
    pub(super) fn jump_if(
        &mut self,
        loc: Location,
        expr: &'a Expr,
        next: Label,
        cond: bool,
    ) -> Res {
        self.descend()?;
        self.jump_if_kind(loc, expr, next, cond)?;
        self.depth -= 1;
        Ok(())
    }

    fn jump_if_kind(&mut self, loc: Location, expr: &'a Expr, next: Label, cond: bool) -> Res {
        let op = if cond {
            Opcode::POP_JUMP_IF_TRUE
        } else {
            Opcode::POP_JUMP_IF_FALSE
        };
        match &expr.kind {
            ExprKind::UnaryOp {
                op: UnaryOp::Not,
                operand,
            } if !self.folded.is_constant(expr) && negated_comparison(expr).is_none() => {
                return self.jump_if(loc, operand, next, !cond);
            }
            ExprKind::BoolOp { op, values } => {
                let Some((last, rest)) = values.split_last() else {
                    return Ok(());
                };
                let short_cut = *op == BoolOp::Or;
                let target = if short_cut == cond {
                    next
                } else {
                    self.new_label()
                };
                for value in rest {
                    self.jump_if(loc, value, target, short_cut)?;
                }
                self.jump_if(loc, last, next, cond)?;
                if target != next {
                    self.place(target);
                }
                return Ok(());
            }
            ExprKind::IfExp { test, body, orelse } => {
                let end = self.new_label();
                let other = self.new_label();
                self.jump_if(loc, test, other, false)?;
                self.jump_if(loc, body, next, cond)?;
                self.jump(Location::NONE, Op::Jump, end);
                self.place(other);
                self.jump_if(loc, orelse, next, cond)?;
                self.place(end);
                return Ok(());
            }
            ExprKind::Compare {
                left,
                ops,
                comparators,
            } if ops.len() > 1 => {
                let loc = self.at(expr.range);
                let cleanup = self.new_label();
                let end = self.new_label();
                self.check_compare(expr, left, ops, comparators);
                self.expr(left)?;
                let last = ops.len() - 1;
                for (i, (op, comparator)) in ops.iter().zip(comparators).enumerate() {
                    if i == last {
                        self.comparator(*op, comparator)?;
                        self.compare_op(loc, *op);
                    } else {
                        self.expr(comparator)?;
                        self.emit(loc, Opcode::SWAP, 2);
                        self.emit(loc, Opcode::COPY, 2);
                        self.compare_op(loc, *op);
                        self.jump(loc, Opcode::POP_JUMP_IF_FALSE, cleanup);
                    }
                }
                self.jump(loc, op, next);
                self.jump(Location::NONE, Op::Jump, end);
                self.place(cleanup);
                self.emit(loc, Opcode::POP_TOP, 0);
                if !cond {
                    self.jump(Location::NONE, Op::Jump, next);
                }
                self.place(end);
                return Ok(());
            }
            _ => {}
        }
        self.expr(expr)?;
        // A negated comparison takes the place of the negation around it.
        let at = match negated_comparison(expr) {
            Some((comparison, _)) => self.at(comparison.range),
            None => self.at(expr.range),
        };
        self.jump(at, op, next);
        Ok(())
    }

    /// A chain of comparisons.
    pub(super) fn compare(
        &mut self,
        expr: &'a Expr,
        left: &'a Expr,
        ops: &'a [CmpOp],
        comparators: &'a [Expr],
    ) -> Res {
        let loc = self.at(expr.range);
        let (Some((last_op, ops_before)), Some((last, comparators_before))) =
            (ops.split_last(), comparators.split_last())
        else {
            return self.expr(left);
        };
        self.check_compare(expr, left, ops, comparators);
        self.expr(left)?;
        if ops_before.is_empty() {
            self.comparator(*last_op, last)?;
            self.compare_op(loc, *last_op);
            return Ok(());
        }
        let cleanup = self.new_label();
        let end = self.new_label();
        for (op, comparator) in ops_before.iter().zip(comparators_before) {
            self.expr(comparator)?;
            self.emit(loc, Opcode::SWAP, 2);
            self.emit(loc, Opcode::COPY, 2);
            self.compare_op(loc, *op);
            self.emit(loc, Opcode::COPY, 1);
            self.jump(loc, Opcode::POP_JUMP_IF_FALSE, cleanup);
            self.emit(loc, Opcode::POP_TOP, 0);
        }
        self.comparator(*last_op, last)?;
        self.compare_op(loc, *last_op);
        self.jump(Location::NONE, Op::Jump, end);
        self.place(cleanup);
        self.emit(loc, Opcode::SWAP, 2);
        self.emit(loc, Opcode::POP_TOP, 0);
        self.place(end);
        Ok(())
    }

    /// One comparison, with the operator that negations around it make of its own.
    pub(super) fn single_comparison(&mut self, expr: &'a Expr, op: CmpOp) -> Res {
        let ExprKind::Compare {
            left,
            ops: _,
            comparators,
        } = &expr.kind
        else {
            return self.expr(expr);
        };
        let loc = self.at(expr.range);
        self.check_compare(expr, left, &[op], comparators);
        self.expr(left)?;
        for comparator in comparators {
            self.comparator(op, comparator)?;
        }
        self.compare_op(loc, op);
        Ok(())
    }

    /// The last operand of a comparison: a list or set after `in` becomes a constant.
    fn comparator(&mut self, op: CmpOp, comparator: &'a Expr) -> Res {
        match op {
            CmpOp::In | CmpOp::NotIn => self.iterable(comparator),
            _ => self.expr(comparator),
        }
    }
}
