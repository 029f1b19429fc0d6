//! The symbol table: which names a scope has, and where each name lives.
//!
//! `build` walks the tree once and notes for each scope which names it binds, uses or declares;
//! `analyze` then walks the scopes and decides for each name whether it is local, a cell, free
//! or global, and which comprehensions run inside their container (PEP 709).  The rules and the
//! messages are those of CPython 3.12's `symtable.c`.
//!
//! The walk also notes which expressions are constant (`crate::fold`), as it visits every
//! expression exactly once and children before parents.

mod analyze;
mod build;
mod expressions;
mod scopes;

use std::collections::HashMap;
use std::rc::Rc;

use indexmap::IndexMap;
use syntax::ast::{Mod, Range};

use crate::fold::Folded;
use crate::report::{Reporter, Res};

/// What a scope belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScopeKind {
    Module,
    Class,
    /// A `def`, `lambda` or comprehension.
    Function,
    /// An annotation that `from __future__ import annotations` leaves unevaluated.
    Annotation,
    /// The bound of a type variable, evaluated on demand.
    TypeVarBound,
    /// The value of a `type` statement, evaluated on demand.
    TypeAlias,
    /// The parameters `[T]` of a generic function, class or type alias.
    TypeParams,
}

impl ScopeKind {
    /// True if its variables are fast locals.
    pub fn is_function_like(self) -> bool {
        matches!(
            self,
            ScopeKind::Function
                | ScopeKind::TypeVarBound
                | ScopeKind::TypeAlias
                | ScopeKind::TypeParams
        )
    }
}

/// The four comprehensions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ComprehensionKind {
    List,
    Set,
    Dict,
    Generator,
}

/// Where a name lives, seen from a scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Home {
    /// Not decided, or the name does not occur.
    Unknown,
    Local,
    GlobalExplicit,
    GlobalImplicit,
    Free,
    Cell,
}

/// What a scope does with a name: bits.
pub mod flag {
    pub const GLOBAL: u16 = 1;
    pub const LOCAL: u16 = 1 << 1;
    pub const PARAM: u16 = 1 << 2;
    pub const NONLOCAL: u16 = 1 << 3;
    pub const USE: u16 = 1 << 4;
    /// The name is free in a class that also binds it.
    pub const FREE_CLASS: u16 = 1 << 6;
    pub const IMPORT: u16 = 1 << 7;
    pub const ANNOTATED: u16 = 1 << 8;
    /// An iteration variable of a comprehension.
    pub const COMP_ITER: u16 = 1 << 9;
    pub const TYPE_PARAM: u16 = 1 << 10;
    /// A cell of an inlined comprehension.
    pub const COMP_CELL: u16 = 1 << 11;
    pub const BOUND: u16 = LOCAL | PARAM | IMPORT | TYPE_PARAM;
}

/// A name in a scope.
#[derive(Clone, Copy, Debug)]
pub struct Symbol {
    /// Bits of [`flag`].
    pub flags: u16,
    pub home: Home,
}

impl Symbol {
    /// True if any of the bits is set.
    pub fn has(self, bits: u16) -> bool {
        self.flags & bits != 0
    }
}

/// The index of a scope in its table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ScopeId(pub u32);

/// A `global` or `nonlocal` declaration.
#[derive(Clone, Debug)]
pub struct Directive {
    pub name: Rc<str>,
    pub range: Range,
}

/// One scope.
#[derive(Clone, Debug)]
pub struct Scope {
    pub name: Rc<str>,
    pub kind: ScopeKind,
    /// The first line.
    pub line: u32,
    pub symbols: IndexMap<Rc<str>, Symbol>,
    /// The parameters, in the order of the frame.
    pub params: Vec<Rc<str>>,
    /// Inner scopes in source order; those of inlined comprehensions take their place.
    pub children: Vec<ScopeId>,
    pub directives: Vec<Directive>,
    /// It lies in a function.
    pub nested: bool,
    /// It has free variables.
    pub free: bool,
    /// An inner scope has free variables.
    pub child_free: bool,
    pub generator: bool,
    pub coroutine: bool,
    pub comprehension: Option<ComprehensionKind>,
    pub varargs: bool,
    pub varkeywords: bool,
    pub returns_value: bool,
    /// A class whose methods use `__class__`.
    pub needs_class_closure: bool,
    /// A class in which an annotation scope looks names up.
    pub needs_classdict: bool,
    /// A comprehension that runs in its container's frame.
    pub inlined: bool,
    /// An annotation scope directly in a class.
    pub can_see_class_scope: bool,
    /// The target of a comprehension is being visited.
    pub(crate) in_iter_target: bool,
    /// How many iterables of comprehensions are being visited.
    pub(crate) iter_expr_depth: u32,
}

impl Scope {
    /// The symbol of a (mangled) name.
    pub fn symbol(&self, name: &str) -> Option<Symbol> {
        self.symbols.get(name).copied()
    }

    /// The bits of a name, 0 if it does not occur.
    pub fn flags(&self, name: &str) -> u16 {
        self.symbol(name).map_or(0, |s| s.flags)
    }

    /// Where a name lives.
    pub fn home(&self, name: &str) -> Home {
        self.symbol(name).map_or(Home::Unknown, |s| s.home)
    }
}

/// Tells apart the scopes that one node may open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum NodeRole {
    /// The body of the statement or expression.
    Body,
    /// Its type parameters.
    TypeParams,
}

/// The scope that a node opens is found by the node's address, which is stable while the tree
/// is borrowed.
pub(crate) type NodeKey = (usize, NodeRole);

/// The key of a node.
pub(crate) fn node_key<T>(node: &T, role: NodeRole) -> NodeKey {
    (std::ptr::from_ref(node).addr(), role)
}

/// All scopes of a tree.
#[derive(Debug)]
pub struct SymbolTable {
    scopes: Vec<Scope>,
    by_node: HashMap<NodeKey, ScopeId>,
}

impl SymbolTable {
    /// The module's scope.
    pub const TOP: ScopeId = ScopeId(0);

    /// The scope with this index.
    pub fn scope(&self, id: ScopeId) -> &Scope {
        &self.scopes[id.0 as usize]
    }

    pub(crate) fn scope_mut(&mut self, id: ScopeId) -> &mut Scope {
        &mut self.scopes[id.0 as usize]
    }

    /// The scope that a node opened when the table was built from the same tree.
    pub(crate) fn of_node(&self, key: NodeKey) -> ScopeId {
        self.by_node.get(&key).copied().unwrap_or(SymbolTable::TOP)
    }
}

/// What the walk needs to know beside the tree.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Settings {
    pub future_annotations: bool,
    /// The value of `__debug__`.
    pub debug: bool,
    /// `~True` is computed.
    pub fold_inverted_bools: bool,
}

/// Builds the table of a tree, and the constants its expressions fold to.
pub(crate) fn build(
    module: &Mod,
    report: &Reporter<'_>,
    settings: Settings,
) -> Res<(SymbolTable, Folded)> {
    let (mut table, folded) = build::Builder::new(*report, settings).module(module)?;
    analyze::analyze(&mut table, report)?;
    Ok((table, folded))
}
