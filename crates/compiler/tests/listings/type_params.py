def f[T: int, *Ts, **P](x: T = 1) -> T: return x
class C[T](Base): 
    def m[U: (int, T)](self): pass
type A[T] = list[T]
