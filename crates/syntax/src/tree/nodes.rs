//! The fields of every node, in the order of the ASDL.

use super::TreeWriter;
use crate::ast::*;

/// Walks a tree and has each node written.
pub trait WriteTree: TreeWriter {
    /// Writes a whole tree.
    fn module(&mut self, module: &Mod, type_ignores: &[TypeIgnore]) {
        match module {
            Mod::Module(body) => self.node("Module", None, |d, f| {
                d.stmts(f, "body", body);
                d.list(f, "type_ignores", type_ignores, |d, ignore| {
                    d.node("TypeIgnore", None, |d, f| {
                        d.number(f, "lineno", ignore.line.into());
                        d.text(f, "tag", &ignore.tag);
                    });
                });
            }),
            Mod::FunctionType { argtypes, returns } => self.node("FunctionType", None, |d, f| {
                d.exprs(f, "argtypes", argtypes);
                d.child(f, "returns", returns);
            }),
            Mod::Interactive(body) => {
                self.node("Interactive", None, |d, f| d.stmts(f, "body", body));
            }
            Mod::Expression(body) => {
                self.node("Expression", None, |d, f| d.child(f, "body", body));
            }
        }
    }

    fn stmts(&mut self, f: &mut Self::Fields, name: &str, body: &[Stmt]) {
        self.list(f, name, body, |d, s| d.stmt(s));
    }

    fn exprs(&mut self, f: &mut Self::Fields, name: &str, list: &[Expr]) {
        self.list(f, name, list, |d, e| d.expr(e));
    }

    fn child(&mut self, f: &mut Self::Fields, name: &str, e: &Expr) {
        self.field(f, name, |d| d.expr(e));
    }

    fn optional(&mut self, f: &mut Self::Fields, name: &str, e: &Option<Box<Expr>>) {
        if let Some(e) = e {
            self.child(f, name, e);
        }
    }

    fn number(&mut self, f: &mut Self::Fields, name: &str, value: i64) {
        self.field(f, name, |d| d.int(value));
    }

    fn string(&mut self, f: &mut Self::Fields, name: &str, text: &str) {
        self.field(f, name, |d| d.identifier(text));
    }

    fn text(&mut self, f: &mut Self::Fields, name: &str, text: &str) {
        let value = Constant::Str {
            value: text.into(),
            u_prefix: false,
        };
        self.field(f, name, |d| d.constant(&value));
    }

    fn comment(&mut self, f: &mut Self::Fields, comment: &Option<TypeComment>) {
        if let Some(comment) = comment {
            self.text(f, "type_comment", comment);
        }
    }

    /// A field whose value is a node without fields: an operator, a context.
    fn kind(&mut self, f: &mut Self::Fields, name: &str, kind: impl std::fmt::Debug) {
        self.field(f, name, |d| d.leaf(&kind));
    }

    fn leaf(&mut self, kind: &impl std::fmt::Debug) {
        self.node(&format!("{kind:?}"), None, |_, _| {});
    }

    fn context(&mut self, f: &mut Self::Fields, ctx: ExprContext) {
        self.kind(f, "ctx", ctx);
    }

