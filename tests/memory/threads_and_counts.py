import threading, sys, gc, weakref, time
class L:
    def __init__(self, n): self.n = n
    def __del__(self): print('del', self.n)
def w(x): y = L('local'); return None
t = threading.Thread(target=w, args=(L('arg'),)); t.start(); t.join(); print('joined', t._target if hasattr(t, '_target') else None)
loc = threading.local()
def l(): loc.x = L('tl')
t = threading.Thread(target=l); t.start(); t.join(); print('local gone', hasattr(loc, 'x'))
o = L('shared'); print(sys.getrefcount(o)); ev = threading.Event(); rd = threading.Event()
def hold(x): rd.set(); ev.wait()
t = threading.Thread(target=hold, args=(o,)); t.start(); rd.wait(); print(sys.getrefcount(o) > 2); ev.set(); t.join(); print(sys.getrefcount(o)); del t; print(sys.getrefcount(o)); del o
def bad(): z = L('exc'); raise ValueError('in thread')
threading.excepthook = lambda a: print('hook', a.exc_type.__name__, a.exc_value, a.thread.name, type(a).__name__, len(a))
t = threading.Thread(target=bad, name='TT'); t.start(); t.join(); print('after')
threading.excepthook = threading.__excepthook__
wr = weakref.ref(t); del t; gc.collect(); print(wr())
class T(threading.Thread):
    def run(self): self.r = L('attr')
t = T(); t.start(); t.join(); print('t'); del t; print('T gone')
loc2 = threading.local(); loc2.a = L('main tl'); del loc2; print('loc2')
class ML(threading.local):
    def __init__(self, v): self.v = v; print('init', v)
m = ML(3); r = []
def use(): r.append(m.v); m.v = 9
t = threading.Thread(target=use); t.start(); t.join(); print(r, m.v, sorted(m.__dict__))
q = []
t1 = threading.Timer(0.01, q.append, [1]); t1.start(); t1.join(); print(q); t2 = threading.Timer(10, print); t2.start(); t2.cancel(); t2.join(); print(t2.finished.is_set())
lk = threading.Lock(); print(repr(lk).split(' at ')[0]); lk.acquire(); print(repr(lk).split(' at ')[0], lk.locked(), lk.acquire(False), lk.acquire(timeout=0.01)); lk.release()
for f in (lk.release, lambda: lk.acquire(True, -2), lambda: lk.acquire(False, 1), lambda: threading.RLock().release(), lambda: threading.Condition().notify(), lambda: threading.Semaphore(-1), lambda: threading.Thread(group=1), lambda: threading.Thread().join(), lambda: threading.current_thread().join(), lambda: threading.Thread.__init__(), lambda: threading.Barrier(0)):
    try: f()
    except Exception as e: print(type(e).__name__, e)
t = threading.Thread(target=print); t.start(); t.join()
try: t.start()
except RuntimeError as e: print(e)
print(threading.main_thread() is threading.current_thread(), threading.active_count(), threading.current_thread().name, threading.get_ident() == threading.main_thread().ident, repr(threading.current_thread()).split(',')[0])
