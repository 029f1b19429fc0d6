//! `match`.
//!
//! The subject lies on the stack, above it the values captured so far, above them what the
//! pattern at hand still needs.  A pattern that fails jumps to the label that pops just that
//! many; names are bound only when the whole pattern matched.

use std::collections::HashSet;

use bytecode::{Const, Location, Opcode};
use syntax::ast::{
    CmpOp, Constant, Expr, ExprKind, MatchCase, Name, Operator, Pattern, PatternKind, Range,
};

use super::Compiler;
use super::unit::{Label, Op};
use crate::fold::literal;
use crate::report::Res;

/// The state of one case.
#[derive(Clone, Default)]
struct Context<'a> {
    /// The captured names, in the order of their values on the stack.
    stores: Vec<&'a str>,
    /// A pattern that matches everything may stand here.
    allow_irrefutable: bool,
    /// `fail_pop[n]` pops n values and goes on to the next case.
    fail_pop: Vec<Label>,
    /// How many values lie above the captured ones.
    on_top: u32,
}

fn is_wildcard(pattern: &Pattern) -> bool {
    matches!(&pattern.kind, PatternKind::MatchAs { name: None, .. })
}

fn is_star_wildcard(pattern: &Pattern) -> bool {
    matches!(&pattern.kind, PatternKind::MatchStar { name: None })
}

impl<'a> Compiler<'a> {
    pub(super) fn match_stmt(&mut self, subject: &'a Expr, cases: &'a [MatchCase]) -> Res {
        self.expr(subject)?;
        let end = self.new_label();
        let Some((last, before_last)) = cases.split_last() else {
            return Ok(());
        };
        let has_default = is_wildcard(&last.pattern) && cases.len() > 1;
        let refutable = if has_default { before_last } else { cases };
        for (i, case) in refutable.iter().enumerate() {
            let is_last = i + 1 == refutable.len();
            let loc = self.at(case.pattern.range);
            if !is_last {
                self.emit(loc, Opcode::COPY, 1);
            }
            let mut context = Context {
                allow_irrefutable: case.guard.is_some() || i + 1 == cases.len(),
                ..Context::default()
            };
            self.pattern(&case.pattern, &mut context)?;
            for name in &context.stores {
                self.store_name(loc, name)?;
            }
            if let Some(guard) = &case.guard {
                self.ensure_fail_pop(&mut context, 0);
                self.jump_if(loc, guard, context.fail_pop[0], false)?;
            }
            if !is_last {
                self.emit(loc, Opcode::POP_TOP, 0);
            }
            self.stmts(&case.body)?;
            self.jump(Location::NONE, Op::Jump, end);
            // The clean-up belongs to the pattern that failed.
            self.place_fail_pops(loc, &mut context);
        }
        if has_default {
            // Shows that the default was reached.
            let loc = self.at(last.pattern.range);
            self.emit(loc, Opcode::NOP, 0);
            if let Some(guard) = &last.guard {
                self.jump_if(loc, guard, end, false)?;
            }
            self.stmts(&last.body)?;
        }
        self.place(end);
        Ok(())
    }

    fn ensure_fail_pop(&mut self, context: &mut Context<'a>, pops: u32) {
        while context.fail_pop.len() <= pops as usize {
            let label = self.new_label();
            context.fail_pop.push(label);
        }
    }

    fn jump_to_fail_pop(&mut self, loc: Location, context: &mut Context<'a>, op: impl Into<Op>) {
        let pops = context.on_top + context.stores.len() as u32;
        self.ensure_fail_pop(context, pops);
        self.jump(loc, op, context.fail_pop[pops as usize]);
    }

    fn place_fail_pops(&mut self, loc: Location, context: &mut Context<'a>) {
        for (pops, label) in context.fail_pop.drain(..).enumerate().rev() {
            self.place(label);
            if pops > 0 {
                self.emit(loc, Opcode::POP_TOP, 0);
            }
        }
    }

    /// Moves the top of the stack below `count - 1` other values.
    fn rotate(&mut self, loc: Location, count: u32) {
        for position in (2..=count).rev() {
            self.emit(loc, Opcode::SWAP, position);
        }
    }

    fn capture(&mut self, range: Range, name: Option<&'a Name>, context: &mut Context<'a>) -> Res {
        let loc = self.at(range);
        let Some(name) = name else {
            self.emit(loc, Opcode::POP_TOP, 0);
            return Ok(());
        };
        self.forbid_name(loc, &name.id, syntax::ast::ExprContext::Store)?;
        if context.stores.contains(&&*name.id) {
            return self.duplicate_capture(range, &name.id);
        }
        let rotations = context.on_top + context.stores.len() as u32 + 1;
        self.rotate(loc, rotations);
        context.stores.push(&name.id);
        Ok(())
    }

