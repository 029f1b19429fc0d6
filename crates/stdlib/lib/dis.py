"""Disassembler of Python byte code into mnemonics."""

import collections
import sys
import types

from opcode import *
from opcode import __all__ as _opcodes_all
from opcode import (_cache_format, _inline_cache_entries, _intrinsic_1_descs,
                    _intrinsic_2_descs, _nb_ops)

__all__ = ["code_info", "dis", "disassemble", "distb", "disco",
           "findlinestarts", "findlabels", "show_code",
           "get_instructions", "Instruction", "Bytecode", *_opcodes_all]
del _opcodes_all

_have_code = (types.MethodType, types.FunctionType, types.CodeType,
              classmethod, staticmethod, type)

FORMAT_VALUE = opmap["FORMAT_VALUE"]
FORMAT_VALUE_CONVERTERS = (
    (None, ""),
    (str, "str"),
    (repr, "repr"),
    (ascii, "ascii"),
)
MAKE_FUNCTION = opmap["MAKE_FUNCTION"]
MAKE_FUNCTION_FLAGS = ("defaults", "kwdefaults", "annotations", "closure")

LOAD_CONST = opmap["LOAD_CONST"]
RETURN_CONST = opmap["RETURN_CONST"]
LOAD_GLOBAL = opmap["LOAD_GLOBAL"]
BINARY_OP = opmap["BINARY_OP"]
JUMP_BACKWARD = opmap["JUMP_BACKWARD"]
FOR_ITER = opmap["FOR_ITER"]
SEND = opmap["SEND"]
LOAD_ATTR = opmap["LOAD_ATTR"]
LOAD_SUPER_ATTR = opmap["LOAD_SUPER_ATTR"]
CALL_INTRINSIC_1 = opmap["CALL_INTRINSIC_1"]
CALL_INTRINSIC_2 = opmap["CALL_INTRINSIC_2"]
CACHE = opmap["CACHE"]

_all_opname = list(opname)
_all_opmap = dict(opmap)
# Rewritten instructions do not show: the code is given as it was compiled.
deoptmap = {}

COMPILER_FLAG_NAMES = {1 << _bit: _name for _bit, _name in enumerate((
    "OPTIMIZED", "NEWLOCALS", "VARARGS", "VARKEYWORDS", "NESTED", "GENERATOR", "NOFREE",
    "COROUTINE", "ITERABLE_COROUTINE", "ASYNC_GENERATOR"))}

_OPNAME_WIDTH = 20
_OPARG_WIDTH = 5


class _Unknown:
    def __repr__(self):
        return "<unknown>"


# What stands for a value that cannot be told.
UNKNOWN = _Unknown()


# What there is to disassemble --------------------------------------------------------------

def _try_compile(source, name):
    """The code of a text: an expression if it is one, else statements."""
    try:
        return compile(source, name, "eval")
    except SyntaxError:
        pass
    return compile(source, name, "exec")


def _code_behind(x):
    """The code object of a function, method, generator or coroutine; others as they are."""
    if hasattr(x, "__func__"):
        x = x.__func__
    for attribute in ("__code__", "gi_code", "ag_code", "cr_code"):
        if hasattr(x, attribute):
            return getattr(x, attribute)
    return x


def _get_code_object(x):
    """The code object of what has one, and of source."""
    x = _code_behind(x)
    if isinstance(x, str):
        x = _try_compile(x, "<disassembly>")
    if hasattr(x, "co_code"):
        return x
    raise TypeError(f"don't know how to disassemble {type(x).__name__} objects")


def dis(x=None, *, file=None, depth=None, show_caches=False, adaptive=False):
    """Print the instructions of a function, class, module, generator, code object or source.

    With no argument, those of the last traceback.  Of functions and classes inside only `depth`
    levels are shown; `show_caches` shows the room for caches.
    """
    options = dict(file=file, show_caches=show_caches, adaptive=adaptive)
    if x is None:
        distb(**options)
        return
    x = _code_behind(x)
    if hasattr(x, "__dict__"):
        for name, member in sorted(x.__dict__.items()):
            if isinstance(member, _have_code):
                print(f"Disassembly of {name}:", file=file)
                try:
                    dis(member, depth=depth, **options)
                except TypeError as error:
                    print("Sorry:", error, file=file)
                print(file=file)
    elif hasattr(x, "co_code"):
        _disassemble_recursive(x, depth=depth, **options)
    elif isinstance(x, (bytes, bytearray)):
        _disassemble_bytes(x, file=file, show_caches=show_caches)
    elif isinstance(x, str):
        _disassemble_recursive(_try_compile(x, "<dis>"), depth=depth, **options)
    else:
        raise TypeError(f"don't know how to disassemble {type(x).__name__} objects")


