//! Expressions back to text, for annotations that are not evaluated
//! (`from __future__ import annotations`).
//!
//! Recursion is as deep as the tree; the symbol table's walk has rejected trees that are too deep.

use bytecode::{Const, Wtf8, repr};
use syntax::ast::{
    Arg, Arguments, BoolOp, CmpOp, Comprehension, Constant, Conversion, Expr, ExprKind, Keyword,
    Operator, UnaryOp,
};

use crate::fold::literal;

/// How tightly an expression binds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Level(u8);

const TUPLE: Level = Level(0);
const TEST: Level = Level(1);
const OR: Level = Level(2);
const AND: Level = Level(3);
const NOT: Level = Level(4);
const CMP: Level = Level(5);
const EXPR: Level = Level(6);
const BIT_XOR: Level = Level(7);
const BIT_AND: Level = Level(8);
const SHIFT: Level = Level(9);
const ARITH: Level = Level(10);
const TERM: Level = Level(11);
const FACTOR: Level = Level(12);
const POWER: Level = Level(13);
const AWAIT: Level = Level(14);
const ATOM: Level = Level(15);

impl Level {
    fn tighter(self) -> Level {
        Level(self.0 + 1)
    }
}

/// The text of an expression.
pub fn unparse(expr: &Expr) -> Wtf8 {
    let mut writer = Writer { out: Wtf8::new() };
    writer.expr(expr, TEST);
    writer.out
}

struct Writer {
    out: Wtf8,
}

impl Writer {
    fn text(&mut self, text: &str) {
        self.out.push_str(text);
    }

    /// Writes in parentheses if `level` binds more tightly than what is written.
    fn parens(&mut self, needed: bool, write: impl FnOnce(&mut Self)) {
        if needed {
            self.text("(");
        }
        write(self);
        if needed {
            self.text(")");
        }
    }

    fn list<T>(&mut self, items: &[T], mut write: impl FnMut(&mut Self, &T)) {
        for (i, item) in items.iter().enumerate() {
            if i > 0 {
                self.text(", ");
            }
            write(self, item);
        }
    }

    fn exprs(&mut self, exprs: &[Expr]) {
        self.list(exprs, |w, e| w.expr(e, TEST));
    }

    fn bracketed(&mut self, open: &str, exprs: &[Expr], close: &str) {
        self.text(open);
        self.exprs(exprs);
        self.text(close);
    }