    fn stmt(&mut self, stmt: &Stmt) {
        let range = Some(stmt.range);
        match &stmt.kind {
            StmtKind::FunctionDef(def) => {
                let class = if def.is_async {
                    "AsyncFunctionDef"
                } else {
                    "FunctionDef"
                };
                self.node(class, range, |d, f| {
                    d.string(f, "name", &def.name.id);
                    d.field(f, "args", |d| d.arguments(&def.args));
                    d.stmts(f, "body", &def.body);
                    d.exprs(f, "decorator_list", &def.decorator_list);
                    d.optional(f, "returns", &def.returns);
                    d.comment(f, &def.type_comment);
                    d.list(f, "type_params", &def.type_params, |d, p| d.type_param(p));
                });
            }
            StmtKind::ClassDef(class) => self.node("ClassDef", range, |d, f| {
                d.string(f, "name", &class.name.id);
                d.exprs(f, "bases", &class.bases);
                d.list(f, "keywords", &class.keywords, |d, k| d.keyword(k));
                d.stmts(f, "body", &class.body);
                d.exprs(f, "decorator_list", &class.decorator_list);
                d.list(f, "type_params", &class.type_params, |d, p| d.type_param(p));
            }),
            StmtKind::Return { value } => {
                self.node("Return", range, |d, f| d.optional(f, "value", value));
            }
            StmtKind::Delete { targets } => {
                self.node("Delete", range, |d, f| d.exprs(f, "targets", targets));
            }
            StmtKind::Assign {
                targets,
                value,
                type_comment,
            } => self.node("Assign", range, |d, f| {
                d.exprs(f, "targets", targets);
                d.child(f, "value", value);
                d.comment(f, type_comment);
            }),
            StmtKind::TypeAlias {
                name,
                type_params,
                value,
            } => {
                self.node("TypeAlias", range, |d, f| {
                    d.child(f, "name", name);
                    d.list(f, "type_params", type_params, |d, p| d.type_param(p));
                    d.child(f, "value", value);
                });
            }
            StmtKind::AugAssign { target, op, value } => self.node("AugAssign", range, |d, f| {
                d.child(f, "target", target);
                d.kind(f, "op", op);
                d.child(f, "value", value);
            }),
            StmtKind::AnnAssign {
                target,
                annotation,
                value,
                simple,
            } => {
                self.node("AnnAssign", range, |d, f| {
                    d.child(f, "target", target);
                    d.child(f, "annotation", annotation);
                    d.optional(f, "value", value);
                    d.number(f, "simple", i64::from(*simple));
                });
            }
            StmtKind::Raise { exc, cause } => self.node("Raise", range, |d, f| {
                d.optional(f, "exc", exc);
                d.optional(f, "cause", cause);
            }),
            StmtKind::Assert { test, msg } => self.node("Assert", range, |d, f| {
                d.child(f, "test", test);
                d.optional(f, "msg", msg);
            }),
            StmtKind::Import { names } => {
                self.node("Import", range, |d, f| {
                    d.list(f, "names", names, |d, a| d.alias(a))
                });
            }
            StmtKind::ImportFrom {
                module,
                names,
                level,
            } => {
                self.node("ImportFrom", range, |d, f| {
                    if let Some(module) = module {
                        d.string(f, "module", &module.id);
                    }
                    d.list(f, "names", names, |d, a| d.alias(a));
                    d.number(f, "level", i64::from(*level));
                });
            }
            StmtKind::Global { names } => {
                self.node("Global", range, |d, f| d.names(f, "names", names));
            }
            StmtKind::Nonlocal { names } => {
                self.node("Nonlocal", range, |d, f| d.names(f, "names", names));
            }
            StmtKind::Expr { value } => {
                self.node("Expr", range, |d, f| d.child(f, "value", value));
            }
            StmtKind::Pass => self.node("Pass", range, |_, _| {}),
            StmtKind::Break => self.node("Break", range, |_, _| {}),
            StmtKind::Continue => self.node("Continue", range, |_, _| {}),
            _ => self.block_stmt(stmt),
        }
    }