def distb(tb=None, *, file=None, show_caches=False, adaptive=False):
    """Print the instructions of a traceback's last frame, by default of the last traceback."""
    if tb is None:
        if hasattr(sys, "last_exc"):
            tb = sys.last_exc.__traceback__
        elif hasattr(sys, "last_traceback"):
            tb = sys.last_traceback
        else:
            raise RuntimeError("no last traceback to disassemble")
        *_, tb = _entries(tb)
    disassemble(tb.tb_frame.f_code, tb.tb_lasti, file=file, show_caches=show_caches,
                adaptive=adaptive)


def _entries(tb):
    """The entries of a traceback, the last one is where the exception was raised."""
    while tb:
        yield tb
        tb = tb.tb_next


# Code objects ------------------------------------------------------------------------------

def pretty_flags(flags):
    """The names of a code object's flags."""
    names = []
    bit = 1
    while flags and bit < 1 << 32:
        if flags & bit:
            names.append(COMPILER_FLAG_NAMES.get(bit, hex(bit)))
            flags ^= bit
        bit <<= 1
    if flags or not names:
        names.append(hex(flags))
    return ", ".join(names)


def code_info(x):
    """Formatted details of methods, functions, or code."""
    return _format_code_info(_get_code_object(x))


def _format_code_info(co):
    lines = [f"Name:              {co.co_name}",
             f"Filename:          {co.co_filename}",
             f"Argument count:    {co.co_argcount}",
             f"Positional-only arguments: {co.co_posonlyargcount}",
             f"Kw-only arguments: {co.co_kwonlyargcount}",
             f"Number of locals:  {co.co_nlocals}",
             f"Stack size:        {co.co_stacksize}",
             f"Flags:             {pretty_flags(co.co_flags)}"]
    for title, items in (("Constants:", map(repr, co.co_consts)), ("Names:", co.co_names),
                         ("Variable names:", co.co_varnames),
                         ("Free variables:", co.co_freevars),
                         ("Cell variables:", co.co_cellvars)):
        rows = [f"{i:4d}: {item}" for i, item in enumerate(items)]
        if rows:
            lines += [title, *rows]
    return "\n".join(lines)


def show_code(co, *, file=None):
    """Print what code_info() gives."""
    print(code_info(co), file=file)


def _get_code_array(co, adaptive):
    return co._co_code_adaptive if adaptive else co.co_code


def findlinestarts(code):
    """Yields pairs of offset and line, wherever another line starts."""
    last = None
    for start, _, line in code.co_lines():
        if line is not None and line != last:
            last = line
            yield start, line


_ExceptionTableEntry = collections.namedtuple(
    "_ExceptionTableEntry", "start end target depth lasti")


def _parse_varint(iterator):
    byte = next(iterator)
    value = byte & 63
    while byte & 64:
        byte = next(iterator)
        value = value << 6 | byte & 63
    return value


def _parse_exception_table(code):
    iterator = iter(code.co_exceptiontable)
    entries = []
    try:
        while True:
            start = _parse_varint(iterator) * 2
            end = start + _parse_varint(iterator) * 2
            target = _parse_varint(iterator) * 2
            depth = _parse_varint(iterator)
            entries.append(_ExceptionTableEntry(start, end, target, depth >> 1, bool(depth & 1)))
    except StopIteration:
        return entries


# Instructions ------------------------------------------------------------------------------

Positions = collections.namedtuple(
    "Positions", ["lineno", "end_lineno", "col_offset", "end_col_offset"], defaults=[None] * 4)

_Instruction = collections.namedtuple(
    "_Instruction",
    ["opname", "opcode", "arg", "argval", "argrepr", "offset", "starts_line",
     "is_jump_target", "positions"],
    defaults=[None])

