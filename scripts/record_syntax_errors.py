#!/usr/bin/env python3
"""Writes tests/errors/syntax_cases/answers.txt: what CPython says to each line of cases.txt.

usage: PYENV_VERSION=3.12.1 python3 scripts/record_syntax_errors.py [--compare PATH]

A case is one line in which \\n, \\t, \\r, \\f, \\\\ and \\uXXXX are escapes; it may begin with
`#eval` or `#single` and a newline.  With --compare the answers are not written but compared with
those of our parser (the example binary `parse`, command `errors`).
"""
import argparse
import ast
import os
import re
import subprocess
import sys
import warnings

FOLDER = os.path.join(os.path.dirname(__file__), "..", "tests", "errors", "syntax_cases")
ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "f": "\f", "\\": "\\"}


def unescape(line):
    def replace(match):
        body = match[1]
        return chr(int(body[1:], 16)) if body[0] == "u" else ESCAPES[body]

    return re.sub(r"\\(u[0-9a-fA-F]{4}|[ntrf\\])", replace, line)


def escape(text):
    text = text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")
    return text.replace("\r", "\\r").replace("\f", "\\f")


def answer(case):
    mode = "exec"
    for name in ("eval", "single"):
        if case.startswith(f"#{name}\n"):
            mode, case = name, case[len(name) + 2 :]
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            # Only the parser: the errors of later passes are not its business.
            compile(case, "f", mode, flags=ast.PyCF_ONLY_AST)
        except SyntaxError as error:
            if error.lineno is None:
                return f"{type(error).__name__} | {error.msg} | 0:0-0:0 | None"
            place = f"{error.lineno}:{error.offset}-{error.end_lineno}:{error.end_offset}"
            text = "None" if error.text is None else escape(error.text)
            return f"{type(error).__name__} | {escape(error.msg)} | {place} | {text}"
        except (MemoryError, RecursionError) as error:
            return f"{type(error).__name__} | {error}"
    return "ok" + "".join(f" | {w.lineno}: {w.message}" for w in caught)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--compare", metavar="PATH")
    parser.add_argument("--cases", default=os.path.join(FOLDER, "cases.txt"))
    options = parser.parse_args()
    with open(options.cases, encoding="utf-8") as file:
        lines = file.read().splitlines()
    cases = [unescape(line) for line in lines]
    answers = [answer(case) for case in cases]
    if not options.compare:
        with open(os.path.join(FOLDER, "answers.txt"), "w", encoding="utf-8") as file:
            file.writelines(line + "\n" for line in answers)
        return 0
    run = subprocess.run(
        [options.compare, "errors"], input="\0".join(cases).encode(), stdout=subprocess.PIPE
    )
    ours = run.stdout.decode().split("\n")
    different = 0
    for case, theirs, mine in zip(lines, answers, ours):
        if theirs != mine:
            different += 1
            print(f"{case}\n  - {theirs}\n  + {mine}")
    print(f"{len(cases)} cases, {different} different, exit status {run.returncode}")
    return different != 0


if __name__ == "__main__":
    sys.exit(main())