    fn expr(&mut self, expr: &Expr, level: Level) {
        match &expr.kind {
            ExprKind::BoolOp { op, values } => {
                let (own, text) = match op {
                    BoolOp::And => (AND, " and "),
                    BoolOp::Or => (OR, " or "),
                };
                self.parens(level > own, |w| {
                    for (i, value) in values.iter().enumerate() {
                        if i > 0 {
                            w.text(text);
                        }
                        w.expr(value, own.tighter());
                    }
                });
            }
            ExprKind::NamedExpr { target, value } => self.parens(level > TUPLE, |w| {
                w.expr(target, ATOM);
                w.text(" := ");
                w.expr(value, ATOM);
            }),
            ExprKind::BinOp { left, op, right } => {
                let (own, text) = operator(*op);
                let to_right = *op == Operator::Pow;
                let inner = |tighter: bool| if tighter { own.tighter() } else { own };
                self.parens(level > own, |w| {
                    w.expr(left, inner(to_right));
                    w.text(text);
                    w.expr(right, inner(!to_right));
                });
            }
            ExprKind::UnaryOp { op, operand } => {
                let (own, text) = match op {
                    UnaryOp::Invert => (FACTOR, "~"),
                    UnaryOp::Not => (NOT, "not "),
                    UnaryOp::UAdd => (FACTOR, "+"),
                    UnaryOp::USub => (FACTOR, "-"),
                };
                self.parens(level > own, |w| {
                    w.text(text);
                    w.expr(operand, own);
                });
            }
            ExprKind::Lambda { args, body } => self.parens(level > TEST, |w| {
                let positional = !args.posonlyargs.is_empty() || !args.args.is_empty();
                w.text(if positional { "lambda " } else { "lambda" });
                w.arguments(args);
                w.text(": ");
                w.expr(body, TEST);
            }),
            ExprKind::IfExp { test, body, orelse } => self.parens(level > TEST, |w| {
                w.expr(body, TEST.tighter());
                w.text(" if ");
                w.expr(test, TEST.tighter());
                w.text(" else ");
                w.expr(orelse, TEST);
            }),
            ExprKind::Dict { keys, values } => self.dict(keys, values),
            ExprKind::Set { elts } => self.bracketed("{", elts, "}"),
            ExprKind::ListComp { elt, generators } => {
                self.comprehension("[", elt, None, generators, "]");
            }
            ExprKind::SetComp { elt, generators } => {
                self.comprehension("{", elt, None, generators, "}");
            }
            ExprKind::DictComp {
                key,
                value,
                generators,
            } => self.comprehension("{", key, Some(value), generators, "}"),
            ExprKind::GeneratorExp { elt, generators } => {
                self.comprehension("(", elt, None, generators, ")");
            }
            ExprKind::Await { value } => self.parens(level > AWAIT, |w| {
                w.text("await ");
                w.expr(value, ATOM);
            }),
            ExprKind::Yield { value: None } => self.text("(yield)"),
            ExprKind::Yield { value: Some(value) } => {
                self.text("(yield ");
                self.expr(value, TEST);
                self.text(")");
            }
            ExprKind::YieldFrom { value } => {
                self.text("(yield from ");
                self.expr(value, TEST);
                self.text(")");
            }
            ExprKind::Compare {
                left,
                ops,
                comparators,
            } => self.parens(level > CMP, |w| {
                w.expr(left, CMP.tighter());
                for (op, comparator) in ops.iter().zip(comparators) {
                    w.text(comparison(*op));
                    w.expr(comparator, CMP.tighter());
                }
            }),
            ExprKind::Call {
                func,
                args,
                keywords,
            } => {
                self.expr(func, ATOM);
                self.call_arguments(args, keywords);
            }
            ExprKind::FormattedValue { .. } | ExprKind::JoinedStr { .. } => {
                let mut body = Writer { out: Wtf8::new() };
                body.format_part(expr);
                self.text("f");
                let quoted = repr::string(&body.out);
                self.text(&quoted);
            }
            ExprKind::Constant(constant) => self.constant(constant),
            ExprKind::Attribute { value, attr, .. } => {
                self.expr(value, ATOM);
                let int = matches!(
                    &value.kind,
                    ExprKind::Constant(Constant::Int(_) | Constant::BigInt(_))
                );
                self.text(if int { " ." } else { "." });
                self.text(&attr.id);
            }
            ExprKind::Subscript { value, slice, .. } => {
                self.expr(value, ATOM);
                self.text("[");
                self.expr(slice, TUPLE);
                self.text("]");
            }
            ExprKind::Starred { value, .. } => {
                self.text("*");
                self.expr(value, EXPR);
            }
            ExprKind::Name { id, .. } => self.text(id),
            ExprKind::List { elts, .. } => self.bracketed("[", elts, "]"),
            ExprKind::Tuple { elts, .. } if elts.is_empty() => self.text("()"),
            ExprKind::Tuple { elts, .. } => self.parens(level > TUPLE, |w| {
                w.exprs(elts);
                if elts.len() == 1 {
                    w.text(",");
                }
            }),
            ExprKind::Slice { lower, upper, step } => {
                if let Some(lower) = lower {
                    self.expr(lower, TEST);
                }
                self.text(":");
                if let Some(upper) = upper {
                    self.expr(upper, TEST);
                }
                if let Some(step) = step {
                    self.text(":");
                    self.expr(step, TEST);
                }
            }
        }
    }

    fn dict(&mut self, keys: &[Option<Expr>], values: &[Expr]) {
        self.text("{");
        for (i, (key, value)) in keys.iter().zip(values).enumerate() {
            if i > 0 {
                self.text(", ");
            }
            match key {
                Some(key) => {
                    self.expr(key, TEST);
                    self.text(": ");
                    self.expr(value, TEST);
                }
                None => {
                    self.text("**");
                    self.expr(value, EXPR);
                }
            }
        }
        self.text("}");
    }

    fn call_arguments(&mut self, args: &[Expr], keywords: &[Keyword]) {
        if let ([only], []) = (args, keywords)
            && matches!(only.kind, ExprKind::GeneratorExp { .. })
        {
            // It has parentheses of its own.
            return self.expr(only, TEST);
        }
        self.text("(");
        self.exprs(args);
        for (i, keyword) in keywords.iter().enumerate() {
            if i > 0 || !args.is_empty() {
                self.text(", ");
            }
            match &keyword.arg {
                Some(name) => {
                    self.text(&name.id);
                    self.text("=");
                }
                None => self.text("**"),
            }
            self.expr(&keyword.value, TEST);
        }
        self.text(")");
    }

    fn constant(&mut self, constant: &Constant) {
        match constant {
            Constant::Ellipsis => return self.text("..."),
            Constant::Str { u_prefix: true, .. } => self.text("u"),
            _ => {}
        }
        let value = literal(constant);
        let mut text = repr::constant(&value);
        // Infinity has no literal.
        if matches!(value, Const::Float(_) | Const::Complex(..)) {
            text = text.replace("inf", "1e309");
        }
        self.text(&text);
    }

