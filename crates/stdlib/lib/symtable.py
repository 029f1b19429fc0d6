"""Symbol tables: which names a program's scopes have, and what each of them is.

The tables are the compiler's own, made without running the program.
"""

import _symtable
from _symtable import (CELL, DEF_ANNOT, DEF_BOUND, DEF_GLOBAL, DEF_IMPORT, DEF_LOCAL, DEF_NONLOCAL,
                       DEF_PARAM, FREE, GLOBAL_EXPLICIT, GLOBAL_IMPLICIT, LOCAL, SCOPE_MASK,
                       SCOPE_OFF, USE)

__all__ = ["symtable", "SymbolTable", "Class", "Function", "Symbol"]

# What get_type() calls the kinds of scope.
_KINDS = {
    _symtable.TYPE_MODULE: "module",
    _symtable.TYPE_CLASS: "class",
    _symtable.TYPE_FUNCTION: "function",
    _symtable.TYPE_ANNOTATION: "annotation",
    _symtable.TYPE_TYPE_VAR_BOUND: "TypeVar bound",
    _symtable.TYPE_TYPE_ALIAS: "type alias",
    _symtable.TYPE_TYPE_PARAM: "type parameter",
}


def symtable(code, filename, compile_type):
    """The table of the outermost scope of a source text; `compile_type` is compile()'s mode."""
    return _table_of(_symtable.symtable(code, filename, compile_type), filename)


class SymbolTableFactory:
    """Makes the table object of an entry, one for as long as it is in use."""

    def __init__(self):
        from weakref import WeakValueDictionary
        self._known = WeakValueDictionary()

    def new(self, table, filename):
        """A new table object, of the class that suits the scope."""
        classes = {_symtable.TYPE_FUNCTION: Function, _symtable.TYPE_CLASS: Class}
        return classes.get(table.type, SymbolTable)(table, filename)

    def __call__(self, table, filename):
        made = self._known.get((table, filename))
        if made is None:
            made = self._known[table, filename] = self.new(table, filename)
        return made


_table_of = SymbolTableFactory()


class SymbolTable:
    """The names of one scope."""

    def __init__(self, raw_table, filename):
        self._table = raw_table
        self._filename = filename
        self._symbols = {}

    def __repr__(self):
        words = ["SymbolTable for"]
        if type(self) is not SymbolTable:
            words.insert(0, type(self).__name__)
        name = self.get_name()
        words += ["module"] if name == "top" else [name, "in"]
        return f"<{' '.join(words)} {self._filename}>"

    def get_type(self):
        """What the scope is: "module", "function", "class", "annotation" and so on."""
        return _KINDS[self._table.type]

    def get_id(self):
        """A number that tells this table from others."""
        return self._table.id

    def get_name(self):
        """The name of the function or class, or "top" for the module."""
        return self._table.name

    def get_lineno(self):
        """The line in which the scope begins."""
        return self._table.lineno

    def is_optimized(self):
        """True if the locals of the scope can be kept in an array, as those of functions."""
        return self._table.type == _symtable.TYPE_FUNCTION

    def is_nested(self):
        """True for a scope within a function."""
        return bool(self._table.nested)

    def has_children(self):
        """True if there are scopes in this one."""
        return bool(self._table.children)

    def get_identifiers(self):
        """The names of the scope, as a view."""
        return self._table.symbols.keys()

    def lookup(self, name):
        """The Symbol of a name; KeyError if the scope does not mention it."""
        symbol = self._symbols.get(name)
        if symbol is None:
            bits = self._table.symbols[name]
            at_top = self._table.name == "top"
            symbol = Symbol(name, bits, self._named(name), module_scope=at_top)
            self._symbols[name] = symbol
        return symbol

    def get_symbols(self):
        """The Symbols of all names."""
        return list(map(self.lookup, self.get_identifiers()))

    def get_children(self):
        """The tables of the scopes in this one."""
        return [_table_of(child, self._filename) for child in self._table.children]

    def _named(self, name):
        return [child for child in self.get_children() if child.get_name() == name]


class Function(SymbolTable):
    """The names of a function."""

    def _select(self, wanted):
        bits = self._table.symbols
        return tuple(name for name in bits if wanted(bits[name]))

    def _in_scopes(self, *scopes):
        return self._select(lambda bits: bits >> SCOPE_OFF & SCOPE_MASK in scopes)

    def get_parameters(self):
        """The names of the parameters."""
        return self._select(lambda bits: bits & DEF_PARAM)

    def get_locals(self):
        """The names of the local variables, parameters among them."""
        return self._in_scopes(LOCAL, CELL)

    def get_globals(self):
        """The names of the global variables that are used."""
        return self._in_scopes(GLOBAL_IMPLICIT, GLOBAL_EXPLICIT)

    def get_nonlocals(self):
        """The names declared nonlocal."""
        return self._select(lambda bits: bits & DEF_NONLOCAL)

    def get_frees(self):
        """The names that belong to a function around this one."""
        return self._in_scopes(FREE)


class Class(SymbolTable):
    """The names of a class body."""

    def get_methods(self):
        """The names of the methods."""
        return tuple(dict.fromkeys(child.name for child in self._table.children))


class Symbol:
    """A name in a scope, and what the scope does with it."""

    def __init__(self, name, flags, namespaces=None, *, module_scope=False):
        self._name = name
        self._bits = flags
        self._scope = flags >> SCOPE_OFF & SCOPE_MASK
        self._namespaces = namespaces or ()
        self._at_top = module_scope

    def __repr__(self):
        return f"<symbol {self._name!r}>"

    def get_name(self):
        """The name."""
        return self._name

    def is_referenced(self):
        """True if its value is used."""
        return bool(self._bits & USE)

    def is_parameter(self):
        """True for a parameter."""
        return bool(self._bits & DEF_PARAM)

    def is_global(self):
        """True if it is global, in the module's scope if it is bound there."""
        if self._scope in (GLOBAL_IMPLICIT, GLOBAL_EXPLICIT):
            return True
        return self._at_top and bool(self._bits & DEF_BOUND)

    def is_nonlocal(self):
        """True if it is declared nonlocal."""
        return bool(self._bits & DEF_NONLOCAL)

    def is_declared_global(self):
        """True if a global statement names it."""
        return self._scope == GLOBAL_EXPLICIT

    def is_local(self):
        """True if it is local to the scope, in the module's if it is bound there."""
        if self._scope in (LOCAL, CELL):
            return True
        return self._at_top and bool(self._bits & DEF_BOUND)

    def is_annotated(self):
        """True if it has an annotation."""
        return bool(self._bits & DEF_ANNOT)

    def is_free(self):
        """True if it belongs to a function around the scope."""
        return self._scope == FREE

    def is_imported(self):
        """True if an import statement binds it."""
        return bool(self._bits & DEF_IMPORT)

    def is_assigned(self):
        """True if something is assigned to it."""
        return bool(self._bits & DEF_LOCAL)

    def is_namespace(self):
        """True if it names at least one function or class of the scope."""
        return bool(self._namespaces)

    def get_namespaces(self):
        """The tables of the functions and classes it names."""
        return self._namespaces

    def get_namespace(self):
        """The table of the only function or class it names; ValueError otherwise."""
        if not self._namespaces:
            raise ValueError("name is not bound to any namespaces")
        if len(self._namespaces) > 1:
            raise ValueError("name is bound to multiple namespaces")
        return self._namespaces[0]
