# What `gc.get_referents` shows of iterators and exceptions: the classes of what they hold, in order.
import gc
import itertools as it


def show(name, o):
    print(name, [type(r).__name__ for r in gc.get_referents(o)])


def f(*a):
    return a


show('map', map(str, [1]))
show('map of two', map(f, [1], [2]))
show('zip', zip([1], [2]))
show('zip of none', zip())
show('accumulate', it.accumulate([1]))
show('accumulate f', it.accumulate([1], f, initial=[3]))
show('starmap', it.starmap(f, [1]))
show('takewhile', it.takewhile(f, [1]))
show('dropwhile', it.dropwhile(f, [1]))
show('filterfalse', it.filterfalse(f, [1]))
show('filter', filter(f, [1]))
show('enumerate', enumerate([1]))
show('compress', it.compress((1,), [1]))
show('StopIteration', StopIteration([1]))
show('OSError', OSError(2, 'x', 'f'))
show('NameError', NameError('a', name='b'))
show('ImportError', ImportError('a', name='b'))
show('SystemExit', SystemExit([3]))
show('SyntaxError', SyntaxError('a', ('f', 1, 2, 't')))
for o in (f.__code__, memoryview(b'a'), iter(f, 1)):
    for p in (2, 4):
        try:
            o.__reduce_ex__(p)
        except TypeError as e:
            print(e)
        else:
            print('reduced')
