t = (1, [2])
for s in ["t[0] = 5", "del t[0]", "t[0:1] = ()", "t.x = 1", "t += [1]", "t[1] += [3]", "t[0] += 1", "a, b, c = t", "a, = t", "(x, y), z = t", "t.append(1)", "t *= 'a'", "del t[5]", "t.count = 1"]:
    try: exec(s); print("ok", s)
    except Exception as e: print(s, type(e).__name__, e)
print(t)
t += (4,); print(t); t *= 2; print(t)
l = []; r = (l,); l.append(r); print(r, repr(r))
class P:
    def __eq__(s, o): return True
    def __hash__(s): return 1
print((P(), 1) == ("anything", 1), P() in (1, 2), (1, 2).index(P()), (1, 2, 1).count(P()))
def f(*a): return a
print(f(), f(1), f(*(1, 2)), type(f()))
a = (1, 2, 3); b = a; a += (4,); print(a, b)
(x, y), *z = ((1, 2), 3, 4); print(x, y, z)
print((1, 2, 3) > (1, 2), max((1, 2), (1, 3)), sorted([(2,), (1, 5), (1,)]), (1, 2) + (3,) * 2, ((1, 2) + (3,)) * 2)
nested = ()
for i in range(50): nested = (nested, i)
print(nested[1], nested[0][1], len(repr(nested)), hash(nested) == hash(nested), nested == nested)
for bad in ["tuple.__new__(5)", "tuple.__new__(list)", "tuple.__new__()", "tuple.__getitem__([1], 0)", "tuple.index((1,), 2)", "(1,).__add__([2])", "()[0]", "()[-1]"]:
    try: print(eval(bad))
    except Exception as e: print(bad, type(e).__name__, e)
