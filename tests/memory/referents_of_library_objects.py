# no-stress: tells what the collections it asks for find
import collections, functools, gc, operator, re, weakref, types
def names(o): return [type(x).__name__ for x in gc.get_referents(o)]
def f(a): return a
for o in (operator.itemgetter(1), operator.itemgetter(1, 2), operator.attrgetter('a'), operator.attrgetter('a.b', 'c'), operator.methodcaller('m', 1), operator.methodcaller('m', 1, k=2),
          collections.OrderedDict(a=1), collections.OrderedDict({1: 2}), staticmethod(len), classmethod(len), staticmethod(f), functools.partial(f, 1, b=2), memoryview(b'a'), memoryview(memoryview(b'a'))[:1], weakref.WeakSet()):
    print(type(o).__name__, names(o))
class P:
    @property
    def p(self): 'doc'; return 1
print(names(P.__dict__['p']))
def g(): yield 1
import sys
def frame(): x = [1]; return sys._getframe()
q = frame(); print(names(q)); q.clear(); print(names(q))
x = object(); od = collections.OrderedDict([(x, x)]); R = sys.getrefcount
print(R(x)); od[x] = 1; print(R(x)); od.move_to_end(x); print(R(x)); c = od.copy(); print(R(x)); c.popitem(); print(R(x)); del od[x]; print(R(x)); od[x] = x; od.pop(x); print(R(x)); od.update({x: 1}); od.setdefault(x, 2); print(R(x)); od.clear(); print(R(x)); od = collections.OrderedDict.fromkeys([x]); print(R(x)); d = dict(od); print(R(x)); del od, d; print(R(x))
gc.collect()
def made(name, f): f(); gc.collect(); f(); print(name, gc.collect())
import abc, threading, typing
made('namedtuple', lambda: collections.namedtuple('P', 'x y')); made('singledispatch', lambda: functools.singledispatch(lambda x: 1))
def abstract():
    class A(abc.ABC):
        @abc.abstractmethod
        def f(self): pass
def generic():
    class G[T]: pass
def thread(): t = threading.Thread(target=print); t.t = t
def ordered(): o = collections.OrderedDict(); o['a'] = o; o[o.__len__] = 1
def view():
    class B(bytearray): pass
    b = B(b'a'); b.m = memoryview(b)[:1]
for m in (abstract, generic, thread, ordered, view): made(m.__name__, m)
