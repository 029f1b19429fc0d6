#!/usr/bin/env python3
"""Compare the compiler with CPython 3.12's, code object by code object.

    scripts/compare_compiler.py [-O LEVEL] [-m exec|eval|single|await] [-v] [FILE|DIRECTORY ...]

Run with CPython 3.12.1; needs target/debug/examples/dump_code (cargo build -p compiler
--example dump_code).  Without arguments it takes the standard library.  Known differences are
taken out first: where NULL lies in calls, CALL_KW, absolute jumps, wide arguments.
"""

import ast
import dis
import os
import struct
import subprocess
import sys
import warnings
from collections import Counter

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
DUMP = os.path.join(ROOT, "target", "debug", "examples", "dump_code")


def const(value):
    kind = type(value)
    if kind is float:
        return "f%016x" % struct.unpack(">Q", struct.pack(">d", value))
    if kind is complex:
        parts = struct.unpack(">QQ", struct.pack(">dd", value.real, value.imag))
        return "c%016x%016x" % parts
    if kind is str:
        return "s" + "".join("%x," % ord(c) for c in value)
    if kind is tuple:
        return "(" + " ".join(map(const, value)) + ")"
    if kind is frozenset:
        return "{" + " ".join(sorted(map(const, value))) + "}"
    if hasattr(value, "co_code"):
        return "<%s %d>" % (value.co_qualname, value.co_firstlineno)
    return repr(value)


class Instr:
    """An instruction without its place; targets are indices among those that are compared."""

    def __init__(self, op, arg, loc, target=None):
        self.op, self.arg, self.loc, self.target = op, arg, loc, target

    def key(self):
        return self.op, self.arg

    def __repr__(self):
        to = "" if self.target is None else " -> %s" % self.target
        return "%-26s %-30s%s  @%s" % (self.op, self.arg, to, self.loc)


class Code:
    pass


def argument(code, op, arg, localsplus):
    """The argument by what it stands for, so that tables may differ."""
    names, consts = code.names, code.consts
    if op in ("LOAD_CONST", "RETURN_CONST"):
        return consts[arg]
    if op == "LOAD_GLOBAL" or op == "LOAD_ATTR":
        method = "+" if op == "LOAD_ATTR" and arg & 1 else ""
        return names[arg >> 1] + method
    if op == "LOAD_SUPER_ATTR":
        return "%s %d" % (names[arg >> 2], arg & 3)
    if op.endswith(("_NAME", "_GLOBAL")) or op in (
        "STORE_ATTR", "DELETE_ATTR", "IMPORT_FROM", "LOAD_FROM_DICT_OR_GLOBALS",
    ):
        return names[arg]
    if "FAST" in op or "DEREF" in op or op in ("LOAD_CLOSURE", "MAKE_CELL"):
        return localsplus[arg]
    return arg


def finish(code, instrs, table):
    """instrs: (position, op, arg, loc, is_jump); positions in the exception table and targets
    become indices among the instructions that are compared."""
    index, kept = {}, []
    for pos, op, arg, loc, is_jump in instrs:
        index[pos] = len(kept)
        if op == "PUSH_NULL":
            continue
        kept.append((op, arg, loc, is_jump))
    end = len(kept)
    code.instrs = []
    for op, arg, loc, is_jump in kept:
        if is_jump:
            code.instrs.append(Instr(op, "", loc, index.get(arg, -1)))
        else:
            code.instrs.append(Instr(op, argument(code, op, arg, code.localsplus), loc))
    # A range may end behind what was left out.
    code.table = []
    for start, stop, target, depth, lasti in table:
        entry = [index[start], index.get(stop, end), index[target], depth, lasti]
        if entry[0] < entry[1]:
            code.table.append(tuple(entry))


