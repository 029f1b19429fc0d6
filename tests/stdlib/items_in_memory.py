"""Items of arrays, memoryviews and structs of all formats; tuples of combinations that are kept; hexadecimal digits."""
import array
import codecs
import gc
import hashlib
import itertools
import struct

for code in "bBhHiIlLqQfd":
    size = array.array(code).itemsize
    if code in "fd":
        numbers = [0.0, -1.5, 2.25, 1e30, -0.0]
    elif code.islower():
        numbers = [0, -1, 1, 2 ** (8 * size - 1) - 1, -2 ** (8 * size - 1), 100]
    else:
        numbers = [0, 1, 2 ** (8 * size) - 1, 2 ** (8 * size - 1), 200]
    items = array.array(code, numbers)
    view = memoryview(items)
    print(code, list(items) == numbers or list(items), view.tolist() == list(items), [view[i] == items[i] for i in range(-len(items), len(items))])
    view[0] = view[-1] = 7
    print(items[0], items[-1], list(view[::2]), view[::-1][0])
    for wrong in (2 ** 70, -2 ** 70, "x", None, 1.5, b"a"):
        try:
            view[1] = wrong
            print(items[1])
        except (TypeError, ValueError, OverflowError) as error:
            print(type(error).__name__, error)
    for order in "@=<>!":
        if order == "@" or code not in "lL":
            data = struct.pack(f"{order}{len(items)}{code}", *items)
            print(order, data.hex()[:48], struct.unpack(f"{order}{len(items)}{code}", data) == tuple(items), end=" ")
    print()
print(struct.unpack("<bBhHiIqQefd?c3sx2p", struct.pack("<bBhHiIqQefd?c3sx2p", -1, 255, -2, 65535, -3, 4294967295, -4, 2**64 - 1, 1.5, 2.5, 3.5, True, b"c", b"abc", b"p")))
print(struct.unpack(">bBhHiIqQefd", struct.pack(">bBhHiIqQefd", -1, 255, -2, 65535, -3, 4294967295, -4, 2**64 - 1, 1.5, 2.5, 3.5)))
for index in (5, -6, 2**70, "x", None, 1.0):
    for view in (memoryview(b"hello"), memoryview(bytearray(b"hello")), memoryview(b"hello").cast("c"), memoryview(bytearray(6)).cast("B", (2, 3))):
        for use in (lambda: view[index], lambda: view.__setitem__(index, 1), lambda: view.__delitem__(index)):
            try:
                print(use())
            except (TypeError, IndexError, NotImplementedError) as error:
                print(type(error).__name__, error)
view = memoryview(bytearray(b"hello"))
view.release()
for use in (lambda: view[0], lambda: view.__setitem__(0, 1), lambda: view[9]):
    try:
        use()
    except ValueError as error:
        print(error)
print(memoryview(b"hello").cast("c")[1], memoryview(bytes(range(256)))[200], memoryview(bytes(8)).cast("?")[3])
print(repr(bytes(range(256))), repr(bytearray(range(120, 140))), codecs.escape_encode(bytes(range(0, 256, 7))))
print(hashlib.md5(b"").hexdigest(), hashlib.sha256(b"abc").hexdigest(), hashlib.shake_128(b"x").hexdigest(5))


class Named:
    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return self.name


makers = [lambda: itertools.product("ab", [1, 2]), lambda: itertools.product("ab", repeat=3), lambda: itertools.permutations("abcd", 3), lambda: itertools.permutations("abc"),
          lambda: itertools.combinations("abcde", 3), lambda: itertools.combinations_with_replacement("abc", 2), lambda: itertools.product(), lambda: itertools.permutations("ab", 3),
          lambda: itertools.combinations("", 0), lambda: itertools.product("ab", "")]
for make in makers:
    kept = list(make())
    print(kept, ["".join(map(str, t)) for t in make()] == ["".join(map(str, t)) for t in kept], len(set(map(id, kept))) == len(kept))
    walk = make()
    first = next(walk, None)
    second = next(walk, None)
    print(first, second, first == (kept + [None])[0], list(walk) == kept[2:], next(walk, "end"), first == (kept + [None])[0])


class Slots:
    __slots__ = ("a", "b", "c")

    def __del__(self):
        print("del", self.a.name if hasattr(self, "a") else None)


class More(Slots):
    __slots__ = ("d", "a2")


class Last:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("gone", self.name)


for cls in Slots, More:
    thing = cls()
    thing.c = Last("c")
    thing.a = Last("a")
    thing.b = 5
    if cls is More:
        thing.a2 = Last("a2")
        thing.d = Last("d")
    del thing
empty = Slots()
del empty
print(gc.collect() >= 0)
