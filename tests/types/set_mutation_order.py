class K:
    log = []
    def __init__(s, n): s.n = n
    def __hash__(s): K.log.append(("hash", s.n)); return 1
    def __eq__(s, o): K.log.append(("eq", s.n, o.n)); return s.n == o.n
    def __repr__(s): return f"K{s.n}"
a = {K(1)}; print(K.log); K.log.clear()
a.add(K(2)); print(len(a), K.log); K.log.clear()
print(K(2) in a, K.log[0]); K.log.clear(); print(K(3) in a, len(K.log))
x = K(1); s = {x}; K.log.clear(); print(x in s, K.log)
class Bad:
    def __init__(s, n): s.n = n
    def __hash__(s): return 7
    def __eq__(s, o):
        if target: target.clear()
        return False
target = None; t = {Bad(1), Bad(2), Bad(3)}; print(len(t)); target = t; print(Bad(4) in t, len(t))
target = None; t = {Bad(i) for i in range(5)}; target = t; t.add(Bad(9)); print(len(t))
def gen():
    yield 1; yield 2; raise KeyError("gen")
s = {0}
try: s.update(gen())
except KeyError as e: print(e, sorted(s))
try: set(gen())
except KeyError as e: print(e)
try: s |= {[]} if 0 else set(gen())
except KeyError: print(sorted(s))
s = {1, 2, 3}; s.difference_update(s); print(s); s = {1, 2}; s ^= s; print(s); s = {1, 2}; s |= s; s &= s; print(sorted(s)); s -= s; print(s); s = {1, 2}; s.symmetric_difference_update(s); print(s); s.update(s, s); print(s)
s = {1, 2, 3}; s.intersection_update([3, 4], {3}); print(s); print(set("ab").union("cd") == set("abcd"))
e = {1, 2, 3}
try:
    for v in e: e.discard(v)
except RuntimeError as x: print(x)
e = set(range(10)); 
while e: e.pop()
print(e, len(e)); e.update(range(5)); print(sorted(e))
