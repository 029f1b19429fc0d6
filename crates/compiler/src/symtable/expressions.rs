//! The walk over expressions: names, lambdas, comprehensions, assignment expressions.

use syntax::ast::{Comprehension, Expr, ExprContext, ExprKind, Range};

use super::build::Builder;
use super::{ComprehensionKind, NodeRole, ScopeKind, flag, node_key};
use crate::report::Res;

impl<'a> Builder<'a> {
    pub(super) fn exprs(&mut self, exprs: &'a [Expr]) -> Res {
        exprs.iter().try_for_each(|e| self.expr(e))
    }

    pub(super) fn expr(&mut self, expr: &'a Expr) -> Res {
        self.deeper(|b| b.expr_kind(expr))?;
        self.folded.note(expr);
        Ok(())
    }

    fn opt(&mut self, expr: &'a Option<Box<Expr>>) -> Res {
        expr.iter().try_for_each(|e| self.expr(e))
    }

    fn expr_kind(&mut self, expr: &'a Expr) -> Res {
        let range = expr.range;
        match &expr.kind {
            ExprKind::BoolOp { values, .. } => self.exprs(values),
            ExprKind::NamedExpr { target, value } => {
                self.forbid_in_annotation("named expression", range)?;
                self.named_expr(range, target, value)
            }
            ExprKind::BinOp { left, right, .. } => {
                self.expr(left)?;
                self.expr(right)
            }
            ExprKind::UnaryOp { operand, .. } => self.expr(operand),
            ExprKind::Lambda { args, body } => {
                self.forbid_in_class_annotation("lambda", range)?;
                self.defaults(args)?;
                let key = node_key(expr, NodeRole::Body);
                self.enter("lambda", ScopeKind::Function, key, range);
                self.params(args)?;
                self.expr(body)?;
                self.leave();
                Ok(())
            }
            ExprKind::IfExp { test, body, orelse } => {
                self.expr(test)?;
                self.expr(body)?;
                self.expr(orelse)
            }
            ExprKind::Dict { keys, values } => {
                keys.iter().flatten().try_for_each(|k| self.expr(k))?;
                self.exprs(values)
            }
            ExprKind::Set { elts } => self.exprs(elts),
            ExprKind::ListComp { elt, generators } => {
                self.comprehension(expr, ComprehensionKind::List, generators, elt, None)
            }
            ExprKind::SetComp { elt, generators } => {
                self.comprehension(expr, ComprehensionKind::Set, generators, elt, None)
            }
            ExprKind::DictComp {
                key,
                value,
                generators,
            } => self.comprehension(expr, ComprehensionKind::Dict, generators, key, Some(value)),
            ExprKind::GeneratorExp { elt, generators } => {
                self.comprehension(expr, ComprehensionKind::Generator, generators, elt, None)
            }
            ExprKind::Yield { value } => {
                self.forbid_in_annotation("yield expression", range)?;
                self.opt(value)?;
                self.note_yield(range)
            }
            ExprKind::YieldFrom { value } => {
                self.forbid_in_annotation("yield expression", range)?;
                self.expr(value)?;
                self.note_yield(range)
            }
            ExprKind::Await { value } => {
                self.forbid_in_annotation("await expression", range)?;
                self.expr(value)?;
                self.scope().coroutine = true;
                Ok(())
            }
            ExprKind::Compare {
                left, comparators, ..
            } => {
                self.expr(left)?;
                self.exprs(comparators)
            }
            ExprKind::Call {
                func,
                args,
                keywords,
            } => {
                self.expr(func)?;
                self.exprs(args)?;
                keywords.iter().try_for_each(|k| self.expr(&k.value))
            }
            ExprKind::FormattedValue {
                value, format_spec, ..
            } => {
                self.expr(value)?;
                self.opt(format_spec)
            }
            ExprKind::JoinedStr { values } => self.exprs(values),
            ExprKind::Constant(_) => Ok(()),
            ExprKind::Attribute { value, .. } | ExprKind::Starred { value, .. } => self.expr(value),
            ExprKind::Subscript { value, slice, .. } => {
                self.expr(value)?;
                self.expr(slice)
            }
            ExprKind::Slice { lower, upper, step } => {
                self.opt(lower)?;
                self.opt(upper)?;
                self.opt(step)
            }
            ExprKind::Name { id, ctx } => self.name(id, *ctx, range),
            ExprKind::List { elts, .. } | ExprKind::Tuple { elts, .. } => self.exprs(elts),
        }
    }

    /// Rejects what may not stand in a scope that is evaluated on demand or not at all.
    fn forbid_in_annotation(&mut self, what: &str, range: Range) -> Res {
        let place = match self.scope().kind {
            ScopeKind::Annotation => "an annotation",
            ScopeKind::TypeVarBound => "a TypeVar bound",
            ScopeKind::TypeAlias => "a type alias",
            ScopeKind::TypeParams => "the definition of a generic",
            ScopeKind::Module | ScopeKind::Class | ScopeKind::Function => return Ok(()),
        };
        let msg = format!("{what} cannot be used within {place}");
        self.report.error(range, msg)
    }

