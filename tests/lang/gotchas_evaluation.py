def append_to(x, acc=[]): acc.append(x); return acc
print(append_to(1), append_to(2), append_to.__defaults__)
funcs = [lambda: i for i in range(3)]; print([f() for f in funcs])
a = [1, 2, 3]; b = a; b += [4]; print(a); b = b + [5]; print(a, b)
t = ([],)
try: t[0] += [1]
except TypeError: print("TypeError but", t)
x = [0, 1, 2]; x[x[1]], x[x[2]] = x[2], x[1]; print(x)
i = 5
class C:
    i = 10
    l = [i for _ in range(2)]
    m = lambda self: i
print(C.l, C().m())
def gen():
    try: yield 1
    finally: print("cleanup")
for v in gen(): break
print("after break")
del v
print([1, 2, 3].sort(), "abc".replace("b", "x"), sorted([3, 1]))
print(0.1 + 0.2 == 0.3, round(0.5), round(1.5), round(2.5), -7 // 2, -7 % 3, int(-3.7), 7 // -2)
print(True + True, "a" in "abc", "" in "abc", [] == False, not [], [0] and True)
s = "abc"
for c in s: s = s + c
print(s)
d = {1: "a", True: "b", 1.0: "c"}; print(d)
print([[]] * 3, [[] for _ in range(3)]); l = [[]] * 3; l[0].append(1); print(l)
def f(x): 
    x = x + [1] if len(x) < 3 else x
    return x
y = [1]; print(f(y), y)
def g(x): x += [1]; return x
print(g(y), y)
nums = [1, 2, 3, 4, 5, 6]
for n in nums:
    if n % 2 == 0: nums.remove(n)
print(nums)
print(1 < 2 == 2, (1 < 2) == 2, 1 < (2 == 2), not 1 == 1, not (1 == 1), 2 ** -1, -2 ** 2, 2 ** 3 ** 0)
x = 10
def outer():
    def inner(): return x
    x = 20
    return inner()
print(outer(), x)
try: print([x for x in range(3)] and x)
except NameError: print("no x")
a = 1, ; print(a, type(a)); b = (1); print(b)
print("%s" % (1,), "%s %s" % (1, 2)); print(*[1, 2], *"ab")
print(max("10", "9"), max(10, 9), sorted(["10", "9", "1"]), min("b", "A"))
e = None
try: raise ValueError("v")
except ValueError as e: pass
try: e
except NameError: print("e is gone")
def h():
    try: return "try"
    finally: print("finally")
print(h()); print(print("inner")); x = y = []; x.append(1); print(y); print(type(1 / 1), 4 / 2, 7 // 2.0)
z = 3; z = z if z > 5 else z + 1; print(z); q = [1, 2, 3][:10]; print(q, [1, 2, 3][5:], "abc"[10:]); print(any([]), all([]), sum([]), "".join([]))