for _field, _doc in (
        ("opname", "Human readable name for operation"),
        ("opcode", "Numeric code for operation"),
        ("arg", "Numeric argument to operation (if any), otherwise None"),
        ("argval", "Resolved arg value (if known), otherwise same as arg"),
        ("argrepr", "Human readable description of operation argument"),
        ("offset", "Start index of operation within bytecode sequence"),
        ("starts_line", "Line started by this opcode (if any), otherwise None"),
        ("is_jump_target", "True if other code jumps to here, otherwise False"),
        ("positions",
         "dis.Positions object holding the span of source code covered by this instruction")):
    getattr(_Instruction, _field).__doc__ = _doc
del _field, _doc


class Instruction(_Instruction):
    """One instruction, decoded.

    `opname` and `opcode` say what it does; `arg` is the number in it, `argval` what that stands for
    and `argrepr` that as text.  It is at `offset`, may be the first of a line (`starts_line`, or
    None) or what another jumps to (`is_jump_target`), and `positions` tells which part of the
    source it comes from.
    """

    def _disassemble(self, lineno_width=3, mark_as_current=False, offset_width=4):
        """The line of a listing; the widths are those of its columns, 0 leaves out the line."""
        columns = []
        if lineno_width:
            line = "" if self.starts_line is None else str(self.starts_line)
            columns.append(line.rjust(lineno_width))
        columns.append("-->" if mark_as_current else "   ")
        columns.append(">>" if self.is_jump_target else "  ")
        columns.append(str(self.offset).rjust(offset_width))
        columns.append(self.opname.ljust(_OPNAME_WIDTH))
        if self.arg is not None:
            columns.append(repr(self.arg).rjust(_OPARG_WIDTH))
            if self.argrepr:
                columns.append(f"({self.argrepr})")
        return " ".join(columns).rstrip()


# As large as a C int can be.
_INT_OVERFLOW = 2 ** 31


def _unpack_opargs(code):
    """(offset, opcode, argument) of every instruction, EXTENDED_ARGs among them."""
    extended = 0
    caches = 0
    for offset in range(0, len(code), 2):
        if caches:
            caches -= 1
            continue
        op = code[offset]
        caches = _inline_cache_entries[op]
        arg = None
        if op in hasarg:
            arg = code[offset + 1] | extended
            extended = arg << 8 if op == EXTENDED_ARG else 0
            if extended >= _INT_OVERFLOW:
                extended -= 2 * _INT_OVERFLOW
        else:
            extended = 0
        yield offset, op, arg


def _is_backward_jump(op):
    return "JUMP_BACKWARD" in opname[op]


def _jump_target(offset, op, arg):
    behind = offset + 2 + 2 * _inline_cache_entries[op]
    return behind - 2 * arg if _is_backward_jump(op) else behind + 2 * arg


def findlabels(code):
    """The offsets that instructions jump to."""
    labels = {_jump_target(offset, op, arg): None
              for offset, op, arg in _unpack_opargs(code) if op in hasjrel and arg is not None}
    return list(labels)


def _get_const_value(op, arg, co_consts):
    return UNKNOWN if co_consts is None else co_consts[arg]


def _get_const_info(op, arg, co_consts):
    value = _get_const_value(op, arg, co_consts)
    return value, "" if value is UNKNOWN else repr(value)


def _get_name_info(name_index, get_name, **extrainfo):
    if get_name is None:
        return UNKNOWN, ""
    name = get_name(name_index, **extrainfo)
    return name, name


def _listed(names, arg):
    return names[arg] if 0 <= arg < len(names) else ""


