//! From objects to the patterns of match statements.

use syntax::ast::{ExprKind, Pattern, PatternKind};

use super::constant::{Literal, literal};
use super::read::Reader;
use crate::object::{PyResult, Value};

impl Reader<'_> {
    /// The patterns of a list.
    fn patterns(&mut self, node: &Value, class: &str, field: &str) -> PyResult<Vec<Pattern>> {
        let nodes = self.nodes(node, class, field)?;
        nodes.iter().map(|node| self.pattern(node)).collect()
    }

    /// A pattern.
    pub fn pattern(&mut self, node: &Value) -> PyResult<Pattern> {
        let vm = self.vm;
        let _guard = vm.enter_native(" during ast construction")?;
        let range = self.range(node, "pattern")?;
        let class = self.kind(node, "pattern")?;
        let class = &*class;
        let kind = match class {
            "MatchValue" => {
                let value = self.expression(node, class, "value")?;
                let sound = matches!(
                    value.kind,
                    ExprKind::Constant(_)
                        | ExprKind::Attribute { .. }
                        | ExprKind::UnaryOp { .. }
                        | ExprKind::BinOp { .. }
                        | ExprKind::JoinedStr { .. }
                );
                if !sound {
                    let text = "patterns may only match literals and attribute lookups";
                    return Err(vm.value_error(text));
                }
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
                PatternKind::MatchMapping {
                    keys,
                    patterns,
                    rest: self.optional_name(node, "rest", range)?,
                }
            }
            "MatchClass" => {
                let cls = self.expression(node, class, "cls")?;
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
                name: self.optional_name(node, "name", range)?,
            },
            "MatchAs" => {
                let pattern = match self.optional(node, "pattern")? {
                    Some(pattern) => Some(Box::new(self.pattern(&pattern)?)),
                    None => None,
                };
                let name = self.optional_name(node, "name", range)?;
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
