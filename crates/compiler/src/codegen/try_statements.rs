//! `try` with `except`, `except*`, `else` and `finally`.

use bytecode::opcode::intrinsic2;
use bytecode::{Const, Location, Opcode};
use syntax::ast::{ExceptHandler, ExprContext, Stmt};

use super::Compiler;
use super::unit::{BlockKind, Label, Op};
use crate::report::Res;

/// A `try` statement without its `finally`.
#[derive(Clone, Copy)]
pub(super) struct Try<'a> {
    pub body: &'a [Stmt],
    pub handlers: &'a [ExceptHandler],
    pub orelse: &'a [Stmt],
    pub is_star: bool,
}

const NONE: Location = Location::NONE;

impl<'a> Compiler<'a> {
    pub(super) fn try_stmt(&mut self, loc: Location, parts: Try<'a>, finalbody: &'a [Stmt]) -> Res {
        if finalbody.is_empty() {
            return self.try_handlers(loc, parts);
        }
        let body = self.new_label();
        let end = self.new_label();
        let exit = self.new_label();
        let cleanup = self.new_label();
        self.jump(loc, Op::SetupFinally, end);
        self.place(body);
        self.push_block(loc, BlockKind::FinallyTry(finalbody), body, end)?;
        if parts.handlers.is_empty() {
            self.stmts(parts.body)?;
        } else {
            self.try_handlers(loc, parts)?;
        }
        self.emit(NONE, Op::PopBlock, 0);
        self.pop_block();
        self.stmts(finalbody)?;
        self.jump(NONE, Op::Jump, exit);

        self.place(end);
        self.push_block(loc, BlockKind::FinallyEnd, end, Label::NONE)?;
        self.jump(NONE, Op::SetupCleanup, cleanup);
        self.emit(NONE, Opcode::PUSH_EXC_INFO, 0);
        self.stmts(finalbody)?;
        self.pop_block();
        self.emit(NONE, Opcode::RERAISE, 0);
        self.place(cleanup);
        self.pop_except_and_reraise();
        self.place(exit);
        Ok(())
    }

    fn try_handlers(&mut self, loc: Location, parts: Try<'a>) -> Res {
        if parts.is_star {
            self.try_star(loc, parts)
        } else {
            self.try_except(loc, parts)
        }
    }

    fn guarded_body(&mut self, loc: Location, body: &'a [Stmt], handler: Label) -> Res {
        let start = self.new_label();
        self.jump(loc, Op::SetupFinally, handler);
        self.place(start);
        self.push_block(loc, BlockKind::TryExcept, start, Label::NONE)?;
        self.stmts(body)?;
        self.pop_block();
        self.emit(NONE, Op::PopBlock, 0);
        Ok(())
    }

    fn try_except(&mut self, loc: Location, parts: Try<'a>) -> Res {
        let mut except = self.new_label();
        let end = self.new_label();
        let cleanup = self.new_label();
        self.guarded_body(loc, parts.body, except)?;
        self.stmts(parts.orelse)?;
        self.jump(NONE, Op::Jump, end);

        self.place(except);
        self.jump(NONE, Op::SetupCleanup, cleanup);
        self.emit(NONE, Opcode::PUSH_EXC_INFO, 0);
        self.push_block(loc, BlockKind::ExceptionHandler, Label::NONE, Label::NONE)?;
        for (i, handler) in parts.handlers.iter().enumerate() {
            let loc = self.at(handler.range);
            if handler.typ.is_none() && i + 1 < parts.handlers.len() {
                return self.error(handler.range, "default 'except:' must be last");
            }
            except = self.new_label();
            if let Some(typ) = &handler.typ {
                self.expr(typ)?;
                self.emit(loc, Opcode::CHECK_EXC_MATCH, 0);
                self.jump(loc, Opcode::POP_JUMP_IF_FALSE, except);
            }
            let body = self.new_label();
            if let Some(name) = &handler.name {
                let cleanup_end = self.new_label();
                self.store_name(loc, &name.id)?;
                // The name is deleted however the body ends.
                self.jump(loc, Op::SetupCleanup, cleanup_end);
                self.place(body);
                let kind = BlockKind::HandlerCleanup(Some(&name.id));
                self.push_block(loc, kind, body, Label::NONE)?;
                self.stmts(&handler.body)?;
                self.pop_block();
                self.emit(NONE, Op::PopBlock, 0);
                self.emit(NONE, Op::PopBlock, 0);
                self.emit(NONE, Opcode::POP_EXCEPT, 0);
                self.forget_exception(NONE, &name.id)?;
                self.jump(NONE, Op::Jump, end);
                self.place(cleanup_end);
                self.forget_exception(NONE, &name.id)?;
                self.emit(NONE, Opcode::RERAISE, 1);
            } else {
                self.emit(loc, Opcode::POP_TOP, 0);
                self.place(body);
                let kind = BlockKind::HandlerCleanup(None);
                self.push_block(loc, kind, body, Label::NONE)?;
                self.stmts(&handler.body)?;
                self.pop_block();
                self.emit(NONE, Op::PopBlock, 0);
                self.emit(NONE, Opcode::POP_EXCEPT, 0);
                self.jump(NONE, Op::Jump, end);
            }
            self.place(except);
        }
        self.emit(NONE, Opcode::RERAISE, 0);
        self.pop_block();
        self.place(cleanup);
        self.pop_except_and_reraise();
        self.place(end);
        Ok(())
    }

