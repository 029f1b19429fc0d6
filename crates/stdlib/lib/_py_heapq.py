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
    """Put an item into a heap."""
    heap.append(item)
    _sift_to_root(heap, 0, len(heap) - 1, _less)


def heappop(heap):
    """Take the smallest item out of a heap."""
    return _pop(heap, _less)


def heapreplace(heap, item):
    """Take the smallest item out, then put one in; faster than the two steps.

    What comes out may be larger than what goes in.
    """
    return _replace(heap, item, _less)


def heappushpop(heap, item):
    """Put an item in, then take the smallest out; faster than the two steps."""
    if heap and heap[0] < item:
        item, heap[0] = heap[0], item
        _sift_to_leaf(heap, 0, _less)
    return item


def heapify(x):
    """Make a list a heap, in place and in linear time."""
    _make(x, _less)


def _heappop_max(heap):
    """Take the largest item out of a heap that has it first."""
    return _pop(heap, _greater)


def _heapreplace_max(heap, item):
    """Take the largest item out of such a heap, then put one in."""
    return _replace(heap, item, _greater)


def _heapify_max(x):
    """Make a list a heap with the largest item first."""
    _make(x, _greater)


for _function in (heappush, heappop, heapreplace, heappushpop, heapify, _heappop_max,
                  _heapreplace_max, _heapify_max):
    _function.__module__ = "heapq"
del _function
