# no-stress: tells what the collections it asks for find
import gc, weakref
class L:
    def __init__(self, n): self.n = n
    def __del__(self): print('del', self.n)
def g(box):
    l = L('local')
    try: yield 1
    finally: print('finally', l.n)
box = []; it = g(box); box.append(it); next(it); del it; box = None; print('dropped')
def selfish():
    def gen():
        x = L('self')
        yield me
    me = gen(); next(me)
selfish(); print(gc.collect() >= 0)
def ctx():
    def gen():
        try: yield me
        except GeneratorExit: print('GeneratorExit'); raise
    me = gen(); next(me)
ctx(); print(gc.collect())
def res():
    def gen():
        try: yield me
        finally: kept.append(me)
    me = gen(); next(me)
kept = []; res(); print(gc.collect(), kept[0].gi_frame, list(kept[0])); kept.clear(); gc.collect()
def ign():
    def gen():
        while True:
            try: yield me
            except GeneratorExit: print('ignored')
            else: print('?')
            if not box2: break
    me = gen(); next(me)
box2 = []; ign(); print(gc.collect())
def awaiting():
    async def co(): await fut
    class F:
        def __await__(self): yield self
    fut = F(); c = co(); fut.c = c; c.send(None); fut.l = L('fut')
awaiting(); print(gc.collect())
import sys
def agens():
    async def ag():
        try: yield me
        finally: print('ag finally')
    me = ag()
    try: me.asend(None).send(None)
    except StopIteration as e: print(e.value is me)
sys.set_asyncgen_hooks(firstiter=lambda a: print('first', a.__name__), finalizer=lambda a: print('finalizer', a.__name__)); agens(); print(gc.collect()); sys.set_asyncgen_hooks(None, None); agens(); print(gc.collect())
async def never(): pass
import warnings; warnings.simplefilter('always'); warnings.showwarning = lambda m, c, f, l, *a: print('W', m, c.__name__)
def cyc():
    c = never(); box = [c]; box.append(box)
cyc(); print(gc.collect()); never()
x = (i for i in range(3)); print(x.gi_running, x.gi_suspended, x.gi_yieldfrom, next(x), x.gi_suspended, x.gi_frame.f_lineno > 0); x.close(); print(x.gi_frame, x.gi_suspended)
def sub(): yield from inner
inner = g([]); s = sub(); next(s); print(s.gi_yieldfrom is inner); del inner; print('-'); del s; print('end')
