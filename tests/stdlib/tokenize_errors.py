"""What tokenize refuses, and what it leaves for the compiler to refuse."""
import io
import tokenize

SOURCES = [
    "1_", "1.2_", "0b2", "0b12", "0o8", "0xg", "0b_", "00", "012", "1if 2 else 3", "1abc", "1_a", "0b1a",
    "0b1_", "1__2", "1e+", "1e2_", "1.5a", "1ja", "0_7", "0x", "0xfor x", "1or 2", "0777.5", "09e1", "1.e",
    ".5", "1..real", "1_0.0_1e1_0j", "if 1:\n        x\n\ty\n", "if 1:\n\tx\n        y\n", "if 1:\n  x\n y\n",
    "\x0c1", "$", "a?b", "!", "f'{a!r:>{w}}'", "x\\y", "'a", "'''a", "f'a", "f'''a", "(1", "(1]", "a\n)",
    "\xa0", "€", "{1+2]", "x = \\\n", "f'}'", "  x\n y", "'a\\\nb'", "'a\\\n", "if x:\n\ty\n  \n", "a\n ",
    "\npass\n    \\\n\npass\n", "if x:\n    y\n    \\\n        \\\n    z\n", "f'__{\n    x:d\n}__'",
]
for source in SOURCES:
    try:
        found = [tuple(item) for item in tokenize.generate_tokens(io.StringIO(source).readline)]
    except Exception as error:
        found = type(error).__name__, error.args
    print(repr(source), found)

deep = "".join("    " * n + "if 1:\n" for n in range(100)) + "    " * 100 + "pass\n"
try:
    list(tokenize.generate_tokens(io.StringIO(deep).readline))
except IndentationError as error:
    print(type(error), error.msg, error.lineno)

import pickle
print(pickle.Pickler.__name__, pickle.Unpickler.__name__, pickle.dumps.__name__)
out = io.BytesIO()
pickle.Pickler(out, 2, True).dump(range(3))
print(out.getvalue())
print(pickle.dumps([StopAsyncIteration, RecursionError, BlockingIOError], 2))
print(pickle.loads(b"curllib\nquote\n.").__name__, pickle.loads(b"csocket\n_socketobject\n.").__name__)

import inspect


def wrapped(a, *, b=1): pass


class Wrapper:
    __wrapped__ = wrapped


print(inspect.signature(Wrapper), repr(inspect.signature(wrapped).parameters)[:24])
print(open.__qualname__, open.__module__)
for name in ("ParamSpecArgs", "ParamSpecKwargs"):
    import typing
    try:
        type(name, (getattr(typing, name),), {})
    except TypeError as error:
        print(error)

import array
import operator
make = array._array_reconstructor
print(make(array.array, "u", 18, "a€😀".encode("utf-16-le")), make(array.array, "u", 19, "ab".encode("utf-16-be")))


class Sequence:
    def __getitem__(self, index): return index
    def __iadd__(self, other): return "added"


print(operator.iconcat(Sequence(), Sequence()))
import functools
for value in (functools.partial(print), ValueError()):
    try:
        del value.__dict__
    except TypeError as error:
        print(error)
import codecs
try:
    codecs.lookup("\udcfe")
except UnicodeEncodeError as error:
    print(error)
