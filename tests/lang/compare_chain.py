def f(x):
    print("f", x)
    return x
print(f(1) < f(2) < f(3))
print(f(3) < f(2) < f(1))
print(f(1) < f(1) <= f(0) < f(5))
print(1 < 2 > 1, 1 == 1 != 2, 1 in [1] == True, (1 in [1]) == True)
n = None
print(n is None is None, None is not n is not None)
print(not 1 == 2, not (1 == 1))
class C:
    def __init__(s, n, r): s.n, s.r = n, r
    def __lt__(s, o): print("lt", s.n, o.n); return s.r
    def __bool__(s): print("bool", s.n); return False
    def __repr__(s): return f"C({s.n})"
print(C(1, True) < C(2, True) < C(3, []))
print(C(1, 0) < C(2, True) < C(3, True))
print(C(1, C(9, 0)) < C(2, 1) < C(3, 1))
a, b, c = 1, 2, 3
print(a < b < c, a < b > c, a < b is b < c)
if a < b < c: print("yes")
if not a < b < c: print("no")
while a < b < c:
    a += 1
print(a)
print([x for x in range(10) if 2 < x <= 5])
assert 1 < 2 < 3
r = 1 < (x := 5) < 10
print(r, x)
print((1 < 2) < 3, 1 < (2 < 3), 3 > 2 > 1 > 0 > -1)
