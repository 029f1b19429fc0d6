def first[T](l: list[T]) -> T: return l[0]
print(first([1]), first.__type_params__, first.__annotations__)
class Box[T]:
    def __init__(self, v: T): self.v = v
    def get(self) -> T: return self.v
    def cast[U](self, f: U) -> U: return f
print(Box(1).get(), Box.__type_params__, Box.__parameters__, Box[int], Box.__orig_bases__, Box.cast.__type_params__)
class Multi[K, *Ts, **P]: pass
print(Multi.__type_params__, [type(p).__name__ for p in Multi.__type_params__])
type Alias = int | str
print(Alias, type(Alias).__name__, Alias.__value__, Alias.__name__, Alias.__type_params__)
type Gen[T] = list[T] | None
print(Gen, Gen.__value__, Gen.__type_params__, Gen[int], Gen.__parameters__)
type Rec = list[Rec]
print(Rec.__value__, Rec.__value__.__args__[0] is Rec)
type Lazy = undefined_name
try: Lazy.__value__
except NameError as e: print(e)
def bound[T: int, U: (str, bytes), V: "fwd"](x: T): return T.__bound__, U.__constraints__, V.__bound__, T.__constraints__, U.__bound__
print(bound(1))
def lazyb[T: undefined2](): return T
try: lazyb().__bound__
except NameError as e: print(e)
T1 = lazyb()
print(T1, T1.__name__, T1.__covariant__, T1.__contravariant__, T1.__infer_variance__, T1.__module__)
class Base[T]:
    x: T
class Derived[T](Base[T]): pass
print(Derived.__bases__, Derived.__orig_bases__, Derived[int], Base.__annotations__, isinstance(Derived(), Base))
def outer[T]():
    def inner[U](a: T, b: U): return T, U
    return inner
print(outer()(1, 2), outer().__annotations__)
class C[T]:
    T2 = T
    def m(self): return T
    type A = dict[str, T]
    class D[U]:
        def both(self): return T, U
print(C.T2 is C.__type_params__[0], C().m() is C.T2, C.A, C.A.__value__, C.D().both())
type type = int
print(type)
del type
type_ = 1
for s in ["def f[T, T](): pass", "class A[T](): T = 1", "def f[](): pass", "class A[]: pass", "type X[] = 1", "type X = yield", "type X[T: yield] = 1", "type X = (a := 1)", "type X[T: (y := 1)] = 1", "def f[T](x: (yield)): pass", "type 1 = 2", "type X.y = 1", "type X", "def f[*T: int](): pass", "def f[**P: int](): pass", "class A[T](x := 1): pass", "def f[T: await x](): pass", "type X[T] = await y", "def f[1](): pass", "async def g[T](x: T): pass", "lambda[T]: 1", "class A[T]((yield)): pass", "def f[T]():\n nonlocal T\n", "def f[T]():\n global T\n T = 1", "type X = X"]:
    try: compile(s, "s", "exec"); print("ok", s)
    except SyntaxError as e: print(s, "|", e.msg)
def shadow[x](x): return x
print(shadow(5))
async def ag[T](x: T): return T
try: ag(1).send(None)
except StopIteration as e: print(e.value)
T = "global T"
class K[T]:
    a = T
print(K.a, T)
def deco(f): print("deco", f.__name__); return f
@deco
def decorated[T](x: T = 1): return x
print(decorated())
print(Box[int](3).v, Box[int].__origin__ is Box, Box[int].__args__)
