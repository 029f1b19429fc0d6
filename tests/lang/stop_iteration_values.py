# The value of a StopIteration: which iterators hand it on, and that nothing keeps it.
import itertools as it, operator
class I:
    def __iter__(self): return self
    def __next__(self): raise StopIteration(7)
def g():
    return 9
    yield
def t(name, mk):
    for src in (I, g):
        try: r = next(mk(src()))
        except StopIteration as e: print(name, src.__name__, e.args)
        else: print(name, src.__name__, 'item', r)
t('map', lambda s: map(str, s)); t('map2', lambda s: map(str, [1], s)); t('filter', lambda s: filter(None, s)); t('zip', zip); t('zip2', lambda s: zip([1], s)); t('enumerate', enumerate)
t('chain', it.chain); t('chainfi', lambda s: it.chain.from_iterable(s)); t('islice', lambda s: it.islice(s, 3)); t('islice2', lambda s: it.islice(s, 1, 3))
t('takewhile', lambda s: it.takewhile(bool, s)); t('dropwhile', lambda s: it.dropwhile(bool, s)); t('accumulate', it.accumulate); t('starmap', lambda s: it.starmap(len, s))
t('pairwise', it.pairwise); t('compress', lambda s: it.compress(s, [1])); t('compress2', lambda s: it.compress([1], s)); t('cycle', it.cycle); t('groupby', it.groupby); t('batched', lambda s: it.batched(s, 2)); t('filterfalse', lambda s: it.filterfalse(None, s)); t('zip_longest', it.zip_longest); t('zip_longest2', lambda s: it.zip_longest([], s)); t('tee', lambda s: it.tee(s)[0]); t('product', lambda s: it.product(s)); 

t('genexp', lambda s: (x for x in s))
class D:
    def __del__(self): print('dead')
def h():
    return D()
    yield
print('list'); list(h()); print('after')
print('for')
for x in h(): pass
print('after')
print('next default'); next(h(), 1); print('after')
print('star'); [*h()]; print('after')
print('sum'); sum(h()); print('after')
print('unpack'); () ; [] = h(); print('after')
print('in'); 1 in h(); print('after')
print('yf')
def d():
    yield from h()
list(d()); print('after')
print('map'); list(map(str, h())); print('after')
print('dict'); dict(h()); print('after')
print('join'); ''.join(h()); print('after')
print('min'); min(h(), default=0); print('after')
print('chain'); list(it.chain(h(), h())); print('after')
def g9():
    yield 1
    return 9
def gn(): yield
list(g9())
g = gn(); next(g)
try: next(g)
except StopIteration as e: print(e.args)
for x in g9(): pass
g = gn(); next(g)
try: g.__next__()
except StopIteration as e: print(e.args)
for x in g9(): pass
g = gn(); next(g)
try: g.send(None)
except StopIteration as e: print(e.args)
sum(g9())
try: next(iter([]))
except StopIteration as e: print(e.args)
sum(g9())
try: iter([]).__next__()
except StopIteration as e: print(e.args)
def d2():
    r = yield from iter([])
    print(r)
    r = yield from map(str, [])
    print(r)
sum(g9())
list(d2())
[*g9()]
print(next(iter([]), 5))
