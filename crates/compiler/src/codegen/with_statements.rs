//! `with` and `async with`.

use bytecode::{Const, Location, Opcode};
use syntax::ast::{Range, Stmt, WithItem};

use super::Compiler;
use super::unit::{BlockKind, Label, Op};
use crate::report::Res;

impl<'a> Compiler<'a> {
    pub(super) fn with(
        &mut self,
        range: Range,
        items: &'a [WithItem],
        body: &'a [Stmt],
        is_async: bool,
    ) -> Res {
        if is_async {
            self.require_async(range, "'async with' outside async function")?;
        }
        let loc = self.at(range);
        let mut open = Vec::with_capacity(items.len());
        for item in items {
            self.expr(&item.context_expr)?;
            let block = self.new_label();
            let handler = self.new_label();
            if is_async {
                self.emit(loc, Opcode::BEFORE_ASYNC_WITH, 0);
                self.await_top(loc, 1);
            } else {
                self.emit(loc, Opcode::BEFORE_WITH, 0);
            }
            self.jump(loc, Op::SetupWith, handler);
            self.place(block);
            let kind = if is_async {
                BlockKind::AsyncWith(loc)
            } else {
                BlockKind::With(loc)
            };
            self.push_block(loc, kind, block, handler)?;
            match &item.optional_vars {
                Some(target) => self.expr(target)?,
                None => self.emit(loc, Opcode::POP_TOP, 0),
            }
            open.push(handler);
        }
        self.stmts(body)?;
        for handler in open.into_iter().rev() {
            self.end_with(loc, handler, is_async);
        }
        Ok(())
    }

    fn end_with(&mut self, loc: Location, handler: Label, is_async: bool) {
        let pop_loc = if is_async { loc } else { Location::NONE };
        self.emit(pop_loc, Op::PopBlock, 0);
        self.pop_block();
        let exit = self.new_label();
        let cleanup = self.new_label();
        let suppress = self.new_label();
        self.call_exit_with_nones(loc);
        if is_async {
            self.await_top(loc, 2);
        }
        self.emit(loc, Opcode::POP_TOP, 0);
        self.jump(loc, Op::Jump, exit);

        self.place(handler);
        self.jump(loc, Op::SetupCleanup, cleanup);
        self.emit(loc, Opcode::PUSH_EXC_INFO, 0);
        self.emit(loc, Opcode::WITH_EXCEPT_START, 0);
        if is_async {
            self.await_top(loc, 2);
        }
        let none = Location::NONE;
        self.jump(none, Opcode::POP_JUMP_IF_TRUE, suppress);
        self.emit(none, Opcode::RERAISE, 2);
        self.place(suppress);
        self.emit(none, Opcode::POP_TOP, 0);
        self.emit(none, Op::PopBlock, 0);
        self.emit(none, Opcode::POP_EXCEPT, 0);
        self.emit(none, Opcode::POP_TOP, 0);
        self.emit(none, Opcode::POP_TOP, 0);
        self.jump(none, Op::Jump, exit);
        self.place(cleanup);
        self.pop_except_and_reraise();
        self.place(exit);
    }

    /// Calls the `__exit__` on the stack for a body that ended well.
    pub(super) fn call_exit_with_nones(&mut self, loc: Location) {
        for _ in 0..3 {
            self.load_const(loc, Const::None);
        }
        self.emit(loc, Opcode::CALL, 2);
    }
}
