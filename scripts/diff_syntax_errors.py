#!/usr/bin/env python3
"""Damages real programs and compares our syntax errors with CPython's.

usage: PYENV_VERSION=3.12.1 python3 scripts/diff_syntax_errors.py [--count N] [--seed N]
           [--bin PATH] [--save FILE] [FILE or DIR ...]

Takes statements from the given files (default: a part of the standard library), deletes, swaps,
repeats or inserts tokens or bytes, and reports every text for which messages or places differ.
"""
import argparse
import ast
import os
import random
import re
import subprocess
import sys
import sysconfig

sys.path.insert(0, os.path.dirname(__file__))
from diff_ast import python_files
from record_syntax_errors import answer, escape

TOKEN = re.compile(r"\s+|\w+|\"[^\"\n]*\"|'[^'\n]*'|[^\w\s]")
INSERTS = """( ) [ ] { } , : ; . = == := + - * ** / | & ~ ! $ ? @ -> ' " ''' \"\"\" f' f\" \\ 0x1 1_ 1a 01 1.5 é €
if else elif for in not is and or lambda def class return yield await async with as try except
finally raise from import global nonlocal del pass break continue match case type print None True
x y f() x.y x[0] *x **x (x,y) [x] {x} {x:y} 1 'a' f'{x}' f'{x!r:>{y}}' += -= <> ...""".split()
INSERTS += ["\n", "\n    ", "\n\t", " ", "  ", "\\\n", "# c\n"]


def snippets(paths):
    for path in paths:
        with open(path, "rb") as file:
            data = file.read()
        try:
            text = data.decode()
            tree = ast.parse(text)
        except (SyntaxError, ValueError):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.stmt) and not isinstance(node, ast.Expr):
                source = ast.get_source_segment(text, node, padded=True)
                if source and len(source) < 600 and not source.startswith(" "):
                    yield source + "\n"
                elif source and len(source) < 600:
                    lines = source.split("\n")
                    width = len(lines[0]) - len(lines[0].lstrip())
                    yield "\n".join(l[width:] if l[:width].isspace() else l for l in lines) + "\n"


def damage(rng, text):
    pieces = TOKEN.findall(text)
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        if not pieces:
            break
        at = rng.randrange(len(pieces))
        match rng.randrange(6):
            case 0:
                del pieces[at]
            case 1:
                pieces.insert(at, rng.choice(INSERTS))
            case 2:
                pieces[at] = rng.choice(INSERTS)
            case 3:
                other = rng.randrange(len(pieces))
                pieces[at], pieces[other] = pieces[other], pieces[at]
            case 4:
                pieces.insert(at, pieces[at])
            case 5:
                pieces.insert(at, rng.choice(INSERTS))
                pieces.insert(at, " ")
    return "".join(pieces)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bin", default="target/debug/examples/parse")
    parser.add_argument("--count", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=40)
    parser.add_argument("--save", help="append the cases that differ to this file")
    parser.add_argument("paths", nargs="*")
    options = parser.parse_args()
    lib = sysconfig.get_path("stdlib")
    names = "test_grammar test_patma test_fstring test_syntax test_with test_coroutines test_type_params"
    paths = options.paths or [f"{lib}/test/{n}.py" for n in names.split()] + [f"{lib}/typing.py"]
    rng = random.Random(options.seed)
    pool = list(snippets(python_files(paths)))
    cases = []
    for _ in range(options.count):
        case = damage(rng, rng.choice(pool))
        if "\0" not in case and not case.startswith("#"):
            cases.append(case)
    run = subprocess.run(
        [options.bin, "errors"], input="\0".join(cases).encode(), stdout=subprocess.PIPE
    )
    ours = run.stdout.decode().split("\n")
    different = 0
    for case, mine in zip(cases, ours):
        theirs = answer(case)
        if theirs == mine:
            continue
        different += 1
        if different <= options.show:
            print(f"{escape(case)}\n  - {theirs}\n  + {mine}")
        if options.save:
            with open(options.save, "a", encoding="utf-8") as file:
                file.write(escape(case) + "\n")
    print(f"{len(cases)} cases, {different} different, exit status {run.returncode}")
    return different != 0


if __name__ == "__main__":
    sys.exit(main())