    /// Statements with blocks, definitions apart.
    fn block_stmt(&mut self, stmt: &Stmt) {
        let range = Some(stmt.range);
        match &stmt.kind {
            StmtKind::For {
                target,
                iter,
                body,
                orelse,
                is_async,
                type_comment,
            } => {
                let class = if *is_async { "AsyncFor" } else { "For" };
                self.node(class, range, |d, f| {
                    d.child(f, "target", target);
                    d.child(f, "iter", iter);
                    d.stmts(f, "body", body);
                    d.stmts(f, "orelse", orelse);
                    d.comment(f, type_comment);
                });
            }
            StmtKind::While { test, body, orelse } => self.node("While", range, |d, f| {
                d.child(f, "test", test);
                d.stmts(f, "body", body);
                d.stmts(f, "orelse", orelse);
            }),
            StmtKind::If { test, body, orelse } => self.node("If", range, |d, f| {
                d.child(f, "test", test);
                d.stmts(f, "body", body);
                d.stmts(f, "orelse", orelse);
            }),
            StmtKind::With {
                items,
                body,
                is_async,
                type_comment,
            } => {
                let class = if *is_async { "AsyncWith" } else { "With" };
                self.node(class, range, |d, f| {
                    d.list(f, "items", items, |d, item| {
                        d.node("withitem", None, |d, f| {
                            d.child(f, "context_expr", &item.context_expr);
                            d.optional(f, "optional_vars", &item.optional_vars);
                        });
                    });
                    d.stmts(f, "body", body);
                    d.comment(f, type_comment);
                });
            }
            StmtKind::Match { subject, cases } => self.node("Match", range, |d, f| {
                d.child(f, "subject", subject);
                d.list(f, "cases", cases, |d, case| {
                    d.node("match_case", None, |d, f| {
                        d.field(f, "pattern", |d| d.pattern(&case.pattern));
                        d.optional(f, "guard", &case.guard);
                        d.stmts(f, "body", &case.body);
                    });
                });
            }),
            StmtKind::Try {
                body,
                handlers,
                orelse,
                finalbody,
                is_star,
            } => {
                let class = if *is_star { "TryStar" } else { "Try" };
                self.node(class, range, |d, f| {
                    d.stmts(f, "body", body);
                    d.list(f, "handlers", handlers, |d, h| d.handler(h));
                    d.stmts(f, "orelse", orelse);
                    d.stmts(f, "finalbody", finalbody);
                });
            }
            _ => {}
        }
    }

    fn names(&mut self, f: &mut Self::Fields, field: &str, names: &[Name]) {
        self.list(f, field, names, |d, n| {
            d.identifier(&n.id);
        });
    }

    fn handler(&mut self, handler: &ExceptHandler) {
        self.node("ExceptHandler", Some(handler.range), |d, f| {
            d.optional(f, "type", &handler.typ);
            if let Some(name) = &handler.name {
                d.string(f, "name", &name.id);
            }
            d.stmts(f, "body", &handler.body);
        });
    }

    fn alias(&mut self, alias: &Alias) {
        self.node("alias", Some(alias.range), |d, f| {
            d.string(f, "name", &alias.name);
            if let Some(asname) = &alias.asname {
                d.string(f, "asname", asname);
            }
        });
    }

    fn type_param(&mut self, param: &TypeParam) {
        let class = match param.kind {
            TypeParamKind::TypeVar { .. } => "TypeVar",
            TypeParamKind::ParamSpec => "ParamSpec",
            TypeParamKind::TypeVarTuple => "TypeVarTuple",
        };
        self.node(class, Some(param.range), |d, f| {
            d.string(f, "name", &param.name);
            if let TypeParamKind::TypeVar { bound } = &param.kind {
                d.optional(f, "bound", bound);
            }
        });
    }

    fn arguments(&mut self, args: &Arguments) {
        self.node("arguments", None, |d, f| {
            d.list(f, "posonlyargs", &args.posonlyargs, |d, a| d.arg(a));
            d.list(f, "args", &args.args, |d, a| d.arg(a));
            if let Some(vararg) = &args.vararg {
                d.field(f, "vararg", |d| d.arg(vararg));
            }
            d.list(f, "kwonlyargs", &args.kwonlyargs, |d, a| d.arg(a));
            d.list(f, "kw_defaults", &args.kw_defaults, |d, e| {
                d.expr_or_none(e.as_ref())
            });
            if let Some(kwarg) = &args.kwarg {
                d.field(f, "kwarg", |d| d.arg(kwarg));
            }
            d.exprs(f, "defaults", &args.defaults);
        });
    }

    fn arg(&mut self, arg: &Arg) {
        self.node("arg", Some(arg.range), |d, f| {
            d.string(f, "arg", &arg.arg);
            d.optional(f, "annotation", &arg.annotation);
            d.comment(f, &arg.type_comment);
        });
    }

    fn keyword(&mut self, keyword: &Keyword) {
        self.node("keyword", Some(keyword.range), |d, f| {
            if let Some(arg) = &keyword.arg {
                d.string(f, "arg", &arg.id);
            }
            d.child(f, "value", &keyword.value);
        });
    }

    fn expr_or_none(&mut self, e: Option<&Expr>) {
        match e {
            Some(e) => self.expr(e),
            None => self.none(),
        }
    }