    /// Rejects functions in an annotation scope that looks names up in a class: they could not.
    fn forbid_in_class_annotation(&mut self, what: &str, range: Range) -> Res {
        if !self.scope().can_see_class_scope {
            return Ok(());
        }
        let msg = format!("Cannot use {what} in annotation scope within class scope");
        self.report.error(range, msg)
    }

    fn note_yield(&mut self, range: Range) -> Res {
        let scope = self.scope();
        scope.generator = true;
        let place = match scope.comprehension {
            None => return Ok(()),
            Some(ComprehensionKind::List) => "list comprehension",
            Some(ComprehensionKind::Set) => "set comprehension",
            Some(ComprehensionKind::Dict) => "dict comprehension",
            Some(ComprehensionKind::Generator) => "generator expression",
        };
        self.report.error(range, format!("'yield' inside {place}"))
    }

    fn named_expr(&mut self, range: Range, target: &'a Expr, value: &'a Expr) -> Res {
        if self.scope().iter_expr_depth > 0 {
            let msg = "assignment expression cannot be used in a comprehension iterable expression";
            return self.report.error(range, msg);
        }
        if self.scope().comprehension.is_some()
            && let ExprKind::Name { id, .. } = &target.kind
        {
            self.bind_outside_comprehension(id, target.range)?;
        }
        self.expr(value)?;
        self.expr(target)
    }

    /// An assignment expression in a comprehension binds in the function around it (PEP 572).
    fn bind_outside_comprehension(&mut self, name: &str, range: Range) -> Res {
        for id in self.stack.clone().into_iter().rev() {
            let scope = self.table.scope(id);
            let known = scope.flags(name);
            if scope.comprehension.is_some() {
                if known & flag::COMP_ITER != 0 && known & flag::LOCAL != 0 {
                    let msg = format!(
                        "assignment expression cannot rebind comprehension iteration variable \
                         '{name}'"
                    );
                    return self.report.error(range, msg);
                }
                continue;
            }
            let place = match scope.kind {
                ScopeKind::Function => {
                    let here = if known & flag::GLOBAL != 0 {
                        flag::GLOBAL
                    } else {
                        flag::NONLOCAL
                    };
                    self.define(name, here, range)?;
                    self.record_directive(name, range);
                    return self.define_in(id, name, flag::LOCAL, range);
                }
                ScopeKind::Module => {
                    self.define(name, flag::GLOBAL, range)?;
                    self.record_directive(name, range);
                    return self.define_in(id, name, flag::GLOBAL, range);
                }
                ScopeKind::Class => "a class body",
                ScopeKind::TypeParams => "the definition of a generic",
                ScopeKind::TypeAlias => "a type alias",
                ScopeKind::TypeVarBound => "a TypeVar bound",
                ScopeKind::Annotation => continue,
            };
            let inside = if scope.kind == ScopeKind::TypeParams {
                "used within"
            } else {
                "used in"
            };
            let msg =
                format!("assignment expression within a comprehension cannot be {inside} {place}");
            return self.report.error(range, msg);
        }
        Ok(())
    }

    fn comprehension(
        &mut self,
        expr: &'a Expr,
        kind: ComprehensionKind,
        generators: &'a [Comprehension],
        elt: &'a Expr,
        value: Option<&'a Expr>,
    ) -> Res {
        let Some((first, rest)) = generators.split_first() else {
            return Ok(());
        };
        self.forbid_in_class_annotation("comprehension", expr.range)?;
        // The outermost iterable is evaluated around the comprehension.
        self.scope().iter_expr_depth += 1;
        self.expr(&first.iter)?;
        self.scope().iter_expr_depth -= 1;
        let name = match kind {
            ComprehensionKind::List => "listcomp",
            ComprehensionKind::Set => "setcomp",
            ComprehensionKind::Dict => "dictcomp",
            ComprehensionKind::Generator => "genexpr",
        };
        let key = node_key(expr, NodeRole::Body);
        self.enter(name, ScopeKind::Function, key, expr.range);
        self.scope().comprehension = Some(kind);
        self.scope().coroutine = first.is_async;
        self.define(".0", flag::PARAM, expr.range)?;
        self.iteration_target(&first.target)?;
        self.exprs(&first.ifs)?;
        for generator in rest {
            self.iteration_target(&generator.target)?;
            self.scope().iter_expr_depth += 1;
            self.expr(&generator.iter)?;
            self.scope().iter_expr_depth -= 1;
            self.exprs(&generator.ifs)?;
            self.scope().coroutine |= generator.is_async;
        }
        value.map_or(Ok(()), |v| self.expr(v))?;
        self.expr(elt)?;
        let is_generator = kind == ComprehensionKind::Generator;
        self.scope().generator = is_generator;
        let is_async = self.scope().coroutine && !is_generator;
        self.leave();
        self.scope().coroutine |= is_async;
        Ok(())
    }

    fn iteration_target(&mut self, target: &'a Expr) -> Res {
        debug_assert!(!matches!(
            target.kind,
            ExprKind::Name {
                ctx: ExprContext::Load,
                ..
            }
        ));
        self.scope().in_iter_target = true;
        self.expr(target)?;
        self.scope().in_iter_target = false;
        Ok(())
    }
}
