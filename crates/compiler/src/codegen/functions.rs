//! `def`, `async def` and `lambda`.

use std::rc::Rc;

use bytecode::opcode::{intrinsic1, intrinsic2};
use bytecode::{Const, Location, Opcode};
use syntax::ast::{Arg, Arguments, Expr, ExprContext, ExprKind, FunctionDef, Stmt};

use super::Compiler;
use super::unit::{BlockKind, Label, Op, UnitKind};
use crate::future::docstring;
use crate::mangle::mangle;
use crate::report::Res;
use crate::symtable::{NodeRole, node_key};

/// `MAKE_FUNCTION` flags.
const DEFAULTS: u32 = 1;
const KW_DEFAULTS: u32 = 2;
const ANNOTATIONS: u32 = 4;

impl<'a> Compiler<'a> {
    pub(super) fn function(&mut self, stmt: &'a Stmt, def: &'a FunctionDef) -> Res {
        let loc = self.at(stmt.range);
        self.check_params(&def.args)?;
        self.exprs(&def.decorator_list)?;
        let first_line = self.first_line(stmt, &def.decorator_list);
        let mut flags = self.defaults(loc, &def.args)?;
        let generic = !def.type_params.is_empty();
        let passed = (flags & (DEFAULTS | KW_DEFAULTS)).count_ones();
        if generic {
            // The type parameters get a function of their own, which is passed the defaults.
            if passed == 2 {
                self.emit(loc, Opcode::SWAP, 2);
            }
            self.enter_type_params(&def.type_params, &def.name.id, first_line);
            self.type_params(&def.type_params)?;
            for i in 0..passed {
                self.emit(loc, Opcode::LOAD_FAST, i);
            }
        }
        if self.annotations(loc, def)? {
            flags |= ANNOTATIONS;
        }
        self.function_body(stmt, def, flags, first_line)?;
        if generic {
            self.emit(loc, Opcode::SWAP, 2);
            self.emit(
                loc,
                Opcode::CALL_INTRINSIC_2,
                intrinsic2::SET_FUNCTION_TYPE_PARAMS,
            );
            self.unit.argcount = passed;
            let code = self.leave_scope(false);
            self.make_closure(loc, code, 0);
            if passed > 0 {
                // The first default takes the place of `self`.
                self.emit(loc, Opcode::SWAP, passed + 1);
                self.emit(loc, Opcode::CALL, passed - 1);
            } else {
                self.emit(loc, Opcode::PUSH_NULL, 0);
                self.emit(loc, Opcode::CALL, 0);
            }
        }
        self.apply_decorators(&def.decorator_list);
        self.store_name(loc, &def.name.id)
    }

    /// The first line of a definition, decorators included.
    pub(super) fn first_line(&self, stmt: &Stmt, decorators: &[Expr]) -> u32 {
        let first = decorators.first().map_or(stmt.range, |d| d.range);
        self.report.line(first.start)
    }

    /// Calls the decorators on the stack, the last first.
    pub(super) fn apply_decorators(&mut self, decorators: &[Expr]) {
        for decorator in decorators.iter().rev() {
            let loc = self.at(decorator.range);
            self.emit(loc, Opcode::CALL, 0);
        }
    }

    fn check_params(&self, args: &Arguments) -> Res {
        let check = |arg: &Arg| self.forbid_name(self.at(arg.range), &arg.arg, ExprContext::Store);
        args.posonlyargs.iter().try_for_each(check)?;
        args.args.iter().try_for_each(check)?;
        args.vararg.as_deref().iter().try_for_each(|a| check(a))?;
        args.kwonlyargs.iter().try_for_each(check)?;
        args.kwarg.as_deref().iter().try_for_each(|a| check(a))
    }

    /// Pushes the defaults; gives the `MAKE_FUNCTION` flags for them.
    fn defaults(&mut self, loc: Location, args: &'a Arguments) -> Res<u32> {
        let mut flags = 0;
        if !args.defaults.is_empty() {
            flags |= DEFAULTS;
            self.exprs(&args.defaults)?;
            self.emit(loc, Opcode::BUILD_TUPLE, args.defaults.len() as u32);
        }
        let mut names = Vec::new();
        for (arg, default) in args.kwonlyargs.iter().zip(&args.kw_defaults) {
            if let Some(default) = default {
                names.push(Const::str(&mangle(self.unit.private, &arg.arg)));
                self.expr(default)?;
            }
        }
        if !names.is_empty() {
            flags |= KW_DEFAULTS;
            let count = names.len() as u32;
            self.load_const(loc, Const::Tuple(names.into()));
            self.emit(loc, Opcode::BUILD_CONST_KEY_MAP, count);
        }
        Ok(flags)
    }

