log = []
class D:
    def __init__(s, f): s.f = f
    def __del__(s): s.f()
l = [0, 1, 2]; l[1] = D(lambda: log.append(list(l))); l[1] = "new"; print(log, l); log.clear()
l = [D(lambda: l.append("from del")), 1]; l[0] = "x"; print(l)
l = [D(lambda: l.clear()), 1, 2]; l[0] = "y"; print(l)
l = [1, D(lambda: log.append(list(l))), 3]; l.pop(); l.pop(); print(log, l); log.clear()
l = [D(lambda: log.append(list(l))), 2]; l.clear(); print(log, l); log.clear()
l = [D(lambda: l.append(9)), D(lambda: l.append(8))]; l.clear(); print(l)
l = [1, D(lambda: log.append(list(l))), 3]; del l[1]; print(log, l); log.clear()
l = [1, D(lambda: log.append(list(l))), 3]; l[0:2] = ["s"]; print(log, l); log.clear()
d = {"a": D(lambda: log.append(dict(d)))}; d["a"] = "new"; print(log, d); log.clear()
d = {"a": D(lambda: log.append(dict(d))), "b": 1}; del d["a"]; print(log, d); log.clear()
d = {"a": D(lambda: log.append(dict(d))), "b": 1}; d.clear(); print(log, d); log.clear()
d = {"a": D(lambda: d.update(z=1))}; d.clear(); print(d)
d = {"a": D(lambda: d.clear()), "b": 2}; d["a"] = 3; print(d)
d = {"a": D(lambda: log.append(dict(d)))}; d.pop("a"); print(log, d); log.clear(); d = {i: D(lambda: d.setdefault("k", 0)) for i in range(3)}; d.clear(); print(d)
class O: pass
o = O(); o.a = D(lambda: log.append(sorted(vars(o)))); o.a = 1; print(log, o.a); log.clear()
o = O(); o.a = D(lambda: log.append(hasattr(o, "a"))); del o.a; print(log); log.clear()
o = O(); o.a = D(lambda: setattr(o, "a", "set in del")); del o.a; print(o.a)
class S: __slots__ = ("x",)
s = S(); s.x = D(lambda: log.append(s.x)); s.x = 5; print(log); log.clear(); s.x = D(lambda: setattr(s, "x", "again")); del s.x; print(s.x)
st = {D(lambda: log.append(len(st)))}; st.clear(); print(log, st); log.clear(); st = {1}; st.add(D(lambda: st.add("added"))); st.clear(); print(st)
g = D(lambda: log.append(g)); g = 7; print(log); log.clear()
def f():
    v = D(lambda: log.append(v)); v = "new local"; return v
f(); print(log); log.clear()
def c():
    v = D(lambda: log.append(v)); v = "new cell"
    return lambda: v
c(); print(log); log.clear()
x = D(lambda: log.append("x" in globals())); del x; print(log); log.clear()
class C: attr = None
C.attr = D(lambda: log.append(C.attr)); C.attr = 1; print(log); log.clear()
t = [D(lambda: log.append("in comp"))]; t = [0 for q in t]; q = None; print(log); log.clear()
l = [D(lambda: l.insert(0, "ins")) for _ in range(3)]; l[:] = []; print(l); l = [D(lambda: l.__setitem__(slice(None), [7])), 1]; del l[0]; print(l)
b = [3, 1, D(lambda: log.append("sorted")), 2]; b.sort(key=lambda v: 0 if isinstance(v, D) else v); b = None; print(log)
