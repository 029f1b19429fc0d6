//! The builder's state: the stack of open scopes and how a name is noted.

use std::collections::HashMap;
use std::rc::Rc;

use indexmap::IndexMap;
use syntax::ast::Range;

use super::{
    Directive, Home, NodeKey, Scope, ScopeId, ScopeKind, Settings, Symbol, SymbolTable, flag,
};
use crate::fold::Folded;
use crate::mangle::mangle;
use crate::report::{MAX_DEPTH, Reporter, Res, too_deep};

use super::build::Builder;

impl<'a> Builder<'a> {
    pub(super) fn new(report: Reporter<'a>, settings: Settings) -> Self {
        Builder {
            report,
            settings,
            table: SymbolTable {
                scopes: Vec::new(),
                by_node: HashMap::new(),
            },
            folded: Folded::new(settings.debug, settings.fold_inverted_bools),
            stack: Vec::new(),
            private: None,
            depth: 0,
        }
    }

    /// Runs `visit` one level deeper.
    pub(super) fn deeper(&mut self, visit: impl FnOnce(&mut Self) -> Res) -> Res {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return too_deep();
        }
        let result = visit(self);
        self.depth -= 1;
        result
    }

    pub(super) fn current(&self) -> ScopeId {
        self.stack.last().copied().unwrap_or(SymbolTable::TOP)
    }

    pub(super) fn scope(&mut self) -> &mut Scope {
        let id = self.current();
        self.table.scope_mut(id)
    }

    /// Opens a scope.
    pub(super) fn enter(&mut self, name: &str, kind: ScopeKind, key: NodeKey, range: Range) {
        let outer = self.stack.last().map(|&id| self.table.scope(id));
        let id = ScopeId(self.table.scopes.len() as u32);
        let scope = Scope {
            name: Rc::from(name),
            kind,
            line: self.report.line(range.start),
            symbols: IndexMap::new(),
            params: Vec::new(),
            children: Vec::new(),
            directives: Vec::new(),
            nested: outer.is_some_and(|o| o.nested || o.kind.is_function_like()),
            free: false,
            child_free: false,
            generator: false,
            coroutine: false,
            comprehension: None,
            varargs: false,
            varkeywords: false,
            returns_value: false,
            needs_class_closure: false,
            needs_classdict: false,
            inlined: false,
            can_see_class_scope: false,
            in_iter_target: false,
            iter_expr_depth: outer.map_or(0, |o| o.iter_expr_depth),
        };
        // Unevaluated annotations are checked for what may not stand in them, and then dropped.
        if let Some(&outer) = self.stack.last()
            && kind != ScopeKind::Annotation
        {
            self.table.scope_mut(outer).children.push(id);
        }
        self.table.scopes.push(scope);
        self.table.by_node.insert(key, id);
        self.stack.push(id);
    }

    /// Closes the innermost scope.
    pub(super) fn leave(&mut self) {
        self.stack.pop();
    }

    /// Notes a name in the current scope.
    pub(super) fn define(&mut self, name: &str, flags: u16, range: Range) -> Res {
        let id = self.current();
        self.define_in(id, name, flags, range)
    }

    /// Notes a name in a scope.
    pub(super) fn define_in(&mut self, id: ScopeId, name: &str, flags: u16, range: Range) -> Res {
        let mangled = mangle(self.private, name);
        let scope = self.table.scope_mut(id);
        let known = scope.symbols.get_mut(&*mangled);
        let mut all = flags;
        if let Some(symbol) = &known {
            if flags & symbol.flags & flag::PARAM != 0 {
                let msg = format!("duplicate argument '{name}' in function definition");
                return self.report.error(range, msg);
            }
            if flags & symbol.flags & flag::TYPE_PARAM != 0 {
                let msg = format!("duplicate type parameter '{name}'");
                return self.report.error(range, msg);
            }
            all |= symbol.flags;
        }
        if scope.in_iter_target {
            if all & (flag::GLOBAL | flag::NONLOCAL) != 0 {
                let msg = format!(
                    "comprehension inner loop cannot rebind assignment expression target '{name}'"
                );
                return self.report.error(range, msg);
            }
            all |= flag::COMP_ITER;
        }
        if let Some(symbol) = known {
            symbol.flags = all;
        } else {
            let symbol = Symbol {
                flags: all,
                home: Home::Unknown,
            };
            scope.symbols.insert(Rc::from(&*mangled), symbol);
        }
        if flags & flag::PARAM != 0 {
            let (key, _) = scope
                .symbols
                .get_key_value(&*mangled)
                .expect("the name was just noted");
            let key = Rc::clone(key);
            scope.params.push(key);
        } else if flags & flag::GLOBAL != 0 {
            // The module learns that a function declared the name global.
            let top = self.table.scope_mut(SymbolTable::TOP);
            match top.symbols.get_mut(&*mangled) {
                Some(symbol) => symbol.flags |= flags,
                None => {
                    let home = Home::Unknown;
                    let symbol = Symbol { flags, home };
                    top.symbols.insert(Rc::from(&*mangled), symbol);
                }
            }
        }
        Ok(())
    }

    /// The bits of a name in the current scope.
    pub(super) fn lookup(&mut self, name: &str) -> u16 {
        let mangled = mangle(self.private, name);
        let id = self.current();
        self.table.scope(id).flags(&mangled)
    }

    /// Remembers where a name was declared, for errors found later.
    pub(super) fn record_directive(&mut self, name: &str, range: Range) {
        let name = Rc::from(&*mangle(self.private, name));
        self.scope().directives.push(Directive { name, range });
    }
}
