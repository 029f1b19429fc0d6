//! `if`, `while`, `for`, `async for`.

use bytecode::{Const, Location, Opcode};
use syntax::ast::{Expr, Range, Stmt, StmtKind};

use super::Compiler;
use super::unit::{BlockKind, Op, UnitKind};
use crate::report::Res;

impl<'a> Compiler<'a> {
    /// An `if` with all its `elif`s, which the tree nests as deeply as there are.
    pub(super) fn if_chain(&mut self, mut stmt: &'a Stmt) -> Res {
        let mut ends = Vec::new();
        while let StmtKind::If { test, body, orelse } = &stmt.kind {
            let loc = self.at(stmt.range);
            let end = self.new_label();
            ends.push(end);
            if orelse.is_empty() {
                self.jump_if(loc, test, end, false)?;
                self.stmts(body)?;
                break;
            }
            let next = self.new_label();
            self.jump_if(loc, test, next, false)?;
            self.stmts(body)?;
            self.jump(Location::NONE, Op::Jump, end);
            self.place(next);
            match orelse.as_slice() {
                [inner] if matches!(inner.kind, StmtKind::If { .. }) => stmt = inner,
                orelse => {
                    self.stmts(orelse)?;
                    break;
                }
            }
        }
        for end in ends.into_iter().rev() {
            self.place(end);
        }
        Ok(())
    }

    pub(super) fn while_loop(
        &mut self,
        loc: Location,
        test: &'a Expr,
        body: &'a [Stmt],
        orelse: &'a [Stmt],
    ) -> Res {
        let start = self.new_label();
        let inside = self.new_label();
        let anchor = self.new_label();
        let end = self.new_label();
        self.place(start);
        self.push_block(loc, BlockKind::While, start, end)?;
        self.jump_if(loc, test, anchor, false)?;
        self.place(inside);
        self.stmts(body)?;
        self.jump_if(loc, test, inside, true)?;
        self.pop_block();
        self.place(anchor);
        self.stmts(orelse)?;
        self.place(end);
        Ok(())
    }

    pub(super) fn for_loop(
        &mut self,
        loc: Location,
        target: &'a Expr,
        iter: &'a Expr,
        body: &'a [Stmt],
        orelse: &'a [Stmt],
    ) -> Res {
        let start = self.new_label();
        let cleanup = self.new_label();
        let end = self.new_label();
        self.push_block(loc, BlockKind::For, start, end)?;
        self.iterable(iter)?;
        self.emit(loc, Opcode::GET_ITER, 0);
        self.place(start);
        self.jump(loc, Opcode::FOR_ITER, cleanup);
        self.expr(target)?;
        self.stmts(body)?;
        self.jump(Location::NONE, Op::Jump, start);
        self.place(cleanup);
        self.emit(Location::NONE, Opcode::END_FOR, 0);
        self.pop_block();
        self.stmts(orelse)?;
        self.place(end);
        Ok(())
    }

    pub(super) fn async_for(
        &mut self,
        range: Range,
        target: &'a Expr,
        iter: &'a Expr,
        body: &'a [Stmt],
        orelse: &'a [Stmt],
    ) -> Res {
        self.require_async(range, "'async for' outside async function")?;
        let loc = self.at(range);
        let start = self.new_label();
        let except = self.new_label();
        let end = self.new_label();
        // Unlike that of `for` a list stays a list: nobody can tell the difference but its error.
        self.expr(iter)?;
        let iter_loc = self.at(iter.range);
        self.emit(loc, Opcode::GET_AITER, 0);
        self.place(start);
        self.push_block(loc, BlockKind::For, start, end)?;
        // Guards `__anext__` only.
        self.jump(loc, Op::SetupFinally, except);
        self.emit(loc, Opcode::GET_ANEXT, 0);
        self.load_const(loc, Const::None);
        self.yield_from(loc, true);
        self.emit(loc, Op::PopBlock, 0);
        self.expr(target)?;
        self.stmts(body)?;
        self.jump(Location::NONE, Op::Jump, start);
        self.pop_block();
        self.place(except);
        self.emit(iter_loc, Opcode::END_ASYNC_FOR, 0);
        self.stmts(orelse)?;
        self.place(end);
        Ok(())
    }

    /// Rejects `async for` and `async with` where they may not stand.
    pub(super) fn require_async(&mut self, range: Range, msg: &str) -> Res {
        if self.top_level_await() {
            self.unit.coroutine = true;
            return Ok(());
        }
        if self.unit.kind == UnitKind::AsyncFunction {
            return Ok(());
        }
        self.error(range, msg)
    }
}
