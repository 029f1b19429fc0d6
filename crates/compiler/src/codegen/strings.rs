//! f-strings, and `%` with a format that is one in disguise.

use bytecode::{Const, Location, Opcode, Wtf8};
use syntax::ast::{Constant, Conversion, Expr, ExprKind, Operator};

use super::{Compiler, STACK_USE_GUIDELINE};
use crate::fold::{Piece, percent_format};
use crate::report::Res;

/// The `FORMAT_VALUE` flag of a format specification.
const WITH_SPEC: u32 = 4;

impl<'a> Compiler<'a> {
    pub(super) fn joined_str(&mut self, loc: Location, values: &'a [Expr]) -> Res {
        if values.len() <= STACK_USE_GUIDELINE {
            self.exprs(values)?;
            if values.len() != 1 {
                self.emit(loc, Opcode::BUILD_STRING, values.len() as u32);
            }
            return Ok(());
        }
        self.begin_join(loc);
        for value in values {
            self.expr(value)?;
            self.emit(loc, Opcode::LIST_APPEND, 1);
        }
        self.emit(loc, Opcode::CALL, 1);
        Ok(())
    }

    /// `"".join` of a list to be filled.
    fn begin_join(&mut self, loc: Location) {
        self.load_const(loc, Const::Str(Wtf8::new()));
        self.load_attr(loc, "join", true);
        self.emit(loc, Opcode::BUILD_LIST, 0);
    }

    pub(super) fn formatted_value(
        &mut self,
        loc: Location,
        value: &'a Expr,
        conversion: Conversion,
        format_spec: Option<&'a Expr>,
    ) -> Res {
        self.expr(value)?;
        let mut arg = match conversion {
            Conversion::None => 0,
            Conversion::Str => 1,
            Conversion::Repr => 2,
            Conversion::Ascii => 3,
        };
        if let Some(spec) = format_spec {
            self.expr(spec)?;
            arg |= WITH_SPEC;
        }
        self.emit(loc, Opcode::FORMAT_VALUE, arg);
        Ok(())
    }

    /// Compiles `"…" % (…)` as an f-string if it can be one.
    pub(super) fn percent_format(
        &mut self,
        loc: Location,
        left: &'a Expr,
        op: Operator,
        right: &'a Expr,
    ) -> Res<bool> {
        let ExprKind::Tuple { elts, .. } = &right.kind else {
            return Ok(false);
        };
        if op != Operator::Mod
            || self.folded.is_constant(right)
            || elts
                .iter()
                .any(|e| matches!(e.kind, ExprKind::Starred { .. }))
        {
            return Ok(false);
        }
        let format = match (&left.kind, self.folded.get(left)) {
            (ExprKind::Constant(Constant::Str { value, .. }), _) | (_, Some(Const::Str(value))) => {
                value
            }
            _ => return Ok(false),
        };
        let Some(pieces) = percent_format(format, elts.len()) else {
            return Ok(false);
        };
        let many = pieces.len() > STACK_USE_GUIDELINE;
        if many {
            self.begin_join(loc);
        }
        let count = pieces.len() as u32;
        let mut args = elts.iter();
        for piece in pieces {
            match piece {
                Piece::Literal(text) => self.load_const(Location::NONE, Const::Str(text)),
                Piece::Field { conversion, spec } => {
                    let Some(arg) = args.next() else {
                        unreachable!("the fields were counted");
                    };
                    let at = self.at(arg.range);
                    self.expr(arg)?;
                    let mut flags = conversion;
                    if let Some(spec) = spec {
                        self.load_const(at, Const::str(&spec));
                        flags |= WITH_SPEC;
                    }
                    self.emit(at, Opcode::FORMAT_VALUE, flags);
                }
            }
            if many {
                self.emit(loc, Opcode::LIST_APPEND, 1);
            }
        }
        if many {
            self.emit(loc, Opcode::CALL, 1);
        } else if count != 1 {
            self.emit(loc, Opcode::BUILD_STRING, count);
        }
        Ok(true)
    }
}