def from_cpython(co, out):
    code = Code()
    code.qualname, code.name = co.co_qualname, co.co_name
    code.head = dict(
        # Our code objects do not tell that top-level await was allowed.
        flags=co.co_flags & ~ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, argcount=co.co_argcount, posonly=co.co_posonlyargcount,
        kwonly=co.co_kwonlyargcount, stack=co.co_stacksize, first=co.co_firstlineno,
    )
    code.names = list(co.co_names)
    code.varnames = list(co.co_varnames)
    code.cellvars, code.freevars = list(co.co_cellvars), list(co.co_freevars)
    code.consts = [const(c) for c in co.co_consts]
    code.localsplus = code.varnames + [
        c for c in code.cellvars if c not in code.varnames
    ] + code.freevars
    instrs, kw_names = [], None
    last_pos = None
    for i in dis.get_instructions(co, show_caches=False):
        p = i.positions
        loc = tuple(-1 if x is None else x for x in
                    (p.lineno, p.end_lineno, p.col_offset, p.end_col_offset))
        op, arg, pos = i.opname, i.arg or 0, i.offset
        if op == "EXTENDED_ARG":
            last_pos = pos if last_pos is None else last_pos
            continue
        if last_pos is not None:
            pos, last_pos = last_pos, None
        if op == "KW_NAMES":
            instrs.append((pos, "LOAD_CONST", arg, loc, False))
            kw_names = arg
            continue
        if op == "CALL" and kw_names is not None:
            op, kw_names = "CALL_KW", None
        if op == "COMPARE_OP":
            arg >>= 4
        if (op == "CALL" and len(instrs) > 2 and instrs[-1][1] == "SWAP"
                and instrs[-2][1] == "MAKE_FUNCTION"):
            # The defaults of a generic function: the first takes the place of self.
            arg -= 1
        is_jump = i.opcode in dis.hasjrel or i.opcode in dis.hasjabs
        if is_jump:
            arg = i.argval
        instrs.append((pos, op, arg, loc, is_jump))
    table = [(e.start, e.end, e.target, e.depth, int(e.lasti))
             for e in dis._parse_exception_table(co)]
    # Entries begin at the first EXTENDED_ARG too.
    finish(code, instrs, table)
    out.append(code)
    for c in co.co_consts:
        if hasattr(c, "co_code"):
            from_cpython(c, out)


def from_ours(lines):
    """All files of a dump: path -> (codes, error, warnings)."""
    files, current, code = {}, None, None
    pending = None

    def close():
        nonlocal pending
        if pending:
            finish(*pending)
            pending = None

    for line in lines:
        kind, *f = line.rstrip("\n").split("\t")
        if kind == "F":
            close()
            current = files[f[0]] = [[], None, []]
        elif kind == "X":
            # The least number stands for an end that is not known.
            places = [None if n == "-2147483648" else int(n) for n in f[2:]]
            current[1] = (f[0], f[1], *places)
        elif kind == "W":
            current[2].append((int(f[0]), f[1]))
        elif kind == "C":
            close()
            code = Code()
            code.qualname, code.name = f[0], f[1]
            n = list(map(int, f[2:]))
            code.head = dict(zip(("flags", "argcount", "posonly", "kwonly", "stack", "first"), n))
            current[0].append(code)
            pending = (code, [], [])
        elif kind == "I":
            loc = tuple(map(int, f[3:7]))
            pending[1].append((int(f[0]), f[1], int(f[2]), loc, f[7] == "1"))
        elif kind == "E":
            pending[2].append(tuple(map(int, f)))
        else:
            values = f[0].split("\x1f") if f[0] else []
            setattr(code, kind, values)
            if kind == "freevars":
                code.localsplus = code.varnames + [
                    c for c in code.cellvars if c not in code.varnames
                ] + code.freevars
    close()
    return files


def coverage(code):
    """The handler of each instruction."""
    found = [None] * len(code.instrs)
    for start, stop, *handler in code.table:
        found[start:stop] = [handler] * (stop - start)
    return found


