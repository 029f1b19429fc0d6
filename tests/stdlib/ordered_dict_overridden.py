"""What OrderedDict calls of a subclass that overrides what its methods are made of."""

from collections import OrderedDict
class L(OrderedDict):
    def __getitem__(self,k): print('get',k); return super().__getitem__(k)
    def __delitem__(self,k): print('del',k); return super().__delitem__(k)
    def __contains__(self,k): print('has',k); return super().__contains__(k)
    def __missing__(self,k): print('miss',k); return 9
l=L(a=1,b=2)
print(l.pop('a'), l.popitem(), l.pop('c',5))
try: l.pop('z')
except KeyError as e: print('KeyError',e)
print(l.setdefault('q',3), l.setdefault('q'))
l['r']=1; l.move_to_end('q')
try: l.move_to_end('nope')
except KeyError as e: print('KeyError',e)

# The version in Python, for where the native one is not to be had.
import copy
import pickle
import sys

del sys.modules["collections"]
native, sys.modules["_collections"] = sys.modules.get("_collections"), None
import collections

sys.modules["_collections"] = native
Plain = collections.OrderedDict
d = Plain([("a", 1), ("b", 2)], c=3)
d.move_to_end("a")
d.move_to_end("c", last=False)
print(list(d), list(reversed(d)), d == {"a": 1, "b": 2, "c": 3}, d == Plain(a=1, b=2, c=3), d != Plain(d), d.popitem(False), d.popitem())
print(d | {"z": 1}, {"z": 1} | d, d.pop("b"), d.pop("b", 0), d.setdefault("x", []), d, copy.copy(d), Plain.fromkeys("ab", 1))
try:
    d.pop("b")
except KeyError as error:
    print("KeyError", error)
d |= {"y": 2}
print(d, Plain(), hasattr(collections, "deque"), collections.Counter("abca").most_common(1), collections.namedtuple("P", "x y")(1, 2).y)
