"""Small helpers of the test framework: short representations and differences of sequences."""

from collections import Counter, namedtuple
from os.path import commonprefix

__unittest = True

_MAX_LENGTH = 80
_PLACEHOLDER_LEN = 12
_MIN_BEGIN_LEN = 5
_MIN_END_LEN = 5
_MIN_COMMON_LEN = 5
_MIN_DIFF_LEN = (_MAX_LENGTH - _MIN_BEGIN_LEN - _PLACEHOLDER_LEN
                 - _MIN_COMMON_LEN - _PLACEHOLDER_LEN - _MIN_END_LEN)

_Mismatch = namedtuple("Mismatch", "actual expected value")


def _shorten(text, head, tail):
    """Replace the middle of a text by its length, if that saves anything."""
    left_out = len(text) - head - tail
    if left_out <= _PLACEHOLDER_LEN:
        return text
    return f"{text[:head]}[{left_out} chars]{text[len(text) - tail:]}"


def _common_shorten_repr(*args):
    """Give representations of all args, shortened so that the first difference stays visible."""
    texts = tuple(safe_repr(arg) for arg in args)
    longest = max(map(len, texts))
    if longest <= _MAX_LENGTH:
        return texts
    prefix = commonprefix(texts)
    common = len(prefix)
    room = _MAX_LENGTH - (longest - common + _MIN_BEGIN_LEN + _PLACEHOLDER_LEN)
    if room > _MIN_COMMON_LEN:
        prefix = _shorten(prefix, _MIN_BEGIN_LEN, room)
        return tuple(prefix + text[common:] for text in texts)
    prefix = _shorten(prefix, _MIN_BEGIN_LEN, _MIN_COMMON_LEN)
    return tuple(prefix + _shorten(text[common:], _MIN_DIFF_LEN, _MIN_END_LEN)
                 for text in texts)


def safe_repr(obj, short=False):
    """Give repr(obj), or the default one if that raises; `short` limits its length."""
    try:
        text = repr(obj)
    except Exception:
        text = object.__repr__(obj)
    if short and len(text) >= _MAX_LENGTH:
        return text[:_MAX_LENGTH] + " [truncated]..."
    return text


def strclass(cls):
    """Give the full name of a class."""
    return f"{cls.__module__}.{cls.__qualname__}"


def _skip_equal(items, at):
    """Give the index after the run of items that equal the one at `at`."""
    item = items[at]
    at += 1
    while at < len(items) and items[at] == item:
        at += 1
    return at


def sorted_list_difference(expected, actual):
    """Give (missing, unexpected) of two sorted lists; items repeated in a list count once."""
    i = j = 0
    missing, unexpected = [], []
    while i < len(expected) and j < len(actual):
        wanted, found = expected[i], actual[j]
        if wanted < found:
            missing.append(wanted)
            i = _skip_equal(expected, i)
        elif wanted > found:
            unexpected.append(found)
            j = _skip_equal(actual, j)
        else:
            i = _skip_equal(expected, i)
            j = _skip_equal(actual, j)
    missing.extend(expected[i:])
    unexpected.extend(actual[j:])
    return missing, unexpected


def unorderable_list_difference(expected, actual):
    """Give (missing, unexpected) of two lists of items that only compare for equality.

    Empties `expected` and leaves the unexpected items in `actual`.
    """
    missing = []
    for item in reversed(expected):
        if item in actual:
            actual.remove(item)
        else:
            missing.append(item)
    expected.clear()
    return missing, actual


def three_way_cmp(x, y):
    """Give -1, 0 or 1 as x is less than, equal to or greater than y."""
    return (x > y) - (x < y)


def _count_diff_all_purpose(actual, expected):
    """Give the items whose numbers differ, for items that need not be hashable."""
    taken = object()
    actual, expected = list(actual), list(expected)

    def take(items, item, start=0):
        count = 0
        for at in range(start, len(items)):
            if items[at] == item:
                items[at] = taken
                count += 1
        return count

    result = []
    for at, item in enumerate(actual):
        if item is taken:
            continue
        found, wanted = take(actual, item, at), take(expected, item)
        if found != wanted:
            result.append(_Mismatch(found, wanted, item))
    for at, item in enumerate(expected):
        if item is not taken:
            result.append(_Mismatch(0, take(expected, item, at), item))
    return result


def _count_diff_hashable(actual, expected):
    """Give the items whose numbers differ, for hashable items."""
    actual, expected = Counter(actual), Counter(expected)
    result = [_Mismatch(found, expected.get(item, 0), item)
              for item, found in actual.items() if found != expected.get(item, 0)]
    result += [_Mismatch(0, wanted, item)
               for item, wanted in expected.items() if item not in actual]
    return result