def _argument(offset, op, arg, varname_from_oparg, get_name, co_consts):
    """The value of an argument, and how it is shown."""
    if op in hasconst:
        return _get_const_info(op, arg, co_consts)
    if op in hasname:
        shift, prefix = 0, ""
        if op == LOAD_GLOBAL:
            shift, prefix = 1, "NULL + "
        elif op == LOAD_ATTR:
            shift, prefix = 1, "NULL|self + "
        elif op == LOAD_SUPER_ATTR:
            shift, prefix = 2, "NULL|self + "
        value, text = _get_name_info(arg >> shift, get_name)
        return value, prefix + text if prefix and arg & 1 and text else text
    if op in hasjrel:
        target = _jump_target(offset, op, arg)
        return target, f"to {target}"
    if op in haslocal or op in hasfree:
        return _get_name_info(arg, varname_from_oparg)
    if op in hascompare:
        return cmp_op[arg], cmp_op[arg]
    if op == FORMAT_VALUE:
        function, text = FORMAT_VALUE_CONVERTERS[arg & 0x3]
        has_spec = bool(arg & 0x4)
        if has_spec:
            text = f"{text}, with format" if text else "with format"
        return (function, has_spec), text
    if op == MAKE_FUNCTION:
        return arg, ", ".join([name for i, name in enumerate(MAKE_FUNCTION_FLAGS)
                               if arg & 1 << i])
    if op == BINARY_OP:
        return arg, _nb_ops[arg][1] if arg < len(_nb_ops) else ""
    if op == CALL_INTRINSIC_1:
        return arg, _listed(_intrinsic_1_descs, arg)
    if op == CALL_INTRINSIC_2:
        return arg, _listed(_intrinsic_2_descs, arg)
    return arg, ""


def _get_instructions_bytes(code, varname_from_oparg=None, names=None, co_consts=None,
                            linestarts=None, line_offset=0, exception_entries=(),
                            co_positions=None, show_caches=False):
    """Yields the instructions in bytes; the further arguments tell what numbers stand for."""
    get_name = None if names is None else names.__getitem__
    labels = {*findlabels(code), *[entry.target for entry in exception_entries]}
    places = iter(co_positions or ())
    lines = linestarts or {}
    for offset, op, arg in _unpack_opargs(code):
        line = lines.get(offset)
        place = Positions(*next(places, ()))
        value, text = None, ""
        if arg is not None:
            value, text = _argument(offset, op, arg, varname_from_oparg, get_name, co_consts)
        yield Instruction(_all_opname[op], op, arg, value, text, offset,
                          None if line is None else line + line_offset, offset in labels, place)
        for i in range(_inline_cache_entries[op]):
            place = Positions(*next(places, ()))
            if show_caches:
                offset += 2
                text = ""
                if i == 0:
                    # What the others hold is the interpreter's own affair.
                    text = f"counter: {int.from_bytes(code[offset:offset + 2], sys.byteorder)}"
                yield Instruction("CACHE", CACHE, 0, None, text, offset, None, False, place)


def _contents(co):
    """What the arguments of a code object's instructions stand for."""
    return dict(varname_from_oparg=co._varname_from_oparg, names=co.co_names,
                co_consts=co.co_consts, co_positions=co.co_positions())


def get_instructions(x, *, first_line=None, show_caches=False, adaptive=False):
    """Yields the instructions of a function, method, code object or source.

    The lines count from `first_line`, or else as they do in the file.
    """
    co = _get_code_object(x)
    line_offset = 0 if first_line is None else first_line - co.co_firstlineno
    return _get_instructions_bytes(
        _get_code_array(co, adaptive), linestarts=dict(findlinestarts(co)),
        line_offset=line_offset, show_caches=show_caches, **_contents(co))


# Listings ----------------------------------------------------------------------------------

def disassemble(co, lasti=-1, *, file=None, show_caches=False, adaptive=False):
    """Print the instructions of a code object, with an arrow at the offset `lasti`."""
    _disassemble_bytes(_get_code_array(co, adaptive), lasti, file=file,
                       linestarts=dict(findlinestarts(co)), show_caches=show_caches,
                       exception_entries=_parse_exception_table(co), **_contents(co))


disco = disassemble


def _disassemble_recursive(co, *, file=None, depth=None, show_caches=False, adaptive=False):
    disassemble(co, file=file, show_caches=show_caches, adaptive=adaptive)
    if depth is not None:
        if depth <= 0:
            return
        depth -= 1
    for constant in co.co_consts:
        if hasattr(constant, "co_code"):
            print(file=file)
            print(f"Disassembly of {constant!r}:", file=file)
            _disassemble_recursive(constant, file=file, depth=depth, show_caches=show_caches,
                                   adaptive=adaptive)


