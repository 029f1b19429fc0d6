//! From objects to statements.

use syntax::ast::{
    Alias, ClassDef, ExceptHandler, ExprContext, ExprKind, FunctionDef, MatchCase, Range, Stmt,
    StmtKind, TypeParam, TypeParamKind, WithItem,
};

use super::read::Reader;
use crate::object::{PyResult, Value};

impl Reader<'_> {
    /// The statements of a list.
    pub fn statements(&mut self, node: &Value, class: &str, field: &str) -> PyResult<Vec<Stmt>> {
        let mut list = Vec::new();
        for value in self.nodes(node, class, field)? {
            if value.is_none() {
                return Err(self.none_in_list("statement"));
            }
            list.push(self.statement(&value)?);
        }
        Ok(list)
    }

    /// The statements of a list that may not be empty.
    fn block(&mut self, node: &Value, class: &str) -> PyResult<Vec<Stmt>> {
        let body = self.statements(node, class, "body")?;
        self.not_empty(&body, "body", class)?;
        Ok(body)
    }

    fn not_empty<T>(&self, list: &[T], what: &str, class: &str) -> PyResult<()> {
        match list {
            [] => Err(self.vm.value_error(format!("empty {what} on {class}"))),
            _ => Ok(()),
        }
    }

    fn statement(&mut self, node: &Value) -> PyResult<Stmt> {
        let _guard = self.vm.enter_native(" during ast construction")?;
        let range = self.range(node, "stmt")?;
        let class = self.kind(node, "stmt")?;
        let kind = self.simple_statement(node, &class, range)?;
        let kind = match kind {
            Some(kind) => kind,
            None => self.block_statement(node, &class, range)?,
        };
        Ok(Stmt { kind, range })
    }

    /// A statement without blocks.
    fn simple_statement(
        &mut self,
        node: &Value,
        class: &str,
        range: Range,
    ) -> PyResult<Option<StmtKind>> {
        let vm = self.vm;
        Ok(Some(match class {
            "Expr" => StmtKind::Expr {
                value: self.expression(node, class, "value")?,
            },
            "Return" => StmtKind::Return {
                value: self.optional_expression(node, "value")?,
            },
            "Delete" => {
                let targets = self.expressions_for(node, class, "targets", ExprContext::Del)?;
                self.not_empty(&targets, "targets", class)?;
                StmtKind::Delete { targets }
            }
            "Assign" => {
                let targets = self.expressions_for(node, class, "targets", ExprContext::Store)?;
                self.not_empty(&targets, "targets", class)?;
                StmtKind::Assign {
                    targets,
                    value: self.expression(node, class, "value")?,
                    type_comment: self.comment(node)?,
                }
            }
            "TypeAlias" => {
                let name = self.target(node, class, "name", ExprContext::Store)?;
                if !matches!(name.kind, ExprKind::Name { .. }) {
                    return Err(vm.type_error("TypeAlias with non-Name name"));
                }
                StmtKind::TypeAlias {
                    name,
                    type_params: self.type_params(node, class)?,
                    value: self.expression(node, class, "value")?,
                }
            }
            "AugAssign" => {
                let target = self.target(node, class, "target", ExprContext::Store)?;
                StmtKind::AugAssign {
                    target,
                    op: self.operator(node, class)?,
                    value: self.expression(node, class, "value")?,
                }
            }
            "AnnAssign" => {
                let simple = self.required(node, class, "simple")?;
                let simple = self.int(&simple)? != 0;
                let given = self.required(node, class, "target")?;
                if simple && self.kind(&given, "expr")?.as_ref() != "Name" {
                    return Err(vm.type_error("AnnAssign with simple non-Name target"));
                }
                StmtKind::AnnAssign {
                    target: self.target(node, class, "target", ExprContext::Store)?,
                    annotation: self.expression(node, class, "annotation")?,
                    value: self.optional_expression(node, "value")?,
                    simple,
                }
            }
            "Raise" => {
                let exc = self.optional_expression(node, "exc")?;
                let cause = self.optional_expression(node, "cause")?;
                if exc.is_none() && cause.is_some() {
                    return Err(vm.value_error("Raise with cause but no exception"));
                }
                StmtKind::Raise { exc, cause }
            }
            "Assert" => StmtKind::Assert {
                test: self.expression(node, class, "test")?,
                msg: self.optional_expression(node, "msg")?,
            },
            "Import" => StmtKind::Import {
                names: self.aliases(node, class)?,
            },
            "ImportFrom" => {
                let level = match self.optional(node, "level")? {
                    Some(level) => self.int(&level)?,
                    None => 0,
                };
                let Ok(level) = u32::try_from(level) else {
                    return Err(vm.value_error("Negative ImportFrom level"));
                };
                StmtKind::ImportFrom {
                    module: self.optional_name(node, "module", range)?,
                    names: self.aliases(node, class)?,
                    level,
                }
            }
            "Global" => {
                let names = self.names(node, class, "names", range)?;
                self.not_empty(&names, "names", class)?;
                StmtKind::Global { names }
            }
            "Nonlocal" => {
                let names = self.names(node, class, "names", range)?;
                self.not_empty(&names, "names", class)?;
                StmtKind::Nonlocal { names }
            }
            "Pass" => StmtKind::Pass,
            "Break" => StmtKind::Break,
            "Continue" => StmtKind::Continue,
            _ => return Ok(None),
        }))
    }

    /// A statement with blocks.
    fn block_statement(&mut self, node: &Value, class: &str, range: Range) -> PyResult<StmtKind> {
        let vm = self.vm;
        Ok(match class {
            "FunctionDef" | "AsyncFunctionDef" => StmtKind::FunctionDef(Box::new(FunctionDef {
                name: self.name(node, class, "name", range)?,
                decorator_list: self.expressions(node, class, "decorator_list")?,
                type_params: self.type_params(node, class)?,
                args: self.arguments(node, class)?,
                returns: self.optional_expression(node, "returns")?,
                body: self.block(node, class)?,
                is_async: class == "AsyncFunctionDef",
                type_comment: self.comment(node)?,
            })),
            "ClassDef" => StmtKind::ClassDef(Box::new(ClassDef {
                name: self.name(node, class, "name", range)?,
                decorator_list: self.expressions(node, class, "decorator_list")?,
                type_params: self.type_params(node, class)?,
                bases: self.expressions(node, class, "bases")?,
                keywords: self.keywords(node, class)?,
                body: self.block(node, class)?,
            })),
            "For" | "AsyncFor" => StmtKind::For {
                target: self.target(node, class, "target", ExprContext::Store)?,
                iter: self.expression(node, class, "iter")?,
                body: self.block(node, class)?,
                orelse: self.statements(node, class, "orelse")?,
                is_async: class == "AsyncFor",
                type_comment: self.comment(node)?,
            },
            "While" => StmtKind::While {
                test: self.expression(node, class, "test")?,
                body: self.block(node, class)?,
                orelse: self.statements(node, class, "orelse")?,
            },
            "If" => StmtKind::If {
                test: self.expression(node, class, "test")?,
                body: self.block(node, class)?,
                orelse: self.statements(node, class, "orelse")?,
            },
            "With" | "AsyncWith" => {
                let items = self.with_items(node, class)?;
                self.not_empty(&items, "items", class)?;
                StmtKind::With {
                    items,
                    body: self.block(node, class)?,
                    is_async: class == "AsyncWith",
                    type_comment: self.comment(node)?,
                }
            }
            "Match" => {
                let subject = self.expression(node, class, "subject")?;
                let cases = self.cases(node, class)?;
                self.not_empty(&cases, "cases", class)?;
                StmtKind::Match { subject, cases }
            }
            "Try" | "TryStar" => {
                let body = self.block(node, class)?;
                let handlers = self.handlers(node, class)?;
                let orelse = self.statements(node, class, "orelse")?;
                let finalbody = self.statements(node, class, "finalbody")?;
                if handlers.is_empty() && finalbody.is_empty() {
                    return Err(vm.value_error(format!(
                        "{class} has neither except handlers nor finalbody"
                    )));
                }
                if handlers.is_empty() && !orelse.is_empty() {
                    return Err(
                        vm.value_error(format!("{class} has orelse but no except handlers"))
                    );
                }
                StmtKind::Try {
                    body,
                    handlers,
                    orelse,
                    finalbody,
                    is_star: class == "TryStar",
                }
            }
            _ => return Err(self.not_a_node(node, "stmt")),
        })
    }

    fn aliases(&mut self, node: &Value, class: &str) -> PyResult<Vec<Alias>> {
        let mut list = Vec::new();
        for node in self.nodes(node, class, "names")? {
            let range = self.range(&node, "alias")?;
            list.push(Alias {
                name: self.identifier(&node, "alias", "name")?,
                asname: self.optional_identifier(&node, "asname")?,
                range,
            });
        }
        self.not_empty(&list, "names", class)?;
        Ok(list)
    }

    fn with_items(&mut self, node: &Value, class: &str) -> PyResult<Vec<WithItem>> {
        let mut list = Vec::new();
        for node in self.nodes(node, class, "items")? {
            let optional_vars = match self.optional(&node, "optional_vars")? {
                Some(target) => Some(Box::new(self.expr(&target, ExprContext::Store)?)),
                None => None,
            };
            list.push(WithItem {
                context_expr: *self.expression(&node, "withitem", "context_expr")?,
                optional_vars,
            });
        }
        Ok(list)
    }

    fn cases(&mut self, node: &Value, class: &str) -> PyResult<Vec<MatchCase>> {
        let kind = "match_case";
        let mut list = Vec::new();
        for node in self.nodes(node, class, "cases")? {
            let pattern = self.required(&node, kind, "pattern")?;
            list.push(MatchCase {
                pattern: self.pattern(&pattern)?,
                guard: self.optional_expression(&node, "guard")?,
                body: self.block(&node, kind)?,
            });
        }
        Ok(list)
    }

    fn handlers(&mut self, node: &Value, class: &str) -> PyResult<Vec<ExceptHandler>> {
        let kind = "ExceptHandler";
        let mut list = Vec::new();
        for node in self.nodes(node, class, "handlers")? {
            let range = self.range(&node, "excepthandler")?;
            if self.kind(&node, "excepthandler")?.as_ref() != kind {
                return Err(self.not_a_node(&node, "excepthandler"));
            }
            list.push(ExceptHandler {
                typ: self.optional_expression(&node, "type")?,
                name: self.optional_name(&node, "name", range)?,
                body: self.block(&node, kind)?,
                range,
            });
        }
        Ok(list)
    }

    fn type_params(&mut self, node: &Value, class: &str) -> PyResult<Vec<TypeParam>> {
        let mut list = Vec::new();
        for node in self.nodes(node, class, "type_params")? {
            let range = self.range(&node, "type_param")?;
            let kind = self.kind(&node, "type_param")?;
            list.push(TypeParam {
                name: self.identifier(&node, &kind, "name")?,
                kind: match &*kind {
                    "TypeVar" => TypeParamKind::TypeVar {
                        bound: self.optional_expression(&node, "bound")?,
                    },
                    "ParamSpec" => TypeParamKind::ParamSpec,
                    "TypeVarTuple" => TypeParamKind::TypeVarTuple,
                    _ => return Err(self.not_a_node(&node, "type_param")),
                },
                range,
            });
        }
        Ok(list)
    }
}
