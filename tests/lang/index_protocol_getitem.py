class G:
    def __getitem__(s, k): return k
    def __setitem__(s, k, v): print("set", k, v)
    def __delitem__(s, k): print("del", k)
    def __len__(s): return 10
g = G()
print(g[1], g[-1], g["a"], g[1:2], g[:], g[::2], g[1, 2], g[1:2, 3], g[...], g[()], g[None], g[-1:], g[:-1], g[1.5], g[[1]], g[{}], g[lambda: 1].__name__, g[x := 5], x, g[*[1, 2]], g[1 if x else 2], g[not x], g[(y for y in ())].__name__, g[1:2:3, ::4, ...])
g[1] = 2; g[1:2] = [3]; g[1, 2] = 4; g[...] = 5; g[:] = g[0] = 7; del g[1], g[2:3], g[4, 5]; g[1] += 10; g["k"] = g["j"] = 0
class N: pass
for s in ("N()[0]", "N()[0:1]", "N[0]", "del N()[0]", "N()[0] = 1", "(5).real[0]", "len[0]", "None.__class__[0]", "iter([])[0]", "{1}.copy()[0]", "print[1]", "type[0]", "range[0]", "Ellipsis.__class__()[0]"):
    try: exec(s); print(s, "ok")
    except TypeError as e: print(s, e)
class M:
    def __getitem__(s, k): raise KeyError(k)
class I:
    def __getitem__(s, k):
        if k > 3: raise IndexError("stop")
        return k
try: M()["x"]
except KeyError as e: print(repr(e))
print(list(I()), 2 in I(), 9 in I(), [*I()], *I(), sum(I()), max(I()), dict(enumerate(I())))
a, b, c, d = I(); print(a, d)
class CG:
    def __class_getitem__(cls, k): return f"{cls.__name__}[{k}]"
print(CG[int], CG[1, 2], CG["x"])
class S(list):
    def __getitem__(s, k): return ("S", k)
print(S([1])[0], S([1])[0:1], list(S([1])), S([1, 2])[-1])