    fn duplicate_capture(&self, range: Range, name: &str) -> Res {
        let name = quoted(name);
        let msg = format!("multiple assignments to name {name} in pattern");
        self.error(range, msg)
    }

    fn pattern(&mut self, pattern: &'a Pattern, context: &mut Context<'a>) -> Res {
        self.descend()?;
        self.pattern_kind(pattern, context)?;
        self.depth -= 1;
        Ok(())
    }

    /// A pattern inside another, where one that matches everything is always allowed.
    fn subpattern(&mut self, pattern: &'a Pattern, context: &mut Context<'a>) -> Res {
        let allowed = std::mem::replace(&mut context.allow_irrefutable, true);
        self.pattern(pattern, context)?;
        context.allow_irrefutable = allowed;
        Ok(())
    }

    fn pattern_kind(&mut self, pattern: &'a Pattern, context: &mut Context<'a>) -> Res {
        let range = pattern.range;
        let loc = self.at(range);
        match &pattern.kind {
            PatternKind::MatchValue { value } => {
                let is_literal = self.folded.value(value).is_some();
                if !is_literal && !matches!(value.kind, ExprKind::Attribute { .. }) {
                    let msg = "patterns may only match literals and attribute lookups";
                    return self.error(range, msg);
                }
                self.expr(value)?;
                self.compare_op(loc, CmpOp::Eq);
                self.jump_to_fail_pop(loc, context, Opcode::POP_JUMP_IF_FALSE);
                Ok(())
            }
            PatternKind::MatchSingleton { value } => {
                self.load_const(loc, literal(value));
                self.compare_op(loc, CmpOp::Is);
                self.jump_to_fail_pop(loc, context, Opcode::POP_JUMP_IF_FALSE);
                Ok(())
            }
            PatternKind::MatchSequence { patterns } => {
                self.sequence_pattern(range, patterns, context)
            }
            PatternKind::MatchMapping {
                keys,
                patterns,
                rest,
            } => self.mapping_pattern(range, keys, patterns, rest.as_ref(), context),
            PatternKind::MatchClass {
                cls,
                patterns,
                kwd_attrs,
                kwd_patterns,
            } => self.class_pattern(range, cls, patterns, (kwd_attrs, kwd_patterns), context),
            PatternKind::MatchStar { name } => self.capture(range, name.as_ref(), context),
            PatternKind::MatchAs {
                pattern: None,
                name,
            } => {
                if !context.allow_irrefutable {
                    let what = match name {
                        Some(name) => format!("name capture {}", quoted(&name.id)),
                        None => "wildcard".to_owned(),
                    };
                    let msg = format!("{what} makes remaining patterns unreachable");
                    return self.error(range, msg);
                }
                self.capture(range, name.as_ref(), context)
            }
            PatternKind::MatchAs {
                pattern: Some(inner),
                name,
            } => {
                // A copy for the name.
                context.on_top += 1;
                self.emit(loc, Opcode::COPY, 1);
                self.pattern(inner, context)?;
                context.on_top -= 1;
                self.capture(range, name.as_ref(), context)
            }
            PatternKind::MatchOr { patterns } => self.or_pattern(range, patterns, context),
        }
    }

    fn sequence_pattern(
        &mut self,
        range: Range,
        patterns: &'a [Pattern],
        context: &mut Context<'a>,
    ) -> Res {
        let loc = self.at(range);
        let is_star = |p: &Pattern| matches!(p.kind, PatternKind::MatchStar { .. });
        let star = patterns.iter().position(is_star);
        if patterns.iter().filter(|p| is_star(p)).count() > 1 {
            let msg = "multiple starred names in sequence pattern";
            return self.error(range, msg);
        }
        let star_wildcard = star.is_some_and(|i| is_star_wildcard(&patterns[i]));
        let only_wildcards = patterns
            .iter()
            .all(|p| is_wildcard(p) || is_star_wildcard(p));
        let size = patterns.len();
        context.on_top += 1;
        self.emit(loc, Opcode::MATCH_SEQUENCE, 0);
        self.jump_to_fail_pop(loc, context, Opcode::POP_JUMP_IF_FALSE);
        let length = match star {
            None => Some((size, CmpOp::Eq)),
            Some(_) if size > 1 => Some((size - 1, CmpOp::GtE)),
            Some(_) => None,
        };
        if let Some((length, op)) = length {
            self.emit(loc, Opcode::GET_LEN, 0);
            self.load_const(loc, Const::Int(length as i64));
            self.compare_op(loc, op);
            self.jump_to_fail_pop(loc, context, Opcode::POP_JUMP_IF_FALSE);
        }
        context.on_top -= 1;
        match star {
            _ if only_wildcards => {
                self.emit(loc, Opcode::POP_TOP, 0);
                Ok(())
            }
            Some(star) if star_wildcard => self.sequence_by_index(loc, patterns, star, context),
            _ => self.sequence_by_unpacking(loc, patterns, star, context),
        }
    }

