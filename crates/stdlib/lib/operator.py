"""The operators of the language as functions: operator.add(x, y) is x + y.

Each has the name of the special method behind it, with and without underscores.  attrgetter,
itemgetter and methodcaller make functions that look something up in their argument.
"""

try:
    from _operator import *
except ImportError:
    from _py_operator import *

_names = """
    abs add concat contains delitem eq floordiv ge getitem gt iadd iand iconcat ifloordiv ilshift
    imatmul imod imul index inv invert ior ipow irshift isub itruediv ixor le lshift lt matmul mod
    mul ne neg pos pow rshift setitem sub truediv xor call
""".split()

# Each function under the name of its special method too.
for _name in _names:
    globals()[f"__{_name}__"] = globals()[_name]
__and__, __or__, __not__ = and_, or_, not_

__all__ = sorted([*_names, "and_", "or_", "not_", "is_", "is_not", "truth", "attrgetter",
                  "itemgetter", "methodcaller", "countOf", "indexOf", "length_hint"], key=str.lower)
del _name, _names
