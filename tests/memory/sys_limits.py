# no-stress: recursion to the limit takes minutes with a collection at each call
import sys
print(sys.getrecursionlimit()); 
def depth(n): return n if n > 5000 else depth(n + 1)
try: depth(0)
except RecursionError as e: print(e)
sys.setrecursionlimit(200)
def d(n):
    try: return d(n + 1)
    except RecursionError: return n
print(100 < d(0) < 200); sys.setrecursionlimit(1000)
for bad in (0, -1, 'a', 1.5, 2 ** 40):
    try: sys.setrecursionlimit(bad)
    except Exception as e: print(type(e).__name__, e)
def low():
    try: sys.setrecursionlimit(1)
    except RecursionError as e: print(e)
low(); print(sys.getrecursionlimit())
class R:
    def __repr__(self): return repr(self)
    def __eq__(self, o): return self == o
    def __getattr__(self, n): return getattr(self, n + 'x')
    def __str__(self): return str(self)
    def __hash__(self): return hash(self)
    def __len__(self): return len(self)
    def __iter__(self): return iter(self)
    def __call__(self): return self()
    def __getitem__(self, k): return self[k]
    def __add__(self, o): return self + o
    def __contains__(self, o): return o in self
    def __bool__(self): return bool(self)
r = R()
for f in (lambda: repr(r), lambda: r == r and 1, lambda: r.a, lambda: str(r), lambda: hash(r), lambda: len(r), lambda: iter(r), lambda: r(), lambda: r[0], lambda: r + 1, lambda: 1 in r, lambda: bool(r)):
    try: f(); print('?')
    except RecursionError as e: print(e)
l = []
for i in range(100000): l = [l]
for f in (lambda: repr(l), lambda: l == [l], lambda: hash(tuple([l])), lambda: str(l)):
    try: f(); print('ok?')
    except RecursionError as e: print(e)
    except TypeError as e: print(e)
t = ()
for i in range(100000): t = (t,)
try: hash(t)
except RecursionError as e: print(e)
try: t == (t,); print(t < (t,))
except RecursionError as e: print(e)
print(sys.getswitchinterval()); sys.setswitchinterval(0.01); print(sys.getswitchinterval())
for bad in (0, -1, 'a'):
    try: sys.setswitchinterval(bad)
    except Exception as e: print(type(e).__name__, e)
print(sys.get_int_max_str_digits(), sys.int_info.default_max_str_digits, sys.int_info.str_digits_check_threshold)
for f in (lambda: str(10 ** 5000), lambda: int('1' * 5000), lambda: int('1' * 4300) > 0, lambda: '%d' % 10 ** 4300 and 1, lambda: f'{10 ** 4300}', lambda: repr(10 ** 4300), lambda: int('0x' + 'f' * 9000, 16) > 0, lambda: hex(10 ** 9000)[:5], lambda: eval('1' * 5000), lambda: int('1_' * 4299 + '1') > 0, lambda: int(' ' * 9000 + '1'), lambda: int(b'1' * 4301), lambda: '{:d}'.format(10 ** 4300), lambda: int('z' * 4301, 36) > 0, lambda: int('1' * 4301, 32) > 0):
    try: print(f())
    except Exception as e: print(type(e).__name__, str(e)[:120])
for n in (640, 0, 639, -1, 'a', 2 ** 31, 5000):
    try: sys.set_int_max_str_digits(n); print(n, sys.get_int_max_str_digits())
    except Exception as e: print(type(e).__name__, e)
print(len(str(10 ** 4999)))