    fn sequence_by_unpacking(
        &mut self,
        loc: Location,
        patterns: &'a [Pattern],
        star: Option<usize>,
        context: &mut Context<'a>,
    ) -> Res {
        match star {
            None => self.emit(loc, Opcode::UNPACK_SEQUENCE, patterns.len() as u32),
            Some(before) => {
                let after = patterns.len() - before - 1;
                if before >= 1 << 8 || after >= (i32::MAX >> 8) as usize {
                    let msg = "too many expressions in star-unpacking sequence pattern";
                    return self.report.error_at(loc, msg);
                }
                let arg = before as u32 + ((after as u32) << 8);
                self.emit(loc, Opcode::UNPACK_EX, arg);
            }
        }
        context.on_top += patterns.len() as u32;
        for pattern in patterns {
            context.on_top -= 1;
            self.subpattern(pattern, context)?;
        }
        Ok(())
    }

    /// `[a, *_, b]`: only the items that matter are fetched.
    fn sequence_by_index(
        &mut self,
        loc: Location,
        patterns: &'a [Pattern],
        star: usize,
        context: &mut Context<'a>,
    ) -> Res {
        context.on_top += 1;
        for (i, pattern) in patterns.iter().enumerate() {
            if i == star || is_wildcard(pattern) {
                continue;
            }
            self.emit(loc, Opcode::COPY, 1);
            if i < star {
                self.load_const(loc, Const::Int(i as i64));
            } else {
                // The subject may not support negative indices.
                self.emit(loc, Opcode::GET_LEN, 0);
                self.load_const(loc, Const::Int((patterns.len() - i) as i64));
                self.binary_op(loc, Operator::Sub, false);
            }
            self.emit(loc, Opcode::BINARY_SUBSCR, 0);
            self.subpattern(pattern, context)?;
        }
        context.on_top -= 1;
        self.emit(loc, Opcode::POP_TOP, 0);
        Ok(())
    }

    /// After `MATCH_KEYS` and `MATCH_CLASS`: fails if the top is None.
    fn fail_if_none(&mut self, loc: Location, context: &mut Context<'a>) {
        self.emit(loc, Opcode::COPY, 1);
        self.load_const(loc, Const::None);
        self.emit(loc, Opcode::IS_OP, 1);
        self.jump_to_fail_pop(loc, context, Opcode::POP_JUMP_IF_FALSE);
    }

    fn mapping_pattern(
        &mut self,
        range: Range,
        keys: &'a [Expr],
        patterns: &'a [Pattern],
        rest: Option<&'a Name>,
        context: &mut Context<'a>,
    ) -> Res {
        let loc = self.at(range);
        let size = keys.len() as u32;
        context.on_top += 1;
        self.emit(loc, Opcode::MATCH_MAPPING, 0);
        self.jump_to_fail_pop(loc, context, Opcode::POP_JUMP_IF_FALSE);
        if size == 0 && rest.is_none() {
            context.on_top -= 1;
            self.emit(loc, Opcode::POP_TOP, 0);
            return Ok(());
        }
        if size > 0 {
            self.emit(loc, Opcode::GET_LEN, 0);
            self.load_const(loc, Const::Int(i64::from(size)));
            self.compare_op(loc, CmpOp::GtE);
            self.jump_to_fail_pop(loc, context, Opcode::POP_JUMP_IF_FALSE);
        }
        let mut seen = HashSet::new();
        for key in keys {
            if let Some(value) = self.folded.value(key) {
                let shown = bytecode::repr::constant(&value);
                if !seen.insert(crate::fold::equality_key(&value)) {
                    let msg = format!("mapping pattern checks duplicate key ({shown})");
                    return self.error(range, msg);
                }
            } else if !matches!(key.kind, ExprKind::Attribute { .. }) {
                let msg = "mapping pattern keys may only match literals and attribute lookups";
                return self.error(range, msg);
            }
            self.expr(key)?;
        }
        self.emit(loc, Opcode::BUILD_TUPLE, size);
        self.emit(loc, Opcode::MATCH_KEYS, 0);
        context.on_top += 2;
        self.fail_if_none(loc, context);
        self.emit(loc, Opcode::UNPACK_SEQUENCE, size);
        // The tuple of values becomes the values.
        context.on_top = context.on_top + size - 1;
        for pattern in patterns {
            context.on_top -= 1;
            self.subpattern(pattern, context)?;
        }
        context.on_top -= 2;
        let Some(rest) = rest else {
            self.emit(loc, Opcode::POP_TOP, 0);
            self.emit(loc, Opcode::POP_TOP, 0);
            return Ok(());
        };
        // A copy of the subject, without the keys.
        self.emit(loc, Opcode::BUILD_MAP, 0);
        self.emit(loc, Opcode::SWAP, 3);
        self.emit(loc, Opcode::DICT_UPDATE, 2);
        self.emit(loc, Opcode::UNPACK_SEQUENCE, size);
        for left in (1..=size).rev() {
            self.emit(loc, Opcode::COPY, 1 + left);
            self.emit(loc, Opcode::SWAP, 2);
            self.emit(loc, Opcode::DELETE_SUBSCR, 0);
        }
        self.capture(range, Some(rest), context)
    }

