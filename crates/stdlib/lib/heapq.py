"""Heap queue algorithm (a.k.a. priority queue).

Heaps are arrays for which a[k] <= a[2*k+1] and a[k] <= a[2*k+2] for
all k, counting elements from 0.  For the sake of comparison,
non-existing elements are considered to be infinite.  The interesting
property of a heap is that a[0] is always its smallest element.

Usage:

heap = []            # creates an empty heap
heappush(heap, item) # pushes a new item on the heap
item = heappop(heap) # pops the smallest item from the heap
item = heap[0]       # smallest item on the heap without popping it
heapify(x)           # transforms list into a heap, in-place, in linear time
item = heappushpop(heap, item) # pushes a new item and then returns
                               # the smallest item; the heap size is unchanged
item = heapreplace(heap, item) # pops and returns smallest item, and adds
                               # new item; the heap size is unchanged
"""

try:
    from _heapq import (heapify, heappop, heappush, heappushpop, heapreplace,
                        _heappop_max, _heapreplace_max, _heapify_max)
except ImportError:
    from _py_heapq import (heapify, heappop, heappush, heappushpop, heapreplace,
                           _heappop_max, _heapreplace_max, _heapify_max)

__all__ = ["heappush", "heappop", "heapify", "heapreplace", "merge",
           "nlargest", "nsmallest", "heappushpop"]


def merge(*iterables, key=None, reverse=False):
    """Merge multiple sorted inputs into a single sorted output.

    Similar to sorted(itertools.chain(*iterables)) but returns a generator,
    does not pull the data into memory all at once, and assumes that each of
    the input streams is already sorted (smallest to largest).

    >>> list(merge([1,3,5,7], [0,2,4,8], [5,10,15,20], [], [25]))
    [0, 1, 2, 3, 4, 5, 5, 7, 8, 10, 15, 20, 25]

    If *key* is not None, applies a key function to each element to determine
    its sort order.

    >>> list(merge(['dog', 'horse'], ['cat', 'fish', 'kangaroo'], key=len))
    ['dog', 'cat', 'fish', 'horse', 'kangaroo']

    """
    if reverse:
        arrange, pop, replace, step = _heapify_max, _heappop_max, _heapreplace_max, -1
    else:
        arrange, pop, replace, step = heapify, heappop, heapreplace, 1
    # An entry: what to sort by, the stream's place (so that equal items keep the streams'
    # order), the item, the stream.
    heap = []
    for order, stream in enumerate(map(iter, iterables)):
        for item in stream:
            heap.append([item if key is None else key(item), order * step, item, stream])
            break
    arrange(heap)
    while len(heap) > 1:
        entry = heap[0]
        yield entry[2]
        for item in entry[3]:
            entry[0] = item if key is None else key(item)
            entry[2] = item
            replace(heap, entry)
            break
        else:
            pop(heap)
    if heap:
        entry = heap[0]
        yield entry[2]
        yield from entry[3]


def _best(n, iterable, key, pick, sign, arrange, replace):
    """The n best items in order, by a heap whose root is the worst of those kept."""
    iterator = iter(iterable)
    kept = []
    for order, item in zip(range(n), iterator):
        kept.append((item if key is None else key(item), order * sign, item))
    if not kept:
        return []
    arrange(kept)
    worst = kept[0][0]
    order = n * sign
    for item in iterator:
        value = item if key is None else key(item)
        if (value < worst) if sign > 0 else (worst < value):
            replace(kept, (value, order, item))
            worst = kept[0][0]
            order += sign
    kept.sort(reverse=sign < 0)
    return [entry[2] for entry in kept]


def nsmallest(n, iterable, key=None):
    """Find the n smallest elements in a dataset.

    Equivalent to:  sorted(iterable, key=key)[:n]
    """
    if n == 1:
        nothing = object()
        found = min(iterable, default=nothing, key=key)
        return [] if found is nothing else [found]
    try:
        size = len(iterable)
    except (TypeError, AttributeError):
        pass
    else:
        if n >= size:
            return sorted(iterable, key=key)[:n]
    return _best(n, iterable, key, min, 1, _heapify_max, _heapreplace_max)


def nlargest(n, iterable, key=None):
    """Find the n largest elements in a dataset.

    Equivalent to:  sorted(iterable, key=key, reverse=True)[:n]
    """
    if n == 1:
        nothing = object()
        found = max(iterable, default=nothing, key=key)
        return [] if found is nothing else [found]
    try:
        size = len(iterable)
    except (TypeError, AttributeError):
        pass
    else:
        if n >= size:
            return sorted(iterable, key=key, reverse=True)[:n]
    return _best(n, iterable, key, max, -1, heapify, heapreplace)
