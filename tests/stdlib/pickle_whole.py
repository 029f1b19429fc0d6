"""Pickles that dumps() and loads() write and read at once: their bytes, and what comes back."""
import collections
import copyreg
import enum
import functools
import hashlib
import operator
import pickle


class Plain:
    def __init__(self, value):
        self.value = value
        self.kids = []


class Slots:
    __slots__ = ("a", "b")

    def __init__(self, a, b):
        self.a, self.b = a, b


class Both(Slots):
    pass


class State(Plain):
    def __getstate__(self):
        return ("state", self.value)

    def __setstate__(self, state):
        self.restored, self.value = state, state[1]


class Arguments:
    def __new__(cls, a, b=0):
        self = object.__new__(cls)
        self.a, self.b = a, b
        return self

    def __getnewargs__(self):
        return (self.a, self.b)


class Keywords(Arguments):
    def __getnewargs_ex__(self):
        return (self.a,), {"b": self.b}


class Items(list):
    pass


class Pairs(dict):
    pass


class Texts(str):
    pass


class Numbers(int):
    pass


class Color(enum.Enum):
    RED = 1
    BLUE = "b"


class Reduced:
    def __init__(self, *args):
        self.args = args

    def __reduce__(self):
        return Reduced, (1, 2), {"x": 3}


class WithSetter:
    def __reduce__(self):
        return WithSetter, (), {"y": 1}, None, None, set_state


def set_state(obj, state):
    obj.set_by = state


class Registered:
    def __init__(self, v):
        self.v = v


copyreg.pickle(Registered, lambda r: (Registered, (r.v,)))
Point = collections.namedtuple("Point", "x y")


class Outer:
    class Inner:
        pass

    def method(self):
        pass


def show(name, obj, protocols=(4, 5)):
    for protocol in protocols:
        try:
            data = pickle.dumps(obj, protocol)
        except Exception as error:
            print(name, protocol, type(error).__name__, str(error).partition(" at 0x")[0])
            continue
        digest = data.hex() if len(data) < 120 else hashlib.sha1(data).hexdigest()
        back = pickle.loads(data)
        print(name, protocol, len(data), digest, type(back).__name__, pickle.dumps(back, protocol) == data)


show("atoms", [None, True, False, 0, 1, 255, 256, 65535, 65536, -1, -128, -129, 2**31 - 1, 2**31, -2**31, -2**31 - 1])
show("longs", [2**62, -2**62, 2**63, -2**63, 2**64, 127 << 56, 1 << 2039, -(1 << 2039), 1 << 2040, 3**2000])
show("floats", [0.0, -0.0, 1.5, 1e300, float("inf"), -1e-310])
show("texts", ["", "a", "é", "日本", "x" * 255, "x" * 256, "\ud800", "é" * 128])
show("bytes", [b"", b"abc", bytes(300), bytearray(b"xyz"), bytearray()])
show("empty", [[], (), {}, set(), frozenset()])
show("tuples", [(1,), (1, 2), (1, 2, 3), (1, 2, 3, 4)])
for size in (0, 1, 2, 999, 1000, 1001, 2000, 2001):
    show(f"list {size}", list(range(size)))
    show(f"dict {size}", dict.fromkeys(range(size)))
    show(f"set {size}", set(range(size)))
    show(f"Items {size}", Items(range(size)))
    show(f"Pairs {size}", Pairs.fromkeys(range(size)))
show("long text", ["a" * 65535, "b" * 65536, "c" * 65537, b"d" * 65536, "e" * 10])
show("frames", [f"text number {i}" for i in range(12000)])
show("frames of pairs", [(i, float(i), [str(i)]) for i in range(9000)])
shared = ["shared"]
show("shared", [shared, shared, (shared, "key"), {"key": shared, "other": "key"}])
circle = []
circle.append(circle)
data = pickle.dumps(circle)
print(data, pickle.loads(data)[0].__class__)
pair = ([],)
pair[0].append(pair)
data = pickle.dumps(pair)
print(data, type(pickle.loads(data)))
knot = {}
knot["self"] = (knot,)
print(pickle.dumps(knot))


