//! The walk over statements that opens scopes and notes names.

use syntax::ast::{
    Arguments, ClassDef, ExprContext, ExprKind, FunctionDef, Identifier, Mod, Pattern, PatternKind,
    Range, Stmt, StmtKind, TypeParam, TypeParamKind,
};

use super::{NodeRole, ScopeId, ScopeKind, Settings, SymbolTable, flag, node_key};
use crate::fold::Folded;
use crate::report::{Reporter, Res};

/// The state of the walk.
pub(super) struct Builder<'a> {
    pub(super) report: Reporter<'a>,
    pub(super) settings: Settings,
    pub(super) table: SymbolTable,
    pub(super) folded: Folded,
    /// The open scopes.
    pub(super) stack: Vec<ScopeId>,
    /// The class whose private names are mangled.
    pub(super) private: Option<&'a str>,
    pub(super) depth: u32,
}

/// Which of the two declarations is checked.
#[derive(Clone, Copy)]
enum Declaration {
    Global,
    Nonlocal,
}

impl<'a> Builder<'a> {
    /// Walks a whole tree.
    pub(super) fn module(mut self, module: &'a Mod) -> Res<(SymbolTable, Folded)> {
        let key = node_key(module, NodeRole::Body);
        self.enter("top", ScopeKind::Module, key, Range::default());
        match module {
            Mod::Module(body) | Mod::Interactive(body) => self.body(body)?,
            Mod::Expression(expr) => self.expr(expr)?,
            Mod::FunctionType { argtypes, returns } => {
                argtypes.iter().try_for_each(|e| self.expr(e))?;
                self.expr(returns)?;
            }
        }
        self.leave();
        Ok((self.table, self.folded))
    }

    pub(super) fn body(&mut self, body: &'a [Stmt]) -> Res {
        body.iter().try_for_each(|s| self.stmt(s))
    }

    fn stmt(&mut self, stmt: &'a Stmt) -> Res {
        self.deeper(|b| b.stmt_kind(stmt))
    }

