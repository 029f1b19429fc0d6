//! Targets: attributes, subscripts, unpacking, augmented assignment.

use bytecode::{Const, Location, Opcode};
use syntax::ast::{Expr, ExprContext, ExprKind, Name, Operator, Range};

use super::Compiler;
use crate::report::Res;

/// A slice without a step, which needs no slice object.
fn is_plain_slice(index: &Expr) -> bool {
    matches!(&index.kind, ExprKind::Slice { step: None, .. })
}

impl<'a> Compiler<'a> {
    /// Where an attribute's instruction is said to stand: at the attribute's name, if the
    /// expression goes over several lines.
    pub(super) fn attribute_loc(&self, loc: Location, attribute: Range, attr: &Name) -> Location {
        let end = self.at(attribute);
        if loc.line == end.end_line {
            return loc;
        }
        let len = attr.id.chars().count() as i32;
        Location {
            line: end.end_line,
            col: end.end_col - len,
            ..loc
        }
    }

    pub(super) fn attribute(
        &mut self,
        expr: &'a Expr,
        value: &'a Expr,
        attr: &'a Name,
        ctx: ExprContext,
    ) -> Res {
        let loc = self.at(expr.range);
        if ctx == ExprContext::Load && self.super_attribute(loc, expr, false)? {
            return Ok(());
        }
        self.expr(value)?;
        let at = self.attribute_loc(loc, expr.range, attr);
        match ctx {
            ExprContext::Load => self.load_attr(at, &attr.id, false),
            ExprContext::Store => {
                self.forbid_name(loc, &attr.id, ctx)?;
                self.emit_name(at, Opcode::STORE_ATTR, &attr.id);
                self.note_attribute(value, attr);
            }
            ExprContext::Del => {
                self.forbid_name(loc, &attr.id, ctx)?;
                self.emit_name(at, Opcode::DELETE_ATTR, &attr.id);
            }
        }
        Ok(())
    }

    /// Remembers an attribute that a method assigns on its first parameter.
    fn note_attribute(&mut self, value: &Expr, attr: &Name) {
        let ExprKind::Name { id, .. } = &value.kind else {
            return;
        };
        if self.unit.receiver.as_deref() == Some(&**id) {
            let mangled = crate::mangle(self.unit.private, &attr.id);
            if !self.unit.static_attributes.contains(&*mangled) {
                self.unit.static_attributes.insert((&*mangled).into());
            }
        }
    }

    pub(super) fn subscript(
        &mut self,
        expr: &'a Expr,
        value: &'a Expr,
        index: &'a Expr,
        ctx: ExprContext,
    ) -> Res {
        let loc = self.at(expr.range);
        if ctx == ExprContext::Load {
            self.check_subscripted(value);
            self.check_index(value, index);
        }
        self.expr(value)?;
        if is_plain_slice(index) && ctx != ExprContext::Del {
            self.slice_parts(index)?;
            let op = match ctx {
                ExprContext::Load => Opcode::BINARY_SLICE,
                _ => Opcode::STORE_SLICE,
            };
            self.emit(loc, op, 0);
            return Ok(());
        }
        self.expr(index)?;
        let op = match ctx {
            ExprContext::Load => Opcode::BINARY_SUBSCR,
            ExprContext::Store => Opcode::STORE_SUBSCR,
            ExprContext::Del => Opcode::DELETE_SUBSCR,
        };
        self.emit(loc, op, 0);
        Ok(())
    }

    /// Pushes the two or three parts of a slice.
    pub(super) fn slice_parts(&mut self, slice: &'a Expr) -> Res<u32> {
        let ExprKind::Slice { lower, upper, step } = &slice.kind else {
            return Ok(0);
        };
        let loc = self.at(slice.range);
        for part in [lower, upper] {
            match part {
                Some(part) => self.expr(part)?,
                None => self.load_const(loc, Const::None),
            }
        }
        match step {
            Some(step) => {
                self.expr(step)?;
                Ok(3)
            }
            None => Ok(2),
        }
    }

    /// Stores into the elements of a list or tuple target.
    pub(super) fn unpack(&mut self, loc: Location, elts: &'a [Expr]) -> Res {
        let is_star = |e: &&Expr| matches!(e.kind, ExprKind::Starred { .. });
        let mut stars = elts.iter().enumerate().filter(|(_, e)| is_star(e));
        match (stars.next(), stars.next()) {
            (None, _) => self.emit(loc, Opcode::UNPACK_SEQUENCE, elts.len() as u32),
            (Some((before, _)), second) => {
                let after = elts.len() - before - 1;
                if before >= 1 << 8 || after >= (i32::MAX >> 8) as usize {
                    let msg = "too many expressions in star-unpacking assignment";
                    return self.report.error_at(loc, msg);
                }
                if second.is_some() {
                    let msg = "multiple starred expressions in assignment";
                    return self.report.error_at(loc, msg);
                }
                let arg = before as u32 + ((after as u32) << 8);
                self.emit(loc, Opcode::UNPACK_EX, arg);
            }
        }
        for elt in elts {
            match &elt.kind {
                ExprKind::Starred { value, .. } => self.expr(value)?,
                _ => self.expr(elt)?,
            }
        }
        Ok(())
    }

    pub(super) fn augmented_assign(
        &mut self,
        stmt_loc: Location,
        target: &'a Expr,
        op: Operator,
        value: &'a Expr,
    ) -> Res {
        let loc = self.at(target.range);
        match &target.kind {
            ExprKind::Attribute {
                value: object,
                attr,
                ..
            } => {
                self.expr(object)?;
                self.emit(loc, Opcode::COPY, 1);
                let at = self.attribute_loc(loc, target.range, attr);
                self.load_attr(at, &attr.id, false);
                self.expr(value)?;
                self.binary_op(stmt_loc, op, true);
                self.forbid_name(loc, &attr.id, ExprContext::Store)?;
                self.emit(at, Opcode::SWAP, 2);
                self.emit_name(at, Opcode::STORE_ATTR, &attr.id);
                self.note_attribute(object, attr);
            }
            ExprKind::Subscript {
                value: object,
                slice,
                ..
            } => {
                self.expr(object)?;
                if is_plain_slice(slice) {
                    self.slice_parts(slice)?;
                    for _ in 0..3 {
                        self.emit(loc, Opcode::COPY, 3);
                    }
                    self.emit(loc, Opcode::BINARY_SLICE, 0);
                    self.expr(value)?;
                    self.binary_op(stmt_loc, op, true);
                    for position in [4, 3, 2] {
                        self.emit(loc, Opcode::SWAP, position);
                    }
                    self.emit(loc, Opcode::STORE_SLICE, 0);
                } else {
                    self.expr(slice)?;
                    self.emit(loc, Opcode::COPY, 2);
                    self.emit(loc, Opcode::COPY, 2);
                    self.emit(loc, Opcode::BINARY_SUBSCR, 0);
                    self.expr(value)?;
                    self.binary_op(stmt_loc, op, true);
                    self.emit(loc, Opcode::SWAP, 3);
                    self.emit(loc, Opcode::SWAP, 2);
                    self.emit(loc, Opcode::STORE_SUBSCR, 0);
                }
            }
            ExprKind::Name { id, .. } => {
                self.load_name(loc, id)?;
                self.expr(value)?;
                self.binary_op(stmt_loc, op, true);
                self.store_name(loc, id)?;
            }
            // The parser lets no other target through.
            _ => return self.error(target.range, "illegal expression for augmented assignment"),
        }
        Ok(())
    }
}