    fn expr(&mut self, e: &Expr) {
        let range = Some(e.range);
        match &e.kind {
            ExprKind::BoolOp { op, values } => self.node("BoolOp", range, |d, f| {
                d.kind(f, "op", op);
                d.exprs(f, "values", values);
            }),
            ExprKind::NamedExpr { target, value } => self.node("NamedExpr", range, |d, f| {
                d.child(f, "target", target);
                d.child(f, "value", value);
            }),
            ExprKind::BinOp { left, op, right } => self.node("BinOp", range, |d, f| {
                d.child(f, "left", left);
                d.kind(f, "op", op);
                d.child(f, "right", right);
            }),
            ExprKind::UnaryOp { op, operand } => self.node("UnaryOp", range, |d, f| {
                d.kind(f, "op", op);
                d.child(f, "operand", operand);
            }),
            ExprKind::Lambda { args, body } => self.node("Lambda", range, |d, f| {
                d.field(f, "args", |d| d.arguments(args));
                d.child(f, "body", body);
            }),
            ExprKind::IfExp { test, body, orelse } => self.node("IfExp", range, |d, f| {
                d.child(f, "test", test);
                d.child(f, "body", body);
                d.child(f, "orelse", orelse);
            }),
            ExprKind::Dict { keys, values } => self.node("Dict", range, |d, f| {
                d.list(f, "keys", keys, |d, k| d.expr_or_none(k.as_ref()));
                d.exprs(f, "values", values);
            }),
            ExprKind::Set { elts } => self.node("Set", range, |d, f| d.exprs(f, "elts", elts)),
            ExprKind::ListComp { elt, generators } => {
                self.comprehension("ListComp", e.range, elt, generators);
            }
            ExprKind::SetComp { elt, generators } => {
                self.comprehension("SetComp", e.range, elt, generators);
            }
            ExprKind::GeneratorExp { elt, generators } => {
                self.comprehension("GeneratorExp", e.range, elt, generators);
            }
            ExprKind::DictComp {
                key,
                value,
                generators,
            } => {
                self.node("DictComp", range, |d, f| {
                    d.child(f, "key", key);
                    d.child(f, "value", value);
                    d.list(f, "generators", generators, |d, g| d.generator(g));
                });
            }
            ExprKind::Await { value } => {
                self.node("Await", range, |d, f| d.child(f, "value", value));
            }
            ExprKind::Yield { value } => {
                self.node("Yield", range, |d, f| d.optional(f, "value", value));
            }
            ExprKind::YieldFrom { value } => {
                self.node("YieldFrom", range, |d, f| d.child(f, "value", value));
            }
            ExprKind::Compare {
                left,
                ops,
                comparators,
            } => {
                self.node("Compare", range, |d, f| {
                    d.child(f, "left", left);
                    d.list(f, "ops", ops, |d, op| d.leaf(op));
                    d.exprs(f, "comparators", comparators);
                });
            }
            ExprKind::Call {
                func,
                args,
                keywords,
            } => self.node("Call", range, |d, f| {
                d.child(f, "func", func);
                d.exprs(f, "args", args);
                d.list(f, "keywords", keywords, |d, k| d.keyword(k));
            }),
            ExprKind::FormattedValue {
                value,
                conversion,
                format_spec,
            } => {
                let conversion = match conversion {
                    Conversion::None => -1,
                    Conversion::Str => 115,
                    Conversion::Repr => 114,
                    Conversion::Ascii => 97,
                };
                self.node("FormattedValue", range, |d, f| {
                    d.child(f, "value", value);
                    d.number(f, "conversion", conversion);
                    d.optional(f, "format_spec", format_spec);
                });
            }
            ExprKind::JoinedStr { values } => {
                self.node("JoinedStr", range, |d, f| d.exprs(f, "values", values));
            }
            ExprKind::Constant(value) => self.node("Constant", range, |d, f| {
                d.field(f, "value", |d| d.constant(value));
                if matches!(value, Constant::Str { u_prefix: true, .. }) {
                    d.string(f, "kind", "u");
                }
            }),
            ExprKind::Attribute { value, attr, ctx } => self.node("Attribute", range, |d, f| {
                d.child(f, "value", value);
                d.string(f, "attr", &attr.id);
                d.context(f, *ctx);
            }),
            ExprKind::Subscript { value, slice, ctx } => self.node("Subscript", range, |d, f| {
                d.child(f, "value", value);
                d.child(f, "slice", slice);
                d.context(f, *ctx);
            }),
            ExprKind::Starred { value, ctx } => self.node("Starred", range, |d, f| {
                d.child(f, "value", value);
                d.context(f, *ctx);
            }),
            ExprKind::Name { id, ctx } => self.node("Name", range, |d, f| {
                d.string(f, "id", id);
                d.context(f, *ctx);
            }),
            ExprKind::List { elts, ctx } => self.node("List", range, |d, f| {
                d.exprs(f, "elts", elts);
                d.context(f, *ctx);
            }),
            ExprKind::Tuple { elts, ctx, .. } => self.node("Tuple", range, |d, f| {
                d.exprs(f, "elts", elts);
                d.context(f, *ctx);
            }),
            ExprKind::Slice { lower, upper, step } => self.node("Slice", range, |d, f| {
                d.optional(f, "lower", lower);
                d.optional(f, "upper", upper);
                d.optional(f, "step", step);
            }),
        }
    }

