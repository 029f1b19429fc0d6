//! Where each name lives: from the bits of all scopes.
//!
//! The environment of a scope is a chain of frames, one for each enclosing scope, that tells which
//! names are bound or declared global there; so a lookup costs the depth of nesting, and nothing
//! is copied.  Free names travel outward as sets.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::{ComprehensionKind, Home, ScopeId, ScopeKind, Symbol, SymbolTable, flag};
use crate::report::{Reporter, Res};

type Names = HashSet<Rc<str>>;

/// What an enclosing scope makes of a name.
#[derive(Clone, Copy)]
enum Outer {
    Bound { type_param: bool },
    Global,
}

/// The names that one enclosing scope adds for the scopes inside it.
struct Frame<'e> {
    parent: Option<&'e Frame<'e>>,
    names: HashMap<Rc<str>, Outer>,
}

impl Frame<'_> {
    fn find(&self, name: &str) -> Option<Outer> {
        let mut frame = Some(self);
        while let Some(f) = frame {
            if let Some(&found) = f.names.get(name) {
                return Some(found);
            }
            frame = f.parent;
        }
        None
    }
}

/// Decides the home of every name.
pub(super) fn analyze(table: &mut SymbolTable, report: &Reporter<'_>) -> Res {
    Analyzer { table, report }
        .block(SymbolTable::TOP, None, None)
        .map(drop)
}

struct Analyzer<'t, 'r> {
    table: &'t mut SymbolTable,
    report: &'t Reporter<'r>,
}

impl Analyzer<'_, '_> {
    /// Decides a scope and those in it; gives the names that are free in it.
    fn block(
        &mut self,
        id: ScopeId,
        outer: Option<&Frame<'_>>,
        class_entry: Option<ScopeId>,
    ) -> Res<Names> {
        let kind = self.table.scope(id).kind;
        let mut free = Names::new();
        let names: Vec<(Rc<str>, u16)> = self
            .table
            .scope(id)
            .symbols
            .iter()
            .map(|(name, symbol)| (Rc::clone(name), symbol.flags))
            .collect();
        let mut homes: HashMap<Rc<str>, Home> = HashMap::with_capacity(names.len());
        let mut frame = Frame {
            parent: outer,
            names: HashMap::new(),
        };
        for (name, flags) in names {
            let home = self.name(id, &name, flags, outer, class_entry, &mut free)?;
            match home {
                Home::GlobalExplicit if flags & flag::GLOBAL != 0 && kind != ScopeKind::Class => {
                    frame.names.insert(Rc::clone(&name), Outer::Global);
                }
                Home::Local if kind.is_function_like() => {
                    let type_param = flags & flag::TYPE_PARAM != 0;
                    frame
                        .names
                        .insert(Rc::clone(&name), Outer::Bound { type_param });
                }
                // A class does not bind for the functions in it, but what it binds hides that
                // the name around it is a type parameter.
                Home::Local
                    if matches!(
                        outer.and_then(|o| o.find(&name)),
                        Some(Outer::Bound { type_param: true })
                    ) =>
                {
                    let bound = Outer::Bound { type_param: false };
                    frame.names.insert(Rc::clone(&name), bound);
                }
                _ => {}
            }
            homes.insert(name, home);
        }
        if kind == ScopeKind::Class {
            for name in ["__class__", "__classdict__"] {
                let bound = Outer::Bound { type_param: false };
                frame.names.insert(Rc::from(name), bound);
            }
        }

        let mut inner_free = Names::new();
        let mut inlined_cells = Names::new();
        let children = self.table.scope(id).children.clone();
        for &child in &children {
            let entry = self.table.scope(child);
            let class_entry = match (entry.can_see_class_scope, kind) {
                (false, _) => None,
                (true, ScopeKind::Class) => Some(id),
                (true, _) => class_entry,
            };
            // A class scope that annotation scopes can see must not get names of comprehensions.
            let inlines = entry
                .comprehension
                .is_some_and(|k| k != ComprehensionKind::Generator)
                && !self.table.scope(id).can_see_class_scope;
            let mut child_free = self.block(child, Some(&frame), class_entry)?;
            if inlines {
                self.inline(id, child, &mut homes, &mut child_free, &mut inlined_cells);
            }
            inner_free.extend(child_free);
            let entry = self.table.scope(child);
            if entry.free || entry.child_free {
                self.table.scope_mut(id).child_free = true;
            }
        }
        let mut spliced = Vec::with_capacity(children.len());
        for child in children {
            let entry = self.table.scope(child);
            if entry.inlined {
                spliced.extend_from_slice(&entry.children);
            } else {
                spliced.push(child);
            }
        }
        self.table.scope_mut(id).children = spliced;

        if kind.is_function_like() {
            for (name, home) in &mut homes {
                if *home == Home::Local
                    && (inner_free.contains(name) || inlined_cells.contains(name))
                {
                    *home = Home::Cell;
                    inner_free.remove(name);
                }
            }
        } else if kind == ScopeKind::Class {
            let scope = self.table.scope_mut(id);
            scope.needs_class_closure |= inner_free.remove("__class__");
            scope.needs_classdict |= inner_free.remove("__classdict__");
        }
        self.settle(id, &homes, outer, &inner_free, &inlined_cells);
        free.extend(inner_free);
        Ok(free)
    }