    fn stmt_kind(&mut self, stmt: &'a Stmt) -> Res {
        let range = stmt.range;
        match &stmt.kind {
            StmtKind::FunctionDef(def) => self.function(stmt, def),
            StmtKind::ClassDef(def) => self.class(stmt, def),
            StmtKind::TypeAlias {
                name,
                type_params,
                value,
            } => {
                self.expr(name)?;
                let ExprKind::Name { id, .. } = &name.kind else {
                    return Ok(());
                };
                let in_class = self.scope().kind == ScopeKind::Class;
                let generic = !type_params.is_empty();
                if generic {
                    self.enter_type_params(id, type_params, range)?;
                    self.type_params(type_params)?;
                }
                let key = node_key(stmt, NodeRole::Body);
                self.enter(id, ScopeKind::TypeAlias, key, range);
                self.scope().can_see_class_scope = in_class;
                if in_class {
                    self.define("__classdict__", flag::USE, value.range)?;
                }
                self.expr(value)?;
                self.leave();
                if generic {
                    self.leave();
                }
                Ok(())
            }
            StmtKind::Return { value } => {
                if let Some(value) = value {
                    self.expr(value)?;
                    self.scope().returns_value = true;
                }
                Ok(())
            }
            StmtKind::Delete { targets } => self.exprs(targets),
            StmtKind::Assign { targets, value, .. } => {
                self.exprs(targets)?;
                self.expr(value)
            }
            StmtKind::AugAssign { target, value, .. } => {
                self.expr(target)?;
                self.expr(value)
            }
            StmtKind::AnnAssign {
                target,
                annotation,
                value,
                simple,
            } => {
                if let ExprKind::Name { id, .. } = &target.kind {
                    let known = self.lookup(id);
                    let at_top = self.current() == SymbolTable::TOP;
                    if known & (flag::GLOBAL | flag::NONLOCAL) != 0 && !at_top && *simple {
                        let what = if known & flag::GLOBAL != 0 {
                            "global"
                        } else {
                            "nonlocal"
                        };
                        let msg = format!("annotated name '{id}' can't be {what}");
                        return self.report.error(range, msg);
                    }
                    if *simple {
                        self.define(id, flag::ANNOTATED | flag::LOCAL, target.range)?;
                    } else if value.is_some() {
                        self.define(id, flag::LOCAL, target.range)?;
                    }
                } else {
                    self.expr(target)?;
                }
                self.annotation(annotation)?;
                value.iter().try_for_each(|v| self.expr(v))
            }
            StmtKind::For {
                target,
                iter,
                body,
                orelse,
                ..
            } => {
                self.expr(target)?;
                self.expr(iter)?;
                self.body(body)?;
                self.body(orelse)
            }
            StmtKind::While { test, body, orelse } => {
                self.expr(test)?;
                self.body(body)?;
                self.body(orelse)
            }
            StmtKind::If { .. } => self.if_chain(stmt),
            StmtKind::With { items, body, .. } => {
                for item in items {
                    self.expr(&item.context_expr)?;
                    item.optional_vars.iter().try_for_each(|v| self.expr(v))?;
                }
                self.body(body)
            }
            StmtKind::Match { subject, cases } => {
                self.expr(subject)?;
                for case in cases {
                    self.pattern(&case.pattern)?;
                    case.guard.iter().try_for_each(|g| self.expr(g))?;
                    self.body(&case.body)?;
                }
                Ok(())
            }
            StmtKind::Raise { exc, cause } => {
                exc.iter().try_for_each(|e| self.expr(e))?;
                cause.iter().try_for_each(|e| self.expr(e))
            }
            StmtKind::Try {
                body,
                handlers,
                orelse,
                finalbody,
                ..
            } => {
                self.body(body)?;
                for handler in handlers {
                    handler.typ.iter().try_for_each(|t| self.expr(t))?;
                    if let Some(name) = &handler.name {
                        self.define(&name.id, flag::LOCAL, handler.range)?;
                    }
                    self.body(&handler.body)?;
                }
                self.body(orelse)?;
                self.body(finalbody)
            }
            StmtKind::Assert { test, msg } => {
                self.expr(test)?;
                msg.iter().try_for_each(|m| self.expr(m))
            }
            StmtKind::Import { names } | StmtKind::ImportFrom { names, .. } => {
                for alias in names {
                    let bound = alias.asname.as_ref().unwrap_or(&alias.name);
                    if &**bound == "*" {
                        if self.scope().kind != ScopeKind::Module {
                            let msg = "import * only allowed at module level";
                            return self.report.error(alias.range, msg);
                        }
                        continue;
                    }
                    let bound = bound.split('.').next().unwrap_or_default();
                    self.define(bound, flag::IMPORT, alias.range)?;
                }
                Ok(())
            }
            StmtKind::Global { names } => {
                for name in names {
                    self.declare(&name.id, Declaration::Global, range)?;
                }
                Ok(())
            }
            StmtKind::Nonlocal { names } => {
                for name in names {
                    self.declare(&name.id, Declaration::Nonlocal, range)?;
                }
                Ok(())
            }
            StmtKind::Expr { value } => self.expr(value),
            StmtKind::Pass | StmtKind::Break | StmtKind::Continue => Ok(()),
        }
    }

    /// An `if` with all its `elif`s, which the tree nests as deeply as there are.
    fn if_chain(&mut self, mut stmt: &'a Stmt) -> Res {
        while let StmtKind::If { test, body, orelse } = &stmt.kind {
            self.expr(test)?;
            self.body(body)?;
            match orelse.as_slice() {
                [next] if matches!(next.kind, StmtKind::If { .. }) => stmt = next,
                orelse => return self.body(orelse),
            }
        }
        Ok(())
    }

