//! Constant folding on the tree, with CPython's limits.
//!
//! The symbol table's walk calls [`Folded::note`] for every expression, children first; what is
//! constant is remembered by the node's address.  A parent takes over the values of its children,
//! so that the table holds the outermost constants only.

mod arith;
mod percent;
mod sequence;

use std::collections::HashMap;

use bytecode::Const;
use syntax::ast::{Constant, Expr, ExprContext, ExprKind, Range, UnaryOp};
use syntax::{SyntaxWarning, WarningCategory, WarningFinder};

pub(crate) use arith::equality_key;
pub(crate) use percent::{Piece, percent_format};

const INVERTED_BOOL: &str = "Bitwise inversion '~' on bool is deprecated. This returns the \
    bitwise inversion of the underlying int object and is usually not what you expect from \
    negating a bool. Use the 'not' operator for boolean negation or ~int(x) if you really want the \
    bitwise inversion of the underlying int.";

/// The constants that expressions fold to.
#[derive(Debug)]
pub(crate) struct Folded {
    values: HashMap<usize, Const>,
    debug: bool,
    /// How `~True` is treated: computed, with its warning, or left to be computed at run time.
    fold_inverted_bools: bool,
    warnings: Vec<SyntaxWarning>,
}

fn key(expr: &Expr) -> usize {
    std::ptr::from_ref(expr).addr()
}

/// The constant of a literal.
pub(crate) fn literal(constant: &Constant) -> Const {
    match constant {
        Constant::None => Const::None,
        Constant::True => Const::True,
        Constant::False => Const::False,
        Constant::Ellipsis => Const::Ellipsis,
        Constant::Int(v) => Const::Int(*v),
        Constant::BigInt(digits) => Const::BigInt(digits.clone()),
        Constant::Float(v) => Const::Float(*v),
        Constant::Complex(im) => Const::Complex(0.0, *im),
        Constant::Str { value, .. } => Const::Str(value.clone()),
        Constant::Bytes(value) => Const::Bytes(value.clone()),
    }
}

impl Folded {
    pub(crate) fn new(debug: bool, fold_inverted_bools: bool) -> Self {
        Folded {
            values: HashMap::new(),
            debug,
            fold_inverted_bools,
            warnings: Vec::new(),
        }
    }

    /// What CPython warns of when it computes constants.
    pub(crate) fn take_warnings(&mut self) -> Vec<SyntaxWarning> {
        std::mem::take(&mut self.warnings)
    }

    /// `~True`, or None if it is not to be computed.
    fn inverted_bool(&mut self, value: &Const, range: Range) -> Option<Const> {
        if !self.fold_inverted_bools {
            return None;
        }
        self.warnings.push(SyntaxWarning {
            category: WarningCategory::Deprecation,
            msg: INVERTED_BOOL.to_owned(),
            lineno: 0,
            range,
            finder: WarningFinder::Folding,
        });
        arith::unary(UnaryOp::Invert, value)
    }

    /// The value of an expression that is not a literal itself.
    pub(crate) fn get(&self, expr: &Expr) -> Option<&Const> {
        self.values.get(&key(expr))
    }

    /// True if the expression is a literal or folds to a constant.
    pub(crate) fn is_constant(&self, expr: &Expr) -> bool {
        matches!(expr.kind, ExprKind::Constant(_)) || self.values.contains_key(&key(expr))
    }

    /// The value of a constant expression.
    pub(crate) fn value(&self, expr: &Expr) -> Option<Const> {
        match &expr.kind {
            ExprKind::Constant(c) => Some(literal(c)),
            _ => self.get(expr).cloned(),
        }
    }

    /// The values of constant expressions, if all are.
    pub(crate) fn values(&self, exprs: &[Expr]) -> Option<Box<[Const]>> {
        if !exprs.iter().all(|e| self.is_constant(e)) {
            return None;
        }
        exprs.iter().map(|e| self.value(e)).collect()
    }

    /// Folds an expression whose children were noted before.
    pub(crate) fn note(&mut self, expr: &Expr) {
        let value = match &expr.kind {
            ExprKind::BinOp { left, op, right } => {
                match (self.operand(left), self.operand(right)) {
                    (Some(l), Some(r)) => {
                        let value = arith::binary(*op, &l, &r);
                        self.settle(value.is_some(), [(&**left, l), (&**right, r)]);
                        value
                    }
                    (Some(l), None) => {
                        self.settle(false, [(&**left, l)]);
                        None
                    }
                    (None, Some(r)) => {
                        self.settle(false, [(&**right, r)]);
                        None
                    }
                    (None, None) => None,
                }
            }
            ExprKind::UnaryOp { op, operand } => match self.operand(operand) {
                Some(v) => {
                    let value = match op {
                        UnaryOp::Not => Some(arith::boolean(!truth(&v))),
                        UnaryOp::Invert if matches!(v, Const::True | Const::False) => {
                            self.inverted_bool(&v, expr.range)
                        }
                        _ => arith::unary(*op, &v),
                    };
                    self.settle(value.is_some(), [(&**operand, v)]);
                    value
                }
                None => None,
            },
            ExprKind::Tuple {
                elts,
                ctx: ExprContext::Load,
                ..
            } => {
                if !elts.iter().all(|e| self.is_constant(e)) {
                    None
                } else {
                    let items = elts.iter().filter_map(|e| self.operand(e)).collect();
                    Some(Const::Tuple(items))
                }
            }
            ExprKind::Subscript {
                value,
                slice,
                ctx: ExprContext::Load,
            } => {
                if !self.is_constant(value) || !self.is_constant(slice) {
                    None
                } else {
                    match (self.value(value), self.value(slice)) {
                        (Some(v), Some(s)) => sequence::item(&v, &s),
                        _ => None,
                    }
                }
            }
            ExprKind::Name {
                id,
                ctx: ExprContext::Load,
            } if &**id == "__debug__" => Some(arith::boolean(self.debug)),
            _ => None,
        };
        if let Some(value) = value {
            self.values.insert(key(expr), value);
        }
    }

    /// Takes the value of an operand out of the table.
    fn operand(&mut self, expr: &Expr) -> Option<Const> {
        match &expr.kind {
            ExprKind::Constant(c) => Some(literal(c)),
            _ => self.values.remove(&key(expr)),
        }
    }

    /// Puts operands back if their parent did not fold.
    fn settle<const N: usize>(&mut self, folded: bool, operands: [(&Expr, Const); N]) {
        if folded {
            return;
        }
        for (expr, value) in operands {
            if !matches!(expr.kind, ExprKind::Constant(_)) {
                self.values.insert(key(expr), value);
            }
        }
    }
}

/// The truth value of a constant.
pub(crate) fn truth(value: &Const) -> bool {
    match value {
        Const::None | Const::False => false,
        Const::True | Const::Ellipsis | Const::BigInt(_) | Const::Code(_) => true,
        Const::Int(v) => *v != 0,
        Const::Float(v) => *v != 0.0,
        Const::Complex(re, im) => *re != 0.0 || *im != 0.0,
        Const::Str(v) => !v.is_empty(),
        Const::Bytes(v) => !v.is_empty(),
        Const::Tuple(v) | Const::FrozenSet(v) => !v.is_empty(),
    }
}

/// The constant `frozenset` of constant items: equal ones once.
pub(crate) fn frozen_set(items: Box<[Const]>) -> Const {
    let mut seen = std::collections::HashSet::new();
    let kept = items
        .into_vec()
        .into_iter()
        .filter(|item| seen.insert(arith::equality_key(item)))
        .collect();
    Const::FrozenSet(kept)
}
