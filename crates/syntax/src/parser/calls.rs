//! Argument and parameter lists: from the flat lists of the grammar to the fields of the nodes.

use super::builder::{Argument, Builder, Built, Failure, Param};
use crate::ast::*;

impl Builder<'_> {
    /// `func(args)`; `open` is the offset of the parenthesis.
    pub(super) fn call(
        &self,
        l: u32,
        func: Expr,
        open: u32,
        args: Option<Vec<Argument>>,
        r: u32,
    ) -> Built<Expr> {
        let mut args = args.unwrap_or_default();
        // The parentheses of the call are those of its only generator expression, unless a comma
        // follows.
        if let [Argument::Generator(generator)] = &mut args[..] {
            if self
                .slice(generator.range.end, r)
                .trim_end_matches(')')
                .contains(',')
                && self.comma_follows(generator.range.end)
            {
                return Err(Failure::Reject(generator.range));
            }
            generator.range = Range::new(open, r);
            let Some(Argument::Generator(generator)) = args.pop() else {
                return Err(Failure::Reject(Range::new(l, r)));
            };
            return Ok(self.make_call(l, func, vec![generator], Vec::new(), r));
        }
        let (args, keywords) = arguments(args)?;
        Ok(self.make_call(l, func, args, keywords, r))
    }

    fn comma_follows(&self, offset: u32) -> bool {
        let next = self.tokens.partition_point(|t| t.start < offset);
        self.tokens
            .get(next)
            .is_some_and(|t| t.kind == crate::token::Tok::Comma)
    }

    fn make_call(
        &self,
        l: u32,
        func: Expr,
        args: Vec<Expr>,
        keywords: Vec<Keyword>,
        r: u32,
    ) -> Expr {
        self.expr(
            l,
            ExprKind::Call {
                func: Box::new(func),
                args,
                keywords,
            },
            r,
        )
    }

    pub(super) fn class(
        &self,
        name: Name,
        type_params: Option<Vec<TypeParam>>,
        args: Option<Vec<Argument>>,
        body: Vec<Stmt>,
    ) -> Built<StmtKind> {
        let (bases, keywords) = arguments(args.unwrap_or_default())?;
        Ok(StmtKind::ClassDef(Box::new(ClassDef {
            name,
            bases,
            keywords,
            body,
            decorator_list: Vec::new(),
            type_params: type_params.unwrap_or_default(),
        })))
    }

    pub(super) fn function(&self, mut f: Box<FunctionDef>, is_async: bool) -> StmtKind {
        f.is_async = is_async;
        StmtKind::FunctionDef(f)
    }

    pub(super) fn decorate(&self, decorators: Vec<Expr>, mut definition: Stmt) -> Stmt {
        match &mut definition.kind {
            StmtKind::FunctionDef(f) => f.decorator_list = decorators,
            StmtKind::ClassDef(c) => c.decorator_list = decorators,
            _ => {}
        }
        definition
    }

    pub(super) fn plain_arg(&self, name: Name) -> Box<Arg> {
        Box::new(Arg {
            arg: name.id,
            annotation: None,
            range: name.range,
            type_comment: None,
        })
    }

    /// `*args: *annotation`.
    pub(super) fn star_annotation(&self, l: u32, name: Name, s: u32, e: Expr, r: u32) -> Param {
        // The star stands before the expression, perhaps with blanks between.
        let star = self.tokens.partition_point(|t| t.start < s) - 1;
        let star = self.tokens[star].start;
        let annotation = Some(Box::new(self.starred(star, e, r)));
        Param::Star(Some(Box::new(Arg {
            arg: name.id,
            annotation,
            range: Range::new(l, r),
            type_comment: None,
        })))
    }

    /// Sorts parameters into their kinds.
    pub(super) fn parameters(&self, params: Option<Vec<Param>>) -> Built<Arguments> {
        let mut out = Arguments::default();
        let mut star = false;
        let mut done = false;
        for param in params.unwrap_or_default() {
            let reject = |range| Err(Failure::Reject(range));
            if done {
                return reject(out.kwarg.map_or(Range::default(), |k| k.range));
            }
            match param {
                Param::Plain(arg, default) if star => {
                    out.kwonlyargs.push(*arg);
                    out.kw_defaults.push(default.map(|d| *d));
                }
                Param::Plain(arg, default) => {
                    match default {
                        Some(default) => out.defaults.push(*default),
                        None if !out.defaults.is_empty() => return reject(arg.range),
                        None => {}
                    }
                    out.args.push(*arg);
                }
                Param::Slash => {
                    if star || !out.posonlyargs.is_empty() || out.args.is_empty() {
                        return reject(Range::default());
                    }
                    out.posonlyargs = std::mem::take(&mut out.args);
                }
                Param::Star(arg) => {
                    if star {
                        return reject(Range::default());
                    }
                    star = true;
                    out.vararg = arg;
                }
                Param::DoubleStar(arg) => {
                    done = true;
                    out.kwarg = Some(arg);
                }
            }
        }
        if star && out.vararg.is_none() && out.kwonlyargs.is_empty() {
            return Err(Failure::Reject(Range::default()));
        }
        Ok(out)
    }
}

/// Sorts arguments into positional and keyword ones, and checks their order.
fn arguments(list: Vec<Argument>) -> Built<(Vec<Expr>, Vec<Keyword>)> {
    let mut args = Vec::new();
    let mut keywords: Vec<Keyword> = Vec::new();
    let mut unpacked = false;
    for argument in list {
        match argument {
            Argument::Positional(e) => {
                let starred = matches!(e.kind, ExprKind::Starred { .. });
                if unpacked || (!keywords.is_empty() && !starred) {
                    return Err(Failure::Reject(e.range));
                }
                args.push(e);
            }
            Argument::Generator(e) => return Err(Failure::Reject(e.range)),
            Argument::Keyword(k) => {
                unpacked |= k.arg.is_none();
                keywords.push(k);
            }
        }
    }
    Ok((args, keywords))
}
