"""Heaps: lists in which an item is never above the two that hang on it.

Those of item k are 2*k + 1 and 2*k + 2, so the first item of a list is the smallest.  heapify()
makes a list a heap; heappush() puts an item in, heappop() takes the smallest out, heappushpop() and
heapreplace() do both at once, in the one order or the other.
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
    """Iterate over the items of several sorted iterables in order.

    They may be endless, as no more of each is read than needed; equal items come in the order of
    the iterables.  `key` makes of an item what it is sorted by; with `reverse` the largest come
    first.

    >>> list(merge([1, 4, 7], [2, 5], [], [3]))
    [1, 2, 3, 4, 5, 7]
    >>> list(merge(['ox', 'horse'], ['cat', 'giraffe'], key=len))
    ['ox', 'cat', 'horse', 'giraffe']
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


def _best(n, iterable, key, sign, arrange, replace):
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


def _by_other_means(n, iterable, key, extreme, reverse):
    """The n best items where no heap is needed for them, otherwise None."""
    if n == 1:
        nothing = object()
        found = extreme(iterable, default=nothing, key=key)
        return [] if found is nothing else [found]
    try:
        size = len(iterable)
    except (TypeError, AttributeError):
        return None
    return sorted(iterable, key=key, reverse=reverse)[:n] if n >= size else None


def nsmallest(n, iterable, key=None):
    """The n smallest items in order, as sorted(iterable, key=key)[:n] would give them."""
    found = _by_other_means(n, iterable, key, min, False)
    return _best(n, iterable, key, 1, _heapify_max, _heapreplace_max) if found is None else found


def nlargest(n, iterable, key=None):
    """The n largest items, largest first, as sorting all of them would give them."""
    found = _by_other_means(n, iterable, key, max, True)
    return _best(n, iterable, key, -1, heapify, heapreplace) if found is None else found