    /// Pushes a flat tuple of names and annotations, if there are any.
    fn annotations(&mut self, loc: Location, def: &'a FunctionDef) -> Res<bool> {
        let args = &def.args;
        let all = args.args.iter().chain(&args.posonlyargs);
        let all = all.chain(args.vararg.as_deref());
        let all = all.chain(&args.kwonlyargs).chain(args.kwarg.as_deref());
        let all = all.map(|a| (&*a.arg, a.annotation.as_deref()));
        let mut count = 0;
        for (name, annotation) in all.chain([("return", def.returns.as_deref())]) {
            let Some(annotation) = annotation else {
                continue;
            };
            let name = mangle(self.unit.private, name);
            self.load_const(loc, Const::str(&name));
            count += 2;
            match &annotation.kind {
                // `*args: *Ts`
                ExprKind::Starred { value, .. } if !self.future_annotations() => {
                    self.expr(value)?;
                    self.emit(loc, Opcode::UNPACK_SEQUENCE, 1);
                }
                _ => self.annotation(annotation)?,
            }
        }
        if count > 0 {
            self.emit(loc, Opcode::BUILD_TUPLE, count);
        }
        Ok(count > 0)
    }

    fn set_params(&mut self, args: &Arguments) {
        self.unit.posonlyargcount = args.posonlyargs.len() as u32;
        self.unit.argcount = (args.posonlyargs.len() + args.args.len()) as u32;
        self.unit.kwonlyargcount = args.kwonlyargs.len() as u32;
    }

    fn function_body(
        &mut self,
        stmt: &'a Stmt,
        def: &'a FunctionDef,
        flags: u32,
        first_line: u32,
    ) -> Res {
        let scope = self.table.of_node(node_key(stmt, NodeRole::Body));
        let kind = if def.is_async {
            UnitKind::AsyncFunction
        } else {
            UnitKind::Function
        };
        let is_method = self.unit.kind == UnitKind::Class
            || self.unit.kind == UnitKind::TypeParams
                && self.outer.last().is_some_and(|u| u.kind == UnitKind::Class);
        self.enter_scope(kind, scope, &def.name.id, first_line);
        if is_method {
            let first = def.args.posonlyargs.iter().chain(&def.args.args).next();
            self.unit.receiver = first.map(|a| Rc::from(&*a.arg));
        }
        let doc = docstring(&def.body).filter(|_| self.options.optimize < 2);
        let first_const = doc.and_then(|d| self.folded.value(d));
        self.const_index(first_const.unwrap_or(Const::None));
        self.set_params(&def.args);
        let body = &def.body[usize::from(doc.is_some())..];
        let generator = self.scope().coroutine || self.scope().generator;
        if generator {
            let none = Location::NONE;
            self.push_block(none, BlockKind::StopIteration, Label::NONE, Label::NONE)?;
            self.stmts(body)?;
            self.wrap_in_stopiteration_handler();
            self.pop_block();
        } else {
            self.stmts(body)?;
        }
        let code = self.leave_scope(true);
        let loc = self.at(stmt.range);
        self.make_closure(loc, code, flags);
        Ok(())
    }

    /// A StopIteration that leaves a generator becomes a RuntimeError (PEP 479).
    pub(super) fn wrap_in_stopiteration_handler(&mut self) {
        let handler = self.new_label();
        // The handler covers all but the prologue, which is inserted later.
        let code = &mut self.unit.code;
        let setup = super::unit::PreInstr {
            op: Op::SetupCleanup,
            arg: handler.0,
            loc: Location::NONE,
        };
        code.instrs.insert(0, setup);
        for label in &mut code.labels {
            *label = label.saturating_add(1);
        }
        self.load_const(Location::NONE, Const::None);
        self.emit(Location::NONE, Opcode::RETURN_VALUE, 0);
        self.place(handler);
        self.emit(
            Location::NONE,
            Opcode::CALL_INTRINSIC_1,
            intrinsic1::STOPITERATION_ERROR,
        );
        self.emit(Location::NONE, Opcode::RERAISE, 1);
    }

    pub(super) fn lambda(&mut self, expr: &'a Expr, args: &'a Arguments, body: &'a Expr) -> Res {
        self.check_params(args)?;
        let loc = self.at(expr.range);
        let flags = self.defaults(loc, args)?;
        let scope = self.table.of_node(node_key(expr, NodeRole::Body));
        self.enter_scope(UnitKind::Lambda, scope, "<lambda>", loc.line as u32);
        // A lambda cannot have a docstring.
        self.const_index(Const::None);
        self.set_params(args);
        self.expr(body)?;
        let code = if self.scope().generator {
            self.leave_scope(false)
        } else {
            let at = Location {
                end_line: loc.line,
                col: 0,
                end_col: 0,
                ..loc
            };
            self.emit(at, Opcode::RETURN_VALUE, 0);
            self.leave_scope(true)
        };
        self.make_closure(loc, code, flags);
        Ok(())
    }
}
