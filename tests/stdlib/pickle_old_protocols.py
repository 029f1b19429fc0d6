"""Pickles of protocols 2 and 3: the bytes, names of Python 2, what is written another way."""
import collections
import copyreg
import datetime
import fractions
import io
import operator
import pickle
import sys


class Plain:
    def __init__(self, name):
        self.name = name


class Slotted:
    __slots__ = ("a", "b")


class Listed(list):
    pass


class Reduced:
    def __reduce__(self):
        return operator.add, (1, 2)


class Keyed:
    def __new__(cls, *, key):
        self = super().__new__(cls)
        self.key = key
        return self

    def __getnewargs_ex__(self):
        return (), {"key": self.key}

    class Inner:
        pass


def function():
    pass


slotted = Slotted()
slotted.a = 1
listed = Listed([1, 2])
listed.more = "x"
shared = ["s"]
ring = []
ring.append(ring)
twice = (shared, shared, (ring,))
values = [None, True, 0, 255, 256, -1, 65536, 2**31, -2**31, 2**70, -2**63, 1.5, "", "text", "é€\ud800", "x" * 300, b"", b"bytes", b"\xff" * 300, bytearray(b"ab"), (), (1,),
          (1, 2), (1, 2, 3), (1, 2, 3, 4), [], [1], list(range(1002)), {}, {1: 2}, {str(i): i for i in range(1002)}, {1}, set(), frozenset({2}), Plain("p"), slotted, listed, Reduced(),
          Keyed(key=3), Keyed.Inner(), Keyed.Inner, function, len, int, range(3), Exception("e"), type(None), ..., NotImplemented, collections.OrderedDict(a=1), collections.deque([1]),
          collections.Counter("aab"), datetime.date(2024, 1, 2), fractions.Fraction(1, 3), complex(1, 2), slice, map, sys.intern, shared, twice, [str(i) for i in range(300)] * 2]
for protocol in (2, 3):
    for fix_imports in (True, False):
        for value in values:
            try:
                data = pickle.dumps(value, protocol, fix_imports=fix_imports)
            except Exception as error:
                print(type(error).__name__, str(error).partition(" at 0x")[0])
                continue
            file = io.BytesIO()
            pickle.dump(value, file, protocol, fix_imports=fix_imports)
            same = file.getvalue() == data
            back = pickle.loads(data, fix_imports=fix_imports)
            file.seek(0)
            again = pickle.load(file, fix_imports=fix_imports)
            shown = data if len(data) < 200 else (len(data), data[:40], data[-20:], sum(data))
            print(protocol, same, type(back).__name__, type(again).__name__, file.tell() == len(data), shown)
copyreg.add_extension(__name__, "Plain", 77)
print([pickle.dumps(Plain, protocol) for protocol in (2, 3)], pickle.loads(pickle.dumps(Plain, 2)) is Plain)
back = pickle.loads(pickle.dumps(twice, 2))
print(back[0] is back[1], back[2][0][0] is back[2][0])
for data in (b"\x80\x02cbuiltins\nlen\n.", b"\x80\x02c__builtin__\nlen\n.", b"\x80\x03c__builtin__\nlen\n.", b"\x80\x02c__builtin__\nxrange\nK\x03\x85R.", b"\x80\x02cnowhere\nx\n.",
             b"\x80\x02cbuiltins\n", b"\x80\x02cbuiltins\nnone\n.", b"\x80\x03c\xff\nx\n."):
    try:
        print(pickle.loads(data))
    except Exception as error:
        print(type(error).__name__, error)
