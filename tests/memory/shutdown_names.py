class D:
    def __init__(self, n): self.n = n
    def __del__(self):
        try: print('del', self.n, helper(), [x for x in ('D', 'helper', 'z', 'a') if x in globals() and globals()[x] is None])
        except Exception as e: print('exc', type(e).__name__, e)
def helper(): return 'h'
z = D('z'); a = D('a')
__secret = D('__secret'); _under = D('_under')
import types
m = types.ModuleType('m'); m.d = D('in module'); m.f = helper
import sys
sys.modules['fake'] = types.ModuleType('fake'); sys.modules['fake'].x = D('fake x'); sys.modules['fake']._y = D('fake _y')
sys.keep = D('sys keep')
import builtins; builtins.kept = D('builtins kept')
t = (D('t0'), D('t1')); d = {'k': D('dv')}