    fn class_pattern(
        &mut self,
        range: Range,
        cls: &'a Expr,
        patterns: &'a [Pattern],
        (attrs, attr_patterns): (&'a [Name], &'a [Pattern]),
        context: &mut Context<'a>,
    ) -> Res {
        let loc = self.at(range);
        let mut seen = HashSet::new();
        for (attr, pattern) in attrs.iter().zip(attr_patterns) {
            self.forbid_name(loc, &attr.id, syntax::ast::ExprContext::Store)?;
            if !seen.insert(&*attr.id) {
                let msg = format!("attribute name repeated in class pattern: {}", attr.id);
                return self.error(pattern.range, msg);
            }
        }
        self.expr(cls)?;
        let names = attrs.iter().map(|a| Const::str(&a.id)).collect();
        self.load_const(loc, Const::Tuple(names));
        self.emit(loc, Opcode::MATCH_CLASS, patterns.len() as u32);
        context.on_top += 1;
        self.fail_if_none(loc, context);
        let count = (patterns.len() + attrs.len()) as u32;
        self.emit(loc, Opcode::UNPACK_SEQUENCE, count);
        context.on_top = context.on_top + count - 1;
        for pattern in patterns.iter().chain(attr_patterns) {
            context.on_top -= 1;
            if is_wildcard(pattern) {
                self.emit(loc, Opcode::POP_TOP, 0);
                continue;
            }
            self.subpattern(pattern, context)?;
        }
        Ok(())
    }

    fn or_pattern(
        &mut self,
        range: Range,
        patterns: &'a [Pattern],
        context: &mut Context<'a>,
    ) -> Res {
        let loc = self.at(range);
        let end = self.new_label();
        // The names of the first alternative, which the others must bind too.
        let mut control: Option<Vec<&'a str>> = None;
        let differ = "alternative patterns bind different names";
        for (i, alternative) in patterns.iter().enumerate() {
            let at = self.at(alternative.range);
            let mut own = Context {
                allow_irrefutable: i + 1 == patterns.len() && context.allow_irrefutable,
                ..Context::default()
            };
            self.emit(at, Opcode::COPY, 1);
            self.pattern(alternative, &mut own)?;
            match &control {
                None => control = Some(std::mem::take(&mut own.stores)),
                Some(control) if control.len() != own.stores.len() => {
                    return self.error(range, differ);
                }
                Some(control) => {
                    for (wanted, name) in control.iter().enumerate().rev() {
                        let Some(found) = own.stores.iter().position(|s| s == name) else {
                            return self.error(range, differ);
                        };
                        if found == wanted {
                            continue;
                        }
                        // Brings the values into the order of the first alternative.
                        let rotations = found + 1;
                        let rotated: Vec<_> = own.stores.drain(..rotations).collect();
                        let to = wanted - found;
                        own.stores.splice(to..to, rotated);
                        for _ in 0..rotations {
                            self.rotate(at, wanted as u32 + 1);
                        }
                    }
                }
            }
            self.jump(at, Op::Jump, end);
            self.place_fail_pops(at, &mut own);
        }
        // No alternative matched.
        self.emit(loc, Opcode::POP_TOP, 0);
        self.jump_to_fail_pop(loc, context, Op::Jump);
        self.place(end);
        let control = control.unwrap_or_default();
        // The captured values go below the subject and what else lies there.
        let depth = (control.len() + 1 + context.stores.len()) as u32 + context.on_top;
        for name in control {
            self.rotate(loc, depth);
            if context.stores.contains(&name) {
                return self.duplicate_capture(range, name);
            }
            context.stores.push(name);
        }
        self.emit(loc, Opcode::POP_TOP, 0);
        Ok(())
    }
}

/// A name as `%R` shows it.
fn quoted(name: &str) -> String {
    bytecode::repr::constant(&literal(&Constant::Str {
        value: name.into(),
        u_prefix: false,
    }))
}
