"""The algorithms of `bisect` in Python, for where the native ones are not to be had."""


def bisect_right(a, x, lo=0, hi=None, *, key=None):
    """The place behind all items up to x: where to insert it to come after equal ones.

    The list is sorted.  `lo` and `hi` limit the part that is looked at, by default all of it; `key`
    makes of an item what it is sorted by.
    """
    if lo < 0:
        raise ValueError("lo must be non-negative")
    if hi is None:
        hi = len(a)
    while lo < hi:
        middle = (lo + hi) // 2
        if x < (a[middle] if key is None else key(a[middle])):
            hi = middle
        else:
            lo = middle + 1
    return lo


def bisect_left(a, x, lo=0, hi=None, *, key=None):
    """The place behind all items below x: where to insert it to come before equal ones.

    The list is sorted.  `lo` and `hi` limit the part that is looked at, by default all of it; `key`
    makes of an item what it is sorted by.
    """
    if lo < 0:
        raise ValueError("lo must be non-negative")
    if hi is None:
        hi = len(a)
    while lo < hi:
        middle = (lo + hi) // 2
        if (a[middle] if key is None else key(a[middle])) < x:
            lo = middle + 1
        else:
            hi = middle
    return lo


def insort_right(a, x, lo=0, hi=None, *, key=None):
    """Insert x into a sorted list, after equal items; the rest as for bisect_right()."""
    place = bisect_right(a, x if key is None else key(x), lo, hi, key=key)
    a.insert(place, x)


def insort_left(a, x, lo=0, hi=None, *, key=None):
    """Insert x into a sorted list, before equal items; the rest as for bisect_left()."""
    place = bisect_left(a, x if key is None else key(x), lo, hi, key=key)
    a.insert(place, x)


for _function in (bisect_right, bisect_left, insort_right, insort_left):
    _function.__module__ = "bisect"
del _function
