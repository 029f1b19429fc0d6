"""The views and iterators of OrderedDict: their types, and keys that come, go or move meanwhile."""
from collections import OrderedDict
import pickle


def made():
    return OrderedDict(a=1, b=2, c=3)


o = made()
print(o.keys(), o.values(), o.items())
print(type(o.keys()).__mro__, type(iter(o)), type(reversed(o.items())))
print(list(reversed(o)), list(reversed(o.values())), list(reversed(o.items())))
print(o.keys() & {"a"}, o.keys() | {"z"} == {"a", "b", "c", "z"}, ("a", 1) in o.items(), o.items() == dict(o).items())
it = iter(o.items())
next(it)
print(it.__reduce__(), list(it), list(it))
print(pickle.loads(pickle.dumps(iter(o.keys()))).__reduce__())


def change(how):
    o = made()
    seen = []
    try:
        for key in o:
            seen.append(key)
            how(o, key)
            if len(seen) > 5:
                break
    except RuntimeError as error:
        print(seen, error)
    else:
        print(seen, o)


change(lambda o, key: o.__setitem__(key, 5))
change(lambda o, key: o.__setitem__("new", 5))
change(lambda o, key: o.__delitem__(key))
change(lambda o, key: o.move_to_end(key))
change(lambda o, key: o.move_to_end("a", last=False))
change(lambda o, key: o.clear())
change(lambda o, key: key == "c" and o.__setitem__("new", 5))
change(lambda o, key: key == "c" and o.clear())
try:
    OrderedDict(1, 2)
except TypeError as error:
    print(error)

# Taking from the front is as quick as from the end.
o = OrderedDict.fromkeys(range(50000))
total = 0
while o:
    total += o.popitem(last=False)[0]
print(total)
d = dict.fromkeys(range(50000))
while d:
    del d[next(iter(d))]
d["x"] = 1
print(d, list(d))
o = OrderedDict.fromkeys("abcdef")
for _ in range(4):
    o.popitem(last=False)
o["g"] = 1
print(o.popitem(), o.popitem(), o.popitem(), o)
o["h"] = 2
print(o, next(iter(o)), list(o.items()))
