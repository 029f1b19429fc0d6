l = [3, 1, 2]
l.append(4); l.extend([5]); l.extend("ab"); l.extend(x for x in (6,)); l += (7,); l += {8: 0}; print(l)
l.insert(0, "s"); l.insert(-1, "i"); l.insert(100, "e"); l.insert(-100, "b"); print(l)
print(l.pop(), l.pop(0), l.pop(-2), l.pop(True), l)
l.remove("a"); l.remove(2); print(l); l.reverse(); print(l)
print(l.index("b"), l.count(5), l.count("zz")); c = l.copy(); l.clear(); print(l, c)
l = list(range(10))
l[0] = "z"; l[-1] = "y"; l[True] = "t"; print(l)
l[2:4] = []; print(l); l[2:2] = ["i", "j", "k"]; print(l); l[:2] = "ab"; print(l); l[-1:] = (1, 2, 3); print(l)
l[::3] = ["x"] * len(l[::3]); print(l); l[::-1] = list(range(len(l))); print(l); l[5:2] = ["ins"]; print(l); l[100:] = [9]; print(l); l[:] = [1]; print(l)
l = list(range(12)); del l[0], l[-1]; print(l); del l[2:4]; print(l); del l[::2]; print(l); del l[::-3]; print(l); del l[:]; print(l)
l = [1, 2, 3]; l[1:2] = l; print(l); l[:0] = l; print(l); l.extend(l); print(l); l += l; print(len(l)); l[::2] = l[1::2]; print(l)
l = [1, 2]; l.append(l); print(l, l[2] is l, l == l); l[0] = l; print(l)
m = [[0] * 2] * 2; m[0][0] = 1; print(m); l = [1] * 3; l *= 2; print(l); l *= 0; print(l); l *= -5; print(l)
l = [1, 2, 3]; it = iter(l); next(it); l.clear(); print(list(it)); l.append(1); print(list(it))
l = [1, 2, 3, 4]; print([x for x in l if not l.append(x) or True][:0] if 0 else l)
r = reversed([1, 2, 3]); print(next(r), r.__length_hint__(), list(r), list(r))
l = [1, 2, 3]; r = reversed(l); l.pop(); print(list(r))
l = [1, 2, 3]
for x in l:
    if x < 10: l.insert(0, x + 10) if len(l) < 6 else None
    if len(l) >= 6: break
print(l)
class E:
    def __init__(s, v): s.v = v
    def __eq__(s, o):
        if lst: lst.clear()
        return False
lst = [E(1), E(2)]; print(5 in lst, lst); lst = [E(1), E(2), E(3)]
try: lst.remove(5)
except ValueError as e: print(e)
lst = [E(1), E(2)]; print(lst.count(7)); lst = [E(1), E(2)]; print(lst == [1, 2])
class G:
    def __iter__(s): yield 1; raise KeyError("it")
l = [0]
try: l.extend(G())
except KeyError: print(l)
try: l[0:1] = G()
except KeyError: print(l)
try: list(G())
except KeyError: print("ke")
class LH:
    def __init__(s, h): s.h = h
    def __iter__(s): return iter([1, 2])
    def __length_hint__(s): return s.h
for h in (5, 0, -1, "a", NotImplemented, 1.5):
    try: print(list(LH(h)))
    except Exception as e: print(type(e).__name__, e)
print([1, 2] + [3], [1] * 3, 2 * [1, 2], [1] == [1.0], [1, 2] < [1, 3], [1] < [1, 0], [] < [1], [[1], 2] > [[0], 3], [1, 2] != [2, 1], [1] == (1,), [float("nan")] == [float("nan")])
big = list(range(1000)); del big[100:900]; big.insert(50, "mid"); print(len(big), big[50], big[101], sum(x for x in big if x != "mid")); print(big.index(950), 950 in big, 500 in big)
