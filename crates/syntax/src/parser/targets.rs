//! Expressions that are targets: their context is set once it is known that they are.

use super::builder::{Builder, Built, Failure, WithHead};
use crate::ast::*;

impl Builder<'_> {
    /// Makes an expression the target of an assignment.
    pub(super) fn store(&self, mut e: Expr) -> Built<Expr> {
        set_context(&mut e, ExprContext::Store)?;
        Ok(e)
    }

    /// `a = b = value`: the last of the list is the value.
    pub(super) fn assign(
        &self,
        first: Expr,
        mut rest: Vec<Expr>,
        type_comment: Option<TypeComment>,
    ) -> Built<StmtKind> {
        let Some(value) = rest.pop() else {
            return Err(Failure::Reject(first.range));
        };
        let mut targets = Vec::with_capacity(rest.len() + 1);
        targets.push(self.store(first)?);
        for target in rest {
            targets.push(self.store(target)?);
        }
        Ok(StmtKind::Assign {
            targets,
            value: Box::new(value),
            type_comment,
        })
    }

    pub(super) fn annotated_assign(
        &self,
        start: u32,
        mut target: Expr,
        annotation: Expr,
        value: Option<Expr>,
    ) -> Built<StmtKind> {
        single_target(&mut target)?;
        // With parentheses the name begins later than the statement.
        let simple = matches!(target.kind, ExprKind::Name { .. }) && target.range.start == start;
        self.since(
            6,
            if simple {
                "Variable annotation syntax is"
            } else {
                "Variable annotations syntax is"
            },
        )?;
        Ok(StmtKind::AnnAssign {
            target: Box::new(target),
            annotation: Box::new(annotation),
            value: value.map(Box::new),
            simple,
        })
    }

    pub(super) fn augmented_assign(
        &self,
        mut target: Expr,
        op: Operator,
        value: Expr,
    ) -> Built<StmtKind> {
        single_target(&mut target)?;
        Ok(StmtKind::AugAssign {
            target: Box::new(target),
            op,
            value: Box::new(value),
        })
    }

    pub(super) fn delete(&self, mut targets: Vec<Expr>) -> Built<StmtKind> {
        for target in &mut targets {
            set_context(target, ExprContext::Del)?;
        }
        Ok(StmtKind::Delete { targets })
    }

    /// A `with` statement; a type comment makes the parentheses around several items a tuple's.
    pub(super) fn with(
        &self,
        is_async: bool,
        head: WithHead,
        comment: Option<(u32, TypeComment, u32)>,
        body: Vec<Stmt>,
    ) -> Built<StmtKind> {
        if is_async {
            self.since(5, "Async with statements are")?;
        }
        let grouped = match &head.items[..] {
            [item] => {
                let e = &item.context_expr;
                let tuple = matches!(e.kind, ExprKind::Tuple { .. }) && e.range.start == head.start;
                item.optional_vars.is_none() && (tuple || e.range.start > head.start)
            }
            _ => false,
        };
        let (items, type_comment) = match comment {
            Some((l, _, r)) if head.parenthesized => {
                return Err(Failure::Reject(Range::new(l, r)));
            }
            Some((_, comment, _)) => (head.items, Some(comment)),
            None => {
                if (head.parenthesized || grouped) && !is_async {
                    self.since(9, "Parenthesized context managers are")?;
                }
                (self.with_items(head.items), None)
            }
        };
        Ok(StmtKind::With {
            items,
            body,
            is_async,
            type_comment,
        })
    }

    /// Items of a `with` without parentheses of their own; a lone tuple in parentheses is several
    /// items.
    fn with_items(&self, mut items: Vec<WithItem>) -> Vec<WithItem> {
        if let [
            WithItem {
                context_expr,
                optional_vars: None,
            },
        ] = &mut items[..]
            && let ExprKind::Tuple {
                elts,
                parenthesized: true,
                ..
            } = &mut context_expr.kind
            && !elts.is_empty()
            && !elts.iter().any(|e| self.is_no_item(e, context_expr.range))
        {
            let elts = std::mem::take(elts);
            return elts
                .into_iter()
                .map(|context_expr| WithItem {
                    context_expr,
                    optional_vars: None,
                })
                .collect();
        }
        items
    }

    /// True for `*x` and for `x := y` without parentheses, which only a tuple can contain.
    fn is_no_item(&self, e: &Expr, tuple: Range) -> bool {
        match e.kind {
            ExprKind::Starred { .. } => true,
            ExprKind::NamedExpr { .. } => {
                let next = self.tokens.partition_point(|t| t.start < e.range.end);
                self.tokens
                    .get(next)
                    .is_none_or(|t| t.kind != crate::token::Tok::RPar || t.end == tuple.end)
            }
            _ => false,
        }
    }

    /// The items before the first `as` in a parenthesised `with`.
    pub(super) fn with_prefix(&self, before: Vec<Expr>, item: WithItem) -> Built<Vec<WithItem>> {
        let end = Range::new(item.context_expr.range.end, item.context_expr.range.end);
        if let Some(bad) = before.iter().find(|e| self.is_no_item(e, end)) {
            return Err(Failure::Reject(bad.range));
        }
        let plain = before.into_iter().map(|context_expr| WithItem {
            context_expr,
            optional_vars: None,
        });
        Ok(plain.chain([item]).collect())
    }
}

/// `x`, `x.a` or `x[i]`.
fn single_target(e: &mut Expr) -> Built<()> {
    match &e.kind {
        ExprKind::Name { .. } | ExprKind::Attribute { .. } | ExprKind::Subscript { .. } => {
            set_context(e, ExprContext::Store)
        }
        _ => Err(Failure::Reject(e.range)),
    }
}

/// Gives an expression and its elements a context.  Brackets nest at most 200 deep, and so does
/// this recursion.
fn set_context(e: &mut Expr, context: ExprContext) -> Built<()> {
    match &mut e.kind {
        ExprKind::Name { ctx, .. }
        | ExprKind::Attribute { ctx, .. }
        | ExprKind::Subscript { ctx, .. } => *ctx = context,
        ExprKind::Tuple { elts, ctx, .. } | ExprKind::List { elts, ctx } => {
            *ctx = context;
            for elt in elts {
                set_context(elt, context)?;
            }
        }
        ExprKind::Starred { value, ctx } if context == ExprContext::Store => {
            *ctx = context;
            if matches!(value.kind, ExprKind::Starred { .. }) {
                return Err(Failure::Reject(e.range));
            }
            set_context(value, context)?;
        }
        _ => return Err(Failure::Reject(e.range)),
    }
    Ok(())
}
