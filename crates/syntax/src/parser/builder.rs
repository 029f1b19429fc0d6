//! What the grammar's actions call to build nodes.

use crate::ast::*;
use crate::error::{SyntaxError, SyntaxErrorKind, SyntaxWarning};
use crate::lexer::buffered_line;
use crate::literal::number;
use crate::source::{Position, Source};
use crate::token::Token;
use crate::{Mode, ParseOptions};
use std::cell::{Cell, RefCell};
use unicode_normalization::UnicodeNormalization as _;

/// Why an action refuses what the grammar accepted.
#[derive(Clone, Debug)]
pub(crate) enum Failure {
    /// For this reason.
    Error(Box<SyntaxError>),
    /// For a reason that the diagnosis finds.
    Reject(Range),
}

pub(super) type Built<T> = Result<T, Failure>;

/// One element of an argument list.
pub(crate) enum Argument {
    /// `x` or `*x`.
    Positional(Expr),
    /// `x for …` without parentheses of its own.
    Generator(Expr),
    /// `name=x` or `**x`.
    Keyword(Keyword),
}

/// One element of a parameter list.
pub(crate) enum Param {
    Plain(Box<Arg>, Option<Box<Expr>>),
    Slash,
    Star(Option<Box<Arg>>),
    DoubleStar(Box<Arg>),
}

/// One element of a mapping pattern.
pub(crate) enum MapItem {
    Entry(Expr, Pattern),
    Rest(Name),
}

/// An `elif` with its block.
pub(crate) struct ElifPart {
    pub start: u32,
    pub test: Box<Expr>,
    pub body: Vec<Stmt>,
}

/// What stands between `with` and its colon.
pub(crate) struct WithHead {
    pub start: u32,
    pub items: Vec<WithItem>,
    /// The items stand in parentheses that are no tuple's.
    pub parenthesized: bool,
}

/// A part of an f-string.
pub(crate) enum Part {
    /// Text that is decoded when the prefix is known.
    Text(Range),
    /// A field; with `=` its text stands before it.
    Field(Option<Expr>, Expr),
}

/// Where a replacement field and its debug text lie.
pub(crate) struct FieldTail {
    pub start: u32,
    /// Where the expression's text begins and where the token after it (and after `=`) begins.
    pub text_start: u32,
    pub text_end: u32,
    pub end: u32,
    pub debug: bool,
}

/// Builds the nodes of one source text.
pub(crate) struct Builder<'s> {
    pub(super) source: &'s Source,
    pub(super) text: &'s str,
    mode: Mode,
    warnings: RefCell<Vec<SyntaxWarning>>,
    pub(super) tokens: &'s [Token],
    pub(super) options: ParseOptions,
    /// The token that was read last.
    pub(super) last: Cell<Option<Token>>,
}

impl<'s> Builder<'s> {
    pub(super) fn new(
        source: &'s Source,
        mode: Mode,
        options: ParseOptions,
        tokens: &'s [Token],
    ) -> Self {
        let text = source.text();
        Builder {
            source,
            text,
            mode,
            warnings: RefCell::default(),
            tokens,
            options,
            last: Cell::new(None),
        }
    }

    pub(super) fn into_warnings(self) -> Vec<SyntaxWarning> {
        self.warnings.into_inner()
    }

    pub(super) fn warn(&self, warning: SyntaxWarning) {
        self.warnings.borrow_mut().push(warning);
    }

    /// True if something that begins at this place was warned of.
    pub(super) fn has_warned_at(&self, start: u32) -> bool {
        let warnings = self.warnings.borrow();
        warnings.iter().any(|w| w.range.start == start)
    }

