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

/// Where a generator finds its iterator.
#[derive(Clone, Copy)]
enum Iterator {
    /// Made around the comprehension, in the same frame.
    OnStack,
    /// Made around the comprehension and handed to its frame.
    Argument,
    /// Made here.
    Made,
}

/// A generator whose end is still to come: where it starts, where it goes for the next item, and
/// where it goes when there is none.
enum Level {
    Loop {
        start: Label,
        next: Label,
        end: Label,
    },
    Async {
        start: Label,
        next: Label,
        end: Label,
    },
    /// A display of one element, which is an assignment.
    Once { next: Label },
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
        self.generators(loc, generators, element, inlined)?;
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

    /// The loops of all generators, each inside the one before, and the element in the innermost.
    /// They are opened and closed one by one, so that their number needs no native stack.
    fn generators(
        &mut self,
        loc: Location,
        generators: &'a [Comprehension],
        element: Element<'a>,
        iter_on_stack: bool,
    ) -> Res {
        let mut open = Vec::with_capacity(generators.len());
        // The number of iterators on the stack; behind the first generator it is never 0, even
        // if that was no loop.
        let mut depth = 0;
        for (place, generator) in generators.iter().enumerate() {
            let source = match place {
                0 if iter_on_stack => Iterator::OnStack,
                0 => Iterator::Argument,
                _ => Iterator::Made,
            };
            let level = if generator.is_async {
                self.open_async(loc, generator, source)?
            } else {
                self.open_sync(loc, generator, source)?
            };
            depth += u32::from(!matches!(level, Level::Once { .. }));
            open.push(level);
        }
        let mut end = self.element(element, depth)?;
        for level in open.into_iter().rev() {
            self.close(loc, end, level);
            end = self.element_loc(element);
        }
        Ok(())
    }

    /// Puts the argument of a comprehension in a frame of its own on the stack.
    fn load_argument(&mut self, loc: Location) {
        self.unit.argcount = 1;
        self.emit(loc, Opcode::LOAD_FAST, 0);
    }

    fn open_sync(
        &mut self,
        loc: Location,
        generator: &'a Comprehension,
        source: Iterator,
    ) -> Res<Level> {
        let next = self.new_label();
        let mut once = false;
        match (source, self.single_element(&generator.iter)) {
            (Iterator::OnStack, _) => {}
            (Iterator::Argument, _) => self.load_argument(loc),
            // `for y in [f(x)]` is an assignment.
            (Iterator::Made, Some(only)) => {
                self.expr(only)?;
                once = true;
            }
            (Iterator::Made, None) => {
                self.iterable(&generator.iter)?;
                self.emit(loc, Opcode::GET_ITER, 0);
            }
        }
        let start = self.new_label();
        let end = self.new_label();
        if !once {
            self.place(start);
            self.jump(loc, Opcode::FOR_ITER, end);
        }
        self.bind_and_filter(loc, generator, next)?;
        Ok(if once {
            Level::Once { next }
        } else {
            Level::Loop { start, next, end }
        })
    }

    fn open_async(
        &mut self,
        loc: Location,
        generator: &'a Comprehension,
        source: Iterator,
    ) -> Res<Level> {
        let start = self.new_label();
        let end = self.new_label();
        let next = self.new_label();
        match source {
            Iterator::OnStack => {}
            Iterator::Argument => self.load_argument(loc),
            Iterator::Made => {
                self.iterable(&generator.iter)?;
                self.emit(loc, Opcode::GET_AITER, 0);
            }
        }
        self.place(start);
        self.push_block(loc, BlockKind::AsyncComprehension, start, Label::NONE)?;
        self.jump(loc, Op::SetupFinally, end);
        self.emit(loc, Opcode::GET_ANEXT, 0);
        self.load_const(loc, bytecode::Const::None);
        self.yield_from(loc, true);
        self.emit(loc, Op::PopBlock, 0);
        self.bind_and_filter(loc, generator, next)?;
        Ok(Level::Async { start, next, end })
    }

    /// Stores the item and tests the conditions on it.
    fn bind_and_filter(&mut self, loc: Location, generator: &'a Comprehension, next: Label) -> Res {
        self.expr(&generator.target)?;
        for condition in &generator.ifs {
            self.jump_if(loc, condition, next, false)?;
        }
        Ok(())
    }

    fn close(&mut self, loc: Location, end_of_body: Location, level: Level) {
        match level {
            Level::Once { next } => self.place(next),
            Level::Loop { start, next, end } => {
                self.place(next);
                self.jump(end_of_body, Op::Jump, start);
                self.place(end);
                self.emit(Location::NONE, Opcode::END_FOR, 0);
            }
            Level::Async { start, next, end } => {
                self.place(next);
                self.jump(end_of_body, Op::Jump, start);
                self.pop_block();
                self.place(end);
                self.emit(loc, Opcode::END_ASYNC_FOR, 0);
            }
        }
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
}
