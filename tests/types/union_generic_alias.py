def t(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
u = int | str
print(u, repr(u), type(u).__name__, u.__args__, u == str | int, u == int | str | int, hash(u) == hash(str | int), int | None, None | int, u | float, u | None, isinstance(1, u), isinstance(1.5, u), issubclass(bool, u), u.__parameters__, int | int, bool | int, u is not (int | str))
print(list[int] | None, int | list[str], (int | str) | (str | float), isinstance([], list | tuple), isinstance(None, int | None), {u: 1}[str | int], type(u).__module__, list[int] | list[int], "x" if u else "")
t(lambda: int | 1); t(lambda: int | "str"); t(lambda: 1 | int); t(lambda: isinstance([], list[int] | str)); t(lambda: u[int]); t(lambda: u()); t(lambda: u.x); t(lambda: u < u); t(lambda: type(u)()); t(lambda: setattr(u, "x", 1)); t(lambda: int | []); t(lambda: None | None); t(lambda: issubclass(1, u)); t(lambda: isinstance(1, u | list[int])); t(lambda: u == 5); t(lambda: u != (int | str)); t(lambda: type("X", (u,), {}))
g = list[int]
print(g, repr(g), type(g).__name__, g.__origin__, g.__args__, g.__parameters__, g == list[int], g != list[str], hash(g) == hash(list[int]), g(), g("ab"), type(g()), dict[str, int], tuple[int, ...], tuple[()], set[str], frozenset[int], type[int], list[list[int]], dict[str, list[int | None]], g.append.__name__, g.__class__, isinstance(g, type), list["fwd"], list[1], list[...], list[None], tuple[int, str].__args__, list[(int, str)].__args__)
print(g.__mro_entries__((g,)), g.__doc__ == list.__doc__, g.__name__, g.__qualname__, g.__module__, len(tuple[int, str].__args__), [*tuple[int]][0] if 0 else "", str(list[type]), list[int]([1, 2]), g.copy([3]), dict[str, int](a=1), g is list[int], g.__unpacked__, next(iter(tuple[int])).__unpacked__, next(iter(tuple[int])))
t(lambda: g[str]); t(lambda: int[str]); t(lambda: isinstance([], g)); t(lambda: issubclass(list, g)); t(lambda: g.nope); t(lambda: str[int]); t(lambda: list[int][int]); t(lambda: object[int]); t(lambda: g < g); t(lambda: len(g)); t(lambda: g + g); t(lambda: {1: g}[1]); t(lambda: type(g)(list, (int,))); t(lambda: type(g)(list)); t(lambda: type(g)(5, (6,)))
class L(list[int]): pass
print(L.__bases__, L.__orig_bases__, L([1]), L[str], L.__mro__)
class G:
    def __class_getitem__(cls, k): return (cls.__name__, k)
class H(G): pass
print(G[1], H["x", 2], G[int, ...])
t(lambda: G()[1])
class M(type):
    def __getitem__(c, k): return ("meta", k)
    def __or__(c, o): return "meta or"
    def __ror__(c, o): return "meta ror"
class N(metaclass=M):
    def __class_getitem__(c, k): return "cls"
print(N[1], N | int, int | N, N | N)
