#!/usr/bin/env python3
"""Record what CPython 3.12.1 says of tests/errors/compile_cases/*.py.

    scripts/record_compile_cases.py

Writes expected.txt there: for each case its warnings in the order in which they are issued and
its error, with the place (line:offset-line:offset).
"""

import os
import sys
import warnings

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
CASES = os.path.join(ROOT, "tests", "errors", "compile_cases")


def record(path):
    lines = []
    with open(path, encoding="utf-8") as f:
        text = f.read()

    def show(message, category, filename, lineno, file=None, line=None):
        lines.append("%s: %s (%s)" % (category.__name__, message, lineno))

    warnings.simplefilter("always")
    warnings.showwarning = show
    try:
        compile(text, "<case>", "exec", dont_inherit=True)
    except SyntaxError as e:
        place = (e.lineno, e.offset, e.end_lineno, e.end_offset)
        lines.append("%s: %s (%s:%s-%s:%s)" % (type(e).__name__, e.msg, *place))
    if not lines:
        lines.append("compiles")
    return lines


def main():
    assert sys.version_info[:3] == (3, 12, 1), "run with CPython 3.12.1"
    with open(os.path.join(CASES, "expected.txt"), "w", encoding="utf-8") as out:
        for name in sorted(n for n in os.listdir(CASES) if n.endswith(".py")):
            out.write(name[:-3] + "\n")
            for line in record(os.path.join(CASES, name)):
                out.write("    " + line + "\n")


main()
