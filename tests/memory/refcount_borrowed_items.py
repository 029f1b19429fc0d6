# What native functions hold of their arguments and items while they call back.
import functools, itertools, sys, weakref
from collections import Counter, deque
R = sys.getrefcount
class O:
    def __init__(self, n=0): self.n = n
    def __repr__(self): return "r%d" % R(self)
    def __format__(self, spec): return "f%d" % R(self)
    def __lt__(self, other): print("lt", R(self), R(other)); return self.n < other.n
    def __eq__(self, other): print("eq", R(self), R(other)); return self is other
    def __hash__(self): print("hash", R(self)); return 7
    def __iter__(self): return iter([R(self)])
    def __len__(self): return R(self)
    def __str__(self): return "s%d" % R(self)
a, b, c = O(1), O(2), O(3)
print([a], [a, a], [[a]], [O()], (a,), {1: a}, deque([a]))
print([a] < [b], [a] == [a], [a, b] > [a, c])
print(functools.reduce(lambda x, y: (R(x), R(y), y)[2], [a, b], O()).n)
print(functools.reduce(lambda x, y: (print(R(x), R(y)), y)[1], [a, b], O()).n)
print(len(list(itertools.accumulate([a, b, c], lambda x, y: (print(R(x), R(y)), y)[1]))))
print(len(list(itertools.accumulate([a], lambda x, y: (print(R(x), R(y)), y)[1], initial=b))))
print(max(a), min(O()), sum(O()), sorted(O()))
print("{} {x}".format(a, x=a), "{0}{0}".format(a), "{x}".format(x=O()))
s = {a}
s.add(b)
print(deque([a, b]).index(b))
Counter([a, a, b])
d = weakref.WeakValueDictionary(x=a)
print([R(x) for x in d.values()], [R(x) for _, x in d.items()])
def running():
    yield R(it)
    yield R(it)
it = running(); print(next(it), next(it), R(it))
it = running(); print(list(it), R(it))
it = running()
for x in it: print(x)
it = running(); print(*it)
def outer(): yield from it
it = running(); print(list(outer()))
def code(): return (1, 2, "a b")
print(R(code.__code__.co_consts), R(code.__code__.co_consts[1]), R(code.__code__.co_code))
