//! Warnings about what is surely a mistake.

use bytecode::{Const, Location};
use syntax::ast::{CmpOp, Expr, ExprKind, Range};
use syntax::{SyntaxWarning, WarningCategory, WarningFinder};

use super::Compiler;

fn constant_type(value: &Const) -> &'static str {
    match value {
        Const::None => "NoneType",
        Const::True | Const::False => "bool",
        Const::Ellipsis => "ellipsis",
        Const::Int(_) | Const::BigInt(_) => "int",
        Const::Float(_) => "float",
        Const::Complex(..) => "complex",
        Const::Str(_) => "str",
        Const::Bytes(_) => "bytes",
        Const::Tuple(_) => "tuple",
        Const::FrozenSet(_) => "frozenset",
        Const::Code(_) => "code",
    }
}

impl Compiler<'_> {
    pub(super) fn warn(&mut self, loc: Location, range: Range, msg: String) {
        let warning = SyntaxWarning {
            category: WarningCategory::Syntax,
            msg,
            lineno: u32::try_from(loc.line).unwrap_or_default(),
            range,
            finder: WarningFinder::Compiler,
        };
        self.warnings.push(warning);
    }

    /// The type of what an expression evaluates to, where it is plain.
    fn inferred_type(&self, expr: &Expr) -> Option<&'static str> {
        if let Some(value) = self.folded.value(expr) {
            return Some(constant_type(&value));
        }
        Some(match &expr.kind {
            ExprKind::Tuple { .. } => "tuple",
            ExprKind::List { .. } | ExprKind::ListComp { .. } => "list",
            ExprKind::Dict { .. } | ExprKind::DictComp { .. } => "dict",
            ExprKind::Set { .. } | ExprKind::SetComp { .. } => "set",
            ExprKind::GeneratorExp { .. } => "generator",
            ExprKind::Lambda { .. } => "function",
            ExprKind::JoinedStr { .. } | ExprKind::FormattedValue { .. } => "str",
            _ => return None,
        })
    }

    pub(super) fn check_called(&mut self, func: &Expr) {
        let callable = matches!(func.kind, ExprKind::Lambda { .. });
        if let Some(name) = self.inferred_type(func).filter(|_| !callable) {
            let loc = self.at(func.range);
            let msg = format!("'{name}' object is not callable; perhaps you missed a comma?");
            self.warn(loc, func.range, msg);
        }
    }

    pub(super) fn check_subscripted(&mut self, value: &Expr) {
        let suspect = match self.folded.value(value) {
            Some(constant) => matches!(
                constant,
                Const::None
                    | Const::True
                    | Const::False
                    | Const::Ellipsis
                    | Const::Int(_)
                    | Const::BigInt(_)
                    | Const::Float(_)
                    | Const::Complex(..)
                    | Const::FrozenSet(_)
            ),
            None => matches!(
                value.kind,
                ExprKind::Set { .. }
                    | ExprKind::SetComp { .. }
                    | ExprKind::GeneratorExp { .. }
                    | ExprKind::Lambda { .. }
            ),
        };
        if let Some(name) = self.inferred_type(value).filter(|_| suspect) {
            let loc = self.at(value.range);
            let msg = format!("'{name}' object is not subscriptable; perhaps you missed a comma?");
            self.warn(loc, value.range, msg);
        }
    }

    pub(super) fn check_index(&mut self, value: &Expr, index: &Expr) {
        let Some(index_type) = self.inferred_type(index) else {
            return;
        };
        if matches!(index_type, "int" | "bool") {
            return;
        }
        let indexed = match self.folded.value(value) {
            Some(constant) => {
                matches!(constant, Const::Str(_) | Const::Bytes(_) | Const::Tuple(_))
            }
            None => matches!(
                value.kind,
                ExprKind::Tuple { .. }
                    | ExprKind::List { .. }
                    | ExprKind::ListComp { .. }
                    | ExprKind::JoinedStr { .. }
                    | ExprKind::FormattedValue { .. }
            ),
        };
        if let Some(name) = self.inferred_type(value).filter(|_| indexed) {
            let loc = self.at(value.range);
            let msg = format!(
                "{name} indices must be integers or slices, not {index_type}; perhaps you missed \
                 a comma?"
            );
            self.warn(loc, value.range, msg);
        }
    }

    /// `x is 1`.
    pub(super) fn check_compare(
        &mut self,
        compare: &Expr,
        left: &Expr,
        ops: &[CmpOp],
        comparators: &[Expr],
    ) {
        let is_literal = |c: &Self, e: &Expr| {
            c.folded.is_constant(e)
                && !matches!(
                    c.folded.value(e),
                    Some(Const::None | Const::True | Const::False | Const::Ellipsis)
                )
        };
        let mut left = left;
        for (op, right) in ops.iter().zip(comparators) {
            let hint = match op {
                CmpOp::Is => Some(("is", "==")),
                CmpOp::IsNot => Some(("is not", "!=")),
                _ => None,
            };
            if let Some((written, meant)) = hint {
                let literal = [left, right].into_iter().find(|e| is_literal(self, e));
                if let Some(name) = literal.and_then(|e| self.inferred_type(e)) {
                    let loc = self.at(compare.range);
                    let msg =
                        format!("\"{written}\" with '{name}' literal. Did you mean \"{meant}\"?");
                    return self.warn(loc, compare.range, msg);
                }
            }
            left = right;
        }
    }
}
