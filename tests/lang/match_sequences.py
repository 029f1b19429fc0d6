def m(x):
    match x:
        case []: return "empty"
        case [a]: return ("one", a)
        case [1, 2]: return "exactly 1 2"
        case [1, *rest]: return ("starts 1", rest)
        case [*init, 9]: return ("ends 9", init)
        case [a, [b, *c], d]: return ("nested", a, b, c, d)
        case (a, b): return ("pair", a, b)
        case [a, *_, b]: return ("ends", a, b)
for v in ([], (), [5], (5,), [1, 2], [1, 2, 3], (1,), [5, 9], [4, [5, 6, 7], 8], [3, 4], [3, "ab", 4], range(0), range(5), "ab", b"ab", bytearray(b"ab"), {1, 2}, {1: 2}, iter([1]), None, memoryview(b"ab"), [1, [2], 9]):
    print(v if type(v) in (list, tuple, str, dict, range) else type(v).__name__, "->", m(v))
class Seq:
    def __len__(s): return 2
    def __getitem__(s, i): return i * 10
print(m(Seq()))
class LSub(list): pass
class TSub(tuple): pass
print(m(LSub([7])), m(TSub((7, 8))))
def star(x):
    match x:
        case [*all]: return all
def star2(x):
    match x:
        case a, b, *c, d: return a, b, c, d
        case *_,: return "any seq"
        case _: return "not seq"
print(star((1, 2)), star([]), star2("abcd"), star2([1, 2, 3]), star2([1, 2, 3, 4, 5]), star2([1]), star2(1))
def wild(x):
    match x:
        case [_, _]: return "two"
        case [_, *_]: return "1+"
        case _: return "no"
print(wild([1, 2]), wild([1]), wild([]), wild([1, 2, 3]))
def partial(x):
    a = "unset"
    match x:
        case [a, 5]: return "five", a
        case [_, 6]: return "six", a
    return "none", a
print(partial([1, 5]), partial([2, 6]), partial([3, 7]))
def orp(x):
    match x:
        case [("a" | "b") as k, (1 | 2) as v]: return k, v
        case [x] | [x, _] : return ("or capture", x)
print(orp(["a", 2]), orp(["z"]), orp([5, 6]), orp(["c", 1]))
def flag(x):
    match x:
        case (0, 0): return "origin"
        case (0, y): return f"Y={y}"
        case (x, 0): return f"X={x}"
        case (x, y) if x == y: return f"diag {x}"
        case (x, y): return f"{x},{y}"
        case _: return "not a point"
print([flag(p) for p in [(0, 0), (0, 5), (5, 0), (3, 3), (1, 2), (1, 2, 3)]])
for s in ["case [*a, *b]: pass", "case [a, a]: pass", "case a | b: pass", "case [a] | [b]: pass", "case _: pass\n case 1: pass", "case x: pass\n case 1: pass", "case a as _: pass", "case 1 as x.y: pass", "case *a: pass", "case (*a): pass", "case [a, (b, a)]: pass", "case _ | 1: pass", "case x | 1: pass", "case f'x': pass", "case 1 + 1: pass", "case -x: pass", "case 1 + 2j + 3j: pass", "case 2j + 1: pass", "case 1 + -2j: pass", "case a.b(): pass", "case a(): pass", "case {**rest, 'a': 1}: pass", "case {x: 1}: pass", "case {1: a, 1: b}: pass", "case {'a': x, **x}: pass", "case {**_}: pass", "case A(x=1, x=2): pass", "case A(x=1, 2): pass", "case A(x, y=x): pass", "case A(*x): pass", "case not x: pass", "case x if y := 1: pass", "case: pass", "case 1: pass\n else: pass"]:
    try: compile("match z:\n " + s, "s", "exec"); print("ok", s)
    except SyntaxError as e: print(s.replace("\n", ";"), "|", e.msg)
try: compile("match z:\n pass", "s", "exec")
except SyntaxError as e: print(e.msg)
try: compile("match z:\n", "s", "exec")
except SyntaxError as e: print(type(e).__name__, e.msg)
