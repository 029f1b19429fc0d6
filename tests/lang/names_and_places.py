"""Names of modules and classes that are read and stored again and again, while their dicts change."""
import types


class Noisy:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("gone", self.name, sorted(n for n in globals() if n.startswith("place_")))


place_a = 0
for i in range(5):
    place_a = place_a + i
    if i == 2:
        # The name moves to another place of the dict.
        old = place_a
        del place_a
        place_b = "between"
        place_a = old
print(place_a, place_b)

for i in range(3):
    place_c = Noisy(i)
place_c = None

code = compile("for i in range(4):\n    x = x + i\n    y = [x]\n    del y\n    y = x\n", "<names>", "exec")


class Logged(dict):
    def __getitem__(self, key):
        print("get", key)
        return super().__getitem__(key)

    def __setitem__(self, key, value):
        print("set", key, value)
        super().__setitem__(key, value)


plain = {"x": 1}
exec(code, {}, plain)
print(plain)
exec(code, {}, Logged(x=1))
other = {"y": 0, "i": 5, "x": 2}
exec(code, {}, other)
print(list(other.items()))

module = types.ModuleType("module")
exec("def bump():\n    global count\n    count = count + [1]\n    return len(count)\ncount = []", module.__dict__)
for _ in range(3):
    print(module.bump())
module.count = []
print(module.bump(), module.__dict__["count"])
del module.count
try:
    module.bump()
except NameError as error:
    print(error)
module.count = [0]
print(module.bump())


class Body:
    total = 0
    for n in range(4):
        total = total + n
        len = total
    print(len, total)


for _ in range(3):
    try:
        print(undefined_name)
    except NameError as error:
        print(error)
    if _ == 1:
        undefined_name = "now"


class Point:
    def __init__(self, x=0, y=[]):
        self.x, self.y = x, y


def points():
    return Point(), Point(1), Point(1, 2)


for _ in range(3):
    print([(p.x, p.y) for p in points()])
Point.__init__.__defaults__ = (7, 8)
print([(p.x, p.y) for p in points()])
Point.__init__.__defaults__ = None
for arguments in ((), (1,), (1, 2)):
    try:
        print(Point(*arguments).x)
    except TypeError as error:
        print(error)
try:
    points()
except TypeError as error:
    print(error)


def makers():
    for given in range(3):
        yield Point(given)


Point.__init__.__defaults__ = ("d",)
print([(p.x, p.y) for p in makers()])
