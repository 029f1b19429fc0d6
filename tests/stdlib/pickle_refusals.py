# What cannot be pickled, and pickles that cannot be read.
import pickle
import re
import types


def attempt(what, *args):
    try:
        print(repr(what(*args)))
    except Exception as error:
        print(type(error).__name__, re.sub("0x[0-9a-f]+", "0x", str(error)))


def function():
    def inner():
        pass

    class Class:
        pass
    return inner, Class, Class(), lambda: 0


first = function


def function2():
    pass


moved = function2


def function2():
    pass


for value in (lambda: 0, *first(), moved, types.ModuleType("x"), iter(()).__reduce__, {}.keys(),
              type("Unknown", (), {}), memoryview(b"")):
    attempt(pickle.dumps, value)

Lost = type("Lost", (), {})
for module, name in (("nosuchmodule", "Lost"), ("sys", "Lost"), ("sys", "a.b"), ("sys", "path.b"),
                     ("sys", "path")):
    Lost.__module__, Lost.__qualname__ = module, name
    attempt(pickle.dumps, Lost)


class Reduced:
    def __init__(self, value):
        self.value = value

    def __reduce__(self):
        return self.value


for value in (5, (), (1,), (len,), (len, 5), (5, ()), (len, (), 1, 2, 3, 4, 5), "nosuchname", "len",
              (len, (), None, 5), (len, (), None, None, 5), (len, (), None, [1]),
              (len, (1,), {}, None, None, 5)):
    attempt(pickle.dumps, Reduced(value))
for protocol in (9, "a", 2.0):
    attempt(pickle.dumps, 1, protocol)

for data in (b"", b"\x80\x09.", b".", b"\x80\x04N", b"\x80\x04K", b"(.", b"cnosuchmodule\nx\n.",
             b"X\xff\xff\xff\xff", b"\x80\x04\x95\x05\0\0\0\0\0\0\0N.", b"h\x05.", b"t.", b"0.",
             b"(0N.", b"R.", b"K\x01K\x02b.", b"K\x01}b.", b"Iabc\n.", b"\x88\x00", b"NQ.", b"P1\n.",
             b"\x80\x04)N\x85\x86b."):
    print(data)
    attempt(pickle.loads, data)
for value in (5, "a", None):
    attempt(pickle.loads, value)
    attempt(pickle.load, value)
    attempt(pickle.dump, 1, value)

# Names as Python 2 had them, there and back.
import _compat_pickle

for name in ("IMPORT_MAPPING", "NAME_MAPPING", "REVERSE_IMPORT_MAPPING", "REVERSE_NAME_MAPPING",
             "PYTHON2_EXCEPTIONS", "MULTIPROCESSING_EXCEPTIONS", "PYTHON3_OSERROR_EXCEPTIONS"):
    print(name, len(getattr(_compat_pickle, name)))
for data in (b"curllib\nquote\n.", b"cexceptions\nStandardError\n.",
             b"cmultiprocessing\nTimeoutError\n."):
    attempt(lambda: pickle.loads(data).__qualname__)
for value in (FileNotFoundError, ModuleNotFoundError, RecursionError, open, range):
    attempt(pickle.dumps, value, 2)