    /// `name = None; del name`, with which a handler ends.
    pub(super) fn forget_exception(&mut self, loc: Location, name: &str) -> Res {
        self.load_const(loc, Const::None);
        self.store_name(loc, name)?;
        self.name_op(loc, name, ExprContext::Del)
    }

    /// On the stack of the handlers: the exception, the list of what they raised, and what of
    /// the group is not handled yet (or None).
    fn try_star(&mut self, loc: Location, parts: Try<'a>) -> Res {
        let first = self.new_label();
        let orelse = self.new_label();
        let end = self.new_label();
        let cleanup = self.new_label();
        let reraise_star = self.new_label();
        let reraise = self.new_label();
        self.guarded_body(loc, parts.body, first)?;
        self.jump(NONE, Op::Jump, orelse);

        self.place(first);
        self.jump(NONE, Op::SetupCleanup, cleanup);
        self.emit(NONE, Opcode::PUSH_EXC_INFO, 0);
        let kind = BlockKind::ExceptionGroupHandler;
        self.push_block(loc, kind, Label::NONE, Label::NONE)?;
        for (i, handler) in parts.handlers.iter().enumerate() {
            let loc = self.at(handler.range);
            let next_except = self.new_label();
            let except_with_error = self.new_label();
            let no_match = self.new_label();
            let cleanup_end = self.new_label();
            let body = self.new_label();
            if i == 0 {
                self.emit(loc, Opcode::BUILD_LIST, 0);
                self.emit(loc, Opcode::COPY, 2);
            }
            if let Some(typ) = &handler.typ {
                self.expr(typ)?;
                self.emit(loc, Opcode::CHECK_EG_MATCH, 0);
                self.emit(loc, Opcode::COPY, 1);
                self.jump(loc, Opcode::POP_JUMP_IF_NONE, no_match);
            }
            let name = handler.name.as_ref().map(|n| &*n.id);
            match name {
                Some(name) => self.store_name(loc, name)?,
                None => self.emit(loc, Opcode::POP_TOP, 0),
            }
            self.jump(loc, Op::SetupCleanup, cleanup_end);
            self.place(body);
            self.push_block(loc, BlockKind::HandlerCleanup(name), body, Label::NONE)?;
            self.stmts(&handler.body)?;
            self.pop_block();
            self.emit(NONE, Op::PopBlock, 0);
            if let Some(name) = name {
                self.forget_exception(NONE, name)?;
            }
            self.jump(NONE, Op::Jump, next_except);

            self.place(cleanup_end);
            if let Some(name) = name {
                self.forget_exception(NONE, name)?;
            }
            // What the handler raised goes to the list.
            self.emit(NONE, Opcode::LIST_APPEND, 3);
            self.emit(NONE, Opcode::POP_TOP, 0);
            self.jump(NONE, Op::Jump, except_with_error);

            self.place(next_except);
            // Holds a propagated location.
            self.emit(NONE, Opcode::NOP, 0);
            self.jump(NONE, Op::Jump, except_with_error);
            self.place(no_match);
            self.emit(loc, Opcode::POP_TOP, 0);
            self.place(except_with_error);
            if i + 1 == parts.handlers.len() {
                // The unhandled rest goes to the list too.
                self.emit(NONE, Opcode::LIST_APPEND, 1);
                self.jump(NONE, Op::Jump, reraise_star);
            }
        }
        self.pop_block();
        self.place(reraise_star);
        self.emit(
            NONE,
            Opcode::CALL_INTRINSIC_2,
            intrinsic2::PREP_RERAISE_STAR,
        );
        self.emit(NONE, Opcode::COPY, 1);
        self.jump(NONE, Opcode::POP_JUMP_IF_NOT_NONE, reraise);
        self.emit(NONE, Opcode::POP_TOP, 0);
        self.emit(NONE, Op::PopBlock, 0);
        self.emit(NONE, Opcode::POP_EXCEPT, 0);
        self.jump(NONE, Op::Jump, end);
        self.place(reraise);
        self.emit(NONE, Op::PopBlock, 0);
        self.emit(NONE, Opcode::SWAP, 2);
        self.emit(NONE, Opcode::POP_EXCEPT, 0);
        self.emit(NONE, Opcode::RERAISE, 0);
        self.place(cleanup);
        self.pop_except_and_reraise();
        self.place(orelse);
        self.stmts(parts.orelse)?;
        self.place(end);
        Ok(())
    }
}