    fn declare(&mut self, name: &str, what: Declaration, range: Range) -> Res {
        let (word, bit) = match what {
            Declaration::Global => ("global", flag::GLOBAL),
            Declaration::Nonlocal => ("nonlocal", flag::NONLOCAL),
        };
        let known = self.lookup(name);
        let msg = if known & flag::PARAM != 0 {
            format!("name '{name}' is parameter and {word}")
        } else if known & flag::USE != 0 {
            format!("name '{name}' is used prior to {word} declaration")
        } else if known & flag::ANNOTATED != 0 {
            format!("annotated name '{name}' can't be {word}")
        } else if known & flag::LOCAL != 0 {
            format!("name '{name}' is assigned to before {word} declaration")
        } else {
            self.define(name, bit, range)?;
            self.record_directive(name, range);
            return Ok(());
        };
        self.report.error(range, msg)
    }

    fn function(&mut self, stmt: &'a Stmt, def: &'a FunctionDef) -> Res {
        let range = stmt.range;
        self.define(&def.name.id, flag::LOCAL, range)?;
        self.defaults(&def.args)?;
        self.exprs(&def.decorator_list)?;
        let generic = !def.type_params.is_empty();
        if generic {
            self.enter_type_params(&def.name.id, &def.type_params, range)?;
            self.define(".defaults", flag::PARAM, range)?;
            if def.args.kw_defaults.iter().any(Option::is_some) {
                self.define(".kwdefaults", flag::PARAM, range)?;
            }
            self.type_params(&def.type_params)?;
        }
        self.annotations(def)?;
        let key = node_key(stmt, NodeRole::Body);
        self.enter(&def.name.id, ScopeKind::Function, key, range);
        self.scope().coroutine = def.is_async;
        self.params(&def.args)?;
        self.body(&def.body)?;
        self.leave();
        if generic {
            self.leave();
        }
        Ok(())
    }

    fn class(&mut self, stmt: &'a Stmt, def: &'a ClassDef) -> Res {
        let range = stmt.range;
        let name = &def.name.id;
        self.define(name, flag::LOCAL, range)?;
        self.exprs(&def.decorator_list)?;
        let outer_private = self.private;
        let generic = !def.type_params.is_empty();
        if generic {
            self.enter_type_params(name, &def.type_params, range)?;
            // Set by the code that makes the parameters, used by the bases.
            self.define(".type_params", flag::LOCAL | flag::USE, range)?;
            self.private = Some(name);
            self.define(".generic_base", flag::LOCAL | flag::USE, range)?;
            self.type_params(&def.type_params)?;
        }
        self.exprs(&def.bases)?;
        for keyword in &def.keywords {
            self.expr(&keyword.value)?;
        }
        self.enter(
            name,
            ScopeKind::Class,
            node_key(stmt, NodeRole::Body),
            range,
        );
        self.private = Some(name);
        if generic {
            self.define("__type_params__", flag::LOCAL, range)?;
            self.define(".type_params", flag::USE, range)?;
        }
        self.body(&def.body)?;
        self.leave();
        if generic {
            self.leave();
        }
        self.private = outer_private;
        Ok(())
    }

    fn enter_type_params(&mut self, name: &str, params: &'a Vec<TypeParam>, range: Range) -> Res {
        let in_class = self.scope().kind == ScopeKind::Class;
        let key = node_key(params, NodeRole::TypeParams);
        self.enter(name, ScopeKind::TypeParams, key, range);
        if in_class {
            self.scope().can_see_class_scope = true;
            self.define("__classdict__", flag::USE, range)?;
        }
        Ok(())
    }

    fn type_params(&mut self, params: &'a [TypeParam]) -> Res {
        for param in params {
            let flags = flag::TYPE_PARAM | flag::LOCAL;
            self.define(&param.name, flags, param.range)?;
            let TypeParamKind::TypeVar { bound: Some(bound) } = &param.kind else {
                continue;
            };
            let in_class = self.scope().can_see_class_scope;
            let key = node_key(param, NodeRole::Body);
            self.enter(&param.name, ScopeKind::TypeVarBound, key, param.range);
            self.scope().can_see_class_scope = in_class;
            if in_class {
                self.define("__classdict__", flag::USE, bound.range)?;
            }
            self.expr(bound)?;
            self.leave();
        }
        Ok(())
    }

    /// The default values, which belong to the enclosing scope.
    pub(super) fn defaults(&mut self, args: &'a Arguments) -> Res {
        self.exprs(&args.defaults)?;
        args.kw_defaults
            .iter()
            .flatten()
            .try_for_each(|d| self.expr(d))
    }

