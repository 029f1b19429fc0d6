//! From objects to expressions.

use syntax::ast::{
    Arg, Arguments, BoolOp, CmpOp, Comprehension, Constant, Conversion, Expr, ExprContext,
    ExprKind, Keyword, Operator, Range, UnaryOp,
};

use super::constant::{Literal, literal};
use super::read::Reader;
use crate::object::{PyResult, Value};

impl Reader<'_> {
    /// A required expression.
    pub fn expression(&mut self, node: &Value, class: &str, field: &str) -> PyResult<Box<Expr>> {
        let value = self.required(node, class, field)?;
        Ok(Box::new(self.expr(&value, ExprContext::Load)?))
    }

    /// A required expression that is assigned to or deleted.
    pub fn target(
        &mut self,
        node: &Value,
        class: &str,
        field: &str,
        context: ExprContext,
    ) -> PyResult<Box<Expr>> {
        let value = self.required(node, class, field)?;
        Ok(Box::new(self.expr(&value, context)?))
    }

    /// An optional expression.
    pub fn optional_expression(
        &mut self,
        node: &Value,
        field: &str,
    ) -> PyResult<Option<Box<Expr>>> {
        match self.optional(node, field)? {
            Some(value) => Ok(Some(Box::new(self.expr(&value, ExprContext::Load)?))),
            None => Ok(None),
        }
    }

    /// The expressions of a list.
    pub fn expressions(&mut self, node: &Value, class: &str, field: &str) -> PyResult<Vec<Expr>> {
        self.expressions_for(node, class, field, ExprContext::Load)
    }

    /// The expressions of a list, used in some way.
    pub fn expressions_for(
        &mut self,
        node: &Value,
        class: &str,
        field: &str,
        context: ExprContext,
    ) -> PyResult<Vec<Expr>> {
        let mut list = Vec::new();
        for value in self.nodes(node, class, field)? {
            if value.is_none() {
                return Err(self.none_in_list("expression"));
            }
            list.push(self.expr(&value, context)?);
        }
        Ok(list)
    }

    /// The expressions of a list that may hold None.
    fn expressions_or_none(
        &mut self,
        node: &Value,
        class: &str,
        field: &str,
    ) -> PyResult<Vec<Option<Expr>>> {
        let mut list = Vec::new();
        for value in self.nodes(node, class, field)? {
            list.push(match value.is_none() {
                true => None,
                false => Some(self.expr(&value, ExprContext::Load)?),
            });
        }
        Ok(list)
    }

    /// Checks that an expression is marked for the way it is used.
    fn context(&self, node: &Value, class: &str, wanted: ExprContext) -> PyResult<ExprContext> {
        let value = self.required(node, class, "ctx")?;
        let found = match &*self.kind(&value, "expr_context")? {
            "Load" => ExprContext::Load,
            "Store" => ExprContext::Store,
            "Del" => ExprContext::Del,
            _ => return Err(self.not_a_node(&value, "expr_context")),
        };
        if found != wanted {
            return Err(self.vm.value_error(format!(
                "expression must have {wanted:?} context but has {found:?} instead"
            )));
        }
        Ok(found)
    }

    pub fn operator(&self, node: &Value, class: &str) -> PyResult<Operator> {
        let value = self.required(node, class, "op")?;
        Ok(match &*self.kind(&value, "operator")? {
            "Add" => Operator::Add,
            "Sub" => Operator::Sub,
            "Mult" => Operator::Mult,
            "MatMult" => Operator::MatMult,
            "Div" => Operator::Div,
            "Mod" => Operator::Mod,
            "Pow" => Operator::Pow,
            "LShift" => Operator::LShift,
            "RShift" => Operator::RShift,
            "BitOr" => Operator::BitOr,
            "BitXor" => Operator::BitXor,
            "BitAnd" => Operator::BitAnd,
            "FloorDiv" => Operator::FloorDiv,
            _ => return Err(self.not_a_node(&value, "operator")),
        })
    }

    fn comparison(&self, value: &Value) -> PyResult<CmpOp> {
        Ok(match &*self.kind(value, "cmpop")? {
            "Eq" => CmpOp::Eq,
            "NotEq" => CmpOp::NotEq,
            "Lt" => CmpOp::Lt,
            "LtE" => CmpOp::LtE,
            "Gt" => CmpOp::Gt,
            "GtE" => CmpOp::GtE,
            "Is" => CmpOp::Is,
            "IsNot" => CmpOp::IsNot,
            "In" => CmpOp::In,
            "NotIn" => CmpOp::NotIn,
            _ => return Err(self.not_a_node(value, "cmpop")),
        })
    }

    /// An expression, used in some way.
    pub fn expr(&mut self, node: &Value, context: ExprContext) -> PyResult<Expr> {
        let vm = self.vm;
        let _guard = vm.enter_native(" during ast construction")?;
        let range = self.range(node, "expr")?;
        let kind = self.kind(node, "expr")?;
        let assignable = matches!(
            &*kind,
            "Name" | "Attribute" | "Subscript" | "Starred" | "List" | "Tuple"
        );
        if !assignable && context != ExprContext::Load {
            return Err(vm.value_error(format!(
                "expression which can't be assigned to in {context:?} context"
            )));
        }
        let kind = match &*kind {
            "Constant" => self.constant(node, range)?,
            "Name" => ExprKind::Name {
                ctx: self.context(node, "Name", context)?,
                id: self.identifier(node, "Name", "id")?,
            },
            "Attribute" => ExprKind::Attribute {
                ctx: self.context(node, "Attribute", context)?,
                value: self.expression(node, "Attribute", "value")?,
                attr: self.name(node, "Attribute", "attr", range)?,
            },
            "Subscript" => ExprKind::Subscript {
                ctx: self.context(node, "Subscript", context)?,
                value: self.expression(node, "Subscript", "value")?,
                slice: self.expression(node, "Subscript", "slice")?,
            },
            "Starred" => ExprKind::Starred {
                ctx: self.context(node, "Starred", context)?,
                value: self.target(node, "Starred", "value", context)?,
            },
            "List" => ExprKind::List {
                ctx: self.context(node, "List", context)?,
                elts: self.expressions_for(node, "List", "elts", context)?,
            },
            "Tuple" => ExprKind::Tuple {
                ctx: self.context(node, "Tuple", context)?,
                elts: self.expressions_for(node, "Tuple", "elts", context)?,
                parenthesized: true,
            },
            "BinOp" => ExprKind::BinOp {
                left: self.expression(node, "BinOp", "left")?,
                op: self.operator(node, "BinOp")?,
                right: self.expression(node, "BinOp", "right")?,
            },
            "Call" => ExprKind::Call {
                func: self.expression(node, "Call", "func")?,
                args: self.expressions(node, "Call", "args")?,
                keywords: self.keywords(node, "Call")?,
            },
            other => self.other_expression(node, other)?,
        };
        Ok(Expr { kind, range })
    }

    fn other_expression(&mut self, node: &Value, kind: &str) -> PyResult<ExprKind> {
        let vm = self.vm;
        Ok(match kind {
            "BoolOp" => {
                let op = self.required(node, kind, "op")?;
                let op = match &*self.kind(&op, "boolop")? {
                    "And" => BoolOp::And,
                    "Or" => BoolOp::Or,
                    _ => return Err(self.not_a_node(&op, "boolop")),
                };
                let values = self.expressions(node, kind, "values")?;
                if values.len() < 2 {
                    return Err(vm.value_error("BoolOp with less than 2 values"));
                }
                ExprKind::BoolOp { op, values }
            }
            "NamedExpr" => {
                let target = self.required(node, kind, "target")?;
                if &*self.kind(&target, "expr")? != "Name" {
                    return Err(vm.type_error("NamedExpr target must be a Name"));
                }
                ExprKind::NamedExpr {
                    target: self.target(node, kind, "target", ExprContext::Store)?,
                    value: self.expression(node, kind, "value")?,
                }
            }
            "UnaryOp" => {
                let op = self.required(node, kind, "op")?;
                let op = match &*self.kind(&op, "unaryop")? {
                    "Invert" => UnaryOp::Invert,
                    "Not" => UnaryOp::Not,
                    "UAdd" => UnaryOp::UAdd,
                    "USub" => UnaryOp::USub,
                    _ => return Err(self.not_a_node(&op, "unaryop")),
                };
                ExprKind::UnaryOp {
                    op,
                    operand: self.expression(node, kind, "operand")?,
                }
            }
            "Lambda" => ExprKind::Lambda {
                args: Box::new(self.arguments(node, kind)?),
                body: self.expression(node, kind, "body")?,
            },
            "IfExp" => ExprKind::IfExp {
                test: self.expression(node, kind, "test")?,
                body: self.expression(node, kind, "body")?,
                orelse: self.expression(node, kind, "orelse")?,
            },
            "Dict" => {
                let keys = self.expressions_or_none(node, kind, "keys")?;
                let values = self.expressions(node, kind, "values")?;
                if keys.len() != values.len() {
                    return Err(
                        vm.value_error("Dict doesn't have the same number of keys as values")
                    );
                }
                ExprKind::Dict { keys, values }
            }
            "Set" => ExprKind::Set {
                elts: self.expressions(node, kind, "elts")?,
            },
            "ListComp" => ExprKind::ListComp {
                generators: self.generators(node, kind)?,
                elt: self.expression(node, kind, "elt")?,
            },
            "SetComp" => ExprKind::SetComp {
                generators: self.generators(node, kind)?,
                elt: self.expression(node, kind, "elt")?,
            },
            "GeneratorExp" => ExprKind::GeneratorExp {
                generators: self.generators(node, kind)?,
                elt: self.expression(node, kind, "elt")?,
            },
            "DictComp" => ExprKind::DictComp {
                generators: self.generators(node, kind)?,
                key: self.expression(node, kind, "key")?,
                value: self.expression(node, kind, "value")?,
            },
            "Await" => ExprKind::Await {
                value: self.expression(node, kind, "value")?,
            },
            "Yield" => ExprKind::Yield {
                value: self.optional_expression(node, "value")?,
            },
            "YieldFrom" => ExprKind::YieldFrom {
                value: self.expression(node, kind, "value")?,
            },
            "Compare" => {
                let left = self.expression(node, kind, "left")?;
                let ops = self.nodes(node, kind, "ops")?;
                let ops = ops
                    .iter()
                    .map(|op| self.comparison(op))
                    .collect::<PyResult<Vec<_>>>()?;
                let comparators = self.expressions(node, kind, "comparators")?;
                if comparators.is_empty() {
                    return Err(vm.value_error("Compare with no comparators"));
                }
                if comparators.len() != ops.len() {
                    return Err(vm.value_error(
                        "Compare has a different number of comparators and operands",
                    ));
                }
                ExprKind::Compare {
                    left,
                    ops,
                    comparators,
                }
            }
            "FormattedValue" => {
                let conversion = self.required(node, kind, "conversion")?;
                let conversion = match self.int(&conversion)? {
                    -1 => Conversion::None,
                    115 => Conversion::Str,
                    114 => Conversion::Repr,
                    97 => Conversion::Ascii,
                    other => {
                        let class = &vm.types.exceptions.system_error;
                        let text = format!("Unrecognized conversion character {other}");
                        return Err(vm.raise(class, text));
                    }
                };
                ExprKind::FormattedValue {
                    value: self.expression(node, kind, "value")?,
                    conversion,
                    format_spec: self.optional_expression(node, "format_spec")?,
                }
            }
            "JoinedStr" => ExprKind::JoinedStr {
                values: self.expressions(node, kind, "values")?,
            },
            "Slice" => ExprKind::Slice {
                lower: self.optional_expression(node, "lower")?,
                upper: self.optional_expression(node, "upper")?,
                step: self.optional_expression(node, "step")?,
            },
            _ => return Err(self.not_a_node(node, "expr")),
        })
    }

    fn constant(&mut self, node: &Value, range: Range) -> PyResult<ExprKind> {
        let vm = self.vm;
        let value = match vm.get_attr_opt(node, &vm.intern("value"))? {
            Some(value) => value,
            None => return Err(self.missing("value", "Constant")),
        };
        let u_prefix = self.optional(node, "kind")?.is_some();
        self.literal(&value, u_prefix, range)
    }

    fn literal(&self, value: &Value, u_prefix: bool, range: Range) -> PyResult<ExprKind> {
        let plain = |constant| Expr {
            kind: ExprKind::Constant(constant),
            range,
        };
        Ok(match literal(self.vm, value, u_prefix) {
            Literal::Plain(constant) => ExprKind::Constant(constant),
            Literal::Negative(constant) => ExprKind::UnaryOp {
                op: UnaryOp::USub,
                operand: Box::new(plain(constant)),
            },
            Literal::Sum(real, imaginary) => ExprKind::BinOp {
                left: Box::new(plain(Constant::Float(real))),
                op: Operator::Add,
                right: Box::new(plain(Constant::Complex(imaginary))),
            },
            Literal::Tuple(items) => {
                let _guard = self.vm.enter_native(" during compilation")?;
                let elts = items
                    .iter()
                    .map(|item| {
                        let kind = self.literal(item, false, range)?;
                        Ok(Expr { kind, range })
                    })
                    .collect::<PyResult<Vec<_>>>()?;
                ExprKind::Tuple {
                    elts,
                    ctx: ExprContext::Load,
                    parenthesized: true,
                }
            }
            Literal::Other => {
                return Err(self.vm.type_error(format!(
                    "got an invalid type in Constant: {}",
                    self.vm.class_name(value)
                )));
            }
        })
    }

    /// The `for` parts of a comprehension.
    fn generators(&mut self, node: &Value, class: &str) -> PyResult<Vec<Comprehension>> {
        let kind = "comprehension";
        let mut list = Vec::new();
        for node in self.nodes(node, class, "generators")? {
            let is_async = self.required(&node, kind, "is_async")?;
            list.push(Comprehension {
                target: *self.target(&node, kind, "target", ExprContext::Store)?,
                iter: *self.expression(&node, kind, "iter")?,
                ifs: self.expressions(&node, kind, "ifs")?,
                is_async: self.int(&is_async)? != 0,
            });
        }
        if list.is_empty() {
            return Err(self.vm.value_error("comprehension with no generators"));
        }
        Ok(list)
    }

    /// The keywords of a call or class.
    pub fn keywords(&mut self, node: &Value, class: &str) -> PyResult<Vec<Keyword>> {
        let mut list = Vec::new();
        for node in self.nodes(node, class, "keywords")? {
            let range = self.range(&node, "keyword")?;
            list.push(Keyword {
                arg: self.optional_name(&node, "arg", range)?,
                value: *self.expression(&node, "keyword", "value")?,
                range,
            });
        }
        Ok(list)
    }

    fn arg(&mut self, node: &Value) -> PyResult<Arg> {
        let range = self.range(node, "arg")?;
        Ok(Arg {
            arg: self.identifier(node, "arg", "arg")?,
            annotation: self.optional_expression(node, "annotation")?,
            range,
            type_comment: self.comment(node)?,
        })
    }

    fn args(&mut self, node: &Value, field: &str) -> PyResult<Vec<Arg>> {
        let nodes = self.nodes(node, "arguments", field)?;
        nodes.iter().map(|node| self.arg(node)).collect()
    }

    fn optional_arg(&mut self, node: &Value, field: &str) -> PyResult<Option<Box<Arg>>> {
        match self.optional(node, field)? {
            Some(node) => Ok(Some(Box::new(self.arg(&node)?))),
            None => Ok(None),
        }
    }

    /// The parameters of a function.
    pub fn arguments(&mut self, function: &Value, class: &str) -> PyResult<Arguments> {
        let node = self.required(function, class, "args")?;
        let arguments = Arguments {
            posonlyargs: self.args(&node, "posonlyargs")?,
            args: self.args(&node, "args")?,
            vararg: self.optional_arg(&node, "vararg")?,
            kwonlyargs: self.args(&node, "kwonlyargs")?,
            kw_defaults: self.expressions_or_none(&node, "arguments", "kw_defaults")?,
            kwarg: self.optional_arg(&node, "kwarg")?,
            defaults: self.expressions(&node, "arguments", "defaults")?,
        };
        let positional = arguments.posonlyargs.len() + arguments.args.len();
        if arguments.defaults.len() > positional {
            let text = "more positional defaults than args on arguments";
            return Err(self.vm.value_error(text));
        }
        if arguments.kw_defaults.len() != arguments.kwonlyargs.len() {
            let text = "length of kwonlyargs is not the same as kw_defaults on arguments";
            return Err(self.vm.value_error(text));
        }
        Ok(arguments)
    }
}