def _disassemble_bytes(code, lasti=-1, varname_from_oparg=None,
                       names=None, co_consts=None, linestarts=None,
                       *, file=None, line_offset=0, exception_entries=(),
                       co_positions=None, show_caches=False):
    lineno_width = 0
    if linestarts:
        last_line = max(linestarts.values()) + line_offset
        lineno_width = len(str(last_line)) if last_line >= 1000 else 3
    last_offset = len(code) - 2
    offset_width = len(str(last_offset)) if last_offset >= 10000 else 4
    for instruction in _get_instructions_bytes(
            code, varname_from_oparg, names, co_consts, linestarts, line_offset=line_offset,
            exception_entries=exception_entries, co_positions=co_positions,
            show_caches=show_caches):
        offset = instruction.offset
        if lineno_width and instruction.starts_line is not None and offset > 0:
            print(file=file)
        end = offset
        if not show_caches:
            end += 2 * _inline_cache_entries[instruction.opcode]
        print(instruction._disassemble(lineno_width, offset <= lasti <= end, offset_width),
              file=file)
    if exception_entries:
        print("ExceptionTable:", file=file)
        for entry in exception_entries:
            lasti = " lasti" if entry.lasti else ""
            print(f"  {entry.start} to {entry.end - 2} -> {entry.target} [{entry.depth}]{lasti}",
                  file=file)


class Bytecode:
    """The instructions of a function, method, generator, code object or source; iterable."""

    def __init__(self, x, *, first_line=None, current_offset=None, show_caches=False,
                 adaptive=False):
        co = _get_code_object(x)
        self._original_object, self.codeobj = x, co
        self.first_line = co.co_firstlineno if first_line is None else first_line
        self.current_offset = current_offset
        self.show_caches, self.adaptive = show_caches, adaptive
        self.exception_entries = _parse_exception_table(co)
        self._line_offset = self.first_line - co.co_firstlineno
        self._linestarts = dict(findlinestarts(co))

    def _arguments(self):
        return dict(linestarts=self._linestarts, line_offset=self._line_offset,
                    exception_entries=self.exception_entries, show_caches=self.show_caches,
                    **_contents(self.codeobj))

    def __iter__(self):
        return _get_instructions_bytes(_get_code_array(self.codeobj, self.adaptive),
                                       **self._arguments())

    def __repr__(self):
        return f"{self.__class__.__name__}({self._original_object!r})"

    @classmethod
    def from_traceback(cls, tb, *, show_caches=False, adaptive=False):
        """Those of a traceback's last frame."""
        *_, last = _entries(tb)
        return cls(last.tb_frame.f_code, current_offset=last.tb_lasti, show_caches=show_caches,
                   adaptive=adaptive)

    def info(self):
        """What code_info() gives."""
        return _format_code_info(self.codeobj)

    def dis(self):
        """What dis() prints, as text."""
        import io
        lasti = -1 if self.current_offset is None else self.current_offset
        with io.StringIO() as output:
            _disassemble_bytes(_get_code_array(self.codeobj, self.adaptive), lasti, file=output,
                               **self._arguments())
            return output.getvalue()


# What modules look for in code -------------------------------------------------------------

def _find_imports(co):
    """Yields name, level and names of each import statement."""
    found = [(op, arg) for _, op, arg in _unpack_opargs(co.co_code) if op != EXTENDED_ARG]
    for i in range(2, len(found)):
        (level_op, level), (from_op, fromlist), (op, name) = found[i - 2:i + 1]
        if op == opmap["IMPORT_NAME"] and from_op in hasconst and level_op in hasconst:
            yield co.co_names[name], co.co_consts[level], co.co_consts[fromlist]


def _find_store_names(co):
    """Yields the names of the globals that are assigned."""
    stores = opmap["STORE_NAME"], opmap["STORE_GLOBAL"]
    for _, op, arg in _unpack_opargs(co.co_code):
        if op in stores:
            yield co.co_names[arg]


def main():
    """Disassembles a file of source."""
    import argparse
    parser = argparse.ArgumentParser()
    parser.add_argument("infile", type=argparse.FileType("rb"), nargs="?", default="-")
    args = parser.parse_args()
    with args.infile as infile:
        source = infile.read()
    dis(compile(source, args.infile.name, "exec"))


if __name__ == "__main__":
    main()
