"""symtable: the scopes of a program, their names, and what each name is."""
import symtable
import _symtable

SOURCE = '''
import os, sys as system
from a import b
glob = 1
def outer(x, /, y, *args, z=glob, **kw) -> int:
    global declared
    declared = x
    kept: int = 5
    def inner(q):
        nonlocal kept
        kept = x
        return undefined + glob
    [x for x in y if z]
    f = lambda n: n + kept
    return {k: v for k, v in kw}, (i for i in args)
class Class(outer, metaclass=type):
    attribute: int = 1
    def method(self): return __class__, attribute
    def method2(self): pass
    def __private(self): self.__x = 1
type Alias[T: int, *Ts, **P] = list[T]
def generic[T](a: T) -> T: return a
async def coroutine(): return [await x async for x in y]
'''


def show(table, indent=""):
    print(f"{indent}{table!r} {table.get_type()} {table.get_name()} line {table.get_lineno()} "
          f"optimized {table.is_optimized()} nested {table.is_nested()} children {table.has_children()}")
    print(f"{indent}  {list(table.get_identifiers())}")
    if isinstance(table, symtable.Function):
        print(f"{indent}  parameters {table.get_parameters()} locals {table.get_locals()} globals "
              f"{table.get_globals()} nonlocals {table.get_nonlocals()} frees {table.get_frees()}")
    if isinstance(table, symtable.Class):
        print(f"{indent}  methods {table.get_methods()}")
    for symbol in table.get_symbols():
        facts = [name[3:] for name in dir(symbol) if name[:3] == "is_" and getattr(symbol, name)()]
        print(f"{indent}  {symbol!r} {facts} {symbol.get_namespaces()}")
    for child in table.get_children():
        show(child, indent + "    ")


show(symtable.symtable(SOURCE, "<text>", "exec"))
show(symtable.symtable("lambda a: [a for b in a]", "<text>", "eval"))
show(symtable.symtable("from __future__ import annotations\nx: (y := 1)", "<text>", "exec") if False
     else symtable.symtable("from __future__ import annotations\nx: y", "<text>", "exec"))

top = symtable.symtable("def f(): pass\ndef f(): pass\nclass g: pass\nx = 1", "<text>", "exec")
for name in ("f", "g", "x", "missing"):
    try:
        print(top.lookup(name).get_namespace())
    except (ValueError, KeyError) as error:
        print(type(error).__name__, error)
print(top.lookup("x") is top.lookup("x"), top.get_children()[0].get_id() == top.get_children()[0].get_id())
print(type(top._table).__name__, top._table.symbols["x"], top._table.children[2].varnames)
for arguments in [(1, "f", "exec"), ("x", "f", "other"), ("a b", "f", "exec"), ("return", "f", "exec"),
                  ("def f(x):\n  global x", "<text>", "exec"), (b"x = 1", "f", "exec"), ("x", 1, "exec"), ("x", "f", 5)]:
    try:
        print(symtable.symtable(*arguments))
    except (TypeError, ValueError, SyntaxError) as error:
        print(type(error).__name__, error)
print({name: getattr(_symtable, name) for name in dir(_symtable) if name[0] != "_" and name != "symtable"})
