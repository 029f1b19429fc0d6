def t(v, r=None):
    print(v, end=" ")
    return v if r is None else r
def nl(): print()
t(1) + t(2) * t(3); nl()
(t(1) + t(2)) ** t(-1); nl()
t(1) < t(2) < t(3); nl()
[t(1), t(2)][t(0)]; nl()
{t(1): t(2), t(3): t(4)}; nl()
{t("k"): t(i) for i in (t(1), t(2))}; nl()
(lambda *a, **k: None)(t(1), *t("s", [2]), k=t(3), **t("d", {})); nl()
t(1) if t("cond", 0) else t(2); nl()
class O:
    def __init__(s): s.d = {}
    def __getattr__(s, n): print("get", n, end=" "); return 0
    def __setattr__(s, n, v): print("set", n, end=" "); object.__setattr__(s, n, v)
    def __getitem__(s, k): print("getitem", k, end=" "); return 0
    def __setitem__(s, k, v): print("setitem", k, end=" ")
    def __delitem__(s, k): print("delitem", k, end=" ")
o = O(); nl()
t("o", o).a = t("v"); nl()
t("o1", o).a, t("o2", o)[t("k")] = t("v1"), t("v2"); nl()
t("o", o)[t("k")] += t("v", 1); nl()
t("o", o).zz += t("v", 1); nl()
t("o", o)[t("a"):t("b"):t("c")]; nl()
del t("o", o)[t(1)], t("o", o)[t(2)]; nl()
t("o1", o)[0] = t("o2", o)[1] = t("v"); nl()
print(t("a"), t("b"), sep=t(",")); 
assert t(1), t("msg"); nl()
try: assert t(0), t("msg")
except AssertionError as e: print("->", e)
try: raise t("x", ValueError("x")) from t("c", KeyError("c"))
except ValueError as e: nl()
for i in t("it", [1]): t("body")
else: t("else")
nl()
with t("a", open("/dev/null")) as f, t("b", open("/dev/null")) as g: t("body")
nl()
def deco(n): t(n); return lambda f: (t("apply" + n), f)[1]
@deco("1")
@deco("2")
def fn(a: t("ann") = t("def"), *, k: t("kann") = t("kdef")) -> t("ret"): pass
nl()
@deco("c")
class K(t("base", object), metaclass=t("meta", type)):
    t("body")
nl()
x = [t(i) for i in (t("l", [1, 2])) if t("if")]; nl()
g = (t(i) for i in t("first", [1])); print("made", end=" "); list(g); nl()
t(0) or t(1) and t(2); nl()
f"{t(1)} {t(2):{t(5)}} {t(3)!r:>{t(4)}}"; nl()
t(1), *t("s", [1]), t(3); nl()
a = b = t("val"); nl()
i = 0
l = [9, 9, 9]
i, l[i], i = 1, 2, 0
print(l, i)
-t(1); not t(2); ~t(3); nl()
t("k") in t("c", {}); t("a") is not t("b"); nl()
print(t("f", len)(t([1, 2])))
match t("subj"):
    case "a" if t("g1"): pass
    case x if t("g2", 1): t("body")
nl()
lambda: t("never")
t("lam", lambda x=t("d"): t("body"))(); nl()
