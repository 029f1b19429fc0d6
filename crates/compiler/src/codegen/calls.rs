//! Calls.

use std::collections::HashSet;

use bytecode::{Const, Location, Opcode};
use syntax::ast::{Expr, ExprContext, ExprKind, Keyword};

use super::displays::Display;
use super::{Compiler, STACK_USE_GUIDELINE};
use crate::report::Res;
use crate::symtable::{SymbolTable, flag};

fn has_star(args: &[Expr], keywords: &[Keyword]) -> bool {
    args.iter()
        .any(|a| matches!(a.kind, ExprKind::Starred { .. }))
        || keywords.iter().any(|k| k.arg.is_none())
}

impl<'a> Compiler<'a> {
    pub(super) fn call(
        &mut self,
        expr: &'a Expr,
        func: &'a Expr,
        args: &'a [Expr],
        keywords: &'a [Keyword],
    ) -> Res {
        self.validate_keywords(keywords)?;
        if self.method_call(expr, func, args, keywords)? {
            return Ok(());
        }
        self.check_called(func);
        self.expr(func)?;
        // NULL belongs to the line that the callable ends on.
        let last = self.unit.code.instrs.last().map(|i| i.loc);
        let at = last.filter(|l| l.line >= 0);
        let at = at.unwrap_or_else(|| self.at(func.range));
        self.emit(at, Opcode::PUSH_NULL, 0);
        let loc = self.at(expr.range);
        self.call_with(loc, 0, args, None, keywords)
    }

    /// `object.name(…)` without the bound method.
    fn method_call(
        &mut self,
        expr: &'a Expr,
        func: &'a Expr,
        args: &'a [Expr],
        keywords: &'a [Keyword],
    ) -> Res<bool> {
        let ExprKind::Attribute {
            value,
            attr,
            ctx: ExprContext::Load,
        } = &func.kind
        else {
            return Ok(false);
        };
        // A function of an imported module is no method.
        if let ExprKind::Name { id, .. } = &value.kind
            && self.table.scope(SymbolTable::TOP).flags(id) & flag::IMPORT != 0
        {
            return Ok(false);
        }
        let size = args.len() + keywords.len() + usize::from(!keywords.is_empty());
        if size >= STACK_USE_GUIDELINE || has_star(args, keywords) {
            return Ok(false);
        }
        let meth_loc = self.at(func.range);
        let at = self.attribute_loc(meth_loc, func.range, attr);
        if !self.super_attribute(meth_loc, func, true)? {
            self.expr(value)?;
            self.load_attr(at, &attr.id, true);
        }
        self.exprs(args)?;
        let call_loc = self.attribute_loc(self.at(expr.range), func.range, attr);
        self.keyword_values_and_call(at, call_loc, args.len() as u32, keywords)?;
        Ok(true)
    }

    /// Pushes named arguments and calls; `count` values were pushed by position.
    fn keyword_values_and_call(
        &mut self,
        names_loc: Location,
        loc: Location,
        count: u32,
        keywords: &'a [Keyword],
    ) -> Res {
        if keywords.is_empty() {
            self.emit(loc, Opcode::CALL, count);
            return Ok(());
        }
        for keyword in keywords {
            self.expr(&keyword.value)?;
        }
        let names = keywords.iter().filter_map(|k| k.arg.as_ref());
        let names = names.map(|n| Const::str(&n.id)).collect();
        self.load_const(names_loc, Const::Tuple(names));
        self.emit(loc, Opcode::CALL_KW, count + keywords.len() as u32);
        Ok(())
    }

    fn validate_keywords(&self, keywords: &[Keyword]) -> Res {
        let mut seen = HashSet::with_capacity(keywords.len());
        let mut repeated = None;
        for keyword in keywords {
            let Some(name) = &keyword.arg else {
                continue;
            };
            self.forbid_name(self.at(keyword.range), &name.id, ExprContext::Store)?;
            if !seen.insert(&*name.id) && repeated.is_none() {
                repeated = Some((keyword.range, &name.id));
            }
        }
        match repeated {
            Some((range, name)) => self.error(range, format!("keyword argument repeated: {name}")),
            None => Ok(()),
        }
    }

    /// Calls what lies on the stack (callable, NULL and `pushed` arguments) with more arguments.
    /// `extra` is the name of a last argument by position.
    pub(super) fn call_with(
        &mut self,
        loc: Location,
        pushed: u32,
        args: &'a [Expr],
        extra: Option<&str>,
        keywords: &'a [Keyword],
    ) -> Res {
        self.validate_keywords(keywords)?;
        let positional = args.len() + usize::from(extra.is_some());
        if positional + keywords.len() * 2 <= STACK_USE_GUIDELINE && !has_star(args, keywords) {
            self.exprs(args)?;
            extra
                .iter()
                .try_for_each(|name| self.load_name(loc, name))?;
            let count = pushed + positional as u32;
            return self.keyword_values_and_call(loc, loc, count, keywords);
        }
        match args {
            [
                Expr {
                    kind: ExprKind::Starred { value, .. },
                    ..
                },
            ] if pushed == 0 && extra.is_none() => self.expr(value)?,
            _ => self.sequence(loc, args, extra, pushed, Display::Tuple)?,
        }
        if !keywords.is_empty() {
            self.keyword_dict(loc, keywords)?;
        }
        let flags = u32::from(!keywords.is_empty());
        self.emit(loc, Opcode::CALL_FUNCTION_EX, flags);
        Ok(())
    }

    /// A dict of all named arguments and mappings.
    fn keyword_dict(&mut self, loc: Location, keywords: &'a [Keyword]) -> Res {
        let mut have_dict = false;
        let mut seen = 0;
        for (i, keyword) in keywords.iter().enumerate() {
            if keyword.arg.is_some() {
                seen += 1;
                continue;
            }
            if seen > 0 {
                self.some_keywords(loc, &keywords[i - seen..i])?;
                if have_dict {
                    self.emit(loc, Opcode::DICT_MERGE, 1);
                }
                have_dict = true;
                seen = 0;
            }
            if !have_dict {
                self.emit(loc, Opcode::BUILD_MAP, 0);
                have_dict = true;
            }
            self.expr(&keyword.value)?;
            self.emit(loc, Opcode::DICT_MERGE, 1);
        }
        if seen > 0 {
            self.some_keywords(loc, &keywords[keywords.len() - seen..])?;
            if have_dict {
                self.emit(loc, Opcode::DICT_MERGE, 1);
            }
        }
        Ok(())
    }

    fn some_keywords(&mut self, loc: Location, keywords: &'a [Keyword]) -> Res {
        let n = keywords.len();
        let big = n * 2 > STACK_USE_GUIDELINE;
        let name = |k: &Keyword| k.arg.as_ref().map_or(Const::None, |n| Const::str(&n.id));
        if n > 1 && !big {
            for keyword in keywords {
                self.expr(&keyword.value)?;
            }
            let names = keywords.iter().map(name).collect();
            self.load_const(loc, Const::Tuple(names));
            self.emit(loc, Opcode::BUILD_CONST_KEY_MAP, n as u32);
            return Ok(());
        }
        if big {
            self.emit(Location::NONE, Opcode::BUILD_MAP, 0);
        }
        for keyword in keywords {
            self.load_const(loc, name(keyword));
            self.expr(&keyword.value)?;
            if big {
                self.emit(Location::NONE, Opcode::MAP_ADD, 1);
            }
        }
        if !big {
            self.emit(loc, Opcode::BUILD_MAP, n as u32);
        }
        Ok(())
    }
}
