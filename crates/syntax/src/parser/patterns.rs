//! Patterns of the match statement.

use super::builder::{Builder, Built, Failure, MapItem};
use crate::ast::*;

impl Builder<'_> {
    pub(super) fn pattern(&self, l: u32, kind: PatternKind, r: u32) -> Pattern {
        Pattern {
            kind,
            range: Range::new(l, r),
        }
    }

    /// A name alone: a capture, or the wildcard.
    pub(super) fn capture(&self, name: Name) -> Pattern {
        let range = name.range;
        let name = (&*name.id != "_").then_some(name);
        Pattern {
            kind: PatternKind::MatchAs {
                pattern: None,
                name,
            },
            range,
        }
    }

    pub(super) fn star_pattern(&self, l: u32, name: Name, r: u32) -> Pattern {
        let name = (&*name.id != "_").then_some(name);
        self.pattern(l, PatternKind::MatchStar { name }, r)
    }

    pub(super) fn as_pattern(&self, l: u32, p: Pattern, name: Name, r: u32) -> Built<Pattern> {
        if &*name.id == "_" {
            return Err(Failure::Reject(name.range));
        }
        let kind = PatternKind::MatchAs {
            pattern: Some(Box::new(p)),
            name: Some(name),
        };
        Ok(self.pattern(l, kind, r))
    }

    /// The first part of `real ± imaginary`.
    pub(super) fn real_part(&self, real: Expr) -> Built<Expr> {
        let number = match &real.kind {
            ExprKind::UnaryOp { operand, .. } => operand,
            _ => &real,
        };
        if matches!(number.kind, ExprKind::Constant(Constant::Complex(_))) {
            return Err(self.error(number.range, "real number required in complex literal"));
        }
        Ok(real)
    }

    /// `real ± imaginary`.
    pub(super) fn complex(
        &self,
        l: u32,
        (real, op): (Expr, Operator),
        imaginary: Expr,
        r: u32,
    ) -> Built<Expr> {
        if !matches!(imaginary.kind, ExprKind::Constant(Constant::Complex(_))) {
            let msg = "imaginary number required in complex literal";
            return Err(self.error(imaginary.range, msg));
        }
        Ok(self.binary(l, real, op, imaginary, r))
    }

    pub(super) fn mapping_pattern(&self, l: u32, items: Vec<MapItem>, r: u32) -> Built<Pattern> {
        let (mut keys, mut patterns, mut rest) = (Vec::new(), Vec::new(), None::<Name>);
        for item in items {
            if let Some(rest) = rest {
                return Err(Failure::Reject(rest.range));
            }
            match item {
                MapItem::Entry(key, pattern) => {
                    keys.push(key);
                    patterns.push(pattern);
                }
                MapItem::Rest(name) if &*name.id == "_" => {
                    return Err(Failure::Reject(name.range));
                }
                MapItem::Rest(name) => rest = Some(name),
            }
        }
        Ok(self.pattern(
            l,
            PatternKind::MatchMapping {
                keys,
                patterns,
                rest,
            },
            r,
        ))
    }

    pub(super) fn class_pattern(
        &self,
        l: u32,
        cls: Expr,
        args: Vec<(Option<Name>, Pattern)>,
        r: u32,
    ) -> Built<Pattern> {
        let (mut patterns, mut kwd_attrs, mut kwd_patterns) = (vec![], vec![], vec![]);
        for (name, pattern) in args {
            match name {
                Some(name) => {
                    kwd_attrs.push(name);
                    kwd_patterns.push(pattern);
                }
                None if !kwd_attrs.is_empty() => return Err(Failure::Reject(pattern.range)),
                None => patterns.push(pattern),
            }
        }
        let cls = Box::new(cls);
        Ok(self.pattern(
            l,
            PatternKind::MatchClass {
                cls,
                patterns,
                kwd_attrs,
                kwd_patterns,
            },
            r,
        ))
    }
}
