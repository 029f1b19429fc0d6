# Counts of what iterators hold and hand out.
import sys, itertools, collections, functools
rc = sys.getrefcount
class C:
    def __hash__(s): return 1
    def __lt__(s, o): return False
o = C(); p = C()
def show(n, *v): print(n, [rc(x) - 1 for x in v], rc(o))
for n, it in [('list', lambda: iter([o])), ('tuple', lambda: iter((o,))), ('dict', lambda: iter({o: 1})), ('vals', lambda: iter({1: o}.values())), ('items', lambda: iter({o: o}.items())), ('set', lambda: iter({o})), ('fset', lambda: iter(frozenset([o]))), ('rev', lambda: reversed([o])), ('enum', lambda: enumerate([o])), ('zip', lambda: zip([o], [o])), ('map', lambda: map(lambda x: x, [o])), ('filt', lambda: filter(None, [o])), ('gen', lambda: (x for x in [o])), ('chain', lambda: itertools.chain([o])), ('cyc', lambda: itertools.cycle([o])), ('rep', lambda: itertools.repeat(o)), ('rep3', lambda: itertools.repeat(o, 3)), ('isl', lambda: itertools.islice([o], 1)), ('prod', lambda: itertools.product([o], [o])), ('perm', lambda: itertools.permutations([o, p], 2)), ('comb', lambda: itertools.combinations([o, p], 2)), ('cwr', lambda: itertools.combinations_with_replacement([o], 2)), ('acc', lambda: itertools.accumulate([o, o], lambda a, b: a)), ('grp', lambda: itertools.groupby([o])), ('tee', lambda: itertools.tee([o])[0]), ('star', lambda: itertools.starmap(lambda x: x, [(o,)])), ('tw', lambda: itertools.takewhile(lambda x: True, [o])), ('dw', lambda: itertools.dropwhile(lambda x: False, [o])), ('ff', lambda: itertools.filterfalse(lambda x: False, [o])), ('comp', lambda: itertools.compress([o], [1])), ('zl', lambda: itertools.zip_longest([o], [o, o])), ('pw', lambda: itertools.pairwise([o, o])), ('batched', lambda: itertools.batched([o, o], 2)), ('deque', lambda: iter(collections.deque([o]))), ('callit', lambda: iter(lambda: o, 1)), ('seq', lambda: iter(type('S', (), {'__getitem__': lambda s, i: o})()))]:
    i = it(); a = rc(o); x = next(i); b = rc(o); y = next(i, None); c = rc(o)
    print(n, a, b, rc(x), c); del y
    if isinstance(x, tuple): print('   ', rc(x), [rc(v) for v in x])
    del x; print('  ', rc(o)); del i; print('   ', rc(o))
def loop(c):
    r = []
    for x in c: r.append(rc(x))
    return r
print(loop([o]), loop((o,)), loop({o}), loop({o: 1}), loop({1: o}.values()), loop([o for _ in range(2)]), loop(iter([o])), loop(x for x in [o]), loop(map(lambda x: x, [o])), loop([C()]), loop((C(),)), loop(C() for _ in range(2)), loop(map(lambda x: C(), [1])))
print([rc(x) for x in [o]], [rc(x) for x, y in [(o, o)]], [rc(x) for x in [o] if rc(x)], {rc(x) for x in [o]}, {rc(x): rc(x) for x in [o]}, list(rc(x) for x in [o]), [[rc(x) for x in [y]] for y in [o]], [rc(y) for x in [[o]] for y in x])
for k, v in {o: p}.items(): print(rc(k), rc(v))
for i, v in enumerate([o]): print(rc(v))
for a, b in zip([o], [p]): print(rc(a), rc(b))
for a, *b in [(o, p, p)]: print(rc(a), rc(b), rc(b[0]))
a, b = o, p; print(rc(a), rc(b)); a, b = b, a; print(rc(a), rc(b)); (a, b), c = (o, p), o; print(rc(a)); [a, *b] = [o, p]; print(rc(b[0])); a = b = c = None; v = k = x = y = None
def sw(x): 
    match x:
        case [q, *r]: return rc(q), rc(r)
        case {'k': q, **r}: return rc(q), rc(r)
        case C() as q: return rc(q), rc(x)
        case str(q): return rc(q) > 0
print(sw([o, p]), sw({'k': o, 'j': p}), sw(o), sw(C()))
if (n := o) is o: print(rc(n), rc(o)); del n
print(rc([o][0]), rc((o, p)[0]), rc({1: o}[1]), rc([o, o][0:2]), rc([o, o][0:2][0]), rc({**{1: o}}[1]), rc([*[o]][0]), rc({*[o]}), rc(o if o else p), rc(o and o), rc(None or o), rc((lambda: o)()), rc(getattr(p, 'zz', o)), rc(max(o, o)), rc(min([o])), rc(sorted([o])[0]), rc(list((o,))[0]), rc(dict(a=o)['a']), rc(sum([[o]], [])[0]), rc([o] * 3), rc(([o] * 3)[0]), rc(([o] + [o])[0]), rc((o,) + (o,)), rc(next(iter([o]))), rc([o].pop()), rc({1: o}.pop(1)), rc({1: o}.get(1)), rc({1: o}.setdefault(1)), rc({1: o}.popitem()), rc(set([o]).pop()), rc([o].copy()[0]), rc(functools.reduce(lambda a, b: b, [o, o])))
l = [o]; l.append(o); l.extend([o]); l += [o]; l.insert(0, o); l[0:1] = [o, o]; l *= 2; print(rc(o)); l.remove(o); l.pop(); del l[0]; print(rc(o)); l.reverse(); l.sort(); print(rc(o)); l.clear(); print(rc(o))
d = {}; d['a'] = o; d.update(b=o); d.setdefault('c', o); d |= {'e': o}; d2 = d.copy(); d3 = dict(d); d4 = {**d}; print(rc(o)); d.clear(); d2.popitem(); del d3['a'], d4; print(rc(o)); d2 = d3 = None; print(rc(o))
s = {o}; s.add(o); s.update([o]); t = s | {o}; u = s.copy(); print(rc(o)); s.clear(); t.discard(o); u.pop(); print(rc(o))
