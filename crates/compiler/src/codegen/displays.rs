//! Displays: lists, tuples, sets and dicts.

use bytecode::opcode::intrinsic1;
use bytecode::{Const, Location, Opcode};
use syntax::ast::{Expr, ExprKind};

use super::{Compiler, STACK_USE_GUIDELINE};
use crate::fold::frozen_set;
use crate::report::Res;

/// What a display makes.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Display {
    List,
    Tuple,
    Set,
}

impl<'a> Compiler<'a> {
    pub(super) fn list(&mut self, loc: Location, elts: &'a [Expr]) -> Res {
        self.sequence(loc, elts, None, 0, Display::List)
    }

    pub(super) fn tuple(&mut self, loc: Location, elts: &'a [Expr]) -> Res {
        self.sequence(loc, elts, None, 0, Display::Tuple)
    }

    pub(super) fn set(&mut self, loc: Location, elts: &'a [Expr]) -> Res {
        self.sequence(loc, elts, None, 0, Display::Set)
    }

    /// An expression that is only iterated over or searched: a list there may be a tuple, and
    /// both it and a set may be constant.
    pub(super) fn iterable(&mut self, expr: &'a Expr) -> Res {
        let loc = self.at(expr.range);
        match &expr.kind {
            ExprKind::List { elts, .. } => {
                if elts
                    .iter()
                    .any(|e| matches!(e.kind, ExprKind::Starred { .. }))
                {
                    return self.expr(expr);
                }
                match self.folded.values(elts) {
                    Some(items) => self.load_const(loc, Const::Tuple(items)),
                    None => self.tuple(loc, elts)?,
                }
                Ok(())
            }
            ExprKind::Set { elts } => match self.folded.values(elts) {
                Some(items) => {
                    self.load_const(loc, frozen_set(items));
                    Ok(())
                }
                None => self.expr(expr),
            },
            _ => self.expr(expr),
        }
    }

    /// Builds a sequence of `pushed` values on the stack, the elements, and the value of a name.
    pub(super) fn sequence(
        &mut self,
        loc: Location,
        elts: &'a [Expr],
        extra: Option<&str>,
        pushed: u32,
        kind: Display,
    ) -> Res {
        let (build, add, extend) = match kind {
            Display::List | Display::Tuple => {
                (Opcode::BUILD_LIST, Opcode::LIST_APPEND, Opcode::LIST_EXTEND)
            }
            Display::Set => (Opcode::BUILD_SET, Opcode::SET_ADD, Opcode::SET_UPDATE),
        };
        let is_tuple = kind == Display::Tuple;
        if elts.len() > 2
            && extra.is_none()
            && let Some(items) = self.folded.values(elts)
        {
            if is_tuple && pushed == 0 {
                self.load_const(loc, Const::Tuple(items));
                return Ok(());
            }
            let items = if kind == Display::Set {
                frozen_set(items)
            } else {
                Const::Tuple(items)
            };
            self.emit(loc, build, pushed);
            self.load_const(loc, items);
            self.emit(loc, extend, 1);
            if is_tuple {
                self.emit(loc, Opcode::CALL_INTRINSIC_1, intrinsic1::LIST_TO_TUPLE);
            }
            return Ok(());
        }
        let count = elts.len() as u32 + u32::from(extra.is_some()) + pushed;
        let big = count as usize > STACK_USE_GUIDELINE;
        let starred = elts
            .iter()
            .any(|e| matches!(e.kind, ExprKind::Starred { .. }));
        if !starred && !big {
            self.exprs(elts)?;
            extra
                .iter()
                .try_for_each(|name| self.load_name(loc, name))?;
            let build = if is_tuple { Opcode::BUILD_TUPLE } else { build };
            self.emit(loc, build, count);
            return Ok(());
        }
        let mut built = big;
        if big {
            self.emit(loc, build, pushed);
        }
        for (i, elt) in elts.iter().enumerate() {
            if let ExprKind::Starred { value, .. } = &elt.kind {
                if !built {
                    self.emit(loc, build, i as u32 + pushed);
                    built = true;
                }
                self.expr(value)?;
                self.emit(loc, extend, 1);
            } else {
                self.expr(elt)?;
                if built {
                    self.emit(loc, add, 1);
                }
            }
        }
        if let Some(name) = extra {
            self.load_name(loc, name)?;
            if built {
                self.emit(loc, add, 1);
            }
        }
        if is_tuple {
            self.emit(loc, Opcode::CALL_INTRINSIC_1, intrinsic1::LIST_TO_TUPLE);
        }
        Ok(())
    }

    pub(super) fn dict(
        &mut self,
        loc: Location,
        keys: &'a [Option<Expr>],
        values: &'a [Expr],
    ) -> Res {
        let mut have_dict = false;
        let mut elements = 0;
        for (i, key) in keys.iter().enumerate() {
            if key.is_none() {
                if elements > 0 {
                    self.sub_dict(loc, &keys[i - elements..i], &values[i - elements..i])?;
                    self.merge_dict(loc, &mut have_dict);
                    elements = 0;
                }
                if !have_dict {
                    self.emit(loc, Opcode::BUILD_MAP, 0);
                    have_dict = true;
                }
                self.expr(&values[i])?;
                self.emit(loc, Opcode::DICT_UPDATE, 1);
            } else if elements * 2 > STACK_USE_GUIDELINE {
                let from = i - elements;
                self.sub_dict(loc, &keys[from..=i], &values[from..=i])?;
                self.merge_dict(loc, &mut have_dict);
                elements = 0;
            } else {
                elements += 1;
            }
        }
        if elements > 0 {
            let from = keys.len() - elements;
            self.sub_dict(loc, &keys[from..], &values[from..])?;
            self.merge_dict(loc, &mut have_dict);
        }
        if !have_dict {
            self.emit(loc, Opcode::BUILD_MAP, 0);
        }
        Ok(())
    }

    fn merge_dict(&mut self, loc: Location, have_dict: &mut bool) {
        if *have_dict {
            self.emit(loc, Opcode::DICT_UPDATE, 1);
        }
        *have_dict = true;
    }

    /// A dict of some of the pairs of a display.
    fn sub_dict(&mut self, loc: Location, keys: &'a [Option<Expr>], values: &'a [Expr]) -> Res {
        let n = keys.len();
        let big = n * 2 > STACK_USE_GUIDELINE;
        if n > 1 && !big {
            let constant = keys.iter().map(|k| self.folded.value(k.as_ref()?));
            if let Some(names) = constant.collect::<Option<Box<[Const]>>>() {
                self.exprs(values)?;
                self.load_const(loc, Const::Tuple(names));
                self.emit(loc, Opcode::BUILD_CONST_KEY_MAP, n as u32);
                return Ok(());
            }
        }
        if big {
            self.emit(loc, Opcode::BUILD_MAP, 0);
        }
        for (key, value) in keys.iter().zip(values) {
            key.iter().try_for_each(|k| self.expr(k))?;
            self.expr(value)?;
            if big {
                self.emit(loc, Opcode::MAP_ADD, 1);
            }
        }
        if !big {
            self.emit(loc, Opcode::BUILD_MAP, n as u32);
        }
        Ok(())
    }
}