    /// The parameters, in the order of the frame.
    pub(super) fn params(&mut self, args: &'a Arguments) -> Res {
        let positional = args.posonlyargs.iter().chain(&args.args);
        for arg in positional.chain(&args.kwonlyargs) {
            self.define(&arg.arg, flag::PARAM, arg.range)?;
        }
        if let Some(arg) = &args.vararg {
            self.define(&arg.arg, flag::PARAM, arg.range)?;
            self.scope().varargs = true;
        }
        if let Some(arg) = &args.kwarg {
            self.define(&arg.arg, flag::PARAM, arg.range)?;
            self.scope().varkeywords = true;
        }
        Ok(())
    }

    fn annotations(&mut self, def: &'a FunctionDef) -> Res {
        let future = self.settings.future_annotations;
        if future {
            let key = node_key(&def.args, NodeRole::Body);
            self.enter("_annotation", ScopeKind::Annotation, key, def.name.range);
        }
        let args = &def.args;
        let all = args.posonlyargs.iter().chain(&args.args);
        let all = all
            .chain(args.vararg.as_deref())
            .chain(args.kwarg.as_deref());
        for arg in all.chain(&args.kwonlyargs) {
            arg.annotation.iter().try_for_each(|a| self.expr(a))?;
        }
        if future {
            self.leave();
        }
        def.returns.iter().try_for_each(|r| self.annotation(r))
    }

    fn annotation(&mut self, annotation: &'a syntax::ast::Expr) -> Res {
        if !self.settings.future_annotations {
            return self.expr(annotation);
        }
        let key = node_key(annotation, NodeRole::TypeParams);
        self.enter("_annotation", ScopeKind::Annotation, key, annotation.range);
        self.expr(annotation)?;
        self.leave();
        Ok(())
    }

    fn pattern(&mut self, pattern: &'a Pattern) -> Res {
        self.deeper(|b| b.pattern_kind(pattern))
    }

    fn patterns(&mut self, patterns: &'a [Pattern]) -> Res {
        patterns.iter().try_for_each(|p| self.pattern(p))
    }

    fn pattern_kind(&mut self, pattern: &'a Pattern) -> Res {
        let bind = |b: &mut Self, name: Option<&'a Identifier>| match name {
            Some(name) => b.define(name, flag::LOCAL, pattern.range),
            None => Ok(()),
        };
        match &pattern.kind {
            PatternKind::MatchValue { value } => self.expr(value),
            PatternKind::MatchSingleton { .. } => Ok(()),
            PatternKind::MatchSequence { patterns } | PatternKind::MatchOr { patterns } => {
                self.patterns(patterns)
            }
            PatternKind::MatchMapping {
                keys,
                patterns,
                rest,
            } => {
                self.exprs(keys)?;
                self.patterns(patterns)?;
                bind(self, rest.as_ref().map(|n| &n.id))
            }
            PatternKind::MatchClass {
                cls,
                patterns,
                kwd_patterns,
                ..
            } => {
                self.expr(cls)?;
                self.patterns(patterns)?;
                self.patterns(kwd_patterns)
            }
            PatternKind::MatchStar { name } => bind(self, name.as_ref().map(|n| &n.id)),
            PatternKind::MatchAs { pattern, name } => {
                pattern.iter().try_for_each(|p| self.pattern(p))?;
                bind(self, name.as_ref().map(|n| &n.id))
            }
        }
    }

    /// Notes a name expression.
    pub(super) fn name(&mut self, id: &str, ctx: ExprContext, range: Range) -> Res {
        let loads = ctx == ExprContext::Load;
        // `__debug__` is a constant.
        if loads && id == "__debug__" {
            return Ok(());
        }
        let flags = if loads { flag::USE } else { flag::LOCAL };
        self.define(id, flags, range)?;
        // `super` without arguments needs the class.
        if loads && id == "super" && self.scope().kind.is_function_like() {
            self.define("__class__", flag::USE, range)?;
        }
        Ok(())
    }
}
