# no-stress: tells what the collections it asks for find
import gc, sys
log = []
class N: pass
def one(phase, info): log.append((1, phase, sorted(info.items())))
def two(phase, info): log.append((2, phase, info is not None and type(info).__name__)); info['extra'] = 1
def three(phase, info): log.append((3, phase, 'extra' in info))
gc.callbacks += [one, two, three]
n = N(); n.n = n; del n; gc.collect(); print(*log, sep='\n'); log.clear()
gc.callbacks[:] = []
def bad(phase, info): raise ValueError(phase)
sys.unraisablehook = lambda u: print('unraisable', u.exc_type.__name__, u.exc_value, u.err_msg, u.object is bad, u.exc_traceback is not None)
gc.callbacks[:] = [bad, one]; gc.collect(1); print(len(log)); log.clear()
def remove_self(phase, info): gc.callbacks.remove(remove_self); log.append(('rm', phase))
gc.callbacks[:] = [remove_self, one]; gc.collect(0); print(log, len(gc.callbacks)); log.clear()
def adder(phase, info):
    if phase == 'start': gc.callbacks.append(lambda p, i: log.append(('added', p)))
gc.callbacks[:] = [adder]; gc.collect(0); print(log, len(gc.callbacks)); log.clear()
def nested(phase, info): log.append((phase, gc.collect()))
gc.callbacks[:] = [nested]; gc.collect(); print(log); log.clear()
gc.callbacks[:] = [one]
class D:
    def __init__(self): self.me = self
    def __del__(self): log.append('del')
D(); gc.collect(); print([x if x == 'del' else x[1] for x in log]); log.clear()
gc.callbacks[:] = [5]; gc.collect(); gc.callbacks[:] = [lambda: 1]
sys.unraisablehook = lambda u: print(u.exc_type.__name__, u.exc_value)
gc.collect(); gc.callbacks.clear()
gc.set_debug(gc.DEBUG_SAVEALL); gc.callbacks.append(one); n = N(); n.n = n; del n; print(gc.collect()); gc.set_debug(0); print(log, len(gc.garbage)); gc.garbage.clear(); gc.callbacks.clear()
class Call:
    def __call__(self, p, i): print('obj', p, i['generation'])
gc.callbacks.append(Call()); gc.collect(2); gc.collect(generation=1); gc.callbacks.clear()
gc.disable(); gc.callbacks.append(one); log.clear(); gc.collect(); print(len(log)); gc.enable(); gc.callbacks.clear()
try: gc.callbacks = None; print(gc.callbacks, gc.collect() >= 0)
except Exception as e: print(e)
