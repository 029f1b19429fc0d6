import sys, collections, array
R = sys.getrefcount
class K:
    __slots__ = ('v',)
o = K()
l = [o]; print(R(o)); l += [o]; print(R(o)); l *= 3; print(R(o), len(l)); m = l[1:3]; print(R(o)); del m; l.remove(o); print(R(o)); l.insert(0, o); l.reverse(); l.sort(key=id); print(R(o)); l2 = l.copy(); print(R(o)); del l2; l[::2] = [None] * len(l[::2]); print(R(o)); del l[:]; print(R(o))
t = (o,) * 4; print(R(o)); u = t + t; print(R(o)); s = t[:]; print(s is t, R(t), R(o)); del s, t, u; print(R(o))
d = {o: o}; print(R(o)); d[o] = 1; print(R(o)); d.update({1: o, 2: o}); print(R(o)); e = d.copy(); print(R(o)); e.clear(); print(R(o)); d.popitem(); d.setdefault(9, o); print(R(o)); e = {**d, 'x': o}; print(R(o)); e = d | {5: o}; print(R(o)); del d, e; print(R(o))
s = {o}; print(R(o)); s |= {o}; print(R(o)); r = s | {1}; print(R(o)); f = frozenset(s); print(R(o)); g = frozenset(f); print(g is f, R(f)); s.discard(o); r.clear(); print(R(o)); del f, g; print(R(o))
q = collections.deque([o, o], 3); q.append(o); q.append(o); print(R(o), len(q)); q.rotate(1); q.appendleft(o); print(R(o)); q.pop(); print(R(o)); q.extend([o] * 5); print(R(o)); del q; print(R(o))
dd = collections.defaultdict(lambda: o); dd[1], dd[2]; print(R(o)); del dd; print(R(o))
od = collections.OrderedDict([(o, o)]); print(R(o)); od[o] = o; print(R(o)); od.move_to_end(o); od['k'] = o; print(R(o)); od.popitem(); print(R(o)); c2 = od.copy(); print(R(o)); del c2, od; print(R(o))
c = collections.Counter([o, o]); print(R(o)); c[o] += 1; print(R(o)); c.subtract([o]); print(R(o)); del c; print(R(o))
N = collections.namedtuple('N', 'a b'); n = N(o, o); print(R(o)); m = n._replace(a=1); print(R(o)); a = n._asdict(); print(R(o)); del n, m, a; print(R(o))
k = K(); k.v = o; print(R(o)); k.v = k.v; print(R(o)); del k.v; print(R(o)); k.v = o; del k; print(R(o))
cm = collections.ChainMap({1: o}, {2: o}); print(R(o), R(cm[1])); x = dict(cm); print(R(o)); del cm, x; print(R(o))
mp = {1: o}; v = mp.values(); i = mp.items(); print(R(mp), R(o)); L = list(v); I = list(i); print(R(o), R(mp)); del L, I, v, i; print(R(mp), R(o))
a, = mp.values(); z = list(zip([o, o], [o, o])); print(R(o)); en = list(enumerate([o])); print(R(o)); del z, en, a, mp; print(R(o))
