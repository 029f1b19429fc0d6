//! Blocks around statements, and leaving them by `return`, `break` and `continue`.

use bytecode::{Const, Location, Opcode};
use syntax::ast::{Expr, ExprKind, Range};

use super::Compiler;
use super::unit::{Block, BlockKind, Label, Op};
use crate::fold::literal;
use crate::report::Res;

/// More blocks than this may not be nested in a function.
const MAX_BLOCKS: usize = 20;

impl<'a> Compiler<'a> {
    pub(super) fn push_block(
        &mut self,
        loc: Location,
        kind: BlockKind<'a>,
        start: Label,
        exit: Label,
    ) -> Res {
        if self.unit.blocks.len() >= MAX_BLOCKS {
            let msg = "too many statically nested blocks";
            return self.report.error_at(loc, msg);
        }
        self.unit.blocks.push(Block { kind, start, exit });
        Ok(())
    }

    pub(super) fn pop_block(&mut self) {
        self.unit.blocks.pop();
    }

    /// Leaves one block.  `loc` is where the leaving instructions are said to come from; behind a
    /// `finally` or `with` they come from nowhere.
    fn unwind(&mut self, loc: &mut Location, block: Block<'a>, keep_top: bool) -> Res {
        let swap = |c: &mut Self, loc: Location| {
            if keep_top {
                c.emit(loc, Opcode::SWAP, 2);
            }
        };
        match block.kind {
            BlockKind::While
            | BlockKind::ExceptionHandler
            | BlockKind::ExceptionGroupHandler
            | BlockKind::AsyncComprehension
            | BlockKind::StopIteration => {}
            BlockKind::For | BlockKind::PopValue => {
                swap(self, *loc);
                self.emit(*loc, Opcode::POP_TOP, 0);
            }
            BlockKind::TryExcept => self.emit(*loc, Op::PopBlock, 0),
            BlockKind::FinallyTry(body) => {
                self.emit(*loc, Op::PopBlock, 0);
                if keep_top {
                    self.push_block(*loc, BlockKind::PopValue, Label::NONE, Label::NONE)?;
                }
                self.stmts(body)?;
                if keep_top {
                    self.pop_block();
                }
                *loc = Location::NONE;
            }
            BlockKind::FinallyEnd => {
                swap(self, *loc);
                self.emit(*loc, Opcode::POP_TOP, 0);
                swap(self, *loc);
                self.emit(*loc, Op::PopBlock, 0);
                self.emit(*loc, Opcode::POP_EXCEPT, 0);
            }
            BlockKind::With(at) | BlockKind::AsyncWith(at) => {
                *loc = at;
                self.emit(at, Op::PopBlock, 0);
                swap(self, at);
                self.call_exit_with_nones(at);
                if matches!(block.kind, BlockKind::AsyncWith(_)) {
                    self.await_top(at, 2);
                }
                self.emit(at, Opcode::POP_TOP, 0);
                *loc = Location::NONE;
            }
            BlockKind::HandlerCleanup(name) => {
                if name.is_some() {
                    self.emit(*loc, Op::PopBlock, 0);
                }
                swap(self, *loc);
                self.emit(*loc, Op::PopBlock, 0);
                self.emit(*loc, Opcode::POP_EXCEPT, 0);
                if let Some(name) = name {
                    self.forget_exception(*loc, name)?;
                }
            }
        }
        Ok(())
    }

    /// Leaves all blocks up to the function, or up to the innermost loop, which is returned.
    fn unwind_all(
        &mut self,
        origin: Range,
        loc: &mut Location,
        keep_top: bool,
        to_loop: bool,
    ) -> Res<Option<Block<'a>>> {
        // Statements of `finally` are compiled as if they stood outside their blocks.
        let mut taken = Vec::new();
        let mut found = None;
        while let Some(&block) = self.unit.blocks.last() {
            if matches!(block.kind, BlockKind::ExceptionGroupHandler) {
                let msg = "'break', 'continue' and 'return' cannot appear in an except* block";
                return if loc.line >= 0 {
                    self.report.error_at(*loc, msg)
                } else {
                    self.error(origin, msg)
                };
            }
            if to_loop && matches!(block.kind, BlockKind::While | BlockKind::For) {
                found = Some(block);
                break;
            }
            self.unit.blocks.pop();
            taken.push(block);
            self.unwind(loc, block, keep_top)?;
        }
        self.unit.blocks.extend(taken.into_iter().rev());
        Ok(found)
    }

    pub(super) fn return_stmt(&mut self, range: Range, value: Option<&'a Expr>) -> Res {
        let stmt_loc = self.at(range);
        if !self.in_function() {
            return self.error(range, "'return' outside function");
        }
        let scope = self.scope();
        if value.is_some() && scope.coroutine && scope.generator {
            return self.error(range, "'return' with value in async generator");
        }
        let constant = match value {
            None => Some(Const::None),
            Some(Expr {
                kind: ExprKind::Constant(c),
                ..
            }) => Some(literal(c)),
            Some(value) => self.folded.get(value).cloned(),
        };
        let mut loc = stmt_loc;
        match value {
            Some(value) if constant.is_none() => self.expr(value)?,
            Some(value) => {
                loc = self.at(value.range);
                self.emit(loc, Opcode::NOP, 0);
            }
            None => {}
        }
        let value_line = value.map(|v| self.at(v.range).line);
        if value_line != Some(stmt_loc.line) {
            loc = stmt_loc;
            self.emit(loc, Opcode::NOP, 0);
        }
        self.unwind_all(range, &mut loc, constant.is_none(), false)?;
        if let Some(constant) = constant {
            self.load_const(loc, constant);
        }
        self.emit(loc, Opcode::RETURN_VALUE, 0);
        Ok(())
    }

    pub(super) fn break_stmt(&mut self, range: Range) -> Res {
        let mut loc = self.at(range);
        self.emit(loc, Opcode::NOP, 0);
        let Some(block) = self.unwind_all(range, &mut loc, false, true)? else {
            return self.error(range, "'break' outside loop");
        };
        self.unwind(&mut loc, block, false)?;
        self.jump(loc, Op::Jump, block.exit);
        Ok(())
    }

    pub(super) fn continue_stmt(&mut self, range: Range) -> Res {
        let mut loc = self.at(range);
        self.emit(loc, Opcode::NOP, 0);
        let Some(block) = self.unwind_all(range, &mut loc, false, true)? else {
            return self.error(range, "'continue' not properly in loop");
        };
        self.jump(loc, Op::Jump, block.start);
        Ok(())
    }
}
