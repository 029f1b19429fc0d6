//! Comprehensions and generator expressions.
//!
//! All but generator expressions run in the frame of their container (PEP 709): what they bind
//! is saved on the stack and restored afterwards, also when an exception leaves them.

use std::rc::Rc;

use bytecode::{Location, Opcode};
use syntax::ast::{Comprehension, Expr, ExprKind};

use super::Compiler;
use super::unit::{BlockKind, Label, Op, UnitKind};
use crate::report::Res;
use crate::symtable::{Home, NodeRole, ScopeId, ScopeKind, Symbol, flag, node_key};

/// What a comprehension makes of its element.
#[derive(Clone, Copy)]
enum Element<'a> {
    Yield(&'a Expr),
    Append(&'a Expr),
    Add(&'a Expr),
    Insert(&'a Expr, &'a Expr),
}

/// What an inlined comprehension changed in its container.
#[derive(Default)]
struct Inlined {
    /// Names saved on the stack.
    pushed: Vec<Rc<str>>,
    /// Names that are fast locals while it runs.
    hidden: Vec<Rc<str>>,
    /// Symbols of the container that its own stand in for.
    symbols: Vec<(Rc<str>, Option<Symbol>)>,
    /// Where an exception goes, and the end.
    labels: Option<(Label, Label)>,
}

impl<'a> Compiler<'a> {
    pub(super) fn comprehension(&mut self, expr: &'a Expr) -> Res {
        let (element, generators, name) = match &expr.kind {
            ExprKind::ListComp { elt, generators } => {
                (Element::Append(elt), generators, "<listcomp>")
            }
            ExprKind::SetComp { elt, generators } => (Element::Add(elt), generators, "<setcomp>"),
            ExprKind::DictComp {
                key,
                value,
                generators,
            } => (Element::Insert(key, value), generators, "<dictcomp>"),
            ExprKind::GeneratorExp { elt, generators } => {
                (Element::Yield(elt), generators, "<genexpr>")
            }
            _ => return Ok(()),
        };
        let Some(outermost) = generators.first() else {
            return Ok(());
        };
        let loc = self.at(expr.range);
        let scope = self.table.of_node(node_key(expr, NodeRole::Body));
        let inlined = self.table.scope(scope).inlined;
        let is_async = self.table.scope(scope).coroutine;
        let is_generator = matches!(element, Element::Yield(_));
        let async_allowed = matches!(
            self.unit.kind,
            UnitKind::AsyncFunction | UnitKind::Comprehension
        ) || self.top_level_await();
        let mut state = Inlined::default();
        if inlined {
            self.comprehension_iterable(loc, outermost)?;
            state = self.begin_inlined(loc, scope);
        } else {
            self.enter_scope(UnitKind::Comprehension, scope, name, loc.line as u32);
        }
        if is_async && !is_generator && !async_allowed {
            let msg = "asynchronous comprehension outside of an asynchronous function";
            return self.error(expr.range, msg);
        }
        let build = match element {
            Element::Yield(_) => None,
            Element::Append(_) => Some(Opcode::BUILD_LIST),
            Element::Add(_) => Some(Opcode::BUILD_SET),
            Element::Insert(..) => Some(Opcode::BUILD_MAP),
        };
        if let Some(build) = build {
            self.emit(loc, build, 0);
            if inlined {
                self.emit(loc, Opcode::SWAP, 2);
            }
        }
        self.generator(loc, generators, 0, element, inlined)?;
        if inlined {
            self.end_inlined(loc, state);
            return Ok(());
        }
        if is_generator {
            self.wrap_in_stopiteration_handler();
        } else {
            let (Element::Yield(e) | Element::Append(e) | Element::Add(e) | Element::Insert(e, _)) =
                element;
            let at = self.at(e.range);
            self.emit(at, Opcode::RETURN_VALUE, 0);
        }
        let code = self.leave_scope(true);
        self.unit.coroutine |= is_async && self.top_level_await();
        self.make_closure(loc, code, 0);
        self.comprehension_iterable(loc, outermost)?;
        self.emit(loc, Opcode::CALL, 0);
        if is_async && !is_generator {
            self.await_top(loc, 0);
        }
        Ok(())
    }

    /// The outermost iterator, which is made around the comprehension.
    fn comprehension_iterable(&mut self, loc: Location, generator: &'a Comprehension) -> Res {
        self.iterable(&generator.iter)?;
        let op = if generator.is_async {
            Opcode::GET_AITER
        } else {
            Opcode::GET_ITER
        };
        self.emit(loc, op, 0);
        Ok(())
    }

    fn begin_inlined(&mut self, loc: Location, comprehension: ScopeId) -> Inlined {
        let mut state = Inlined::default();
        let kind = self.scope().kind;
        let in_class = kind == ScopeKind::Class && self.unit.inlined == 0;
        self.unit.inlined += 1;
        let symbols: Vec<(Rc<str>, Symbol)> = self
            .table
            .scope(comprehension)
            .symbols
            .iter()
            .map(|(name, symbol)| (Rc::clone(name), *symbol))
            .collect();
        for (name, symbol) in symbols {
            let outer = self.scope().symbol(&name);
            let outer_home = outer.map_or(Home::Unknown, |s| s.home);
            // What is free in the comprehension is found as around it.  A cell of the
            // comprehension that is free around it stays free: both are dereferenced.
            let differs = symbol.home != outer_home
                && symbol.home != Home::Free
                && !(symbol.home == Home::Cell && outer_home == Home::Free);
            let bound = symbol.has(flag::LOCAL) && !symbol.has(flag::NONLOCAL);
            // In a class CPython saves every name that occurs.
            if !bound && !in_class {
                continue;
            }
            if differs || in_class {
                let table = self.table.scope_mut(self.unit.scope);
                let old = table.symbols.insert(Rc::clone(&name), symbol);
                state.symbols.push((Rc::clone(&name), old));
            }
            if !kind.is_function_like() {
                let active = self.unit.fast_hidden.insert(Rc::clone(&name), true);
                if active != Some(true) {
                    state.hidden.push(Rc::clone(&name));
                }
            }
            // A cell variable's own cell is saved, and the comprehension gets a new one.
            let index = self.fast_index(&name);
            self.emit(loc, Opcode::LOAD_FAST_AND_CLEAR, index);
            if symbol.home == Home::Cell {
                let index = if outer_home == Home::Free {
                    self.free_index(&name)
                } else {
                    self.deref_index(&name)
                };
                self.emit(loc, Opcode::MAKE_CELL, index);
            }
            state.pushed.push(name);
        }
        if !state.pushed.is_empty() {
            let position = state.pushed.len() as u32 + 1;
            self.emit(loc, Opcode::SWAP, position);
            let cleanup = self.new_label();
            let end = self.new_label();
            self.jump(loc, Op::SetupFinally, cleanup);
            state.labels = Some((cleanup, end));
        }
        state
    }

    fn end_inlined(&mut self, loc: Location, state: Inlined) {
        self.unit.inlined -= 1;
        for (name, old) in state.symbols.into_iter().rev() {
            let scope = self.table.scope_mut(self.unit.scope);
            match old {
                Some(symbol) => {
                    scope.symbols.insert(name, symbol);
                }
                None => {
                    scope.symbols.shift_remove(&name);
                }
            }
        }
        if let Some((cleanup, end)) = state.labels {
            let none = Location::NONE;
            self.emit(none, Op::PopBlock, 0);
            self.jump(none, Op::Jump, end);
            self.place(cleanup);
            // Drops the unfinished result below the exception.
            self.emit(none, Opcode::SWAP, 2);
            self.emit(none, Opcode::POP_TOP, 0);
            self.restore_locals(loc, &state.pushed);
            self.emit(none, Opcode::RERAISE, 0);
            self.place(end);
            self.restore_locals(loc, &state.pushed);
        }
        for name in state.hidden {
            self.unit.fast_hidden.insert(name, false);
        }
    }

    /// Restores saved variables from below the top of the stack.
    fn restore_locals(&mut self, loc: Location, pushed: &[Rc<str>]) {
        self.emit(loc, Opcode::SWAP, pushed.len() as u32 + 1);
        for name in pushed.iter().rev() {
            let index = self.fast_index(name);
            self.emit(loc, Op::StoreFastMaybeNull, index);
        }
    }

    /// The loop of `generators[0]`, and in it those of the rest; `depth` is the number of
    /// iterators on the stack.
    fn generator(
        &mut self,
        loc: Location,
        generators: &'a [Comprehension],
        depth: u32,
        element: Element<'a>,
        iter_on_stack: bool,
    ) -> Res {
        self.descend()?;
        match generators {
            [generator, rest @ ..] if generator.is_async => {
                self.async_generator(loc, generator, rest, depth, element, iter_on_stack)?;
            }
            [generator, rest @ ..] => {
                self.sync_generator(loc, generator, rest, depth, element, iter_on_stack)?;
            }
            [] => {}
        }
        self.depth -= 1;
        Ok(())
    }

    fn sync_generator(
        &mut self,
        loc: Location,
        generator: &'a Comprehension,
        rest: &'a [Comprehension],
        depth: u32,
        element: Element<'a>,
        iter_on_stack: bool,
    ) -> Res {
        let if_cleanup = self.new_label();
        let mut is_loop = true;
        if !iter_on_stack {
            if depth == 0 {
                self.unit.argcount = 1;
                self.emit(loc, Opcode::LOAD_FAST, 0);
            } else if let Some(only) = self.single_element(&generator.iter) {
                // `for y in [f(x)]` is an assignment.
                self.expr(only)?;
                is_loop = false;
            } else {
                self.iterable(&generator.iter)?;
                self.emit(loc, Opcode::GET_ITER, 0);
            }
        }
        let start = self.new_label();
        let anchor = self.new_label();
        let mut depth = depth;
        if is_loop {
            depth += 1;
            self.place(start);
            self.jump(loc, Opcode::FOR_ITER, anchor);
        }
        self.expr(&generator.target)?;
        for condition in &generator.ifs {
            self.jump_if(loc, condition, if_cleanup, false)?;
        }
        // Behind the first generator the depth is never 0, even if that was no loop.
        let elt_loc = self.inner(loc, rest, depth, element)?;
        self.place(if_cleanup);
        if is_loop {
            self.jump(elt_loc, Op::Jump, start);
            self.place(anchor);
            self.emit(Location::NONE, Opcode::END_FOR, 0);
        }
        Ok(())
    }

    /// The element of a display of one that is not constant.
    fn single_element(&self, iter: &'a Expr) -> Option<&'a Expr> {
        let (ExprKind::List { elts, .. } | ExprKind::Tuple { elts, .. }) = &iter.kind else {
            return None;
        };
        match elts.as_slice() {
            [elt]
                if !matches!(elt.kind, ExprKind::Starred { .. })
                    && !self.folded.is_constant(iter)
                    && !self.folded.is_constant(elt) =>
            {
                Some(elt)
            }
            _ => None,
        }
    }

    /// The remaining generators, or the element if there are none.
    fn inner(
        &mut self,
        loc: Location,
        rest: &'a [Comprehension],
        depth: u32,
        element: Element<'a>,
    ) -> Res<Location> {
        if rest.is_empty() {
            return self.element(element, depth);
        }
        self.generator(loc, rest, depth, element, false)?;
        Ok(self.element_loc(element))
    }

    fn element_loc(&self, element: Element<'a>) -> Location {
        let (Element::Yield(elt)
        | Element::Append(elt)
        | Element::Add(elt)
        | Element::Insert(elt, _)) = element;
        self.at(elt.range)
    }

    fn element(&mut self, element: Element<'a>, depth: u32) -> Res<Location> {
        let at = self.element_loc(element);
        match element {
            Element::Yield(elt) => {
                self.expr(elt)?;
                self.yield_value(at);
                self.emit(at, Opcode::POP_TOP, 0);
            }
            Element::Append(elt) => {
                self.expr(elt)?;
                self.emit(at, Opcode::LIST_APPEND, depth + 1);
            }
            Element::Add(elt) => {
                self.expr(elt)?;
                self.emit(at, Opcode::SET_ADD, depth + 1);
            }
            Element::Insert(key, value) => {
                self.expr(key)?;
                self.expr(value)?;
                let at = self.at(key.range.cover(value.range));
                self.emit(at, Opcode::MAP_ADD, depth + 1);
                return Ok(at);
            }
        }
        Ok(at)
    }

    fn async_generator(
        &mut self,
        loc: Location,
        generator: &'a Comprehension,
        rest: &'a [Comprehension],
        depth: u32,
        element: Element<'a>,
        iter_on_stack: bool,
    ) -> Res {
        let start = self.new_label();
        let except = self.new_label();
        let if_cleanup = self.new_label();
        if !iter_on_stack {
            if depth == 0 {
                self.unit.argcount = 1;
                self.emit(loc, Opcode::LOAD_FAST, 0);
            } else {
                self.iterable(&generator.iter)?;
                self.emit(loc, Opcode::GET_AITER, 0);
            }
        }
        self.place(start);
        self.push_block(loc, BlockKind::AsyncComprehension, start, Label::NONE)?;
        self.jump(loc, Op::SetupFinally, except);
        self.emit(loc, Opcode::GET_ANEXT, 0);
        self.load_const(loc, bytecode::Const::None);
        self.yield_from(loc, true);
        self.emit(loc, Op::PopBlock, 0);
        self.expr(&generator.target)?;
        for condition in &generator.ifs {
            self.jump_if(loc, condition, if_cleanup, false)?;
        }
        let elt_loc = self.inner(loc, rest, depth + 1, element)?;
        self.place(if_cleanup);
        self.jump(elt_loc, Op::Jump, start);
        self.pop_block();
        self.place(except);
        self.emit(loc, Opcode::END_ASYNC_FOR, 0);
        Ok(())
    }
}
