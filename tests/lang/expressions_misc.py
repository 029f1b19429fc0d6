print(2 ** 3 ** 2, -2 ** 2, 2 ** -1, (2 ** 3) ** 2, 10 - 3 - 2, 100 / 10 / 2, 7 // 2 * 2, 7 % 4 * 2, 2 + 3 * 4, (2 + 3) * 4)
print(1 << 2 + 1, 1 | 2 & 3 ^ 1, 5 & 3 == 1, not 1 == 2, 1 < 2 & 3, ~1 + 1, -1 ** 2, 3 - -3, not not 1)
print(1 if 1 else 2 if 0 else 3, (1 if 0 else 2) if 1 else 3, [1 if 0 else 2], {1: 2 if 0 else 3}, lambda_ if (lambda_ := 0) else "z")
print(1, *(2, 3), [4][0], (5), (6,), (), [], {}, {7}, {8: 9})
print("abc"[1], "abc"[1:], [1, 2, 3][::-1], (1, 2)[-1], {"a": {"b": [10]}}["a"]["b"][0], [[1, 2], [3]][0][1])
print("a" "b".upper(), ("x" if 0 else "y").upper(), [].append(1), (lambda x: x)(3), [lambda: 7][0](), {"f": len}["f"]("abc"))
x = y = 3
print(x == y == 3, x is y, x is not None, x not in [1], not x in [1], x in [3] and y)
print(x and y or 0, 0 or x and 5, x or 1 / 0, 0 and 1 / 0)
print(...  , Ellipsis is ..., type(...), NotImplemented, None, True, False, __name__, __debug__)
print([1, 2,], (1, 2,), {1, 2,}, {1: 2,}, print(3,), max(1, 2,), [[],], ((),))
class G:
    def __getitem__(s, k): return k
    def __class_getitem__(c, k): return ("cls", k)
    def __call__(s, *a, **k): return a, k
g = G()
print(g[1], g[1, 2], g[1:2], g[::], g[1:2, ...], g[:, 1], g[()], g[(1, 2)], g[1:2:3, 4], G[int], G[int, str], g[None:], g[:], g["a":"b":"c"], g[lambda: 1] is not None)
print(g(1)(), g(), g(a=1)) if 0 else print(g(1), g(*[1], **{"a": 2}))
print((yield_ := 5), [z := 1, z], (a := 1, b := 2), a, b)
print(1 if x else(2), not(x), -(x), [-x], (-x), {x}, x if(x)else y, [x]if(1)else[y])
print(0 == False, "" == False, None == False, [] == False, 1 == True)
print(5 // 2, -5 // 2, 5 // -2, 5 % 3, -5 % 3, 5 % -3, 5.5 // 2, -5.5 % 2, divmod(-7, 2), divmod(7, -2.0), 2 ** 0.5, (-8) ** (1 / 3))
print(1 <= 1 < 2 != 3 == 3, 3 > 2 > 2, 'a' < 'b' < 'c', [1] < [1, 0] < [2], (1, 'a') < (1, 'b'))
print(a if 0 else b if 0 else (lambda: "deep")(), (lambda: (lambda: 1)())(), [*(lambda: [1])()])
print("%s" % "a" "b", "%s %s" % ("a", "b"), "%d" % 3 + "x", "a" * 2 + "b", 2 * "a", [0] * 3, (1,) * 2, [1] + [2], "a" + "b")
assert (1, 2) == (1, 2); print(((((1))))), print((((1,),),))
print({**{}, 'a': 1}.keys(), {1, *[2]}, [*[]], (*[],), f(*[]) if 0 else 0)
print(x.__class__.__name__.upper()[::-1].lower().title(), (x.real, x.imag), 3 .__add__(4).__str__()[0])
if x: pass; print("semi"); pass
print(1); print(2)
x = 1; y = 2; \
print("backslash", x \
    + y)
print([1,
       2,  # comment
       3
       ], (
    4), {
    5: 6
})