    fn comprehension(
        &mut self,
        open: &str,
        elt: &Expr,
        value: Option<&Expr>,
        generators: &[Comprehension],
        close: &str,
    ) {
        self.text(open);
        self.expr(elt, TEST);
        if let Some(value) = value {
            self.text(": ");
            self.expr(value, TEST);
        }
        for generator in generators {
            self.text(if generator.is_async {
                " async for "
            } else {
                " for "
            });
            self.expr(&generator.target, TUPLE);
            self.text(" in ");
            self.expr(&generator.iter, TEST.tighter());
            for condition in &generator.ifs {
                self.text(" if ");
                self.expr(condition, TEST.tighter());
            }
        }
        self.text(close);
    }

    fn arg(&mut self, arg: &Arg) {
        self.text(&arg.arg);
        if let Some(annotation) = &arg.annotation {
            self.text(": ");
            self.expr(annotation, TEST);
        }
    }

    fn arguments(&mut self, args: &Arguments) {
        let mut first = true;
        let mut comma = |w: &mut Self| {
            if !std::mem::take(&mut first) {
                w.text(", ");
            }
        };
        let positional = args.posonlyargs.len() + args.args.len();
        let without_default = positional.saturating_sub(args.defaults.len());
        for (i, arg) in args.posonlyargs.iter().chain(&args.args).enumerate() {
            comma(self);
            self.arg(arg);
            if let Some(default) = i
                .checked_sub(without_default)
                .and_then(|d| args.defaults.get(d))
            {
                self.text("=");
                self.expr(default, TEST);
            }
            if i + 1 == args.posonlyargs.len() {
                self.text(", /");
            }
        }
        if args.vararg.is_some() || !args.kwonlyargs.is_empty() {
            comma(self);
            self.text("*");
            if let Some(arg) = &args.vararg {
                self.arg(arg);
            }
        }
        for (arg, default) in args.kwonlyargs.iter().zip(&args.kw_defaults) {
            comma(self);
            self.arg(arg);
            if let Some(default) = default {
                self.text("=");
                self.expr(default, TEST);
            }
        }
        if let Some(arg) = &args.kwarg {
            comma(self);
            self.text("**");
            self.arg(arg);
        }
    }

    /// A part of an f-string, without its quotes.
    fn format_part(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::Constant(Constant::Str { value, .. }) => {
                for c in value.code_points() {
                    // Braces are doubled.
                    if c == u32::from('{') || c == u32::from('}') {
                        self.out.push_code_point(c);
                    }
                    self.out.push_code_point(c);
                }
            }
            ExprKind::JoinedStr { values } => values.iter().for_each(|v| self.format_part(v)),
            ExprKind::FormattedValue {
                value,
                conversion,
                format_spec,
            } => {
                let mut inner = Writer { out: Wtf8::new() };
                inner.expr(value, TEST.tighter());
                // `{{` would be a brace.
                let brace = inner.out.as_bytes().first() == Some(&b'{');
                self.text(if brace { "{ " } else { "{" });
                self.out.push_wtf8(&inner.out);
                self.text(match conversion {
                    Conversion::None => "",
                    Conversion::Str => "!s",
                    Conversion::Repr => "!r",
                    Conversion::Ascii => "!a",
                });
                if let Some(spec) = format_spec {
                    self.text(":");
                    self.format_part(spec);
                }
                self.text("}");
            }
            _ => self.expr(expr, TEST),
        }
    }
}

fn operator(op: Operator) -> (Level, &'static str) {
    match op {
        Operator::Add => (ARITH, " + "),
        Operator::Sub => (ARITH, " - "),
        Operator::Mult => (TERM, " * "),
        Operator::MatMult => (TERM, " @ "),
        Operator::Div => (TERM, " / "),
        Operator::Mod => (TERM, " % "),
        Operator::FloorDiv => (TERM, " // "),
        Operator::LShift => (SHIFT, " << "),
        Operator::RShift => (SHIFT, " >> "),
        Operator::BitOr => (EXPR, " | "),
        Operator::BitXor => (BIT_XOR, " ^ "),
        Operator::BitAnd => (BIT_AND, " & "),
        Operator::Pow => (POWER, " ** "),
    }
}

fn comparison(op: CmpOp) -> &'static str {
    match op {
        CmpOp::Eq => " == ",
        CmpOp::NotEq => " != ",
        CmpOp::Lt => " < ",
        CmpOp::LtE => " <= ",
        CmpOp::Gt => " > ",
        CmpOp::GtE => " >= ",
        CmpOp::Is => " is ",
        CmpOp::IsNot => " is not ",
        CmpOp::In => " in ",
        CmpOp::NotIn => " not in ",
    }
}
