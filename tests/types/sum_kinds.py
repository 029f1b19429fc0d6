# sum() of all kinds of numbers, mixed; the next item of generators that native code goes through.
import sys


def items(*values):
    yield from values


big = 2**62
print(sum(items(1, True, False, 2)), sum([True, True]), sum([], True), sum([1], True))
print(sum(items(big, big, big)), sum([big - 1, 1, 1, -big, -big, -big]), sum([-(2**63), -1, True]))
print(sum(items(1, 2.5, True, 3)), sum([0.1] * 10), sum([0.1] * 10 + [True] * 3 + [0.1] * 7), sum([1e16, 1, 1, True, -1e16]))


class Int(int):
    pass


class Adds:
    def __init__(self, n):
        self.n = n

    def __add__(self, other):
        return Adds(self.n + (other.n if isinstance(other, Adds) else other))

    def __radd__(self, other):
        return Adds(other + self.n)

    def __repr__(self):
        return f"Adds({self.n})"


print(sum([Int(3), 4, Int(5)]), sum([0.5, Int(3), 0.25]), type(sum([Int(3)])), type(sum([0.5, Int(1)])))
print(sum([1, 2, Adds(3), 4]), sum([0.5, Adds(1), 2]), sum([0.5, 2**70, 0.5]), sum([0.5, 10**400 > 1, 2**1000]))
print(sum([[1], [2]], []), sum([(1,), (2,)], ()), sum([1j, 2, 0.5]), sum(range(10**6)), sum([float("inf"), 1.0, True]))
for wrong in [1, "a"], [0.5, None], ["a"], [big, big, []]:
    try:
        print(sum(wrong))
    except TypeError as error:
        print(error)


class Noisy:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("gone", self.name)


def gives():
    yield 1
    yield 2
    return Noisy("result")


for use in sum, list, any, max, sorted, set, lambda g: [*g], lambda g: dict.fromkeys(g), lambda g: "".join(map(str, g)):
    print(use(gives()))


def fails():
    yield 1
    raise KeyError("k")


def stops():
    yield 1
    raise StopIteration(5)


for use in sum, list, max:
    for make in fails, stops:
        try:
            use(make())
        except (KeyError, RuntimeError) as error:
            print(type(error).__name__, error, type(error.__cause__).__name__)


def itself():
    yield 1
    yield sum(me)


me = itself()
try:
    print(list(me))
except ValueError as error:
    print(error)
print(list(me))


def deep(n):
    if n:
        yield sum(deep(n - 1)) + 1
    else:
        yield 0


print(sum(deep(50)))
try:
    sum(deep(10000))
except RecursionError as error:
    print(type(error).__name__)

# A generator that nobody else holds while it runs.
def drops():
    global only
    only = None
    yield 1
    yield 2


only = drops()
it = iter(only)
print(list(map(lambda x: x, it)))
print([ord(c) for c in "aé€😀" + chr(0)], [chr(n) for n in (0, 65, 233, 255, 256, 0x20AC, 0x10FFFF)] == list("\0A\xe9\xff\u0100\u20ac\U0010ffff"))
for call in lambda: ord("ab"), lambda: ord(""), lambda: ord(1), lambda: chr(-1), lambda: chr(0x110000), lambda: chr("a"), lambda: chr(2**40), lambda: chr(2**80), lambda: ord(b"a"), lambda: chr(True), lambda: ord(bytearray(b"ab")):
    for _ in range(3):
        try:
            print(repr(call()))
        except (TypeError, ValueError, OverflowError) as error:
            print(type(error).__name__, error)


class Text(str):
    pass


print([ord(Text("x")) for _ in range(3)], [ord(c) for c in [Text("y"), "z"]], sum(map(ord, "abc")))
character = "".join(["q"])
print(sys.getrefcount(ord) - sys.getrefcount(ord), [f(a) for f, a in [(ord, "q"), (chr, 113), (len, "qq"), (ord, "r")]])
