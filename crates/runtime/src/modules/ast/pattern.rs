//! From objects to the patterns of match statements.

use syntax::ast::{Constant, Expr, ExprKind, Name, Operator, Pattern, PatternKind, Range, UnaryOp};

use super::constant::{Literal, literal};
use super::read::Reader;
use crate::object::{PyResult, Value};

impl Reader<'_> {
    /// The patterns of a list, one of which may be a star's in a sequence.
    fn patterns(&mut self, node: &Value, class: &str, field: &str) -> PyResult<Vec<Pattern>> {
        let nodes = self.nodes(node, class, field)?;
        let mut list = Vec::new();
        for node in &nodes {
            let pattern = self.any_pattern(node)?;
            if class != "MatchSequence" {
                self.no_star(&pattern)?;
            }
            list.push(pattern);
        }
        Ok(list)
    }

    fn no_star(&self, pattern: &Pattern) -> PyResult<()> {
        match pattern.kind {
            PatternKind::MatchStar { .. } => Err(self.vm.value_error("can't use MatchStar here")),
            _ => Ok(()),
        }
    }

    /// What a pattern may be compared with.
    fn check_value(&self, value: &Expr) -> PyResult<()> {
        let text = match &value.kind {
            ExprKind::Constant(
                Constant::None | Constant::True | Constant::False | Constant::Ellipsis,
            )
            | ExprKind::Tuple { .. } => "unexpected constant inside of a literal pattern",
            ExprKind::Constant(_) | ExprKind::Attribute { .. } | ExprKind::JoinedStr { .. } => {
                return Ok(());
            }
            ExprKind::UnaryOp { .. } if is_real(value) => return Ok(()),
            ExprKind::BinOp {
                left,
                op: Operator::Add | Operator::Sub,
                right,
            } if is_real(left)
                && matches!(right.kind, ExprKind::Constant(Constant::Complex(_))) =>
            {
                return Ok(());
            }
            _ => "patterns may only match literals and attribute lookups",
        };
        Err(self.vm.value_error(text))
    }

    /// A name that a pattern binds.
    fn captured(&self, node: &Value, field: &str, range: Range) -> PyResult<Option<Name>> {
        let name = self.optional_name(node, field, range)?;
        match &name {
            Some(name) if &*name.id == "_" => {
                Err(self.vm.value_error("can't capture name '_' in patterns"))
            }
            _ => Ok(name),
        }
    }

    /// A pattern.
    pub fn pattern(&mut self, node: &Value) -> PyResult<Pattern> {
        let pattern = self.any_pattern(node)?;
        self.no_star(&pattern)?;
        Ok(pattern)
    }

    fn any_pattern(&mut self, node: &Value) -> PyResult<Pattern> {
        let vm = self.vm;
        let _guard = vm.enter_native(" during ast construction")?;
        let range = self.range(node, "pattern")?;
        let class = self.kind(node, "pattern")?;
        let class = &*class;
        let kind = match class {
            "MatchValue" => {
                let value = self.expression(node, class, "value")?;
                self.check_value(&value)?;
                PatternKind::MatchValue { value }
            }
            "MatchSingleton" => {
                let value = vm.get_attr_opt(node, &vm.intern("value"))?;
                let value = value.ok_or_else(|| self.missing("value", class))?;
                let single = value.is_none()
                    || value.is(&crate::object::Value::TRUE)
                    || value.is(&crate::object::Value::FALSE);
                match literal(vm, &value, false) {
                    Literal::Plain(value) if single => PatternKind::MatchSingleton { value },
                    _ => {
                        let text = "MatchSingleton can only contain True, False and None";
                        return Err(vm.value_error(text));
                    }
                }
            }
            "MatchSequence" => PatternKind::MatchSequence {
                patterns: self.patterns(node, class, "patterns")?,
            },
            "MatchMapping" => {
                let keys = self.expressions(node, class, "keys")?;
                let patterns = self.patterns(node, class, "patterns")?;
                if keys.len() != patterns.len() {
                    let text = "MatchMapping doesn't have the same number of keys as patterns";
                    return Err(vm.value_error(text));
                }
                for key in &keys {
                    use Constant::{False, None, True};
                    if !matches!(key.kind, ExprKind::Constant(None | True | False)) {
                        self.check_value(key)?;
                    }
                }
                PatternKind::MatchMapping {
                    keys,
                    patterns,
                    rest: self.captured(node, "rest", range)?,
                }
            }
            "MatchClass" => {
                let cls = self.expression(node, class, "cls")?;
                let mut named = &cls;
                while let ExprKind::Attribute { value, .. } = &named.kind {
                    named = value;
                }
                if !matches!(named.kind, ExprKind::Name { .. }) {
                    let text = "MatchClass cls field can only contain Name or Attribute nodes.";
                    return Err(vm.value_error(text));
                }
                let patterns = self.patterns(node, class, "patterns")?;
                let kwd_attrs = self.names(node, class, "kwd_attrs", range)?;
                let kwd_patterns = self.patterns(node, class, "kwd_patterns")?;
                if kwd_attrs.len() != kwd_patterns.len() {
                    let text =
                        "MatchClass doesn't have the same number of keyword attributes as patterns";
                    return Err(vm.value_error(text));
                }
                PatternKind::MatchClass {
                    cls,
                    patterns,
                    kwd_attrs,
                    kwd_patterns,
                }
            }
            "MatchStar" => PatternKind::MatchStar {
                name: self.captured(node, "name", range)?,
            },
            "MatchAs" => {
                let pattern = match self.optional(node, "pattern")? {
                    Some(pattern) => Some(Box::new(self.pattern(&pattern)?)),
                    None => None,
                };
                let name = self.captured(node, "name", range)?;
                if pattern.is_some() && name.is_none() {
                    let text = "MatchAs must specify a target name if a pattern is given";
                    return Err(vm.value_error(text));
                }
                PatternKind::MatchAs { pattern, name }
            }
            "MatchOr" => {
                let patterns = self.patterns(node, class, "patterns")?;
                if patterns.len() < 2 {
                    return Err(vm.value_error("MatchOr requires at least 2 patterns"));
                }
                PatternKind::MatchOr { patterns }
            }
            _ => return Err(self.not_a_node(node, "pattern")),
        };
        Ok(Pattern { kind, range })
    }
}

/// A number that is not complex, perhaps with a minus before it.
fn is_real(value: &Expr) -> bool {
    let number = match &value.kind {
        ExprKind::UnaryOp {
            op: UnaryOp::USub,
            operand,
        } => operand,
        _ => value,
    };
    matches!(
        number.kind,
        ExprKind::Constant(Constant::Int(_) | Constant::BigInt(_) | Constant::Float(_))
    )
}
