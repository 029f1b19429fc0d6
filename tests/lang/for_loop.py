for i in range(3): print(i, end=" ")
else: print("else")
for c in "abc":
    if c == "b": break
else: print("never")
print(c)
for i in []: pass
else: print("empty else")
try: i
except NameError: print("i unbound")
print(i)
for a, (b, *c) in [(1, (2, 3, 4)), (5, "xyz")]: print(a, b, c)
for x, in [(1,), (2,)]: print(x)
d = {}
for d["k"] in range(3): pass
print(d)
lst = [0, 0]
for lst[1] in "ab": print(lst)
class O: pass
o = O()
for o.attr in (1, 2): pass
print(o.attr)
l = [1, 2, 3]
for e in l:
    if e < 3: l.append(e + 5)
    if len(l) > 6: break
print(l)
l = [1, 2, 3, 4]
for e in l: l.remove(e)
print(l)
for bad in [1, None, 1.5, object(), int]:
    try:
        for x in bad: pass
    except TypeError as e: print(str(e)[:30])
class It:
    def __init__(s, n): s.n = n
    def __iter__(s): return s
    def __next__(s):
        if s.n == 0: raise StopIteration
        s.n -= 1
        return s.n
print([x for x in It(3)])
class Seq:
    def __getitem__(s, i):
        if i > 2: raise IndexError
        return i * 10
for x in Seq(): print(x, end=",")
print()
class BadIter:
    def __iter__(s): return 5
class NoneIter:
    __iter__ = None
class BadNext:
    def __iter__(s): return s
for cls in (BadIter, NoneIter, BadNext):
    try:
        for x in cls(): pass
    except TypeError as e: print(e)
class Err:
    def __iter__(s): return s
    def __next__(s): raise KeyError("k")
try:
    for x in Err(): pass
except KeyError as e: print("KeyError", e)
for i in range(3):
    for j in range(3):
        if j == 1: continue
        if i == 1: break
        print(i, j)
    else:
        print("inner else")
for i in 1, 2, *[3, 4]: print(i, end=" ")
print()
d = {1: 1, 2: 2}
try:
    for k in d: d[k + 10] = 0
except RuntimeError as e: print(e)
s = {1, 2}
try:
    for k in s: s.add(k + 10)
except RuntimeError as e: print(e)
d = {1: 1, 2: 2}
try:
    for k in d: del d[k]; d[k + 5] = 1
except RuntimeError as e: print(e)