    pub(super) fn slice(&self, l: u32, r: u32) -> &'s str {
        &self.text[l as usize..r as usize]
    }

    /// An error at a range, as CPython's parser reports it.
    pub(super) fn error(&self, range: Range, msg: impl Into<String>) -> Failure {
        let start = self.source.position(range.start);
        let mut end = self.source.position(range.end);
        let text = buffered_line(self.source, self.mode, self.tokens, start.line);
        // A newline is a character wide, even one that is missing; a comment before it is a
        // part of it.
        let slice = self.slice(range.start, range.end);
        if slice.is_empty() || slice.ends_with('\n') {
            let width = slice.trim_end_matches('\n').len() as u32 + 1;
            end = Position {
                column: start.column + width,
                ..start
            };
        }
        if slice.is_empty() && self.mode != Mode::Exec && self.text.len() == range.end as usize {
            // CPython knows where its lexer stands only.
            return Failure::Error(Box::new(SyntaxError {
                kind: SyntaxErrorKind::Syntax,
                msg: msg.into(),
                lineno: start.line as i32,
                offset: self.source.error_offset(&text, start.column) - 1,
                end_lineno: start.line as i32,
                end_offset: -1,
                text: Some(text),
            }));
        }
        Failure::Error(Box::new(SyntaxError {
            kind: SyntaxErrorKind::Syntax,
            msg: msg.into(),
            lineno: start.line as i32,
            offset: self.source.error_offset(&text, start.column),
            end_lineno: end.line as i32,
            end_offset: self.source.error_offset(&text, end.column),
            text: Some(text),
        }))
    }

    /// Appends to a list.
    pub(super) fn push<T>(&self, mut list: Vec<T>, item: T) -> Vec<T> {
        list.push(item);
        list
    }

    pub(super) fn expr(&self, l: u32, kind: ExprKind, r: u32) -> Expr {
        Expr {
            kind,
            range: Range::new(l, r),
        }
    }

    /// An identifier, normalised.
    pub(super) fn name(&self, l: u32, r: u32) -> Name {
        let text = self.slice(l, r);
        let id = if text.is_ascii() {
            text.into()
        } else {
            text.nfkc().collect::<String>().into()
        };
        Name {
            id,
            range: Range::new(l, r),
        }
    }

    /// `a.b.c` of an import; blanks between its parts do not count.
    pub(super) fn dotted_name(&self, l: u32, r: u32) -> Name {
        let text = self.slice(l, r);
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '.';
        if text.chars().all(plain) {
            return Name {
                id: text.into(),
                range: Range::new(l, r),
            };
        }
        let first = self.tokens.partition_point(|t| t.start < l);
        let parts = self.tokens[first..].iter().take_while(|t| t.start < r);
        let id: String = parts
            .flat_map(|t| self.slice(t.start, t.end).nfkc())
            .collect();
        Name {
            id: id.into(),
            range: Range::new(l, r),
        }
    }

    pub(super) fn alias(&self, name: Name, asname: Option<Name>) -> Alias {
        let end = asname.as_ref().map_or(name.range, |n| n.range);
        Alias {
            range: name.range.cover(end),
            name: name.id,
            asname: asname.map(|n| n.id),
        }
    }

    pub(super) fn load(&self, name: Name) -> Expr {
        Expr {
            kind: ExprKind::Name {
                id: name.id,
                ctx: ExprContext::Load,
            },
            range: name.range,
        }
    }

    pub(super) fn store_name(&self, name: Name) -> Expr {
        Expr {
            kind: ExprKind::Name {
                id: name.id,
                ctx: ExprContext::Store,
            },
            range: name.range,
        }
    }

    pub(super) fn attribute(&self, l: u32, value: Expr, attr: Name, r: u32) -> Expr {
        let value = Box::new(value);
        self.expr(
            l,
            ExprKind::Attribute {
                value,
                attr,
                ctx: ExprContext::Load,
            },
            r,
        )
    }

    pub(super) fn starred(&self, l: u32, value: Expr, r: u32) -> Expr {
        self.expr(
            l,
            ExprKind::Starred {
                value: Box::new(value),
                ctx: ExprContext::Load,
            },
            r,
        )
    }

    pub(super) fn tuple(&self, l: u32, elts: Vec<Expr>, r: u32) -> Expr {
        let ctx = ExprContext::Load;
        self.expr(
            l,
            ExprKind::Tuple {
                elts,
                ctx,
                parenthesized: false,
            },
            r,
        )
    }

    pub(super) fn paren_tuple(&self, l: u32, elts: Vec<Expr>, r: u32) -> Expr {
        let ctx = ExprContext::Load;
        self.expr(
            l,
            ExprKind::Tuple {
                elts,
                ctx,
                parenthesized: true,
            },
            r,
        )
    }

    pub(super) fn list(&self, l: u32, elts: Vec<Expr>, r: u32) -> Expr {
        self.expr(
            l,
            ExprKind::List {
                elts,
                ctx: ExprContext::Load,
            },
            r,
        )
    }

    /// A single expression where a starred one is not allowed alone.
    pub(super) fn group(&self, e: Expr) -> Built<Expr> {
        match e.kind {
            ExprKind::Starred { .. } => Err(Failure::Reject(e.range)),
            _ => Ok(e),
        }
    }

    /// An expression list without starred elements.
    pub(super) fn plain(&self, e: Expr) -> Built<Expr> {
        if let ExprKind::Tuple {
            elts,
            parenthesized: false,
            ..
        } = &e.kind
            && let Some(bad) = elts
                .iter()
                .find(|e| matches!(e.kind, ExprKind::Starred { .. }))
        {
            return Err(Failure::Reject(bad.range));
        }
        self.group(e)
    }

    pub(super) fn constant(&self, l: u32, value: Constant, r: u32) -> Expr {
        self.expr(l, ExprKind::Constant(value), r)
    }

    pub(super) fn unary(&self, l: u32, op: UnaryOp, operand: Expr, r: u32) -> Expr {
        self.expr(
            l,
            ExprKind::UnaryOp {
                op,
                operand: Box::new(operand),
            },
            r,
        )
    }

    pub(super) fn binary(&self, l: u32, x: Expr, op: Operator, y: Expr, r: u32) -> Expr {
        self.expr(
            l,
            ExprKind::BinOp {
                left: Box::new(x),
                op,
                right: Box::new(y),
            },
            r,
        )
    }

    pub(super) fn compare(
        &self,
        l: u32,
        left: Expr,
        (ops, comparators): (Vec<CmpOp>, Vec<Expr>),
        r: u32,
    ) -> Expr {
        self.expr(
            l,
            ExprKind::Compare {
                left: Box::new(left),
                ops,
                comparators,
            },
            r,
        )
    }

    pub(super) fn integer(&self, l: u32, r: u32) -> Built<Expr> {
        self.underscores(l, r)?;
        match number::integer(self.slice(l, r), self.options.int_digits) {
            Ok(value) => Ok(self.constant(l, value, r)),
            Err(msg) => {
                // Without columns, to spare the reader a line of thousands of digits.
                let Failure::Error(mut error) = self.error(Range::new(l, l), msg) else {
                    return Err(Failure::Reject(Range::new(l, r)));
                };
                error.offset = 0;
                error.end_offset = 0;
                Err(Failure::Error(error))
            }
        }
    }

    pub(super) fn float(&self, l: u32, r: u32) -> Built<Expr> {
        self.underscores(l, r)?;
        let value = number::float(self.slice(l, r)).ok_or(Failure::Reject(Range::new(l, r)))?;
        Ok(self.constant(l, Constant::Float(value), r))
    }

    pub(super) fn imaginary(&self, l: u32, r: u32) -> Built<Expr> {
        self.underscores(l, r)?;
        let value = number::float(self.slice(l, r - 1)).ok_or(Failure::Reject(Range::new(l, r)))?;
        Ok(self.constant(l, Constant::Complex(value), r))
    }

    /// `if` with its `elif`s, each of which is the `else` of the one before.
    pub(super) fn if_chain(
        &self,
        test: Expr,
        body: Vec<Stmt>,
        elifs: Vec<ElifPart>,
        orelse: Option<Vec<Stmt>>,
        end: u32,
    ) -> StmtKind {
        let orelse = elifs
            .into_iter()
            .rfold(orelse.unwrap_or_default(), |orelse, part| {
                vec![Stmt {
                    kind: StmtKind::If {
                        test: part.test,
                        body: part.body,
                        orelse,
                    },
                    range: Range::new(part.start, end),
                }]
            });
        StmtKind::If {
            test: Box::new(test),
            body,
            orelse,
        }
    }

    pub(super) fn type_param(&self, l: u32, kind: TypeParamKind, name: Name, r: u32) -> TypeParam {
        TypeParam {
            kind,
            name: name.id,
            range: Range::new(l, r),
        }
    }
}