class Hashed:
    def __init__(self):
        self.inside = None

    def __hash__(self):
        return 7


member = Hashed()
member.inside = frozenset([member])
print(pickle.dumps(member.inside).count(b"Hashed"), type(pickle.loads(pickle.dumps(member.inside))).__name__)
show("plain", [Plain(1), Plain("x"), Plain([Plain(2)])])
show("slots", [Slots(1, "text"), Both(1, 2)])
show("state", State(5))
print(pickle.loads(pickle.dumps(State(5))).restored)
show("arguments", [Arguments(1, 2), Keywords(3, b=4)])
show("subclasses", [Items([1]), Pairs(a=1), Texts("t"), Numbers(5)])
items = Items("ab")
items.extra = "attribute"
show("attributes", items)
show("enum", [Color.RED, Color.BLUE, Color.RED])
show("reduced", [Reduced(), WithSetter()])
print(pickle.loads(pickle.dumps(WithSetter())).set_by, pickle.loads(pickle.dumps(Reduced())).__dict__)
show("registered", Registered(9))
print(pickle.loads(pickle.dumps(Registered(9))).v)
for named in (len, print, Plain, Outer.Inner, Outer.method, type(None), type(...), type(NotImplemented), int, set_state):
    show("named", named)
show("constants", [..., NotImplemented])
for made in (Point(1, 2), collections.OrderedDict(a=1), collections.deque([1, 2], 5), collections.Counter("aab"),
             collections.defaultdict(list, a=[1]), range(5), slice(1, 2), 1 + 2j, operator.attrgetter("a.b"),
             functools.partial(max, 1), ValueError("wrong", 1), KeyError()):
    show("library", made)
copyreg.add_extension("builtins", "complex", 77)
show("extension", [complex, complex])
copyreg.remove_extension("builtins", "complex", 77)
show("lambda", lambda: 0)


def local():
    class Local:
        pass
    return Local


show("local", local()())
show("generator", (x for x in ()))
show("module", pickle)


class Grows:
    def __reduce__(self):
        target[len(target)] = 0
        return Grows, ()


target = {0: Grows(), 1: 2}
show("growing", target, (4,))


class Odd:
    def __init__(self, result):
        self.result = result

    def __reduce_ex__(self, protocol):
        return self.result


for result in (5, (), (Plain,), (Plain, 1), (1, ()), (Plain, (1,), None, None, None, None, None), "missing.name",
               (copyreg.__newobj__, ()), (copyreg.__newobj__, (Plain,))):
    try:
        pickle.dumps(Odd(result))
    except Exception as error:
        print(type(error).__name__)
deep = None
for _ in range(5000):
    deep = [deep]
try:
    pickle.dumps(deep)
except RecursionError as error:
    print("RecursionError")
for data in (b"", b"\x80\x04", b"\x80\x04.", b"\x80\x04K", b"\x80\x04]a.", b"\x80\x04(K\x01.", b"\x80\x04h\x05.",
             b"\x80\x04K\x01\x85\x85\x94h\x00.", b"\x80\x04]}s.", b"\x80\x04](K\x01K\x02e.", b"\x80\x04}(K\x01u.",
             b"\x80\x06N.", b"\x80\x04\x95\xff\x00\x00\x00\x00\x00\x00\x00N.", b"\x80\x04NN0.", b"\x80\x04(N1N.",
             b"\x80\x04\x8c\x08builtins\x8c\x05nope!\x93.", b"\x80\x04\x8c\x07missing\x8c\x01x\x93.", b"\x80\x04N.trailing",
             b"\x80\x04}]K\x01s.", b"\x80\x04\x8c\x08builtins\x8c\x03int\x93)R.", b"\x80\x04K\x01)R.", b"N.", b"(lp0\nI1\na."):
    try:
        print(pickle.loads(data))
    except Exception as error:
        print(type(error).__name__, error)
print(pickle.loads(memoryview(pickle.dumps([1]))), pickle.loads(bytearray(pickle.dumps("x"))))