def difference(ours, theirs):
    """The first difference of two code objects, as (kind, text)."""
    if (ours.qualname, ours.name) != (theirs.qualname, theirs.name):
        return "qualname", "%s / %s" % (ours.qualname, theirs.qualname)
    for what, a, b in zip(range(len(theirs.instrs)), ours.instrs, theirs.instrs):
        if a.key() != b.key():
            context = ["  %r" % i for i in theirs.instrs[max(0, what - 3):what]]
            return "code", "at %d\n%s\n  ours   %r\n  theirs %r" % (what, "\n".join(context), a, b)
    if len(ours.instrs) != len(theirs.instrs):
        return "code", "length %d / %d" % (len(ours.instrs), len(theirs.instrs))
    for i, (a, b) in enumerate(zip(ours.instrs, theirs.instrs)):
        if a.target != b.target:
            return "target", "at %d\n  ours   %r\n  theirs %r" % (i, a, b)
    for i, (a, b) in enumerate(zip(ours.instrs, theirs.instrs)):
        if a.loc != b.loc:
            kind = "line" if a.loc[0] != b.loc[0] else "columns"
            return kind, "at %d\n  ours   %r\n  theirs %r" % (i, a, b)
    for what in ("names", "varnames", "cellvars", "freevars", "consts"):
        if getattr(ours, what) != getattr(theirs, what):
            return what, "%r\n  %r" % (getattr(ours, what), getattr(theirs, what))
    head = {k: (ours.head[k], theirs.head[k]) for k in ours.head
            if k != "stack" and ours.head[k] != theirs.head[k]}
    if head:
        return "head", str(head)
    for i, a, b in zip(range(len(ours.instrs)), coverage(ours), coverage(theirs)):
        # CPython leaves jumps that close a loop with a condition uncovered, as nothing can
        # raise there; our virtual machine may see a signal there.
        if a != b and ours.instrs[i].op != "JUMP_BACKWARD":
            return "handlers", "at %d\n  %s\n  %s" % (i, ours.table, theirs.table)
    # Names of keyword arguments lie on our stack only.
    extra = any(i.op == "CALL_KW" for i in theirs.instrs)
    # Their NULLs lie below the callable while it is evaluated.
    if ours.head["stack"] - theirs.head["stack"] > extra:
        return "stacksize", "%d / %d" % (ours.head["stack"], theirs.head["stack"])
    return None


def compare(path, ours, optimize, mode, verbose, kinds):
    codes, error, warned = ours
    theirs, their_error, their_warnings = [], None, []
    with open(path, "rb") as f:
        data = f.read()
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT if mode == "await" else 0
            parse_mode = "exec" if mode == "await" else mode
            co = compile(data, path, parse_mode, flags, dont_inherit=True, optimize=optimize)
            from_cpython(co, theirs)
        except (SyntaxError, ValueError) as e:
            their_error = e
    if their_error or error:
        if bool(their_error) != bool(error):
            kinds["error"] += 1
            print("%s: ours %r, theirs %r" % (path, error, their_error))
        elif isinstance(their_error, SyntaxError):
            e = their_error
            expected = (type(e).__name__, e.msg, e.lineno, e.offset, e.end_lineno, e.end_offset)
            if error != expected:
                kinds["message"] += 1
                print("%s:\n  ours   %s\n  theirs %s" % (path, error, expected))
        return
    their_warnings = sorted((w.lineno, str(w.message)) for w in caught)
    if sorted(warned) != their_warnings:
        kinds["warnings"] += 1
        print("%s: warnings\n  %s\n  %s" % (path, sorted(warned), their_warnings))
    if len(codes) != len(theirs):
        kinds["count"] += 1
        print("%s: %d code objects, CPython has %d" % (path, len(codes), len(theirs)))
        return
    for a, b in zip(codes, theirs):
        kinds["objects"] += 1
        found = difference(a, b)
        if found:
            kinds[found[0]] += 1
            if verbose or kinds[found[0]] <= 5:
                print("%s:%s %s: %s: %s" % (path, b.head["first"], b.qualname, *found))


def main():
    args = sys.argv[1:]
    options = {"-O": "0", "-m": "exec"}
    for option in options:
        if option in args:
            at = args.index(option)
            options[option] = args[at + 1]
            del args[at:at + 2]
    optimize, mode = int(options["-O"]), options["-m"]
    verbose = "-v" in args
    paths = [a for a in args if a != "-v"] or [os.path.dirname(os.__file__)]
    files = []
    for path in paths:
        if os.path.isfile(path):
            files.append(path)
        for root, dirs, names in os.walk(path):
            dirs[:] = sorted(d for d in dirs if d != "site-packages")
            files += [os.path.join(root, n) for n in sorted(names) if n.endswith(".py")]
    kinds = Counter()
    for i in range(0, len(files), 50):
        part = files[i:i + 50]
        done = subprocess.run(
            [DUMP, "-O", str(optimize), "-m", mode, *part], capture_output=True, text=True,
            encoding="utf-8", errors="surrogateescape",
        )
        if done.returncode:
            kinds["crash"] += 1
            print(done.stderr[-2000:])
        ours = from_ours(done.stdout.split("\n")[:-1])
        for path in part:
            if path in ours:
                compare(path, ours[path], optimize, mode, verbose, kinds)
    print(len(files), "files,", dict(kinds))
    sys.exit(set(kinds) - {"objects"} != set())


main()
