"""The algorithms of `heapq` in Python, for where the native ones are not to be had."""


def _sift_to_root(heap, start, place, less):
    """Moves an item up as long as it belongs before its parent."""
    item = heap[place]
    while place > start:
        parent = (place - 1) >> 1
        if not less(item, heap[parent]):
            break
        heap[place] = heap[parent]
        place = parent
    heap[place] = item


def _sift_to_leaf(heap, place, less):
    """Moves an item down, always to the better child, and then up again to where it belongs."""
    end = len(heap)
    start = place
    item = heap[place]
    child = 2 * place + 1
    while child < end:
        right = child + 1
        if right < end and not less(heap[child], heap[right]):
            child = right
        heap[place] = heap[child]
        place = child
        child = 2 * place + 1
    heap[place] = item
    _sift_to_root(heap, start, place, less)


def _less(a, b):
    return a < b


def _greater(a, b):
    return b < a


def _pop(heap, less):
    last = heap.pop()
    if not heap:
        return last
    item, heap[0] = heap[0], last
    _sift_to_leaf(heap, 0, less)
    return item


def _replace(heap, item, less):
    old, heap[0] = heap[0], item
    _sift_to_leaf(heap, 0, less)
    return old


def _make(x, less):
    for place in reversed(range(len(x) // 2)):
        _sift_to_leaf(x, place, less)


def heappush(heap, item):
    """Push item onto heap, maintaining the heap invariant."""
    heap.append(item)
    _sift_to_root(heap, 0, len(heap) - 1, _less)


def heappop(heap):
    """Pop the smallest item off the heap, maintaining the heap invariant."""
    return _pop(heap, _less)


def heapreplace(heap, item):
    """Pop and return the current smallest value, and add the new item.

    This is more efficient than heappop() followed by heappush(), and can be
    more appropriate when using a fixed-size heap.  Note that the value
    returned may be larger than item!  That constrains reasonable uses of
    this routine unless written as part of a conditional replacement:

        if item > heap[0]:
            item = heapreplace(heap, item)
    """
    return _replace(heap, item, _less)


def heappushpop(heap, item):
    """Fast version of a heappush followed by a heappop."""
    if heap and heap[0] < item:
        item, heap[0] = heap[0], item
        _sift_to_leaf(heap, 0, _less)
    return item


def heapify(x):
    """Transform list into a heap, in-place, in O(len(x)) time."""
    _make(x, _less)


def _heappop_max(heap):
    """Maxheap version of a heappop."""
    return _pop(heap, _greater)


def _heapreplace_max(heap, item):
    """Maxheap version of a heappop followed by a heappush."""
    return _replace(heap, item, _greater)


def _heapify_max(x):
    """Transform list into a maxheap, in-place, in O(len(x)) time."""
    _make(x, _greater)


for _function in (heappush, heappop, heapreplace, heappushpop, heapify, _heappop_max,
                  _heapreplace_max, _heapify_max):
    _function.__module__ = "heapq"
del _function
