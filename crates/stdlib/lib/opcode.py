"""
opcode module - potentially shared between dis and other modules which
operate on bytecodes (e.g. peephole optimizers).

The table itself is the interpreter's own, which `_opcode` gives.
"""

import _opcode
from _opcode import stack_effect

__all__ = ["cmp_op", "hasarg", "hasconst", "hasname", "hasjrel", "hasjabs",
           "haslocal", "hascompare", "hasfree", "hasexc", "opname", "opmap",
           "HAVE_ARGUMENT", "EXTENDED_ARG", "stack_effect"]

hasarg = []
hasconst = []
hasname = []
hasjrel = []
# Every jump is relative.
hasjabs = []
haslocal = []
hascompare = []
hasfree = []
# Exception handlers are in a table of their own.
hasexc = []

opmap = {}
opname = [f"<{number}>" for number in range(256)]

ENABLE_SPECIALIZATION = True
EXTENDED_ARG = 144

_inline_cache_entries = [0] * 256
_cache_format = {}


def _read_table():
    lists = {"const": hasconst, "name": hasname, "jump": hasjrel, "local": haslocal,
             "free": hasfree, "compare": hascompare}
    rows = _opcode.table()
    rows.append(("EXTENDED_ARG", EXTENDED_ARG, "number", 0))
    for name, number, meaning, cache in sorted(rows, key=lambda row: row[1]):
        opmap[name] = number
        opname[number] = name
        if meaning:
            hasarg.append(number)
            if meaning in lists:
                lists[meaning].append(number)
        if cache:
            _inline_cache_entries[number] = cache
            _cache_format[name] = {"counter": cache}


_read_table()
del _read_table

# From here on opcodes are followed by the argument, as far as there is a line to draw.
HAVE_ARGUMENT = opmap["STORE_NAME"]

cmp_op, _operators, _intrinsics_1, _intrinsics_2 = _opcode.operators()
cmp_op = tuple(cmp_op)
_names = ["ADD", "AND", "FLOOR_DIVIDE", "LSHIFT", "MATRIX_MULTIPLY", "MULTIPLY", "REMAINDER",
          "OR", "POWER", "RSHIFT", "SUBTRACT", "TRUE_DIVIDE", "XOR"]
_nb_ops = list(zip([f"NB_{name}" for name in _names] + [f"NB_INPLACE_{name}" for name in _names],
                   _operators))
_intrinsic_1_descs = list(_intrinsics_1)
_intrinsic_2_descs = list(_intrinsics_2)
_specializations = {}
_specialized_instructions = []
del _operators, _names
