# no-stress: tells what calls that make tuples and dicts for a moment leave in the count
import gc, functools, itertools, operator, weakref
gc.disable()
class N: pass
n, l, s, d, st = N(), [1, 2], 'abc', {1: 2}, {1}
def told(name, f):
    f(); gc.collect(); a = gc.get_count()[0]; f(); b = gc.get_count()[0]; f(); c = gc.get_count()[0]; print(name, b - a, c - b)
told('set_threshold', lambda: gc.set_threshold(700, 10, 10)); told('one', lambda: gc.set_threshold(700))
told('referrers', lambda: gc.get_referrers(n)); told('referents', lambda: gc.get_referents(l, d))
told('find', lambda: s.find('a')); told('startswith', lambda: s.startswith('a')); told('count', lambda: s.count('a'))
told('update', lambda: d.update(d)); told('update by name', lambda: d.update(a=1)); told('set.update', lambda: st.update([1])); told('union', lambda: st.union([1]))
told('format', lambda: '{}'.format(1)); told('format by name', lambda: '{a}'.format(a=1)); told('ref', lambda: weakref.ref(n)); told('ref callback', lambda: weakref.ref(n, print))
told('chain', lambda: itertools.chain([1], [2])); told('exception', lambda: ValueError('a')); told('exceptions', lambda: OSError(1, 'b')); told('type', lambda: type('X', (), {}))
told('locals', lambda: locals()); told('vars', lambda: vars()); 
told('memoryview', lambda: memoryview(b'a')[:1])