    fn comprehension(&mut self, class: &str, range: Range, elt: &Expr, list: &[Comprehension]) {
        self.node(class, Some(range), |d, f| {
            d.child(f, "elt", elt);
            d.list(f, "generators", list, |d, g| d.generator(g));
        });
    }

    fn generator(&mut self, g: &Comprehension) {
        self.node("comprehension", None, |d, f| {
            d.child(f, "target", &g.target);
            d.child(f, "iter", &g.iter);
            d.exprs(f, "ifs", &g.ifs);
            d.number(f, "is_async", i64::from(g.is_async));
        });
    }

    fn pattern(&mut self, p: &Pattern) {
        let range = Some(p.range);
        match &p.kind {
            PatternKind::MatchValue { value } => {
                self.node("MatchValue", range, |d, f| d.child(f, "value", value));
            }
            PatternKind::MatchSingleton { value } => {
                self.node("MatchSingleton", range, |d, f| {
                    d.field(f, "value", |d| d.constant(value));
                });
            }
            PatternKind::MatchSequence { patterns } => {
                self.node("MatchSequence", range, |d, f| {
                    d.patterns(f, "patterns", patterns)
                });
            }
            PatternKind::MatchMapping {
                keys,
                patterns,
                rest,
            } => {
                self.node("MatchMapping", range, |d, f| {
                    d.exprs(f, "keys", keys);
                    d.patterns(f, "patterns", patterns);
                    if let Some(rest) = rest {
                        d.string(f, "rest", &rest.id);
                    }
                });
            }
            PatternKind::MatchClass {
                cls,
                patterns,
                kwd_attrs,
                kwd_patterns,
            } => {
                self.node("MatchClass", range, |d, f| {
                    d.child(f, "cls", cls);
                    d.patterns(f, "patterns", patterns);
                    d.names(f, "kwd_attrs", kwd_attrs);
                    d.patterns(f, "kwd_patterns", kwd_patterns);
                });
            }
            PatternKind::MatchStar { name } => self.node("MatchStar", range, |d, f| {
                if let Some(name) = name {
                    d.string(f, "name", &name.id);
                }
            }),
            PatternKind::MatchAs { pattern, name } => self.node("MatchAs", range, |d, f| {
                if let Some(pattern) = pattern {
                    d.field(f, "pattern", |d| d.pattern(pattern));
                }
                if let Some(name) = name {
                    d.string(f, "name", &name.id);
                }
            }),
            PatternKind::MatchOr { patterns } => {
                self.node("MatchOr", range, |d, f| d.patterns(f, "patterns", patterns));
            }
        }
    }

    fn patterns(&mut self, f: &mut Self::Fields, name: &str, patterns: &[Pattern]) {
        self.list(f, name, patterns, |d, p| d.pattern(p));
    }
}

impl<W: TreeWriter> WriteTree for W {}
