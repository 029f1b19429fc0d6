"""
Operator Interface

This module exports a set of functions corresponding to the intrinsic
operators of Python.  For example, operator.add(x, y) is equivalent
to the expression x+y.  The function names are those used for special
methods; variants without leading and trailing '__' are also provided
for convenience.
"""

try:
    from _operator import *
except ImportError:
    from _py_operator import *

__all__ = ["abs", "add", "and_", "attrgetter", "call", "concat", "contains", "countOf",
           "delitem", "eq", "floordiv", "ge", "getitem", "gt", "iadd", "iand",
           "iconcat", "ifloordiv", "ilshift", "imatmul", "imod", "imul",
           "index", "indexOf", "inv", "invert", "ior", "ipow", "irshift",
           "is_", "is_not", "isub", "itemgetter", "itruediv", "ixor", "le",
           "length_hint", "lshift", "lt", "matmul", "methodcaller", "mod",
           "mul", "ne", "neg", "not_", "or_", "pos", "pow", "rshift",
           "setitem", "sub", "truediv", "truth", "xor"]

# Each function under the name of its special method too.
for _name in ("lt", "le", "eq", "ne", "ge", "gt", "abs", "add", "call", "floordiv", "index", "inv",
              "invert", "lshift", "mod", "mul", "matmul", "neg", "pos", "pow", "rshift", "sub",
              "truediv", "xor", "concat", "contains", "delitem", "getitem", "setitem", "iadd",
              "iand", "iconcat", "ifloordiv", "ilshift", "imod", "imul", "imatmul", "ior", "ipow",
              "irshift", "isub", "itruediv", "ixor"):
    globals()[f"__{_name}__"] = globals()[_name]
__not__ = not_
__and__ = and_
__or__ = or_
del _name
