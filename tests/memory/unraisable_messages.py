import sys, gc, io, re
def run(f):
    e = sys.stderr; sys.stderr = io.StringIO()
    try: f()
    finally: t = sys.stderr.getvalue(); sys.stderr = e
    print(re.sub('0x[0-9a-f]+', '0x', t).replace(__file__, 'FILE'), end='')
class A:
    def __del__(self): raise ValueError
class B:
    def __del__(self): raise ValueError('')
class C:
    def __del__(self): raise KeyError('k')
class D:
    def __del__(self): raise type('Odd', (Exception,), {'__str__': lambda s: 1 / 0})
class E:
    def __del__(self): raise type('Odd', (Exception,), {'__module__': 'mod.sub'})('x')
class F:
    def __del__(self): assert False, 'asserted'
class G:
    def __del__(self): undefined_name
class H:
    def __del__(self): self.missing
class I:
    def __del__(self): raise OSError(2, 'No such', 'file')
class J:
    def __del__(self): raise ExceptionGroup('eg', [ValueError(1), TypeError(2)])
class K:
    def __del__(self):
        try: 1 / 0
        except ZeroDivisionError as e: raise RuntimeError('chained') from e
class L:
    def __del__(self):
        def inner(): raise ValueError('deep')
        inner()
class M:
    def __del__(self): raise SyntaxError('msg', ('f.py', 3, 5, 'source line here'))
class N:
    def __del__(self):
        e = ValueError('noted'); e.add_note('a note'); raise e
class O:
    def __del__(self): eval('1 +')
class P:
    def __del__(self, extra): pass
class Q:
    __del__ = 5
class R:
    __del__ = None
class S:
    @staticmethod
    def __del__(): raise ValueError('static')
class T:
    @classmethod
    def __del__(cls): raise ValueError('class')
class U:
    class _D:
        def __call__(self): raise ValueError('callable object')
        def __repr__(self): return '<D object>'
    __del__ = _D()
class V:
    def __getattr__(self, n): print('getattr', n); raise AttributeError(n)
for k in (A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P, Q, R, S, T, U, V): print(k.__name__); run(k)
def cyc(k):
    x = k(); x.x = x; del x; gc.collect()
run(lambda: cyc(A)); run(lambda: cyc(C)); run(lambda: cyc(P))
