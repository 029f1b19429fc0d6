class D(dict):
    def __missing__(s, k): print("missing", k); return k * 2
d = D(a=1)
print(d["a"], d["zz"], d.get("q"), "q" in d, d.pop("q", "p"), d, "%(x)s" % d, "{y}".format_map(d))
class Auto(dict):
    def __missing__(s, k): v = s[k] = type(s)(); return v
a = Auto(); a["x"]["y"]["z"] = 1; print(a, type(a["x"]))
class Err(dict):
    def __missing__(s, k): raise ValueError(k)
try: Err()["boom"]
except ValueError as e: print(e)
dict_inst = dict(); 
class NotOnInst(dict): pass
n = NotOnInst(); n.__missing__ = lambda k: "never"
try: n["x"]
except KeyError as e: print("KeyError", e)
class G(dict):
    def __getitem__(s, k): return ("get", k)
    def __setitem__(s, k, v): print("set", k); super().__setitem__(k, v)
    def __contains__(s, k): return True
    def __len__(s): return 7
    def __iter__(s): return iter("custom")
    def keys(s): print("keys"); return ["k1"]
    def __delitem__(s, k): print("del", k)
g = G(a=1); print(g["zz"], g.get("zz"), "anything" in g, len(g), list(g), dict.__len__(g), g)
g["b"] = 2; g.update(c=3); g.setdefault("e", 5); del g["nope"]; print(dict.__repr__(g), {**g}, dict(g)); 
x = {}; x.update(g); print(x); print((lambda **k: k)(**g))
class E(dict):
    def __eq__(s, o): return "E.eq"
    __hash__ = object.__hash__
    def __or__(s, o): return "E.or"
print(E() == {}, {} == E(), E() | {}, {} | E() if 0 else "", hash(E()) != 0, {E(): 1} != {})
print(type(D(a=1) | {}), type(D(a=1).copy()), type(D.fromkeys("a")), D.fromkeys("a", 1), type({} | D()), D(a=1) | {"b": 2}, repr(D(a=1)), D(a=1) == {"a": 1})
class Ctr(dict):
    def __missing__(s, k): return 0
    def add(s, it):
        for x in it: s[x] += 1
        return s
print(Ctr().add("hello world"))
class Attr(dict):
    __getattr__ = dict.__getitem__
    __setattr__ = dict.__setitem__
q = Attr(); q.foo = 5; print(q.foo, q, q["foo"])
try: q.bar
except KeyError as e: print("KeyError", e)
class K:
    def __hash__(s): return 1
    def __eq__(s, o): return isinstance(o, K)
kk = {K(): "v"}; print(kk[K()], K() in kk, len({K(): 1, K(): 2}))
class FK(dict):
    def __setitem__(s, k, v): print("FK set", k, v); super().__setitem__(k, v)
print(FK.fromkeys("ab", 0))
class M:
    def keys(s): return ["x", "y"]
    def __getitem__(s, k): return k.upper()
print(dict(M()), {**M()}); z = {}; z.update(M()); z |= M() if 0 else {}; print(z)
try: {} | M()
except TypeError as e: print(e)
