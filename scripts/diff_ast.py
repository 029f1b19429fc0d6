#!/usr/bin/env python3
"""Compares the trees of our parser with those of CPython's `ast`, positions included.

usage: PYENV_VERSION=3.12.1 python3 scripts/diff_ast.py [--bin PATH] [FILE or DIR ...]

Without arguments it reads the whole standard library of the Python that runs it.
"""
import argparse
import ast
import os
import subprocess
import sys
import sysconfig
import warnings


def python_files(roots):
    for root in roots:
        if os.path.isfile(root):
            yield root
        for folder, _, names in os.walk(root):
            for name in sorted(names):
                if name.endswith(".py"):
                    yield os.path.join(folder, name)


def expected(path):
    with open(path, "rb") as file:
        data = file.read()
    try:
        tree = ast.parse(data)
    except (SyntaxError, ValueError) as error:
        return f"{type(error).__name__}: {getattr(error, 'msg', error)}"
    return ast.dump(tree, indent=1, include_attributes=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bin", default="target/debug/examples/parse")
    parser.add_argument("--batch", type=int, default=40)
    parser.add_argument("--show", type=int, default=3)
    parser.add_argument("paths", nargs="*")
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    sys.setrecursionlimit(20000)
    paths = list(python_files(options.paths or [sysconfig.get_path("stdlib")]))
    different = 0
    for start in range(0, len(paths), options.batch):
        batch = paths[start : start + options.batch]
        output = subprocess.run([options.bin, "dump", *batch], capture_output=True)
        if output.returncode:
            print("crashed on", batch, output.stderr.decode()[-2000:])
        answers = output.stdout.decode("utf-8", "surrogatepass").split("\0\n")
        for path, ours in zip(batch, answers):
            theirs = expected(path)
            if ours == theirs or (ours.split(" (")[0] == theirs):
                continue
            if ours.split(":")[0] == theirs.split(":")[0] == "SyntaxError":
                print("message:", path, ours.splitlines()[0], "|", theirs)
                continue
            different += 1
            print("different:", path)
            if different <= options.show:
                show(ours.splitlines(), theirs.splitlines())
    print(f"{len(paths)} files, {different} different")
    return different != 0


def show(ours, theirs):
    for number, (a, b) in enumerate(zip(ours, theirs)):
        if a != b:
            low = max(0, number - 12)
            print("   ", "\n    ".join(theirs[low:number]))
            print("  - ", "\n  - ".join(theirs[number : number + 6]))
            print("  + ", "\n  + ".join(ours[number : number + 6]))
            return


if __name__ == "__main__":
    sys.exit(main())