    /// Decides one name of a scope.
    fn name(
        &mut self,
        id: ScopeId,
        name: &Rc<str>,
        flags: u16,
        outer: Option<&Frame<'_>>,
        class_entry: Option<ScopeId>,
        free: &mut Names,
    ) -> Res<Home> {
        if flags & flag::GLOBAL != 0 {
            if flags & flag::NONLOCAL != 0 {
                let msg = format!("name '{name}' is nonlocal and global");
                return self.directive_error(id, name, msg);
            }
            return Ok(Home::GlobalExplicit);
        }
        let found = outer.and_then(|o| o.find(name));
        if flags & flag::NONLOCAL != 0 {
            if outer.is_none() {
                let msg = "nonlocal declaration not allowed at module level".to_owned();
                return self.directive_error(id, name, msg);
            }
            match found {
                Some(Outer::Bound { type_param: false }) => {}
                Some(Outer::Bound { type_param: true }) => {
                    let msg = format!("nonlocal binding not allowed for type parameter '{name}'");
                    return self.directive_error(id, name, msg);
                }
                _ => {
                    let msg = format!("no binding for nonlocal '{name}' found");
                    return self.directive_error(id, name, msg);
                }
            }
            self.table.scope_mut(id).free = true;
            free.insert(Rc::clone(name));
            return Ok(Home::Free);
        }
        if flags & flag::BOUND != 0 {
            return Ok(Home::Local);
        }
        // A name that the class binds itself is looked up there at run time; if that fails it
        // must be a global, not a variable of a function around the class.
        if let Some(class) = class_entry {
            let in_class = self.table.scope(class).flags(name);
            if in_class & flag::GLOBAL != 0 {
                return Ok(Home::GlobalExplicit);
            }
            if in_class & flag::BOUND != 0 && in_class & flag::NONLOCAL == 0 {
                return Ok(Home::GlobalImplicit);
            }
        }
        match found {
            Some(Outer::Bound { .. }) => {
                self.table.scope_mut(id).free = true;
                free.insert(Rc::clone(name));
                Ok(Home::Free)
            }
            Some(Outer::Global) => Ok(Home::GlobalImplicit),
            None => {
                let scope = self.table.scope_mut(id);
                scope.free |= scope.nested;
                Ok(Home::GlobalImplicit)
            }
        }
    }

    fn directive_error<T>(&self, id: ScopeId, name: &str, msg: String) -> Res<T> {
        let directives = &self.table.scope(id).directives;
        let range = directives.iter().find(|d| &*d.name == name);
        self.report
            .error(range.map(|d| d.range).unwrap_or_default(), msg)
    }

    /// Takes the names of a comprehension into the scope that it will run in.
    fn inline(
        &mut self,
        id: ScopeId,
        comprehension: ScopeId,
        homes: &mut HashMap<Rc<str>, Home>,
        free: &mut Names,
        cells: &mut Names,
    ) {
        let in_class = self.table.scope(id).kind == ScopeKind::Class;
        let names: Vec<(Rc<str>, Symbol)> = self
            .table
            .scope(comprehension)
            .symbols
            .iter()
            .map(|(name, symbol)| (Rc::clone(name), *symbol))
            .collect();
        for (name, symbol) in names {
            // The iterable is passed as a parameter; inlined, it stays on the stack.
            if symbol.has(flag::PARAM) {
                continue;
            }
            if symbol.home == Home::Cell || symbol.has(flag::COMP_CELL) {
                cells.insert(Rc::clone(&name));
            }
            let mut home = symbol.home;
            match self.table.scope(id).symbol(&name) {
                None => {
                    if home == Home::Free && in_class && &*name == "__class__" {
                        home = Home::GlobalImplicit;
                        free.remove(&*name);
                        self.table
                            .scope_mut(comprehension)
                            .symbols
                            .shift_remove(&name);
                    }
                    let copy = Symbol {
                        flags: symbol.flags,
                        home: Home::Unknown,
                    };
                    let symbols = &mut self.table.scope_mut(id).symbols;
                    symbols.insert(Rc::clone(&name), copy);
                    homes.insert(name, home);
                }
                // What is free in the comprehension and local around it is now simply local,
                // unless a function in the comprehension captures it.
                Some(known) if known.has(flag::BOUND) && !in_class => {
                    let children = &self.table.scope(comprehension).children;
                    let captured = children
                        .iter()
                        .any(|&c| self.table.scope(c).home(&name) == Home::Free);
                    if !captured {
                        free.remove(&*name);
                    }
                }
                Some(_) => {}
            }
        }
        self.table.scope_mut(comprehension).inlined = true;
    }

    /// Writes the decisions down, and passes on what is free in inner scopes.
    fn settle(
        &mut self,
        id: ScopeId,
        homes: &HashMap<Rc<str>, Home>,
        outer: Option<&Frame<'_>>,
        inner_free: &Names,
        inlined_cells: &Names,
    ) {
        let scope = self.table.scope_mut(id);
        for (name, symbol) in &mut scope.symbols {
            if let Some(&home) = homes.get(name) {
                symbol.home = home;
            }
            if inlined_cells.contains(name) {
                symbol.flags |= flag::COMP_CELL;
            }
        }
        let class_like = scope.kind == ScopeKind::Class || scope.can_see_class_scope;
        // The set has no order; the table gets one, so that equal sources make equal code.
        let mut inner_free: Vec<&Rc<str>> = inner_free.iter().collect();
        inner_free.sort_unstable();
        for name in inner_free {
            if let Some(symbol) = scope.symbols.get_mut(name) {
                if class_like {
                    symbol.flags |= flag::FREE_CLASS;
                }
                continue;
            }
            let bound_outside = outer
                .and_then(|o| o.find(name))
                .is_some_and(|found| matches!(found, Outer::Bound { .. }));
            if outer.is_some() && !bound_outside {
                continue;
            }
            let symbol = Symbol {
                flags: 0,
                home: Home::Free,
            };
            scope.symbols.insert(Rc::clone(name), symbol);
        }
    }
}
